//! The venues that fit, in an order of time: candidates by great circle, widely enough that whatever is left out takes longer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use typed_index_collections::TiVec;

use super::order::Key;
use super::{Around, Found, NearestQuery, nearest};
use crate::access::land::Link;
use crate::access::{Assumptions, Goal, LandSearch, Landmass, Mode, Outward, Place, Travel};
use crate::atlas::Atlas;
use crate::domain::{Metres, Position, Seconds, VenueIx};
use crate::spatial::Neighbour;

/// Venues looked at beside those wanted, at first: the last of them are rarely told apart by a second.
const MORE: usize = 3;
/// How far ways round are looked for at first, in seconds, when only those are left.
const FIRST_ROUND_S: u32 = 3_600;

/// Where venues stand on the land, worked out at the first question.
#[derive(Debug, Default)]
pub(in crate::atlas) struct Stands {
    spots: OnceLock<TiVec<VenueIx, Option<Stand>>>,
    /// Venues by land.
    lands: OnceLock<BTreeMap<Landmass, Vec<VenueIx>>>,
    /// Rooms for searches, each used by one question at a time.
    rooms: Mutex<Vec<LandSearch>>,
}

/// Where a venue stands.
#[derive(Debug)]
struct Stand {
    place: Place,
    /// What is added to every distance to it.
    within: Metres,
    links: OnceLock<Box<[Link]>>,
}

impl Atlas {
    /// Draws the land and stands the venues on it, before anybody asks.
    pub fn prepare_ways(&self) {
        self.stands();
    }

    fn stands(&self) -> &TiVec<VenueIx, Option<Stand>> {
        self.stands.spots.get_or_init(|| {
            self.land();
            let stand = |venue: VenueIx| {
                let (position, within) = self.venue_spot(venue)?;
                Some(Stand { place: self.place_at(position), within, links: OnceLock::new() })
            };
            self.venues.keys().map(stand).collect()
        })
    }

    fn venues_of_land(&self, land: Landmass) -> &[VenueIx] {
        let lands = self.stands.lands.get_or_init(|| {
            let mut lands: BTreeMap<Landmass, Vec<VenueIx>> = BTreeMap::new();
            for (venue, stand) in self.stands().iter_enumerated() {
                if let Some(stand) = stand {
                    lands.entry(stand.place.landmass).or_default().push(venue);
                }
            }
            lands
        });
        lands.get(&land).map_or(&[], Vec::as_slice)
    }

    /// The ways out of a position, in a room that is given back.
    fn with_ways<T>(&self, position: Position, mode: Mode, ask: impl FnOnce(&mut Ways<'_>) -> T) -> T {
        let land = self.land();
        let room = self.stands.rooms.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut room = room.unwrap_or_else(|| LandSearch::new(land.nodes()));
        let from = self.place_at(position);
        let outward = Outward::new(land, &mut room, self.road_times(), (Assumptions::default(), mode), from);
        let answer = ask(&mut Ways { atlas: self, stands: self.stands(), outward, position });
        self.stands.rooms.lock().unwrap_or_else(PoisonError::into_inner).push(room);
        answer
    }

    /// The way from a position to each of some venues that were found.
    pub fn tell_ways(&self, position: Position, mode: Mode, found: &mut [Found<VenueIx>]) {
        self.with_ways(position, mode, |ways| {
            let mut pending: Vec<&mut Found<VenueIx>> = found.iter_mut().collect();
            let mut until = Seconds(FIRST_ROUND_S);
            loop {
                pending.retain_mut(|found| {
                    match ways.to(found.ordinal, crow(position, ways.place_of(found.ordinal))) {
                        Some(travel) => {
                            found.travel = travel;
                            false
                        }
                        None => true,
                    }
                });
                if pending.is_empty() {
                    return;
                }
                ways.outward.advance(until);
                until = Seconds(until.0.saturating_mul(2));
            }
        });
    }
}

/// The venues that fit, in an order of time.
pub(in crate::atlas) fn in_order(atlas: &Atlas, query: &NearestQuery) -> Vec<Found<VenueIx>> {
    atlas.with_ways(query.position, query.mode, |ways| ways.in_order(query))
}

/// The ways out of a position to the venues of an edition.
struct Ways<'a> {
    atlas: &'a Atlas,
    stands: &'a TiVec<VenueIx, Option<Stand>>,
    outward: Outward<'a>,
    position: Position,
}

/// What was met so far.
#[derive(Default)]
struct Met {
    known: Vec<Found<VenueIx>>,
    /// Those whose way takes longer than was looked for.
    pending: Vec<(Found<VenueIx>, Metres)>,
}

impl Ways<'_> {
    fn in_order(&mut self, query: &NearestQuery) -> Vec<Found<VenueIx>> {
        let mut met = Met::default();
        let mut by_crow = self.atlas.venue_index.nearest(query.position);
        let mut next: Option<Neighbour<VenueIx>> = None;
        let mut wanted = query.limit.saturating_add(MORE);
        loop {
            let is_end = loop {
                let Some(neighbour) = next.take().or_else(|| by_crow.next()) else { break true };
                if query.within.is_some_and(|within| neighbour.shortest_geodesic() > within) {
                    break true;
                }
                if met.known.len() + met.pending.len() >= wanted {
                    next = Some(neighbour);
                    break false;
                }
                self.meet(query, neighbour.ordinal, neighbour.great_circle(), &mut met);
            };
            let least = next.filter(|_| !is_end).map(|next| self.outward.least(next.great_circle()));
            let until = [least, query.until].into_iter().flatten().min();
            self.settle(&mut met, until);
            let over = until == query.until && query.until.is_some();
            if is_end || over || least.is_some_and(|least| self.enough(query, &met.known, least)) {
                break;
            }
            if let Some(lands) = self.outward.lands().filter(|_| !met.pending.is_empty() || Self::has_no_way(&met)) {
                self.complete(query, &lands, &mut met);
                break;
            }
            wanted = (met.known.len() + met.pending.len()).saturating_mul(3) / 2 + MORE;
        }
        let Met { mut known, .. } = met;
        if let Some(until) = query.until {
            known.retain(|found| found.travel.time().is_some_and(|time| time <= until));
        }
        self.sorted(query, known)
    }

    /// Whether any of those that were met cannot be reached.
    fn has_no_way(met: &Met) -> bool {
        met.known.iter().any(|found| found.travel == Travel::NoWay)
    }

    /// Looks at a venue, when it fits.
    fn meet(&self, query: &NearestQuery, venue: VenueIx, crow: Metres, met: &mut Met) {
        let Some(stand) = self.stands[venue].as_ref().filter(|_| query.filter.accepts(self.atlas, venue)) else {
            return;
        };
        let mut found = Found::measured(venue, query.position, stand.place.position, stand.within);
        if query.within.is_some_and(|within| found.distance > within) {
            return;
        }
        match self.to(venue, crow) {
            Some(travel) => {
                found.travel = travel;
                met.known.push(found);
            }
            None => met.pending.push((found, crow)),
        }
    }

    fn place_of(&self, venue: VenueIx) -> Position {
        self.stands[venue].as_ref().map_or(self.position, |stand| stand.place.position)
    }

    fn to(&self, venue: VenueIx, crow: Metres) -> Option<Travel> {
        let Some(stand) = &self.stands[venue] else { return Some(Travel::NoWay) };
        let goal = Goal { place: &stand.place, crow, within: stand.within };
        let attach = || self.atlas.land().attach(stand.place.position, stand.place.landmass).into_boxed_slice();
        self.outward.to(goal, || stand.links.get_or_init(attach))
    }

    /// Looks for the ways to those that are pending: up to a time, or all of them.
    fn settle(&mut self, met: &mut Met, until: Option<Seconds>) {
        let mut step = until.unwrap_or(Seconds(FIRST_ROUND_S.max(self.outward.until().0)));
        // Where one place cannot be reached, it is worth knowing whether any other can.
        if until.is_some() && met.pending.is_empty() && Self::has_no_way(met) {
            self.outward.advance(step);
        }
        while !met.pending.is_empty() {
            self.outward.advance(step);
            let pending = std::mem::take(&mut met.pending);
            for (mut found, crow) in pending {
                match self.to(found.ordinal, crow) {
                    Some(travel) => {
                        found.travel = travel;
                        met.known.push(found);
                    }
                    None => met.pending.push((found, crow)),
                }
            }
            if until.is_some() {
                return;
            }
            step = Seconds(step.0.saturating_mul(2));
        }
    }

    /// Whether as many as are wanted come before whatever takes at least so long.
    fn enough(&self, query: &NearestQuery, known: &[Found<VenueIx>], least: Seconds) -> bool {
        if query.limit == 0 {
            return true;
        }
        let least = (least, self.outward.as_far(least));
        let is_before = |found: &&Found<VenueIx>| query.order.is_before(&query.order.key(self.atlas, found), least);
        known.iter().filter(is_before).count() >= query.limit
    }

    /// When every way is known, and some venues have none: all that can be reached, then the nearest of the rest.
    fn complete(&mut self, query: &NearestQuery, lands: &BTreeSet<Landmass>, met: &mut Met) {
        self.settle(met, None);
        let seen: BTreeSet<VenueIx> = met.known.iter().map(|found| found.ordinal).collect();
        for land in lands {
            for &venue in self.atlas.venues_of_land(*land).iter().filter(|venue| !seen.contains(venue)) {
                self.meet(query, venue, crow(query.position, self.place_of(venue)), met);
            }
        }
        self.settle(met, None);
        met.known.retain(|found| found.travel != Travel::NoWay);
        let rest = query.limit.saturating_sub(met.known.len());
        if rest == 0 || query.until.is_some() {
            return;
        }
        let reached: BTreeSet<VenueIx> = met.known.iter().map(|found| found.ordinal).collect();
        let keep = |venue: VenueIx| !reached.contains(&venue) && query.filter.accepts(self.atlas, venue);
        let around = Around { position: query.position, limit: rest, within: query.within };
        let beyond = nearest(&self.atlas.venue_index, around, keep, |venue| self.atlas.venue_spot(venue));
        met.known.extend(beyond.into_iter().map(|found| Found { travel: Travel::NoWay, ..found }));
    }

    fn sorted(&self, query: &NearestQuery, known: Vec<Found<VenueIx>>) -> Vec<Found<VenueIx>> {
        let mut keyed: Vec<(Key, Found<VenueIx>)> =
            known.into_iter().map(|found| (query.order.key(self.atlas, &found), found)).collect();
        keyed.sort_unstable_by(|a, b| a.0.order(&b.0));
        keyed.into_iter().take(query.limit).map(|(_, found)| found).collect()
    }
}

fn crow(from: Position, to: Position) -> Metres {
    let chord2 = crate::spatial::sphere::chord2(from.unit_vector(), to.unit_vector());
    crate::spatial::sphere::great_circle(chord2)
}
