//! The table of the level below: what is worst first, what is unknown last, and every commune once.

use crate::atlas::figures::{Measured, Summary};
use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, Level};
use crate::pages::classes::shade;
use crate::pages::figures::{said, words};
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::Lens;
use super::measure;
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
    pub communes: Vec<CommuneIx>,
    /// Class on the map, 1 to 5; 0 is hatched, 6 is out of reach.
    pub shade: usize,
    /// The value that the map shows, in words.
    pub shown: String,
    /// The numbers.
    pub summary: Summary,
    /// The same in words.
    pub words: Words,
}

/// The cells of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Persons in need.
    pub persons: String,
    /// Their share of the inhabitants.
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
    /// The numbers of a territory, « inconnu » where there is none.
    #[must_use]
    pub fn of(lens: &Lens<'_>, summary: &Summary) -> Self {
        let told = |id: &str| words(&lens.figure(id), summary);
        Self {
            persons: told("persons_in_need"),
            need: told("share_in_need"),
            coverage: told("share_within"),
            far: told("persons_beyond"),
            minutes: told("minutes_median"),
            hours: told("hours_per_person_year"),
            venues: told("venues"),
        }
    }
}

/// The lines of a territory at a level, sorted as asked; `own` is the code of the territory of the page.
#[must_use]
pub fn rows(lens: &Lens<'_>, place: &Place, level: Level, own: &str) -> Vec<Row> {
    let parts = place.parts(lens.atlas, level);
    let figure = measure::drawn(lens, level);
    let summaries: Vec<Summary> = parts.places.iter().map(|part| lens.of_place(part)).collect();
    let values: Vec<f64> = summaries.iter().filter_map(|summary| figure.of(summary).value()).collect();
    let classes = measure::classes(&figure, lens, &values).classes;
    let mut rows: Vec<Row> = parts
        .places
        .into_iter()
        .zip(summaries)
        .map(|(part, summary)| {
            let told = figure.of(&summary);
            Row {
                href: Some(lens.view.elsewhere().address(&href(&part))),
                ordinal: row_of(lens.atlas, &part),
                overflows: !part.whole,
                own: part.code == own,
                shade: shade(told, classes.as_ref()),
                shown: if told == Measured::Unknown { "pas de donnée".into() } else { said(figure.figure.unit, told) },
                words: Words::of(lens, &summary),
                summary,
                name: part.name,
                code: part.code,
                communes: part.communes,
            }
        })
        .collect();
    sort(&mut rows, lens);
    if !parts.elsewhere.is_empty() {
        rows.push(left_over(lens, parts.elsewhere));
    }
    rows
}

fn left_over(lens: &Lens<'_>, communes: Vec<CommuneIx>) -> Row {
    let summary = lens.summary(&communes);
    Row {
        name: format!("Hors de ces territoires ({})", french::count(communes.len() as u64, "commune", "communes")),
        code: String::new(),
        href: None,
        ordinal: None,
        overflows: false,
        own: false,
        shade: 0,
        shown: String::new(),
        words: Words::of(lens, &summary),
        summary,
        communes,
    }
}

/// What is worst first, what is unknown last; ties by minutes, then by name.
fn sort(rows: &mut [Row], lens: &Lens<'_>) {
    let order = lens.view.order;
    let magnitude = |id: &str, row: &Row| lens.figure(id).of(&row.summary).magnitude();
    let key = |row: &Row| -> f64 {
        let Some(id) = order.figure() else { return 0.0 };
        match (magnitude(id, row), order) {
            (None, _) => f64::INFINITY,
            (Some(value), Order::Far | Order::Need | Order::Minutes) => -value,
            (Some(value), _) => value,
        }
    };
    // Many communes are alike until minutes tell them apart.
    let farther = |row: &Row| -magnitude("minutes_median", row).unwrap_or(0.0);
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
