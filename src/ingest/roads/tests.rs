//! Real extracts against a textbook, and files that are not what they should be.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use super::*;
use crate::access::Mode;
use crate::access::roads::{Graph, Search, Snapper, Source};

/// A file of the real data, or a loud word that it is not there.
fn real(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("MEDIANE_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")), PathBuf::from);
    let path = folder.join("osm").join(name);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Dijkstra as in the textbook: a sorted set of (distance, node), one source, every node.
fn textbook(network: &RoadNetwork, mode: Mode, source: u32) -> Vec<Option<u64>> {
    let mut distance: Vec<Option<u64>> = vec![None; network.nodes()];
    distance[source as usize] = Some(0);
    let mut open = BTreeSet::from([(0_u64, source)]);
    while let Some((here, node)) = open.pop_first() {
        for arc in network.graph(mode).from(node) {
            let there = here + u64::from(arc.ms);
            let old = distance[arc.to as usize];
            if old.is_none_or(|old| there < old) {
                if let Some(old) = old {
                    open.remove(&(old, arc.to));
                }
                distance[arc.to as usize] = Some(there);
                open.insert((there, arc.to));
            }
        }
    }
    distance
}

#[test]
fn times_in_andorra_are_those_of_the_textbook_for_ten_thousand_pairs() {
    let Some(path) = real("andorra.osm.pbf") else { return };
    let start = Instant::now();
    let read = read(&path).unwrap();
    let network = &read.network;
    let arcs = Mode::ALL.map(|mode| network.graph(mode).len());
    eprintln!(
        "Andorra: {} ways, {} nodes, {} missing, arcs {arcs:?}, read in {:?}",
        read.ways,
        network.nodes(),
        read.missing_nodes,
        start.elapsed()
    );
    assert!(network.nodes() > 5_000 && arcs.iter().all(|arcs| *arcs > 5_000));
    let mut state = 1_u64;
    let mut draw = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % network.nodes() as u64) as u32
    };
    let (mut pairs, mut unreachable) = (0, 0);
    let limit = 30 * 60_000;
    let mut search = Search::new(network.nodes());
    for mode in Mode::ALL {
        let sources: Vec<u32> = (0..50).map(&mut draw).collect();
        let targets: Vec<u32> = (0..67).map(&mut draw).collect();
        let expected: Vec<Vec<Option<u64>>> = sources.iter().map(|source| textbook(network, mode, *source)).collect();
        let mut run = |graph: &Graph, node: u32, limit: u32, others: &[u32]| -> Vec<Option<u64>> {
            search.run(graph, &[Source { node, ms: 0, name: 0 }], limit);
            others.iter().map(|other| search.at(*other).map(|(ms, _)| u64::from(ms))).collect()
        };
        for (source, expected) in sources.iter().zip(&expected) {
            let found = run(network.graph(mode), *source, u32::MAX - 1, &targets);
            for (target, found) in targets.iter().zip(found) {
                assert_eq!(found, expected[*target as usize], "{mode:?} from {source} to {target}");
                assert!(found != Some(0) || source == target, "unreachable is never 0");
                unreachable += usize::from(found.is_none());
                pairs += 1;
            }
        }
        // The same pairs the other way round: from where one arrives, no farther than half an hour.
        for target in &targets {
            let found = run(network.reversed(mode), *target, limit, &sources);
            for (expected, found) in expected.iter().zip(found) {
                assert_eq!(found, expected[*target as usize].filter(|ms| *ms <= u64::from(limit)));
            }
        }
    }
    eprintln!("{pairs} pairs, {unreachable} unreachable");
    assert!(pairs >= 10_000 && unreachable < pairs / 2);
}

#[test]
fn monaco_reads_from_xml_and_its_rock_is_a_walk_from_its_casino() {
    let Some(path) = real("monaco.osm.gz") else { return };
    let read = read(&path).unwrap();
    let network = &read.network;
    eprintln!("Monaco: {} ways, {} nodes, {} missing", read.ways, network.nodes(), read.missing_nodes);
    let snapper = Snapper::new(network);
    let place = |lon, lat| Position::new(Degrees { lon, lat }).unwrap();
    let (rock, casino) = (place(7.4203, 43.7314), place(7.4284, 43.7392));
    let minutes = |mode: Mode| {
        let [from, to] = [rock, casino].map(|place| snapper.snap(mode, place).unwrap().node);
        let mut search = Search::new(network.nodes());
        search.run(network.graph(mode), &[Source { node: from, ms: 0, name: 0 }], u32::MAX - 1);
        f64::from(search.at(to).unwrap().0) / 60_000.0
    };
    let [walk, bicycle, car] = Mode::ALL.map(minutes);
    assert!((15.0..35.0).contains(&walk) && bicycle < walk && car < bicycle, "{walk} {bicycle} {car}");
    assert_eq!(snapper.snap(Mode::Walk, place(7.5, 43.6)), None, "the open sea");
}

fn written(name: &str, text: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::File::create(&path).unwrap().write_all(text).unwrap();
    (folder, path)
}

const TOY: &str = r#"<?xml version="1.0"?>
<osm version="0.6">
 <node id="1" lat="46.0" lon="1.5"/><node id="2" lat="46.0" lon="1.51"><tag k="barrier" v="bollard"/></node>
 <node id="3" lat="46.0" lon="1.52"/><node id="9" lat="46.0" lon="1.6"/>
 <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/></way>
 <way id="8"><nd ref="1"/><nd ref="3"/><tag k="building" v="yes"/></way>
</osm>"#;

#[test]
fn xml_gives_its_roads_its_bollards_and_what_is_missing() {
    let (_folder, path) = written("toy.osm", TOY.as_bytes());
    let read = read(&path).unwrap();
    assert_eq!((read.ways, read.network.nodes(), read.missing_nodes), (1, 3, 1));
    let arcs = Mode::ALL.map(|mode| read.network.graph(mode).len());
    assert_eq!(arcs, [4, 4, 0], "the bollard stops cars on both sides");
}

#[test]
fn a_file_that_is_no_extract_is_refused_with_its_name() {
    let between_elements = TOY.find(" <way id=\"8\"").unwrap();
    for (name, text, reason) in [
        ("roads.shp", TOY.as_bytes(), "expected a file named"),
        ("cut.osm", &TOY.as_bytes()[..150], "byte"),
        ("cut_between.osm", &TOY.as_bytes()[..between_elements], "ends before"),
        ("page.osm.pbf", b"<!DOCTYPE html><html></html>".as_slice(), ""),
        ("empty.osm", b"<osm></osm>", "no road"),
        ("number.osm", br#"<osm><node id="1" lat="x" lon="2"/></osm>"#, "is not a number"),
        ("not.osm.gz", b"plain", ""),
    ] {
        let (_folder, path) = written(name, text);
        let error = read(&path).expect_err(name).to_string();
        assert!(error.contains(name) && error.contains(reason), "{error}");
    }
    assert!(read(std::path::Path::new("nowhere.osm")).is_err());
}
