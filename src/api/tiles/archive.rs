//! All tiles of a layer in one file (`PMTiles` 3): a map needs no server of tiles, only one that answers `Range`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use pmtiles::{Compression, PmTilesWriter, TileCoord, TileId, TileType};
use serde_json::{Value, json};

use super::{Layer, around, pack, tilejson, venues};
use crate::api::collections;
use crate::editions::Snapshot;
use crate::maps::rings::MARGIN;
use crate::maps::shapes::{Shapes, VenuePlaces};
use crate::maps::world::{Tile, World};

/// Deepest zoom of territories in a file: its grid of a hundred metres is finer than the contours, known to half a
/// kilometre. Maps enlarge it from there on.
const DEEPEST: u32 = 10;

/// Writes the file of every layer into a folder, and says their names.
///
/// # Errors
/// When the disk refuses, or it is told to stop.
pub fn write_all(snapshot: &Snapshot, folder: &Path, stop: impl Fn() -> bool) -> io::Result<Vec<String>> {
    let write = |layer: Layer| {
        let name = format!("{}.pmtiles", layer.name());
        let file = File::create(folder.join(&name))?;
        write(snapshot, layer, &file, &stop)?;
        file.sync_all()?;
        Ok(name)
    };
    Layer::ALL.into_iter().map(write).collect()
}

/// First and last zoom of a layer in its file; from the last on each venue stands alone.
#[must_use]
pub fn zooms(layer: Layer) -> [u32; 2] {
    let (first, last) = layer.zooms();
    let deepest = match layer {
        Layer::Territories(_) => DEEPEST,
        Layer::Venues => venues::ALONE_FROM,
    };
    [first, last.min(deepest)]
}

/// Writes vector tiles that are packed already, between two zooms, inside a box if one is known: west, south, east, north.
pub(super) fn packed_writer([first, last]: [u32; 2], metadata: &Value, bounds: Option<[f64; 4]>) -> PmTilesWriter {
    let writer = PmTilesWriter::new(TileType::Mvt)
        .precompressed(Compression::Gzip)
        .internal_compression(Compression::Gzip)
        .min_zoom(first as u8)
        .max_zoom(last as u8)
        .metadata(metadata.to_string());
    match bounds {
        Some([west, south, east, north]) => writer.bounds(west, south, east, north),
        None => writer,
    }
}

fn write(snapshot: &Snapshot, layer: Layer, file: &File, stop: &impl Fn() -> bool) -> io::Result<()> {
    let [first, last] = zooms(layer);
    let (_, collection) = collections::by_name(layer.name()).expect("every layer of tiles is a collection");
    let attribution = match layer {
        // The id of an edition depends on this file, which hence cannot name it.
        Layer::Venues => format!("Médiane ; d'après : {}", snapshot.atlas.edition().credits_of_venues()),
        Layer::Territories(_) => tilejson::attribution(&snapshot.atlas, layer),
    };
    let metadata = json!({
        "name": layer.name(),
        "description": collection.description(),
        "version": "1.0.0",
        "type": "overlay",
        "attribution": attribution,
        "vector_layers": tilejson::vector_layers(&snapshot.atlas, layer, [first, last]),
    });
    let writer = packed_writer([first, last], &metadata, around::bounds(snapshot, layer));
    let mut archive = writer.create(file).map_err(io::Error::other)?;
    for zoom in first..=last {
        // In the order of the file, so that a reader finds neighbours side by side.
        let mut tiles: BTreeMap<u64, (TileCoord, Tile)> = BTreeMap::new();
        for around in places(snapshot, layer) {
            for tile in Tile::around(around, zoom, MARGIN) {
                let (z, x, y) = tile.address();
                let coord = TileCoord::new(z as u8, x, y).map_err(io::Error::other)?;
                tiles.insert(TileId::from(coord).value(), (coord, tile));
            }
        }
        for (coord, tile) in tiles.into_values() {
            if stop() {
                return Err(io::Error::other("stopped"));
            }
            if let Some(drawn) = layer.encode(snapshot, tile).map_err(io::Error::other)? {
                archive.add_tile(coord, &pack(&drawn)).map_err(io::Error::other)?;
            }
        }
    }
    archive.finalize().map_err(io::Error::other)
}

/// The boxes of what a layer shows, polygon by polygon: a territory may have islands at the other end of the world.
fn places(snapshot: &Snapshot, layer: Layer) -> Vec<[World; 2]> {
    let shapes = Shapes::kept(snapshot);
    match layer {
        Layer::Venues => VenuePlaces::kept(snapshot).iter().map(|(place, _)| [*place, *place]).collect(),
        Layer::Territories(level) => {
            let outer =
                shapes.of(&snapshot.atlas, level).iter().flat_map(|shape| &shape.polygons).map(|rings| &rings[0]);
            outer.filter_map(|ring| World::around(ring.iter())).collect()
        }
    }
}
