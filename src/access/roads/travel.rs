//! Travel times on a road network, from fixed demand points to any sites.

use std::collections::BTreeSet;
use std::sync::Arc;

use typed_index_collections::TiVec;

use super::graph::RoadNetwork;
use super::outward::RoadsOutward;
use super::search::{Search, Source};
use super::snap::{self, Snap, Snapper};
use crate::access::asked::Asked;
use crate::access::assumptions::Assumptions;
use crate::access::demand::{Demand, Site};
use crate::access::home::AtHome;
use crate::access::pairs::{Pair, PairList};
use crate::access::parallel::in_pieces;
use crate::access::reach::{ByMode, Mode, Nearest, Reach, Reaches};
use crate::access::times::TravelTimes;
use crate::domain::{Metres, PointIx, Position, Seconds, SiteIx};

/// Travel times on a road network.
///
/// A demand point and a site join the network at their nearest node; a place more than a kilometre from any road is
/// unreachable, never at distance 0. How far residents are from their own centre is not on any map of roads: within a demand
/// point, and as the least time out of it, the estimate of [`Assumptions`] holds, as in [`super::super::CrowFly`].
#[derive(Debug, Clone)]
pub struct RoadTimes {
    network: Arc<RoadNetwork>,
    snapper: Snapper,
    demand: Demand,
    assumptions: Assumptions,
    /// By mode: where each demand point joins.
    snaps: ByMode<TiVec<PointIx, Option<Snap>>>,
    /// By mode: demand points sorted by the node they join.
    by_node: ByMode<Vec<(u32, PointIx)>>,
    /// By mode: seconds that a metre takes on the fastest road.
    fastest: ByMode<f64>,
    /// Name and date of the map.
    source: String,
}

impl RoadTimes {
    /// Joins the demand points to a network. `source` names the map and its date.
    #[must_use]
    pub fn new(network: Arc<RoadNetwork>, demand: Demand, assumptions: Assumptions, source: String) -> Self {
        let snapper = Snapper::new(&network);
        let snaps = ByMode::of(|mode| {
            let snap = |point: &crate::access::DemandPoint| snapper.snap(mode, point.position?);
            demand.points.iter().map(snap).collect::<TiVec<PointIx, _>>()
        });
        let by_node = snaps.each_ref().map(|snaps| {
            let nodes = snaps.iter_enumerated().filter_map(|(point, snap)| Some(((*snap)?.node, point)));
            let mut nodes: Vec<(u32, PointIx)> = nodes.collect();
            nodes.sort_unstable();
            nodes
        });
        let fastest = ByMode::of(|mode| network.fastest(mode));
        Self { network, snapper, demand, assumptions, snaps, by_node, fastest, source }
    }

    /// Demand points that join the network, by mode: the rest cannot be reached.
    #[must_use]
    pub fn joined(&self) -> ByMode<usize> {
        self.by_node.each_ref().map(Vec::len)
    }

    /// Whether a demand point joins the network.
    #[must_use]
    pub fn joins(&self, mode: Mode, point: PointIx) -> bool {
        self.snaps[mode][point].is_some()
    }

    /// The time by road from each place to another, in both lists' order; `None` where one of them joins no road, or no road
    /// leads.
    #[must_use]
    pub fn between(&self, mode: Mode, ways: &[(Position, Position)]) -> Vec<Option<Seconds>> {
        let mut search = Search::new(self.network.nodes());
        let between = |(from, to): &(Position, Position)| {
            let (from, to) = (self.snapper.snap(mode, *from)?, self.snapper.snap(mode, *to)?);
            let source = Source { node: to.node, ms: to.ms, name: 0 };
            search.run_to(self.network.reversed(mode), &[source], from.node);
            let (ms, _) = search.at(from.node)?;
            Some(Seconds(ms.saturating_add(from.ms).saturating_add(500) / 1000))
        };
        ways.iter().map(between).collect()
    }

    /// Ways by road out of a place, found as far as they are asked for; `None` when it joins no road.
    #[must_use]
    pub fn outward(&self, mode: Mode, from: Position) -> Option<RoadsOutward<'_>> {
        Some(RoadsOutward::new(self.network.graph(mode), &self.snapper, mode, self.snapper.snap(mode, from)?))
    }

    /// Pieces of the ways of a mode around a place, each once, those that begin nearest first; about so many at most.
    #[must_use]
    pub fn pieces(&self, mode: Mode, place: Position, within: Metres, most: usize) -> Vec<[Position; 2]> {
        let (graph, mut seen) = (self.network.graph(mode), BTreeSet::new());
        for node in self.snapper.around(mode, place, within) {
            if seen.len() >= most {
                break;
            }
            seen.extend(graph.from(node).iter().map(|arc| [node.min(arc.to), node.max(arc.to)]));
        }
        seen.into_iter().map(|ends| ends.map(|node| self.network.position(node))).collect()
    }

    /// Seconds that a metre of great circle takes on the fastest road of a mode.
    #[must_use]
    pub fn fastest(&self, mode: Mode) -> f64 {
        self.fastest[mode]
    }

    /// Whether a road of the network comes near a site.
    #[must_use]
    pub fn reaches(&self, mode: Mode, site: &Site) -> bool {
        self.snapper.snap(mode, site.position).is_some()
    }

    /// The time to a site, given the milliseconds on the way; `sites` is how many share the demand point with it.
    fn time(&self, mode: Mode, point: PointIx, on_the_way: Option<u32>, own: Option<u32>) -> Option<Seconds> {
        match own {
            Some(places) => Some(self.at_home(mode, point, places)),
            None => on_the_way.map(|ms| self.at_home(mode, point, 1).max(Seconds(ms.saturating_add(500) / 1000))),
        }
    }

    fn nearest_by(&self, mode: Mode, sites: &[Site], asked: Asked<'_>) -> Reaches {
        let own = AtHome::of(&self.demand, sites);
        let source = |site: &Site| {
            let Snap { node, ms } = self.snapper.snap(mode, site.position)?;
            Some(Source { node, ms, name: site.ordinal.get() })
        };
        let sources: Vec<Source> = sites.iter().filter_map(source).collect();
        let mut search = Search::new(self.network.nodes());
        search.run(self.network.reversed(mode), &sources, u32::MAX - 1);
        let reach = |point: PointIx| {
            let from = &self.demand.points[point];
            if from.position.is_none() || !asked.holds(point) {
                return Reach::Unknown;
            }
            let by_road = self.snaps[mode][point].and_then(|snap| {
                let (ms, site) = search.at(snap.node)?;
                Some((ms.saturating_add(snap.ms), SiteIx::new(site)))
            });
            let home = own.places(point);
            let Some(site) = home.map(|(_, site)| site).or(by_road.map(|(_, site)| site)) else {
                return Reach::Unreachable;
            };
            let time = self.time(mode, point, by_road.map(|(ms, _)| ms), home.map(|(places, _)| places));
            time.map_or(Reach::Unreachable, |time| Reach::Reached(Nearest { time, site }))
        };
        let mut reaches: Reaches = self.demand.points.keys().map(reach).collect();
        self.demand.parts.summarise(&mut reaches);
        reaches
    }
}

impl TravelTimes for RoadTimes {
    fn label(&self) -> String {
        format!("temps sur le réseau routier ({}), sans trafic ni attente", self.source)
    }

    fn demand(&self) -> &Demand {
        &self.demand
    }

    fn at_home(&self, mode: Mode, point: PointIx, places: u32) -> Seconds {
        let from = &self.demand.points[point];
        self.assumptions.time(mode, from, from.distance_at_home(places))
    }

    fn fastest_m_per_s(&self, mode: Mode) -> f64 {
        // Between a place and its road one walks.
        1.0 / self.fastest[mode].min(snap::PACE)
    }

    fn nearest_for(&self, sites: &[Site], asked: Asked<'_>) -> ByMode<Reaches> {
        ByMode::of(|mode| self.nearest_by(mode, sites, asked))
    }

    fn within_for(&self, mode: Mode, sites: &[Site], limit: Seconds, asked: Asked<'_>) -> PairList {
        let mut sites = sites.to_vec();
        sites.sort_by_key(|site| site.ordinal);
        // Half a second more: times are rounded to the nearest second.
        let limit_ms = limit.0.saturating_mul(1000).saturating_add(500);
        let hits_of = |sites: &[Site]| {
            let mut search = Search::new(self.network.nodes());
            let mut hits = Vec::new();
            for site in sites {
                let mut hit = |point: PointIx, on_the_way, own| {
                    let time = self.time(mode, point, on_the_way, own);
                    if let Some(time) = time.filter(|time| *time <= limit) {
                        hits.push((point, Pair { site: site.ordinal, seconds: time.0 }));
                    }
                };
                let home = site.point.filter(|point| self.demand.points[*point].position.is_some());
                if let Some(point) = home.filter(|point| asked.holds(*point)) {
                    hit(point, None, Some(self.demand.points[point].own_sites));
                }
                let Some(Snap { node, ms }) = self.snapper.snap(mode, site.position) else { continue };
                search.run(self.network.reversed(mode), &[Source { node, ms, name: site.ordinal.get() }], limit_ms);
                for node in search.reached() {
                    let points = &self.by_node[mode];
                    let first = points.partition_point(|(other, _)| other < node);
                    for (_, point) in points[first..].iter().take_while(|(other, _)| other == node) {
                        let snap = self.snaps[mode][*point];
                        let way = search.at(*node).zip(snap).map(|((ms, _), snap)| ms.saturating_add(snap.ms));
                        if Some(*point) != home && asked.holds(*point) {
                            hit(*point, way, None);
                        }
                    }
                }
            }
            hits
        };
        let hits = in_pieces(sites.len(), |piece| hits_of(&sites[piece]));
        PairList::gather(self.demand.points.len(), &hits)
    }
}
