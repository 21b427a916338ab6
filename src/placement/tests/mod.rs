//! The clever engine against dumb twins: every plan tried, every bound checked, every claim tampered with.

mod alternatives;
mod bounds;
mod closing;
mod covering;
mod covering_most;
mod exchange;
mod explanation;
mod floors;
mod instances;
mod optimum;
mod refusals;
mod tampering;
mod threads;
mod ties;
mod useful;

use std::ops::ControlFlow;

use super::{Plan, Problem, Settings, Threads, place};

/// A plan after so many rounds, with nobody to stop it.
fn plan(problem: &Problem, seed: u64, rounds: u32, threads: Threads) -> Plan {
    place(problem, Settings { seed, rounds, threads }, &mut |_| ControlFlow::Continue(()))
}
