//! Weights of the indicators of the rank index: `poverty-rate:2,share-65-plus:1`.

use std::collections::BTreeMap;
use std::fmt;

use crate::atlas::Atlas;
use crate::domain::need::Criterion;
use crate::http::params::{Query, number};
use crate::http::problem::Problem;

/// Greatest weight: more than a thousand to one is a choice of one.
const GREATEST: f64 = 1000.0;

/// Indicators by id with their weight, in the order of ids; the sum is positive.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(BTreeMap<String, f64>);

impl Weights {
    /// Equal weights of the indicators of the index that the edition has.
    #[must_use]
    pub fn default_of(atlas: &Atlas) -> Self {
        Self(atlas.analysis().rank_criteria.iter().map(|id| ((*id).to_owned(), 1.0)).collect())
    }

    /// Reads `weights`; `None` when it is not given.
    ///
    /// # Errors
    /// 400 naming the pair that is badly written, the indicator that is not there, or a sum of nothing.
    pub fn parse(query: &Query, atlas: &Atlas) -> Result<Option<Self>, Problem> {
        let Some(whole) = query.text("weights") else { return Ok(None) };
        let mut weights = BTreeMap::new();
        for pair in query.list("weights")? {
            let refuse = |detail: String| Problem::parameter("invalid-weights", "weights", pair, detail);
            let (id, text) = pair.split_once(':').ok_or_else(|| {
                refuse("weights are pairs INDICATOR:NUMBER between commas, such as poverty-rate:2".into())
            })?;
            if atlas.indicator(id).is_none() {
                let known = atlas.indicators().iter().map(|indicator| indicator.id.clone());
                return Err(refuse(format!("`{id}` is no indicator of this edition")).allowing(known));
            }
            let weight = number(text).filter(|weight| (0.0..=GREATEST).contains(weight)).ok_or_else(|| {
                refuse(format!("the weight of `{id}` must be a number from 0 to {GREATEST}, in plain digits"))
            })?;
            if weights.insert(id.to_owned(), weight).is_some() {
                return Err(refuse(format!("`{id}` has two weights")));
            }
        }
        if weights.values().sum::<f64>() <= 0.0 {
            let detail = "the weights sum to 0: at least one must be positive";
            return Err(Problem::parameter("invalid-weights", "weights", whole, detail));
        }
        Ok(Some(Self(weights)))
    }

    /// Indicators with their readings and weights.
    #[must_use]
    pub fn criteria<'a>(&self, atlas: &'a Atlas) -> Vec<Criterion<'a>> {
        let known = self.0.iter().filter_map(|(id, weight)| Some((atlas.indicator(id)?, *weight)));
        known
            .map(|(indicator, weight)| Criterion { readings: &indicator.readings.raw, worse: indicator.worse, weight })
            .collect()
    }

    /// Weights by id of the indicator.
    #[must_use]
    pub fn by_id(&self) -> &BTreeMap<String, f64> {
        &self.0
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|(id, weight)| format!("{id}:{weight}")).collect();
        f.write_str(&pairs.join(","))
    }
}
