//! One line of a report: what was found where, and what was done about it.

use serde::Serialize;

use super::code::Code;

/// Longest raw value repeated in a report, in characters.
const SHOWN_CHARS: usize = 200;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A row or a file was not published.
    Error,
    /// Published, but not as it came, or with a doubt.
    Warning,
    /// Published or set aside with no loss of information.
    Info,
}

/// What was done about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Nothing of the file was read; the previous edition of the source stays.
    FileRefused,
    /// The row was set aside; the others are published.
    RowQuarantined,
    /// The row says the same as another one and was folded into it.
    RowMerged,
    /// The row was published without this value.
    FieldCleared,
    /// The row was published with another value than the one received.
    ValueRepaired,
    /// The value was published as it came.
    ValueKept,
    /// The whole file was read under a documented guess (encoding, separator, column name).
    FileAdapted,
    /// The line holds nothing and was skipped.
    LineSkipped,
}

impl Action {
    /// How bad a finding is follows from what had to be done.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::FileRefused | Self::RowQuarantined => Severity::Error,
            Self::FieldCleared | Self::ValueRepaired | Self::ValueKept | Self::FileAdapted => Severity::Warning,
            Self::RowMerged | Self::LineSkipped => Severity::Info,
        }
    }
}

/// One finding. Built with [`Entry::new`] and the `at_…`/`with_…` methods; the source and the file are filled in by
/// [`SourceReport`](super::SourceReport).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// How bad it is.
    pub severity: Severity,
    /// Machine code of the finding.
    pub code: Code,
    /// Identifier of the source.
    pub source: String,
    /// Name of the file.
    pub file: String,
    /// Physical line, 1-based, as a text editor shows it (row number for Parquet).
    pub line: Option<u32>,
    /// Number and identifier of the record in its list (« n° 4 (id 17) »), where lines do not tell records apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Position of the field in the row, 1-based.
    pub column: Option<u32>,
    /// Name of the column.
    pub field: Option<String>,
    /// The raw value, shortened and with control characters escaped.
    pub value: Option<String>,
    /// What was expected and what was got.
    pub reason: String,
    /// What was done.
    pub action: Action,
}

impl Entry {
    /// A finding about the file as a whole, until a line is given.
    #[must_use]
    pub fn new(code: Code, action: Action, reason: impl Into<String>) -> Self {
        Self {
            severity: action.severity(),
            code,
            source: String::new(),
            file: String::new(),
            line: None,
            record: None,
            column: None,
            field: None,
            value: None,
            reason: reason.into(),
            action,
        }
    }

    /// Says on which physical line.
    #[must_use]
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// Says which record of its list.
    #[must_use]
    pub fn of_record(mut self, record: impl Into<String>) -> Self {
        self.record = Some(record.into());
        self
    }

    /// Says at which position of the row, 1-based.
    #[must_use]
    pub fn at_column(mut self, column: u32) -> Self {
        self.column = Some(column);
        self
    }

    /// Says in which column, by name.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Repeats the raw value, shortened and escaped by [`shown`].
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = Some(shown(value));
        self
    }
}

/// A raw value made fit for a log or a page: at most 200 characters, with control and direction-changing characters
/// escaped so that it can neither colour a terminal nor reverse a sentence.
#[must_use]
pub fn shown(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    for c in chars.by_ref().take(SHOWN_CHARS - 1) {
        if c.is_control() || is_direction_mark(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    if out.chars().count() >= SHOWN_CHARS || chars.next().is_some() {
        out = out.chars().take(SHOWN_CHARS - 1).collect();
        out.push('…');
    }
    out
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_value_is_short_and_cannot_colour_a_terminal() {
        assert_eq!(shown("\x1b[31mRouge"), "\\u{1b}[31mRouge");
        assert_eq!(shown("\u{202e}gnp.exe"), "\\u{202e}gnp.exe");
        let long = shown(&"é".repeat(10_000));
        assert_eq!(long.chars().count(), SHOWN_CHARS);
        assert!(long.ends_with('…'));
        assert!(shown(&"\0".repeat(10_000)).chars().count() <= SHOWN_CHARS);
    }
}
