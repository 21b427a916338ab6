//! From published text to values: each function says what it understood, or why it did not.

pub mod alternate;
pub mod beyond;
pub mod cell;
mod clause;
pub mod closure;
pub mod columns;
pub mod comment;
pub mod contact;
pub mod coordinates;
pub mod date;
pub mod denial;
mod entities;
pub mod hours;
pub mod markup;
pub mod moving;
mod narrowing;
pub mod number;
mod once;
mod pieced;
pub mod pivot;
pub mod sessions;
pub mod several_places;
pub mod together;
pub mod url;
pub mod walk_in;
mod weekly;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod siblings;

use super::report::{Action, Code};

/// A value that cannot be used as published: the code and the sentence for the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Machine code.
    pub code: Code,
    /// What was expected.
    pub reason: String,
}

impl Doubt {
    fn new(code: Code, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }
}

/// A value, possibly with a remark on how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned<T> {
    /// The value.
    pub value: T,
    /// What was changed or doubted on the way.
    pub remark: Option<Doubt>,
}

impl<T> Cleaned<T> {
    fn plain(value: T) -> Self {
        Self { value, remark: None }
    }

    fn with(value: T, code: Code, reason: impl Into<String>) -> Self {
        Self { value, remark: Some(Doubt::new(code, reason)) }
    }
}

/// Something to report about a piece of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The piece, as published.
    pub piece: String,
    /// What was done with it.
    pub action: Action,
    /// Why.
    pub doubt: Doubt,
}

impl Remark {
    fn new(piece: impl Into<String>, action: Action, doubt: Doubt) -> Self {
        Self { piece: piece.into(), action, doubt }
    }
}

/// Every value of a cell, and what must be said of the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values<T> {
    /// In order, without repeats.
    pub values: Vec<T>,
    /// Nothing of the cell is in neither list.
    pub remarks: Vec<Remark>,
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self { values: Vec::new(), remarks: Vec::new() }
    }
}

impl<T: PartialEq> Values<T> {
    fn push(&mut self, value: T) {
        if !self.values.contains(&value) {
            self.values.push(value);
        }
    }

    fn remark(&mut self, piece: impl Into<String>, action: Action, code: Code, reason: &str) {
        self.remarks.push(Remark::new(piece, action, Doubt::new(code, reason)));
    }
}
