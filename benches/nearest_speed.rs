//! Measures the search of the nearest venue and the whole match on one machine, and prints the figures as JSON.
//!
//! `cargo bench --profile release --bench nearest_speed -- residents.csv venues.csv matched.csv`
//!
//! The files are those of `make_residents`. Each figure is the best of three runs, except the R-tree's, which is there
//! for comparison and runs once over at most a million residents. Times on one core are times of the processor, so that
//! a neighbour on the machine counts for less; the match, on every core, is timed by the clock on the wall.

#[allow(dead_code)]
mod timing;

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use mediane::domain::{Degrees, Metres, Position};
use mediane::matching::{MatchJob, Places, Target, Targets, match_csv};
use mediane::spatial::{BatchNearest, PlaceIndex, ShortLines};

use timing::{best, processor_seconds, wall_seconds};

const TREE_RESIDENTS: usize = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [residents_file, venues_file, matched_file] = arguments.as_slice() else {
        return Err("expected: RESIDENTS VENUES OUTPUT".into());
    };
    let residents = read_positions(residents_file)?;
    let targets = Targets::new(read_venues(venues_file)?);
    let venues: Vec<(u32, Position)> = (0..).zip(targets.venues().iter().map(|venue| venue.position)).collect();
    let per_resident = |seconds: f64| seconds * 1e9 / residents.len() as f64;

    let (build_s, map) = best(processor_seconds, || BatchNearest::new(venues.iter().copied()));
    let (vector_s, ()) =
        best(processor_seconds, || residents.iter().for_each(|resident| _ = black_box(resident.unit_vector())));
    let (search_s, found) = best(processor_seconds, || -> Vec<u32> {
        residents.iter().map(|&resident| map.nearest(resident).map_or(u32::MAX, |nearest| nearest.ordinal)).collect()
    });
    let lines: Vec<ShortLines> = venues.iter().map(|&(_, venue)| ShortLines::from(venue)).collect();
    let (distance_s, ()) = best(processor_seconds, || {
        let pairs = residents.iter().zip(&found);
        pairs.for_each(|(&resident, &venue)| _ = black_box(lines[venue as usize].whole_metres_to(resident)));
    });

    let tree = PlaceIndex::new(venues.iter().copied());
    let some = &residents[..residents.len().min(TREE_RESIDENTS)];
    let start = processor_seconds();
    let in_tree =
        some.iter().map(|&resident| tree.nearest(resident).next().map_or(u32::MAX, |nearest| nearest.ordinal));
    let differences = in_tree.zip(&found).filter(|(tree, map)| tree != *map).count();
    let tree_ns = (processor_seconds() - start) * 1e9 / some.len() as f64;

    let places = Places::default();
    let stop = AtomicBool::new(false);
    let [input, output] = [residents_file, matched_file].map(Path::new);
    let job = MatchJob { input, output, targets: &targets, places: &places, stop: &stop };
    let (match_s, tally) = best(wall_seconds, || match_csv(&job, |_| ()));
    let tally = tally?;

    println!(
        r#"{{"residents": {}, "venues": {}, "map_bytes": {}, "build_s": {build_s:.3}, "unit_vector_ns": {:.1}, "#,
        residents.len(),
        venues.len(),
        map.bytes(),
        per_resident(vector_s),
    );
    println!(
        r#" "search_ns": {:.1}, "distance_ns": {:.1}, "rstar_ns": {tree_ns:.1}, "rstar_differences": {differences}, "#,
        per_resident(search_s),
        per_resident(distance_s),
    );
    println!(r#" "match_s": {match_s:.2}, "rows": {}, "unknown": {}}}"#, tally.rows, tally.unknown);
    Ok(())
}

fn read_positions(file: &str) -> Result<Vec<Position>, Box<dyn Error>> {
    let mut positions = Vec::new();
    for record in csv::Reader::from_path(file)?.into_byte_records() {
        positions.push(position(&csv::StringRecord::from_byte_record(record?)?, 1)?);
    }
    Ok(positions)
}

fn read_venues(file: &str) -> Result<Vec<Target>, Box<dyn Error>> {
    let mut venues = Vec::new();
    for record in csv::Reader::from_path(file)?.into_records() {
        let record = record?;
        venues.push(Target {
            id: record[0].to_owned(),
            name: record[1].to_owned(),
            position: position(&record, 2)?,
            way: Metres::ZERO,
        });
    }
    Ok(venues)
}

fn position(record: &csv::StringRecord, longitude: usize) -> Result<Position, Box<dyn Error>> {
    Ok(Position::new(Degrees { lon: record[longitude].parse()?, lat: record[longitude + 1].parse()? })?)
}
