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
    let mut trial = Trial { problem, openings: Vec::new(), left: problem.means(), tried: 0, best: None };
    trial.from(0);
    if trial.tried > MOST_PLANS { None } else { trial.best }
}

struct Trial<'p> {
    problem: &'p Problem,
    openings: Vec<Opening>,
    left: i64,
    tried: usize,
    best: Option<(Vec<Opening>, Score)>,
}

impl Trial<'_> {
    /// Tries all plans that add sites from this rank on to those at hand.
    fn from(&mut self, site: usize) {
        if self.tried > MOST_PLANS {
            return;
        }
        if site == self.problem.sites.len() {
            self.tried += 1;
            let score = self.problem.score(&self.openings);
            if self.best.as_ref().is_none_or(|(_, best)| score.beats(best, self.problem)) {
                self.best = Some((self.openings.clone(), score));
            }
            return;
        }
        let (room, price) = (self.problem.room(site), self.problem.price(site));
        let forced = self.problem.sites[site].forced_posts.min(room);
        for posts in forced..=room {
            let cost = i64::from(posts) * price;
            if cost > self.left {
                break;
            }
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
