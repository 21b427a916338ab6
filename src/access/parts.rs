//! Finer places of demand: a commune whose inhabitants are known cell by cell is the sum of its parts.

use std::ops::Range;

use typed_index_collections::{TiSlice, TiVec};

use super::reach::{Nearest, Reach};
use crate::domain::{CommuneIx, PointIx, Seconds, SiteIx};

/// Which demand points are parts of others. A part has a time of its own; the whole has the mean time of its persons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts(Vec<Whole>);

/// One commune that is divided.
#[derive(Debug, Clone, PartialEq)]
struct Whole {
    commune: CommuneIx,
    /// First of the demand points that are its parts; they follow one another.
    first: PointIx,
    /// Inhabitants of each part.
    weights: Vec<f64>,
}

impl Parts {
    /// Divides a commune into the points from `first` on, by their inhabitants. Communes are given in ascending order.
    pub(super) fn divide(&mut self, commune: CommuneIx, first: PointIx, weights: Vec<f64>) {
        self.0.push(Whole { commune, first, weights });
    }

    /// How many communes are divided.
    #[must_use]
    pub fn wholes(&self) -> usize {
        self.0.len()
    }

    /// The parts of a commune; `None` when it is not divided.
    #[must_use]
    pub fn of(&self, commune: CommuneIx) -> Option<Points> {
        self.0.binary_search_by_key(&commune, |whole| whole.commune).ok().map(|at| self.0[at].parts())
    }

    /// The demand points of a commune: its parts, or the commune itself.
    #[must_use]
    pub fn points_of(&self, commune: CommuneIx) -> Points {
        self.of(commune).unwrap_or_else(|| Points::of_commune(commune))
    }

    /// The parts of a commune, each with its inhabitants; nothing where it is not divided.
    pub fn weighed(&self, commune: CommuneIx) -> impl Iterator<Item = (PointIx, f64)> + '_ {
        let whole = self.0.binary_search_by_key(&commune, |whole| whole.commune).ok().map(|at| &self.0[at]);
        whole.into_iter().flat_map(|whole| whole.parts().zip(whole.weights.iter().copied()))
    }

    /// A sample of the points of a commune, each with its share: one in so many inhabitants, `most` at most; the commune
    /// itself where that is fewer than two. Points follow one another, so those of the sample are spread over the commune.
    #[must_use]
    pub fn sample(&self, commune: CommuneIx, one_in: f64, most: usize) -> Vec<(PointIx, f64)> {
        let parts: Vec<(PointIx, f64)> = self.weighed(commune).collect();
        let inhabitants: f64 = parts.iter().map(|(_, weight)| weight).sum();
        let number = ((inhabitants / one_in) as usize).min(most);
        if number < 2 {
            return vec![(PointIx::of_commune(commune), 1.0)];
        }
        let mut sample: Vec<(PointIx, f64)> = Vec::new();
        let (mut before, mut rank) = (0.0, 0);
        for (point, weight) in parts {
            before += weight;
            let first = rank;
            while rank < number && (rank as f64 + 0.5) / number as f64 * inhabitants <= before {
                rank += 1;
            }
            if rank > first {
                sample.push((point, (rank - first) as f64 / number as f64));
            }
        }
        sample
    }

    /// Persons of all `points` demand points from those of the wholes: what a whole has is shared among its parts by
    /// inhabitants, to the person (largest remainders, ties to the first).
    #[must_use]
    pub fn share_out(&self, persons: &TiSlice<CommuneIx, Option<u32>>, points: usize) -> TiVec<PointIx, Option<u32>> {
        let mut all: TiVec<PointIx, Option<u32>> = persons.raw.to_vec().into();
        all.resize(points, None);
        for whole in &self.0 {
            let Some(total) = persons[whole.commune] else { continue };
            for (part, share) in whole.parts().zip(largest_remainders(total, &whole.weights)) {
                all[part] = Some(share);
            }
        }
        all
    }

    /// Gives each whole the mean time of the inhabitants of its parts, and the site that most of them are nearest to.
    /// A whole is unreachable when none of its parts reaches anything; those that do not are then left out of the mean.
    pub(super) fn summarise(&self, reaches: &mut TiSlice<PointIx, Reach>) {
        for whole in &self.0 {
            let (mut time, mut reached, mut sites) = (0.0, 0.0, Vec::<(SiteIx, f64)>::new());
            for (part, weight) in whole.parts().zip(&whole.weights) {
                let Some(nearest) = reaches[part].nearest() else { continue };
                time += weight * f64::from(nearest.time.0);
                reached += weight;
                match sites.iter_mut().find(|(site, _)| *site == nearest.site) {
                    Some((_, most)) => *most += weight,
                    None => sites.push((nearest.site, *weight)),
                }
            }
            let main = sites.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            reaches[PointIx::of_commune(whole.commune)] = main.map_or(Reach::Unreachable, |(site, _)| {
                Reach::Reached(Nearest { time: Seconds((time / reached).round() as u32), site })
            });
        }
    }
}

/// Demand points that follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points(Range<u32>);

impl Points {
    /// The commune, undivided.
    #[must_use]
    pub fn of_commune(commune: CommuneIx) -> Self {
        Self(commune.get()..commune.get() + 1)
    }
}

impl Iterator for Points {
    type Item = PointIx;

    fn next(&mut self) -> Option<PointIx> {
        self.0.next().map(PointIx::new)
    }
}

impl Whole {
    fn parts(&self) -> Points {
        Points(self.first.get()..self.first.get() + self.weights.len() as u32)
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
    use crate::access::Reaches;

    fn reached(seconds: u32, site: u32) -> Reach {
        Reach::Reached(Nearest { time: Seconds(seconds), site: SiteIx::new(site) })
    }

    fn halves() -> Parts {
        let mut parts = Parts::default();
        parts.divide(CommuneIx::new(1), PointIx::new(3), vec![30.0, 10.0]);
        parts
    }

    #[test]
    fn a_whole_has_the_mean_time_of_its_people() {
        let mut reaches: Reaches =
            vec![reached(1, 1), reached(2, 2), reached(3, 3), reached(100, 8), reached(500, 9)].into();
        halves().summarise(&mut reaches);
        assert_eq!(reaches[PointIx::new(1)], reached(200, 8));
        assert_eq!([reaches[PointIx::new(0)], reaches[PointIx::new(2)]], [reached(1, 1), reached(3, 3)]);
        let mut cut: Reaches =
            vec![reached(1, 1), reached(2, 2), reached(3, 3), Reach::Unreachable, reached(500, 9)].into();
        halves().summarise(&mut cut);
        assert_eq!(cut[PointIx::new(1)], reached(500, 9));
        let mut lost: Reaches =
            vec![reached(1, 1), reached(2, 2), reached(3, 3), Reach::Unreachable, Reach::Unreachable].into();
        halves().summarise(&mut lost);
        assert_eq!(lost[PointIx::new(1)], Reach::Unreachable);
    }

    #[test]
    fn persons_are_shared_out_to_the_person() {
        let parts = halves();
        assert_eq!(parts.of(CommuneIx::new(1)), Some(Points(3..5)));
        assert_eq!(parts.of(CommuneIx::new(0)), None);
        let share_out = |persons: [Option<u32>; 3]| parts.share_out(TiSlice::from_ref(&persons), 5).raw;
        assert_eq!(share_out([Some(5), Some(7), None]), [Some(5), Some(7), None, Some(5), Some(2)]);
        assert_eq!(share_out([Some(5), None, None])[3..], [None, None], "unknown stays unknown");
        for total in 0..200 {
            let weights = [0.3, 2.7, 1.1, 0.0, 9.9];
            assert_eq!(largest_remainders(total, &weights).iter().sum::<u32>(), total);
        }
    }
}
