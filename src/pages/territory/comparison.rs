//! A territory beside the one above it and the two that resemble it most.

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::tables::french;
use crate::tables::scope::Place;

use super::key_figures::Known;
use super::lens::{Lens, said, said_minutes, said_percent};
use super::place::{href, row_of};
use super::view::mode_words;

/// How many similar territories stand beside.
const SIMILAR: usize = 2;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name.
    pub name: String,
    /// Its page; `None` for the territory of the page.
    pub href: Option<String>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is compared.
    pub title: String,
    /// Its place in the page of definitions.
    pub anchor: &'static str,
    /// One value for each column.
    pub values: Vec<String>,
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Columns: own, parent, similar ones.
    pub columns: Vec<Column>,
    /// Lines.
    pub lines: Vec<Line>,
}

/// The territories of the same level whose population and density are nearest, in ratio. None for the nation, for a
/// territory without inhabitants, or where areas are unknown.
#[must_use]
pub fn similar(atlas: &Atlas, place: &Place) -> Vec<Place> {
    let Some(level) = place.level else { return Vec::new() };
    let Some(own) = profile(atlas, &place.communes) else { return Vec::new() };
    let distance = |communes: &[u32]| {
        let other = profile(atlas, communes)?;
        Some((own.0 - other.0).hypot(own.1 - other.1))
    };
    let others: Vec<(usize, Option<f64>)> = match level {
        Level::Commune => (0..atlas.communes().len()).map(|i| (i, distance(&[i as u32]))).collect(),
        above => atlas.territories(above).iter().map(|t| distance(&t.communes)).enumerate().collect(),
    };
    let is_own = |row: usize| row_of(atlas, place) == Some(row);
    let code = |row: usize| match level {
        Level::Commune => atlas.communes()[row].code.as_str(),
        above => &atlas.territories(above)[row].code,
    };
    let mut near: Vec<(f64, usize)> = others
        .into_iter()
        .filter_map(|(row, distance)| Some((distance?, row)))
        .filter(|(_, row)| !is_own(*row))
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.truncate(SIMILAR);
    near.into_iter().filter_map(|(_, row)| Place::find(atlas, level, code(row))).collect()
}

/// Logarithms of population and density, over the communes where both are known.
fn profile(atlas: &Atlas, communes: &[u32]) -> Option<(f64, f64)> {
    let known = communes.iter().map(|&i| &atlas.communes()[i as usize]);
    let known = known.filter_map(|commune| Some((f64::from(commune.population?.0), commune.area_km2?)));
    let (persons, area) = known.fold((0.0, 0.0), |(persons, area), (p, a)| (persons + p, area + a));
    (persons > 0.0 && area > 0.0).then(|| (persons.ln(), (persons / area).ln()))
}

/// Puts the columns side by side.
#[must_use]
pub fn comparison(lens: &Lens<'_>, columns: &[Known<'_>]) -> Comparison {
    let (mode, minutes) = (mode_words(lens.view.mode), lens.view.minutes());
    let line = |title: String, anchor, value: &dyn Fn(&Known<'_>) -> String| Line {
        title,
        anchor,
        values: columns.iter().map(value).collect(),
    };
    let lines = vec![
        line("Habitants".into(), "population", &|k| french::integer(k.figures.population)),
        line("Personnes éloignées du numérique, part des habitants".into(), "besoin", &|k| {
            said(k.need_percent(), 1, "%")
        }),
        line("Indice de fragilité, de 1 à 10 (pour comparer)".into(), "indice", &|k| said(k.figures.rank, 1, "")),
        line(format!("À moins de {minutes}\u{a0}minutes {mode}"), "couverture", &|k| {
            said_percent(k.covered_percent(lens))
        }),
        line(format!("Temps {mode} de la personne du milieu"), "temps", &|k| {
            said_minutes(lens.minutes_of(&k.place.communes).quantile(0.5))
        }),
        line("Heures par personne et par an".into(), "heures", &|k| said(k.hours(lens), 1, "h")),
        line("Lieux pour 10\u{202f}000 personnes".into(), "lieux", &|k| {
            said(k.per_ten_thousand(k.figures.venues), 1, "")
        }),
        line("Postes de conseillers pour 10\u{202f}000 personnes".into(), "postes", &|k| {
            said(k.per_ten_thousand(k.figures.posts), 1, "")
        }),
    ];
    let column = |(i, known): (usize, &Known<'_>)| Column {
        name: known.place.name.clone(),
        href: (i > 0).then(|| lens.view.elsewhere().address(&href(known.place))),
    };
    Comparison { columns: columns.iter().enumerate().map(column).collect(), lines }
}
