//! The graph of the land: communes, the ends of crossings and waypoints along the coast, each linked straight on to some around it.

use std::collections::{BTreeMap, HashSet};

use geo::MultiPolygon;

use super::barrier::{Barrier, BarrierKind, Piece, Sides};
use super::chart::Chart;
use super::crossing::Crossing;
use super::ends::land_at;
use crate::access::islands::Landmass;
use crate::access::near_pairs::NearPairs;
use crate::access::reach::Mode;
use crate::domain::{Commune, CommuneCode, Metres, Position};
use crate::spatial::PlaceIndex;

/// Shares of the communes of a land that have a contour for its chart to be believed.
const CHARTED: f64 = 0.9;
/// Radii in which a place looks for places to be linked to, in metres: the next one when too few sectors answer.
const RADII_M: [f64; 4] = [8_000.0, 16_000.0, 32_000.0, 64_000.0];
/// Sectors around a place, and links in each: the same in every direction, whatever lies nearest.
const SECTORS: usize = 6;
const LINKS: usize = 2;
/// Places looked at in a sector: across water none of them will do.
const TRIES: usize = 6;
/// Nobody walks farther, as the crow flies, from a boat that took no vehicle.
const WALKED_M: f64 = 25_000.0;
/// Sectors that must answer before nobody looks farther.
const ENOUGH: usize = 3;

/// What is known of ways across water and crests.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LandFacts {
    /// Bridges, tunnels, ferries, passes, roads.
    pub crossings: Vec<Crossing>,
    /// What no straight way crosses.
    pub barriers: Vec<Barrier>,
}

impl LandFacts {
    /// The first barrier that is none: its two groups of communes share no border, as where contours end at the water, so that
    /// nothing would be in the way. Looked at are those whose communes all have a contour here.
    #[must_use]
    pub fn without_border<'a>(
        &self,
        communes: &[Commune],
        contour: impl Fn(CommuneCode) -> Option<&'a MultiPolygon>,
    ) -> Option<&Barrier> {
        let drawn = communes.iter().filter(|commune| contour(commune.code).is_some());
        let drawn: HashSet<&str> = drawn.map(|commune| commune.code.as_str()).collect();
        let is_here = |barrier: &&Barrier| {
            barrier.line.is_empty() && barrier.sides.iter().flatten().all(|code| drawn.contains(code.as_str()))
        };
        let sides = Sides::new(communes);
        self.barriers.iter().filter(is_here).find(|barrier| barrier.pieces(&sides, &contour).is_empty())
    }
}

/// A straight way to a place of the graph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The place.
    pub to: u32,
    /// Metres of great circle.
    pub metres: f64,
}

/// A place of the graph.
#[derive(Debug, Clone, Copy)]
struct Node {
    position: Position,
    landmass: Landmass,
    /// Nobody lives there and no crossing begins: it is there for ways round a bay.
    is_waypoint: bool,
}

/// The land: what can be gone straight on, and the ways round the rest. Built once, then only read.
#[derive(Debug, Clone, Default)]
pub struct Land {
    charts: BTreeMap<Landmass, Chart>,
    nodes: Vec<Node>,
    links: Vec<Vec<Link>>,
    /// By place: rank of the crossing that begins there, and the place where it ends.
    crossings_at: BTreeMap<u32, (u32, u32)>,
    /// By place: whether somebody may come to it on foot, having left a vehicle at a quay.
    walked: Vec<bool>,
    near: BTreeMap<Landmass, NearPairs<u32>>,
    /// The ends of crossings alone.
    ends: BTreeMap<Landmass, NearPairs<u32>>,
    /// The same in order of distance.
    nearest_ends: BTreeMap<Landmass, PlaceIndex<u32>>,
    /// Of the lands that crossings join, the smallest stands for all; the others stand for themselves.
    joined: BTreeMap<Landmass, Landmass>,
    crossings: Vec<Crossing>,
    /// [`Crossing::metres`] by rank: every question about what is near asks for all of them.
    crossing_metres: Vec<f64>,
}

/// The way from one place to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// Metres over land, along great circles from place to place, as people set out.
    pub metres: f64,
    /// Seconds on foot, from the boat that takes no vehicle on.
    pub afoot_s: u32,
    /// Seconds on crossings, waits included.
    pub crossing_s: u32,
    /// The crossings taken, by rank in [`LandFacts::crossings`], in order.
    pub crossings: Vec<u32>,
}

impl Land {
    /// Draws the land from contours and what is known of it.
    #[must_use]
    pub fn new<'a>(
        communes: &[Commune],
        contour: impl Fn(CommuneCode) -> Option<&'a MultiPolygon>,
        facts: &LandFacts,
    ) -> Self {
        let sides = Sides::new(communes);
        let drawn: Vec<(BarrierKind, Vec<Piece>)> =
            facts.barriers.iter().map(|barrier| (barrier.kind, barrier.pieces(&sides, &contour))).collect();
        let pieces: Vec<Piece> = drawn.iter().flat_map(|(_, pieces)| pieces).copied().collect();
        let mut contours: BTreeMap<Landmass, (usize, Vec<&MultiPolygon>)> = BTreeMap::new();
        for commune in communes {
            let (count, known) = contours.entry(Landmass::of(commune.code)).or_default();
            *count += 1;
            known.extend(contour(commune.code));
        }
        contours.retain(|_, (count, known)| known.len() as f64 >= *count as f64 * CHARTED);
        let charts: BTreeMap<Landmass, Chart> =
            contours.into_iter().map(|(land, (_, known))| (land, Chart::new(&known, &pieces))).collect();
        // Elsewhere the edge of a land is the sea.
        let crests: Vec<Piece> =
            drawn.into_iter().filter(|(kind, _)| *kind == BarrierKind::Crest).flat_map(|(_, pieces)| pieces).collect();
        let crests = |land: Landmass| if land == Landmass::MAIN { &crests[..] } else { &[] };
        let waypoints = charts.iter().flat_map(|(land, chart)| {
            chart.waypoints(crests(*land)).into_iter().map(|position| Node {
                position,
                landmass: *land,
                is_waypoint: true,
            })
        });
        let waypoints: Vec<Node> = waypoints.collect();
        let placed: Vec<&Commune> = communes.iter().filter(|commune| commune.point.is_some()).collect();
        let node = |commune: &&Commune| {
            Some(Node { position: commune.point?, landmass: Landmass::of(commune.code), is_waypoint: false })
        };
        let nodes: Vec<Node> = placed.iter().filter_map(node).collect();
        let crossing_metres = facts.crossings.iter().map(Crossing::metres).collect();
        let mut land = Self { charts, nodes, crossings: facts.crossings.clone(), crossing_metres, ..Self::default() };
        land.place_crossings(&placed, &contour);
        land.nodes.extend(waypoints);
        land.index();
        land.link();
        land
    }

    /// Gives both ends of every crossing a place, on the land of the commune that it is in, or nearest to.
    fn place_crossings<'a>(&mut self, placed: &[&Commune], contour: &impl Fn(CommuneCode) -> Option<&'a MultiPolygon>) {
        let index = PlaceIndex::new((0..).zip(self.nodes.iter().map(|node| node.position)));
        for (rank, crossing) in (0..).zip(&self.crossings) {
            let lands = [crossing.from, crossing.to].map(|end| land_at(end, placed, &index, contour));
            let [Some(first), Some(last)] = lands else { continue };
            let [from, to] = [(crossing.from, first), (crossing.to, last)].map(|(position, landmass)| {
                self.nodes.push(Node { position, landmass, is_waypoint: false });
                self.nodes.len() as u32 - 1
            });
            self.crossings_at.insert(from, (rank, to));
            self.crossings_at.insert(to, (rank, from));
        }
    }

    fn index(&mut self) {
        let mut lands: BTreeMap<Landmass, Vec<(u32, Position)>> = BTreeMap::new();
        for (rank, node) in (0..).zip(&self.nodes) {
            lands.entry(node.landmass).or_default().push((rank, node.position));
        }
        let radius = Metres::new(RADII_M[0]).expect("a constant");
        let of_ends = |nodes: &[(u32, Position)]| {
            let ends = nodes.iter().filter(|(rank, _)| self.crossings_at.contains_key(rank)).copied();
            NearPairs::new(ends.collect::<Vec<_>>(), radius)
        };
        let of_ends_in_order = |nodes: &[(u32, Position)]| {
            PlaceIndex::new(nodes.iter().filter(|(rank, _)| self.crossings_at.contains_key(rank)).copied())
        };
        self.nearest_ends = lands.iter().map(|(land, nodes)| (*land, of_ends_in_order(nodes))).collect();
        self.joined = joined(&self.nodes, &self.crossings_at);
        self.ends = lands.iter().map(|(land, nodes)| (*land, of_ends(nodes))).collect();
        self.near = lands.into_iter().map(|(land, nodes)| (land, NearPairs::new(nodes, radius))).collect();
        self.walked = vec![false; self.nodes.len()];
        let radius = Metres::new(WALKED_M).expect("a constant");
        for (end, (rank, _)) in &self.crossings_at {
            if self.crossings[*rank as usize].is_for_walkers() {
                let Node { position, landmass, .. } = self.nodes[*end as usize];
                let walked = &mut self.walked;
                self.near[&landmass].within(position, radius, |near| walked[near.ordinal as usize] = true);
            }
        }
    }

    fn link(&mut self) {
        let found = super::super::parallel::in_pieces(self.nodes.len(), |piece| {
            let links = |node: Node| self.links_from(node.position, node.landmass, node.is_waypoint);
            piece.map(|rank| links(self.nodes[rank])).collect::<Vec<_>>()
        });
        let mut links: Vec<Vec<Link>> = found.into_iter().flatten().collect();
        for from in 0..links.len() {
            for Link { to, metres } in links[from].clone() {
                let back = &mut links[to as usize];
                if to as usize != from && back.iter().all(|link| link.to as usize != from) {
                    back.push(Link { to: from as u32, metres });
                }
            }
        }
        self.links = links;
    }

    /// Whether one may go straight on between two places of one land.
    #[must_use]
    pub fn clear(&self, landmass: Landmass, from: Position, to: Position) -> bool {
        self.charts.get(&landmass).is_none_or(|chart| chart.clear(from, to))
    }

    /// The places that somebody can go to straight on: the nearest of every direction.
    #[must_use]
    pub fn attach(&self, at: Position, landmass: Landmass) -> Vec<Link> {
        self.links_from(at, landmass, false)
    }

    fn links_from(&self, at: Position, landmass: Landmass, from_waypoint: bool) -> Vec<Link> {
        let Some(near) = self.near.get(&landmass) else { return Vec::new() };
        let mut links = Vec::new();
        for radius in RADII_M {
            let mut around: Vec<(f64, u32)> = Vec::new();
            let radius = Metres::new(radius).expect("a constant");
            near.within(at, radius, |neighbour| around.push((neighbour.great_circle().value(), neighbour.ordinal)));
            around.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            // Waypoints take no room from towns.
            let mut found = [[(0, 0); SECTORS]; 2];
            links.clear();
            for (metres, to) in around {
                let Node { position, is_waypoint, .. } = self.nodes[to as usize];
                let (tries, taken) = &mut found[usize::from(is_waypoint)][sector(at, position)];
                if *tries < TRIES && *taken < LINKS {
                    *tries += 1;
                    let is_clear = match self.charts.get(&landmass) {
                        Some(chart) if is_waypoint || from_waypoint => chart.clear_along_shore(at, position),
                        chart => chart.is_none_or(|chart| chart.clear(at, position)),
                    };
                    if is_clear {
                        *taken += 1;
                        links.push(Link { to, metres });
                    }
                }
            }
            if found[0].iter().filter(|(_, taken)| *taken > 0).count() >= ENOUGH {
                break;
            }
        }
        links
    }

    /// Whether a crossing begins within some metres: over water one may be faster than on foot.
    #[must_use]
    pub fn crossing_within(&self, landmass: Landmass, at: Position, radius: Metres) -> bool {
        let mut found = false;
        if let Some(ends) = self.ends.get(&landmass) {
            ends.within(at, radius, |_| found = true);
        }
        found
    }

    /// The nearest end of a crossing on a land, as the crow flies.
    #[must_use]
    pub fn nearest_end(&self, landmass: Landmass, at: Position) -> Option<Metres> {
        Some(self.nearest_ends.get(&landmass)?.nearest(at).next()?.great_circle())
    }

    /// Seconds that a metre of great circle takes on the fastest crossing of a mode, open or not, to whom one over land takes
    /// `pace`.
    #[must_use]
    pub fn fastest_crossing(&self, mode: Mode, pace: f64) -> Option<f64> {
        // Whoever leaves the vehicle takes the boats of walkers too.
        let taken = |crossing: &Crossing| [mode, Mode::Walk].iter().any(|mode| crossing.modes[*mode as usize]);
        let used = self.crossings.iter().zip(&self.crossing_metres).filter(|(crossing, _)| taken(crossing));
        let paces = used.map(|(crossing, metres)| f64::from(crossing.seconds(mode, pace)) / metres.max(1.0));
        paces.min_by(f64::total_cmp)
    }

    /// Whether crossings may lead from one land to another: when not, nobody need look.
    #[must_use]
    pub fn may_join(&self, a: Landmass, b: Landmass) -> bool {
        let of = |land: Landmass| self.joined.get(&land).copied().unwrap_or(land);
        of(a) == of(b)
    }

    /// A place of the graph, and the land it stands on.
    pub(in crate::access) fn place(&self, node: u32) -> (Position, Landmass) {
        let node = self.nodes[node as usize];
        (node.position, node.landmass)
    }

    /// The links of a place of the graph.
    pub(super) fn links(&self, node: u32) -> &[Link] {
        &self.links[node as usize]
    }

    /// The crossing that begins at a place: its rank, where it ends, and what it is.
    pub(super) fn crossing(&self, node: u32) -> Option<(u32, u32, &Crossing)> {
        let (rank, to) = self.crossings_at.get(&node)?;
        Some((*rank, *to, &self.crossings[*rank as usize]))
    }

    /// Whether somebody who left a vehicle at a quay may come to a place on foot.
    pub(super) fn walked_to(&self, node: u32) -> bool {
        self.walked[node as usize]
    }

    /// Number of places of the graph.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// The crossings, by rank.
    #[must_use]
    pub fn crossings(&self) -> &[Crossing] {
        &self.crossings
    }

    /// Whether nothing is known of the land, so that every straight way will do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// Which lands crossings join, open or not.
fn joined(nodes: &[Node], crossings: &BTreeMap<u32, (u32, u32)>) -> BTreeMap<Landmass, Landmass> {
    let mut joined: BTreeMap<Landmass, Landmass> = nodes.iter().map(|node| (node.landmass, node.landmass)).collect();
    for (from, (_, to)) in crossings {
        let [a, b] = [from, to].map(|node| joined[&nodes[*node as usize].landmass]);
        let (first, other) = (a.min(b), a.max(b));
        joined.values_mut().filter(|land| **land == other).for_each(|land| *land = first);
    }
    joined
}

/// In which of the directions around a place another lies.
fn sector(from: Position, to: Position) -> usize {
    let east = (to.lon() - from.lon()) * from.lat().to_radians().cos();
    let turn = (to.lat() - from.lat()).atan2(east) / std::f64::consts::TAU + 0.5;
    ((turn * SECTORS as f64) as usize).min(SECTORS - 1)
}
