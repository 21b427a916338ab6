//! What a store of jobs does, asked by two processes.

use std::thread;

use super::wait;
use crate::ports::*;
use crate::store::SqlStore;

const LIMITS: PlanLimits = PlanLimits { waiting: 4, of_one: 2, keys: 3, over: 3 };
/// A little more than a lease.
const LATE: i64 = LEASE.as_millis() as i64 + 1_000;

/// Tries everything on an empty store, through two connections to it; each promise begins and ends without jobs.
pub(super) fn kept_by(store: &SqlStore, other: &SqlStore) {
    the_secret_is_that_of_whoever_came_first(store, other);
    the_same_question_is_one_job_until_nobody_waits_for_it(store, other);
    limits_are_those_of_all(store, other);
    a_job_is_taken_by_one(store, other);
    whoever_gives_no_sign_of_life_loses_the_job_and_cannot_end_it(store, other);
    a_job_that_ends_its_workers_is_given_up(store);
    a_job_given_back_is_begun_anew_and_nothing_is_counted(store, other);
    the_oldest_answers_are_forgotten(store);
    what_a_visitor_does_is_counted_over_all(store, other);
}

fn posted(id: &str, visitor: &str, key: &str) -> PostedPlan {
    PostedPlan {
        id: id.into(),
        edition: "e".into(),
        question: format!("question {id} « é »"),
        seconds: 60,
        visitor: visitor.into(),
        key: key.into(),
    }
}

fn post(store: &SqlStore, id: &str, visitor: &str, key: &str) -> PlanLine {
    match wait(store.post(posted(id, visitor, key), LIMITS)).unwrap() {
        Admitted::Job(line) => line,
        full @ Admitted::Full { .. } => panic!("{full:?}"),
    }
}

fn claim(store: &SqlStore, id: &str, worker: &str) -> PlanClaim {
    wait(store.claim(id.into(), worker.into())).unwrap().expect("it waits")
}

fn line(store: &SqlStore, id: &str) -> PlanLine {
    wait(store.plan(id.into())).unwrap().expect("it is known")
}

fn answer(outcome: &str) -> PlanText {
    PlanText { question: String::new(), progress: "1 2 3 - 4\n".into(), outcome: outcome.into() }
}

fn tidy(store: &SqlStore) {
    wait(store.tidy(LIMITS, "given up".into())).unwrap();
}

/// Ends whatever there is and lets it grow old.
fn clear(store: &SqlStore) {
    for line in wait(store.board()).unwrap().lines {
        if line.state == PlanState::Queued {
            let claim = claim(store, &line.id, "clear");
            assert_eq!(wait(store.end(claim, PlanState::Failed, answer(""))), Ok(true));
        }
        store.age(&line.id, KEPT_FOR.as_millis() as i64 + 1_000);
    }
    tidy(store);
    assert_eq!(wait(store.board()).unwrap().lines, []);
}

fn the_secret_is_that_of_whoever_came_first(store: &SqlStore, other: &SqlStore) {
    let first = wait(store.secret("one".into())).unwrap();
    assert_eq!(wait(other.secret("two".into())), Ok(first));
}

fn the_same_question_is_one_job_until_nobody_waits_for_it(store: &SqlStore, other: &SqlStore) {
    let first = post(store, "a", "v", "k1");
    assert_eq!((first.state, first.attempt), (PlanState::Queued, 0));
    assert_eq!(post(other, "a", "w", "k2"), first);
    assert_eq!(wait(store.withdraw("a".into(), "no key".into())), Ok(false));
    assert_eq!(wait(store.withdraw("b".into(), "k1".into())), Ok(false));
    assert_eq!(wait(other.withdraw("a".into(), "k1".into())), Ok(true));
    assert_eq!(line(store, "a").state, PlanState::Queued, "somebody else still waits");
    let working = claim(other, "a", "w1");
    assert_eq!(wait(store.withdraw("a".into(), "k1".into())), Ok(false), "once");
    assert_eq!(wait(store.withdraw("a".into(), "k2".into())), Ok(true));
    assert_eq!((line(other, "a").state, line(other, "a").visitor.as_str()), (PlanState::Cancelled, ""));
    assert_eq!(wait(other.beat(working.clone(), String::new())), Ok(false));
    assert_eq!(wait(other.end(working, PlanState::Done, answer("x"))), Ok(false));
    let again = post(store, "a", "v", "k1");
    assert_eq!(again.state, PlanState::Queued);
    assert!(again.made >= first.made);
    assert_eq!(wait(store.text("a".into(), again.made)).unwrap().unwrap().question, "question a « é »");
    clear(store);
}

fn limits_are_those_of_all(store: &SqlStore, other: &SqlStore) {
    post(store, "a", "v", "k");
    post(other, "b", "v", "k");
    let full = |store: &SqlStore, id, visitor| wait(store.post(posted(id, visitor, "k"), LIMITS)).unwrap();
    assert_eq!(full(store, "c", "v"), Admitted::Full { retry_after: 1, of_one: true });
    claim(store, "a", "w1");
    assert!(matches!(full(other, "c", "v"), Admitted::Full { retry_after: 59..=60, of_one: true }), "it runs still");
    for id in ["c", "d", "e"] {
        post(store, id, "", "k");
    }
    assert!(matches!(full(store, "f", "x"), Admitted::Full { of_one: false, .. }));
    assert_eq!(wait(store.plan("f".into())), Ok(None));
    store.age("a", LATE);
    tidy(store);
    clear(store);
}

fn a_job_is_taken_by_one(store: &SqlStore, other: &SqlStore) {
    for id in ["a", "b", "c"] {
        post(store, id, "", "k");
    }
    let taken = thread::scope(|scope| {
        let take = |number: usize| {
            let store = if number.is_multiple_of(2) { store } else { other };
            let mut taken = Vec::new();
            for id in ["a", "b", "c"] {
                // A store that is busy says so; whoever works looks again.
                let found = loop {
                    match wait(store.claim(id.into(), format!("w{number}"))) {
                        Err(StoreError::Busy) => (),
                        found => break found.unwrap(),
                    }
                };
                taken.extend(found);
            }
            taken
        };
        let workers: Vec<_> = (0..8).map(|number| scope.spawn(move || take(number))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<PlanClaim>>()
    });
    let mut ids: Vec<&str> = taken.iter().map(|claim| claim.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b", "c"], "each by one");
    for claim in taken {
        assert_eq!(wait(store.beat(claim.clone(), "p".into())), Ok(true));
        assert_eq!(wait(other.end(claim, PlanState::Done, answer("x"))), Ok(true));
    }
    clear(store);
}

fn whoever_gives_no_sign_of_life_loses_the_job_and_cannot_end_it(store: &SqlStore, other: &SqlStore) {
    let made = post(store, "a", "v", "k").made;
    let lost = claim(store, "a", "w1");
    tidy(other);
    assert_eq!(line(other, "a").state, PlanState::Running, "it is not late yet");
    assert_eq!(wait(other.claim("a".into(), "w2".into())), Ok(None));
    store.age("a", LATE);
    tidy(other);
    let taken = claim(other, "a", "w2");
    assert_eq!((taken.attempt, taken.made), (2, made));
    assert_eq!(wait(store.beat(lost.clone(), "late".into())), Ok(false));
    assert_eq!(wait(store.give_back(lost.clone())), Ok(false));
    assert_eq!(wait(store.end(lost, PlanState::Done, answer("late"))), Ok(false));
    assert_eq!(wait(other.end(taken, PlanState::Done, answer("plan"))), Ok(true));
    let done = line(store, "a");
    assert_eq!((done.state, done.visitor.as_str()), (PlanState::Done, ""), "who asked is forgotten");
    let text = wait(store.text("a".into(), made)).unwrap().unwrap();
    assert_eq!((text.outcome.as_str(), text.progress.as_str()), ("plan", "1 2 3 - 4\n"));
    assert_eq!(wait(store.text("a".into(), made + 1)), Ok(None), "another job of this name has another answer");
    clear(store);
}

fn a_job_that_ends_its_workers_is_given_up(store: &SqlStore) {
    post(store, "a", "v", "k");
    for attempt in 1..=MOST_ATTEMPTS {
        assert_eq!(claim(store, "a", "w").attempt, attempt);
        store.age("a", LATE);
        tidy(store);
    }
    assert_eq!(line(store, "a").state, PlanState::Failed);
    assert_eq!(wait(store.text("a".into(), line(store, "a").made)).unwrap().unwrap().outcome, "given up");
    clear(store);
}

fn a_job_given_back_is_begun_anew_and_nothing_is_counted(store: &SqlStore, other: &SqlStore) {
    post(store, "a", "v", "k");
    for _ in 0..=MOST_ATTEMPTS {
        let claim = claim(store, "a", "w1");
        assert_eq!(claim.attempt, 1);
        assert_eq!(wait(store.give_back(claim)), Ok(true));
    }
    assert_eq!(claim(other, "a", "w2").attempt, 1);
    store.age("a", LATE);
    tidy(store);
    clear(store);
}

fn the_oldest_answers_are_forgotten(store: &SqlStore) {
    for (age, id) in ["a", "b", "c", "d", "e"].into_iter().enumerate() {
        post(store, id, "", "k");
        let claim = claim(store, id, "w");
        wait(store.end(claim, PlanState::Done, answer(id))).unwrap();
        store.age(id, 10_000 - 1_000 * age as i64);
    }
    tidy(store);
    let left: Vec<String> = wait(store.board()).unwrap().lines.into_iter().map(|line| line.id).collect();
    assert_eq!(left, ["c", "d", "e"]);
    assert_eq!(wait(store.withdraw("a".into(), "k".into())), Ok(false), "and so are its keys");
    clear(store);
}

fn what_a_visitor_does_is_counted_over_all(store: &SqlStore, other: &SqlStore) {
    let pass = |store: &SqlStore, what, visitor: &str| wait(store.pass(what, visitor.into(), 100)).unwrap();
    for number in 0..100 {
        assert!(pass(if number % 2 == 0 { store } else { other }, "token", "v"));
    }
    // The minute may end meanwhile: then the count begins anew, and these are far from it.
    let refused = (0..100).filter(|_| !pass(store, "token", "v")).count();
    assert!(refused > 0, "nobody is refused");
    assert!(pass(other, "token", "w") && pass(other, "report", "v"));
}
