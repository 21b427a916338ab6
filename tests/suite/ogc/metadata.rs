//! Landing page, conformance, description, collections.

use serde_json::Value;

use crate::support::{get, get_json, get_problem, get_with, header, url};

const LAYERS: [&str; 6] = ["venues", "communes", "epcis", "departements", "regions", "hubs"];

fn link<'a>(document: &'a Value, rel: &str) -> &'a Value {
    let links = document["links"].as_array().unwrap();
    links.iter().find(|link| link["rel"] == rel).unwrap_or_else(|| panic!("no {rel} in {links:?}"))
}

#[test]
fn the_landing_page_links_to_description_conformance_and_data() {
    // root-op, root-success
    for path in ["/ogc", "/ogc/", "/ogc?f=json"] {
        let landing = get_json(path);
        assert!(landing["title"].is_string() && landing["description"].is_string());
        assert_eq!(link(&landing, "service-desc")["type"], "application/vnd.oai.openapi+json;version=3.0");
        for rel in ["self", "service-doc", "conformance", "data"] {
            assert!(link(&landing, rel)["href"].as_str().unwrap().starts_with(&url("/")), "{rel}");
        }
    }
}

#[test]
fn every_link_of_the_api_leads_somewhere() {
    let mut asked = vec!["/ogc".to_owned(), "/ogc/collections".to_owned()];
    asked.extend(LAYERS.iter().map(|layer| format!("/ogc/collections/{layer}")));
    for path in asked {
        for link in get_json(&path)["links"].as_array().unwrap() {
            let href = link["href"].as_str().unwrap();
            let to = href.strip_prefix(&url("")).unwrap_or_else(|| panic!("{href} leads elsewhere"));
            if to == "/donnees" {
                continue; // A page, tested with the pages.
            }
            let response = get(to);
            assert_eq!(response.status(), 200, "{path} → {to}");
            assert_eq!(header(&response, "content-type"), link["type"].as_str().unwrap(), "{to}");
        }
    }
}

#[test]
fn links_never_repeat_the_host_header() {
    // HTP-011
    let landing: Value = serde_json::from_str(
        &get_with("/ogc", &[("host", "evil.tld"), ("x-forwarded-host", "evil.tld")]).text().unwrap(),
    )
    .unwrap();
    assert!(!landing.to_string().contains("evil"), "{landing}");
}

#[test]
fn the_description_is_openapi_3_0_and_served_as_such() {
    // api-definition-op, api-definition-success
    let response = get("/ogc/api");
    assert_eq!(header(&response, "content-type"), "application/vnd.oai.openapi+json;version=3.0");
    let document: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
    assert_eq!(document["openapi"], "3.0.3");
    for layer in LAYERS {
        assert!(document["paths"][format!("/collections/{layer}/items")]["get"].is_object(), "{layer}");
    }
}

/// The parameters of a layer's items, references resolved.
fn parameters(layer: &str) -> Vec<Value> {
    let document = get_json("/ogc/api");
    let listed = document["paths"][format!("/collections/{layer}/items")]["get"]["parameters"].as_array().unwrap();
    let resolve = |parameter: &Value| match parameter["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap().clone(),
        None => parameter.clone(),
    };
    listed.iter().map(resolve).collect()
}

#[test]
fn the_description_declares_limit_bbox_and_datetime() {
    // fc-limit-definition, fc-bbox-definition, fc-time-definition
    for layer in LAYERS {
        let parameters = parameters(layer);
        let named = |name: &str| parameters.iter().find(|parameter| parameter["name"] == name).unwrap();
        let limit = &named("limit")["schema"];
        assert_eq!(
            (&limit["type"], &limit["minimum"], &limit["maximum"]),
            (&"integer".into(), &1.into(), &10_000.into())
        );
        let bbox = &named("bbox")["schema"];
        assert_eq!((&bbox["type"], &bbox["minItems"], &bbox["maxItems"]), (&"array".into(), &4.into(), &6.into()));
        assert_eq!(named("datetime")["schema"]["type"], "string");
        for parameter in &parameters {
            assert_eq!((&parameter["in"], &parameter["required"]), (&"query".into(), &false.into()), "{parameter}");
        }
    }
}

#[test]
fn every_queryable_is_a_plain_parameter() {
    for layer in LAYERS {
        let response = get(&format!("/ogc/collections/{layer}/queryables"));
        assert_eq!(header(&response, "content-type"), "application/schema+json");
        let queryables: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
        assert_eq!(queryables["type"], "object");
        let names: Vec<&String> = queryables["properties"].as_object().unwrap().keys().collect();
        let declared = parameters(layer);
        assert!(!names.is_empty());
        for name in names.into_iter().filter(|name| *name != "geometry") {
            assert!(declared.iter().any(|parameter| parameter["name"] == **name), "{layer}: {name}");
        }
    }
}

#[test]
fn conformance_names_core_geojson_and_openapi() {
    // conformance-op, conformance-success
    let conformance = get_json("/ogc/conformance");
    let classes = conformance["conformsTo"].as_array().unwrap();
    for class in ["core", "geojson", "oas30"] {
        let class = format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
        assert!(classes.contains(&class.as_str().into()), "{class}");
    }
}

#[test]
fn collections_are_listed_as_they_are_described_alone() {
    // fc-md-op, fc-md-success, fc-md-links, fc-md-items, fc-md-items-links, fc-md-extent, sfc-md-op, sfc-md-success
    let listed = get_json("/ogc/collections");
    let ids: Vec<&str> = listed["collections"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids, LAYERS);
    for collection in listed["collections"].as_array().unwrap() {
        let id = collection["id"].as_str().unwrap();
        assert_eq!(*collection, get_json(&format!("/ogc/collections/{id}")), "{id}");
        assert_eq!(link(collection, "items")["type"], "application/geo+json");
        // fc-md-crs-list, storageCrs
        assert_eq!(collection["crs"][0], "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
        assert!(collection["crs"].as_array().unwrap().contains(&collection["storageCrs"]));
        assert_eq!(collection["itemType"], "feature");
    }
}

#[test]
fn extents_hold_every_feature() {
    let collection = get_json("/ogc/collections/venues");
    assert_eq!(collection["extent"]["spatial"]["bbox"], serde_json::json!([[1.87, -20.88, 55.45, 46.171_234_567]]));
    let days = serde_json::json!([["2023-06-15T00:00:00Z", "2024-03-01T00:00:00Z"]]);
    assert_eq!(collection["extent"]["temporal"]["interval"], days);
    let territory = get_json("/ogc/collections/epcis");
    assert!(territory["extent"].get("spatial").is_none(), "nothing in it has a contour");
}

#[test]
fn what_does_not_exist_is_not_found_and_what_is_unknown_is_refused() {
    // query-param-unknown
    for path in ["/ogc/collections/lieux", "/ogc/collections/lieux/items", "/ogc/collections/venues/items/%252e%252e"] {
        assert_eq!(get_problem(path).0, 404, "{path}");
    }
    for path in ["/ogc", "/ogc/api", "/ogc/conformance", "/ogc/collections", "/ogc/collections/venues"] {
        assert_eq!(get_problem(&format!("{path}?unknown=1")).1["param"], "unknown", "{path}");
    }
}

#[test]
fn formats_there_are_not_are_refused_with_those_there_are() {
    // QRY-037
    let (status, problem) = get_problem("/ogc/collections/venues/items?f=exe");
    assert_eq!((status, &problem["allowed"]), (400, &serde_json::json!(["json"])));
    let refused = get_with("/ogc/collections/venues/items", &[("accept", "application/xml")]);
    assert_eq!(refused.status(), 406);
    for accept in [
        "*/*",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/geo+json, application/json",
        "application/json",
    ] {
        assert_eq!(get_with("/ogc/collections/venues/items", &[("accept", accept)]).status(), 200, "{accept}");
    }
    let gdal = "application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json";
    assert_eq!(get_with("/ogc/api", &[("accept", gdal)]).status(), 200);
}
