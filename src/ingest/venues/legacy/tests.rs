//! What the values of v0 became, and other words for the values of v1.

use super::*;

#[test]
fn values_map_as_publishers_mapped_them() {
    assert_eq!(service("Créer avec le numérique"), Some(Service::Leisure));
    assert_eq!(fee("Gratuit sous condition : La gratuité est conditionnée"), Some(Fee::FreeOnCondition));
    assert_eq!(fee("Gratuit : Je peux accéder gratuitement"), Some(Fee::Free));
    assert_eq!(fee("Accepte le Pass numérique : Il est possible"), None);
    assert_eq!([says_of_pass("Accepte le Pass numérique : Il est possible"), says_of_pass("APTIC")], [Some(true); 2]);
    assert_eq!(public("Adultes"), Some(Public::Everyone));
}

#[test]
fn the_pass_is_accepted_refused_or_not_spoken_of() {
    for text in ["Pass numerique accepté", "Pass #APTIC", "pass-numérique", "Chèques APTIC", "Pass numérique : oui"]
    {
        assert_eq!(says_of_pass(text), Some(true), "{text}");
    }
    for text in [
        "N'accepte pas le pass numérique",
        "Pass numérique : non",
        "Pass numérique non accepté",
        "pas de pass numérique",
    ] {
        assert_eq!(says_of_pass(text), Some(false), "{text}");
    }
    for text in ["Pass culture", "Pass Navigo", "Aptic (anciennement)", "Pass numérique : nous consulter", "Numérique"]
    {
        assert_eq!(says_of_pass(text), None, "{text}");
    }
}

#[test]
fn ways_of_coming_and_publics_are_known_in_other_words() {
    for text in ["Se présenter sur place", "Sur place sans rendez-vous", "Sans RDV"] {
        assert_eq!(access_mode(text), Some(AccessMode::WalkIn), "{text}");
    }
    for text in ["Pas d’accueil physique", "Aucun accueil public", "Réservé aux agents"] {
        assert_eq!(access_mode(text), Some(AccessMode::NotPublic), "{text}");
    }
    for text in ["Sur place sur rendez-vous", "Réservé aux adhérents", "Sur rdv"] {
        assert_eq!(access_mode(text), None, "{text}");
    }
    assert_eq!(public("Femmes uniquement"), Some(Public::Audience(Audience::Women)));
    assert_eq!(public("Personnes âgées"), Some(Public::Audience(Audience::Seniors)));
    assert_eq!(public("Tous publics"), Some(Public::Everyone));
}

#[test]
fn a_denial_is_heard() {
    assert_eq!(
        [fee("Pas payant"), fee("Non gratuit"), fee("Non payant")].map(Option::unwrap),
        [Fee::Free, Fee::Paid, Fee::Free]
    );
    for text in [
        "Ce lieu n'accueille plus de public",
        "Pas de public",
        "Public non accueilli",
        "Accueil du public : non",
        "Aucun public",
    ] {
        assert_eq!(access_mode(text), Some(AccessMode::NotPublic), "{text}");
    }
    for text in ["Tout public", "Accueil du public", "Pas de public le lundi", "Accueil du public sur rendez-vous"] {
        assert_eq!(access_mode(text), None, "{text}");
    }
}

#[test]
fn a_value_with_its_denial_behind_it_is_not_claimed() {
    assert_eq!(
        [fee("Gratuit : non"), fee("Gratuit (non)"), fee("Payant : non")],
        [Some(Fee::Paid), Some(Fee::Paid), Some(Fee::Free)]
    );
    assert_eq!([fee("Gratuit : oui"), fee("Gratuit : 2 séances")], [Some(Fee::Free), Some(Fee::FreeOnCondition)]);
    assert_eq!([fee("Adhésion : non"), fee("Gratuit jusqu'au 31/12/2023")], [None, None]);
    for text in ["Gratuit, sur inscription", "Gratuit sur rendez-vous"] {
        assert_eq!(fee(text), Some(Fee::Free), "{text}");
    }
    for text in [
        "Surdité : non",
        "Illettrisme : non",
        "Jeunes (non)",
        "Tout public sauf enfants",
        "Jeunes : oui, Seniors : non",
    ] {
        assert_eq!(publics(text).0, [], "{text}");
    }
    assert_eq!(support_mode("Seul : non"), None);
    assert_eq!(service("Accéder à du matériel : non"), None);
    for text in ["Femmes victimes de violences", "Enfants de 6 à 12 ans"] {
        assert!(says_more(text), "{text}");
    }
    for text in
        ["Jeunes (16-26 ans)", "Familles/enfants", "Surdité : prise en charge de la langue des signes", "Seniors"]
    {
        assert!(!says_more(text), "{text}");
    }
}

#[test]
fn a_programme_is_known_by_its_usual_names() {
    for (text, programme) in [
        ("Maison France Services", Programme::FranceServices),
        ("MFS", Programme::FranceServices),
        ("aidants_connect", Programme::AidantsConnect),
        ("Aidant Connect", Programme::AidantsConnect),
    ] {
        assert_eq!(super::programme(text), Some(programme), "{text}");
    }
    for text in ["Pas France Services", "Futur France services", "France Services : non", "Ex France Services"] {
        assert_eq!(super::programme(text), None, "{text}");
    }
}

#[test]
fn a_price_is_read_to_its_end() {
    for text in [
        "Gratuit pour les adhérents",
        "Gratuit la première heure",
        "Gratuit (sauf impressions)",
        "Gratuité partielle",
        "Gratuit le mercredi, payant les autres jours",
        "Adhésion gratuite",
        "Gratuit : sauf les impressions",
        "Payant (gratuit pour les habitants)",
    ] {
        assert_eq!(fee(text), Some(Fee::FreeOnCondition), "{text}");
    }
    for text in ["Gratuit", "gratuit.", "Gratuit : Je peux accéder gratuitement au lieu", "Accès gratuit"] {
        assert_eq!(fee(text), Some(Fee::Free), "{text}");
    }
    for text in ["Payant", "Payant : L'accès au lieu est payant", "Adhésion : L'accès nécessite d'y adhérer"] {
        assert_eq!(fee(text), Some(Fee::Paid), "{text}");
    }
    assert_eq!(fee("À prix libre"), None);
}

#[test]
fn every_public_of_a_text_is_read() {
    let of = |text: &str| (publics(text).0, publics(text).1.len());
    let (young, old) = (Public::Audience(Audience::Young), Public::Audience(Audience::Seniors));
    for text in ["Jeunes, Seniors", "Jeunes / Seniors", "Jeunes (16-26 ans), Seniors", "jeunes et seniors"] {
        assert_eq!(of(text), (vec![young, old], 0), "{text}");
    }
    assert_eq!(of("Seniors et jeunes"), (vec![old, young], 0));
    assert_eq!(of("Jeunes, gens de passage"), (vec![young], 1));
    assert_eq!(of("Surdité : difficultés auditives, interprète"), (vec![Public::Support(Support::Deafness)], 0));
    assert_eq!(of("Familles/enfants").0[0], Public::Audience(Audience::Families));
    assert_eq!(of("gens de passage"), (vec![], 0));
}

#[test]
fn who_receives_nobody_says_so_in_many_ways() {
    for text in [
        "N'accueille pas de public",
        "Ce lieu n'accueille pas le public",
        "Non ouvert au public",
        "Lieu fermé au public",
        "Pas d'accueil du public",
        "Cette structure ne reçoit pas de public.",
    ] {
        assert_eq!(access_mode(text), Some(AccessMode::NotPublic), "{text}");
    }
    for text in ["Fermé au public le mercredi", "Ouvert au public", "Accueil du public", "Se présenter", "public"] {
        assert_eq!(access_mode(text), None, "{text}");
    }
}

#[test]
fn a_price_that_is_doubted_or_left_free_is_no_price() {
    for text in ["Gratuit ?", "Gratuit (à confirmer)", "Adhésion facultative", "Payant (à vérifier)"] {
        assert_eq!(fee(text), None, "{text}");
    }
    assert_eq!(fee("Gratuit = oui"), Some(Fee::Free));
    assert_eq!(
        fee("Gratuit*"),
        Some(Fee::FreeOnCondition),
        "the star stands for a condition that is written elsewhere"
    );
}

#[test]
fn a_programme_by_another_name_is_known() {
    assert_eq!(programme("Certificateur Pix"), Some(Programme::PixCertification));
    assert_eq!(programme("FranceServices"), Some(Programme::FranceServices));
    for text in ["PIX Emploi", "Non habilité Aidants Connect", "Emmaüs", "France services en projet"] {
        assert_eq!(programme(text), None, "{text}");
    }
}
