//! The door of the cellar: bytes in, a table or a refusal out.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::frame::Table;
use super::options::{Format, ReadOptions};
use super::{delimited, json, parquet, sniff, suspects};
use crate::domain::text::hexadecimal;
use crate::ingest::report::{Code, FileRefused, SourceReport};

/// The bytes of a file, without ever holding more than the limit in memory.
///
/// # Errors
/// [`FileRefused`] when the file cannot be read, or is larger than `options.limits.bytes`.
pub fn load(path: &Path, options: &ReadOptions) -> Result<Vec<u8>, FileRefused> {
    let limit = options.limits.bytes;
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(|error| {
        FileRefused::new(&options.file, Code::UnreadableFile, format!("the file cannot be read: {error}"))
    })?;
    if bytes.len() as u64 > limit {
        return Err(too_large(&format!("more than {limit} bytes, the limit"), options));
    }
    Ok(bytes)
}

/// Reads a file of rows.
///
/// `report` receives `rows_read`, the blank and the quarantined rows, and the warnings; each row of the table is then
/// left to the caller to publish, merge or quarantine. Rows are never padded, shifted or cut: a row equals the one in
/// the file, or it is quarantined with its line.
///
/// # Errors
/// [`FileRefused`], also recorded in `report`, when no row of the file can be trusted.
pub fn read_table(bytes: &[u8], options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
    let outcome = read(bytes, options, report);
    match &outcome {
        Ok(table) => debug_assert_eq!(report.undecided(), table.len() as u64),
        Err(refused) => report.refuse(refused),
    }
    outcome
}

fn read(bytes: &[u8], options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
    check_announced(bytes, options)?;
    sniff::check(bytes, options)?;
    let table = match options.format {
        Format::Csv => delimited::read(bytes, options, report)?,
        Format::Json => json::read(bytes, options, report)?,
        Format::Parquet => parquet::read(bytes, options, report)?,
    };
    suspects::warn(&table, report);
    Ok(table)
}

/// Compares the bytes with what vouches for them. Size first, because it says more than a checksum: a file cut by the network is shorter than announced.
///
/// # Errors
/// [`FileRefused`] when the file is empty, too large, or not what was announced.
pub fn check_announced(bytes: &[u8], options: &ReadOptions) -> Result<(), FileRefused> {
    let ReadOptions { file, announced, limits, .. } = options;
    let size = bytes.len() as u64;
    if size > limits.bytes {
        return Err(too_large(&format!("{size} bytes, expected at most {}", limits.bytes), options));
    }
    if size == 0 {
        return Err(FileRefused::new(file, Code::EmptyFile, "the file is empty, expected a header and rows"));
    }
    let damaged = if options.format == Format::Parquet { Code::TruncatedParquet } else { Code::TruncatedFile };
    if let Some(expected) = announced.size.filter(|&expected| expected != size) {
        let code = if size < expected { damaged } else { Code::ChecksumMismatch };
        let message = format!("the file has {size} bytes, expected {expected} as announced by its publisher");
        return Err(FileRefused::new(file, code, message).hint("fetch it again"));
    }
    let digests =
        [("SHA-256", &announced.sha256, hex_sha256 as fn(&[u8]) -> String), ("SHA-1", &announced.sha1, hex_sha1)];
    for (name, expected, digest) in digests {
        let Some(expected) = expected else { continue };
        let got = digest(bytes);
        if !got.eq_ignore_ascii_case(expected) {
            let code = if options.format == Format::Parquet { Code::CorruptParquet } else { Code::ChecksumMismatch };
            let message = format!("the {name} of the file is {got}, expected {expected}");
            return Err(FileRefused::new(file, code, message).hint("fetch it again"));
        }
    }
    Ok(())
}

fn hex_sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hex_sha1(bytes: &[u8]) -> String {
    hexadecimal(&<Sha1 as sha1::Digest>::digest(bytes))
}

fn too_large(message: &str, options: &ReadOptions) -> FileRefused {
    FileRefused::new(&options.file, Code::TooLarge, message).hint("the setting is limits.bytes")
}
