//! What lies under the map of people: what the page tells its script, and the file of tiles, part by part.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, EntityTag,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use serde_json::json;

use super::download::{FileBody, Span, holds, span};
use super::error;
use crate::basemap::{Basemap, Tiles, edition};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};

/// `/carte/fond/{name}`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/carte/fond/{name}",
    &[Operation::get("basemap", "Le fond de la carte, dont on demande des parties", || web::to(tiles)).answering(&[
        Answer::ok(&[(PMTILES, "binary")]),
        Answer { status: 206, content: &[(PMTILES, "binary")] },
        Answer::UNCHANGED,
    ])],
);

/// Puts this under the map of people, before anybody is served; what was put there first stays.
pub fn put(state: &State, basemap: Basemap) {
    let _ = state.process.kept::<OnceLock<Basemap>>().set(basemap);
}

/// What lies under the map of people: nothing unless it was put there.
pub fn of(state: &State) -> &Basemap {
    state.process.kept::<OnceLock<Basemap>>().get_or_init(Basemap::default)
}

const PMTILES: &str = "application/vnd.pmtiles";
/// The version of the file is in its address.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// The layer of the national map that people know from paper, in the words of the WMTS of the Géoplateforme
/// ([description](https://geoservices.ign.fr/services-web-essentiels), 2025), and its zooms.
const NATIONAL_MAP: &str = "/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal\
    &FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}";
const NATIONAL_ZOOMS: [u8; 2] = [0, 19];

/// What the script of the map is told; `None` when nothing lies under it. What was chosen comes before what the edition brings.
#[must_use]
pub fn told(state: &State) -> Option<String> {
    let told = match of(state) {
        Basemap::None if brought(state) => {
            let file = format!("/donnees/fichiers/{}?edition={}", edition::NAME, state.atlas.edition().id);
            json!({ "file": file, "zooms": edition::ZOOMS, "drawn": BTreeMap::from(edition::DRAWN) })
        }
        Basemap::None => return None,
        Basemap::Ign(origin) => json!({ "pictures": format!("{origin}{NATIONAL_MAP}"), "zooms": NATIONAL_ZOOMS }),
        Basemap::File(tiles) => {
            let drawn = if tiles.is_vector { json!(tiles.drawn.0) } else { json!(null) };
            json!({ "file": format!("/carte/fond/{}", name(tiles)), "zooms": tiles.zooms, "drawn": drawn })
        }
    };
    Some(told.to_string())
}

/// Whether the edition has a base of its own.
fn brought(state: &State) -> bool {
    state.atlas.edition().files.iter().any(|file| file.name == edition::NAME)
}

/// Who made it, in words, below the map.
#[must_use]
pub fn credit(state: &State) -> Option<String> {
    match of(state) {
        Basemap::None => brought(state).then(|| edition::ATTRIBUTION.into()),
        Basemap::Ign(_) => Some("Plan IGN © IGN, Géoplateforme".into()),
        Basemap::File(tiles) => tiles.attribution.clone(),
    }
}

fn name(tiles: &Tiles) -> String {
    format!("{}.pmtiles", tiles.version)
}

/// `GET /carte/fond/{name}`: the file, under the name that says its version; nothing of any other name.
pub async fn tiles(request: HttpRequest, asked: web::Path<String>, state: State) -> HttpResponse {
    let Basemap::File(tiles) = of(&state) else { return error::not_found(&state) };
    let Ok(file) = tiles.file.try_clone() else { return error::not_found(&state) };
    if *asked != name(tiles) {
        return error::not_found(&state);
    }
    let tag = EntityTag::new_strong(tiles.version.clone());
    if holds(&request, &tag) {
        return kept(&mut HttpResponse::NotModified(), &tag).finish();
    }
    match span(&request, &tag, tiles.bytes) {
        Span::Whole => kept(&mut HttpResponse::Ok(), &tag).body(FileBody { file, at: 0, left: tiles.bytes }),
        Span::Part(first, last) => kept(&mut HttpResponse::PartialContent(), &tag)
            .insert_header((CONTENT_RANGE, format!("bytes {first}-{last}/{}", tiles.bytes)))
            .body(FileBody { file, at: first, left: last - first + 1 }),
        Span::Nowhere => kept(&mut HttpResponse::RangeNotSatisfiable(), &tag)
            .insert_header((CONTENT_RANGE, format!("bytes */{}", tiles.bytes)))
            .finish(),
    }
}

fn kept<'a>(answer: &'a mut HttpResponseBuilder, tag: &EntityTag) -> &'a mut HttpResponseBuilder {
    answer
        .insert_header((CONTENT_TYPE, PMTILES))
        .insert_header((ETAG, tag.to_string()))
        .insert_header((CACHE_CONTROL, FOREVER))
        .insert_header((ACCEPT_RANGES, "bytes"))
        // What is in it is packed already, and a part of a file must not be.
        .insert_header((CONTENT_ENCODING, "identity"))
}
