//! Questions without an answer, and the field that each message names.

use super::instances::{draft, gradual, sharing};
use crate::placement::{Draft, Limit, Objective, Pair, Pairs, Problem, Site};

/// A sound draft with one thing changed: what is said about it.
fn message(change: impl Fn(&mut Draft)) -> String {
    let mut draft = Draft { limit: Limit::Posts(3), ..draft(1, 10, 20, Objective::coverage(30)) };
    draft.sites.fill(Site::CANDIDATE);
    assert!(Problem::new(draft.clone()).is_ok());
    change(&mut draft);
    Problem::new(draft).expect_err("the draft has no answer").to_string()
}

#[test]
fn each_message_begins_with_the_field_to_change() {
    let cases: [(&str, String); 21] = [
        ("demand: there is no demand point", message(|draft| draft.demand.clear())),
        ("demand[3]: NaN", message(|draft| draft.demand[3] = f64::NAN)),
        ("demand[4]: -2", message(|draft| draft.demand[4] = -2.0)),
        ("demand[5]: inf", message(|draft| draft.demand[5] = f64::INFINITY)),
        ("demand: all weights are 0", message(|draft| draft.demand.fill(0.0))),
        ("demand: persons", message(|draft| draft.demand[0] = 1e15)),
        ("sites: there is no candidate", message(|draft| draft.sites.clear())),
        ("sites: none of the 10", message(|draft| draft.sites.fill(Site::FORBIDDEN))),
        ("sites: none of the 10", message(|draft| draft.sites.fill(Site::EXISTING))),
        ("sites[2].forced_posts: 3", message(|draft| draft.sites[2].forced_posts = 3)),
        ("pairs: 20 rows for 19", message(|draft| _ = draft.demand.pop())),
        ("pairs: made for 10", message(|draft| draft.sites.push(Site::CANDIDATE))),
        ("pairs: no site", message(|draft| draft.pairs = Pairs::from_rows(10, vec![vec![]; 20]).unwrap())),
        ("posts: 0", message(|draft| draft.limit = Limit::Posts(0))),
        ("posts: 1000000000 is more", message(|draft| draft.limit = Limit::Posts(1_000_000_000))),
        ("posts: 3, but 10 are forced", message(|draft| draft.sites.fill(Site::FORCED))),
        ("budget_eur: 39999 €", message(|draft| draft.limit = Limit::BudgetEur(39_999))),
        ("budget_eur: 9000000 €", message(|draft| draft.limit = Limit::BudgetEur(9_000_000))),
        ("radius: 0", message(|draft| draft.objective = Objective::coverage(0))),
        ("none: 4 is not beyond", message(|draft| draft.objective = gradual(5, 4))),
        ("share: NaN", message(|draft| draft.objective = sharing("floor", 30, f64::NAN))),
    ];
    for (expected, message) in cases {
        assert!(message.starts_with(expected), "{message:?} does not begin with {expected:?}");
    }
}

#[test]
fn a_pair_with_an_unknown_site_is_named() {
    let error = Pairs::from_rows(2, [vec![Pair { site: 0, cost: 1 }], vec![Pair { site: 2, cost: 1 }]]).unwrap_err();
    assert_eq!(error.to_string(), "pairs[1]: site 2 is unknown; expected a rank below 2");
}

#[test]
fn a_share_that_all_sites_together_miss_is_told_with_what_they_reach() {
    let message = message(|draft| {
        draft.pairs = Pairs::from_rows(10, (0..20).map(|row| vec![Pair { site: 0, cost: 1 }; row % 2])).unwrap();
        draft.demand.fill(1.0);
        draft.objective = sharing("set-cover", 30, 0.75);
    });
    assert_eq!(message, "share: 0.75 is asked, but all sites together reach 0.500000");
}
