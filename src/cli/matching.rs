//! `mediane match`: residents in, the same rows with their nearest venue out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use super::only::{Only, filter_of, only};
use super::{Failure, STOP, bar, exit, say, watch_signals};
use crate::atlas::{Atlas, VenueFilter};
use crate::domain::VenueIx;
use crate::ingest;
use crate::matching::{
    CLUE_COLUMNS, Clues, MatchError, MatchJob, OUTPUT_COLUMNS, Places, Tally, Target, Targets, match_csv,
};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Residents: CSV, or Parquet when the name ends so; any columns, with lon and lat, or a commune or a postal code
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// Where the rows go with four more columns; appears whole or not at all
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// Only venues that fit a filter of the API: label=france-services, service=…, `open_on=samedi`, `pass_numerique=true`
    /// (several values: any of them; repeatable: all of the filters)
    #[arg(long, value_name = "FILTER=VALUE,VALUE", value_parser = only)]
    only: Vec<Only>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    watch_signals();
    let atlas = ingest::edition::open(&arguments.edition).map_err(|error| Failure::new(exit::INPUT, error))?;
    let filter = filter_of(&arguments.only);
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
    let bytes = std::fs::metadata(&arguments.input).map_or(0, |file| file.len());
    let bar = bar("{bar:30} {percent}% {binary_bytes_per_sec} {eta}");
    bar.set_length(bytes);
    let parquet = |path: &Path| path.extension().is_some_and(|extension| extension == "parquet");
    let tally = match (parquet(&arguments.input), parquet(&arguments.output)) {
        (true, true) => match_parquet(&job, &bar),
        (false, false) => match_csv(&job, |done| bar.set_position(done)),
        _ => return Err(Failure::new(exit::INPUT, "input and output must both be CSV or both be .parquet")),
    };
    bar.finish_and_clear();
    let tally = tally.map_err(|error| {
        let code = match &error {
            MatchError::Stopped => exit::STOPPED,
            MatchError::Input { .. } => exit::INPUT,
            MatchError::Io { .. } => exit::ENVIRONMENT,
        };
        Failure::new(code, error)
    })?;
    say([format!(
        "{} rows: {} by position, {} by commune, {} by postal code, {} unknown; {} venues",
        tally.rows,
        tally.by_position,
        tally.by_commune,
        tally.by_postcode,
        tally.unknown,
        targets.venues().len()
    )])?;
    Ok(ExitCode::SUCCESS)
}

/// The Parquet twin of [`match_csv`]: ingest reads and writes, matching answers.
fn match_parquet(job: &MatchJob<'_>, bar: &indicatif::ProgressBar) -> Result<Tally, MatchError> {
    let mut tally = Tally::default();
    let answer = |texts: ingest::ResidentTexts<'_>| {
        let (found, basis) = job.answer(
            Clues {
                longitude: texts.longitude.as_bytes(),
                latitude: texts.latitude.as_bytes(),
                commune: texts.commune.as_bytes(),
                postcode: texts.postcode.as_bytes(),
            },
            &mut tally,
        );
        let venue = found.map(|found| &job.targets.venues()[found.ordinal as usize]);
        ingest::Annotation {
            id: venue.map(|venue| venue.id.clone()),
            name: venue.map(|venue| venue.name.clone()),
            distance_m: found.map(|found| found.distance.value() as u32),
            basis,
        }
    };
    bar.set_length(0);
    let progress = |rows: usize| {
        bar.set_position(rows as u64);
        !STOP.load(Ordering::Relaxed)
    };
    let done = ingest::annotate_parquet(job.input, job.output, CLUE_COLUMNS, OUTPUT_COLUMNS, answer, progress);
    match done {
        Ok(true) => Ok(tally),
        Ok(false) => Err(MatchError::Stopped),
        Err(error) => Err(MatchError::Io { path: job.input.to_owned(), source: std::io::Error::other(error) }),
    }
}

fn targets(atlas: &Atlas, filter: &VenueFilter) -> Targets {
    let fitting = atlas.venues().iter_enumerated().filter(|(i, _)| filter.accepts(atlas, *i));
    let target = |(i, venue): (VenueIx, &crate::domain::Venue)| {
        let (position, way) = atlas.venue_spot(i)?;
        Some(Target { id: venue.id.clone(), name: venue.name.clone(), position, way })
    };
    Targets::new(fitting.filter_map(target).collect())
}

/// Communes at their point, old codes at that of their commune, postal codes at that of their most populous commune.
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
    Places::new(current.chain(old), postcodes)
}
