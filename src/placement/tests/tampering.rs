//! What the checker refuses.

use super::instances::{draft, objectives, of, problems, sharing};
use super::plan;
use crate::placement::{Case, Fault, Limit, Objective, Plan, Prices, Problem, Proof, Site, Threads, verify};

fn honest() -> (Problem, Plan) {
    let mut draft = draft(3, 60, 90, Objective::coverage(12));
    draft.sites.fill(Site::CANDIDATE);
    draft.limit = Limit::Posts(6);
    let problem = Problem::new(draft).unwrap();
    let plan = plan(&problem, 1, 4, Threads::One);
    assert_eq!(verify(&problem, &plan), Ok(()));
    assert!(matches!(plan.proof, Proof::Prices(_)), "the tests below tamper with prices");
    (problem, plan)
}

#[test]
fn a_plan_that_claims_more_than_it_is_worth_is_refused() {
    for objective in objectives() {
        for problem in problems(3, 12, 40, objective) {
            let honest = plan(&problem, 1, 4, Threads::One);
            let better = Plan { objective: honest.objective + 1, ..honest.clone() };
            assert!(matches!(verify(&problem, &better), Err(Fault::Objective { .. })), "{objective:?}");
            let closer = Plan { bound: honest.bound - 1, ..honest.clone() };
            assert!(matches!(verify(&problem, &closer), Err(Fault::Bound { .. })), "{objective:?}");
            let whole = Plan { shortfall: honest.shortfall + 1, ..honest };
            assert!(matches!(verify(&problem, &whole), Err(Fault::Shortfall { .. })), "{objective:?}");
        }
    }
}

#[test]
fn sites_that_are_repeated_unknown_or_beyond_the_limit_are_refused() {
    let (problem, plan) = honest();
    let mut repeated = plan.clone();
    repeated.openings.push(*repeated.openings.last().unwrap());
    assert!(matches!(verify(&problem, &repeated), Err(Fault::Openings { .. })));
    let mut unknown = plan.clone();
    unknown.openings.last_mut().unwrap().site = 60;
    assert_eq!(verify(&problem, &unknown), Err(Fault::Openings { site: 60 }));
    let means = problem.spent(&plan.openings) as u64 - 1;
    let poorer = problem.with_limit(Limit::Posts(means)).unwrap();
    assert!(matches!(verify(&poorer, &plan), Err(Fault::Limit { .. })));
}

#[test]
fn prices_of_another_plan_prove_nothing() {
    let (problem, plan) = honest();
    let tampered = |tamper: &dyn Fn(&mut crate::placement::Cases)| {
        let mut plan = plan.clone();
        if let Proof::Prices(Prices { cases, .. }) = &mut plan.proof {
            tamper(cases);
        }
        verify(&problem, &plan)
    };
    let raised = tampered(&|cases| cases.prices.iter_mut().flatten().for_each(|price| *price += 1_000_000_000));
    assert!(matches!(raised, Err(Fault::Bound { .. })), "{raised:?}");
    let cut = tampered(&|cases| cases.tree.clear());
    assert!(matches!(cut, Err(Fault::Proof { .. })), "{cut:?}");
    // Half of the cases are left out: only the plans with some site are bounded.
    let half = tampered(&|cases| cases.tree = vec![Case::Split { site: 5 }, Case::Leaf { prices: 0 }]);
    assert!(matches!(half, Err(Fault::Proof { .. })), "{half:?}");
    let short = tampered(&|cases| cases.prices[0].truncate(3));
    assert!(matches!(short, Err(Fault::Proof { .. })), "{short:?}");
    let fewer = tampered(&|cases| cases.payers.truncate(3));
    assert!(matches!(fewer, Err(Fault::Proof { .. })), "{fewer:?}");
    // Prices that others should pay bound too, only not so well.
    let mixed = tampered(&|cases| cases.payers.rotate_left(1));
    assert!(matches!(mixed, Err(Fault::Bound { claimed, proven }) if proven > claimed), "{mixed:?}");
    let nothing = tampered(&|cases| cases.payers.fill(crate::placement::PAYS_NOTHING));
    assert!(matches!(nothing, Err(Fault::Bound { claimed, proven }) if proven > claimed), "{nothing:?}");
}

#[test]
fn a_plan_beyond_its_bound_is_refused() {
    // Floors that the posts cannot keep: what the plan covers is more than plans that keep them could.
    let mut refused = 0;
    for problem in problems(40, 12, 40, sharing("floor", 20, 0.9)) {
        let honest = plan(&problem, 1, 4, Threads::One);
        if honest.shortfall > 0 && honest.proof == Proof::Everything {
            let bound = honest.objective - 1;
            assert_eq!(
                verify(&problem, &Plan { bound, ..honest.clone() }),
                Err(Fault::Bound { claimed: bound, proven: bound + 1 })
            );
            let lacking = Plan { least_shortfall: honest.shortfall + 1, ..honest };
            assert!(matches!(verify(&problem, &lacking), Err(Fault::LeastShortfall { .. })));
            refused += 1;
        }
    }
    assert!(refused > 0);
}

#[test]
fn multipliers_that_count_nobody_prove_nothing() {
    for problem in problems(3, 12, 40, of("leximin", 15)) {
        let honest = plan(&problem, 1, 4, Threads::One);
        let cases = crate::placement::Cases {
            shift: 0,
            payers: vec![crate::placement::PAYS_NOTHING; problem.weights().len()],
            prices: vec![Vec::new()],
            tree: vec![Case::Leaf { prices: 0 }],
        };
        for times in [vec![0, 0, 0], vec![-1, 1, 1], vec![1], vec![i64::MAX, i64::MAX, i64::MAX]] {
            let proof =
                Proof::Prices(Prices { question: crate::placement::Question::Weighted(times), cases: cases.clone() });
            let fault = verify(&problem, &Plan { proof, ..honest.clone() });
            assert!(matches!(fault, Err(Fault::Proof { .. })), "{fault:?}");
        }
    }
}

#[test]
fn means_between_two_prices_prove_no_more_than_the_next_price() {
    let mut draft = draft(5, 8, 20, sharing("set-cover", 60, 0.7));
    draft.sites.fill(Site::CANDIDATE);
    draft.limit = Limit::BudgetEur(400_000);
    let problem = Problem::new(draft).unwrap();
    let honest = plan(&problem, 1, 20, Threads::One);
    let Proof::Prices(Prices { question: crate::placement::Question::PersonsFor(means), cases }) = &honest.proof else {
        panic!("{honest:?}");
    };
    // One euro short of the next post is as good as none of it.
    let question = crate::placement::Question::PersonsFor(means + 49_999);
    let plan = Plan { proof: Proof::Prices(Prices { question, cases: cases.clone() }), ..honest.clone() };
    assert_eq!((honest.bound, verify(&problem, &plan)), (means + 50_000, Ok(())));
}
