//! French words: the sentence beside a name, the lines of a week, the minutes of a week.

use super::{at, hours, hours_in};

/// Spaces that do not break are written `_` here, so that they can be seen.
fn visible(text: &str) -> String {
    text.replace('\u{a0}', "_")
}

fn week(osm: &str) -> Vec<String> {
    hours(osm).week_words().iter().map(|line| visible(line)).collect()
}

#[test]
fn the_sentence_says_when_in_plain_french() {
    let place = hours("Mo-Fr 09:00-12:00,13:30-17:30");
    // Monday 10 March 2025.
    for (instant, sentence) in [
        ("2025-03-10 14:00", "Ouvert jusqu'à 17_h_30"),
        ("2025-03-10 10:00", "Ouvert jusqu'à 12_h"),
        ("2025-03-10 12:15", "Fermé, ouvre à 13_h_30"),
        ("2025-03-10 18:00", "Fermé, ouvre demain à 9_h"),
        ("2025-03-14 18:00", "Fermé, ouvre lundi à 9_h"),
        ("2025-03-15 10:00", "Fermé, ouvre lundi à 9_h"),
    ] {
        assert_eq!(visible(&place.sentence(at(instant))), sentence, "{instant}");
    }
}

#[test]
fn the_sentence_says_what_is_rare() {
    for (osm, instant, sentence) in [
        ("24/7", "2025-03-10 14:00", "Ouvert 24_heures sur_24"),
        ("24/7", "2025-07-14 14:00", "Ouvert 24_heures sur_24"),
        ("Mo 09:00-24:00", "2025-03-10 14:00", "Ouvert jusqu'à minuit"),
        ("Fr 20:00-02:00", "2025-03-14 22:00", "Ouvert jusqu'à demain 2_h"),
        ("Fr 20:00-02:00", "2025-03-15 01:00", "Ouvert jusqu'à 2_h"),
        ("Mo 09:00-12:00; week 12 off", "2025-03-10 14:00", "Fermé, ouvre lundi 24_mars à 9_h"),
        ("Mo off", "2025-03-10 14:00", "Fermé, pas d'ouverture connue dans les 14_jours"),
        ("Aug off \"congés\"", "2025-08-02 14:00", "Fermé, pas d'ouverture connue dans les 14_jours (congés)"),
        ("Mo 14:00-17:00 \"by appointment\"", "2025-03-10 15:00", "Ouvert jusqu'à 17_h (sur rendez-vous)"),
        ("Mo \"on appointment\"", "2025-03-10 15:00", "Sur rendez-vous"),
        ("Mo unknown", "2025-03-10 15:00", "Horaires à vérifier"),
        ("Mo unknown", "2025-03-11 15:00", "Horaires à vérifier"),
        ("Mo-Fr 09:00-12:00 unknown \"lundi à Gourin\"", "2025-03-15 15:00", "Horaires à vérifier"),
        ("Mo 09:00-12:00 unknown \"ailleurs\"; We 09:00-12:00", "2025-03-15 15:00", "Fermé, ouvre mercredi à 9_h"),
        ("Mo unknown \"selon le bus\"", "2025-03-10 15:00", "Horaires à vérifier (selon le bus)"),
        ("Mo 09:00-17:00; SH off", "2025-03-10 15:00", "Horaires à vérifier (vacances scolaires)"),
    ] {
        assert_eq!(visible(&hours(osm).sentence(at(instant))), sentence, "{osm}");
    }
}

#[test]
fn the_sentence_names_the_public_holiday() {
    // 14 July 2025 is a Monday, 10 June 2025 a Tuesday.
    let silent = hours("Mo-Fr 09:00-17:00");
    let closed = hours("Mo-Fr 09:00-17:00; PH off");
    let short = hours("Mo-Fr 09:00-17:00; PH 10:00-12:00");
    for (place, instant, sentence) in [
        (&silent, "2025-07-14 10:00", "Aujourd'hui est férié_: sans doute fermé"),
        (&silent, "2025-07-13 10:00", "Fermé, ouvre mardi à 9_h (jours fériés_: à vérifier)"),
        (&silent, "2025-07-15 10:00", "Ouvert jusqu'à 17_h"),
        (&closed, "2025-07-14 10:00", "Fermé aujourd'hui (jour férié), ouvre demain à 9_h"),
        (&closed, "2025-07-12 10:00", "Fermé, ouvre mardi à 9_h"),
        (&short, "2025-07-14 09:30", "Fermé, ouvre à 10_h"),
        (
            &hours_in("973", "Mo-Fr 09:00-17:00; PH off"),
            "2025-06-10 10:00",
            "Fermé aujourd'hui (jour férié), ouvre demain à 9_h",
        ),
    ] {
        assert_eq!(visible(&place.sentence(at(instant))), sentence, "{instant}");
    }
}

#[test]
fn a_week_is_said_in_groups_of_equal_days() {
    assert_eq!(
        week("Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00"),
        ["lundi au vendredi_: 9_h à 12_h, 13_h_30 à 17_h", "samedi_: 9_h à 12_h", "dimanche_: fermé"]
    );
    assert_eq!(
        week("Mo-Fr 08:30-12:00; We off; Th,Fr 14:00-17:00"),
        [
            "lundi et mardi_: 8_h_30 à 12_h",
            "mercredi_: fermé",
            "jeudi et vendredi_: 14_h à 17_h",
            "samedi et dimanche_: fermé"
        ]
    );
    assert_eq!(week("09:00-17:00"), ["tous les jours_: 9_h à 17_h"]);
    assert_eq!(week("24/7"), ["tous les jours, 24_heures sur_24"]);
    assert_eq!(
        week("Fr 20:00-02:00"),
        ["lundi au jeudi_: fermé", "vendredi_: 20_h à 2_h", "samedi et dimanche_: fermé"]
    );
}

#[test]
fn a_week_says_its_public_holidays() {
    assert_eq!(week("09:00-17:00; PH off"), ["tous les jours_: 9_h à 17_h", "jours fériés_: fermé"]);
    assert_eq!(week("Mo-Su,PH 09:00-17:00"), ["tous les jours_: 9_h à 17_h", "jours fériés_: 9_h à 17_h"]);
}

#[test]
fn notes_are_kept_in_the_week() {
    assert_eq!(
        week("Mo-Fr 09:00-12:00, Mo-Fr 14:00-17:00 open \"sur rendez-vous\"; Sa unknown \"by appointment\""),
        [
            "lundi au vendredi_: 9_h à 12_h, 14_h à 17_h (sur rendez-vous)",
            "samedi_: sur rendez-vous",
            "dimanche_: fermé"
        ]
    );
}

#[test]
fn hours_without_a_certain_meaning_are_to_be_checked() {
    assert_eq!(
        week("Mo unknown \"09:00 - 17:30 / 09:00 - 12:00\"; Tu 09:00-12:00")[0],
        "lundi_: à vérifier, téléphonez («_09:00 - 17:30 / 09:00 - 12:00_»)"
    );
}

#[test]
fn rules_of_a_season_follow_the_week() {
    assert_eq!(
        week(
            "Mo-Fr 09:00-12:00; Sa[1] 10:00-12:00; Jul-Aug off; Dec 24 09:00-11:00; Dec 25-Jan 1 off \"congés\"; SH off"
        ),
        [
            "lundi au vendredi_: 9_h à 12_h",
            "samedi et dimanche_: fermé",
            "1er samedi du mois_: 10_h à 12_h",
            "juillet à août_: fermé",
            "24_décembre_: 9_h à 11_h",
            "du 25_décembre au 1er_janvier_: fermé (congés)",
            "vacances scolaires_: fermé",
        ]
    );
    assert_eq!(
        week("week 1-53/2 Mo 09:00-12:00; week 2-52/2 Tu 09:00-12:00, Fr[-1] 14:00-16:00"),
        [
            "semaines impaires, lundi_: 9_h à 12_h",
            "semaines paires, mardi_: 9_h à 12_h",
            "en plus, dernier vendredi du mois_: 14_h à 16_h",
        ]
    );
}

#[test]
fn every_rule_is_said_in_french_words() {
    assert_eq!(
        week("Mo 09:00-12:00; 2025-2027 Tu 14:00-16:00; easter +1 day off"),
        [
            "lundi_: 9_h à 12_h",
            "mardi au dimanche_: fermé",
            "de 2025 à 2027, mardi_: 14_h à 16_h",
            "lundi de Pâques_: fermé",
        ]
    );
    for (osm, line) in [
        ("Tu[1,3] 14:00-16:30", "1er et 3e mardi du mois_: 14_h à 16_h_30"),
        ("Tu[2-4] 14:00-16:30", "2e, 3e et 4e mardi du mois_: 14_h à 16_h_30"),
        (
            "2025 Jan 01-2025 Dec 31: Mo-Fr 09:00-12:00",
            "du 1er_janvier 2025 au 31_décembre 2025, lundi au vendredi_: 9_h à 12_h",
        ),
        ("2026 Mar 03 14:00-16:00", "3_mars 2026_: 14_h à 16_h"),
        ("easter -2 days 10:00-12:00", "vendredi saint_: 10_h à 12_h"),
        ("Jul 1-Aug 31 Mo 09:00-12:00", "du 1er_juillet au 31_août, lundi_: 9_h à 12_h"),
    ] {
        assert_eq!(week(osm), [line], "{osm}");
    }
    assert_eq!(week("Mo-Fr 09:00-12:00; PH Mo-Fr off")[2..], ["jours fériés, lundi au vendredi_: fermé"]);
    assert_eq!(week("Mo 09:00-12:00 || unknown \"sur rendez-vous\"")[2..], ["à d'autres moments_: sur rendez-vous"]);
    let codes = ["Mo[1] +2 days 09:00-12:00", "week 5-20/3 Mo 09:00-12:00", "2025-2030/2 Mo 09:00-12:00"];
    for osm in codes {
        let lines = week(osm).join(" ");
        assert!(!lines.contains("Mo") && !lines.contains("week") && !lines.is_empty(), "{osm}: {lines}");
    }
}

#[test]
fn the_minutes_of_a_week_are_those_of_a_week_without_holidays() {
    for (osm, minutes) in [
        ("Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00", Some(5 * 390 + 180)),
        ("Mo-Fr 09:00-12:00; PH off; Aug off", Some(5 * 180)),
        ("24/7", Some(7 * 24 * 60)),
        ("Fr 20:00-02:00", Some(6 * 60)),
        ("Mo 09:00-12:00; Tu unknown \"sur rendez-vous\"", Some(180)),
        ("Mo-Fr off", Some(0)),
        ("Mo unknown \"sur rendez-vous\"", None),
        ("Mo \"sur rendez-vous\"", None),
        ("Mo-Fr 09:00-12:00; Jul-Aug Mo-Fr 14:00-17:00", None),
        ("Sa[1] 09:00-12:00", None),
    ] {
        assert_eq!(hours(osm).weekly_minutes(), minutes, "{osm}");
    }
}
