//! Whereabouts on the tiny atlas.

use super::super::testing::atlas;
use super::*;

fn place(text: &str) -> Somewhere {
    match whereabouts(&atlas(), Some(text), None) {
        Whereabouts::Somewhere(place) => place,
        other => panic!("{text}: {other:?}"),
    }
}

fn codes(meant: &[Meant]) -> Vec<String> {
    meant
        .iter()
        .map(|meant| match meant {
            Meant::Commune(ordinal) => atlas().communes()[*ordinal].code.to_string(),
            other => atlas().in_words(other),
        })
        .collect()
}

#[test]
fn a_name_a_postal_code_and_a_commune_code_lead_to_one_place() {
    for text in ["Lyon", "  LYON ", "69123"] {
        assert_eq!(place(text).near, "de Lyon (Rhône)", "{text}");
    }
    assert_eq!(place("ales").near, "d'Alès (Gard)");
}

#[test]
fn an_arrondissement_has_a_place_of_its_own() {
    for text in ["69003", "69 003", "Lyon 3e", "lyon 3", "3e arrondissement de Lyon", "Lyon III", "69383"] {
        let place = place(text);
        assert_eq!(place.near, "de Lyon 3e", "{text}");
        assert!((place.origins[0].position.lon() - 4.868).abs() < 0.01, "{text}");
    }
}

#[test]
fn one_name_for_several_communes_asks_which() {
    let Whereabouts::OneOf(meant, _) = whereabouts(&atlas(), Some("st denis"), None) else {
        panic!("two large communes bear this name");
    };
    assert_eq!(codes(&meant), ["97411", "93066", "42019"], "the more populous first, an old name last");
}

#[test]
fn the_departement_beside_a_name_settles_it() {
    for text in [
        "Saint-Denis 93",
        "93 saint denis",
        "Saint-Denis (Seine-Saint-Denis)",
        "saint denis seine saint denis",
        "Saint-Denis en Seine-Saint-Denis",
    ] {
        assert_eq!(place(text).near, "de Saint-Denis (Seine-Saint-Denis)", "{text}");
    }
    assert_eq!(place("Saint-Denis de la Réunion").near, "de Saint-Denis (La Réunion)");
}

#[test]
fn a_postal_code_of_several_communes_searches_from_each_and_a_name_beside_it_chooses() {
    let shared = place("42130");
    assert_eq!(shared.origins.len(), 2);
    assert_eq!(shared.near, "de chez vous (42130)");
    for text in ["42130 Sainte-Agathe-la-Bouteresse", "ste agathe la bouteresse 42130", "ste agathe 42 130"] {
        assert_eq!(place(text).near, "de Sainte-Agathe-la-Bouteresse (Loire)", "{text}");
    }
}

#[test]
fn an_address_leads_to_its_commune_and_says_what_was_left_out() {
    for (text, expected, left) in [
        ("12 rue de la République 69001 Lyon", "de Lyon 1er", "12 rue de la République"),
        ("place de l'hôtel de ville, Alès", "d'Alès (Gard)", "place de l'hôtel de ville"),
        ("le bourg 42130 sainte agathe la bouteresse", "de Sainte-Agathe-la-Bouteresse (Loire)", "le bourg"),
        ("Mairie d'Alès", "d'Alès (Gard)", "«\u{a0}Mairie\u{a0}»"),
    ] {
        let place = place(text);
        assert_eq!(place.near, expected, "{text}");
        assert!(place.remarks.iter().any(|remark| remark.contains(left)), "{text}: {:?}", place.remarks);
    }
}

#[test]
fn the_name_of_a_street_is_no_town() {
    let Whereabouts::OneOf(meant, remarks) = whereabouts(&atlas(), Some("12 avenue de Saint-Denis"), None) else {
        panic!("the town is missing");
    };
    assert!(codes(&meant).contains(&"93066".to_owned()) && remarks[0].contains("rue"), "{remarks:?}");
}

#[test]
fn a_slip_of_the_finger_is_put_right_and_said() {
    let place = place("Lyom");
    assert_eq!(place.near, "de Lyon (Rhône)");
    assert!(place.remarks[0].contains("Lyom"), "{:?}", place.remarks);
    assert_eq!(whereabouts(&atlas(), Some("Xyzzy"), None), Whereabouts::Unknown(Vec::new()));
}

#[test]
fn a_territory_is_no_place_and_its_towns_are_offered() {
    for text in ["Gard", "le Gard", "30", "département du Gard", "dans le Gard"] {
        let found = whereabouts(&atlas(), Some(text), None);
        // A département of one commune is that commune.
        assert!(!matches!(found, Whereabouts::Unknown(_)), "{text}: {found:?}");
    }
    let Whereabouts::Inside(Level::Departement, ordinal, ..) = whereabouts(&atlas(), Some("Loire"), None) else {
        panic!("a département of two communes");
    };
    assert_eq!(atlas().territories(Level::Departement)[ordinal as usize].code, "42");
}

#[test]
fn swapped_degrees_are_put_right_and_foreign_ones_refused() {
    let swapped = place("48.85,2.35");
    assert!((swapped.origins[0].position.lon() - 2.35).abs() < 1e-9 && !swapped.remarks.is_empty());
    assert_eq!(whereabouts(&atlas(), Some("-0.1,51.5"), None), Whereabouts::Abroad);
}

#[test]
fn a_very_long_text_is_not_looked_up() {
    assert_eq!(whereabouts(&atlas(), Some(&"Lyon ".repeat(100)), None), Whereabouts::Unknown(Vec::new()));
}

#[test]
fn an_island_of_a_commune_is_searched_from_its_town_and_that_is_said() {
    let mut leaves = crate::pages::testing::leaves();
    let town = crate::pages::testing::position(6.13017, 43.120_098);
    leaves.communes.push(crate::pages::testing::commune("83069", "Hyères", "83400", 55_858, town));
    let atlas = Atlas::bind(leaves);
    for text in ["Porquerolles", "île de Porquerolles", "Port-Cros", "Hyères Porquerolles", "83400 Porquerolles"] {
        let Whereabouts::Somewhere(place) = whereabouts(&atlas, Some(text), None) else { panic!("{text}") };
        assert!(
            place.from_ashore && place.remarks.iter().any(|said| said.contains("il faut prendre un bateau")),
            "{text}"
        );
        assert!(place.remarks.iter().any(|said| said.contains("pas de l'île")), "{text}: {:?}", place.remarks);
    }
    let Whereabouts::Somewhere(place) = whereabouts(&atlas, Some("Hyères"), None) else { panic!("a town") };
    assert!(!place.from_ashore && place.remarks.is_empty());
}
