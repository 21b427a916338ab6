//! The cellar: where sacks of raw data arrive, are sorted, and leave as one sealed edition. Polars never leaves it.

pub mod report;
pub mod table;

pub mod source;

mod reference;
mod topojson;

mod clean;
mod commune;
mod locate;

mod duplicates;
mod merge;
mod venues;

mod cells;
mod indicators;
mod places;

pub mod edition;
pub mod roads;

mod breakers;
mod build;
mod gather;

mod annotate;

pub use annotate::{Annotation, ClueColumns, ResidentTexts, annotate_parquet};
pub use build::{BuildError, BuildOptions, Built, Progress, build};
pub use source::{OfficialFile, official_files};
