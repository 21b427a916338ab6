//! A filter that was bound, and what it says of one row.

use std::borrow::Cow;

use geo::{BoundingRect, Geometry as Shape, Intersects, Rect, Relate};

use super::like::Pattern;
use super::spans::{self, Relation, Span};
use crate::api::collections::Collection;
use crate::domain::text::fold;
use crate::features::{Geometry, Value};
use crate::http::State;

/// A relation of one list to another.
pub type OfLists = fn(&[Cow<'_, str>], &[Cow<'_, str>]) -> bool;

/// The row that is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The edition.
    pub state: &'a State,
    /// The collection.
    pub collection: &'a dyn Collection,
    /// Rank in it.
    pub row: usize,
}

/// A condition. Unknown is neither true nor false.
#[derive(Debug)]
pub enum Test {
    /// The same for every row.
    Always(bool),
    /// All of these.
    All(Vec<Test>),
    /// One of these.
    Any(Vec<Test>),
    /// Not this.
    Not(Box<Test>),
    /// Two values in a relation.
    Compare(fn(std::cmp::Ordering) -> bool, Scalar, Scalar),
    /// A text of a pattern.
    Like(Scalar, Pattern),
    /// One of several values.
    In(Scalar, Vec<Scalar>),
    /// A property that nobody knows.
    IsUnknown(usize),
    /// A feature without a place.
    IsNowhere,
    /// A yes-or-no property that says yes.
    Flag(usize),
    /// The geometry, in a relation to one that was given, whose box is here too.
    Spatial(Touch, Box<Shape>, Rect),
    /// Two spans of days in a relation.
    Temporal(Relation, When, When),
    /// Two lists in a relation.
    Array(OfLists, Several, Several),
}

/// Relations of the geometry of a feature to one that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// They share a point.
    Intersects,
    /// They share none.
    Disjoint,
    /// The feature holds the other.
    Contains,
    /// It lies in the other.
    Within,
    /// They meet at their edges only.
    Touches,
    /// They share a part of both.
    Overlaps,
    /// One passes through the other.
    Crosses,
    /// They are one.
    Equals,
}

/// A value to compare.
#[derive(Debug)]
pub struct Scalar {
    /// What it is.
    pub what: What,
    /// Compared without regard to capital letters.
    pub no_case: bool,
    /// Compared without regard to accents.
    pub no_accents: bool,
}

/// Where a value comes from.
#[derive(Debug)]
pub enum What {
    /// From the row.
    Property(usize),
    /// A text, a code, a day.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// A span of days.
#[derive(Debug)]
pub enum When {
    /// The day of a property.
    Property(usize),
    /// One that was given.
    Given(Span),
}

/// A list.
#[derive(Debug)]
pub enum Several {
    /// That of a property.
    Property(usize),
    /// One that was given.
    Given(Vec<String>),
}

/// A value that is known.
#[derive(Debug, PartialEq)]
enum Known<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Flag(bool),
}

impl Test {
    /// What it says of a row; `None` where that hangs on a value nobody knows.
    #[must_use]
    pub fn of(&self, row: &Row<'_>) -> Option<bool> {
        match self {
            Self::Always(truth) => Some(*truth),
            Self::All(tests) => all(tests.iter().map(|test| test.of(row))),
            Self::Any(tests) => all(tests.iter().map(|test| test.of(row).map(|truth| !truth))).map(|truth| !truth),
            Self::Not(test) => test.of(row).map(|truth| !truth),
            Self::Compare(relation, a, b) => Some(relation(ordering(&a.of(row)?, &b.of(row)?)?)),
            Self::Like(scalar, pattern) => match scalar.of(row)? {
                Known::Text(text) => Some(pattern.fits(&text)),
                Known::Number(_) | Known::Flag(_) => None,
            },
            Self::In(scalar, list) => {
                let value = scalar.of(row)?;
                Some(list.iter().any(|item| item.of(row).is_some_and(|item| item == value)))
            }
            Self::IsUnknown(property) => Some(match row.value(*property) {
                Value::Unknown => true,
                Value::List(texts) => texts.is_empty(),
                _ => false,
            }),
            Self::IsNowhere => Some(matches!(row.geometry(), Geometry::Nowhere)),
            Self::Flag(property) => match row.value(*property) {
                Value::Flag(flag) => Some(flag),
                _ => None,
            },
            Self::Spatial(touch, shape, around) => touch.of(&row.geometry(), shape, *around),
            Self::Temporal(relation, a, b) => Some(relation(a.of(row)?, b.of(row)?)),
            Self::Array(relation, a, b) => Some(relation(&a.of(row)?, &b.of(row)?)),
        }
    }
}

/// False when one is false, unknown when one is unknown, else true.
fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut whole = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            None => whole = None,
            Some(true) => (),
        }
    }
    whole
}

fn ordering(a: &Known<'_>, b: &Known<'_>) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Known::Text(a), Known::Text(b)) => Some(a.cmp(b)),
        (Known::Number(a), Known::Number(b)) => a.partial_cmp(b),
        (Known::Flag(a), Known::Flag(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

impl<'a> Row<'a> {
    fn value(&self, property: usize) -> Value<'a> {
        self.collection.value(self.state, self.row, property)
    }

    fn geometry(&self) -> Geometry<'a> {
        self.collection.geometry(&self.state.atlas, self.row)
    }
}

impl Scalar {
    fn of<'a>(&'a self, row: &Row<'a>) -> Option<Known<'a>> {
        let known = match &self.what {
            What::Text(text) => Known::Text(Cow::Borrowed(text)),
            What::Number(number) => Known::Number(*number),
            What::Flag(flag) => Known::Flag(*flag),
            What::Property(property) => match row.value(*property) {
                Value::Text(text) => Known::Text(text),
                Value::Integer(number) => Known::Number(number as f64),
                Value::Number(number) => Known::Number(number),
                Value::Flag(flag) => Known::Flag(flag),
                Value::Unknown | Value::List(_) => return None,
            },
        };
        Some(match known {
            Known::Text(text) => Known::Text(same(text, self.no_case, self.no_accents)),
            known => known,
        })
    }
}

/// A text without what is not regarded.
#[must_use]
pub fn same(text: Cow<'_, str>, no_case: bool, no_accents: bool) -> Cow<'_, str> {
    match (no_case, no_accents) {
        (false, false) => text,
        (true, false) => Cow::Owned(text.to_lowercase()),
        // The house has one rule of what an accent is; it takes capital letters too, so letter by letter.
        (false, true) => Cow::Owned(text.chars().map(without_accent).collect()),
        (true, true) => Cow::Owned(text.chars().map(without_accent).collect::<String>().to_lowercase()),
    }
}

fn without_accent(letter: char) -> String {
    let plain = fold(letter.encode_utf8(&mut [0; 4]));
    match plain.is_empty() || letter.is_ascii() {
        true => letter.to_string(),
        false if letter.is_uppercase() => plain.to_uppercase(),
        false => plain,
    }
}

impl When {
    fn of(&self, row: &Row<'_>) -> Option<Span> {
        match self {
            Self::Given(span) => Some(*span),
            Self::Property(property) => match row.value(*property) {
                Value::Text(text) => spans::day(&text).map(Span::day),
                _ => None,
            },
        }
    }
}

impl Several {
    fn of<'a>(&'a self, row: &Row<'a>) -> Option<Vec<Cow<'a, str>>> {
        match self {
            Self::Given(texts) => Some(texts.iter().map(|text| Cow::Borrowed(text.as_str())).collect()),
            Self::Property(property) => match row.value(*property) {
                // A list that nobody filled is written `null`, and is one: nobody said that such a place takes money.
                Value::List(texts) if !texts.is_empty() => Some(texts),
                _ => None,
            },
        }
    }
}

impl Touch {
    fn of(self, geometry: &Geometry<'_>, other: &Shape, around: Rect) -> Option<bool> {
        let matrix = match geometry {
            Geometry::Nowhere => return None,
            Geometry::Point(position) => geo::Point::new(position.lon(), position.lat()).relate(other),
            // Most rows lie elsewhere, and their boxes say so.
            Geometry::Area(area) if !area.bounding_rect()?.intersects(&around) => {
                return Some(self == Self::Disjoint);
            }
            Geometry::Area(area) => area.relate(other),
        };
        Some(match self {
            Self::Intersects => matrix.is_intersects(),
            Self::Disjoint => matrix.is_disjoint(),
            Self::Contains => matrix.is_contains(),
            Self::Within => matrix.is_within(),
            Self::Touches => matrix.is_touches(),
            Self::Overlaps => matrix.is_overlaps(),
            Self::Crosses => matrix.is_crosses(),
            Self::Equals => matrix.is_equal_topo(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_neither_true_nor_false() {
        assert_eq!(all([Some(true), None].into_iter()), None);
        assert_eq!(all([None, Some(false)].into_iter()), Some(false));
        assert_eq!(all([Some(true), Some(true)].into_iter()), Some(true));
    }

    #[test]
    fn letters_are_the_same_without_case_or_accents() {
        assert_eq!(same("Évry-Énée".into(), true, false), "évry-énée");
        assert_eq!(same("Évry-Énée".into(), false, true), "Evry-Enee");
        assert_eq!(same("Œuvre à Évry".into(), true, true), "oeuvre a evry");
    }
}
