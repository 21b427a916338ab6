//! Where posts are and where they may go.

use std::collections::BTreeMap;

use chrono::Months;

use super::error::RequestError;
use super::quarters::quarters;
use super::request::{Candidates, Conventions, Existing, Request};
use crate::atlas::Atlas;
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneIx, Location, Metres, Position, Post, Venue};

/// Kinds of structures that are public bodies (short codes of the national standard).
const PUBLIC_KINDS: [&str; 17] = [
    "BIB", "CAF", "CC", "CCAS", "CD", "CIAS", "CPAM", "DEETS", "EPCI", "FT", "MDS", "MUNI", "PE", "PREF", "REG", "RFS",
    "SPIP",
];

/// A library this near gives a quarter its name, in metres.
const NEAR_M: f64 = 1_000.0;

/// A place where posts are, or may go.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub id: String,
    pub name: String,
    pub position: Position,
    /// Ordinal of its commune, where known.
    pub commune: Option<CommuneIx>,
    /// Whether its host is public; the dearer price stands in where nobody knows.
    pub public: bool,
    /// Posts that are there and stay.
    pub existing: u32,
    /// Whether they are spread over its commune, at addresses that nobody knows.
    pub spread: bool,
    /// Whether new posts may go there.
    pub candidate: bool,
}

/// Candidates of the territory, ascending by id, then what exists elsewhere, ascending by id. A candidate that exists
/// already is both.
pub(super) fn places(atlas: &Atlas, request: &Request, inside: &[CommuneIx]) -> Result<Vec<Place>, RequestError> {
    let mut places = candidates(atlas, &request.candidates, inside);
    if places.is_empty() {
        return Err(RequestError::new("candidates", "", "there is none in this territory"));
    }
    let ranks: BTreeMap<String, usize> = places.iter().zip(0..).map(|(place, rank)| (place.id.clone(), rank)).collect();
    for place in existing(atlas, request) {
        match ranks.get(&place.id) {
            // A post that travels is not at the place of the one that stays.
            Some(&rank) if request.itinerant.is_none() => {
                (places[rank].existing, places[rank].spread) = (place.existing, place.spread);
            }
            _ => places.push(place),
        }
    }
    let known = |id: &&String| ranks.contains_key(id.as_str());
    for (field, ids) in [("forced", &request.forced), ("forbidden", &request.forbidden)] {
        if let Some(id) = ids.iter().find(|id| !known(id)) {
            return Err(RequestError::new(field, id, "no candidate of this territory has this id"));
        }
    }
    Ok(places)
}

fn candidates(atlas: &Atlas, kind: &Candidates, inside: &[CommuneIx]) -> Vec<Place> {
    let within = |commune: Option<CommuneIx>| commune.is_some_and(|commune| inside.binary_search(&commune).is_ok());
    let hosts = |kind: &str| -> Vec<Place> {
        let hosts = atlas.candidates().iter().filter(|host| host.kind == kind).filter_map(|host| {
            let commune = host.commune.and_then(|code| atlas.places().by_code(code));
            place(&host.id, &host.name, host.location, commune).filter(|_| within(commune))
        });
        hosts.map(Place::candidate).collect()
    };
    let venues = |fits: fn(&Venue) -> bool| -> Vec<Place> {
        let venues = venues(atlas, fits).filter(|place| within(place.commune));
        venues.map(Place::candidate).collect()
    };
    let communes = || inside.iter().filter_map(|&commune| of_commune(atlas, commune)).map(Place::candidate).collect();
    let with_quarters =
        || inside.iter().flat_map(|&commune| of_quarters(atlas, commune)).map(Place::candidate).collect();
    let mut places = match kind {
        Candidates::Communes => with_quarters(),
        Candidates::Venues => venues(|_| true),
        Candidates::FranceServices => venues(is_france_services),
        Candidates::Libraries => hosts("library"),
        Candidates::TownHalls => Some(hosts("town-hall")).filter(|hosts| !hosts.is_empty()).unwrap_or_else(communes),
        Candidates::Listed(sites) => sites
            .iter()
            .filter_map(|site| place(&site.id, &site.name, Location::Published(site.position), None))
            .map(Place::candidate)
            .collect(),
    };
    places.sort_by(|a, b| a.id.cmp(&b.id));
    places
}

/// What is there already, in all of France, ascending by id: people cross the border of a territory.
fn existing(atlas: &Atlas, request: &Request) -> Vec<Place> {
    let stands = |place: Place| Place { existing: 1, ..place };
    let mut places: Vec<Place> = match request.existing {
        Existing::None => Vec::new(),
        Existing::Posts => existing_posts(atlas, request.conventions)
            .into_iter()
            .flat_map(|(commune, posts)| standing(of_quarters(atlas, commune), posts))
            .collect(),
        Existing::FranceServices => venues(atlas, is_france_services).map(stands).collect(),
        Existing::Venues => venues(atlas, |_| true).map(stands).collect(),
        Existing::Conseillers => {
            venues(atlas, |venue| venue.programmes.contains(&Programme::Conseillers)).map(stands).collect()
        }
    };
    places.sort_by(|a, b| a.id.cmp(&b.id));
    places
}

/// Posts of the latest list by ordinal of commune. Posts of unknown commune serve nobody that could be named.
pub(super) fn existing_posts(atlas: &Atlas, conventions: Conventions) -> BTreeMap<CommuneIx, u32> {
    let mut posts = BTreeMap::new();
    for (_, post) in atlas.latest_posts().filter(|(_, post)| stays(post, conventions)) {
        if let Some(commune) = post.commune.and_then(|code| atlas.places().by_code(code)) {
            *posts.entry(commune).or_insert(0) += post.posts;
        }
    }
    posts.retain(|_, posts| *posts > 0);
    posts
}

fn stays(post: &Post, conventions: Conventions) -> bool {
    let Conventions::Lapse { horizon, months } = conventions else { return true };
    let end = post.validated.and_then(|day| day.checked_add_months(Months::new(months)));
    end.is_none_or(|end| end >= horizon)
}

fn venues(atlas: &Atlas, fits: fn(&Venue) -> bool) -> impl Iterator<Item = Place> {
    let open = atlas.venues().iter_enumerated().filter(move |(_, venue)| venue.receives_public() && fits(venue));
    open.filter_map(|(ordinal, venue)| {
        let place = place(&venue.id, &venue.name, venue.location, atlas.venue_commune(ordinal))?;
        Some(Place { public: !is_private(venue), ..place })
    })
}

fn is_france_services(venue: &Venue) -> bool {
    venue.programmes.contains(&Programme::FranceServices)
}

/// Whether the host is known to be private: the SIREN of a public body begins with 1 or 2; without one, its kind tells.
fn is_private(venue: &Venue) -> bool {
    let siret = venue.pivot.as_deref().filter(|pivot| pivot.len() == 14 && pivot.bytes().all(|b| b.is_ascii_digit()));
    match siret {
        Some(siret) => !siret.starts_with(['1', '2']),
        None => {
            !venue.typologies.is_empty() && !venue.typologies.iter().any(|kind| PUBLIC_KINDS.contains(&kind.as_str()))
        }
    }
}

/// The centre of a commune and its other quarters. Their ids are its code, with a number from 2 on; their names say which
/// library stands near.
fn of_quarters(atlas: &Atlas, ordinal: CommuneIx) -> Vec<Place> {
    let Some(centre) = of_commune(atlas, ordinal) else { return Vec::new() };
    let (code, name) = (centre.id.clone(), centre.name.clone());
    let quarter = |(number, position): (usize, Position)| {
        let library = atlas.nearest_candidates(position, 1, Metres::new(NEAR_M)).first().map(|found| found.ordinal);
        let name = match library {
            Some(library) => format!("{name}, vers {}", atlas.candidates()[library].name),
            None => format!("{name}, secteur {number}"),
        };
        Place { id: format!("{code}-{number:03}"), name, position, ..centre.clone() }
    };
    let others = (1..).zip(quarters(atlas, ordinal)).skip(1).map(quarter);
    std::iter::once(centre.clone()).chain(others).collect()
}

/// Posts at addresses that nobody knows: one in each quarter, from the centre on, and again.
fn standing(quarters: Vec<Place>, posts: u32) -> Vec<Place> {
    let number = quarters.len() as u32;
    let of = |(rank, place): (u32, Place)| Place {
        existing: posts / number + u32::from(rank < posts % number),
        spread: number == 1,
        ..place
    };
    (0..).zip(quarters).map(of).filter(|place| place.existing > 0).collect()
}

/// How many places the posts of some communes may go to.
pub(super) fn count_quarters(atlas: &Atlas, communes: &[CommuneIx]) -> u64 {
    communes.iter().map(|&commune| quarters(atlas, commune).len() as u64).sum()
}

fn of_commune(atlas: &Atlas, ordinal: CommuneIx) -> Option<Place> {
    let commune = &atlas.communes()[ordinal];
    place(commune.code.as_str(), &commune.name, Location::Commune(commune.point?), Some(ordinal))
}

fn place(id: &str, name: &str, location: Location, commune: Option<CommuneIx>) -> Option<Place> {
    let position = location.position()?;
    let (id, name) = (id.to_owned(), name.to_owned());
    Some(Place { id, name, position, commune, public: true, existing: 0, spread: false, candidate: false })
}

impl Place {
    fn candidate(self) -> Self {
        Self { candidate: true, ..self }
    }
}
