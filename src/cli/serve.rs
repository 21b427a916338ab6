//! `mediane serve`: the edition in force and those before it, until a signal.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::build::Limits;
use super::check::Reader;
use super::library::Folder;
use super::{Failure, exit};
use crate::editions::{self, Editions, Settings};
use crate::http::{AccessLog, State, server};
use crate::service;
use crate::store::{Location, SqlStore};

/// Memory, in kB, from which no further edition is kept open: an edition of France takes about 200 MB, and two are open more
/// than are kept while one takes the place of another. So the whole stays below 2 GiB.
const ENOUGH_MEMORY_KB: u64 = 1_500_000;

/// What the reading of one uploaded list may take.
const CHECK_MEMORY_MIB: u64 = 1024;
const CHECK_SECONDS: u64 = 20;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Address and port; port 0 takes any free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Address people know the service by; links in answers begin with it
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Threads that answer requests
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
    /// Third-party files of the map, as `npm ci` in `web/` leaves them
    #[arg(long, value_name = "DIR", default_value = "web/node_modules")]
    vendor: PathBuf,
    /// Keep scenarios there: a file, or a postgres:// URL (in the environment when it holds a password)
    #[arg(
        long,
        value_name = "PATH_OR_URL",
        help = "Keep scenarios there: an SQLite file, or a postgres:// URL; MEDIANE_STORE says the same"
    )]
    store: Option<String>,
    /// Who publishes this instance, for its mentions légales
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// How to write to them: an e-mail or a web address
    #[arg(long, value_name = "EMAIL_OR_URL")]
    contact: Option<String>,
    /// Tokens of moderators, one a line, 32 characters or more
    #[arg(long, value_name = "FILE")]
    moderators: Option<PathBuf>,
    /// Site that may show pages inside its own, as `https://exemple.fr`; may be given several times
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    embedded_by: Vec<String>,
    /// Editions kept open beside the one in force, so that `edition=` answers at once
    #[arg(long, value_name = "N", default_value_t = editions::KEPT)]
    keep_editions: usize,
    /// Reference territories and descriptions of sources, to check lists by
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Write no line per request on standard error
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let library = Arc::new(Folder::new(arguments.edition.clone()));
    let tell = Box::new(|line: &str| eprintln!("{line}"));
    let (keep, prepare) = (arguments.keep_editions, service::prepare);
    let settings = Settings { keep, tell, prepare, is_full: memory_is_short, ..Settings::default() };
    let editions = Editions::open(library, settings).map_err(|error| Failure::new(exit::INPUT, error))?;
    let log = if arguments.quiet { AccessLog::Off } else { AccessLog::Stderr };
    // Asked early, so that no visitor waits for it.
    let early = editions.current();
    std::thread::spawn(move || service::prepare(&early));
    let mut state =
        State::of(editions, || chrono::Utc::now().naive_utc()).with_access_log(log).with_vendor_dir(&arguments.vendor);
    state = state.with_parquet(crate::ingest::edition::geoparquet);
    let limits = Limits { memory_mib: CHECK_MEMORY_MIB, seconds: CHECK_SECONDS };
    let checker = Reader { data: arguments.data.clone(), source: None, today: None, limits };
    state = state.with_checker(Arc::new(checker));
    if let Some(url) = &arguments.public_url {
        state = state.with_public_url(url);
    }
    state = state
        .with_publisher(arguments.publisher.clone(), arguments.contact.clone())
        .with_embedding(arguments.embedded_by.clone());
    if let Some(path) = &arguments.moderators {
        state = state.with_moderators(moderators(path)?);
    }
    match arguments.store.clone().or_else(|| std::env::var("MEDIANE_STORE").ok()) {
        Some(place) => state = state.with_store(Arc::new(open_store(&place)?)),
        None => eprintln!("no --store: what-ifs are answered, and none can be saved"),
    }
    let process = state.process.clone();
    std::thread::spawn(move || service::follow_editions(&process));
    let options = server::Options { listen: arguments.listen, workers: usize::from(arguments.workers) };
    service::serve(state, options, |address| eprintln!("listening on http://{address}/"))
        .map_err(|error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", arguments.listen)))?;
    Ok(ExitCode::SUCCESS)
}

/// A site as `frame-ancestors` names it: scheme and host, nothing that would add to the policy.
fn origin(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |host: &&str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'))
    };
    host.filter(plain)
        .map(|_| text.to_owned())
        .ok_or_else(|| "expected an origin such as https://exemple.fr".to_owned())
}

/// The SHA-256 of each token of a file. A message never repeats a token.
fn moderators(path: &std::path::Path) -> Result<Vec<[u8; 32]>, Failure> {
    const SHORTEST: usize = 32;
    let fail = |message: String| Failure::new(exit::USAGE, format!("--moderators {}: {message}", path.display()));
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

/// Whether the process holds [`ENOUGH_MEMORY_KB`]. Where nothing tells, only the number of editions counts.
fn memory_is_short() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let held: Option<u64> = line.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|kb| kb.trim().parse().ok());
    held.is_some_and(|held| held > ENOUGH_MEMORY_KB)
}

/// Opens the store of scenarios. A message never repeats a URL: it may hold a password.
fn open_store(place: &str) -> Result<SqlStore, Failure> {
    let location: Location = place.parse().map_err(|error| Failure::new(exit::USAGE, error))?;
    let store = SqlStore::open(&location);
    store.map_err(|error| Failure::new(exit::ENVIRONMENT, format!("--store {location:?}: {error}")))
}
