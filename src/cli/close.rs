//! `mediane close`: which places of a territory could close and hurt least.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Failure, exit, say};
use crate::atlas::Atlas;
use crate::ingest;
use crate::planning::Area;
use crate::searches::closures::ClosureQuestion;
use crate::searches::report::place;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Whose places, and whose people: departements/23
    #[arg(long, value_name = "TERRITORY")]
    territory: String,
    /// How many close
    #[arg(long, value_name = "N")]
    closures: String,
    /// Which places may: venues, france-services, conseillers, posts
    #[arg(long, value_name = "LIST")]
    existing: Option<String>,
    /// How people travel: walk, bicycle, car
    #[arg(long, value_name = "MODE")]
    mode: Option<String>,
    /// What is near, in minutes of travel: 15 unless told
    #[arg(long, value_name = "MINUTES")]
    minutes: Option<String>,
    /// What hurts: minutes that people travel more, or persons who are near no place any more
    #[arg(long, value_name = "WHAT")]
    hurt: Option<String>,
    /// Who counts: need, offline, weak-skills, expected, population, or the id of an indicator in percent
    #[arg(long, value_name = "WHO")]
    demand: Option<String>,
    /// National number of persons in need
    #[arg(long, value_name = "NUMBER")]
    denominator: Option<String>,
}

/// What is said first where a commune of today answers for another code: an arrondissement, or a commune of old.
pub(super) fn instead(atlas: &Atlas, asked: &Area) -> Option<String> {
    let place = place(atlas, asked);
    let old = place.replaced?;
    Some(format!("{old} is no commune of its own here: what follows is about all of {} ({})", place.name, place.code))
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let refused = |error: &dyn std::fmt::Display| Failure::new(exit::INPUT, error);
    let atlas = ingest::edition::open(&arguments.edition).map_err(|error| refused(&error))?;
    let question = ClosureQuestion::parse(&atlas, |name| match name {
        "territory" => Some(arguments.territory.clone()),
        "closures" => Some(arguments.closures.clone()),
        "existing" => arguments.existing.clone(),
        "mode" => arguments.mode.clone(),
        "minutes" => arguments.minutes.clone(),
        "hurt" => arguments.hurt.clone(),
        "demand" => arguments.demand.clone(),
        "denominator" => arguments.denominator.clone(),
        _ => None,
    });
    let question = question.map_err(|problem| refused(&problem))?;
    say(instead(&atlas, &question.asked().request.territory))?;
    let found = question.solve(&atlas).map_err(|error| refused(&error))?;
    let mut lines: Vec<String> = found
        .closed
        .iter()
        .map(|place| {
            let go_to = place.go_to.as_ref().map_or(
                if place.persons == 0 { "nobody's nearest" } else { "nowhere near" }.to_owned(),
                |(_, name, persons)| format!("{persons} to {name}"),
            );
            format!(
                "{} ({}): {} persons, {} lost, {:.1} min then, {:.1} min today; {go_to}",
                place.name, place.id, place.persons, place.persons_lost, place.minutes[1], place.minutes[0]
            )
        })
        .collect();
    lines.push(format!(
        "{} of {} places close; {} of {} persons near one, {} today; mean way {:.3} min, {:.3} today",
        found.closed.len(),
        found.places.len(),
        found.near[1],
        found.persons,
        found.near[0],
        found.mean_minutes[1],
        found.mean_minutes[0]
    ));
    let proof = if found.proven { "proven: no others hurt less" } else { "not proven" };
    lines.push(format!("{proof}; bound {:.3}; {:.2} s", found.bound, found.seconds));
    say(lines)?;
    Ok(ExitCode::SUCCESS)
}
