//! What the checker reads of a question: who pays which price, and which sites bring them more than what stands.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::pairs::Pair;
use super::plan::{Cases, PAYS_ALL, PAYS_NOTHING};
use super::problem::Problem;
use super::rows::Rows;
use super::weighted::Terms;

/// A site, and what it brings to one person above what stands.
pub(super) type Offer = (u32, u32);

/// Demand points that pay alike and that the same sites serve alike.
pub(super) struct Bundle<'b> {
    pub weight: i64,
    /// What the nearest site that stands brings to one person.
    pub at_once: u32,
    /// Where they live, where it makes a difference to how they count.
    pub territory: u32,
    /// Where the price stands in every list, or one of the constants of [`Cases`].
    payer: u32,
    /// Sites that bring more, the best first, then by rank.
    pub offers: &'b [Offer],
}

impl Bundle<'_> {
    /// What one person pays in a list, beside what stands.
    pub fn price(&self, prices: &[u32], shift: u32) -> i128 {
        match self.payer {
            PAYS_NOTHING => 0,
            PAYS_ALL => self.offers.first().map_or(0, |&(_, most)| i128::from(most) << shift),
            place => i128::from(prices[place as usize]),
        }
    }
}

/// Whether a site has a post in every plan.
pub(super) fn stands(problem: &Problem, site: usize) -> bool {
    problem.sites[site].existing_posts > 0 || problem.sites[site].forced_posts > 0
}

/// Tells every demand point that counts, one after the other.
pub(super) fn each(problem: &Problem, terms: &Terms, cases: &Cases, tell: &mut dyn FnMut(&Bundle)) {
    let usable: Vec<bool> = (0..problem.sites.len())
        .map(|site| !stands(problem, site) && problem.room(site) > 0 && problem.price(site) <= terms.left)
        .collect();
    let mut offers = Vec::new();
    for (demand, ((row, &weight), &payer)) in problem.pairs.iter().zip(&terms.weights).zip(&cases.payers).enumerate() {
        if weight == 0 {
            continue;
        }
        let benefit = |pair: &Pair| terms.benefit(problem, pair.cost);
        let at_once = row.iter().find(|pair| stands(problem, pair.site as usize)).map_or(0, benefit);
        // The nearest come first, and benefits fall.
        let better = row.iter().map(|pair| (pair.site, benefit(pair))).take_while(|&(_, benefit)| benefit > at_once);
        offers.clear();
        offers
            .extend(better.filter(|&(site, _)| usable[site as usize]).map(|(site, benefit)| (site, benefit - at_once)));
        offers.sort_unstable_by_key(|&(site, more)| (Reverse(more), site));
        let territory = if terms.counted.is_empty() { 0 } else { problem.territories[demand] };
        tell(&Bundle { weight, at_once, territory, payer, offers: &offers });
    }
}

/// The same put together, for whoever reads it more than once.
#[derive(Default)]
pub(super) struct Bundles {
    rows: Rows<Offer>,
    heads: Vec<(i64, u32, u32, u32)>,
}

impl Bundles {
    pub fn new(problem: &Problem, terms: &Terms, cases: &Cases) -> Self {
        let mut all = Self::default();
        let mut first: HashMap<(u32, u32, u32), usize> = HashMap::new();
        each(problem, terms, cases, &mut |bundle| {
            let Bundle { weight, at_once, territory, payer, mut offers } = *bundle;
            let best = offers.first().map(|&(_, most)| (0, most));
            if payer == PAYS_ALL {
                // No site is worth anything to whoever pays all that the best of them brings, whichever it is.
                offers = best.as_slice();
            }
            let new = all.heads.len();
            let rank = *first.entry((payer, at_once, territory)).or_insert(new);
            if rank < new && all.rows.row(rank) == offers {
                all.heads[rank].0 += weight;
            } else {
                all.rows.push(offers.iter().copied());
                all.heads.push((weight, at_once, territory, payer));
            }
        });
        all
    }

    pub fn each(&self, tell: &mut dyn FnMut(&Bundle)) {
        for (&(weight, at_once, territory, payer), offers) in self.heads.iter().zip(self.rows.iter()) {
            tell(&Bundle { weight, at_once, territory, payer, offers });
        }
    }
}
