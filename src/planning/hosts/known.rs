//! The hosts that an edition knows, commune by commune.

use std::collections::BTreeMap;

use super::employer::employer;
use super::kinds::{HostKind, LIBRARY, TOWN_HALL};
use crate::atlas::Atlas;
use crate::domain::text::fold;
use crate::domain::venue::Hours;
use crate::domain::vocabulary::Itinerance;
use crate::domain::{CandidateIx, CommuneIx, Position, Venue, VenueIx};

/// Two hosts of a commune that stand so near to each other are one site, and a quarter with none so near has no host, in
/// metres.
pub const NEAR_M: f64 = 1_000.0;

/// Where the edition has a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostRef {
    /// A venue.
    Venue(VenueIx),
    /// A library, or a town hall of a list.
    Candidate(CandidateIx),
    /// The town hall of a commune, which stands at its point.
    TownHall(CommuneIx),
}

impl HostRef {
    /// Whether the edition knows its telephone.
    pub fn is_callable(self, atlas: &Atlas) -> bool {
        matches!(self, Self::Venue(ordinal) if !atlas.venues()[ordinal].phones.is_empty())
    }

    /// Whether its employer is public; `None` when nobody says.
    pub fn is_public(self, atlas: &Atlas) -> Option<bool> {
        match self {
            Self::Venue(ordinal) => employer(&atlas.venues()[ordinal]),
            Self::Candidate(_) | Self::TownHall(_) => Some(true),
        }
    }

    /// Whether the edition knows when it is open.
    pub fn has_hours(self, atlas: &Atlas) -> bool {
        matches!(self, Self::Venue(ordinal) if atlas.venues()[ordinal].hours != Hours::Unknown)
    }
}

/// One host.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownHost {
    pub at: Position,
    pub kind: &'static HostKind,
    pub found: HostRef,
}

/// The hosts of some communes.
#[derive(Debug, Clone, Default)]
pub struct Known(BTreeMap<CommuneIx, Vec<KnownHost>>);

impl Known {
    /// Those of some communes, ascending: a place that can be called before one that cannot, unless it bears the label that
    /// every such post may go to; then the likeliest host, then by id.
    pub fn new(atlas: &Atlas, communes: &[CommuneIx]) -> Self {
        let inside = |commune: &CommuneIx| communes.binary_search(commune).is_ok();
        let mut hosts: BTreeMap<CommuneIx, Vec<KnownHost>> = BTreeMap::new();
        for (ordinal, venue) in atlas.venues().iter_enumerated().filter(|(_, venue)| receives(venue)) {
            let commune = atlas.venue_commune(ordinal).filter(inside);
            if let (Some(commune), Some(at)) = (commune, venue.location.position()) {
                let host = KnownHost { at, kind: HostKind::of_venue(venue), found: HostRef::Venue(ordinal) };
                hosts.entry(commune).or_default().push(host);
            }
        }
        let rooms = atlas.candidates().iter_enumerated().filter(|(_, candidate)| !is_depot(&candidate.name));
        for (ordinal, candidate) in rooms {
            let commune = candidate.commune.and_then(|code| atlas.places().by_code(code)).filter(inside);
            if let (Some(commune), Some(at)) = (commune, candidate.location.position()) {
                let kind = if candidate.kind == "town-hall" { TOWN_HALL } else { LIBRARY };
                let host = KnownHost { at, kind, found: HostRef::Candidate(ordinal) };
                hosts.entry(commune).or_default().push(host);
            }
        }
        // Venues and candidates come by id, and stay so among those of one kind.
        let unknown = |host: &KnownHost| host.kind.rank() > 0 && !host.found.is_callable(atlas);
        hosts.values_mut().for_each(|hosts| hosts.sort_by_key(|host| (unknown(host), host.kind.rank())));
        Self(hosts)
    }

    /// The hosts of a commune, the likeliest first.
    pub fn of(&self, commune: CommuneIx) -> &[KnownHost] {
        self.0.get(&commune).map_or(&[], Vec::as_slice)
    }

    /// The same, one for each neighbourhood: those that stand next to a likelier one are left out.
    pub fn spread(&self, commune: CommuneIx) -> Vec<KnownHost> {
        let mut kept: Vec<KnownHost> = Vec::new();
        for host in self.of(commune) {
            if kept.iter().all(|other| !is_near(other.at, host.at)) {
                kept.push(*host);
            }
        }
        kept
    }

    /// The likeliest host of a commune next to a position.
    pub fn next_to(&self, commune: CommuneIx, at: Position) -> Option<&KnownHost> {
        self.of(commune).iter().find(|host| is_near(host.at, at))
    }
}

/// Whether two places are next to each other.
pub fn is_near(one: Position, other: Position) -> bool {
    one.geodesic_to(other).value() <= NEAR_M
}

/// A few shelves that the library of the département lends to a village: nobody works there.
fn is_depot(name: &str) -> bool {
    let folded = fold(name);
    ["depot", "point lecture", "point de lecture", "relais lecture"].iter().any(|words| folded.starts_with(words))
}

/// A bus is no host, nor is a place where nobody is received.
fn receives(venue: &Venue) -> bool {
    venue.receives_public() && venue.itinerance != [Itinerance::Itinerant]
}
