//! Every way to ask `/api/nearest` wrongly: the cases of the catalogue of bad inputs, by their numbers.

use serde_json::Value;

use crate::support::{get_json, get_problem, ids};

/// Asks something wrong, expects a status and the name of the culprit, and returns the problem.
fn refused(query: &str, status: u16, param: &str) -> Value {
    let (got, problem) = get_problem(&format!("/api/nearest?{query}"));
    assert_eq!(got, status, "{query}: {problem}");
    assert_eq!(problem["param"], param, "{query}: {problem}");
    problem
}

#[test]
fn a_swapped_position_is_refused_with_a_hint() {
    // QRY-004
    let problem = refused("position=46.17,1.87", 400, "position");
    assert_eq!(problem["code"], "swapped-position");
    assert!(problem["detail"].as_str().unwrap().contains("longitude comes first"));
}

#[test]
fn a_decimal_comma_is_refused_with_the_point_put_right() {
    // QRY-005
    let problem = refused("position=2,35,48,85", 400, "position");
    assert!(problem["detail"].as_str().unwrap().contains("2.35,48.85"), "{problem}");
}

#[test]
fn numbers_are_plain_decimal_numbers_or_nothing() {
    // QRY-001, 002, 003, 006, 007
    for bad in [
        "NaN,48",
        "2,NaN",
        "inf,48",
        "-inf,48",
        "1e400,48",
        "2e0,48",
        "0x2,48",
        "%2B2.3,48.8",
        "+2.3,48.8",
        "2_0,48",
        "２,４８",
        "٢,٤٨",
        "2,",
        ",48",
        "2",
        "2,48,7",
        " 2,48",
        ".5,48",
        "2.,48",
        "--2,48",
        "181,48",
        "2,91",
        "-0,-91",
        "99999999999999999999999999999999999,1",
    ] {
        refused(&format!("position={bad}"), 400, "position");
    }
    refused("position=", 400, "position");
    refused("position", 400, "position");
}

#[test]
fn limits_and_radii_are_whole_numbers_in_their_range() {
    // QRY-010, 011, 019
    for bad in ["0", "-1", "1.5", "99999999999999999999", "1e9", "0x10", "101", "1000000", "five", "５"] {
        let problem = refused(&format!("position=2,48&limit={bad}"), 400, "limit");
        assert_eq!(problem["allowed"], serde_json::json!(["1..100"]), "{bad}");
    }
    for bad in ["0", "-5", "1e12", "NaN", "100001"] {
        refused(&format!("position=2,48&within_m={bad}"), 400, "within_m");
    }
}

#[test]
fn a_parameter_is_given_once() {
    // QRY-008
    assert_eq!(refused("position=2,48&position=3,48", 400, "position")["code"], "repeated-parameter");
    assert_eq!(refused("position=2,48&commune=23096", 400, "commune")["code"], "conflicting-parameters");
    assert_eq!(refused("limit=3", 400, "position")["code"], "missing-parameter");
}

#[test]
fn an_unknown_parameter_is_named_with_the_closest_known_one() {
    // QRY-009, 013, 029 to 041, 046
    let problem = refused("position=2,48&limite=5", 400, "limite");
    assert_eq!(problem["code"], "unknown-parameter");
    assert!(problem["detail"].as_str().unwrap().contains("did you mean `limit`?"), "{problem}");
    assert!(problem["allowed"].as_array().unwrap().contains(&"within_m".into()));
    assert!(refused("lat=48&lon=2", 400, "lat")["detail"].as_str().unwrap().contains("position=LON,LAT"));
    for (name, value) in [
        ("cursor", "AAAA"),
        ("q", "%27%20OR%201%3D1--"),
        ("tri", "nom;DROP"),
        ("champs", "note_interne"),
        ("f", "exe"),
        ("crs", "http://evil/"),
        ("callback", "alert(1)"),
        ("style", "http://169.254.169.254/"),
        ("_trace", "1"),
        ("debug", "1"),
        ("pretty", "1"),
        ("__proto__", "x"),
        ("POSITION", "2,48"),
    ] {
        refused(&format!("position=2,48&{name}={value}"), 400, name);
    }
}

#[test]
fn values_are_utf_8_without_control_characters() {
    // QRY-026, 033
    for bad in ["%ff%fe", "01001%00", "%C0%80", "%ED%A0%80", "%zz", "%4", "%"] {
        assert_eq!(refused(&format!("commune={bad}"), 400, "commune")["code"], "invalid-encoding", "{bad}");
    }
    refused("commune=%F0%9F%98%80", 400, "commune");
}

#[test]
fn codes_are_text_of_the_right_shape_and_spoiled_ones_are_put_right() {
    // QRY-026
    let hint = |problem: Value| problem["detail"].as_str().unwrap().to_owned();
    assert!(hint(refused("commune=1001", 400, "commune")).contains("did you mean 01001?"));
    assert!(hint(refused("commune=2a004", 400, "commune")).contains("did you mean 2A004?"));
    assert!(hint(refused("commune=%2001001%20", 400, "commune")).contains("did you mean 01001?"));
    refused("postcode=1400", 400, "postcode");
    refused("commune=%25%25%25%5F", 400, "commune");
}

#[test]
fn a_well_written_code_that_nobody_has_is_not_found() {
    // QRY-027
    assert_eq!(refused("commune=99999", 404, "commune")["code"], "unknown-code");
    assert_eq!(refused("postcode=99999", 404, "postcode")["code"], "unknown-code");
}

#[test]
fn territory_codes_are_compared_whole() {
    // defect D12
    for (name, code) in [("departement", "2"), ("departement", "97"), ("region", "7"), ("epci", "2000")] {
        refused(&format!("position=2,48&{name}={code}"), 400, name);
    }
}

#[test]
fn a_value_outside_its_list_is_refused_with_the_list() {
    let problem = refused("position=2,48&label=france-service", 400, "label");
    assert!(problem["detail"].as_str().unwrap().contains("did you mean `france-services`?"), "{problem}");
    assert!(problem["allowed"].as_array().unwrap().len() == 11);
    refused("position=2,48&pass_numerique=oui", 400, "pass_numerique");
    refused("position=2,48&layer=lieux", 400, "layer");
    refused("position=2,48&layer=hubs&label=france-services", 400, "label");
    refused("position=2,48&support=", 400, "support");
    refused("position=2,48&support=lang", 400, "support");
}

#[test]
fn a_list_is_deduplicated_before_it_is_counted() {
    // QRY-022, 023
    let repeated = vec!["23"; 1_000].join(",");
    assert_eq!(
        ids(&get_json(&format!("/api/nearest?position=1.87,46.17&limit=1&departement={repeated}"))),
        ["v-centre"]
    );
    let different: Vec<String> = (100..200).map(|code| code.to_string()).collect();
    assert_eq!(
        refused(&format!("position=2,48&departement={}", different.join(",")), 400, "departement")["code"],
        "list-too-long"
    );
    refused("position=2,48&departement=23,,87", 400, "departement");
}

#[test]
fn a_long_value_is_repeated_in_part_only() {
    let problem = refused(&format!("position={}", "9".repeat(3_000)), 400, "position");
    assert!(problem["value"].as_str().unwrap().chars().count() <= 61);
}
