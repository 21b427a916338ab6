//! Title lines above the header: how to recognise them, and where the header seems to be.

use super::options::ReadOptions;
use super::scan::{Record, fields};
use crate::ingest::report::{Code, FileRefused};

/// A header is looked for in this many first records.
const LOOKED_AT: usize = 20;

/// Physical line of the first later record that looks like a header, given the first records of the file.
///
/// Looks like a header: as many fields as most rows, all of them named, all different, none a number.
pub(super) fn likely_header(records: &[Record<'_>], separator: u8) -> Option<u32> {
    let usual = usual_width(records)?;
    let looks_like_one = |record: &&Record<'_>| {
        let names = fields(record.bytes, separator);
        let texts: Vec<&str> = names.iter().filter_map(|name| std::str::from_utf8(name).ok()).map(str::trim).collect();
        record.fields == usual
            && texts.len() == names.len()
            && texts.iter().all(|name| !name.is_empty() && !starts_like_a_number(name))
            && (1..texts.len()).all(|i| !texts[..i].contains(&texts[i]))
    };
    records.iter().skip(1).take(LOOKED_AT).find(looks_like_one).map(|record| record.line)
}

/// Refuses a file whose header stands on line `header`, below the first line read.
pub(super) fn refused(options: &ReadOptions, first: u32, header: u32) -> FileRefused {
    let message = format!("line {first} is no header, expected the names of the columns");
    let skip = header - first + options.skip_lines;
    FileRefused::new(&options.file, Code::TitleLines, message)
        .at_line(first)
        .hint(format!("line {header} looks like the header: declare skip_lines = {skip}"))
}

/// The most frequent number of fields, the larger one on a tie; `None` when rows have one field.
fn usual_width(records: &[Record<'_>]) -> Option<u32> {
    let mut widths: Vec<u32> = records.iter().map(|record| record.fields).collect();
    widths.sort_unstable();
    let (_, usual) = widths.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).max()?;
    (usual > 1).then_some(usual)
}

fn starts_like_a_number(text: &str) -> bool {
    text.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit())
}
