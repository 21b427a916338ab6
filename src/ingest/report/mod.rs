//! The report: what became of every row of every source, so that nothing is lost in silence.
//!
//! Types here are serialised as they stand into `report.json`, the one place where ingest speaks to the outside.

mod code;
mod entry;
mod refused;
mod source;

pub use code::Code;
pub use entry::{Action, Entry, Severity, shown};
pub use refused::FileRefused;
pub use source::{ENTRIES_PER_CODE, Imbalance, Report, SourceReport};
