# Les mots du parcours de la personne aidée. Français simple (niveau A2) : phrases courtes, un seul sujet par phrase.

## Cadre de la page
skip-to-content = Aller au contenu
menu-label = Menu
menu-find = Trouver
menu-map = Carte
menu-territories = Territoires
menu-monitoring = Suivi
menu-plan = Planifier
menu-data = Données
languages = Langues
foot-product = Médiane, la carte ouverte des lieux d’aide au numérique.
foot-nothing-kept = Rien n’est enregistré sur vous.
foot-dated = Informations au { $x }, édition
foot-undated = Informations sans date, édition
foot-where-from = D’où viennent-elles ?
foot-definitions = Définition des chiffres.
foot-orient = Je ne sais pas de quoi j’ai besoin
foot-remote = Aide par téléphone
french-only = Cette page n’existe qu’en français.
french-only-instead = Trouver de l’aide
foot-legal = Mentions légales
foot-accessibility = Accessibilité : non évaluée par un tiers
foot-about = Qui sommes-nous ?
venues-in-french = Les informations sur les lieux sont écrites en français.

## Temps
minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}

## Questions
orient-title = De quoi avez-vous besoin ?
orient-meta = Huit questions simples pour savoir quelle aide demander, et où la trouver près de chez vous. Rien n’est enregistré.
orient-lead = Répondez par oui ou par non. Vous pouvez laisser une question sans réponse.
orient-private = Vos réponses ne sont pas enregistrées. Elles ne sont pas écrites dans l’adresse de la page.
orient-aidant = Vous aidez quelqu’un ? Posez-lui les questions.
yes = Oui
no = Non
no-answer = Sans réponse
ask-internet = Allez-vous sur internet, même un peu ?
ask-equipment = Avez-vous un ordinateur ou un téléphone qui va sur internet ?
ask-mail = Savez-vous écrire un mail sans aide ?
ask-procedure = Avez-vous une démarche à faire : Caf, impôts, santé, retraite, papiers ?
ask-job = Cherchez-vous du travail ?
ask-fraud = Avez-vous peur des arnaques, ou reçu un message bizarre ?
ask-proof = Voulez-vous une preuve de ce que vous savez faire (certificat Pix) ?
ask-move = Pouvez-vous aller jusqu’à un lieu d’aide ?
ask-support = Avez-vous un besoin particulier ?
support-none = Non
ask-where = Où habitez-vous ?
ask-where-hint = Une ville ou un code postal. L’adresse exacte n’est pas nécessaire.
ask-which-town = Quelle ville ?
see-answer = Voir où aller
print-questions = Imprimer ce questionnaire
paper-title = À remplir à la main
paper-hint = Cochez oui ou non. En face, l’aide à demander.
paper-where = Ville ou code postal :
where-unknown = Nous ne connaissons pas « { $x } ». Écrivez seulement le nom de la ville, ou un code postal à cinq chiffres.
where-several = Plusieurs villes s’appellent « { $x } ». Choisissez la vôtre, puis continuez.
where-inside = « { $x } » est un grand territoire. Choisissez votre ville, puis continuez.
where-else = Ce n’est pas là ? Vous cherchiez peut-être :

## Réponse
answer-title = Voici ce qui peut vous aider
answer-needs = Vous avez besoin de
answer-nothing = Vos réponses ne montrent pas de difficulté. Voici quand même les lieux près de chez vous.
need-offline = Parler à quelqu’un, sans internet
need-equipment = Trouver du matériel, ou utiliser celui d’un lieu
need-basics = Apprendre les bases : ordinateur, téléphone, mail
need-procedures = Faire une démarche avec quelqu’un
need-job = Chercher du travail avec internet
need-security = Vous protéger des arnaques
need-pix = Passer la certification Pix
answer-places = Où aller
answer-remote = Sans se déplacer : par téléphone
answer-remote-first = Vous ne pouvez pas vous déplacer. Commencez par le téléphone.
answer-home-call = Vous ne pouvez pas vous déplacer. Commencez par téléphoner aux lieux ci-dessous.
answer-home-write = Vous ne pouvez pas vous déplacer. Commencez par écrire aux lieux ci-dessous qui ont une adresse ou un site.
answer-home-have-call = Vous ne pouvez pas vous déplacer. Demandez à quelqu’un de téléphoner pour vous.
answer-home-neither = Vous ne pouvez pas vous déplacer. Demandez à quelqu’un de se renseigner pour vous dans les lieux ci-dessous.
answer-learn = Pour apprendre ou pour aider
for-helpers = Pour les aidants
for-persons = Pour vous
why = Pourquoi ce lieu :
why-near = c’est l’un des plus proches. Demandez s’il peut vous aider.
why-remote = il aide aussi à distance
relaxed-home = Aucun lieu à moins de 50 km ne dit qu’il aide à distance. Voici les plus proches.
relaxed-support = Aucun lieu à moins de 50 km ne dit qu’il répond à votre besoin particulier. Voici les plus proches.
relaxed-service = Aucun lieu à moins de 50 km ne dit qu’il donne cette aide. Voici les plus proches.
relaxed-far = Aucun lieu à moins de 50 km. Voici le plus proche.
no-place-known = Cette édition ne contient aucun lieu ouvert au public.
no-place-asked = Vous n’avez pas dit où vous habitez.
make-sheet = Faire la fiche à emporter
sheet-choose = Cochez trois lieux au plus, puis faites la fiche.
change-answers = Changer mes réponses
search-all = Voir tous les lieux près d’ici
hours-unknown = Nous n’avons pas ses horaires.
phone-unknown = Nous n’avons pas son téléphone.
call-first = Téléphonez avant de venir.
write-first = Écrivez avant de venir.
have-call-first = Faites téléphoner quelqu’un avant de venir.
see-channels = Voici des services qui répondent au téléphone.

## Aide à distance
remote-title = De l’aide par téléphone
remote-list = Qui appeler
remote-meta = Les numéros des services publics, leur prix et leurs horaires, quand aucun lieu n’est près de chez vous.
remote-lead = Ces services répondent au téléphone, où que vous habitiez, sauf en Nouvelle-Calédonie, en Polynésie française et à Wallis-et-Futuna, qui ont les leurs.
remote-price-unknown = Prix non communiqué
remote-price-free = Appel gratuit
remote-price-call = Prix d’un appel normal
remote-hours-unknown = Horaires non communiqués
remote-source = D’après { $x }
remote-source-day = D’après { $x }, le { $day }
remote-overseas = Depuis l’outre-mer : { $x }
remote-none = Cette édition ne contient aucun service qui répond au téléphone.
remote-for-you = Ces services répondent au téléphone. Quelqu’un peut les appeler pour vous.
remote-own = Les services publics ont ici leurs propres numéros : votre mairie les connaît.
learn-title = Pour apprendre, pour aider

## Fiche
sheet-titles = { $n ->
    [one] Votre lieu d’aide
   *[other] Vos { $n } lieux d’aide
}
sheet-meta = Une feuille à imprimer : adresse, téléphone, horaires et chemin de trois lieux d’aide au plus.
sheet-empty = Vous n’avez choisi aucun lieu. Cherchez un lieu, puis cochez-le.
sheet-too-many = Une feuille contient trois lieux. Les autres ne sont pas repris.
sheet-for = Pour :
sheet-print = Imprimer la fiche
sheet-hours = Horaires
sheet-hours-unknown = Horaires : nous ne les avons pas. Téléphonez.
sheet-hours-write = Horaires : nous ne les avons pas. Écrivez.
sheet-no-contact = Nous n’avons ni horaires ni téléphone. Passez, ou choisissez un autre lieu.
sheet-far = À { $x } { $direction }
sheet-far-plain = À { $x }
sheet-far-commune = À environ { $x }. Adresse connue, pas encore placée sur la carte
sheet-foot = { $x } à pied
sheet-car = { $x } en voiture
sheet-car-foot = { $x } en voiture et en bateau, puis à pied
sheet-car-far = { $x } en voiture et en bateau, dont { $y } à pied après le bateau : il faut un car ou une voiture là-bas
sheet-across = de l’autre côté de l’eau ou d’une montagne
sheet-by = par : { $x }
sheet-no-way = Pas de chemin connu en voiture
sheet-bring = À apporter : une pièce d’identité, le courrier reçu, votre téléphone, vos mots de passe si vous les avez.
sheet-pass = Avec le pass numérique : gratuit
sheet-qr = Ces lieux sur un téléphone
sheet-plan = Plan : le lieu est au centre
sheet-plan-scheme = Le lieu est { $direction } de { $x }
sheet-other-ways = Envoyer autrement
sheet-sms = Par SMS
sheet-sms-hint = { $n ->
    [one] Un caractère. À copier dans un message.
   *[other] { $n } caractères. À copier dans un message.
}
sheet-sms-open = Ouvrir un SMS
sheet-mail = Par mail
sheet-mail-open = Ouvrir un mail
sheet-calendar = Ajouter les ouvertures à un agenda (fichier .ics)
sheet-mail-subject = Lieux d’aide au numérique
sheet-listed = Dans une liste du { $x }
sheet-dated = Vérifié le { $x }
moving = Ce lieu bouge : vérifiez où il est avant de venir
not-listed = Absent de la liste officielle des France services, malgré son nom : téléphonez avant d’y aller
not-listed-write = Absent de la liste officielle des France services, malgré son nom : écrivez, ou faites téléphoner, avant d’y aller
dir-n = au nord
dir-ne = au nord-est
dir-e = à l’est
dir-se = au sud-est
dir-s = au sud
dir-sw = au sud-ouest
dir-w = à l’ouest
dir-nw = au nord-ouest
dir-here = sur place

## Signaler
report-title = Signaler une erreur
report-what = Que se passe-t-il ?
report-closed = Le lieu est fermé pour toujours
report-moved = Le lieu a déménagé
report-wrong = Une information est fausse
report-text = Que faut-il écrire à la place ? (facultatif)
report-hint = N’écrivez ni votre nom ni votre numéro. 500 caractères au plus.
report-send = Envoyer
report-thanks = Merci. Nous allons vérifier.
report-next = Personne ne voit votre message avant cette vérification. Rien n’est enregistré sur vous.
report-no-store = Ce service n’enregistre pas de signalements. Prévenez le lieu lui-même.
report-refused = Nous n’avons pas pu enregistrer votre message. Réessayez dans une minute.

less-than-100-m = moins de 100 m
distance-m = { $x } m
distance-km = { $x } km
hours = { $x } h
hours-minutes = { $x } h { $m }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
day-1 = lundi
day-2 = mardi
day-3 = mercredi
day-4 = jeudi
day-5 = vendredi
day-6 = samedi
day-7 = dimanche
day-time = { $day }, { $x }

support-deafness = Personnes sourdes ou malentendantes
support-motor = Personnes avec un handicap moteur
support-mental = Personnes avec un handicap mental
support-reading = Personnes en difficulté avec la lecture et l’écriture
support-english = Accueil en anglais
support-languages = Accueil dans d’autres langues
support-sight = Personnes aveugles ou malvoyantes
answer-near = Lieux près { $x }. Distances à vol d’oiseau, temps estimés.
open-until = Ouvert jusqu’à { $x }
open-next = Fermé, ouvre { $x }
open-none = Fermé, pas d’ouverture connue dans les 14 jours
open-unknown = Horaires à vérifier
come-not-public = Ce lieu ne reçoit pas de public
come-walk-in = On peut venir sans rendez-vous
come-either = On peut venir sans rendez-vous, ou en prendre un
come-contact = Il faut prendre contact avant de venir
come-appointment = Uniquement sur rendez-vous
come-partly = Avec ou sans rendez-vous, selon les cas
come-booking = On peut prendre rendez-vous en ligne
come-sent = Il faut être envoyé par un professionnel (travailleur social, conseiller…)
come-usually = En général sans rendez-vous, comme toutes les France services
come-unknown = On ne sait pas s’il faut un rendez-vous
