//! Numbers as people write them, territory by territory.

use super::{Phone, read_cell};

/// The stored forms, separated by a space.
fn read(text: &str, territory: &str) -> String {
    let cell = read_cell(text, Some(territory).filter(|territory| !territory.is_empty()));
    cell.numbers.iter().map(Phone::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn one_number_is_read_in_every_spelling() {
    for text in [
        "04 50 56 87 49",
        "0450568749",
        "+33450568749",
        "+33 (0)4 50 56 87 49",
        "+33 04 50 56 87 49",
        "(+33) 4 50 56 87 49",
        "0033 4 50 56 87 49",
        "00 33 (0) 450568749",
        "33 4 50 56 87 49",
        "33450568749",
        "450568749",
        "450568749.0",
        "33450568749.0",
        "3.3450568749E10",
        "04.50.56.87.49",
        "04-50-56-87-49",
        "04/50/56/87/49",
        "04\u{a0}50\u{202f}56 87\u{2011}49",
        "Tél. : 04 50 56 87 49",
        "tel:+33-4-50-56-87-49",
        "04 50 56 87 49.",
        "\u{200e}04 50 56 87 49",
    ] {
        assert_eq!(read(text, "74"), "+33450568749", "{text}");
    }
}

#[test]
fn every_territory_has_its_own_plan() {
    for (territory, text, number) in [
        ("974", "0262 20 12 34", "+262262201234"),
        ("974", "262.262.20.12.34", "+262262201234"),
        ("974", "00 262 262 20 12 34", "+262262201234"),
        ("974", "+262 0262 20 12 34", "+262262201234"),
        ("974", "+2620262201234", "+262262201234"),
        ("974", "+33 262 20 12 34", "+262262201234"),
        ("974", "262201234", "+262262201234"),
        ("976", "0269 61 12 34", "+262269611234"),
        ("976", "0639 00 00 01", "+262639000001"),
        ("976", "639000001", "+262639000001"),
        ("971", "0590 32 12 34", "+590590321234"),
        ("971", "590 590 32 12 34", "+590590321234"),
        ("978", "0690 12 34 56", "+590690123456"),
        ("972", "0596 71 12 34", "+596596711234"),
        ("972", "+596 (0)696 12 34 56", "+596696123456"),
        ("973", "0594 29 12 34", "+594594291234"),
        ("975", "41 12 34", "+508411234"),
        ("975", "05 08 41 12 34", "+508411234"),
        ("975", "+508 41 12 34", "+508411234"),
        ("986", "72 12 34", "+681721234"),
        ("986", "+681 72 12 34", "+681721234"),
        ("987", "40 46 84 00", "+68940468400"),
        ("987", "Papeete: 40 46 84 00", "+68940468400"),
        ("987", "689 40 46 84 00", "+68940468400"),
        ("987", "00689 87 12 34 56", "+68987123456"),
        ("988", "28 57 28", "+687285728"),
        ("988", "687 28 57 28", "+687285728"),
        ("988", "+687445728", "+687445728"),
        ("75", "0262 20 12 34", "+262262201234"),
    ] {
        assert_eq!(read(text, territory), number, "{text} in {territory}");
    }
}

#[test]
fn a_plan_is_not_applied_elsewhere() {
    for (territory, text) in [
        ("23", "56 12 34"),
        ("23", "28 57 28"),
        ("23", "40 46 84 00"),
        ("", "40 46 84 00"),
        ("988", "40 46 84 00"),
        ("987", "28 57 28"),
        ("974", "28 57 28"),
        ("74", "+262 450 56 87 49"),
        ("74", "+687 12 34 56"),
        ("74", "+32 2 512 34 56"),
        ("74", "+41 22 123 45 67"),
        ("", "687285728"),
    ] {
        assert_eq!(read(text, territory), "", "{text} in {territory:?}");
        assert!(!read_cell(text, Some(territory).filter(|t| !t.is_empty())).unread.is_empty(), "{text} is not lost");
    }
    // Nine digits that begin like a country code: the place tells.
    assert_eq!(read("687285728", "23"), "+33687285728");
    assert_eq!(read("687285728", "988"), "+687285728");
}

#[test]
fn all_the_numbers_of_a_cell_are_read() {
    let both = "+33123456789 +33612345678";
    for text in [
        "01 23 45 67 89 / 06 12 34 56 78",
        "01 23 45 67 89 - 06 12 34 56 78",
        "01 23 45 67 89 et 06 12 34 56 78",
        "01 23 45 67 89 ou 06 12 34 56 78",
        "01 23 45 67 89 06 12 34 56 78",
        "0123456789;0612345678",
        "0123456789\n0612345678",
        "0123456789|0612345678|0123456789",
        "01234567890612345678",
        "0123456789 (accueil) 0612345678 (conseiller)",
        "Fixe : 01.23.45.67.89, portable : +33 6 12 34 56 78",
    ] {
        assert_eq!(read(text, "75"), both, "{text}");
    }
    assert_eq!(read("28 57 28 / 79 12 34", "988"), "+687285728 +687791234");
    assert_eq!(read("40 46 84 00 87 12 34 56", "987"), "+68940468400 +68987123456");
}

#[test]
fn what_is_no_telephone_is_kept_apart_and_said() {
    for (text, numbers, unread) in [
        ("01 23 45 67 89 fax 01 23 45 67 80", "+33123456789", "fax 01 23 45 67 80"),
        ("01 23 45 67 89 / 01 23 45 67 80 (fax)", "+33123456789", "fax +33123456780"),
        ("01 23 45 67 89/90", "+33123456789", "90"),
        ("01 23 45 67 89 #12", "+33123456789", "12"),
        ("01 23 45 67 89 10", "", "01 23 45 67 89 10"),
        ("01 23 45 67", "", "01 23 45 67"),
        ("4,50569E+08", "", "4,50569E+08"),
        ("0000000000", "", "0000000000"),
        ("01 11 11 11 11", "", "01 11 11 11 11"),
        ("10:12", "", "10:12"),
        ("0123", "", "0123"),
    ] {
        let cell = read_cell(text, Some("75"));
        assert_eq!(cell.numbers.iter().map(Phone::as_str).collect::<Vec<_>>().join(" "), numbers, "{text}");
        assert_eq!(cell.unread.first().map(String::as_str), Some(unread), "{text}");
    }
    let cell = read_cell("non communiqué", Some("75"));
    assert!(cell.numbers.is_empty() && cell.words == ["non communiqué"]);
}

#[test]
fn an_extension_follows_its_number() {
    for text in ["04 50 56 87 49 poste 12", "0450568749 ext. 12", "0450568749;ext=12", "04 50 56 87 49 (poste 12)"] {
        assert_eq!(read(text, "74"), "+33450568749;ext=12", "{text}");
    }
    assert_eq!(Phone::parse("+33450568749;ext=12").unwrap().shown().replace('\u{a0}', " "), "04 50 56 87 49, poste 12");
}

#[test]
fn short_numbers_stay_short() {
    for text in ["3230", "39 39", "1014", "115", "116117", "118712"] {
        assert_eq!(read(text, "23"), text.replace(' ', ""), "{text}");
    }
    assert_eq!(read("12", "23"), "");
}

#[test]
fn numbers_are_shown_as_they_are_dialled() {
    for (stored, shown, href) in [
        ("+33472000001", "04 72 00 00 01", "tel:+33472000001"),
        ("+262262000001", "02 62 00 00 01", "tel:+262262000001"),
        ("+508411234", "+508 41 12 34", "tel:+508411234"),
        ("+687285728", "+687 28 57 28", "tel:+687285728"),
        ("+68940468400", "+689 40 46 84 00", "tel:+68940468400"),
        ("3939", "3939", "tel:3939"),
    ] {
        let phone = Phone::parse(stored).unwrap();
        assert_eq!((phone.shown().replace('\u{a0}', " ").as_str(), phone.href().as_str()), (shown, href));
    }
    for bad in ["0472000001", "+33047200000", "+41221234567", "+33472000001;ext=", "", "voir en mairie", "+"] {
        assert_eq!(Phone::parse(bad), None, "{bad}");
    }
}

#[test]
fn a_number_of_another_territory_is_told() {
    let phone = |text| Phone::parse(text).unwrap();
    assert!(phone("+687285728").is_foreign_to("23") && phone("+262262000001").is_foreign_to("971"));
    assert!(!phone("+33472000001").is_foreign_to("974") && !phone("+262639000001").is_foreign_to("974"));
    assert!(!phone("3939").is_foreign_to("23"));
}

/// Numbers of each kind and territory that libphonenumber 9.0.43 gives as examples.
#[test]
fn the_example_numbers_of_libphonenumber_are_read() {
    for (territory, country, nationals) in [
        ("75", "33", &["123456789", "612345678", "801234567", "891123456", "912345678"][..]),
        ("971", "590", &["590201234", "690001234", "976012345"][..]),
        ("972", "596", &["596301234", "696201234", "976612345"][..]),
        ("973", "594", &["594101234", "694201234", "976012345"][..]),
        ("974", "262", &["262161234", "692123456", "801234567"][..]),
        ("976", "262", &["269601234", "639012345", "801234567"][..]),
        ("975", "508", &["430123", "551234"][..]),
        ("986", "681", &["721234"][..]),
        ("987", "689", &["40412345", "87123456"][..]),
        ("988", "687", &["201234", "751234"][..]),
    ] {
        for national in nationals {
            assert_eq!(read(&format!("+{country}{national}"), territory), format!("+{country}{national}"));
            if country == "33" || (national.len() == 9 && !national.starts_with('8')) {
                assert_eq!(read(&format!("0{national}"), territory), format!("+{country}{national}"));
            }
        }
    }
}

#[test]
fn a_fax_is_no_telephone_wherever_its_label_stands() {
    let read = |text: &str| {
        let cell = read_cell(text, Some("23"));
        let numbers: Vec<String> = cell.numbers.iter().map(|phone| phone.as_str().to_owned()).collect();
        (numbers.join(" "), cell.unread.len())
    };
    for (text, numbers, unread) in [
        ("05 55 51 47 01 fax", "", 1),
        ("05 55 51 47 01 [fax]", "", 1),
        ("05 55 51 47 01 (fax)", "", 1),
        ("05 55 51 47 00 tel ; 05 55 51 47 01 fax", "+33555514700", 1),
        ("05 55 51 47 01 fax ; 05 55 51 47 00 tel", "+33555514700", 1),
        ("Tél : 05 55 51 47 00 ; 05 55 51 47 01 fax", "+33555514700", 1),
        ("05 55 51 47 00 fax 05 55 51 47 01", "+33555514700", 1),
        ("05 55 51 47 00 / Fax : 05 55 51 47 01", "+33555514700", 1),
        ("05 55 51 47 00 Fax :", "+33555514700", 0),
        ("05 55 51 47 00 / fax", "+33555514700", 0),
        ("Tel/Fax : 05 55 51 47 00", "+33555514700", 0),
        ("Tél. et fax : 05 55 51 47 00", "+33555514700", 0),
        ("05 55 51 47 00 (tél/fax)", "+33555514700", 0),
        ("(tél) 05 55 51 47 00 (fax) 05 55 51 47 01", "+33555514700", 1),
    ] {
        assert_eq!(read(text), (numbers.to_owned(), unread), "{text}");
    }
}

#[test]
fn a_number_that_is_not_to_be_given_is_told_nowhere() {
    for text in ["perso : 06 12 34 56 78", "06 12 34 56 78 (ne pas diffuser)", "06 12 34 56 78 confidentiel"] {
        let cell = read_cell(text, Some("23"));
        assert!(cell.numbers.is_empty() && !cell.unread.is_empty(), "{text}");
        assert!(!cell.unread.iter().chain(&cell.words).any(|told| told.contains("12 34")), "{text}");
    }
    let cell = read_cell("05 55 51 47 00 / 06 12 34 56 78 (ne pas communiquer)", Some("23"));
    assert_eq!(cell.numbers.iter().map(Phone::as_str).collect::<Vec<_>>(), ["+33555514700"]);
}

#[test]
fn round_the_clock_is_no_part_of_a_number() {
    for text in ["05 55 51 47 00 24h/24", "05 55 51 47 00 7j/7", "05 55 51 47 00 (24h/24)"] {
        let cell = read_cell(text, Some("23"));
        assert_eq!(cell.numbers.iter().map(Phone::as_str).collect::<Vec<_>>(), ["+33555514700"], "{text}");
    }
    assert!(read_cell("Fx 05 55 51 47 01", Some("23")).numbers.is_empty());
}
