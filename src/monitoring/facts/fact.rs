//! One thing known, or not known, of a territory: its number with its range, denominator, source and day.

use chrono::NaiveDate;

use super::origin;
use crate::atlas::Atlas;
use crate::atlas::figures::{FigureAt, Measured, Summary};
use crate::domain::{CommuneIx, Level};

/// A territory of an edition.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Its level; `None` for the nation.
    pub level: Option<Level>,
    /// Its code.
    pub code: &'a str,
    /// Ordinals of its communes, each once.
    pub communes: &'a [CommuneIx],
}

impl<'a> Ground<'a> {
    /// Its communes; `None` for all of France, where things without a commune count too.
    #[must_use]
    pub fn inside(&self) -> Option<&'a [CommuneIx]> {
        self.level.map(|_| self.communes)
    }
}

/// What a fact belongs to: a section of the page, a group of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Persons in need, and how near they are.
    Need,
    /// Posts of conseillers numériques.
    Posts,
    /// France services.
    FranceServices,
    /// Pass numérique.
    Pass,
    /// Labels and programmes.
    Labels,
    /// Hubs territoriaux.
    Hubs,
    /// Networks.
    Connectivity,
    /// The charte Territoire France Connectée.
    Charter,
    /// Operators: possible hosts and stops.
    Operators,
}

impl Group {
    /// Every group with its name in answers and its title, in the order of the page.
    pub const ALL: [(Self, &'static str, &'static str); 9] = [
        (Self::Need, "need", "Besoin et accès"),
        (Self::Posts, "posts", "Conseillers numériques"),
        (Self::FranceServices, "france_services", "France services"),
        (Self::Pass, "pass", "Pass numérique"),
        (Self::Labels, "labels", "Labels et programmes"),
        (Self::Hubs, "hubs", "Hubs territoriaux"),
        (Self::Connectivity, "connectivity", "Réseaux"),
        (Self::Charter, "charter", "Charte Territoire France Connectée"),
        (Self::Operators, "operators", "Opérateurs"),
    ];

    /// Name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// What is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// So much, rounded to so many decimals.
    Number(f64, u8),
    /// A text.
    Text(String),
    /// The person it is about can reach nothing.
    Unreachable,
    /// Nobody knows.
    Unknown,
}

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it belongs to.
    pub group: Group,
    /// Name in answers, unique in a territory.
    pub id: String,
    /// What a visitor reads.
    pub title: String,
    /// What is known.
    pub told: Told,
    /// Least and most, where the number is an estimate.
    pub range: Option<(f64, f64)>,
    /// `personnes`, `part` (of one), `€`…
    pub unit: &'static str,
    /// What the number is a part of, in words; empty when it is a count.
    pub of: String,
    /// Where it comes from.
    pub source: String,
    /// The day it describes.
    pub day: Option<NaiveDate>,
    /// What to know before using it; empty when nothing.
    pub note: String,
}

impl Fact {
    /// Something nobody knows yet.
    #[must_use]
    pub fn new(group: Group, id: impl Into<String>, title: impl Into<String>, unit: &'static str) -> Self {
        Self {
            group,
            id: id.into(),
            title: title.into(),
            told: Told::Unknown,
            range: None,
            unit,
            of: String::new(),
            source: String::new(),
            day: None,
            note: String::new(),
        }
    }

    /// A figure of the table of figures, of some communes.
    #[must_use]
    pub fn figure(
        group: Group,
        figure: &FigureAt,
        summary: Option<&Summary>,
        (atlas, communes): (&Atlas, &[CommuneIx]),
    ) -> Self {
        let told = match summary.map_or(Measured::Unknown, |summary| figure.of(summary)) {
            Measured::Known(value) => Told::Number(value, figure.figure.unit.decimals()),
            Measured::Unreachable => Told::Unreachable,
            Measured::Unknown => Told::Unknown,
        };
        let (source, day) = origin::of_figure(atlas, communes, figure.figure.id);
        Self { told, source, day, ..Self::new(group, figure.name(), figure.title(), figure.figure.unit.name()) }
    }

    /// With a whole number, where it is known.
    #[must_use]
    pub fn counting(self, number: Option<u64>) -> Self {
        self.measuring(number.map(|number| number as f64), 0)
    }

    /// With a number of so many decimals, where it is known.
    #[must_use]
    pub fn measuring(mut self, number: Option<f64>, decimals: u8) -> Self {
        let scale = 10_f64.powi(i32::from(decimals));
        self.told = number.map_or(Told::Unknown, |number| Told::Number((number * scale).round() / scale, decimals));
        self
    }

    /// With a text, where it is known.
    #[must_use]
    pub fn saying(mut self, text: Option<String>) -> Self {
        self.told = text.map_or(Told::Unknown, Told::Text);
        self
    }

    /// As a part of something.
    #[must_use]
    pub fn of(mut self, whole: impl Into<String>) -> Self {
        self.of = whole.into();
        self
    }

    /// From a source, in words.
    #[must_use]
    pub fn sourced(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// From a source of the edition, with the day of its content.
    #[must_use]
    pub fn from(mut self, atlas: &Atlas, id: &str) -> Self {
        let source = atlas.edition().sources.iter().find(|source| source.id == id);
        self.source = source.map_or_else(|| id.to_owned(), |source| source.title.clone());
        self.day = source.and_then(|source| source.vintage.parse().ok());
        self
    }

    /// On a day.
    #[must_use]
    pub fn on(mut self, day: Option<NaiveDate>) -> Self {
        self.day = day;
        self
    }

    /// With what to know before using it.
    #[must_use]
    pub fn noting(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Whether anybody knows.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.told != Told::Unknown
    }

    /// The number, where it is known.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        if let Told::Number(number, _) = self.told { Some(number) } else { None }
    }
}

/// A whole number as a note says it: thousands apart.
#[must_use]
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push('\u{202f}');
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        let said = [0, 999, 1_000, 19_457, 13_000_000].map(grouped);
        assert_eq!(said.map(|said| said.replace('\u{202f}', " ")), ["0", "999", "1 000", "19 457", "13 000 000"]);
    }
}
