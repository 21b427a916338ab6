//! Rows as CSV (RFC 4180): UTF-8, comma, lines end with CR LF, nothing where nobody said.

use std::borrow::Cow;

use super::{Table, reasons};
use crate::domain::Venue;
use crate::domain::standard::{Cell, Column, EXTENSION, STANDARD};

/// One line.
pub(super) fn line<'a>(fields: impl Iterator<Item = Cow<'a, str>>) -> Vec<u8> {
    let mut out = Vec::new();
    write(fields, &mut out);
    out
}

/// The line of a venue; nothing when it is no row of the table.
pub(super) fn row(venue: &Venue, table: Table, out: &mut Vec<u8>) {
    if !table.holds(venue) {
        return;
    }
    let read = |column: &Column| field((column.read)(venue));
    match table {
        Table::Venues | Table::Valid => write(STANDARD.iter().map(read), out),
        Table::Invalid => write(STANDARD.iter().map(read).chain([reasons(venue).into()]), out),
        Table::Extension => {
            write(std::iter::once(Cow::Borrowed(venue.id.as_str())).chain(EXTENSION.iter().map(read)), out);
        }
    }
}

fn field(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Unknown => Cow::Borrowed(""),
        Cell::Text(text) => text,
        // The shortest text that reads back equal.
        Cell::Degrees(degrees) => Cow::Owned(degrees.to_string()),
    }
}

fn write<'a>(fields: impl Iterator<Item = Cow<'a, str>>, out: &mut Vec<u8>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        // A lone quote, comma or line end would end the field; a blank at an end would be lost by lenient readers.
        let bare = !field.contains([',', '"', '\n', '\r']) && field.trim() == field;
        if bare {
            out.extend_from_slice(field.as_bytes());
        } else {
            out.push(b'"');
            out.extend_from_slice(field.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        }
    }
    out.extend_from_slice(b"\r\n");
}
