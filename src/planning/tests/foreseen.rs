//! What is told before a search, against the search.

use super::country::atlas;
use super::{request, solved};
use crate::planning::{Foreseen, Limit, Request, Saturation, Study, foreseen};

const CREUSE: (&str, &str) = ("territory", "departements/23");

fn told(fields: &[(&str, &str)]) -> Option<Foreseen> {
    foreseen(&atlas(), &request(&[&[CREUSE], fields].concat()))
}

fn saturation(fields: &[(&str, &str)]) -> Option<Saturation> {
    told(fields).map(|found| found.saturation)
}

#[test]
fn where_everybody_is_near_no_post_is_of_use_whatever_the_limit_is_given_in() {
    for limit in [("posts", "3"), ("budget_eur", "150000")] {
        let found = told(&[limit, ("radius_km", "400")]).unwrap();
        assert_eq!(found.saturation, Saturation::NothingToGain, "{limit:?}");
        assert_eq!((found.covered_now, found.enough_posts), (found.persons, Some(0)));
    }
    let share = told(&[("objective", "set-cover"), ("share", "0.9"), ("radius_km", "400")]).unwrap();
    assert_eq!((share.saturation, share.enough_posts), (Saturation::ShareReached, Some(0)));
    assert_eq!(saturation(&[("objective", "centre"), ("posts", "3"), ("radius_km", "1")]), None);
}

#[test]
fn posts_and_euros_beyond_all_use_are_told_with_how_few_are_enough() {
    let atlas = atlas();
    let asked = |limit| Request { limit, ..request(&[CREUSE, ("posts", "1"), ("radius_km", "10")]) };
    let found = foreseen(&atlas, &asked(Limit::Posts(15))).unwrap();
    let (enough, eur) = (found.enough_posts.unwrap(), found.enough_eur.unwrap());
    assert_eq!(found.saturation, Saturation::MoreThanEnough);
    assert_eq!(eur, 50_000 * enough, "communes are public hosts");
    // More than all candidates can take is refused by a search; here it is told what is enough.
    for limit in [Limit::Posts(1_000), Limit::BudgetEur(eur + 1), Limit::BudgetEur(90_000_000)] {
        let other = foreseen(&atlas, &asked(limit)).unwrap();
        assert_eq!((other.saturation, other.enough_posts), (Saturation::MoreThanEnough, Some(enough)), "{limit:?}");
    }
    for limit in [Limit::Posts(enough), Limit::BudgetEur(eur), Limit::Posts(1)] {
        assert_eq!(foreseen(&atlas, &asked(limit)), None, "{limit:?}");
    }
    let study = Study::new(&atlas, &asked(Limit::Posts(enough))).unwrap();
    let plan = solved(&study);
    assert_eq!(study.answer(&plan).summary.covered_after, found.covered_at_most, "so many posts do reach all of it");
}

#[test]
fn a_share_that_no_plan_reaches_is_told_with_the_largest_that_one_does() {
    let asked = |share: &str| {
        told(&[("objective", "set-cover"), ("share", share), ("radius_km", "3"), ("forbidden", "23002,23003")])
    };
    let found = asked("1").unwrap();
    assert_eq!(found.saturation, Saturation::ShareOutOfReach);
    assert!(found.covered_at_most < found.persons);
    let reachable = found.covered_at_most as f64 / found.persons as f64;
    assert_eq!(asked(&reachable.to_string()), None, "this much takes a search");
}

#[test]
fn what_takes_a_search_and_what_fills_up_is_not_foreseen() {
    assert_eq!(saturation(&[("posts", "2"), ("radius_km", "10")]), None);
    assert_eq!(saturation(&[("posts", "15"), ("radius_km", "400"), ("objective", "capacity")]), None);
}
