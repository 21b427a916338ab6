//! `GET /api/nearest`: what is near a position, a commune or a postal code.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use super::origin;
use super::origin::Origin;
use crate::access::{Mode, Travel};
use crate::api::prepared::Prepared;
use crate::atlas::{Found, NearestQuery, Order, VenueFilter};
use crate::domain::units::FAR_M;
use crate::domain::{Candidate, CandidateIx, CommuneCode, Hub, Metres, VenueIx};
use crate::features;
use crate::features::{Geometry, Lists};
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, Tag};
use crate::http::{State, filters};
use crate::tables::choices;

const DEFAULT_LIMIT: usize = 5;
const MAX_LIMIT: usize = 100;
const MAX_WITHIN_M: usize = 100_000;

/// `GET /api/nearest`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/nearest",
    &[Operation::get("nearest", "Ce qui est près d'une position, d'une commune ou d'un code postal", || {
        web::to(nearest)
    })
    .of_an_edition()
    .taking(&[origin::NAMES, &["layer", "limit", "within_m", "order", "mode"], filters::NAMES])
    .answering(&[Answer::ok(&[(GEOJSON, "featureCollection")]), Answer::UNCHANGED])
    .refusing(&[400, 404])],
);

/// Which things are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Venues,
    Candidates,
    Hubs,
}

/// One question, checked.
#[derive(Debug)]
struct Question {
    origin: Origin,
    layer: Layer,
    limit: usize,
    within: Option<Metres>,
    filter: VenueFilter,
    order: Order,
    mode: Mode,
    /// Whether minutes are told where they do not order.
    says_minutes: bool,
}

/// Answers with a `GeoJSON` collection, in the order asked for.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered.
pub async fn nearest(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let question = Question::parse(&ENDPOINT.query(&request)?, &state)?;
    // Sessions that are over are left out: from one day to the next the same address may answer something else.
    let over = state.atlas.over(state.now());
    let tag = Tag::of(&request, &state, &if over == 0 { String::new() } else { over.to_string() });
    Ok(tag.not_modified(&request).unwrap_or_else(|| tag.answer(GEOJSON, question.answer(&state))))
}

impl Question {
    fn parse(query: &Query, state: &State) -> Result<Self, Problem> {
        let layer = layer(query)?;
        if layer != Layer::Venues
            && let Some(name) = filters::NAMES.iter().chain(&["order", "mode"]).find(|name| query.text(name).is_some())
        {
            let detail = format!("`{name}` chooses among venues; it says nothing of another layer");
            let value = query.text(name).unwrap_or_default();
            return Err(Problem::parameter("conflicting-parameters", name, value, detail));
        }
        let metres = query.integer("within_m", 1..=MAX_WITHIN_M)?;
        Ok(Self {
            origin: Origin::parse(query, &state.atlas)?,
            layer,
            limit: query.integer("limit", 1..=MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT),
            within: metres.and_then(|metres| Metres::new(metres as f64)),
            filter: filters::venue_filter(query, &state.atlas)?.asked_at(Some(state.now())),
            order: order(query)?,
            mode: choices::mode(query)?,
            says_minutes: query.text("mode").is_some(),
        })
    }

    fn answer(self, state: &State) -> Vec<u8> {
        let mut out = Vec::with_capacity(2048 * self.limit.min(16));
        let edition = state.atlas.edition();
        out.extend_from_slice(br#"{"type":"FeatureCollection","edition":"#);
        features::write_text(&mut out, &edition.id);
        out.extend_from_slice(br#","origin":"#);
        self.origin.write(&mut out, &state.atlas);
        if self.layer == Layer::Venues {
            out.extend_from_slice(br#","order":"#);
            features::write_text(&mut out, self.order.name());
            out.extend_from_slice(br#","mode":"#);
            features::write_text(&mut out, self.mode.name());
        }
        match self.layer {
            Layer::Venues => self.write_venues(&mut out, state),
            Layer::Candidates => self.write_candidates(&mut out, state),
            Layer::Hubs => self.write_hubs(&mut out, state),
        }
        out.push(b'}');
        out
    }

    fn write_venues(self, out: &mut Vec<u8>, state: &State) {
        let Self { origin, limit, within, filter, order, mode, says_minutes, .. } = self;
        let position = origin.position;
        let query = NearestQuery { position, limit, within, until: None, filter, order, mode };
        let mut found = state.atlas.nearest_venues(&query);
        if order == Order::Distance && says_minutes {
            state.atlas.tell_ways(position, mode, &mut found);
        }
        let prepared = Prepared::kept(state);
        write_features(out, found.iter(), |out, found| {
            prepared.write(out, state, found.ordinal.into(), found.distance.value(), found.travel);
        });
        // As on the page: the nearest is named, and that nothing is near is said.
        let as_far = within.is_none_or(|within| within.value() >= FAR_M);
        if as_far && found.iter().all(|found| found.distance.value() > FAR_M) {
            out.extend_from_slice(format!(r#","none_within_m":{FAR_M}"#).as_bytes());
        }
    }

    fn write_candidates(self, out: &mut Vec<u8>, state: &State) {
        let found = state.atlas.nearest_candidates(self.origin.position, self.limit, self.within);
        write_features(out, found.iter(), |out, found| {
            write_candidate(out, &state.atlas.candidates()[found.ordinal], *found);
        });
    }

    /// The hub of a commune covers it, wherever its office is; so hubs have no distance. The venue that is a hub has one.
    fn write_hubs(self, out: &mut Vec<u8>, state: &State) {
        let atlas = &state.atlas;
        let commune = self.origin.commune.or_else(|| atlas.commune_at(self.origin.position));
        let hubs = commune.into_iter().flat_map(|ordinal| atlas.hubs_of(ordinal));
        write_features(out, hubs.take(self.limit), write_hub);
        let office = atlas.nearest_hub_venue(self.origin.position);
        let office = office.filter(|found| self.within.is_none_or(|within| found.distance <= within));
        out.extend_from_slice(br#","nearest_venue":"#);
        match office {
            Some(found) => write_venue(out, state, Prepared::kept(state), found),
            None => out.extend_from_slice(b"null"),
        }
    }
}

fn layer(query: &Query) -> Result<Layer, Problem> {
    match query.text("layer") {
        None | Some("venues") => Ok(Layer::Venues),
        Some("candidates") => Ok(Layer::Candidates),
        Some("hubs") => Ok(Layer::Hubs),
        Some(other) => {
            let problem = Problem::parameter("unknown-value", "layer", other, "there is no such layer");
            Err(problem.allowing(["venues", "candidates", "hubs"]))
        }
    }
}

/// In which order venues are answered.
fn order(query: &Query) -> Result<Order, Problem> {
    let Some(text) = query.text("order") else { return Ok(Order::default()) };
    let found = Order::ALL.iter().find(|(_, name)| *name == text).map(|(order, _)| *order);
    found.ok_or_else(|| {
        let problem = Problem::parameter("unknown-value", "order", text, "there is no such order");
        problem.allowing(Order::ALL.map(|(_, name)| name))
    })
}

fn write_features<T>(out: &mut Vec<u8>, found: impl Iterator<Item = T>, write: impl FnMut(&mut Vec<u8>, T)) {
    out.extend_from_slice(br#","features":"#);
    features::write_array(out, found, write);
}

fn write_venue(out: &mut Vec<u8>, state: &State, prepared: &Prepared, found: Found<VenueIx>) {
    prepared.write(out, state, found.ordinal.into(), found.distance.value(), Travel::Unasked);
}

fn write_candidate(out: &mut Vec<u8>, candidate: &Candidate, found: Found<CandidateIx>) {
    let geometry = candidate.location.position().map_or(Geometry::Nowhere, Geometry::Point);
    features::open_feature(out, &candidate.id, &geometry);
    features::write_key(out, "distance_m");
    features::write_decimal(out, found.distance.value(), 1);
    features::write_key(out, "distance_to");
    features::write_text(out, found.to.name());
    let commune = candidate.commune.as_ref().map(CommuneCode::as_str);
    for (name, value) in [
        ("name", Some(candidate.name.as_str())),
        ("kind", Some(candidate.kind.as_str())),
        ("commune", commune),
        ("location_precision", Some(candidate.location.precision())),
        ("source", Some(candidate.source.as_str())),
    ] {
        features::write_key(out, name);
        features::write_value(out, &value.into(), Lists::Array);
    }
    out.extend_from_slice(b"}}");
}

fn write_hub(out: &mut Vec<u8>, hub: &Hub) {
    features::open_feature(out, &hub.id, &Geometry::Nowhere);
    features::write_key(out, "name");
    features::write_text(out, &hub.name);
    features::write_key(out, "departements");
    features::write_array(out, hub.departements.iter(), |out, code| features::write_text(out, code));
    out.extend_from_slice(b"}}");
}
