//! Where land is, and what a straight way may not cross: a grid of cells of some 400 metres, and pieces of barriers.

mod waypoints;

use geo::{BoundingRect, MultiPolygon};

use super::barrier::{Piece, edges_of};
use crate::domain::Position;
use crate::spatial::sphere;

/// Cells of the grid in a degree.
const PER_DEGREE: f64 = 240.0;
/// Cells along the side of a block.
const BLOCK: usize = 16;
/// Nobody goes straight on that leaves the land for longer.
const ACROSS_M: f64 = 1_000.0;
/// The same of ways to waypoints: there are enough of them for a way to keep to the shore, and the mouth of a river is no ford.
const ALONG_SHORE_M: f64 = 200.0;
/// How far apart a way is looked at.
const STEP_M: f64 = 200.0;

/// The chart of one land.
#[derive(Debug, Clone, Default)]
pub(super) struct Chart {
    /// Degrees of the south-west corner.
    west: f64,
    south: f64,
    columns: usize,
    rows: usize,
    /// By cell: whether its centre lies in a contour.
    land: Vec<bool>,
    block_columns: usize,
    block_rows: usize,
    /// How many blocks that are not plain land lie south-west of each corner of a block.
    rough: Vec<u32>,
    pieces: Vec<Piece>,
    /// By block: ranks of the pieces that may touch it.
    pieces_of: Vec<Vec<u32>>,
}

impl Chart {
    /// Draws the chart of a land from the contours of all of its communes.
    pub fn new(contours: &[&MultiPolygon], pieces: &[Piece]) -> Self {
        let boxes = contours.iter().filter_map(|contour| contour.bounding_rect());
        let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let [west, south, east, north] = boxes.fold(start, |[west, south, east, north], one| {
            [west.min(one.min().x), south.min(one.min().y), east.max(one.max().x), north.max(one.max().y)]
        });
        if west > east {
            return Self::default();
        }
        let cells = |low: f64, high: f64| (((high - low) * PER_DEGREE) as usize + 2).div_ceil(BLOCK) * BLOCK;
        let (columns, rows) = (cells(west, east), cells(south, north));
        let (block_columns, block_rows) = (columns / BLOCK, rows / BLOCK);
        let mut chart = Self {
            west,
            south,
            columns,
            rows,
            land: vec![false; columns * rows],
            block_columns,
            block_rows,
            rough: vec![0; (block_columns + 1) * (block_rows + 1)],
            pieces: Vec::new(),
            pieces_of: vec![Vec::new(); block_columns * block_rows],
        };
        contours.iter().for_each(|contour| chart.fill(contour));
        for piece in pieces {
            chart.add(*piece);
        }
        chart.count_rough();
        chart
    }

    /// Fills a contour by rows of cells: between an odd and an even crossing of its edges one is inside.
    fn fill(&mut self, contour: &MultiPolygon) {
        let mut crossings: Vec<(usize, f64)> = Vec::new();
        for edge in edges_of(contour) {
            let ([x0, y0], [x1, y1]) = if edge.a[1] <= edge.b[1] { (edge.a, edge.b) } else { (edge.b, edge.a) };
            // Rows whose centre lies in [y0, y1). Both ends are told by the same comparison: rounded otherwise at one of them, a
            // corner on the centre of a row would count once and turn the contour inside out.
            let guess = ((y0 - self.south) * PER_DEGREE - 1.5).floor().max(0.0) as usize;
            for row in guess.. {
                let y = self.south + (row as f64 + 0.5) / PER_DEGREE;
                if y < y0 {
                    continue;
                }
                if y >= y1 {
                    break;
                }
                crossings.push((row, x0 + (x1 - x0) * (y - y0) / (y1 - y0)));
            }
        }
        crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for ends in crossings.chunks_exact(2) {
            let [(row, from), (_, to)] = [ends[0], ends[1]];
            let column = |x: f64| ((x - self.west) * PER_DEGREE - 0.5).ceil().max(0.0) as usize;
            let (from, to) = (column(from), column(to).min(self.columns));
            if row < self.rows && from < to {
                self.land[row * self.columns + from..row * self.columns + to].fill(true);
            }
        }
    }

    fn add(&mut self, piece: Piece) {
        let Some([west, south, east, north]) = self.blocks(&piece) else { return };
        let rank = self.pieces.len() as u32;
        self.pieces.push(piece);
        for row in south..=north {
            for column in west..=east {
                self.pieces_of[row * self.block_columns + column].push(rank);
            }
        }
    }

    fn count_rough(&mut self) {
        let wide = self.block_columns + 1;
        for row in 0..self.block_rows {
            for column in 0..self.block_columns {
                let mut cells = (0..BLOCK * BLOCK)
                    .map(|cell| (row * BLOCK + cell / BLOCK) * self.columns + column * BLOCK + cell % BLOCK);
                let plain =
                    self.pieces_of[row * self.block_columns + column].is_empty() && cells.all(|cell| self.land[cell]);
                let below = self.rough[row * wide + column + 1];
                let left = self.rough[(row + 1) * wide + column];
                let both = self.rough[row * wide + column];
                self.rough[(row + 1) * wide + column + 1] = below + left - both + u32::from(!plain);
            }
        }
    }

    /// Blocks from west and south to east and north that the box of a piece touches; `None` when all of it is off the chart.
    fn blocks(&self, piece: &Piece) -> Option<[usize; 4]> {
        let block = |low: f64, x: f64| ((x - low) * PER_DEGREE / BLOCK as f64).floor();
        let ([west, east], [south, north]) =
            ([0, 1].map(|end| [piece.a, piece.b][end][0]), [0, 1].map(|end| [piece.a, piece.b][end][1]));
        let (west, east) = (block(self.west, west.min(east)), block(self.west, west.max(east)));
        let (south, north) = (block(self.south, south.min(north)), block(self.south, south.max(north)));
        let there = east >= 0.0 && north >= 0.0 && west < self.block_columns as f64 && south < self.block_rows as f64;
        let within = |block: f64, count: usize| (block.max(0.0) as usize).min(count - 1);
        there.then(|| {
            [
                within(west, self.block_columns),
                within(south, self.block_rows),
                within(east, self.block_columns),
                within(north, self.block_rows),
            ]
        })
    }

    /// Whether nothing in the box around two places is anything but plain land: the usual case, told at once.
    fn plain(&self, [west, south, east, north]: [usize; 4]) -> bool {
        let wide = self.block_columns + 1;
        let at = |column: usize, row: usize| self.rough[row * wide + column];
        at(east + 1, north + 1) + at(west, south) == at(west, north + 1) + at(east + 1, south)
    }

    /// Whether one may go straight on: no barrier is crossed, and the land never left for more than a kilometre.
    pub fn clear(&self, from: Position, to: Position) -> bool {
        self.clear_but_for(from, to, ACROSS_M)
    }

    /// The same along the shore, between a place and a waypoint.
    pub fn clear_along_shore(&self, from: Position, to: Position) -> bool {
        self.clear_but_for(from, to, ALONG_SHORE_M)
    }

    fn clear_but_for(&self, from: Position, to: Position, across_m: f64) -> bool {
        let way = Piece::between(from, to);
        let Some(blocks) = self.blocks(&way) else { return self.over_land(from, to, across_m) };
        if self.inside(from) && self.inside(to) && self.plain(blocks) {
            return true;
        }
        !self.is_crossed(&way, blocks) && self.over_land(from, to, across_m)
    }

    /// Whether a way meets a barrier. Looked for along it, not in all of its box: across France that is a thousand times the
    /// blocks.
    fn is_crossed(&self, way: &Piece, [west, south, east, north]: [usize; 4]) -> bool {
        let side = BLOCK as f64 / PER_DEGREE;
        let ([x0, y0], [x1, y1]) = (way.a, way.b);
        // Longitude of the way at a latitude, when it comes there.
        let at = |y: f64| x0 + (x1 - x0) * ((y - y0) / (y1 - y0)).clamp(0.0, 1.0);
        (south..=north).any(|row| {
            // What lies beyond the chart was put in its outermost blocks.
            let low = if row == 0 { f64::NEG_INFINITY } else { self.south + row as f64 * side };
            let high = if row + 1 == self.block_rows { f64::INFINITY } else { self.south + (row + 1) as f64 * side };
            let [from, to] = if y1 - y0 == 0.0 { [x0, x1] } else { [at(low), at(high)] };
            // A block more on either side: rounded, the way may touch the edge of the next one.
            let column = |x: f64| ((x - self.west) / side).floor();
            let within = |column: f64| column.clamp(west as f64, east as f64) as usize;
            let (first, last) = (within(column(from.min(to)) - 1.0), within(column(from.max(to)) + 1.0));
            let blocks = (first..=last).map(|column| row * self.block_columns + column);
            blocks.flat_map(|block| &self.pieces_of[block]).any(|&piece| self.pieces[piece as usize].meets(way))
        })
    }

    fn inside(&self, at: Position) -> bool {
        let (x, y) = ((at.lon() - self.west) * PER_DEGREE, (at.lat() - self.south) * PER_DEGREE);
        x >= 0.0 && y >= 0.0 && x < self.columns as f64 && y < self.rows as f64
    }

    fn over_land(&self, from: Position, to: Position, across_m: f64) -> bool {
        let metres = sphere::great_circle(sphere::chord2(from.unit_vector(), to.unit_vector())).value();
        if metres < across_m {
            return true;
        }
        let steps = (metres / STEP_M).ceil() as usize;
        let longest = (across_m / (metres / steps as f64)).ceil() as usize;
        let (mut step, mut run) = (0, 0);
        while step <= steps {
            let part = step as f64 / steps as f64;
            let lon = from.lon() + (to.lon() - from.lon()) * part;
            let lat = from.lat() + (to.lat() - from.lat()) * part;
            if let Some(part) = self.leaves_plain_land(from, to, lon, lat) {
                // Every look until there would find land.
                run = 0;
                step = ((part * steps as f64).floor() as usize).max(step + 1);
                continue;
            }
            run = if self.is_land(lon, lat) { 0 } else { run + 1 };
            if run > longest {
                return false;
            }
            step += 1;
        }
        true
    }

    /// Which part of a way is behind when it leaves the block that it is in, when all of that block is plain land.
    fn leaves_plain_land(&self, from: Position, to: Position, lon: f64, lat: f64) -> Option<f64> {
        let side = BLOCK as f64 / PER_DEGREE;
        let (column, row) = (((lon - self.west) / side).floor(), ((lat - self.south) / side).floor());
        let there = column >= 0.0 && row >= 0.0 && column < self.block_columns as f64 && row < self.block_rows as f64;
        let (x, y) = (column as usize, row as usize);
        if !there || !self.plain([x, y, x, y]) {
            return None;
        }
        let leaves = |start: f64, end: f64, low: f64| {
            let edge = if end > start { low + side } else { low };
            if end - start == 0.0 { f64::INFINITY } else { (edge - start) / (end - start) }
        };
        let east_or_west = leaves(from.lon(), to.lon(), self.west + column * side);
        let north_or_south = leaves(from.lat(), to.lat(), self.south + row * side);
        Some(east_or_west.min(north_or_south).min(1.0))
    }

    fn is_land(&self, lon: f64, lat: f64) -> bool {
        let (x, y) = ((lon - self.west) * PER_DEGREE, (lat - self.south) * PER_DEGREE);
        x >= 0.0
            && y >= 0.0
            && x < self.columns as f64
            && y < self.rows as f64
            && self.land[y as usize * self.columns + x as usize]
    }
}

#[cfg(test)]
mod tests {
    use geo::{Contains, LineString, Point, Polygon};

    use super::*;
    use crate::spatial::testing::Seeded;

    /// Contours whose corners lie on a lattice that the rows of cells share, so that many lie on the centre of a row.
    #[test]
    fn a_cell_is_land_when_its_centre_lies_in_a_contour() {
        let mut state = 7_u64;
        let mut next = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        for west in [2.0, -4.75, 55.30208] {
            let ring = (0..40).map(|corner| {
                // A star around a middle, each corner a multiple of 1/480 or of 1e-5.
                let turn = f64::from(corner) / 40.0 * std::f64::consts::TAU;
                let radius = 0.05 + next(100) as f64 / 1_000.0;
                let round = |x: f64, by: f64| (x * by).round() / by;
                let by = if next(2) == 0 { 480.0 } else { 100_000.0 };
                (round(west + 0.2 + radius * turn.cos(), by), round(46.0 + 0.2 + radius * turn.sin(), by))
            });
            let contour =
                MultiPolygon::new(vec![Polygon::new(LineString::from_iter(ring.collect::<Vec<_>>()), vec![])]);
            let chart = Chart::new(&[&contour], &[]);
            let mut land = 0;
            for cell in 0..chart.land.len() {
                let (column, row) = (cell % chart.columns, cell / chart.columns);
                let centre = |low: f64, rank: usize| low + (rank as f64 + 0.5) / PER_DEGREE;
                let place = Point::new(centre(chart.west, column), centre(chart.south, row));
                let on_an_edge = geo::Intersects::intersects(&contour, &place) && !contour.contains(&place);
                assert!(on_an_edge || chart.land[cell] == contour.contains(&place), "{place:?}");
                land += usize::from(chart.land[cell]);
            }
            assert!(land > 300, "{land}");
        }
    }

    #[test]
    fn a_way_is_crossed_when_any_piece_meets_it_wherever_it_is() {
        let mut random = Seeded::new(11);
        let mut next = |low: f64, high: f64| random.between(low, high);
        let square = [(1.0, 46.0), (3.0, 46.0), (3.0, 47.5), (1.0, 47.5)];
        let contour = MultiPolygon::new(vec![Polygon::new(LineString::from_iter(square), vec![])]);
        // Some short, some across all of the chart, some beyond its edges.
        let mut piece = |longest: f64| {
            let (x, y) = (next(0.5, 3.5), next(45.7, 47.8));
            Piece { a: [x, y], b: [x + next(-longest, longest), y + next(-longest, longest)] }
        };
        let pieces: Vec<Piece> = (0..60).map(|i| piece(if i % 10 == 0 { 1.5 } else { 0.05 })).collect();
        let chart = Chart::new(&[&contour], &pieces);
        let (mut met, mut ways) = (0, 0);
        for i in 0..4_000 {
            let mut way = piece(if i % 3 == 0 { 2.0 } else { 0.1 });
            match i % 50 {
                0 => way.b[1] = way.a[1],
                1 => way.b[0] = way.a[0],
                2 => way.b = way.a,
                _ => {}
            }
            let Some(blocks) = chart.blocks(&way) else { continue };
            let expected = chart.pieces.iter().any(|piece| piece.meets(&way));
            assert_eq!(chart.is_crossed(&way, blocks), expected, "{way:?}");
            ways += 1;
            met += usize::from(expected);
        }
        assert!(ways > 2_000 && met > 300 && met * 2 < ways, "{met} of {ways}");
    }

    #[test]
    fn looking_at_land_block_by_block_finds_what_looking_everywhere_finds() {
        let mut random = Seeded::new(23);
        let mut next = |low: f64, high: f64| random.between(low, high);
        // A coast of inlets, some narrow enough to be crossed.
        let coast = (0..=40)
            .map(|i| (1.0 + f64::from(i) * 0.05, if i % 2 == 0 { 47.0 } else { 46.3 + 0.02 * f64::from(i % 7) }));
        let ring: Vec<(f64, f64)> = [(1.0, 45.8)].into_iter().chain(coast).chain([(3.0, 45.8)]).collect();
        let contour = MultiPolygon::new(vec![Polygon::new(LineString::from_iter(ring), vec![])]);
        let chart = Chart::new(&[&contour], &[]);
        let everywhere = |from: Position, to: Position| {
            let metres = sphere::great_circle(sphere::chord2(from.unit_vector(), to.unit_vector())).value();
            let steps = (metres / STEP_M).ceil() as usize;
            let longest = (ACROSS_M / (metres / steps as f64)).ceil() as usize;
            let mut run = 0;
            metres < ACROSS_M
                || (0..=steps).all(|step| {
                    let part = step as f64 / steps as f64;
                    let [lon, lat] =
                        [from.lon() + (to.lon() - from.lon()) * part, from.lat() + (to.lat() - from.lat()) * part];
                    run = if chart.is_land(lon, lat) { 0 } else { run + 1 };
                    run <= longest
                })
        };
        let mut clear = 0;
        for i in 0..3_000 {
            let mut at = || crate::domain::Degrees { lon: next(0.8, 3.2), lat: next(45.7, 47.1) };
            let (from, mut to) = (at(), at());
            match i % 20 {
                0 => to.lat = from.lat,
                1 => to.lon = from.lon,
                _ => {}
            }
            let [from, to] = [from, to].map(|at| Position::new(at).unwrap());
            assert_eq!(chart.over_land(from, to, ACROSS_M), everywhere(from, to), "{from:?} {to:?}");
            clear += usize::from(everywhere(from, to));
        }
        assert!((300..2_700).contains(&clear), "{clear}");
    }
}
