//! Where the next posts should go: a question as data, a plan, how far from perfect it can be at most, and the proof.
//!
//! Pure: no files, no clock. [`Problem::new`] reads a [`Draft`], [`place`] answers it, [`verify`] checks the answer from
//! the question and the plan alone. Whoever calls counts the seconds, and stops the search when they are over.

mod problem;
mod error;
mod reading;
mod benefit;
mod pairs;
mod nearby;
mod rows;

mod place;
mod engine;
mod threshold;
mod capacity;
mod equity;
mod territories;
mod everything;

mod model;
mod open;
mod greedy;
mod swap;
mod search;
mod dual;
mod branch;
mod random;

mod plan;
mod proof;
mod score;
mod flow;
mod weighted;
mod check;
mod explain;

#[cfg(test)]
mod tests;

pub use check::{Fault, verify};
pub use engine::{Settings, Threads};
pub use explain::{Explanation, Reason, explain, pareto};
pub use error::ProblemError;
pub use nearby::pairs_within;
pub use pairs::{Pair, Pairs};
pub use place::{Progress, Watch, place};
pub use plan::{Case, Cases, Opening, Plan, Proof, Question};
pub use problem::{Draft, Limit, Objective, Problem, Site};
pub use score::{SHARE_UNITS, Score};
