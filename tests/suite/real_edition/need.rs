//! Need on the real files, against what INSEE published for régions and never went into the model.

use mediane::atlas::Atlas;
use mediane::domain::need::{Denominator, NeedEstimate, Preset, estimate};

use super::france;

/// INSEE's regional studies: people of 15 or more concerned, in per cent, survey of 2019, where métropole has 16 %.
const STUDIES: [(&str, f64); 8] =
    [("11", 12.2), ("32", 17.0), ("27", 19.0), ("24", 19.0), ("75", 17.0), ("52", 15.0), ("84", 15.0), ("94", 26.0)];

/// Rate among people of 15 or more, in per cent, of the communes that fit.
fn rate(atlas: &Atlas, need: &NeedEstimate, fits: impl Fn(&str, &str) -> bool) -> f64 {
    let (mut persons, mut adults) = (0.0, 0.0);
    for (i, commune) in atlas.communes().iter_enumerated() {
        if let Some(some) = need.persons[i].filter(|_| fits(&commune.region, &commune.departement)) {
            persons += f64::from(some);
            adults += need.compositions[i].adults() * f64::from(commune.population.unwrap().0);
        }
    }
    100.0 * persons / adults
}

fn overseas(_: &str, departement: &str) -> bool {
    departement.starts_with("97")
}

fn metropole(region: &str, departement: &str) -> bool {
    !overseas(region, departement)
}

/// The estimate under which métropole has this rate.
fn with_metropole_at(atlas: &Atlas, per_cent: f64) -> NeedEstimate {
    let under = |share| estimate(atlas.communes(), atlas.indicators(), Denominator::ShareOfAdults(share)).unwrap();
    let mut share = per_cent / 100.0;
    for _ in 0..3 {
        share *= per_cent / rate(atlas, &under(share), metropole);
    }
    let need = under(share);
    assert!((rate(atlas, &need, metropole) - per_cent).abs() < 0.02);
    need
}

#[test]
fn the_regional_studies_of_insee_are_found_within_a_point_and_a_half_but_for_corse() {
    let Some(france) = france() else { return };
    let need = with_metropole_at(&france.atlas, 16.0);
    let mut found: Vec<(&str, f64, f64)> = STUDIES
        .iter()
        .map(|(region, published)| (*region, *published, rate(&france.atlas, &need, |code, _| code == *region)))
        .collect();
    let need = with_metropole_at(&france.atlas, 15.0);
    found.push(("overseas", 20.0, rate(&france.atlas, &need, overseas)));
    for (region, published, ours) in &found {
        eprintln!("{region}: {published} published, {ours:.1} estimated");
    }
    let near = found.iter().filter(|(_, published, ours)| (published - ours).abs() <= 1.5).count();
    assert!(near >= 8, "{near} of {}: {found:?}", found.len());
}

#[test]
fn small_communes_take_the_national_splits_and_lille_has_one_denominator() {
    let Some(france) = france() else { return };
    let need = &france.atlas.analysis().default_need(&france.atlas).unwrap().1.estimate;
    let of = |code: &str| {
        let at = france.atlas.communes().position(|commune| commune.code.as_str() == code).unwrap();
        need.compositions[at]
    };
    assert!((of("59350").no_diploma - 0.516).abs() < 0.001, "{:?}", of("59350"));
    // Ajain, 1,100 inhabitants beside Guéret.
    assert!((of("23002").no_diploma - 0.433).abs() < 1e-9 && (of("23002").oldest - 0.496).abs() < 1e-9);
}

#[test]
fn what_the_survey_never_asked_has_no_number_and_the_rest_adds_up() {
    let Some(france) = france() else { return };
    let atlas = &france.atlas;
    for preset in Preset::ALL {
        let need = &atlas.analysis().need(atlas, preset).unwrap();
        let estimate = &need.estimate;
        let sum: u64 = estimate.persons.iter().flatten().map(|persons| u64::from(*persons)).sum();
        assert_eq!(sum, estimate.national);
        for (i, commune) in atlas.communes().iter_enumerated() {
            let outside = ["975", "976", "977", "978", "984", "986", "987", "988", "989"];
            let outside = outside.contains(&commune.departement.as_str());
            let unknown = outside || commune.population.is_none();
            assert_eq!(estimate.persons[i].is_none(), unknown, "{}", commune.code);
            assert!(!outside || need.expected[i].is_none() && need.profiles.offline[i].is_none());
        }
    }
    let insee = atlas.analysis().need(atlas, Preset::named("insee-2021").unwrap()).unwrap();
    assert!((8_500_000..8_900_000).contains(&insee.estimate.national), "{}", insee.estimate.national);
}
