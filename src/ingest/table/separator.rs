//! Which of the three accepted separators a file really uses.

use super::options::ReadOptions;
use super::scan::{Record, Scanner};
use super::sniff::opening;
use super::titles;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport};

const ACCEPTED: [u8; 3] = [b',', b';', b'\t'];
const SAMPLE: usize = 50;

/// How well a separator explains the first records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Quarters of the sampled rows with as many fields as the header: a few bad rows do not outweigh the header.
    agreement: usize,
    /// Fields of the header.
    columns: u32,
}

/// The separator of a file: the declared one when it explains the header, else the best of the others, with a warning.
pub(super) fn find(
    body: &[u8],
    line: u32,
    options: &ReadOptions,
    report: &mut SourceReport,
) -> Result<u8, FileRefused> {
    let declared = u8::try_from(options.separator).ok().filter(|separator| ACCEPTED.contains(separator));
    let Some(declared) = declared else {
        let message = format!("the declared separator is `{}`, expected `,`, `;` or TAB", options.separator);
        return Err(FileRefused::new(&options.file, Code::UnknownSeparator, message));
    };
    let fits = ACCEPTED.map(|separator| (fit(&sample(body, line, separator)), separator == declared, separator));
    let (fit, _, best) = fits.into_iter().max().expect("three separators are tried");
    if fit.agreement == 0 {
        for separator in ACCEPTED {
            titles::refuse_narrow_title(&sample(body, line, separator), separator, options)?;
        }
    }
    if fit.columns == 1 {
        return single_column(body, line, options, declared);
    }
    let declared_fits = fits
        .iter()
        .any(|(other, is_declared, _)| *is_declared && other.columns > 1 && other.agreement >= fit.agreement);
    if declared_fits {
        return Ok(declared);
    }
    let reason = format!("the separator is {}, expected {} as declared", name(best), name(declared));
    report.note(Entry::new(Code::GuessedSeparator, Action::FileAdapted, reason).at_line(line).with_value(name(best)));
    Ok(best)
}

/// The first records that hold something.
pub(super) fn sample(body: &[u8], line: u32, separator: u8) -> Vec<Record<'_>> {
    let records = Scanner::new(body, line, separator, usize::MAX).map_while(Result::ok);
    records.filter(|record| !record.is_blank(separator)).take(SAMPLE).collect()
}

fn fit(records: &[Record<'_>]) -> Fit {
    let Some((header, rows)) = records.split_first() else { return Fit { agreement: 0, columns: 1 } };
    let agreeing = rows.iter().filter(|row| row.fields == header.fields).count();
    let agreement = if header.fields == 1 { 0 } else { 4 * agreeing / rows.len().max(1) };
    Fit { agreement, columns: header.fields }
}

/// No accepted separator occurs in the header: one column, unless a bar shows that there are several.
fn single_column(body: &[u8], line: u32, options: &ReadOptions, separator: u8) -> Result<u8, FileRefused> {
    let header = body.split(|&b| b == b'\n').next().unwrap_or(body);
    if header.contains(&b'|') {
        let message = format!("no separator explains the header `{}`; expected `,`, `;` or TAB", opening(header));
        let refused = FileRefused::new(&options.file, Code::UnknownSeparator, message).at_line(line);
        return Err(
            refused.hint("`|` separates the values of a list in the national standard and cannot separate columns")
        );
    }
    Ok(separator)
}

/// A separator, fit for a message.
pub(super) fn name(separator: u8) -> &'static str {
    match separator {
        b',' => "`,`",
        b';' => "`;`",
        _ => "TAB",
    }
}
