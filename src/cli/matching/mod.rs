//! `mediane match`: residents in, the same rows with their nearest venue out.

mod formats;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use formats::{Format, STANDARD, is_standard, match_arrow, match_parquet};

use super::only::{Only, filter_of, only};
use super::{Failure, STOP, bar, exit, say, watch_signals};
use crate::atlas::places::arrondissements::{self, ARRONDISSEMENTS, Arrondissement};
use crate::atlas::{Atlas, VenueFilter};
use crate::domain::VenueIx;
use crate::ingest;
use crate::matching::{MatchError, MatchJob, Places, Target, Targets, match_csv};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Residents: any columns, with lon and lat, or a commune or a postal code; `-` is standard input, for Arrow only
    #[arg(long, value_name = "FILE", default_value = STANDARD)]
    input: PathBuf,
    /// Where the rows go with four more columns; a file appears whole or not at all; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = STANDARD)]
    output: PathBuf,
    /// How both are written; without it as the names end: .parquet, .arrows, else CSV
    #[arg(long)]
    format: Option<Format>,
    /// Threads for Arrow; without it one for each processor, eight at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: Option<u16>,
    /// Only venues that fit a filter of the API: label=france-services, service=…, `open_on=samedi`, `pass_numerique=true`
    /// (several values: any of them; repeatable: all of the filters)
    #[arg(long, value_name = "FILTER=VALUE,VALUE", value_parser = only)]
    only: Vec<Only>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    watch_signals();
    let format = format(arguments)?;
    if !is_standard(&arguments.input) && !arguments.input.is_file() {
        return Err(Failure::new(exit::INPUT, format!("{}: no such file", arguments.input.display())));
    }
    let atlas = ingest::edition::open(&arguments.edition).map_err(|error| Failure::new(exit::INPUT, error))?;
    // The same rows on any day: what is over is so on the day of the edition, or of its newest list.
    let filter = filter_of(&arguments.only)?.asked_at(atlas.day_of_the_edition());
    let targets = targets(&atlas, &filter);
    if targets.venues().is_empty() {
        return Err(Failure::new(exit::INPUT, "no venue of this edition fits the filters"));
    }
    let places = places(&atlas);
    let job = MatchJob {
        input: &arguments.input,
        output: &arguments.output,
        targets: &targets,
        places: &places,
        stop: &STOP,
    };
    let bar = bar("{bar:30} {percent}% {binary_bytes_per_sec} {eta}");
    let told = |error: MatchError| {
        let code = match &error {
            MatchError::Stopped => exit::STOPPED,
            MatchError::Input { .. } => exit::INPUT,
            MatchError::Io { .. } => exit::ENVIRONMENT,
        };
        Failure::new(code, error)
    };
    let tally = match format {
        Format::Csv => {
            bar.set_length(std::fs::metadata(&arguments.input).map_or(0, |file| file.len()));
            match_csv(&job, |done| bar.set_position(done)).map_err(told)
        }
        Format::Parquet => match_parquet(&job, &bar).map_err(told),
        Format::Arrow => {
            let machine = || thread::available_parallelism().map_or(1, usize::from).min(8);
            match_arrow(&job, arguments.threads.map_or_else(machine, usize::from))
        }
    };
    bar.finish_and_clear();
    let tally = tally?;
    let summary = format!(
        "{} rows: {} by position, {} by commune, {} by postal code, {} unknown; {} venues",
        tally.rows,
        tally.by_position,
        tally.by_commune,
        tally.by_postcode,
        tally.unknown,
        targets.venues().len()
    );
    if is_standard(&arguments.output) {
        eprintln!("{summary}");
    } else {
        say([summary])?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The format of both sides; what cannot be said is refused before the edition is opened.
fn format(arguments: &Arguments) -> Result<Format, Failure> {
    let usage = |message: String| Failure::new(exit::USAGE, message);
    let [input, output] = [&arguments.input, &arguments.output];
    let of = |path: &Path| (!is_standard(path)).then(|| Format::of(path));
    let format = match (arguments.format, of(input), of(output)) {
        (Some(format), _, _) | (None, Some(format), None) | (None, None, Some(format)) => format,
        (None, Some(one), Some(other)) if one == other => one,
        (None, Some(one), Some(other)) => {
            return Err(usage(format!("the input is {one:?} and the output {other:?}, expected one format of both")));
        }
        (None, None, None) => {
            return Err(usage("no file is named, expected --input and --output, or --format arrow".into()));
        }
    };
    if format != Format::Arrow && (is_standard(input) || is_standard(output)) {
        return Err(usage("--input and --output must name files; only --format arrow goes through a pipe".into()));
    }
    if !is_standard(input)
        && input.canonicalize().is_ok_and(|path| output.canonicalize().is_ok_and(|other| path == other))
    {
        return Err(usage(format!("{} is the input too, expected another output", output.display())));
    }
    Ok(format)
}

fn targets(atlas: &Atlas, filter: &VenueFilter) -> Targets {
    let fitting = atlas.venues().iter_enumerated().filter(|(i, _)| filter.accepts(atlas, *i));
    let target = |(i, venue): (VenueIx, &crate::domain::Venue)| {
        let (position, way) = atlas.venue_spot(i)?;
        Some(Target { id: venue.id.clone(), name: venue.name.clone(), position, way })
    };
    Targets::new(fitting.filter_map(target).collect())
}

/// Communes at their point, old codes at that of their commune, postal codes at that of their most populous commune;
/// arrondissements at their own, by either code.
fn places(atlas: &Atlas) -> Places {
    let current = atlas.communes().iter().filter_map(|commune| Some((commune.code.as_str(), commune.point?)));
    let old = atlas.places().aliases().filter_map(|alias| {
        let commune = atlas.places().by_code(alias.code)?;
        Some((alias.code.as_str(), atlas.communes()[commune].point?))
    });
    let mut by_size: Vec<_> = atlas.communes().iter().collect();
    by_size.sort_by_key(|commune| (commune.population, std::cmp::Reverse(commune.code)));
    // The last one stays: the most populous.
    let postcodes = by_size.into_iter().filter_map(|commune| Some((commune, commune.point?)));
    let postcodes = postcodes.flat_map(|(commune, point)| commune.postcodes.iter().map(move |p| (p.as_str(), point)));
    let parts: Vec<(String, &Arrondissement)> = ARRONDISSEMENTS
        .iter()
        .filter_map(|of| Some((of, &atlas.communes()[atlas.places().by_code(arrondissements::town_code(of))?])))
        .flat_map(|(of, town)| postcodes_of(of, &town.postcodes).map(move |postcode| (postcode, of)))
        .collect();
    let by_code = parts.iter().map(|(_, of)| (of.code, of.position()));
    let by_postcode = parts.iter().map(|(postcode, of)| (postcode.as_str(), of.position()));
    Places::new(current.chain(old).chain(by_code), postcodes.chain(by_postcode))
}

/// The postal codes of an arrondissement: the 16e of Paris has two, one of which is its INSEE code, as the postal codes of its
/// town say; 13210 is the INSEE code of the 10e of Marseille, and the postal code of another town.
fn postcodes_of(of: &Arrondissement, of_town: &[String]) -> impl Iterator<Item = String> + use<> {
    let second = of_town.iter().find(|postcode| *postcode == of.code).cloned();
    std::iter::once(of.postcode()).chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_16e_of_paris_has_two_postal_codes_and_the_10e_of_marseille_one() {
        let of = |code: &str, of_town: &[&str]| {
            let of_town: Vec<String> = of_town.iter().map(|text| (*text).to_owned()).collect();
            postcodes_of(arrondissements::of_code(code).unwrap(), &of_town).collect::<Vec<_>>()
        };
        assert_eq!(of("75116", &["75015", "75016", "75116"]), ["75016", "75116"]);
        assert_eq!(of("75103", &["75003", "75116"]), ["75003"]);
        assert_eq!(of("13210", &["13009", "13010"]), ["13010"]);
    }
}
