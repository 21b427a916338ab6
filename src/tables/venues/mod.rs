//! Venues as files: the national standard and what it has no room for, as CSV, workbook, `GeoJSON` or `GeoParquet`.

mod csv;
mod geojson;
mod pieces;
mod workbook;

pub use pieces::Pieces;
pub use workbook::workbook;

use std::sync::Arc;

use super::format::XLSX;
use crate::atlas::{Atlas, VenueFilter};
use crate::domain::standard::{EXTENSION, STANDARD, faults};
use crate::domain::{Venue, VenueIx};
use crate::http::reply::GEOJSON;

/// CSV (RFC 4180), with its header line.
const CSV: &str = super::format::CSV;
/// Apache Parquet.
const PARQUET: &str = "application/vnd.apache.parquet";

/// A format of files of venues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The standard's own.
    Csv,
    /// For people with a spreadsheet.
    Xlsx,
    /// For maps and programs.
    GeoJson,
    /// For analysts.
    Parquet,
}

impl Format {
    /// Every format, the one of the standard first.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Xlsx, Self::GeoJson, Self::Parquet];

    /// Name in addresses, and extension of files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
            Self::Parquet => "parquet",
        }
    }

    /// Media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => CSV,
            Self::Xlsx => XLSX,
            Self::GeoJson => GEOJSON,
            Self::Parquet => PARQUET,
        }
    }
}

/// Which rows a CSV holds, and which columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Every venue that people may be sent to or told of, in the columns of the standard.
    Venues,
    /// Those of them that its schema finds no fault with.
    Valid,
    /// The others, withheld venues among them, with the reasons.
    Invalid,
    /// The columns `x_` of every venue: the second file.
    Extension,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 4] = [Self::Venues, Self::Valid, Self::Invalid, Self::Extension];

    /// Name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Venues => "venues",
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Extension => "extension",
        }
    }

    /// Name in the names of files.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Venues => "lieux",
            Self::Valid => "lieux-standard",
            Self::Invalid => "lieux-non-conformes",
            Self::Extension => "lieux-complements",
        }
    }

    /// Whether a venue is a row of it.
    #[must_use]
    pub fn holds(self, venue: &Venue) -> bool {
        match self {
            Self::Extension => true,
            Self::Venues => venue.withheld.is_none(),
            Self::Valid => venue.withheld.is_none() && faults(venue).is_empty(),
            Self::Invalid => !Self::Valid.holds(venue),
        }
    }

    /// The names of its columns.
    #[must_use]
    pub fn columns(self) -> Vec<&'static str> {
        let names = STANDARD.iter().map(|column| column.name);
        match self {
            Self::Venues | Self::Valid => names.collect(),
            Self::Invalid => names.chain([REASONS]).collect(),
            Self::Extension => std::iter::once("id").chain(EXTENSION.iter().map(|column| column.name)).collect(),
        }
    }
}

/// The column of the table of invalid rows that says why they are.
const REASONS: &str = "x_motifs";

/// Why a venue is no valid row, as one text.
fn reasons(venue: &Venue) -> String {
    let withheld = venue.withheld.map(|rule| format!("non montré au public ({})", rule.name()));
    let faults = faults(venue).into_iter().map(|fault| format!("{} : {}", fault.column, fault.reason));
    withheld.into_iter().chain(faults).collect::<Vec<_>>().join("|")
}

/// Some venues of an edition, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Export {
    /// The edition.
    pub atlas: Arc<Atlas>,
    /// Ordinals of the venues.
    pub venues: Arc<[VenueIx]>,
}

impl Export {
    /// The venues that fit a filter.
    #[must_use]
    pub fn of(atlas: &Arc<Atlas>, filter: &VenueFilter) -> Self {
        let venues = atlas.venues().keys().filter(|&venue| filter.accepts(atlas, venue)).collect();
        Self { atlas: atlas.clone(), venues }
    }

    /// Whether they are all the venues of the edition.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.venues.len() == self.atlas.venues().len()
    }

    /// The venues themselves.
    pub fn iter(&self) -> impl Iterator<Item = &Venue> {
        self.venues.iter().map(|&venue| &self.atlas.venues()[venue])
    }

    /// How many of them are rows of a table.
    #[must_use]
    pub fn rows(&self, table: Table) -> usize {
        self.iter().filter(|venue| table.holds(venue)).count()
    }

    /// A table as CSV, piece by piece.
    #[must_use]
    pub fn csv(&self, table: Table) -> Pieces {
        let head = csv::line(table.columns().into_iter().map(Into::into));
        Pieces::new(self.clone(), head, move |venue, out| csv::row(venue, table, out), Vec::new())
    }

    /// `GeoJSON`, piece by piece.
    #[must_use]
    pub fn geojson(&self) -> Pieces {
        let mut first = true;
        let row = move |venue: &Venue, out: &mut Vec<u8>| {
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            geojson::feature(venue, out);
        };
        Pieces::new(self.clone(), geojson::head(self.atlas.edition()), row, b"]}".to_vec())
    }
}

#[cfg(test)]
mod tests;
