//! How long an edition takes to open: `cargo bench --profile release --bench open_edition -- DIR [TIMES]`.

use std::path::Path;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let folder = arguments.next().expect("usage: open_edition DIR [TIMES]");
    let times: u32 = arguments.next().map_or(5, |times| times.parse().expect("TIMES is a whole number"));
    for _ in 0..times {
        let started = Instant::now();
        let atlas = mediane::ingest::edition::open(Path::new(&folder)).expect("an edition");
        println!("{} venues in {} ms", atlas.venues().len(), started.elapsed().as_millis());
    }
}
