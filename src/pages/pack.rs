//! `/emporter/{code}`: the places of a département in one file, which opens in a browser where there is no network: a bus, a
//! village hall, a phone without data. It asks nothing of anybody and needs no script.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::contact::{self, Phone};
use super::frame::rendered;
use super::language::Words;
use super::opening::opening;
use super::ranking::{Ranking, rank};
use super::remote::{Channel, channels};
use super::whereabouts::Origin;
use super::{card, error, words};
use crate::access::Travel;
use crate::atlas::nearest::useful::FAR_M;
use crate::atlas::places::arrondissements::{self, ARRONDISSEMENTS};
use crate::atlas::{Atlas, Order, VenueFilter};
use crate::domain::text::fold_place;
use crate::domain::vocabulary::Service;
use crate::domain::{Commune, Level, Position, VenueIx};
use crate::http::endpoint::{Answer, Endpoint, HTML, Operation};
use crate::http::{State, links};
use crate::shares::pools::Kind;
use crate::tables::french;

/// Path of the file of a département.
pub fn href(code: &str) -> String {
    format!("/emporter/{code}")
}

/// `/emporter/{code}`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/emporter/{code}",
    &[Operation::get("pack", "Les lieux d'un département dans un fichier qui s'ouvre sans réseau", || web::to(pack))
        .of_an_edition()
        .answering(&[Answer::ok(&[(HTML, "text")]), Answer::MOVED, Answer::UNCHANGED])],
);

/// Places named for each commune.
const NEAREST: usize = 3;
const STYLE: &str = include_str!("../../web/styles/pack.css");
/// What the style takes the place of: pages of this service link to theirs, and this file leaves it.
const LINK: &str = "<link rel=\"stylesheet\" href=\"pack.css\">";

#[derive(Template)]
#[template(path = "pack.html")]
struct Pack {
    name: String,
    demonstration: bool,
    day: Option<String>,
    home: String,
    letters: Vec<(char, Vec<Town>)>,
    places: Vec<PackedPlace>,
    t: Words,
    channels: Vec<Channel>,
    sources: Vec<String>,
}

struct Town {
    code: String,
    /// The name that it is sorted by: arrondissements of one town follow one another by their codes.
    sorted: String,
    name: String,
    postcodes: String,
    nearest: Vec<Near>,
}

struct Near {
    anchor: String,
    name: String,
    far: String,
    phone: Option<Phone>,
}

struct PackedPlace {
    anchor: String,
    name: String,
    address: String,
    phones: Vec<Phone>,
    week: Vec<String>,
    coming: String,
    /// What must be known before one goes.
    cautions: Vec<String>,
    price: String,
    services: Vec<&'static str>,
    mails: Vec<String>,
    checked: String,
}

/// `GET /emporter/{code}`: a département by its code.
pub async fn pack(request: HttpRequest, code: web::Path<String>, state: State) -> HttpResponse {
    let code = code.into_inner();
    if state.atlas.territory(Level::Departement, &code).is_none() {
        // « 1 » and « 2a » are the Ain and Corse-du-Sud, as everywhere else where a département is typed.
        let written = code.to_uppercase();
        let written = if written.len() == 1 { format!("0{written}") } else { written };
        return match state.atlas.territory(Level::Departement, &written) {
            Some(territory) => links::moved(&request, &href(&territory.code)),
            None => error::not_found(&state),
        };
    }
    let home = links::base(&request, &state);
    let name = format!("attachment; filename=\"lieux-{code}.html\"");
    let made = state.apart(Kind::Interactive, move |state| compose(state, &code, home)).await;
    match made {
        Ok(Some(html)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, HTML))
            .insert_header((CONTENT_DISPOSITION, name))
            .insert_header((CACHE_CONTROL, "no-cache"))
            .body(html),
        Ok(None) => error::not_found(&state),
        Err(problem) => error::lost(&state, &problem),
    }
}

fn compose(state: &State, code: &str, home: String) -> Option<String> {
    let atlas: &Atlas = &state.atlas;
    let territory = atlas.territory(Level::Departement, code)?;
    let receives = VenueFilter::at(state.now());
    let inside = |venue: &VenueIx| {
        let commune = atlas.venue_commune(*venue);
        commune.is_some_and(|commune| territory.communes.binary_search(&commune).is_ok())
            && receives.accepts(atlas, *venue)
    };
    let mut named: BTreeSet<VenueIx> = atlas.venues().keys().filter(inside).collect();
    let mut letters: BTreeMap<char, Vec<Town>> = BTreeMap::new();
    for &commune in &territory.communes {
        if !state.is_wanted() {
            return None;
        }
        let of = &atlas.communes()[commune];
        let first = fold_place(&of.name).chars().next().unwrap_or('#').to_ascii_uppercase();
        for town in starts(of) {
            let (town, nearest) = nearest(state, town);
            named.extend(nearest);
            letters.entry(first).or_default().push(town);
        }
    }
    for towns in letters.values_mut() {
        towns.sort_by_cached_key(|town| (fold_place(&town.sorted), town.code.clone()));
    }
    let mut places: Vec<PackedPlace> = named.into_iter().map(|venue| place(state, venue)).collect();
    places.sort_by_cached_key(|place| fold_place(&place.name));
    let sources = atlas.edition().sources.iter().filter(|source| source.present && source.role == "venues");
    let pack = Pack {
        name: territory.name.clone(),
        demonstration: atlas.edition().demonstration,
        day: atlas.edition().as_of.map(french::date),
        home,
        letters: letters.into_iter().collect(),
        places,
        t: Words::default(),
        channels: channels(state, Words::default(), &[]),
        sources: sources.map(|source| format!("{} ({}, {})", source.title, source.publisher, source.licence)).collect(),
    };
    Some(rendered(&pack).replacen(LINK, &format!("<style>{STYLE}</style>"), 1))
}

/// From where places are looked for in a commune: its point; in Paris, Lyon and Marseille one of each arrondissement, since the
/// middle of the town is no answer for somebody of the 16e.
fn starts(commune: &Commune) -> Vec<(Town, Option<Position>)> {
    let town = |code: &str, name: String, postcodes: String| Town {
        code: code.into(),
        sorted: commune.name.clone(),
        name,
        postcodes,
        nearest: Vec::new(),
    };
    let parts = ARRONDISSEMENTS.iter().filter(|part| arrondissements::town_code(part) == commune.code);
    let parts: Vec<_> =
        parts.map(|part| (town(part.code, part.name(), part.postcode()), Some(part.position()))).collect();
    if parts.is_empty() {
        return vec![(town(commune.code.as_str(), commune.name.clone(), commune.postcodes.join(", ")), commune.point)];
    }
    parts
}

/// A commune or a part of it, and the places that are named for it.
fn nearest(state: &State, (town, at): (Town, Option<Position>)) -> (Town, Vec<VenueIx>) {
    let atlas: &Atlas = &state.atlas;
    let origins: Vec<Origin> = at.map(|position| Origin { position, place: String::new() }).into_iter().collect();
    let mut found = rank(atlas, &origins, &Ranking::of(Order::Useful, NEAREST, state.now()));
    // As on the pages: nobody is sent over the sea, or a day's journey away.
    found.retain(|near| !matches!(near.travel, Travel::NoWay) && near.distance.value() <= FAR_M);
    let near = found.iter().map(|ranked| {
        let venue = &atlas.venues()[ranked.ordinal];
        let around = if ranked.exact { "à" } else { "à environ" };
        Near {
            anchor: anchor(ranked.ordinal),
            name: venue.name.clone(),
            far: format!("{around} {}", french::distance(ranked.distance)),
            phone: contact::phones(&venue.phones).into_iter().next(),
        }
    });
    let town = Town { nearest: near.collect(), ..town };
    (town, found.iter().map(|ranked| ranked.ordinal).collect())
}

fn place(state: &State, ordinal: VenueIx) -> PackedPlace {
    let atlas: &Atlas = &state.atlas;
    let venue = &atlas.venues()[ordinal];
    PackedPlace {
        anchor: anchor(ordinal),
        name: venue.name.clone(),
        address: card::address(venue),
        phones: contact::phones(&venue.phones),
        week: opening(atlas, venue, state.now()).week,
        coming: words::how_to_come(venue),
        cautions: words::cautions(venue).into_iter().filter(|caution| *caution != words::how_to_come(venue)).collect(),
        price: words::price(venue),
        services: venue.services.iter().map(|service| Service::plain(*service)).collect(),
        mails: venue.emails.clone(),
        checked: card::checked(venue),
    }
}

fn anchor(ordinal: VenueIx) -> String {
    format!("l{}", usize::from(ordinal))
}
