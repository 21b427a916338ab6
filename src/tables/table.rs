//! Tables of figures: columns that are defined, rows that are places, and nothing unknown written as a number.

use std::borrow::Cow;

use super::definitions::{Definition, definition};
use super::scope::{Parts, Place, level_name};
use crate::atlas::figures::{FigureAt, Measured, Summary};
use crate::domain::{CommuneIx, Level, Position};
use crate::features::Value;

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name in answers: the id of its figure, perhaps with a threshold.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub definition: &'static Definition,
}

impl Column {
    /// Its title, with the threshold that its name bears.
    #[must_use]
    pub fn heading(&self) -> String {
        let Definition { id, title, .. } = self.definition;
        let minutes = self.name.strip_prefix(id).and_then(|rest| rest.strip_prefix('_')?.strip_suffix("_min"));
        minutes.map_or_else(|| (*title).to_owned(), |minutes| format!("{title} ({minutes}\u{a0}min)"))
    }
}

/// Where a row is on a map.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    /// The contour of a territory, by level and code.
    Territory(Level, String),
    /// A point, which has an id.
    Point(Position, String),
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its place on a map, if it has one.
    pub place: Option<Spot>,
    /// As many as there are columns.
    pub values: Vec<Value<'static>>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name in addresses and answers.
    pub name: &'static str,
    /// What a visitor reads; at most 31 characters, for it names a sheet.
    pub title: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column that is a defined figure as it stands.
#[must_use]
pub fn column(id: &'static str) -> Column {
    Column { name: Cow::Borrowed(id), definition: definition(id) }
}

/// The column of a figure: `persons_within_15_min`.
#[must_use]
pub fn column_of(figure: &FigureAt) -> Column {
    Column { name: Cow::Owned(figure.name()), definition: definition(figure.figure.id) }
}

/// The column of a figure at the one threshold of a table, which its parameters say: `persons_left_out`.
#[must_use]
pub fn column_without_threshold(figure: &FigureAt) -> Column {
    column(figure.figure.id)
}

/// A figure as it is written: a whole number when it counts things, and nothing when there is no number. Whether that is
/// because nothing can be reached stands beside it, in `reach`.
#[must_use]
pub fn figure(figure: &FigureAt, summary: &Summary) -> Value<'static> {
    written(figure, figure.of(summary))
}

/// The same of a number that was read before.
#[must_use]
pub fn written(figure: &FigureAt, told: Measured) -> Value<'static> {
    match told.value() {
        None => Value::Unknown,
        Some(count) if figure.figure.unit.decimals() == 0 => Value::Integer(count as u64),
        Some(number) => Value::Number(number),
    }
}

/// A whole number, or nothing known.
#[must_use]
pub fn integer(value: Option<u64>) -> Value<'static> {
    value.map_or(Value::Unknown, Value::Integer)
}

/// A measure rounded to some decimals, or nothing known.
#[must_use]
pub fn number(value: Option<f64>, places: i32) -> Value<'static> {
    value.map_or(Value::Unknown, |value| Value::Number(rounded(value, places)))
}

/// A text of our own.
#[must_use]
pub fn text(value: impl Into<String>) -> Value<'static> {
    Value::Text(Cow::Owned(value.into()))
}

/// Level, code and name of a place, the first three columns of a table of territories.
#[must_use]
pub fn place_values(place: &Place) -> Vec<Value<'static>> {
    vec![text(level_name(place.level)), text(place.code.as_str()), text(place.name.as_str())]
}

/// A table with one row for each part of a territory, and one without code for the communes that belong to none, if there
/// are any: together they count every commune once (defect D17).
#[must_use]
pub fn of_parts(
    title: &'static str,
    parts: &Parts,
    columns: Vec<Column>,
    values: impl Fn(&[CommuneIx]) -> Vec<Value<'static>>,
) -> Table {
    let mut rows: Vec<Row> = parts.places.iter().map(|place| row_of(place, values(&place.communes))).collect();
    if !parts.elsewhere.is_empty() {
        let name = "Inconnu : hors de tout territoire de ce niveau";
        let first = vec![text(parts.by.plural()), Value::Unknown, text(name), Value::Flag(true)];
        rows.push(Row { place: None, values: first.into_iter().chain(values(&parts.elsewhere)).collect() });
    }
    Table { name: "rows", title, columns: after_place(columns), rows }
}

/// A table with one row for each of some places.
#[must_use]
pub fn of_places(
    title: &'static str,
    places: &[Place],
    columns: Vec<Column>,
    values: impl Fn(&Place) -> Vec<Value<'static>>,
) -> Table {
    let rows = places.iter().map(|place| row_of(place, values(place))).collect();
    Table { name: "rows", title, columns: after_place(columns), rows }
}

/// The tables of an arrondissement: it has no parts, and is its own whole. What is said of communes only is left out; `more`
/// comes after its figures.
#[must_use]
pub fn of_district(
    title: &'static str,
    place: &Place,
    figures: &[FigureAt],
    summary: &Summary,
    more: Vec<(Column, Value<'static>)>,
) -> Vec<Table> {
    let of_it: Vec<&FigureAt> = figures.iter().filter(|figure| place.has(figure)).collect();
    let told = of_it.into_iter().map(|of| (column_of(of), figure(of, summary)));
    let (columns, values): (Vec<Column>, Vec<Value<'static>>) = told.chain(more).unzip();
    let rows = vec![row_of(place, values)];
    let table = |name, title| Table { name, title, columns: after_place(columns.clone()), rows: rows.clone() };
    vec![table("rows", title), table("summary", WHOLE)]
}

/// The one row of the whole territory: what cannot be summed from its parts, such as a median.
#[must_use]
pub fn of_whole(place: &Place, columns: Vec<Column>, values: impl Fn(&[CommuneIx]) -> Vec<Value<'static>>) -> Table {
    let rows = vec![row_of(place, values(&place.communes))];
    Table { name: "summary", title: WHOLE, columns: after_place(columns), rows }
}

/// Title of the table of the whole.
const WHOLE: &str = "Ensemble";

fn row_of(place: &Place, values: Vec<Value<'static>>) -> Row {
    let mut row = place_values(place);
    row.push(Value::Flag(place.whole));
    row.extend(values);
    Row { place: place.level.map(|level| Spot::Territory(level, place.code.clone())), values: row }
}

fn after_place(columns: Vec<Column>) -> Vec<Column> {
    ["level", "code", "name", "whole"].map(column).into_iter().chain(columns).collect()
}

/// Rounds for an answer: more decimals would say more than is known.
#[must_use]
pub fn rounded(number: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    // Nothing is not less than nothing: −0 becomes 0.
    (number * scale).round() / scale + 0.0
}
