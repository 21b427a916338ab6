//! What new posts can bring at all, and how few bring all of it: a bound and a count, no search.

use super::greedy::greedy;
use super::limit::Limit;
use super::model::Model;
use super::objective::Shape;
use super::plan::Opening;
use super::problem::Problem;

/// The means of who has no limit. Sums of prices stay far below.
const WITHOUT_LIMIT: i64 = i64::MAX / 4;

/// What is known of a question before anybody searches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Useful {
    /// What exists and what is forced bring, as a sum of benefits; the farthest cost where only the worst off counts.
    pub now: i64,
    /// The same with a post at every candidate: no plan is better, whatever its means.
    pub at_most: i64,
    /// Sites, those that are forced among them, that reach that value together. Fewer may do; `None` where posts fill
    /// up, and where only the worst off counts.
    pub enough: Option<Vec<Opening>>,
}

impl Useful {
    /// Whether no post changes anything.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.now == self.at_most
    }
}

/// Looks at the sites and the pairs of a question, whatever its limit; nothing where posts fill up: there the next post
/// is of use as long as somebody is turned away.
#[must_use]
pub fn useful(problem: &Problem) -> Option<Useful> {
    match problem.objective.shape() {
        Shape::Served => None,
        Shape::Worst => {
            let now = problem.score(&forced(problem)).objective;
            Some(Useful { now, at_most: problem.score(&all_open(problem)).objective, enough: None })
        }
        _ => Some(of_sums(problem)),
    }
}

/// A post at every site that may receive one.
#[must_use]
pub fn all_open(problem: &Problem) -> Vec<Opening> {
    let openings = (0..problem.sites.len()).map(|site| Opening { site: site as u32, posts: problem.room(site) });
    openings.filter(|opening| opening.posts > 0).collect()
}

fn forced(problem: &Problem) -> Vec<Opening> {
    let posts = |(site, of): (usize, &super::limit::Site)| Opening {
        site: site as u32,
        posts: of.forced_posts.min(problem.room(site)),
    };
    problem.sites.iter().enumerate().map(posts).filter(|opening| opening.posts > 0).collect()
}

/// Sites are opened, the one that adds most first, until nobody gains; then those that the others have made idle close.
fn of_sums(problem: &Problem) -> Useful {
    let counted = Problem { limit: Limit::Posts(1), ..problem.clone() };
    let model = Model::with(&counted, &problem.weights, WITHOUT_LIMIT, &|cost| problem.benefit(cost));
    let mut open = greedy(&model);
    for site in open.sites.clone() {
        if open.loss(site) == 0 {
            open.close(site);
        }
    }
    debug_assert_eq!(open.value, model.ceiling, "whoever can gain has gained");
    let mut enough = forced(problem);
    enough.extend(open.sites.iter().map(|&site| Opening { site: model.site_ids[site as usize], posts: 1 }));
    enough.sort_unstable_by_key(|opening| opening.site);
    Useful { now: model.base, at_most: model.ceiling, enough: Some(enough) }
}
