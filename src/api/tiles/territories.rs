//! Tiles of territories: contours with their names and indicators.

use mvt::{Error, Feature, GeomData, GeomEncoder, GeomType};

use crate::domain::{CommuneIx, Level};
use crate::features::Value;
use crate::http::State;
use crate::maps::rings::{MARGIN, clip, dedupe, twice_area};
use crate::maps::shapes::Shape;
use crate::maps::shapes::Shapes;
use crate::maps::world::{EXTENT, Local, Tile};
use crate::tables::means::Means;
use crate::tables::table::written;

/// From this zoom on vertices are kept to the unit; before, to a grid of four, half a pixel of a tile shown at 512.
const EXACT_FROM: u32 = 12;
const COARSE_BITS: u32 = 2;

/// Writes a tile of a level; `None` when nothing is in it.
///
/// # Errors
/// Those of the encoder.
pub fn encode(state: &State, level: Level, tile: Tile) -> Result<Option<Vec<u8>>, Error> {
    let mut vector = mvt::Tile::new(EXTENT as u32);
    let mut layer = vector.create_layer(level.plural());
    let shapes = Shapes::kept(state).of(&state.atlas, level);
    for shape in shapes.iter().filter(|shape| tile.meets(shape.around, MARGIN)) {
        if let Some(geometry) = geometry(shape, tile)? {
            let mut feature = layer.into_feature(geometry);
            describe(&mut feature, state, level, shape.row);
            layer = feature.into_layer();
        }
    }
    if layer.num_features() == 0 {
        return Ok(None);
    }
    vector.add_layer(layer)?;
    vector.to_bytes().map(Some)
}

/// Code, name, every known indicator and figure: an unknown one is left out, so that a style can tell.
fn describe(feature: &mut Feature, state: &State, level: Level, row: usize) {
    let atlas = &state.atlas;
    let (code, name) = match level {
        Level::Commune => {
            (atlas.communes()[CommuneIx::from(row)].code.as_str(), &atlas.communes()[CommuneIx::from(row)].name)
        }
        above => (atlas.territories(above)[row].code.as_str(), &atlas.territories(above)[row].name),
    };
    feature.add_tag_string("code", code);
    feature.add_tag_string("name", name);
    for (rank, indicator) in atlas.indicators().iter().enumerate() {
        if let Some(value) = Means::kept(state).of(atlas, level, row, rank) {
            // Rounded as shown, so that equal values are written once for the whole tile.
            let scale = 10_f64.powi(i32::from(indicator.decimals));
            feature.add_tag_double(&indicator.id, (value * scale).round() / scale);
        }
    }
    for (figure, told) in atlas.figures().each(level, row) {
        match written(figure, told) {
            Value::Integer(count) => feature.add_tag_uint(&figure.name(), count),
            Value::Number(number) => feature.add_tag_double(&figure.name(), number),
            _ => {}
        }
    }
    // So that what nothing reaches is not painted as what nobody knows.
    feature.add_tag_string("reach", atlas.figures().reach(level, row).name());
}

/// A territory in a tile. One too small for the grid stays as a dot, in the one tile where it is.
fn geometry(shape: &Shape, tile: Tile) -> Result<Option<GeomData>, Error> {
    let coarse = if tile.z < EXACT_FROM { COARSE_BITS } else { 0 };
    let mut rings = Rings::new();
    let mut too_small = true;
    for polygon in &shape.polygons {
        for (rank, ring) in polygon.iter().enumerate() {
            let mut snapped: Vec<Local> = ring.iter().map(|place| tile.snap(*place, coarse)).collect();
            dedupe(&mut snapped);
            if twice_area(&snapped) == 0 && rank > 0 {
                continue;
            }
            too_small &= twice_area(&snapped) == 0;
            let drawn = rings.add(clip(snapped), rank == 0)?;
            if rank == 0 && !drawn {
                break; // Its holes are holes in nothing.
            }
        }
    }
    if too_small
        && let Some(place) = shape.polygons.iter().flatten().flatten().next()
        && Tile::owns(tile.snap(*place, coarse))
    {
        rings.add(dot(tile.snap(*place, coarse), coarse), true)?;
    }
    rings.finish()
}

fn dot([x, y]: Local, coarse: u32) -> Vec<Local> {
    let side = 1 << coarse;
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
}

/// The encoder, and what it must be spared.
struct Rings {
    encoder: GeomEncoder<i32>,
    last: Option<Local>,
}

impl Rings {
    fn new() -> Self {
        Self { encoder: GeomEncoder::new(GeomType::Polygon), last: None }
    }

    fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// Adds a ring, turned the way its rank demands; `false` when it has no area left.
    fn add(&mut self, mut ring: Vec<Local>, outer: bool) -> Result<bool, Error> {
        let area = twice_area(&ring);
        if area == 0 {
            return Ok(false);
        }
        if (area > 0) != outer {
            ring.reverse();
        }
        // The encoder leaves out the first point of a ring that begins where the last one ended.
        if ring.first().copied() == self.last {
            ring.rotate_left(1);
        }
        for [x, y] in &ring {
            self.encoder.add_point(*x, *y)?;
        }
        self.encoder.complete_geom()?;
        self.last = ring.last().copied();
        Ok(true)
    }

    fn finish(self) -> Result<Option<GeomData>, Error> {
        if self.is_empty() { Ok(None) } else { self.encoder.encode().map(Some) }
    }
}
