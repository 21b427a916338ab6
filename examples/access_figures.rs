//! Prints what an edition says of need, access and equity for a few territories, to be read by somebody who knows them.
//!
//! `cargo run --release --example access_figures -- EDITION`

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use mediane::access::{
    AccessTables, Assumptions, CrowFly, Decay, Demand, Mode, Site, Supply, THRESHOLDS, coverage, left_out,
    reachable_supply, venue_hours,
};
use mediane::atlas::Atlas;
use mediane::domain::equity::{Density, Sample};
use mediane::domain::hours::HolidayCalendar;
use mediane::domain::need::{
    Criterion, Denominator, Frame, NeedEstimate, Rung, TakeUp, estimate, expected_demand, profiles, rank_correlation,
    rank_index,
};
use mediane::domain::{Level, Persons, Seconds};
use mediane::ingest::edition;

const LIMIT: Seconds = Seconds::from_minutes(30);
const PLACES: [(Level, &str); 4] =
    [(Level::Departement, "23"), (Level::Departement, "93"), (Level::Departement, "974"), (Level::Epci, "243100633")];
/// The criteria of the rank index that an edition holds; the fourth-generation network is not among them.
const CRITERIA: [&str; 4] = ["superfast-share", "poverty-rate", "share-65-plus", "low-diploma"];

/// Everything that is printed from.
struct Figures {
    atlas: Atlas,
    need: NeedEstimate,
    tables: AccessTables,
    /// Hours per year and person in need, by car.
    supply_per_person: Vec<Option<f64>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args().nth(1) else { return Err("expected: EDITION".into()) };
    let atlas = edition::open(Path::new(&folder))?;
    let need = estimate(atlas.communes(), atlas.indicators(), Denominator::default())?;
    let sites: Vec<Site> = (0..atlas.venues().len() as u32).filter_map(|i| site(&atlas, i)).collect();
    let times = CrowFly::new(Demand::of_communes(atlas.communes(), &sites), Assumptions::default());
    let tables = AccessTables::build(Arc::new(times), sites, LIMIT);

    let hours = atlas.venues().iter().map(|venue| {
        let departement = venue.commune.map_or("75", |_| "75");
        venue_hours(&venue.hours, HolidayCalendar::of_departement(departement))
    });
    let supply = Supply::from_known(&hours.collect::<Vec<_>>());
    let persons: Vec<f64> = need.persons.iter().map(|persons| f64::from(persons.unwrap_or(0))).collect();
    let per_person = tables.supply_per_person(Mode::Car, &supply.hours, &persons, &Decay::default());
    let reached = reachable_supply(&[tables.pairs(Mode::Car)], &supply.hours, &persons, &Decay::default());
    println!("{}", tables.times().label());
    println!(
        "hours of {} of {} venues assumed (median {:?} h a year); {:.0} of {:.0} h reachable by car",
        supply.assumed,
        supply.hours.len(),
        supply.median,
        reached,
        supply.hours.iter().sum::<f64>()
    );
    let known = |(commune, per_person): (&mediane::domain::Commune, f64)| commune.point.map(|_| per_person);
    let supply_per_person = atlas.communes().iter().zip(per_person).map(known).collect();
    let figures = Figures { atlas, need, tables, supply_per_person };

    nation(&figures);
    for (level, code) in PLACES {
        if let Some(territory) = figures.atlas.territory(level, code) {
            println!("\n## {} ({code})", territory.name);
            describe(&figures, &territory.communes);
        }
    }
    index(&figures);
    Ok(())
}

fn site(atlas: &Atlas, ordinal: u32) -> Option<Site> {
    let venue = &atlas.venues()[ordinal as usize];
    let commune = atlas.venue_commune(ordinal).map(|point| (point, atlas.communes()[point as usize].code));
    Some(Site::in_commune(ordinal, venue.location.position()?, commune))
}

fn nation(figures: &Figures) {
    let need = &figures.need;
    let count = |rung: Rung| need.bases.iter().filter(|basis| basis.fallback() == rung).count();
    println!("\n## France: {} persons, indicators {:?}", need.national, need.indicators);
    println!("fallback: {:?}", Rung::ALL.map(|(rung, name)| (name, count(rung))));
    println!("communes of unknown population: {}", need.unknown.len());
    let sum = |values: &[Option<u32>]| values.iter().flatten().map(|v| u64::from(*v)).sum::<u64>();
    let split = profiles(need);
    let expected = expected_demand(need, TakeUp::default());
    println!("offline {}, weak skills {}, expected {}", sum(&split.offline), sum(&split.weak_skills), sum(&expected));
    let everywhere: Vec<u32> = (0..figures.atlas.communes().len() as u32).collect();
    describe(figures, &everywhere);
    let kinds = sample(figures, &everywhere).by_kind(|i| Density::of(&figures.atlas.communes()[i as usize]));
    println!("hours per person by density: {kinds:.2?}");
}

/// The places of a territory, the rest being nobody.
fn sample(figures: &Figures, communes: &[u32]) -> Sample {
    let mut persons = vec![Some(0); figures.need.persons.len()];
    for &i in communes {
        persons[i as usize] = figures.need.persons[i as usize];
    }
    Sample::new(&figures.supply_per_person, &persons)
}

fn describe(figures: &Figures, communes: &[u32]) {
    let Figures { atlas, need, tables, .. } = figures;
    let population: u32 = communes.iter().filter_map(|&i| atlas.communes()[i as usize].population).map(|p| p.0).sum();
    let total = need.total(communes.iter().copied());
    let spread = need.interval(communes);
    println!(
        "population {population}, in need {total} ({:.1} %), interval {} to {}",
        100.0 * total as f64 / f64::from(population),
        spread.low,
        spread.high
    );
    for mode in Mode::ALL {
        let sum = coverage(tables.nearest(mode), &need.persons, communes.iter().copied(), &THRESHOLDS);
        let share = |k| 100.0 * sum.share(k).unwrap_or(f64::NAN);
        println!(
            "within 10/15/20/30 min by {}: {:.1} / {:.1} / {:.1} / {:.1} %, unreachable {}, nowhere {}, unknown {}",
            mode.name(),
            share(0),
            share(1),
            share(2),
            share(3),
            sum.unreachable,
            sum.nowhere,
            sum.unknown
        );
    }
    let sample = sample(figures, communes);
    let worst = sample.worst_tenth();
    println!(
        "hours per person in need by car: mean {:.2?}, Gini {:.3?}, {:.2?}, P90/P10 {:.2?}, worst tenth has {:.1?} %",
        sample.mean(),
        sample.gini(),
        sample.tails(),
        sample.tails().and_then(|tails| tails.ratio()),
        worst.map(|worst| 100.0 * worst.share)
    );
    let far = left_out(tables.nearest(Mode::Car), &need.persons, communes.iter().copied(), THRESHOLDS[1]);
    let persons: u64 = far.iter().map(|place| u64::from(place.persons)).sum();
    println!("beyond 15 min by car: {} communes, {persons} persons; most persons first:", far.len());
    for place in far.iter().take(10) {
        let minutes = place.reach.time().map(Seconds::minutes);
        println!("  {:<32} {:>6} persons, {minutes:.0?} min", name(atlas, place.point), place.persons);
    }
    let mut least: Vec<u32> = communes.to_vec();
    let served = |i: u32| figures.supply_per_person[i as usize];
    least.retain(|&i| served(i).is_some() && need.persons[i as usize].is_some_and(|persons| persons > 0));
    least.sort_by(|&a, &b| served(a).partial_cmp(&served(b)).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(&b)));
    println!("least hours per person in need:");
    for &i in least.iter().take(10) {
        let minutes = tables.nearest(Mode::Car)[i as usize].time().map(Seconds::minutes);
        let persons = need.persons[i as usize].unwrap_or(0);
        println!("  {:<32} {persons:>6} persons, {:.2?} h, {minutes:.0?} min", name(atlas, i), served(i));
    }
}

fn name(atlas: &Atlas, i: u32) -> String {
    let commune = &atlas.communes()[i as usize];
    format!("{} {}", commune.code, commune.name)
}

/// The rank index against the IFN of 2020, région by région.
fn index(figures: &Figures) {
    let atlas = &figures.atlas;
    let criteria: Vec<Criterion<'_>> = CRITERIA
        .iter()
        .filter_map(|id| atlas.indicator(id))
        .map(|indicator| Criterion { readings: &indicator.readings, worse: indicator.worse, weight: 1.0 })
        .collect();
    let index = rank_index(atlas.communes(), &criteria, Frame::Nation);
    let known = index.index.iter().flatten().count();
    println!("\n## Rank index of {} criteria: {known} communes", criteria.len());
    let Some(fragility) = atlas.indicator("fragility-index") else { return };
    let fragility: Vec<Option<f64>> = fragility.readings.iter().map(|reading| reading.value()).collect();
    let rate = |(commune, persons): (&mediane::domain::Commune, &Option<u32>)| {
        let Persons(population) = commune.population?;
        (population > 0).then_some(f64::from((*persons)?) / f64::from(population))
    };
    let rates: Vec<Option<f64>> = atlas.communes().iter().zip(&figures.need.persons).map(rate).collect();
    println!("Spearman's correlation with the IFN of 2020:      index  rate of need  communes");
    for region in atlas.territories(Level::Region) {
        let of = |values: &[Option<f64>]| -> Vec<Option<f64>> {
            region.communes.iter().map(|&i| values[i as usize].filter(|_| fragility[i as usize].is_some())).collect()
        };
        let theirs = of(&fragility);
        let communes = theirs.iter().flatten().count();
        if communes > 0 {
            let [index, rate] = [&index.index, &rates].map(|ours| rank_correlation(&of(ours), &theirs));
            println!("  {:<30} {index:>20.3?} {rate:>12.3?} {communes:>8}", region.name);
        }
    }
}
