//! The tree against a plain sort of every venue.

use super::*;
use crate::domain::Degrees;
use crate::spatial::testing::{BOXES, Seeded, brute_force};

/// Venues in every territory, one in eight on the very spot of another, in shuffled order.
fn venues(random: &mut Seeded, count: u32) -> Vec<(u32, Position)> {
    let mut positions: Vec<Position> = Vec::new();
    for _ in 0..count {
        let position = match positions.len() {
            n if n > 8 && random.below(8) == 0 => positions[random.below(n)],
            _ => random.position_in_france(),
        };
        positions.push(position);
    }
    let mut venues: Vec<(u32, Position)> = (0..count).zip(positions).collect();
    random.shuffle(&mut venues);
    venues
}

#[test]
fn ten_thousand_points_of_france_find_what_a_plain_sort_finds() {
    let mut random = Seeded::new(1);
    let venues = venues(&mut random, 3_000);
    let index = PlaceIndex::new(venues.iter().copied());
    for i in 0..10_000 {
        let from = random.position_in(BOXES[i % BOXES.len()]);
        let found: Vec<Neighbour<u32>> = index.nearest(from).take(5).collect();
        assert_eq!(found, brute_force(&venues, from)[..5], "from {from:?}");
    }
}

#[test]
fn venues_at_one_place_come_in_order_of_ordinal() {
    let place = Seeded::new(3).position_in(BOXES[0]);
    let index = PlaceIndex::new((0..500_u32).rev().map(|ordinal| (ordinal, place)));
    let ordinals: Vec<u32> = index.nearest(place).map(|n| n.ordinal).collect();
    assert_eq!(ordinals, (0..500).collect::<Vec<u32>>());
}

#[test]
fn poles_antipodes_and_the_antimeridian_are_places_like_others() {
    let at = |lon, lat| Position::new(Degrees { lon, lat }).expect("on Earth");
    let venues: Vec<(u32, Position)> =
        [(0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (-180.0, 0.0), (0.0, 0.0), (-179.9, -13.3), (179.9, -13.3)]
            .into_iter()
            .map(|(lon, lat)| at(lon, lat))
            .enumerate()
            .map(|(i, position)| (i as u32, position))
            .collect();
    let index = PlaceIndex::new(venues.iter().copied());
    for lon in (-180..=180).step_by(30) {
        for lat in (-90..=90).step_by(15) {
            let from = at(f64::from(lon), f64::from(lat));
            assert_eq!(index.nearest(from).collect::<Vec<_>>(), brute_force(&venues, from), "from {from:?}");
        }
    }
    let over_the_line = index.nearest(at(-179.95, -13.3)).nth(1).expect("seven venues");
    assert_eq!(over_the_line.ordinal, 6, "0.15° away across the antimeridian, not 359.85°");
    let farthest = index.nearest(at(0.0, 0.0)).last().expect("seven venues").great_circle();
    assert!((farthest.value() - std::f64::consts::PI * crate::spatial::sphere::MEAN_RADIUS_M).abs() < 1.0);
}

#[test]
fn an_empty_index_finds_nothing() {
    let index = PlaceIndex::<u32>::new([]);
    assert!(index.is_empty());
    assert_eq!(index.nearest(Seeded::new(4).position_in(BOXES[0])).next(), None);
}

#[test]
fn great_circles_never_exceed_geodesics_by_more_than_the_margin() {
    let mut random = Seeded::new(5);
    for _ in 0..20_000 {
        let from = random.position_in([-180.0, -90.0, 180.0, 90.0]);
        let reach = 10_f64.powf(random.between(-4.0, 1.0));
        let [lon, lat] = [from.lon() + random.between(-reach, reach), from.lat() + random.between(-reach, reach)];
        let Ok(to) = Position::new(Degrees { lon, lat }) else { continue };
        let neighbour = PlaceIndex::new([(0_u32, to)]).nearest(from).next().expect("one venue");
        let geodesic = from.geodesic_to(to).value();
        assert!(neighbour.great_circle().value() <= geodesic * GREAT_CIRCLE_PER_GEODESIC, "{from:?} {to:?}");
    }
}
