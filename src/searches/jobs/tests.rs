//! The queue, without any planning: work is a closure that a test lets go on.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::super::job::Moment;
use super::*;

fn work(run: impl FnOnce(&Job<u32>) -> Result<u32, Problem> + Send + 'static) -> Work<u32> {
    Work { edition: String::new(), run: Box::new(run), lost: Box::new(|text| Problem::internal(text.to_owned())) }
}

/// Asked by somebody in particular, or by nobody.
fn by(jobs: &Arc<Jobs<u32>>, number: u8, id: &str, work: Work<u32>) -> Result<(Arc<Job<u32>>, String), Refusal> {
    let visitor = Visitor::at(std::net::IpAddr::from([192, 0, 2, number]));
    jobs.admit(id, Asker { visitor, seconds: 1 }, work)
}

fn admit(jobs: &Arc<Jobs<u32>>, id: &str, seconds: u32, work: Work<u32>) -> Result<Arc<Job<u32>>, Refusal> {
    jobs.admit(id, Asker { visitor: Visitor::default(), seconds }, work).map(|(job, _)| job)
}

/// A job that ends when the sender speaks or is gone.
fn held() -> (mpsc::Sender<u32>, Work<u32>) {
    let (send, receive) = mpsc::channel();
    (send, work(move |_| Ok(receive.recv().unwrap_or(0))))
}

fn wait(job: &Job<u32>) -> Stage<u32> {
    let begun = Instant::now();
    while !job.is_over() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the job never ends");
        thread::sleep(Duration::from_millis(1));
    }
    job.stage()
}

fn answer(stage: &Stage<u32>) -> u32 {
    match stage {
        Stage::Done(answer) => **answer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_question_is_one_job() {
    let jobs = Arc::new(Jobs::default());
    let first = admit(&jobs, "a", 1, work(|_| Ok(1))).unwrap();
    let second = admit(&jobs, "a", 1, work(|_| Ok(2))).unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    assert_eq!(answer(&wait(&second)), 1);
    assert_eq!(answer(&admit(&jobs, "a", 1, work(|_| Ok(3))).unwrap().stage()), 1, "and its answer is kept");
}

#[test]
fn one_runs_a_few_wait_and_the_next_is_told_when_to_come_back() {
    let jobs = Arc::new(Jobs::default());
    let (go, first) = held();
    let running = admit(&jobs, "running", 7, first).unwrap();
    while jobs.waiting() > 0 {
        thread::yield_now();
    }
    let waiting: Vec<_> =
        (0..MOST_QUEUED).map(|i| admit(&jobs, &i.to_string(), 1, work(move |_| Ok(i as u32))).unwrap()).collect();
    assert!(waiting.iter().all(|job| matches!(job.stage(), Stage::Queued)));
    let refused = admit(&jobs, "one too many", 1, work(|_| Ok(9))).unwrap_err();
    assert!(matches!(refused, Refusal::Full { retry_after: 1..=7, of_one: false }), "{refused:?}");
    assert!(jobs.find("one too many").is_none());
    go.send(5).unwrap();
    assert_eq!(answer(&wait(&running)), 5);
    for (i, job) in waiting.iter().enumerate() {
        assert_eq!(answer(&wait(job)), i as u32);
    }
}

#[test]
fn what_is_withdrawn_never_answers_and_may_be_asked_again() {
    let jobs = Arc::new(Jobs::default());
    let (go, first) = held();
    let (running, running_key) = by(&jobs, 1, "running", first).unwrap();
    let (queued, queued_key) = by(&jobs, 1, "queued", work(|_| panic!("it was cancelled"))).unwrap();
    assert!(jobs.withdraw("running", &running_key) && jobs.withdraw("queued", &queued_key));
    assert!(running.is_cancelled() && queued.is_cancelled());
    // Nobody listens when the search was stopped before it began.
    let _ = go.send(5);
    let (again, key) = by(&jobs, 1, "running", work(|_| Ok(6))).unwrap();
    assert_eq!(answer(&wait(&again)), 6);
    assert!(jobs.withdraw("running", &key) && !again.is_cancelled(), "an answer that is there stays");
    assert!(!jobs.withdraw("unknown", &key));
}

#[test]
fn nobody_withdraws_the_question_of_another() {
    let jobs = Arc::new(Jobs::default());
    let (_go, first) = held();
    let (job, mine) = by(&jobs, 1, "a", first).unwrap();
    let (same, other) = by(&jobs, 2, "a", work(|_| Ok(2))).unwrap();
    assert!(Arc::ptr_eq(&job, &same) && mine != other);
    assert!(!jobs.withdraw("a", "0123456789abcdef0123456789abcdef") && !jobs.withdraw("a", ""));
    assert!(jobs.withdraw("a", &other) && !job.is_cancelled(), "somebody else still waits");
    assert!(!jobs.withdraw("a", &other), "once");
    assert_eq!(by(&jobs, 1, "a", work(|_| Ok(3))).unwrap().1, mine, "who asks again has the same key");
    assert!(jobs.withdraw("a", &mine) && job.is_cancelled());
}

#[test]
fn one_visitor_does_not_fill_the_queue_and_others_have_their_turns() {
    let jobs = Arc::new(Jobs::default());
    let (go, first) = held();
    by(&jobs, 1, "first", first).unwrap();
    while jobs.waiting() > 0 {
        thread::yield_now();
    }
    let (tell, told) = mpsc::channel();
    let noted = |name: &'static str| {
        let tell = tell.clone();
        work(move |_| {
            tell.send(name).unwrap();
            Ok(0)
        })
    };
    for name in ["a2", "a3", "a4", "a5"] {
        by(&jobs, 1, name, noted(name)).unwrap();
    }
    let refused = by(&jobs, 1, "a6", noted("a6")).unwrap_err();
    assert!(matches!(refused, Refusal::Full { of_one: true, .. }), "{refused:?}");
    by(&jobs, 2, "b1", noted("b1")).unwrap();
    go.send(0).unwrap();
    assert_eq!([(); 5].map(|()| told.recv_timeout(Duration::from_secs(20)).unwrap()), ["b1", "a2", "a3", "a4", "a5"]);
}

#[test]
fn a_panic_is_a_failure_of_its_job_alone() {
    let jobs = Arc::new(Jobs::default());
    let lost = admit(&jobs, "lost", 1, work(|_| panic!("lost"))).unwrap();
    let next = admit(&jobs, "next", 1, work(|_| Ok(1))).unwrap();
    assert!(matches!(wait(&lost), Stage::Failed(_)));
    assert_eq!(answer(&wait(&next)), 1);
}

#[test]
fn the_oldest_answers_are_forgotten_first() {
    let jobs = Arc::new(Jobs::default());
    for i in 0..MOST_KEPT + 3 {
        wait(&admit(&jobs, &i.to_string(), 1, work(|_| Ok(0))).unwrap());
    }
    wait(&admit(&jobs, "last", 1, work(|_| Ok(0))).unwrap());
    assert!(jobs.find("0").is_none());
    assert!(jobs.find(&(MOST_KEPT + 2).to_string()).is_some());
}

#[test]
fn a_service_that_closes_stops_its_jobs_and_takes_no_more() {
    let jobs = Arc::new(Jobs::default());
    let (_go, first) = held();
    let running = admit(&jobs, "running", 1, first).unwrap();
    jobs.close();
    assert!(running.is_cancelled());
    assert_eq!(admit(&jobs, "next", 1, work(|_| Ok(1))).unwrap_err(), Refusal::Closing);
}

#[test]
fn curves_stay_short_and_end_with_the_latest_moment() {
    let job = Job::<u32>::new("long", 60, "");
    for rounds in 0..10_000 {
        job.note(Moment { seconds: f64::from(rounds), value: 1.0, bound: 2.0, gap_percent: Some(100.0), rounds });
    }
    let moments = job.moments();
    assert!((100..=300).contains(&moments.len()), "{}", moments.len());
    assert!(moments.is_sorted_by(|a, b| a.seconds < b.seconds));
    assert_eq!(moments.last().unwrap().rounds, 9_999);
}
