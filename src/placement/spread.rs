//! Posts spread as the persons are: where posts have room for a part of them only, plans that serve as many are countless.

use super::flow;
use super::problem::Problem;
use super::weighted::most_posts;

/// What posts are laid out by, one after the other.
pub(super) trait Room {
    /// Grains that one more post would take at most.
    fn most(&self, site: u32) -> i64;

    /// Who waits within reach of a site, each for as much as it would have of one more post, were those near it shared out evenly.
    fn wanting(&self, site: u32) -> f64;

    /// Adds a post. Returns how many grains more are served.
    fn add_post(&mut self, site: u32) -> i64;
}

/// Who waits for a post, when each takes its even share of everybody: those next door first, so that a town keeps its posts and its
/// suburbs theirs.
pub(super) struct Spread {
    /// Grains that a post takes.
    share: i64,
    /// Demand points within the radius of each site, the nearest first.
    near: Vec<Vec<u32>>,
    waiting: Vec<i64>,
    /// Posts within reach of each demand point.
    posts_near: Vec<u32>,
}

impl Spread {
    /// Where all posts together, those that stand and as many new ones as the means allow, have room for a part of the persons only.
    pub fn new(problem: &Problem) -> Option<Self> {
        let share = even_share(problem);
        if share <= flow::capacity(problem) {
            return None;
        }
        let mut near = vec![Vec::new(); problem.sites.len()];
        for (demand, row) in (0_u32..).zip(problem.pairs.iter()) {
            for pair in row.iter().take_while(|pair| problem.benefit(pair.cost) > 0) {
                if problem.weights[demand as usize] > 0 {
                    near[pair.site as usize].push((pair.cost, demand));
                }
            }
        }
        let by_cost = |mut row: Vec<(u32, u32)>| {
            row.sort_unstable();
            row.into_iter().map(|(_, demand)| demand).collect()
        };
        let near: Vec<Vec<u32>> = near.into_iter().map(by_cost).collect();
        let (waiting, posts_near) = (problem.weights.clone(), vec![0; problem.weights.len()]);
        Some(Self { share, near, waiting, posts_near })
    }

    /// Adds as many posts at each site.
    pub fn add_all(&mut self, posts: &[u32]) {
        for (site, posts) in (0..).zip(posts) {
            for _ in 0..*posts {
                self.add_post(site);
            }
        }
    }
}

impl Room for Spread {
    fn most(&self, site: u32) -> i64 {
        self.near[site as usize].iter().map(|&demand| self.waiting[demand as usize]).sum::<i64>().min(self.share)
    }

    fn wanting(&self, site: u32) -> f64 {
        let part = |&demand: &u32| {
            self.waiting[demand as usize] as f64 / f64::from(self.posts_near[demand as usize].saturating_add(1))
        };
        self.near[site as usize].iter().map(part).sum()
    }

    /// It takes those next door first.
    fn add_post(&mut self, site: u32) -> i64 {
        let mut left = self.share;
        for &demand in &self.near[site as usize] {
            let taken = self.waiting[demand as usize].min(left);
            self.waiting[demand as usize] -= taken;
            left -= taken;
            self.posts_near[demand as usize] += 1;
        }
        self.share - left
    }
}

/// Grains that every post would have to take so that nobody is left.
fn even_share(problem: &Problem) -> i64 {
    let persons: i64 = problem.weights.iter().sum();
    let standing: i64 = problem.sites.iter().map(|site| i64::from(site.existing_posts)).sum();
    let posts = most_posts(problem).saturating_add(standing).max(1);
    persons / posts + i64::from(persons % posts > 0)
}
