//! The programme as a national body reads it: every figure that is promised, counted again from the raw files by other means;
//! every system of the plan, at an address that answers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mediane::domain::Level;
use mediane::http::State;
use mediane::monitoring::hubs::by_departement;
use mediane::monitoring::posts::{Funded, Posts};
use mediane::tables::monitoring::{Line, lines};
use mediane::tables::scope::Place;
use serde_json::Value;

use crate::real_edition::{france, real_data};
use crate::support::{get, noon};

/// Two columns of the raw list of posts.
const POSTS: &str = "Nombre de conseillers validés par le COSELEC";
const MONEY: &str = "Investissement financier estimatif total de l’Etat";

/// The raw list of posts, split by hand: no reader of the product.
fn raw_posts() -> Vec<BTreeMap<String, String>> {
    let path = real_data().unwrap().join("venues/conseillers-posts-2023-04.csv");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(path).unwrap();
    let head: Vec<String> = reader.headers().unwrap().iter().map(|h| h.trim_start_matches('\u{feff}').into()).collect();
    let rows = reader
        .records()
        .map(|row| head.iter().cloned().zip(row.unwrap().iter().map(|cell| cell.trim().to_owned())).collect());
    rows.collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> u32 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

#[test]
fn posts_structures_and_money_are_the_sums_of_the_raw_rows() {
    let Some(france) = france() else { return };
    let rows = raw_posts();
    let sums = |kind: Option<&str>| {
        let own: Vec<_> = rows.iter().filter(|row| kind.is_none_or(|kind| row["Type"] == kind)).collect();
        let sum = |column: &str| own.iter().map(|row| u64::from(number(row, column))).sum::<u64>();
        (own.len() as u64, sum(POSTS), sum(MONEY))
    };
    assert_eq!(sums(None), (2_889, 3_925, 191_973_121), "the list is the one that the issue speaks of");
    let found = Posts::of(&france.atlas, None).unwrap();
    let told =
        |funded: Funded| (u64::from(funded.structures), u64::from(funded.posts), funded.state_eur.round() as u64);
    assert_eq!(told(found.all), sums(None));
    for (kind, funded, posts, mean) in
        [("publique", found.public, 2_334, 56_737), ("privée", found.private, 1_591, 37_429)]
    {
        assert_eq!(told(funded), sums(Some(kind)), "{kind}");
        let (_, raw, money) = sums(Some(kind));
        assert_eq!((raw, (money as f64 / raw as f64).round() as u64), (posts, mean), "{kind}");
        assert_eq!(funded.mean_eur().unwrap().round() as u64, mean, "{kind}");
    }
    // Arrondissements are their commune; the rest are the codes of the rows.
    let commune = |row: &BTreeMap<String, String>| match row["Code commune INSEE"].as_str() {
        code if code.starts_with("751") => "75056".to_owned(),
        code if code.starts_with("6938") => "69123".to_owned(),
        code if code.starts_with("132") => "13055".to_owned(),
        code => format!("{code:0>5}"),
    };
    // The list counts a post in the département that it says; where the code is that of another one, the commune is sought there.
    let agrees = |row: &&BTreeMap<String, String>| {
        format!("{:0>5}", row["Code commune INSEE"]).starts_with(&format!("{:0>2}", row["Code département"]))
    };
    let (clear, doubtful): (Vec<_>, Vec<_>) = rows.iter().partition(agrees);
    let raw: BTreeSet<String> = clear.iter().map(|row| commune(row)).collect();
    let known = |code: &&String| france.atlas.communes().iter().any(|commune| commune.code.as_str() == *code);
    let today = raw.iter().filter(known).count();
    assert!(raw.len() - today <= 5, "codes that are no commune of today: {} of {}", raw.len() - today, raw.len());
    let most = raw.len() + doubtful.len();
    assert!((today..=most).contains(&(found.communes as usize)), "{}: from {today} to {most}", found.communes);
    let mut months: BTreeMap<String, u32> = BTreeMap::new();
    for row in &rows {
        let day = &row["Date de validation en comité de sélection"];
        let (month, year) = day[3..].split_once('/').unwrap_or_else(|| panic!("{day}"));
        *months.entry(format!("{year}-{month}")).or_default() += number(row, POSTS);
    }
    let told: BTreeMap<String, u32> = found.months.iter().map(|(m, n)| (m.format("%Y-%m").to_string(), *n)).collect();
    assert_eq!(told, months, "month by month");
}

#[test]
fn every_departement_has_the_hubs_that_the_raw_list_gives_it() {
    let Some(france) = france() else { return };
    let path = real_data().unwrap().join("territories/hubs-2024.json");
    let raw: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let names = |hub: &Value, key: &str| -> Vec<String> {
        let list = hub[key].as_array().cloned().unwrap_or_default();
        list.iter().map(|name| name.as_str().unwrap().replace('\'', "’")).collect()
    };
    let mut compared = 0;
    for (territory, hubs) in by_departement(&france.atlas) {
        let commune = &france.atlas.communes()[territory.communes[0]];
        let region = &france.atlas.territory(Level::Region, &commune.region).unwrap().name;
        let expected: BTreeSet<&str> = raw
            .as_array()
            .unwrap()
            .iter()
            .filter(|hub| {
                names(hub, "region_names").contains(&region.replace('\'', "’"))
                    || names(hub, "departements").contains(&territory.code)
            })
            .map(|hub| hub["name"].as_str().unwrap())
            .collect();
        let told: BTreeSet<&str> = hubs.iter().map(|hub| hub.name.as_str()).collect();
        assert_eq!(told, expected, "{} {}", territory.code, territory.name);
        compared += told.len();
    }
    assert!(compared >= 101, "{compared} pairs of a département and its hub");
}

/// What is added up: venues, posts, persons in need, France services of the latest list.
fn sums(lines: &[Line]) -> [u64; 4] {
    let persons = |line: &Line| line.summary.as_ref().and_then(|summary| summary.persons).unwrap_or(0);
    let posts = |line: &Line| line.posts.map_or(0, |posts| u64::from(posts.posts));
    let listed = |line: &Line| line.france_services.last().map_or(0, |(_, rows)| u64::from(*rows));
    let mut sums = [0; 4];
    for line in lines {
        let own = [u64::from(line.freshness.venues), posts(line), persons(line), listed(line)];
        sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    sums
}

#[test]
fn children_sum_to_their_parent_at_every_level_and_no_place_counts_twice() {
    let Some(france) = france() else { return };
    let (state, today) = (State::new(france.atlas.clone(), noon), noon().date());
    let nation = Place::nation(&france.atlas);
    let of = |place: &Place, by: Level| lines(&state, place, by, today);
    let whole = sums(&of(&nation, Level::Region));
    assert_eq!(whole[0] as usize, france.atlas.venues().len(), "every venue once, that without a commune too");
    assert_eq!(whole[1], 3_925);
    for by in [Level::Departement, Level::Epci, Level::Commune] {
        assert_eq!(sums(&of(&nation, by)), whole, "{by:?}");
    }
    for (level, below) in [
        (Level::Region, Level::Departement),
        (Level::Region, Level::Epci),
        (Level::Departement, Level::Epci),
        (Level::Departement, Level::Commune),
        (Level::Epci, Level::Commune),
    ] {
        let parents = of(&nation, level);
        for parent in parents.iter().filter(|line| line.place.is_some()) {
            let place = parent.place.as_ref().unwrap();
            let own = sums(std::slice::from_ref(parent));
            assert_eq!(sums(&of(place, below)), own, "{} by {below:?}", parent.name);
        }
    }
}

/// The addresses in backquotes of a line.
fn addresses(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|text| text.starts_with('/'))
}

/// An EPCI that the small country of the tests lacks.
const SICOVAL: &str = "243100633";

#[test]
fn every_address_of_the_thirteen_systems_answers_and_its_section_is_there() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/systems.md");
    let document = std::fs::read_to_string(document).unwrap();
    let rows: Vec<&str> = document.lines().filter(|line| line.starts_with("| S")).collect();
    assert_eq!(rows.len(), 13);
    let page = get("/suivi/systemes").text().unwrap();
    for (rank, row) in rows.iter().enumerate() {
        let number = rank + 1;
        assert!(row.starts_with(&format!("| S{number} |")), "{row}");
        let (_, told) = page.split_once(&format!("id=\"s{number}\"")).unwrap_or_else(|| panic!("S{number}"));
        let told = told.split("</tr>").next().unwrap();
        let shown = told.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
        let shown: Vec<String> = shown.collect();
        assert!(!shown.is_empty() && addresses(row).count() >= 2, "S{number} has an address");
        for address in addresses(row).chain(shown.iter().map(String::as_str)) {
            if address.contains(SICOVAL) {
                continue;
            }
            let (path, section) = address.split_once('#').unwrap_or((address, ""));
            let response = get(path);
            assert_eq!(response.status(), 200, "S{number}: {address}");
            let body = response.bytes().unwrap();
            let is_there = section.is_empty() || String::from_utf8_lossy(&body).contains(&format!("id=\"{section}\""));
            assert!(is_there, "S{number}: {address} has no such section");
        }
    }
}

#[test]
fn the_example_of_the_charter_is_an_epci_of_today() {
    let Some(france) = france() else { return };
    assert!(france.atlas.territory(Level::Epci, SICOVAL).unwrap().name.contains("Sicoval"));
}
