//! What is known of a question before anybody searches: that no post is of use, or how few are of all the use there is.

use super::area;
use super::request::{Goal, Limit, Request};
use super::study::Study;
use crate::atlas::Atlas;
use crate::placement::{Opening, Shape, all_open, useful};

/// Where more communes count nothing is foreseen: a question of that size is posed once, by its search.
const MOST_COMMUNES: usize = 2_500;

/// Why a question has a trivial answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saturation {
    /// A post at every candidate would change nothing.
    NothingToGain,
    /// There are means for more posts than are of use.
    MoreThanEnough,
    /// The share that is asked is reached without any post.
    ShareReached,
    /// Even a post at every candidate does not reach the share that is asked.
    ShareOutOfReach,
}

impl Saturation {
    /// Its name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NothingToGain => "nothing-to-gain",
            Self::MoreThanEnough => "more-than-enough",
            Self::ShareReached => "share-reached",
            Self::ShareOutOfReach => "share-out-of-reach",
        }
    }
}

/// What is foreseen of a question with a trivial answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foreseen {
    /// Why it is trivial.
    pub saturation: Saturation,
    /// Persons who count.
    pub persons: u64,
    /// Persons within reach of what exists and of forced posts.
    pub covered_now: u64,
    /// Persons within reach with a post at every candidate.
    pub covered_at_most: u64,
    /// Places that may receive a post.
    pub candidates: u64,
    /// So many posts are of all the use there is; fewer may be. `None` where only the worst off counts.
    pub enough_posts: Option<u64>,
    /// Euros a year for these.
    pub enough_eur: Option<u64>,
}

/// Foresees the answer of a question, by a bound and a count; nothing where it takes a search to know, where the area is
/// too large to be read twice, and where posts travel or fill up.
#[must_use]
pub fn foreseen(atlas: &Atlas, request: &Request) -> Option<Foreseen> {
    if area::communes(atlas, &request.territory).ok()?.len() > MOST_COMMUNES || !is_foreseeable(request) {
        return None;
    }
    // Posed without its own limit and share: those may be what leaves it without an answer.
    let posts = request.forced.len().max(1) as u64;
    let objective = Goal { share: f64::MIN_POSITIVE, ..request.objective };
    let posed = Request { limit: Limit::Posts(posts), objective, ..request.clone() };
    look(&Study::new(atlas, &posed).ok()?, request)
}

impl Study<'_> {
    /// What could have been told of this question before its search.
    pub(super) fn foreseen(&self) -> Option<Foreseen> {
        (self.people.inside.len() <= MOST_COMMUNES && is_foreseeable(&self.request))
            .then(|| look(self, &self.request))?
    }
}

fn is_foreseeable(request: &Request) -> bool {
    request.itinerant.is_none() && !request.objective.kind.takes_room()
}

/// Looks at a study of a question, whose limit and share are those of `request`.
fn look(study: &Study, request: &Request) -> Option<Foreseen> {
    let found = useful(&study.problem)?;
    let all = all_open(&study.problem);
    let is_forced = |opening: &&Opening| study.problem.sites()[opening.site as usize].forced_posts > 0;
    let forced: Vec<Opening> = all.iter().filter(is_forced).copied().collect();
    let persons = study.people.total();
    let (covered_now, covered_at_most) = (study.covered(&forced), study.covered(&all));
    let enough_posts = found.enough.as_ref().map(|enough| enough.iter().map(|of| u64::from(of.posts)).sum::<u64>());
    let enough_eur = found.enough.as_ref().map(|enough| study.cost_eur(enough));
    let more_than_enough = match request.limit {
        Limit::Posts(posts) => enough_posts.is_some_and(|enough| posts > enough),
        Limit::BudgetEur(eur) => enough_eur.is_some_and(|enough| eur > enough),
        Limit::AsItTakes => false,
    };
    let asked = (request.objective.share * persons as f64 - 1e-6).ceil() as u64;
    let saturation = match request.objective.kind.shape {
        Shape::Spent if asked <= covered_now => Saturation::ShareReached,
        Shape::Spent if asked > covered_at_most => Saturation::ShareOutOfReach,
        Shape::Spent => return None,
        _ if found.is_nothing() => Saturation::NothingToGain,
        _ if more_than_enough => Saturation::MoreThanEnough,
        _ => return None,
    };
    let candidates = all.len() as u64;
    Some(Foreseen { saturation, persons, covered_now, covered_at_most, candidates, enough_posts, enough_eur })
}
