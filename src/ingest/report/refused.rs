//! A file that was refused whole, and why.

use std::fmt;

use serde::Serialize;

use super::code::Code;
use super::entry::{Action, Entry, shown};

/// Nothing of the file is used; the previous edition of the source stays.
///
/// Displayed as `file:line:column: message; hint`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRefused {
    /// Name of the file, as in the messages.
    pub file: String,
    /// Machine code of the cause.
    pub code: Code,
    /// Physical line, 1-based.
    pub line: Option<u32>,
    /// Field of the line in a delimited file, character of the line in JSON; 1-based.
    pub column: Option<u32>,
    /// What was got and what was expected.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl FileRefused {
    /// A refusal of the file as a whole, until a line is given.
    #[must_use]
    pub fn new(file: &str, code: Code, message: impl Into<String>) -> Self {
        Self { file: shown(file), code, line: None, column: None, message: message.into(), hint: None }
    }

    /// Says on which physical line.
    #[must_use]
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// Says at which position of the line, 1-based.
    #[must_use]
    pub fn at_column(mut self, column: u32) -> Self {
        self.column = Some(column);
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same as an entry of a report.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let reason = match &self.hint {
            Some(hint) => format!("{}; {hint}", self.message),
            None => self.message.clone(),
        };
        let mut entry = Entry::new(self.code, Action::FileRefused, reason);
        entry.line = self.line;
        entry.column = self.column;
        entry
    }
}

impl fmt::Display for FileRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for FileRefused {}
