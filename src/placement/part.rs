//! What is left of a question when some sites are open for certain and others closed for certain: fewer sites, fewer
//! demand points that any of them serves better, less to read.

use std::collections::HashMap;

use super::model::{Entry, Model, NO_GROUP};
use super::rows::Rows;

/// What is known of a site in one case of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Free,
    Open,
    Closed,
}

/// A smaller question, and how it lies in the whole. Only bounds are looked for in it, so its model has no rows of sites.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub model: Model,
    /// Rank in the whole of each site that is left.
    pub sites: Vec<u32>,
    /// Ranks in the whole of the sites that are open.
    pub open: Vec<u32>,
    /// Group here of each group of the whole, or [`NO_GROUP`].
    groups: Vec<u32>,
    /// What the open sites bring to each group of the whole.
    served: Vec<u32>,
}

impl Part {
    /// All of a question.
    pub fn whole(model: &Model) -> Self {
        Self {
            model: Model { near: model.near.clone(), ..model.clone_without_pairs() },
            sites: (0..model.sites() as u32).collect(),
            open: Vec::new(),
            groups: (0..model.demand() as u32).collect(),
            served: vec![0; model.demand()],
        }
    }

    /// What is left of this part under the fates of the sites of the whole; nothing when the open ones cannot be paid.
    pub fn narrowed(&self, fates: &[Fate]) -> Option<Self> {
        let from = &self.model;
        let fate = |site: u32| fates[self.sites[site as usize] as usize];
        let of = |wanted: Fate| (0..from.sites() as u32).filter(move |&site| fate(site) == wanted);
        let means = from.means - of(Fate::Open).map(|site| from.prices[site as usize]).sum::<i64>();
        if means < 0 {
            return None;
        }
        let free: Vec<u32> = of(Fate::Free).filter(|&site| from.prices[site as usize] <= means).collect();
        let mut ranks = vec![u32::MAX; from.sites()];
        free.iter().zip(0..).for_each(|(&site, rank)| ranks[site as usize] = rank);
        let mut model = Model {
            weights: Vec::new(),
            near: Rows::default(),
            reach: Rows::default(),
            prices: free.iter().map(|&site| from.prices[site as usize]).collect(),
            means,
            base: from.base,
            site_ids: free.iter().map(|&site| from.site_ids[site as usize]).collect(),
            groups: Vec::new(),
            ceiling: 0,
        };
        let (mut known, mut row) = (HashMap::new(), Vec::new());
        let moved: Vec<(u32, u32)> = from
            .near
            .iter()
            .zip(&from.weights)
            .map(|(near, &weight)| {
                let at_once = near.iter().find(|entry| fate(entry.id) == Fate::Open).map_or(0, |entry| entry.benefit);
                model.base += weight * i64::from(at_once);
                let better = near.iter().take_while(|entry| entry.benefit > at_once);
                row.clear();
                row.extend(
                    better
                        .filter(|entry| ranks[entry.id as usize] != u32::MAX)
                        .map(|entry| Entry { id: ranks[entry.id as usize], benefit: entry.benefit - at_once }),
                );
                let group = if row.is_empty() { NO_GROUP } else { model.group_of(&row, weight, &mut known) };
                (group, at_once)
            })
            .collect();
        model.set_ceiling();
        let (mut groups, mut served) = (self.groups.clone(), self.served.clone());
        for (group, served) in groups.iter_mut().zip(&mut served).filter(|(group, _)| **group != NO_GROUP) {
            let (now, more) = moved[*group as usize];
            *served += more;
            *group = now;
        }
        let sites = free.iter().map(|&site| self.sites[site as usize]).collect();
        let more_open = of(Fate::Open).map(|site| self.sites[site as usize]);
        let open = self.open.iter().copied().chain(more_open).collect();
        Some(Self { model, sites, open, groups, served })
    }

    /// Prices of the whole as prices of the part: those of groups that are one here are mixed.
    pub fn lowered(&self, whole: &Model, prices: &[u32], shift: u32) -> Vec<u32> {
        let mut sums = vec![0_i64; self.model.demand()];
        for (((&group, &served), &price), &weight) in
            self.groups.iter().zip(&self.served).zip(prices).zip(&whole.weights)
        {
            if group != NO_GROUP {
                sums[group as usize] += weight * i64::from(price.saturating_sub(served << shift));
            }
        }
        let most = self.model.near.iter().map(|row| row[0].benefit << shift);
        let means = sums.iter().zip(&self.model.weights).map(|(sum, weight)| (sum / weight) as u32);
        means.zip(most).map(|(price, most)| price.min(most)).collect()
    }

    /// Prices of the part as prices of the whole: what open sites bring is paid by everybody.
    pub fn raised(&self, prices: &[u32], shift: u32) -> Vec<u32> {
        let more = |&group: &u32| if group == NO_GROUP { 0 } else { prices[group as usize] };
        self.groups.iter().zip(&self.served).map(|(group, served)| (served << shift) + more(group)).collect()
    }
}
