//! `/`: one question, then the venues nearest to the answer.

use actix_web::http::StatusCode;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::atlas::Atlas;
use crate::domain::{CommuneCode, CommuneIx, Level};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};

use super::card::{Card, Listing};
use super::error;
use super::filters::{Filters, Select, Tick};
use super::frame::{Frame, Keep, page};
use super::params::{Params, query};
use super::ranking::rank;
use super::territory::href_of;
use super::whereabouts::{Origin, Somewhere, Whereabouts, bears, full_name, whereabouts};
use crate::tables::french;
use crate::tables::french::of_place;

/// Venues on the first list.
pub const FIRST: usize = 10;
/// Venues on the longest list.
const MOST: usize = 50;

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    href: String,
    words: String,
}

/// The search form, as it was left.
struct Form {
    text: String,
    selects: Vec<Select>,
    ticks: Vec<Tick>,
    filters_on: Vec<&'static str>,
    without_filters: String,
}

/// What the page answers.
enum Answer {
    Question,
    Results(Results),
    Choices(Vec<Link>),
    Unknown(Vec<Link>),
    Swapped(Link),
    Abroad,
}

struct Results {
    near: String,
    count: String,
    cards: Vec<Card>,
    narrower: Vec<Link>,
    /// The page of the commune's figures.
    territory: Option<Link>,
    guessed: bool,
    more: Option<String>,
    map: String,
    distances: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    form: Form,
    answer: Answer,
}

/// The page.
pub const ENDPOINT: Endpoint =
    Endpoint::at("/", &[Operation::page("home", "Trouver un lieu près de chez soi", || web::to(home))]);

/// Parse, ask, render.
pub async fn home(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    let filters = match Filters::read(&params) {
        Ok(filters) => filters,
        Err(refused) => return error::refused(&state, &refused),
    };
    let atlas: &Atlas = &state.atlas;
    let chosen = params.choice("commune", |text| CommuneCode::parse(text).and_then(|c| atlas.places().by_code(c)));
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(refused) => return error::refused(&state, &refused),
    };
    let search = Search { atlas, params: &params, filters: &filters };
    let place = whereabouts(atlas, params.one("lieu"), chosen);
    let keep = if matches!(place, Whereabouts::Nowhere) { Keep::Check } else { Keep::Nothing };
    let answer = search.answer(&state, place);
    let title = match &answer {
        Answer::Results(results) => format!("Lieux d'aide près {}", results.near),
        _ => "Où avez-vous besoin d'aide ?".to_string(),
    };
    let text = params.one("lieu").map(String::from).or_else(|| chosen.map(|i| full_name(atlas, i)));
    let form = search.form(text.unwrap_or_default());
    page(StatusCode::OK, keep, &Home { frame: Frame::new(&state, &title, "/"), form, answer })
}

/// One search, and the addresses that lead from it to others.
struct Search<'a> {
    atlas: &'a Atlas,
    params: &'a Params,
    filters: &'a Filters,
}

impl Search<'_> {
    fn form(&self, text: String) -> Form {
        let place = [("lieu", self.params.one("lieu")), ("commune", self.params.one("commune"))];
        let place: Vec<(&str, &str)> = place.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        Form {
            text,
            selects: self.filters.selects(),
            ticks: self.filters.ticks(),
            filters_on: self.filters.in_words(),
            without_filters: format!("/{}", query(&place)),
        }
    }

    fn answer(&self, state: &State, place: Whereabouts) -> Answer {
        match place {
            Whereabouts::Nowhere => Answer::Question,
            Whereabouts::Somewhere(place) => Answer::Results(self.results(state, place)),
            Whereabouts::OneOf(communes) => Answer::Choices(self.links(&communes)),
            Whereabouts::Unknown(communes) => Answer::Unknown(self.links(&communes)),
            Whereabouts::Swapped(degrees) => {
                let words = format!("{},{}", degrees.lon, degrees.lat);
                Answer::Swapped(Link { href: self.address(&[("lieu", &words)]), words })
            }
            Whereabouts::Abroad => Answer::Abroad,
        }
    }

    fn links(&self, communes: &[CommuneIx]) -> Vec<Link> {
        let link = |&ordinal: &CommuneIx| {
            let commune = &self.atlas.communes()[ordinal];
            let href = self.address(&[("lieu", &commune.name), ("commune", commune.code.as_str())]);
            Link { href, words: self.words(ordinal) }
        };
        communes.iter().map(link).collect()
    }

    /// The full name of a commune, and the old name it was found by.
    fn words(&self, ordinal: CommuneIx) -> String {
        let name = full_name(self.atlas, ordinal);
        match self.params.one("lieu") {
            Some(text) if !bears(self.atlas, ordinal, text) && self.atlas.places().by_name(text).contains(&ordinal) => {
                format!("{name}, qui comprend l'ancienne commune «\u{a0}{text}\u{a0}»")
            }
            _ => name,
        }
    }

    /// The address of a search at a place, with the present filters.
    fn address(&self, place: &[(&str, &str)]) -> String {
        let filters = self.filters.pairs();
        let filters = filters.iter().map(|(name, value)| (*name, value.as_str()));
        format!("/{}", query(&place.iter().copied().chain(filters).collect::<Vec<_>>()))
    }

    fn results(&self, state: &State, place: Somewhere) -> Results {
        let wanted = self.params.one("nombre").and_then(|n| n.parse().ok()).unwrap_or(FIRST).clamp(1, MOST);
        // One more than shown tells whether there are more.
        let mut found = rank(self.atlas, &place.origins, &self.filters.venue_filter(), wanted + 1);
        let has_more = found.len() > wanted && wanted < MOST;
        found.truncate(wanted);
        let listing = Listing { state, service: self.filters.service(), origins: place.origins.len() };
        let cards: Vec<Card> = found.into_iter().enumerate().map(|(i, ranked)| listing.card(i + 1, ranked)).collect();
        Results {
            near: place.near,
            count: match cards.len() {
                1 => "Un seul lieu".to_string(),
                many => format!("Les {} lieux les plus proches", french::integer(many as u64)),
            },
            narrower: if place.narrower.len() > 1 { self.links(&place.narrower) } else { Vec::new() },
            territory: place.commune.map(|ordinal| {
                let commune = &self.atlas.communes()[ordinal];
                let href = href_of(Level::Commune, commune.code.as_str());
                Link {
                    href, words: format!("Le besoin et l'accès à l'aide, les chiffres {}", of_place(&commune.name))
                }
            }),
            guessed: place.guessed,
            more: has_more.then(|| self.more_address(wanted)),
            map: map_address(&place.origins, &cards),
            distances: distances(&place.origins),
            cards,
        }
    }

    fn more_address(&self, wanted: usize) -> String {
        let number = (wanted * 2).min(MOST).to_string();
        let place = [("lieu", self.params.one("lieu")), ("commune", self.params.one("commune"))];
        let place = place.into_iter().filter_map(|(name, value)| Some((name, value?)));
        self.address(&place.chain([("nombre", number.as_str())]).collect::<Vec<_>>())
    }
}

/// The map around the first origin, with the first cards under their numbers. The fragment is what the map itself writes.
fn map_address(origins: &[Origin], cards: &[Card]) -> String {
    const ZOOM: u8 = 12;
    let ids: Vec<&str> = cards.iter().take(FIRST).map(|card| card.id.as_str()).collect();
    let view = origins.first().map_or_else(String::new, |origin| {
        format!("#carte={ZOOM}/{:.3}/{:.3}", origin.position.lat(), origin.position.lon())
    });
    format!("/carte{}{view}", query(&[("indicateur", "aucun"), ("lieux", &ids.join(","))]))
}

/// How distances are measured, said once for the whole list when they all start from one place.
fn distances(origins: &[Origin]) -> String {
    let from = match origins {
        [only] => format!(" depuis {}", only.place),
        _ => String::new(),
    };
    format!("Distances à vol d'oiseau{from}, temps de marche estimés")
}
