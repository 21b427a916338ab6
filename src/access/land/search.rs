//! The fastest ways over the graph of the land, from some places to all.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::crossing::Season;
use super::graph::{Land, Link, Route};
use crate::access::islands::Landmass;
use crate::access::reach::Mode;
use crate::domain::Position;

/// What is known of a place of the graph.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Label {
    /// Milliseconds from the nearest start.
    ms: u32,
    /// The caller's name of that start.
    name: u32,
    /// Metres of it over land.
    metres: f64,
    /// Seconds of it on crossings.
    crossing_s: u32,
    /// The place before, and the crossing from there.
    before: u32,
    crossing: u32,
}

const NONE: u32 = u32::MAX;
const FAR: Label = Label { ms: u32::MAX, name: NONE, metres: 0.0, crossing_s: 0, before: NONE, crossing: NONE };

/// Where a search begins: how to get from the start to a place of the graph, and what the caller calls the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Start {
    /// From the start to the place.
    pub link: Link,
    /// Its name.
    pub name: u32,
}

/// What [`LandSearch::from`] answers: the way from a place to the nearest start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Milliseconds, by which ways are compared.
    pub ms: u32,
    /// Name of the start.
    pub name: u32,
    /// Metres over land.
    pub metres: f64,
    /// Seconds on crossings.
    pub crossing_s: u32,
    /// The place of the graph by which it goes first.
    by: u32,
}

/// Room for searches over the graph of a land, cleared after each by what it touched.
#[derive(Debug, Clone)]
pub struct LandSearch {
    labels: Vec<Label>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(u32, u32, u32)>>,
}

impl LandSearch {
    /// Room for so many places.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { labels: vec![FAR; nodes], touched: Vec::new(), queue: BinaryHeap::new() }
    }

    /// Searches from all starts together, no farther than `limit` milliseconds. Of several equally near, the smallest name
    /// wins.
    pub fn run(&mut self, land: &Land, way: (Mode, Season, f64), starts: impl IntoIterator<Item = Start>, limit: u32) {
        self.search(land, way, starts, limit, &[]);
    }

    /// The same until nothing faster can come to one of the links of a place: [`LandSearch::from`] knows its way, and no other.
    pub fn run_to(
        &mut self,
        land: &Land,
        way: (Mode, Season, f64),
        starts: impl IntoIterator<Item = Start>,
        links: &[Link],
    ) {
        self.search(land, way, starts, u32::MAX, links);
    }

    fn search(
        &mut self,
        land: &Land,
        (mode, season, pace): (Mode, Season, f64),
        starts: impl IntoIterator<Item = Start>,
        limit: u32,
        goals: &[Link],
    ) {
        self.begin(pace, starts, limit);
        let mut found = u32::MAX;
        while let Some(Reverse((ms, name, node))) = self.queue.pop() {
            let here = self.labels[node as usize];
            if (here.ms, here.name) != (ms, name) {
                continue;
            }
            if ms > found {
                break;
            }
            for goal in goals.iter().filter(|goal| goal.to == node) {
                found = found.min(ms.saturating_add(millis(goal.metres, pace)));
            }
            self.go_on(land, (mode, season, pace), node, limit);
        }
    }

    /// Begins a search that [`LandSearch::advance`] carries on.
    pub(in crate::access) fn begin(&mut self, pace: f64, starts: impl IntoIterator<Item = Start>, limit: u32) {
        self.queue.clear();
        for node in self.touched.drain(..) {
            self.labels[node as usize] = FAR;
        }
        for Start { link, name } in starts {
            let label = Label { ms: millis(link.metres, pace), name, metres: link.metres, ..FAR };
            self.improve(link.to, label, limit);
        }
    }

    /// Carries a search on until every way that takes at most `until` milliseconds is known; false when there are no others.
    pub(in crate::access) fn advance(&mut self, land: &Land, way: (Mode, Season, f64), until: u32) -> bool {
        while let Some(Reverse((ms, name, node))) = self.queue.peek().copied() {
            if ms > until {
                return true;
            }
            self.queue.pop();
            let here = self.labels[node as usize];
            if (here.ms, here.name) == (ms, name) {
                self.go_on(land, way, node, u32::MAX);
            }
        }
        false
    }

    /// The lands that the search came to, each once.
    pub(in crate::access) fn lands(&self, land: &Land) -> std::collections::BTreeSet<Landmass> {
        self.touched.iter().map(|node| land.place(*node).1).collect()
    }

    fn go_on(&mut self, land: &Land, way: (Mode, Season, f64), node: u32, limit: u32) {
        let pace = way.2;
        let here = self.labels[node as usize];
        for link in land.links(node) {
            let metres = here.metres + link.metres;
            let ms = here.ms.saturating_add(millis(link.metres, pace));
            self.improve(link.to, Label { ms, metres, before: node, crossing: NONE, ..here }, limit);
        }
        if let Some((crossing, to, seconds)) = land.crossing(node, way) {
            let ms = here.ms.saturating_add(seconds.saturating_mul(1000));
            let crossing_s = here.crossing_s + seconds;
            self.improve(to, Label { ms, crossing_s, before: node, crossing, ..here }, limit);
        }
    }

    fn improve(&mut self, node: u32, label: Label, limit: u32) {
        let old = self.labels[node as usize];
        if (label.ms, label.name) < (old.ms, old.name) && label.ms <= limit && label.ms != FAR.ms {
            if old.ms == FAR.ms {
                self.touched.push(node);
            }
            self.labels[node as usize] = label;
            self.queue.push(Reverse((label.ms, label.name, node)));
        }
    }

    /// The way from a place, by the fastest of its links, to the nearest start; `None` when there is none.
    #[must_use]
    pub fn from(&self, links: &[Link], pace: f64) -> Option<Found> {
        let by = |link: &Link| {
            let label = self.labels[link.to as usize];
            (label.ms != FAR.ms).then(|| Found {
                ms: label.ms.saturating_add(millis(link.metres, pace)),
                name: label.name,
                metres: label.metres + link.metres,
                crossing_s: label.crossing_s,
                by: link.to,
            })
        };
        links.iter().filter_map(by).min_by_key(|found| (found.ms, found.name))
    }

    /// Where the last search came off a crossing: the place, and the milliseconds to it.
    pub(in crate::access) fn landings(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let landing = |node: &u32| {
            let label = self.labels[*node as usize];
            (label.crossing != NONE).then_some((*node, label.ms))
        };
        self.touched.iter().filter_map(landing)
    }

    /// The same, with the crossings on the way from the start.
    #[must_use]
    pub fn route(&self, land: &Land, links: &[Link], pace: f64) -> Option<Route> {
        let found = self.from(links, pace)?;
        let mut route = Route { metres: found.metres, crossing_s: found.crossing_s, crossings: Vec::new() };
        let mut node = found.by;
        while node != NONE {
            let label = self.labels[node as usize];
            if (label.crossing as usize) < land.crossings().len() {
                route.crossings.push(label.crossing);
            }
            node = label.before;
        }
        // Told from the place back to the start: in the order in which one sets out, it is the other way round.
        route.crossings.reverse();
        Some(route)
    }
}

impl Land {
    /// [`Land::round`] in the room of another search, for many.
    #[must_use]
    pub fn round_in(
        &self,
        search: &mut LandSearch,
        way: (Mode, Season, f64),
        from: (Position, Landmass),
        to: (Position, Landmass),
    ) -> Option<Route> {
        let links = self.attach(to.0, to.1);
        let starts = self.attach(from.0, from.1).into_iter().map(|link| Start { link, name: 0 });
        search.run_to(self, way, starts, &links);
        search.route(self, &links, way.2)
    }

    /// The fastest way round, when straight on will not do; `None` when we know of none. `pace` is the seconds that a metre
    /// takes.
    #[must_use]
    pub fn round(
        &self,
        mode: Mode,
        season: Season,
        pace: f64,
        from: (Position, Landmass),
        to: (Position, Landmass),
    ) -> Option<Route> {
        self.round_in(&mut LandSearch::new(self.nodes()), (mode, season, pace), from, to)
    }
}

fn millis(metres: f64, pace: f64) -> u32 {
    (metres * pace * 1000.0).round() as u32
}
