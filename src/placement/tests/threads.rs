//! The same question, seed and rounds: the same plan.

use super::instances::{objectives, problems};
use super::plan;
use crate::placement::Threads;

#[test]
fn one_thread_and_two_give_the_same_plan_and_proof() {
    for objective in objectives() {
        for problem in problems(2, 60, 90, objective) {
            let alone = plan(&problem, 11, 6, Threads::One);
            assert_eq!(alone, plan(&problem, 11, 6, Threads::Two), "{objective:?}");
            assert_eq!(alone, plan(&problem, 11, 6, Threads::One), "{objective:?}, a second time");
        }
    }
}
