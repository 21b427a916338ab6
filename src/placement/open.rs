//! The open sites, and for each group of demand points its best and second-best open site.

use super::model::Model;

/// No open site.
pub(super) const NONE: u32 = u32::MAX;

/// A group of demand points and the two open sites that serve it best.
#[derive(Debug, Clone, Copy)]
struct Served {
    weight: i64,
    first: u32,
    first_benefit: u32,
    second: u32,
    second_benefit: u32,
}

/// A set of open sites, kept ready to say what opening, closing or swapping would change.
#[derive(Debug, Clone)]
pub(super) struct Open<'m> {
    pub model: &'m Model,
    served: Vec<Served>,
    /// Rank of each site in `sites`, or [`NONE`] when it is closed.
    places: Vec<u32>,
    /// The open sites, in the order that openings and closings left.
    pub sites: Vec<u32>,
    /// What closing each open site would lose.
    losses: Vec<i64>,
    /// What is saved per open site when a candidate comes in; all 0 between questions.
    extra: Vec<i64>,
    touched: Vec<u32>,
    pub value: i64,
    pub spent: i64,
    /// Entries read so far: the measure of work.
    pub work: u64,
}

impl<'m> Open<'m> {
    pub fn new(model: &'m Model) -> Self {
        let nobody = |&weight: &i64| Served { weight, first: NONE, first_benefit: 0, second: NONE, second_benefit: 0 };
        Self {
            model,
            served: model.weights.iter().map(nobody).collect(),
            places: vec![NONE; model.sites()],
            sites: Vec::new(),
            losses: vec![0; model.sites()],
            extra: vec![0; model.sites()],
            touched: Vec::new(),
            value: model.base,
            spent: 0,
            work: 0,
        }
    }

    /// Opens these sites, whatever was open before.
    pub fn reset(&mut self, sites: &[u32]) {
        let mut wanted = vec![false; self.model.sites()];
        sites.iter().for_each(|&site| wanted[site as usize] = true);
        for site in self.sites.clone() {
            if !wanted[site as usize] {
                self.close(site);
            }
        }
        for &site in sites {
            if !self.is_open(site) {
                self.open(site);
            }
        }
    }

    pub fn is_open(&self, site: u32) -> bool {
        self.places[site as usize] != NONE
    }

    pub fn loss(&self, site: u32) -> i64 {
        self.losses[site as usize]
    }

    /// Whether the means pay one more site at this price.
    pub fn can_pay(&self, price: i64) -> bool {
        self.spent + price <= self.model.means
    }

    pub fn price(&self, site: u32) -> i64 {
        self.model.prices[site as usize]
    }

    /// What opening a closed site would add.
    pub fn gain(&mut self, site: u32) -> i64 {
        let reach = self.model.reach.row(site as usize);
        self.work += reach.len() as u64;
        let gain = |entry: &super::model::Entry| {
            let served = &self.served[entry.id as usize];
            served.weight * i64::from(entry.benefit.saturating_sub(served.first_benefit))
        };
        reach.iter().map(gain).sum()
    }

    /// What opening a closed site would add, and, for each open site that it touches, what closing that one would cost
    /// once the new one is open: given to `each` as (site, cost). All other open sites cost their [`Self::loss`].
    pub fn gain_and_losses(&mut self, site: u32, mut each: impl FnMut(u32, i64)) -> i64 {
        let reach = self.model.reach.row(site as usize);
        self.work += reach.len() as u64;
        let mut gain = 0;
        for entry in reach {
            let served = &self.served[entry.id as usize];
            if entry.benefit <= served.second_benefit {
                continue;
            }
            let above = i64::from(entry.benefit) - i64::from(served.first_benefit);
            gain += served.weight * above.max(0);
            let saved = entry.benefit.min(served.first_benefit) - served.second_benefit;
            if saved > 0 {
                let extra = &mut self.extra[served.first as usize];
                if *extra == 0 {
                    self.touched.push(served.first);
                }
                *extra += served.weight * i64::from(saved);
            }
        }
        for touched in self.touched.drain(..) {
            let saved = std::mem::take(&mut self.extra[touched as usize]);
            each(touched, self.losses[touched as usize] - saved);
        }
        gain
    }

    pub fn open(&mut self, site: u32) {
        debug_assert!(!self.is_open(site), "a site opens once");
        self.places[site as usize] = self.sites.len() as u32;
        self.sites.push(site);
        self.spent += self.model.prices[site as usize];
        let reach = self.model.reach.row(site as usize);
        self.work += reach.len() as u64;
        let mut loss = 0;
        for entry in reach {
            let served = &mut self.served[entry.id as usize];
            if entry.benefit > served.first_benefit {
                self.value += served.weight * i64::from(entry.benefit - served.first_benefit);
                loss += served.weight * i64::from(entry.benefit - served.first_benefit);
                if served.first != NONE {
                    let before = served.first_benefit - served.second_benefit;
                    self.losses[served.first as usize] -= served.weight * i64::from(before);
                }
                (served.second, served.second_benefit) = (served.first, served.first_benefit);
                (served.first, served.first_benefit) = (site, entry.benefit);
            } else if entry.benefit > served.second_benefit {
                let less = i64::from(entry.benefit - served.second_benefit);
                self.losses[served.first as usize] -= served.weight * less;
                (served.second, served.second_benefit) = (site, entry.benefit);
            }
        }
        self.losses[site as usize] = loss;
    }

    pub fn close(&mut self, site: u32) {
        let place = self.places[site as usize] as usize;
        self.places[site as usize] = NONE;
        self.sites.swap_remove(place);
        if let Some(&moved) = self.sites.get(place) {
            self.places[moved as usize] = place as u32;
        }
        self.spent -= self.model.prices[site as usize];
        let reach = self.model.reach.row(site as usize);
        self.work += reach.len() as u64;
        for entry in reach {
            let served = &mut self.served[entry.id as usize];
            if served.first == site {
                self.value -= served.weight * i64::from(served.first_benefit - served.second_benefit);
                (served.first, served.first_benefit) = (served.second, served.second_benefit);
            } else if served.second == site {
                let before = served.first_benefit - served.second_benefit;
                self.losses[served.first as usize] -= served.weight * i64::from(before);
            } else {
                continue;
            }
            (served.second, served.second_benefit) = (NONE, 0);
            if served.first == NONE {
                continue;
            }
            for next in self.model.near.row(entry.id as usize) {
                self.work += 1;
                if self.places[next.id as usize] != NONE && next.id != served.first {
                    (served.second, served.second_benefit) = (next.id, next.benefit);
                    break;
                }
            }
            let after = served.first_benefit - served.second_benefit;
            self.losses[served.first as usize] += served.weight * i64::from(after);
        }
        self.losses[site as usize] = 0;
    }
}
