//! The structure of a delimited file: where each record starts, how many fields it has, and what is wrong with it.
//!
//! Strict RFC 4180 with LF or CRLF: a quote opens a field only at its start, and nothing follows a closing quote.
//! What this scanner accepts has one reading only, so that Polars cannot read it otherwise.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3};

use super::suspects::is_control;

const QUOTE: u8 = b'"';

/// One record, on one or several physical lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// Bytes of the record, without its line end.
    pub bytes: &'a [u8],
    /// Physical line on which it starts, 1-based.
    pub line: u32,
    /// Number of fields.
    pub fields: u32,
    /// Whether a line feed follows.
    pub ended: bool,
    /// Why it cannot be trusted.
    pub fault: Option<Fault>,
}

/// What is wrong with one record; `column` is the position of the field, 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote within a field that does not start with one.
    BareQuote { column: u32 },
    /// Something between a closing quote and the next separator.
    TextAfterQuote { column: u32 },
    /// NUL.
    Nul { column: u32 },
    /// Another control character; tabs and, within quotes, line ends are none.
    Control { column: u32, byte: u8 },
    /// Not UTF-8, in a file that mostly is.
    NotUtf8,
}

/// What makes the rest of the file unreadable: nobody knows any more where records start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// The quote opened here is never closed, or closed on a later line and followed by text.
    UnclosedQuote { line: u32, column: u32 },
    /// The field that starts here is longer than the limit.
    FieldTooLong { line: u32, column: u32 },
}

/// Walks over the records of a file.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
    separator: u8,
    field_limit: usize,
}

impl<'a> Scanner<'a> {
    /// Starts at the first byte, which is on physical line `line`.
    pub fn new(bytes: &'a [u8], line: u32, separator: u8, field_limit: usize) -> Self {
        Self { bytes, at: 0, line, separator, field_limit }
    }

    /// A record on one physical line without any quote: the case of nearly every row.
    fn plain(&mut self, stop: usize) -> Result<Record<'a>, Lost> {
        let line = self.line;
        let bytes = strip_cr(&self.bytes[self.at..stop]);
        if bytes.len() > self.field_limit {
            let long = bytes.split(|&b| b == self.separator).position(|field| field.len() > self.field_limit);
            if let Some(position) = long {
                return Err(Lost::FieldTooLong { line, column: position as u32 + 1 });
            }
        }
        let fields = memchr_iter(self.separator, bytes).count() as u32 + 1;
        let fault = bytes.iter().position(|&b| is_control(b) || b == b'\r').map(|at| self.control(bytes, at));
        Ok(self.record(bytes, stop, fields, fault))
    }

    /// A record with quotes, walked field by field.
    fn quoted(&mut self) -> Result<Record<'a>, Lost> {
        let start = self.at;
        let (mut at, mut column, mut fault) = (start, 1, None);
        loop {
            let field = at;
            if self.bytes.get(at) == Some(&QUOTE) {
                let closing = self.closing_quote(at + 1).ok_or_else(|| self.unclosed(start, field, column))?;
                at = closing + 1;
                if !self.is_field_end(at) {
                    // Text after a closing quote is a slip of one row, unless the quotes span lines: then the opening
                    // one has probably swallowed whole rows, and which ones cannot be told.
                    if memchr(b'\n', &self.bytes[field..closing]).is_some() {
                        return Err(self.unclosed(start, field, column));
                    }
                    fault.get_or_insert(Fault::TextAfterQuote { column });
                }
            }
            let stop = self.field_end(at, column, &mut fault);
            if stop - field > self.field_limit {
                return Err(Lost::FieldTooLong { line: self.line_at(start, field), column });
            }
            if self.bytes.get(stop) == Some(&self.separator) {
                at = stop + 1;
                column += 1;
                continue;
            }
            let bytes = strip_cr(&self.bytes[start..stop]);
            let fault = fault.or_else(|| bytes.iter().position(|&b| is_control(b)).map(|at| self.control(bytes, at)));
            let next_line = self.line_at(start, stop);
            let record = self.record(bytes, stop, column, fault);
            self.line = next_line + u32::from(record.ended);
            return Ok(record);
        }
    }

    /// End of the field that goes on, unquoted, at `at`: the separator, the line feed or the end of the file.
    fn field_end(&self, at: usize, column: u32, fault: &mut Option<Fault>) -> usize {
        let mut next = at;
        let stop = loop {
            match memchr3(self.separator, b'\n', QUOTE, &self.bytes[next..]).map(|offset| next + offset) {
                Some(quote) if self.bytes[quote] == QUOTE => {
                    fault.get_or_insert(Fault::BareQuote { column });
                    next = quote + 1;
                }
                Some(end) => break end,
                None => break self.bytes.len(),
            }
        };
        let ends_row = self.bytes.get(stop) != Some(&self.separator);
        let text = if ends_row { strip_cr(&self.bytes[at..stop]) } else { &self.bytes[at..stop] };
        if memchr(b'\r', text).is_some() {
            fault.get_or_insert(Fault::Control { column, byte: b'\r' });
        }
        stop
    }

    /// Physical line of a byte of the record that starts at `start`.
    fn line_at(&self, start: usize, at: usize) -> u32 {
        self.line + memchr_iter(b'\n', &self.bytes[start..at]).count() as u32
    }

    fn unclosed(&self, start: usize, field: usize, column: u32) -> Lost {
        Lost::UnclosedQuote { line: self.line_at(start, field), column }
    }

    /// Position of the quote that closes the field whose content starts here; doubled quotes are content.
    fn closing_quote(&self, mut at: usize) -> Option<usize> {
        loop {
            at += memchr(QUOTE, self.bytes.get(at..)?)?;
            if self.bytes.get(at + 1) != Some(&QUOTE) {
                return Some(at);
            }
            at += 2;
        }
    }

    fn is_field_end(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            None | Some(b'\n') => true,
            Some(b'\r') => matches!(self.bytes.get(at + 1), None | Some(b'\n')),
            Some(&b) => b == self.separator,
        }
    }

    fn control(&self, record: &[u8], at: usize) -> Fault {
        let column = fields(&record[..at], self.separator).len().max(1) as u32;
        match record[at] {
            0 => Fault::Nul { column },
            byte => Fault::Control { column, byte },
        }
    }

    fn record(&mut self, bytes: &'a [u8], stop: usize, fields: u32, fault: Option<Fault>) -> Record<'a> {
        let ended = stop < self.bytes.len();
        let record = Record { bytes, line: self.line, fields, ended, fault };
        self.at = stop + usize::from(ended);
        self.line += u32::from(ended);
        record
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Result<Record<'a>, Lost>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let stop = self.at + memchr(b'\n', rest).unwrap_or(rest.len());
        let record = match memchr(QUOTE, &self.bytes[self.at..stop]) {
            None => self.plain(stop),
            Some(_) => self.quoted(),
        };
        if record.is_err() {
            self.at = self.bytes.len();
        }
        Some(record)
    }
}

impl Record<'_> {
    /// Whether the record holds nothing but separators, spaces and empty quotes.
    pub fn is_blank(&self, separator: u8) -> bool {
        self.bytes.iter().all(|&b| matches!(b, b' ' | b'\t' | QUOTE | b'\r') || b == separator)
    }
}

/// The values of a record, without quotes. Meant for headers and messages; Polars reads the rows.
pub(super) fn fields(record: &[u8], separator: u8) -> Vec<Cow<'_, [u8]>> {
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let rest = &record[at..];
        let mut in_quotes = false;
        let stop = rest.iter().position(|&b| {
            in_quotes ^= b == QUOTE;
            b == separator && !in_quotes
        });
        let raw = &rest[..stop.unwrap_or(rest.len())];
        out.push(match raw.strip_prefix(b"\"").map(|inner| inner.strip_suffix(b"\"").unwrap_or(inner)) {
            Some(inner) => Cow::Owned(undouble(inner)),
            None => Cow::Borrowed(raw),
        });
        match stop {
            Some(stop) => at += stop + 1,
            None => return out,
        }
    }
}

fn undouble(inner: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(inner.len());
    let mut quotes = 0;
    for &b in inner {
        quotes = if b == QUOTE { quotes + 1 } else { 0 };
        if quotes == 2 {
            quotes = 0;
        } else {
            out.push(b);
        }
    }
    out
}

fn strip_cr(bytes: &[u8]) -> &[u8] {
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}
