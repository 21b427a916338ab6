//! The question of the house: which venues are near, and can one go there today?
//!
//! `cargo run --release --example nearest -- EDITION LON LAT`
//!
//! An edition is opened once and then only read. A question is a position, how many answers, and a filter; answers are
//! ordinals in the table of venues with their distance, nearest first.

use std::error::Error;
use std::path::Path;

use mediane::atlas::{NearestQuery, VenueFilter};
use mediane::domain::{Degrees, Position};
use mediane::ingest::edition;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, lon, lat] = arguments.as_slice() else { return Err("expected: EDITION LON LAT".into()) };
    // Longitude first, everywhere. A position outside every French territory is refused, with a hint when it was swapped.
    let position = Position::in_france(Degrees { lon: lon.parse()?, lat: lat.parse()? })?;

    let atlas = edition::open(Path::new(folder))?;
    println!("edition {}", atlas.edition().id);

    // A filter is one of the table that the API and the search form use as well.
    let filter = VenueFilter::only("label", "france-services").expect("a label of the national standard");
    let query = NearestQuery { filter, ..NearestQuery::around(position, 3) };
    for found in atlas.nearest_venues(&query) {
        let venue = &atlas.venues()[found.ordinal];
        let saturday = match atlas.opens_on(found.ordinal, 5) {
            Some(true) => "opens on Saturdays",
            Some(false) => "is closed on Saturdays",
            None => "does not say when it opens",
        };
        println!("{:>8.0} m  {} {saturday}", found.distance.value(), venue.name);
    }
    Ok(())
}
