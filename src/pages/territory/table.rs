//! The table of the level below: what is worst first, what is unknown last, and every commune once.

use crate::domain::Level;
use crate::domain::text::fold_place;
use crate::pages::classes::Classes;
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::{Lens, Tally, UNKNOWN, said, said_minutes, said_percent};
use super::measure::Measure;
use super::place::{href, row_of};
use super::view::Order;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of the territory.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its page; `None` for the communes that belong to no territory of the level.
    pub href: Option<String>,
    /// Its row in the table of its level.
    pub ordinal: Option<usize>,
    /// Whether only a part of it is counted here.
    pub overflows: bool,
    /// Whether it is the territory of the page itself.
    pub own: bool,
    /// Its communes that are counted.
    pub communes: Vec<u32>,
    /// Class on the map, 1 to 5; 0 is hatched.
    pub shade: usize,
    /// The value that the map shows, in words.
    pub shown: String,
    /// The numbers.
    pub tally: Tally,
    /// The same in words.
    pub words: Words,
}

/// The cells of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Persons in need.
    pub persons: String,
    /// Per thousand inhabitants.
    pub need: String,
    /// Share within the threshold.
    pub coverage: String,
    /// Persons beyond it.
    pub far: String,
    /// Minutes of the person in the middle.
    pub minutes: String,
    /// Hours per person and year.
    pub hours: String,
    /// Venues.
    pub venues: String,
}

impl Words {
    /// The numbers of a tally, « inconnu » where there is none.
    #[must_use]
    pub fn of(tally: &Tally) -> Self {
        let known = tally.population > 0;
        let persons = if known { french::integer(tally.persons) } else { UNKNOWN.into() };
        Self {
            persons,
            need: said(tally.need_per_thousand(), 0, ""),
            coverage: said_percent(tally.covered_percent()),
            far: tally.far().map_or_else(|| UNKNOWN.into(), french::integer),
            minutes: said_minutes(tally.minutes),
            hours: said(tally.hours, 1, "h"),
            venues: french::integer(tally.venues.into()),
        }
    }
}

/// The lines of a territory at a level, sorted as asked; `own` is the code of the territory of the page.
#[must_use]
pub fn rows(lens: &Lens<'_>, place: &Place, level: Level, own: &str) -> Vec<Row> {
    let parts = place.parts(lens.atlas, level);
    let measure = Measure::drawn(lens.view.order, level);
    let classes = measure.classes(lens);
    let mut rows: Vec<Row> = parts
        .places
        .into_iter()
        .map(|part| {
            let tally = lens.tally(&part.communes);
            let value = measure.of(&tally);
            Row {
                href: Some(lens.view.elsewhere().address(&href(&part))),
                ordinal: row_of(lens.atlas, &part),
                overflows: !part.whole,
                own: part.code == own,
                shade: shade(value, classes.as_ref()),
                shown: value.map_or_else(|| "pas de donnée".into(), |value| measure.words(Some(value))),
                words: Words::of(&tally),
                tally,
                name: part.name,
                code: part.code,
                communes: part.communes,
            }
        })
        .collect();
    sort(&mut rows, lens.view.order);
    if !parts.elsewhere.is_empty() {
        rows.push(left_over(lens, parts.elsewhere));
    }
    rows
}

fn left_over(lens: &Lens<'_>, communes: Vec<u32>) -> Row {
    let tally = lens.tally(&communes);
    Row {
        name: format!("Hors de ces territoires ({})", french::count(communes.len() as u64, "commune", "communes")),
        code: String::new(),
        href: None,
        ordinal: None,
        overflows: false,
        own: false,
        shade: 0,
        shown: String::new(),
        words: Words::of(&tally),
        tally,
        communes,
    }
}

/// The class of a value; 0, hatched, when it is unknown: never the lowest (defect D7).
fn shade(value: Option<f64>, classes: Option<&Classes>) -> usize {
    value.zip(classes).map_or(0, |(value, classes)| classes.shade_of(value))
}

/// What is worst first, what is unknown last; ties by minutes, then by name.
fn sort(rows: &mut [Row], order: Order) {
    let key = |row: &Row| -> f64 {
        let tally = &row.tally;
        let worst_is_high = |value: Option<f64>| value.map_or(f64::INFINITY, |value| -value);
        let worst_is_low = |value: Option<f64>| value.unwrap_or(f64::INFINITY);
        match order {
            Order::Far => worst_is_high(tally.far().map(|far| far as f64)),
            Order::Need => worst_is_high(tally.need_per_thousand()),
            Order::Coverage => worst_is_low(tally.covered_percent()),
            Order::Minutes => worst_is_high(tally.minutes),
            Order::Hours => worst_is_low(tally.hours),
            Order::Venues => f64::from(tally.venues),
            Order::Name => 0.0,
        }
    };
    // Many communes are alike until minutes tell them apart.
    let farther = |row: &Row| -row.tally.minutes.unwrap_or(0.0);
    rows.sort_by_cached_key(|row| {
        let by_name = (fold_place(&row.name), row.code.clone());
        let by_minutes = if order == Order::Name { 0.0 } else { farther(row) };
        (ordered(key(row)), ordered(by_minutes), by_name)
    });
}

/// Numbers in an order that can be kept as a key (IEEE 754, total order).
fn ordered(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    bits ^ (((bits >> 63).cast_unsigned()) >> 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_order_as_keys() {
        let values = [f64::NEG_INFINITY, -3.5, -0.1, 0.0, 0.1, 2.0, f64::INFINITY];
        let keys: Vec<i64> = values.into_iter().map(ordered).collect();
        assert!(keys.is_sorted());
    }
}
