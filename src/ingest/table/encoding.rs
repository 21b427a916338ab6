//! From bytes to UTF-8: what the encoding is, how sure we are, and which lines do not follow it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::single_byte::{self, SingleByte};
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport};

/// A file as UTF-8, except for the characters of another encoding when `mixed`.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// Some characters, a minority, are not UTF-8.
    pub mixed: bool,
}

/// Decodes a file, without its byte order mark. Physical lines are those of the file as it came.
pub(super) fn decode<'a>(bytes: &'a [u8], file: &str, report: &mut SourceReport) -> Result<Decoded<'a>, FileRefused> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(FileRefused::new(file, Code::UnknownEncoding, "the file is UTF-32, expected UTF-8"));
    }
    if let Some((encoding, text, announced)) = utf16(bytes) {
        let (decoded, damaged) = encoding.decode_without_bom_handling(text);
        // A lone surrogate is one bad character of its cell, which is reported; half a unit is a file cut short.
        if damaged && (!announced || text.len() % 2 == 1) {
            let message = format!("the file looks like {} but does not decode, expected UTF-8", encoding.name());
            return Err(FileRefused::new(file, Code::UnknownEncoding, message).hint("export it as UTF-8"));
        }
        let text = decoded;
        guessed(encoding.name(), report);
        return Ok(Decoded { bytes: Cow::Owned(text.into_owned().into_bytes()), mixed: false });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Err(error) = std::str::from_utf8(bytes) else {
        return Ok(Decoded { bytes: Cow::Borrowed(bytes), mixed: false });
    };
    if error.error_len().is_none() {
        let message = "the file ends in the middle of a character, expected a whole last line";
        return Err(FileRefused::new(file, Code::TruncatedFile, message)
            .at_line(line_of(bytes, bytes.len()))
            .hint("fetch it again"));
    }
    eight_bits(bytes, file, report)
}

/// Neither UTF-16 nor UTF-8 as a whole: one byte a letter when nothing says otherwise, a few foreign bytes if most of the
/// accents are UTF-8. Counted by characters: a list of JSON may be one single line.
fn eight_bits<'a>(bytes: &'a [u8], file: &str, report: &mut SourceReport) -> Result<Decoded<'a>, FileRefused> {
    let (mut utf8, mut foreign, mut first_foreign, mut at) = (0_u64, 0_u64, 0, 0);
    for chunk in bytes.utf8_chunks() {
        utf8 += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            first_foreign = if foreign == 0 { at } else { first_foreign };
            foreign += 1;
        }
        at += chunk.invalid().len();
    }
    // Two letters of another encoding side by side may look like one of UTF-8, once in a while.
    if utf8 * 100 <= foreign {
        let Some(SingleByte { name, text }) = single_byte::guess(bytes) else {
            let byte = bytes[first_foreign];
            let message =
                format!("byte 0x{byte:02x} makes no French in UTF-8, Windows-1252, ISO-8859-15, Mac Roman or CP850");
            let refused = FileRefused::new(file, Code::UnknownEncoding, message);
            return Err(refused.at_line(line_of(bytes, first_foreign)).hint("export the file as UTF-8"));
        };
        guessed(name, report);
        return Ok(Decoded { bytes: Cow::Owned(text.into_bytes()), mixed: false });
    }
    if foreign > utf8 {
        let message =
            format!("{foreign} characters are not UTF-8 while {utf8} accented ones are; expected one encoding");
        let refused = FileRefused::new(file, Code::UnknownEncoding, message);
        return Err(refused.at_line(line_of(bytes, first_foreign)).hint("export the file again as UTF-8"));
    }
    Ok(Decoded { bytes: Cow::Borrowed(bytes), mixed: true })
}

/// Stands for bytes that are not UTF-8 in [`marked`] text: no file may hold it (a noncharacter of Unicode).
pub(super) const BAD_BYTES: char = '\u{fdd0}';

/// A mixed file as text, with a mark where its bytes are none.
pub(super) fn marked(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.extend(chunk.valid().chars().map(|c| if c == BAD_BYTES { '\u{fffd}' } else { c }));
        if !chunk.invalid().is_empty() {
            text.push(BAD_BYTES);
        }
    }
    text
}

fn guessed(encoding: &str, report: &mut SourceReport) {
    let reason = format!("the file is not UTF-8; read as {encoding}");
    report.note(Entry::new(Code::GuessedEncoding, Action::FileAdapted, reason).with_value(encoding));
}

/// UTF-16 by its byte order mark (true), or by its look: one byte of two is NUL in the first lines of a French table.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, &[u8], bool)> {
    if let Some(text) = bytes.strip_prefix(b"\xff\xfe") {
        return Some((UTF_16LE, text, true));
    }
    if let Some(text) = bytes.strip_prefix(b"\xfe\xff") {
        return Some((UTF_16BE, text, true));
    }
    let sample = &bytes[..bytes.len().min(256) & !1];
    let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), sample.len() / 2);
    match half >= 4 {
        true if even == 0 && odd * 10 >= half * 9 => Some((UTF_16LE, bytes, false)),
        true if odd == 0 && even * 10 >= half * 9 => Some((UTF_16BE, bytes, false)),
        _ => None,
    }
}

/// Physical line, 1-based, of the byte at this offset.
pub(super) fn line_of(bytes: &[u8], offset: usize) -> u32 {
    1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count() as u32
}
