//! A filter as it was written, before anybody asks what its names mean.

use serde_json::Value;

/// One node of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A property, by its name.
    Property(String),
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A geometry, as the members of `GeoJSON`.
    Geometry(Value),
    /// Several values.
    List(Vec<Node>),
    /// An operator or a function with what it takes; its name in lower case.
    Call(String, Vec<Node>),
}

impl Node {
    /// An operator with what it takes.
    #[must_use]
    pub fn call(name: &str, arguments: Vec<Node>) -> Self {
        Self::Call(name.to_lowercase(), arguments)
    }

    /// What a reader is told it is.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Property(name) => format!("the property `{name}`"),
            Self::Text(text) => format!("the text '{text}'"),
            Self::Number(number) => format!("the number {number}"),
            Self::Truth(truth) => format!("`{truth}`"),
            Self::Geometry(_) => "a geometry".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Call(name, _) => format!("`{name}`"),
        }
    }
}
