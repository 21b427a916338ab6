//! Arrow IPC streams: batches of rows in, the same batches out with four more columns.
//!
//! What Spark, Sail, `DuckDB`, Polars and pyarrow hand to another program through a pipe. One batch is in memory at a time,
//! and the batch that goes out has the rows of the one that came in. Reading order: what is wrong with a stream
//! ([`StreamError`]), how its messages are told apart, what the cells of a column say, and how a stream is widened
//! ([`widen`]).

mod cells;
mod error;
mod messages;
mod reader;
mod widen;

pub use error::StreamError;
pub use widen::{Annotation, CellTexts, Widening, widen};

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
