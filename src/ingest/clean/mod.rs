//! From published text to values: each function says what it understood, or why it did not.

pub mod contact;
pub mod date;
pub mod number;
pub mod pivot;
pub mod url;

use super::report::Code;

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
