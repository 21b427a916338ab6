//! Reading: every file of the cache that a description names, until the last row is accounted for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::atlas::{Checks, EditionInfo, Leaves, PublishedTimes, Streets, over};
use crate::domain::served::Accompaniment;
use crate::domain::{
    Candidate, CommuneIx, Declaration, Flag, Hub, Indicator, Location, PastVenue, Post, RemoteChannel, Resource,
};

use super::addresses::{self, Finder, StreetTable, Wish};
use super::edition::{self, KeptFiles};
use super::intake::{Intake, Past};
use super::locate::Locator;
use super::options::{BuildOptions, Ended};
use super::outcome::{BuildError, NotTaken};
use super::readers::{IndicatorReader, ListReader, Rows, Tables, read_options};
use super::reference::Reference;
use super::report::{Code, FileRefused, Report, SourceReport};
use super::source::{Facility, IndicatorSource, Minutes, Source};
use super::table::ReadOptions;
use super::venues::{self, Record};
use super::{cache, grid, points};

/// Id of the files of addresses among the sources.
pub const ADDRESSES: &str = "ban";

/// What was read of one file.
struct FileRead {
    report: SourceReport,
    sha256: Option<String>,
    /// Why the file of the cache was not read, when an earlier one stands in.
    refused: Option<Code>,
}

/// Everything read so far.
pub(super) struct Gathered<'a> {
    options: &'a BuildOptions<'a>,
    ended: &'a Ended,
    reference: &'a Reference,
    locator: Locator<'a>,
    past: Past,
    /// Records of venue lists, in order of priority, by id of their source.
    records: Vec<(String, Vec<Record>)>,
    /// Ids of the venue lists that were read.
    at_hand: Vec<String>,
    files: BTreeMap<String, FileRead>,
    /// Sources that could not be read, and have nothing to stand in.
    pub refused: Vec<FileRefused>,
    /// Sources whose file of the cache is not in the edition.
    pub not_taken: Vec<NotTaken>,
    /// Whether a breaker was overruled.
    pub forced: bool,
    absent: Vec<String>,
    pub has_venues: bool,
    as_of: Option<String>,
    demonstration: bool,
    candidates: Vec<Candidate>,
    hubs: Vec<Hub>,
    declarations: Vec<Declaration>,
    posts: Vec<Post>,
    past_venues: Vec<PastVenue>,
    cells: Vec<grid::GridCell>,
    /// Ids of the grids that were read.
    grids: Vec<String>,
    remote_channels: Vec<RemoteChannel>,
    resources: Vec<Resource>,
    accompaniments: Vec<Accompaniment>,
    indicators: Vec<Indicator>,
    /// Indicators whose terms are not open: they check ours, and are published nowhere.
    pub checks: Checks,
    /// Files of addresses, with what their reading found and the checksum of those that were read.
    addresses: Vec<(String, SourceReport, Option<String>)>,
    /// Their streets.
    streets: Streets,
    /// Tables that several indicators read, by the SHA-256 of their file, with the report of their reading.
    tables: Tables,
}

impl<'a> Gathered<'a> {
    pub fn new(options: &'a BuildOptions<'a>, ended: &'a Ended, reference: &'a Reference) -> Self {
        let manifest = edition::read_manifest(options.out);
        Self {
            options,
            ended,
            reference,
            locator: Locator::new(reference),
            past: Past::new(manifest, KeptFiles::of(options.out), options.force.is_some()),
            records: Vec::new(),
            at_hand: Vec::new(),
            files: BTreeMap::new(),
            refused: Vec::new(),
            not_taken: Vec::new(),
            forced: false,
            absent: Vec::new(),
            has_venues: false,
            as_of: None,
            demonstration: false,
            candidates: Vec::new(),
            hubs: Vec::new(),
            declarations: Vec::new(),
            posts: Vec::new(),
            past_venues: Vec::new(),
            cells: Vec::new(),
            grids: Vec::new(),
            remote_channels: Vec::new(),
            resources: Vec::new(),
            accompaniments: Vec::new(),
            indicators: Vec::new(),
            checks: Checks::default(),
            addresses: Vec::new(),
            streets: Streets::default(),
            tables: BTreeMap::new(),
        }
    }

    /// The bytes of a file of the cache; `None` when it is not there.
    fn bytes(&self, id: &str, folder: &Path, options: &mut ReadOptions) -> Result<Option<Vec<u8>>, FileRefused> {
        match self.ended.get(id) {
            Some((code, message)) => Err(FileRefused::new(&options.file, *code, message)),
            None => cache::bytes(folder, options),
        }
    }

    /// Notes what became of a source; what was read of it, if anything was.
    fn settle<R>(&mut self, id: &str, file: &str, intake: Intake<R>) -> Option<R> {
        let (taking, refused) = match intake {
            Intake::Absent => {
                self.forced |= self.past.had(id);
                self.absent.push(file.to_owned());
                return None;
            }
            Intake::Refused(refused, known) => {
                // What the previous edition had is not let go without a word; nor does a first edition begin with a hole.
                if known || !self.past.exists() {
                    self.refused.push(refused);
                    return None;
                }
                let mut report = SourceReport::new(id, file);
                report.refuse(&refused);
                self.files.insert(id.to_owned(), FileRead { report, sha256: None, refused: Some(refused.code) });
                self.not_taken.push(NotTaken { id: id.to_owned(), kept: false, refused });
                return None;
            }
            Intake::Fresh(taking) => (taking, None),
            Intake::Forced(taking) => {
                self.forced = true;
                (taking, None)
            }
            Intake::Kept(taking, refused) => (taking, Some(refused)),
        };
        let code = refused.as_ref().map(|refused| refused.code);
        let read = FileRead { report: taking.report, sha256: Some(taking.sha256), refused: code };
        self.files.insert(id.to_owned(), read);
        self.not_taken.extend(refused.map(|refused| NotTaken { id: id.to_owned(), kept: true, refused }));
        Some(taking.rows)
    }

    pub fn read_source(&mut self, source: &Source) {
        let mut options = read_options(&source.file, source.format, source.separator, source.skip_lines);
        options.announced = source.announced();
        let folder = if source.shipped { self.options.data } else { self.options.cache };
        let bytes = self.bytes(&source.id, folder, &mut options);
        let (locator, reference, today) = (&self.locator, self.reference, self.options.today);
        let mut reader = ListReader { source, options, locator, reference, today };
        let intake = self.past.take_in((&source.id, &source.file), bytes, &mut reader);
        let Some((rows, _)) = self.settle(&source.id, &source.file, intake) else { return };
        match rows {
            Rows::Venues(records) => {
                self.has_venues = true;
                self.demonstration |= source.demonstration;
                self.as_of = self.as_of.take().max(Some(source.vintage.clone()));
                self.at_hand.push(source.id.clone());
                self.records.push((source.id.clone(), records));
            }
            Rows::PastVenues(past) => self.past_venues.extend(past),
            Rows::Candidates(candidates) => self.candidates.extend(candidates),
            Rows::Posts(posts) => self.posts.extend(posts),
            Rows::Hubs(hubs) => self.hubs.extend(hubs),
            Rows::Cells(cells) => {
                let rank = self.grids.len() as u16;
                self.grids.push(source.id.clone());
                self.cells.extend(cells.into_iter().map(|cell| cell.of_source(rank)));
            }
            Rows::Declarations(lines) => self.declarations.extend(lines),
            Rows::RemoteChannels(channels) => self.remote_channels.extend(channels),
            Rows::Resources(resources) => self.resources.extend(resources),
            Rows::Accompaniments(rows) => {
                self.demonstration |= source.demonstration;
                self.accompaniments.extend(rows);
            }
        }
    }

    pub fn read_indicator(&mut self, description: &IndicatorSource) {
        let mut options =
            read_options(&description.file, description.format, description.separator, description.skip_lines);
        options.allow_unnamed_index = true;
        options.announced = description.announced();
        let bytes = self.bytes(&description.id, self.options.cache, &mut options);
        let mut tables = std::mem::take(&mut self.tables);
        let mut reader = IndicatorReader { description, options, reference: self.reference, tables: &mut tables };
        let intake = self.past.take_in((&description.id, &description.file), bytes, &mut reader);
        self.tables = tables;
        let Some(indicator) = self.settle(&description.id, &description.file, intake) else { return };
        if let Some(Minutes { to, mode }) = description.minutes {
            let (source, france_services) = (description.title.clone(), to == Facility::FranceServices);
            let readings = indicator.readings.clone();
            self.checks.times.push(PublishedTimes {
                id: indicator.id.clone(),
                source,
                mode,
                france_services,
                readings,
            });
        }
        match (description.is_open(), &description.minutes) {
            (true, _) => self.indicators.push(indicator),
            (false, None) => self.checks.indicators.push(indicator),
            (false, Some(_)) => {}
        }
    }

    /// Places the venues without usable coordinates by their addresses, in whatever files of addresses the cache holds, and
    /// keeps the streets of these files.
    pub fn place_by_address(&mut self) {
        let files = addresses::find(self.options.cache);
        let unplaced = |record: &Record| record.venue.location.own().is_none() && record.venue.address.is_some();
        let wanted: Vec<(usize, usize)> = (0..self.records.len())
            .flat_map(|list| (0..self.records[list].1.len()).map(move |row| (list, row)))
            .filter(|(list, row)| unplaced(&self.records[*list].1[*row]))
            .collect();
        if files.is_empty() {
            return;
        }
        if let Some((code, message)) = self.ended.get(ADDRESSES) {
            let refused = FileRefused::new(&files[0].1, *code, message);
            self.not_taken.push(NotTaken { id: ADDRESSES.to_owned(), kept: false, refused });
            return;
        }
        let wish = |(list, row): (usize, usize)| {
            let record = &self.records[list].1[row];
            let venue = &record.venue;
            let (address, postcode) = (venue.address.clone()?, venue.postcode.clone());
            Some(Wish { address, postcode, commune: record.commune? })
        };
        let wanted: Vec<_> = wanted.into_iter().filter_map(|at| Some((at, wish(at)?))).collect();
        let mut finder = Finder::new(wanted.iter().map(|(_, wish)| wish.clone()).collect(), self.reference);
        let mut streets = StreetTable::new(self.reference);
        for (path, name) in files {
            let mut report = SourceReport::new(ADDRESSES, &name);
            let read = addresses::read(&path, &name, &mut finder, &mut streets, &mut report);
            let sha256 = match read {
                Ok(sha256) => Some(sha256),
                Err(refused) => {
                    report.refuse(&refused);
                    let id = ADDRESSES.to_owned();
                    self.not_taken.push(NotTaken { id, kept: false, refused: refused.clone() });
                    None
                }
            };
            self.addresses.push((name, report, sha256));
        }
        self.streets = streets.finish();
        for (((list, row), wish), found) in wanted.iter().zip(finder.finish()) {
            let Some(found) = found else { continue };
            let (id, records) = &mut self.records[*list];
            let record = &mut records[*row];
            record.venue.location = Location::Address(found.position, found.found);
            record.venue.flags.retain(|flag| !matches!(flag, Flag::NoCoordinates | Flag::UnusableCoordinates));
            if let Some(file) = self.files.get_mut(id) {
                addresses::tell(&found, record.line, &wish.address, &mut file.report);
            }
        }
    }

    /// Communes of establishments known from lists of employers.
    fn sirets(&self) -> BTreeMap<String, BTreeSet<CommuneIx>> {
        let mut sirets: BTreeMap<String, BTreeSet<CommuneIx>> = BTreeMap::new();
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
        let mut distinct = venues::distinct(lists, &knowledge);
        drop(reports);
        let as_of = self.as_of.as_ref().and_then(|day| day.parse().ok());
        if let Some(day) = as_of {
            over::withhold(&mut distinct.venues, day);
        }
        let mut report = Report::default();
        let mut manifest = Vec::new();
        for source in sources {
            let file = self.files.remove(&source.id);
            let entry = edition::ManifestSource::of_source(source);
            manifest.push(match &file {
                Some(file) => entry.read(&file.report, file.sha256.clone(), file.refused),
                None => entry,
            });
            report.sources.extend(file.map(|file| file.report));
        }
        for description in indicator_sources {
            let file = self.files.remove(&description.id);
            let entry = edition::ManifestSource::of_indicator(description);
            manifest.push(match &file {
                Some(file) => entry.read(&file.report, file.sha256.clone(), file.refused),
                None => entry,
            });
            report.sources.extend(file.map(|file| file.report));
        }
        for (name, counts, sha256) in self.addresses {
            manifest.push(edition::ManifestSource::of_addresses(&name).read(&counts, sha256, None));
            report.sources.push(counts);
        }
        report.check().map_err(BuildError::Imbalance)?;
        let cells = points::all(self.reference, &self.candidates, &self.cells, self.options.undivided);
        let leaves = Leaves {
            edition: EditionInfo {
                as_of,
                demonstration: self.demonstration,
                territories_vintage: self.reference.vintage.clone(),
                ..EditionInfo::default()
            },
            communes: self.reference.communes.raw.clone(),
            aliases: self.reference.aliases.clone(),
            districts: self.reference.districts.all().raw.to_vec(),
            district_contours: self.reference.districts.contours().clone(),
            territories: self.reference.territories.clone(),
            contours: self.reference.contours.clone(),
            venues: distinct.venues,
            venue_aliases: distinct.aliases,
            candidates: self.candidates,
            hubs: self.hubs,
            declarations: self.declarations,
            posts: self.posts,
            past_venues: self.past_venues,
            cells,
            grids: self.grids,
            remote_channels: self.remote_channels,
            resources: self.resources,
            accompaniments: self.accompaniments,
            roads: None,
            streets: Arc::new(self.streets),
            indicators: self.indicators,
            land: self.reference.land.clone(),
            sealed: None,
        };
        Ok((leaves, manifest, report, self.absent))
    }
}
