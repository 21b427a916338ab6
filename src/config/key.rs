//! One key: everything that the file, the variables, the flags, the schema and the messages know of it.

use super::kind::Kind;

/// A key of the configuration.
#[derive(Debug)]
pub struct Key {
    /// Its name in the file: `public_url`.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Its value when nobody says; `None` leaves it out.
    pub default: Option<&'static str>,
    /// What stands for its value in the help: `URL`.
    pub placeholder: &'static str,
    /// What it means, for people.
    pub meaning: &'static str,
    /// A value as one would write it, for the example.
    pub example: &'static str,
    /// Another name of its flag, from before there was a file.
    pub also: Option<&'static str>,
}

impl Key {
    /// Its flag, without the two dashes: `public-url`.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// Its variable: `MEDIANE_PUBLIC_URL`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("MEDIANE_{}", self.name.to_uppercase())
    }

    /// Its values in a file without default: the others are left out of the example.
    pub(super) const fn new(name: &'static str, kind: Kind, placeholder: &'static str, meaning: &'static str) -> Self {
        Self { name, kind, default: None, placeholder, meaning, example: "", also: None }
    }

    pub(super) const fn by_default(self, value: &'static str) -> Self {
        Self { default: Some(value), example: value, ..self }
    }

    pub(super) const fn such_as(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    pub(super) const fn also(self, flag: &'static str) -> Self {
        Self { also: Some(flag), ..self }
    }
}
