//! Travel times estimated from the great circle: distance × detour over a speed, over land where the great circle is not.
//! There for all of France; labelled as such.

mod rounds;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use typed_index_collections::TiVec;

use super::asked::Asked;
use super::assumptions::Assumptions;
use super::demand::{Demand, Site};
use super::home::AtHome;
use super::islands::Landmass;
use super::land::{End, Land, LandSearch, Link, Season, Start, Way};
use super::near_pairs::NearPairs;
use super::pairs::{Pair, PairList};
use super::parallel::in_pieces;
use super::reach::{ByMode, Mode, Nearest, Reach, Reaches};
use super::times::TravelTimes;
use crate::domain::{Metres, PointIx, Position, Seconds, SiteIx};
use crate::spatial::PlaceIndex;
use rounds::Rounds;

/// The index of demand points is made for searches of this size: half an hour by car.
const USUAL_RADIUS_M: f64 = 20_000.0;
/// Sites looked at straight on from one place before it is left to the ways round: an island among venues has them all
/// across water.
const MOST_BLOCKED: usize = 200;
/// Sites looked at so before the ways round are asked how far it is worth looking.
const FEW_BLOCKED: usize = 4;

/// Estimated travel times from fixed demand points.
#[derive(Debug, Clone)]
pub struct CrowFly {
    demand: Demand,
    assumptions: Assumptions,
    /// The demand points of each land, to be found from a site.
    points: BTreeMap<Landmass, NearPairs<PointIx>>,
    land: Arc<Land>,
    season: Season,
    /// By demand point: where it joins the graph of the land, once it was asked.
    links: TiVec<PointIx, OnceLock<Box<[Link]>>>,
    /// Milliseconds over land from the sites that stand, once somebody asked what others would change.
    standing: OnceLock<ByMode<Vec<u32>>>,
}

impl CrowFly {
    /// Estimates from these points, on these assumptions, straight on wherever there is one land.
    #[must_use]
    pub fn new(demand: Demand, assumptions: Assumptions) -> Self {
        let mut lands: BTreeMap<Landmass, Vec<(PointIx, Position)>> = BTreeMap::new();
        for (ordinal, point) in demand.points.iter_enumerated() {
            if let Some(position) = point.position {
                lands.entry(point.landmass).or_default().push((ordinal, position));
            }
        }
        let radius = Metres::new(USUAL_RADIUS_M).expect("a constant");
        let points = lands.into_iter().map(|(land, points)| (land, NearPairs::new(points, radius))).collect();
        let links = demand.points.iter().map(|_| OnceLock::new()).collect();
        Self {
            demand,
            assumptions,
            points,
            land: Arc::default(),
            season: Season::default(),
            links,
            standing: OnceLock::new(),
        }
    }

    /// The same over a land that is known, in a season.
    #[must_use]
    pub fn over(self, land: Arc<Land>, season: Season) -> Self {
        let links = self.demand.points.iter().map(|_| OnceLock::new()).collect();
        Self { land, season, links, standing: OnceLock::new(), ..self }
    }

    /// How people travel from demand points to the sites where the searches begin.
    fn way(&self, mode: Mode) -> Way {
        Way::new(&self.assumptions, mode, self.season, End::Venues)
    }

    /// Where a demand point joins the graph of the land.
    fn links_of(&self, ordinal: PointIx) -> &[Link] {
        let point = &self.demand.points[ordinal];
        let attach =
            || point.position.map(|at| self.land.attach(at, point.landmass)).unwrap_or_default().into_boxed_slice();
        self.links[ordinal].get_or_init(attach)
    }

    /// Adds the demand points around the landings of a search from a site to those that lie across something.
    fn beyond(
        &self,
        search: &LandSearch,
        site: &Site,
        (mode, limit_ms): (Mode, u32),
        asked: Asked<'_>,
        blocked: &mut Vec<PointIx>,
    ) {
        let seen = blocked.len();
        for (node, ms) in search.landings() {
            let (position, landmass) = self.land.place(node);
            let left = self.assumptions.farthest(mode, Seconds(limit_ms.saturating_sub(ms) / 1000 + 1));
            let Some(points) = self.points.get(&landmass) else { continue };
            points.within(position, left, |near| blocked.extend(asked.holds(near.ordinal).then_some(near.ordinal)));
        }
        if blocked.len() > seen {
            blocked.sort_unstable();
            blocked.dedup();
            let straight = |point: &PointIx| {
                let from = &self.demand.points[*point];
                from.landmass == site.landmass
                    && from.position.is_some_and(|at| self.land.clear(site.landmass, at, site.position))
            };
            blocked.retain(|point| Some(*point) != site.point && !straight(point));
        }
    }

    /// The time to a site over land, `found` by a search from sites.
    fn time_round(&self, mode: Mode, ordinal: PointIx, search: &LandSearch) -> Option<Nearest> {
        let found = search.from(self.links_of(ordinal), &self.way(mode))?;
        let point = &self.demand.points[ordinal];
        let distance = point.distance_elsewhere(Metres::new(found.metres)?);
        let time = self.assumptions.time(mode, point, distance).0;
        let time = Seconds(time.saturating_add(found.crossing_s + found.afoot_s));
        Some(Nearest { time, site: SiteIx::new(found.name) })
    }

    /// The nearest site straight on, and whether a nearer one lies across something.
    fn straight(
        &self,
        ordinal: PointIx,
        own: &AtHome,
        indexes: &BTreeMap<Landmass, Sites>,
        asked: Asked<'_>,
    ) -> Straight {
        let point = &self.demand.points[ordinal];
        if point.position.is_none() || !asked.holds(ordinal) {
            return Straight::Nowhere;
        }
        // At home is never farther than elsewhere.
        if let Some((places, site)) = own.places(ordinal) {
            return Straight::Found { site, distance: point.distance_at_home(places), blocked: false };
        }
        let few = self.first_clear(ordinal, indexes, FEW_BLOCKED, |_| true);
        few.unwrap_or(if self.land.is_empty() { Straight::Blocked } else { Straight::Many })
    }

    /// The same among so many of the nearest, as long as they are `worth` it; `None` when there are more.
    fn first_clear(
        &self,
        ordinal: PointIx,
        indexes: &BTreeMap<Landmass, Sites>,
        most: usize,
        worth: impl Fn(Metres) -> bool,
    ) -> Option<Straight> {
        let point = &self.demand.points[ordinal];
        let (Some(position), Some(sites)) = (point.position, indexes.get(&point.landmass)) else {
            return Some(Straight::Blocked);
        };
        let mut blocked = false;
        let mut nearest = sites.index.nearest(position);
        for nearest in nearest.by_ref().take(most) {
            let crow = nearest.great_circle();
            if !worth(point.distance_elsewhere(crow)) {
                return Some(Straight::Blocked);
            }
            if self.land.clear(point.landmass, position, sites.position(nearest.ordinal)) {
                let blocked = blocked || self.land.crossing_within(point.landmass, position, crow);
                let distance = point.distance_elsewhere(crow);
                return Some(Straight::Found { site: nearest.ordinal, distance, blocked });
            }
            blocked = true;
        }
        nearest.next().is_none().then_some(Straight::Blocked)
    }

    /// How one gets from a demand point to the nearest site, straight on or round what is in between.
    fn reach(
        &self,
        ordinal: PointIx,
        way: Straight,
        indexes: &BTreeMap<Landmass, Sites>,
        rounds: Option<&Rounds<'_>>,
    ) -> ByMode<Reach> {
        let point = &self.demand.points[ordinal];
        let goes_round = way.goes_round();
        let round = ByMode::of(|mode| {
            let rounds = rounds.filter(|_| goes_round)?;
            self.round(rounds, mode, ordinal)
        });
        let time = |mode: Mode, distance: Metres| self.assumptions.time(mode, point, distance);
        let way = match way {
            // What takes longer than the way round by every mode is not looked at.
            Straight::Many => {
                let worth = |distance: Metres| {
                    Mode::ALL.into_iter().any(|mode| round[mode].is_none_or(|round| time(mode, distance) <= round.time))
                };
                self.first_clear(ordinal, indexes, MOST_BLOCKED, worth).unwrap_or(Straight::Blocked)
            }
            known => known,
        };
        ByMode::of(|mode| match way {
            Straight::Nowhere => Reach::Unknown,
            Straight::Blocked | Straight::Many => round[mode].map_or(Reach::Unreachable, Reach::Reached),
            Straight::Found { site, distance, .. } => {
                let straight = Nearest { time: time(mode, distance), site };
                Reach::Reached(round[mode].map_or(straight, |round| straight.min(round)))
            }
        })
    }
}

/// What straight ways say of a demand point.
#[derive(Clone, Copy)]
enum Straight {
    /// Nobody asked, or nobody knows where it is.
    Nowhere,
    /// Every site lies across something, or on another land.
    Blocked,
    /// The first few lie across something; perhaps not all.
    Many,
    /// The nearest that one can go to straight on.
    Found { site: SiteIx, distance: Metres, blocked: bool },
}

impl Straight {
    /// Whether a way round may be needed.
    fn goes_round(&self) -> bool {
        matches!(self, Self::Blocked | Self::Many | Self::Found { blocked: true, .. })
    }
}

/// The sites of one land.
struct Sites {
    index: PlaceIndex<SiteIx>,
    /// By ordinal.
    positions: BTreeMap<SiteIx, Position>,
}

impl Sites {
    fn position(&self, ordinal: SiteIx) -> Position {
        self.positions[&ordinal]
    }
}

impl TravelTimes for CrowFly {
    fn label(&self) -> String {
        let Assumptions { detour, walk_kmh, bicycle_kmh, car_kmh, dense_car_kmh, dense_km, relief, relief_km } =
            self.assumptions;
        let over_land = if self.land.is_empty() {
            ""
        } else {
            ", sans traverser l’eau ni les crêtes ailleurs que par un pont, un tunnel, un col ou un bac connu"
        };
        format!(
            "temps estimés : distance à vol d’oiseau × {detour}, à {walk_kmh} km/h à pied, {bicycle_kmh} km/h à vélo, \
             {car_kmh} km/h en voiture ({dense_car_kmh} km/h sur les {dense_km} premiers kilomètres au départ des communes \
             denses, {relief} fois plus de temps sur les {relief_km} premiers au départ des communes de montagne){over_land}"
        )
        .replace('.', ",")
    }

    fn demand(&self) -> &Demand {
        &self.demand
    }

    fn at_home(&self, mode: Mode, point: PointIx, places: u32) -> Seconds {
        let from = &self.demand.points[point];
        self.assumptions.time(mode, from, from.distance_at_home(places))
    }

    fn fastest_m_per_s(&self, mode: Mode) -> f64 {
        let pace = self.assumptions.pace(mode);
        1.0 / self.land.fastest_crossing(mode, pace).map_or(pace, |crossing| crossing.min(pace))
    }

    fn prepare(&self, standing: &[Site]) {
        if !self.land.is_empty() {
            self.times_of_standing(standing);
        }
    }

    fn nearest_for(&self, sites: &[Site], asked: Asked<'_>) -> ByMode<Reaches> {
        // The great circle orders sites alike for every mode, so one search answers for all.
        let mut lands: BTreeMap<Landmass, BTreeMap<SiteIx, Position>> = BTreeMap::new();
        for site in sites {
            lands.entry(site.landmass).or_default().insert(site.ordinal, site.position);
        }
        // Not `BatchNearest`: its map pays for itself after a million searches only.
        let of = |positions: BTreeMap<SiteIx, Position>| Sites {
            index: PlaceIndex::new(positions.iter().map(|(ordinal, position)| (*ordinal, *position))),
            positions,
        };
        let indexes: BTreeMap<Landmass, Sites> = lands.into_iter().map(|(land, sites)| (land, of(sites))).collect();
        let own = AtHome::of(&self.demand, sites);
        let count = self.demand.points.len();
        let pieces = in_pieces(count, |piece| {
            piece.map(|rank| self.straight(rank.into(), &own, &indexes, asked)).collect::<Vec<_>>()
        });
        let straight: TiVec<PointIx, Straight> = pieces.into_iter().flatten().collect();
        // Only when somebody needs them: most changes of venues touch no coast.
        let needed = !self.land.is_empty() && straight.iter().any(Straight::goes_round);
        let rounds = needed.then(|| self.rounds(sites, &straight, asked));
        let reach = |ordinal: PointIx| self.reach(ordinal, straight[ordinal], &indexes, rounds.as_ref());
        let pieces = in_pieces(count, |piece| piece.map(|rank| reach(rank.into())).collect::<Vec<_>>());
        let reaches: Vec<ByMode<Reach>> = pieces.into_iter().flatten().collect();
        ByMode::of(|mode| {
            let mut reaches: Reaches = reaches.iter().map(|reach| reach[mode]).collect();
            self.demand.parts.summarise(&mut reaches);
            reaches
        })
    }

    fn within_for(&self, mode: Mode, sites: &[Site], limit: Seconds, asked: Asked<'_>) -> PairList {
        // From sites to demand points: one index serves every question, and a single added site costs a single search.
        let radius = self.assumptions.farthest(mode, limit);
        let limit_ms = limit.0.saturating_mul(1000).saturating_add(500);
        let way = self.way(mode);
        let mut sites = sites.to_vec();
        sites.sort_by_key(|site| site.ordinal);
        let hits_of = |sites: &[Site]| {
            let mut hits = Vec::new();
            let mut search = LandSearch::new(self.land.nodes());
            let mut blocked = Vec::new();
            for site in sites {
                let mut hit = |point: PointIx, time: Seconds| {
                    if time <= limit {
                        hits.push((point, Pair { site: site.ordinal, seconds: time.0 }));
                    }
                };
                if let Some(own) = site.point {
                    let from = &self.demand.points[own];
                    if from.position.is_some() && asked.holds(own) {
                        hit(own, self.assumptions.time(mode, from, from.distance_at_home(from.own_sites)));
                    }
                }
                blocked.clear();
                if let Some(points) = self.points.get(&site.landmass) {
                    points.within(site.position, radius, |near| {
                        if site.point == Some(near.ordinal) || !asked.holds(near.ordinal) {
                            return;
                        }
                        let from = &self.demand.points[near.ordinal];
                        let straight =
                            from.position.is_some_and(|at| self.land.clear(site.landmass, at, site.position));
                        if straight {
                            let distance = from.distance_elsewhere(near.great_circle());
                            hit(near.ordinal, self.assumptions.time(mode, from, distance));
                        } else {
                            blocked.push(near.ordinal);
                        }
                    });
                }
                if blocked.is_empty() && !self.land.crossing_within(site.landmass, site.position, radius) {
                    continue;
                }
                let links = self.land.attach(site.position, site.landmass);
                let starts = links.into_iter().map(|link| Start { link, name: site.ordinal.get() });
                search.run(&self.land, &way, starts, limit_ms);
                self.beyond(&search, site, (mode, limit_ms), asked, &mut blocked);
                for point in &blocked {
                    if let Some(nearest) = self.time_round(mode, *point, &search) {
                        hit(*point, nearest.time);
                    }
                }
            }
            hits
        };
        let hits = in_pieces(sites.len(), |piece| hits_of(&sites[piece]));
        PairList::gather(self.demand.points.len(), &hits)
    }
}
