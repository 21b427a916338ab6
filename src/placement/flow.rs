//! How many persons posts with a capacity can serve: a maximum flow from demand points through sites.

use std::collections::VecDeque;

use super::objective::Shape;
use super::problem::Problem;

/// Grains that the posts can serve at most, nobody farther than the radius and no post beyond its capacity.
pub(super) fn most_served(problem: &Problem, posts: &[u32]) -> i64 {
    served_up_to(problem, posts, i64::MAX)
}

/// The same, or `enough` when that is less: nobody looks for more.
pub(super) fn served_up_to(problem: &Problem, posts: &[u32], enough: i64) -> i64 {
    let mut flow = Flow::new(problem);
    for (site, &count) in posts.iter().enumerate().filter(|(_, count)| **count > 0) {
        if flow.served >= enough {
            break;
        }
        flow.add_posts(site as u32, count);
    }
    flow.served.min(enough)
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
    /// Posts within reach of each demand point.
    posts_near: Vec<u32>,
    pub served: i64,
    /// What was changed since a trial began, as it stood before.
    undo: Option<Vec<Before>>,
    chains: Chains,
}

/// Room for looking for a chain, cleared by what was touched: a plan of the nation looks a hundred thousand times.
#[derive(Debug, Clone)]
struct Chains {
    /// By site, how a chain comes to it.
    came: Vec<Came>,
    touched: Vec<u32>,
    queue: VecDeque<u32>,
}

/// How a chain comes to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// No chain does.
    Never,
    /// One begins there.
    Start,
    /// From a site that takes over somebody, by the place in its row.
    From(u32, u32),
}

impl Chains {
    fn begin(&mut self, starts: &[u32]) {
        self.touched.drain(..).for_each(|site| self.came[site as usize] = Came::Never);
        self.queue.clear();
        starts.iter().for_each(|&start| self.reach(start, Came::Start));
    }

    fn reach(&mut self, site: u32, came: Came) {
        self.came[site as usize] = came;
        self.touched.push(site);
        self.queue.push_back(site);
    }
}

/// One number as it stood before.
#[derive(Debug, Clone, Copy)]
enum Before {
    Serves { site: u32, place: usize, grains: i64 },
    Unserved { demand: u32, grains: i64 },
    Free { site: u32, grains: i64 },
}

/// Grains that one post can serve.
pub(super) fn capacity(problem: &Problem) -> i64 {
    match problem.objective.shape() {
        Shape::Served => (problem.objective.persons_per_post * problem.grains_per_person as f64).round() as i64,
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
            posts_near: vec![0; problem.weights.len()],
            served: 0,
            undo: None,
            chains: Chains {
                came: vec![Came::Never; problem.sites.len()],
                touched: Vec::new(),
                queue: VecDeque::new(),
            },
        }
    }

    /// Adds posts and serves as many more as possible. Returns how many more.
    pub fn add_posts(&mut self, site: u32, count: u32) -> i64 {
        self.free[site as usize] += i64::from(count) * self.capacity;
        self.count_near(site, count as i32);
        let before = self.served;
        while self.free[site as usize] > 0 && self.augment(&[site]) {}
        self.served - before
    }

    /// Grains that nobody serves yet within the radius of a site.
    pub fn waiting(&self, site: u32) -> i64 {
        self.reach[site as usize].iter().map(|&demand| self.unserved[demand as usize]).sum()
    }

    /// The same, each for as much as it would have of one more post, were the posts near it shared out evenly. Posts that go
    /// where this is most, again and again, are spread as those who wait are.
    pub fn wanting(&self, site: u32) -> f64 {
        let part =
            |&demand: &u32| self.unserved[demand as usize] as f64 / f64::from(self.posts_near[demand as usize] + 1);
        self.reach[site as usize].iter().map(part).sum()
    }

    /// Grains that one post can serve.
    pub fn capacity(&self) -> i64 {
        self.capacity
    }

    /// Demand points within reach of sites, one for each of the two.
    pub fn pairs(&self) -> usize {
        self.reach.iter().map(Vec::len).sum()
    }

    /// Grains that would not be served if a site had so many posts less, everybody else being served as well as possible.
    pub fn loss(&mut self, site: u32, posts: u32) -> i64 {
        let before = self.served;
        self.undo = Some(Vec::new());
        self.release(site, posts);
        while self.served < before && self.augment(&self.with_room()) {}
        let loss = before - self.served;
        self.take_back(before);
        loss
    }

    /// Moves a post from one site, or from nowhere, to another, everybody being served as well as possible. Where fewer are served
    /// then, or as many and it was wanted more where it stood, all stands as before, and the answer is false.
    pub fn exchange(&mut self, from: Option<u32>, to: u32) -> bool {
        let before = self.served;
        self.undo = Some(Vec::new());
        let mut is_wanted = true;
        if let Some(from) = from {
            self.release(from, 1);
            self.count_near(from, -1);
            let rate = |site: u32| self.wanting(site) / self.problem.price(site as usize) as f64;
            is_wanted = rate(to) > rate(from);
        }
        self.set_free(to, self.free[to as usize] + self.capacity);
        while self.augment(&self.with_room()) {}
        let stays = self.served > before || (self.served == before && is_wanted);
        if stays {
            self.undo = None;
            self.count_near(to, 1);
        } else {
            self.take_back(before);
            from.into_iter().for_each(|from| self.count_near(from, 1));
        }
        stays
    }

    /// So many posts more within reach of those whom a site reaches.
    fn count_near(&mut self, site: u32, more: i32) {
        let near = &mut self.posts_near;
        self.reach[site as usize]
            .iter()
            .for_each(|&demand| near[demand as usize] = near[demand as usize].saturating_add_signed(more));
    }

    /// Sites where a chain can begin.
    fn with_room(&self) -> Vec<u32> {
        (0..self.free.len() as u32).filter(|&site| self.free[site as usize] > 0).collect()
    }

    /// Takes posts from a site: those whom it has no room for any more are served by nobody.
    fn release(&mut self, site: u32, posts: u32) {
        let mut excess = i64::from(posts) * self.capacity - self.free[site as usize];
        self.set_free(site, (-excess).max(0));
        for place in 0..self.reach[site as usize].len() {
            let released = self.serves[site as usize][place].min(excess);
            if released > 0 {
                let demand = self.reach[site as usize][place];
                self.serve(site, place, -released);
                self.set_unserved(demand, self.unserved[demand as usize] + released);
                self.served -= released;
                excess -= released;
            }
        }
    }

    /// Undoes all since a trial began.
    fn take_back(&mut self, served: i64) {
        for before in self.undo.take().into_iter().flatten().rev() {
            match before {
                Before::Serves { site, place, grains } => self.serves[site as usize][place] = grains,
                Before::Unserved { demand, grains } => self.unserved[demand as usize] = grains,
                Before::Free { site, grains } => self.free[site as usize] = grains,
            }
        }
        self.served = served;
    }

    fn serve(&mut self, site: u32, place: usize, more: i64) {
        let grains = self.serves[site as usize][place];
        self.undo.iter_mut().for_each(|undo| undo.push(Before::Serves { site, place, grains }));
        self.serves[site as usize][place] = grains + more;
    }

    fn set_unserved(&mut self, demand: u32, now: i64) {
        let grains = self.unserved[demand as usize];
        self.undo.iter_mut().for_each(|undo| undo.push(Before::Unserved { demand, grains }));
        self.unserved[demand as usize] = now;
    }

    fn set_free(&mut self, site: u32, now: i64) {
        let grains = self.free[site as usize];
        self.undo.iter_mut().for_each(|undo| undo.push(Before::Free { site, grains }));
        self.free[site as usize] = now;
    }

    /// One shortest chain: a site takes over from another, which takes over from another, until one serves somebody who
    /// was not served. Whether there was a chain from any of these sites, which have room.
    fn augment(&mut self, starts: &[u32]) -> bool {
        let reach = self.reach.clone();
        self.chains.begin(starts);
        while let Some(site) = self.chains.queue.pop_front() {
            for (place, &demand) in (0..).zip(&reach[site as usize]) {
                if self.unserved[demand as usize] > 0 {
                    self.shift_chain(site, place);
                    return true;
                }
                for pair in self.problem.pairs.of(demand as usize) {
                    let other = pair.site;
                    if self.problem.benefit(pair.cost) == 0 {
                        break;
                    }
                    if self.chains.came[other as usize] == Came::Never && self.serving(other, demand) > 0 {
                        self.chains.reach(other, Came::From(site, place));
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

    /// Moves as many grains as the chain that ends with a site allows; `place` is that of whom it serves anew.
    fn shift_chain(&mut self, end: u32, place: u32) {
        let reach = self.reach.clone();
        let last = reach[end as usize][place as usize];
        let mut chain = Vec::new();
        let mut start = end;
        while let Came::From(before, place) = self.chains.came[start as usize] {
            chain.push((before, place as usize, start));
            start = before;
        }
        let mut most = self.unserved[last as usize].min(self.free[start as usize]);
        for &(before, place, site) in &chain {
            most = most.min(self.serving(site, reach[before as usize][place]));
        }
        self.set_unserved(last, self.unserved[last as usize] - most);
        self.serve(end, place as usize, most);
        for (before, place, site) in chain {
            let demand = reach[before as usize][place];
            let given =
                reach[site as usize].binary_search(&demand).expect("a site on a chain serves who is taken over");
            self.serve(site, given, -most);
            self.serve(before, place, most);
        }
        self.set_free(start, self.free[start as usize] - most);
        self.served += most;
    }
}
