//! The fastest ways over the graph of the land, from some places to all.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::crossing::Season;
use super::graph::{Land, Link, Route};
use crate::access::assumptions::Assumptions;
use crate::access::islands::Landmass;
use crate::access::reach::Mode;
use crate::domain::Position;

/// At which end of a way a search begins: a vehicle stands where its owner sets out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where people set out.
    People,
    /// Where they go to.
    Venues,
}

/// Who travels over land, when, and from which end the search looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// How they set out.
    pub mode: Mode,
    /// In which season.
    pub season: Season,
    /// Seconds that a metre takes.
    pub pace: f64,
    /// The same on foot: whoever takes a boat for walkers leaves the vehicle at the quay.
    pub afoot: f64,
    /// Where the search begins.
    pub begins_at: End,
}

impl Way {
    /// A way on these assumptions.
    #[must_use]
    pub fn new(assumptions: &Assumptions, mode: Mode, season: Season, begins_at: End) -> Self {
        let [pace, afoot] = [mode, Mode::Walk].map(|mode| assumptions.pace(mode));
        Self { mode, season, pace, afoot, begins_at }
    }

    fn pace_of(&self, stand: Stand) -> f64 {
        match stand {
            Stand::Setting => self.pace,
            Stand::Afoot => self.afoot,
        }
    }
}

/// How somebody stands at a place of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// As they set out: with the vehicle, if they have one.
    Setting,
    /// On foot, the vehicle left behind at a quay.
    Afoot,
}

/// What is known of a place of the graph, and a way of standing there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Label {
    /// Milliseconds from the nearest start.
    ms: u32,
    /// The caller's name of that start.
    name: u32,
    /// Metres of it over land, as they set out.
    metres: f64,
    /// Metres of it on foot after a vehicle.
    afoot_m: f64,
    /// Seconds of it on crossings.
    crossing_s: u32,
    /// The state before, and the crossing from there.
    before: u32,
    crossing: u32,
}

const NONE: u32 = u32::MAX;
const FAR: Label =
    Label { ms: u32::MAX, name: NONE, metres: 0.0, afoot_m: 0.0, crossing_s: 0, before: NONE, crossing: NONE };

impl Label {
    /// So many metres farther.
    fn and(self, metres: f64, stand: Stand, pace: f64) -> Self {
        let ms = self.ms.saturating_add(millis(metres, pace));
        match stand {
            Stand::Setting => Self { ms, metres: self.metres + metres, ..self },
            Stand::Afoot => Self { ms, afoot_m: self.afoot_m + metres, ..self },
        }
    }
}

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
    /// Metres over land, as they set out.
    pub metres: f64,
    /// Seconds on foot, from the boat that takes no vehicle on.
    pub afoot_s: u32,
    /// Seconds on crossings.
    pub crossing_s: u32,
    /// The state of the search by which it goes first.
    by: u32,
}

/// How far a search looks.
#[derive(Debug, Clone, Copy)]
enum Limit<'a> {
    /// So many milliseconds, everywhere.
    Same(u32),
    /// By state, only as long as it is faster than this.
    Faster(&'a [u32]),
}

impl Limit<'_> {
    fn holds(self, state: u32, ms: u32) -> bool {
        match self {
            Self::Same(limit) => ms <= limit,
            Self::Faster(known) => ms < known[state as usize],
        }
    }
}

/// Room for searches over the graph of a land, cleared after each by what it touched.
#[derive(Debug, Clone)]
pub struct LandSearch {
    /// By state: the places of the graph as people set out, then the same places on foot.
    labels: Vec<Label>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(u32, u32, u32)>>,
}

impl LandSearch {
    /// Room for so many places.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { labels: vec![FAR; 2 * nodes], touched: Vec::new(), queue: BinaryHeap::new() }
    }

    fn state(&self, node: u32, stand: Stand) -> u32 {
        match stand {
            Stand::Setting => node,
            Stand::Afoot => node + (self.labels.len() / 2) as u32,
        }
    }

    fn place(&self, state: u32) -> (u32, Stand) {
        let nodes = (self.labels.len() / 2) as u32;
        if state < nodes { (state, Stand::Setting) } else { (state - nodes, Stand::Afoot) }
    }

    /// Searches from all starts together, no farther than `limit` milliseconds. Of several equally near, the smallest name
    /// wins.
    pub fn run(&mut self, land: &Land, way: &Way, starts: impl IntoIterator<Item = Start>, limit: u32) {
        self.search(land, way, starts, Limit::Same(limit), &[]);
    }

    /// Searches where these starts are nearer than those of another search, whose [`LandSearch::times`] these are, and nowhere else: a
    /// fastest way never leads by a place that is farther.
    pub fn run_where_faster(&mut self, land: &Land, way: &Way, starts: impl IntoIterator<Item = Start>, times: &[u32]) {
        self.search(land, way, starts, Limit::Faster(times), &[]);
    }

    /// Milliseconds by state of the last search; the largest number where it did not come.
    #[must_use]
    pub fn times(&self) -> Vec<u32> {
        self.labels.iter().map(|label| label.ms).collect()
    }

    /// The same until nothing faster can come to one of the links of a place: [`LandSearch::from`] knows its way, and no other.
    pub fn run_to(&mut self, land: &Land, way: &Way, starts: impl IntoIterator<Item = Start>, links: &[Link]) {
        self.search(land, way, starts, Limit::Same(u32::MAX), links);
    }

    fn search(
        &mut self,
        land: &Land,
        way: &Way,
        starts: impl IntoIterator<Item = Start>,
        limit: Limit<'_>,
        goals: &[Link],
    ) {
        self.set_out(land, way, starts, limit);
        let mut found = u32::MAX;
        while let Some(Reverse((ms, name, state))) = self.queue.pop() {
            let here = self.labels[state as usize];
            if (here.ms, here.name) != (ms, name) {
                continue;
            }
            if ms > found {
                break;
            }
            let (node, stand) = self.place(state);
            for goal in goals.iter().filter(|goal| goal.to == node) {
                found = found.min(ms.saturating_add(millis(goal.metres, way.pace_of(stand))));
            }
            self.go_on(land, way, state, limit);
        }
    }

    /// Begins a search that [`LandSearch::advance`] carries on.
    pub(in crate::access) fn begin(
        &mut self,
        land: &Land,
        way: &Way,
        starts: impl IntoIterator<Item = Start>,
        limit: u32,
    ) {
        self.set_out(land, way, starts, Limit::Same(limit));
    }

    fn set_out(&mut self, land: &Land, way: &Way, starts: impl IntoIterator<Item = Start>, limit: Limit<'_>) {
        self.queue.clear();
        for state in self.touched.drain(..) {
            self.labels[state as usize] = FAR;
        }
        for Start { link, name } in starts {
            let here = Label { ms: 0, name, ..FAR };
            self.improve(link.to, here.and(link.metres, Stand::Setting, way.pace), limit);
            // Whoever came by a boat for walkers comes to the venue on foot.
            if way.begins_at == End::Venues && way.mode != Mode::Walk && land.walked_to(link.to) {
                let state = self.state(link.to, Stand::Afoot);
                self.improve(state, here.and(link.metres, Stand::Afoot, way.afoot), limit);
            }
        }
    }

    /// Carries a search on until every way that takes at most `until` milliseconds is known; false when there are no others.
    pub(in crate::access) fn advance(&mut self, land: &Land, way: &Way, until: u32) -> bool {
        while let Some(Reverse((ms, name, state))) = self.queue.peek().copied() {
            if ms > until {
                return true;
            }
            self.queue.pop();
            let here = self.labels[state as usize];
            if (here.ms, here.name) == (ms, name) {
                self.go_on(land, way, state, Limit::Same(u32::MAX));
            }
        }
        false
    }

    /// The lands that the search came to, each once.
    pub(in crate::access) fn lands(&self, land: &Land) -> std::collections::BTreeSet<Landmass> {
        self.touched.iter().map(|state| land.place(self.place(*state).0).1).collect()
    }

    fn go_on(&mut self, land: &Land, way: &Way, state: u32, limit: Limit<'_>) {
        let (node, stand) = self.place(state);
        let here = Label { before: state, crossing: NONE, ..self.labels[state as usize] };
        let afoot = stand == Stand::Afoot;
        // Nobody goes on foot where they are as soon with their vehicle.
        if afoot && way.begins_at == End::People && self.labels[node as usize].ms <= here.ms {
            return;
        }
        let pace = way.pace_of(stand);
        for link in land.links(node) {
            if !afoot || land.walked_to(link.to) {
                self.improve(self.state(link.to, stand), here.and(link.metres, stand, pace), limit);
            }
        }
        let Some((rank, to, crossing)) = land.crossing(node) else { return };
        let mut cross = |mode: Mode, pace: f64, stand: Stand| {
            let seconds = crossing.seconds(mode, pace);
            let ms = here.ms.saturating_add(seconds.saturating_mul(1000));
            let label = Label { ms, crossing_s: here.crossing_s + seconds, crossing: rank, ..here };
            self.improve(self.state(to, stand), label, limit);
        };
        let walkers = crossing.open(Mode::Walk, way.season);
        if afoot && walkers {
            cross(Mode::Walk, way.afoot, Stand::Afoot);
        }
        let vehicles = crossing.open(way.mode, way.season);
        if !afoot && vehicles {
            cross(way.mode, way.pace, Stand::Setting);
        }
        // The vehicle stays on the side of whoever set out with it.
        let left = match way.begins_at {
            End::People => (!afoot).then_some(Stand::Afoot),
            End::Venues => afoot.then_some(Stand::Setting),
        };
        if let Some(other) = left.filter(|_| walkers && !vehicles) {
            cross(Mode::Walk, way.afoot, other);
        }
    }

    fn improve(&mut self, state: u32, label: Label, limit: Limit<'_>) {
        let old = self.labels[state as usize];
        if (label.ms, label.name) < (old.ms, old.name) && limit.holds(state, label.ms) && label.ms != FAR.ms {
            if old.ms == FAR.ms {
                self.touched.push(state);
            }
            self.labels[state as usize] = label;
            self.queue.push(Reverse((label.ms, label.name, state)));
        }
    }

    /// The way from a place, by the fastest of its links, to the nearest start; `None` when there is none.
    #[must_use]
    pub fn from(&self, links: &[Link], way: &Way) -> Option<Found> {
        // Where people set out they stand by their vehicle; where they arrive they may have left it.
        let stands: &[Stand] = match way.begins_at {
            End::People => &[Stand::Setting, Stand::Afoot],
            End::Venues => &[Stand::Setting],
        };
        let by = |(link, stand): (&Link, Stand)| {
            let by = self.state(link.to, stand);
            let before = self.labels[by as usize];
            (before.ms != FAR.ms).then(|| {
                let label = before.and(link.metres, stand, way.pace_of(stand));
                let afoot_s = (label.afoot_m * way.afoot).round() as u32;
                let Label { ms, name, metres, crossing_s, .. } = label;
                Found { ms, name, metres, afoot_s, crossing_s, by }
            })
        };
        let ways = stands.iter().flat_map(|stand| links.iter().map(move |link| (link, *stand)));
        ways.filter_map(by).min_by_key(|found| (found.ms, found.name))
    }

    /// Where the last search came off a crossing, as people set out: the place, and the milliseconds to it.
    pub(in crate::access) fn landings(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let landing = |state: &u32| {
            let label = self.labels[*state as usize];
            let (node, stand) = self.place(*state);
            (stand == Stand::Setting && label.crossing != NONE).then_some((node, label.ms))
        };
        self.touched.iter().filter_map(landing)
    }

    /// The same as [`LandSearch::from`], with the crossings on the way from the start.
    #[must_use]
    pub fn route(&self, land: &Land, links: &[Link], way: &Way) -> Option<Route> {
        let found = self.from(links, way)?;
        let Found { metres, afoot_s, crossing_s, .. } = found;
        let mut route = Route { metres, afoot_s, crossing_s, crossings: Vec::new() };
        let mut state = found.by;
        while state != NONE {
            let label = self.labels[state as usize];
            if (label.crossing as usize) < land.crossings().len() {
                route.crossings.push(label.crossing);
            }
            state = label.before;
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
        way: &Way,
        from: (Position, Landmass),
        to: (Position, Landmass),
    ) -> Option<Route> {
        let links = self.attach(to.0, to.1);
        let starts = self.attach(from.0, from.1).into_iter().map(|link| Start { link, name: 0 });
        search.run_to(self, way, starts, &links);
        search.route(self, &links, way)
    }

    /// The fastest way round from where people set out, when straight on will not do; `None` when we know of none.
    #[must_use]
    pub fn round(&self, way: &Way, from: (Position, Landmass), to: (Position, Landmass)) -> Option<Route> {
        self.round_in(&mut LandSearch::new(self.nodes()), way, from, to)
    }
}

fn millis(metres: f64, pace: f64) -> u32 {
    (metres * pace * 1000.0).round() as u32
}
