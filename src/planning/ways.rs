//! Ways between people and places: the travel times of the atlas, the same that its maps and pages show, or great circles;
//! in one unit of cost.

use std::collections::HashMap;

use typed_index_collections::TiVec;

use super::error::RequestError;
use super::people::People;
use super::request::{Reach, Request};
use super::sites::Place;
use crate::access::{self, Asked, Assumptions, AtHome, Mode, TravelTimes, sites_around};
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Metres, PointIx, Position, Seconds, SiteIx};
use crate::placement::{Pair, Pairs, pairs_within};
use crate::spatial::sphere;

/// Pairs in a problem at most: with the search they take some 30 bytes each, and half a gigabyte must do.
const MOST_PAIRS: usize = 12_000_000;
/// Demand points looked at to foresee the number of pairs.
const SAMPLE: usize = 200;

/// Persons that points have at least when they are first joined; then twice as many, and so on.
const JOINED: u64 = 100;

/// The people of a request at as many points as its ways have room for: all of them, or joined in steps. Where even whole
/// communes are too many, [`Ways::pairs`] says so.
pub(super) fn fitting(atlas: &Atlas, request: &Request, people: People, places: &[Place]) -> People {
    let fits = |people: &People| Ways::new(atlas, request.reach, people, places).foresee(request.longest()).is_ok();
    if fits(&people) {
        return people;
    }
    let found = (0..8).map(|step| people.joined(JOINED << step)).find(fits);
    found.unwrap_or(people)
}

/// The people of a study and its places, and how to go from one to the other.
pub(super) struct Ways<'a> {
    reach: Reach,
    points: &'a [PointIx],
    /// Of all demand points, those of the people.
    asked: TiVec<PointIx, bool>,
    people: Vec<Position>,
    places: Vec<Position>,
    times: &'a dyn TravelTimes,
    sites: TiVec<SiteIx, access::Site>,
}

impl<'a> Ways<'a> {
    pub fn new(atlas: &'a Atlas, reach: Reach, people: &'a People, places: &[Place]) -> Self {
        let times = atlas.analysis().access.times();
        let demand = times.demand();
        let position = |&point: &PointIx| demand.points[point].position;
        let mut asked: TiVec<PointIx, bool> = vec![false; demand.points.len()].into();
        people.points.iter().for_each(|point| asked[*point] = true);
        Self {
            reach,
            points: &people.points,
            asked,
            // Cells have a place, and communes without one are not counted.
            people: people.points.iter().filter_map(position).collect(),
            places: places.iter().map(|place| place.position).collect(),
            times,
            sites: (0..).zip(places).map(|(rank, place)| site(atlas, SiteIx::new(rank), place)).collect(),
        }
    }

    /// The same, without the places that are farther from a demand point than one of these, by rank: they are there already, and
    /// nobody would go farther. Most ways are looked at no farther than half or a quarter of the longest.
    pub fn pairs_nearer_than(&self, standing: &[SiteIx], longest: u32) -> Result<Pairs, RequestError> {
        let Reach::Minutes { mode, .. } = self.reach else { return self.pairs(longest) };
        if standing.is_empty() {
            return self.pairs(longest);
        }
        let field = self.foresee(longest)?;
        let mut rows: Vec<Vec<Pair>> = vec![Vec::new(); self.points.len()];
        let nearest: Vec<u32> = self.nearest(standing).into_iter().map(|time| time.unwrap_or(longest)).collect();
        let mut from = 0;
        for limit in [longest / 4, longest / 2, longest] {
            let is_here = |time: u32| (from..=limit).contains(&time) || (limit == longest && time > longest);
            let here: Vec<bool> = nearest.iter().map(|&time| is_here(time)).collect();
            from = limit + 1;
            if here.contains(&true) {
                self.timed(mode, Seconds(limit), &here, &mut rows);
            }
        }
        let pairs = Pairs::from_rows(self.places.len(), rows);
        pairs.map_err(|error| RequestError::new(field, "", error.to_string()))
    }

    /// Every place within `longest` of every demand point; metres or seconds, as the reach has it.
    pub fn pairs(&self, longest: u32) -> Result<Pairs, RequestError> {
        let field = self.foresee(longest)?;
        let pairs = match self.reach {
            Reach::Radius { .. } => {
                let radius = Metres::new(f64::from(longest)).expect("a whole number is a length");
                pairs_within(&self.people, &self.places, radius)
            }
            Reach::Minutes { mode, .. } => {
                let mut rows = vec![Vec::new(); self.points.len()];
                self.timed(mode, Seconds(longest), &vec![true; self.points.len()], &mut rows);
                Pairs::from_rows(self.places.len(), rows)
            }
        };
        pairs.map_err(|error| RequestError::new(field, "", error.to_string()))
    }

    /// Pairs of some of the people at the travel times of the atlas, each in the row of its demand point. The least of the pairs of open places is the time that
    /// [`TravelTimes::nearest`] has for them: at home a place that stands counts those that stand, one that opens itself too.
    fn timed(&self, mode: Mode, limit: Seconds, whose: &[bool], rows: &mut [Vec<Pair>]) {
        let people = self.people.iter().zip(whose).filter_map(|(at, asked)| asked.then_some(*at));
        let near = sites_around(&self.sites.raw, people, limit);
        let mut asked: TiVec<PointIx, bool> = vec![false; self.asked.len()].into();
        self.points.iter().zip(whose).for_each(|(point, whose)| asked[*point] = *whose);
        let list = self.times.within_for(mode, &near, limit, Asked::these(&asked));
        let home = AtHome::of(self.times.demand(), &self.sites.raw);
        let mut own: HashMap<PointIx, Vec<&access::Site>> = HashMap::new();
        for site in &near {
            site.point.into_iter().for_each(|point| own.entry(point).or_default().push(site));
        }
        let row = |point: &PointIx| -> Vec<Pair> {
            let elsewhere = list.row(*point).iter().filter(|pair| self.sites[pair.site].point != Some(*point));
            let elsewhere = elsewhere.map(|pair| Pair { site: pair.site.get(), cost: pair.seconds });
            let at_home = own.get(point).into_iter().flatten().map(|site| {
                let places = home.standing(*point) + u32::from(site.standing == 0);
                Pair { site: site.ordinal.get(), cost: self.times.at_home(mode, *point, places).0 }
            });
            elsewhere.chain(at_home.filter(|pair| pair.cost <= limit.0)).collect()
        };
        for ((point, _), found) in self.points.iter().zip(whose).zip(rows).filter(|((_, whose), _)| **whose) {
            *found = row(point);
        }
    }

    /// Refuses what would not fit in memory, before it fills it.
    fn foresee(&self, longest: u32) -> Result<&'static str, RequestError> {
        let (field, metres) = match self.reach {
            Reach::Radius { .. } => ("radius_km", f64::from(longest)),
            Reach::Minutes { mode, .. } => ("minutes", Assumptions::default().farthest(mode, Seconds(longest)).value()),
        };
        if self.people.len() * self.places.len() <= MOST_PAIRS {
            return Ok(field);
        }
        let chord = sphere::chord(Metres::new(metres).expect("a reach is a positive number"));
        let places: Vec<[f64; 3]> = self.places.iter().map(|place| place.unit_vector()).collect();
        let step = self.people.len().div_ceil(SAMPLE);
        let sample: Vec<[f64; 3]> = self.people.iter().step_by(step).map(|at| at.unit_vector()).collect();
        let near = |from: &[f64; 3]| places.iter().filter(|to| sphere::chord2(*from, **to) <= chord * chord).count();
        let found: usize = sample.iter().map(near).sum();
        let foreseen = found * self.people.len() / sample.len();
        if foreseen <= MOST_PAIRS {
            return Ok(field);
        }
        let message = format!(
            "about {} million ways between people and places, more than {} million; expected a shorter reach or a \
             smaller territory",
            foreseen / 1_000_000,
            MOST_PAIRS / 1_000_000
        );
        Err(RequestError::new(field, "", message))
    }

    /// Seconds to the nearest of some places by the mode of the request, else by car; `None` when none can be reached.
    pub fn nearest(&self, ranks: &[SiteIx]) -> Vec<Option<u32>> {
        let mode = match self.reach {
            Reach::Radius { .. } => Mode::Car,
            Reach::Minutes { mode, .. } => mode,
        };
        let sites: Vec<access::Site> = ranks.iter().map(|&rank| self.sites[rank]).collect();
        let reaches = &self.times.nearest_for(&sites, Asked::these(&self.asked))[mode];
        self.points.iter().map(|&point| reaches[point].time().map(|time| time.0)).collect()
    }
}

/// A place as a site of the atlas. What stands at an unknown address of a commune stands for as many places as it has posts.
pub(super) fn site(atlas: &Atlas, rank: SiteIx, place: &Place) -> access::Site {
    let named = |commune: CommuneIx| (commune, atlas.communes()[commune].code);
    let site = match place.commune {
        // Venues of unknown commune are in the tables of the atlas as being in none.
        None if place.existing == 0 => atlas.site_at(rank, place.position),
        commune => access::Site::in_commune(rank, place.position, commune.map(named)),
    };
    match place.existing {
        0 => site.opening(),
        _ if !place.spread => site,
        posts => access::Site { standing: posts, ..site },
    }
}
