//! Where the next posts should go: a question as data, a plan, how far from perfect it can be at most, and the proof.
//!
//! Pure: no files, no clock. [`Problem::new`] reads a [`Draft`], [`place`] answers it, [`verify`] checks the answer from
//! the question and the plan alone. Whoever calls counts the seconds, and stops the search when they are over.

mod limit;
mod objective;
mod rows;

mod error;
mod pairs;
mod problem;

mod benefit;
mod finding;
mod nearby;
mod reading;

mod balance;
mod capacity;
mod engine;
mod everything;
mod floors;
mod guess;
mod place;
mod territories;
mod threshold;

mod branch;
mod dual;
mod greedy;
mod model;
mod open;
mod part;
mod random;
mod search;
mod shares;
mod swap;

mod alternatives;
mod bundles;
mod check;
mod closing;
mod cover;
mod explain;
mod flow;
mod plan;
mod proof;
mod score;
mod spread;
mod ties;
mod useful;
mod weighted;

#[cfg(test)]
mod tests;

pub use alternatives::{LEAST_DIFFERENCE, alternatives, difference};
pub use check::{Fault, verify};
pub use closing::{Closure, close};
pub use engine::{Settings, Threads};
pub use error::ProblemError;
pub use explain::{Explanation, Reason, explain, pareto, without_idle_sites};
pub use finding::{Progress, Watch};
pub use limit::{Limit, Site};
pub use nearby::pairs_within;
pub use objective::{KINDS, Objective, ObjectiveKind, Parameter, Shape};
pub use pairs::{Pair, Pairs};
pub use place::place;
pub use plan::{Case, Cases, Counted, Opening, PAYS_ALL, PAYS_NOTHING, Plan, Prices, Proof, Question, gap_percent};
pub use problem::{Draft, Problem};
pub use random::Random;
pub use score::{SHARE_UNITS, Score};
pub use ties::prefer;
pub use useful::{Useful, all_open, useful};
