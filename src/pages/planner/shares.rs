//! Who receives what: the plan by région, département or intercommunalité, whichever share it out.

use std::cmp::Reverse;

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::pages::territory::href;
use crate::pages::territory::selectors::levels_words;
use crate::planning::{Answer, Area, Received};
use crate::tables::french;
use crate::tables::scope::Place;

use super::beside::Line;
use crate::searches::sentence::percent;

/// The territories of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// « Région ».
    pub title: &'static str,
    /// « Les 101 départements ».
    pub summary: String,
    /// One for each, those that receive most first.
    pub lines: Vec<Line>,
}

/// Most territories of a level that the page tells one by one; the files hold them all.
const MOST: usize = 150;

/// The levels below the territory of the question, the largest first; those that have one territory share out nothing.
#[must_use]
pub fn shares(atlas: &Atlas, answer: &Answer, area: &Area) -> Vec<Shares> {
    let levels: &[Level] = match area {
        Area::Nation => &[Level::Region, Level::Departement],
        Area::Territory { level: Level::Region, .. } => &[Level::Departement, Level::Epci],
        _ => &[Level::Epci],
    };
    let told = levels.iter().map(|&level| of_level(atlas, answer, level));
    told.filter(|shares| (2..=MOST).contains(&shares.lines.len())).collect()
}

fn of_level(atlas: &Atlas, answer: &Answer, level: Level) -> Shares {
    let mut rows: Vec<&Received> = answer.by_territory.iter().filter(|of| of.level == level).collect();
    rows.sort_by_key(|of| (Reverse(of.posts), Reverse(gained(of))));
    let lines: Vec<Line> = rows.into_iter().map(|of| line(atlas, of)).collect();
    let summary = format!("Les {} {}", french::integer(lines.len() as u64), levels_words(level));
    Shares { title: heading(level), summary, lines }
}

/// What heads the column of the territories of a level.
#[must_use]
pub fn heading(level: Level) -> &'static str {
    match level {
        Level::Region => "Région",
        Level::Departement => "Département",
        Level::Epci => "Intercommunalité",
        Level::Commune => "Commune",
    }
}

/// The line of a territory, or of what belongs to none of its level.
#[must_use]
pub fn line_of(atlas: &Atlas, level: Level, code: Option<&str>, cells: Vec<String>) -> Line {
    let place = code.and_then(|code| Place::find(atlas, level, code));
    Line {
        title: place.as_ref().map_or_else(|| "Aucun, ou inconnu".to_owned(), |place| place.name.clone()),
        href: place.as_ref().map(href),
        cells,
    }
}

fn gained(of: &Received) -> u64 {
    of.covered_after.saturating_sub(of.covered_before)
}

fn line(atlas: &Atlas, of: &Received) -> Line {
    let share = |part: u64| match of.persons {
        0 => "—".to_owned(),
        persons => percent(100.0 * part as f64 / persons as f64),
    };
    let cells = vec![
        french::integer(of.posts),
        format!("{}\u{a0}€", french::integer(of.cost_eur)),
        french::integer(of.existing_posts),
        format!("+\u{a0}{}", french::integer(gained(of))),
        share(of.covered_before),
        share(of.covered_after),
    ];
    line_of(atlas, of.level, of.code.as_deref(), cells)
}
