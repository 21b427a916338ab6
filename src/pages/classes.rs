//! The classes of a choropleth: thresholds computed once, the same on the map, in the legend and in the table.

use std::collections::BTreeSet;

use crate::access::Mode;
use crate::atlas::figures::{FigureAt, Measured};
use crate::domain::Worse;

use crate::tables::french;

/// Shades of the ramp, from the lightest (low need) to the darkest.
pub const SHADES: usize = 5;

/// The shade of what nothing reaches: a class of its own, after those of numbers.
pub const OUT_OF_REACH: usize = SHADES + 1;

/// Minutes between the classes of every map of minutes by car. Nine intercommunalités of ten have a venue within ten
/// minutes of half of their people: the thresholds of coverage would paint one colour. Départements lie between one and five
/// minutes, so two of the four stand there.
const MINUTES: [f64; 4] = [2.0, 3.0, 5.0, 8.0];
/// Shares between the classes of every map of coverage by car, at each of the thresholds of coverage.
const COVERAGE: [[f64; 4]; 4] =
    [[0.60, 0.75, 0.85, 0.95], [0.80, 0.90, 0.95, 0.99], [0.90, 0.95, 0.98, 0.99], [0.95, 0.97, 0.98, 0.99]];

/// Shares between the classes of maps of who has no known way: nearly nobody nearly everywhere, whole islands here and there.
const UNREACHABLE: [f64; 4] = [0.01, 0.05, 0.20, 0.50];

/// The thresholds that are the same on every map of a figure, if it has such: by car only, since what separates places by
/// car is nearly nothing, or nearly all, on foot.
#[must_use]
pub fn fixed_thresholds(figure: &FigureAt, mode: Mode) -> Option<&'static [f64]> {
    match (figure.figure.id, mode) {
        ("minutes_median", Mode::Car) => Some(&MINUTES),
        ("share_unreachable", _) => Some(&UNREACHABLE),
        ("share_within", Mode::Car) => {
            figure.threshold.and_then(|threshold| COVERAGE.get(threshold as usize)).map(|four| &four[..])
        }
        _ => None,
    }
}

/// Whether most of some shades are one, or all of them two: a map of them shows no differences, which is no answer.
#[must_use]
pub fn is_flat(shades: impl IntoIterator<Item = usize>) -> bool {
    let mut counts = [0_usize; OUT_OF_REACH + 1];
    shades.into_iter().filter(|shade| *shade > 0).for_each(|shade| counts[shade] += 1);
    let all: usize = counts.iter().sum();
    let colours = counts.iter().filter(|count| **count * ONE_IN >= all && **count > 0).count();
    all >= FEW && (colours < COLOURS || counts.iter().any(|count| count * 2 > all))
}

/// Fewer territories than this may well be alike.
const FEW: usize = 5;

/// Fewer colours than this show no differences.
const COLOURS: usize = 3;
/// A colour that fewer than one territory in twenty has is an exception, such as an island, and no class.
const ONE_IN: usize = 20;

/// The shade of a number of a territory: hatched (0) when nobody knows it, never the lowest.
#[must_use]
pub fn shade(told: Measured, classes: Option<&Classes>) -> usize {
    match told {
        Measured::Unknown => 0,
        Measured::Unreachable => OUT_OF_REACH,
        Measured::Known(value) => classes.map_or(0, |classes| classes.shade_of(value)),
    }
}

/// Thresholds between classes, ascending, rounded as they are shown: what the legend says is what the map paints.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    thresholds: Vec<f64>,
    scale: Scale,
}

/// One line of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Shade, 1 to [`SHADES`].
    pub shade: usize,
    /// The values of the class, in words.
    pub words: String,
}

/// How values are shown, and which way is worse.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// What a value is multiplied by to be said: 100 for a share.
    pub times: f64,
    /// Digits after the decimal mark, once multiplied.
    pub decimals: u8,
    /// Unit written after the number.
    pub unit: String,
    /// Which way is worse.
    pub worse: Worse,
}

impl Scale {
    /// That of a figure, which one way must be worse of.
    #[must_use]
    pub fn of(figure: &FigureAt) -> Self {
        let words = figure.figure.unit.in_words();
        let worse = figure.figure.worse.unwrap_or(Worse::Higher);
        Self { times: words.times, decimals: words.decimals, unit: words.symbol.into(), worse }
    }
}

impl Classes {
    /// The classes of a figure: fixed thresholds, the same on every map, or as many of the given values in each.
    #[must_use]
    pub fn of_figure(figure: &FigureAt, mode: Mode, values: impl FnOnce() -> Vec<f64>) -> Option<Self> {
        let scale = Scale::of(figure);
        match fixed_thresholds(figure, mode) {
            Some(thresholds) => Some(Self::fixed(thresholds, Scale { decimals: 0, ..scale })),
            None => Self::of_quantiles(values(), scale),
        }
    }

    /// Five classes with as many values each. Equal or equally shown thresholds are one, so classes may be fewer.
    /// `None` without a value.
    #[must_use]
    pub fn of_quantiles(mut values: Vec<f64>, scale: Scale) -> Option<Self> {
        values.retain(|value| value.is_finite());
        values.sort_by(f64::total_cmp);
        let (lowest, highest) = (*values.first()?, *values.last()?);
        let shown = scale.times * 10_f64.powi(i32::from(scale.decimals));
        let quantile = |class: usize| values[(values.len() * class / SHADES).min(values.len() - 1)];
        let mut thresholds: Vec<f64> = (1..SHADES).map(|class| (quantile(class) * shown).round() / shown).collect();
        thresholds.dedup();
        // A threshold that leaves nothing below or above it would be a class nobody is in.
        thresholds.retain(|threshold| lowest < *threshold && *threshold <= highest);
        Some(Self { thresholds, scale })
    }

    /// Classes between thresholds that somebody chose, ascending.
    #[must_use]
    pub fn fixed(thresholds: &[f64], scale: Scale) -> Self {
        Self { thresholds: thresholds.to_vec(), scale }
    }

    /// Other classes for a drawing of these values, when these paint most of it in one colour, or all of it in two: as many of the
    /// values in each. `None` when these separate them, or others do no better.
    #[must_use]
    pub fn instead(&self, values: &[f64]) -> Option<Self> {
        let shades = |classes: &Self| values.iter().map(|value| classes.shade_of(*value)).collect::<Vec<usize>>();
        let colours = |classes: &Self| shades(classes).into_iter().collect::<BTreeSet<usize>>().len();
        if !is_flat(shades(self)) {
            return None;
        }
        let scale = Scale { decimals: self.scale.decimals.max(1), ..self.scale.clone() };
        let own = Self::of_quantiles(values.to_vec(), scale)?;
        (colours(&own) > colours(self) || !is_flat(shades(&own))).then_some(own)
    }

    /// Thresholds between classes, ascending.
    #[must_use]
    pub fn thresholds(&self) -> &[f64] {
        &self.thresholds
    }

    /// The shade of each class, from the lowest values to the highest: dark is where need is high.
    #[must_use]
    pub fn shades(&self) -> Vec<usize> {
        let classes = self.thresholds.len() + 1;
        let spread = |class: usize| if classes == 1 { 3 } else { 1 + class * (SHADES - 1) / (classes - 1) };
        let mut shades: Vec<usize> = (0..classes).map(spread).collect();
        if self.scale.worse == Worse::Lower {
            shades.reverse();
        }
        shades
    }

    /// The shade of a value.
    #[must_use]
    pub fn shade_of(&self, value: f64) -> usize {
        self.shades()[self.thresholds.partition_point(|threshold| *threshold <= value)]
    }

    /// The legend, from the lowest values to the highest.
    #[must_use]
    pub fn legend(&self) -> Vec<Line> {
        let Scale { times, decimals, unit, .. } = &self.scale;
        let said = |value: f64| french::measure(times * value, *decimals, unit);
        let number = |value: f64| french::decimal(times * value, *decimals);
        let shades = self.shades();
        let line = |(class, shade): (usize, usize)| {
            let below = self.thresholds.get(class);
            let above = class.checked_sub(1).and_then(|i| self.thresholds.get(i));
            let words = match (above, below) {
                (None, None) => "toutes les valeurs".to_string(),
                (None, Some(below)) => format!("moins de {}", said(*below)),
                (Some(above), Some(below)) => format!("de {} à moins de {}", number(*above), said(*below)),
                (Some(above), None) => format!("{} et plus", said(*above)),
            };
            Line { shade, words }
        };
        shades.into_iter().enumerate().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(worse: Worse) -> Scale {
        Scale { times: 1.0, decimals: 1, unit: "%".into(), worse }
    }

    #[test]
    fn a_map_of_one_colour_is_told() {
        assert!(is_flat([5, 5, 5, 5, 1, 2]) && !is_flat([5, 5, 5, 1, 2, 3]) && !is_flat([5, 5]));
        assert!(is_flat([1, 1, 1, 2, 2, 2]), "two colours show a border and no more");
        let with_an_island = (0..41).map(|rank| if rank < 20 { 1 } else { 2 }).chain([5]);
        assert!(is_flat(with_an_island), "an exception is no third colour");
        assert!(!is_flat([0; 40]), "what nobody knows is no colour");
        assert!(is_flat([OUT_OF_REACH; 6]));
    }

    #[test]
    fn a_drawing_of_one_colour_or_two_has_classes_of_its_own() {
        let minutes = Classes::fixed(&MINUTES, Scale { decimals: 0, unit: "min".into(), ..scale(Worse::Higher) });
        // Départements of November 2026, all of them within two of the classes of before.
        let departements: Vec<f64> = (0..98).map(|rank| 1.2 + 0.03 * f64::from(rank)).collect();
        assert_eq!(minutes.instead(&departements), None, "the thresholds of all of France separate them");
        let before = Classes::fixed(&[3.0, 5.0, 8.0, 12.0], minutes.scale.clone());
        let own = before.instead(&departements).expect("two colours are no answer");
        let used: BTreeSet<usize> = departements.iter().map(|value| own.shade_of(*value)).collect();
        assert_eq!(used.len(), SHADES);
        // A town whose quarters all lie within two minutes; four territories, which may be alike; and values that nothing separates.
        assert!(minutes.instead(&[0.8, 1.0, 1.2, 1.4, 1.6, 1.8]).is_some());
        assert_eq!(minutes.instead(&[0.8, 1.0, 1.2, 1.4]), None);
        assert_eq!(minutes.instead(&[1.0; 9]), None);
    }

    #[test]
    fn classes_hold_as_many_values_each() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let classes = Classes::of_quantiles(values.clone(), scale(Worse::Higher)).unwrap();
        assert_eq!(classes.thresholds(), [20.0, 40.0, 60.0, 80.0]);
        for shade in 1..=SHADES {
            assert_eq!(values.iter().filter(|v| classes.shade_of(**v) == shade).count(), 20);
        }
    }

    #[test]
    fn the_shade_agrees_with_a_reading_of_the_legend_by_hand() {
        let values = vec![3.0, 9.0, 12.0, 13.04, 13.06, 20.0, 21.0, 44.0, 60.0, 61.0];
        let classes = Classes::of_quantiles(values.clone(), scale(Worse::Higher)).unwrap();
        for value in values {
            let by_hand = 1 + classes.thresholds().iter().filter(|t| value >= **t).count();
            assert_eq!(classes.shade_of(value), by_hand, "{value}");
        }
    }

    #[test]
    fn dark_is_where_need_is_high_whichever_way_is_worse() {
        let values: Vec<f64> = (0..50).map(f64::from).collect();
        let incomes = Classes::of_quantiles(values, scale(Worse::Lower)).unwrap();
        assert!(incomes.shade_of(0.0) > incomes.shade_of(49.0), "a low income is darker");
    }

    #[test]
    fn values_that_are_mostly_equal_make_fewer_classes_and_none_is_empty() {
        let mut values = vec![100.0; 90];
        values.extend([10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 95.0]);
        let classes = Classes::of_quantiles(values.clone(), scale(Worse::Lower)).unwrap();
        assert_eq!(classes.thresholds(), [100.0]);
        assert_eq!(classes.legend().len(), 2);
        let one = Classes::of_quantiles(vec![7.0; 5], scale(Worse::Higher)).unwrap();
        assert_eq!(one.legend()[0].words, "toutes les valeurs");
        assert_eq!(Classes::of_quantiles(vec![f64::NAN], scale(Worse::Higher)), None);
    }

    #[test]
    fn the_legend_is_french() {
        let values: Vec<f64> = (0..50).map(|i| f64::from(i) * 100.0).collect();
        let euros = Scale { times: 1.0, decimals: 0, unit: "€".into(), worse: Worse::Lower };
        let legend = Classes::of_quantiles(values, euros).unwrap().legend();
        assert_eq!(legend[1].words.replace(['\u{202f}', '\u{a0}'], " "), "de 1 000 à moins de 2 000 €");
    }
}
