//! Which edition somebody asks for.

use std::fmt;

use chrono::NaiveDate;

use super::title::Listed;

/// One edition, as an address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The edition with this id, written in full.
    Id(String),
    /// The newest edition whose day is this one or an earlier one. Of several of the same day it is the one in force, else
    /// the one whose files were written last. An edition without a day is never meant.
    Day(NaiveDate),
}

impl Wanted {
    /// Reads an id, or a day as `2024-08-31`. Whatever is no day is taken for an id.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let iso = |day: &NaiveDate| day.to_string() == text;
        text.parse().ok().filter(iso).map_or_else(|| Self::Id(text.to_owned()), Self::Day)
    }

    /// The one that is meant, among those there are.
    #[must_use]
    pub fn among<'l>(&self, listed: &'l [Listed]) -> Option<&'l Listed> {
        match self {
            Self::Id(id) => listed.iter().find(|listed| listed.title.id == *id),
            Self::Day(day) => {
                let early = listed.iter().filter(|listed| listed.title.as_of.is_some_and(|as_of| as_of <= *day));
                early.max_by(|a, b| a.by_age(b))
            }
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.write_str(id),
            Self::Day(day) => day.fmt(f),
        }
    }
}
