//! A territory beside the one above it and the two that resemble it most.

use crate::access::Threshold;
use crate::atlas::Atlas;
use crate::atlas::figures::{FIGURES, Figure, FigureAt, Shown, Unit, figures_of};
use crate::domain::{CommuneIx, DistrictIx, Level};
use crate::pages::figures::words;
use crate::tables::scope::Place;

use super::key_figures::Known;
use super::lens::Lens;
use super::place::{href, row_of};

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
    /// The figure's name in answers and files.
    pub name: String,
    /// Its place in the page of definitions.
    pub anchor: String,
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
    if let Some(district) = place.district {
        return similar_districts(atlas, district);
    }
    let Some(level) = place.level else { return Vec::new() };
    let Some(own) = profile(atlas, &place.communes) else { return Vec::new() };
    let distance = |communes: &[CommuneIx]| {
        let other = profile(atlas, communes)?;
        Some((own.0 - other.0).hypot(own.1 - other.1))
    };
    let others: Vec<(usize, Option<f64>)> = match level {
        Level::Commune => atlas.communes().keys().map(|i| (i.into(), distance(&[i]))).collect(),
        above => atlas.territories(above).iter().map(|t| distance(&t.communes)).enumerate().collect(),
    };
    let is_own = |row: usize| row_of(atlas, place) == Some(row);
    let code = |row: usize| match level {
        Level::Commune => atlas.communes()[CommuneIx::from(row)].code.as_str(),
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

/// The arrondissements of the same commune whose population is nearest, in ratio.
fn similar_districts(atlas: &Atlas, own: DistrictIx) -> Vec<Place> {
    let districts = atlas.districts();
    let persons = |i: DistrictIx| Some(f64::from(districts.all()[i].population?.0).max(1.0).ln());
    let Some(of_own) = persons(own) else { return Vec::new() };
    let others = districts.of(districts.commune(own)).filter(|i| *i != own);
    let mut near: Vec<(f64, DistrictIx)> = others.filter_map(|i| Some(((persons(i)? - of_own).abs(), i))).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.into_iter().take(SIMILAR).map(|(_, i)| Place::of_district(atlas, i)).collect()
}

/// Logarithms of population and density, over the communes where both are known.
fn profile(atlas: &Atlas, communes: &[CommuneIx]) -> Option<(f64, f64)> {
    let known = communes.iter().map(|&i| &atlas.communes()[i]);
    let known = known.filter_map(|commune| Some((f64::from(commune.population?.0), commune.area_km2?)));
    let (persons, area) = known.fold((0.0, 0.0), |(persons, area), (p, a)| (persons + p, area + a));
    (persons > 0.0 && area > 0.0).then(|| (persons.ln(), (persons / area).ln()))
}

/// Puts the columns side by side: the figures of layers, and what there is for as many persons.
#[must_use]
pub fn comparison(lens: &Lens<'_>, columns: &[Known<'_>]) -> Comparison {
    let compared = |figure: &&Figure| figure.is_shown(Shown::Layer) || figure.unit == Unit::PerTenThousand;
    let figures = FIGURES.iter().filter(compared).map(|figure| FigureAt::new(figure, lens.view.threshold));
    side_by_side(lens, figures, columns)
}

/// Every figure there is.
#[must_use]
pub fn everything(lens: &Lens<'_>, columns: &[Known<'_>]) -> Comparison {
    side_by_side(lens, figures_of(None, &Threshold::ALL).into_iter(), columns)
}

fn side_by_side(lens: &Lens<'_>, figures: impl Iterator<Item = FigureAt>, columns: &[Known<'_>]) -> Comparison {
    let figures = figures.filter(|figure| columns.iter().all(|known| known.place.has(figure)));
    let line = |figure: FigureAt| Line {
        title: figure.title(),
        name: figure.name(),
        anchor: format!("nom-{}", figure.figure.id),
        values: columns.iter().map(|known| words(&figure, known.summary)).collect(),
    };
    let column = |(i, known): (usize, &Known<'_>)| Column {
        name: known.place.name.clone(),
        href: (i > 0).then(|| lens.view.elsewhere().address(&href(known.place))),
    };
    Comparison { columns: columns.iter().enumerate().map(column).collect(), lines: figures.map(line).collect() }
}
