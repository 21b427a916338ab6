//! Who is covered, by whom, and next to what: counted again without an index.

use super::country::{atlas, code};
use super::{request, solved, study};
use crate::atlas::Atlas;
use crate::domain::{Level, Position};
use crate::planning::ways::Ways;
use crate::planning::{Answer, Part, Side, Status, Study, Summary, compare, first_post};

/// Persons of a département within metres of any of some points, one by one. `None`: all of the country.
fn covered(atlas: &Atlas, departement: Option<&str>, sites: &[Position], metres: f64) -> u64 {
    let mut sum = 0;
    for commune in atlas.communes() {
        let (Some(point), Some(persons)) = (commune.point, commune.population) else { continue };
        if departement.is_some_and(|code| code != commune.departement) {
            continue;
        }
        // The great circle and the geodesic differ by less than half a percent; no pair of the grid is that close.
        if sites.iter().any(|site| site.geodesic_to(point).value() <= metres) {
            sum += u64::from(persons.0);
        }
    }
    sum
}

fn point(atlas: &Atlas, rank: u32) -> Position {
    atlas.communes()[atlas.places().by_code(code(rank)).unwrap()].point.unwrap()
}

fn answered(study: &Study) -> Answer {
    study.answer(&solved(study))
}

#[test]
fn the_plan_of_a_departement_is_the_best_of_all_plans() {
    let atlas = atlas();
    let study = study(&atlas, &[("territory", "departements/23"), ("posts", "2"), ("radius_km", "10")]);
    let Answer { summary, sites, left_out, .. } = answered(&study);
    // Posts 0, 8 and, across the border, 17.
    let existing = [0, 8, 17].map(|rank| point(&atlas, rank));
    let with = |new: &[u32]| {
        let new = new.iter().map(|&rank| point(&atlas, rank));
        covered(&atlas, Some("23"), &existing.into_iter().chain(new).collect::<Vec<_>>(), 10_000.0)
    };
    let best = (0..15).flat_map(|a| (0..a).map(move |b| [a, b])).map(|pair| with(&pair)).max().unwrap();
    assert_eq!((summary.covered_before, summary.covered_after), (with(&[]), best));
    assert_eq!((summary.status, summary.gap_percent), (Status::Optimal, Some(0.0)));
    assert_eq!((summary.posts, summary.existing_posts, summary.cost_eur), (2, 3, 100_000));
    // Whoever is gained is gained by one site, and whoever is not covered is left out.
    assert_eq!(sites.iter().map(|site| site.persons_gained).sum::<u64>(), best - with(&[]));
    assert_eq!(left_out.iter().map(|left| left.persons).sum::<u64>(), summary.persons - best);
    assert!(left_out.windows(2).all(|two| two[0].persons >= two[1].persons));
}

#[test]
fn what_territories_receive_adds_up_to_the_plan_at_every_level() {
    let atlas = atlas();
    for territory in ["france", "departements/23", "regions/75"] {
        let study = study(&atlas, &[("territory", territory), ("posts", "4"), ("radius_km", "10")]);
        let Answer { summary, by_territory, .. } = answered(&study);
        for level in [Level::Region, Level::Departement, Level::Epci] {
            let of = || by_territory.iter().filter(|of| of.level == level);
            let sum = |part: fn(&crate::planning::Received) -> u64| of().map(part).sum::<u64>();
            assert_eq!((sum(|of| of.posts), sum(|of| of.cost_eur)), (summary.posts, summary.cost_eur), "{territory}");
            assert_eq!(sum(|of| of.existing_posts), summary.existing_posts, "{territory}");
            assert_eq!(
                [sum(|of| of.persons), sum(|of| of.covered_before), sum(|of| of.covered_after)],
                [summary.persons, summary.covered_before, summary.covered_after],
                "{territory}, {level:?}"
            );
        }
    }
}

#[test]
fn two_plans_compared_are_counted_as_each_counts_itself() {
    let atlas = atlas();
    let roads: &[(&str, &str)] = &[("minutes", "12")];
    for reach in [&[("radius_km", "10")][..], roads] {
        let of = |posts: &'static str| {
            let fields = [&[("territory", "departements/23"), ("posts", posts)][..], reach].concat();
            study(&atlas, &fields)
        };
        let (many, few) = (of("4"), of("2"));
        let answers = [answered(&many), answered(&few)];
        let sides = answers.each_ref().map(Side::of_plan);
        let compared = compare(&atlas, many.request(), [&sides[0], &sides[1]]).unwrap();
        let Summary { persons, covered_before, covered_after, minutes_before, minutes_after, .. } = &answers[0].summary;
        assert_eq!(compared.persons, *persons);
        assert_eq!(compared.covered, [*covered_before, *covered_after, answers[1].summary.covered_after]);
        assert_eq!(compared.minutes, [*minutes_before, *minutes_after, answers[1].summary.minutes_after]);
        for level in [Level::Region, Level::Departement, Level::Epci] {
            let of = || compared.territories.iter().filter(|of| of.level == level);
            for (side, answer) in answers.iter().enumerate() {
                assert_eq!(of().map(|of| of.posts[side]).sum::<u64>(), answer.summary.posts);
                assert!(
                    answer.summary.posts >= 2,
                    "a post that brings nothing is not placed, but these bring something"
                );
            }
            assert_eq!(of().map(|of| of.covered[2]).sum::<u64>(), compared.covered[2]);
        }
        for &(one, other) in &compared.shared {
            assert_eq!(answers[0].sites[one].id, answers[1].sites[other].id);
        }
        let both = answers[0].sites.iter().filter(|site| answers[1].sites.iter().any(|other| other.id == site.id));
        assert_eq!(compared.shared.len(), both.count());
    }
}

#[test]
fn what_closes_is_no_more_counted_and_a_place_of_ones_own_is_where_it_is() {
    let atlas = atlas();
    let request =
        request(&[("territory", "departements/23"), ("existing", "venues"), ("radius_km", "10"), ("posts", "1")]);
    let all = atlas.venues().iter().map(|venue| venue.id.clone()).collect();
    let nothing = Side { closed: all, ..Side::default() };
    let compared = compare(&atlas, &request, [&Side::default(), &nothing]).unwrap();
    assert_eq!((compared.covered[0], compared.covered[2]), (compared.covered[1], 0));
    assert!(compared.shared.is_empty());
}

#[test]
fn a_budget_that_pays_no_post_says_what_one_costs_and_which_would_be_first() {
    let atlas = atlas();
    let asked =
        |limit: (&'static str, &'static str)| request(&[("territory", "departements/23"), ("radius_km", "10"), limit]);
    let first = first_post(&atlas, &asked(("budget_eur", "20000"))).unwrap();
    let one = answered(&study(&atlas, &[("territory", "departements/23"), ("radius_km", "10"), ("posts", "1")]));
    assert_eq!((first.id.as_str(), first.price_eur), (one.sites[0].id.as_str(), one.sites[0].price_eur));
    assert!(first.cheapest_eur > 20_000 && (first.value - one.summary.value).abs() < 1e-6);
    assert_eq!(first_post(&atlas, &asked(("budget_eur", "200000"))), None);
    assert_eq!(first_post(&atlas, &asked(("posts", "1"))), None);
}

#[test]
fn nobody_uncounted_or_unplaced_is_in_a_sum() {
    let atlas = atlas();
    let Summary { persons, communes_unknown, .. } = answered(&study(&atlas, &[("posts", "3")])).summary;
    let counted: u32 =
        atlas.communes().iter().filter(|c| c.point.is_some()).filter_map(|c| c.population).map(|p| p.0).sum();
    assert_eq!((persons, communes_unknown), (u64::from(counted), 2));
}

#[test]
fn an_indicator_counts_its_share_of_the_inhabitants_where_it_is_known() {
    let atlas = atlas();
    let asked = crate::planning::Request {
        demand: crate::planning::DemandKind::Indicator("poverty-rate".into()),
        ..request(&[("posts", "2")])
    };
    let summary = answered(&Study::new(&atlas, &asked).unwrap()).summary;
    let tenths = |rank: u32| u64::from((100 + rank * 7919 % 1000 + 5) / 10);
    let expected: u64 = (0..20).filter(|&rank| rank != 3).map(tenths).sum();
    assert!(summary.persons.abs_diff(expected) <= 20, "{} persons for {expected}", summary.persons);
    assert_eq!(summary.communes_unknown, 3);
}

#[test]
fn a_convention_that_ends_before_the_horizon_counts_no_more() {
    let atlas = atlas();
    let posts = |fields: &[(&str, &str)]| {
        answered(&study(&atlas, &[fields, &[("posts", "1")]].concat())).summary.existing_posts
    };
    assert_eq!(posts(&[]), 4);
    // Two of May 2021 ended in May 2023; the one of 2022 lasts until May 2024; one has no date.
    assert_eq!(posts(&[("horizon", "2023-05-01")]), 4);
    assert_eq!(posts(&[("horizon", "2023-05-02")]), 2);
    assert_eq!(posts(&[("horizon", "2025-01-01")]), 1);
    assert_eq!(posts(&[("horizon", "2025-01-01"), ("convention_months", "60")]), 4);
    assert_eq!(posts(&[("horizon", "2025-01-01"), ("renewed", "yes")]), 4);
    // On a day before they were validated, only the one without a date is there.
    assert_eq!(posts(&[("horizon", "2020-01-01"), ("renewed", "no")]), 1);
}

#[test]
fn forced_sites_are_in_the_plan_and_forbidden_ones_are_not() {
    let atlas = atlas();
    let free = answered(&study(&atlas, &[("posts", "2"), ("radius_km", "9")]));
    let best = free.sites[0].id.clone();
    let asked = [("posts", "2"), ("radius_km", "9"), ("forced", "23015"), ("forbidden", best.as_str())];
    let Answer { sites, summary, .. } = answered(&study(&atlas, &asked));
    assert!(sites.iter().any(|site| site.id == "23015" && site.forced) && sites.iter().all(|site| site.id != best));
    assert!(summary.value <= free.summary.value);
}

#[test]
fn no_other_way_to_spend_the_same_beats_a_plan_without_gap() {
    let atlas = atlas();
    for objective in ["coverage", "gradual", "median", "capacity", "floor", "leximin", "centre", "set-cover"] {
        let per_site = if objective == "capacity" { "3" } else { "1" };
        let fields = [("objective", objective), ("posts", "4"), ("minutes", "20"), ("posts_per_site", per_site)];
        let fields: Vec<_> = fields.into_iter().chain((objective == "set-cover").then_some(("share", "0.6"))).collect();
        let Answer { summary, baselines, curve, .. } = answered(&study(&atlas, &fields));
        let names: Vec<&str> = baselines.iter().map(|baseline| baseline.name).collect();
        // The longest way of the real posts is only known to be within the limit of looking.
        let told = if objective == "centre" { 3 } else { 4 };
        assert_eq!(names, ["nothing", "by-population", "random", "real-allocation"][..told], "{objective}");
        for baseline in &baselines {
            assert!(baseline.ours_is_better_percent.is_none_or(|percent| percent >= 0.0), "{objective}: {baseline:?}");
        }
        assert!(baselines.iter().take(3).all(|baseline| baseline.posts <= 4), "{objective}");
        // What cannot be held may be proven to be missed by as little as can be.
        let least = summary.status == Status::FallsShort && summary.shortfall <= summary.least_shortfall;
        let proven = least || matches!(summary.status, Status::Optimal | Status::OptimalForTheLeast);
        assert!(proven || summary.gap_percent > Some(0.0), "{objective}: {summary:?}");
        let means: Vec<u64> = curve.iter().map(|step| step.means).collect();
        assert!(means.is_sorted() && means.last().is_some_and(|means| *means <= 8), "{objective}: {means:?}");
    }
}

#[test]
fn ways_that_are_left_out_are_longer_than_one_to_a_post_that_stands() {
    let atlas = atlas();
    let mut left_out = 0;
    for objective in ["coverage", "median", "centre", "set-cover", "leximin", "capacity"] {
        let fields = [("objective", objective), ("minutes", "40")];
        let posts = (objective != "set-cover").then_some(("posts", "4"));
        let fields: Vec<_> = fields.into_iter().chain(posts).collect();
        let study = study(&atlas, &fields);
        let ways = Ways::new(&atlas, study.request().reach, &study.people, &study.places);
        let all = ways.pairs(study.request().longest()).unwrap();
        for (kept, every) in study.problem().pairs().iter().zip(all.iter()) {
            assert_eq!(kept, &every[..kept.len()], "{objective}: the nearest are kept");
            let standing = every.iter().find(|pair| study.places[pair.site as usize].existing > 0);
            let next = every.get(kept.len());
            assert!(next.is_none_or(|next| standing.is_some_and(|pair| pair.cost < next.cost)), "{objective}");
            left_out += every.len() - kept.len();
            assert!(objective != "capacity" || kept.len() == every.len());
        }
    }
    assert!(left_out > 0, "some are");
}

#[test]
fn posts_by_population_go_where_most_persons_share_one() {
    let atlas = atlas();
    let study = study(&atlas, &[("posts", "6"), ("objective", "capacity"), ("posts_per_site", "9"), ("minutes", "5")]);
    let straw = super::super::baselines::by_population(&study);
    // Post by post, whoever has most persons for each post that it would then have.
    let mut posts = [0_u64; 20];
    (posts[0], posts[17], posts[8]) = (2, 1, 1);
    let persons = |rank: usize| u64::from(100 + rank as u32 * 7919 % 1000);
    let before = posts;
    for _ in 0..6 {
        let rank = (0..20).rev().max_by_key(|&rank| (persons(rank) << 20) / (posts[rank] + 1)).unwrap();
        posts[rank] += 1;
    }
    let expected: Vec<(u32, u32)> =
        (0..20).filter(|&r| posts[r] > before[r]).map(|r| (r as u32, (posts[r] - before[r]) as u32)).collect();
    let found: Vec<(u32, u32)> = straw.iter().map(|opening| (opening.site, opening.posts)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_budget_pays_private_hosts_at_their_own_price() {
    let atlas = atlas();
    let Answer { summary, .. } = answered(&study(&atlas, &[("budget_eur", "149999"), ("radius_km", "5")]));
    assert_eq!((summary.posts, summary.cost_eur), (2, 100_000));
}

#[test]
fn what_stays_of_a_plan_under_other_assumptions_is_a_share() {
    let atlas = atlas();
    let study = study(&atlas, &[("posts", "3"), ("radius_km", "9")]);
    let variants = study.sensitivity(&solved(&study), 4, &|| false);
    let fields: Vec<&str> = variants.iter().map(|variant| variant.field).collect();
    assert_eq!(fields, ["radius_km", "radius_km"], "need cannot be estimated here, and says nothing");
    assert!(variants.iter().all(|variant| (0.0..=1.0).contains(&variant.overlap) && variant.posts <= 3));
}

#[test]
fn without_time_for_all_of_the_answer_it_says_what_it_leaves_out_and_the_plan_stands() {
    let atlas = atlas();
    for objective in ["coverage", "median", "capacity", "set-cover", "floor"] {
        let mut fields = vec![("posts", "4"), ("objective", objective), ("minutes", "30"), ("seconds", "0")];
        fields.extend(matches!(objective, "set-cover" | "floor").then_some(("share", "0.2")));
        let study = study(&atlas, &fields);
        assert!(!study.has_time());
        let plan = study.solve(crate::placement::Threads::One, &mut |_| std::ops::ControlFlow::Continue(()));
        crate::placement::verify(study.problem(), &plan).unwrap();
        let short = study.answer_in(&plan, &mut |_| study.has_time());
        let whole = study.answer(&plan);
        assert_eq!(short.untold, [Part::Curve, Part::Comparison], "{objective}");
        assert!(short.curve.is_empty() && short.baselines.is_empty() && whole.untold.is_empty(), "{objective}");
        assert_eq!((short.summary, short.sites), (whole.summary, whole.sites), "{objective}: what is said is the same");
        assert_eq!(study.sensitivity(&plan, 2, &|| true), [], "{objective}");
    }
    assert!(study(&atlas, &[("posts", "4")]).has_time());
}

#[test]
fn the_same_rounds_give_the_same_plan_on_one_and_two_threads() {
    let atlas = atlas();
    let study = study(&atlas, &[("posts", "5"), ("objective", "median"), ("minutes", "60")]);
    let two = study.solve(crate::placement::Threads::Two, &mut |_| std::ops::ControlFlow::Continue(()));
    assert_eq!(solved(&study), two);
}

#[test]
fn those_gained_are_within_reach_now_and_were_not_before_in_every_objective() {
    let atlas = atlas();
    for objective in ["coverage", "gradual", "median", "excess", "floor", "leximin"] {
        let study = study(&atlas, &[("objective", objective), ("posts", "4"), ("radius_km", "6")]);
        let Answer { summary, sites, .. } = answered(&study);
        let gained: u64 = sites.iter().map(|site| site.persons_gained).sum();
        assert_eq!(gained, summary.covered_after - summary.covered_before, "{objective}");
        assert!(sites.iter().all(|site| site.persons_gained <= site.persons), "{objective}");
    }
}

#[test]
fn the_worst_off_has_the_share_that_the_plan_is_worth() {
    let atlas = atlas();
    let study = study(&atlas, &[("objective", "leximin"), ("level", "epcis"), ("posts", "3"), ("radius_km", "8")]);
    let Answer { summary, least, .. } = answered(&study);
    let least = least.expect("territories are compared");
    assert!(!least.worst.is_empty() && least.below.is_empty());
    for worst in &least.worst {
        assert!((worst.share() - summary.value).abs() < 1e-3, "{worst:?} beside {}", summary.value);
    }
    let floor = [("objective", "floor"), ("level", "epcis"), ("share", "0.99"), ("posts", "1"), ("radius_km", "8")];
    let study = super::study(&atlas, &floor);
    let Answer { summary, least, .. } = answered(&study);
    let below = least.expect("territories are compared").below;
    assert_eq!(!below.is_empty(), summary.status == Status::FallsShort);
    let missing: u64 = below.iter().map(|of| of.missing(0.99)).sum();
    assert!(
        (missing as f64 - summary.shortfall).abs() <= below.len() as f64 + 1e-6,
        "{missing} beside {}",
        summary.shortfall
    );
}
