//! What is said of a host and of what stands around a site.

use std::collections::BTreeMap;

use super::employer::employer;
use super::kinds::{HostKind, LIBRARY, TOWN_HALL};
use super::known::{HostRef, NEAR_M};
use crate::atlas::{Atlas, NearestQuery, Order};
use crate::domain::hours::{HolidayCalendar, OpeningHours, spelled};
use crate::domain::liaison::of_place;
use crate::domain::readable::readable_name;
use crate::domain::venue::Hours;
use crate::domain::{Commune, CommuneCode, CommuneIx, Metres, Position, Post, Venue};

/// Venues around a site that are named.
const NAMED: usize = 3;

/// Who receives the posts of a site.
#[derive(Debug, Clone, PartialEq)]
pub enum Hosting {
    /// A place that the edition knows.
    Host(Box<Host>),
    /// Nobody whom the edition knows; the sentence says why.
    ToFind(&'static str),
}

/// A place that could receive a post.
#[derive(Debug, Clone, PartialEq)]
pub struct Host {
    /// What kind of place.
    pub kind: &'static HostKind,
    /// Its name.
    pub name: String,
    /// Street, postal code and town.
    pub address: Option<String>,
    /// When it is open, in French.
    pub hours: Option<String>,
    /// Whom to call, as it is written.
    pub phone: Option<String>,
    /// Its page.
    pub website: Option<String>,
    /// Whether its employer is public; `None` when nobody says.
    pub public: Option<bool>,
    /// Id of the venue, where it is one.
    pub venue: Option<String>,
}

/// What stands around a site.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Around {
    /// Names of venues that receive the public within 1 km, the nearest first; the host itself is not one of them.
    pub venues: Vec<String>,
    /// Inhabitants of the commune.
    pub inhabitants: Option<u32>,
    /// Whether the list of posts says that the commune is in a *zone de revitalisation rurale*.
    pub zrr: Option<bool>,
    /// Whether it says that a *quartier prioritaire* lies in the territory of an employer of the commune.
    pub qpv: Option<bool>,
}

impl HostRef {
    pub(in crate::planning) fn told(self, atlas: &Atlas) -> Host {
        match self {
            Self::Venue(ordinal) => of_venue(atlas, &atlas.venues()[ordinal]),
            Self::Candidate(ordinal) => {
                let candidate = &atlas.candidates()[ordinal];
                let commune = candidate.commune.and_then(|code| atlas.places().by_code(code));
                let locality = commune.map_or("", |commune| atlas.communes()[commune].name.as_str());
                Host {
                    name: readable_name(&candidate.name, locality),
                    address: candidate.address.as_deref().map(|address| readable_address(address, locality)),
                    ..public_host(if candidate.kind == "town-hall" { TOWN_HALL } else { LIBRARY })
                }
            }
            Self::TownHall(commune) => {
                let commune = &atlas.communes()[commune];
                let [postcode] = commune.postcodes.as_slice() else {
                    return Host { name: town_hall(commune), ..public_host(TOWN_HALL) };
                };
                let address = Some(format!("{postcode} {}", commune.name));
                Host { name: town_hall(commune), address, ..public_host(TOWN_HALL) }
            }
        }
    }
}

/// An address whose lines are each in readable case: a list writes its streets in capitals and its towns not.
fn readable_address(address: &str, locality: &str) -> String {
    address.split(", ").map(|line| readable_name(line, locality)).collect::<Vec<_>>().join(", ")
}

/// « Mairie de Guéret ».
pub(in crate::planning) fn town_hall(commune: &Commune) -> String {
    format!("Mairie {}", of_place(&commune.name))
}

fn public_host(kind: &'static HostKind) -> Host {
    let (name, public) = (String::new(), Some(true));
    Host { kind, name, address: None, hours: None, phone: None, website: None, public, venue: None }
}

fn of_venue(atlas: &Atlas, venue: &Venue) -> Host {
    let town = [venue.postcode.as_deref(), Some(venue.locality.as_str())].into_iter().flatten();
    let town = town.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let street = venue.address.as_deref().map(|street| readable_address(street, &venue.locality));
    let lines = [street.as_deref(), Some(town.as_str())].into_iter().flatten();
    let address = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    Host {
        kind: HostKind::of_venue(venue),
        name: venue.name.clone(),
        address: Some(address).filter(|address| !address.is_empty()),
        hours: hours(atlas, venue),
        phone: venue.phones.first().map(crate::domain::phone::Phone::shown),
        website: venue.websites.first().cloned(),
        public: employer(venue),
        venue: Some(venue.id.clone()),
    }
}

fn hours(atlas: &Atlas, venue: &Venue) -> Option<String> {
    match &venue.hours {
        Hours::Unknown => None,
        Hours::Text(text) => Some(spelled(text)),
        Hours::Osm(osm) => {
            let commune = venue.commune.and_then(|code| atlas.places().by_code(code));
            let departement = commune.map_or("", |commune| atlas.communes()[commune].departement.as_str());
            let read = OpeningHours::parse(osm, HolidayCalendar::of_departement(departement));
            Some(read.map_or_else(|_| spelled(osm), |hours| hours.week_words().join(" ; ")))
        }
    }
}

/// What the latest list of posts says of the communes of its employers.
pub(in crate::planning) struct Zones(BTreeMap<CommuneCode, [Option<bool>; 2]>);

impl Zones {
    pub fn new(atlas: &Atlas) -> Self {
        let mut zones: BTreeMap<CommuneCode, [Option<bool>; 2]> = BTreeMap::new();
        // Employers of one commune say it of their own territory: one that is concerned is enough.
        let either = |one: Option<bool>, other: Option<bool>| [one, other].into_iter().flatten().reduce(|a, b| a || b);
        for (code, Post { zrr, qpv, .. }) in atlas.latest_posts().filter_map(|(_, post)| Some((post.commune?, post))) {
            let known = zones.entry(code).or_default();
            *known = [either(known[0], *zrr), either(known[1], *qpv)];
        }
        Self(zones)
    }
}

impl Around {
    pub(in crate::planning) fn of(
        atlas: &Atlas,
        zones: &Zones,
        at: Position,
        commune: Option<CommuneIx>,
        host: Option<&str>,
    ) -> Self {
        let within = Metres::new(NEAR_M);
        let query = NearestQuery { within, order: Order::Distance, ..NearestQuery::around(at, NAMED + 1) };
        let found = atlas.nearest_venues(&query).into_iter().map(|found| &atlas.venues()[found.ordinal]);
        let others = found.filter(|venue| Some(venue.id.as_str()) != host);
        let code = commune.map(|commune| atlas.communes()[commune].code);
        let [zrr, qpv] = code.and_then(|code| zones.0.get(&code).copied()).unwrap_or_default();
        Self {
            venues: others.take(NAMED).map(|venue| venue.name.clone()).collect(),
            inhabitants: commune.and_then(|commune| atlas.communes()[commune].population).map(|persons| persons.0),
            zrr,
            qpv,
        }
    }
}
