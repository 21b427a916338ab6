//! The engine's own form of a question: choose sites within the means so that Σ weight × best benefit is highest.
//!
//! What exists or is forced is folded in, demand that nobody can serve better is left out, and demand points with the
//! same sites at the same benefits are one. All numbers are whole, so sums are exact whatever their order.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::problem::Problem;
use super::rows::Rows;

/// The other end of a pair and what it brings to one person, above what exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub id: u32,
    pub benefit: u32,
}

/// Demand points that no new post can serve better belong to no group.
pub(super) const NO_GROUP: u32 = super::plan::PAYS_NOTHING;

#[derive(Debug, Clone)]
pub(super) struct Model {
    /// Grains of each group of demand points.
    pub weights: Vec<i64>,
    /// Sites of each group, the most beneficial first, then by rank.
    pub near: Rows<Entry>,
    /// Groups of each site.
    pub reach: Rows<Entry>,
    pub prices: Vec<i64>,
    pub means: i64,
    /// Value of what exists and what is forced.
    pub base: i64,
    /// Rank in the problem of each site.
    pub site_ids: Vec<u32>,
    /// Group of each demand point of the problem, or [`NO_GROUP`].
    pub groups: Vec<u32>,
    /// The value if every site were open: no plan is worth more.
    pub ceiling: i64,
}

impl Model {
    /// The model of a problem whose value is a sum of benefits.
    pub fn new(problem: &Problem) -> Self {
        Self::with(problem, &problem.weights, problem.means(), &|cost| problem.benefit(cost))
    }

    /// The same with other weights, other means or another benefit, which must fall with the cost.
    pub fn with(problem: &Problem, weights: &[i64], means: i64, benefit: &dyn Fn(u32) -> u32) -> Self {
        let opened = |site: &u32| {
            let site = &problem.sites[*site as usize];
            site.existing_posts > 0 || site.forced_posts > 0
        };
        let spent: i64 = (0..problem.sites.len())
            .map(|site| i64::from(problem.sites[site].forced_posts.min(problem.room(site))) * problem.price(site))
            .sum();
        let means = means - spent;
        let mut ranks = vec![NO_GROUP; problem.sites.len()];
        let mut site_ids = Vec::new();
        for id in 0..problem.sites.len() as u32 {
            if !opened(&id) && problem.room(id as usize) > 0 && problem.price(id as usize) <= means {
                ranks[id as usize] = site_ids.len() as u32;
                site_ids.push(id);
            }
        }
        let mut model = Self {
            weights: Vec::new(),
            near: Rows::default(),
            reach: Rows::default(),
            prices: site_ids.iter().map(|&id| problem.price(id as usize)).collect(),
            means,
            base: 0,
            site_ids,
            groups: vec![NO_GROUP; weights.len()],
            ceiling: 0,
        };
        let mut known = HashMap::new();
        let mut row = Vec::new();
        for (demand, &weight) in weights.iter().enumerate() {
            if weight == 0 {
                continue;
            }
            let pairs = problem.pairs.of(demand);
            let at_once = pairs.iter().find(|pair| opened(&pair.site)).map_or(0, |pair| benefit(pair.cost));
            model.base += weight * i64::from(at_once);
            let better = pairs.iter().map(|pair| (ranks[pair.site as usize], benefit(pair.cost)));
            row.clear();
            row.extend(
                better
                    .take_while(|&(_, benefit)| benefit > at_once)
                    .filter(|&(rank, _)| rank != NO_GROUP)
                    .map(|(id, benefit)| Entry { id, benefit: benefit - at_once }),
            );
            if !row.is_empty() {
                // Whom the same sites serve alike is one, in whatever order they are met on the way.
                row.sort_unstable_by_key(|entry: &Entry| (Reverse(entry.benefit), entry.id));
                model.groups[demand] = model.group_of(&row, weight, &mut known);
            }
        }
        model.near.shrink();
        model.set_ceiling();
        model.reach = by_site(&model.near, model.sites());
        model
    }

    /// Counts what all sites that can be paid would bring together.
    pub fn set_ceiling(&mut self) {
        let best = self.near.iter().zip(&self.weights).map(|(row, weight)| weight * i64::from(self.most(row)));
        self.ceiling = self.base + best.sum::<i64>();
    }

    /// The same question with other means, no more than those that its sites were chosen for.
    pub fn set_means(&mut self, means: i64) {
        self.means = means;
        self.set_ceiling();
    }

    /// The most that a site which can be paid brings to one person of a group.
    pub fn most(&self, row: &[Entry]) -> u32 {
        let payable = row.iter().find(|entry| self.prices[entry.id as usize] <= self.means);
        payable.map_or(0, |entry| entry.benefit)
    }

    /// Adds a demand point to the group with the same row, or founds one.
    pub fn group_of(&mut self, row: &[Entry], weight: i64, known: &mut HashMap<u64, u32>) -> u32 {
        let new = self.weights.len() as u32;
        let group = *known.entry(fingerprint(row)).or_insert(new);
        if group != new && self.near.row(group as usize) == row {
            self.weights[group as usize] += weight;
            return group;
        }
        self.weights.push(weight);
        self.near.push(row.iter().copied());
        new
    }

    pub fn sites(&self) -> usize {
        self.site_ids.len()
    }

    pub fn demand(&self) -> usize {
        self.weights.len()
    }

    /// The same without the pairs that a good plan does not use: for each group only the best `most` sites.
    pub fn trimmed(&self, most: usize) -> Self {
        let mut near = Rows::default();
        self.near.iter().for_each(|row| near.push(row[..row.len().min(most)].iter().copied()));
        near.shrink();
        let reach = by_site(&near, self.sites());
        Self { near, reach, ..self.clone_without_pairs() }
    }

    pub fn clone_without_pairs(&self) -> Self {
        Self {
            weights: self.weights.clone(),
            near: Rows::default(),
            reach: Rows::default(),
            prices: self.prices.clone(),
            means: self.means,
            base: self.base,
            site_ids: self.site_ids.clone(),
            groups: self.groups.clone(),
            ceiling: self.ceiling,
        }
    }

    /// How many sites can be open at once, when all cost the same.
    pub fn even_count(&self) -> Option<usize> {
        let &price = self.prices.first()?;
        self.prices.iter().all(|&other| other == price).then(|| ((self.means / price) as usize).min(self.sites()))
    }
}

/// Rows of groups turned into rows of sites.
fn by_site(near: &Rows<Entry>, sites: usize) -> Rows<Entry> {
    near.transposed(sites, |entry| entry.id, |group, entry| Entry { id: group, benefit: entry.benefit })
}

/// Rows that differ may share a fingerprint: it only says where to look.
fn fingerprint(row: &[Entry]) -> u64 {
    row.iter().fold(row.len() as u64, |hash, entry| {
        let word = u64::from(entry.id) << 32 | u64::from(entry.benefit);
        (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
    })
}
