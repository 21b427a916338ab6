//! Siblings of the cases that others found: other inputs of the same kinds, each with the value it means, worked out by hand.

use super::cell::is_nothing;
use super::{contact, coordinates, date, entities, hours, number, url};
use crate::domain::hours::OpeningHours;
use crate::domain::text::five_characters;
use crate::domain::{Hours, Phone};

/// Kind; the territory of a telephone; input; the value, several joined by a blank. `texte` is a text that is kept, an empty
/// value one that is told and unknown.
const SIBLINGS: &[(&str, &str, &str, &str)] = &[
    // A holiday and days of the week.
    ("F2", "", "Mo-Fr 09:00-17:00; PH Mo-Sa off", "Mo-Fr 09:00-17:00; PH Mo-Sa closed"),
    ("F2", "", "Tu-Sa 10:00-18:00; PH We off", "Tu-Sa 10:00-18:00; PH We closed"),
    ("F2", "", "Mo-Fr 09:00-12:00; PH Mo,Tu 10:00-12:00", "Mo-Fr 09:00-12:00; PH Mo,Tu 10:00-12:00"),
    ("F2", "", "PH Mo-Fr off; Mo-Fr 09:00-17:00", "texte"),
    ("F2", "", "Mo-Fr 09:00-17:00; SH Mo off", "texte"),
    // Numbers of other territories, by their own plan.
    ("F16", "974", "262 20 12 34", "+262262201234"),
    ("F16", "974", "0262.20.12.34", "+262262201234"),
    ("F16", "971", "590.590.41.12.34", "+590590411234"),
    ("F16", "973", "00 594 594 30 12 34", "+594594301234"),
    ("F16", "972", "00596596701234", "+596596701234"),
    ("F16", "988", "687 27 12 34", "+687271234"),
    ("F16", "976", "+269 269 61 12 34", "+262269611234"),
    ("F16", "976", "00 269 639 12 34 56", "+262639123456"),
    ("F16", "976", "+269 773 12 34", ""),
    // Two numbers of a cell.
    ("F18", "23", "05 55 51 47 00 ou 06 12 34 56 78", "+33555514700 +33612345678"),
    ("F18", "23", "05 55 51 47 00 (mairie), 05 55 52 00 01 (CCAS)", "+33555514700 +33555520001"),
    ("F18", "23", "0555514700/0612345678", "+33555514700 +33612345678"),
    ("F18", "23", "05.55.51.47.00 puis 06.12.34.56.78", "+33555514700 +33612345678"),
    ("F18", "23", "０５ ５５ ５１ ４７ ００", "+33555514700"),
    ("F18", "23", "05·55·51·47·00", "+33555514700"),
    ("F18", "23", "05 55 51 47 00\n06 12 34 56 78", "+33555514700 +33612345678"),
    // A trunk zero after the country; lengths that mean nothing here.
    ("F20", "23", "+33 (0)5 55 51 47 00", "+33555514700"),
    ("F20", "971", "+590 0590 41 12 34", "+590590411234"),
    ("F20", "23", "123456", ""),
    ("F20", "23", "40 46 84 00", ""),
    ("F20", "988", "27 12 34", "+687271234"),
    ("F20", "987", "Tél. 87 12 34 56", "+68987123456"),
    ("F20", "975", "41 12 34", "+508411234"),
    // Codes as spreadsheets write them.
    ("F22", "", "13 001", "13001"),
    ("F22", "", "1400.0", "01400"),
    ("F22", "", "\u{a0}97411\u{200b}", "97411"),
    ("F22", "", "'06000", "06000"),
    // Addresses of mail.
    (
        "F24",
        "",
        "contact@mairie-exemple.fr; accueil@mairie-exemple.fr",
        "contact@mairie-exemple.fr accueil@mairie-exemple.fr",
    ),
    ("F24", "", "contact(at)mairie-exemple.fr", "contact@mairie-exemple.fr"),
    ("F24", "", "Courriel : contact@mairie-exemple.fr.", "contact@mairie-exemple.fr"),
    (
        "F24",
        "",
        "\"Mairie\" <contact@mairie-exemple.fr>, CCAS <ccas@mairie-exemple.fr>",
        "contact@mairie-exemple.fr ccas@mairie-exemple.fr",
    ),
    ("F24", "", "contact@mairie-exemple", ""),
    // Addresses of pages.
    ("F26", "", "www.a-exemple.fr | www.b-exemple.fr", "https://www.a-exemple.fr https://www.b-exemple.fr"),
    ("F26", "", "https://www.a-exemple.fr.", "https://www.a-exemple.fr"),
    ("F26", "", "https://www.a-exemple.fr ; ", "https://www.a-exemple.fr"),
    ("F26", "", "http:// www.a-exemple.fr", "http://www.a-exemple.fr"),
    (
        "F26",
        "",
        "https://www.a-exemple.fr/?de=https://www.b-exemple.fr",
        "https://www.a-exemple.fr/?de=https://www.b-exemple.fr",
    ),
    // Words for nothing, and words that only look so.
    ("F28", "", "N/A", ""),
    ("F28", "", "#REF!", ""),
    ("F28", "", "non renseigné", ""),
    ("F28", "", "--", ""),
    ("F28", "", "Nantes", "texte"),
    // Escaped texts.
    ("F30", "", "L&#x2019;&Eacute;cole", "L’École"),
    ("F30", "", "Caf&eacute; &amp; Cie", "Café & Cie"),
    ("F30", "", "l&rsquo;Atelier", "l’Atelier"),
    ("F30", "", "Dupont & Fils", "Dupont & Fils"),
    // Pairs of coordinates.
    ("F38", "", "(46.1706, 1.8715)", "46.1706 1.8715"),
    ("F38", "", "46,1706 ; 1,8715", "46.1706 1.8715"),
    ("F38", "", "POINT (1.8715 46.1706)", "46.1706 1.8715"),
    ("F38", "", "{\"latitude\": 46.1706, \"longitude\": 1.8715}", "46.1706 1.8715"),
    ("F38", "", "{\"type\":\"Point\",\"coordinates\":[1.8715,46.1706]}", "46.1706 1.8715"),
    // Scientific notation.
    ("F40", "", "1.8715e0", "1.8715"),
    ("F40", "", "4.61706E1", "46.1706"),
    ("F40", "", "-5,4E-05", "-0.000054"),
    ("F40", "", "5e-5", "0.00005"),
    // Days.
    ("F42", "", "05/03/2024", "2024-03-05"),
    ("F42", "", "5.3.2024", "2024-03-05"),
    ("F42", "", "2024/03/05", "2024-03-05"),
    ("F42", "", "2024-03-05T10:00:00+01:00", "2024-03-05"),
    ("F42", "", "5 mars 2024", "2024-03-05"),
    // By appointment at other moments.
    ("F50", "", "Mardi 14h-17h, et sur rendez-vous", "Tu 14:00-17:00 || unknown \"sur rendez-vous\""),
    ("F50", "", "Lundi et jeudi 9h-12h et sur RDV", "Mo,Th 09:00-12:00 || unknown \"sur rendez-vous\""),
    ("F50", "", "Lundi 9h à 12h puis sur rendez-vous", "Mo 09:00-12:00 || unknown \"sur rendez-vous\""),
    ("F50", "", "Mardi 14h-17h + sur RDV", "Tu 14:00-17:00 || unknown \"sur rendez-vous\""),
    ("F50", "", "Lundi 9h-12h sur rendez-vous", "Mo 09:00-12:00 open \"sur rendez-vous\""),
    ("F50", "", "lundi 9h-12h, mardi 9h-12h sur rendez-vous", "texte"),
    // A day of a range with hours of its own.
    ("F52", "", "du mardi au samedi 10h-18h, samedi 10h-12h", "Tu-Fr 10:00-18:00; Sa 10:00-12:00"),
    ("F52", "", "du lundi au dimanche 9h-18h, dimanche 9h-12h", "Mo-Sa 09:00-18:00; Su 09:00-12:00"),
    (
        "F52",
        "",
        "du lundi au vendredi 9h-12h et 14h-17h, mercredi 9h-12h",
        "Mo,Tu,Th,Fr 09:00-12:00,14:00-17:00; We 09:00-12:00",
    ),
    ("F52", "", "du lundi au vendredi 9h-12h, mercredi 14h-17h", "texte"),
    // Dates, ranks, alternate weeks, school holidays: right, or text.
    ("F56", "", "2024 Mar 01-2024 Mar 31: Tu 14:00-16:00", "2024 Mar 1-2024 Mar 31 Tu 14:00-16:00"),
    ("F56", "", "Mo[1] 09:00-12:00; We[-1] 14:00-17:00", "Mo[1] 09:00-12:00; We[-1] 14:00-17:00"),
    ("F56", "", "easter off; Mo-Fr 09:00-12:00", "texte"),
    ("F56", "", "du 1er juillet au 31 août : lundi 9h-12h", "texte"),
    ("F56", "", "lundi au vendredi 9h-17h, fermé du 1er au 15 août", "texte"),
    ("F56", "", "fermé pendant les vacances scolaires, mardi 14h-17h", "texte"),
    ("F56", "", "mardi 14h-17h hors vacances scolaires", "texte"),
    ("F56", "", "un mercredi sur deux de 14h à 17h", "texte"),
    ("F56", "", "tous les quinze jours, le jeudi de 9h à 12h", "texte"),
    ("F56", "", "1er et 3e mercredi du mois de 9h à 12h", "We[1,3] 09:00-12:00"),
    ("F56", "", "mercredi semaines impaires 14h-17h", "week 1-53/2 We 14:00-17:00"),
    ("F56", "", "mardi 14h-17h à partir du 3 septembre", "texte"),
    ("F56", "", "mardi 12 mars 14h-17h", "texte"),
    // « Mar » is a day before hours, a month before the number of a day.
    ("F68", "", "Mar 14:00-17:00", "Tu 14:00-17:00"),
    ("F68", "", "mar 09:00-12:00,14:00-17:00", "Tu 09:00-12:00,14:00-17:00"),
    ("F68", "", "Mar 1-31 14:00-17:00", "Mar 1-Mar 31 14:00-17:00"),
    ("F68", "", "Mo 09:00-12:00; Mar 14:00-17:00", "texte"),
    // Days without hours are no days of 24 hours.
    ("F70", "", "Mo-Fr", "Mo-Fr unknown \"heures non précisées\""),
    ("F70", "", "Sa", "Sa unknown \"heures non précisées\""),
    ("F70", "", "week 1-53/2", "week01-53/2 unknown \"heures non précisées\""),
    ("F70", "", "24/7", "24/7"),
    // Hours without days are those of no day for certain.
    ("F70", "", "08:00-17:00", "texte"),
    ("F70", "", "08:30-11:30; Th 08:30-11:30,14:00-16:30", "texte"),
    ("F70", "", "Mo-Su 08:00-17:00", "Mo-Su 08:00-17:00"),
    ("F70", "", "Mo-Fr 09:00-12:00; PH off", "Mo-Fr 09:00-12:00; PH closed"),
    // Words that are no part of an address, and blanks inside one.
    ("F72", "", "contact @mairie-exemple.fr ou @autre-exemple.fr", "contact@mairie-exemple.fr"),
    ("F72", "", "con tact@mairie-exemple.fr", ""),
    ("F72", "", "contact.@mairie-exemple.fr", ""),
    ("F72", "", "ccas contact@mairie-exemple.fr", "contact@mairie-exemple.fr"),
    // Marks that belong to the address of a page, and hosts that are none.
    ("F74", "", "https://a-exemple.fr/page_(1)", "https://a-exemple.fr/page_(1)"),
    ("F74", "", "(https://a-exemple.fr/page)", "https://a-exemple.fr/page"),
    ("F74", "", "https://a-exemple.fr/index.php?id=12;13", "https://a-exemple.fr/index.php?id=12;13"),
    ("F74", "", "https://a-exemple.fr;b-exemple.fr", "https://a-exemple.fr https://b-exemple.fr"),
    ("F74", "", "www.a-exemple", ""),
    // A fax is no telephone.
    ("F76", "23", "F : 05 55 51 47 01", ""),
    ("F76", "23", "F: 05 55 51 47 01 T: 05 55 51 47 00", "+33555514700"),
    ("F76", "23", "T. 05 55 51 47 00 - F. 05 55 51 47 01", "+33555514700"),
    ("F76", "23", "M. F. Exemple 05 55 51 47 00", "+33555514700"),
    // The second hand of siblings: marks, brackets and prices (2026-11-28).
    ("F76", "23", "(fax) 05 55 51 47 01 (tél) 05 55 51 47 00", "+33555514700"),
    ("F76", "23", "05 55 51 47 00 (tél) 05 55 51 47 01 (fax)", "+33555514700"),
    ("F76", "23", "Télécopie : 05 55 51 47 01", ""),
    ("F18", "75", "36 46 (0,06 €/min)", "3646"),
    ("F18", "23", "0 806 00 11 26 (prix d'un appel local, 0 €) / 05 55 51 47 00", "+33806001126 +33555514700"),
    ("F18", "23", "[\"05 55 51 47 00\",\"06 12 34 56 78\"]", "+33555514700 +33612345678"),
    ("F16", "974", "00.262.0262.20.12.34", "+262262201234"),
    ("F16", "975", "00508 41 12 34", "+508411234"),
    ("F16", "987", "(689) 40 46 84 00", "+68940468400"),
    ("F24", "", "contact[@]mairie-exemple.fr", "contact@mairie-exemple.fr"),
    ("F24", "", "contact(arobase)mairie-exemple.fr", "contact@mairie-exemple.fr"),
    ("F24", "", "contact＠mairie-exemple.fr", "contact@mairie-exemple.fr"),
    ("F26", "", "[site](https://www.a-exemple.fr)", "https://www.a-exemple.fr"),
    ("F26", "", "<a href=\"https://www.a-exemple.fr\">site</a>", "https://www.a-exemple.fr"),
    ("F28", "", "#SPILL!", ""),
    ("F28", "", "#PROPAGATION!", ""),
    ("F28", "", "à définir", ""),
    ("F28", "", "Loading...", ""),
    ("F56", "", "Mo 09:00-12:00 \"un lundi sur deux\"", "texte"),
    ("F56", "", "Mo 09:00-12:00 unknown \"un lundi sur deux\"", "Mo 09:00-12:00 unknown \"un lundi sur deux\""),
    ("F56", "", "We 14:00-17:00 \"hors vacances scolaires\"", "texte"),
    ("F56", "", "Mo 09:00-12:00 \"au 1er étage\"", "Mo 09:00-12:00 \"au 1er étage\""),
    ("F70", "", "Mo-Fr 00:00-24:00", "Mo-Fr 00:00-24:00"),
];

fn outcome(kind: &str, territory: &str, input: &str) -> String {
    match kind {
        "F16" | "F18" | "F20" | "F76" => {
            let read = contact::phones(input, Some(territory));
            assert!(!read.values.is_empty() || !read.remarks.is_empty(), "{input}: lost without a note");
            read.values.iter().map(Phone::as_str).collect::<Vec<_>>().join(" ")
        }
        "F22" => five_characters(input),
        "F24" | "F72" => contact::emails(input).values.join(" "),
        "F26" | "F74" => url::urls(input).values.join(" "),
        "F28" => {
            if is_nothing(input) {
                String::new()
            } else {
                "texte".to_owned()
            }
        }
        "F30" => entities::unescaped(input).into_owned(),
        "F38" => {
            let pair = coordinates::pair(input).unwrap().value;
            format!("{} {}", pair.latitude, pair.longitude)
        }
        "F40" => number::coordinate(input).unwrap().value.to_string(),
        "F42" => {
            let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
            date::day(input, today).map_or_else(|_| String::new(), |day| day.value.to_string())
        }
        _ => match hours::hours(input).0 {
            Hours::Osm(osm) => osm,
            Hours::Text(_) => "texte".to_owned(),
            Hours::Unknown => String::new(),
        },
    }
}

#[test]
fn siblings_of_the_cases_become_what_they_mean() {
    let faults: Vec<String> = SIBLINGS
        .iter()
        .map(|(kind, territory, input, expected)| (kind, input, *expected, outcome(kind, territory, input)))
        .filter(|(_, _, expected, ours)| expected != ours)
        .map(|(kind, input, expected, ours)| format!("{kind} {input:?}: expected {expected:?}, became {ours:?}"))
        .collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), SIBLINGS.len(), faults.join("\n"));
}

#[test]
fn every_kind_of_cell_has_three_siblings_or_more() {
    for kind in [
        "F2", "F16", "F18", "F20", "F22", "F24", "F26", "F28", "F30", "F38", "F40", "F42", "F50", "F52", "F56", "F68",
        "F70", "F72", "F74", "F76",
    ] {
        let siblings = SIBLINGS.iter().filter(|(of, ..)| *of == kind).count();
        assert!(siblings >= 3, "{kind} has {siblings}");
    }
}

#[test]
fn hours_of_the_siblings_are_said_in_french_words() {
    for (kind, _, input, osm) in
        SIBLINGS.iter().filter(|(kind, ..)| matches!(*kind, "F2" | "F50" | "F52" | "F56" | "F68" | "F70"))
    {
        let Ok(hours) = OpeningHours::parse(osm, crate::domain::hours::HolidayCalendar::NATIONAL) else { continue };
        let words = hours.week_words().join(" / ");
        let codes = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH", "off", "week", "||", "["];
        let said: Vec<&str> = words.split([' ', '\u{a0}', ',', ';']).filter(|word| codes.contains(word)).collect();
        assert!(!words.is_empty() && said.is_empty(), "{kind} {input}: {words}");
    }
}
