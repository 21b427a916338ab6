//! Files of the Base adresse nationale: which files of a cache they are, and their rows one by one, plain or gzipped.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::{Finder, Row, StreetTable};
use crate::domain::text::hexadecimal;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport, shown};

/// Longest line: a row of the national file has some 300 bytes.
const LINE_BYTES: usize = 64 << 10;
/// Most bytes once unpacked: the national file has some 6 GB.
const UNPACKED_BYTES: u64 = 24 << 30;
/// Folders within folders that are looked into.
const DEPTH: u32 = 4;

/// Files of addresses, with the names they bear in messages.
pub type Files = Vec<(PathBuf, String)>;

/// Every file of a cache that is one of addresses by its name: `adresses-93.csv.gz`, `ban-bondy-93010.csv`,
/// `lieux-dits-23.csv`, or any CSV of a folder named `addresses`.
#[must_use]
pub fn find(cache: &Path) -> Files {
    let mut files = Vec::new();
    walk(cache, "", DEPTH, &mut files);
    files.sort();
    files
}

fn walk(folder: &Path, prefix: &str, depth: u32, files: &mut Files) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if path.is_dir() {
            if depth > 0 {
                walk(&path, &format!("{prefix}{name}/"), depth - 1, files);
            }
        } else if is_named_so(&name.to_lowercase(), prefix) {
            files.push((path, format!("{prefix}{name}")));
        }
    }
}

fn is_named_so(name: &str, prefix: &str) -> bool {
    let at_home = matches!(prefix.trim_end_matches('/').rsplit('/').next(), Some("addresses" | "adresses" | "ban"));
    let begins = ["adresses-", "adresses_", "ban-", "ban_", "lieux-dits-"].iter().any(|start| name.starts_with(start));
    [".csv", ".csv.gz"].iter().any(|end| name.ends_with(end)) && (at_home || begins)
}

/// Where the columns stand.
struct Columns {
    separator: u8,
    /// Positions of commune, former commune, postal code, street, number, suffix, lon, lat.
    at: [Option<usize>; 8],
    is_place: bool,
}

/// Reads a file of addresses to its end. Rows that cannot be read are quarantined, the others count as published, in the
/// table of streets. The SHA-256 of the file comes back.
///
/// # Errors
/// When it is no file of addresses, or damaged.
pub fn read(
    path: &Path,
    name: &str,
    finder: &mut Finder<'_>,
    streets: &mut StreetTable<'_>,
    report: &mut SourceReport,
) -> Result<String, FileRefused> {
    let unreadable = |error: std::io::Error| {
        FileRefused::new(name, Code::UnreadableFile, format!("the file cannot be read: {error}"))
    };
    let mut file = Hashing { file: File::open(path).map_err(unreadable)?, digest: Sha256::new() };
    let mut lines = {
        let mut head = BufReader::with_capacity(1 << 20, &mut file);
        let packed = head.fill_buf().map_err(unreadable)?.starts_with(b"\x1f\x8b");
        let source: Box<dyn Read + '_> = if packed { Box::new(MultiGzDecoder::new(head)) } else { Box::new(head) };
        Lines { reader: BufReader::with_capacity(1 << 20, source), line: Vec::new(), number: 0, unpacked: 0 }
    };
    let header = lines.next(name)?.ok_or_else(|| FileRefused::new(name, Code::EmptyFile, "the file is empty"))?;
    let columns = columns(header, name)?;
    let mut cells = Vec::with_capacity(32);
    loop {
        let line = lines.number + 1;
        let Some(text) = lines.next(name)? else { break };
        report.count_read(1);
        if text.trim().is_empty() {
            report.skip_blank();
            continue;
        }
        split(text, columns.separator, &mut cells);
        let cell = |column: usize| {
            let cell = columns.at[column].and_then(|at| cells.get(at)).and_then(|cell| text.get(cell.clone()));
            cell.filter(|cell| *cell != "NA").unwrap_or_default()
        };
        let row = Row {
            commune: cell(0),
            former: cell(1),
            postcode: cell(2),
            street: cell(3),
            number: if cell(4) == "99999" { "" } else { cell(4) },
            suffix: cell(5),
            lon: cell(6),
            lat: cell(7),
            is_place: columns.is_place,
        };
        match finder.look(row) {
            Ok(()) => {
                streets.add(row);
                report.publish();
            }
            Err((field, value)) => {
                let entry = Entry::new(Code::InvalidValue, Action::RowQuarantined, "the row cannot be read");
                report.quarantine(entry.at_line(line).in_field(field).with_value(value));
            }
        }
    }
    if lines.number < 2 {
        return Err(FileRefused::new(name, Code::NoRows, "a header and no row, expected addresses"));
    }
    drop(lines);
    std::io::copy(&mut file, &mut std::io::sink()).map_err(unreadable)?;
    Ok(hexadecimal(&file.digest.finalize()))
}

/// A file whose bytes are digested as they are read.
struct Hashing {
    file: File,
    digest: Sha256,
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.digest.update(&buffer[..length]);
        Ok(length)
    }
}

/// Lines of text, none of them endless.
struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    number: u32,
    unpacked: u64,
}

impl<R: Read> Lines<R> {
    /// The next line, without its end.
    fn next(&mut self, name: &str) -> Result<Option<&str>, FileRefused> {
        self.line.clear();
        self.number += 1;
        let at = self.number;
        let refused = |code, message: String| FileRefused::new(name, code, message).at_line(at);
        let mut piece = (&mut self.reader).take(LINE_BYTES as u64 + 1);
        let length = piece.read_until(b'\n', &mut self.line);
        let length = length.map_err(|error| {
            refused(Code::TruncatedFile, format!("the file cannot be unpacked: {error}")).hint("fetch it again")
        })?;
        if length == 0 {
            self.number -= 1;
            return Ok(None);
        }
        self.unpacked += length as u64;
        if length > LINE_BYTES {
            return Err(refused(Code::FieldTooLong, format!("the line is longer than {LINE_BYTES} bytes, the limit")));
        }
        if self.unpacked > UNPACKED_BYTES {
            return Err(refused(Code::TooLarge, format!("more than {UNPACKED_BYTES} bytes once unpacked, the limit")));
        }
        let text = std::str::from_utf8(&self.line)
            .map_err(|_| refused(Code::UnknownEncoding, "the line is not UTF-8, expected UTF-8".into()))?;
        Ok(Some(text.trim_end_matches(['\n', '\r'])))
    }
}

/// The cells of a line. Quotes around a cell are taken off; a doubled quote inside stays doubled.
fn split(line: &str, separator: u8, cells: &mut Vec<Range<usize>>) {
    cells.clear();
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let (start, mut end) = (at + usize::from(quoted), at + usize::from(quoted));
        if quoted {
            while let Some(quote) = memchr::memchr(b'"', &bytes[end..]) {
                end += quote;
                if bytes.get(end + 1) != Some(&b'"') {
                    break;
                }
                end += 2;
            }
        }
        let next = memchr::memchr(separator, &bytes[end.min(bytes.len())..]).map(|offset| end + offset);
        let stop = if quoted && bytes.get(end) == Some(&b'"') { end } else { next.unwrap_or(bytes.len()) };
        cells.push(start.min(stop)..stop);
        match next {
            Some(next) => at = next + 1,
            None => return,
        }
    }
}

fn columns(header: &str, name: &str) -> Result<Columns, FileRefused> {
    let header = header.trim_start_matches('\u{feff}');
    let separator = [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|separator| memchr::memchr_iter(*separator, header.as_bytes()).count())
        .unwrap_or(b';');
    let mut cells = Vec::new();
    split(header, separator, &mut cells);
    let names: Vec<&str> = cells.into_iter().filter_map(|cell| header.get(cell)).collect();
    let at = |accepted: &[&str]| accepted.iter().find_map(|wanted| names.iter().position(|name| name == wanted));
    let is_place = at(&["nom_lieu_dit"]).is_some() && at(&["numero"]).is_none();
    let found = [
        at(&["code_insee"]),
        at(&["code_insee_ancienne_commune"]),
        at(&["code_postal", "code_post"]),
        at(&["nom_voie", "nom_lieu_dit"]),
        at(&["numero"]),
        at(&["rep"]),
        at(&["lon"]),
        at(&["lat"]),
    ];
    let wanted = [(0, "code_insee"), (3, "nom_voie"), (6, "lon"), (7, "lat")];
    if let Some((_, missing)) = wanted.iter().find(|(column, _)| found[*column].is_none()) {
        let message = format!(
            "no column `{missing}`, expected a file of the Base adresse nationale (id, numero, rep, nom_voie, code_insee, \
             lon, lat…); the columns are {}",
            shown(&names.join(", "))
        );
        return Err(FileRefused::new(name, Code::MissingColumn, message).at_line(1));
    }
    Ok(Columns { separator, at: found, is_place })
}
