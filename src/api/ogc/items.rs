//! Pages of features, and single ones.

use actix_web::http::header;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Timelike;
use serde_json::json;

use super::crs::{self, Crs};
use super::keep_edition;
use super::page::{NAMES, Page, Request};
use super::{FEATURES, REFUSED, accepts, format, link, named};
use crate::api::collections::{Collection, Property};
use crate::atlas::Atlas;
use crate::domain::CommuneCode;
use crate::features;
use crate::features::{Coordinates, Lists};
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, JSON, Tag};
use crate::http::work::Kind;
use crate::http::{State, links};

/// `/ogc/collections/{collection}/items`. The properties of the collection may be asked for too.
pub const ALL: Endpoint = Endpoint::at(
    "/ogc/collections/{collection}/items",
    &[Operation::get("items", "Objets", || web::to(items))
        .of_an_edition()
        .taking(&[NAMES])
        .answering(&[Answer::ok(&[(GEOJSON, "featureCollection")]), Answer::UNCHANGED])
        .refusing(REFUSED)],
);

/// `/ogc/collections/{collection}/items/{featureId}`.
pub const ONE: Endpoint = Endpoint::at(
    "/ogc/collections/{collection}/items/{featureId}",
    &[Operation::get("item", "Un objet", || web::to(item))
        .of_an_edition()
        .taking(&[&["f", "crs"]])
        .answering(&[Answer::ok(&[(GEOJSON, "feature")]), Answer::MOVED, Answer::UNCHANGED])
        .refusing(REFUSED)],
);

/// A page ends after the feature that passes this size, however many were asked for.
const LARGEST_PAGE: usize = 2 * 1024 * 1024;

/// `GET /ogc/collections/{collection}/items`.
///
/// # Errors
/// 404 for an unknown collection, 400 naming the parameter that cannot be used, 406 on an impossible `Accept`.
pub async fn items(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let asked = Request::parse(&ALL, &request, named(&request)?, &state)?;
    accepts(&request, FEATURES)?;
    let here = links::here(&request, &state);
    let time = timestamp(&state);
    let tag = Tag::of(&request, &state, &format!("{here} {time}"));
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    // A long page takes milliseconds: another thread writes it, so that this one goes on answering.
    let crs = asked.crs;
    let body = state.apart(Kind::Interactive, move |state| collection(&asked, state, &here, &time)).await?;
    Ok(in_crs(tag.answer(GEOJSON, body), crs))
}

/// `GET /ogc/collections/{collection}/items/{featureId}`. An id of old leads to the id of today.
///
/// # Errors
/// 404 for an unknown collection or feature, 400 on a parameter, 406 on an impossible `Accept`.
pub async fn item(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let (_, collection) = named(&request)?;
    let query = ONE.query(&request)?;
    format(&query)?;
    let crs = Crs::parse(&query, "crs")?;
    accepts(&request, FEATURES)?;
    let (atlas, id) = (&state.atlas, request.match_info().query("featureId"));
    let parent = format!("{}/ogc/collections/{}", links::base(&request, &state), collection.name());
    let Some(row) = collection.find(atlas, id) else {
        let today = id_of_today(atlas, collection, id).ok_or_else(|| {
            Problem::not_found("unknown-feature", "no feature of this collection has this id").about("feature", id)
        })?;
        return Ok(links::moved(&request, &format!("{parent}/items/{}", links::encoded(today))));
    };
    let tag = Tag::of(&request, &state, &parent);
    Ok(tag.not_modified(&request).unwrap_or_else(|| {
        let mut out = Vec::new();
        let written =
            Writer { properties: collection.properties(atlas), positions: crs.written(), places: crs.places() };
        written.write(&mut out, &state, collection, row);
        out.pop();
        let mut links = json!([
            link("self", GEOJSON, "Cet objet", format!("{parent}/items/{}", links::encoded(collection.id(atlas, row)))),
            link("collection", JSON, collection.title(), parent),
        ]);
        keep_edition(&mut links, &state);
        out.extend_from_slice(format!(r#","links":{links}}}"#).as_bytes());
        in_crs(tag.answer(GEOJSON, out), crs)
    }))
}

/// Says which system the positions of an answer are written in (OGC 18-058r1, requirement 16).
fn in_crs(mut answer: HttpResponse, crs: &Crs) -> HttpResponse {
    if let Ok(value) = header::HeaderValue::from_str(&crs.header()) {
        answer.headers_mut().insert(header::HeaderName::from_static("content-crs"), value);
    }
    answer
}

fn id_of_today<'a>(atlas: &'a Atlas, collection: &dyn Collection, id: &str) -> Option<&'a str> {
    match collection.name() {
        "venues" => atlas.venue_alias(id).filter(|today| atlas.venue(today).is_some()),
        "communes" => {
            let ordinal = atlas.places().by_code(CommuneCode::parse(id)?)?;
            Some(atlas.communes()[ordinal].code.as_str())
        }
        _ => None,
    }
}

/// The time the answer was worked out, to the hour. It is part of the answer, so it is part of its tag; to the second,
/// no answer would ever equal another.
fn timestamp(state: &State) -> String {
    let now = state.now();
    let hour = now.with_minute(0).and_then(|now| now.with_second(0)).and_then(|now| now.with_nanosecond(0));
    hour.unwrap_or(now).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn collection(asked: &Request, state: &State, here: &links::Here, time: &str) -> Vec<u8> {
    let Page { rows, matched, mut next, previous } = asked.page(state);
    let collection = asked.collection.1;
    let written = Writer {
        properties: collection.properties(&state.atlas),
        positions: asked.crs.written(),
        places: asked.crs.places(),
    };
    let mut out = Vec::with_capacity(1024 * rows.len().max(1));
    out.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
    let mut returned = 0;
    for &row in &rows {
        if out.len() > LARGEST_PAGE {
            next = Some(row);
            break;
        }
        if returned > 0 {
            out.push(b',');
        }
        written.write(&mut out, state, collection, row);
        returned += 1;
    }
    let page_at = |row| here.with(&[("limit", &asked.limit.to_string()), ("cursor", &asked.cursor(row, state))]);
    let mut links = vec![
        link("self", GEOJSON, "Cette page", here.to_string()),
        link("collection", JSON, collection.title(), here.parent()),
    ];
    links.extend(next.map(|row| link("next", GEOJSON, "Page suivante", page_at(row))));
    links.extend(previous.map(|row| link("prev", GEOJSON, "Page précédente", page_at(row))));
    let links = serde_json::Value::from(links);
    out.extend_from_slice(
        format!(r#"],"numberMatched":{matched},"numberReturned":{returned},"timeStamp":"{time}","links":{links}}}"#)
            .as_bytes(),
    );
    out
}

/// How features are written.
struct Writer {
    properties: Vec<Property>,
    positions: crs::Written,
    places: u32,
}

impl Writer {
    /// Writes one feature with every property, each always of the same JSON type or `null`.
    fn write(&self, out: &mut Vec<u8>, state: &State, collection: &dyn Collection, row: usize) {
        let forward = |lon, lat| self.positions.forward(lon, lat);
        let coordinates = Coordinates { of: &forward, places: self.places };
        let geometry = collection.geometry(&state.atlas, row);
        features::open_feature_in(out, collection.id(&state.atlas, row), &geometry, coordinates);
        let mut names = self.properties.iter();
        collection.values(state, row, &mut |value| {
            features::write_key(out, &names.next().expect("every value has a property").name);
            features::write_value(out, &value, Lists::ArrayOrNull);
        });
        out.extend_from_slice(b"}}");
    }
}
