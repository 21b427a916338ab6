//! The land against what is known of it: a bay, a bridge, a ferry, a pass, a spit.

use std::sync::Arc;

use geo::{MultiPolygon, polygon};
use typed_index_collections::TiSlice;

use super::*;
use crate::access::testing::at;
use crate::access::{
    AccessTables, Assumptions, Change, CrowFly, Decay, Demand, Landmass, Mode, Reach, Site, TravelTimes,
};
use crate::domain::{Commune, CommuneCode, Position, Seconds, SiteIx, need::testing::commune};
use crate::spatial::sphere;

/// Two rows of communes of 0.1° by 0.05° with a gulf of 0.04° between them, joined at the east end only.
struct Gulf {
    communes: Vec<Commune>,
    contours: Vec<(CommuneCode, MultiPolygon)>,
}

impl Gulf {
    fn new() -> Self {
        let mut gulf = Self { communes: Vec::new(), contours: Vec::new() };
        for column in 0..8_u32 {
            for row in 0..2_u32 {
                let (west, south) = (2.0 + 0.1 * f64::from(column), 46.0 + 0.09 * f64::from(row));
                // The last commune of the south reaches up to the north.
                let north = if (column, row) == (7, 0) { 46.09 } else { south + 0.05 };
                gulf.add(10 * (column + 1) + row, [west, south, west + 0.1, north]);
            }
        }
        gulf
    }

    fn add(&mut self, number: u32, [west, south, east, north]: [f64; 4]) {
        let mut one = commune(&format!("23{number:03}"), None, Some(100));
        one.point = Some(at(f64::midpoint(west, east), south + 0.02));
        one.area_km2 = Some(30.0);
        let contour = polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north), (x: west, y: south)];
        self.contours.push((one.code, MultiPolygon::new(vec![contour])));
        self.communes.push(one);
    }

    fn land(&self, facts: &LandFacts) -> Land {
        Land::new(&self.communes, |code| self.contour(code), facts)
    }

    fn contour(&self, code: CommuneCode) -> Option<&MultiPolygon> {
        self.contours.iter().find(|(other, _)| *other == code).map(|(_, contour)| contour)
    }
}

fn crossing(kind: CrossingKind, minutes: u32, from: Position, to: Position) -> Crossing {
    Crossing {
        name: "passage".to_owned(),
        kind,
        from,
        to,
        time: Seconds::from_minutes(minutes),
        wait: Seconds(0),
        modes: [true; 3],
        months: None,
        source: String::new(),
    }
}

const SOUTH: (f64, f64) = (2.05, 46.02);
const NORTH: (f64, f64) = (2.05, 46.11);

/// As people set out.
fn way(mode: Mode, season: Season) -> Way {
    Way::new(&Assumptions::default(), mode, season, End::People)
}

fn round(land: &Land, mode: Mode, season: Season) -> Option<Route> {
    land.round(&way(mode, season), (at(SOUTH.0, SOUTH.1), Landmass::MAIN), (at(NORTH.0, NORTH.1), Landmass::MAIN))
}

fn metres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let [from, to] = [from, to].map(|(lon, lat)| at(lon, lat).unit_vector());
    sphere::great_circle(sphere::chord2(from, to)).value()
}

#[test]
fn nobody_goes_straight_across_a_gulf_but_round_it() {
    let land = Gulf::new().land(&LandFacts::default());
    assert!(!land.clear(Landmass::MAIN, at(SOUTH.0, SOUTH.1), at(NORTH.0, NORTH.1)));
    assert!(land.clear(Landmass::MAIN, at(2.05, 46.02), at(2.65, 46.02)), "along the shore one goes straight on");
    let route = round(&land, Mode::Car, Season::AllYear).unwrap();
    // Seven communes east and back are 2 × 0.65° of longitude at 46°, and the head of the gulf.
    let straight = 2.0 * 0.65 * 111_195.0 * 46.05_f64.to_radians().cos();
    assert!(route.metres > straight && route.metres < 1.25 * straight, "{route:?}");
    assert_eq!((route.crossing_s, route.crossings.len()), (0, 0));
}

#[test]
fn a_way_round_a_bay_needs_no_town_on_the_way() {
    let mut gulf = Gulf::new();
    gulf.communes.iter_mut().filter(|town| !town.code.as_str().starts_with("2301")).for_each(|town| town.point = None);
    let route = round(&gulf.land(&LandFacts::default()), Mode::Car, Season::AllYear).unwrap();
    let straight = 2.0 * 0.65 * 111_195.0 * 46.05_f64.to_radians().cos();
    assert!(route.metres > straight && route.metres < 1.3 * straight, "{route:?}");
}

#[test]
fn without_any_way_there_is_none_and_a_ferry_makes_one_for_those_whom_it_takes() {
    let mut gulf = Gulf::new();
    gulf.communes.retain(|commune| !commune.code.as_str().starts_with("2308"));
    assert_eq!(round(&gulf.land(&LandFacts::default()), Mode::Car, Season::AllYear), None);
    let ferry = Crossing {
        wait: Seconds::from_minutes(7),
        modes: [true, true, false],
        ..crossing(CrossingKind::Ferry, 5, at(2.15, 46.045), at(2.15, 46.095))
    };
    let land = gulf.land(&LandFacts { crossings: vec![ferry], barriers: Vec::new() });
    let on_foot = round(&land, Mode::Walk, Season::AllYear).unwrap();
    assert_eq!((on_foot.crossing_s, on_foot.afoot_s, &on_foot.crossings), (12 * 60, 0, &vec![0]));
    // Whoever comes by car leaves it at the quay of their own side: 8 km there on wheels, 8 km here on foot.
    let (quay, landing) = ((2.15, 46.045), (2.15, 46.095));
    let (driven, walked) = (metres(SOUTH, quay), metres(landing, NORTH));
    let by_car = round(&land, Mode::Car, Season::AllYear).unwrap();
    assert_eq!((by_car.crossing_s, &by_car.crossings), (12 * 60, &vec![0]));
    let more = |real: f64, straight: f64| straight - 1.0 <= real && real < 1.3 * straight;
    assert!(more(by_car.metres, driven), "{by_car:?}: {driven}");
    let afoot = walked * Assumptions::default().pace(Mode::Walk);
    assert!(more(f64::from(by_car.afoot_s), afoot), "{by_car:?}: {afoot}");
    // A bicycle comes along: nobody walks.
    assert_eq!(round(&land, Mode::Bicycle, Season::AllYear).unwrap().afoot_s, 0);
}

#[test]
fn a_pass_is_a_way_in_the_season_in_which_it_is_open() {
    let gulf = Gulf::new();
    let crest = Barrier {
        name: "crête".to_owned(),
        kind: BarrierKind::Crest,
        sides: [vec!["23010".to_owned()], vec!["23020".to_owned()]],
        line: Vec::new(),
        source: String::new(),
    };
    let pass = Crossing {
        months: OpenMonths::parse("6-10"),
        ..crossing(CrossingKind::Pass, 30, at(2.08, 46.02), at(2.12, 46.02))
    };
    let (here, there) = ((at(2.05, 46.02), Landmass::MAIN), (at(2.15, 46.02), Landmass::MAIN));
    let free = gulf.land(&LandFacts::default());
    assert!(free.clear(Landmass::MAIN, here.0, there.0));
    let land = gulf.land(&LandFacts { crossings: vec![pass], barriers: vec![crest] });
    assert!(!land.clear(Landmass::MAIN, here.0, there.0));
    assert_eq!(land.round(&way(Mode::Car, Season::AllYear), here, there), None);
    let summer = land.round(&way(Mode::Car, Season::Summer), here, there).unwrap();
    assert_eq!(summer.crossing_s, 1800);
}

#[test]
fn a_barrier_between_communes_without_a_common_border_is_none() {
    let gulf = Gulf::new();
    let between = |one: &str, other: &str| Barrier {
        name: format!("{one} {other}"),
        kind: BarrierKind::Estuary,
        sides: [vec![one.to_owned()], vec![other.to_owned()]],
        line: Vec::new(),
        source: String::new(),
    };
    let void = |barriers: Vec<Barrier>| {
        let facts = LandFacts { crossings: Vec::new(), barriers };
        facts.without_border(&gulf.communes, |code| gulf.contour(code)).map(|barrier| barrier.name.clone())
    };
    assert_eq!(void(vec![between("23010", "23020"), between("23010", "23030")]).as_deref(), Some("23010 23030"));
    // Communes that are not here say nothing of their border.
    assert_eq!(void(vec![between("23010", "23020"), between("23010", "75056")]), None);
}

/// The estimate over land, searched from the sites, against every site looked at alone from where people set out; with a bridge,
/// and a boat for walkers that is as good a way for some who come by car.
#[test]
fn the_nearest_over_land_is_the_least_of_all_sites_looked_at_alone() {
    let gulf = Gulf::new();
    let bridge = crossing(CrossingKind::Bridge, 3, at(2.45, 46.045), at(2.45, 46.095));
    let boat = Crossing {
        modes: [true, false, false],
        ..crossing(CrossingKind::Ferry, 4, at(2.05, 46.045), at(2.05, 46.095))
    };
    let land = Arc::new(gulf.land(&LandFacts { crossings: vec![bridge, boat], barriers: Vec::new() }));
    let mut left = 0;
    let demand = Demand::of_communes(TiSlice::from_ref(gulf.communes.as_slice()), &[]);
    let crow = CrowFly::new(demand.clone(), Assumptions::default()).over(land.clone(), Season::AllYear);
    let sites: Vec<Site> = [(2.06, 46.10), (2.33, 46.03), (2.72, 46.12), (2.01, 46.045)]
        .into_iter()
        .zip(0..)
        .map(|((lon, lat), ordinal)| Site { point: None, ..Site::in_commune(SiteIx::new(ordinal), at(lon, lat), None) })
        .collect();
    let assumptions = Assumptions::default();
    for mode in Mode::ALL {
        let nearest = &crow.nearest(&sites)[mode];
        let limit = Seconds::from_minutes(200);
        let within = crow.within(mode, &sites, limit);
        for (ordinal, point) in demand.points.iter_enumerated() {
            let from = point.position.unwrap();
            let mut time = |site: &Site| {
                let (metres, more) = if land.clear(Landmass::MAIN, from, site.position) {
                    (sphere::great_circle(sphere::chord2(from.unit_vector(), site.position.unit_vector())), 0)
                } else {
                    let here = (from, Landmass::MAIN);
                    let way = way(mode, Season::AllYear);
                    let route = land.round(&way, here, (site.position, Landmass::MAIN)).unwrap();
                    left += usize::from(route.afoot_s > 0);
                    (crate::domain::Metres::new(route.metres).unwrap(), route.crossing_s + route.afoot_s)
                };
                assumptions.time(mode, point, point.distance_elsewhere(metres)).0 + more
            };
            let times: Vec<u32> = sites.iter().map(&mut time).collect();
            assert_eq!(nearest[ordinal].time().map(|time| time.0), times.iter().min().copied());
            for (site, time) in times.iter().enumerate().filter(|(_, time)| **time <= limit.0) {
                assert!(within.row(ordinal).iter().any(|pair| (usize::from(pair.site), pair.seconds) == (site, *time)));
            }
        }
        assert!(nearest.iter().all(|reach| *reach != Reach::Unreachable));
    }
    assert!(left >= 3, "{left} ways on which a vehicle is left");
}

#[test]
fn nobody_walks_over_a_bridge_faster_than_over_land() {
    let bridge = crossing(CrossingKind::Bridge, 3, at(2.45, 46.045), at(2.45, 46.095));
    let land = Gulf::new().land(&LandFacts { crossings: vec![bridge], barriers: Vec::new() });
    let over = |mode| {
        let ends = [(2.45, 46.04), (2.45, 46.1)].map(|(lon, lat)| (at(lon, lat), Landmass::MAIN));
        land.round(&way(mode, Season::AllYear), ends[0], ends[1]).unwrap().crossing_s
    };
    // A twentieth of a degree is 5,560 m: at 15 and 4.5 km/h on a way 1.3 times as long, 29 and 96 minutes.
    assert_eq!(over(Mode::Car), 180);
    assert!(over(Mode::Bicycle).abs_diff(29 * 60) < 30, "{}", over(Mode::Bicycle));
    assert!(over(Mode::Walk).abs_diff(96 * 60) < 60, "{}", over(Mode::Walk));
}

#[test]
fn a_venue_that_opens_at_the_other_end_of_a_fast_boat_is_seen_by_who_walks() {
    let gulf = Gulf::new();
    // 31 km in 40 minutes, 25 knots, for those without a car.
    let boat =
        Crossing { modes: [true, true, false], ..crossing(CrossingKind::Ferry, 40, at(2.05, 46.02), at(2.45, 46.11)) };
    let land = Arc::new(gulf.land(&LandFacts { crossings: vec![boat], barriers: Vec::new() }));
    let site = |ordinal, lon, lat| Site { point: None, ..Site::in_commune(SiteIx::new(ordinal), at(lon, lat), None) };
    // An hour and three quarters on foot from the pier, ten minutes by car: nobody walks or drives 31 km in that.
    let standing = vec![site(0, 2.13, 46.02)];
    let demand = Demand::of_communes(TiSlice::from_ref(gulf.communes.as_slice()), &standing);
    let times: Arc<dyn TravelTimes> =
        Arc::new(CrowFly::new(demand, Assumptions::default()).over(land, Season::AllYear));
    let tables = AccessTables::build(times.clone(), standing.clone(), &Decay::default(), gulf.communes.len());
    let opens = site(1, 2.452, 46.11);
    let change = Change { added: vec![opens], ..Change::default() };
    let (after, anew) = (tables.scenario(&change), times.nearest(&[standing[0], opens]));
    for mode in Mode::ALL {
        let times = |reaches: &[Reach]| reaches.iter().map(|reach| reach.time()).collect::<Vec<_>>();
        assert_eq!(times(&after.nearest(mode).raw), times(&anew[mode].raw), "{mode:?}");
    }
    let pier = crate::domain::PointIx::new(0);
    let [before, after] = [tables.nearest(Mode::Walk), &anew[Mode::Walk]].map(|reaches| reaches[pier].time().unwrap());
    assert!(after < before, "by boat {after:?}, along the shore {before:?}");
}
