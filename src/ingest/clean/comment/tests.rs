//! Comments of places, and what they leave of the hours.

use super::*;

fn read(comment: &str, osm: &str) -> String {
    let seen = NaiveDate::from_ymd_opt(2024, 8, 1);
    match narrowed(comment, &Hours::Osm(osm.to_owned()), seen) {
        Some((Hours::Osm(osm), _)) => osm,
        other => format!("{other:?}"),
    }
}

const WEEK: &str = "Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00";

#[test]
fn a_comment_that_says_which_days_narrows_the_hours() {
    let mornings = "Mo-Fr 09:00-12:00,14:00-17:00";
    for (comment, expected) in [
        ("Ouverture le 1er samedi du mois", format!("{mornings}; Sa[1] 09:00-12:00")),
        ("Ouvert le premier samedi du mois de 9h à 12h", format!("{mornings}; Sa[1] 09:00-12:00")),
        ("Le samedi, ouverture le 1er samedi du mois", format!("{mornings}; Sa[1] 09:00-12:00")),
        (
            "Ouverture le samedi : uniquement le 1er samedi de chaque mois / Sur rdv le lundi",
            format!("{mornings}; Sa[1] 09:00-12:00"),
        ),
        (
            "Attention : ouverture le samedi matin uniquement en semaine impaire.",
            format!("{mornings}; week 1-53/2 Sa 09:00-12:00"),
        ),
        (
            "Sur rendez-vous. Ouvert 1 samedi sur 2 (semaine impaire).",
            format!("{mornings}; week 1-53/2 Sa 09:00-12:00"),
        ),
        ("Fermé le 2e lundi de chaque mois", format!("{WEEK}; Mo[2] off")),
        ("Fermeture le 3eme jeudi après-midi de chaque mois", format!("{WEEK}; Th[3] 09:00-12:00")),
        (
            "Du lundi au vendredi 9h-12h - fermé le deuxième lundi matin de chaque mois",
            format!("{WEEK}; Mo[2] 14:00-17:00"),
        ),
        ("Fermé au public le 2e jeudi de chaque mois de 15h30 à 17h", format!("{WEEK}; Th[2] 09:00-12:00,14:00-15:30")),
        ("Fermé en août", format!("{WEEK}; Aug off")),
        ("Fermé pendant les vacances scolaires", format!("{WEEK}; SH off")),
        ("Fermeture quotidienne de 12h00 à 15h00", "Mo-Fr 09:00-12:00,15:00-17:00; Sa 09:00-12:00".to_owned()),
    ] {
        assert_eq!(read(comment, WEEK), expected, "{comment}");
    }
    assert_eq!(read("2ème et 4ème lundis du mois", "Mo 09:00-12:00"), "Mo[2,4] 09:00-12:00");
    assert_eq!(read("uniquement en semaine impaire", "Sa 09:00-12:00"), "week 1-53/2 Sa 09:00-12:00");
}

#[test]
fn what_a_comment_leaves_open_stands_beside_the_hours() {
    for (comment, part) in [
        ("un samedi sur deux", "Sa 09:00-12:00 unknown \"un samedi sur deux\""),
        ("Ouverture 2 samedis par mois, 1 samedi sur 2", "Sa 09:00-12:00 unknown"),
        ("uniquement en semaine impaire", "Mo-Fr 09:00-12:00,14:00-17:00 unknown"),
        (
            "La maison de Bourg est ouverte le mercredi en semaine impaire et le samedi en semaine paire",
            "We 09:00-12:00,14:00-17:00 unknown",
        ),
        ("Mercredi uniquement sur rdv, fermé au public.", "We 09:00-12:00,14:00-17:00 unknown"),
        ("Vendredi après-midi accueil fermé", "Fr 09:00-12:00, Fr 14:00-17:00 unknown"),
        ("Pendant les vacances scolaires : 9:00 - 12:00", "unknown \"Pendant les vacances"),
        ("Le site sera fermé du 9 au 30 août inclus pour congés", "; Aug 9-Aug 30 Mo-Sa unknown"),
        ("Horaires d'été (du 15 juillet au 25 août inclus): Fermé le samedi", "; Jul 15-Aug 25 Mo-Sa unknown"),
        ("Fermeture les 23 et 30 décembre", "; Dec 23,Dec 30 Mo-Sa unknown"),
        ("Horaires d'été : 10h-12h", "; Jun-Sep Mo-Sa unknown"),
    ] {
        assert!(read(comment, WEEK).contains(part), "{comment}: {}", read(comment, WEEK));
    }
}

#[test]
fn what_says_nothing_of_these_hours_leaves_them_alone() {
    for comment in [
        "Permanence à la mairie de Bourg le 1er lundi du mois",
        "Itinérance les semaines paires",
        "RDV à guichet fermé possible le mardi après-midi",
        "Fermeture le vendredi 10 mai 2024",
        "Fermé le dimanche",
        "Fermeture exceptionnelle le 30 Novembre 2023",
        "Ouverture officielle au 01/09/2022",
        "Changement d'horaires d'ouverture à partir du 1er juin",
        "Sur rendez-vous le mardi après-midi",
        "Ouvert le 1er dimanche du mois",
        "Fermeture pendant la pause déjeuner (12h-14h mardi-jeudi)",
        "Horaires vacances scolaires : lundi 9h-12h 14h-17h",
        "La structure reste ouverte pendant les vacances",
        "Du lundi au vendredi de 9h à 12h",
    ] {
        assert_eq!(read(comment, WEEK), "None", "{comment}");
    }
}
