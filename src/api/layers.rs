//! `GET /layers/venues.geojson`: every venue that receives the public, as little as a map needs to gather them itself.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use super::tiles::venues::labels;
use crate::atlas::{Atlas, VenueFilter};
use crate::features;
use crate::features::Geometry;
use crate::http::State;
use crate::http::answers::Answers;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, Tag};
use crate::http::work::Kind;

/// `GET /layers/venues.geojson`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/layers/venues.geojson",
    &[Operation::get("venuePoints", "Tous les lieux qui reçoivent du public, en points", || web::to(venues))
        .of_an_edition()
        .answering(&[Answer::ok(&[(GEOJSON, "featureCollection")]), Answer::UNCHANGED])
        .refusing(&[400])],
);

/// Answers with the points: id, name, national programmes as slugs.
///
/// # Errors
/// 400 on a parameter other than `edition`.
pub async fn venues(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let tag = Tag::of(&request, &state, "").keeping(query.text("edition"), &state);
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let made = Answers::once(&state, &tag, Kind::Interactive, |state| Ok((GEOJSON, write(&state.atlas), ())));
    made.await?.answer(&tag, &request, &state).await
}

fn write(atlas: &Atlas) -> Vec<u8> {
    let mut plain = Vec::with_capacity(224 * atlas.venues().len());
    plain.extend_from_slice(br#"{"type":"FeatureCollection","features":"#);
    // The answer may be kept as long as the edition: what is over by then is that of its day.
    let day = VenueFilter::default().asked_at(atlas.day_of_the_edition());
    let shown = atlas.venues().iter_enumerated().filter(|(ordinal, _)| day.accepts(atlas, *ordinal));
    let placed = shown.filter_map(|(_, venue)| Some((venue, venue.location.position()?)));
    features::write_array(&mut plain, placed, |out, (venue, position)| {
        out.extend_from_slice(br#"{"type":"Feature","geometry":"#);
        features::write_geometry(out, &Geometry::Point(position));
        out.extend_from_slice(br#","properties":{"#);
        for (name, text) in [("id", &venue.id), ("name", &venue.name), ("labels", &labels(venue))] {
            features::write_key(out, name);
            features::write_text(out, text);
        }
        out.extend_from_slice(b"}}");
    });
    plain.push(b'}');
    plain
}
