//! Local search: one site in, one site out, as long as that helps.

use super::greedy::fill;
use super::open::Open;

/// The site to close so that `site` can open, and what the exchange brings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Swap {
    pub out: u32,
    pub brings: i64,
}

/// The best exchange for a closed site among the sites that it touches and the `others`.
pub(super) fn best_swap(open: &mut Open, site: u32, others: &[u32]) -> Option<Swap> {
    let needed = open.spent + open.price(site) - open.model.means;
    let model = open.model;
    let mut best: Option<(u32, i64)> = None;
    let mut untouched = [u32::MAX; 4];
    untouched[..others.len()].copy_from_slice(others);
    let gain = open.gain_and_losses(site, |touched, cost| {
        untouched.iter_mut().filter(|other| **other == touched).for_each(|other| *other = u32::MAX);
        if model.prices[touched as usize] >= needed && best.is_none_or(|(_, least)| cost < least) {
            best = Some((touched, cost));
        }
    });
    for other in untouched {
        if other != u32::MAX && model.prices[other as usize] >= needed {
            let cost = open.loss(other);
            if best.is_none_or(|(_, least)| cost < least) {
                best = Some((other, cost));
            }
        }
    }
    best.map(|(out, cost)| Swap { out, brings: gain - cost })
}

/// Exchanges sites until no exchange of one for one helps, or so much work is done.
pub(super) fn descend(open: &mut Open, work: u64) {
    let end = open.work.saturating_add(work);
    let sites = open.model.sites() as u32;
    let even = open.model.even_count().is_some();
    fill(open, |gain, price| gain / price);
    let (mut site, mut idle) = (0, 0);
    let mut cheapest = cheapest_loss(open, 0);
    while idle < sites && open.work < end {
        if !open.is_open(site) {
            if !even {
                cheapest = cheapest_loss(open, open.spent + open.price(site) - open.model.means);
            }
            if let Some(swap) = best_swap(open, site, cheapest.as_slice())
                && swap.brings > 0
            {
                open.close(swap.out);
                open.open(site);
                if !even {
                    fill(open, |gain, price| gain / price);
                }
                cheapest = cheapest_loss(open, 0);
                idle = 0;
            }
        }
        idle += 1;
        site = if site + 1 == sites { 0 } else { site + 1 };
    }
}

/// The open site that would be missed least, of those that cost at least `price`.
fn cheapest_loss(open: &Open, price: i64) -> Option<u32> {
    let candidates = open.sites.iter().copied().filter(|&site| open.price(site) >= price);
    candidates.min_by_key(|&site| (open.loss(site), site))
}
