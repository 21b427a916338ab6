//! `/territoires`: find a territory by its name, or begin with the régions.

use actix_web::http::StatusCode;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::atlas::Atlas;
use crate::atlas::meaning::{self, Meant};
use crate::atlas::places::arrondissements;
use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, Level};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::pages::frame::{Frame, Keep, page};
use crate::pages::params::Params;
use crate::pages::whereabouts::full_name;

use super::place::href_of;
use super::selectors::Link;

/// Longest text that is looked up, and most territories found at each level.
const LONGEST: usize = 120;
const MOST: usize = 20;

/// Territories of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// « Communes ».
    pub title: &'static str,
    /// Each territory with its address.
    pub links: Vec<Link>,
}

/// The address of a territory on the page that lists it.
type Address = fn(Level, &str) -> String;

#[derive(Template)]
#[template(path = "territories.html")]
struct TerritoriesPage {
    frame: Frame,
    text: String,
    found: Vec<Group>,
    all: Vec<Group>,
}

/// The page.
pub const INDEX: Endpoint = Endpoint::at(
    "/territoires",
    &[Operation::page("territories", "Chercher un territoire", || web::to(index)).taking(&[&["nom"]])],
);

/// Parse, ask, render.
pub async fn index(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    let text = params.one("nom").map(|text| text.chars().take(LONGEST).collect::<String>()).unwrap_or_default();
    let template = TerritoriesPage {
        frame: Frame::new(&state, "Territoires", "/territoires"),
        found: found(&state.atlas, &text, href_of),
        all: vec![
            group(&state.atlas, "Régions", Level::Region, href_of, |_| true),
            group(&state.atlas, "Départements", Level::Departement, href_of, |_| true),
        ],
        text,
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// The territories whose name holds the text, by level; nothing without a text.
#[must_use]
pub fn found(atlas: &Atlas, text: &str, address: Address) -> Vec<Group> {
    let wanted = fold_place(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let named = |name: &str| fold_place(name).contains(&wanted);
    let commune = |ordinal: CommuneIx| Link {
        words: full_name(atlas, ordinal),
        href: address(Level::Commune, atlas.communes()[ordinal].code.as_str()),
        current: false,
    };
    let communes = atlas.places().search(text, MOST).into_iter().map(commune);
    let mut groups = vec![
        group(atlas, "Régions", Level::Region, address, named),
        group(atlas, "Départements", Level::Departement, address, named),
        group(atlas, "Intercommunalités", Level::Epci, address, named),
        Group { title: "Communes", links: communes.collect() },
    ];
    // What the search for venues understands is found here as well: « 93 », « Paris 16e », « Montreuil sous Bois ».
    let mut understood = [0; 4];
    for meant in meaning::read(atlas, text).meant.into_iter().take(MOST) {
        let (level, links) = match meant {
            Meant::Commune(ordinal) => (Level::Commune, vec![commune(ordinal)]),
            Meant::Postcode(_, communes) => (Level::Commune, communes.into_iter().map(commune).collect()),
            Meant::Arrondissement(of) => {
                let known = atlas.places().by_code(arrondissements::town_code(of)).map(|_| Link {
                    words: of.name(),
                    href: address(Level::Commune, of.code),
                    current: false,
                });
                (Level::Commune, known.into_iter().collect())
            }
            Meant::Territory(level, ordinal) => {
                let territory = &atlas.territories(level)[ordinal as usize];
                let href = address(level, &territory.code);
                (level, vec![Link { words: territory.name.clone(), href, current: false }])
            }
            Meant::Venue(_) | Meant::Address(..) => continue,
        };
        let of_level = match level {
            Level::Region => 0,
            Level::Departement => 1,
            Level::Epci => 2,
            Level::Commune => 3,
        };
        let known = &mut groups[of_level].links;
        let at = understood[of_level];
        let new = links.into_iter().filter(|link| known[..at].iter().all(|other| other.href != link.href));
        let new: Vec<Link> = new.collect();
        // « Paris 16e » says more than « Paris » of the same page.
        known.retain(|other| new.iter().all(|link| link.href != other.href));
        // What is understood comes before what only holds the text, in its own order.
        understood[of_level] += new.len();
        known.splice(at..at, new);
    }
    for group in &mut groups {
        group.links.truncate(MOST);
    }
    groups.retain(|group| !group.links.is_empty());
    groups
}

fn group(atlas: &Atlas, title: &'static str, level: Level, address: Address, keep: impl Fn(&str) -> bool) -> Group {
    let kept = atlas.territories(level).iter().filter(|territory| keep(&territory.name));
    let mut links: Vec<Link> = kept
        .map(|territory| Link { words: territory.name.clone(), href: address(level, &territory.code), current: false })
        .collect();
    links.sort_by_cached_key(|link| fold_place(&link.words));
    Group { title, links }
}
