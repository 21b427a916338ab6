//! Why a text is not opening hours.

use std::fmt;

/// Longer texts are not opening hours (OpenStreetMap itself stops at 255 characters).
pub(super) const MAX_CHARACTERS: usize = 1_000;

/// Why a text is not opening hours we can evaluate. Each variant carries the rule at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoursError {
    /// Nothing but spaces.
    Empty,
    /// More than a thousand characters.
    TooLong(usize),
    /// Not the OpenStreetMap syntax.
    Unreadable(String),
    /// A span that ends before, or when, it starts.
    Backwards(String),
    /// Sound syntax whose value needs something we do not have; the second field names it.
    Unsupported(String, &'static str),
}

impl fmt::Display for HoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = "expected days and hours such as \"Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00\"";
        match self {
            Self::Empty => write!(f, "opening hours are empty; {expected}"),
            Self::TooLong(length) => {
                write!(f, "opening hours have {length} characters; expected at most {MAX_CHARACTERS}")
            }
            Self::Unreadable(rule) => write!(f, "opening hours \"{rule}\" cannot be read; {expected}"),
            Self::Backwards(rule) => {
                write!(f, "opening hours \"{rule}\" end before they start; expected the earlier time first")
            }
            Self::Unsupported(rule, what) => {
                write!(f, "opening hours \"{rule}\" use {what}; expected fixed days and hours")
            }
        }
    }
}

impl std::error::Error for HoursError {}
