//! The question of the house: which venues are nearest, among those that fit?

pub mod order;
pub mod useful;
pub(super) mod ways;

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use chrono::NaiveDateTime;

use super::Atlas;
use super::filters::FILTERS;
use super::open_days::OpenWhen;
use crate::access::{Mode, Travel, mean_reach_m};
use crate::domain::{Commune, CommuneIx, DistrictIx, Location, Metres, Position, Seconds, VenueIx};
use crate::spatial::PlaceIndex;

pub use order::Order;

/// Which venues fit: for each of [`FILTERS`] that is asked, one of the choices wanted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VenueFilter {
    /// Rank in [`FILTERS`] and the choices wanted, ascending by rank.
    asked: BTreeMap<usize, BTreeSet<usize>>,
    /// Communes; `None` means anywhere.
    pub communes: Option<BTreeSet<CommuneIx>>,
    /// The arrondissement of Paris, Lyon or Marseille; `None` means any.
    pub district: Option<DistrictIx>,
    /// Whether venues that receive no public are kept (planners) or hidden (citizens).
    pub closed_to_public: ClosedToPublic,
    /// The instant of the question, in UTC: for citizens, sessions that are over by then are hidden too. `None` keeps them.
    pub asked_at: Option<NaiveDateTime>,
    /// Open when; `None` means at any time.
    pub open: Option<OpenWhen>,
    /// Whether those that are known to fit are wanted, or those of which nobody said enough.
    pub wanted: Wanted,
}

/// Which of the venues that may fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Known to fit.
    #[default]
    Known,
    /// May fit: nobody said, and nothing speaks against it.
    Unknown,
}

/// What to do with venues that receive no public (defect D11).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClosedToPublic {
    /// Citizens must not be sent there.
    #[default]
    Hidden,
    /// Planners see the whole supply.
    Kept,
}

impl VenueFilter {
    /// Whatever receives the public at an instant, in UTC.
    #[must_use]
    pub fn at(now: NaiveDateTime) -> Self {
        Self { asked_at: Some(now), ..Self::default() }
    }

    /// The same, asked at an instant, in UTC.
    #[must_use]
    pub fn asked_at(mut self, at: Option<NaiveDateTime>) -> Self {
        self.asked_at = at;
        self
    }

    /// Also accepts a choice of the filter at this rank of [`FILTERS`].
    pub fn ask(&mut self, filter: usize, choice: usize) {
        self.asked.entry(filter).or_default().insert(choice);
    }

    /// The venues that fit one choice of one filter, as in addresses: `label`, `france-services`. `None` when there is no
    /// such filter or choice.
    ///
    /// ```
    /// use mediane::atlas::VenueFilter;
    /// assert!(VenueFilter::only("label", "france-services").is_some());
    /// assert!(VenueFilter::only("open_on", "samedi").is_some());
    /// assert!(VenueFilter::only("label", "mystère").is_none());
    /// ```
    #[must_use]
    pub fn only(name: &str, slug: &str) -> Option<Self> {
        let rank = FILTERS.iter().position(|filter| filter.name == name)?;
        let choice = (FILTERS[rank].choices)().iter().position(|choice| choice.slug == slug)?;
        let mut filter = Self::default();
        filter.ask(rank, choice);
        Some(filter)
    }

    /// Whether a venue fits, by its ordinal.
    #[must_use]
    pub fn accepts(&self, atlas: &Atlas, venue: VenueIx) -> bool {
        if !self.in_bounds(atlas, venue) {
            return false;
        }
        let mut unknown = false;
        for answer in self.asked.iter().map(|(rank, choices)| fits(atlas, venue, *rank, choices)) {
            match answer {
                Some(false) => return false,
                None => unknown = true,
                Some(true) => {}
            }
        }
        match self.open.map(|when| atlas.is_open(venue, when)) {
            Some(Some(false)) => return false,
            Some(None) => unknown = true,
            Some(Some(true)) | None => {}
        }
        unknown == (self.wanted == Wanted::Unknown)
    }

    /// Whether a venue receives the public and is not over, or need not, and lies in the communes.
    fn in_bounds(&self, atlas: &Atlas, venue: VenueIx) -> bool {
        let over = || self.asked_at.is_some_and(|now| atlas.is_over(venue, now));
        (self.closed_to_public == ClosedToPublic::Kept || (atlas.venues()[venue].receives_public() && !over()))
            && self.district.is_none_or(|district| atlas.venue_district(venue) == Some(district))
            && self.communes.as_ref().is_none_or(|set| atlas.venue_commune(venue).is_some_and(|c| set.contains(&c)))
    }
}

/// Whether a venue fits one of the choices of a filter; `None` when nobody said.
fn fits(atlas: &Atlas, venue: VenueIx, filter: usize, choices: &BTreeSet<usize>) -> Option<bool> {
    if choices.iter().any(|&choice| (FILTERS[filter].holds)(atlas, venue, choice)) {
        return Some(true);
    }
    (!(FILTERS[filter].silent)(atlas, venue)).then_some(false)
}

/// A question about what is near.
#[derive(Debug, Clone, PartialEq)]
pub struct NearestQuery {
    /// From where.
    pub position: Position,
    /// How many at most.
    pub limit: usize,
    /// Not farther than this, as answers show the distance.
    pub within: Option<Metres>,
    /// Not longer than this, by `mode`; for [`Order::Distance`] nobody asks.
    pub until: Option<Seconds>,
    /// Which venues fit.
    pub filter: VenueFilter,
    /// In which order.
    pub order: Order,
    /// How people travel.
    pub mode: Mode,
}

impl NearestQuery {
    /// So many of the venues that receive the public, by car, in the order of [`Order::Time`].
    #[must_use]
    pub fn around(position: Position, limit: usize) -> Self {
        let (filter, order, mode) = (VenueFilter::default(), Order::default(), Mode::Car);
        Self { position, limit, within: None, until: None, filter, order, mode }
    }
}

/// One answer: the ordinal of the thing found, how far it is, and how long the way to it takes.
///
/// Answers come in one of the orders of [`Order`]: one statement of each for pages, maps and API; `match` goes by distance.
/// Exact: nothing that is left out would come before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found<Ix> {
    /// Ordinal in its table.
    pub ordinal: Ix,
    /// Length of the geodesic on WGS 84; for a thing known only by its commune, with the way to expect within the commune.
    pub distance: Metres,
    /// What the distance is counted to.
    pub to: Counted,
    /// The way there, as far as anybody asked.
    pub travel: Travel,
}

impl<Ix> Found<Ix> {
    /// A thing at `at`, seen from `from`; `way` is what is added when only its commune is known.
    #[must_use]
    pub fn measured(ordinal: Ix, from: Position, at: Position, way: Metres) -> Self {
        let to = if way > Metres::ZERO { Counted::Commune } else { Counted::Place };
        let distance = Metres::new(from.geodesic_to(at).value().hypot(way.value())).expect("two finite lengths");
        Self { ordinal, distance, to, travel: Travel::Unasked }
    }
}

/// What a distance is counted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The very place.
    Place,
    /// Somewhere in the commune: the place itself is not known, so it is never at no distance.
    Commune,
}

impl Counted {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Commune => "commune",
        }
    }
}

/// Area of the median commune of France (INSEE, 2024), for an edition that knows no area at all.
const MEDIAN_AREA_KM2: f64 = 10.7;

/// How far the things of a commune are from its point, when nothing better is known of them.
#[derive(Debug)]
pub(super) struct Ways {
    median_area_km2: f64,
}

impl Ways {
    /// The area that stands in where one is unknown is the median of the others.
    pub fn new(communes: &[Commune]) -> Self {
        let mut areas: Vec<f64> = communes.iter().filter_map(known_area).collect();
        areas.sort_by(f64::total_cmp);
        Self { median_area_km2: areas.get(areas.len() / 2).copied().unwrap_or(MEDIAN_AREA_KM2) }
    }

    /// What is added, at a right angle, to the distance of the commune's point: somewhere in a disc of the commune's area is
    /// (2/3)·√(area/π) from its centre on average, so that it does not pass before what is known to be near.
    pub fn within(&self, location: Location, commune: Option<&Commune>) -> Metres {
        if !matches!(location, Location::Commune(_)) {
            return Metres::ZERO;
        }
        let area = commune.and_then(known_area).unwrap_or(self.median_area_km2);
        Metres::new(mean_reach_m(area)).expect("an area is a positive number")
    }
}

fn known_area(commune: &Commune) -> Option<f64> {
    commune.area_km2.filter(|area| *area > 0.0)
}

/// A question to an index: from where, how many, how far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    pub position: Position,
    pub limit: usize,
    pub within: Option<Metres>,
}

/// The things that `keep` accepts, by [`Found::distance`], ties by ordinal. `way` is what [`Ways`] adds to each.
pub(super) fn nearest<Ix: Copy + Ord>(
    index: &PlaceIndex<Ix>,
    around: Around,
    mut keep: impl FnMut(Ix) -> bool,
    located: impl Fn(Ix) -> Option<(Position, Metres)>,
) -> Vec<Found<Ix>> {
    let Around { position, limit, within, .. } = around;
    // What was met and may yet be passed by something met later: the index goes by great circle, the answer by geodesic and
    // way, and neither is ever shorter than what the index has passed.
    let mut waiting: BinaryHeap<Reverse<Waiting<Ix>>> = BinaryHeap::new();
    let mut found = Vec::new();
    let mut met = index.nearest(position);
    while found.len() < limit {
        let next = met.next();
        let passed = next.map_or(f64::INFINITY, |neighbour| neighbour.shortest_geodesic().value());
        while found.len() < limit && waiting.peek().is_some_and(|Reverse(first)| first.0.distance.value() < passed) {
            found.extend(waiting.pop().map(|Reverse(first)| first.0));
        }
        if within.is_some_and(|within| passed > within.value()) && waiting.is_empty() {
            break;
        }
        let Some(neighbour) = next else { break };
        let Some((at, way)) = located(neighbour.ordinal).filter(|_| keep(neighbour.ordinal)) else { continue };
        let candidate = Found::measured(neighbour.ordinal, position, at, way);
        if within.is_none_or(|within| candidate.distance <= within) {
            waiting.push(Reverse(Waiting(candidate)));
        }
    }
    found
}

/// In the order of answers.
#[derive(Debug, PartialEq)]
struct Waiting<Ix>(Found<Ix>);

impl<Ix: PartialEq> Eq for Waiting<Ix> {}

impl<Ix: Copy + Ord> Ord for Waiting<Ix> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_distance = self.0.distance.value().total_cmp(&other.0.distance.value());
        by_distance.then(self.0.ordinal.cmp(&other.0.ordinal))
    }
}

impl<Ix: Copy + Ord> PartialOrd for Waiting<Ix> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests;
