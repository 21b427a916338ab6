//! Days of update that say nothing: one day for nearly all rows of a list is the day of its export.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Record;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// From this many rows on…
const ENOUGH: usize = 100;
/// …a day that more than this share of them carries is nobody's.
const MOST: f64 = 0.90;

/// Clears the day that nearly all records share, and says so.
pub fn clear_shared_day(records: &mut [Record], report: &mut SourceReport) {
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for day in records.iter().filter_map(|record| record.venue.updated) {
        *days.entry(day).or_default() += 1;
    }
    let Some((day, rows)) = days.into_iter().max_by_key(|(day, rows)| (*rows, *day)) else { return };
    if records.len() < ENOUGH || rows as f64 <= MOST * records.len() as f64 {
        return;
    }
    for record in records.iter_mut().filter(|record| record.venue.updated == Some(day)) {
        record.venue.updated = None;
        for provenance in &mut record.venue.provenance {
            provenance.updated = None;
        }
    }
    let reason = format!("{rows} of {} rows carry this day: it dates the list, not the venues", records.len());
    let entry = Entry::new(Code::ConstantValues, Action::FieldCleared, reason);
    report.note(entry.in_field("date_maj").with_value(&day.to_string()));
}
