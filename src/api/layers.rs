//! `GET /layers/venues.geojson`: every venue that receives the public, as little as a map needs to gather them itself.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header::{self, AcceptEncoding, Encoding};
use actix_web::web::{self, Bytes};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::tiles::venues::labels;
use crate::atlas::Atlas;
use crate::editions::Snapshot;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::features;
use crate::http::features::Geometry;
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, Tag};

/// `GET /layers/venues.geojson`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/layers/venues.geojson",
    &[Operation::get("venuePoints", "Tous les lieux qui reçoivent du public, en points", || web::to(venues))
        .of_an_edition()
        .answering(&[Answer::ok(&[(GEOJSON, "featureCollection")]), Answer::UNCHANGED])
        .refusing(&[400])],
);

/// The points, written and compressed once, when they are first asked for.
#[derive(Debug, Default)]
pub struct Points(OnceLock<Written>);

#[derive(Debug, Clone)]
struct Written {
    plain: Bytes,
    gzip: Bytes,
}

impl Points {
    /// Those of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(|_| Self::default())
    }

    fn get(&self, atlas: &Atlas) -> Written {
        self.0.get_or_init(|| write(atlas)).clone()
    }
}

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
    let writing = state.clone();
    let points = web::block(move || Points::kept(&writing).get(&writing.atlas)).await;
    let points = points.map_err(|error| state.incident(ENDPOINT.path, &error.to_string()))?;
    if !takes_gzip(&request) {
        return Ok(tag.answer(GEOJSON, points.plain));
    }
    let mut response = tag.answer(GEOJSON, points.gzip);
    response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
    Ok(response)
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let offered = [Encoding::identity(), Encoding::gzip()];
    let accepted = request.get_header::<AcceptEncoding>();
    accepted.is_some_and(|accepted| accepted.negotiate(offered.iter()) == Some(Encoding::gzip()))
}

fn write(atlas: &Atlas) -> Written {
    let mut plain = Vec::with_capacity(224 * atlas.venues().len());
    plain.extend_from_slice(br#"{"type":"FeatureCollection","features":"#);
    let shown = atlas.venues().iter().filter(|venue| venue.receives_public());
    let placed = shown.filter_map(|venue| Some((venue, venue.location.position()?)));
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
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&plain).expect("a vector takes every byte");
    Written { plain: plain.into(), gzip: gzip.finish().expect("a vector takes every byte").into() }
}
