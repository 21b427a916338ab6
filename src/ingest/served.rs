//! Persons accompanied, place by place and month by month. Small counts end here: no edition holds one.

use std::collections::BTreeMap;

use crate::domain::CommuneCode;
use crate::domain::served::{Accompaniment, LEAST_SHOWN, Month};
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::places::field;
use super::reference::Reference;
use super::source::Source;
use super::table::Table;

/// How publishers write a number they withhold.
const WITHHELD: [&str; 4] = ["s", "ns", "<5", "< 5"];

/// Reads accompaniments: one row per place and month.
#[must_use]
pub fn read(table: &Table, source: &Source, reference: &Reference, report: &mut SourceReport) -> Vec<Accompaniment> {
    let mut seen: BTreeMap<(String, Month), u32> = BTreeMap::new();
    let mut read = Vec::new();
    for row in table.rows() {
        let mut refuse = |code, name: &str, value: &str, reason: &str| {
            let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(row.line()).in_field(name);
            report.quarantine(entry.with_value(value));
        };
        let text = |name: &str| field(row, source, name).unwrap_or_default();
        let (place, code, said) = (text("id"), text("code_insee"), text("persons"));
        if place.is_empty() {
            refuse(Code::MissingId, "id", place, "no id of a place");
            continue;
        }
        let ordinal = CommuneCode::parse(code).and_then(|code| reference.places.by_code(code));
        let Some(ordinal) = ordinal else {
            refuse(Code::UnknownCode, "code_insee", code, "no commune, today or before, has this code");
            continue;
        };
        let Some(month) = Month::parse(text("month")) else {
            refuse(Code::InvalidValue, "month", text("month"), "not a month; expected 2024-03, 2024-03-01 or 03/2024");
            continue;
        };
        let number = said.strip_suffix(".0").unwrap_or(said).parse::<u32>().ok();
        if number.is_none() && !WITHHELD.contains(&said) {
            refuse(Code::InvalidValue, "persons", said, "not a number of persons, nor a mark of secrecy (s, ns, <5)");
            continue;
        }
        if let Some(first) = seen.insert((place.to_owned(), month), row.line()) {
            let reason = format!("line {first} has this place and month already; the first one is kept");
            refuse(Code::RepeatedKey, "month", text("month"), &reason);
            continue;
        }
        report.publish();
        read.push(Accompaniment {
            place: place.to_owned(),
            commune: reference.communes[ordinal].code,
            month,
            // Nobody at all is a known zero, and points at nobody.
            persons: number.filter(|persons| *persons == 0 || *persons >= LEAST_SHOWN),
            source: source.id.clone(),
        });
    }
    read
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::ingest::reference;
    use crate::ingest::table::{ReadOptions, read_table};

    #[test]
    fn small_counts_are_hidden_zero_is_not_and_every_row_is_accounted_for() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let reference = reference::read(&data.join("territories")).unwrap();
        let description = std::fs::read_to_string(data.join("sources/demonstration-accompaniments.toml")).unwrap();
        let source: Source = toml::from_str(&description).unwrap();
        let text = "place,code_insee,month,persons\na,23096,2024-01,40\na,23096,2024-02,4\na,23096,2024-03,0\n\
                    a,23096,2024-03,9\nb,75101,02/2024,<5\nb,99999,2024-02,9\nb,23096,mars,9\nb,23096,2024-04,-3\n\
                    ,23096,2024-04,9\n";
        let mut report = SourceReport::new("essai", "a.csv");
        let table = read_table(text.as_bytes(), &ReadOptions::csv("a.csv"), &mut report).unwrap();
        let read = read(&table, &source, &reference, &mut report);
        report.check().unwrap();
        let told: Vec<(&str, String, Option<u32>)> =
            read.iter().map(|row| (row.commune.as_str(), row.month.to_string(), row.persons)).collect();
        let month = |month: &str| month.to_owned();
        assert_eq!(
            told,
            [
                ("23096", month("2024-01"), Some(40)),
                ("23096", month("2024-02"), None),
                ("23096", month("2024-03"), Some(0)),
                ("75056", month("2024-02"), None),
            ]
        );
        assert_eq!((report.published, report.quarantined), (4, 5));
        let lines: Vec<u32> = report.entries.iter().filter_map(|entry| entry.line).collect();
        assert_eq!(lines, [5, 7, 8, 9, 10], "{:?}", report.entries);
    }
}
