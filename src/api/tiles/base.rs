//! The base of the map of people, drawn from the extract that an edition was built with: one file of tiles, handed out part by
//! part. Nothing of it is in memory once it is written ([ADR 41](../../../docs/adr/0041-base-of-the-edition.md)).

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use mvt::{Error, GeomEncoder, GeomType};
use pmtiles::{TileCoord, TileId};
use serde_json::json;

use super::archive::packed_writer;
use super::pack;
use crate::access::roads::{Drawn, Ground};
use crate::basemap::edition::{ATTRIBUTION, NAME, ZOOMS};
use crate::maps::lines::{cut, thin};
use crate::maps::rings::{Fine, MARGIN, clip, twice_area};
use crate::maps::world::{EXTENT, Local, Tile, World, unit_bits};

/// From this zoom on names are written; before, lines of one kind are one feature.
const NAMES_FROM: u32 = 13;
/// Units between the places of a line before the last zoom: half a pixel of a tile shown at 512.
const APART: i32 = 4;
/// Twice the smallest area that is drawn, in square units: a square of two pixels.
const SMALLEST: i64 = 2 * 16 * 16;

/// What is drawn, where it is.
struct Placed<'a> {
    drawn: &'a Drawn,
    points: Vec<World>,
    around: [World; 2],
}

/// What becomes one feature.
type Key<'a> = (Ground, bool, &'static str, Option<&'a str>);

/// Writes the file into a folder, and says its name.
///
/// # Errors
/// When the disk refuses, or it is told to stop.
pub fn write(drawn: &[Drawn], folder: &Path, stop: impl Fn() -> bool) -> io::Result<String> {
    let placed: Vec<Placed<'_>> = drawn.iter().filter_map(Placed::of).collect();
    let layer = |ground: Ground| json!({ "id": ground.name(), "fields": { "kind": "String", "name": "String" } });
    let metadata = json!({
        "name": "base",
        "description": "Rues, voies ferrées, eaux et espaces verts de l’extrait lu",
        "version": "1.0.0",
        "type": "baselayer",
        "attribution": ATTRIBUTION,
        "vector_layers": Ground::ALL.map(layer),
    });
    let [first, last] = ZOOMS.map(u32::from);
    let file = File::create(folder.join(NAME))?;
    let mut archive = packed_writer([first, last], &metadata, bounds(drawn)).create(&file).map_err(io::Error::other)?;
    for zoom in first..=last {
        // In the order of the file, so that a reader finds neighbours side by side.
        let mut tiles: BTreeMap<u64, (TileCoord, Tile, Vec<usize>)> = BTreeMap::new();
        for (rank, one) in placed.iter().enumerate().filter(|(_, one)| one.drawn.sight.from <= zoom) {
            for tile in Tile::around(one.around, zoom, MARGIN) {
                let (z, x, y) = tile.address();
                let coord = TileCoord::new(z as u8, x, y).map_err(io::Error::other)?;
                tiles.entry(TileId::from(coord).value()).or_insert_with(|| (coord, tile, Vec::new())).2.push(rank);
            }
        }
        for (coord, tile, ranks) in tiles.into_values() {
            if stop() {
                return Err(io::Error::other("stopped"));
            }
            if let Some(bytes) = encode(ranks.iter().map(|rank| &placed[*rank]), tile).map_err(io::Error::other)? {
                archive.add_tile(coord, &pack(&bytes)).map_err(io::Error::other)?;
            }
        }
    }
    archive.finalize().map_err(io::Error::other)?;
    file.sync_all()?;
    Ok(NAME.to_owned())
}

impl<'a> Placed<'a> {
    fn of(drawn: &'a Drawn) -> Option<Self> {
        let points: Vec<World> = drawn.points.iter().map(|at| World::of(at.lon(), at.lat())).collect();
        let around = World::around(points.iter())?;
        Some(Self { drawn, points, around })
    }
}

fn bounds(drawn: &[Drawn]) -> Option<[f64; 4]> {
    drawn
        .iter()
        .flat_map(|one| &one.points)
        .map(|at| [at.lon(), at.lat(), at.lon(), at.lat()])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// Writes a tile; `None` when nothing is in it.
fn encode<'a>(shown: impl Iterator<Item = &'a Placed<'a>>, tile: Tile) -> Result<Option<Vec<u8>>, Error> {
    let mut features: BTreeMap<Key<'_>, Vec<Vec<Local>>> = BTreeMap::new();
    for one in shown {
        let sight = one.drawn.sight;
        let name = one.drawn.name.as_deref().filter(|_| tile.z >= NAMES_FROM && !sight.is_area);
        let pieces = if sight.is_area { area(one, tile).into_iter().collect() } else { lines(one, tile) };
        if !pieces.is_empty() {
            features.entry((sight.ground, sight.is_area, sight.kind, name)).or_default().extend(pieces);
        }
    }
    let mut vector = mvt::Tile::new(EXTENT as u32);
    let mut is_empty = true;
    for ground in Ground::ALL {
        let mut layer = vector.create_layer(ground.name());
        for ((_, is_area, kind, name), pieces) in features.iter().filter(|((of, ..), _)| *of == ground) {
            let shape = if *is_area { GeomType::Polygon } else { GeomType::Linestring };
            let pieces = if name.is_some() { joined(pieces) } else { pieces.clone() };
            let mut feature = layer.into_feature(written(shape, pieces)?);
            feature.add_tag_string("kind", kind);
            if let Some(name) = name {
                feature.add_tag_string("name", name);
            }
            layer = feature.into_layer();
        }
        if layer.num_features() > 0 {
            vector.add_layer(layer)?;
            is_empty = false;
        }
    }
    if is_empty { Ok(None) } else { vector.to_bytes().map(Some) }
}

fn written(shape: GeomType, pieces: Vec<Vec<Local>>) -> Result<mvt::GeomData, Error> {
    let mut encoder = GeomEncoder::new(shape);
    let mut last = None;
    for mut piece in pieces {
        // The encoder leaves out the first point of a ring that begins where the last one ended.
        if shape == GeomType::Polygon && piece.first().copied() == last {
            piece.rotate_left(1);
        }
        for [x, y] in &piece {
            encoder.add_point(*x, *y)?;
        }
        encoder.complete_geom()?;
        last = piece.last().copied();
    }
    encoder.encode()
}

/// How far places of a line stand apart at a zoom: those of the last are enlarged.
fn apart(tile: Tile) -> i32 {
    if tile.z < u32::from(ZOOMS[1]) { APART } else { 1 }
}

fn local(places: &[Fine], tile: Tile) -> Vec<Local> {
    let bits = unit_bits(tile.z);
    let half = (1_i64 << bits) >> 1;
    places.iter().map(|place| place.map(|value| ((value + half) >> bits) as i32)).collect()
}

fn lines(one: &Placed<'_>, tile: Tile) -> Vec<Vec<Local>> {
    let fine: Vec<Fine> = one.points.iter().map(|place| tile.fine(*place)).collect();
    let pieces = cut(&fine, 1 << unit_bits(tile.z)).into_iter();
    pieces.map(|piece| thin(&local(&piece, tile), apart(tile))).filter(|piece| piece.len() > 1).collect()
}

/// An outline in a tile, clockwise as the specification wants (4.3.3.3); `None` when it is too small to be seen.
fn area(one: &Placed<'_>, tile: Tile) -> Option<Vec<Local>> {
    let fine: Vec<Fine> = one.points.iter().skip(1).map(|place| tile.fine(*place)).collect();
    let mut ring = thin(&local(&clip(fine, 1 << unit_bits(tile.z)), tile), apart(tile));
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let twice = twice_area(&ring);
    if ring.len() < 3 || twice.abs() < SMALLEST {
        return None;
    }
    if twice < 0 {
        ring.reverse();
    }
    Some(ring)
}

/// The pieces of one street as few lines, so that there is room for its name: the end of one is where another begins.
fn joined(pieces: &[Vec<Local>]) -> Vec<Vec<Local>> {
    let mut lines: Vec<Vec<Local>> = Vec::new();
    for piece in pieces {
        let mut piece = piece.clone();
        // What was joined may reach another line in turn.
        while let Some(at) = lines.iter().position(|line| meets(line, &piece)) {
            let line = lines.swap_remove(at);
            if piece.last() == line.last() || piece.first() == line.first() {
                piece.reverse();
            }
            let (mut before, after) = if line.last() == piece.first() { (line, piece) } else { (piece, line) };
            before.extend(after.into_iter().skip(1));
            piece = before;
        }
        lines.push(piece);
    }
    lines
}

/// Whether two lines have an end in common, and are not one round of their own.
fn meets(a: &[Local], b: &[Local]) -> bool {
    let is_round = |line: &[Local]| line.first() == line.last();
    !is_round(a) && !is_round(b) && [a.first(), a.last()].iter().any(|end| *end == b.first() || *end == b.last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_street_are_joined_whichever_way_they_run() {
        let pieces = [vec![[0, 0], [1, 0]], vec![[3, 0], [2, 0]], vec![[2, 0], [1, 0]], vec![[9, 9], [8, 8]]];
        let lines = joined(&pieces);
        assert_eq!(lines.len(), 2);
        let whole = lines.iter().find(|line| line.len() == 4).unwrap();
        assert!(*whole == [[0, 0], [1, 0], [2, 0], [3, 0]] || *whole == [[3, 0], [2, 0], [1, 0], [0, 0]], "{whole:?}");
        let round = [vec![[0, 0], [5, 0], [0, 0]], vec![[0, 0], [0, 7]]];
        assert_eq!(joined(&round).len(), 2, "a round is left alone");
    }
}
