//! Names of the columns of sites that receive posts, and of places that close.

use super::{Definition, define};

/// Hosts and what stands around them, and closures.
pub(super) const SITES: &[Definition] = &[
    define(
        "persons_nearest",
        "Personnes concernées",
        "personnes",
        "Personnes dont ce lieu est aujourd'hui le plus proche.",
    ),
    define(
        "persons_lost",
        "Personnes sans lieu",
        "personnes",
        "Parmi elles, celles qui n'ont plus aucun lieu à portée.",
    ),
    define(
        "go_to",
        "Vont à",
        "",
        "Identifiant du lieu où va la plupart de ces personnes ; vide quand aucun n'est à moins de deux fois la portée.",
    ),
    define("go_to_name", "Nom du lieu où elles vont", "", "Nom de ce lieu."),
    define("go_to_persons", "Personnes qui y vont", "personnes", "Combien d'entre elles y vont."),
    define("proven", "Démontré", "", "Vrai quand il est démontré qu'aucun autre choix ne gêne moins."),
    define("stopped", "Arrêté", "", "Vrai quand la montre a arrêté la recherche avant son terme."),
    define(
        "host",
        "Hôte",
        "",
        "Lieu qui pourrait accueillir le poste ; vide quand l'édition n'en connaît pas à moins de 1 km.",
    ),
    define("commune_name", "Nom de la commune", "", "Nom officiel de la commune."),
    define("sites_without_host", "Sites sans hôte", "sites", "Sites du plan dont l'hôte est à trouver."),
    define(
        "sites_without_phone",
        "Sites sans téléphone",
        "sites",
        "Sites du plan dont l'hôte n'a pas de téléphone publié, ou est à trouver.",
    ),
    define(
        "host_kind",
        "Sorte d'hôte",
        "",
        "france-services, town-hall, library, ccas, epn, social-centre, third-place, intercommunality, departement, \
         post-office, agency, venue : selon le label, le nom ou la typologie du lieu.",
    ),
    define("host_venue", "Fiche de l'hôte", "", "Identifiant du lieu d'aide qui est l'hôte, quand c'en est un."),
    define("host_missing", "Hôte à trouver", "", "Pourquoi le site n'a pas d'hôte connu ; vide quand il en a un."),
    define("host_address", "Adresse", "", "Adresse de l'hôte, telle que sa liste la publie."),
    define(
        "host_phone",
        "Téléphone",
        "",
        "Qui appeler : le premier numéro de l'hôte. Les listes de bibliothèques et de mairies n'en ont pas.",
    ),
    define("host_hours", "Horaires", "", "Horaires de l'hôte, en français ; vide quand personne ne les a publiés."),
    define("host_website", "Site internet", "", "Adresse du site de l'hôte."),
    define(
        "host_public",
        "Employeur",
        "",
        "Vrai quand l'hôte est public, d'après son SIREN ou sa typologie ; vide quand rien ne le dit.",
    ),
    define(
        "price_eur",
        "Prix d'un poste",
        "€ par an",
        "Prix d'un poste chez cet hôte ; inconnu, il est pris pour public, le plus cher.",
    ),
    define(
        "venues_nearby",
        "Déjà à côté",
        "",
        "Lieux d'aide à moins de 1 km, l'hôte excepté : trois noms au plus, le plus proche d'abord.",
    ),
    define("inhabitants", "Habitants", "habitants", "Habitants de la commune du site."),
    define(
        "zrr",
        "Zone de revitalisation rurale",
        "",
        "Ce que la liste des postes dit de la commune, par ses employeurs ; vide quand elle n'en a pas.",
    ),
    define(
        "qpv",
        "Quartier prioritaire",
        "",
        "Vrai quand la liste des postes en signale un sur le territoire d'un employeur de la commune.",
    ),
];
