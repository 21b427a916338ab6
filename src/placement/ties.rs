//! Of plans that are worth the same, the one whose sites are preferred: a tie goes to the bourg, not to the hamlet beside it.

use super::objective::Shape;
use super::pairs::Pair;
use super::plan::{Opening, Plan};
use super::problem::Problem;
use super::rows::Rows;

/// Exchanges sites of a plan, one at a time, for others of the same price that are preferred and bring exactly as much.
/// Value, means and proof stay as they are. `preference` is one number for each site, the greater the better.
///
/// Only where the value is a sum of gains; other plans come back as they are.
#[must_use]
pub fn prefer(problem: &Problem, plan: Plan, preference: &[u64]) -> Plan {
    if !matches!(problem.objective().shape(), Shape::Gained | Shape::Saved) {
        return plan;
    }
    let mut open: Vec<bool> = problem.sites().iter().map(|site| site.existing_posts > 0).collect();
    plan.openings.iter().for_each(|opening| open[opening.site as usize] = true);
    let mut rows = Rows::default();
    problem.pairs().iter().for_each(|row| rows.push(row.iter().copied()));
    let reached = rows.transposed(open.len(), |pair| pair.site, |demand, pair| Pair { site: demand, ..pair });
    let mut sites: Vec<u32> = plan.openings.iter().map(|opening| opening.site).collect();
    for site in &mut sites {
        let own = problem.sites()[*site as usize];
        if own.forced_posts > 0 {
            continue;
        }
        open[*site as usize] = false;
        *site = preferred(problem, &reached, &open, *site, preference);
        open[*site as usize] = true;
    }
    sites.sort_unstable();
    // Only sites of one post are sums of gains.
    Plan { openings: sites.into_iter().map(|site| Opening { site, posts: 1 }).collect(), ..plan }
}

/// The site that is preferred to this closed one and brings as much, or itself.
fn preferred(problem: &Problem, reached: &Rows<Pair>, open: &[bool], site: u32, preference: &[u64]) -> u32 {
    let own = problem.sites()[site as usize];
    let fits = |other: u32| {
        let it = problem.sites()[other as usize];
        let better = preference[other as usize] > preference[site as usize];
        better && !open[other as usize] && it.most_posts > 0 && it.price_eur == own.price_eur
    };
    let mut others: Vec<u32> = Vec::new();
    for pair in reached.row(site as usize) {
        others.extend(problem.pairs().of(pair.site as usize).iter().map(|pair| pair.site).filter(|&other| fits(other)));
    }
    others.sort_unstable_by_key(|&other| (std::cmp::Reverse(preference[other as usize]), other));
    others.dedup();
    let gain = gain(problem, reached, open, site);
    others.into_iter().find(|&other| self::gain(problem, reached, open, other) == gain).unwrap_or(site)
}

/// What a closed site adds to those that are open.
fn gain(problem: &Problem, reached: &Rows<Pair>, open: &[bool], site: u32) -> i64 {
    let more = reached.row(site as usize).iter().map(|pair| {
        let demand = pair.site as usize;
        let first = problem.pairs().of(demand).iter().find(|near| open[near.site as usize]);
        let before = first.map_or(0, |near| problem.benefit(near.cost));
        problem.weights()[demand] * i64::from(problem.benefit(pair.cost).saturating_sub(before))
    });
    more.sum()
}
