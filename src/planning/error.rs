//! Why a request has no answer: the field to change, what was given, what was expected.

use std::fmt;

/// One fault of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    /// Name of the field, as in [`super::FIELDS`].
    pub field: &'static str,
    /// What was given, as text.
    pub value: String,
    /// What is wrong with it and what was expected.
    pub message: String,
}

impl RequestError {
    /// A fault of a field.
    pub(crate) fn new(field: &'static str, value: impl ToString, message: impl Into<String>) -> Self {
        Self { field, value: value.to_string(), message: message.into() }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.value.is_empty() {
            return write!(f, "{}: {}", self.field, self.message);
        }
        write!(f, "{}: {}: {}", self.field, self.value, self.message)
    }
}

impl std::error::Error for RequestError {}
