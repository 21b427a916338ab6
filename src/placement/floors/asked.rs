//! A question about floors in the form that its search reads: groups of people of one territory whom the same sites reach.

use std::collections::HashMap;

use crate::placement::benefit::grains_of_share;
use crate::placement::bundles::stands;
use crate::placement::part::Fate;
use crate::placement::plan::PAYS_NOTHING;
use crate::placement::problem::Problem;
use crate::placement::rows::Rows;
use crate::placement::weighted::{forced_spending, people};

/// The whole question.
pub(super) struct Asked {
    /// Grains of each group.
    pub weights: Vec<i64>,
    /// Territory of each group.
    pub territories: Vec<u32>,
    /// Sites of each group, by rank.
    near: Rows<u32>,
    /// Price of each site.
    pub prices: Vec<i64>,
    /// What forced posts leave of the means.
    means: i64,
    /// Rank in the problem of each site.
    pub site_ids: Vec<u32>,
    /// Group of each demand point of the problem, or [`PAYS_NOTHING`].
    pub payers: Vec<u32>,
    /// Grains that each territory is promised.
    pub floors: Vec<i64>,
    /// Grains of each territory within reach of what stands.
    covered: Vec<i64>,
}

/// What is left of it when some sites are open and others closed.
pub(super) struct Left {
    /// Ranks in the whole of the sites that may open and can be paid.
    pub sites: Vec<u32>,
    pub prices: Vec<i64>,
    pub means: i64,
    /// Ranks in the whole of the groups that some of them reach and nobody does yet.
    pub groups: Vec<u32>,
    /// Their grains and territories, and the cells that reach them.
    pub weights: Vec<i64>,
    pub territories: Vec<u32>,
    pub near: Rows<u32>,
    /// What a site is to a territory: its place in `sites`, and the territory.
    pub cells: Vec<(u32, u32)>,
    /// Whether somebody serves each group of the whole.
    pub is_served: Vec<bool>,
    /// Grains that each territory covers.
    pub covered: Vec<i64>,
    /// Grains that each territory lacks.
    pub lacks: Vec<i64>,
    /// Ranks in the whole of the sites that are open.
    pub open: Vec<u32>,
}

impl Asked {
    pub fn new(problem: &Problem) -> Self {
        let means = problem.means() - forced_spending(problem);
        let mut ranks = vec![u32::MAX; problem.sites.len()];
        let mut site_ids = Vec::new();
        for (id, rank) in ranks.iter_mut().enumerate() {
            if !stands(problem, id) && problem.room(id) > 0 && problem.price(id) <= means {
                *rank = site_ids.len() as u32;
                site_ids.push(id as u32);
            }
        }
        let all = people(problem);
        let mut asked = Self {
            weights: Vec::new(),
            territories: Vec::new(),
            near: Rows::default(),
            prices: site_ids.iter().map(|&id| problem.price(id as usize)).collect(),
            means,
            site_ids,
            payers: vec![PAYS_NOTHING; problem.weights.len()],
            floors: all.iter().map(|&all| grains_of_share(problem.objective.share, all)).collect(),
            covered: vec![0; all.len()],
        };
        let mut known: HashMap<(u32, Vec<u32>), u32> = HashMap::new();
        for (demand, row) in problem.pairs.iter().enumerate().filter(|(demand, _)| problem.weights[*demand] > 0) {
            let (weight, territory) = (problem.weights[demand], problem.territories[demand]);
            let near = || row.iter().take_while(|pair| problem.benefit(pair.cost) > 0).map(|pair| pair.site);
            if near().any(|site| stands(problem, site as usize)) {
                asked.covered[territory as usize] += weight;
                continue;
            }
            let mut sites: Vec<u32> = near().map(|site| ranks[site as usize]).filter(|&rank| rank < u32::MAX).collect();
            if sites.is_empty() {
                continue;
            }
            sites.sort_unstable();
            let new = asked.weights.len() as u32;
            let group = *known.entry((territory, sites)).or_insert_with_key(|(_, sites)| {
                asked.near.push(sites.iter().copied());
                asked.weights.push(0);
                asked.territories.push(territory);
                new
            });
            asked.weights[group as usize] += weight;
            asked.payers[demand] = group;
        }
        asked
    }

    /// What is left under the fates of the sites; nothing when the open ones cannot be paid.
    pub fn left(&self, fates: &[Fate]) -> Option<Left> {
        let of = |wanted: Fate| (0..fates.len() as u32).filter(move |&site| fates[site as usize] == wanted);
        let open: Vec<u32> = of(Fate::Open).collect();
        let means = self.means - open.iter().map(|&site| self.prices[site as usize]).sum::<i64>();
        if means < 0 {
            return None;
        }
        let sites: Vec<u32> = of(Fate::Free).filter(|&site| self.prices[site as usize] <= means).collect();
        let mut places = vec![u32::MAX; fates.len()];
        sites.iter().zip(0..).for_each(|(&site, place)| places[site as usize] = place);
        let mut left = Left {
            prices: sites.iter().map(|&site| self.prices[site as usize]).collect(),
            sites,
            means,
            groups: Vec::new(),
            weights: Vec::new(),
            territories: Vec::new(),
            near: Rows::default(),
            cells: Vec::new(),
            is_served: vec![false; self.weights.len()],
            covered: self.covered.clone(),
            lacks: Vec::new(),
            open,
        };
        let mut row = Vec::new();
        let mut known: HashMap<(u32, u32), u32> = HashMap::new();
        for (group, near) in self.near.iter().enumerate() {
            let (weight, territory) = (self.weights[group], self.territories[group]);
            if near.iter().any(|&site| fates[site as usize] == Fate::Open) {
                left.is_served[group] = true;
                left.covered[territory as usize] += weight;
                continue;
            }
            row.clear();
            let places = near.iter().map(|&site| places[site as usize]).filter(|&place| place < u32::MAX);
            row.extend(places.map(|place| {
                *known.entry((place, territory)).or_insert_with(|| {
                    left.cells.push((place, territory));
                    left.cells.len() as u32 - 1
                })
            }));
            if !row.is_empty() {
                left.groups.push(group as u32);
                left.weights.push(weight);
                left.territories.push(territory);
                left.near.push(row.iter().copied());
            }
        }
        left.lacks = self.floors.iter().zip(&left.covered).map(|(floor, covered)| (floor - covered).max(0)).collect();
        Some(left)
    }

    pub fn sites(&self) -> usize {
        self.site_ids.len()
    }

    pub fn groups(&self) -> usize {
        self.weights.len()
    }
}

impl Left {
    /// What each site could do for what the territories lack.
    pub fn useful(&self) -> Vec<i64> {
        let mut reached = vec![0; self.cells.len()];
        for (row, weight) in self.near.iter().zip(&self.weights) {
            row.iter().for_each(|&cell| reached[cell as usize] += weight);
        }
        let mut useful = vec![0; self.sites.len()];
        for (&(site, territory), &reached) in self.cells.iter().zip(&reached) {
            useful[site as usize] += self.lacks[territory as usize].min(reached);
        }
        useful
    }

    /// What all territories lack together.
    pub fn shortfall(&self) -> i64 {
        self.lacks.iter().sum()
    }

    /// What all territories cover together.
    pub fn value(&self) -> i64 {
        self.covered.iter().sum()
    }
}
