//! The nearest venue of every resident of a file: rows in, the same rows out with four more columns.
//!
//! Reading order: where a row says it is ([`Clues`], [`Places`]), which venue is nearest ([`Targets`]), how a CSV is laid
//! out and split, and how a file is streamed ([`match_csv`]). Whoever reads another format starts from [`Places::locate`]
//! and [`Targets::nearest`].

mod clues;
mod number;
mod places;
mod targets;

mod blocks;
mod columns;
mod error;
mod header;
mod output;
mod record;
mod rows;
mod stream;

pub use clues::{Basis, Clues, Unplaced};
pub use columns::OUTPUT_COLUMNS;
pub use error::{InputProblem, MatchError};
pub use header::{CLUE_COLUMNS, clue_columns};
pub use output::PartialFile;
pub use places::Places;
pub use rows::Tally;
pub use stream::{MatchJob, match_csv};
pub use targets::{Match, Target, Targets};
