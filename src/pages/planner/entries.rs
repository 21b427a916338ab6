//! What the form of the planner is made of: fields as they were left, under their headings.

use super::question::Question;

/// A value that cannot be, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the field.
    pub field: String,
    /// What is wrong and what would do.
    pub words: String,
}

/// Choices of a list under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Heading; empty for none.
    pub title: String,
    /// The choices.
    pub choices: Vec<OwnedChoice>,
}

/// A choice whose value is made for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedChoice {
    /// As in the address.
    pub value: String,
    /// What a visitor reads.
    pub label: String,
    /// Whether it is the present one.
    pub selected: bool,
}

/// What a field is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// One of a list.
    Select(Vec<Group>),
    /// A number, written as people do.
    Number(String),
    /// A text.
    Text(String),
    /// Several lines.
    Lines(String),
    /// A day.
    Day(String),
    /// Yes or no.
    Check(bool),
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name in the address.
    pub name: &'static str,
    /// What a visitor reads.
    pub label: &'static str,
    /// A word of help; empty for none.
    pub hint: String,
    /// What it is made of.
    pub control: Control,
    /// Why its value cannot be.
    pub fault: Option<String>,
}

/// Some fields under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Heading.
    pub title: &'static str,
    /// Fields.
    pub entries: Vec<Entry>,
}

/// Makes fields as they were left.
pub struct Maker<'a> {
    /// What was filled in.
    pub question: &'a Question,
    fault: Option<&'a Fault>,
}

impl<'a> Maker<'a> {
    /// From what was filled in, and what is wrong with it.
    #[must_use]
    pub fn new(question: &'a Question, fault: Option<&'a Fault>) -> Self {
        Self { question, fault }
    }

    /// A field.
    #[must_use]
    pub fn entry(&self, name: &'static str, label: &'static str, hint: &str, control: Control) -> Entry {
        let fault = self.fault.filter(|fault| fault.field == name).map(|fault| fault.words.clone());
        Entry { name, label, hint: hint.to_owned(), control, fault }
    }

    /// A number.
    #[must_use]
    pub fn number(&self, name: &'static str, label: &'static str, hint: &str) -> Entry {
        self.entry(name, label, hint, Control::Number(self.question.value(name).to_owned()))
    }

    /// A text.
    #[must_use]
    pub fn text(&self, name: &'static str, label: &'static str, hint: &str) -> Entry {
        self.entry(name, label, hint, Control::Text(self.question.value(name).to_owned()))
    }

    /// One of a list.
    #[must_use]
    pub fn select(&self, name: &'static str, label: &'static str, hint: &str, choices: &[(&str, &str)]) -> Entry {
        let present = self.question.value(name);
        let mut choices: Vec<OwnedChoice> =
            choices.iter().map(|(value, label)| choice(value, label, *value == present)).collect();
        // What only an address can ask for stays asked.
        if !present.is_empty() && choices.iter().all(|choice| !choice.selected) {
            choices.push(choice(present, present, true));
        }
        self.entry(name, label, hint, Control::Select(vec![Group { title: String::new(), choices }]))
    }
}

/// One choice.
#[must_use]
pub fn choice(value: &str, label: &str, selected: bool) -> OwnedChoice {
    OwnedChoice { value: value.to_owned(), label: label.to_owned(), selected }
}
