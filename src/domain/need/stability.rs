//! How firm a ranking is: the same index with weights that somebody else might have chosen.

use super::rank_index::{RankIndex, weighted_means};

/// What became of the ranking under other weights. Ranks begin at 1, the greatest need; equals share their middle rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// Rank under the weights given.
    pub rank: Vec<Option<f64>>,
    /// Best (smallest) rank over the draws.
    pub lowest: Vec<Option<f64>>,
    /// Worst (largest) rank over the draws.
    pub highest: Vec<Option<f64>>,
    /// Spearman's correlation with the ranking given, the smallest over the draws; 1 when nothing moves. `None` when
    /// fewer than two communes are ranked.
    pub correlation: Option<f64>,
    /// Communes of the tenth in greatest need that stay in it under every draw, as a share.
    pub firm_tenth: Option<f64>,
}

/// Ranks the communes under `draws` random sets of weights, each weight times a number drawn evenly from
/// [1 − `spread`, 1 + `spread`]. The same seed gives the same draws.
#[must_use]
pub fn rank_stability(index: &RankIndex, weights: &[f64], spread: f64, draws: u32, seed: u64) -> Stability {
    let rank = ranks(&index.index);
    let ranked: Vec<u32> = (0..rank.len() as u32).filter(|&i| rank[i as usize].is_some()).collect();
    let tenth = ranked.len() as f64 / 10.0;
    let mut firm: Vec<u32> = ranked.iter().copied().filter(|&i| rank[i as usize].is_some_and(|r| r <= tenth)).collect();
    let first = firm.len();
    let (mut lowest, mut highest) = (rank.clone(), rank.clone());
    let mut correlation = spearman(&rank, &rank);
    let mut random = SplitMix64(seed);
    for _ in 0..draws {
        let shaken: Vec<f64> =
            weights.iter().map(|weight| weight * (1.0 + spread * (2.0 * random.unit() - 1.0))).collect();
        let other = ranks(&weighted_means(&index.scores, &shaken, rank.len()));
        for &i in &ranked {
            let i = i as usize;
            lowest[i] = lowest[i].zip(other[i]).map(|(a, b)| a.min(b));
            highest[i] = highest[i].zip(other[i]).map(|(a, b)| a.max(b));
        }
        firm.retain(|&i| other[i as usize].is_some_and(|rank| rank <= tenth));
        correlation = correlation.zip(spearman(&rank, &other)).map(|(a, b)| a.min(b));
    }
    let firm_tenth = (first > 0).then(|| firm.len() as f64 / first as f64);
    Stability { rank, lowest, highest, correlation, firm_tenth }
}

/// Ranks from the largest value down; equals share their middle rank.
pub(super) fn ranks(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(f64, u32)> = (0..).zip(values).filter_map(|(i, value)| Some(((*value)?, i))).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut ranks = vec![None; values.len()];
    let mut before = 0;
    for equals in order.chunk_by(|a, b| a.0 <= b.0) {
        let middle = before as f64 + f64::midpoint(equals.len() as f64, 1.0);
        for (_, i) in equals {
            ranks[*i as usize] = Some(middle);
        }
        before += equals.len();
    }
    ranks
}

/// Spearman's rank correlation of two series over the places that have both values; `None` when one does not vary.
#[must_use]
pub fn rank_correlation(a: &[Option<f64>], b: &[Option<f64>]) -> Option<f64> {
    // Ranks are taken among the places that have both.
    let both: Vec<(Option<f64>, Option<f64>)> = a.iter().zip(b).map(|(a, b)| (*a).zip(*b).unzip()).collect();
    let (a, b): (Vec<_>, Vec<_>) = both.into_iter().unzip();
    spearman(&ranks(&a), &ranks(&b))
}

/// Spearman's correlation: Pearson's, of ranks. Over the places that have both; `None` when one side does not vary.
pub(super) fn spearman(a: &[Option<f64>], b: &[Option<f64>]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = a.iter().zip(b).filter_map(|(a, b)| (*a).zip(*b)).collect();
    let count = pairs.len() as f64;
    let mean = |side: fn(&(f64, f64)) -> f64| pairs.iter().map(side).sum::<f64>() / count;
    let (mean_a, mean_b) = (mean(|p| p.0), mean(|p| p.1));
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in &pairs {
        ab += (a - mean_a) * (b - mean_b);
        aa += (a - mean_a) * (a - mean_a);
        bb += (b - mean_b) * (b - mean_b);
    }
    (aa > 0.0 && bb > 0.0).then(|| ab / (aa * bb).sqrt())
}

/// Steele, Lea & Flood, *Fast splittable pseudorandom number generators*, 2014: enough to shake weights, the same everywhere.
struct SplitMix64(u64);

impl SplitMix64 {
    /// The next number in [0, 1).
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
