//! Web Mercator as whole numbers: the world is a square of 2³² units, so a vertex snaps to the grid of a tile by shifting
//! bits, and two territories that share it snap it to the same place at every zoom.

use std::f64::consts::PI;

use crate::http::problem::Problem;

/// Units across a tile, as `MapLibre` expects.
pub const EXTENT: i32 = 4096;
/// Bits of [`EXTENT`].
const EXTENT_BITS: u32 = 12;
/// Units of the world, as bits. One unit is nine millimetres at the equator.
const WORLD_BITS: u32 = 32;
/// Deepest zoom that is served.
pub const MAX_ZOOM: u32 = 14;
/// Latitude at which the square ends.
const MAX_LAT: f64 = 85.051_128_779_806_59;

/// A place in the world: units from the west edge, units from the north edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct World {
    /// Units from the west edge.
    pub x: u32,
    /// Units from the north edge.
    pub y: u32,
}

impl World {
    /// Projects longitude and latitude (EPSG:3857; Snyder, *Map Projections*, 1987, 7-1 and 7-2).
    #[must_use]
    pub fn of(lon: f64, lat: f64) -> Self {
        let size = f64::from(WORLD_BITS).exp2();
        let lat = lat.clamp(-MAX_LAT, MAX_LAT).to_radians();
        let x = (lon + 180.0) / 360.0;
        let y = (1.0 - lat.tan().asinh() / PI) / 2.0;
        // The cast saturates, so the 180th meridian stays in the last column.
        Self { x: (x * size) as u32, y: (y * size) as u32 }
    }

    /// The box around places: its north-west and its south-east corner; `None` around nothing.
    #[must_use]
    pub fn around<'a>(places: impl Iterator<Item = &'a Self>) -> Option<[Self; 2]> {
        let each = places.map(|at| [*at, *at]);
        each.reduce(|[low, high], [at, _]| {
            let (least, most) =
                (Self { x: low.x.min(at.x), y: low.y.min(at.y) }, Self { x: high.x.max(at.x), y: high.y.max(at.y) });
            [least, most]
        })
    }
}

/// Units of the world across one unit of a tile, as bits.
#[must_use]
pub const fn unit_bits(zoom: u32) -> u32 {
    WORLD_BITS - EXTENT_BITS - zoom
}

/// One tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// Zoom: the world is 2ᶻ tiles wide.
    pub z: u32,
    x: u32,
    y: u32,
}

/// A place in a tile: units from its west and north edges. Outside `0..EXTENT` it lies in a neighbour.
pub type Local = [i32; 2];

impl Tile {
    /// Reads `z`, `x` and `y` as they stand in the address.
    ///
    /// # Errors
    /// 404 unless they are whole numbers that name a tile of the grid.
    pub fn parse(z: &str, x: &str, y: &str) -> Result<Self, Problem> {
        let refuse = |param: &str, value: &str| {
            let detail = format!("there is no such tile; z goes from 0 to {MAX_ZOOM}, x and y from 0 to 2^z - 1");
            Problem::not_found("unknown-tile", detail).about(param, value)
        };
        let number = |param: &str, text: &str, below: u32| {
            let plain = text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = if plain { text.parse().ok() } else { None };
            number.filter(|number| *number < below).ok_or_else(|| refuse(param, text))
        };
        let zoom = number("z", z, MAX_ZOOM + 1)?;
        Ok(Self { z: zoom, x: number("x", x, 1 << zoom)?, y: number("y", y, 1 << zoom)? })
    }

    /// The tiles of a zoom that a box, widened by `margin` units, has something in.
    pub fn around([low, high]: [World; 2], zoom: u32, margin: i32) -> impl Iterator<Item = Self> {
        let wide = i64::from(margin) << unit_bits(zoom);
        let last = (1_i64 << zoom) - 1;
        let tile =
            move |place: u32, wide: i64| ((i64::from(place) + wide) >> (WORLD_BITS - zoom)).clamp(0, last) as u32;
        let rows = tile(low.y, -wide)..=tile(high.y, wide);
        rows.flat_map(move |y| (tile(low.x, -wide)..=tile(high.x, wide)).map(move |x| Self { z: zoom, x, y }))
    }

    /// Zoom, column and row.
    #[must_use]
    pub fn address(&self) -> (u32, u32, u32) {
        (self.z, self.x, self.y)
    }

    /// Where a place falls in this tile, snapped to a grid of 2^`coarse` units.
    #[must_use]
    pub fn snap(&self, place: World, coarse: u32) -> Local {
        let side = WORLD_BITS - self.z;
        let bits = unit_bits(self.z) + coarse;
        let snap = |place: u32, tile: u32| {
            let from_edge = i64::from(place) - (i64::from(tile) << side);
            let half = (1_i64 << bits) >> 1;
            (((from_edge + half) >> bits) << coarse) as i32
        };
        [snap(place.x, self.x), snap(place.y, self.y)]
    }

    /// Where a place falls from the north-west corner of this tile, in units of the world.
    #[must_use]
    pub fn fine(&self, place: World) -> [i64; 2] {
        let from_edge = |place: u32, tile: u32| i64::from(place) - (i64::from(tile) << (WORLD_BITS - self.z));
        [from_edge(place.x, self.x), from_edge(place.y, self.y)]
    }

    /// Whether a box lies wholly in this tile widened by `margin` units.
    #[must_use]
    pub fn has_all(&self, corners: [World; 2], margin: i32) -> bool {
        let inside = |value: i32| (-margin..=EXTENT + margin).contains(&value);
        corners.iter().all(|corner| self.snap(*corner, 0).into_iter().all(inside))
    }

    /// Whether a box, widened by `margin` units, has something in this tile.
    #[must_use]
    pub fn meets(&self, [low, high]: [World; 2], margin: i32) -> bool {
        let ([west, north], [east, south]) = (self.snap(low, 0), self.snap(high, 0));
        east >= -margin && west <= EXTENT + margin && south >= -margin && north <= EXTENT + margin
    }

    /// Whether a place belongs to this tile and to no other.
    #[must_use]
    pub fn owns([x, y]: Local) -> bool {
        (0..EXTENT).contains(&x) && (0..EXTENT).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_and_the_middle_of_the_world_are_where_they_should_be() {
        assert_eq!(World::of(-180.0, 90.0), World { x: 0, y: 0 });
        assert_eq!(World::of(180.0, -90.0), World { x: u32::MAX, y: u32::MAX });
        assert_eq!(World::of(0.0, 0.0), World { x: 1 << 31, y: 1 << 31 });
    }

    #[test]
    fn paris_is_in_the_tile_that_every_map_says() {
        let paris = World::of(2.3522, 48.8566);
        let tile = Tile::parse("11", "1037", "704").unwrap();
        assert!(Tile::owns(tile.snap(paris, 0)), "{:?}", tile.snap(paris, 0));
    }

    #[test]
    fn neighbours_snap_a_place_one_tile_apart() {
        let place = World::of(2.351_234, 48.851_234);
        for (z, coarse) in [(0, 2), (5, 2), (8, 0), (11, 2), (14, 0)] {
            let here = Tile { z, x: 0, y: 0 };
            let east = Tile { z, x: 1, y: 0 };
            assert_eq!(here.snap(place, coarse)[0], east.snap(place, coarse)[0] + EXTENT, "z={z}");
            assert_eq!(here.snap(place, coarse)[0] % (1 << coarse), 0);
        }
    }

    #[test]
    fn tiles_outside_the_grid_are_not_found() {
        for (z, x, y) in [
            ("15", "0", "0"),
            ("99", "0", "0"),
            ("-1", "0", "0"),
            ("1.5", "0", "0"),
            ("1", "2", "0"),
            ("1", "0", "2"),
            ("1", "-1", "0"),
            ("0", "1", "0"),
            ("", "0", "0"),
            ("1", "１", "0"),
            ("4294967296", "0", "0"),
            ("+1", "0", "0"),
        ] {
            assert!(Tile::parse(z, x, y).is_err(), "{z}/{x}/{y}");
        }
    }
}
