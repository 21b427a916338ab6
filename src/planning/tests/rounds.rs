//! Posts that travel: each way is that to the nearest stop, and no stop is farther from the last one than allowed.

use super::country::atlas;
use super::{solved, study};
use crate::planning::Study;

fn itinerant<'a>(atlas: &'a crate::atlas::Atlas, stops: &str) -> Study<'a> {
    let fields = [("stops", stops), ("stop_minutes", "20"), ("posts", "1"), ("radius_km", "5"), ("existing", "none")];
    study(atlas, &fields)
}

#[test]
fn stops_are_near_one_another_and_near_the_base() {
    let atlas = atlas();
    let study = itinerant(&atlas, "4");
    // Twenty minutes at 50 km/h on roads 1.3 times as long as the crow flies.
    let most = 50_000.0 / 3.0 / 1.3 * 1.005;
    assert!(study.rounds.iter().any(|round| round.stops.len() == 4));
    for (base, round) in study.rounds.iter().enumerate() {
        assert_eq!(round.stops[0] as usize, base);
        let mut once = round.stops.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), round.stops.len(), "a stop twice: {round:?}");
        let at = |stop: u32| study.places[stop as usize].position;
        for two in round.stops.windows(2) {
            assert!(at(two[0]).geodesic_to(at(two[1])).value() <= most, "{round:?}");
            assert!(at(two[1]).geodesic_to(at(round.stops[0])).value() <= most, "{round:?}");
        }
    }
}

#[test]
fn the_way_to_a_round_is_the_way_to_its_nearest_stop() {
    let atlas = atlas();
    let (fixed, study) =
        (super::study(&atlas, &[("posts", "1"), ("radius_km", "5"), ("existing", "none")]), itinerant(&atlas, "3"));
    for (point, row) in study.problem().pairs().iter().enumerate() {
        let direct = fixed.problem().pairs().of(point);
        for (site, round) in (0_u32..).zip(&study.rounds) {
            let nearest = direct.iter().filter(|pair| round.stops.contains(&pair.site)).map(|pair| pair.cost).min();
            let found = row.iter().find(|pair| pair.site == site).map(|pair| pair.cost);
            assert_eq!(found, nearest, "point {point}, round {round:?}");
        }
    }
}

#[test]
fn a_post_with_more_stops_serves_at_least_as_many() {
    let atlas = atlas();
    let covered = |stops: &str| {
        let study = itinerant(&atlas, stops);
        let answer = study.answer(&solved(&study));
        assert!(answer.sites[0].stops.len() <= stops.parse::<usize>().unwrap());
        answer.summary.covered_after
    };
    let grown: Vec<u64> = ["2", "3", "4", "5"].iter().map(|stops| covered(stops)).collect();
    assert!(grown.is_sorted() && grown[0] < grown[3], "{grown:?}");
}

#[test]
fn a_post_that_stays_is_no_round_even_where_one_begins() {
    let atlas = atlas();
    let fields = [("stops", "3"), ("posts", "1"), ("radius_km", "5")];
    let answer = {
        let study = study(&atlas, &fields);
        study.answer(&solved(&study))
    };
    assert_eq!(answer.summary.existing_posts, 4);
}

#[test]
fn no_rounds_pass_the_bound_of_any_rounds() {
    let atlas = atlas();
    for stops in ["2", "3", "5"] {
        let study = itinerant(&atlas, stops);
        let summary = study.answer(&solved(&study)).summary;
        let bound = summary.any_rounds.expect("a bound, where posts travel");
        assert!(bound >= summary.value, "{stops} stops: {bound} is below {}", summary.value);
        // Every single round there is, with any stops at all, is a choice of so many places.
        let fixed = super::study(&atlas, &[("posts", stops), ("radius_km", "5"), ("existing", "none")]);
        assert!(bound >= fixed.answer(&solved(&fixed)).summary.value - 1e-9, "{stops} places that stay");
    }
    let stays = super::study(&atlas, &[("posts", "1"), ("radius_km", "5"), ("existing", "none")]);
    assert_eq!(stays.answer(&solved(&stays)).summary.any_rounds, None);
}
