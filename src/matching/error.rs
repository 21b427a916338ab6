//! Why a file was not matched at all. What is wrong with one row is in the row.

use std::path::{Path, PathBuf};
use std::{error, fmt, io};

use super::columns::OUTPUT_COLUMNS;

/// Why nothing was written.
#[derive(Debug)]
pub enum MatchError {
    /// The stop flag was raised.
    Stopped,
    /// A file could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The input is not a table of residents.
    Input {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        problem: InputProblem,
    },
}

/// What is wrong with an input as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputProblem {
    /// There is not even a header.
    Empty,
    /// The file holds zero bytes, as archives, Parquet and spreadsheets do.
    NotText,
    /// The text is in another encoding.
    NotUtf8,
    /// Lines end with a carriage return alone.
    BareCarriageReturns,
    /// A quote is opened here and never closed.
    UnclosedQuote,
    /// A line goes on for tens of megabytes.
    Endless,
    /// The header, quoted here, has no column that places a row.
    NoPositionColumn(String),
    /// Two columns have this name, so neither can be trusted.
    RepeatedColumn(String),
    /// The input already has this column.
    OutputColumn(&'static str),
}

impl MatchError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> MatchError {
        move |source| MatchError::Io { path: path.to_owned(), source }
    }

    pub(super) fn input(path: &Path, line: u64) -> impl FnOnce(InputProblem) -> MatchError {
        move |problem| MatchError::Input { path: path.to_owned(), line, problem }
    }
}

impl fmt::Display for MatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => write!(f, "stopped; nothing was written"),
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Input { path, line, problem } => write!(f, "{}, line {line}: {problem}", path.display()),
        }
    }
}

impl error::Error for MatchError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Stopped | Self::Input { .. } => None,
        }
    }
}

impl fmt::Display for InputProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty, expected a header"),
            Self::NotText => write!(f, "not text, expected a CSV file (is it an archive or a spreadsheet?)"),
            Self::NotUtf8 => write!(f, "not UTF-8; convert it first, for example with iconv -f WINDOWS-1252 -t UTF-8"),
            Self::BareCarriageReturns => write!(f, "lines end with CR alone, expected LF or CRLF"),
            Self::UnclosedQuote => write!(f, "the quote opened in this row is never closed"),
            Self::Endless => write!(f, "this line does not end, expected the lines of a CSV file"),
            Self::NoPositionColumn(header) => write!(
                f,
                "no column places a row in {header}; expected lon and lat (or longitude and latitude, x and y), \
                 code_insee (or code_commune, depcom, commune), or code_postal (or postcode)"
            ),
            Self::RepeatedColumn(name) => write!(f, "two columns are named {name}, expected one"),
            Self::OutputColumn(name) => {
                write!(f, "the file already has a column {name}; rename it, as {} are added", OUTPUT_COLUMNS.join(", "))
            }
        }
    }
}
