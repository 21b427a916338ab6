//! The cellar: where sacks of raw data arrive, are sorted, and leave as one sealed edition. Polars never leaves it.

pub mod report;
pub mod table;

pub mod source;
mod standard_columns;

mod land;
mod reference;
mod topojson;

mod clean;
mod commune;
mod locate;
mod middle;

mod duplicates;
mod excluded;
mod merge;
mod venues;

mod addresses;
mod declarations;
mod grid;
mod indicators;
mod places;
mod points;
mod served;
mod squares;

pub mod doctor;

pub mod edition;
pub mod roads;

mod as_of;
mod breakers;
mod build;
mod cache;
mod gather;
mod guidance;
mod intake;
mod options;
mod outcome;
mod readers;

mod annotate;

pub use annotate::{Annotation, ClueColumns, ResidentTexts, annotate_parquet};
pub use build::{Progress, build, build_without};
pub use cache::DIGEST_SUFFIX;
pub use gather::ADDRESSES;
pub use options::{BuildOptions, Ended};
pub use outcome::{BuildError, Built, NotTaken};
pub use source::{OfficialFile, official_files, source_files};
