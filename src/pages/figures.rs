//! A figure as a visitor reads it: its number in words, or why there is none.

use crate::access::Threshold;
use crate::atlas::figures::{Figure, FigureAt, Measured, Summary, Unit};
use crate::tables::french;

/// What stands where a number is not known.
pub const UNKNOWN: &str = "inconnu";
/// What stands where nothing can be reached: a class of its own.
pub const OUT_OF_REACH: &str = "hors d'atteinte";

/// Journeys longer than this are not told in minutes: the estimate crosses seas it does not know.
const LONGEST_MINUTES: f64 = 180.0;

/// The figure with this id, at a threshold where it has one.
///
/// # Panics
/// Never for an id of the table: pages name figures that are there, and a test asks for each of them.
#[must_use]
pub fn named(id: &str, threshold: Threshold) -> FigureAt {
    FigureAt::new(Figure::named(id).expect("pages name figures of the table"), threshold)
}

/// A figure of a territory in words.
#[must_use]
pub fn words(figure: &FigureAt, summary: &Summary) -> String {
    said(figure.figure.unit, figure.of(summary))
}

/// A number in words.
#[must_use]
pub fn said(unit: Unit, told: Measured) -> String {
    match told {
        Measured::Unknown => UNKNOWN.into(),
        Measured::Unreachable => OUT_OF_REACH.into(),
        Measured::Known(value) => known(unit, value),
    }
}

fn known(unit: Unit, value: f64) -> String {
    let words = unit.in_words();
    let value = words.times * value;
    match unit {
        // What is not quite all, or not quite nothing, is not rounded to it.
        Unit::Share if (99.95..100.0).contains(&value) => format!("plus de {}", french::measure(99.9, 1, "%")),
        Unit::Share if value > 0.0 && value < 0.05 => format!("moins de {}", french::measure(0.1, 1, "%")),
        Unit::Minutes if value > LONGEST_MINUTES => "plus de 3\u{a0}h".into(),
        _ => french::measure(value, words.decimals, words.symbol),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_quite_all_is_not_all() {
        let plain = |share: f64| said(Unit::Share, Measured::Known(share)).replace('\u{a0}', " ");
        assert_eq!(
            [1.0, 0.9997, 0.9994, 0.0002, 0.0].map(plain),
            ["100,0 %", "plus de 99,9 %", "99,9 %", "moins de 0,1 %", "0,0 %"]
        );
        assert_eq!(said(Unit::Share, Measured::Unknown), "inconnu");
    }

    #[test]
    fn a_journey_nobody_can_make_has_no_minutes() {
        assert_eq!(said(Unit::Minutes, Measured::Unreachable), "hors d'atteinte");
        assert_eq!(said(Unit::Minutes, Measured::Known(6_967.0)), "plus de 3\u{a0}h");
        assert_eq!(said(Unit::Minutes, Measured::Known(4.84)), "4,8\u{a0}min");
        assert_eq!(said(Unit::Minutes, Measured::Unknown), "inconnu");
    }

    #[test]
    fn a_count_is_written_in_groups_of_three() {
        assert_eq!(said(Unit::Persons, Measured::Known(34_969.0)), "34\u{202f}969");
    }
}
