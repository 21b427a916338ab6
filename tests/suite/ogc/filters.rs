//! Which features a page holds: boxes, days, properties.

use serde_json::Value;

use crate::support::{get_json, get_problem, ids};

const VENUES: &str = "/ogc/collections/venues/items";

fn refused(query: &str, param: &str) -> Value {
    let (status, problem) = get_problem(&format!("{VENUES}?{query}"));
    assert_eq!((status, &problem["param"]), (400, &param.into()), "{query}: {problem}");
    problem
}

#[test]
fn a_box_keeps_what_it_touches() {
    // fc-bbox-response
    for (bbox, expected) in [
        ("1.86,46.16,1.89,46.18", vec!["v-bib", "v-bureau", "v-centre"]),
        ("1.86,46.16,0,1.89,46.18,100", vec!["v-bib", "v-bureau", "v-centre"]),
        ("1.87,46.17,1.87,46.17", vec!["v-centre"]),
        ("170,-90,-170,90", vec![]),
        ("50,-30,-170,0", vec!["v-reunion"]),
        ("-180,-90,180,90", vec!["v-atelier", "v-bib", "v-bureau", "v-centre", "v-hub", "v-mairie", "v-reunion"]),
    ] {
        assert_eq!(ids(&get_json(&format!("{VENUES}?bbox={bbox}"))), expected, "{bbox}");
    }
}

#[test]
fn a_box_is_held_against_contours_not_against_their_boxes() {
    let touched = |bbox| {
        let page = get_json(&format!("/ogc/collections/communes/items?bbox={bbox}"));
        ids(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(touched("1.85,46.15,1.86,46.16"), ["23096"]);
    assert_eq!(touched("1.85,46.15,1.95,46.16"), ["23008", "23096"]);
    assert_eq!(touched("1.7,46.0,2.1,46.3"), ["23008", "23096", "87001"]);
    // The hub covers an L of three squares: its box holds this place, its ground does not.
    assert!(ids(&get_json("/ogc/collections/hubs/items?bbox=1.82,46.02,1.83,46.03")).is_empty());
    assert_eq!(ids(&get_json("/ogc/collections/hubs/items?bbox=1.92,46.02,1.93,46.03")), ["hubik"]);
}

#[test]
fn boxes_that_are_none_are_refused() {
    // QRY-014, 015, 018
    for bad in [
        "1,2,3",
        "1,2,3,4,5",
        "1,2,3,4,5,6,7",
        "2,49,3,48",
        "NaN,1,2,3",
        "inf,1,2,3",
        ",,,",
        "1,2,9,3,4,1",
        "181,0,182,1",
        "46,1,47,91",
    ] {
        refused(&format!("bbox={bad}"), "bbox");
    }
    refused("bbox=", "bbox");
}

#[test]
fn datetime_keeps_features_of_those_days_and_those_without_a_day() {
    // fc-time-response
    let found = |datetime: &str| {
        let page = get_json(&format!("{VENUES}?datetime={datetime}"));
        let dated = |id: &&str| ["v-centre", "v-bib"].contains(id);
        assert_eq!(ids(&page).len(), 6 + ids(&page).into_iter().filter(|id| dated(id)).count(), "{datetime}");
        ids(&page).into_iter().filter(dated).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("2024-03-01T10:00:00Z"), ["v-centre"]);
    assert_eq!(found("2023-01-01/2023-12-31"), ["v-bib"]);
    assert_eq!(found("2023-01-01T00:00:00Z/.."), ["v-bib", "v-centre"]);
    assert_eq!(found("/2022-12-31"), [""; 0]);
    for bad in ["2024-02-30", "hier", "99999-01-01", "2024-03-01/2024-02-01", "2024-03-01T10:00:00"] {
        // QRY-039
        refused(&format!("datetime={bad}"), "datetime");
    }
}

#[test]
fn properties_are_asked_for_by_their_name_and_compared_literally() {
    // QRY-029, 030, 031, 034
    for (query, expected) in [
        ("commune=23096", vec!["v-bib", "v-bureau", "v-centre"]),
        ("labels=France%20Services", vec!["v-centre"]),
        ("labels=france-services", vec!["v-centre"]),
        ("labels=Certification+PIX", vec![]),
        ("open_to_public=false", vec!["v-bureau"]),
        ("open_to_public=0", vec!["v-bureau"]),
        ("pass_numerique=true", vec!["v-bib"]),
        ("name=Maison+%22France+Services%22", vec!["v-centre"]),
        ("name=%27%20OR%201%3D1--", vec![]),
        ("name=%25%25%25%5F", vec![]),
        ("name=(a%2B)%2B%24", vec![]),
        ("departement=23&fees=Gratuit", vec!["v-centre"]),
    ] {
        assert_eq!(ids(&get_json(&format!("{VENUES}?{query}"))), expected, "{query}");
    }
    refused("open_to_public=oui", "open_to_public");
    refused(&format!("name={}", "a".repeat(201)), "name");
}

#[test]
fn a_code_or_a_word_that_does_not_exist_is_refused_not_found_nowhere() {
    for (query, param, told) in [
        ("labels=France", "labels", "France Services"),
        ("labels=France+Services%7CConseillers+num%C3%A9riques", "labels", "no such value"),
        ("departement=2", "departement", "none"),
        ("departement=creuse", "departement", "23 (Creuse)"),
        ("commune=23999", "commune", "23008"),
        ("commune=99999", "commune", "none"),
    ] {
        let detail = refused(query, param)["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(told), "{query}: {detail}");
    }
}

#[test]
fn a_box_of_metres_holds_what_lies_in_it() {
    // v-centre stands at 1.87, 46.17: 612,819 / 6,563,976 in Lambert-93 (gdaltransform).
    let found = |bbox: &str, crs: &str| {
        let crs = format!("http://www.opengis.net/def/crs/{crs}");
        let page = get_json(&format!("{VENUES}?bbox={bbox}&bbox-crs={crs}"));
        ids(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("612814,6563971,612824,6563981", "EPSG/0/2154"), ["v-centre"]);
    assert_eq!(found("46.17,1.87,46.17,1.87", "EPSG/0/4326"), ["v-centre"]);
    assert_eq!(found("1.87,46.17,1.87,46.17", "OGC/1.3/CRS84"), ["v-centre"]);
    refused("bbox=1,2,3,4&bbox-crs=EPSG:2154x", "bbox-crs");
    refused("bbox=5,2,3,4&bbox-crs=EPSG:2154", "bbox");
    refused("bbox=1,2,3&bbox-crs=EPSG:2154", "bbox");
}

#[test]
fn what_is_not_a_parameter_is_refused() {
    // query-param-unknown, query-param-invalid; QRY-035, 036, 038, 040, 041
    for name in ["phone", "sortby", "fields", "style", "unknown"] {
        assert_eq!(refused(&format!("{name}=x"), name)["code"], "unknown-parameter");
    }
    assert!(refused("departemnt=23", "departemnt")["detail"].as_str().unwrap().contains("`departement`"));
}

/// A filter as an address carries it.
fn filtered(filter: &str) -> Vec<String> {
    let page = get_json(&format!("{VENUES}?filter={}", encoded(filter)));
    ids(&page).into_iter().map(str::to_owned).collect()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[test]
fn filters_of_cql2_choose_what_they_say() {
    // OGC 21-065r2: basic, advanced comparison, case and accents, spatial, temporal, arrays
    for (filter, expected) in [
        ("commune = '23096'", vec!["v-bib", "v-bureau", "v-centre"]),
        ("commune = '23096' AND NOT open_to_public = false", vec!["v-bib", "v-centre"]),
        ("pass_numerique", vec!["v-bib"]),
        ("pass_numerique IS NULL AND departement IN ('23')", vec!["v-bureau", "v-centre"]),
        ("name LIKE 'Maison%'", vec!["v-centre"]),
        ("CASEI(name) LIKE casei('MAISON%')", vec!["v-centre"]),
        ("a_contains(labels, ('France Services'))", vec!["v-centre"]),
        // As GDAL and QGIS write lists and yes or no.
        ("labels = 'France Services'", vec!["v-centre"]),
        ("open_to_public = 1 AND commune = '23096'", vec!["v-bib", "v-centre"]),
        ("a_overlaps(labels, ('france-services', 'Certification PIX'))", vec!["v-centre"]),
        (
            "S_INTERSECTS(geometry, POLYGON((1.86 46.16, 1.89 46.16, 1.89 46.18, 1.86 46.18, 1.86 46.16)))",
            vec!["v-bib", "v-bureau", "v-centre"],
        ),
        ("s_within(geometry, BBOX(50,-30,60,0))", vec!["v-reunion"]),
        ("T_AFTER(updated, DATE('2024-01-01'))", vec!["v-centre"]),
        ("updated BETWEEN '2023-01-01' AND '2023-12-31'", vec!["v-bib"]),
        ("t_during(updated, INTERVAL('2023-01-01', '..'))", vec!["v-bib", "v-centre"]),
        ("geometry IS NULL", vec!["v-perdu"]),
        // A box that begins in the east and ends in the west crosses the antimeridian; nothing of the small country is there.
        ("s_within(geometry, BBOX(50,-30,-170,0))", vec!["v-reunion"]),
        ("s_within(geometry, BBOX(160,-30,-170,0))", vec![]),
        // What lies after another code need not exist.
        ("departement > '97'", vec!["v-reunion"]),
    ] {
        assert_eq!(filtered(filter), expected, "{filter}");
    }
    assert_eq!(filtered("location_precision = 'Commune'"), filtered("location_precision = 'commune'"));
    assert!(!filtered("location_precision = 'Commune'").is_empty());
    let json = r#"{"op":"and","args":[{"op":"=","args":[{"property":"commune"},"23096"]},{"op":"=","args":[{"property":"open_to_public"},true]}]}"#;
    let page = get_json(&format!("{VENUES}?filter-lang=cql2-json&filter={}", encoded(json)));
    assert_eq!(ids(&page), ["v-bib", "v-centre"]);
    // What is compared with an unknown value is not true, and neither is its contrary.
    let (yes, no) = (filtered("pass_numerique = true"), filtered("pass_numerique <> true"));
    assert!(!yes.contains(&"v-centre".to_owned()) && !no.contains(&"v-centre".to_owned()));
}

#[test]
fn a_list_that_nobody_filled_is_unknown_and_chosen_by_no_relation() {
    // OGC 21-065r2: a predicate on a property that is null is null, and its contrary too. Who says nothing of prices is not free.
    for (property, word) in [("fees", "Gratuit"), ("labels", "France Services")] {
        let known = filtered(&format!("{property} IS NOT NULL"));
        let unknown = filtered(&format!("{property} IS NULL"));
        assert_eq!(known.len() + unknown.len(), filtered("TRUE").len(), "{property}");
        assert!(!unknown.is_empty(), "{property}");
        for relation in ["a_contains", "a_containedby", "a_equals", "a_overlaps"] {
            let test = format!("{relation}({property}, ('{word}'))");
            let (yes, no) = (filtered(&test), filtered(&format!("NOT {test}")));
            assert!(yes.iter().chain(&no).all(|id| known.contains(id)), "{test}");
            assert_eq!(yes.len() + no.len(), known.len(), "{test}");
        }
    }
}

#[test]
fn a_word_of_a_closed_list_that_does_not_exist_is_refused() {
    for (question, name) in [
        ("location_precision=Comune", "location_precision"),
        ("withheld=x", "withheld"),
        ("flags=nope", "flags"),
        ("flags=outside-commune", "flags"),
        ("sources=nope", "sources"),
        ("typologies=nope", "typologies"),
    ] {
        assert_eq!(refused(question, name)["code"], "unknown-value", "{question}");
    }
    for (path, name) in [
        ("/ogc/collections/regions/items?code=1", "code"),
        ("/ogc/collections/epcis/items?code=1", "code"),
        ("/ogc/collections/hubs/items?departements=999", "departements"),
        ("/ogc/collections/communes/items?reach=far", "reach"),
        ("/ogc/collections/communes/items?postcodes=2A", "postcodes"),
    ] {
        let (status, problem) = get_problem(path);
        assert_eq!((status, problem["param"].as_str()), (400, Some(name)), "{path}: {problem}");
    }
}

#[test]
fn a_filter_that_means_nothing_says_what_is_wrong() {
    for (filter, told) in [
        ("comune = '23096'", "did you mean `commune`"),
        ("commune = ", "character"),
        ("commune = '99999'", "none"),
        ("departement = 23", "cannot be compared"),
        ("open_to_public = 2", "cannot be compared"),
        ("name IN ()", ""),
        ("postcode = 'Paris'", "five digits"),
        ("a_contains(labels, ('France'))", "France Services"),
        ("updated > 'hier'", "is a day"),
        ("s_intersects(geometry, POINT(200 10))", "globe"),
        ("s_intersect(geometry, POINT(2 46))", "s_intersects"),
        ("name + 1 = 2", "character"),
        ("name", "no yes-or-no"),
    ] {
        let (status, problem) = get_problem(&format!("{VENUES}?filter={}", encoded(filter)));
        let detail = problem["detail"].as_str().unwrap();
        assert!(status == 400 && problem["param"] == "filter" && detail.contains(told), "{filter}: {detail}");
    }
    refused("filter=name&filter-lang=sql", "filter-lang");
    refused(&format!("filter={}", "(".repeat(3_000)), "filter");
}

#[test]
fn the_geometries_of_a_filter_may_be_in_metres() {
    let lambert = "S_WITHIN(geometry, BBOX(612814,6563971,612824,6563981))";
    let crs = "http://www.opengis.net/def/crs/EPSG/0/2154";
    let page = get_json(&format!("{VENUES}?filter={}&filter-crs={crs}", encoded(lambert)));
    assert_eq!(ids(&page), ["v-centre"]);
    refused(&format!("filter={}&filter-crs=EPSG:1", encoded(lambert)), "filter-crs");
}
