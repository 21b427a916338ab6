//! The numbers of a territory against sums that a child could do, on a country that holds every trap: cells, an island that
//! nothing reaches, a commune nobody can place, one whose people nobody knows.

use std::collections::BTreeMap;

use super::*;
use crate::access::{Mode, Reach, Threshold};
use crate::atlas::{Atlas, Leaves, TerritoryName};
use crate::domain::vocabulary::{AccessMode, Programme};
use crate::domain::{
    Cell, CellSource, Commune, CommuneCode, CommuneIx, Degrees, Hours as OpeningHours, Level, Location, Metres,
    Persons, Position, Post, Venue,
};

fn at(lon: f64, lat: f64) -> Position {
    Position::new(Degrees { lon, lat }).unwrap()
}

fn commune(code: &str, population: Option<u32>, point: Option<Position>) -> Commune {
    Commune {
        code: CommuneCode::parse(code).unwrap(),
        name: format!("Commune {code}"),
        departement: code[..2].into(),
        region: "75".into(),
        epci: None,
        postcodes: Vec::new(),
        population: population.map(Persons),
        area_km2: Some(30.0),
        point,
    }
}

fn venue(id: &str, commune: &str, position: Position) -> Venue {
    Venue {
        commune: CommuneCode::parse(commune),
        location: Location::Published(position),
        hours: OpeningHours::Osm("Mo-Fr 09:00-12:00".into()),
        programmes: vec![Programme::FranceServices],
        access_modes: vec![AccessMode::WalkIn],
        ..Venue::new(id.into(), id.into())
    }
}

/// Ten communes of the Creuse, two of the Haute-Vienne, and Groix, which no venue can be reached from.
fn leaves() -> Leaves {
    let creuse = (1..=10_u32).map(|i| {
        let place = at(1.6 + 0.05 * f64::from(i), 46.0 + 0.03 * f64::from(i % 4));
        commune(&format!("230{i:02}"), Some(300 + 400 * (i % 5)), Some(place))
    });
    let others = [
        commune("23090", None, Some(at(1.9, 46.2))),
        commune("23091", Some(800), None),
        commune("56069", Some(90_000), Some(at(-3.46, 47.64))),
        commune("87001", Some(2_000), Some(at(1.4, 45.9))),
        commune("87002", Some(0), Some(at(1.5, 45.9))),
    ];
    let cell = |id: u32| Cell {
        commune: CommuneCode::parse("23003").unwrap(),
        centre: at(1.74 + 0.09 * f64::from(id), 46.09),
        side: Metres::new(1_000.0).unwrap(),
        inhabitants: if id == 0 { 900.0 } else { 600.0 },
        source: CellSource::Estimate,
    };
    let name =
        |code: &str, name: &str| TerritoryName { code: code.into(), name: name.into(), parent: Some("75".into()) };
    Leaves {
        communes: creuse.chain(others).collect(),
        territories: BTreeMap::from([
            (Level::Departement, vec![name("23", "Creuse"), name("56", "Morbihan"), name("87", "Haute-Vienne")]),
            (Level::Region, vec![TerritoryName { code: "75".into(), name: "Nouvelle-Aquitaine".into(), parent: None }]),
        ]),
        venues: vec![venue("v-1", "23001", at(1.65, 46.03)), venue("v-2", "23004", at(1.8, 46.0))],
        cells: vec![cell(0), cell(1)],
        ..Leaves::default()
    }
}

fn atlas() -> Atlas {
    Atlas::bind(leaves())
}

fn ordinals(atlas: &Atlas, departement: &str) -> Vec<CommuneIx> {
    atlas.communes().iter_enumerated().filter(|(_, c)| c.departement == departement).map(|(i, _)| i).collect()
}

/// As many copies of the minutes of a place as it has persons in need, ascending.
fn one_by_one(basis: &Basis<'_>, communes: &[CommuneIx]) -> Vec<f64> {
    let mut people = Vec::new();
    for (point, persons) in basis.atlas.analysis().points(basis.need, communes) {
        let minutes = match basis.reaches[point] {
            Reach::Reached(nearest) => f64::from(nearest.time.0) / 60.0,
            Reach::Unreachable => f64::INFINITY,
            Reach::Unknown => continue,
        };
        people.extend(std::iter::repeat_n(minutes, persons.unwrap_or(0) as usize));
    }
    people.sort_by(f64::total_cmp);
    people
}

#[test]
fn minutes_are_those_of_persons_counted_one_by_one() {
    let atlas = atlas();
    let (_, need) = atlas.analysis().default_need(&atlas).unwrap();
    for mode in Mode::ALL {
        let basis = Basis::new(&atlas, need, mode);
        for communes in ["23", "56", "87"].map(|code| ordinals(&atlas, code)) {
            let people = one_by_one(&basis, &communes);
            let summary = basis.summary(&communes);
            for (share, told) in [0.1, 0.5, 0.9].into_iter().zip(summary.minutes) {
                let rank = ((share * people.len() as f64).ceil() as usize).max(1) - 1;
                let by_hand = people.get(rank).copied();
                assert_eq!(told, Measured::of_quantile(by_hand), "{mode:?} {share} {communes:?}");
            }
            for (at, limit) in Threshold::ALL.map(|threshold| (threshold, threshold.limit())) {
                let near = people.iter().filter(|minutes| **minutes <= limit.minutes()).count() as u64;
                assert_eq!(summary.coverage.within(at), near);
                let far: u64 = basis.left_out(&communes, limit).iter().map(|place| place.persons).sum();
                assert_eq!(far, people.len() as u64 - near, "left out is what coverage calls beyond");
            }
        }
    }
}

#[test]
fn the_median_is_within_a_threshold_exactly_when_half_of_the_persons_are() {
    let atlas = atlas();
    let (_, need) = atlas.analysis().default_need(&atlas).unwrap();
    let mut seen = [false; 2];
    for mode in Mode::ALL {
        let basis = Basis::new(&atlas, need, mode);
        for communes in (atlas.communes().keys()).map(|i| vec![i]).chain([ordinals(&atlas, "23")]) {
            let summary = basis.summary(&communes);
            let Some(median) = summary.minutes[1].magnitude() else { continue };
            for (at, limit) in Threshold::ALL.map(|threshold| (threshold, threshold.limit())) {
                let half = 2 * summary.coverage.within(at) >= summary.coverage.persons;
                assert_eq!(median <= limit.minutes(), half, "{mode:?} {communes:?} {limit:?}");
                seen[usize::from(half)] = true;
            }
        }
    }
    assert_eq!(seen, [true; 2], "both were met");
}

#[test]
fn what_nothing_reaches_is_a_class_of_its_own_and_never_a_number() {
    let atlas = atlas();
    let (_, need) = atlas.analysis().default_need(&atlas).unwrap();
    let basis = Basis::new(&atlas, need, Mode::Car);
    let island = basis.summary(&ordinals(&atlas, "56"));
    assert_eq!((island.minutes, island.reach), ([Measured::Unreachable; 3], ReachState::Unreachable));
    assert_eq!(Some(island.coverage.unreachable), island.persons, "counted, not dropped");
    assert_eq!(island.hours.map(|hours| hours.mean), Some(0.0), "nothing in reach is known to be nothing");
    // Most people of all three départements live on the island: so does the person in the middle.
    let all: Vec<CommuneIx> = (atlas.communes().keys()).collect();
    let nation = basis.summary(&all);
    assert_eq!(nation.reach, ReachState::Unreachable);
    assert!(matches!(nation.minutes, [_, Measured::Unreachable, Measured::Unreachable]));
    for figure in figures_of(None, &Threshold::ALL) {
        let told = figure.of(&nation);
        assert!(told.value().is_none_or(f64::is_finite), "{}: {told:?}", figure.name());
    }
}

#[test]
fn what_nobody_knows_is_never_nothing() {
    let atlas = atlas();
    let (_, need) = atlas.analysis().default_need(&atlas).unwrap();
    let basis = Basis::new(&atlas, need, Mode::Car);
    let of = |code: &str| {
        let ordinal = atlas.places().by_code(CommuneCode::parse(code).unwrap()).unwrap();
        basis.summary(&[ordinal])
    };
    let counts = [
        "communes",
        "communes_unknown",
        "communes_outside_survey",
        "communes_filled",
        "venues",
        "venues_france_services",
        "venues_conseillers",
    ];
    let unknown_people = of("23090");
    for figure in figures_of(None, &Threshold::ALL) {
        let told = figure.of(&unknown_people);
        assert!(counts.contains(&figure.figure.id) || told == Measured::Unknown, "{}: {told:?}", figure.name());
    }
    assert_eq!((unknown_people.communes_unknown, unknown_people.reach), (1, ReachState::Reached));
    let nowhere = of("23091");
    assert_eq!((nowhere.minutes[1], nowhere.reach, nowhere.hours), (Measured::Unknown, ReachState::Unknown, None));
    assert_eq!(Some(nowhere.coverage.nowhere), nowhere.persons, "counted as such");
    let named = |id: &str| FigureAt::new(Figure::named(id).unwrap(), Threshold::Fifteen).of(&nowhere);
    assert_eq!((named("share_within"), named("posts")), (Measured::Unknown, Measured::Unknown));
    let empty = of("87002");
    assert_eq!((empty.persons, empty.population), (Some(0), Some(0)), "a village without people is known");
    assert_eq!(
        FigureAt::new(Figure::named("share_in_need").unwrap(), Threshold::Fifteen).of(&empty),
        Measured::Unknown,
        "0 of 0"
    );
}

#[test]
fn sums_over_the_parts_are_those_of_the_whole() {
    let mut leaves = leaves();
    leaves.posts = vec![Post { commune: CommuneCode::parse("23001"), posts: 3, ..post() }];
    let atlas = Atlas::bind(leaves);
    let (_, need) = atlas.analysis().default_need(&atlas).unwrap();
    let basis = Basis::new(&atlas, need, Mode::Walk);
    let whole = basis.summary(&(atlas.communes().keys()).collect::<Vec<_>>());
    let parts: Vec<Summary> = (atlas.communes().keys()).map(|i| basis.summary(&[i])).collect();
    for figure in figures_of(None, &Threshold::ALL) {
        let adds = matches!(figure.figure.unit, Unit::Communes | Unit::Persons | Unit::Venues | Unit::Posts);
        // The interval is that of the sums of each variant, not the sum of intervals.
        if adds && !figure.figure.id.starts_with("persons_in_need_") {
            // What is known of no part is unknown of the whole: no edition here has a table of accompaniments.
            let sum = parts.iter().filter_map(|part| figure.of(part).value()).reduce(|sum, more| sum + more);
            assert_eq!(figure.of(&whole), Measured::from(sum), "{}", figure.name());
        }
    }
    assert_eq!((whole.posts, whole.counts.venues), (Some(3), 2));
}

fn post() -> Post {
    Post {
        structure: "employeur".into(),
        name: "Employeur".into(),
        commune: None,
        district: None,
        public_employer: None,
        posts: 0,
        validated: None,
        state_eur: None,
        zrr: None,
        qpv: None,
        location: Location::Unknown,
        source: "postes".into(),
    }
}

#[test]
fn the_figures_of_all_territories_are_those_of_each() {
    let atlas = atlas();
    let (_, need) = atlas.analysis().default_need(&atlas).unwrap();
    let basis = Basis::new(&atlas, need, Mode::Car);
    for (row, territory) in atlas.territories(Level::Departement).iter().enumerate() {
        let summary = basis.summary(&territory.communes);
        for (rank, (figure, told)) in atlas.figures().each(Level::Departement, row).enumerate() {
            assert_eq!(told, figure.of(&summary), "{} {}", territory.code, figure.name());
            assert_eq!(told, atlas.figures().of(Level::Departement, row, rank));
        }
        assert_eq!(atlas.figures().reach(Level::Departement, row), summary.reach);
    }
    assert!(layers().len() > 5);
    assert_eq!(atlas.figures().of(Level::Departement, 99, 0), Measured::Unknown);
}

#[test]
fn every_figure_has_a_name_of_its_own_and_says_what_it_means() {
    let all = figures_of(None, &Threshold::ALL);
    let names: std::collections::BTreeSet<String> = all.iter().map(FigureAt::name).collect();
    assert_eq!(names.len(), all.len());
    for figure in FIGURES {
        assert!(figure.definition.ends_with('.') && !figure.title.is_empty(), "{}", figure.id);
        assert!(
            figure.unit.in_words().decimals <= figure.unit.decimals() + 2,
            "{}: words say less than the number",
            figure.id
        );
    }
    assert_eq!(FigureAt::new(Figure::named("share_within").unwrap(), Threshold::Fifteen).name(), "share_within_15_min");
    assert!(Figure::named("hasard").is_none());
}

#[test]
fn who_was_served_is_told_over_a_year_and_unknown_where_no_table_speaks() {
    use crate::domain::served::{Accompaniment, Month};
    let row = |commune: &str, month: &str, persons: Option<u32>| Accompaniment {
        place: format!("lieu {commune}"),
        commune: CommuneCode::parse(commune).unwrap(),
        month: Month::parse(month).unwrap(),
        persons,
        source: "essai".into(),
    };
    let rows = vec![
        row("23001", "2023-01", Some(900)),
        row("23001", "2024-01", Some(12)),
        row("23001", "2023-02", Some(8)),
        row("23001", "2023-07", None),
        row("23002", "2024-01", Some(0)),
    ];
    let atlas = Atlas::bind(Leaves { accompaniments: rows, ..leaves() });
    let need = atlas.analysis().default_need(&atlas).unwrap().1;
    let basis = Basis::new(&atlas, need, Mode::Car);
    let told = |code: &str, id: &str| {
        let ordinal = atlas.places().by_code(CommuneCode::parse(code).unwrap()).unwrap();
        FigureAt::new(Figure::named(id).unwrap(), Threshold::USUAL).of(&basis.summary(&[ordinal]))
    };
    // A year ends with the last month that is told: January 2023 is not of it.
    assert_eq!(told("23001", "persons_served"), Measured::Known(20.0));
    assert_eq!(told("23001", "served_hidden"), Measured::Known(1.0));
    assert_eq!(told("23002", "persons_served"), Measured::Known(0.0));
    assert_eq!(told("23003", "persons_served"), Measured::Unknown);
    assert_eq!(told("23003", "served_share"), Measured::Unknown);
    let ordinal = atlas.places().by_code(CommuneCode::parse("23001").unwrap()).unwrap();
    let persons = f64::from(need.estimate.persons[ordinal].unwrap());
    let share = told("23001", "served_share").value().unwrap();
    assert!((share - 20.0 / persons).abs() < 1e-6, "{share} {persons}");
}
