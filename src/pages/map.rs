//! `/carte`: one indicator and the venues on a map, and the same in a table for who cannot see a map.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::atlas::Atlas;
use crate::atlas::figures::Measured;
use crate::domain::text::fold_place;
use crate::domain::{Level, Territory, Venue, Worse};
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::{State, headers, links};

use super::card::Card;
use super::classes::{Classes, Line, Scale, shade};
use super::contact::Phone;
use super::frame::{Frame, Keep, page};
use super::language::Words;
use super::layer::Layer;
use super::opening::opening;
use super::params::{Params, query};
use super::search::{Answer, Doubt, FIRST, Form, MAP, Search};
use super::territory::href_of;
use super::{assets, basemap, card, contact, error, figures, geocoded, search, words};

/// Value of `indicateur` that asks for venues only.
const NONE: &str = "aucun";

/// An entry of the list of indicators.
struct Choice {
    id: String,
    title: String,
    selected: bool,
}

/// What the map and the legend show of an indicator.
struct Shown {
    id: String,
    title: String,
    definition: String,
    /// Its place in the page of definitions.
    anchor: String,
    /// Whether territories may be out of reach.
    is_a_journey: bool,
    /// What values are multiplied by to be said.
    times: f64,
    unit: String,
    decimals: u8,
    source: String,
    classes: &'static str,
    /// Whether persons stand beside the value in the table.
    counts_persons: bool,
    legend: Vec<Line>,
    /// Where most territories have one colour: layers that separate them, with their addresses.
    instead: Vec<(String, String)>,
    /// For the script: thresholds and shades, separated by commas.
    thresholds: String,
    shades: String,
}

/// One line of the table.
struct Row {
    code: String,
    name: String,
    href: String,
    persons: String,
    value: Measured,
    words: String,
    shade: usize,
    venues: u64,
    population: String,
}

/// A territory far from the others, and a view of it.
struct View {
    name: &'static str,
    hash: &'static str,
}

/// A column that the table can be sorted by.
struct Sort {
    words: &'static str,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    frame: Frame,
    choices: Vec<Choice>,
    shown: Option<Shown>,
    rows: Vec<Row>,
    sorts: Vec<Sort>,
    elsewhere: u64,
    territories: String,
    views: &'static [View],
    vendor: &'static str,
    has_map: bool,
    chosen: Vec<Chosen>,
    /// What lies under it, for the script, and who made that.
    base: Option<String>,
    credit: Option<String>,
    /// The search, on the map for people.
    search: Option<PlaceSearch>,
}

/// The address box, the filters, and what was found.
struct PlaceSearch {
    form: Form,
    found: Option<Found>,
}

/// What is said of the place that was found.
struct Found {
    near: String,
    doubt: Doubt,
    far: Option<String>,
}

/// A venue of the list, under its number.
struct Chosen {
    number: usize,
    name: String,
    href: String,
    address: String,
    at: String,
    /// Drawn as unsure: its commune alone is known.
    unsure: bool,
    open: String,
    /// That it moves, and that no official list has it.
    warnings: Vec<String>,
    phones: Vec<Phone>,
    distance: Option<String>,
}

const VIEWS: &[View] = &[
    View { name: "France métropolitaine", hash: "5.2/46.6/2.4" },
    View { name: "Guadeloupe", hash: "9/16.2/-61.5" },
    View { name: "Martinique", hash: "9.5/14.65/-61" },
    View { name: "Guyane", hash: "6.5/4/-53.1" },
    View { name: "La Réunion", hash: "9.3/-21.12/55.53" },
    View { name: "Mayotte", hash: "10/-12.82/45.15" },
    View { name: "Nouvelle-Calédonie", hash: "6.5/-21.3/165.6" },
    View { name: "Polynésie française", hash: "9/-17.6/-149.5" },
    View { name: "Saint-Pierre-et-Miquelon", hash: "9/46.95/-56.3" },
    View { name: "Saint-Martin, Saint-Barthélemy", hash: "9.5/18/-62.95" },
    View { name: "Wallis-et-Futuna", hash: "8/-13.8/-177.1" },
];

/// What it reads: a search of places, or a figure, and perhaps places to point at.
const NAMES: [&[&str]; 5] = [search::NAMES[0], search::NAMES[1], search::NAMES[2], search::NAMES[3], &OF_THE_MAP];
/// Those that the first page, which has no map, does not know.
const OF_THE_MAP: [&str; 2] = ["indicateur", "lieux"];

/// The page.
pub const ENDPOINT: Endpoint =
    Endpoint::at("/carte", &[Operation::page("map", "La carte", || web::to(map)).taking(&NAMES)]);

/// Parse, ask, render. Without an indicator the map is that of people who look for a place; with one, a planner's.
pub async fn map(request: HttpRequest, state: State) -> HttpResponse {
    let atlas: &Atlas = &state.atlas;
    let params = Params::of(&request);
    let read = |id: &str| if id == NONE { Some(None) } else { Layer::named(atlas, id).map(Some) };
    let chosen = match params.choice("indicateur", read) {
        Ok(chosen) => chosen.flatten(),
        Err(refused) => return error::refused(&state, &refused),
    };
    if chosen.is_none() {
        return places(&request, &state, &params).await;
    }
    let order = match params.choice("tri", Order::read) {
        Ok(order) => order.unwrap_or(Order::Value),
        Err(refused) => return error::refused(&state, &refused),
    };
    let classes = chosen.and_then(|layer| layer.classes(&state));
    let mut rows = rows(&state, chosen, classes.as_ref());
    order.sort(&mut rows, chosen.map(|layer| layer.scale(atlas).worse));
    let id = chosen.map_or_else(|| NONE.to_owned(), |layer| layer.id(atlas));
    // As everywhere, places that receive the public.
    let venues = atlas.venues().iter().filter(|venue| venue.receives_public()).count() as u64;
    let template = MapPage {
        choices: Layer::all(atlas).map(|layer| choice(atlas, layer, &id)).collect(),
        shown: chosen.map(|layer| shown(&state, layer, classes.as_ref())),
        elsewhere: venues - rows.iter().map(|row| row.venues).sum::<u64>(),
        sorts: Order::ALL.iter().map(|each| each.link(&id, order)).collect(),
        rows,
        chosen: chosen_venues(&state, params.one("lieux").unwrap_or_default()),
        ..empty(&state)
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// A map of nothing yet.
fn empty(state: &State) -> MapPage {
    MapPage {
        frame: Frame::new(state, "Carte", "/carte"),
        search: None,
        choices: Vec::new(),
        shown: None,
        elsewhere: 0,
        sorts: Vec::new(),
        rows: Vec::new(),
        territories: state.atlas.edition().territories_vintage.clone(),
        views: VIEWS,
        vendor: assets::MAPLIBRE,
        has_map: assets::has_map(state),
        chosen: Vec::new(),
        base: None,
        credit: None,
    }
}

/// The map for people: places, and the search that chooses them. A text that needs a choice is asked about on the first page.
async fn places(request: &HttpRequest, state: &State, params: &Params) -> HttpResponse {
    let place = geocoded::reading(state, params).await;
    let search = match Search::read(state, params, MAP, place) {
        Ok(search) => search,
        Err(refused) => return error::refused(state, &refused),
    };
    let form = search.form();
    let (found, chosen) = match search.answer() {
        Answer::Question => (None, chosen_venues(state, params.one("lieux").unwrap_or_default())),
        Answer::Results(results) => {
            let chosen = results.cards.iter().filter_map(|card| at_card(state, card)).collect();
            (Some(Found { near: results.near, doubt: results.doubt, far: results.far }), chosen)
        }
        _ => return links::instead(request, "/", &OF_THE_MAP),
    };
    let keep = if found.is_some() { Keep::Nothing } else { Keep::Check };
    let first = Layer::first(state).map(|layer| layer.id(&state.atlas)).unwrap_or_default();
    let template = MapPage {
        search: Some(PlaceSearch { form, found }),
        choices: Layer::all(&state.atlas).map(|layer| choice(&state.atlas, layer, &first)).collect(),
        chosen,
        // Figures are compared by their colours, which nothing may lie under: a base is for who looks for a place.
        base: basemap::told(state),
        credit: basemap::credit(state),
        ..empty(state)
    };
    let mut answer = page(StatusCode::OK, keep, &template);
    if let Some(policy) = basemap::of(state).asked().filter(|_| template.has_map).and_then(headers::asking) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// A card of the search, as the map lists it.
fn at_card(state: &State, card: &Card) -> Option<Chosen> {
    let venue = state.atlas.venue(&card.id)?;
    Some(Chosen { number: card.number, distance: Some(card.distance.clone()), ..at_venue(state, venue)? })
}

fn at_venue(state: &State, venue: &Venue) -> Option<Chosen> {
    let at = venue.location.position()?;
    Some(Chosen {
        number: 0,
        name: venue.name.clone(),
        href: card::venue_href(&venue.id),
        address: card::address(venue),
        at: format!("{},{}", at.lon(), at.lat()),
        unsure: venue.location.own().is_none(),
        open: opening(&state.atlas, venue, state.now()).now,
        warnings: words::warnings(Words::default(), venue, false),
        phones: contact::phones(&venue.phones),
        distance: None,
    })
}

/// The located venues named by their ids, at most as many as a first list has. An id of another edition is left out.
fn chosen_venues(state: &State, ids: &str) -> Vec<Chosen> {
    let atlas: &Atlas = &state.atlas;
    let venues = ids.split(',').take(FIRST).enumerate().filter_map(|(i, id)| {
        let venue = atlas.venue(id).or_else(|| atlas.venue(atlas.venue_alias(id)?))?;
        Some(Chosen { number: i + 1, ..at_venue(state, venue)? })
    });
    venues.collect()
}

fn choice(atlas: &Atlas, layer: Layer, chosen: &str) -> Choice {
    let id = layer.id(atlas);
    Choice { title: layer.title(atlas), selected: id == chosen, id }
}

fn shown(state: &State, layer: Layer, classes: Option<&Classes>) -> Shown {
    let atlas: &Atlas = &state.atlas;
    let others = layer.instead(atlas).filter(|_| layer.is_flat(state, classes));
    let address = |other: &Layer| format!("/carte{}", query(&[("indicateur", &other.id(atlas))]));
    let thresholds = classes.map_or_else(Vec::new, |classes| classes.thresholds().to_vec());
    let shades = classes.map_or_else(Vec::new, Classes::shades);
    let Scale { times, decimals, unit, .. } = layer.scale(atlas);
    Shown {
        id: layer.id(atlas),
        title: layer.title(atlas),
        anchor: layer.anchor(atlas),
        is_a_journey: layer.is_a_journey(),
        times,
        definition: layer.definition(atlas).into(),
        unit,
        decimals,
        source: layer.source(atlas),
        classes: layer.classes_said(),
        counts_persons: layer.id(atlas) == "share_in_need",
        legend: classes.map_or_else(Vec::new, Classes::legend),
        instead: others.map(|other| (other.title(atlas), address(&other))).collect(),
        thresholds: thresholds.iter().map(f64::to_string).collect::<Vec<_>>().join(","),
        shades: shades.iter().map(usize::to_string).collect::<Vec<_>>().join(","),
    }
}

fn rows(state: &State, layer: Option<Layer>, classes: Option<&Classes>) -> Vec<Row> {
    let atlas: &Atlas = &state.atlas;
    let counts = &atlas.analysis().counts;
    let row = |(ordinal, territory): (usize, &Territory)| {
        let value = layer.map_or(Measured::Unknown, |layer| layer.value(state, Level::Departement, ordinal));
        let told = |id: &str| {
            let mut each = atlas.figures().each(Level::Departement, ordinal);
            let found = each.find(|(figure, _)| figure.figure.id == id);
            found.map_or_else(|| figures::UNKNOWN.into(), |(figure, told)| figures::said(figure.figure.unit, told))
        };
        Row {
            code: territory.code.clone(),
            name: territory.name.clone(),
            value,
            words: layer.map_or_else(String::new, |layer| layer.words(atlas, value)),
            shade: shade(value, classes),
            href: href_of(Level::Departement, &territory.code),
            persons: told("persons_in_need"),
            venues: territory.communes.iter().map(|&i| u64::from(counts[i].venues)).sum(),
            population: told("population"),
        }
    };
    atlas.territories(Level::Departement).iter().enumerate().map(row).collect()
}

/// How the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Value,
    Venues,
    Name,
}

impl Order {
    const ALL: [Order; 3] = [Order::Value, Order::Venues, Order::Name];

    fn slug(self) -> &'static str {
        match self {
            Self::Value => "valeur",
            Self::Venues => "lieux",
            Self::Name => "nom",
        }
    }

    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.slug() == text)
    }

    fn link(self, indicator: &str, current: Self) -> Sort {
        let words = match self {
            Self::Value => "du plus au moins défavorable",
            Self::Venues => "par nombre de lieux",
            Self::Name => "par nom",
        };
        let href = format!("/carte{}#tableau", query(&[("indicateur", indicator), ("tri", self.slug())]));
        Sort { words, href, current: self == current }
    }

    /// What is worst comes first, what is unknown last; ties by name.
    fn sort(self, rows: &mut [Row], worse: Option<Worse>) {
        let lower_is_worse = worse == Some(Worse::Lower);
        rows.sort_by(|a, b| {
            let by_name = fold_place(&a.name).cmp(&fold_place(&b.name));
            match self {
                Self::Name => by_name,
                Self::Venues => b.venues.cmp(&a.venues).then(by_name),
                Self::Value => {
                    let key = |row: &Row| {
                        let beyond = row.value.magnitude();
                        beyond.map_or(f64::INFINITY, |v| if lower_is_worse { v } else { -v })
                    };
                    key(a).total_cmp(&key(b)).then(by_name)
                }
            }
        });
    }
}

#[cfg(test)]
mod tests;
