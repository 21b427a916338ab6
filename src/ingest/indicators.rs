//! Indicators: from the tables of INSEE, ARCEP and IFN to one reading per commune of today.

use std::collections::BTreeMap;

use crate::domain::territory::CommuneCode;
use crate::domain::{Indicator, Reading, Worse};
use crate::ingest::clean::number;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::reference::Reference;
use super::source::IndicatorSource;
use super::table::{Row, Table};

/// What was read for one commune: weighted values of its parts, and whether one was withheld.
#[derive(Default)]
struct Gathered {
    /// (value, weight, line, written under the commune's own code)
    parts: Vec<(f64, f64, u32, bool)>,
    suppressed: bool,
}

/// What one row says.
enum Said {
    Value(f64),
    Suppressed,
    Nothing,
    Unusable(Code, String, String),
}

/// Reads one indicator. Several old communes of one commune of today are averaged, weighted by the denominator of a
/// ratio, by the weight column, or equally where the source gives no weight.
#[must_use]
pub fn read(
    table: &Table,
    description: &IndicatorSource,
    reference: &Reference,
    report: &mut SourceReport,
) -> Indicator {
    let mut gathered: BTreeMap<u32, Gathered> = BTreeMap::new();
    let mut first_lines: BTreeMap<String, u32> = BTreeMap::new();
    let iris = description.level.as_deref() == Some("iris");
    for row in table.rows() {
        let mut refuse = |code, field: &str, value: &str, reason: String| {
            let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(row.line()).in_field(field);
            report.quarantine(entry.with_value(value));
        };
        let Some(key) = row.text(description.key.trim()) else {
            refuse(Code::MissingId, &description.key, "", "no commune code".into());
            continue;
        };
        let Some((code, ordinal)) = commune(key, iris, reference) else {
            refuse(Code::UnknownKey, &description.key, key, format!("no commune, today or before, has the code {key}"));
            continue;
        };
        let (said, weight) = say(row, description);
        if !iris && let Some(line) = first_lines.get(key) {
            let reason = format!("line {line} gives a value for {key} already");
            match said {
                // The RP 2017 file lists 1,108 communes twice, the second time without values.
                Said::Nothing => {
                    report.merge(
                        Entry::new(Code::ExactDuplicate, Action::RowMerged, reason).at_line(row.line()).with_value(key),
                    );
                }
                _ => refuse(Code::RepeatedKey, &description.key, key, reason),
            }
            continue;
        }
        first_lines.insert(key.to_owned(), row.line());
        let entry = gathered.entry(ordinal).or_default();
        match said {
            Said::Value(value) => {
                let own = reference.communes[ordinal as usize].code == code;
                entry.parts.push((value, weight, row.line(), own));
            }
            Said::Suppressed => entry.suppressed = true,
            Said::Nothing => {}
            Said::Unusable(code, text, reason) => {
                let note = Entry::new(code, Action::FieldCleared, reason).at_line(row.line());
                report.note(note.in_field(&description.id).with_value(&text));
            }
        }
        report.publish();
    }
    let mut readings = vec![Reading::Missing; reference.communes.len()];
    for (ordinal, gathered) in gathered {
        readings[ordinal as usize] = settle(&gathered, iris);
    }
    Indicator {
        id: description.id.clone(),
        title: description.title.clone(),
        definition: description.definition.clone(),
        unit: description.unit.clone(),
        decimals: description.decimals,
        worse: if description.worse == "lower" { Worse::Lower } else { Worse::Higher },
        source: description.file.rsplit('/').next().unwrap_or_default().to_owned(),
        vintage: description.vintage.clone(),
        readings,
    }
}

/// One reading from what was gathered. A city is never added to its own arrondissements: where the commune itself has a
/// row, that row is the answer (defect: Paris counted twice).
fn settle(gathered: &Gathered, iris: bool) -> Reading {
    let own: Vec<_> = gathered.parts.iter().filter(|(.., own)| *own).collect();
    let parts: Vec<_> = if own.is_empty() || iris { gathered.parts.iter().collect() } else { own };
    let weights: f64 = parts.iter().map(|(_, weight, ..)| weight).sum();
    if parts.is_empty() || weights <= 0.0 {
        return if gathered.suppressed { Reading::Suppressed } else { Reading::Missing };
    }
    Reading::Known(parts.iter().map(|(value, weight, ..)| value * weight).sum::<f64>() / weights)
}

/// The commune of a key: an exact code, an IRIS code cut to five characters, or a code that lost its leading zero.
fn commune(key: &str, iris: bool, reference: &Reference) -> Option<(CommuneCode, u32)> {
    let padded = if iris { format!("{key:0>9}") } else { format!("{key:0>5}") };
    let code = CommuneCode::parse(padded.get(..5).filter(|_| iris || padded.len() == 5)?)?;
    Some((code, reference.places.by_code(code)?))
}

fn say(row: Row<'_>, description: &IndicatorSource) -> (Said, f64) {
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
    let (said, weight) = match (&description.ratio, &description.value) {
        (Some(ratio), _) => match (sum(&ratio.numerator), sum(&ratio.denominator)) {
            (Said::Value(_), Said::Value(0.0)) => (Said::Nothing, 0.0),
            (Said::Value(above), Said::Value(below)) => (Said::Value(above / below * ratio.scale), below),
            (Said::Value(_), other) | (other, _) => (other, 0.0),
        },
        (None, Some(column)) => (read(column), 1.0),
        (None, None) => (Said::Nothing, 0.0),
    };
    let weight = match description.weight.as_deref().map(read) {
        Some(Said::Value(weight)) => weight,
        Some(_) => 0.0,
        None => weight,
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
