//! What came of a build: an edition and what is not in it, or why there is none.

use std::fmt;
use std::path::PathBuf;

use super::edition::PublishError;
use super::reference::ReferenceError;
use super::report::{FileRefused, Imbalance, Report};
use super::roads::RoadsError;
use super::source::DescriptionError;

/// A source whose file of the cache is not in the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    /// Id of the source.
    pub id: String,
    /// Whether the file of the edition before stands in; otherwise the edition holds nothing of it.
    pub kept: bool,
    /// Why.
    pub refused: FileRefused,
}

/// The edition that was published.
#[derive(Debug)]
pub struct Built {
    /// Its id.
    pub id: String,
    /// Distinct venues.
    pub venues: usize,
    /// Of these, with coordinates of their own.
    pub located: usize,
    /// The report, as published.
    pub report: Report,
    /// Files that were not in the cache, and not in the edition before.
    pub absent: Vec<String>,
    /// Sources whose newest file is not in it.
    pub not_taken: Vec<NotTaken>,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum BuildError {
    /// The reference territories are damaged.
    Reference(ReferenceError),
    /// A description of a source is.
    Description(DescriptionError),
    /// Files were refused; the report says why.
    Refused(Vec<FileRefused>),
    /// The extract of roads cannot be used.
    Roads(RoadsError),
    /// No list of venues is in the cache.
    NoVenues(PathBuf),
    /// The extract of roads is there but cannot be read.
    Unreadable(PathBuf, std::io::Error),
    /// Rows do not add up: a defect of this program.
    Imbalance(Imbalance),
    /// The output could not be written.
    Publish(PublishError),
    /// A table could not be written.
    Write(String),
    /// Stopped from outside.
    Stopped,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(error) => error.fmt(f),
            Self::Description(error) => error.fmt(f),
            Self::Refused(files) => {
                write!(f, "{} file(s) refused, nothing published:", files.len())?;
                files.iter().try_for_each(|refused| write!(f, "\n  {refused}"))
            }
            Self::Roads(error) => error.fmt(f),
            Self::NoVenues(cache) => write!(
                f,
                "{}: no list of venues there; expected at least one of the files named in data/sources/*.toml",
                cache.display()
            ),
            Self::Unreadable(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Imbalance(error) => error.fmt(f),
            Self::Publish(error) => error.fmt(f),
            Self::Write(error) => write!(f, "writing the edition: {error}"),
            Self::Stopped => f.write_str("stopped; the previous edition stays"),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<PublishError> for BuildError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}
