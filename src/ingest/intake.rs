//! Which bytes a source is read from: those of the cache, or the last good ones when those are absent, refused or
//! suspicious. One source never stops the others.

use std::collections::BTreeSet;

use super::breakers::Shape;
use super::edition::{KeptFiles, Manifest, ManifestSource, sha256};
use super::report::{Action, Code, Entry, FileRefused, SourceReport};
use super::source::Source;
use super::table::Table;

/// What reading a file gave.
#[derive(Debug)]
pub struct Taking<R> {
    /// What was read.
    pub rows: R,
    /// The counts, and what was found on the way.
    pub report: SourceReport,
    /// SHA-256 of the bytes that were read.
    pub sha256: String,
}

/// What became of a source.
#[derive(Debug)]
pub enum Intake<R> {
    /// Its file is not there, and the previous edition had none.
    Absent,
    /// Its file was read.
    Fresh(Taking<R>),
    /// Its file was read although a breaker tripped.
    Forced(Taking<R>),
    /// Its file is not good; the one of the previous edition was read instead.
    Kept(Taking<R>, FileRefused),
    /// Its file is not good, and there is no earlier one. The flag says whether the previous edition had the source.
    Refused(FileRefused, bool),
}

/// How a kind of source is read and compared.
pub trait Reader {
    /// What a file gives.
    type Rows;

    /// Reads a file.
    ///
    /// # Errors
    /// Why nothing of it can be used.
    fn read(&mut self, bytes: &[u8], digest: &str, report: &mut SourceReport) -> Result<Self::Rows, FileRefused>;

    /// Why what was read should not be published without a word from a person.
    fn suspicious(
        &self,
        now: (&Self::Rows, &SourceReport),
        before: Option<(&Self::Rows, &SourceReport)>,
        rows_before: Option<u64>,
    ) -> Option<FileRefused>;

    /// Tells what changed since the file before.
    fn compare(&self, now: &Self::Rows, before: &Self::Rows, report: &mut SourceReport);
}

/// The edition in force, as far as a build looks back at it.
#[derive(Debug)]
pub struct Past {
    manifest: Option<Manifest>,
    /// The files it was read from.
    pub kept: KeptFiles,
    /// Whether a breaker only warns.
    pub force: bool,
}

impl Past {
    /// Looks back at the edition in force, if there is one.
    #[must_use]
    pub fn new(manifest: Option<Manifest>, kept: KeptFiles, force: bool) -> Self {
        Self { manifest, kept, force }
    }

    /// Whether there is an edition to look back at.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.manifest.is_some()
    }

    /// Whether the edition in force has the source.
    #[must_use]
    pub fn had(&self, id: &str) -> bool {
        self.source(id).is_some()
    }

    /// The source in the edition in force, when its file was there.
    fn source(&self, id: &str) -> Option<&ManifestSource> {
        self.manifest.as_ref()?.sources.iter().find(|source| source.id == id && source.present)
    }

    /// Takes in one source. `bytes` are those of the cache: `None` when its file is not there.
    pub fn take_in<R: Reader>(
        &self,
        (id, file): (&str, &str),
        bytes: Result<Option<Vec<u8>>, FileRefused>,
        reader: &mut R,
    ) -> Intake<R::Rows> {
        let before = self.source(id);
        let known = before.and_then(|source| source.sha256.as_deref());
        let mut read = |bytes: &[u8], digest: String| {
            let mut report = SourceReport::new(id, file);
            let rows = reader.read(bytes, &digest, &mut report)?;
            Ok::<_, FileRefused>(Taking { rows, report, sha256: digest })
        };
        let fresh = match bytes {
            Ok(None) if before.is_none() || self.force => return Intake::Absent,
            Ok(None) => Err(absent(file)),
            Ok(Some(bytes)) => {
                let digest = sha256(&bytes);
                read(&bytes, digest).map(|taking| (taking, bytes))
            }
            Err(refused) => Err(refused),
        };
        let fresh = match fresh {
            // The same bytes as last time: whatever they are, they were judged then.
            Ok((taking, _)) if known == Some(&taking.sha256) => return Intake::Fresh(taking),
            other => other,
        };
        let earlier = known.and_then(|digest| {
            let bytes = self.kept.get(digest)?;
            read(&bytes, digest.to_owned()).ok()
        });
        let (mut taking, bytes) = match fresh {
            Ok(fresh) => fresh,
            Err(refused) => return Self::fall_back(earlier, refused, before.is_some()),
        };
        let old = earlier.as_ref().map(|earlier| (&earlier.rows, &earlier.report));
        let suspicion = reader.suspicious((&taking.rows, &taking.report), old, before.map(|source| source.rows_read));
        let forced = suspicion.is_some();
        match suspicion {
            Some(refused) if !self.force => return Self::fall_back(earlier, refused, before.is_some()),
            Some(refused) => {
                let reason = format!("{}; published all the same", refused.message);
                taking.report.note(Entry::new(refused.code, Action::ValueKept, reason));
            }
            None => {}
        }
        if let Some(earlier) = &earlier {
            reader.compare(&taking.rows, &earlier.rows, &mut taking.report);
        }
        if let Err(error) = self.kept.put(&taking.sha256, &bytes) {
            let message = format!("the file cannot be kept for the next build: {error}");
            return Intake::Refused(FileRefused::new(file, Code::UnreadableFile, message), before.is_some());
        }
        if forced { Intake::Forced(taking) } else { Intake::Fresh(taking) }
    }

    /// The last good file, or nothing.
    fn fall_back<R>(earlier: Option<Taking<R>>, refused: FileRefused, known: bool) -> Intake<R> {
        match earlier {
            Some(mut taking) => {
                taking.report.note(refused.entry());
                Intake::Kept(taking, refused)
            }
            None => Intake::Refused(refused, known),
        }
    }
}

/// A file that was there last time and is not there now.
fn absent(file: &str) -> FileRefused {
    let message = "the file is not in the cache, where the previous edition had it";
    let refused = FileRefused::new(file, Code::AbsentFile, message);
    refused.hint("put it back; or remove its description, or build with --force and the reason, to let it go")
}

/// The shape of a list: its columns and how many rows fill each.
#[must_use]
pub fn columns_of(table: &Table) -> Shape {
    let filled = |(position, name): (usize, &String)| {
        (name.clone(), table.rows().filter(|row| row.at(position).is_some()).count() as u64)
    };
    Shape { columns: table.column_names().iter().enumerate().map(filled).collect(), ..Shape::default() }
}

/// Tells which columns nobody reads, and which ones the description names in vain.
pub fn tell_unread(table: &Table, source: &Source, report: &mut SourceReport) {
    for (position, name) in table.unasked().filter(|(_, name)| !name.is_empty()) {
        let filled = table.rows().filter(|row| row.at(position).is_some()).count();
        let reason = format!("nobody reads the column, which {filled} rows fill");
        let entry = Entry::new(Code::UnknownColumn, Action::FileAdapted, reason);
        report.note(entry.at_column(position as u32 + 1).in_field(name).with_value(name));
    }
    let named = source.columns.values().chain(source.joins.values().flatten());
    let named: BTreeSet<&String> = named.chain(source.rules.iter().flat_map(|rule| &rule.columns)).collect();
    for name in named.into_iter().filter(|name| !table.column_names().contains(name)) {
        let reason = "the description names the column, and the file has none of this name";
        let entry = Entry::new(Code::MissingColumn, Action::FileAdapted, reason);
        report.note(entry.in_field(name).with_value(name));
    }
}
