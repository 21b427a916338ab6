//! The question the other way round: which of the sites that exist may close and hurt least.

use std::cmp::Reverse;

use super::engine::Settings;
use super::error::ProblemError;
use super::finding::Watch;
use super::limit::{Limit, Site};
use super::place::place;
use super::plan::{Opening, Plan};
use super::problem::{Draft, Problem};

/// Which sites close, and the plan that says that no others hurt less.
#[derive(Debug, Clone)]
pub struct Closure {
    /// Ranks of the sites that close, ascending.
    pub closed: Vec<u32>,
    /// The question of which to keep: sites that may close are its candidates, the others exist.
    pub problem: Problem,
    /// Which are kept, with its proof. Its bound is that of what is left.
    pub plan: Plan,
}

/// Closes so many of the sites that may close: to keep the others as well as possible is to place them, so engine, bound and
/// checker are those of every plan. `preference` says which of two is kept where both bring nothing.
///
/// `closable` are ranks of sites of the draft, more of them than `count`; its limit and what it says of these is not read.
///
/// # Errors
/// As [`Problem::new`]: nobody is within reach of any of them, or all are to close.
pub fn close(
    mut draft: Draft,
    closable: &[u32],
    count: usize,
    preference: &[u64],
    settings: Settings,
    watch: &mut Watch,
) -> Result<Closure, ProblemError> {
    for &site in closable {
        draft.sites[site as usize] = Site::CANDIDATE;
    }
    let kept = closable.len().saturating_sub(count);
    draft.limit = Limit::Posts(kept as u64);
    let problem = Problem::new(draft)?;
    let mut plan = place(&problem, settings, watch);
    let mut open: Vec<u32> = plan.openings.iter().map(|opening| opening.site).collect();
    let mut spare: Vec<u32> = closable.iter().copied().filter(|site| !open.contains(site)).collect();
    // What brings nothing stays open all the same, as far as the number says: the value is the same.
    spare.sort_by_key(|&site| (Reverse(preference[site as usize]), site));
    open.extend(spare.drain(..kept.saturating_sub(open.len()).min(spare.len())));
    open.sort_unstable();
    spare.sort_unstable();
    plan.openings = open.into_iter().map(|site| Opening { site, posts: 1 }).collect();
    Ok(Closure { closed: spare, problem, plan })
}
