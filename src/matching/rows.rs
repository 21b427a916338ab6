//! A block of whole records in, the same records out with their nearest venue.

use std::io::Write;
use std::ops::AddAssign;

use super::clues::{Basis, Clues, Unplaced};
use super::header::{Clue, Layout};
use super::places::Places;
use super::record::{Stop, field_end, push_field, value};
use super::targets::Targets;
use crate::domain::Position;
use crate::domain::units::FAR_M;

/// How many rows were placed, and by what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows read, and rows written: placed by any clue, or unknown.
    pub rows: u64,
    /// Rows placed by their own position.
    pub by_position: u64,
    /// Rows placed by their commune.
    pub by_commune: u64,
    /// Rows placed by their postal code.
    pub by_postcode: u64,
    /// Rows written with a reason instead of a venue.
    pub unknown: u64,
    /// Blank lines, copied as they are.
    pub blank_lines: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.by_position += other.by_position;
        self.by_commune += other.by_commune;
        self.by_postcode += other.by_postcode;
        self.unknown += other.unknown;
        self.blank_lines += other.blank_lines;
    }
}

/// Everything that a row is matched with.
pub(super) struct Matcher<'a> {
    targets: &'a Targets,
    places: &'a Places,
    layout: &'a Layout,
    /// For each venue, `,id,name,` as it stands in the output.
    labels: Vec<Vec<u8>>,
}

impl<'a> Matcher<'a> {
    pub fn new(targets: &'a Targets, places: &'a Places, layout: &'a Layout) -> Self {
        let label = |id: &str, name: &str| {
            let mut label = vec![layout.separator];
            for field in [id, name] {
                push_field(&mut label, field.as_bytes(), layout.separator);
                label.push(layout.separator);
            }
            label
        };
        let labels = targets.venues().iter().map(|venue| label(&venue.id, &venue.name)).collect();
        Self { targets, places, layout, labels }
    }

    /// Appends the records of a block to `out`, each with its four columns.
    pub fn match_block(&self, block: &[u8], out: &mut Vec<u8>) -> Tally {
        let mut tally = Tally::default();
        let mut rest = block;
        while !rest.is_empty() {
            let row = Row::read(rest, self.layout);
            out.extend_from_slice(row.text);
            if row.text.is_empty() && self.layout.clues.len() > 1 {
                tally.blank_lines += 1;
            } else {
                tally += self.push_nearest(&row, out);
            }
            out.extend_from_slice(row.line_end);
            rest = &rest[row.text.len() + row.line_end.len()..];
        }
        tally
    }

    fn push_nearest(&self, row: &Row<'_>, out: &mut Vec<u8>) -> Tally {
        let mut tally = Tally { rows: 1, ..Tally::default() };
        let placed = self.locate(row).and_then(|(position, basis)| {
            let nearest = self.targets.nearest(position).ok_or(Unplaced::NoVenue)?;
            Ok((nearest, basis))
        });
        match placed {
            Ok((nearest, basis)) => {
                out.extend_from_slice(&self.labels[nearest.ordinal as usize]);
                push_integer(out, nearest.distance.value() as u64);
                out.push(self.layout.separator);
                out.extend_from_slice(basis.told(nearest.distance.value() > FAR_M).as_bytes());
                *match basis {
                    Basis::Position => &mut tally.by_position,
                    Basis::Commune => &mut tally.by_commune,
                    Basis::Postcode => &mut tally.by_postcode,
                } += 1;
            }
            Err(reason) => {
                out.extend_from_slice(&[self.layout.separator; 4]);
                push_field(out, format!("unknown:{reason}").as_bytes(), self.layout.separator);
                tally.unknown += 1;
            }
        }
        tally
    }

    fn locate<'b>(&self, row: &Row<'b>) -> Result<(Position, Basis), Unplaced<'b>> {
        let expected = self.layout.clues.len();
        if row.fields != expected {
            return Err(Unplaced::FieldCount { found: row.fields, expected });
        }
        self.places.locate(row.clues)
    }
}

/// One record.
struct Row<'a> {
    /// Everything but the line end.
    text: &'a [u8],
    /// CRLF, LF, or nothing at the end of the file.
    line_end: &'a [u8],
    fields: usize,
    clues: Clues<'a>,
}

impl<'a> Row<'a> {
    /// The record at the beginning of a text.
    fn read(text: &'a [u8], layout: &Layout) -> Self {
        let mut clues = Clues::default();
        let mut fields = 0;
        let mut start = 0;
        let (end, stop) = loop {
            let (end, stop) = field_end(text, start, layout.separator);
            if let Some(Some(clue)) = layout.clues.get(fields) {
                let said = value(&text[start..end]);
                match clue {
                    Clue::Longitude => clues.longitude = said,
                    Clue::Latitude => clues.latitude = said,
                    Clue::Commune => clues.commune = said,
                    Clue::Postcode => clues.postcode = said,
                }
            }
            fields += 1;
            if stop != Stop::Separator {
                break (end, stop);
            }
            start = end + 1;
        };
        let end_of_text = if stop == Stop::LineFeed && text[..end].ends_with(b"\r") { end - 1 } else { end };
        let end_of_line = if stop == Stop::LineFeed { end + 1 } else { end };
        Self { text: &text[..end_of_text], line_end: &text[end_of_text..end_of_line], fields, clues }
    }
}

fn push_integer(out: &mut Vec<u8>, number: u64) {
    write!(out, "{number}").expect("memory takes what it is given");
}
