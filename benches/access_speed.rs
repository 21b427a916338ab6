//! Measures access on an edition and prints the figures as JSON.
//!
//! `cargo bench --profile release --bench access_speed -- EDITION`
//!
//! Seconds are of the wall clock, the best of three runs.

#[allow(dead_code)]
mod timing;

use std::collections::BTreeSet;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use typed_index_collections::TiVec;

use mediane::access::{
    AccessTables, Assumptions, Catchments, Change, CrowFly, Decay, Demand, Mode, Reaches, Site, Supply, THRESHOLDS,
    Threshold, TravelTimes, coverage, venue_hours,
};
use mediane::domain::hours::HolidayCalendar;
use mediane::domain::need::{Denominator, estimate};
use mediane::domain::{CommuneIx, SiteIx};
use mediane::ingest::edition;

use timing::{best, wall_seconds};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args().skip(1).find(|argument| argument != "--bench") else {
        return Err("expected: EDITION".into());
    };
    let atlas = edition::open(Path::new(&folder))?;
    let start = Instant::now();
    let need = estimate(atlas.communes(), atlas.indicators(), Denominator::default())?;
    let estimate_s = start.elapsed().as_secs_f64();
    let persons: TiVec<CommuneIx, f64> = need.persons.iter().map(|persons| f64::from(persons.unwrap_or(0))).collect();

    let sites: Vec<Site> = atlas
        .venues()
        .iter_enumerated()
        .filter_map(|(i, venue)| {
            let commune = atlas.venue_commune(i).map(|point| (point, atlas.communes()[point].code));
            Some(Site::in_commune(SiteIx::of_venue(i), venue.location.position()?, commune))
        })
        .collect();
    let known: TiVec<SiteIx, Option<f64>> =
        atlas.venues().iter().map(|venue| venue_hours(&venue.hours, HolidayCalendar::of_departement("75"))).collect();
    let mut supply = Supply::from_known(&known).hours;
    let decay = Decay::default();
    let communes = atlas.communes().len();
    let demand = Demand::of_communes(atlas.communes(), &sites).with_cells(atlas.communes(), atlas.cells());
    let everyone = |tables: &dyn Fn(Mode) -> Reaches| {
        let counted = demand.parts.share_out(&need.persons, demand.points.len());
        Mode::ALL.map(|mode| coverage(&tables(mode), &counted, counted.keys(), &THRESHOLDS))
    };

    let (build_s, (tables, covered)) = best(wall_seconds, || {
        let times: Arc<dyn TravelTimes> = Arc::new(CrowFly::new(demand.clone(), Assumptions::default()));
        let tables = AccessTables::build(times, sites.clone(), &decay, communes);
        for mode in Mode::ALL {
            black_box(tables.supply_per_person(mode, &supply, &persons));
        }
        let covered = everyone(&|mode| tables.nearest(mode).to_vec());
        (tables, covered)
    });
    let pairs = Mode::ALL.map(|mode| tables.catchments(mode).len());

    let closed: BTreeSet<SiteIx> = sites.iter().step_by(97).map(|site| site.ordinal).collect();
    let added: Vec<Site> = tables.new_ordinals().zip(sites.iter().skip(50).step_by(300)).map(moved).collect();
    supply.resize(usize::from(tables.ordinals()) + added.len(), 1607.0);
    let change = Change { closed, added };
    let (scenario_s, _) = best(wall_seconds, || tables.scenario(&change));
    let (what_if_s, after) = best(wall_seconds, || {
        let scenario = tables.scenario(&change);
        for mode in Mode::ALL {
            let added = Catchments::new(tables.times(), mode, &change.added, &decay, communes);
            black_box(added.supply_per_person(&supply, &persons));
        }
        everyone(&|mode| scenario.nearest(mode).to_vec())
    });
    let (label_s, _) = best(wall_seconds, || tables.nearest_among(|site| site.get() % 4 == 0));

    println!(
        r#"{{"venues": {}, "pairs_by_mode": {pairs:?}, "estimate_s": {estimate_s:.3}, "build_s": {build_s:.3}, "label_s": {label_s:.3},"#,
        sites.len()
    );
    println!(
        r#" "closed": {}, "added": {}, "scenario_s": {scenario_s:.3}, "what_if_s": {what_if_s:.3},"#,
        change.closed.len(),
        change.added.len()
    );
    let share = |covered: &[mediane::access::Coverage<4>; 3]| {
        covered.map(|covered| covered.share(Threshold::Fifteen).unwrap_or(f64::NAN))
    };
    println!(r#" "share_15_min": {:.4?}, "share_15_min_after": {:.4?}}}"#, share(&covered), share(&after));
    Ok(())
}

/// An added site some hundred metres from an old one.
fn moved((ordinal, site): (SiteIx, &Site)) -> Site {
    Site { ordinal, ..*site }
}
