//! The estimate: nobody outside, nobody lost, and against the grids at hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use geo::{Contains, Point};

use super::*;
use crate::domain::CommuneCode;
use crate::ingest::grid::{self, GridCell};
use crate::ingest::reference;
use crate::ingest::report::SourceReport;
use crate::ingest::source::{Source, read_descriptions};
use crate::ingest::table::{ReadOptions, read_table};
use crate::spatial::sphere;

/// Minutes on foot by the usual assumptions: 4.5 km/h, 1.3 times the great circle.
const WALK_M_PER_MINUTE: f64 = 4_500.0 / 60.0 / 1.3;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn france() -> Reference {
    reference::read(&data().join("territories")).unwrap()
}

fn ordinal(reference: &Reference, code: &str) -> CommuneIx {
    reference.places.by_code(CommuneCode::parse(code).unwrap()).unwrap()
}

#[test]
fn communes_are_divided_inside_their_contours_and_lose_nobody() {
    let reference = france();
    // Plains, a gulf with islands, a city, a forest of 18,000 km², a cirque, and a commune without contour.
    let codes = ["23096", "56260", "87085", "97353", "97424", "97801"];
    let some: Vec<CommuneIx> = codes.iter().map(|code| ordinal(&reference, code)).collect();
    let cells = divide(&reference, &[], |commune| some.contains(&commune));
    for (code, commune) in codes.iter().zip(&some) {
        let commune = &reference.communes[*commune];
        let own: Vec<&Cell> = cells.iter().filter(|cell| cell.commune == commune.code).collect();
        let persons: f64 = own.iter().map(|cell| cell.inhabitants).sum();
        let population = f64::from(commune.population.unwrap().0);
        assert!((persons - population).abs() < 1e-6 * population, "{code}: {persons} of {population}");
        let Some(contour) = reference.contours[&Level::Commune].get(*code) else {
            assert_eq!((own.len(), own[0].centre), (1, commune.point.unwrap()), "{code}: no contour, one point");
            continue;
        };
        for cell in &own {
            let at = Point::new(cell.centre.lon(), cell.centre.lat());
            // Positions are rounded to a metre, so a square on the very border may lie a metre beyond.
            let near = [(0.0, 0.0), (2e-5, 0.0), (-2e-5, 0.0), (0.0, 2e-5), (0.0, -2e-5)];
            assert!(near.iter().any(|(x, y)| contour.contains(&Point::new(at.x() + x, at.y() + y))), "{code} {cell:?}");
        }
    }
    let again = divide(&reference, &[], |commune| some.contains(&commune));
    assert!(cells == again, "same inputs, same cells");
}

#[test]
fn as_many_live_in_each_arrondissement_as_are_published() {
    let reference = france();
    let districts = &reference.districts;
    let towns: Vec<CommuneIx> = districts.divided().collect();
    let mut cells = divide(&reference, &[], |commune| towns.contains(&commune));
    let before = cells.len();
    rake(&mut cells, &reference);
    assert_eq!((towns.len(), cells.len()), (3, before), "every arrondissement has points of its own");
    for commune in towns {
        let code = reference.communes[commune].code;
        let own = || cells.iter().filter(|cell| cell.commune == code);
        let all: f64 = own().map(|cell| cell.inhabitants).sum();
        assert!((all - f64::from(reference.communes[commune].population.unwrap().0)).abs() < 1e-3, "{code}: {all}");
        for district in districts.of(commune) {
            let here = own().filter(|cell| districts.at(commune, cell.centre) == Some(district));
            let persons: f64 = here.map(|cell| cell.inhabitants).sum();
            let published = f64::from(districts.all()[district].population.unwrap().0);
            assert!((persons - published).abs() < 1e-3, "{}: {persons}", districts.all()[district].name);
        }
    }
}

#[test]
fn people_of_the_forest_live_around_their_town() {
    let reference = france();
    // Maripasoula (18,360 km²) and Kourou (2,160 km²).
    for code in ["97353", "97304"] {
        let commune = ordinal(&reference, code);
        let centre = reference.communes[commune].point.unwrap();
        let cells = divide(&reference, &[], |other| other == commune);
        let (all, near) = cells.iter().fold((0.0, 0.0), |(all, near), cell| {
            let is_near = cell.centre.geodesic_to(centre).value() < 5_000.0;
            (all + cell.inhabitants, near + if is_near { cell.inhabitants } else { 0.0 })
        });
        assert!(near / all > 0.9, "{code}: {near} of {all} within 5 km");
    }
}

#[test]
fn a_country_has_points_enough_and_not_too_many() {
    let reference = france();
    let cells = divide(&reference, &[], |_| true);
    assert!((300_000..=600_000).contains(&cells.len()), "{} points", cells.len());
    let persons: f64 = cells.iter().map(|cell| cell.inhabitants).sum();
    let placed = reference.communes.iter().filter(|commune| commune.point.is_some());
    let population: f64 = placed.filter_map(|commune| commune.population).map(|persons| f64::from(persons.0)).sum();
    assert!((persons - population).abs() < 1.0, "{persons} {population}");
}

/// Positions in two columns of a CSV of the real data.
fn positions(
    file: &Path,
    separator: u8,
    read: impl Fn(&csv::StringRecord, &csv::StringRecord) -> Option<Position>,
) -> Vec<(String, Position)> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_path(file).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| Some((row.get(0)?.to_owned(), read(&header, &row)?))).collect()
}

fn column<'r>(header: &csv::StringRecord, row: &'r csv::StringRecord, name: &str) -> Option<&'r str> {
    row.get(header.iter().position(|column| column == name)?)
}

fn position(lon: &str, lat: &str) -> Option<Position> {
    Position::in_france(crate::domain::Degrees { lon: lon.trim().parse().ok()?, lat: lat.trim().parse().ok()? }).ok()
}

/// The grids at hand, libraries and France services.
struct Grids {
    reference: Reference,
    cells: Vec<GridCell>,
    libraries: Vec<(CommuneIx, Position)>,
    venues: Vec<Position>,
}

fn grids() -> Option<Grids> {
    let beside = data().join("../../shared/data");
    let real = std::env::var_os("MEDIANE_DATA").map_or(beside, PathBuf::from);
    if !real.join("grid").is_dir() {
        eprintln!("SKIPPED: no real grids in {}; set MEDIANE_DATA", real.display());
        return None;
    }
    let reference = france();
    let sources: Vec<Source> = read_descriptions(&data().join("sources")).unwrap();
    let mut cells = Vec::new();
    for (rank, source) in sources.iter().filter(|source| source.id.starts_with("grid-")).enumerate() {
        let bytes = std::fs::read(real.join(&source.file)).unwrap();
        let mut report = SourceReport::new(&source.id, &source.file);
        let table = read_table(&bytes, &ReadOptions::csv(&source.file), &mut report).unwrap();
        let read = grid::read(&table, source, &reference, &mut report);
        cells.extend(read.into_iter().map(|cell| cell.of_source(rank as u16)));
    }
    let libraries = positions(&real.join("venues/bibliotheques-2020.csv"), b';', |header, row| {
        let (lat, lon) = column(header, row, "coordonnees_ban")?.split_once(',')?;
        position(lon, lat)
    });
    let within = |(_, at): (String, Position)| Some((reference.contour_index.containing(at)?, at));
    let libraries = libraries.into_iter().filter_map(within).collect();
    let venues = positions(&real.join("venues/france-services-2024-08.csv"), b',', |header, row| {
        position(column(header, row, "longitude")?, column(header, row, "latitude")?)
    });
    let venues = venues.into_iter().map(|(_, at)| at).collect();
    Some(Grids { reference, cells, libraries, venues })
}

impl Grids {
    /// Persons and metres to the nearest venue, by commune.
    fn ways(&self, cells: &[Cell]) -> BTreeMap<CommuneCode, Vec<(f64, f64)>> {
        let venues: Vec<[f64; 3]> = self.venues.iter().map(|venue| venue.unit_vector()).collect();
        let mut ways: BTreeMap<CommuneCode, Vec<(f64, f64)>> = BTreeMap::new();
        for cell in cells {
            let from = cell.centre.unit_vector();
            let chord2 = venues.iter().map(|venue| sphere::chord2(from, *venue)).fold(f64::INFINITY, f64::min);
            let least = mean_reach_m((cell.side.value() / 1_000.0).powi(2));
            let metres = sphere::great_circle(chord2).value().max(least);
            ways.entry(cell.commune).or_default().push((cell.inhabitants, metres));
        }
        ways
    }

    /// Under some assumptions: differences of the mean way by commune, relative, and the coverage on foot of all these
    /// communes within 10, 15, 20 and 30 minutes, estimated and from the grids.
    fn against(&self, assumptions: Assumptions) -> (Vec<f64>, [[f64; 2]; 4]) {
        let counted = grid::join(&self.cells, &self.reference.communes);
        let known = |commune: CommuneIx| {
            let code = self.reference.communes[commune].code;
            counted.binary_search_by_key(&code, |cell| cell.commune).is_ok()
        };
        let estimated = divide_on(&self.reference, &self.libraries, known, assumptions);
        let (ours, theirs) = (self.ways(&estimated), self.ways(&counted));
        let mean = |ways: &[(f64, f64)]| {
            let persons: f64 = ways.iter().map(|(persons, _)| persons).sum();
            ways.iter().map(|(persons, metres)| persons * metres).sum::<f64>() / persons
        };
        let errors = theirs.iter().map(|(commune, ways)| mean(&ours[commune]) / mean(ways) - 1.0).collect();
        let covered = |ways: &BTreeMap<CommuneCode, Vec<(f64, f64)>>, minutes: f64| {
            let all: Vec<&(f64, f64)> = ways.values().flatten().collect();
            let near = all.iter().filter(|(_, metres)| *metres <= minutes * WALK_M_PER_MINUTE);
            100.0 * near.map(|(persons, _)| persons).sum::<f64>() / all.iter().map(|(persons, _)| persons).sum::<f64>()
        };
        (errors, [10.0, 15.0, 20.0, 30.0].map(|minutes| [covered(&ours, minutes), covered(&theirs, minutes)]))
    }
}

fn median_size(errors: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes[sizes.len() / 2]
}

#[test]
fn the_estimate_agrees_with_the_grids_of_ales_and_bondy() {
    let Some(grids) = grids() else { return };
    let (errors, covered) = grids.against(Assumptions::default());
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let (median, p90) = (median_size(&errors), sizes[sizes.len() * 9 / 10]);
    eprintln!("{} communes, median {median:.3}, nine tenths {p90:.3}, coverage {covered:.1?}", errors.len());
    assert!(errors.len() >= 60, "{} communes have grids", errors.len());
    assert!(median_size(&errors) <= 0.10, "median difference of the mean way: {}", median_size(&errors));
    for [ours, theirs] in covered {
        assert!((ours - theirs).abs() <= 8.0, "on foot: {ours:.1} % estimated, {theirs:.1} % from the grids");
    }
}

#[test]
fn on_foot_people_are_covered_as_each_of_the_grids_says() {
    let Some(grids) = grids() else { return };
    let counted = grid::join(&grids.cells, &grids.reference.communes);
    let bondy = CommuneCode::parse("93010").unwrap();
    for (name, is_bondy) in [("Bondy", true), ("around Alès", false)] {
        let counted: Vec<Cell> = counted.iter().filter(|cell| (cell.commune == bondy) == is_bondy).copied().collect();
        let divided = |assumptions| {
            let known = |commune: CommuneIx| {
                let code = grids.reference.communes[commune].code;
                counted.binary_search_by_key(&code, |cell| cell.commune).is_ok()
            };
            divide_on(&grids.reference, &grids.libraries, known, assumptions)
        };
        let estimated = divided(Assumptions::default());
        let unbounded = divided(Assumptions { widest: f64::INFINITY, ..Assumptions::default() });
        let covered = |cells: &[Cell], minutes: f64| {
            let ways: Vec<(f64, f64)> = grids.ways(cells).into_values().flatten().collect();
            let near = ways.iter().filter(|(_, metres)| *metres <= minutes * WALK_M_PER_MINUTE);
            100.0 * near.map(|(persons, _)| persons).sum::<f64>() / ways.iter().map(|(persons, _)| persons).sum::<f64>()
        };
        for minutes in [10.0, 15.0, 20.0, 30.0] {
            let [ours, theirs, before] = [&estimated, &counted, &unbounded].map(|cells| covered(cells, minutes));
            let said = format!("{name} on foot within {minutes}: {ours:.1} % estimated, {theirs:.1} % from the grid");
            eprintln!("{said}, {before:.1} % if towns had no width");
            assert!((ours - theirs).abs() <= 8.0, "{said}");
            assert!(theirs > 1.0, "nobody is near: that says nothing");
        }
    }
}

/// The calibration itself, printed: `cargo test --release --lib calibration -- --ignored --nocapture`.
#[test]
#[ignore = "prints a table"]
fn calibration() {
    let Some(grids) = grids() else { return };
    println!("radius exponent open neighbours | median mean p90 | on foot 10, 15, 20, 30 min: estimated / grid");
    for radius_m in [160.0, 240.0, 320.0, 480.0] {
        for (exponent, open) in [(0.25, 0.0), (0.25, 0.1), (0.25, 0.3), (0.5, 0.1)] {
            for neighbours in [0.0, 1.0] {
                let assumptions = Assumptions { radius_m, exponent, open, neighbours, ..Assumptions::default() };
                let (mut errors, covered) = grids.against(assumptions);
                let (median, mean) = (median_size(&errors), errors.iter().sum::<f64>() / errors.len() as f64);
                errors.iter_mut().for_each(|error| *error = error.abs());
                errors.sort_by(f64::total_cmp);
                let p90 = errors[errors.len() * 9 / 10];
                let covered = covered.map(|[ours, theirs]| format!("{ours:.1}/{theirs:.1}")).join(" ");
                println!("{radius_m} {exponent} {open} {neighbours} | {median:.3} {mean:+.3} {p90:.3} | {covered}");
            }
        }
    }
}
