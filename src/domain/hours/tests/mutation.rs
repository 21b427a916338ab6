//! No text makes the reader panic: a few thousand mutations of real and odd texts.

use super::super::{HolidayCalendar, OpeningHours, from_french_days, from_french_half_days, from_french_text};
use super::{Random, at};

const SEEDS: [&str; 22] = [
    "Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00",
    "Mo-Fr 09:00-17:00; PH off; SH Mo 10:00-12:00",
    "24/7",
    "Fr 20:00-02:00, Sa 10:00-12:00 open \"sur rendez-vous\"",
    "Fr 22:00-28:00; Su 00:00-24:00",
    "week 1-53/2 Mo 09:00-12:00; Sa[1],Su[-1] 10:00-12:00",
    "Jul 14-Aug 15 off; 2024 Dec 24-2025 Jan 2 off \"congés\"",
    "easter -2 days off; PH +1 day 09:00-12:00; Mar Su[-1] +3 days off",
    "(sunrise+01:00)-(sunset-23:00); dawn-dusk; (sunset+23:00)-25:00",
    "2024-2030/2 Jan-Mar Mo-We 10:00+ || unknown \"à voir\"",
    "10:00-16:00/01:30; Mo 10:00-12:00+",
    "Feb 29 off; Feb 30 off; week 53 off; Mo[5-1] 09:00-12:00",
    "09:00 - 12:00 / 13:30 - 17:00",
    "9h12h",
    "8h30-12h et 13h30-17h30",
    "Sur RDV : 9:00 - 12:00 // Sans RDV : 14:00 - 17:",
    "Du lundi au jeudi : 9h à 12h et 14h à 17h, vendredi : 9h à 12h",
    "Mardi : 15h à18h30 Mercredi : (sur rendez-vous) Samedi matin : 9h30 à 12h30",
    "9h-12h et 14h-17h du lundi au vendredi",
    "Fermé",
    "x",
    "Horaires non communiqués\u{a0}: l’après‑midi – ß İ ﬁ",
];

#[test]
fn mutated_texts_never_panic() {
    let alphabet: Vec<char> = "0123456789:;,-/\"[]()+| hHàéMoTuSaPHSHweeklundi\u{a0}\n’".chars().collect();
    let mut random = Random(1);
    for turn in 0..6_000 {
        let mut text: Vec<char> = SEEDS[turn % SEEDS.len()].chars().collect();
        for _ in 0..=random.below(4) {
            let place = random.below(text.len() + 1);
            let other = SEEDS[random.below(SEEDS.len())];
            match random.below(5) {
                0 => text.insert(place, alphabet[random.below(alphabet.len())]),
                1 if place < text.len() => drop(text.remove(place)),
                2 if place < text.len() => text[place] = alphabet[random.below(alphabet.len())],
                3 => text.truncate(place),
                _ => text.extend(other.chars().skip(random.below(20)).take(random.below(20))),
            }
        }
        let text: String = text.into_iter().collect();
        if let Ok(hours) = OpeningHours::parse(&text, HolidayCalendar::of_departement("68")) {
            for instant in ["2024-02-29 10:00", "2024-12-31 23:59", "2025-03-30 02:30"] {
                let _ = hours.sentence(at(instant));
            }
            let _ = (hours.week_words(), hours.weekly_minutes());
            let again = OpeningHours::parse(hours.osm(), HolidayCalendar::of_departement("68"));
            assert_eq!(again.as_ref().map(OpeningHours::osm), Ok(hours.osm()), "{text}");
        }
        for week in
            [from_french_text(&text), from_french_days([Some(&text); 7]), from_french_half_days([[Some(&text); 2]; 7])]
        {
            if let Ok(Some(osm)) = week {
                let read = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL);
                assert!(read.is_ok(), "{text:?} was translated to {osm:?}, which is not hours");
            }
        }
    }
}
