//! What a file really is, by its first bytes: a name ending in `.csv` proves nothing.

use super::options::{Format, ReadOptions};
use crate::ingest::report::{Code, FileRefused, shown};

/// First bytes of formats we do not read, and what to do with each.
const MAGIC: [(&[u8], &str, &str); 12] = [
    (b"PK\x05\x06", "an empty ZIP archive", "unpack it first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"%PDF", "a PDF document", "ask the publisher for the data behind it"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (XLS)", "export the sheet as CSV UTF-8"),
    (b"SQLite format 3\0", "a SQLite database", "export the table as CSV UTF-8"),
    (b"\x89PNG", "a PNG image", "check the address of the file"),
    (b"\xff\xd8\xff", "a JPEG image", "check the address of the file"),
];

const ACCEPTED: &str = "accepted formats are CSV, JSON, GeoJSON and Parquet";

/// Refuses a file whose content is not of the declared kind.
pub(super) fn check(bytes: &[u8], options: &ReadOptions) -> Result<(), FileRefused> {
    let refused = |what: &str, hint: &str| {
        let message = format!("the file is {what}, expected {}; it starts with `{}`", name(options), opening(bytes));
        Err(FileRefused::new(&options.file, Code::UnexpectedContent, message).hint(format!("{hint}; {ACCEPTED}")))
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return match zip_member(bytes) {
            Some(b"[Content_Types].xml" | b"_rels/.rels" | b"mimetype") => {
                refused("a ZIP archive holding an office document (XLSX, ODS…)", "export the sheet as CSV UTF-8")
            }
            _ => refused("a ZIP archive", "unpack it first"),
        };
    }
    if let Some((_, what, hint)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return refused(what, hint);
    }
    if bytes.starts_with(b"PAR1") {
        return match options.format {
            Format::Parquet => Ok(()),
            Format::Csv | Format::Json => refused("a Parquet file", "declare the format parquet"),
        };
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match (options.format, text.first()) {
        (Format::Parquet, _) => {
            let message = format!("the file is not Parquet; it starts with `{}`, expected `PAR1`", opening(bytes));
            Err(FileRefused::new(&options.file, Code::CorruptParquet, message).hint(ACCEPTED))
        }
        (_, None) => {
            let message = "the file holds nothing but blanks, expected a header and rows";
            Err(FileRefused::new(&options.file, Code::EmptyFile, message))
        }
        (_, Some(b'<')) if text.starts_with(b"<?xml") => refused("an XML document", "check the address of the file"),
        (_, Some(b'<')) => {
            let message =
                format!("the file is a web page, expected {}; it starts with `{}`", name(options), opening(text));
            Err(FileRefused::new(&options.file, Code::HtmlContent, message).hint("check the address of the file"))
        }
        (Format::Csv, Some(b'[' | b'{')) if is_json(text) => refused("JSON", "declare the format json"),
        _ => Ok(()),
    }
}

/// The first bytes, fit for a message.
pub(super) fn opening(bytes: &[u8]) -> String {
    shown(&String::from_utf8_lossy(&bytes[..bytes.len().min(80)]))
}

fn name(options: &ReadOptions) -> &'static str {
    match options.format {
        Format::Csv => "CSV",
        Format::Json => "JSON",
        Format::Parquet => "Parquet",
    }
}

/// A header may start with a bracket; JSON goes on with a quote, a brace, a bracket or its own end.
fn is_json(text: &[u8]) -> bool {
    matches!(text[1..].trim_ascii_start().first(), Some(b'{' | b'[' | b'"' | b']' | b'}'))
}

/// Name of the first file in a ZIP archive.
fn zip_member(bytes: &[u8]) -> Option<&[u8]> {
    let length = u16::from_le_bytes([*bytes.get(26)?, *bytes.get(27)?]);
    bytes.get(30..30 + usize::from(length))
}
