//! Holds the estimate from the great circle against the roads of an extract, and prints how far apart they are as JSON.
//!
//! `cargo bench --profile release --bench road_detour -- EXTRACT.osm.pbf`
//!
//! For pairs of places on the road drawn at random, `ratio` is the time of the estimate over the time on the road: the first
//! quartile, the median and the third quartile.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use mediane::access::roads::{Search, Source};
use mediane::access::{Assumptions, DemandPoint, Landmass, Mode, RoadNetwork};
use mediane::domain::Metres;
use mediane::ingest::roads;

const SOURCES: u64 = 60;
const TARGETS: u64 = 60;
/// Shorter journeys say more about the drawing of streets than about detours.
const SHORTEST_M: f64 = 500.0;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(file) = std::env::args().skip(1).find(|argument| argument != "--bench") else {
        return Err("expected: EXTRACT".into());
    };
    let start = Instant::now();
    let read = roads::read(Path::new(&file))?;
    println!(
        r#"{{"ways": {}, "nodes": {}, "missing_nodes": {}, "read_s": {:.2}"#,
        read.ways,
        read.network.nodes(),
        read.missing_nodes,
        start.elapsed().as_secs_f64()
    );
    for mode in Mode::ALL {
        let mut compared = compare(&read.network, mode);
        compared.sort_by(f64::total_cmp);
        let quartile = |k: usize| compared.get(compared.len() * k / 4).copied().unwrap_or(f64::NAN);
        println!(
            r#", "{}": {{"pairs": {}, "ratio": [{:.2}, {:.2}, {:.2}]}}"#,
            mode.name(),
            compared.len(),
            quartile(1),
            quartile(2),
            quartile(3)
        );
    }
    println!("}}");
    Ok(())
}

/// Time of the estimate over time on the road, for the pairs that a road joins.
fn compare(network: &RoadNetwork, mode: Mode) -> Vec<f64> {
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % network.nodes() as u64) as u32
    };
    let assumptions = Assumptions::default();
    let open_land = DemandPoint {
        position: None,
        landmass: Landmass::MAIN,
        reach: Metres::ZERO,
        own_sites: 1,
        ground: mediane::access::Ground::Open,
    };
    let mut search = Search::new(network.nodes());
    let mut ratios = Vec::new();
    for _ in 0..SOURCES {
        let from = draw();
        search.run(network.graph(mode), &[Source { node: from, ms: 0, name: 0 }], u32::MAX - 1);
        for _ in 0..TARGETS {
            let to = draw();
            let crow = network.position(from).geodesic_to(network.position(to));
            if let Some((ms, _)) = search.at(to).filter(|_| crow.value() >= SHORTEST_M) {
                ratios.push(f64::from(assumptions.time(mode, &open_land, crow).0) * 1000.0 / f64::from(ms));
            }
        }
    }
    ratios
}
