//! What if: the answer after a change is the answer of a country that was always so.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::access::testing::{Noise, country, divided};
use crate::access::*;
use crate::domain::SiteIx;

fn tables(times: Arc<dyn TravelTimes>, sites: Vec<Site>) -> AccessTables {
    let communes = times.demand().points.len();
    AccessTables::build(times, sites, &Decay::default(), communes)
}

#[test]
fn a_scenario_is_the_same_as_building_anew() {
    for seed in 0..6 {
        let (demand, sites) = country(seed, 300, 60);
        let (_, more) = country(seed + 50, 300, 70);
        let times: Arc<dyn TravelTimes> = Arc::new(CrowFly::new(demand, Assumptions::default()));
        let tables = self::tables(times.clone(), sites.clone());
        let mut noise = Noise(seed);
        let closed: BTreeSet<SiteIx> = (0..noise.below(40)).map(|_| SiteIx::new(noise.below(60) as u32)).collect();
        let added: Vec<Site> = more[60..][..noise.below(10) as usize].to_vec();
        let change = Change { closed, added };
        let scenario = tables.scenario(&change);

        let open = sites.iter().filter(|site| !change.closed.contains(&site.ordinal)).copied();
        let open: Vec<Site> = open.chain(change.added.iter().map(|site| site.opening())).collect();
        let anew = self::tables(times, open);
        for mode in Mode::ALL {
            // Of several sites equally near in time, either may be named.
            for (after, fresh) in scenario.nearest(mode).iter().zip(anew.nearest(mode)) {
                assert_eq!(after.time(), fresh.time(), "seed {seed}");
                assert_eq!(*after == Reach::Unknown, *fresh == Reach::Unknown, "seed {seed}");
            }
        }
    }
}

#[test]
fn places_that_open_in_one_commune_count_as_one_more() {
    let (demand, sites) = country(3, 200, 60);
    let crow = CrowFly::new(demand.clone(), Assumptions::default());
    let home = sites.iter().find(|site| site.point.is_some_and(|point| demand.points[point].position.is_some()));
    let (home, point) = home.map(|site| (*site, site.point.unwrap())).unwrap();
    let standing = sites.iter().filter(|site| site.point == Some(point)).count() as u32;
    let with = |more: &[Site]| crow.nearest(&[sites.as_slice(), more].concat())[Mode::Car][point].time();
    let new = |ordinal| Site { ordinal: SiteIx::new(ordinal), ..home }.opening();
    assert_eq!(with(&[]), Some(crow.at_home(Mode::Car, point, standing)));
    assert_eq!(with(&[new(70)]), Some(crow.at_home(Mode::Car, point, standing + 1)));
    assert_eq!(with(&[new(70), new(71)]), with(&[new(70)]), "nobody knows whom the second one is nearer to");
    assert_eq!(with(&[Site { standing: 4, ..new(70) }]), Some(crow.at_home(Mode::Car, point, standing + 4)));
}

#[test]
fn the_nearest_with_a_service_is_the_nearest_of_those_sites_alone() {
    let (demand, sites) = country(9, 200, 90);
    let times: Arc<dyn TravelTimes> = Arc::new(CrowFly::new(demand, Assumptions::default()));
    let tables = self::tables(times.clone(), sites.clone());
    let some: Vec<Site> = sites.iter().filter(|site| site.ordinal.get() % 7 == 0).copied().collect();
    assert!(tables.nearest_among(|site| site.get() % 7 == 0) == times.nearest(&some));
    assert!(tables.nearest_among(|_| false).into_iter().flatten().all(|reach| reach.nearest().is_none()));
}

#[test]
fn a_change_of_nothing_changes_nothing() {
    let (demand, sites) = country(2, 100, 30);
    let times = Arc::new(CrowFly::new(demand, Assumptions::default()));
    let tables = self::tables(times, sites);
    assert_eq!(tables.ordinals(), SiteIx::new(30));
    let scenario = tables.scenario(&Change::default());
    for mode in Mode::ALL {
        assert!(*scenario.nearest(mode) == *tables.nearest(mode));
    }
}

#[test]
fn a_change_among_divided_communes_is_that_of_searching_everywhere_again() {
    let (demand, sites) = divided();
    let times: Arc<dyn TravelTimes> = Arc::new(CrowFly::new(demand, Assumptions::default()));
    let tables = AccessTables::build(times.clone(), sites.clone(), &Decay::default(), 2);
    for closed in [vec![], vec![0], vec![3, 4], (0..10).collect()] {
        for added in [vec![], vec![sites[9]], vec![sites[2], sites[5]]] {
            let closed: BTreeSet<SiteIx> = closed.iter().copied().map(SiteIx::new).collect();
            let added: Vec<Site> =
                tables.new_ordinals().zip(added).map(|(ordinal, site)| Site { ordinal, ..site }).collect();
            let open = sites.iter().filter(|site| !closed.contains(&site.ordinal)).copied();
            let open: Vec<Site> = open.chain(added.iter().map(|site| site.opening())).collect();
            let anew = times.nearest(&open);
            let after = tables.scenario(&Change { closed, added });
            for mode in Mode::ALL {
                let times = |reaches: &[Reach]| reaches.iter().map(|reach| reach.time()).collect::<Vec<_>>();
                assert_eq!(times(&after.nearest(mode).raw), times(&anew[mode].raw));
            }
        }
    }
}
