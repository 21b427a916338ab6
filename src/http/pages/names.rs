//! `/carte/noms.json`: the names written on the map, the most populous communes first.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::domain::Commune;
use crate::http::State;
use crate::http::reply::{GEOJSON, Tag};

/// As many as stay legible over the whole of France once the map has removed those that overlap.
const NAMES: usize = 1_000;

/// Points with a name and a rank. The map shows as many as fit, in order of rank.
pub async fn names(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let tag = Tag::of(&request, &state, "");
    tag.not_modified(&request).unwrap_or_else(|| tag.answer(GEOJSON, points(state.atlas.communes())))
}

fn points(communes: &[Commune]) -> Vec<u8> {
    let mut largest: Vec<&Commune> = communes.iter().filter(|commune| commune.point.is_some()).collect();
    largest.sort_by_key(|commune| (std::cmp::Reverse(commune.population), commune.code));
    let feature = |(rank, commune): (usize, &&Commune)| {
        let at = commune.point?;
        let rounded = |degrees: f64| (degrees * 1e3).round() / 1e3;
        Some(json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [rounded(at.lon()), rounded(at.lat())] },
            "properties": { "name": commune.name, "rank": rank },
        }))
    };
    let features: Vec<_> = largest.iter().take(NAMES).enumerate().filter_map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::testing::atlas;
    use super::*;

    #[test]
    fn the_most_populous_commune_comes_first() {
        let written: serde_json::Value = serde_json::from_slice(&points(atlas().communes())).unwrap();
        assert_eq!(written["features"][0]["properties"]["name"], "Lyon");
        assert_eq!(written["features"][0]["geometry"]["coordinates"], json!([4.836, 45.768]));
    }
}
