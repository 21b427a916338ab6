//! What if: the answer after a change is the answer of a country that was always so.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::access::testing::{Noise, country};
use crate::access::*;
use crate::domain::Seconds;

const LIMIT: Seconds = Seconds::from_minutes(30);

#[test]
fn a_scenario_is_the_same_as_building_anew() {
    for seed in 0..6 {
        let (demand, sites) = country(seed, 300, 60);
        let (_, more) = country(seed + 50, 300, 70);
        let times: Arc<dyn TravelTimes> = Arc::new(CrowFly::new(demand, Assumptions::default()));
        let tables = AccessTables::build(times.clone(), sites.clone(), LIMIT);
        let mut noise = Noise(seed);
        let closed: BTreeSet<u32> = (0..noise.below(40)).map(|_| noise.below(60) as u32).collect();
        let added: Vec<Site> = more[60..][..noise.below(10) as usize].to_vec();
        let change = Change { closed, added };
        let scenario = tables.scenario(&change);

        let open = sites.iter().filter(|site| !change.closed.contains(&site.ordinal)).chain(&change.added);
        let anew = AccessTables::build(times, open.copied().collect(), LIMIT);
        let persons: Vec<f64> = (0..300).map(|_| noise.below(500) as f64).collect();
        let supply: Vec<f64> = (0..70).map(|_| noise.below(2000) as f64).collect();
        for mode in Mode::ALL {
            // Of several sites equally near in time, either may be named.
            for (after, fresh) in scenario.nearest(mode).iter().zip(anew.nearest(mode)) {
                assert_eq!(after.time(), fresh.time(), "seed {seed}");
                assert_eq!(*after == Reach::Unknown, *fresh == Reach::Unknown, "seed {seed}");
            }
            let after = scenario.supply_per_person(mode, &supply, &persons, &Decay::default());
            let fresh = anew.supply_per_person(mode, &supply, &persons, &Decay::default());
            for (after, fresh) in after.iter().zip(&fresh) {
                assert!((after - fresh).abs() <= 1e-12 * fresh.max(1.0), "seed {seed}: {after} {fresh}");
            }
        }
    }
}

#[test]
fn the_nearest_with_a_service_is_the_nearest_of_those_sites_alone() {
    let (demand, sites) = country(9, 200, 90);
    let times: Arc<dyn TravelTimes> = Arc::new(CrowFly::new(demand, Assumptions::default()));
    let tables = AccessTables::build(times.clone(), sites.clone(), LIMIT);
    let some: Vec<Site> = sites.iter().filter(|site| site.ordinal % 7 == 0).copied().collect();
    assert!(tables.nearest_among(|site| site % 7 == 0) == times.nearest(&some));
    assert!(tables.nearest_among(|_| false).iter().flatten().all(|reach| reach.nearest().is_none()));
}

#[test]
fn a_change_of_nothing_changes_nothing() {
    let (demand, sites) = country(2, 100, 30);
    let times = Arc::new(CrowFly::new(demand, Assumptions::default()));
    let tables = AccessTables::build(times, sites, LIMIT);
    assert_eq!(tables.ordinals(), 30);
    let scenario = tables.scenario(&Change::default());
    for mode in Mode::ALL {
        assert!(scenario.nearest(mode) == tables.nearest(mode));
    }
}
