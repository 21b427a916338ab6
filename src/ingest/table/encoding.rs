//! From bytes to UTF-8: what the encoding is, how sure we are, and which lines do not follow it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport};

/// A file as UTF-8, except for the lines of another encoding when `mixed`.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// Some lines, a minority, are not UTF-8.
    pub mixed: bool,
}

/// Decodes a file, without its byte order mark. Physical lines are those of the file as it came.
pub(super) fn decode<'a>(bytes: &'a [u8], file: &str, report: &mut SourceReport) -> Result<Decoded<'a>, FileRefused> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(FileRefused::new(file, Code::UnknownEncoding, "the file is UTF-32, expected UTF-8"));
    }
    if let Some((encoding, text)) = utf16(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(text);
        if damaged {
            let message = format!("the file looks like {} but does not decode, expected UTF-8", encoding.name());
            return Err(FileRefused::new(file, Code::UnknownEncoding, message).hint("export it as UTF-8"));
        }
        guessed(encoding, report);
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

/// Neither UTF-16 nor UTF-8 as a whole: Windows-1252 if no line says otherwise, a few foreign lines if most are UTF-8.
fn eight_bits<'a>(bytes: &'a [u8], file: &str, report: &mut SourceReport) -> Result<Decoded<'a>, FileRefused> {
    let (mut utf8, mut foreign, mut first_foreign) = (0_u64, 0_u64, 0);
    for (line, text) in (1..).zip(bytes.split(|&b| b == b'\n')) {
        if let Ok(text) = std::str::from_utf8(text) {
            utf8 += u64::from(!text.is_ascii());
        } else {
            first_foreign = if foreign == 0 { line } else { first_foreign };
            foreign += 1;
        }
    }
    if utf8 == 0 {
        // Windows-1252 gives these five bytes no letter, so a file that holds one is something else.
        if let Some(at) = bytes.iter().position(|b| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)) {
            let message = format!("byte 0x{:02x} is neither UTF-8 nor Windows-1252", bytes[at]);
            let refused = FileRefused::new(file, Code::UnknownEncoding, message);
            return Err(refused.at_line(line_of(bytes, at)).hint("export the file as UTF-8"));
        }
        guessed(WINDOWS_1252, report);
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        return Ok(Decoded { bytes: Cow::Owned(text.into_owned().into_bytes()), mixed: false });
    }
    if foreign > utf8 {
        let message =
            format!("{foreign} lines are not UTF-8 while {utf8} lines with accents are; expected one encoding");
        let refused = FileRefused::new(file, Code::UnknownEncoding, message);
        return Err(refused.at_line(first_foreign).hint("export the file again as UTF-8"));
    }
    Ok(Decoded { bytes: Cow::Borrowed(bytes), mixed: true })
}

fn guessed(encoding: &'static Encoding, report: &mut SourceReport) {
    let reason = format!("the file is not UTF-8; read as {}", encoding.name());
    report.note(Entry::new(Code::GuessedEncoding, Action::FileAdapted, reason).with_value(encoding.name()));
}

/// UTF-16 by its byte order mark, or by its look: one byte of two is NUL in the first lines of a French table.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    if let Some(text) = bytes.strip_prefix(b"\xff\xfe") {
        return Some((UTF_16LE, text));
    }
    if let Some(text) = bytes.strip_prefix(b"\xfe\xff") {
        return Some((UTF_16BE, text));
    }
    let sample = &bytes[..bytes.len().min(256) & !1];
    let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), sample.len() / 2);
    match half >= 4 {
        true if even == 0 && odd * 10 >= half * 9 => Some((UTF_16LE, bytes)),
        true if odd == 0 && even * 10 >= half * 9 => Some((UTF_16BE, bytes)),
        _ => None,
    }
}

/// Physical line, 1-based, of the byte at this offset.
pub(super) fn line_of(bytes: &[u8], offset: usize) -> u32 {
    1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count() as u32
}
