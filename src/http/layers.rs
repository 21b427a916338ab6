//! `GET /layers/venues.geojson`: every venue that receives the public, as little as a map needs to gather them itself.

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use super::State;
use super::features::{self, Geometry};
use super::params::Query;
use super::problem::Problem;
use super::reply::{GEOJSON, Tag};
use super::tiles::venues::labels;
use crate::atlas::Atlas;

/// Answers with the points: id, name, national programmes as slugs.
///
/// # Errors
/// 400 on a parameter other than `edition`.
pub async fn venues(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Problem> {
    let query = Query::parse(request.query_string(), &["edition"])?;
    let mut tag = Tag::of(&request, &state, "");
    if query.text("edition") == Some(&state.atlas.edition().id) {
        tag = tag.forever();
    }
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let writing = state.clone();
    let body = web::block(move || points(&writing.atlas)).await;
    let body = body.map_err(|error| state.gate.incident(&state, "/layers/venues.geojson", &error.to_string()))?;
    Ok(tag.answer(GEOJSON, body))
}

fn points(atlas: &Atlas) -> Vec<u8> {
    let mut out = Vec::with_capacity(192 * atlas.venues().len());
    out.extend_from_slice(br#"{"type":"FeatureCollection","features":"#);
    let shown = atlas.venues().iter().filter(|venue| venue.receives_public());
    let placed = shown.filter_map(|venue| Some((venue, venue.location.position()?)));
    features::write_array(&mut out, placed, |out, (venue, position)| {
        out.extend_from_slice(br#"{"type":"Feature","geometry":"#);
        features::write_geometry(out, &Geometry::Point(position));
        out.extend_from_slice(br#","properties":{"#);
        for (name, text) in [("id", &venue.id), ("name", &venue.name), ("labels", &labels(venue))] {
            features::write_key(out, name);
            features::write_text(out, text);
        }
        out.extend_from_slice(b"}}");
    });
    out.push(b'}');
    out
}
