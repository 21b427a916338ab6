//! `mediane fetch`: the official files, from their publishers into a local mirror.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use super::{Failure, STOP, bar, exit, say, watch_signals};
use crate::ingest::{DIGEST_SUFFIX, official_files};
use crate::remote::{Request, fetch};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Local mirror to fill
    #[arg(long, value_name = "DIR", default_value = ".cache/sources")]
    cache: PathBuf,
    /// Descriptions of sources
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Only this source (repeatable)
    #[arg(long, value_name = "ID")]
    source: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    watch_signals();
    let mut files = official_files(&arguments.data).map_err(|error| Failure::new(exit::INPUT, error))?;
    if let Some(unknown) = arguments.source.iter().find(|id| !files.iter().any(|file| file.id == **id)) {
        return Err(Failure::new(exit::INPUT, format!("no source has the id {unknown}; see data/sources")));
    }
    files.retain(|file| arguments.source.is_empty() || arguments.source.contains(&file.id));
    let mut failed = 0;
    for file in &files {
        if STOP.load(Ordering::Relaxed) {
            return Err(Failure::new(exit::STOPPED, "stopped; the files fetched so far stay"));
        }
        let note = if file.url_verified { "" } else { " (address not verified)" };
        let bar = bar("{msg} {bytes}");
        bar.set_message(file.id.clone());
        let path = arguments.cache.join(&file.file);
        let request = Request { sha256: file.sha256.clone(), ..Request::new(&file.url, &path) };
        let fetched = fetch(&request, &mut |progress| bar.set_position(progress.received));
        bar.finish_and_clear();
        match fetched {
            Ok(fetched) => {
                keep_digest(&path, &fetched.sha256)?;
                say([format!("{}: {} bytes, sha256 {}{note}", file.id, fetched.bytes, fetched.sha256)])?;
            }
            Err(error) => {
                failed += 1;
                say([format!("{}: {error}{note}; what was there before stays", file.id)])?;
            }
        }
    }
    if failed > 0 {
        return Err(Failure::new(exit::ENVIRONMENT, format!("{failed} of {} files could not be fetched", files.len())));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes what was received beside the file, as `sha256sum` does: a build reads nothing else under its name.
fn keep_digest(path: &Path, sha256: &str) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(DIGEST_SUFFIX);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let written = fs::write(&beside, format!("{sha256}  {name}\n"));
    written.map_err(|error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", Path::new(&beside).display())))
}
