//! Tiles of territories: contours with their names and indicators.

use mvt::{Error, Feature, GeomData, GeomEncoder, GeomType};

use crate::domain::{CommuneIx, Level};
use crate::editions::Snapshot;
use crate::features::Value;
use crate::maps::rings::{Fine, MARGIN, clip};
use crate::maps::shapes::{Shape, Shapes, Weights, shown_area};
use crate::maps::world::{EXTENT, Local, Tile, unit_bits};
use crate::maps::{faces, snap};
use crate::tables::means::Means;
use crate::tables::table::written;

/// Before this zoom borders are simplified and their vertices kept to the unit. The contours are known to half a kilometre:
/// from here on there is nothing to simplify.
pub(super) const WHOLE_FROM: u32 = 8;
/// From this zoom on vertices are kept to the unit again; between the two, to a grid of four, half a pixel of a tile shown
/// at 512.
const EXACT_FROM: u32 = 12;
const COARSE_BITS: u32 = 2;
/// Side of the dot that stands for what is too small, in units.
const DOT: i32 = 4;

/// Writes a tile of a level; `None` when nothing is in it.
///
/// # Errors
/// Those of the encoder.
pub fn encode(state: &Snapshot, level: Level, tile: Tile) -> Result<Option<Vec<u8>>, Error> {
    let mut vector = mvt::Tile::new(EXTENT as u32);
    let mut layer = vector.create_layer(level.plural());
    let kept = Shapes::kept(state);
    let weights = (tile.z < WHOLE_FROM).then(|| kept.weights(&state.atlas, level));
    let all = kept.of(&state.atlas, level).iter().enumerate();
    let shapes: Vec<(&Shape, Option<&Weights>)> = all
        .filter(|(_, shape)| tile.meets(shape.around, MARGIN))
        .map(|(rank, shape)| (shape, weights.map(|weights| &weights[rank])))
        .collect();
    for ((shape, _), polygons) in shapes.iter().zip(polygons(&shapes, tile)) {
        if let Some(geometry) = written_as_geometry(polygons)? {
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
fn describe(feature: &mut Feature, state: &Snapshot, level: Level, row: usize) {
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

/// The polygons of each shape in a tile, valid, a border being the same on both sides. One that is too small to be drawn
/// stays as a dot, in the one tile where it is.
fn polygons(shapes: &[(&Shape, Option<&Weights>)], tile: Tile) -> Vec<Vec<Vec<Vec<Local>>>> {
    let coarse = if (WHOLE_FROM..EXACT_FROM).contains(&tile.z) { COARSE_BITS } else { 0 };
    let cut: Vec<Vec<Vec<Fine>>> = shapes.iter().map(|(shape, weights)| rings(shape, *weights, tile)).collect();
    let bounds = snap::bounds(&cut, unit_bits(tile.z) + coarse);
    let drawn = shapes.iter().zip(bounds).map(|((shape, _), lines)| {
        let mut polygons = faces::polygons(&lines);
        polygons.iter_mut().flatten().flatten().flatten().for_each(|value| *value <<= coarse);
        if polygons.is_empty()
            && tile.has_all(shape.around, MARGIN)
            && let Some(place) = shape.polygons.iter().flatten().flatten().next()
            && Tile::owns(tile.snap(*place, coarse))
        {
            polygons.push(vec![dot(tile.snap(*place, coarse))]);
        }
        polygons
    });
    drawn.collect()
}

/// The rings of a shape as far as a zoom shows their vertices, cut to the tile and its margin.
fn rings(shape: &Shape, weights: Option<&Weights>, tile: Tile) -> Vec<Vec<Fine>> {
    let shown = shown_area(tile.z) as f32;
    let rings = shape.polygons.iter().flatten().enumerate().map(|(rank, ring)| {
        let weights = weights.map(|weights| &weights[rank]);
        let stays = |vertex: usize| weights.is_none_or(|weights| weights[vertex] >= shown);
        let places = ring.iter().enumerate().filter(|(vertex, _)| stays(*vertex));
        clip(places.map(|(_, place)| tile.fine(*place)).collect(), 1 << unit_bits(tile.z))
    });
    rings.collect()
}

fn dot([x, y]: Local) -> Vec<Local> {
    vec![[x, y], [x + DOT, y], [x + DOT, y + DOT], [x, y + DOT]]
}

/// Writes the rings of polygons; `None` when there are none.
fn written_as_geometry(polygons: Vec<Vec<Vec<Local>>>) -> Result<Option<GeomData>, Error> {
    let mut encoder = GeomEncoder::new(GeomType::Polygon);
    let mut last = None;
    for mut ring in polygons.into_iter().flatten() {
        // The encoder leaves out the first point of a ring that begins where the last one ended.
        if ring.first().copied() == last {
            ring.rotate_left(1);
        }
        for [x, y] in &ring {
            encoder.add_point(*x, *y)?;
        }
        encoder.complete_geom()?;
        last = ring.last().copied();
    }
    if last.is_none() { Ok(None) } else { encoder.encode().map(Some) }
}
