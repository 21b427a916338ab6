//! Tables of travel times that others published: what the edition says of ours beside them, against a dumb twin.

use std::fmt::Write;

use mediane::access::Mode;
use mediane::atlas::Atlas;
use mediane::domain::{CommuneIx, PointIx};

use super::workshop::Workshop;

/// The middle of some numbers, counted: as many lie below as above it.
fn middle(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}

/// The correlation of Pearson of ranks, each counted by looking at all the others.
fn rho(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |of: &[f64]| -> Vec<f64> {
        let below = |x: f64| of.iter().filter(|y| **y < x).count() as f64;
        let not_above = |x: f64| of.iter().filter(|y| **y <= x).count() as f64;
        of.iter().map(|x| f64::midpoint(below(*x), not_above(*x) + 1.0)).collect()
    };
    let (a, b) = (ranks(a), ranks(b));
    let mean = f64::midpoint(a.len() as f64, 1.0);
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(&b).map(|(a, b)| f(a - mean, b - mean)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

fn minutes(atlas: &Atlas, mode: Mode, commune: CommuneIx) -> Option<f64> {
    Some(atlas.analysis().access.nearest(mode)[PointIx::of_commune(commune)].time()?.minutes())
}

#[test]
fn our_times_beside_a_published_table_are_as_far_apart_as_counting_says() {
    let workshop = Workshop::with_list();
    workshop.build();
    let before = workshop.atlas();
    assert_eq!(before.edition().times, []);
    // All communes of the Creuse and a few of the Allier, up to an hour off in no order; rows about town halls say nothing.
    let mut table = "CODGEO;type;V\n".to_owned();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let listed = |code: &str| code.starts_with("23") || ["03001", "03002", "03003"].contains(&code);
    for (rank, (ordinal, commune)) in
        before.communes().iter_enumerated().filter(|(_, c)| listed(c.code.as_str())).enumerate()
    {
        let Some(own) = minutes(&before, Mode::Car, ordinal) else { continue };
        let published = ((own + (rank * 37 % 23) as f64 - 8.0).clamp(0.0, 99.0) * 10.0).round() / 10.0;
        writeln!(table, "{};venue;{published:.1}\n{};mairie;99.0", commune.code, commune.code).unwrap();
        if commune.departement == "23" {
            ours.push(own);
            theirs.push(published);
        }
    }
    assert!(ours.len() > 200, "{} communes", ours.len());
    workshop.file("temps.csv", &table);
    let more = "rows = { column = 'type', is = 'venue' }\nminutes = { to = 'any-venue', mode = 'car' }\n";
    workshop.indicator("temps", more);
    workshop.build();
    let [check] = workshop.atlas().edition().times.clone().try_into().unwrap();
    assert_eq!((check.mode, check.france_services, check.source.as_str()), (Mode::Car, false, "temps"));
    let [creuse] = check.departements.as_slice() else {
        panic!("three communes say nothing: {:?}", check.departements)
    };
    let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
    let sizes: Vec<f64> = differences.iter().map(|difference| difference.abs()).collect();
    assert_eq!((creuse.code.as_str(), creuse.communes as usize), ("23", ours.len()));
    assert!((creuse.longer - middle(&differences)).abs() <= 0.051, "{creuse:?}: {}", middle(&differences));
    assert!((creuse.apart - middle(&sizes)).abs() <= 0.051, "{creuse:?}: {}", middle(&sizes));
    let counted = rho(&ours, &theirs);
    assert!((creuse.ranks.unwrap() - counted).abs() <= 0.000_51, "{creuse:?}: {counted}");
    assert!(counted > 0.5 && counted < 0.999, "the table must neither agree nor be noise: {counted}");
}

#[test]
fn a_table_whose_terms_are_not_open_checks_ours_and_is_published_nowhere() {
    let workshop = Workshop::with_list();
    let rows: String = (1..=60).map(|rank| format!("23{rank:03};{rank}.5\n")).collect();
    workshop.file("temps.csv", format!("CODGEO;V\n{rows}"));
    let more = "licence = 'tous droits réservés'\nminutes = { to = 'any-venue', mode = 'walk' }\n";
    workshop.indicator("temps", more);
    workshop.build();
    let atlas = workshop.atlas();
    assert!(atlas.indicators().is_empty(), "its values go no further");
    assert_eq!(atlas.edition().times.len(), 1, "what was found does");
    assert_eq!(atlas.edition().checks, []);
}
