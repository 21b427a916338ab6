//! What an edition says of itself: its id, its sources, its counts.

use chrono::NaiveDate;

use super::{Check, TimesCheck};

/// The title page of an edition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EditionInfo {
    /// First sixteen hexadecimal digits of the SHA-256 of its manifest: same content, same id.
    pub id: String,
    /// The latest vintage among its venue lists: the day the picture was taken.
    pub as_of: Option<NaiveDate>,
    /// True when its venues are fictitious.
    pub demonstration: bool,
    /// Its sources, in the order of their ids.
    pub sources: Vec<SourceInfo>,
    /// Comparisons with indicators that may not be published.
    pub checks: Vec<Check>,
    /// Our estimate of travel times beside published tables.
    pub times: Vec<TimesCheck>,
    /// Its files that visitors may download.
    pub files: Vec<FileInfo>,
    /// Vintage of the territories (code officiel géographique) and of the populations, in words.
    pub territories_vintage: String,
}

/// One file of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// Name inside the edition: `venues.parquet`.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
    /// Rows of the table, if it is one.
    pub rows: Option<u64>,
}

/// One source and what became of its rows. `rows_read = published + quarantined + merged + blank`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceInfo {
    /// Short name.
    pub id: String,
    /// Title as the publisher gives it.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Licence.
    pub licence: String,
    /// Day or year of the content.
    pub vintage: String,
    /// Official address; empty when unknown.
    pub url: String,
    /// What the source is for: `venues`, `past-venues`, `candidates`, `posts`, `hubs`, `indicators`.
    pub role: String,
    /// Name of the file that was read.
    pub file: String,
    /// False when the edition holds nothing of it.
    pub present: bool,
    /// Why its newest file was not read, as a code of the report; the file of the edition before stands in, if `present`.
    pub refused: Option<String>,
    /// Rows in the file.
    pub rows_read: u64,
    /// Rows that became something of their own.
    pub published: u64,
    /// Rows put aside with a reason.
    pub quarantined: u64,
    /// Rows that joined an earlier one.
    pub merged: u64,
    /// Rows without content.
    pub blank: u64,
    /// Warnings by code, with their number, most frequent first.
    pub warnings: Vec<(String, u64)>,
}
