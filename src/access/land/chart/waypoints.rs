//! Places along the edge of a land that are no towns: a way round a bay goes by them.

use super::{BLOCK, Chart, PER_DEGREE};
use crate::access::land::barrier::Piece;
use crate::domain::{Degrees, Position};

/// Cells along the side of the squares in which a coast has a waypoint.
const SQUARE: usize = BLOCK / 2;
/// Fewer cells of land in a square than this are reefs.
const ISLET: usize = 8;
/// Blocks around a crest that have no waypoints on the mainland, whose edge is the sea or a foreign country: where a crest ends at the
/// border, nobody goes round it.
const FROM_CREST: usize = 4;

impl Chart {
    /// Places on land along its edge: a way round a bay goes by them where towns are far apart. None where a barrier is, whose ends are
    /// known too roughly for a way to creep round them, nor near `crests`.
    pub(in crate::access::land) fn waypoints(&self, crests: &[Piece]) -> Vec<Position> {
        let mut near_crest = vec![false; self.pieces_of.len()];
        for [west, south, east, north] in crests.iter().filter_map(|piece| self.blocks(piece)) {
            for row in south.saturating_sub(FROM_CREST)..=(north + FROM_CREST).min(self.block_rows - 1) {
                for column in west.saturating_sub(FROM_CREST)..=(east + FROM_CREST).min(self.block_columns - 1) {
                    near_crest[row * self.block_columns + column] = true;
                }
            }
        }
        let centre = |cell: usize| {
            let (x, y) = (cell % self.columns, cell / self.columns);
            let [lon, lat] = [(self.west, x), (self.south, y)].map(|(low, at)| low + (at as f64 + 0.5) / PER_DEGREE);
            Position::new(Degrees { lon, lat }).ok()
        };
        let blocks = (0..self.pieces_of.len()).filter(|block| self.pieces_of[*block].is_empty() && !near_crest[*block]);
        let squares = blocks.flat_map(|block| {
            let (x, y) = (block % self.block_columns * BLOCK, block / self.block_columns * BLOCK);
            let is_edge =
                (0..BLOCK * BLOCK).any(|cell| !self.land[(y + cell / BLOCK) * self.columns + x + cell % BLOCK]);
            let corners = [(x, y), (x + SQUARE, y), (x, y + SQUARE), (x + SQUARE, y + SQUARE)];
            corners.into_iter().filter(move |_| is_edge)
        });
        let waypoint = |(x, y): (usize, usize)| {
            let cells = (0..SQUARE * SQUARE).map(|cell| (x + cell % SQUARE, y + cell / SQUARE));
            let land: Vec<(usize, usize)> = cells.filter(|(x, y)| self.land[y * self.columns + x]).collect();
            let count = land.len();
            let sum = land.iter().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
            // The cell nearest to the middle of the land: the middle itself may lie in the water.
            let off = |cell: &&(usize, usize)| {
                let [x, y] = [(cell.0, sum.0), (cell.1, sum.1)].map(|(at, sum)| (at * count).abs_diff(sum));
                x * x + y * y
            };
            let (x, y) = land.iter().min_by_key(off).filter(|_| count >= ISLET)?;
            centre(y * self.columns + x)
        };
        squares.filter_map(waypoint).collect()
    }
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, polygon};

    use super::*;
    use crate::access::testing::at;

    fn land(west: f64, south: f64, east: f64, north: f64) -> MultiPolygon {
        MultiPolygon::new(vec![
            polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)],
        ])
    }

    #[test]
    fn waypoints_stand_on_land_along_its_edge_and_not_by_a_crest() {
        // The reef moves the corner of the chart, so that its blocks do not end where the land does; nobody goes there.
        let (shore, reef) = (land(2.0, 46.0, 3.0, 46.2), land(1.97, 45.97, 1.972, 45.972));
        let chart = Chart::new(&[&shore, &reef], &[]);
        let waypoints = chart.waypoints(&[]);
        assert!(waypoints.len() > 20, "{}", waypoints.len());
        for waypoint in &waypoints {
            assert!(chart.clear_along_shore(*waypoint, at(waypoint.lon(), waypoint.lat())));
            let [x, y] = [waypoint.lon() - 2.0, waypoint.lat() - 46.0];
            assert!(x > 0.0 && x < 1.0 && y > 0.0 && y < 0.2, "{waypoint:?} lies in the water");
            assert!(x.min(1.0 - x).min(y).min(0.2 - y) < 0.08, "{waypoint:?} lies inland");
        }
        let crest = Piece::between(at(2.5, 46.05), at(2.5, 46.15));
        let farther = chart.waypoints(&[crest]);
        assert!(!farther.is_empty() && farther.len() < waypoints.len());
        assert!(
            farther.iter().all(|waypoint| (waypoint.lon() - 2.5).abs() > 0.2),
            "nobody goes round the end of a crest"
        );
    }

    #[test]
    fn the_mouth_of_a_river_is_no_ford_along_the_shore() {
        let [south, north] = [land(2.0, 46.0, 2.5, 46.05), land(2.0, 46.057, 2.5, 46.1)];
        let chart = Chart::new(&[&south, &north], &[]);
        let [here, there] = [at(2.25, 46.045), at(2.25, 46.062)];
        assert!(chart.clear(here, there), "800 m of water may have a bridge");
        assert!(!chart.clear_along_shore(here, there), "but no town leads to it");
        assert!(chart.clear_along_shore(here, at(2.3, 46.045)));
    }
}
