//! French texts put into OSM syntax.

use super::super::{
    HolidayCalendar, OpeningHours, from_french_days, from_french_days_one_by_one, from_french_half_days,
    from_french_text,
};
use super::{Random, random_week};

fn monday(text: &str) -> Result<Option<String>, String> {
    from_french_days([Some(text), None, None, None, None, None, None]).map_err(|unread| unread.to_string())
}

#[test]
fn a_week_of_france_services_groups_its_equal_days() {
    let full = Some("09:00 - 12:00 / 13:30 - 17:00");
    let week = from_french_days([full, full, full, full, full, Some("09:00 - 12:00"), None]);
    assert_eq!(week.unwrap().unwrap(), "Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00");
    let week = from_french_days([full, Some("-"), full, Some(""), full, Some("Fermé"), None]);
    assert_eq!(week.unwrap().unwrap(), "Mo,We,Fr 09:00-12:00,13:30-17:00");
}

#[test]
fn one_day_is_read_in_the_spellings_found_in_the_files() {
    for text in [
        "09:00 - 12:00 / 13:30 - 17:00",
        "9:00-12:00/13:30-17:00",
        "9h-12h / 13h30-17h",
        "9h00-12h00 et 13h30-17h00",
        "09:00-12:00 13:30-17:00",
        "09:00-12:00-13:30-17:00",
        "09:00 - 12:00 / 13 :30 - 17: 00",
        "9 h 00 à 12 h / de 13 h 30 à 17 heures",
        "09:00– 12:00 / \u{a0}13:30 –17:00",
        "9h12h / 13h3017h",
        "9: 12: / 13:30 17:",
        "09:00:12:00 / 13:30/17:00",
        "13:30 - 17:00 / 09:00 - 12:00 / 09:00 - 12:00",
        "00:00 - 00:00 / 09:00 - 12:00 / 13:30 - 17:00",
    ] {
        assert_eq!(monday(text).unwrap().as_deref(), Some("Mo 09:00-12:00,13:30-17:00"), "{text}");
    }
    assert_eq!(monday("9:00 - 12:00 / -").unwrap().as_deref(), Some("Mo 09:00-12:00"));
    assert_eq!(monday("18h - 00h").unwrap().as_deref(), Some("Mo 18:00-24:00"));
}

#[test]
fn nothing_said_is_not_closed() {
    for text in ["", " ", "-", " / ", "00:00 - 00:00", "Horaires non communiqués"] {
        assert_eq!(monday(text).unwrap(), None, "{text}");
    }
    for text in ["Fermé", "FERMÉ", "x", "Espace fermé ce jour"] {
        assert_eq!(monday(text).unwrap().as_deref(), Some("Mo off"), "{text}");
    }
}

#[test]
fn hours_by_appointment_are_noted() {
    for (text, osm) in [
        ("Sur RDV", "Mo unknown \"sur rendez-vous\""),
        ("9:00 - 12:00 sur rdv", "Mo 09:00-12:00 open \"sur rendez-vous\""),
        ("9:00 - 12:00 / Sur RDV : 14:00 - 17:00", "Mo 09:00-12:00, Mo 14:00-17:00 open \"sur rendez-vous\""),
        (
            "Sur RDV : 9:00 - 12:00 / Sans RDV : 14:00 - 17:00",
            "Mo 09:00-12:00 open \"sur rendez-vous\", Mo 14:00-17:00",
        ),
        ("9:00 - 12:00 / Après-midi sur RDV", "Mo 09:00-12:00 open \"après-midi sur rendez-vous\""),
    ] {
        assert_eq!(monday(text).unwrap().as_deref(), Some(osm), "{text}");
    }
}

#[test]
fn what_is_not_certain_is_refused_with_its_day() {
    for text in [
        "Semaines paires : 9:00 - 12:00",
        "Pendant les vacances scolaires : 9:00 - 12:00",
        "1er samedi du mois : 9:00 - 12:00",
        "9:00 - 17:00 / 13:30 - 17:00",
        "14:00 - 12:00",
        "9:00 - 12:00 / 14:00",
        "9:00 - 25:00",
        "9:00 - 12:75",
        "9:00 - 12:00 / Sur RDV",
        "9:00 - 12:00 / 13:30 - 17:00 sur RDV",
        "souscondition",
        "113:30 - 18:30",
        "01:30 - 17:00",
    ] {
        let error = monday(text).expect_err(text);
        assert!(error.contains("lundi") && error.contains(text) && error.contains("expected"), "{error}");
    }
    let unread = from_french_days([None, None, Some("9h"), None, None, None, None]).unwrap_err();
    assert_eq!((unread.day, unread.text.as_str()), (Some(2), "9h"));
}

#[test]
fn a_day_without_a_certain_meaning_leaves_the_others_as_they_are() {
    let full = Some("09:00 - 12:00");
    let odd = Some("Semaines paires : \"9:00\" - 12:00\n ou non");
    let (week, unread) = from_french_days_one_by_one([full, odd, full, None, full, None, None]);
    let osm = "Mo,We,Fr 09:00-12:00; Tu unknown \"Semaines paires : '9:00' - 12:00 ou non\"";
    assert_eq!(week.as_deref(), Some(osm));
    assert_eq!(unread.len(), 1);
    let hours = OpeningHours::parse(osm, HolidayCalendar::NATIONAL).unwrap();
    assert!(hours.sentence(super::at("2025-03-11 10:00")).starts_with("Horaires à vérifier (Semaines paires"));
    assert_eq!(from_french_days_one_by_one([odd, None, None, None, None, None, None]).0, None, "nothing but words");
}

#[test]
fn half_days_are_joined() {
    let day = [Some("8h30-12h"), Some("13h30-17h")];
    let closed = [Some("x"), Some("x")];
    let blank = [Some(""), None];
    let week = from_french_half_days([closed, day, day, [Some("8h30-12h"), Some("-")], day, blank, blank]);
    assert_eq!(week.unwrap().unwrap(), "Tu,We,Fr 08:30-12:00,13:30-17:00; Th 08:30-12:00");
    assert_eq!(from_french_half_days([blank; 7]).unwrap(), None);
    let backwards = [Some("14h-12h"), Some("12h-20h")];
    assert_eq!(from_french_half_days([blank, backwards, blank, blank, blank, blank, blank]).unwrap_err().day, Some(1));
}

#[test]
fn a_sentence_about_the_week_is_translated() {
    for (text, osm) in [
        ("9h-12h et 14h-17h du lundi au vendredi", "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("Du lundi au vendredi, de 9h30 à 17h", "Mo-Fr 09:30-17:00"),
        (
            "Lundi au jeudi : 9h à 12h et 14h à 17h, vendredi : 9h à 12h",
            "Mo-Th 09:00-12:00,14:00-17:00; Fr 09:00-12:00",
        ),
        ("mercredi de 14 à 18h", "We 14:00-18:00"),
        ("mardi matin 9h-10h30", "Tu 09:00-10:30"),
        ("mardi de 10h à 12h, le mardi de 14h à 16h", "Tu 10:00-12:00,14:00-16:00"),
        (
            "Mardi : 15h à18h30 Mercredi : (sur rendez-vous) Samedi : 9h30 à 12h30",
            "Tu 15:00-18:30; We unknown \"sur rendez-vous\"; Sa 09:30-12:30",
        ),
        (
            "Du lundi au vendredi, de 8h30 à 17h, sur rendez-vous uniquement",
            "Mo-Fr 08:30-17:00 open \"sur rendez-vous\"",
        ),
        ("Lundi : 14H - 17HMardi, Mercredi : 9H30 - 12H<br />Jeudi : fermé", "Mo 14:00-17:00; Tu,We 09:30-12:00"),
        ("Tous les jours de 9h à 18h", "Mo-Su 09:00-18:00"),
    ] {
        assert_eq!(from_french_text(text).unwrap().as_deref(), Some(osm), "{text}");
    }
}

#[test]
fn a_sentence_with_a_certain_exception_is_translated() {
    for (text, osm) in [
        ("Lundi 9h-12h et sur rendez-vous", "Mo 09:00-12:00 || unknown \"sur rendez-vous\""),
        ("Le lundi de 9h00 à 12h00 et sur rendez-vous", "Mo 09:00-12:00 || unknown \"sur rendez-vous\""),
        ("Lundi 9h-12h, mardi 14h-17h et sur RDV", "Mo 09:00-12:00; Tu 14:00-17:00 || unknown \"sur rendez-vous\""),
        ("du lundi au samedi 9h-12h et 14h-18h, samedi 9h-12h", "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"),
        ("du lundi au vendredi sauf le mercredi : 9h-17h", "Mo,Tu,Th,Fr 09:00-17:00"),
        ("du lundi au vendredi 9h-17h (sauf mercredi)", "Mo,Tu,Th,Fr 09:00-17:00"),
        ("du lundi au vendredi 9h-17h sauf mercredi 9h-12h", "Mo,Tu,Th,Fr 09:00-17:00; We 09:00-12:00"),
        ("Du lundi au vendredi : 9h-12h, fermé le mercredi", "Mo,Tu,Th,Fr 09:00-12:00"),
        ("Lundi au vendredi 9h-17h, fermé les jours fériés", "Mo-Fr 09:00-17:00; PH off"),
        ("Lundi au vendredi 9h-17h sauf jours fériés", "Mo-Fr 09:00-17:00; PH off"),
        ("1er et 3e mardi du mois : 14h à 16h", "Tu[1,3] 14:00-16:00"),
        ("le dernier vendredi de chaque mois de 14h à 16h", "Fr[-1] 14:00-16:00"),
        ("Lundi 9h-12h, permanence le 2ème samedi du mois : 9h-12h", "Mo 09:00-12:00; Sa[2] 09:00-12:00"),
        ("mardi 14h-16h, semaines paires", "week 2-52/2 Tu 14:00-16:00"),
        ("Semaines impaires : mardi 14h-16h", "week 1-53/2 Tu 14:00-16:00"),
        ("lundi au vendredi 8h15-19h30 et week-end 9h-19h30", "Mo-Fr 08:15-19:30; Sa,Su 09:00-19:30"),
        ("lun, mar et jeu 9h-12h", "Mo,Tu,Th 09:00-12:00"),
        ("mardi 14h-midi", ""),
    ] {
        let read = from_french_text(text);
        if osm.is_empty() {
            assert!(read.is_err(), "{text}: {read:?}");
            continue;
        }
        assert_eq!(read.as_ref().map(Option::as_deref), Ok(Some(osm)), "{text}");
        assert!(OpeningHours::parse(osm, HolidayCalendar::NATIONAL).is_ok(), "{osm}");
    }
}

#[test]
fn a_sentence_with_an_exception_is_refused() {
    for text in [
        "Lundi, mardi : 10h30 à 12h30 et 14h à 19h (sauf mardi, 18h30)",
        "Lundi au vendredi : 9h à 18h (lundi et jeudi matin fermé)",
        "Lundi au vendredi : 9h à 12h30 et 13h30 à 17h30 (17h00 pendant les vacances scolaires)",
        "9h à 12h / 13h à 17h",
        "9h à 12h / 13h à 17h (17h30 le mercredi)",
        "samedi après-midi tous les 15 jours de 14h à 16h",
        "mardi-jeudi 14h-17h",
        "Vendredi : 9h à 12h30 à 14h à 16h30",
        "lundi 9h-12h, mardi 9h-12h sur rendez-vous",
        "lundi matin 14h-17h",
        "lundi, mardi",
        "vendredi au lundi 9h-12h",
        "lundi au vendredi 9h-12h, mercredi 14h-17h",
        "lundi au vendredi 9h-17h, fermé le mercredi après-midi",
        "Semaines paires : lundi 9h-12h, mardi 14h-17h",
        "1er mardi 9h-12h, mardi 14h-16h",
        "1er lundi et mardi du mois 9h-12h",
        "un mardi sur deux 14h-16h",
        "lundi 01h30-17h",
        "lundi au vendredi 9h-12h sauf vacances scolaires",
        "sauf le mercredi 9h-12h",
    ] {
        assert!(from_french_text(text).is_err(), "{text}: {:?}", from_french_text(text));
    }
    assert_eq!(from_french_text(" ").unwrap(), None);
}

#[test]
fn weeks_written_in_french_come_back_the_same() {
    let mut random = Random(5);
    for turn in 0..400 {
        let week = random_week(&mut random);
        let time = |minutes: u32| match turn % 3 {
            0 => format!("{:02}:{:02}", minutes / 60, minutes % 60),
            1 => format!("{}h{:02}", minutes / 60, minutes % 60),
            _ if minutes.is_multiple_of(60) => format!("{} h", minutes / 60),
            _ => format!("{} h {:02}", minutes / 60, minutes % 60),
        };
        let texts: Vec<String> = week
            .iter()
            .map(|spans| {
                let spans: Vec<String> =
                    spans.iter().map(|(from, until)| format!("{} - {}", time(*from), time(*until))).collect();
                spans.join([" / ", " et ", ", "][turn / 3 % 3])
            })
            .collect();
        let days = std::array::from_fn(|day| Some(texts[day].as_str()));
        let minutes: u32 = week.iter().flatten().map(|(from, until)| until - from).sum();
        match from_french_days(days).unwrap() {
            None => assert_eq!(minutes, 0),
            Some(osm) => {
                let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
                assert_eq!(hours.weekly_minutes(), Some(minutes), "{texts:?} became {osm}");
            }
        }
    }
}

#[test]
fn a_day_left_blank_takes_nothing_from_the_next() {
    for (text, osm) in [
        ("Lundi : - ; Mardi : 9h-12h", "Tu 09:00-12:00"),
        ("Lundi : 9h-12h\nMardi :\nMercredi : 14h-17h", "Mo 09:00-12:00; We 14:00-17:00"),
        ("Lundi : 9h-12h Mardi : Mercredi : 14h-17h", "Mo 09:00-12:00; We 14:00-17:00"),
        ("Lundi : 9h-12h ; Mardi : - ; Mercredi : 9h-12h", "Mo,We 09:00-12:00"),
        ("Lundi : – Mardi : 9h-12h", "Tu 09:00-12:00"),
        ("Lundi : / Mardi : 9h-12h", "Tu 09:00-12:00"),
        ("Lundi : ... Mardi : 9h-12h", "Tu 09:00-12:00"),
        ("Lundi : Mardi : 9h-12h", "Tu 09:00-12:00"),
        ("Lundi matin : - ; Mardi : 9h-12h et 14h-17h", "Tu 09:00-12:00,14:00-17:00"),
        ("<ul><li>Lundi :</li><li>Mardi : 9h-12h</li></ul>", "Tu 09:00-12:00"),
        // Lists of days without a mark between each and its hours.
        ("Lundi / Mardi : 9h-12h", "Mo,Tu 09:00-12:00"),
        ("Lundi et mardi : 9h-12h", "Mo,Tu 09:00-12:00"),
        ("Mardi : semaines paires 14h-16h", "week 2-52/2 Tu 14:00-16:00"),
    ] {
        assert_eq!(from_french_text(text).unwrap().as_deref(), Some(osm), "{text}");
    }
    for text in [
        "Lundi : mardi 9h-12h",
        "Lundi 9h-12h\nMardi\nMercredi 14h-17h",
        "Lundi - ; Mardi 9h-12h",
        "lun.-ven. 9h-12h",
        "mar. – ven. 9h-12h",
        "lundi.-vendredi. 9h-12h",
        "lundi (-) vendredi 9h-12h",
        "lun.—ven. 9h-12h",
    ] {
        assert!(from_french_text(text).is_err(), "{text}: {:?}", from_french_text(text));
    }
}

#[test]
fn a_closed_day_is_not_opened_by_the_hours_of_another() {
    for text in [
        "fermé lundi et mardi, mercredi 9h-12h",
        "fermé les lundis mercredis et jeudis 9h-12h",
        "fermé lundi, mercredi et vendredi 9h-12h",
        "Fermé le mercredi et le samedi 9h-12h",
        "Fermé lundi et mardi du mercredi au vendredi 9h-12h",
    ] {
        assert!(from_french_text(text).is_err(), "{text}: {:?}", from_french_text(text));
    }
    for (text, osm) in [
        ("fermé les lundis mercredis ouvert mardi 9h-12h", "Tu 09:00-12:00"),
        ("fermé lundi et mardi, ouvert mercredi et jeudi 9h-12h", "We,Th 09:00-12:00"),
        ("Fermé le lundi et le mardi ; mercredi 9h-12h", "We 09:00-12:00"),
        ("Fermé le lundi, mardi 9h-12h", "Tu 09:00-12:00"),
        ("Fermé le lundi et du mardi au vendredi 9h-12h", "Tu-Fr 09:00-12:00"),
        ("Fermé le lundi et ouvert du mardi au vendredi 9h-12h", "Tu-Fr 09:00-12:00"),
        ("Lundi fermé, mardi et jeudi 9h-12h", "Tu,Th 09:00-12:00"),
        ("Mardi : fermé\nMercredi, jeudi : 9h-12h", "We,Th 09:00-12:00"),
        ("Lundi au vendredi 9h-12h, fermé mercredi et jeudi", "Mo,Tu,Fr 09:00-12:00"),
    ] {
        assert_eq!(from_french_text(text).unwrap().as_deref(), Some(osm), "{text}");
    }
}

#[test]
fn midnight_to_midnight_fills_a_cell() {
    for text in ["lundi 00h-00h", "lundi au vendredi 00:00-00:00", "lundi 0:00 à 0:00"] {
        assert!(from_french_text(text).is_err(), "{text}: {:?}", from_french_text(text));
    }
    for text in ["00:00 - 00:00", "0h à 0h", "00:00 / 00:00", "00h00 00h00"] {
        assert_eq!(monday(text).unwrap(), None, "{text}");
    }
    assert_eq!(from_french_text("lundi 0h-24h").unwrap().as_deref(), Some("Mo 00:00-24:00"));
}
