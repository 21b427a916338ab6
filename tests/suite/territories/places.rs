//! One territory: its figures, its codes, its relatives.

use serde_json::{Value, json as value};

use super::{json, refused};

#[test]
fn a_territory_stands_beside_its_parent_and_the_nation() {
    let creuse = json("/api/territories/departements/23");
    assert_eq!((&creuse["name"], &creuse["level"]), (&value!("Creuse"), &value!("departements")));
    assert_eq!(creuse["parent"]["code"], "75");
    assert_eq!((&creuse["nation"]["level"], &creuse["nation"]["code"]), (&value!("nation"), &value!("france")));
    assert_eq!(creuse["figures"]["population"], 4_400);
    assert_eq!(creuse["nation"]["figures"]["population"], 225_600);
    assert_eq!(creuse["nation"]["figures"]["persons_in_need"], creuse["parameters"]["denominator_persons"]);
    let walk = &creuse["figures"]["coverage"]["walk"]["within"];
    let thresholds: Vec<u64> =
        walk.as_array().unwrap().iter().map(|at| at["threshold_min"].as_u64().unwrap()).collect();
    assert_eq!(thresholds, [10, 15, 20, 30]);
    assert!(creuse["parameters"]["travel_times"].as_str().unwrap().contains("vol d’oiseau"), "{creuse}");
    assert_eq!(creuse["edition"]["id"], "0123456789abcdef");
}

#[test]
fn every_figure_has_a_definition() {
    let answer = json("/api/territories/communes/23096");
    let defined = answer["definitions"].as_object().unwrap();
    for key in answer["figures"].as_object().unwrap().keys() {
        assert!(defined.contains_key(key), "{key} has no definition");
    }
    for table in ["/api/need", "/api/access", "/api/coverage?threshold_min=15", "/api/equity"] {
        let answer = json(table);
        let defined = answer["definitions"].as_object().unwrap();
        for key in answer["rows"][0].as_object().unwrap().keys() {
            let bare = key.strip_suffix("_15_min").unwrap_or(key);
            assert!(defined.contains_key(bare), "{table}: {key} has no definition");
        }
    }
}

#[test]
fn what_is_missing_is_null_never_zero() {
    // D7
    let unknown = json("/api/territories/communes/23100");
    let figures = &unknown["figures"];
    assert_eq!((&figures["communes"], &figures["communes_unknown"]), (&value!(1), &value!(1)));
    for name in [
        "population",
        "persons_in_need",
        "persons_in_need_low",
        "share_in_need",
        "persons_offline",
        "persons_weak_skills",
        "persons_expected",
        "minutes_median",
        "hours_per_person_year",
        "gini",
        "rank_index",
        "posts",
    ] {
        assert_eq!(figures[name], Value::Null, "{name}");
    }
    let car = &figures["coverage"]["car"];
    assert_eq!((&car["persons_located"], &car["within"][0]["persons_within"]), (&Value::Null, &Value::Null));
    assert_eq!(json("/api/territories/communes/23096")["figures"]["indicators"]["poverty-rate"], Value::Null);
}

#[test]
fn people_whom_nobody_can_place_are_counted_apart_and_have_no_minutes() {
    let nowhere = &json("/api/territories/communes/87002")["figures"];
    let car = &nowhere["coverage"]["car"];
    assert_eq!(car["persons_located"], 0);
    assert_eq!(car["persons_unlocated"], nowhere["persons_in_need"]);
    assert!(nowhere["persons_in_need"].as_u64().unwrap() > 0);
    for name in ["minutes_median", "hours_per_person_year"] {
        assert_eq!(nowhere[name], Value::Null, "{name}: 0 would say that help is there, or that none is");
    }
}

#[test]
fn codes_are_matched_whole() {
    // D12
    for path in ["departements/2", "departements/97", "departements/2a", "regions/7", "epcis/2000", "communes/2A00"] {
        let problem = refused(&format!("/api/territories/{path}"), 404, "code");
        assert_eq!(problem["code"], "unknown-code", "{path}");
        refused(&format!("/api/need?territory={path}"), 404, "territory");
    }
    assert_eq!(json("/api/territories/departements/02")["figures"]["population"], 500);
    assert_eq!(json("/api/territories/departements/2A")["figures"]["population"], 70_000);
    let hint = refused("/api/territories/communes/2001", 404, "code");
    assert!(hint["detail"].as_str().unwrap().contains("did you mean 02001"), "{hint}");
    let levels = refused("/api/territories/cantons/1", 404, "level")["allowed"].clone();
    assert_eq!(levels, value!(["nation", "regions", "departements", "epcis", "communes"]));
    refused("/api/need?territory=departements", 400, "territory");
    refused("/api/need?territory=cantons/1", 400, "territory");
    refused("/api/territories/nation/fr", 404, "code");
}

#[test]
fn an_old_code_and_an_arrondissement_lead_to_the_commune_of_today() {
    // D13
    for (old, today) in [("23999", "23008"), ("97498", "97411")] {
        let answer = json(&format!("/api/territories/communes/{old}"));
        assert_eq!((&answer["code"], &answer["replaced"]), (&value!(today), &value!(old)));
        assert_eq!(answer["replaced_by"], today);
        let of_today = json(&format!("/api/territories/communes/{today}"));
        assert_eq!(answer["figures"], of_today["figures"]);
        assert_eq!(of_today["replaced_by"], Value::Null);
        assert_eq!(json(&format!("/api/need?territory=communes/{old}"))["territory"]["replaced_by"], today);
    }
}

#[test]
fn children_count_every_commune_once_with_a_line_for_the_rest() {
    // D17
    let france = json("/api/territories/nation/france?children=epcis");
    let children = &france["children"];
    let listed = children["territories"].as_array().unwrap();
    let communes: u64 = listed.iter().map(|child| child["communes"].as_u64().unwrap()).sum();
    assert_eq!(communes + children["unknown"]["communes"].as_u64().unwrap(), 9);
    assert_eq!(children["unknown"]["communes"], 4, "02001, 2A004, 87002 and 97411 are in no EPCI");
    let creuse = json("/api/territories/departements/23");
    let across = &creuse["children"]["territories"][0];
    assert_eq!(
        (&across["code"], &across["whole"], &across["communes"]),
        (&value!("200000001"), &value!(false), &value!(1))
    );
    assert_eq!(across["population"], 400, "only what is inside");
    assert_eq!(json("/api/territories/communes/23096")["children"], Value::Null);
    assert_eq!(json("/api/territories/regions/75")["children"]["level"], "departements");
    refused("/api/territories/departements/23?children=regions", 400, "children");
}

#[test]
fn an_epci_lies_in_the_departement_of_most_of_its_people() {
    let across = json("/api/territories/epcis/200000001");
    let codes: Vec<&str> =
        across["ancestors"].as_array().unwrap().iter().map(|a| a["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["france", "75", "87"], "500 people of Ambazac, 400 of Bussière");
    let commune = json("/api/territories/communes/23097");
    assert_eq!(commune["parent"]["code"], "200000001");
    assert_eq!(commune["ancestors"].as_array().unwrap().len(), 4);
}

#[test]
fn layers_carry_the_key_figures_and_null_where_nothing_is_known() {
    let properties = |path: &str| json(&format!("/ogc/collections/{path}"))["properties"].clone();
    let (known, unknown) = (properties("communes/items/23096"), properties("communes/items/23100"));
    assert!(known["persons_in_need"].as_u64().unwrap() > 0 && known["minutes_median"].is_number(), "{known}");
    for name in ["persons_in_need", "share_in_need", "minutes_median", "share_within_15_min", "rank_index"] {
        assert_eq!(unknown[name], Value::Null, "{name}");
    }
    let creuse = json("/api/territories/departements/23");
    assert_eq!(properties("departements/items/23")["persons_in_need"], creuse["figures"]["persons_in_need"]);
    let schema = json("/ogc/collections/epcis/schema");
    assert_eq!(schema["properties"]["persons_in_need"]["type"], "integer");
}
