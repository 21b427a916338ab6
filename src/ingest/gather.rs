//! Reading: every file of the cache that a description names, until the last row is accounted for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::atlas::{EditionInfo, Leaves};
use crate::domain::{Candidate, Cell, Hub, Indicator, PastVenue, Post, Reading};

use super::build::{BuildError, BuildOptions};
use super::edition;
use super::locate::Locator;
use super::reference::Reference;
use super::report::{Code, FileRefused, Report, SourceReport};
use super::source::{FileFormat, IndicatorSource, Profile, Role, Source};
use super::table::{Format, ReadOptions, Table, read_table};
use super::venues::{self, Record};
use super::{cells, indicators, places};

/// What was read of one file.
struct FileRead {
    report: SourceReport,
    sha256: Option<String>,
}

/// Everything read so far.
pub(super) struct Gathered<'a> {
    options: &'a BuildOptions<'a>,
    reference: &'a Reference,
    locator: Locator<'a>,
    /// Records of venue lists, in order of priority, by id of their source.
    records: Vec<(String, Vec<Record>)>,
    /// Ids of the venue lists that were read.
    at_hand: Vec<String>,
    files: BTreeMap<String, FileRead>,
    pub refused: Vec<FileRefused>,
    absent: Vec<String>,
    pub has_venues: bool,
    as_of: Option<String>,
    demonstration: bool,
    candidates: Vec<Candidate>,
    hubs: Vec<Hub>,
    posts: Vec<Post>,
    past_venues: Vec<PastVenue>,
    cells: Vec<Cell>,
    indicators: Vec<Indicator>,
    /// Tables that several indicators read, with the report of their reading.
    tables: BTreeMap<String, (Table, SourceReport)>,
}

impl<'a> Gathered<'a> {
    pub fn new(options: &'a BuildOptions<'a>, reference: &'a Reference) -> Self {
        Self {
            options,
            reference,
            locator: Locator::new(reference),
            records: Vec::new(),
            at_hand: Vec::new(),
            files: BTreeMap::new(),
            refused: Vec::new(),
            absent: Vec::new(),
            has_venues: false,
            as_of: None,
            demonstration: false,
            candidates: Vec::new(),
            hubs: Vec::new(),
            posts: Vec::new(),
            past_venues: Vec::new(),
            cells: Vec::new(),
            indicators: Vec::new(),
            tables: BTreeMap::new(),
        }
    }

    /// The bytes of a file of the cache; `None` when it is not there.
    fn bytes(&self, file: &str) -> Result<Option<Vec<u8>>, BuildError> {
        let path = self.options.cache.join(file);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(BuildError::Unreadable(path, error)),
        }
    }

    pub fn read_source(&mut self, source: &Source) -> Result<(), BuildError> {
        let Some(bytes) = self.bytes(&source.file)? else {
            self.absent.push(source.file.clone());
            return Ok(());
        };
        let mut report = SourceReport::new(&source.id, &source.file);
        let mut read = read_options(&source.file, source.format, source.separator, source.skip_lines);
        if let Some(excluded) = &source.excluded {
            read = read.requiring(&[&excluded.column]);
        }
        if source.profile == Profile::StandardV1 && source.format == FileFormat::Csv {
            read = read.requiring(&["id", "nom", "commune", "code_postal", "adresse", "latitude", "longitude"]);
        }
        let table = match read_table(&bytes, &read, &mut report) {
            Ok(table) => table,
            Err(refused) => {
                self.refused.push(refused);
                return Ok(());
            }
        };
        let (locator, reference, today) = (&self.locator, self.reference, self.options.today);
        match source.role {
            Role::Venues => {
                self.has_venues = true;
                self.demonstration |= source.demonstration;
                self.as_of = self.as_of.take().max(Some(source.vintage.clone()));
                let records = venues::read(&table, source, locator, reference, today, &mut report);
                self.at_hand.push(source.id.clone());
                self.records.push((source.id.clone(), records));
            }
            Role::PastVenues => {
                let records = venues::read(&table, source, locator, reference, today, &mut report);
                let date = source.vintage.parse().unwrap_or(today);
                self.past_venues.extend(places::past_venues(records, source, date, &mut report));
            }
            Role::Candidates => {
                self.candidates.extend(places::candidates(&table, source, locator, reference, &mut report));
            }
            Role::Posts => self.posts.extend(places::posts(&table, source, locator, reference, today, &mut report)),
            Role::Hubs => self.hubs.extend(places::hubs(&table, source, reference, &mut report)),
            Role::Grid => self.cells.extend(cells::read(&table, source, reference, &mut report)),
        }
        let sha256 = Some(edition::sha256(&bytes));
        self.files.insert(source.id.clone(), FileRead { report, sha256 });
        Ok(())
    }

    pub fn read_indicator(&mut self, description: &IndicatorSource) -> Result<(), BuildError> {
        if !self.tables.contains_key(&description.file) {
            let Some(bytes) = self.bytes(&description.file)? else {
                self.absent.push(description.file.clone());
                return Ok(());
            };
            let mut report = SourceReport::new(&description.id, &description.file);
            let mut read =
                read_options(&description.file, description.format, description.separator, description.skip_lines);
            read.allow_unnamed_index = true;
            match read_table(&bytes, &read, &mut report) {
                Ok(table) => self.tables.insert(description.file.clone(), (table, report)),
                Err(refused) => {
                    self.refused.push(refused);
                    return Ok(());
                }
            };
        }
        let (table, read) = &self.tables[&description.file];
        let mut report = SourceReport { id: description.id.clone(), ..read.clone() };
        if let Some(refused) = missing_column(table, description) {
            self.refused.push(refused);
            return Ok(());
        }
        let indicator = indicators::read(table, description, self.reference, &mut report);
        // A file that says nothing of any commune is not the file that was described.
        if !indicator.readings.iter().any(|reading| *reading != Reading::Missing) {
            let message = format!("no commune gets a value of indicator {}; expected at least one", description.id);
            self.refused.push(FileRefused::new(&description.file, Code::InvalidValue, message));
            return Ok(());
        }
        self.indicators.push(indicator);
        self.files.insert(description.id.clone(), FileRead { report, sha256: None });
        Ok(())
    }

    /// Communes of establishments known from lists of employers.
    fn sirets(&self) -> BTreeMap<String, BTreeSet<u32>> {
        let mut sirets: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for post in &self.posts {
            if let Some(commune) = post.commune.and_then(|code| self.reference.places.by_code(code)) {
                sirets.entry(post.structure.clone()).or_default().insert(commune);
            }
        }
        sirets
    }

    #[allow(clippy::type_complexity, reason = "the four things an edition is made of, used once")]
    pub fn finish(
        mut self,
        sources: &[Source],
        indicator_sources: &[IndicatorSource],
    ) -> Result<(Leaves, Vec<edition::ManifestSource>, Report, Vec<String>), BuildError> {
        let sirets = self.sirets();
        let mut lists = Vec::new();
        let mut reports: BTreeMap<&str, &mut SourceReport> =
            self.files.iter_mut().map(|(id, file)| (id.as_str(), &mut file.report)).collect();
        for (id, records) in std::mem::take(&mut self.records) {
            let report = reports.remove(id.as_str()).expect("every list that was read has its report");
            lists.push((records, report));
        }
        let at_hand: BTreeSet<&str> = self.at_hand.iter().map(String::as_str).collect();
        let knowledge = venues::Knowledge {
            authorities: &venues::Authorities::new(sources, &at_hand),
            sirets: &sirets,
            reference: self.reference,
            today: self.options.today,
        };
        let distinct = venues::distinct(lists, &knowledge);
        drop(reports);
        let mut report = Report::default();
        let mut manifest = Vec::new();
        for source in sources {
            let file = self.files.remove(&source.id);
            manifest
                .push(edition::ManifestSource::of_source(source, file.as_ref().map(|f| (&f.report, f.sha256.clone()))));
            report.sources.extend(file.map(|file| file.report));
        }
        for description in indicator_sources {
            let file = self.files.remove(&description.id);
            manifest.push(edition::ManifestSource::of_indicator(description, file.as_ref().map(|f| &f.report)));
            report.sources.extend(file.map(|file| file.report));
        }
        report.check().map_err(BuildError::Imbalance)?;
        let leaves = Leaves {
            edition: EditionInfo {
                as_of: self.as_of.and_then(|day| day.parse().ok()),
                demonstration: self.demonstration,
                territories_vintage: self.reference.vintage.clone(),
                ..EditionInfo::default()
            },
            communes: self.reference.communes.clone(),
            aliases: self.reference.aliases.clone(),
            territories: self.reference.territories.clone(),
            contours: self.reference.contours.clone(),
            venues: distinct.venues,
            venue_aliases: distinct.aliases,
            candidates: self.candidates,
            hubs: self.hubs,
            posts: self.posts,
            past_venues: self.past_venues,
            cells: self.cells,
            roads: None,
            indicators: self.indicators,
        };
        Ok((leaves, manifest, report, self.absent))
    }
}

fn read_options(file: &str, format: FileFormat, separator: Option<char>, skip_lines: usize) -> ReadOptions {
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
    let absent = named.map(|column| column.trim()).find(|column| table.column_index(column).is_none())?;
    let message = format!(
        "no column {absent:?}, which indicator {} reads; columns: {}",
        description.id,
        table.column_names().join(", ")
    );
    Some(FileRefused::new(&description.file, Code::MissingColumn, message))
}
