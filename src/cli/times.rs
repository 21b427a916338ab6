//! `mediane times`: pairs of places in, their minutes out, as the API has them.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{Failure, exit};
use crate::access::{Mode, Season};
use crate::domain::{Degrees, Position};
use crate::ingest;

/// Columns of the input.
const NAMES: [&str; 4] = ["from_lon", "from_lat", "to_lon", "to_lat"];

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Pairs: CSV with `from_lon`, `from_lat`, `to_lon`, `to_lat`; other columns are kept
    #[arg(long, value_name = "PAIRS.csv")]
    input: PathBuf,
    /// walk, bicycle or car
    #[arg(long, value_name = "MODE", default_value = "car", value_parser = mode)]
    mode: Mode,
    /// Count what is open in summer only: mountain passes, boats of the season
    #[arg(long)]
    summer: bool,
}

fn mode(text: &str) -> Result<Mode, String> {
    Mode::from_name(text).ok_or_else(|| format!("expected one of {}", Mode::ALL.map(Mode::name).join(", ")))
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let path = arguments.input.display();
    let input = |line: u64, message: String| Failure::new(exit::INPUT, format!("{path}: line {line}: {message}"));
    let mut reader = csv::Reader::from_path(&arguments.input).map_err(|error| input(1, error.to_string()))?;
    let headers = reader.headers().map_err(|error| input(1, error.to_string()))?.clone();
    let column = |name: &str| {
        let known = headers.iter().position(|header| header.trim() == name);
        known.ok_or_else(|| input(1, format!("no column {name}; expected {}", NAMES.join(", "))))
    };
    let columns = [column(NAMES[0])?, column(NAMES[1])?, column(NAMES[2])?, column(NAMES[3])?];
    let mut rows = Vec::new();
    let mut ways = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|error| input(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let number = |rank: usize| {
            let text = record.get(columns[rank]).unwrap_or_default();
            text.trim().parse::<f64>().map_err(|_| input(line, format!("{} {text:?}: expected degrees", NAMES[rank])))
        };
        let place = |lon: usize, lat: usize| -> Result<Position, Failure> {
            let degrees = Degrees { lon: number(lon)?, lat: number(lat)? };
            Position::in_france(degrees).map_err(|error| input(line, error.to_string()))
        };
        ways.push((place(0, 1)?, place(2, 3)?));
        rows.push(record);
    }
    let atlas = ingest::edition::open(&arguments.edition).map_err(|error| Failure::new(exit::INPUT, error))?;
    let season = if arguments.summer { Season::Summer } else { Season::AllYear };
    let journeys = atlas.journeys(arguments.mode, season, &ways);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let disk = |error: &dyn std::fmt::Display| Failure::new(exit::ENVIRONMENT, error);
    let added = ["minutes", "minutes_low", "minutes_high", "basis", "crossings", "minutes_on_foot_after"];
    writer.write_record(headers.iter().chain(added)).map_err(|error| disk(&error))?;
    for (row, journey) in rows.iter().zip(&journeys) {
        let tenths = |seconds: crate::domain::Seconds| format!("{:.1}", seconds.minutes());
        let bound = |rank: usize| journey.as_ref().and_then(|journey| journey.range).map(|range| tenths(range[rank]));
        let more = [
            journey.as_ref().map(|journey| tenths(journey.time)).unwrap_or_default(),
            bound(0).unwrap_or_default(),
            bound(1).unwrap_or_default(),
            journey.as_ref().map_or("none", |journey| journey.basis.name()).to_owned(),
            journey.as_ref().map(|journey| journey.crossings.join("|")).unwrap_or_default(),
            journey.as_ref().map(|journey| tenths(journey.afoot)).unwrap_or_default(),
        ];
        writer.write_record(row.iter().chain(more.iter().map(String::as_str))).map_err(|error| disk(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| disk(&error))?;
    match std::io::stdout().lock().write_all(&bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(disk(&error)),
        _ => Ok(ExitCode::SUCCESS),
    }
}
