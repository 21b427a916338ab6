//! `mediane place`: where the next posts should go, as a plan with its certificate; and the check of such a plan.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::close::instead;
use super::replay::replay;
use super::{Failure, STOP, bar, exit, say, watch_signals};
use crate::atlas::Atlas;
use crate::ingest;
use crate::matching::PartialFile;
use crate::placement::{Plan, Progress, Threads};
use crate::planning::{Answer, Document, FIELDS, Limit, Measure, Request, Standing, Status, Study};

/// Sites named in the summary.
const NAMED: usize = 10;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Where the plan goes; appears whole or not at all
    #[arg(long, value_name = "FILE", required_unless_present_any = ["verify", "replay"])]
    output: Option<PathBuf>,
    /// Check this plan against the edition instead of making one
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    verify: Option<PathBuf>,
    /// Ask the question of this plan again: the same rounds give the same bytes, or this says where they differ
    #[arg(long, value_name = "FILE", conflicts_with = "verify")]
    replay: Option<PathBuf>,
    /// Threads of the search; they change the time, never the plan of so many --rounds
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2))]
    threads: u8,
    #[command(flatten)]
    asked: Asked,
}

/// The fields of a request, one flag for each: the names are those of an address, with hyphens.
struct Asked(Vec<(String, String)>);

/// The flag of a field. Leaked, because flags live as long as the process.
fn flag(name: &str) -> &'static str {
    name.replace('_', "-").leak()
}

impl clap::Args for Asked {
    fn augment_args(command: clap::Command) -> clap::Command {
        let flags = FIELDS.iter().map(|field| {
            clap::Arg::new(field.name)
                .long(flag(field.name))
                .help(field.help)
                .value_name("VALUE")
                .allow_hyphen_values(true)
                .help_heading("The question")
                .conflicts_with_all(["verify", "replay"])
        });
        command.args(flags)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Asked {
    fn from_arg_matches(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
        let given = FIELDS.iter().filter_map(|field| {
            let value = matches.get_one::<String>(field.name)?;
            Some((field.name.to_owned(), value.clone()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    watch_signals();
    let atlas = || ingest::edition::open(&arguments.edition).map_err(|error| Failure::new(exit::INPUT, error));
    let threads = if arguments.threads == 1 { Threads::One } else { Threads::Two };
    if let Some(file) = &arguments.replay {
        return replay(file, &atlas()?, threads, arguments.output.as_deref());
    }
    match (&arguments.verify, &arguments.output) {
        (Some(file), _) => verify(file, &atlas()?),
        (None, Some(output)) => {
            // A question that cannot be read is refused before the edition is.
            let request = Request::from_pairs(&with_files(&arguments.asked.0)?).map_err(refused)?;
            place(&request, &atlas()?, threads, output)
        }
        (None, None) => Err(Failure::new(exit::INPUT, "--output, --verify or --replay FILE is needed")),
    }
}

/// The same with the text of a list that is a file: `--sites @candidats.csv`.
fn with_files(asked: &[(String, String)]) -> Result<Vec<(String, String)>, Failure> {
    let read = |(name, value): &(String, String)| {
        let file = value.strip_prefix('@').filter(|_| name == "sites");
        let text = file.map_or_else(|| Ok(value.clone()), fs::read_to_string);
        let unreadable = |error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", file.unwrap_or_default()));
        Ok((name.clone(), text.map_err(unreadable)?))
    };
    asked.iter().map(read).collect()
}

fn refused(error: impl ToString) -> Failure {
    Failure::new(exit::INPUT, error)
}

fn place(request: &Request, atlas: &Atlas, threads: Threads, output: &Path) -> Result<ExitCode, Failure> {
    let study = Study::new(atlas, request).map_err(refused)?;
    let unwritable = |error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", output.display()));
    // A minute of search is not to end at a folder that is not there.
    let mut file = PartialFile::create(output).map_err(unwritable)?;
    let bar = bar("{spinner} {elapsed} {msg}");
    let (mut first, mut last) = (None, Duration::ZERO);
    let plan = study.solve(threads, &mut |standing: &Standing| {
        let Standing { progress: Progress { objective, bound, rounds }, gap_percent, elapsed } = *standing;
        let [value, bound] = [objective, bound].map(|value| study.in_measure(value));
        first.get_or_insert((elapsed, gap_percent));
        last = elapsed;
        bar.tick();
        bar.set_message(format!("round {rounds}: {value:.2}, bound {bound:.2}, gap {}", gap(gap_percent)));
        if STOP.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    let seconds = plan.stopped.then_some(last.as_secs_f64());
    let document = Document::new(&study, &plan, seconds);
    file.write_all(document.to_json().as_bytes()).map_err(unwritable)?;
    file.publish().map_err(unwritable)?;
    let mut lines: Vec<String> = instead(atlas, &request.territory).into_iter().collect();
    if STOP.load(Ordering::Relaxed) {
        lines.push("stopped by a signal: this is the plan so far".to_owned());
    }
    let answer = study.answer_in(&plan, &mut |_| study.has_time());
    lines.extend(summary(&study, &plan, &answer));
    if !answer.untold.is_empty() {
        let parts: Vec<&str> = answer.untold.iter().map(|part| part.name()).collect();
        lines.push(format!("not worked out for want of time: {}", parts.join(", ")));
    }
    if let Some((elapsed, gap)) = first {
        lines.push(format!(
            "search: {} rounds in {:.2} s{}; first plan after {:.2} s, gap {}",
            plan.rounds,
            last.as_secs_f64(),
            if plan.stopped { ", ended by the clock: more time may find another plan" } else { "" },
            elapsed.as_secs_f64(),
            self::gap(gap)
        ));
    }
    lines.push(format!("written: {}", output.display()));
    say(lines)?;
    Ok(ExitCode::SUCCESS)
}

fn verify(file: &Path, atlas: &Atlas) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", file.display())))?;
    let document = Document::from_json(&text).map_err(refused)?;
    let (study, plan) = document.verify(atlas).map_err(refused)?;
    let [points, sites, pairs] = document.certificate.size;
    say([
        format!("edition {}: the one the plan was made for", document.edition),
        format!("instance {}: SHA-256 of request and edition", document.instance),
        format!("problem rebuilt: {points} demand points, {sites} sites, {pairs} pairs"),
        format!("sites: {} new posts within the limit, none forbidden, none missing", plan.posts()),
        format!("value counted again: {}", said(&study, study.in_measure(plan.objective))),
        format!("bound proven again: {} ({})", said(&study, study.in_measure(plan.bound)), document.certificate.method),
        format!("certificate: {}", verdict(&plan, &study)),
        "the plan stands".to_owned(),
    ])?;
    Ok(ExitCode::SUCCESS)
}

/// What the bound says, in a few words.
fn verdict(plan: &Plan, study: &Study) -> String {
    match Status::of(plan, study.problem().objective().shape()) {
        Status::Optimal => "optimal: no plan is better".to_owned(),
        Status::OptimalForTheLeast => {
            "optimal for the territory that is worst off; of the next ones nothing is proven".to_owned()
        }
        Status::WithinGap => format!("gap {}: no plan is better by more", gap(plan.gap_percent())),
        Status::FallsShort if plan.least_shortfall > 0 => {
            "the means do not suffice for what was asked, which is proven".to_owned()
        }
        Status::FallsShort => "no plan was found that does what was asked".to_owned(),
    }
}

/// A gap in percent; a value of nothing has none.
fn gap(percent: Option<f64>) -> String {
    percent.map_or_else(|| "unknown".to_owned(), |percent| format!("{percent:.3} %"))
}

/// A value with its unit.
fn said(study: &Study, value: f64) -> String {
    let digits = match study.measure() {
        Measure::Persons | Measure::Posts | Measure::Euros => 0,
        Measure::Share => 4,
        Measure::PersonEquivalents | Measure::MeanWay | Measure::LongestWay => 2,
    };
    format!("{value:.digits$} {}", study.measure_words())
}

fn summary(study: &Study, plan: &Plan, answer: &Answer) -> Vec<String> {
    let whole = &answer.summary;
    let percent = |part: u64| 100.0 * part as f64 / whole.persons.max(1) as f64;
    let minutes =
        |minutes: Option<f64>| minutes.map_or("none in reach".to_owned(), |minutes| format!("{minutes:.1} min"));
    let mut lines = vec![
        format!("{} new posts beside {} that stay, {} € a year", whole.posts, whole.existing_posts, whole.cost_eur),
        format!(
            "persons within reach: {} of {} ({:.2} %), before {} ({:.2} %)",
            whole.covered_after,
            whole.persons,
            percent(whole.covered_after),
            whole.covered_before,
            percent(whole.covered_before)
        ),
        format!("mean way by estimate: {}, before {}", minutes(whole.minutes_after), minutes(whole.minutes_before)),
        format!("value {}, bound {}; {}", said(study, whole.value), said(study, whole.bound), verdict(plan, study)),
    ];
    let left = match study.request().limit {
        Limit::Posts(posts) if whole.measure != Measure::Posts => posts - whole.posts,
        _ => 0,
    };
    if left > 0 {
        lines.push(format!("{left} posts are left: by this measure one more brings nothing"));
    }
    if whole.communes_unknown > 0 {
        lines.push(format!("left out: {} communes whose persons or place nobody knows", whole.communes_unknown));
    }
    if whole.joined > 0 {
        lines.push(format!("places of demand joined to {} persons or more, for want of room", whole.joined));
    }
    for site in answer.sites.iter().take(NAMED) {
        let runner_up = site.runner_up.as_ref().map_or(String::new(), |(_, name, _)| format!("; else {name}"));
        lines.push(format!(
            "{:>4}. {} ({}): {} persons in {} communes, {} out of reach before{runner_up}",
            site.rank,
            site.name,
            site.id,
            site.persons,
            site.serves.len(),
            site.persons_gained
        ));
    }
    if answer.sites.len() > NAMED {
        lines.push(format!("      and {} more sites", answer.sites.len() - NAMED));
    }
    for other in &answer.baselines {
        let better =
            other.ours_is_better_percent.map_or(String::new(), |percent| format!("; ours is {percent:+.2} % better"));
        lines.push(format!("{:<16} {} posts, {} persons within reach{better}", other.name, other.posts, other.covered));
    }
    lines
}
