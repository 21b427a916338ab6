//! The map of candidates against the R-tree and against a plain sort, to the bit.

use super::*;
use crate::domain::Degrees;
use crate::spatial::PlaceIndex;
use crate::spatial::testing::{BOXES, Seeded, brute_force};

/// Venues in towns: most within a few kilometres of one of a few centres, some in the very same building.
fn towns(random: &mut Seeded, count: u32) -> Vec<(u32, Position)> {
    let centres: Vec<Position> = (0..=count / 20).map(|_| random.position_in_france()).collect();
    let mut venues: Vec<(u32, Position)> = Vec::new();
    for ordinal in 0..count {
        let centre = centres[random.below(centres.len())];
        let spread = [0.0, 1e-9, 1e-5, 0.001, 0.02, 0.2][random.below(6)];
        let lon = centre.lon() + random.between(-spread, spread);
        let lat = centre.lat() + random.between(-spread, spread);
        venues.push((ordinal, Position::new(Degrees { lon, lat }).expect("France is far from the poles")));
    }
    random.shuffle(&mut venues);
    venues
}

#[test]
fn a_hundred_thousand_residents_find_what_the_tree_finds() {
    let mut random = Seeded::new(21);
    let venues = towns(&mut random, 5_000);
    let map = BatchNearest::new(venues.iter().copied());
    let tree = PlaceIndex::new(venues.iter().copied());
    for i in 0..100_000 {
        let from = random.position_in(BOXES[i % BOXES.len()]);
        assert_eq!(map.nearest(from), tree.nearest(from).next(), "from {from:?}");
    }
    for &(_, beside) in &venues {
        let [lon, lat] = [beside.lon() + random.between(-1e-4, 1e-4), beside.lat() + random.between(-1e-4, 1e-4)];
        for from in [beside, Position::new(Degrees { lon, lat }).expect("on Earth")] {
            assert_eq!(map.nearest(from), tree.nearest(from).next(), "from {from:?}");
        }
    }
}

#[test]
fn small_random_worlds_agree_with_a_plain_sort_everywhere_on_earth() {
    let mut random = Seeded::new(22);
    for world in 0..60 {
        let count = random.below(200) as u32;
        let venues = if world % 2 == 0 {
            towns(&mut random, count)
        } else {
            (0..count).map(|ordinal| (ordinal * 3, random.position_in([-180.0, -90.0, 180.0, 90.0]))).collect()
        };
        let map = BatchNearest::new(venues.iter().copied());
        for _ in 0..300 {
            let from = random.position_in([-180.0, -90.0, 180.0, 90.0]);
            assert_eq!(map.nearest(from), brute_force(&venues, from).first().copied(), "from {from:?}");
        }
        for (lon, lat) in [(0.0, 90.0), (12.0, -90.0), (180.0, 0.0), (-180.0, 90.0), (180.0, -90.0), (0.0, 0.0)] {
            let from = Position::new(Degrees { lon, lat }).expect("on Earth");
            assert_eq!(map.nearest(from), brute_force(&venues, from).first().copied(), "from {from:?}");
        }
    }
}

#[test]
fn positions_on_the_edges_of_squares_agree_with_a_plain_sort() {
    let mut random = Seeded::new(23);
    let venues = towns(&mut random, 400);
    let map = BatchNearest::new(venues.iter().copied());
    let on_an_edge = |random: &mut Seeded, [low, high]: [f64; 2]| {
        let side = 360.0 / f64::from(1_u32 << (4 + random.below(16)));
        let edge = (random.between(low, high) / side).round() * side;
        [edge, edge.next_up(), edge.next_down()][random.below(3)]
    };
    for i in 0..5_000 {
        let [west, south, east, north] = BOXES[i % BOXES.len()];
        let [lon, lat] = [on_an_edge(&mut random, [west, east]), on_an_edge(&mut random, [south, north])];
        let from = Position::new(Degrees { lon, lat }).expect("on Earth");
        assert_eq!(map.nearest(from), brute_force(&venues, from).first().copied(), "from {from:?}");
    }
}

#[test]
fn venues_on_one_circle_do_not_divide_squares_for_ever() {
    let on_the_polar_circle =
        |i: u32| Position::new(Degrees { lon: f64::from(i) * 0.36 - 180.0, lat: 66.5 }).expect("on Earth");
    let venues: Vec<(u32, Position)> = (0..1_000).map(|i| (i, on_the_polar_circle(i))).collect();
    let map = BatchNearest::new(venues.iter().copied());
    assert!(map.bytes() < 4_000_000, "{} bytes", map.bytes());
    let mut random = Seeded::new(24);
    for _ in 0..2_000 {
        let from = random.position_in([-180.0, 89.9, 180.0, 90.0]);
        assert_eq!(map.nearest(from), brute_force(&venues, from).first().copied(), "from {from:?}");
    }
}

#[test]
fn no_venue_at_all_is_no_answer() {
    let map = BatchNearest::new([]);
    assert_eq!(map.nearest(Seeded::new(25).position_in(BOXES[0])), None);
}

#[test]
fn ways_and_measures_find_what_measuring_everything_finds() {
    let mut random = Seeded::new(24);
    let venues = towns(&mut random, 600);
    let way = |ordinal: u32| if ordinal.is_multiple_of(4) { 300.0 + f64::from(ordinal % 40) * 150.0 } else { 0.0 };
    let map = BatchNearest::with_ways(venues.iter().map(|&(i, at)| (i, at, Metres::new(way(i)).expect("positive"))));
    let at: std::collections::HashMap<u32, Position> = venues.iter().copied().collect();
    let (mut vague, mut turned) = (0, 0);
    for i in 0..20_000 {
        let from = match i % 3 {
            0 => venues[random.below(venues.len())].1,
            _ => random.position_in(BOXES[i % BOXES.len()]),
        };
        let measure = |ordinal: u32| from.geodesic_to(at[&ordinal]).value().hypot(way(ordinal));
        let by_hand = at.keys().map(|&ordinal| (measure(ordinal), ordinal));
        let by_hand = by_hand.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, ordinal)| ordinal);
        let found = map.nearest_measured(from, measure);
        assert_eq!(found, by_hand, "from {from:?}");
        vague += u32::from(found.is_some_and(|ordinal| way(ordinal) > 0.0));
        turned += u32::from(found != map.nearest(from).map(|neighbour| neighbour.ordinal));
    }
    assert!(vague > 100 && turned > 0, "{vague} vague, {turned} told apart by the ellipsoid alone");
}

#[test]
fn residents_are_compared_with_few_venues_wherever_they_live() {
    // Twelve thousand venues of metropolitan France and three hundred of Réunion, some known by their commune only. From
    // an ocean all of them are about as far; that must not spend what the towns need.
    let mut random = Seeded::new(77);
    let way = |ordinal: u32| Metres::new(if ordinal.is_multiple_of(5) { 1_500.0 } else { 0.0 }).expect("a length");
    let box_of = |ordinal: u32| if ordinal < 12_000 { BOXES[0] } else { BOXES[4] };
    let venues: Vec<_> = (0..12_300).map(|o| (o, random.position_in(box_of(o)), way(o))).collect();
    let map = BatchNearest::with_ways(venues.iter().copied());
    for (of, at_most) in [(BOXES[0], 16), (BOXES[4], 16)] {
        let mean = (0..2_000).map(|_| map.candidates_at(random.position_in(of)).len()).sum::<usize>() / 2_000;
        assert!(mean <= at_most, "{mean} venues are looked at for a resident of {of:?}");
    }
    assert!(map.bytes() < 16_000_000, "{} bytes", map.bytes());
}
