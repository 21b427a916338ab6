//! Where fields and records of a CSV end (RFC 4180): a quote counts only where a field begins.

/// What comes after a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A separator, then another field.
    Separator,
    /// A line feed, the end of the record.
    LineFeed,
    /// The end of the text.
    End,
    /// The end of the text inside quotes.
    OpenQuote,
}

/// The end of the field that begins at `start`, and what stands there.
#[inline]
pub(super) fn field_end(text: &[u8], start: usize, separator: u8) -> (usize, Stop) {
    let mut from = start;
    if text.get(start) == Some(&b'"') {
        match closing_quote(text, start + 1) {
            Some(quote) => from = quote + 1,
            None => return (text.len(), Stop::OpenQuote),
        }
    }
    match text[from..].iter().position(|&byte| byte == separator || byte == b'\n') {
        Some(length) if text[from + length] == separator => (from + length, Stop::Separator),
        Some(length) => (from + length, Stop::LineFeed),
        None => (text.len(), Stop::End),
    }
}

/// The first quote that is not doubled.
fn closing_quote(text: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let quote = from + memchr::memchr(b'"', text.get(from..)?)?;
        if text.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// A text, which starts with a record, cut after its last complete record.
pub(super) struct Cut {
    /// Bytes of the complete records, line feeds included.
    pub complete: usize,
    /// Whether the text ends inside quotes.
    pub open_quote: bool,
}

pub(super) fn cut(text: &[u8], separator: u8) -> Cut {
    if memchr::memchr(b'"', text).is_none() {
        let complete = memchr::memrchr(b'\n', text).map_or(0, |feed| feed + 1);
        return Cut { complete, open_quote: false };
    }
    let mut complete = 0;
    let mut start = 0;
    loop {
        let (end, stop) = field_end(text, start, separator);
        start = end + 1;
        match stop {
            Stop::Separator => {}
            Stop::LineFeed => complete = start,
            Stop::End | Stop::OpenQuote => return Cut { complete, open_quote: stop == Stop::OpenQuote },
        }
    }
}

/// What a field says: spaces around it and its quotes taken off.
#[inline]
pub(super) fn value(field: &[u8]) -> &[u8] {
    let field = field.trim_ascii();
    match field {
        [b'"', inside @ .., b'"'] => inside.trim_ascii(),
        _ => field,
    }
}

/// Appends a field, in quotes if it must be.
pub(super) fn push_field(out: &mut Vec<u8>, field: &[u8], separator: u8) {
    let plain = !field.iter().any(|&byte| byte == separator || matches!(byte, b'"' | b'\n' | b'\r'));
    if plain {
        out.extend_from_slice(field);
        return;
    }
    out.push(b'"');
    for &byte in field {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete(text: &str) -> (usize, bool) {
        let Cut { complete, open_quote } = cut(text.as_bytes(), b',');
        (complete, open_quote)
    }

    #[test]
    fn a_text_is_cut_between_records_only() {
        assert_eq!(complete("a,b\nc,d"), (4, false));
        assert_eq!(complete("a,b\nc,\"d\nd\"\ne"), (12, false));
        assert_eq!(complete("a,\"b\nc\n"), (0, true));
        assert_eq!(complete("a,5\" pipe\nb\n"), (12, false), "a quote inside a field is a character like others");
        assert_eq!(complete("a,\"he said \"\"\nhi\"\"\"\nb"), (20, false));
        assert_eq!(complete("\"\""), (0, false));
        assert_eq!(complete(""), (0, false));
        assert_eq!(complete("a,\""), (0, true));
    }

    #[test]
    fn a_value_is_what_the_field_says() {
        assert_eq!(value(b" \"75056\" \r"), b"75056");
        assert_eq!(value(b"\""), b"\"");
        assert_eq!(value(b"\"\""), b"");
        assert_eq!(value(b"2.35"), b"2.35");
    }

    #[test]
    fn fields_are_quoted_when_they_must_be() {
        let pushed = |field: &str, separator| {
            let mut out = Vec::new();
            push_field(&mut out, field.as_bytes(), separator);
            String::from_utf8(out).expect("text in, text out")
        };
        assert_eq!(pushed("Maison, France services", b','), "\"Maison, France services\"");
        assert_eq!(pushed("Maison, France services", b';'), "Maison, France services");
        assert_eq!(pushed("dit \"le Phare\"", b';'), "\"dit \"\"le Phare\"\"\"");
    }
}
