//! Finer places of demand: a commune whose inhabitants are known cell by cell is the sum of its parts.

use std::ops::Range;

use super::reach::{Nearest, Reach};
use crate::domain::Seconds;

/// Which demand points are parts of others. A part has a time of its own; the whole has the mean time of its persons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts(Vec<Whole>);

/// One demand point that is divided.
#[derive(Debug, Clone, PartialEq)]
struct Whole {
    point: u32,
    /// Demand points that are its parts.
    parts: Range<u32>,
    /// Inhabitants of each part.
    weights: Vec<f64>,
}

impl Parts {
    /// Divides `point` into the points from `first` on, by their inhabitants. Wholes are given in ascending order.
    pub(super) fn divide(&mut self, point: u32, first: u32, weights: Vec<f64>) {
        self.0.push(Whole { point, parts: first..first + weights.len() as u32, weights });
    }

    /// How many demand points are divided.
    #[must_use]
    pub fn wholes(&self) -> usize {
        self.0.len()
    }

    /// The parts of a demand point; `None` when it is not divided.
    #[must_use]
    pub fn of(&self, point: u32) -> Option<Range<u32>> {
        self.0.binary_search_by_key(&point, |whole| whole.point).ok().map(|at| self.0[at].parts.clone())
    }

    /// Persons of all `points` demand points from those of the wholes: what a whole has is shared among its parts by
    /// inhabitants, to the person (largest remainders, ties to the first).
    #[must_use]
    pub fn share_out(&self, persons: &[Option<u32>], points: usize) -> Vec<Option<u32>> {
        let mut all = persons.to_vec();
        all.resize(points, None);
        for whole in &self.0 {
            let Some(total) = persons[whole.point as usize] else { continue };
            for (part, share) in whole.parts.clone().zip(largest_remainders(total, &whole.weights)) {
                all[part as usize] = Some(share);
            }
        }
        all
    }

    /// Gives each whole the mean time of the inhabitants of its parts, and the site that most of them are nearest to.
    /// A whole is unreachable when none of its parts reaches anything; those that do not are then left out of the mean.
    pub(super) fn summarise(&self, reaches: &mut [Reach]) {
        for whole in &self.0 {
            let (mut time, mut reached, mut sites) = (0.0, 0.0, Vec::<(u32, f64)>::new());
            for (part, weight) in whole.parts.clone().zip(&whole.weights) {
                let Some(nearest) = reaches[part as usize].nearest() else { continue };
                time += weight * f64::from(nearest.time.0);
                reached += weight;
                match sites.iter_mut().find(|(site, _)| *site == nearest.site) {
                    Some((_, most)) => *most += weight,
                    None => sites.push((nearest.site, *weight)),
                }
            }
            let main = sites.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            reaches[whole.point as usize] = main.map_or(Reach::Unreachable, |(site, _)| {
                Reach::Reached(Nearest { time: Seconds((time / reached).round() as u32), site })
            });
        }
    }
}

/// Whole numbers in the proportion of the weights that add up to the total.
fn largest_remainders(total: u32, weights: &[f64]) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|weight| f64::from(total) * weight / sum).collect();
    let mut shares: Vec<u32> = exact.iter().map(|share| share.floor() as u32).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()).then(a.cmp(&b)));
    let missing = total - shares.iter().sum::<u32>().min(total);
    order.into_iter().take(missing as usize).for_each(|part| shares[part] += 1);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(seconds: u32, site: u32) -> Reach {
        Reach::Reached(Nearest { time: Seconds(seconds), site })
    }

    fn halves() -> Parts {
        let mut parts = Parts::default();
        parts.divide(1, 3, vec![30.0, 10.0]);
        parts
    }

    #[test]
    fn a_whole_has_the_mean_time_of_its_people() {
        let mut reaches = [reached(1, 1), reached(2, 2), reached(3, 3), reached(100, 8), reached(500, 9)];
        halves().summarise(&mut reaches);
        assert_eq!(reaches[1], reached(200, 8));
        assert_eq!([reaches[0], reaches[2]], [reached(1, 1), reached(3, 3)]);
        let mut cut = [reached(1, 1), reached(2, 2), reached(3, 3), Reach::Unreachable, reached(500, 9)];
        halves().summarise(&mut cut);
        assert_eq!(cut[1], reached(500, 9));
        let mut lost = [reached(1, 1), reached(2, 2), reached(3, 3), Reach::Unreachable, Reach::Unreachable];
        halves().summarise(&mut lost);
        assert_eq!(lost[1], Reach::Unreachable);
    }

    #[test]
    fn persons_are_shared_out_to_the_person() {
        let parts = halves();
        assert_eq!(parts.of(1), Some(3..5));
        assert_eq!(parts.of(0), None);
        assert_eq!(parts.share_out(&[Some(5), Some(7), None], 5), [Some(5), Some(7), None, Some(5), Some(2)]);
        assert_eq!(parts.share_out(&[Some(5), None, None], 5)[3..], [None, None], "unknown stays unknown");
        for total in 0..200 {
            let weights = [0.3, 2.7, 1.1, 0.0, 9.9];
            assert_eq!(largest_remainders(total, &weights).iter().sum::<u32>(), total);
        }
    }
}
