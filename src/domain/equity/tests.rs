//! Each figure against the sum its definition spells out, person by person or pair by pair.

use super::*;
use crate::domain::need::testing::noise;

fn random_places(seed: u64, count: usize) -> (Vec<Option<f64>>, Vec<Option<u32>>) {
    let mut draw = noise(seed);
    let mut value = || (draw(8) > 0).then(|| draw(40) as f64 / 4.0);
    let values = (0..count).map(|_| value()).collect();
    let mut persons = || (draw(9) > 0).then(|| draw(12) as u32);
    (values, (0..count).map(|_| persons()).collect())
}

/// One entry per person, sorted.
fn people(values: &[Option<f64>], persons: &[Option<u32>]) -> Vec<f64> {
    let known = values.iter().zip(persons).filter_map(|(value, persons)| (*value).zip(*persons));
    let mut people: Vec<f64> = known.flat_map(|(value, n)| std::iter::repeat_n(value, n as usize)).collect();
    people.sort_by(f64::total_cmp);
    people
}

#[test]
fn gini_is_half_the_mean_difference_of_all_pairs_over_the_mean() {
    for seed in 0..40 {
        let (values, persons) = random_places(seed, 30);
        let people = people(&values, &persons);
        let n = people.len() as f64;
        let mean = people.iter().sum::<f64>() / n;
        let differences: f64 = people.iter().flat_map(|a| people.iter().map(move |b| (a - b).abs())).sum();
        let gini = Sample::new(&values, &persons).gini().unwrap();
        assert!((gini - differences / (2.0 * n * n * mean)).abs() < 1e-12, "seed {seed}: {gini}");
    }
}

#[test]
fn quantiles_and_the_worst_tenth_are_those_of_the_queue_of_persons() {
    for seed in 0..40 {
        let (values, persons) = random_places(seed, 60);
        let people = people(&values, &persons);
        let sample = Sample::new(&values, &persons);
        for share in [0.1, 0.5, 0.9, 1.0] {
            let place = (share * people.len() as f64).ceil() as usize;
            assert_eq!(sample.quantile(share), Some(people[place - 1]), "seed {seed}, {share}");
        }
        // A tenth of the persons need not be a whole number: the last one counts in part.
        let tenth = people.len() as f64 / 10.0;
        let whole = tenth.floor() as usize;
        let held = people[..whole].iter().sum::<f64>() + people[whole] * (tenth - whole as f64);
        let worst = sample.worst_tenth().unwrap();
        assert!((worst.mean - held / tenth).abs() < 1e-12);
        assert!((worst.share - held / people.iter().sum::<f64>()).abs() < 1e-12);
    }
}

#[test]
fn the_lorenz_curve_is_the_sum_over_the_queue_and_bounds_gini() {
    for seed in 0..10 {
        let (values, persons) = random_places(seed, 60);
        let people = people(&values, &persons);
        let total: f64 = people.iter().sum();
        let sample = Sample::new(&values, &persons);
        let curve = sample.lorenz(people.len() as u32);
        for (step, (share, held)) in curve.iter().enumerate() {
            assert!((share - step as f64 / people.len() as f64).abs() < 1e-12);
            assert!((held - people[..step].iter().sum::<f64>() / total).abs() < 1e-9);
        }
        let area: f64 = curve.windows(2).map(|w| (w[1].0 - w[0].0) * (w[0].1 + w[1].1) / 2.0).sum();
        assert!((sample.gini().unwrap() - (1.0 - 2.0 * area)).abs() < 1e-9);
    }
}

#[test]
fn the_unknown_is_counted_and_weighs_nothing() {
    let values = [Some(1.0), None, Some(3.0), Some(9.0), None];
    let persons = [Some(10), Some(7), Some(10), None, Some(0)];
    let sample = Sample::new(&values, &persons);
    let left_out = LeftOut { places_of_unknown_persons: 1, places_of_unknown_value: 1, persons: 7 };
    assert_eq!((sample.left_out, sample.persons(), sample.mean()), (left_out, 20.0, Some(2.0)));
}

#[test]
fn nobody_and_nothing_have_no_figures_rather_than_zeros() {
    let nobody = Sample::new(&[Some(1.0)], &[Some(0)]);
    assert_eq!((nobody.gini(), nobody.mean(), nobody.quantile(0.5), nobody.worst_tenth()), (None, None, None, None));
    let nothing = Sample::new(&[Some(0.0)], &[Some(5)]);
    assert_eq!((nothing.gini(), nothing.lorenz(4).len(), nothing.tails().unwrap().ratio()), (None, 0, None));
    let even = Sample::new(&[Some(2.0), Some(2.0)], &[Some(5), Some(3)]);
    assert_eq!((even.gini(), even.tails().unwrap().ratio()), (Some(0.0), Some(1.0)));
}
