//! Rows that their publisher itself marks as not to be shown.

use crate::domain::text::fold_place;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::source::Source;
use super::table::Row;

/// Letters that a value of five or more may be away from one that excludes, and still look meant so.
const SLIPS: usize = 1;

/// What a value of the column means.
#[derive(Debug, PartialEq, Eq)]
enum Mark {
    /// The row is not to be shown.
    Out,
    /// Nearly a value that excludes: « INACTIF (2023) ».
    Nearly,
    /// Anything else.
    Other,
}

/// Whether the row is marked; it is quarantined here then. A value that nearly says so is told, and the row shown.
pub(super) fn is_excluded(row: Row<'_>, source: &Source, report: &mut SourceReport) -> bool {
    let Some(excluded) = &source.excluded else { return false };
    let Some(text) = row.text(&excluded.column) else { return false };
    let (action, code, reason) = match mark(text, &excluded.values) {
        Mark::Out => (Action::RowQuarantined, Code::ExcludedRow, excluded.reason.clone()),
        Mark::Nearly => {
            let reason =
                format!("looks like {}, which would put the row aside; the row is kept", excluded.values.join(", "));
            (Action::ValueKept, Code::UnlistedValue, reason)
        }
        Mark::Other => return false,
    };
    let entry = Entry::new(code, action, reason).at_line(row.line()).in_field(&excluded.column).with_value(text);
    if code == Code::ExcludedRow {
        report.quarantine(entry);
        return true;
    }
    report.note(entry);
    false
}

fn mark(text: &str, values: &[String]) -> Mark {
    let said = fold_place(text);
    let folded: Vec<String> = values.iter().map(|value| fold_place(value)).collect();
    if folded.contains(&said) {
        return Mark::Out;
    }
    let padded = format!(" {said} ");
    let nearly = |value: &String| {
        !value.is_empty() && padded.contains(&format!(" {value} "))
            || value.len() >= 5 && strsim::osa_distance(value, &said) <= SLIPS
    };
    if folded.iter().any(nearly) { Mark::Nearly } else { Mark::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_in_any_case_and_what_nearly_is_one_is_told() {
        let values = ["INACTIF".to_owned()];
        for (text, expected) in [
            ("INACTIF", Mark::Out),
            ("inactif", Mark::Out),
            (" Inactif. ", Mark::Out),
            ("INACTIF (2023)", Mark::Nearly),
            ("inactifs", Mark::Nearly),
            ("ACTIF", Mark::Other),
            ("", Mark::Other),
        ] {
            assert_eq!(mark(text, &values), expected, "{text:?}");
        }
    }
}
