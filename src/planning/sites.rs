//! Where posts are and where they may go.

use std::collections::BTreeMap;

use chrono::Months;

use super::error::RequestError;
use super::hosts::{HostRef, Hosting, Known, LEAST_INHABITANTS, NEAR_M, employer, is_near, town_hall};
use super::quarters::quarters;
use super::request::{Candidates, Conventions, Existing, ListedSite, Request};
use crate::atlas::Atlas;
use crate::domain::readable::readable_name;
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneIx, Location, Metres, Position, Post, Venue};

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
    /// Who would receive them, where the place is a host.
    pub host: Option<HostRef>,
}

/// Candidates of the territory, ascending by id, then what exists elsewhere, ascending by id. A candidate that
/// exists already is both.
pub(super) fn places(atlas: &Atlas, request: &Request, inside: &[CommuneIx]) -> Result<Vec<Place>, RequestError> {
    let mut places = candidates(atlas, &request.candidates, inside);
    if !request.beside.is_empty() {
        let own = of_list(atlas, &request.beside);
        if let Some(twice) = own.iter().find(|own| places.iter().any(|place| place.id == own.id)) {
            return Err(RequestError::new("sites", &twice.id, "a candidate has this id already; expected another"));
        }
        places.extend(own);
        places.sort_by(|a, b| a.id.cmp(&b.id));
    }
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
    let listed = |kind: &str| -> Vec<Place> {
        let hosts = atlas.candidates().iter_enumerated().filter(|(_, host)| host.kind == kind);
        let hosts = hosts.filter_map(|(ordinal, host)| {
            let commune = host.commune.and_then(|code| atlas.places().by_code(code));
            let place = place(&host.id, &host.name, host.location, commune).filter(|_| within(commune))?;
            Some(Place { host: Some(HostRef::Candidate(ordinal)), ..place })
        });
        hosts.map(Place::candidate).collect()
    };
    let venues = |fits: fn(&Venue) -> bool| -> Vec<Place> {
        let venues = venues(atlas, fits).filter(|place| within(place.commune));
        venues.map(Place::candidate).collect()
    };
    let town_halls = || {
        let communes = inside.iter().filter_map(|&commune| of_town_hall(atlas, commune));
        communes.map(Place::candidate).collect()
    };
    let with_quarters = || {
        let known = Known::new(atlas, inside);
        let places = inside.iter().flat_map(|&commune| of_quarters(atlas, commune));
        places.map(|place| place.priced_as_next_door(atlas, &known)).map(Place::candidate).collect()
    };
    let mut places = match kind {
        Candidates::Hosts { least_inhabitants } => hosts(atlas, inside, *least_inhabitants),
        Candidates::Communes => with_quarters(),
        Candidates::Venues => venues(|_| true),
        Candidates::FranceServices => venues(is_france_services),
        Candidates::Libraries => listed("library"),
        Candidates::TownHalls => Some(listed("town-hall")).filter(|hosts| !hosts.is_empty()).unwrap_or_else(town_halls),
        Candidates::Listed(sites) => of_list(atlas, sites),
    };
    places.sort_by(|a, b| a.id.cmp(&b.id));
    places
}

/// The places of a list of one's own, each in the commune whose contour holds it.
fn of_list(atlas: &Atlas, sites: &[ListedSite]) -> Vec<Place> {
    sites
        .iter()
        .map(|site| Place::new_at(&site.id, &site.name, site.position, atlas.commune_at(site.position)))
        .collect()
}

/// The hosts that the edition knows, one for each neighbourhood; a library only in a commune of so many inhabitants. Where
/// none is near the centre of such a commune, its town hall; where none is near another of its quarters, the quarter
/// itself: somebody is to be found.
fn hosts(atlas: &Atlas, inside: &[CommuneIx], least_inhabitants: u32) -> Vec<Place> {
    let known = Known::new(atlas, inside);
    let of = |&commune: &CommuneIx| {
        let large = atlas.communes()[commune].population.is_some_and(|persons| persons.0 >= least_inhabitants);
        let receives = |host: &HostRef| large || matches!(host, HostRef::Venue(_));
        let hosts = known.spread(commune).into_iter().map(|host| host.found).filter(receives);
        let mut places: Vec<Place> = hosts.filter_map(|host| of_host(atlas, host, commune)).collect();
        for (rank, quarter) in of_quarters(atlas, commune).into_iter().enumerate() {
            if places.iter().any(|place| place.host.is_some() && is_near(place.position, quarter.position)) {
                continue;
            }
            match rank {
                0 if large => places.extend(of_town_hall(atlas, commune)),
                0 => (),
                _ => places.push(quarter.priced_as_next_door(atlas, &known)),
            }
        }
        places
    };
    inside.iter().flat_map(of).map(Place::candidate).collect()
}

fn of_host(atlas: &Atlas, host: HostRef, commune: CommuneIx) -> Option<Place> {
    let found = match host {
        HostRef::Venue(ordinal) => {
            let venue = &atlas.venues()[ordinal];
            let place = place(&venue.id, &venue.name, venue.location, Some(commune))?;
            Place { public: !is_private(venue), ..place }
        }
        HostRef::Candidate(ordinal) => {
            let candidate = &atlas.candidates()[ordinal];
            let name = readable_name(&candidate.name, &atlas.communes()[commune].name);
            place(&candidate.id, &name, candidate.location, Some(commune))?
        }
        HostRef::TownHall(commune) => of_town_hall(atlas, commune)?,
    };
    Some(Place { host: Some(host), ..found })
}

fn of_town_hall(atlas: &Atlas, commune: CommuneIx) -> Option<Place> {
    let name = town_hall(&atlas.communes()[commune]);
    Some(Place { name, host: Some(HostRef::TownHall(commune)), ..of_commune(atlas, commune)? })
}

/// Who would receive the posts of a site: its own host, or else the likeliest next to it.
pub(super) fn hosting(atlas: &Atlas, request: &Request, known: &Known, place: &Place) -> Hosting {
    if let Some(host) = place.host {
        return Hosting::Host(Box::new(host.told(atlas)));
    }
    let own =
        matches!(request.candidates, Candidates::Listed(_)) || request.beside.iter().any(|own| own.id == place.id);
    if own {
        return Hosting::ToFind("lieu de votre liste\u{a0}: son hôte est celui que vous y avez écrit");
    }
    let Some(commune) = place.commune else { return Hosting::ToFind("commune inconnue\u{a0}: hôte à trouver") };
    if let Some(host) = known.next_to(commune, place.position) {
        return Hosting::Host(Box::new(host.found.told(atlas)));
    }
    let least = match request.candidates {
        Candidates::Hosts { least_inhabitants } => least_inhabitants,
        _ => LEAST_INHABITANTS,
    };
    let inhabitants = atlas.communes()[commune].population.map_or(0, |persons| persons.0);
    match place.id == atlas.communes()[commune].code.as_str() {
        true if inhabitants >= least => Hosting::Host(Box::new(HostRef::TownHall(commune).told(atlas))),
        true => Hosting::ToFind("commune trop petite pour proposer sa mairie, aucun hôte connu\u{a0}: à trouver"),
        false => Hosting::ToFind("aucun hôte connu dans ce quartier\u{a0}: à trouver"),
    }
}

/// What is there already, in all of France, ascending by id: people cross the border of a territory.
pub(super) fn existing(atlas: &Atlas, request: &Request) -> Vec<Place> {
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
    // A post is there from its validation to the end of its convention; one of an unknown day is there.
    let end = post.validated.and_then(|day| day.checked_add_months(Months::new(months)));
    post.validated.is_none_or(|day| day <= horizon) && end.is_none_or(|end| end >= horizon)
}

fn venues(atlas: &Atlas, fits: fn(&Venue) -> bool) -> impl Iterator<Item = Place> {
    let open = atlas.venues().iter_enumerated().filter(move |(_, venue)| venue.receives_public() && fits(venue));
    open.filter_map(|(ordinal, venue)| {
        let place = place(&venue.id, &venue.name, venue.location, atlas.venue_commune(ordinal))?;
        Some(Place { public: !is_private(venue), host: Some(HostRef::Venue(ordinal)), ..place })
    })
}

fn is_france_services(venue: &Venue) -> bool {
    venue.programmes.contains(&Programme::FranceServices)
}

fn is_private(venue: &Venue) -> bool {
    employer(venue) == Some(false)
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
    Some(Place { candidate: false, ..Place::new_at(id, name, location.position()?, commune) })
}

impl Place {
    /// A place that is new, of which a plan knows no more.
    pub(super) fn new_at(id: &str, name: &str, position: Position, commune: Option<CommuneIx>) -> Self {
        let (id, name) = (id.to_owned(), name.to_owned());
        Self { id, name, position, commune, public: true, existing: 0, spread: false, candidate: true, host: None }
    }

    /// Its name, with that of its commune where it does not say it: there are very many « Bibliothèque municipale ».
    pub(super) fn full_name(&self, atlas: &Atlas) -> String {
        let commune = self.commune.map(|commune| atlas.communes()[commune].name.as_str());
        match commune.filter(|commune| !self.name.contains(commune)) {
            Some(commune) => format!("{}, {commune}", self.name),
            None => self.name.clone(),
        }
    }

    /// At the price of the host that would be proposed for it, where one stands next to it.
    fn priced_as_next_door(self, atlas: &Atlas, known: &Known) -> Self {
        let next = self.commune.and_then(|commune| known.next_to(commune, self.position));
        Self { public: next.and_then(|host| host.found.is_public(atlas)).unwrap_or(true), ..self }
    }

    fn candidate(self) -> Self {
        Self { candidate: true, ..self }
    }
}
