//! Indicators: from the tables of INSEE, ARCEP and IFN to one reading per commune of today.

mod key;
mod settle;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::domain::{CommuneIx, Indicator, Reading, Worse};
use crate::ingest::clean::number;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport};

use super::reference::Reference;
use super::source::{IndicatorLevel, IndicatorSource, WorseWhen};
use super::table::{Row, Table};
use key::{Key, Subject};
use settle::{Part, is_of_a_part, of_districts, settle, usual_weight};
use typed_index_collections::TiVec;

/// Keys that lead nowhere: more than this share of the rows, and this many, are another kind of key.
const MOST_UNKNOWN: f64 = 0.05;
const ENOUGH_UNKNOWN: usize = 50;

/// What one row says.
enum Said {
    Value(f64),
    Suppressed,
    Nothing,
    Unusable(Code, String, String),
}

impl Said {
    /// Whether two rows say the same.
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a), Self::Value(b)) => a.to_bits() == b.to_bits(),
            (Self::Suppressed, Self::Suppressed) | (Self::Nothing, Self::Nothing) => true,
            (Self::Unusable(_, a, _), Self::Unusable(_, b, _)) => a == b,
            _ => false,
        }
    }
}

/// A row whose key leads to a commune.
struct Keyed {
    line: u32,
    key: Key,
    said: Said,
    /// Denominator of a ratio, or the weight column; `None` when the source gives none.
    weight: Option<f64>,
}

/// Reads one indicator. Several old communes of one commune of today are averaged, weighted by the denominator of a
/// ratio, by the weight column, else by their populations.
///
/// # Errors
/// When no commune gets a value, or too many keys are those of something else.
pub fn read(
    table: &Table,
    description: &IndicatorSource,
    reference: &Reference,
    report: &mut SourceReport,
) -> Result<Indicator, FileRefused> {
    let mut by_key: BTreeMap<String, Vec<Keyed>> = BTreeMap::new();
    let (mut unknown, mut first_unknown) = (0, None);
    for row in table.rows() {
        let text = row.text(description.key.trim());
        let refuse = |report: &mut SourceReport, code, reason: String| {
            let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(row.line());
            report.quarantine(entry.in_field(&description.key).with_value(text.unwrap_or_default()));
        };
        if let Some(rows) = description.rows.as_ref().filter(|rows| row.text(&rows.column) != Some(rows.is.as_str())) {
            let reason = format!("the row is not about {} `{}`", rows.column, rows.is);
            refuse(report, Code::ExcludedRow, reason);
            continue;
        }
        let Some(text) = text else {
            refuse(report, Code::MissingId, "no commune code".into());
            continue;
        };
        match key::subject(text, description.level, reference) {
            Subject::Commune(key) => {
                if let Some(reason) = &key.adapted {
                    let entry = Entry::new(Code::CompletedCode, Action::ValueRepaired, reason.clone());
                    report.note(entry.at_line(row.line()).in_field(&description.key).with_value(text));
                }
                let (said, weight) = say(row, description);
                by_key.entry(key.id.clone()).or_default().push(Keyed { line: row.line(), key, said, weight });
            }
            Subject::Other(what) => {
                refuse(report, Code::ExcludedRow, format!("the row is about {what}, not about a commune"));
            }
            Subject::Unknown => {
                unknown += 1;
                first_unknown.get_or_insert((row.line(), text.to_owned()));
                refuse(report, Code::UnknownKey, format!("no commune, today or before, has the code {text}"));
            }
        }
    }
    let share = f64::from(unknown) / table.len().max(1) as f64;
    if share > MOST_UNKNOWN && unknown as usize >= ENOUGH_UNKNOWN || share > 0.5 {
        return Err(foreign_keys(description, unknown, table.len(), first_unknown));
    }
    let mut parts: BTreeMap<CommuneIx, Vec<Part>> = BTreeMap::new();
    for (text, rows) in by_key {
        if let Some(row) = only(&text, rows, description, report) {
            let part = decided(row, description, report);
            parts.entry(part.0).or_default().push(part.1);
        }
    }
    let mut readings: TiVec<CommuneIx, Reading> = vec![Reading::Missing; reference.communes.len()].into();
    let mut joined = 0;
    let mut districts = BTreeMap::new();
    let usual = usual_weight(parts.iter().map(|(ordinal, parts)| (*ordinal, &parts[..])), reference);
    for (ordinal, parts) in parts {
        districts.extend(of_districts(&parts, reference));
        joined += u32::from(parts.len() > 1);
        let (reading, doubt) =
            if description.level == IndicatorLevel::Commune && is_of_a_part(&parts, ordinal, usual, reference) {
                let name = &reference.communes[ordinal].name;
                let reason = format!("the row is that of a part of {name}, of less than half of its inhabitants");
                (Reading::Missing, Some((parts[0].line, Code::Vintage, reason)))
            } else {
                settle(&parts, ordinal, description.level, reference)
            };
        readings[ordinal] = reading;
        if let Some((line, code, reason)) = doubt {
            let entry = Entry::new(code, Action::ValueKept, reason).at_line(line).in_field(&description.id);
            report.note(entry.with_value(reference.communes[ordinal].code.as_str()));
        }
    }
    if !readings.iter().any(|reading| reading.value().is_some()) {
        return Err(no_value(description, report));
    }
    tell_vintage(joined, description, report);
    tell_constant(&readings.raw, description, report);
    Ok(Indicator {
        id: description.id.clone(),
        title: description.title.clone(),
        definition: description.definition.clone(),
        unit: description.unit.clone(),
        decimals: description.decimals,
        worse: match description.worse {
            WorseWhen::Higher => Worse::Higher,
            WorseWhen::Lower => Worse::Lower,
        },
        source: description.file.rsplit('/').next().unwrap_or_default().to_owned(),
        vintage: description.vintage.clone(),
        readings,
        districts,
    })
}

/// The one row of a key. Rows that say nothing give way (RP 2017 lists 1,108 communes twice, the second time without
/// values), rows that say the same are one; of two that differ neither is believed.
fn only(key: &str, rows: Vec<Keyed>, description: &IndicatorSource, report: &mut SourceReport) -> Option<Keyed> {
    let leader = rows.iter().position(|row| !matches!(row.said, Said::Nothing)).unwrap_or_default();
    let first = rows[leader].line;
    let differs = |row: &Keyed| !matches!(row.said, Said::Nothing) && !row.said.same(&rows[leader].said);
    let disputed = rows.iter().any(differs);
    let mut chosen = None;
    for (at, row) in rows.into_iter().enumerate() {
        if (!disputed || matches!(row.said, Said::Nothing)) && at != leader {
            let reason = format!("line {first} gives the value of {key}");
            let entry = Entry::new(Code::ExactDuplicate, Action::RowMerged, reason).at_line(row.line);
            report.merge(entry.with_value(key));
        } else if disputed {
            let reason =
                format!("several lines, the first of them {first}, give different values for {key}; none is used");
            let entry = Entry::new(Code::RepeatedKey, Action::RowQuarantined, reason).at_line(row.line);
            report.quarantine(entry.in_field(&description.key).with_value(key));
        } else {
            chosen = Some(row);
        }
    }
    chosen
}

/// A row that counts, as a part of its commune.
fn decided(row: Keyed, description: &IndicatorSource, report: &mut SourceReport) -> (CommuneIx, Part) {
    report.publish();
    let value = match row.said {
        Said::Value(value) => Reading::Known(value),
        Said::Suppressed => Reading::Suppressed,
        Said::Nothing => Reading::Missing,
        Said::Unusable(code, text, reason) => {
            let note = Entry::new(code, Action::FieldCleared, reason).at_line(row.line);
            report.note(note.in_field(&description.id).with_value(&text));
            Reading::Missing
        }
    };
    (row.key.ordinal, Part { code: row.key.code, value, weight: row.weight, line: row.line })
}

fn foreign_keys(description: &IndicatorSource, unknown: u32, rows: usize, first: Option<(u32, String)>) -> FileRefused {
    let (line, text) = first.unwrap_or_default();
    let message = format!(
        "column {:?} of indicator {} holds {unknown} of {rows} keys that are no commune, such as {:?}; expected codes \
         such as 01001, 2A004 or 2025-COM-01001",
        description.key,
        description.id,
        crate::ingest::report::shown(&text)
    );
    FileRefused::new(&description.file, Code::UnknownKey, message).at_line(line)
}

fn no_value(description: &IndicatorSource, report: &SourceReport) -> FileRefused {
    let column = description.value.as_deref().unwrap_or("the ratio");
    let example = report.entries.iter().rev().find(|entry| entry.value.is_some());
    let example = example.map_or_else(String::new, |entry| {
        let line = entry.line.map_or_else(String::new, |line| format!("line {line}: "));
        format!("; {line}{:?}: {}", entry.value.as_deref().unwrap_or_default(), entry.reason)
    });
    let message = format!(
        "no commune gets a value of indicator {} (key {:?}, value {column:?}); expected at least one{example}",
        description.id, description.key
    );
    FileRefused::new(&description.file, Code::InvalidValue, message)
}

/// Says that communes of today were made of rows of older ones.
fn tell_vintage(joined: u32, description: &IndicatorSource, report: &mut SourceReport) {
    if joined > 0 && description.level == IndicatorLevel::Commune {
        let reason = format!("{joined} communes of today are the weighted mean of several rows of the file");
        report.note(Entry::new(Code::Vintage, Action::FileAdapted, reason).in_field(&description.key));
    }
}

/// Says that a column says the same everywhere, or holds shares where percentages are announced.
fn tell_constant(readings: &[Reading], description: &IndicatorSource, report: &mut SourceReport) {
    let values: Vec<f64> = readings.iter().copied().filter_map(Reading::value).collect();
    let mut note = |code, reason: String| {
        report.note(Entry::new(code, Action::ValueKept, reason).in_field(&description.id));
    };
    if values.len() >= 20 && values.iter().all(|value| value.to_bits() == values[0].to_bits()) {
        note(Code::ConstantValues, format!("{} communes have the same value, {}", values.len(), values[0]));
    } else if values.len() >= 20 && description.unit == "%" && values.iter().all(|value| value.abs() <= 1.0) {
        note(Code::MixedUnits, "no value is above 1 %; are they shares of 1?".into());
    }
}

fn say(row: Row<'_>, description: &IndicatorSource) -> (Said, Option<f64>) {
    let mark = description.decimal.unwrap_or('.');
    let read = |column: &str| -> Said {
        // Names of columns lose the spaces around them when a table is read.
        let Some(text) = row.text(column.trim()) else { return Said::Nothing };
        if description.suppressed.iter().any(|marker| marker == text) {
            return Said::Suppressed;
        }
        match number::value(text, mark) {
            Some(value) => Said::Value(value),
            None => Said::Unusable(Code::InvalidValue, text.to_owned(), format!("column {column}: not a number")),
        }
    };
    let sum = |columns: &[String]| -> Said {
        let mut total = 0.0;
        for column in columns {
            match read(column) {
                Said::Value(value) => total += value,
                other => return other,
            }
        }
        Said::Value(total)
    };
    let (said, denominator) = match (&description.ratio, &description.value) {
        (Some(ratio), _) => match (sum(&ratio.numerator), sum(&ratio.denominator)) {
            (Said::Value(_), Said::Value(0.0)) => (Said::Nothing, Some(0.0)),
            (Said::Value(above), Said::Value(below)) => (Said::Value(above / below * ratio.scale), Some(below)),
            (Said::Value(_), other) | (other, _) => (other, None),
        },
        (None, Some(column)) => (read(column), None),
        (None, None) => (Said::Nothing, None),
    };
    let weight = match description.weight.as_deref().map(read) {
        Some(Said::Value(weight)) if weight >= 0.0 => Some(weight),
        // A weight that is withheld or absent is unknown, not 0.
        Some(_) => None,
        None => denominator.filter(|weight| *weight >= 0.0),
    };
    let bounds = description.minimum.unwrap_or(f64::MIN)..=description.maximum.unwrap_or(f64::MAX);
    match said {
        Said::Value(value) if !bounds.contains(&value) => {
            let reason = format!("{value} is outside {} to {}", bounds.start(), bounds.end());
            (Said::Unusable(Code::ValueOutOfRange, value.to_string(), reason), weight)
        }
        said => (said, weight),
    }
}
