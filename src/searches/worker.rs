//! Who works on the jobs of a store: one thread that gives signs of life, looks at the board and takes the next job, one that
//! searches, one that reads the answers of other processes.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use serde_json::Value;

use super::asked::{BELOW_ONE_POST, IMPOSSIBLE};
use super::desk::{Desk, Running};
use super::job::Stage;
use super::jobs::{MOST_ASKERS, MOST_KEPT, MOST_QUEUED};
use super::solve::{self, Solved};
use super::{Placement, kept};
use crate::editions::{Found, Snapshot, Wanted};
use crate::http::problem::{Problem, panic_text};
use crate::http::{Process, State};
use crate::ports::{Board, LEASE, PlanLimits, PlanLine, PlanState, PlanStore, PlanText, StoreError, wait};
use crate::shares::limits::MOST_SEARCHES_OF_ONE;
use crate::shares::secret::Secret;

/// How many jobs there may be, over all processes.
pub const LIMITS: PlanLimits =
    PlanLimits { waiting: MOST_QUEUED, of_one: MOST_SEARCHES_OF_ONE, keys: MOST_ASKERS, over: MOST_KEPT };

/// Time between two looks at the board while somebody here waits, and while nobody does.
const LOOK: Duration = Duration::from_millis(250);
const IDLE: Duration = Duration::from_secs(1);
/// Time between two signs of life.
const BEAT: Duration = Duration::from_millis(450);
/// Time without a word of the store after which our own search stops: another process may begin it when the lease is over.
const ALONE: Duration = Duration::from_secs(LEASE.as_secs() - 3);
/// Time between two tries to keep an answer.
const AGAIN: Duration = Duration::from_millis(200);
/// Time between two tidyings.
const TIDY: Duration = Duration::from_secs(5);
/// Time after which a job that nobody begins, while nobody works, belongs to an edition that nobody has.
const NOBODY_HAS_IT: Duration = Duration::from_secs(10);
/// What the text of a plan begins with; why there is none begins otherwise.
const PLAN: &str = "plan ";
/// Short names of why a job has no plan.
const SEARCH_LOST: &str = "search-lost";
const EDITION_GONE: &str = "edition-gone";
/// All of them.
const CODES: [&str; 5] = [IMPOSSIBLE, BELOW_ONE_POST, SEARCH_LOST, EDITION_GONE, "internal-error"];
/// Times that an answer is asked for.
const TRIES: u32 = 10;

/// Begins to work on the jobs of the store, once; nothing where there is none.
pub fn begin(process: &Arc<Process>) {
    if process.plans.is_some() && process.kept::<Desk>().begins() {
        let process = process.clone();
        thread::spawn(move || tend(&process));
    }
}

/// Gives back what is under way, and begins nothing any more.
pub fn close(process: &Process) {
    let Some(store) = &process.plans else { return };
    if let Some(claim) = process.kept::<Desk>().close() {
        // When it cannot be said, the lease says it.
        let _ = wait(store.give_back(claim));
    }
}

/// What the looking thread remembers from one look to the next.
struct Looks {
    /// Who we are: nobody else has this name.
    name: String,
    /// Whose question was worked on last.
    served: String,
    beaten: Option<Instant>,
    tidied: Option<Instant>,
    /// Since when jobs wait that nobody takes.
    lonely: HashMap<String, Instant>,
}

fn tend(process: &Arc<Process>) {
    let (Some(store), desk) = (process.plans.clone(), process.kept::<Desk>()) else { return };
    // A name that is not made of chance is at least that of this process.
    let name = Secret::fresh().unwrap_or_else(|| format!("process {}", std::process::id()));
    let mut looks = Looks { name, served: String::new(), beaten: None, tidied: None, lonely: HashMap::new() };
    while !desk.is_closing() {
        let looked = catch_unwind(AssertUnwindSafe(|| look(process, desk, store.as_ref(), &mut looks)));
        if let Err(panic) = looked {
            // It is in the log; the next look may do.
            let _ = process.incident("plans", &panic_text(panic.as_ref()));
        }
        desk.wait(if desk.is_followed() { LOOK } else { IDLE });
    }
}

/// One look. A store that does not answer is asked again at the next.
fn look(process: &Arc<Process>, desk: &Desk, store: &dyn PlanStore, looks: &mut Looks) -> Result<(), StoreError> {
    if let Some(running) = desk.under_way()
        && looks.beaten.is_none_or(|then| then.elapsed() > BEAT)
    {
        looks.beaten = Some(Instant::now());
        match wait(store.beat(running.claim.clone(), kept::moments(&running.job.moments()))) {
            Ok(true) => desk.confirm(&running.claim),
            Ok(false) => taken_away(desk, store, &running),
            Err(_) if running.confirmed.elapsed() > ALONE => desk.lose(&running),
            Err(_) => (),
        }
    }
    if looks.tidied.is_none_or(|then| then.elapsed() > TIDY) {
        let detail = "the process that searched ended before the search did, several times: it is not tried again";
        let given_up = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, SEARCH_LOST, detail);
        wait(store.tidy(LIMITS, given_up.to_json().to_string()))?;
        looks.tidied = Some(Instant::now());
    }
    let board = wait(store.board())?;
    desk.follow(&board);
    if desk.reads() {
        let process = process.clone();
        thread::spawn(move || read(&process));
    }
    if desk.under_way().is_none() && !desk.is_closing() {
        take_next(process, desk, store, (looks, &board))?;
    }
    Ok(())
}

/// The store says that a job is not ours: it was withdrawn, another took it up, or our own last word came just before.
fn taken_away(desk: &Desk, store: &dyn PlanStore, running: &Running) {
    let line = wait(store.plan(running.claim.id.clone())).ok().flatten();
    match line.filter(|line| line.made == running.claim.made) {
        Some(line) if line.state == PlanState::Cancelled => drop(desk.meet(&line)),
        Some(line) if line.state.is_over() && line.attempt == running.claim.attempt => (),
        _ => desk.lose(running),
    }
}

/// Takes the next job whose edition is here: the first of another visitor than the last one, if there is one.
fn take_next(
    process: &Arc<Process>,
    desk: &Desk,
    store: &dyn PlanStore,
    (looks, board): (&mut Looks, &Board),
) -> Result<(), StoreError> {
    let editions: Vec<String> = process.editions.list().into_iter().map(|listed| listed.title.id).collect();
    let (here, elsewhere): (Vec<&PlanLine>, Vec<&PlanLine>) = board
        .lines
        .iter()
        .filter(|line| line.state == PlanState::Queued)
        .partition(|line| editions.contains(&line.edition));
    let of_another = |line: &&PlanLine| line.visitor.is_empty() || line.visitor != looks.served;
    let (first, then): (Vec<&PlanLine>, Vec<&PlanLine>) = here.into_iter().partition(of_another);
    // Who has an edition begins its jobs; when nobody works, and nobody does, nobody has it.
    let nobody_works = !board.lines.iter().any(|line| line.state == PlanState::Running);
    looks.lonely.retain(|id, _| nobody_works && elsewhere.iter().any(|line| line.id == *id));
    let mut lost = Vec::new();
    for line in elsewhere.into_iter().filter(|_| nobody_works) {
        let since = looks.lonely.entry(line.id.clone()).or_insert_with(Instant::now);
        if since.elapsed() > NOBODY_HAS_IT {
            lost.push(line);
        }
    }
    for line in first.into_iter().chain(then).chain(lost) {
        let Some(claim) = wait(store.claim(line.id.clone(), looks.name.clone()))? else { continue };
        if claim.made != line.made {
            wait(store.give_back(claim))?;
            continue;
        }
        looks.served.clone_from(&line.visitor);
        let Some(running) = desk.take(claim.clone(), line) else {
            wait(store.give_back(claim))?;
            return Ok(());
        };
        let process = process.clone();
        thread::spawn(move || work(&process, &running));
        return Ok(());
    }
    Ok(())
}

/// Searches, and keeps what was found.
fn work(process: &Arc<Process>, running: &Running) {
    let (Some(store), desk) = (&process.plans, process.kept::<Desk>()) else { return };
    let Running { claim, job, .. } = running;
    let stage = searched(process, store.as_ref(), running);
    let (state, outcome) = match &stage {
        Stage::Done(solved) => (PlanState::Done, format!("{PLAN}{}", kept::plan(solved))),
        Stage::Failed(problem) => (PlanState::Failed, problem.to_json().to_string()),
        _ => (PlanState::Failed, String::new()),
    };
    let progress = kept::moments(&job.moments());
    // Signs of life go on meanwhile; when there have been none for too long, the job is another's to begin.
    while !job.is_to_stop() {
        let text = PlanText { question: String::new(), progress: progress.clone(), outcome: outcome.clone() };
        match wait(store.end(claim.clone(), state, text)) {
            Ok(true) => job.end(stage.clone()),
            Ok(false) => taken_away(desk, store.as_ref(), running),
            Err(_) => thread::sleep(AGAIN),
        }
    }
    desk.rest(claim);
}

fn searched(process: &Arc<Process>, store: &dyn PlanStore, running: &Running) -> Stage<Solved> {
    let Running { claim, job, .. } = running;
    let failed = |cause: &str| Stage::Failed(process.incident("/api/placements", cause));
    let Some(snapshot) = edition(process, &job.edition) else { return Stage::Failed(without_edition(&job.edition)) };
    let question = (0..TRIES).find_map(|_| {
        let read = wait(store.text(claim.id.clone(), claim.made)).ok();
        if read.is_none() {
            thread::sleep(AGAIN);
        }
        read
    });
    let Some(Some(text)) = question else { return failed("the question of a job cannot be read from the store") };
    let state = State::current(process).naming(snapshot);
    let asked = match kept::read_question(&state.atlas, &text.question) {
        Ok(asked) if asked.id(&job.edition) == claim.id => asked,
        Ok(_) => return failed("the question of a job reads back to another"),
        Err(cause) => return failed(&cause),
    };
    let work = solve::work(&state, asked);
    match catch_unwind(AssertUnwindSafe(|| (work.run)(job))) {
        Ok(Ok(solved)) => Stage::Done(Arc::new(solved)),
        Ok(Err(problem)) => Stage::Failed(problem),
        Err(panic) => Stage::Failed((work.lost)(&panic_text(panic.as_ref()))),
    }
}

/// Reads the answers that other processes found, one after the other.
fn read(process: &Arc<Process>) {
    let (Some(store), desk) = (&process.plans, process.kept::<Desk>()) else { return };
    let mut tries = 0;
    while let Some((made, job)) = desk.next_to_read() {
        match wait(store.text(job.id.clone(), made)) {
            // Perhaps it will be here in a moment; whoever asks again finds out.
            Ok(Some(text)) if edition(process, &job.edition).is_none() && text.outcome.starts_with(PLAN) => {
                desk.drop_copy(&job);
            }
            Ok(Some(text)) => {
                let read = catch_unwind(AssertUnwindSafe(|| read_back(process, &job, &text)));
                let stage = read.unwrap_or_else(|panic| {
                    Stage::Failed(process.incident("/api/placements", &panic_text(panic.as_ref())))
                });
                job.follow(stage, kept::read_moments(&text.progress));
            }
            Err(_) if tries < TRIES => {
                tries += 1;
                thread::sleep(AGAIN);
                continue;
            }
            Ok(None) | Err(_) => desk.drop_copy(&job),
        }
        tries = 0;
        desk.is_read(&job);
    }
}

fn read_back(process: &Arc<Process>, job: &Placement, text: &PlanText) -> Stage<Solved> {
    let broken = |cause: &str| Stage::Failed(process.incident("/api/placements", cause));
    if !text.outcome.starts_with(PLAN) {
        let read: Option<Value> = serde_json::from_str(&text.outcome).ok();
        let problem = read.and_then(|read| Problem::of_json(&read, &CODES));
        return problem.map_or_else(|| broken("why a search failed cannot be read"), Stage::Failed);
    }
    let Some(snapshot) = edition(process, &job.edition) else { return Stage::Failed(without_edition(&job.edition)) };
    let asked = kept::read_question(&snapshot.atlas, &text.question);
    match asked.and_then(|asked| kept::read_plan(&snapshot.atlas, asked, &text.outcome[PLAN.len()..])) {
        Ok(solved) => Stage::Done(Arc::new(solved)),
        Err(cause) => broken(&format!("the plan of a job does not stand: {cause}")),
    }
}

/// The edition of a job, opened if it must be. Waits.
fn edition(process: &Process, id: &str) -> Option<Arc<Snapshot>> {
    match process.editions.find(&Wanted::Id(id.to_owned())) {
        Found::Open(snapshot) => Some(snapshot),
        Found::Opening(opening) => opening.wait(),
        Found::Unknown(_) => None,
    }
}

fn without_edition(id: &str) -> Problem {
    let detail = format!("the question was asked of edition {id}, which cannot be opened here: ask it again");
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, EDITION_GONE, detail)
}
