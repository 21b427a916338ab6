//! Tries every plan, where there are few: the dumb and certain answer.

use super::plan::Opening;
use super::problem::Problem;
use super::score::Score;

/// More plans than this are not tried.
const MOST_PLANS: usize = 5_000;
/// Nor are plans with more pairs to read than this.
const MOST_PAIRS: usize = 20_000;

/// The best plan of all and its score; of equals the first. Nothing when there are too many.
pub(super) fn best(problem: &Problem) -> Option<(Vec<Opening>, Score)> {
    if problem.pairs.len() > MOST_PAIRS {
        return None;
    }
    // To count them costs next to nothing beside what they are worth.
    if count(problem, 0, problem.means(), MOST_PLANS) > MOST_PLANS {
        return None;
    }
    let mut trial = Trial { problem, openings: Vec::new(), left: problem.means(), best: None };
    trial.from(0);
    trial.best
}

/// Ways to go on from this site with what is left of the means; no more are counted than one above `most`.
fn count(problem: &Problem, site: usize, left: i64, most: usize) -> usize {
    if site == problem.sites.len() {
        return 1;
    }
    let mut ways = 0;
    for (_, cost) in choices(problem, site, left) {
        ways += count(problem, site + 1, left - cost, most - ways);
        if ways > most {
            break;
        }
    }
    ways
}

/// How many posts a site may receive with what is left of the means, and what they cost.
fn choices(problem: &Problem, site: usize, left: i64) -> impl Iterator<Item = (u32, i64)> + use<> {
    let (room, price) = (problem.room(site), problem.price(site));
    let forced = problem.sites[site].forced_posts.min(room);
    (forced..=room).map(move |posts| (posts, i64::from(posts) * price)).take_while(move |&(_, cost)| cost <= left)
}

struct Trial<'p> {
    problem: &'p Problem,
    openings: Vec<Opening>,
    left: i64,
    best: Option<(Vec<Opening>, Score)>,
}

impl Trial<'_> {
    /// Tries all plans that add sites from this rank on to those at hand.
    fn from(&mut self, site: usize) {
        if site == self.problem.sites.len() {
            let score = self.problem.score(&self.openings);
            if self.best.as_ref().is_none_or(|(_, best)| score.beats(best, self.problem)) {
                self.best = Some((self.openings.clone(), score));
            }
            return;
        }
        for (posts, cost) in choices(self.problem, site, self.left) {
            self.left -= cost;
            self.openings.extend((posts > 0).then_some(Opening { site: site as u32, posts }));
            self.from(site + 1);
            if posts > 0 {
                self.openings.pop();
            }
            self.left += cost;
        }
    }
}
