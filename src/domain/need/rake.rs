//! Raking: rates moved together until they add up to a given number, then whole persons that add up to it exactly.

/// Steps of the bisection: each halves the interval of the logarithm of the multiplier, [-50, 50] at first.
const STEPS: usize = 80;

/// Expected persons of each place when the odds of everybody are multiplied by the one number that makes the sum `target`.
///
/// `places` holds the number of people at risk and their odds. On the scale of odds no rate ever passes 1, whatever the
/// target, which a plain multiplier does not promise. `None` when the target is no number between 0 and all the people.
#[must_use]
pub fn rake_odds(places: &[(f64, f64)], target: f64) -> Option<Vec<f64>> {
    let everybody: f64 = places.iter().filter(|(_, odds)| *odds > 0.0).map(|(people, _)| people).sum();
    if !(target >= 0.0 && target <= everybody) {
        return None;
    }
    let expected =
        |(people, odds): &(f64, f64), multiplier: f64| people * (multiplier * odds / (1.0 + multiplier * odds));
    let sum = |multiplier: f64| places.iter().map(|place| expected(place, multiplier)).sum::<f64>();
    let (mut low, mut high) = (-50.0_f64, 50.0_f64);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if sum(middle.exp()) < target { low = middle } else { high = middle }
    }
    let multiplier = f64::midpoint(low, high).exp();
    Some(places.iter().map(|place| expected(place, multiplier)).collect())
}

/// Whole numbers that add up to `total`, each within one of its value scaled to that total: what is lost by rounding down
/// goes to the largest remainders, ties to the first (Hamilton's method). All values zero: all zero.
#[must_use]
pub fn largest_remainder(values: &[f64], total: u64) -> Vec<u64> {
    let sum: f64 = values.iter().sum();
    if sum <= 0.0 {
        return vec![0; values.len()];
    }
    let scaled: Vec<f64> = values.iter().map(|value| value / sum * total as f64).collect();
    let mut whole: Vec<u64> = scaled.iter().map(|value| value.floor() as u64).collect();
    // Rounding of the division can push a floor above its value by one at most: hence the saturation.
    let short = total.saturating_sub(whole.iter().sum()) as usize;
    let mut order: Vec<u32> = (0..values.len() as u32).filter(|&i| values[i as usize] > 0.0).collect();
    let remainder = |i: u32| scaled[i as usize] - scaled[i as usize].floor();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b)));
    for &i in order.iter().cycle().take(short) {
        whole[i as usize] += 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raked_persons_add_up_and_never_exceed_the_people() {
        let places = [(1000.0, 0.1), (20.0, 5.0), (0.0, 0.3), (500.0, 0.5)];
        for target in [0.0, 1.0, 300.0, 1519.0] {
            let persons = rake_odds(&places, target).unwrap();
            assert!((persons.iter().sum::<f64>() - target).abs() < 1e-6);
            assert!(persons.iter().zip(&places).all(|(persons, (people, _))| persons <= people));
        }
        assert_eq!(rake_odds(&places, 1521.0), None);
        assert_eq!(rake_odds(&places, f64::NAN), None);
    }

    #[test]
    fn raking_keeps_the_ratio_of_the_odds() {
        let persons = rake_odds(&[(100.0, 0.1), (100.0, 0.4)], 90.0).unwrap();
        let odds: Vec<f64> = persons.iter().map(|p| p / (100.0 - p)).collect();
        assert!((odds[1] / odds[0] - 4.0).abs() < 1e-9);
    }

    #[test]
    fn remainders_go_to_the_largest_then_to_the_first() {
        assert_eq!(largest_remainder(&[1.0, 1.0, 1.0], 10), [4, 3, 3]);
        assert_eq!(largest_remainder(&[0.2, 0.0, 0.7, 0.1], 3), [1, 0, 2, 0]);
        assert_eq!(largest_remainder(&[0.0, 0.0], 7), [0, 0]);
    }

    #[test]
    fn any_values_add_up_to_the_person() {
        let values: Vec<f64> = (0..35_000_u64).map(|i| ((i * 2_654_435_761) % 10_007) as f64 / 3.0).collect();
        for total in [1, 13_000_000, 8_000_000, 13_790_588] {
            let whole = largest_remainder(&values, total);
            assert_eq!(whole.iter().sum::<u64>(), total);
            let sum: f64 = values.iter().sum();
            let near = |(value, whole): (&f64, &u64)| (value / sum * total as f64 - *whole as f64).abs() < 1.0;
            assert!(values.iter().zip(&whole).all(near));
        }
    }
}
