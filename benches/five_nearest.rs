//! Finds the five nearest places of many points by great circle, with the search of the product, and prints the figures as JSON.
//!
//! `cargo bench --profile release --bench five_nearest -- points.csv places.csv found.csv`
//!
//! The first three columns of both files are key, longitude, latitude. `found.csv` gets the key of every point and those of its places,
//! nearest first. Times are those of the wall, on every core; `search_s` begins with the index, when both files are in memory.

#[allow(dead_code)]
mod timing;

use std::error::Error;
use std::io::{BufWriter, Write};
use std::thread;

use mediane::domain::{Degrees, Position};
use mediane::spatial::PlaceIndex;

use timing::wall_seconds;

const NEAREST: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [points_file, places_file, found_file] = arguments.as_slice() else {
        return Err("expected: POINTS PLACES FOUND".into());
    };
    let (points, places) = (read(points_file)?, read(places_file)?);
    let start = wall_seconds();
    let index = PlaceIndex::new((0u32..).zip(places.iter().map(|(_, position)| *position)));
    let threads = thread::available_parallelism().map_or(1, Into::into);
    let found: Vec<[u32; NEAREST]> = thread::scope(|scope| {
        let shares: Vec<_> = points
            .chunks(points.len().div_ceil(threads).max(1))
            .map(|share| {
                scope.spawn(|| share.iter().map(|(_, position)| nearest(&index, *position)).collect::<Vec<_>>())
            })
            .collect();
        shares.into_iter().flat_map(|share| share.join().expect("a search does not panic")).collect()
    });
    let search_s = wall_seconds() - start;
    let mut output = BufWriter::new(std::fs::File::create(found_file)?);
    for ((key, _), places_found) in points.iter().zip(&found) {
        write!(output, "{key}")?;
        for &place in places_found {
            write!(output, ",{}", places[place as usize].0)?;
        }
        writeln!(output)?;
    }
    output.flush()?;
    println!(
        r#"{{"points": {}, "places": {}, "threads": {threads}, "search_s": {search_s:.3}}}"#,
        points.len(),
        places.len()
    );
    Ok(())
}

fn nearest(index: &PlaceIndex<u32>, position: Position) -> [u32; NEAREST] {
    let mut found = index.nearest(position).map(|neighbour| neighbour.ordinal);
    std::array::from_fn(|_| found.next().unwrap_or_default())
}

fn read(file: &str) -> Result<Vec<(u64, Position)>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for record in csv::Reader::from_path(file)?.into_records() {
        let record = record?;
        rows.push((record[0].parse()?, Position::new(Degrees { lon: record[1].parse()?, lat: record[2].parse()? })?));
    }
    Ok(rows)
}
