//! `mediane check`: the doctor of lists, for whoever makes one.

mod reader;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;

use super::build::Limits;
use super::{Failure, exit};
use crate::ingest::doctor::{self, Given};
use crate::tables::findings::{Outcome, csv, html, text};

pub(super) use reader::Reader;

/// Largest list, in bytes.
const LARGEST: u64 = 200 << 20;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The list: CSV, JSON, `GeoJSON` or Parquet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Its description, when its columns are none of those that are known
    #[arg(long, value_name = "TOML")]
    source: Option<PathBuf>,
    /// How findings are told: text, html or csv; json is everything, for programs
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "html", "csv", "json"])]
    format: String,
    /// Where to; standard output unless told
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// End with 7 on remarks too
    #[arg(long)]
    strict: bool,
    /// Reference territories and descriptions of sources
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Day of the check, ISO; later dates in the list mean unknown [default: today]
    #[arg(long, value_name = "DAY")]
    today: Option<NaiveDate>,
    #[command(flatten)]
    limits: Limits,
    /// This process is the one that reads
    #[arg(long, hide = true)]
    reading: bool,
    /// Name of the list in messages
    #[arg(long, hide = true, value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.reading {
        return read(arguments);
    }
    if !arguments.file.is_file() {
        return Err(Failure::new(exit::INPUT, format!("{}: no such file", arguments.file.display())));
    }
    let reader = Reader {
        data: arguments.data.clone(),
        source: arguments.source.clone(),
        today: arguments.today,
        limits: arguments.limits,
    };
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let json = reader.of_file(&name, &arguments.file).map_err(|why| Failure::new(exit::INPUT, why))?;
    let outcome: Outcome =
        serde_json::from_slice(&json).map_err(|error| Failure::new(exit::INTERNAL, format!("the reader: {error}")))?;
    let told = match arguments.format.as_str() {
        "html" => html(&outcome).into_bytes(),
        "csv" => csv(&outcome).into_bytes(),
        "json" => json,
        _ => text(&outcome).into_bytes(),
    };
    match &arguments.out {
        Some(path) => std::fs::write(path, &told)
            .map_err(|error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", path.display())))?,
        None => write(&told)?,
    }
    let faulty = outcome.loses() || arguments.strict && !outcome.findings().is_empty();
    Ok(if faulty { ExitCode::from(exit::FINDINGS) } else { ExitCode::SUCCESS })
}

fn write(bytes: &[u8]) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(exit::ENVIRONMENT, error)),
        _ => Ok(()),
    }
}

/// Reads the list in this process, which is the child of another, and tells everything as JSON.
fn read(arguments: &Arguments) -> Result<ExitCode, Failure> {
    super::build::enter(arguments.limits)
        .map_err(|error| Failure::new(exit::ENVIRONMENT, format!("limits of the reading process: {error}")))?;
    let bytes = bytes_of(&arguments.file).map_err(|error| Failure::new(exit::INPUT, error))?;
    let given = Given {
        file: arguments.name.as_deref().unwrap_or("liste"),
        source: arguments.source.as_deref(),
        data: &arguments.data,
        today: arguments.today.unwrap_or_else(|| chrono::Utc::now().date_naive()),
    };
    let checked = doctor::check(&bytes, &given).map_err(|error| Failure::new(exit::INPUT, error))?;
    let json = serde_json::to_vec(&checked).map_err(|error| Failure::new(exit::INTERNAL, error))?;
    write(&json)?;
    Ok(ExitCode::SUCCESS)
}

/// The bytes of a file, or of standard input when its name is `-`.
fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("{}: {error}", path.display()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("{}: more than {LARGEST} bytes, the limit", path.display()));
    }
    Ok(bytes)
}
