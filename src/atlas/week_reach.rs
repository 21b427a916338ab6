//! Who reaches a venue that is open, hour by hour of a usual week, and who has a second and a third one: worked out for a
//! territory when somebody asks, never for an edition.

use typed_index_collections::TiVec;

use super::{Atlas, Need};
use crate::access::{Asked, Mode, Reach, Site, Threshold, sites_around};
use crate::domain::{CommuneIx, PointIx, SiteIx, VenueIx};

/// The first, the second and the third venue.
pub const RANKS: usize = 3;

/// Persons of some communes by what they reach within a threshold; sums of disjoint communes add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekReach {
    /// Persons whose place is known: the whole of every share.
    pub persons: u64,
    /// Persons with at least one, two and three venues within the threshold, open or not.
    pub venues: [u64; RANKS],
    /// Persons with a venue known to be open, by day (0 for Monday) and full hour.
    pub open: [[u64; 24]; 7],
    /// Persons with a venue that is open, or whose hours nobody knows.
    pub may_be: [[u64; 24]; 7],
    /// Seconds to the first, second and third venue of those who have one within the threshold, with the persons.
    times: [Vec<(u32, u32)>; RANKS],
}

impl WeekReach {
    /// Looks at some communes, each given once; they should lie together. Work grows with their places and with the venues
    /// around them, and memory too: give a département at a time, and add up.
    #[must_use]
    pub fn new(atlas: &Atlas, need: &Need, communes: &[CommuneIx], mode: Mode, threshold: Threshold) -> Self {
        let analysis = atlas.analysis();
        let access = &analysis.access;
        let demand = access.times().demand();
        let nearest = access.nearest(mode);
        let mut found = Self::default();
        let mut asked: TiVec<PointIx, bool> = vec![false; demand.points.len()].into();
        let mut people: Vec<(PointIx, u32)> = Vec::new();
        for (point, persons) in analysis.points(need, communes) {
            let Some(persons) = persons.filter(|_| nearest[point] != Reach::Unknown) else { continue };
            found.persons += u64::from(persons);
            // Who has no venue near has no open one near either.
            if persons > 0 && nearest[point].time().is_some_and(|time| time <= threshold.limit()) {
                asked[point] = true;
                people.push((point, persons));
            }
        }
        let places = people.iter().filter_map(|(point, _)| demand.points[*point].position);
        let sites = sites_around(access.sites(), places, threshold.limit());
        let weeks: TiVec<SiteIx, [[u32; 2]; 7]> = weeks(atlas, &sites, access.ordinals());
        let near = access.times().within_for(mode, &sites, threshold.limit(), Asked::these(&asked));
        for (point, persons) in people {
            let mut hours = [[0_u32; 2]; 7];
            let mut times = [u32::MAX; RANKS];
            for pair in near.row(point) {
                for (all, own) in hours.iter_mut().zip(&weeks[pair.site]) {
                    *all = [all[0] | own[0], all[1] | own[1]];
                }
                let mut time = pair.seconds;
                for kept in &mut times {
                    if time < *kept {
                        std::mem::swap(&mut time, kept);
                    }
                }
            }
            found.add(persons, &hours, times);
        }
        found
    }

    fn add(&mut self, persons: u32, hours: &[[u32; 2]; 7], times: [u32; RANKS]) {
        let number = u64::from(persons);
        for (day, [open, may_be]) in hours.iter().enumerate() {
            for hour in 0..24 {
                self.open[day][hour] += number * u64::from(open >> hour & 1);
                self.may_be[day][hour] += number * u64::from(may_be >> hour & 1);
            }
        }
        for (rank, time) in times.into_iter().enumerate().filter(|(_, time)| *time < u32::MAX) {
            self.venues[rank] += number;
            self.times[rank].push((time, persons));
        }
    }

    /// Adds the persons of other communes.
    pub fn join(&mut self, other: Self) {
        self.persons += other.persons;
        for rank in 0..RANKS {
            self.venues[rank] += other.venues[rank];
        }
        for day in 0..7 {
            for hour in 0..24 {
                self.open[day][hour] += other.open[day][hour];
                self.may_be[day][hour] += other.may_be[day][hour];
            }
        }
        for (all, more) in self.times.iter_mut().zip(other.times) {
            all.extend(more);
        }
    }

    /// Minutes to the first, second and third venue that half of the persons do not exceed; `None` when that is beyond the
    /// threshold. Forgets the times of single places.
    #[must_use]
    pub fn median_minutes(&mut self) -> [Option<f64>; RANKS] {
        let persons = self.persons;
        std::mem::take(&mut self.times).map(|mut times| {
            times.sort_unstable();
            let mut sum = 0;
            let middle = times.into_iter().find(|(_, number)| {
                sum += u64::from(*number);
                2 * sum >= persons
            });
            middle.filter(|_| persons > 0).map(|(seconds, _)| f64::from(seconds) / 60.0)
        })
    }
}

/// The hours of the sites, by ordinal: open, and open or unknown.
fn weeks(atlas: &Atlas, sites: &[Site], ordinals: SiteIx) -> TiVec<SiteIx, [[u32; 2]; 7]> {
    const NOBODY_KNOWS: [u32; 2] = [0, (1 << 24) - 1];
    let mut weeks: TiVec<SiteIx, [[u32; 2]; 7]> = vec![[[0; 2]; 7]; usize::from(ordinals)].into();
    for site in sites {
        let week = atlas.usual_week(VenueIx::of_site(site.ordinal));
        weeks[site.ordinal] = std::array::from_fn(|day| week.map_or(NOBODY_KNOWS, |week| week.hours(day)));
    }
    weeks
}
