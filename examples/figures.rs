//! What is known of a territory: every figure of the registry, with its unit, and what is unknown or out of reach said so.
//!
//! `cargo run --release --example figures -- EDITION departements/23`

use std::error::Error;
use std::path::Path;

use mediane::access::{Mode, Threshold};
use mediane::atlas::figures::{Basis, Measured, figures_of};
use mediane::domain::Level;
use mediane::ingest::edition;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, territory] = arguments.as_slice() else { return Err("expected: EDITION LEVEL/CODE".into()) };
    let (level, code) = territory.split_once('/').ok_or("a territory is LEVEL/CODE")?;
    let level = Level::from_plural(level).ok_or("levels: communes, epcis, departements, regions")?;

    let atlas = edition::open(Path::new(folder))?;
    let communes = atlas.communes_of(level, code).ok_or("no territory of this level has this code")?;

    // A basis is a choice of who is in need, how people travel and which venues count; a summary of any set of communes
    // follows from it, and the registry reads, names and rounds every number of it.
    let (_, need) = atlas.analysis().default_need(&atlas)?;
    let summary = Basis::new(&atlas, need, Mode::Car).summary(&communes);
    for figure in figures_of(None, &[Threshold::Fifteen]) {
        let told = match figure.of(&summary) {
            Measured::Known(value) => value.to_string(),
            Measured::Unreachable => "out of reach".into(),
            Measured::Unknown => "unknown".into(),
        };
        println!("{:<40} {told:>14}  {}", figure.name(), figure.figure.title);
    }
    Ok(())
}
