//! `mediane serve`: the edition in force and those before it, until a signal.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::build::Limits;
use super::check::Reader;
use super::library::Folder;
use super::mirror::Mirror;
use super::{Failure, config, exit};
use crate::basemap::{Basemap, Tiles};
use crate::config::{self as keys, Arguments, Settings};
use crate::editions::{self, Editions};
use crate::http::process::resident_bytes;
use crate::http::{State, server};
use crate::pages;
use crate::remote::NationalGeocoder;
use crate::service;
use crate::shares::priority::{behind_answers, step_back};
use crate::store::{Location, SqlStore};
use crate::telemetry::AccessLog;
use crate::telemetry::log::{self, Form};

/// Memory, in bytes, from which no further edition is kept open: an edition of France takes about 120 MB beside what it shares, and two are open more
/// than are kept while one takes the place of another. So the whole stays below 2 GiB.
const ENOUGH_MEMORY: u64 = 1_536_000_000;

/// What the reading of one uploaded list may take.
const CHECK_MEMORY_MIB: u64 = 1024;
const CHECK_SECONDS: u64 = 20;

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    super::memory::give_back();
    let settings = config::gather(arguments)?.settings();
    log::start(if settings.log == "json" { Form::Json } else { Form::Human });
    for warning in settings.warnings() {
        tracing::warn!("{warning}");
    }
    let folder = edition_of(&settings)?;
    let base = basemap(&settings)?;
    if let Some(url) = &settings.edition_url {
        Mirror::new(url, &folder, settings.keep_editions).follow()?;
    }
    let library = Arc::new(Folder::new(folder));
    let tell = Box::new(|line: &str| tracing::info!("{line}"));
    let (keep, prepare) = (settings.keep_editions, service::prepare);
    let kept = editions::Settings { keep, tell, prepare, is_full: memory_is_short, ..editions::Settings::default() };
    // Another process may answer on this machine meanwhile; later editions are opened by a thread that this one begins.
    let opened = behind_answers(|| Editions::open(library, kept));
    let editions = opened.map_err(|error| Failure::new(exit::INPUT, error))?;
    let log = if settings.quiet { AccessLog::Off } else { AccessLog::On };
    let mut state =
        State::of(editions, || chrono::Utc::now().naive_utc()).with_access_log(log).with_vendor_dir(&settings.vendor);
    state = state.with_parquet(crate::ingest::edition::geoparquet);
    let limits = Limits { memory_mib: CHECK_MEMORY_MIB, seconds: CHECK_SECONDS };
    let checker = Reader { data: settings.reference.clone(), source: None, today: None, limits };
    state = state.with_checker(Arc::new(checker));
    pages::basemap::put(&state, base);
    if let Some(url) = &settings.geocoder {
        pages::geocoded::put(&state, geocoder(url)?);
    }
    if let Some(url) = &settings.public_url {
        state = state.with_public_url(url);
    }
    if let Some(path) = &settings.base_path {
        state = state.with_base_path(path);
    }
    state = state.with_publisher(settings.publisher, settings.contact).with_embedding(settings.embedded_by);
    state = state.with_proxies(&settings.trusted_proxies);
    if let Some(path) = &settings.moderators {
        state = state.with_moderators(moderators(path)?);
    }
    if let Some(place) = &settings.store {
        state = state.with_store(Arc::new(open_store(place)?));
    } else {
        tracing::info!("no store: what-ifs are answered, and none can be saved");
    }
    // Said before anybody can ask: the instance is ready when its figures are there.
    state.process.prepares(true);
    let process = state.process.clone();
    std::thread::spawn(move || {
        step_back();
        service::begin(&process);
        service::follow_editions(&process);
    });
    let options = server::Options {
        listen: settings.listen,
        workers: settings.workers,
        shutdown_delay: settings.shutdown_delay,
        metrics: settings.metrics_listen,
        watched: service::WATCHED,
    };
    service::serve(state, options, |address| tracing::info!("listening on http://{address}/"))
        .map_err(|error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", settings.listen)))?;
    Ok(ExitCode::SUCCESS)
}

/// The edition, which has no default.
fn edition_of(settings: &Settings) -> Result<PathBuf, Failure> {
    settings.edition.clone().ok_or_else(|| {
        let message = "no edition: give --edition DIR, MEDIANE_EDITION, or `edition` in the file of --config";
        Failure::new(exit::USAGE, message)
    })
}

/// What lies under the map: a file that cannot is refused by its name, before anybody is served without it.
fn basemap(settings: &Settings) -> Result<Basemap, Failure> {
    match &settings.basemap {
        keys::Basemap::None => Ok(Basemap::None),
        keys::Basemap::Ign => Ok(Basemap::Ign(settings.basemap_origin.clone())),
        keys::Basemap::File(path) => {
            let tiles = Tiles::open(path);
            let tiles = tiles.map_err(|why| Failure::new(exit::USAGE, format!("basemap {}: {why}", path.display())))?;
            Ok(Basemap::File(Box::new(tiles)))
        }
    }
}

/// Whom addresses are asked that no edition has.
fn geocoder(url: &str) -> Result<Arc<NationalGeocoder>, Failure> {
    let named = NationalGeocoder::new(url, |line| tracing::warn!("{line}"));
    Ok(Arc::new(named.map_err(|why| Failure::new(exit::USAGE, format!("geocoder {url}: {why}")))?))
}

/// The SHA-256 of each token of a file. A message never repeats a token.
pub(super) fn moderators(path: &std::path::Path) -> Result<Vec<[u8; 32]>, Failure> {
    const SHORTEST: usize = 32;
    let fail = |message: String| Failure::new(exit::USAGE, format!("moderators {}: {message}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())).filter(|(_, line)| !line.is_empty());
    lines
        .map(|(at, line)| {
            if line.len() < SHORTEST {
                return Err(fail(format!("line {at}: a token has {SHORTEST} characters or more, made of chance")));
            }
            Ok(Sha256::digest(line.as_bytes()).into())
        })
        .collect()
}

/// Whether the process holds [`ENOUGH_MEMORY`]. Where nothing tells, only the number of editions counts.
fn memory_is_short() -> bool {
    resident_bytes().is_some_and(|held| held > ENOUGH_MEMORY)
}

/// Opens the store of scenarios. A message never repeats a URL: it may hold a password.
fn open_store(place: &str) -> Result<SqlStore, Failure> {
    let location: Location = place.parse().map_err(|error| Failure::new(exit::USAGE, error))?;
    let store = SqlStore::open(&location);
    let store = store.map_err(|error| Failure::new(exit::ENVIRONMENT, format!("store {location:?}: {error}")))?;
    if !store.is_reached() {
        eprintln!("warning: the store cannot be reached: pages are served, and saving answers 503 until it can");
    }
    Ok(store)
}
