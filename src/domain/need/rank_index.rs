//! The rank index: a weighted mean of decile scores, for comparing places. It is no number of people and cannot be summed.
//!
//! After the *indice de fragilité numérique* of 2023 (IFN): the mean of five scores from 1 to 10, each the national
//! decile of an indicator.

use typed_index_collections::TiVec;

use crate::domain::indicator::{Reading, Worse};
use crate::domain::rank::CommuneIx;
use crate::domain::territory::Commune;

/// One indicator in the index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion<'a> {
    /// One reading per commune.
    pub readings: &'a [Reading],
    /// Which way is worse.
    pub worse: Worse,
    /// Weight, finite and not negative; 1 for all is the plain mean.
    pub weight: f64,
}

/// The communes that deciles are taken over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Frame<'a> {
    /// All inhabited communes.
    Nation,
    /// The inhabited communes among these ordinals, which are also the only ones to get an index.
    Own(&'a [CommuneIx]),
}

/// The index of every commune, in the order of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct RankIndex {
    /// Scores from 1 (least need) to 10, criterion by criterion; `None` where the indicator is missing or suppressed.
    pub scores: Vec<Vec<Option<u8>>>,
    /// Weighted mean of the scores, in [1, 10]; `None` when one of the criteria of positive weight is missing: never a low
    /// score (defect D7), and never a mean of other criteria than the neighbour's, which would compare nothing.
    pub index: TiVec<CommuneIx, Option<f64>>,
    /// How many criteria of positive weight a commune has; it has an index when it has all.
    pub available: TiVec<CommuneIx, u8>,
}

/// Scores and index of every commune of the frame.
#[must_use]
pub fn rank_index(communes: &[Commune], criteria: &[Criterion<'_>], frame: Frame<'_>) -> RankIndex {
    let mut inside = vec![matches!(frame, Frame::Nation); communes.len()];
    if let Frame::Own(ordinals) = frame {
        for &i in ordinals {
            inside[usize::from(i)] = true;
        }
    }
    for (inside, commune) in inside.iter_mut().zip(communes) {
        // Population 0, or unknown: nobody to compare.
        *inside &= commune.population.is_some_and(|persons| persons.0 > 0);
    }
    let scores_of = |criterion: &Criterion<'_>| {
        let known = criterion.readings.iter().zip(&inside);
        let values: Vec<Option<f64>> = known.map(|(reading, inside)| reading.value().filter(|_| *inside)).collect();
        decile_scores(&values, criterion.worse)
    };
    let scores: Vec<Vec<Option<u8>>> = criteria.iter().map(scores_of).collect();
    let weights: Vec<f64> = criteria.iter().map(|criterion| criterion.weight).collect();
    let available = |i: usize| scores.iter().zip(&weights).filter(|(s, w)| **w > 0.0 && s[i].is_some()).count() as u8;
    RankIndex {
        index: weighted_means(&scores, &weights, communes.len()).into(),
        available: (0..communes.len()).map(available).collect(),
        scores,
    }
}

/// Mean by weight of the scores of the communes that have all of positive weight.
fn weighted_means(scores: &[Vec<Option<u8>>], weights: &[f64], communes: usize) -> Vec<Option<f64>> {
    let mean = |i: usize| {
        let (mut sum, mut total) = (0.0, 0.0);
        for (scores, weight) in scores.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
            sum += f64::from(scores[i]?) * weight;
            total += weight;
        }
        (total > 0.0).then(|| sum / total)
    };
    (0..communes).map(mean).collect()
}

/// Decile scores from 1 (least need) to 10. Equal values share the score of the middle of their ranks, so that a fifth of
/// the communes at the worst value are not told apart, nor counted as better than they are.
#[must_use]
pub fn decile_scores(values: &[Option<f64>], worse: Worse) -> Vec<Option<u8>> {
    let mut order: Vec<u32> = (0..values.len() as u32).filter(|&i| values[i as usize].is_some()).collect();
    let value = |i: u32| values[i as usize].unwrap_or(f64::NAN);
    order.sort_by(|&a, &b| match worse {
        Worse::Higher => value(a).total_cmp(&value(b)),
        Worse::Lower => value(b).total_cmp(&value(a)),
    });
    let mut scores = vec![None; values.len()];
    let mut better = 0;
    for equals in order.chunk_by(|&a, &b| value(a) <= value(b) && value(b) <= value(a)) {
        // Ten times the middle rank over the number of values, in whole numbers: ⌊10 (2b + t − 1) / 2n⌋.
        let score = 10 * (2 * better + equals.len() - 1) / (2 * order.len()) + 1;
        for &i in equals {
            scores[i as usize] = Some(score as u8);
        }
        better += equals.len();
    }
    scores
}
