//! What reads one file: a list by its role, an indicator by its columns.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::domain::served::Accompaniment;
use crate::domain::{
    Candidate, Declaration, Hub, Indicator, Location, PastVenue, Position, Post, RemoteChannel, Resource,
};

use super::breakers::{self, Shape};
use super::intake::{Reader, columns_of, tell_unread};
use super::locate::Locator;
use super::reference::Reference;
use super::report::{Code, FileRefused, SourceReport};
use super::source::{FileFormat, IndicatorSource, Profile, Role, Source};
use super::table::{Announced, Format, ReadOptions, Table, items, read_table};
use super::venues::{self, Record};
use super::{declarations, grid, guidance, indicators, places, served};

pub(super) type Tables = BTreeMap<String, Rc<(Table, SourceReport)>>;

/// The rows of one list, by its role.
pub(super) enum Rows {
    Venues(Vec<Record>),
    PastVenues(Vec<PastVenue>),
    Candidates(Vec<Candidate>),
    Posts(Vec<Post>),
    Hubs(Vec<Hub>),
    Cells(Vec<grid::GridCell>),
    Declarations(Vec<Declaration>),
    RemoteChannels(Vec<RemoteChannel>),
    Resources(Vec<Resource>),
    Accompaniments(Vec<Accompaniment>),
}

/// Reads a list by its role.
pub(super) struct ListReader<'r> {
    pub source: &'r Source,
    pub options: ReadOptions,
    pub locator: &'r Locator<'r>,
    pub reference: &'r Reference,
    pub today: NaiveDate,
}

impl Reader for ListReader<'_> {
    type Rows = (Rows, Shape);

    fn read(&mut self, bytes: &[u8], _: &str, report: &mut SourceReport) -> Result<Self::Rows, FileRefused> {
        let Self { source, locator, reference, today, .. } = *self;
        let mut read = ReadOptions { announced: vouched(&self.options.announced, bytes), ..self.options.clone() };
        if let Some(excluded) = &source.excluded {
            read = read.requiring(&[&excluded.column]);
        }
        if source.profile == Profile::StandardV1 && source.format == FileFormat::Csv {
            read = read.requiring(&["id", "nom", "commune", "code_postal", "adresse", "latitude", "longitude"]);
        }
        let table = items(read_table(bytes, &read, report)?, &read.file, report)?;
        let rows = match source.role {
            Role::Venues => Rows::Venues(venues::read(&table, source, locator, reference, today, report)),
            Role::PastVenues => {
                let records = venues::read(&table, source, locator, reference, today, report);
                let date = source.vintage.parse().unwrap_or(today);
                Rows::PastVenues(places::past_venues(records, source, date, report))
            }
            Role::Candidates => Rows::Candidates(places::candidates(&table, source, locator, reference, report)),
            Role::Posts => Rows::Posts(places::posts(&table, source, locator, reference, today, report)),
            Role::Hubs => Rows::Hubs(places::hubs(&table, source, reference, report)),
            Role::Grid => Rows::Cells(grid::read(&table, source, reference, report)),
            Role::Declarations => Rows::Declarations(declarations::read(&table, source, reference, today, report)),
            Role::RemoteChannels => Rows::RemoteChannels(guidance::remote_channels(&table, source, today, report)),
            Role::Resources => Rows::Resources(guidance::resources(&table, source, report)),
            Role::Accompaniments => Rows::Accompaniments(served::read(&table, source, reference, report)),
        };
        tell_unread(&table, source, report);
        let shape = Shape { positions: positions(&rows), ..columns_of(&table) };
        Ok((rows, shape))
    }

    fn suspicious(
        &self,
        ((_, shape), report): (&Self::Rows, &SourceReport),
        before: Option<(&Self::Rows, &SourceReport)>,
        rows_before: Option<u64>,
    ) -> Option<FileRefused> {
        let before = before.map(|((_, shape), report)| (report, shape));
        breakers::suspicious_list((report, shape), before, rows_before)
    }

    fn compare(&self, now: &Self::Rows, before: &Self::Rows, report: &mut SourceReport) {
        breakers::tell_columns(&now.1, &before.1, report);
    }
}

/// What is known of bytes that were compared with what vouches for them before.
fn vouched(announced: &Announced, bytes: &[u8]) -> Announced {
    Announced { size: (*announced != Announced::default()).then_some(bytes.len() as u64), ..Announced::default() }
}

/// Places with coordinates of their own, by the id of their record.
fn positions(rows: &Rows) -> BTreeMap<String, Position> {
    let placed = |id: &str, location: Location| Some((id.to_owned(), location.own()?));
    match rows {
        Rows::Venues(records) => records.iter().filter_map(|r| placed(&r.venue.id, r.venue.location)).collect(),
        Rows::PastVenues(past) => past.iter().filter_map(|venue| placed(&venue.id, venue.location)).collect(),
        Rows::Candidates(candidates) => candidates.iter().filter_map(|c| placed(&c.id, c.location)).collect(),
        Rows::Posts(posts) => {
            posts.iter().filter_map(|p| placed(&format!("{} {}", p.structure, p.name), p.location)).collect()
        }
        // The id of a square of a grid is its place: it cannot move.
        Rows::Hubs(_)
        | Rows::Cells(_)
        | Rows::Declarations(_)
        | Rows::RemoteChannels(_)
        | Rows::Resources(_)
        | Rows::Accompaniments(_) => BTreeMap::new(),
    }
}

/// Reads one indicator of a table that others may share.
pub(super) struct IndicatorReader<'r> {
    pub description: &'r IndicatorSource,
    pub options: ReadOptions,
    pub reference: &'r Reference,
    pub tables: &'r mut Tables,
}

impl Reader for IndicatorReader<'_> {
    type Rows = Indicator;

    fn read(&mut self, bytes: &[u8], digest: &str, report: &mut SourceReport) -> Result<Indicator, FileRefused> {
        let description = self.description;
        let shared = if let Some(known) = self.tables.get(digest) {
            Rc::clone(known)
        } else {
            let announced = vouched(&self.options.announced, bytes);
            let read = ReadOptions { announced, ..self.options.clone() };
            let mut report = SourceReport::new(&description.id, &description.file);
            let table = read_table(bytes, &read, &mut report)?;
            let read = Rc::new((table, report));
            self.tables.insert(digest.to_owned(), Rc::clone(&read));
            read
        };
        let (table, read) = &*shared;
        *report = SourceReport { id: description.id.clone(), ..read.clone() };
        if let Some(refused) = missing_column(table, description) {
            return Err(refused);
        }
        indicators::read(table, description, self.reference, report)
    }

    fn suspicious(
        &self,
        (indicator, report): (&Indicator, &SourceReport),
        before: Option<(&Indicator, &SourceReport)>,
        _: Option<u64>,
    ) -> Option<FileRefused> {
        breakers::suspicious_indicator((report, indicator), before.map(|(indicator, _)| indicator))
    }

    fn compare(&self, _: &Indicator, _: &Indicator, _: &mut SourceReport) {}
}

pub(super) fn read_options(file: &str, format: FileFormat, separator: Option<char>, skip_lines: usize) -> ReadOptions {
    let mut options = ReadOptions::csv(file);
    options.format = match format {
        FileFormat::Csv => Format::Csv,
        FileFormat::Json | FileFormat::Geojson => Format::Json,
        FileFormat::Parquet => Format::Parquet,
    };
    options.separator = separator.unwrap_or(',');
    options.skip_lines = skip_lines as u32;
    options
}

/// The first column an indicator names that its file does not have.
fn missing_column(table: &Table, description: &IndicatorSource) -> Option<FileRefused> {
    let ratio = description.ratio.iter().flat_map(|ratio| ratio.numerator.iter().chain(&ratio.denominator));
    let named = std::iter::once(&description.key).chain(&description.value).chain(&description.weight).chain(ratio);
    let named = named.chain(description.rows.iter().map(|rows| &rows.column));
    let absent = named.map(|column| column.trim()).find(|column| table.column_index(column).is_none())?;
    let message = format!(
        "no column {absent:?}, which indicator {} reads; columns: {}",
        description.id,
        table.column_names().join(", ")
    );
    Some(FileRefused::new(&description.file, Code::MissingColumn, message))
}
