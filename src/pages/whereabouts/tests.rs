//! Whereabouts on the tiny atlas.

use super::super::testing::atlas;
use super::*;
use crate::domain::CommuneIx;

fn near(text: &str) -> String {
    match whereabouts(&atlas(), Some(text), None) {
        Whereabouts::Somewhere(place) => place.near,
        other => panic!("{text}: {other:?}"),
    }
}

fn codes(ordinals: &[CommuneIx]) -> Vec<String> {
    ordinals.iter().map(|&i| atlas().communes()[i].code.to_string()).collect()
}

#[test]
fn a_name_a_postal_code_and_a_commune_code_lead_to_one_place() {
    for text in ["Lyon", "  LYON ", "69001", "69 002", "69123"] {
        assert_eq!(near(text), "de Lyon (Rhône)", "{text}");
    }
    assert_eq!(near("ales"), "d'Alès (Gard)");
}

#[test]
fn one_name_for_several_communes_asks_which() {
    let Whereabouts::OneOf(communes) = whereabouts(&atlas(), Some("st denis"), None) else {
        panic!("two communes bear this name");
    };
    assert_eq!(codes(&communes), ["97411", "93066", "42019"], "the more populous first, an old name last");
}

#[test]
fn the_departement_after_a_name_settles_it() {
    for text in ["Saint-Denis 93", "Saint-Denis (Seine-Saint-Denis)", "saint denis seine saint denis"] {
        assert_eq!(near(text), "de Saint-Denis (Seine-Saint-Denis)", "{text}");
    }
}

#[test]
fn a_postal_code_of_several_communes_searches_from_each() {
    let Whereabouts::Somewhere(place) = whereabouts(&atlas(), Some("42130"), None) else { panic!("known code") };
    assert_eq!(place.origins.len(), 2);
    assert_eq!(codes(&place.narrower), ["42019", "42245"]);
}

#[test]
fn an_address_leads_to_its_commune_and_says_it_guessed() {
    for (text, expected) in [
        ("12 rue de la République 69001 Lyon", "de Lyon (Rhône)"),
        ("place de l'hôtel de ville, Alès", "d'Alès (Gard)"),
        ("le bourg 42130 sainte agathe la bouteresse", "de Sainte-Agathe-la-Bouteresse (Loire)"),
    ] {
        let Whereabouts::Somewhere(place) = whereabouts(&atlas(), Some(text), None) else { panic!("{text}") };
        assert!(place.guessed);
        assert_eq!(place.near, expected);
    }
}

#[test]
fn a_slip_of_the_finger_is_no_dead_end() {
    let Whereabouts::Unknown(near) = whereabouts(&atlas(), Some("Lyom"), None) else { panic!("no such commune") };
    assert_eq!(codes(&near), ["69123"]);
    let far = whereabouts(&atlas(), Some("Xyzzy"), None);
    assert_eq!(far, Whereabouts::Unknown(vec![]));
}

#[test]
fn swapped_degrees_are_put_right_and_foreign_ones_refused() {
    let swapped = whereabouts(&atlas(), Some("48.85,2.35"), None);
    assert_eq!(swapped, Whereabouts::Swapped(Degrees { lon: 2.35, lat: 48.85 }));
    assert_eq!(whereabouts(&atlas(), Some("-0.1,51.5"), None), Whereabouts::Abroad);
}

#[test]
fn a_very_long_text_is_not_looked_up() {
    assert_eq!(whereabouts(&atlas(), Some(&"Lyon ".repeat(100)), None), Whereabouts::Unknown(vec![]));
}
