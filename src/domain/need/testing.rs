//! A small country for tests: communes with their territories and indicators.

use typed_index_collections::TiVec;

use super::estimate::{DIPLOMA, ELDERLY, NONE_AMONG_LOW, OLDEST};
use crate::domain::CommuneIx;
use crate::domain::indicator::{Indicator, Reading, Worse};
use crate::domain::territory::{Commune, CommuneCode};
use crate::domain::units::Persons;

/// A commune of the département and région that its code begins with.
pub(crate) fn commune(code: &str, epci: Option<&str>, population: Option<u32>) -> Commune {
    Commune {
        code: CommuneCode::parse(code).expect("a test gives sound codes"),
        name: code.to_owned(),
        departement: if code.starts_with("97") { code[..3].to_owned() } else { code[..2].to_owned() },
        region: format!("R{}", &code[..1]),
        epci: epci.map(str::to_owned),
        postcodes: Vec::new(),
        population: population.map(Persons),
        area_km2: Some(10.0),
        point: None,
    }
}

/// An indicator with these readings.
pub(crate) fn indicator(id: &str, readings: Vec<Reading>) -> Indicator {
    Indicator {
        id: id.to_owned(),
        title: String::new(),
        definition: String::new(),
        unit: "%".to_owned(),
        decimals: 1,
        worse: Worse::Higher,
        source: String::new(),
        vintage: "2018".to_owned(),
        readings: readings.into(),
        districts: std::collections::BTreeMap::new(),
    }
}

/// Numbers that look random, the same every time.
pub(crate) fn noise(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    }
}

/// Some hundred communes in six départements; some without EPCI, inhabitants, readings or known population.
pub(crate) fn country() -> (TiVec<CommuneIx, Commune>, Vec<Indicator>) {
    let mut draw = noise(7);
    let mut communes = TiVec::new();
    for departement in ["01", "2A", "2B", "35", "971", "974"] {
        for number in 1..=40 {
            let code = if departement.len() == 3 {
                format!("{departement}{number:02}")
            } else {
                format!("{departement}{number:03}")
            };
            let epci = (number % 9 != 0).then(|| format!("{departement}-{}", number / 8));
            let population = match number {
                3 => None,
                5 => Some(0),
                _ => Some(20 + draw(60_000) as u32),
            };
            communes.push(commune(&code, epci.as_deref(), population));
        }
    }
    let mut readings = |missing: u64, base: u64, range: u64| -> Vec<Reading> {
        let mut one = |_| match draw(100) {
            roll if roll < missing => Reading::Missing,
            roll if roll < missing + 5 => Reading::Suppressed,
            _ => Reading::Known((base + draw(range)) as f64),
        };
        communes.iter().map(&mut one).collect()
    };
    let indicators = vec![
        indicator(ELDERLY, readings(10, 10, 35)),
        indicator(OLDEST, readings(80, 4, 14)),
        indicator(DIPLOMA, readings(10, 25, 45)),
        indicator(NONE_AMONG_LOW, readings(80, 25, 35)),
    ];
    (communes, indicators)
}
