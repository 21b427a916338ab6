//! Venues as `GeoJSON`: the columns of the standard and those beside it as properties, `null` where nobody said, no geometry
//! for a venue that is only known by its commune (defect D2). Licence and attribution stand before the features.

use serde_json::json;

use crate::atlas::EditionInfo;
use crate::domain::Venue;
use crate::domain::standard::{Cell, EXTENSION, STANDARD};
use crate::features::{self, Geometry};

/// All that stands before the first feature.
pub(super) fn head(edition: &EditionInfo) -> Vec<u8> {
    let sources: Vec<_> = edition.sources_of_venues().map(credit).collect();
    let members = [
        ("name", json!("lieux-de-mediation-numerique")),
        ("standard", json!("LaMednum/standard-mediation-num v1.0.2")),
        ("edition", json!(edition.id)),
        ("as_of", json!(edition.as_of.map(|day| day.to_string()))),
        ("licence", json!(edition.licence_of_venues())),
        ("attribution", json!(edition.attribution_of_venues())),
        ("sources", json!(sources)),
    ];
    let mut out = br#"{"type":"FeatureCollection""#.to_vec();
    for (name, value) in members {
        features::write_key(&mut out, name);
        out.extend_from_slice(value.to_string().as_bytes());
    }
    features::write_key(&mut out, "features");
    out.push(b'[');
    out
}

/// One source, as a credit.
pub(super) fn credit(source: &crate::atlas::SourceInfo) -> serde_json::Value {
    json!({
        "id": source.id, "title": source.title, "publisher": source.publisher, "licence": source.licence,
        "vintage": source.vintage, "url": source.url,
    })
}

/// One venue.
pub(super) fn feature(venue: &Venue, out: &mut Vec<u8>) {
    let geometry = venue.location.own().map_or(Geometry::Nowhere, Geometry::Point);
    features::open_feature(out, &venue.id, &geometry);
    for column in STANDARD.iter().chain(&EXTENSION) {
        features::write_key(out, column.name);
        match (column.read)(venue) {
            Cell::Unknown => out.extend_from_slice(b"null"),
            Cell::Text(text) => features::write_text(out, &text),
            Cell::Degrees(degrees) => {
                features::write_value(out, &features::Value::Number(degrees), features::Lists::ArrayOrNull);
            }
        }
    }
    out.extend_from_slice(b"}}");
}
