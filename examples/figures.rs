//! The figures of some territories of an edition: `cargo run --release --example figures DIR departements/23 epcis/243100633`.

use std::path::Path;
use std::time::Instant;

use mediane::domain::Level;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("usage: figures DIR LEVEL/CODE…");
    let atlas = mediane::ingest::edition::open(Path::new(&folder)).expect("an edition");
    let started = Instant::now();
    let analysis = atlas.analysis();
    let need = analysis.need(&atlas, 0).expect("France has more people than the plan counts");
    println!("analysed in {} ms: {:?}", started.elapsed().as_millis(), analysis.access);
    for argument in arguments {
        let (level, code) = argument.split_once('/').expect("LEVEL/CODE");
        let level = Level::from_plural(level).expect("regions, departements, epcis or communes");
        let communes = atlas.communes_of(level, code).expect("a code of that level");
        println!("{argument}: {:#?}", analysis.figures(&atlas, need, &communes));
    }
}
