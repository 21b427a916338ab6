//! Work that would keep other visitors waiting if the thread that answers did it: on threads of its own, by kind, with a
//! turn for everybody, and stopped when nobody waits for it any more (ADR 25).

use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::rt::time::timeout;
use tokio::sync::oneshot;

pub use crate::shares::pools::Kind;

use super::problem::{Problem, panic_text};
use super::state::State;
use crate::shares::pools::Wanted;

/// 503 to who comes when too many wait already.
fn overloaded() -> Problem {
    Problem::busy("overloaded", "too many such questions wait already; try again in a moment")
}

impl State {
    /// Does some work on another thread. When the visitor is gone or the time is over, work that waits is dropped, and work
    /// that runs is told by [`State::go_on`].
    ///
    /// # Errors
    /// 503 when too many wait already or it took too long, 500 when the work panicked.
    pub async fn apart<T: Send + 'static>(
        &self,
        kind: Kind,
        work: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (wanted, waiting) = Wanted::by_one();
        let working = self.while_wanted(wanted.clone());
        let (tell, told) = oneshot::channel();
        let task = move || {
            let done = catch_unwind(AssertUnwindSafe(|| work(&working)));
            // Who is gone hears nothing.
            let _ = tell.send(done.map_err(|panic| panic_text(panic.as_ref())));
        };
        self.process.pools.of(kind).put(self.visitor(), wanted, Box::new(task)).map_err(|_full| overloaded())?;
        let done = timeout(kind.patience(), told).await;
        drop(waiting);
        match done {
            Err(_elapsed) => Err(Problem::too_long()),
            Ok(Ok(Ok(answer))) => Ok(answer),
            Ok(Ok(Err(panic))) => Err(self.incident(kind.name(), &panic)),
            Ok(Err(_closing)) => Err(overloaded()),
        }
    }

    /// Whether work may go on: somebody still waits for it.
    ///
    /// # Errors
    /// 503, which nobody will read: the work is to end.
    pub fn go_on(&self) -> Result<(), Problem> {
        if self.is_wanted() { Ok(()) } else { Err(Problem::too_long()) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, mpsc};
    use std::thread;
    use std::time::{Duration, Instant};

    use actix_web::ResponseError;
    use actix_web::http::header::RETRY_AFTER;
    use actix_web::rt::{System, spawn, time::sleep};

    use super::*;
    use crate::atlas::{Atlas, Leaves};
    use crate::shares::visitor::Visitor;

    fn state_of(address: &str) -> State {
        let state = State::new(Arc::new(Atlas::bind(Leaves::default())), || chrono::DateTime::UNIX_EPOCH.naive_utc());
        State::asked_by(&state.process, Visitor::at(address.parse().unwrap()))
    }

    #[test]
    fn work_that_nobody_waits_for_any_more_is_told_to_end() {
        System::new().block_on(async {
            let state = state_of("192.0.2.1");
            let (tell, told) = mpsc::channel();
            let working = state.clone();
            let request = spawn(async move {
                let work = move |state: &State| {
                    tell.send("begun").unwrap();
                    while state.go_on().is_ok() {
                        thread::sleep(Duration::from_millis(1));
                    }
                    tell.send("ended").unwrap();
                };
                working.apart(Kind::Interactive, work).await
            });
            sleep(Duration::from_millis(50)).await;
            assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok("begun"));
            request.abort();
            let _ = request.await;
            assert_eq!(told.recv_timeout(Duration::from_secs(1)), Ok("ended"));
        });
    }

    #[test]
    fn what_takes_too_long_is_answered_in_time_and_stops() {
        System::new().block_on(async {
            let state = state_of("192.0.2.1");
            let stopped = Arc::new(AtomicBool::new(false));
            let (began, seen) = (Instant::now(), stopped.clone());
            let work = move |state: &State| {
                while state.go_on().is_ok() {
                    thread::sleep(Duration::from_millis(1));
                }
                seen.store(true, Ordering::SeqCst);
            };
            let problem = state.apart(Kind::Interactive, work).await.unwrap_err();
            assert_eq!((problem.code(), problem.status_code().as_u16()), ("deadline", 503));
            assert!((2..4).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
            sleep(Duration::from_millis(200)).await;
            assert!(stopped.load(Ordering::SeqCst), "the work went on without anybody");
        });
    }

    #[test]
    fn who_asks_for_very_much_is_refused_at_once_and_others_are_served_meanwhile() {
        System::new().block_on(async {
            let flood = state_of("192.0.2.1");
            let other = State::asked_by(&flood.process, Visitor::at([192, 0, 2, 2].into()));
            let done = Arc::new(AtomicUsize::new(0));
            let plan = Kind::Interactive.plan(thread::available_parallelism().map_or(1, usize::from));
            let asked = plan.most_waiting_of_one + plan.threads_of_one + 20;
            let tasks: Vec<_> = (0..asked)
                .map(|_| {
                    let (flood, done) = (flood.clone(), done.clone());
                    spawn(async move {
                        let began = Instant::now();
                        let work = move |state: &State| {
                            let until = Instant::now() + Duration::from_millis(300);
                            while Instant::now() < until && state.go_on().is_ok() {
                                thread::sleep(Duration::from_millis(1));
                            }
                            done.fetch_add(1, Ordering::SeqCst);
                        };
                        flood.apart(Kind::Interactive, work).await.map_err(|problem| (problem, began.elapsed()))
                    })
                })
                .collect();
            sleep(Duration::from_millis(100)).await;
            let began = Instant::now();
            other.apart(Kind::Interactive, |_| ()).await.unwrap();
            assert!(began.elapsed() < Duration::from_millis(200), "others wait: {:?}", began.elapsed());
            let mut shed = 0;
            for task in tasks {
                if let Err((problem, took)) = task.await.unwrap()
                    && problem.code() == "overloaded"
                {
                    shed += 1;
                    assert!(took < Duration::from_millis(50), "shed after {took:?}");
                    assert!(problem.error_response().headers().contains_key(RETRY_AFTER));
                }
            }
            assert!((1..=40).contains(&shed), "{shed} of {asked} were shed");
            let began = Instant::now();
            flood.apart(Kind::Interactive, |_| ()).await.unwrap();
            assert!(began.elapsed() < Duration::from_secs(1), "the flood is over: {:?}", began.elapsed());
        });
    }

    #[test]
    fn a_panic_is_an_incident_and_the_thread_lives_on() {
        System::new().block_on(async {
            let state = state_of("192.0.2.1");
            for _ in 0..8 {
                let problem = state.apart(Kind::Export, |_| panic!("lost")).await.map(|(): ()| ()).unwrap_err();
                assert_eq!(problem.code(), "internal-error");
            }
            assert_eq!(state.apart(Kind::Export, |_| 7).await.unwrap(), 7);
        });
    }
}
