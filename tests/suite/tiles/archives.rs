//! Tiles in one file, read as the specification of `PMTiles` 3 says and not by the library that wrote them.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use flate2::read::GzDecoder;
use mediane::access::roads::{Drawn, seen};
use mediane::api::tiles::{archive, base};
use mediane::editions::Snapshot;
use mediane::http::State;

use super::{decode, real_atlas, tile_at};
use crate::support::{noon, position, serve_on_free_port};

/// What a file holds: its first and last zoom, its metadata, and tiles by number.
struct Archive {
    zooms: [u8; 2],
    metadata: serde_json::Value,
    tiles: BTreeMap<u64, Vec<u8>>,
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

fn numbers(mut bytes: &[u8]) -> impl FnMut() -> u64 {
    let bytes: Vec<u8> = std::mem::take(&mut bytes).to_vec();
    let mut at = 0;
    move || {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let byte = bytes[at];
            at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }
}

impl Archive {
    fn read(file: &[u8]) -> Self {
        assert_eq!(&file[..8], b"PMTiles\x03");
        let long = |at: usize| u64::from_le_bytes(file[at..at + 8].try_into().unwrap()) as usize;
        let section = |at: usize| &file[long(at)..long(at) + long(at + 8)];
        assert_eq!((file[97], file[98], file[99]), (2, 2, 1), "gzip inside and for tiles, which are vector tiles");
        let mut archive = Self {
            zooms: [file[100], file[101]],
            metadata: serde_json::from_slice(&unpacked(section(24))).unwrap(),
            tiles: BTreeMap::new(),
        };
        archive.read_directory(section(8), file, long(40), long(56));
        archive
    }

    fn read_directory(&mut self, packed: &[u8], file: &[u8], leaves: usize, data: usize) {
        let bytes = unpacked(packed);
        let mut number = numbers(&bytes);
        let count = number() as usize;
        let mut last = 0;
        let list = |next: &mut dyn FnMut() -> u64| (0..count).map(|_| next()).collect::<Vec<_>>();
        let ids: Vec<u64> = list(&mut number)
            .into_iter()
            .map(|step| {
                last += step;
                last
            })
            .collect();
        let (runs, lengths, offsets) = (list(&mut number), list(&mut number), list(&mut number));
        let mut end = 0;
        for i in 0..count {
            let offset = if offsets[i] == 0 { end } else { offsets[i] as usize - 1 };
            end = offset + lengths[i] as usize;
            let base = if runs[i] == 0 { leaves } else { data };
            let found = &file[base + offset..base + end];
            if runs[i] == 0 {
                self.read_directory(found, file, leaves, data);
            }
            for run in 0..runs[i] {
                self.tiles.insert(ids[i] + run, found.to_vec());
            }
        }
    }

    fn tile(&self, z: u32, x: u32, y: u32) -> Option<Vec<u8>> {
        self.tiles.get(&number_of(z, x, y)).map(|packed| unpacked(packed))
    }
}

/// The number of a tile: those of the zooms before, then its place along the curve of Hilbert.
fn number_of(z: u32, x: u32, y: u32) -> u64 {
    let before: u64 = (0..z).map(|zoom| 1_u64 << (2 * zoom)).sum();
    let (mut x, mut y, mut along) = (u64::from(x), u64::from(y), 0);
    for bit in (0..z).rev() {
        let side = 1_u64 << bit;
        let (right, low) = (u64::from(x & side > 0), u64::from(y & side > 0));
        along += side * side * ((3 * right) ^ low);
        if low == 0 {
            if right == 1 {
                (x, y) = (side.wrapping_sub(1).wrapping_sub(x), side.wrapping_sub(1).wrapping_sub(y));
            }
            (x, y) = (y, x);
        }
    }
    before + along
}

#[test]
fn the_numbers_of_tiles_are_those_of_the_specification() {
    for ((z, x, y), number) in [
        ((0, 0, 0), 0),
        ((1, 0, 0), 1),
        ((1, 0, 1), 2),
        ((1, 1, 1), 3),
        ((1, 1, 0), 4),
        ((2, 0, 0), 5),
        ((12, 3423, 1763), 19_078_479),
    ] {
        assert_eq!(number_of(z, x, y), number, "{z}/{x}/{y}");
    }
}

#[test]
fn the_file_of_a_layer_holds_the_tiles_that_the_service_draws() {
    let atlas = Arc::new(real_atlas(&["23", "87"]));
    let folder = tempfile::tempdir().unwrap();
    let names = archive::write_all(&Snapshot::new(atlas.clone()), folder.path(), || false).unwrap();
    assert_eq!(
        names,
        ["regions.pmtiles", "departements.pmtiles", "epcis.pmtiles", "communes.pmtiles", "venues.pmtiles"]
    );
    let read = |name: &str| Archive::read(&std::fs::read(folder.path().join(name)).unwrap());
    let address = serve_on_free_port(State::new(atlas, noon));
    for (layer, zooms, looked_at) in [("departements", [0, 10], [0, 4, 7, 10]), ("communes", [8, 10], [8, 9, 10, 10])] {
        let archive = read(&format!("{layer}.pmtiles"));
        assert_eq!(archive.zooms, zooms, "{layer}");
        assert_eq!(archive.metadata["vector_layers"][0]["id"], layer);
        assert!(archive.metadata["attribution"].as_str().unwrap().contains("INSEE"));
        for z in looked_at {
            let (x, y) = tile_at(1.65, 46.05, z);
            let served = reqwest::blocking::get(format!("http://{address}/tiles/{layer}/{z}/{x}/{y}.mvt")).unwrap();
            let served = served.bytes().unwrap();
            assert!(!decode(&served).features.is_empty());
            assert_eq!(archive.tile(z, x, y).unwrap(), served, "{layer} {z}/{x}/{y}");
        }
    }
    assert!(read("venues.pmtiles").tiles.is_empty(), "this atlas has no venues");
    let told = archive::write_all(&Snapshot::new(Arc::new(real_atlas(&["23"]))), folder.path(), || true);
    assert!(told.is_err(), "told to stop, it stops");
}

/// A way along a parallel, in steps of a hundredth of a degree.
fn along(tags: &[(&str, &str)], name: &str, west: f64, north: f64) -> Drawn {
    let points = (0..=10).map(|step| position(west + 0.01 * f64::from(step), north)).collect();
    let tag = |key: &str| tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
    Drawn { sight: seen(tag, false).unwrap(), name: Some(name.into()), points }
}

#[test]
fn the_base_of_an_edition_has_its_streets_and_waters_by_zoom_with_their_names() {
    let street = |name: &str, west: f64| along(&[("highway", "residential")], name, west, 46.0);
    let drawn = [
        along(&[("waterway", "river")], "La Creuse", 1.8, 46.02),
        // In two ways, the second against the first, as streets are written.
        street("Rue de la Gare", 1.8),
        {
            let mut more = street("Rue de la Gare", 1.9);
            more.points.reverse();
            more
        },
        along(&[("highway", "motorway")], "A 20", 1.8, 46.01),
    ];
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(base::write(&drawn, folder.path(), || false).unwrap(), "base.pmtiles");
    let archive = Archive::read(&std::fs::read(folder.path().join("base.pmtiles")).unwrap());
    assert_eq!(archive.zooms, [6, 14]);
    assert!(archive.metadata["attribution"].as_str().unwrap().contains("OpenStreetMap"));
    let shown = |z: u32| {
        let (x, y) = tile_at(1.905, 46.005, z);
        let layer = decode(&archive.tile(z, x, y).unwrap());
        let told = |feature: &super::decode::Feature| {
            let name = feature.properties.get("name").cloned().unwrap_or_default();
            (feature.properties["kind"].clone(), name, feature.paths.len())
        };
        (layer.name, layer.features.iter().map(told).collect::<Vec<_>>())
    };
    let of = |kind: &str, name: &str| (kind.to_owned(), name.to_owned(), 1);
    assert_eq!(shown(7), ("roads".to_owned(), vec![of("motorway", "")]), "streets are not seen from afar");
    assert_eq!(
        shown(12).1.iter().map(|(kind, name, _)| (kind.as_str(), name.as_str())).collect::<Vec<_>>(),
        [("minor", ""), ("motorway", "")]
    );
    // Two ways of one street are one line, so that its name has room.
    assert_eq!(shown(13).1, [of("minor", "Rue de la Gare"), of("motorway", "A 20")]);
    let (x, y) = tile_at(1.905, 46.02, 9);
    assert!(archive.tile(9, x, y).is_some_and(|tile| tile.windows(5).any(|word| word == b"river")));
    assert!(archive.tile(13, 0, 0).is_none(), "what holds nothing is not written");
    assert!(base::write(&drawn, folder.path(), || true).is_err(), "told to stop, it stops");
}
