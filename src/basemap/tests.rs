#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::*;

/// A file with these metadata, without tiles; `change` spoils its header.
fn file(metadata: &Json, change: impl Fn(&mut Vec<u8>)) -> (tempfile::TempDir, PathBuf) {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(metadata.to_string().as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut bytes = vec![0_u8; HEADER];
    bytes[..7].copy_from_slice(b"PMTiles");
    bytes[7] = 3;
    for (at, value) in [(8, HEADER as u64), (24, HEADER as u64), (32, packed.len() as u64), (40, 0), (56, 0)] {
        bytes[at..at + 8].copy_from_slice(&value.to_le_bytes());
    }
    (bytes[97], bytes[98], bytes[99], bytes[101]) = (2, 2, 1, 14);
    bytes.extend(packed);
    change(&mut bytes);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fond.pmtiles");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn layers(names: &[&str]) -> Json {
    json!({ "vector_layers": names.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
        "attribution": "<a href=\"https://www.openstreetmap.org/copyright\" onclick='x()'>&copy; OpenStreetMap</a>  &amp; nous" })
}

#[test]
fn a_file_says_what_is_drawn_from_it_and_who_made_it_without_markup() {
    let (_folder, path) = file(&layers(&["water", "transportation", "place"]), |_| ());
    let tiles = Tiles::open(&path).unwrap();
    assert_eq!(tiles.attribution.as_deref(), Some("© OpenStreetMap & nous"));
    assert_eq!((tiles.is_vector, tiles.zooms), (true, [0, 14]));
    let drawn: Vec<_> = tiles.drawn.0.iter().map(|(role, layers)| (*role, layers.join(" "))).collect();
    assert_eq!(drawn, [("roads", "transportation".to_owned()), ("water", "water".to_owned())]);
    assert_eq!(tiles.version, Tiles::open(&path).unwrap().version);
}

#[test]
fn pictures_need_no_layers() {
    let (_folder, path) = file(&json!({}), |bytes| (bytes[98], bytes[99]) = (0, 2));
    let tiles = Tiles::open(&path).unwrap();
    assert!(!tiles.is_vector && tiles.drawn == Drawn::default() && tiles.attribution.is_none());
}

#[test]
fn what_cannot_be_drawn_is_refused_with_what_was_expected() {
    type Change = fn(&mut Vec<u8>);
    let cases: [(Change, &str); 8] = [
        (|bytes| bytes.truncate(40), "this is no file of PMTiles"),
        (|bytes| bytes[..4].copy_from_slice(b"PK\x03\x04"), "this is no file of PMTiles"),
        (|bytes| bytes[7] = 2, "version 2, expected version 3"),
        (|bytes| bytes.truncate(HEADER + 8), "it was cut short"),
        (|bytes| bytes[64..72].copy_from_slice(&u64::MAX.to_le_bytes()), "it was cut short"),
        (|bytes| bytes[99] = 6, "its tiles are of kind 6; expected MVT (1)"),
        (|bytes| bytes[98] = 4, "its tiles are packed by method 4; expected none (1) or gzip (2)"),
        (|bytes| bytes[HEADER..].fill(0), "its metadata cannot be unpacked"),
    ];
    for (change, said) in cases {
        let (_folder, path) = file(&layers(&["water"]), change);
        let fault = Tiles::open(&path).unwrap_err();
        assert!(fault.contains(said), "{fault}");
    }
    let (folder, path) = file(&layers(&["communes", "lieux"]), |_| ());
    let fault = Tiles::open(&path).unwrap_err();
    assert!(
        fault.starts_with("it has layers communes, lieux, and none that the map draws: expected some of"),
        "{fault}"
    );
    assert!(Tiles::open(folder.path()).unwrap_err().contains("no file"));
    assert!(!Tiles::open(&folder.path().join("absent.pmtiles")).unwrap_err().is_empty());
}
