//! Communes of rows that contradict themselves, leave out an article, or lie abroad.

use std::path::Path;
use std::sync::OnceLock;

use super::*;
use crate::domain::Degrees;
use crate::ingest::reference;

fn france() -> &'static Reference {
    static REFERENCE: OnceLock<Reference> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
    REFERENCE.get_or_init(|| reference::read(&folder).unwrap())
}

/// Commune and postal code of a row of name, postal code, code, and longitude with latitude.
fn said(name: &str, postcode: &str, code: &str, at: Option<(f64, f64)>) -> (Option<String>, CommuneFound) {
    let text = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    let [name, postcode, code] = [name, postcode, code].map(|text| text.to_owned().leak() as &'static str).map(text);
    let position = at.and_then(|(lon, lat)| Position::in_france(Degrees { lon, lat }).ok());
    let found = find(CommuneClue { code, postcode, name, position, ..CommuneClue::default() }, france());
    (found.ordinal.map(|ordinal| france().communes[ordinal].code.to_string()), found)
}

fn commune(name: &str, postcode: &str, code: &str, at: Option<(f64, f64)>) -> Option<String> {
    said(name, postcode, code, at).0
}

#[test]
fn an_article_left_out_or_added_hides_no_commune_and_two_facts_outweigh_a_code() {
    let boulari = Some((166.57, -22.23));
    for (name, postcode, code, at, expected) in [
        ("Mont-Dore", "98800", "63236", boulari, "98817"),
        ("Mont-Dore", "98810", "", boulari, "98817"),
        ("Mont-Dore", "98810", "", None, "98817"),
        ("Mont-Dore", "", "", boulari, "98817"),
        ("Le Mont-Dore", "98800", "98817", boulari, "98817"),
        // Puy-de-Dôme, where nothing speaks against it.
        ("Mont-Dore", "63240", "63236", Some((2.81, 45.575)), "63236"),
        ("Mont-Dore", "", "", None, "63236"),
        ("Le Mont-Dore", "63240", "", None, "63236"),
        ("Havre", "76600", "", None, "76351"),
        ("HAVRE", "", "", None, "76351"),
        ("Le Guéret", "23000", "", None, "23096"),
        ("Mans", "72000", "", Some((0.2, 48.0)), "72181"),
        ("Hay les Roses", "94240", "", None, "94038"),
        // Postal code and coordinates agree against a code, and the name says nothing.
        ("", "23000", "87085", Some((1.8715, 46.1706)), "23096"),
        ("Préfecture", "23000", "87085", Some((1.8715, 46.1706)), "23096"),
        // One against one: the code stays.
        ("", "23000", "87085", None, "87085"),
        ("Limoges", "23000", "87085", Some((1.8715, 46.1706)), "87085"),
    ] {
        let found = commune(name, postcode, code, at);
        assert_eq!(found.as_deref(), Some(expected), "{name} {postcode} {code} {at:?}");
    }
}

#[test]
fn a_code_of_four_digits_is_completed_only_where_the_commune_agrees() {
    for (name, postcode, code) in
        [("Bruxelles", "1000", ""), ("Genève", "1201", ""), ("Lausanne", "1003", ""), ("Luxembourg", "L-1234", "")]
    {
        let (ordinal, found) = said(name, postcode, code, None);
        assert_eq!((ordinal, found.postcode), (None, None), "{name} {postcode}");
        assert!(found.remarks.iter().any(|(_, field, _)| *field == "code_postal"), "{name}: {:?}", found.remarks);
    }
    for (name, postcode, code, at) in [
        ("Bourg-en-Bresse", "1000", "", None),
        ("BOURG EN BRESSE", "1000.0", "", None),
        ("", "1000", "01053", None),
        ("Bourg", "1000", "01053", None),
        ("", "1000", "", None),
        ("Bourg en Bress", "1000", "", Some((5.2281, 46.2052))),
    ] {
        let (ordinal, found) = said(name, postcode, code, at);
        assert_eq!((ordinal.as_deref(), found.postcode.as_deref()), (Some("01053"), Some("01000")), "{name} {code}");
    }
}

#[test]
fn a_postal_code_is_read_as_written_and_never_published_against_the_commune_in_silence() {
    for (name, postcode, code, expected) in [
        ("Guéret", "F-23000", "", "23000"),
        ("Guéret", "FR23000", "23096", "23000"),
        ("Guéret", "23 000 Cedex", "", "23000"),
        ("Guéret", "23000;23300", "", "23000"),
        ("La Souterraine", "23000;23300", "", "23300"),
        ("", "23000;23300", "23176", "23300"),
        ("Guéret", "23011", "23096", "23011"),
        ("Guéret", "87000", "23096", "23000"),
    ] {
        let (_, found) = said(name, postcode, code, None);
        assert_eq!(found.postcode.as_deref(), Some(expected), "{name} {postcode} {code}");
        let told = found.remarks.iter().any(|(_, field, _)| *field == "code_postal");
        assert_eq!(told, postcode != expected, "{name} {postcode}: {:?}", found.remarks);
    }
    let (ordinal, found) = said("", "87000", "23096", None);
    assert_eq!((ordinal.as_deref(), found.contradictory), (Some("23096"), true));
}

#[test]
fn a_postal_code_a_title_or_a_departement_beside_the_name_hides_no_commune() {
    for (name, postcode, expected) in [
        ("23300 La Souterraine", "", "23176"),
        ("23300 La Souterraine", "23300", "23176"),
        ("23096 Guéret", "", "23096"),
        ("Ville de Guéret", "23000", "23096"),
        ("Commune d'Ajain", "23380", "23002"),
        ("Ajain, Creuse", "23380", "23002"),
        // The first words of a name, or more than its words.
        ("Miquelon", "97500", "97501"),
        ("Valence d'Agen", "82400", "82186"),
        ("Aix", "13100", "13001"),
    ] {
        let (found, doubts) = said(name, postcode, "", None);
        assert_eq!((found.as_deref(), doubts.ambiguous), (Some(expected), false), "{name} {postcode}");
    }
}

#[test]
fn a_name_from_elsewhere_contradicts_the_postal_code_and_a_slip_is_mended() {
    let (code, found) = said("Guéret", "32000", "", None);
    assert_eq!((code.as_deref(), found.postcode.as_deref(), found.contradictory), (Some("23096"), Some("23000"), true));
    // No slip away: the postal code stays, and the doubt is said.
    let (code, found) = said("Guéret", "13001", "", None);
    assert_eq!((code.as_deref(), found.contradictory, found.remarks.len()), (Some("13055"), true, 1));
    // The coordinates decide.
    let (code, found) = said("Guéret", "13001", "", Some((1.8715, 46.1706)));
    assert_eq!((code.as_deref(), found.contradictory), (Some("23096"), true));
    assert_eq!(said("Guéret", "13001", "", Some((5.37, 43.296))).0.as_deref(), Some("13055"));
    // A hamlet that no commune is called after says nothing.
    assert!(!said("La Font Macaire", "32000", "", None).1.contradictory);
}

#[test]
fn name_and_postal_code_to_the_letter_outweigh_a_code_that_has_neither() {
    let gueret = Some((1.8715, 46.1706));
    let limoges = Some((1.2625, 45.8345));
    for (name, postcode, code, at, expected) in [
        ("Guéret", "23000", "87085", None, "23096"),
        ("GUERET", "23000", "87085", gueret, "23096"),
        ("Lille", "59000", "59530", None, "59350"),
        ("Marmande", "47200", "47002", None, "47157"),
        ("Bourges", "18000", "33018", None, "18033"),
        ("Pennautier", "11610", "11069", None, "11279"),
        // Two against two, one against one, and a name that is not that of the postal code: the code stays.
        ("Guéret", "23000", "87085", limoges, "87085"),
        ("Guéret", "", "87085", None, "87085"),
        ("Guéret", "87000", "87085", None, "87085"),
        ("Préfecture", "23000", "87085", None, "87085"),
        // A part of the commune of the code.
        ("Tourlaville", "50110", "50602", None, "50129"),
        ("Marseille 11", "13011", "13211", None, "13055"),
    ] {
        let (found, told) = said(name, postcode, code, at);
        assert_eq!(found.as_deref(), Some(expected), "{name} {postcode} {code} {at:?}");
        let is_told = told.remarks.iter().any(|(kind, field, reason)| {
            (*kind, *field) == (Code::ConfusedCode, "code_insee") && reason.contains("which is used")
        });
        let outvoted = expected != code && code.starts_with(['8', '5', '4', '3', '1']) && told.contradictory;
        assert_eq!(is_told, outvoted, "{name} {postcode} {code}: {:?}", told.remarks);
    }
}

#[test]
fn a_row_that_no_commune_is_found_for_says_so() {
    let unknown = |name: &str, postcode: &str, code: &str| {
        let (found, told) = said(name, postcode, code, None);
        let says = told.remarks.iter().filter(|(kind, field, _)| (*kind, *field) == (Code::UnknownCode, "commune"));
        (found.is_none(), says.count())
    };
    for (name, postcode, code) in [
        ("LA DEFENSE", "92060", ""),
        ("", "23011", ""),
        ("Zzzz", "99999", ""),
        ("Zzzz", "", "99999"),
        ("Total", "", ""),
        ("", "", ""),
        ("Bruxelles", "1000", ""),
    ] {
        assert_eq!(unknown(name, postcode, code), (true, 1), "{name} {postcode} {code}");
    }
    assert_eq!(unknown("Guéret", "23000", ""), (false, 0));
}

#[test]
fn a_code_of_the_post_office_leads_to_its_town_where_that_is_certain() {
    for (postcode, expected) in [
        ("75700", "75056"),
        ("75380 CEDEX 08", "75056"),
        ("13233", "13055"),
        ("13288", "13055"),
        ("69372", "69123"),
        ("69221 Cedex 02", "69123"),
        // Those of communes, and of an office of another town.
        ("13210", "13100"),
        ("69220", "69019"),
    ] {
        let (found, told) = said("", postcode, "", None);
        assert_eq!(found.as_deref(), Some(expected), "{postcode}");
        let is_office = told.remarks.iter().any(|(kind, ..)| *kind == Code::CedexCode);
        assert_eq!(is_office, !postcode.ends_with('0') || postcode.starts_with("75"), "{postcode}: {:?}", told.remarks);
    }
    for postcode in ["69495", "92060", "23011", "13645"] {
        assert_eq!(said("", postcode, "", None).0, None, "{postcode}");
    }
    for (postcode, address, expected) in [
        ("23011", "4 place Bonnyaud, 23011 GUERET CEDEX", Some("23096")),
        ("", "4 place Bonnyaud 23011 Guéret Cedex", Some("23096")),
        ("59066", "2 rue Pierre Motte 59066 Roubaix Cedex 1", Some("59512")),
        // Another town than the code's, or none.
        ("23011", "1 rue Haute, 87065 Limoges CEDEX", None),
        ("92060", "1 place de la Coupole, 92060 Paris La Défense Cedex", None),
    ] {
        let (found, _, contradictory) = addressed("", postcode, address);
        assert_eq!((found.as_deref(), contradictory), (expected, false), "{postcode} {address}");
    }
}

/// Commune, postal code and whether it contradicts itself, of a row of name, postal code and address.
fn addressed(name: &str, postcode: &str, address: &'static str) -> (Option<String>, Option<String>, bool) {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned().leak() as &'static str);
    let clue =
        CommuneClue { name: text(name), postcode: text(postcode), address: Some(address), ..CommuneClue::default() };
    let found = find(clue, france());
    let code = found.ordinal.map(|ordinal| france().communes[ordinal].code.to_string());
    (code, found.postcode, found.contradictory)
}

#[test]
fn an_address_that_spells_its_commune_out_gives_commune_and_postal_code() {
    let own = |code: &str, postcode: &str, doubt| (Some(code.to_owned()), Some(postcode.to_owned()), doubt);
    for (name, postcode, address, expected) in [
        ("", "", "4 place de la Gare, 23300 LA SOUTERRAINE CEDEX", own("23176", "23300", false)),
        ("", "", "2 rue Pasteur, 97400, Saint-Denis, La Réunion", own("97411", "97400", false)),
        ("", "", "2 rue Pasteur 98800 Nouméa NC", own("98818", "98800", false)),
        ("", "", "3 rue de Lyon - 69200 Vénissieux, France", own("69259", "69200", false)),
        ("Marseille", "13000", "Gare Saint-Charles 13003 Marseille", own("13055", "13003", false)),
        ("", "97400", "Rue du Général Lambert 97436 Saint-Leu", own("97413", "97436", true)),
        ("Roubaix", "59066", "2 rue Pierre Motte", own("59512", "59066", false)),
        ("Marseille", "13001", "18 boulevard Flammarion 13004 Marseille", own("13055", "13001", false)),
    ] {
        assert_eq!(addressed(name, postcode, address), expected, "{name} {postcode} {address}");
    }
}

#[test]
fn digits_of_a_departement_say_which_of_the_towns_of_one_name() {
    for (name, postcode, code, expected) in [
        ("Saint-Denis", "", "93", Some("93066")),
        ("Saint-Denis", "974", "", Some("97411")),
        ("Guéret", "23", "", Some("23096")),
        // The name of the département itself, and of a village of the Somme.
        ("Creuse", "23", "", None),
    ] {
        assert_eq!(commune(name, postcode, code, None).as_deref(), expected, "{name} {postcode} {code}");
    }
}

#[test]
fn a_name_that_contradicts_code_and_postal_code_is_told() {
    for (name, postcode, code) in [("Reims", "13100", "13001"), ("Guéret", "87000", "87085")] {
        let (found, clues) = said(name, postcode, code, None);
        assert_eq!(found.as_deref(), Some(code), "two against one");
        assert!(clues.contradictory && !clues.remarks.is_empty(), "{name}");
    }
    for (name, postcode, code) in [
        ("Saint-Ouen", "93400", "93070"),
        ("Limoges", "87000", "87085"),
        ("LIMOGES CEDEX", "87000", "87085"),
        ("Tourlaville", "50110", "50129"),
        ("Vierzon Forges", "18100", "18279"),
    ] {
        assert!(!said(name, postcode, code, None).1.contradictory, "{name}");
    }
}

#[test]
fn the_country_on_a_line_of_its_own_hides_no_town() {
    let address = Some("12 rue Haute\n23200 Aubusson\nFrance");
    let found = find(CommuneClue { address, ..CommuneClue::default() }, france());
    assert_eq!(found.ordinal.map(|ordinal| france().communes[ordinal].code.to_string()).as_deref(), Some("23008"));
}
