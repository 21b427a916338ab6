//! How much two rankings agree.

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

/// How much each of several series ranks places as each of the others does.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlations {
    /// Spearman's coefficient, row by row; `None` where fewer than [`Correlations::ENOUGH`] places have both, or one does
    /// not vary.
    pub rho: Vec<Vec<Option<f64>>>,
    /// Places that have both.
    pub places: Vec<Vec<u32>>,
}

impl Correlations {
    /// Fewer places than this say nothing.
    pub const ENOUGH: u32 = 10;

    /// Of every pair; each series holds one value per place.
    #[must_use]
    pub fn new(series: &[Vec<Option<f64>>]) -> Self {
        let both = |a: &[Option<f64>], b: &[Option<f64>]| {
            a.iter().zip(b).filter(|(a, b)| a.is_some() && b.is_some()).count() as u32
        };
        let mut rho = vec![vec![None; series.len()]; series.len()];
        let mut places = vec![vec![0; series.len()]; series.len()];
        for (i, a) in series.iter().enumerate() {
            for (j, b) in series.iter().enumerate().take(i + 1) {
                let together = both(a, b);
                let found = if together < Self::ENOUGH { None } else { rank_correlation(a, b) };
                (rho[i][j], rho[j][i]) = (found, found);
                (places[i][j], places[j][i]) = (together, together);
            }
        }
        Self { rho, places }
    }
}
