//! How many persons posts with a capacity can serve: a maximum flow from demand points through sites.

use super::problem::{Objective, Problem};

/// Grains that the posts can serve at most, nobody farther than the radius and no post beyond its capacity.
pub(super) fn most_served(problem: &Problem, posts: &[u32]) -> i64 {
    let mut flow = Flow::new(problem);
    for (site, &count) in posts.iter().enumerate().filter(|(_, count)| **count > 0) {
        flow.add_posts(site as u32, count);
    }
    flow.served
}

/// Who is served where. Adding posts only ever serves more, so a flow grows with its posts.
#[derive(Debug, Clone)]
pub(super) struct Flow<'p> {
    problem: &'p Problem,
    capacity: i64,
    /// Demand points within the radius of each site.
    reach: std::rc::Rc<Vec<Vec<u32>>>,
    /// For each site, grains that it serves of each demand point of `reach`.
    serves: Vec<Vec<i64>>,
    unserved: Vec<i64>,
    free: Vec<i64>,
    pub served: i64,
}

/// Grains that one post can serve.
pub(super) fn capacity(problem: &Problem) -> i64 {
    match problem.objective {
        Objective::CapacitatedCoverage { persons_per_post, .. } => {
            (persons_per_post * problem.grains_per_person as f64).round() as i64
        }
        _ => i64::from(u32::MAX),
    }
}

impl<'p> Flow<'p> {
    pub fn new(problem: &'p Problem) -> Self {
        let mut reach = vec![Vec::new(); problem.sites.len()];
        for (demand, row) in (0..).zip(problem.pairs.iter()) {
            for pair in row.iter().take_while(|pair| problem.benefit(pair.cost) > 0) {
                if problem.weights[demand as usize] > 0 {
                    reach[pair.site as usize].push(demand);
                }
            }
        }
        Self {
            problem,
            capacity: capacity(problem),
            serves: reach.iter().map(|row: &Vec<u32>| vec![0; row.len()]).collect(),
            reach: std::rc::Rc::new(reach),
            unserved: problem.weights.clone(),
            free: vec![0; problem.sites.len()],
            served: 0,
        }
    }

    /// Adds posts and serves as many more as possible. Returns how many more.
    pub fn add_posts(&mut self, site: u32, count: u32) -> i64 {
        self.free[site as usize] += i64::from(count) * self.capacity;
        let before = self.served;
        while self.free[site as usize] > 0 && self.augment(site) {}
        self.served - before
    }

    /// Grains that nobody serves yet within the radius of a site.
    pub fn waiting(&self, site: u32) -> i64 {
        self.reach[site as usize].iter().map(|&demand| self.unserved[demand as usize]).sum()
    }

    /// One shortest chain: the site takes over from another, which takes over from another, until one serves somebody
    /// who was not served. Whether there was a chain.
    fn augment(&mut self, start: u32) -> bool {
        let reach = self.reach.clone();
        // For each site on a chain, the place in the row of the site before where it gives up somebody.
        let mut came_from: Vec<Option<(u32, usize)>> = vec![None; self.free.len()];
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(site) = queue.pop_front() {
            for (place, &demand) in reach[site as usize].iter().enumerate() {
                if self.unserved[demand as usize] > 0 {
                    self.shift_chain(start, site, place, &came_from);
                    return true;
                }
                for pair in self.problem.pairs.of(demand as usize) {
                    let other = pair.site;
                    if self.problem.benefit(pair.cost) == 0 {
                        break;
                    }
                    if other != start && came_from[other as usize].is_none() && self.serving(other, demand) > 0 {
                        came_from[other as usize] = Some((site, place));
                        queue.push_back(other);
                    }
                }
            }
        }
        false
    }

    fn serving(&self, site: u32, demand: u32) -> i64 {
        let place = self.reach[site as usize].binary_search(&demand);
        place.map_or(0, |place| self.serves[site as usize][place])
    }

    /// Moves as many grains as the chain allows.
    fn shift_chain(&mut self, start: u32, end: u32, place: usize, came_from: &[Option<(u32, usize)>]) {
        let reach = self.reach.clone();
        let last = reach[end as usize][place];
        let mut most = self.unserved[last as usize].min(self.free[start as usize]);
        let chain = || {
            let mut site = end;
            std::iter::from_fn(move || {
                let (before, place) = came_from[site as usize]?;
                Some((before, place, std::mem::replace(&mut site, before)))
            })
        };
        for (before, place, site) in chain() {
            most = most.min(self.serving(site, reach[before as usize][place]));
        }
        self.unserved[last as usize] -= most;
        self.serves[end as usize][place] += most;
        for (before, place, site) in chain() {
            let demand = reach[before as usize][place];
            let given =
                reach[site as usize].binary_search(&demand).expect("a site on a chain serves who is taken over");
            self.serves[site as usize][given] -= most;
            self.serves[before as usize][place] += most;
        }
        self.free[start as usize] -= most;
        self.served += most;
    }
}
