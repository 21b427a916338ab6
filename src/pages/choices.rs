//! What a form offers: lists and boxes, as they were left.

/// One line of a `<select>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Value in the address.
    pub value: String,
    /// What the visitor reads.
    pub label: String,
    /// Whether it is the present one.
    pub selected: bool,
}

/// One `<select>` of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// Name in the address.
    pub name: &'static str,
    /// The question.
    pub label: &'static str,
    /// The line that asks nothing.
    pub anything: &'static str,
    /// The other lines.
    pub choices: Vec<Choice>,
}

/// One box to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Name in the address.
    pub name: &'static str,
    /// Value in the address.
    pub value: &'static str,
    /// What the visitor reads.
    pub label: String,
    /// Whether it is ticked.
    pub checked: bool,
}
