//! A folder of editions, as `build` leaves it, seen as the library that `serve` reads from.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::atlas::figures::Followed;
use crate::editions::{Library, Snapshot, Title};
use crate::ingest::edition::{self, Countries, OnDisk};

/// An output folder of `mediane build`, or the folder of one edition.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Titles that were read, with the time their manifest was written; `None` for one that this version does not read.
    titles: Mutex<HashMap<String, (SystemTime, Option<Title>)>>,
    countries: Countries,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, titles: Mutex::default(), countries: Countries::default() }
    }

    /// The folder of an edition.
    fn folder_of(&self, id: &str) -> Option<PathBuf> {
        edition::on_disk(&self.path).into_iter().find(|on_disk| on_disk.id == id).map(|on_disk| on_disk.folder)
    }
}

impl Library for Folder {
    fn in_force(&self) -> Result<String, String> {
        edition::in_force(&self.path)
            .map_err(|error| format!("{error}; expected an edition, made by `mediane build --out DIR`"))
    }

    fn titles(&self) -> Vec<Title> {
        let mut known = self.titles.lock().unwrap_or_else(PoisonError::into_inner);
        let found = edition::on_disk(&self.path);
        known.retain(|id, (written, _)| found.iter().any(|on_disk| on_disk.id == *id && on_disk.written == *written));
        let mut titles = Vec::new();
        for on_disk in found {
            let read = || (on_disk.written, title(&on_disk));
            let (_, title) = known.entry(on_disk.id.clone()).or_insert_with(read);
            titles.extend(title.clone());
        }
        titles
    }

    fn open(&self, id: &str) -> Result<Snapshot, String> {
        // The one in force may lie in `current` itself, when somebody copied the folder without its links.
        let in_force = || self.in_force().is_ok_and(|current| current == id).then(|| edition::folder_of(&self.path));
        let folder = self.folder_of(id).or_else(in_force);
        let folder = folder.ok_or_else(|| format!("{}: no edition {id} there", self.path.display()))?;
        let (atlas, files) = edition::open_with_files(&folder, &self.countries).map_err(|error| error.to_string())?;
        Ok(Snapshot::new(Arc::new(atlas)).with_files(files))
    }

    fn followed(&self, id: &str) -> Option<Followed> {
        edition::read_followed(&self.folder_of(id)?)
    }
}

fn title(on_disk: &OnDisk) -> Option<Title> {
    let manifest = on_disk.manifest()?;
    Some(Title {
        id: on_disk.id.clone(),
        as_of: manifest.as_of.and_then(|day| day.parse().ok()),
        demonstration: manifest.demonstration,
        territories_vintage: manifest.territories_vintage,
        published: Some(on_disk.written),
    })
}
