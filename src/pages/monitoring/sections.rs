//! The facts of a territory, section by section, in words.

use chrono::NaiveDate;

use crate::monitoring::facts::{Fact, Group, Told};
use crate::tables::french;

/// One section of the page.
pub struct Section {
    /// Anchor.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// What is known.
    pub lines: Vec<Line>,
    /// Titles of what no source says.
    pub unknown: String,
}

/// One fact in words.
pub struct Line {
    /// What.
    pub title: String,
    /// Its name in answers.
    pub id: String,
    /// The number, with its unit and its range.
    pub value: String,
    /// What it is a part of.
    pub of: String,
    /// Where from, and of which day.
    pub source: String,
    /// What to know.
    pub note: String,
}

/// The sections that hold something.
#[must_use]
pub fn sections(facts: &[Fact]) -> Vec<Section> {
    let section = |(group, id, title): &(Group, &'static str, &'static str)| {
        let own = || facts.iter().filter(|fact| fact.group == *group);
        let (known, unknown): (Vec<&Fact>, Vec<&Fact>) = own().partition(|fact| fact.told != Told::Unknown);
        let unknown: Vec<String> = unknown.into_iter().map(|fact| lower(&fact.title)).collect();
        Section { id, title, lines: known.into_iter().map(line).collect(), unknown: unknown.join(", ") }
    };
    let all = Group::ALL.iter().map(section);
    all.filter(|section| !section.lines.is_empty() || !section.unknown.is_empty()).collect()
}

/// A title inside a sentence; an acronym stays as it is.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// A fact in words.
#[must_use]
pub fn line(fact: &Fact) -> Line {
    let range = fact.range.filter(|(low, high)| low < high).map_or_else(String::new, |(low, high)| {
        format!(" (de {} à {})", french::decimal(low, 0), french::decimal(high, 0))
    });
    Line {
        title: fact.title.clone(),
        id: fact.id.clone(),
        value: format!("{}{range}", value(fact)),
        of: fact.of.clone(),
        source: sourced(&fact.source, fact.day),
        note: fact.note.clone(),
    }
}

fn sourced(source: &str, day: Option<NaiveDate>) -> String {
    day.map_or_else(|| source.to_owned(), |day| format!("{source}, {}", french::date(day)))
}

/// What is known, in words.
#[must_use]
pub fn value(fact: &Fact) -> String {
    match &fact.told {
        Told::Unknown => "inconnu".into(),
        Told::Unreachable => "hors d’atteinte".into(),
        Told::Text(text) => text.clone(),
        Told::Number(number, _) if fact.unit == "part" => crate::tables::monitoring::words::percent(*number),
        Told::Number(number, decimals) => {
            let unit =
                if fact.unit.contains(' ') || ["€", "min", "h", "%"].contains(&fact.unit) { fact.unit } else { "" };
            french::measure(*number, (*decimals).min(2), unit)
        }
    }
}
