//! Estimated times: the searches against brute force, and what the great circle must not do.

use std::collections::{HashMap, HashSet};

use typed_index_collections::TiSlice;

use crate::access::islands::ISLANDS;
use crate::access::testing::{Noise, at, country};
use crate::access::*;
use crate::domain::need::testing::commune;
use crate::domain::{CommuneCode, CommuneIx, Metres, PointIx, Position, Seconds, SiteIx};
use crate::spatial::Neighbour;

const FIRST: PointIx = PointIx::new(0);
const SECOND: PointIx = PointIx::new(1);

/// Length of the great circle, from the chord.
fn metres(a: Position, b: Position) -> Metres {
    let chord2 = a.unit_vector().iter().zip(b.unit_vector()).map(|(a, b)| (a - b) * (a - b)).sum();
    Neighbour { ordinal: 0_u32, chord2 }.great_circle()
}

/// The dumb twin: every time from a demand point; sites on another land have none. `at_home` is how many sites share it.
fn times(mode: Mode, ordinal: PointIx, demand: &Demand, sites: &[Site], at_home: u32) -> Vec<Pair> {
    let from = &demand.points[ordinal];
    let time = |site: &Site| {
        let crow = metres(from.position?, site.position).value();
        let metres = match site.point {
            Some(point) if point == ordinal => from.reach.value() / f64::from(at_home).powf(0.31),
            _ => crow.max(from.reach.value()),
        };
        let seconds = Assumptions::default().time(mode, from, Metres::new(metres)?).0;
        (site.landmass == from.landmass).then_some(Pair { site: site.ordinal, seconds })
    };
    sites.iter().filter_map(time).collect()
}

#[test]
fn the_nearest_site_is_the_one_that_brute_force_finds() {
    for seed in 0..4 {
        let (demand, sites) = country(seed, 300, 80);
        let crow = CrowFly::new(demand.clone(), Assumptions::default());
        let nearest = crow.nearest(&sites);
        for mode in Mode::ALL {
            for (ordinal, reach) in nearest[mode].iter_enumerated() {
                let own = sites.iter().filter(|site| site.point == Some(ordinal)).count() as u32;
                let expected = times(mode, ordinal, &demand, &sites, own).into_iter().map(|pair| pair.seconds).min();
                assert_eq!(reach.time().map(|time| time.0), expected);
                assert_eq!(*reach == Reach::Unknown, demand.points[ordinal].position.is_none());
            }
        }
    }
}

#[test]
fn the_sites_within_a_limit_are_those_that_brute_force_finds() {
    for seed in 0..4 {
        let (demand, sites) = country(seed, 200, 300);
        let crow = CrowFly::new(demand.clone(), Assumptions::default());
        for (mode, minutes) in [(Mode::Walk, 60), (Mode::Bicycle, 30), (Mode::Car, 30), (Mode::Car, 0)] {
            let limit = Seconds::from_minutes(minutes);
            let found = crow.within(mode, &sites, limit);
            assert_eq!(found.rows(), demand.points.len());
            for (ordinal, row) in demand.points.keys().zip(found.iter()) {
                let all = times(mode, ordinal, &demand, &sites, demand.points[ordinal].own_sites);
                let near = all.into_iter().filter(|pair| pair.seconds <= limit.0);
                assert_eq!(row, near.collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn places_within_a_radius_are_found_across_the_antimeridian_and_at_the_poles() {
    let boxes = [[179.0, -15.0, 180.0, -14.0], [-180.0, -15.0, -179.0, -14.0], [-180.0, 88.0, 180.0, 90.0]];
    let mut noise = Noise(5);
    for (from_box, radius) in [(0, 40_000.0), (1, 90_000.0), (2, 150_000.0)] {
        let places: Vec<(u32, Position)> = (0..600).map(|i| (i, noise.place(boxes[i as usize % 3]))).collect();
        let radius = Metres::new(radius).unwrap();
        let index = NearPairs::new(places.iter().copied(), Metres::new(40_000.0).unwrap());
        for _ in 0..50 {
            let from = noise.place(boxes[from_box]);
            let mut found = Vec::new();
            index.within(from, radius, |neighbour| found.push(neighbour.ordinal));
            found.sort_unstable();
            let near = places.iter().filter(|(_, place)| metres(from, *place) <= radius);
            assert_eq!(found, near.map(|(ordinal, _)| *ordinal).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_venue_at_the_town_hall_is_not_at_the_door_of_everybody() {
    let mut large = commune("23001", None, Some(900));
    large.area_km2 = Some(100.0 * std::f64::consts::PI);
    large.point = Some(at(2.0, 46.0));
    let town_hall = Site::in_commune(SiteIx::new(0), at(2.0, 46.0), Some((CommuneIx::new(0), large.code)));
    let demand = Demand::of_communes(TiSlice::from_ref(&[large]), &[town_hall]);
    let reach = demand.points[FIRST].reach.value();
    assert!((reach - 20_000.0 / 3.0).abs() < 1e-6, "two thirds of a radius of 10 km");
    let crow = CrowFly::new(demand, Assumptions::default());
    let times = crow.nearest(&[town_hall]);
    assert_eq!(times[Mode::Walk][FIRST].time(), Some(Seconds((reach * 1.3 / 1.25).round() as u32)));
    assert_eq!(times[Mode::Car][FIRST].time(), Some(Seconds(624)));
    let four = [0, 1, 2, 3].map(|ordinal| Site { ordinal: SiteIx::new(ordinal), ..town_hall });
    assert_eq!(
        crow.nearest(&four)[Mode::Car][FIRST].time(),
        Some(Seconds(406)),
        "624 s over 4^0.31: venues stand together, so that four do not halve the way (numbers.md)"
    );
    let elsewhere = Site { point: None, ..town_hall };
    assert_eq!(crow.nearest(&[elsewhere])[Mode::Car][FIRST].time(), Some(Seconds(624)), "no journey is shorter");
}

#[test]
fn an_unknown_area_borrows_the_median_and_says_so_and_an_unknown_place_is_unknown() {
    let mut communes =
        [commune("01003", None, Some(9)), commune("01001", None, Some(9)), commune("01002", None, Some(9))];
    communes[0].area_km2 = None;
    communes[0].point = Some(at(2.0, 46.0));
    let demand = Demand::of_communes(TiSlice::from_ref(&communes), &[]);
    assert_eq!((demand.assumed_reach, demand.points[FIRST].reach), (1, demand.points[SECOND].reach));
    let site = Site::in_commune(SiteIx::new(0), at(2.0, 46.0), None);
    let walk = CrowFly::new(demand, Assumptions::default()).nearest(&[site]).take(Mode::Walk);
    assert!(walk[FIRST].time().is_some_and(|time| time > Seconds(0)));
    assert_eq!(walk[SECOND], Reach::Unknown);
}

#[test]
fn nobody_drives_to_an_island() {
    let code = |code| CommuneCode::parse(code).map(|code| (CommuneIx::new(u32::from(code.as_str() == "56121")), code));
    let (groix, lorient) = (at(-3.461, 47.639), at(-3.370, 47.748));
    let mut communes = [commune("56069", None, Some(2300)), commune("56121", None, Some(57_000))];
    (communes[0].point, communes[1].point) = (Some(groix), Some(lorient));
    let crow = CrowFly::new(Demand::of_communes(TiSlice::from_ref(&communes), &[]), Assumptions::default());
    let car = crow.nearest(&[Site::in_commune(SiteIx::new(0), lorient, code("56121"))]).take(Mode::Car);
    assert_eq!(car[FIRST], Reach::Unreachable);
    assert!(car[SECOND].nearest().is_some());
    let both = [
        Site::in_commune(SiteIx::new(0), lorient, code("56121")),
        Site::in_commune(SiteIx::new(1), groix, code("56069")),
    ];
    let pairs = crow.within(Mode::Car, &both, Seconds::from_minutes(120));
    let sites: Vec<Vec<u32>> = pairs.iter().map(|row| row.iter().map(|pair| pair.site.get()).collect()).collect();
    assert_eq!(sites, [[1], [0]]);
    assert_eq!(crow.nearest(&[])[Mode::Car].raw, [Reach::Unreachable; 2]);
}

#[test]
fn the_islands_are_communes_of_today_under_their_names() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/data/territories/communes.csv");
    let table = std::fs::read_to_string(table).unwrap();
    let names: HashMap<&str, &str> = table.lines().filter_map(|line| line.split_once(',')).collect();
    for (code, name) in ISLANDS.iter().copied().flatten() {
        assert!(names[code].starts_with(&format!("{name},")), "{code} is {}, not {name}", names[code]);
    }
}

#[test]
fn lands_are_told_apart_by_territory_and_paris_is_not_overseas() {
    let land = |code| Landmass::of(CommuneCode::parse(code).unwrap());
    assert_eq!([land("75056"), land("93008"), land("95018")], [Landmass::MAIN; 3]);
    assert_eq!([land("2A004"), land("2B033")], [Landmass::CORSICA; 2]);
    assert_eq!(land("56009"), land("56241"), "Belle-Île is one island");
    let lands = ["97105", "97108", "97209", "97411", "98735", "98818", "98814", "56069"].map(land);
    assert_eq!(lands.iter().collect::<HashSet<_>>().len(), 8);
}

#[test]
fn what_is_shown_says_how_it_was_estimated() {
    let label = CrowFly::new(Demand::default(), Assumptions::default()).label();
    assert!(label.contains("vol d’oiseau × 1,3") && label.contains("4,5 km/h à pied"), "{label}");
}

#[test]
fn the_minutes_of_a_car_are_those_of_the_formula_and_a_dense_commune_slows_its_first_five_kilometres() {
    let minutes =
        |ground, km: f64| Assumptions::default().time_from(Mode::Car, ground, Metres::new(km * 1000.0).unwrap());
    // t = 1.56 D + 1.56 min(D, 5 km), the second term only from a dense commune.
    for (km, plain, dense) in [(1.0, 1.56, 3.12), (5.0, 7.8, 15.6), (10.0, 15.6, 23.4), (20.0, 31.2, 39.0)] {
        let near = |seconds: Seconds, minutes: f64| (seconds.minutes() - minutes).abs() < 0.01;
        assert!(near(minutes(Ground::Open, km), plain) && near(minutes(Ground::Dense, km), dense), "{km} km");
        // Amid mountains a third more, for the first 20 km.
        assert!(near(minutes(Ground::Relief, km), 1.35 * plain), "{km} km");
    }
    assert!((minutes(Ground::Relief, 40.0).minutes() - 1.56 * 47.0).abs() < 0.01, "no motorway bends for 40 km");
    for ground in [Ground::Open, Ground::Dense, Ground::Relief] {
        for km in [0.5, 4.0, 6.0, 19.0, 45.0] {
            let back = Assumptions::default().as_far(Mode::Car, ground, minutes(ground, km));
            assert!((back.value() / 1000.0 - km).abs() < 0.02, "{ground:?} {km}: {back:?}");
        }
    }
    let limit = Seconds::from_minutes(30);
    let farthest = Assumptions::default().farthest(Mode::Car, limit);
    assert_eq!(
        Assumptions::default().time_from(Mode::Car, Ground::Open, farthest),
        Seconds(1801),
        "half a second more"
    );
}

/// Road times of a router, not shipped: `from_lon,from_lat,to_lon,to_lat,minutes_metric_off_peak,minutes_osrm`.
#[test]
fn the_estimate_is_within_six_minutes_of_the_roads_of_gironde_in_the_mean() {
    let folder = std::env::var("MEDIANE_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let Ok(table) = std::fs::read_to_string(format!("{folder}/times/gironde-2500-pairs.csv")) else {
        eprintln!("skipped: no table of times");
        return;
    };
    let rows = table.lines().skip(1).map(|line| line.split(',').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect());
    let (mut errors, mut held) = (Vec::new(), 0);
    for row in rows {
        let row: Vec<f64> = row;
        let distance = metres(at(row[0], row[1]), at(row[2], row[3]));
        if distance.value() < 20_000.0 && row[5].is_finite() {
            let estimated = Assumptions::default().time_from(Mode::Car, Ground::Open, distance);
            let [least, most] = range(estimated);
            errors.push((estimated.minutes() - row[5]).abs());
            held += u32::from((least.minutes()..=most.minutes()).contains(&row[5]));
        }
    }
    let mean = errors.iter().sum::<f64>() / errors.len() as f64;
    let share = f64::from(held) / errors.len() as f64;
    println!("Gironde: {} pairs under 20 km, mean error {mean:.2} min, {share:.3} within the range", errors.len());
    assert!(errors.len() > 250 && mean < 6.0, "{mean}");
    assert!((0.75..0.95).contains(&share), "{share}");
}
