//! `/carte/noms.json`: the names of the larger towns, for the map. Smaller communes bring their own name in their tiles.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::domain::{Commune, Persons};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::reply::{GEOJSON, Tag};

/// Inhabitants of a larger town; the map (`web/src/map/style.js`) takes smaller ones from the tiles.
const TOWN: Persons = Persons(10_000);

/// `/carte/noms.json`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/carte/noms.json",
    &[Operation::get("names", "Les noms des villes, pour la carte", || web::to(names))
        .answering(&[Answer::ok(&[(GEOJSON, "featureCollection")]), Answer::UNCHANGED])],
);

/// Points with a name and a rank, the most populous first. The map shows as many as fit, in order of rank.
pub async fn names(request: HttpRequest, state: State) -> HttpResponse {
    let tag = Tag::of(&request, &state, "");
    tag.not_modified(&request).unwrap_or_else(|| tag.answer(GEOJSON, points(&state.atlas.communes().raw)))
}

fn points(communes: &[Commune]) -> Vec<u8> {
    let mut largest: Vec<&Commune> = communes.iter().filter(|commune| commune.population >= Some(TOWN)).collect();
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
    let features: Vec<_> = largest.iter().enumerate().filter_map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::testing::atlas;
    use super::*;

    #[test]
    fn the_most_populous_commune_comes_first() {
        let written: serde_json::Value = serde_json::from_slice(&points(&atlas().communes().raw)).unwrap();
        assert_eq!(written["features"][0]["properties"]["name"], "Lyon");
        assert_eq!(written["features"].as_array().unwrap().len(), 4, "villages are left to the tiles");
        assert_eq!(written["features"][0]["geometry"]["coordinates"], json!([4.836, 45.768]));
    }
}
