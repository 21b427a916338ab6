//! Rules, graph, searches and travel times on streets drawn by hand.

use std::sync::Arc as Shared;

use super::*;
use crate::access::testing::{Noise, at};
use crate::access::{
    Assumptions, ByMode, CrowFly, Demand, DemandPoint, Ground, Landmass, MixedTimes, Mode, Reach, Site, TravelTimes,
};
use crate::domain::{Metres, PointIx, Position, Seconds, SiteIx};

fn rules_of(tags: &[(&str, &'static str)]) -> Option<WayRules> {
    rules(|key| tags.iter().find(|(name, _)| *name == key).map(|(_, value)| *value))
}

/// Who may go along and against: walk, bicycle, car.
fn open(tags: &[(&str, &'static str)]) -> ([bool; 3], [bool; 3]) {
    let rules = rules_of(tags).unwrap_or_default();
    (rules.along.map(|kmh| kmh.is_some()), rules.against.map(|kmh| kmh.is_some()))
}

#[test]
fn each_class_of_road_lets_in_whom_it_is_for() {
    let both = |walk, bicycle, car| ([walk, bicycle, car], [walk, bicycle, car]);
    assert_eq!(open(&[("highway", "residential")]), both(true, true, true));
    assert_eq!(open(&[("highway", "footway")]), both(true, true, false), "a bicycle is pushed");
    assert_eq!(open(&[("highway", "trunk")]), both(false, false, true));
    assert_eq!(open(&[("highway", "trunk"), ("foot", "yes")]), both(true, true, true), "where one walks, one pushes");
    assert_eq!(open(&[("highway", "service"), ("access", "private")]), both(false, false, false));
    assert_eq!(open(&[("highway", "service"), ("access", "no"), ("foot", "yes")]), both(true, true, false));
    assert_eq!(open(&[("highway", "residential"), ("motor_vehicle", "no")]), both(true, true, false));
    assert_eq!(open(&[("highway", "residential"), ("access", "no"), ("motorcar", "yes")]), both(false, false, true));
    assert_eq!(open(&[("route", "ferry")]), both(true, true, false));
    assert_eq!(open(&[("route", "ferry"), ("motor_vehicle", "yes")]), both(true, true, true));
    for nothing in [[("highway", "proposed")], [("highway", "construction")], [("building", "yes")]] {
        assert_eq!(rules_of(&nothing), None, "{nothing:?}");
    }
}

#[test]
fn one_way_streets_hold_for_cars_and_bicycles_but_not_on_foot() {
    let street = |tag| open(&[("highway", "residential"), tag]);
    assert_eq!(street(("oneway", "yes")), ([true, true, true], [true, false, false]));
    assert_eq!(street(("oneway", "-1")), ([true, false, false], [true, true, true]));
    assert_eq!(street(("junction", "roundabout")), ([true, true, true], [true, false, false]));
    assert_eq!(street(("oneway", "reversible")), ([true, true, false], [true, true, false]));
    let contraflow = open(&[("highway", "residential"), ("oneway", "yes"), ("oneway:bicycle", "no")]);
    assert_eq!(contraflow, ([true, true, true], [true, true, false]));
    assert_eq!(open(&[("highway", "motorway")]), ([false, false, true], [false; 3]));
}

#[test]
fn a_speed_limit_slows_cars_and_nonsense_is_not_believed() {
    let car = |limit: &'static str| rules_of(&[("highway", "primary"), ("maxspeed", limit)]).unwrap().along[2];
    assert_eq!(car("50"), Some(40.0));
    assert_eq!(car("FR:rural"), Some(64.0));
    assert!(car("30 mph").is_some_and(|kmh| (kmh - 38.6).abs() < 0.1));
    assert_eq!([car("signals"), car("0"), car("NaN"), car("1e9")], [Some(65.0); 4]);
}

#[test]
fn bollards_and_private_gates_stop_cars_and_toll_booths_do_not() {
    let blocks = |tags: &[(&str, &'static str)]| {
        blocks_cars(|key| tags.iter().find(|(name, _)| *name == key).map(|(_, value)| *value))
    };
    assert!(blocks(&[("barrier", "bollard")]) && blocks(&[("barrier", "gate"), ("access", "private")]));
    assert!(
        !blocks(&[("barrier", "toll_booth")]) && !blocks(&[("barrier", "gate")]) && !blocks(&[("highway", "stop")])
    );
    assert!(!blocks(&[("barrier", "bollard"), ("motor_vehicle", "yes")]));
}

/// Nodes of a street along a parallel, a hundred metres apart.
fn street(first: i64, nodes: i64, lat: f64) -> Vec<(i64, Position)> {
    (0..nodes).map(|i| (first + i, at(1.5 + i as f64 * 0.00128, lat))).collect()
}

/// Nodes, and the tags they share.
type Street<'a> = (&'a [(i64, Position)], &'a [(&'a str, &'static str)]);

fn network(streets: &[Street<'_>], blocked: &[i64]) -> RoadNetwork {
    builder(streets, blocked).build()
}

fn builder(streets: &[Street<'_>], blocked: &[i64]) -> RoadBuilder {
    let ways = streets.iter().map(|(nodes, tags)| RawWay {
        nodes: nodes.iter().map(|(id, _)| *id).collect(),
        rules: rules_of(tags).unwrap(),
    });
    let mut builder = RoadBuilder::new(ways.collect());
    for (id, position) in streets.iter().flat_map(|(nodes, _)| *nodes) {
        let stops = if blocked.contains(id) { StopsCars::Yes } else { StopsCars::No };
        builder.place(*id, *position, stops);
    }
    builder
}

fn ms(network: &RoadNetwork, mode: Mode, from: u32, to: u32) -> Option<u32> {
    let mut search = Search::new(network.nodes());
    search.run(network.graph(mode), &[Source { node: from, ms: 0, name: 0 }], u32::MAX - 1);
    search.at(to).map(|(ms, _)| ms)
}

#[test]
fn time_is_length_over_speed_and_a_one_way_street_goes_one_way() {
    let nodes = street(10, 60, 46.0);
    let roads = network(&[(&nodes, &[("highway", "residential"), ("oneway", "yes")])], &[]);
    let length = nodes[0].1.geodesic_to(nodes[59].1).value();
    let walk = ms(&roads, Mode::Walk, 59, 0).unwrap();
    assert!((f64::from(walk) / 1000.0 - length / 1.25).abs() < 0.5, "{walk} ms for {length} m at 4.5 km/h");
    assert_eq!(ms(&roads, Mode::Walk, 0, 59), Some(walk));
    assert!(ms(&roads, Mode::Car, 0, 59).is_some());
    assert_eq!(ms(&roads, Mode::Car, 59, 0), None, "unreachable, not 0");
    assert_eq!(ms(&roads, Mode::Car, 7, 7), Some(0));
}

#[test]
fn a_ferry_takes_what_it_says_with_half_the_wait_and_a_road_that_winter_closes_is_closed() {
    let nodes = street(10, 5, 46.0);
    let tags = [("route", "ferry"), ("motor_vehicle", "yes"), ("duration", "00:10"), ("interval", "00:30")];
    let boat = network(&[(&nodes, &tags)], &[]);
    for mode in Mode::ALL {
        let took = ms(&boat, mode, 0, 4).unwrap();
        assert!(
            took.abs_diff(25 * 60 * 1000) <= 4,
            "ten minutes on the water and a quarter of an hour on the quay: {took}"
        );
    }
    assert_eq!(rules_of(&[("highway", "secondary"), ("motor_vehicle:conditional", "no @ (Nov-May)")]), None);
}

#[test]
fn a_contracted_network_has_the_same_times_with_a_fraction_of_the_nodes() {
    // A ladder: two streets of 201 nodes, joined every twenty; a ferry, a bollard and a one-way street among them.
    let (low, high) = (street(1_000, 201, 46.0), street(2_000, 201, 46.01));
    let residential: &[(&str, &'static str)] = &[("highway", "residential")];
    let one_way: &[(&str, &'static str)] = &[("highway", "primary"), ("oneway", "yes")];
    let boat: &[(&str, &'static str)] =
        &[("route", "ferry"), ("motor_vehicle", "yes"), ("duration", "00:06"), ("interval", "00:20")];
    let rungs: Vec<Vec<(i64, Position)>> = (0..=10)
        .map(|rung| {
            let (from, to) = (low[rung * 20], high[rung * 20]);
            let between = |i: i64| (3_000 + 10 * rung as i64 + i, at(from.1.lon(), 46.0 + 0.002 * i as f64));
            std::iter::once(from).chain((1..5).map(between)).chain([to]).collect()
        })
        .collect();
    let mut streets: Vec<Street<'_>> = vec![(&low, residential), (&high, one_way)];
    for (rank, rung) in rungs.iter().enumerate() {
        streets.push((rung, if rank % 3 == 2 { boat } else { residential }));
    }
    let (whole, builder) = (network(&streets, &[1_050]), builder(&streets, &[1_050]));
    let small = builder.contracted(Metres::new(700.0).unwrap()).build();
    assert!(small.nodes() * 3 < whole.nodes(), "{} of {}", small.nodes(), whole.nodes());
    let same =
        |node: u32| (0..whole.nodes() as u32).find(|other| whole.position(*other) == small.position(node)).unwrap();
    let mut compared = 0;
    for mode in Mode::ALL {
        for from in 0..small.nodes() as u32 {
            for to in (0..small.nodes() as u32).step_by(7) {
                assert_eq!(ms(&small, mode, from, to), ms(&whole, mode, same(from), same(to)), "{mode:?} {from} {to}");
                compared += 1;
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn a_bollard_stops_cars_and_a_missing_node_cuts_the_way() {
    let nodes = street(10, 60, 46.0);
    let roads = network(&[(&nodes, &[("highway", "residential")])], &[40]);
    assert_eq!((ms(&roads, Mode::Car, 0, 59), ms(&roads, Mode::Car, 0, 29).is_some()), (None, true));
    assert!(ms(&roads, Mode::Bicycle, 0, 59).is_some());
    let way = RawWay { nodes: vec![10, 11, 12, 13], rules: rules_of(&[("highway", "residential")]).unwrap() };
    let mut builder = RoadBuilder::new(vec![way]);
    for (id, position) in street(10, 4, 46.0).into_iter().filter(|(id, _)| *id != 12) {
        builder.place(id, position, StopsCars::No);
    }
    assert_eq!(builder.missing(), 1);
    let roads = builder.build();
    assert_eq!((roads.nodes(), roads.graph(Mode::Car).len()), (3, 2));
}

#[test]
fn a_search_from_many_sources_finds_for_each_node_the_nearest_of_the_searches_from_one() {
    let mut noise = Noise(3);
    let arcs: Vec<(u32, Arc)> = (0..600)
        .map(|_| (noise.below(150) as u32, Arc { to: noise.below(150) as u32, ms: 1 + noise.below(40) as u32 }))
        .collect();
    let graph = Graph::new(150, arcs);
    let sources: Vec<Source> =
        (0..9).map(|name| Source { node: noise.below(150) as u32, ms: noise.below(30) as u32, name }).collect();
    for limit in [25, 80, u32::MAX - 1] {
        let mut together = Search::new(150);
        // A search leaves nothing behind for the next.
        together.run(&graph, &sources[..3], 10);
        together.run(&graph, &sources, limit);
        let alone: Vec<Search> = sources
            .iter()
            .map(|source| {
                let mut search = Search::new(150);
                search.run(&graph, &[*source], limit);
                search
            })
            .collect();
        for node in 0..150 {
            assert_eq!(together.at(node), alone.iter().filter_map(|search| search.at(node)).min());
            assert_eq!(together.reached().contains(&node), together.at(node).is_some());
        }
    }
}

/// A village street of sixty nodes, a footpath apart from it, and demand points beside the first node, beside the last one,
/// in the woods, and nowhere.
fn village() -> RoadTimes {
    let main = street(10, 60, 46.0);
    let roof = street(200, 5, 46.002);
    let tags: &[(&str, &'static str)] = &[("highway", "residential")];
    let roads = network(&[(&main, tags), (&roof, tags)], &[]);
    let point = |position: Option<Position>| DemandPoint {
        position,
        landmass: Landmass::MAIN,
        reach: Metres::new(50.0).unwrap(),
        own_sites: 1,
        ground: Ground::Open,
    };
    let (first, last) = (main[0].1, main[59].1);
    let points = [Some(at(first.lon(), 46.0001)), Some(last), Some(at(1.5, 46.2)), None].map(point);
    let demand = Demand { points: points.to_vec().into(), ..Demand::default() };
    RoadTimes::new(Shared::new(roads), demand, Assumptions::default(), "essai".to_owned())
}

/// The same demand, as the crow flies.
fn crow_of_village() -> CrowFly {
    CrowFly::new(village().demand().clone(), Assumptions::default())
}

#[test]
fn road_times_count_the_way_to_the_road_and_call_the_woods_unreachable() {
    let times = village();
    assert_eq!(times.joined(), ByMode::of(|_| 2), "the woods and nowhere join no road");
    let site = Site {
        ordinal: SiteIx::new(7),
        position: at(1.5 + 30.0 * 0.00128, 46.0),
        landmass: Landmass::MAIN,
        point: None,
        standing: 1,
    };
    let found = times.nearest(&[site]);
    let (walk, car) = (&found[Mode::Walk].raw, &found[Mode::Car].raw);
    assert_eq!((walk[2], walk[3]), (Reach::Unreachable, Reach::Unknown));
    // Thirty steps of 99 m, and 11 m × 1.3 to the road.
    let walked = walk[0].time().unwrap().minutes() * 60.0 * 1.25;
    assert!((walked - (30.0 * 99.1 + 11.1 * 1.3)).abs() < 5.0, "{walked} m");
    assert!(car[0].time() < walk[0].time());
    assert_eq!(times.nearest(&[])[Mode::Walk].raw[0], Reach::Unreachable);
    // The five nodes of the roof lead nowhere: a site there joins the street below.
    let on_the_roof = times.nearest(&[Site { position: at(1.5, 46.002), ..site }]).take(Mode::Walk).raw;
    assert!(on_the_roof[0].time().is_some_and(|time| time < Seconds(400)));
}

#[test]
fn road_pairs_are_the_nearest_times_of_each_site_alone() {
    let times = village();
    let at_home = Site {
        ordinal: SiteIx::new(1),
        position: at(1.5, 46.0),
        landmass: Landmass::MAIN,
        point: Some(PointIx::new(1)),
        standing: 1,
    };
    let far =
        Site { ordinal: SiteIx::new(0), position: at(1.52, 46.0), landmass: Landmass::MAIN, point: None, standing: 1 };
    for (mode, minutes) in [(Mode::Walk, 30), (Mode::Walk, 200), (Mode::Car, 2), (Mode::Car, 60)] {
        let limit = Seconds::from_minutes(minutes);
        let pairs = times.within(mode, &[at_home, far], limit);
        for point in (0..4).map(PointIx::new) {
            let alone = [far, at_home].into_iter().filter_map(|site| {
                let time = times.nearest(&[site])[mode][point].time()?;
                (time <= limit).then_some((site.ordinal, time.0))
            });
            let row: Vec<(SiteIx, u32)> = pairs.row(point).iter().map(|pair| (pair.site, pair.seconds)).collect();
            assert_eq!(row, alone.collect::<Vec<_>>(), "{mode:?}, {point:?}");
        }
    }
}

#[test]
fn where_no_road_is_known_the_crow_flies_and_where_roads_end_it_flies_on() {
    let (roads, crow) = (village(), crow_of_village());
    let mixed = MixedTimes::new(Shared::new(village()), crow_of_village());
    let site = |ordinal, position| Site {
        ordinal: SiteIx::new(ordinal),
        position,
        landmass: Landmass::MAIN,
        point: None,
        standing: 1,
    };
    let (on_the_street, in_the_woods) = (site(4, at(1.52, 46.0)), site(5, at(1.5, 46.1)));
    let sites = [on_the_street, in_the_woods];
    for mode in Mode::ALL {
        let of = |times: &dyn TravelTimes, sites: &[Site]| times.nearest(sites)[mode].clone();
        let both = of(&mixed, &sites);
        for point in [0, 1].map(PointIx::new) {
            let by_road = of(&roads, &[on_the_street])[point].time();
            let over_the_woods = of(&crow, &[in_the_woods])[point].time();
            assert_eq!(both[point].time(), by_road.into_iter().chain(over_the_woods).min(), "{mode:?} {point:?}");
            assert_eq!(of(&mixed, &[in_the_woods])[point].time(), over_the_woods, "no road leads there");
        }
        assert_eq!(both.raw[2..], of(&crow, &sites).raw[2..], "the woods are estimated, nowhere stays unknown");
        let limit = Seconds::from_minutes(400);
        let pairs = mixed.within(mode, &sites, limit);
        for point in (0..4).map(PointIx::new) {
            let alone = sites.into_iter().filter_map(|site| {
                let time = of(&mixed, &[site])[point].time()?;
                (time <= limit).then_some((site.ordinal, time.0))
            });
            let row: Vec<(SiteIx, u32)> = pairs.row(point).iter().map(|pair| (pair.site, pair.seconds)).collect();
            assert_eq!(row, alone.collect::<Vec<_>>(), "{mode:?}, {point:?}");
        }
    }
}
