use super::*;

fn read(name: &str, osm: &str) -> Option<Hours> {
    let about = NaiveDate::from_ymd_opt(2022, 12, 1);
    narrowed(name, &Hours::Osm(osm.into()), about).map(|(hours, _)| hours)
}

#[test]
fn a_name_that_says_which_weeks_or_days_narrows_the_hours() {
    for (name, osm, expected) in [
        ("Darney : CENTRE (semaines impaires)", "Th 14:00-16:30", "week 1-53/2 Th 14:00-16:30"),
        ("Mirecourt ( Tous les 15 jours - Semaines paires)", "Fr 09:30-12:00", "week 2-52/2 Fr 09:30-12:00"),
        ("Mairie de Cassagnes (premiers lundis du mois)", "Mo 09:30-12:00", "Mo[1] 09:30-12:00"),
        ("Salle, 1er et 3e mardi de chaque mois", "Tu 14:00-16:00", "Tu[1,3] 14:00-16:00"),
        ("Mairie (07/12)", "We 14:00-16:30", "2022 Dec 7 We 14:00-16:30"),
        ("Bibliothèque (13/10- 10/11 - 15/12)", "Th 09:45-12:15", "2022 Oct 13,2022 Nov 10,2022 Dec 15 Th 09:45-12:15"),
        (
            "MDF Nord itinérante : Passage le 5/12/ 22 - 02/01/23 -30/01/23 ",
            "Mo 09:00-12:00",
            "2022 Dec 5,2023 Jan 2,2023 Jan 30 Mo 09:00-12:00",
        ),
        ("Salle (26/01)", "Th 09:00-12:00", "2023 Jan 26 Th 09:00-12:00"),
        ("Bus numérique - passage le 12/03/2024", "Mo-Fr 09:00-12:00", "2024 Mar 12 Mo-Fr 09:00-12:00"),
        ("Bus : 1er et 3e mardis", "Tu 09:00-12:00", "Tu[1,3] 09:00-12:00"),
        (
            "MDF Sud itinérante (6/12/22 - 3/01/3 - 31/01/23)",
            "Tu 08:30-13:00",
            "2022 Dec 6,2023 Jan 3,2023 Jan 31 Tu 08:30-13:00",
        ),
    ] {
        assert_eq!(read(name, osm), Some(Hours::Osm(expected.into())), "{name}");
        assert!(OpeningHours::parse(expected, HolidayCalendar::NATIONAL).is_ok(), "{expected}");
    }
}

#[test]
fn what_cannot_be_read_for_certain_is_a_text() {
    for (name, osm) in [
        ("MDF Sud itinérante (6/12/22 - 3/01/3)", "Tu 08:30-13:00"),
        ("MDF Sud itinérante (31/01/23 - 3/01/3 - 6/12/22)", "Tu 08:30-13:00"),
        ("Mirecourt (tous les 15 jours)", "Fr 09:30-12:00"),
        ("Mairie (premiers lundis du mois)", "Tu 09:30-12:00"),
        ("Bus (Merlan - Vendredi uniquement)", "Mo-Fr 09:30-12:30"),
        ("Permanence à partir du 01/10/2024", "Mo-Fr 09:00-12:00"),
        ("Permanence (hors vacances scolaires)", "Mo-Fr 09:00-12:00"),
        ("Permanence (1 jeudi sur 2)", "Mo-Fr 09:00-12:00"),
        ("Bus : 1er et 3e mardis", "Mo-Fr 09:00-12:00"),
        ("Permanence (semaine A)", "Mo-Fr 09:00-12:00"),
        ("Permanence (1/2)", "Mo-Fr 09:00-12:00"),
    ] {
        assert!(matches!(read(name, osm), Some(Hours::Text(text)) if text.contains(name)), "{name}");
    }
}

#[test]
fn days_that_a_name_gives_hold_whatever_the_hours() {
    let dated = |name: &str, osm: &str, expected: &str| {
        let Some(Hours::Osm(read)) = read(name, osm) else { panic!("{name}") };
        assert!(read.starts_with(expected) && read.ends_with('"') == expected.contains("unknown"), "{read}");
        let hours = OpeningHours::parse(&read, HolidayCalendar::NATIONAL).unwrap();
        hours.last_day().map(|day| day.to_string())
    };
    // A Saturday, Wednesdays, and days that are no Thursdays.
    for (name, osm, expected, last) in [
        (
            "Salle du Champ (18/10 - 15/10 - 20/12)",
            "Tu 10:00-12:30",
            "2022 Oct 15,2022 Oct 18,2022 Dec 20 10:00-12:30 unknown \"",
            "2022-12-20",
        ),
        (
            "Marie Le Cellier (05/10 - 02/11 - 07/12)",
            "Tu 10:00-12:30",
            "2022 Oct 5,2022 Nov 2,2022 Dec 7 10:00-12:30 unknown \"",
            "2022-12-07",
        ),
        (
            "Bus itinérant : Passage le 08/12/22 - 05/12/23 - 02/02/23 - 02/12/23",
            "Th 13:30-16:30",
            "2022 Dec 8,2023 Feb 2,2023 Dec 2,2023 Dec 5 13:30-16:30 unknown \"",
            "2023-12-05",
        ),
        (
            "Mairie de Pannecé (les lundis du 9 janvier au 13 février 2022)",
            "Mo 14:00-17:00",
            "2022 Jan 9-2022 Feb 13 Mo 14:00-17:00 unknown \"",
            "2022-02-13",
        ),
        (
            "Mairie (les lundis du 9 janvier au 13 février 2023)",
            "Mo 14:00-17:00",
            "2023 Jan 9-2023 Feb 13 Mo 14:00-17:00",
            "2023-02-13",
        ),
        (
            "Permanence jusqu'au 30/06/2023",
            "Mo-Fr 09:00-12:00",
            "2022 Dec 1-2023 Jun 30 Mo-Fr 09:00-12:00",
            "2023-06-30",
        ),
    ] {
        assert_eq!(dated(name, osm, expected).as_deref(), Some(last), "{name}");
    }
    let about = NaiveDate::from_ymd_opt(2022, 12, 1);
    for hours in [Hours::Unknown, Hours::Text("sur rendez-vous".into())] {
        let Some((Hours::Osm(osm), _)) = narrowed("Mairie (05/10 - 02/11)", &hours, about) else { panic!("{hours:?}") };
        assert!(osm.starts_with("2022 Oct 5,2022 Nov 2 unknown \"Mairie (05/10 - 02/11)"), "{osm}");
        let read = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
        assert_eq!(read.last_day(), NaiveDate::from_ymd_opt(2022, 11, 2));
    }
    assert_eq!(narrowed("Espace 24/7", &Hours::Unknown, about).map(|read| read.0), None);
}

#[test]
fn other_names_leave_the_hours_alone() {
    for name in [
        "Médiathèque",
        "Syntaxe Erreur 2.0",
        "Mission locale de Marseille antenne du 13/14",
        "Espace 24/7",
        "PANDA 1er mai",
        "A Lundi",
        "Mairie annexe 1/2",
        "La Fraternité de la Belle de Mai",
        "UNION FRANCAISE CENTRE VACANCES LOISIRS",
        "Place du 8 mai 1945",
        "ADJ Le Passage",
        "Espace numérique du 3e lieu",
    ] {
        assert_eq!(read(name, "Mo-Fr 09:00-12:00"), None, "{name}");
    }
    assert!(narrowed("Salle (semaines paires)", &Hours::Unknown, None).is_none());
    assert_eq!(read("Salle (semaines paires)", "week 2-52/2 Tu 09:00-12:00"), None, "it says so already");
}

#[test]
fn a_past_session_is_over_and_an_odd_week_is_not_an_even_one() {
    let at = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    let Some(Hours::Osm(osm)) = read("Salle (24/11/22 - 8/12/22)", "Th 09:30-17:30") else { panic!("no hours") };
    let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
    assert_eq!(hours.open_at(at("2022-12-08 10:00")), Some(true));
    assert_eq!(hours.open_at(at("2022-12-15 10:00")), Some(false));
    assert!(hours.sentence(at("2024-09-05 10:00")).starts_with("Terminé"), "{osm}");
    let Some(Hours::Osm(osm)) = read("Salle (semaines paires)", "Th 09:30-17:30") else { panic!("no hours") };
    let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
    // ISO weeks 36 and 37 of 2024.
    assert_eq!(hours.open_at(at("2024-09-05 10:00")), Some(true));
    assert_eq!(hours.open_at(at("2024-09-12 10:00")), Some(false));
}
