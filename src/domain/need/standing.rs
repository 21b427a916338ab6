//! How much a rank depends on the weights: where a place stands when the criteria of the index weigh something else.

/// Weightings that are tried.
pub const WEIGHTINGS: u32 = 1000;

/// Where a place stands among those of its level that have every criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// At equal weights; 1 for the most fragile. Equals share the smallest rank.
    pub rank: u32,
    /// Places that are compared.
    pub of: u32,
    /// Places of the most fragile tenth: a tenth of them, rounded up.
    pub tenth: u32,
    /// In which share of the weightings the place is in that tenth.
    pub in_tenth: f64,
    /// The rank that a twentieth of the weightings does not pass, and that which nineteen twentieths do not.
    pub ranks: [u32; 2],
}

/// The scores of the places that are compared, each set of scores once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// Criterion by criterion, the scores of every set.
    scores: Vec<Vec<f64>>,
    /// How many places have the set. Scores of communes are whole numbers: thousands of them are the same.
    counts: Vec<u32>,
    /// Places that are compared.
    of: u32,
}

impl Compared {
    /// Reads, criterion by criterion, the score of every place; places that lack one are not compared.
    #[must_use]
    pub fn new(scores: &[Vec<Option<f64>>]) -> Self {
        let places = scores.first().map_or(0, Vec::len);
        let mut rows: Vec<Vec<f64>> = (0..places).filter_map(|place| of_place(scores, place)).collect();
        let order = |a: &Vec<f64>, b: &Vec<f64>| {
            a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
        };
        rows.sort_by(order);
        let mut compared = Self { scores: vec![Vec::new(); scores.len()], of: rows.len() as u32, ..Self::default() };
        for alike in rows.chunk_by(|a, b| order(a, b).is_eq()) {
            compared.scores.iter_mut().zip(&alike[0]).for_each(|(column, score)| column.push(*score));
            compared.counts.push(alike.len() as u32);
        }
        compared
    }

    /// The rank of some scores under some weights; `values` is room to work in.
    fn rank(&self, own: &[f64], weights: &[f64], values: &mut Vec<f64>) -> u32 {
        // Column by column: a loop that the compiler makes fast.
        values.clear();
        values.resize(self.counts.len(), 0.0);
        let mut of_own = 0.0;
        for ((column, weight), score) in self.scores.iter().zip(weights).zip(own) {
            of_own += score * weight;
            for (value, score) in values.iter_mut().zip(column) {
                *value += score * weight;
            }
        }
        // Sums in another order differ by a hair: that is no difference of rank.
        let limit = of_own + 1e-9;
        let mut above = 0;
        for (value, count) in values.iter().zip(&self.counts) {
            above += if *value > limit { *count } else { 0 };
        }
        1 + above
    }
}

/// The scores of one place; `None` when one of them is unknown.
#[must_use]
pub fn of_place(scores: &[Vec<Option<f64>>], place: usize) -> Option<Vec<f64>> {
    scores.iter().map(|scores| scores.get(place).copied().flatten()).collect()
}

/// Where a place stands under [`WEIGHTINGS`] random weightings, the same ones every time, drawn uniformly from all that
/// sum to one. `own` holds its score on every criterion. `None` when there is nothing to compare.
#[must_use]
pub fn standing(compared: &Compared, own: &[f64]) -> Option<Standing> {
    if own.is_empty() || own.len() != compared.scores.len() {
        return None;
    }
    let mut values = Vec::new();
    let mut weights = Weights::new(own.len());
    let mut ranks: Vec<u32> = (0..WEIGHTINGS).map(|_| compared.rank(own, weights.draw(), &mut values)).collect();
    let of = compared.of;
    let tenth = of.div_ceil(10);
    let inside = ranks.iter().filter(|rank| **rank <= tenth).count();
    ranks.sort_unstable();
    let at = |share: usize| ranks[(ranks.len() - 1) * share / 100];
    Some(Standing {
        rank: compared.rank(own, &vec![1.0 / own.len() as f64; own.len()], &mut values),
        of,
        tenth,
        in_tenth: inside as f64 / ranks.len() as f64,
        ranks: [at(5), at(95)],
    })
}

/// Weightings drawn uniformly from all that sum to one: the spaces between sorted uniform numbers.
struct Weights {
    state: u64,
    cuts: Vec<f64>,
    weights: Vec<f64>,
}

impl Weights {
    fn new(criteria: usize) -> Self {
        Self { state: 2026, cuts: vec![0.0; criteria - 1], weights: vec![1.0; criteria] }
    }

    fn draw(&mut self) -> &[f64] {
        for cut in &mut self.cuts {
            // SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every machine.
            self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *cut = ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        }
        self.cuts.sort_by(f64::total_cmp);
        let mut before = 0.0;
        for (weight, cut) in self.weights.iter_mut().zip(self.cuts.iter().chain(std::iter::once(&1.0))) {
            *weight = cut - before;
            before = *cut;
        }
        &self.weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(scores: &[Vec<Option<f64>>], place: usize) -> Option<Standing> {
        super::standing(&Compared::new(scores), &of_place(scores, place)?)
    }

    #[test]
    fn ranks_are_those_of_counting_place_by_place() {
        let score = |place: usize, criterion: usize| ((place * 7 + criterion * 13 + place * place) % 10) as f64;
        let scores: Vec<Vec<Option<f64>>> = (0..4).map(|c| (0..60).map(|p| Some(score(p, c))).collect()).collect();
        for place in [0, 17, 59] {
            let found = standing(&scores, place).unwrap();
            let mut weights = Weights::new(4);
            let mut expected: Vec<u32> = (0..WEIGHTINGS)
                .map(|_| {
                    let drawn = weights.draw().to_vec();
                    let value = |p: usize| drawn.iter().enumerate().map(|(c, w)| w * score(p, c)).sum::<f64>();
                    1 + (0..60).filter(|other| value(*other) > value(place) + 1e-9).count() as u32
                })
                .collect();
            expected.sort_unstable();
            assert_eq!(found.ranks, [expected[49], expected[949]], "{place}");
            let inside = expected.iter().filter(|rank| **rank <= 6).count();
            assert_eq!((found.in_tenth * 1000.0).round() as usize, inside, "{place}");
        }
    }

    fn known(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn weights_are_uniform_over_all_that_sum_to_one() {
        let mut weights = Weights::new(3);
        let mut sums = [0.0; 3];
        for _ in 0..10_000 {
            let drawn = weights.draw();
            assert!((drawn.iter().sum::<f64>() - 1.0).abs() < 1e-12 && drawn.iter().all(|weight| *weight >= 0.0));
            sums.iter_mut().zip(drawn).for_each(|(sum, weight)| *sum += weight);
        }
        assert!(sums.iter().all(|sum| (sum / 10_000.0 - 1.0 / 3.0).abs() < 0.01), "{sums:?}");
    }

    #[test]
    fn a_place_that_is_worst_everywhere_is_first_whatever_the_weights() {
        let scores = [known(&[9.0, 3.0, 1.0, 2.0]), known(&[8.0, 1.0, 2.0, 7.0])];
        let first = standing(&scores, 0).unwrap();
        assert_eq!((first.rank, first.of, first.tenth, first.in_tenth, first.ranks), (1, 4, 1, 1.0, [1, 1]));
    }

    #[test]
    fn a_place_that_is_worst_on_one_of_two_criteria_is_first_in_half_of_the_weightings() {
        // Ahead of the other exactly when the first weight passes one half: half of all weightings.
        let scores = [known(&[2.0, 1.0]), known(&[1.0, 2.0])];
        let half = standing(&scores, 0).unwrap();
        assert!((half.in_tenth - 0.5).abs() < 0.05, "{}", half.in_tenth);
        assert_eq!(half.ranks, [1, 2]);
    }

    #[test]
    fn a_place_without_one_of_the_criteria_is_not_compared() {
        let scores = [vec![Some(5.0), None, Some(3.0)], known(&[1.0, 2.0, 3.0])];
        assert_eq!(standing(&scores, 1), None);
        assert_eq!(standing(&scores, 0).unwrap().of, 2);
        assert_eq!(standing(&[], 0), None);
    }
}
