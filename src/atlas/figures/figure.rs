//! One row of the table of figures, and how it is read.

use super::measured::Measured;
use super::summary::Summary;
use crate::access::{Threshold, doubt_of_shares};
use crate::domain::Worse;

/// A figure of a territory: everything that any view has to know of it.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Name in answers, files, tiles and addresses. At a threshold it is followed by it: `share_within_15_min`.
    pub id: &'static str,
    /// What a visitor reads.
    pub title: &'static str,
    /// What the number counts.
    pub unit: Unit,
    /// What it means, in a sentence or two.
    pub definition: &'static str,
    /// Which way is worse; `None` when neither is: a count is no judgement.
    pub worse: Option<Worse>,
    /// Where it stands besides the answer about one territory, its page and the page of definitions, which hold all.
    pub shown: &'static [Shown],
    /// How it is read from the numbers of a territory.
    pub read: Read,
}

/// A table or a layer that some figures stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// `/api/need`.
    Need,
    /// `/api/access`.
    Access,
    /// `/api/coverage`.
    Coverage,
    /// `/api/equity`.
    Equity,
    /// What a line of several territories holds: OGC features, tiles, the children of a territory; and the map, when one
    /// way is worse.
    Layer,
}

/// How a figure is read.
#[derive(Debug, Clone, Copy)]
pub enum Read {
    /// As it stands.
    Plain(fn(&Summary) -> Measured),
    /// At a threshold.
    AtThreshold(fn(&Summary, Threshold) -> Measured),
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Communes.
    Communes,
    /// Persons.
    Persons,
    /// Places and months.
    Counts,
    /// Venues.
    Venues,
    /// Posts.
    Posts,
    /// A part of one.
    Share,
    /// Minutes.
    Minutes,
    /// Hours per year and person.
    Hours,
    /// An index from 1 to 10.
    Index,
    /// A coefficient from 0 to 1.
    Coefficient,
    /// One number over another.
    Ratio,
    /// Things for ten thousand persons in need.
    PerTenThousand,
}

/// How a number stands in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InWords {
    /// What the number is multiplied by: 100 for a share, said in per cent.
    pub times: f64,
    /// Written after it.
    pub symbol: &'static str,
    /// Digits after the mark.
    pub decimals: u8,
}

impl Unit {
    /// The unit in files and definitions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Communes => "communes",
            Self::Persons => "personnes",
            Self::Counts => "lieux et mois",
            Self::Venues => "lieux",
            Self::Posts => "postes",
            Self::Share => "part",
            Self::Minutes => "min",
            Self::Hours => "h",
            Self::Index => "de 1 à 10",
            Self::Coefficient => "de 0 à 1",
            Self::Ratio => "",
            Self::PerTenThousand => "pour 10\u{202f}000 personnes",
        }
    }

    /// Digits after the mark of the number that every view takes: more would say more than is known. Words may show fewer
    /// digits of that number, never another number.
    #[must_use]
    pub fn decimals(self) -> u8 {
        match self {
            Self::Communes | Self::Persons | Self::Counts | Self::Venues | Self::Posts => 0,
            Self::Minutes | Self::PerTenThousand => 2,
            Self::Index | Self::Ratio => 3,
            Self::Hours => 4,
            Self::Share | Self::Coefficient => 6,
        }
    }

    /// How it is said.
    #[must_use]
    pub fn in_words(self) -> InWords {
        let (times, symbol, decimals) = match self {
            Self::Communes | Self::Persons | Self::Counts | Self::Venues | Self::Posts => (1.0, "", 0),
            Self::Share => (100.0, "%", 1),
            Self::Minutes => (1.0, "min", 1),
            Self::Hours => (1.0, "h", 1),
            Self::Index | Self::Ratio | Self::PerTenThousand => (1.0, "", 1),
            Self::Coefficient => (1.0, "", 2),
        };
        InWords { times, symbol, decimals }
    }
}

/// A figure as it stands, or at one threshold: one column, one layer, one number.
#[derive(Debug, Clone, Copy)]
pub struct FigureAt {
    /// The figure.
    pub figure: &'static Figure,
    /// The threshold, for a figure that has one.
    pub threshold: Option<Threshold>,
}

impl FigureAt {
    /// A figure at a threshold, which is left out where the figure has none.
    #[must_use]
    pub fn new(figure: &'static Figure, threshold: Threshold) -> Self {
        let threshold = matches!(figure.read, Read::AtThreshold(_)).then_some(threshold);
        Self { figure, threshold }
    }

    /// Name in answers, files, tiles and addresses.
    #[must_use]
    pub fn name(&self) -> String {
        let id = self.figure.id;
        self.minutes().map_or_else(|| id.to_owned(), |minutes| format!("{id}_{minutes}_min"))
    }

    /// What a visitor reads.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.figure.title;
        let Some(threshold) = self.threshold else { return title.to_owned() };
        let minutes = threshold.minutes();
        match doubt_of_shares(threshold).filter(|_| self.figure.unit == Unit::Share) {
            Some(doubt) => format!("{title} ({minutes}\u{a0}minutes, {doubt})"),
            None => format!("{title} ({minutes}\u{a0}minutes)"),
        }
    }

    /// The threshold in minutes.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        self.threshold.map(Threshold::minutes)
    }

    /// The number of a territory, rounded once for all views.
    #[must_use]
    pub fn of(&self, summary: &Summary) -> Measured {
        let read = match (self.figure.read, self.threshold) {
            (Read::Plain(read), _) => read(summary),
            (Read::AtThreshold(read), threshold) => read(summary, threshold.unwrap_or(Threshold::USUAL)),
        };
        read.rounded(self.figure.unit.decimals())
    }
}

impl Figure {
    /// Whether it stands in a table or layer.
    #[must_use]
    pub fn is_shown(&self, wanted: Shown) -> bool {
        self.shown.contains(&wanted)
    }
}
