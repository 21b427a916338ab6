//! The description of the API is the API: what is answered has the shape that is promised. That it names every address and
//! parameter is seen to in `endpoints`.

use serde_json::Value;

use super::country::ask;
use super::{header, json};

fn document() -> Value {
    json("/api/openapi.json")
}

#[test]
fn what_is_answered_has_the_members_that_are_promised() {
    let document = document();
    for (path, asked, schema) in [
        ("/api/need", "/api/need", "report"),
        ("/api/equity", "/api/equity", "report"),
        ("/api/territories/{level}/{code}", "/api/territories/nation/france", "territory"),
        ("/api/access/what-if", "/api/access/what-if?close=v-centre", "difference"),
    ] {
        let promised = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert_eq!(promised["$ref"], format!("#/components/schemas/{schema}"));
        let answer = json(asked);
        for member in document["components"]["schemas"][schema]["required"].as_array().unwrap() {
            assert!(answer.get(member.as_str().unwrap()).is_some(), "{asked}: {member}");
        }
    }
}

#[test]
fn every_media_type_of_a_table_is_described() {
    let content = document()["paths"]["/api/need"]["get"]["responses"]["200"]["content"].clone();
    for format in ["json", "csv", "xlsx", "geojson"] {
        let kind = header(&ask(&format!("/api/need?format={format}")), "content-type");
        assert!(content.get(kind.split(';').next().unwrap()).is_some(), "{kind}");
    }
}
