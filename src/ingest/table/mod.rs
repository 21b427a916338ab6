//! A file of rows, whatever it was before: CSV, JSON, `GeoJSON` or Parquet become one [`Table`] of texts.
//!
//! Polars reads; the structure (records, physical lines, encodings, separators, quotes) is checked by our own scanner
//! first, because Polars pads short rows, swallows truncated ones and knows no line numbers. Nothing is typed here:
//! `01001` stays `01001`.

mod columns;
mod delimited;
mod encoding;
mod flatten;
mod frame;
mod geojson;
mod geometry;
mod header;
mod items;
mod json;
mod keyed;
mod options;
mod panics;
mod parquet;
mod read;
mod scan;
mod separator;
mod sift;
mod single_byte;
mod sniff;
mod suspects;
mod titles;

#[cfg(test)]
mod tests;

pub use frame::{Row, Table, trimmed};
pub use items::items;
pub use keyed::keyed_rows;
pub use options::{Announced, Format, Limits, ReadOptions};
pub use read::{check_announced, load, read_table};
