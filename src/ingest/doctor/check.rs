//! The doctor: a list of venues read as a build would read it, and everything there is to say of it, row by row.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use super::shape::{described, format_of, look, options, profile_of};
use crate::domain::standard::faults;
use crate::ingest::intake::tell_unread;
use crate::ingest::locate::Locator;
use crate::ingest::reference::{self, Reference};
use crate::ingest::report::{Code, FileRefused, SourceReport};
use crate::ingest::source::{DescriptionError, Profile, Role, Source, read_descriptions};
use crate::ingest::table::{items, read_table};
use crate::ingest::venues;

/// What is given beside the file.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Name of the file, for messages.
    pub file: &'a str,
    /// Its description; `None` finds one by the header.
    pub source: Option<&'a Path>,
    /// The data folder: territories, and descriptions of lists that may have its shape.
    pub data: &'a Path,
    /// Today: later dates in the file mean unknown.
    pub today: NaiveDate,
}

/// A column of the national standard that a row leaves empty or fills in another form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardFault {
    /// Physical line of the row.
    pub line: u32,
    /// Name of the column.
    pub column: &'static str,
    /// Why, in French.
    pub reason: &'static str,
}

/// What there is to say of a list.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// Name of the file.
    pub file: String,
    /// The shape it was read by: a profile, or the id of a description; empty when none fits.
    pub shape: String,
    /// Whether no row could be read; the report says why.
    pub refused: bool,
    /// Columns of the file, when it could be opened.
    pub columns: Vec<String>,
    /// What became of each row.
    pub report: SourceReport,
    /// What keeps rows of a list in the national standard from being valid.
    pub standard: Vec<StandardFault>,
}

/// Reads a list and says everything there is to say of it.
///
/// # Errors
/// When the reference territories or a description cannot be read: that is no fault of the list.
pub fn check(bytes: &[u8], given: &Given<'_>) -> Result<Checked, String> {
    let told = |error: DescriptionError| error.to_string();
    let known: Vec<Source> = read_descriptions(&given.data.join("sources")).map_err(told)?;
    let own = given.source.map(|path| -> Result<Source, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    });
    let own = own.transpose()?;
    let refused = |why: FileRefused, columns: Vec<String>| {
        let mut report = SourceReport::new("fichier", given.file);
        report.refuse(&why);
        let (file, shape) = (given.file.to_owned(), String::new());
        Checked { file, shape, refused: true, columns, report, standard: Vec::new() }
    };
    let source = if let Some(source) = own {
        source
    } else {
        let look = match look(bytes, given.file) {
            Ok(look) => look,
            Err(why) => return Ok(refused(why, Vec::new())),
        };
        let columns = look.table.column_names();
        match (described(columns, look.format, &known), profile_of(columns)) {
            (Some(source), None) => source.clone(),
            (_, Some(profile)) => of_profile(profile, bytes)?,
            (None, None) => {
                let message = "no known shape has these columns: expected at least nom, adresse and commune, or a \
                                   description (--source)";
                let why = FileRefused::new(given.file, Code::MissingColumn, message);
                return Ok(refused(why, columns.to_vec()));
            }
        }
    };
    // Last: what is no list is refused before all the communes of France are read.
    let reference = reference::read(&given.data.join("territories")).map_err(|error| error.to_string())?;
    Ok(read(bytes, &source, given, &reference).unwrap_or_else(|why| refused(why, Vec::new())))
}

/// A description of nothing but a shape.
fn of_profile(profile: Profile, bytes: &[u8]) -> Result<Source, String> {
    let format = format_of(bytes).name();
    let text = format!(
        "id = 'fichier'\ntitle = ''\npublisher = ''\nlicence = 'Licence Ouverte 2.0'\nvintage = '2000-01-01'\nurl = ''\n\
         file = 'liste'\nrole = 'venues'\nformat = '{format}'\nprofile = '{}'\n",
        profile.name()
    );
    toml::from_str(&text).map_err(|error| error.to_string())
}

fn read(bytes: &[u8], source: &Source, given: &Given<'_>, reference: &Reference) -> Result<Checked, FileRefused> {
    let mut report = SourceReport::new("fichier", given.file);
    let mut options = options(source.format, given.file);
    options.separator = source.separator.unwrap_or(',');
    options.skip_lines = source.skip_lines as u32;
    let table = items(read_table(bytes, &options, &mut report)?, given.file, &mut report)?;
    if source.role != Role::Venues {
        let message = format!("the description is one of {}, expected a list of venues", source.role.name());
        return Err(FileRefused::new(given.file, Code::UnexpectedContent, message));
    }
    let locator = Locator::new(reference);
    let records = venues::read(&table, source, &locator, reference, given.today, &mut report);
    tell_unread(&table, source, &mut report);
    let mut standard = Vec::new();
    if matches!(source.profile, Profile::StandardV1 | Profile::StandardV0) {
        for record in &records {
            let mut venue = record.venue.clone();
            // Here only the day of the row counts, not that of the list.
            venue.provenance.clear();
            let of_row = faults(&venue).into_iter().filter(|fault| fault.column != "id");
            standard.extend(of_row.map(|f| StandardFault { line: record.line, column: f.column, reason: f.reason }));
        }
    }
    let authorities = venues::Authorities::new(std::slice::from_ref(source), &BTreeSet::from([source.id.as_str()]));
    let sirets = BTreeMap::new();
    let knowledge = venues::Knowledge { authorities: &authorities, sirets: &sirets, reference, today: given.today };
    let _venues = venues::distinct(vec![(records, &mut report)], &knowledge);
    let shape = match source.profile {
        Profile::Survey => source.id.clone(),
        profile => profile.name().to_owned(),
    };
    Ok(Checked {
        file: given.file.to_owned(),
        shape,
        refused: false,
        columns: table.column_names().to_vec(),
        report,
        standard,
    })
}
