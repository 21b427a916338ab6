//! The main job: from raw files to one sealed edition, all or nothing.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::atlas::Roads;

use super::as_of;
use super::edition::{self, KeptFiles, Lock, MakeFiles, ManifestSource};
use super::gather::{ADDRESSES, Gathered};
use super::options::{BuildOptions, Ended};
use super::outcome::{BuildError, Built};
use super::reference;
use super::roads;
use super::source::{IndicatorSource, Source, read_descriptions};
use super::venues;

/// What the build is doing: step, steps in all, words.
pub type Progress<'a> = &'a dyn Fn(usize, usize, &str);

/// Reads every file of the cache that a description names, and publishes one edition.
///
/// # Errors
/// Says what was refused and why; the edition in force is untouched.
pub fn build(options: &BuildOptions<'_>, progress: Progress<'_>) -> Result<Built, BuildError> {
    build_without(options, &Ended::new(), None, progress)
}

/// [`build`], without reading the files that ended an earlier process: what the edition in force has of them stays. `more`
/// makes further files of the edition before it is sealed.
///
/// # Errors
/// Those of [`build`].
pub fn build_without(
    options: &BuildOptions<'_>,
    ended: &Ended,
    more: Option<MakeFiles<'_>>,
    progress: Progress<'_>,
) -> Result<Built, BuildError> {
    let lock = Lock::take(options.out)?;
    let mut sources: Vec<Source> = read_descriptions(&options.data.join("sources")).map_err(BuildError::Description)?;
    if let Some(day) = options.as_of {
        sources = as_of::sources_by(sources, day);
    }
    sources.sort_by(|a, b| (a.priority, &a.id).cmp(&(b.priority, &b.id)));
    let mut indicator_sources: Vec<IndicatorSource> =
        read_descriptions(&options.data.join("indicators")).map_err(BuildError::Description)?;
    if let Some(day) = options.as_of {
        indicator_sources = as_of::indicators_by(indicator_sources, day);
    }
    let steps = sources.len() + indicator_sources.len() + 4;
    let step = |at: usize, words: &str| {
        progress(at, steps, words);
        if options.stop.load(Ordering::Relaxed) { Err(BuildError::Stopped) } else { Ok(()) }
    };
    step(0, "territoires de référence")?;
    let reference = reference::read(&options.data.join("territories")).map_err(BuildError::Reference)?;

    let mut gathered = Gathered::new(options, ended, &reference);
    for (i, source) in sources.iter().enumerate() {
        step(1 + i, &source.id)?;
        gathered.read_source(source);
    }
    for (i, description) in indicator_sources.iter().enumerate() {
        step(1 + sources.len() + i, &description.id)?;
        gathered.read_indicator(description);
    }
    if !gathered.refused.is_empty() {
        return Err(BuildError::Refused(gathered.refused));
    }
    if !gathered.has_venues {
        return Err(BuildError::NoVenues(options.cache.to_owned()));
    }
    step(steps - 3, ADDRESSES)?;
    gathered.place_by_address();
    step(steps - 2, "rapprochement des lieux")?;
    let (forced, not_taken) = (gathered.forced, std::mem::take(&mut gathered.not_taken));
    let checks = std::mem::take(&mut gathered.checks);
    let (mut leaves, mut manifest_sources, mut report, absent) = gathered.finish(&sources, &indicator_sources)?;
    if let Some((before, aliases)) = edition::venues_in_force(options.out) {
        venues::carry_on(&venues::Before { venues: before, aliases }, &leaves.venues, &mut leaves.venue_aliases);
    }
    if let Some(path) = options.roads {
        let (roads, source) = read_roads(path)?;
        leaves.roads = Some(roads);
        manifest_sources.push(source);
    }
    report.forced = options.force.filter(|_| forced).map(ToOwned::to_owned);
    let located = leaves.venues.iter().filter(|v| v.location.own().is_some()).count();
    let venues = leaves.venues.len();

    step(steps - 1, "écriture de l’édition")?;
    let workshop = lock.workshop()?;
    let written = edition::write(&workshop, &leaves, &checks, manifest_sources, &report);
    if let Err(error) = written {
        lock.abandon(&workshop);
        return Err(BuildError::Write(error.to_string()));
    }
    if let Some(more) = more {
        step(steps - 1, "tuiles de l’édition").inspect_err(|_| lock.abandon(&workshop))?;
        if let Err(error) = edition::add_files(&workshop, more) {
            lock.abandon(&workshop);
            let stopped = options.stop.load(Ordering::Relaxed);
            return Err(if stopped { BuildError::Stopped } else { BuildError::Write(error.to_string()) });
        }
    }
    if options.stop.load(Ordering::Relaxed) {
        lock.abandon(&workshop);
        return Err(BuildError::Stopped);
    }
    let id = edition::publish(&lock, &workshop, options.keep)?;
    KeptFiles::of(options.out).prune();
    Ok(Built { id, venues, located, report, absent, not_taken })
}

/// Reads an extract; its ways are the rows of a source of its own.
fn read_roads(path: &Path) -> Result<(Roads, ManifestSource), BuildError> {
    let read = roads::read(path).map_err(BuildError::Roads)?;
    let bytes = std::fs::read(path).map_err(|error| BuildError::Unreadable(path.to_owned(), error))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let source = ManifestSource {
        id: "roads".into(),
        title: format!("Réseau routier ({name})"),
        publisher: "Contributeurs d’OpenStreetMap".into(),
        licence: "ODbL 1.0".into(),
        vintage: "date inconnue".into(),
        url: "https://www.openstreetmap.org/copyright".into(),
        role: "roads".into(),
        file: name.clone(),
        present: true,
        sha256: Some(edition::sha256(&bytes)),
        rows_read: read.ways as u64,
        published: read.ways as u64,
        ..ManifestSource::default()
    };
    Ok((Roads { network: Arc::new(read.network), source: name }, source))
}
