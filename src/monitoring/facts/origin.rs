//! What figures of the table are made of: communes and inhabitants are those of the territories of an edition, persons in need
//! are estimated from censuses, and the rest rests on the lists of venues.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::atlas::Atlas;
use crate::domain::{Commune, CommuneIx};

/// Where a figure of some communes comes from, and the day that it describes; none where there are several, or nobody said.
pub fn of_figure(atlas: &Atlas, communes: &[CommuneIx], id: &str) -> (String, Option<NaiveDate>) {
    let edition = atlas.edition();
    match id {
        "communes" => code(&edition.territories_vintage),
        "population" => population(atlas, communes),
        "persons_in_need" | "share_in_need" => {
            ("estimation : âge et diplôme (INSEE), nombre national de personnes éloignées".to_owned(), None)
        }
        "venues" => ("édition : toutes les listes de lieux".to_owned(), edition.as_of),
        _ => ("estimation : âge, diplôme et listes de lieux".to_owned(), edition.as_of),
    }
}

/// « code officiel géographique 2026, populations 2023 »: the code is that of the first of January.
fn code(vintage: &str) -> (String, Option<NaiveDate>) {
    let code = vintage.split(',').next().unwrap_or_default().trim();
    if code.is_empty() {
        return ("code officiel géographique de l’édition (INSEE)".to_owned(), None);
    }
    let year = code.rsplit(' ').next().and_then(|year| year.parse().ok());
    (format!("{code} (INSEE)"), year.and_then(first_of))
}

/// A census counts as of the first of January of its year; those of several years are of no one day.
fn population(atlas: &Atlas, communes: &[CommuneIx]) -> (String, Option<NaiveDate>) {
    let peopled = communes.iter().map(|&i| &atlas.communes()[i]).filter(|commune| commune.population.is_some());
    let years: BTreeSet<Option<u16>> = peopled.map(Commune::population_year).collect();
    let said: Vec<String> =
        years.iter().rev().map(|year| year.map_or_else(|| "sans année".to_owned(), |year| year.to_string())).collect();
    let day = match years.first() {
        Some(Some(year)) if years.len() == 1 => first_of(i32::from(*year)),
        _ => None,
    };
    let source = "recensements de la population (INSEE)";
    (if said.is_empty() { source.to_owned() } else { format!("{source}\u{a0}: {}", said.join(", ")) }, day)
}

fn first_of(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::{EditionInfo, Leaves};
    use crate::domain::{CommuneCode, Persons};

    fn commune(code: &str, departement: &str) -> Commune {
        Commune {
            code: CommuneCode::parse(code).unwrap(),
            name: code.into(),
            departement: departement.into(),
            region: "84".into(),
            epci: None,
            postcodes: Vec::new(),
            population: Some(Persons(20_000)),
            area_km2: None,
            point: None,
        }
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn every_figure_has_the_source_and_the_day_of_what_it_is_made_of() {
        let territories_vintage = "code officiel géographique 2026, populations 2023".into();
        let edition = EditionInfo { as_of: day("2024-08-01"), territories_vintage, ..EditionInfo::default() };
        let communes = vec![commune("69123", "69"), commune("97608", "976")];
        let atlas = Atlas::bind(Leaves { edition, communes, ..Leaves::default() });
        let all: Vec<CommuneIx> = atlas.communes().keys().collect();
        let of = |id| of_figure(&atlas, &all[..1], id);
        let mayotte = of_figure(&atlas, &all, "population");
        assert_eq!(mayotte, ("recensements de la population (INSEE)\u{a0}: 2023, 2017".into(), None), "of two years");
        assert_eq!(of("communes"), ("code officiel géographique 2026 (INSEE)".into(), day("2026-01-01")));
        assert_eq!(of("population"), ("recensements de la population (INSEE)\u{a0}: 2023".into(), day("2023-01-01")));
        assert_eq!(of("persons_in_need").1, None);
        assert_eq!(of("venues"), ("édition : toutes les listes de lieux".into(), day("2024-08-01")));
        assert_eq!(of("share_within").1, day("2024-08-01"));
        assert_eq!(code(""), ("code officiel géographique de l’édition (INSEE)".into(), None));
    }
}
