//! Editions over HTTP: what another machine publishes, brought here edition by edition, and then served like our own.
//!
//! Any web server or object storage will do that serves the output folder of a build as files. `published` names the edition in
//! force, its id vouches for the manifest, and the manifest for every file: what was changed on the way is not taken.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::{Failure, exit};
use crate::ingest::edition::{Lock, Manifest, PublishError, edition_id, is_id, on_disk, publish};
use crate::remote::{Hosts, Limits, Request, fetch};

/// Time between two looks at what is published.
const EVERY: Duration = Duration::from_secs(10);
/// Longest time for one file of an edition.
const PATIENCE: Duration = Duration::from_mins(10);

/// A folder of editions somewhere else, and the one here that follows it.
#[derive(Debug, Clone)]
pub(super) struct Mirror {
    url: String,
    folder: PathBuf,
    keep: usize,
}

impl Mirror {
    pub(super) fn new(url: &str, folder: &Path, keep: usize) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), folder: folder.to_owned(), keep }
    }

    /// Brings the edition in force here, then follows on a thread of its own. Without an answer, what was brought before is
    /// served.
    pub(super) fn follow(self) -> Result<(), Failure> {
        match self.bring() {
            Ok(Some(id)) => tracing::info!("edition {id} brought from {}", self.url),
            Ok(None) => {}
            Err(cause) if on_disk(&self.folder).is_empty() => return Err(Failure::new(exit::ENVIRONMENT, cause)),
            Err(cause) => tracing::warn!("{cause}; what was brought before is served"),
        }
        thread::spawn(move || {
            let mut last = String::new();
            loop {
                thread::sleep(EVERY);
                match self.bring() {
                    Ok(Some(id)) => tracing::info!("edition {id} brought from {}", self.url),
                    Ok(None) => last.clear(),
                    // The same trouble is told once.
                    Err(cause) if cause != last => {
                        tracing::warn!("{cause}");
                        last = cause;
                    }
                    Err(_) => {}
                }
            }
        });
        Ok(())
    }

    /// Brings the edition in force, and its id when it was not here yet.
    fn bring(&self) -> Result<Option<String>, String> {
        let said = |error: &dyn std::fmt::Display| format!("editions of {}: {error}", self.url);
        fs::create_dir_all(&self.folder).map_err(|error| said(&error))?;
        let list = self.folder.join(".published.there");
        let told =
            self.take("published", &list, None).and_then(|()| fs::read_to_string(&list).map_err(|e| e.to_string()));
        let told = told.map_err(|error| said(&error))?;
        let id = told.lines().next_back().unwrap_or_default().trim();
        if !is_id(id) {
            return Err(said(
                &"the last line of `published` is not the id of an edition; expected the output folder of a build",
            ));
        }
        if crate::ingest::edition::in_force(&self.folder).is_ok_and(|here| here == id) {
            return Ok(None);
        }
        let lock = match Lock::take(&self.folder) {
            Ok(lock) => lock,
            // Another instance on this machine brings it.
            Err(PublishError::Locked { .. }) => return Ok(None),
            Err(error) => return Err(said(&error)),
        };
        let workshop = lock.workshop().map_err(|error| said(&error))?;
        let brought = self.files(id, &workshop).map_err(|error| said(&error));
        let brought = brought.and_then(|()| publish(&lock, &workshop, self.keep).map_err(|error| said(&error)));
        if brought.is_err() {
            lock.abandon(&workshop);
        }
        brought.map(Some)
    }

    /// Every file of an edition, each with the checksum that its manifest names.
    fn files(&self, id: &str, workshop: &Path) -> Result<(), String> {
        let path = workshop.join("manifest.json");
        self.take(&format!("editions/{id}/manifest.json"), &path, None)?;
        let bytes = fs::read(&path).map_err(|error| error.to_string())?;
        if edition_id(&bytes) != id {
            return Err(format!("damaged: what came is not the manifest of edition {id}"));
        }
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| format!("manifest.json: {error}"))?;
        for file in &manifest.files {
            // A name leads nowhere but into the folder of the edition.
            if file.name.starts_with('.') || file.name.contains(['/', '\\']) {
                return Err(format!("manifest.json names {:?}, which is no name of a file", file.name));
            }
            self.take(&format!("editions/{id}/{}", file.name), &workshop.join(&file.name), Some(&file.sha256))?;
        }
        Ok(())
    }

    fn take(&self, name: &str, path: &Path, sha256: Option<&str>) -> Result<(), String> {
        let limits = Limits { total: PATIENCE, ..Limits::default() };
        let sha256 = sha256.map(str::to_owned);
        let request =
            Request { hosts: Hosts::Named, limits, sha256, ..Request::new(format!("{}/{name}", self.url), path) };
        fetch(&request, &mut |_| {}).map(drop).map_err(|error| error.to_string())
    }
}
