//! Territory pages through the whole application, and their numbers against sums done by hand.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use geo::{MultiPolygon, Rect, coord};

use super::comparison::similar;
use super::lens::Lens;
use super::table::rows;
use super::view::View;
use crate::atlas::figures::{FIGURES, Measured, layers};
use crate::atlas::{Atlas, Leaves, TerritoryName};
use crate::domain::{CommuneAlias, CommuneCode, CommuneIx, Level, Persons};
use crate::http::State;
use crate::pages::testing;
use crate::pages::tests::{Reply, get_from, now};
use crate::spatial::Contour;
use crate::tables::scope::Place;

/// The tiny atlas with régions, one EPCI, contours, thirty times the people, and one commune whose people nobody knows.
fn leaves() -> Leaves {
    let mut leaves = testing::leaves();
    for commune in &mut leaves.communes {
        commune.population = commune.population.map(|persons| Persons(30 * persons.0));
        commune.area_km2 = Some(20.0);
        match commune.code.as_str() {
            "30007" => commune.region = "76".into(),
            "93066" => commune.region = "11".into(),
            "69100" => commune.population = None,
            _ => {}
        }
        if matches!(commune.code.as_str(), "69123" | "69100" | "42019") {
            commune.epci = Some("200046977".into());
        }
    }
    let names = |names: &[(&str, &str)]| -> Vec<TerritoryName> {
        let name =
            |(code, name): &(&str, &str)| TerritoryName { code: (*code).into(), name: (*name).into(), parent: None };
        names.iter().map(name).collect()
    };
    leaves.territories.insert(
        Level::Region,
        names(&[("04", "La Réunion"), ("11", "Île-de-France"), ("76", "Occitanie"), ("84", "Auvergne-Rhône-Alpes")]),
    );
    leaves.territories.insert(Level::Epci, names(&[("200046977", "Métropole de Lyon")]));
    let square = |at: f64| {
        let corner = coord! { x: at, y: 45.0 };
        Contour::new(MultiPolygon::from(Rect::new(corner, coord! { x: at + 0.5, y: 45.5 }).to_polygon()))
    };
    let contours = [("30007", 1.0), ("42019", 2.0), ("42245", 2.5), ("69100", 3.0), ("69123", 3.5)];
    leaves
        .contours
        .insert(Level::Commune, contours.iter().map(|(code, at)| ((*code).to_string(), square(*at))).collect());
    leaves.aliases.push(CommuneAlias {
        code: CommuneCode::parse("69381").unwrap(),
        kind: "arrondissement".into(),
        name: "Lyon 1er Arrondissement".into(),
        commune: CommuneCode::parse("69123").unwrap(),
    });
    leaves
}

fn state() -> State {
    State::new(Arc::new(Atlas::bind(leaves())), now)
}

fn get(address: &str) -> Reply {
    get_from(&state(), address)
}

#[test]
fn every_rung_has_its_page_with_a_way_up() {
    let addresses = [
        ("/territoires", "Occitanie"),
        ("/territoires/france", "/territoires/regions/84"),
        ("/territoires/regions/84", "/territoires/france"),
        ("/territoires/departements/69", "/territoires/regions/84"),
        ("/territoires/epcis/200046977", "/territoires/departements/69"),
        ("/territoires/communes/69123", "/territoires/epcis/200046977"),
    ];
    for (address, expected) in addresses {
        let page = get(address);
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(page.body.contains(expected), "{address}");
        assert!(!page.body.contains("style=") && !page.body.contains(" NaN"), "{address}");
    }
}

#[test]
fn what_is_unknown_is_said_and_hatched_and_never_light() {
    let page = get("/territoires/departements/69?par=communes");
    let row = page.body.split("<tr>").find(|row| row.starts_with("<th") && row.contains("Liergues")).unwrap();
    assert!(row.contains("swatch no-data") && row.matches("inconnu").count() >= 4, "{row}");
    assert!(page.body.contains("<path class=\"unknown\""), "hatched on the map");
    assert!(page.body.contains("Population inconnue : 1\u{a0}commune"));
    let alone = get("/territoires/communes/69100");
    assert!(alone.body.contains("<strong>inconnu</strong>"));
}

#[test]
fn the_lines_of_a_table_add_up_and_every_commune_is_on_one() {
    let atlas = Atlas::bind(leaves());
    let lens = Lens::new(&atlas, View::default()).unwrap();
    for place in [Place::nation(&atlas), Place::find(&atlas, Level::Departement, "42").unwrap()] {
        let whole = lens.summary(&place.communes);
        for level in Level::ALL {
            let rows = rows(&lens, &place, level, "");
            let mut communes: Vec<CommuneIx> = rows.iter().flat_map(|row| row.communes.clone()).collect();
            communes.sort_unstable();
            assert_eq!(communes, place.communes, "{level:?}");
            assert_eq!(
                rows.iter().filter_map(|row| row.summary.persons).sum::<u64>(),
                whole.persons.unwrap(),
                "{level:?}"
            );
            assert_eq!(rows.iter().map(|row| row.summary.counts.venues).sum::<u32>(), whole.counts.venues, "{level:?}");
        }
    }
    let page = get("/territoires/departements/42?par=epcis");
    assert!(page.body.contains("Hors de ces territoires (1\u{a0}commune)"), "Sainte-Agathe has no EPCI");
    assert!(page.body.contains("(en partie)"), "the EPCI lies mostly elsewhere");
}

#[test]
fn the_nation_has_the_number_that_was_chosen() {
    let usual = get("/territoires/france");
    assert!(usual.body.contains("<strong>13\u{202f}000\u{202f}000</strong>"));
    assert!(usual.body.contains("ne vont jamais sur internet"));
    let page = get("/territoires/france?denominateur=8m&mode=pied&seuil=30");
    assert!(page.body.contains("<strong>8\u{202f}000\u{202f}000</strong>"));
    assert!(page.body.contains("à moins de 30\u{a0}minutes à pied"));
    // INSEE's survey counted another thing, of fewer people: one phrase for both would say that more of them never go there.
    let said = page.body.contains("pas utilisé internet depuis trois mois");
    assert!(said && !page.body.contains("ne vont jamais sur internet"), "the words of that number");
    assert!(page.body.contains("/territoires/regions/84?denominateur=8m&mode=pied&seuil=30"), "links keep the choices");
}

#[test]
fn codes_are_compared_whole_and_old_ones_lead_on() {
    for address in ["departements/6", "departements/97", "regions/8", "communes/69", "cantons/69", "epcis/2000"] {
        assert_eq!(get(&format!("/territoires/{address}")).status, StatusCode::NOT_FOUND, "{address}");
    }
    let old = get("/territoires/communes/42100");
    assert_eq!((old.status, old.header(LOCATION)), (StatusCode::MOVED_PERMANENTLY, "/territoires/communes/42019"));
    let part = get("/territoires/communes/69381");
    assert!(part.status == StatusCode::OK && part.body.contains("Lyon 1er\u{a0}: cette édition n'a pas de chiffres"));
    for (text, found) in [
        ("69", "/territoires/departements/69\""),
        ("Lyon+1er", "/territoires/communes/69381\">Lyon 1er"),
        ("grand+lyon", "/territoires/epcis/200046977\""),
    ] {
        assert!(get(&format!("/territoires?nom={text}")).body.contains(&format!("href=\"{found}")), "{text}");
    }
    for query in ["denominateur=1m", "mode=car", "seuil=12", "tri=hasard"] {
        assert_eq!(get(&format!("/territoires/france?{query}")).status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[test]
fn a_country_too_small_for_the_number_is_told_so() {
    let small = State::new(Arc::new(testing::atlas()), now);
    let refused = get_from(&small, "/territoires/france?denominateur=13m");
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(refused.body.contains("trop peu d'habitants"));
    assert_eq!(get_from(&small, "/territoires/france").status, StatusCode::OK, "the first number it can bear");
}

#[test]
fn every_figure_leads_to_its_definition_and_every_map_layer_too() {
    let state = state();
    let definitions = get_from(&state, "/definitions").body;
    let pages = ["/territoires/france", "/territoires/departements/69", "/carte"].map(|at| get_from(&state, at).body);
    let mut anchors = 0;
    for page in &pages {
        for after in page.split("/definitions#").skip(1) {
            let anchor = after.split('"').next().unwrap();
            assert!(definitions.contains(&format!("id=\"{anchor}\"")), "{anchor}");
            anchors += 1;
        }
    }
    assert!(anchors > 15);
    for figure in layers().iter().filter(|figure| figure.figure.worse.is_some()) {
        let map = get_from(&state, &format!("/carte?indicateur={}", figure.name()));
        assert_eq!(map.status, StatusCode::OK);
        assert!(map.body.contains(&figure.title()), "{}", figure.name());
    }
    for figure in FIGURES {
        assert!(definitions.contains(&format!("id=\"nom-{}\"", figure.id)), "{}", figure.id);
    }
    assert_eq!(get_from(&state, "/carte?indicateur=need-share").status, StatusCode::OK, "an address of before");
}

#[test]
fn a_map_figure_is_what_the_page_of_the_territory_says() {
    let state = state();
    let atlas = &state.atlas;
    let lens = Lens::new(atlas, View::default()).unwrap();
    for (row, territory) in atlas.territories(Level::Region).iter().enumerate() {
        let summary = lens.summary(&territory.communes);
        for (figure, told) in atlas.figures().each(Level::Region, row) {
            assert_eq!(told, figure.of(&summary), "{} {}", territory.code, figure.name());
        }
    }
    let liergues = atlas.communes().iter().position(|commune| commune.population.is_none()).unwrap();
    for (figure, told) in atlas.figures().each(Level::Commune, liergues) {
        assert!(figure.figure.id == "venues" || told == Measured::Unknown, "{}: {told:?}", figure.name());
    }
}

#[test]
fn the_most_similar_territories_are_those_found_by_measuring_all() {
    let atlas = Atlas::bind(leaves());
    let place = Place::find(&atlas, Level::Commune, "93066").unwrap();
    // All areas are equal, so the nearest population in ratio is the nearest of all.
    let own = f64::from(atlas.communes()[place.communes[0]].population.unwrap().0);
    let mut by_hand: Vec<(f64, &str)> = atlas
        .communes()
        .iter()
        .filter(|commune| commune.code.as_str() != "93066")
        .filter_map(|commune| Some(((f64::from(commune.population?.0) / own).ln().abs(), commune.code.as_str())))
        .collect();
    by_hand.sort_by(|a, b| a.0.total_cmp(&b.0));
    let found: Vec<String> = similar(&atlas, &place).into_iter().map(|place| place.code).collect();
    assert_eq!(found, [by_hand[0].1, by_hand[1].1]);
}

#[test]
fn the_brief_hides_what_paper_cannot_use_and_shows_its_address() {
    let page = get("/territoires/departements/69?seuil=20");
    let sheets: Vec<usize> = ["print.css", "brief.css"].iter().map(|sheet| page.body.find(sheet).unwrap()).collect();
    assert!(sheets[0] < sheets[1], "the brief comes after the sheet of venues, and wins");
    assert!(page.body.contains("class=\"paper small\">Cette note&nbsp;: /territoires/departements/69?seuil=20"));
    let href = page.body.split('"').find(|part| part.ends_with("/styles/brief.css")).unwrap().to_owned();
    let sheet = get(&href).body;
    for rule in ["size: A4", ".territory form", ".paper { display: block; }", "tr:nth-child(n + 13)"] {
        assert!(sheet.contains(rule), "{rule}");
    }
}

#[test]
fn a_territory_is_found_by_a_part_of_its_name() {
    let page = get("/territoires?nom=metropole");
    assert!(page.body.contains("/territoires/epcis/200046977"));
    assert!(get("/territoires?nom=Lyon").body.contains("/territoires/communes/69123"));
    assert!(get("/territoires?nom=zzz").body.contains("Aucun territoire ne porte le nom"));
}

#[test]
fn results_and_venues_lead_to_the_figures_of_their_commune() {
    for address in ["/?lieu=lyon", "/lieux/lyon-1"] {
        assert!(get(address).body.contains("href=\"/territoires/communes/69123\""), "{address}");
    }
}
