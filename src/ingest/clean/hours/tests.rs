//! Hours of a cell in every notation, and what is told of them.

use super::*;

fn osm(text: &str) -> Result<String, String> {
    match hours(text).0 {
        Hours::Osm(osm) => Ok(osm),
        Hours::Text(text) => Err(text),
        Hours::Unknown => Err(String::new()),
    }
}

#[test]
fn both_languages_of_hours_are_read() {
    assert_eq!(osm("Mo-Fr 09:00-12:00").as_deref(), Ok("Mo-Fr 09:00-12:00"));
    assert_eq!(osm("Lundi au vendredi 9h-12h").as_deref(), Ok("Mo-Fr 09:00-12:00"));
    assert_eq!(osm("Horaires non communiqués"), Err(String::new()));
    assert_eq!(osm("voir l'affiche"), Err("voir l'affiche".to_owned()));
    for text in ["08:00-17:00", "08:30-11:30; Th 14:00-16:30", "9:00-12:00,14:00-17:00"] {
        assert_eq!(osm(text), Err(text.to_owned()), "nobody says on which days");
    }
    assert_eq!(osm("Mo-Su 08:00-17:00").as_deref(), Ok("Mo-Su 08:00-17:00"), "every day, as it says");
    assert_eq!(osm("24/7").as_deref(), Ok("24/7"));
    for text in ["Lundi au vendredi 9h-12h", "voir l'affiche", "Mo 02:00-12:00", "non communiqué"] {
        assert!(!hours(text).1.is_empty(), "{text} is said in the report");
    }
}

#[test]
fn the_hours_of_service_public_are_read() {
    let text = r#"[{"nom_jour_debut":"Lundi","nom_jour_fin":"Jeudi","valeur_heure_debut_1":"08:30:00",
        "valeur_heure_fin_1":"12:00:00","valeur_heure_debut_2":"13:30:00","valeur_heure_fin_2":"17:00:00",
        "commentaire":""},{"nom_jour_debut":"Vendredi","nom_jour_fin":"Vendredi","valeur_heure_debut_1":"08:30:00",
        "valeur_heure_fin_1":"12:00:00","valeur_heure_debut_2":"","valeur_heure_fin_2":"","commentaire":""}]"#;
    assert_eq!(osm(text).as_deref(), Ok("Mo-Th 08:30-12:00,13:30-17:00; Fr 08:30-12:00"));
    let text = text.replace("\"commentaire\":\"\"}]", "\"commentaire\":\"semaine du marché\"}]");
    assert!(osm(&text).is_err_and(|text| text.contains("semaine du marché") && !text.contains("nom_jour")));
}

#[test]
fn open_without_hours_is_no_day_and_night() {
    for text in ["open", "Mo-Fr 00:00-00:00", "Mo 0:00-0:00", "00:00-00:00"] {
        assert_eq!(osm(text), Err(text.to_owned()), "{text}");
        assert!(!hours(text).1.is_empty(), "{text} is told");
    }
    assert!(osm("Mo 10:00-00:00; Tu 00:00-24:00").is_ok_and(|osm| osm.ends_with("; Tu 00:00-24:00")));
}

#[test]
fn a_closure_alone_says_nothing_of_the_other_days() {
    let unknown = "Mo-Su unknown \"heures non précisées\"";
    for (text, closure) in [
        ("Fermé le lundi", "Mo off"),
        ("LUNDI FERME", "Mo off"),
        ("lundi au vendredi : fermé", "Mo-Fr off"),
        ("Mo off", "Mo closed"),
        ("PH off", "PH closed"),
        ("Sa off; PH off", "Sa closed; PH closed"),
    ] {
        assert_eq!(osm(text), Ok(format!("{unknown}; {closure}")), "{text}");
        let (Hours::Osm(again), remarks) = hours(text) else { panic!("{text}") };
        assert!(!remarks.is_empty(), "{text} is told");
        assert!(osm(&again).is_ok_and(|again| again.contains("unknown")), "{text} reads back");
        let read = OpeningHours::parse(&again, HolidayCalendar::NATIONAL).unwrap();
        assert_eq!(read.open_at("2025-03-11T10:00:00".parse().unwrap()).is_none(), closure != "Mo-Fr off", "{text}");
    }
    assert_eq!(osm("Mo-Fr 09:00-12:00; Sa off").as_deref(), Ok("Mo-Fr 09:00-12:00; Sa closed"));
    for text in ["off", "Mo-Su off", "24/7 off"] {
        assert!(osm(text).is_ok_and(|osm| !osm.contains("unknown")), "{text}");
    }
}

#[test]
fn days_said_twice_have_both_hours() {
    for (text, expected) in [
        ("Mo 09:00-12:00;Mo 14:00-17:00", "Mo 09:00-12:00, Mo 14:00-17:00"),
        (
            "Mo 09:00-12:00; Tu 09:00-12:00; Mo 14:00-17:00; Tu 14:00-17:00",
            "Mo 09:00-12:00, Mo 14:00-17:00; Tu 09:00-12:00, Tu 14:00-17:00",
        ),
    ] {
        assert_eq!(osm(text).as_deref(), Ok(expected), "{text}");
        assert!(!hours(text).1.is_empty(), "{text} is told");
    }
    let both = osm("Mo-Fr 08:30-12:00 \"accueil\"; Mo-Fr 14:00-17:00 \"téléphone\"").unwrap();
    assert!(both.contains("accueil") && both.contains(", Mo-Fr 14:00-17:00") && both.contains("téléphone"), "{both}");
    assert!(osm("Mo 09:00-12:00; Mo 10:00-17:00").is_err(), "which of them holds, nobody can tell");
    // A day beside its range is an exception to it.
    assert_eq!(osm("Mo-Fr 09:00-12:00; We 14:00-17:00").as_deref(), Ok("Mo-Fr 09:00-12:00; We 14:00-17:00"));
}

#[test]
fn a_cell_in_quotes_is_its_hours_and_no_note() {
    for text in ["\"Mo-Fr 09:00-12:00\"", "'Mo-Fr 09:00-12:00", "'Mo-Fr 09:00-12:00'", "\"lundi au vendredi 9h-12h\""] {
        assert_eq!(osm(text).as_deref(), Ok("Mo-Fr 09:00-12:00"), "{text}");
    }
    assert_eq!(
        osm("Mo-Th 09:00-12:00; Fr 08:00").as_deref(),
        Ok("Mo-Th 09:00-12:00; Fr unknown \"vendredi 8 h\""),
        "one rule without an end"
    );
    assert_eq!(osm("lundi...vendredi 9h-12h"), Err("lundi...vendredi 9h-12h".to_owned()), "a range or two days");
}
