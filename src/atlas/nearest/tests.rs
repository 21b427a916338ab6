//! The order of answers against measuring everything.

use super::*;
use crate::domain::{CommuneCode, Degrees};
use crate::spatial::testing::Seeded;

/// Things in France, one in five of them known only by its commune, one in eight on the spot of another.
fn things(random: &mut Seeded, count: u32) -> Vec<(Position, Metres)> {
    let mut things: Vec<(Position, Metres)> = Vec::new();
    for i in 0..count {
        let at = if i % 8 == 7 { things[random.below(things.len())].0 } else { random.position_in_france() };
        let way = if i % 5 == 0 { random.between(500.0, 9_000.0) } else { 0.0 };
        things.push((at, Metres::new(way).expect("positive")));
    }
    things
}

fn by_hand(things: &[(Position, Metres)], from: Position, keep: impl Fn(u32) -> bool) -> Vec<(f64, u32)> {
    let measured = (0..).zip(things).filter(|(i, _)| keep(*i));
    let mut all: Vec<(f64, u32)> =
        measured.map(|(i, (at, way))| (from.geodesic_to(*at).value().hypot(way.value()), i)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all
}

#[test]
fn answers_are_the_beginning_of_everything_in_order_of_the_distance_shown() {
    let mut random = Seeded::new(51);
    let things = things(&mut random, 1_500);
    let index = PlaceIndex::new((0_u32..).zip(things.iter().map(|(at, _)| *at)));
    for i in 0..2_000_usize {
        let from = if i % 4 == 0 { things[random.below(things.len())].0 } else { random.position_in_france() };
        let keep = |ordinal: u32| i.is_multiple_of(2) || !ordinal.is_multiple_of(3);
        let within = (i % 3 == 0).then(|| Metres::new(random.between(0.0, 60_000.0)).expect("positive"));
        let limit = 1 + random.below(12);
        let around = Around { position: from, limit, within };
        let found = nearest(&index, around, keep, |ordinal| Some(things[ordinal as usize]));
        let told: Vec<(f64, u32)> = found.iter().map(|found| (found.distance.value(), found.ordinal)).collect();
        let all = by_hand(&things, from, keep).into_iter();
        let expected: Vec<(f64, u32)> =
            all.take_while(|(far, _)| within.is_none_or(|within| *far <= within.value())).take(limit).collect();
        assert_eq!(told, expected, "from {from:?}, {limit} within {within:?}");
    }
}

#[test]
fn what_is_known_only_by_its_commune_is_never_at_no_distance() {
    let at = |lon, lat| Position::new(Degrees { lon, lat }).unwrap();
    let town_hall = at(2.0, 46.0);
    let commune = |area_km2| Commune {
        code: CommuneCode::parse("23096").unwrap(),
        name: "Guéret".into(),
        departement: "23".into(),
        region: "75".into(),
        epci: None,
        postcodes: Vec::new(),
        population: None,
        area_km2,
        point: Some(town_hall),
    };
    let (large, unknown) = (commune(Some(100.0)), commune(None));
    let ways = Ways::new(&[large.clone(), unknown.clone()]);
    let vague = Location::Commune(town_hall);
    assert!((3_761.0..3_762.0).contains(&ways.within(vague, Some(&large)).value()), "two thirds of √(100/π) km");
    for commune in [Some(&large), Some(&unknown), None] {
        assert!(ways.within(vague, commune) > Metres::ZERO);
        assert_eq!(ways.within(Location::Published(town_hall), commune), Metres::ZERO);
    }
    assert!(Ways::new(&[unknown]).within(vague, None) > Metres::ZERO, "even where no area is known at all");
    let index = PlaceIndex::new([(0, town_hall), (1, at(2.02, 46.0))]);
    let spot = |i: u32| {
        Some(if i == 0 { (town_hall, ways.within(vague, Some(&large))) } else { (at(2.02, 46.0), Metres::ZERO) })
    };
    let found = nearest(&index, Around { position: town_hall, limit: 5, within: None }, |_| true, spot);
    assert_eq!(
        found.iter().map(|found| (found.ordinal, found.to)).collect::<Vec<_>>(),
        [(1, Counted::Place), (0, Counted::Commune)]
    );
}
