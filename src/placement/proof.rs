//! Writes down what the search for bounds found, in terms of the problem: whoever has the data can check it.

use super::branch::{Branching, Node};
use super::model::Model;
use super::plan::{Case, Cases};

/// One list of prices for all plans.
pub(super) fn of_prices(model: &Model, shift: u32, prices: &[u32]) -> Cases {
    Cases { shift, payers: model.groups.clone(), prices: vec![prices.to_vec()], tree: vec![Case::Leaf { prices: 0 }] }
}

/// Prices at which no site is worth anything: everybody pays the most that any site could bring.
pub(super) fn of_ceiling(model: &Model, shift: u32) -> Cases {
    let most: Vec<u32> = model.near.iter().map(|row| model.most(row) << shift).collect();
    of_prices(model, shift, &most)
}

/// A list of prices for each leaf of a tree; lists that no leaf needs are left out.
pub(super) fn of_tree(model: &Model, shift: u32, branching: &Branching) -> Cases {
    let mut cases = Cases { shift, payers: model.groups.clone(), ..Cases::default() };
    let mut ranks = vec![None; branching.prices.len()];
    let mut pending = vec![0];
    while let Some(node) = pending.pop() {
        match branching.tree[node] {
            Node::Split { site, open, closed } => {
                cases.tree.push(Case::Split { site: model.site_ids[site as usize] });
                pending.extend([closed, open]);
            }
            Node::Leaf { prices, .. } => {
                let rank = *ranks[prices].get_or_insert_with(|| {
                    cases.prices.push(branching.prices[prices].clone());
                    cases.prices.len() as u32 - 1
                });
                cases.tree.push(Case::Leaf { prices: rank });
            }
        }
    }
    cases
}
