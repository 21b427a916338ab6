//! Breakers: a file that differs too much from the one before is more likely broken than the country is changed.

use std::collections::BTreeMap;

use crate::domain::units::MOVED_M;
use crate::domain::{Indicator, Position, Reading};

use super::report::{Action, Code, Entry, FileRefused, SourceReport};

/// A file that lost more than this share of its rows is suspicious.
const MOST_LOST: f64 = 0.20;
/// A file of this many rows or more…
const ENOUGH_ROWS: u64 = 10;
/// …that grew this many times is.
const MOST_GROWN: f64 = 2.0;
/// A list of which more than this share had to be put aside is…
const MOST_QUARANTINED: f64 = 0.05;
/// …from this many rows on: in a short list two bad rows are a large share and no sign of anything.
const ENOUGH_QUARANTINED: u64 = 50;
/// A short list is when most of it had to be put aside, this many rows at least.
const ENOUGH_OF_A_SHORT_LIST: u64 = 5;
/// A list of which more than this share of the places has moved is suspicious.
const MOST_MOVED: f64 = 0.10;
/// Fewer places in common than this move only together.
const ENOUGH_PLACES: usize = 10;
/// A column that was filled and is now filled this many times less is told.
const EMPTIED: f64 = 2.0;
/// An indicator whose median is this many times larger or smaller changed its unit.
const OTHER_UNIT: f64 = 10.0;

const HINT: &str = "if it is right all the same, build with --force and the reason";

/// What a list looks like, as far as two of its files can be compared.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Places by the id of their record, where they have coordinates of their own.
    pub positions: BTreeMap<String, Position>,
    /// Columns, with the number of rows that fill them.
    pub columns: Vec<(String, u64)>,
}

/// One reading of a file: its counts so far, and its shape.
pub type Look<'a> = (&'a SourceReport, &'a Shape);

/// Why a list should not be published without a word from a person.
#[must_use]
pub fn suspicious_list(now: Look<'_>, before: Option<Look<'_>>, rows_before: Option<u64>) -> Option<FileRefused> {
    let report = now.0;
    rows_changed(report, before.map(|(report, _)| report), rows_before)
        .or_else(|| quarantined(report))
        .or_else(|| moved(now, before?))
}

fn refused(report: &SourceReport, code: Code, message: String) -> FileRefused {
    FileRefused::new(&report.file, code, message).hint(HINT)
}

/// Rows that say something of their own.
fn usable(report: &SourceReport) -> u64 {
    report.rows_read.saturating_sub(report.quarantined + report.merged + report.blank)
}

fn rows_changed(now: &SourceReport, before: Option<&SourceReport>, rows_before: Option<u64>) -> Option<FileRefused> {
    let read = (now.rows_read, before.map(|report| report.rows_read).or(rows_before)?, "rows");
    let useful = before.map(|before| (usable(now), usable(before), "usable rows"));
    for (rows, known, what) in std::iter::once(read).chain(useful) {
        let message = format!("{rows} {what} where the previous edition read {known}");
        if (rows as f64) < known as f64 * (1.0 - MOST_LOST) {
            return Some(refused(now, Code::DropInRows, message));
        }
        if known >= ENOUGH_ROWS && rows as f64 >= known as f64 * MOST_GROWN {
            return Some(refused(now, Code::RiseInRows, message));
        }
    }
    None
}

fn quarantined(report: &SourceReport) -> Option<FileRefused> {
    let aside = report.quarantined - report.total(Code::ExcludedRow).min(report.quarantined);
    let share = aside as f64 / report.rows_read.max(1) as f64;
    let much = aside >= ENOUGH_QUARANTINED && share > MOST_QUARANTINED;
    let most = aside >= ENOUGH_OF_A_SHORT_LIST && share > 0.5;
    (much || most).then(|| {
        let message = format!("{aside} of {} rows had to be put aside: {}", report.rows_read, reasons(report));
        refused(report, Code::TooManyQuarantined, message)
    })
}

/// The most frequent reasons, with their number.
fn reasons(report: &SourceReport) -> String {
    let mut errors: Vec<_> = report.errors.iter().collect();
    errors.sort_by_key(|(code, total)| (std::cmp::Reverse(**total), **code));
    errors.iter().take(10).map(|(code, total)| format!("{code} {total}")).collect::<Vec<_>>().join(", ")
}

fn moved((report, now): Look<'_>, (_, before): Look<'_>) -> Option<FileRefused> {
    let common: Vec<f64> = now
        .positions
        .iter()
        .filter_map(|(id, position)| Some(before.positions.get(id)?.geodesic_to(*position).value()))
        .collect();
    let far = common.iter().filter(|metres| **metres > MOVED_M).count();
    let share = far as f64 / common.len().max(1) as f64;
    let many = common.len() >= ENOUGH_PLACES && share > MOST_MOVED;
    let together = (3..ENOUGH_PLACES).contains(&common.len()) && far == common.len();
    if many || together {
        let message = format!("{far} of {} places are more than {MOVED_M} m from where they were", common.len());
        return Some(refused(report, Code::DriftInPositions, message));
    }
    let (had, has) = (before.positions.len(), now.positions.len());
    if had >= ENOUGH_PLACES && (has as f64) < had as f64 * (1.0 - MOST_LOST) {
        let message = format!("{has} places have coordinates where {had} had");
        return Some(refused(report, Code::DriftInPositions, message));
    }
    None
}

/// Tells which columns are gone or emptied since the file before.
pub fn tell_columns(now: &Shape, before: &Shape, report: &mut SourceReport) {
    let rows = report.rows_read.max(1) as f64;
    for (name, filled) in &before.columns {
        if *filled == 0 {
            continue;
        }
        let reason = match now.columns.iter().find(|(known, _)| known == name) {
            None => "the column was in the previous edition's file, where rows filled it; it is gone".to_owned(),
            Some((_, still)) if *filled >= ENOUGH_ROWS && (*still as f64) * EMPTIED < *filled as f64 => {
                format!("{still} rows fill the column where {filled} did ({rows} rows)")
            }
            Some(_) => continue,
        };
        report.note(Entry::new(Code::VanishedColumn, Action::FileAdapted, reason).in_field(name).with_value(name));
    }
}

/// Why an indicator should not be published without a word from a person.
#[must_use]
pub fn suspicious_indicator(now: (&SourceReport, &Indicator), before: Option<&Indicator>) -> Option<FileRefused> {
    let (report, indicator) = now;
    let values = known(indicator);
    if let Some(message) = two_units(&values) {
        return Some(refused(report, Code::MixedUnits, format!("indicator {}: {message}", indicator.id)));
    }
    let before = known(before?);
    let (had, has) = (before.len(), values.len());
    let said = format!("indicator {}: {has} communes have a value where {had} had", indicator.id);
    if (has as f64) < had as f64 * (1.0 - MOST_LOST) {
        return Some(refused(report, Code::DropInRows, said));
    }
    if had as u64 >= ENOUGH_ROWS && has as f64 >= had as f64 * MOST_GROWN {
        return Some(refused(report, Code::RiseInRows, said));
    }
    let (old, new) = (quantile(&before, 0.5), quantile(&values, 0.5));
    if old.abs() > 0.0 && !(1.0 / OTHER_UNIT..=OTHER_UNIT).contains(&(new / old)) {
        let message =
            format!("indicator {}: its median is {new} where it was {old}; is the unit another?", indicator.id);
        return Some(refused(report, Code::MixedUnits, message));
    }
    None
}

/// The values of an indicator, ascending.
fn known(indicator: &Indicator) -> Vec<f64> {
    let mut values: Vec<f64> = indicator.readings.iter().copied().filter_map(Reading::value).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The value below which this share of ascending values lies; 0 when there is none.
fn quantile(values: &[f64], share: f64) -> f64 {
    values.get((values.len().saturating_sub(1) as f64 * share).round() as usize).copied().unwrap_or_default()
}

/// Shares of 1 and percentages in one column: a heap up to 1, another far above, nothing between them, and the first is
/// of the size of the second once multiplied by 100.
fn two_units(ascending: &[f64]) -> Option<String> {
    let positive = &ascending[ascending.partition_point(|value| *value <= 0.0)..];
    let (low, high) = positive.split_at(positive.partition_point(|value| *value <= 1.0));
    let fewest = (positive.len() / 50).max(2);
    if low.len() < fewest || high.len() < fewest || high.last().is_some_and(|top| *top > 100.0) {
        return None;
    }
    // A rate that runs from 0 to 100 has as many values from 1 to 2 as from 0 to 1; two heaps have none there.
    let between = high.partition_point(|value| *value <= 2.0);
    let gap = between * 10 < low.len();
    let alike = (quantile(low, 0.5) * 100.0 / quantile(high, 0.5) - 1.0).abs() < 1.0;
    (gap && alike).then(|| {
        format!(
            "{} values are at most 1 and {} are above, with {between} from 1 to 2: shares and percentages in one column",
            low.len(),
            high.len()
        )
    })
}

#[cfg(test)]
mod tests;
