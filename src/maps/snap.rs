//! Lines of many rings on a whole grid, without one that crosses another or touches it between its ends.
//!
//! Snap rounding (Hobby, *Practical segment intersection with finite precision output*, 1999): a pixel of the grid is hot
//! when a vertex or a crossing lies in it, and every line that enters a hot pixel goes through its centre. What comes out
//! meets only at ends: lines may fall together, but none is pushed over another. Rounding each vertex by itself does push
//! them, which is how a valid contour becomes an invalid one in a tile ([ADR 33](../../docs/adr/0033-valid-tiles.md)).

use std::collections::HashSet;

use super::rings::Fine;

/// A centre of a pixel, in whole pixels.
pub type Pixel = [i32; 2];

/// A line between two centres, the lesser end first.
pub type Line = [Pixel; 2];

/// Side of the cells in which lines are looked for, in pixels, as bits.
const CELL_BITS: u32 = 5;

/// For each territory, of which the rings are given, the lines that bound it once snapped to pixels of 2^`bits` units,
/// sorted. A line that a territory runs along twice bounds nothing and is left out, so an even number of lines meet at
/// every pixel.
#[must_use]
pub fn bounds(territories: &[Vec<Vec<Fine>>], bits: u32) -> Vec<Vec<Line>> {
    let mut lines: Vec<[Fine; 2]> = territories.iter().flatten().flat_map(|ring| sides(ring)).collect();
    lines.sort_unstable();
    lines.dedup();
    let paths = routed(&lines, bits);
    let bounds = territories.iter().map(|rings| {
        let ranks = rings.iter().flat_map(|ring| sides(ring)).filter_map(|line| lines.binary_search(&line).ok());
        let pieces =
            ranks.flat_map(|rank| paths[rank].windows(2).map(|ends| [ends[0].min(ends[1]), ends[0].max(ends[1])]));
        let mut pieces: Vec<Line> = pieces.collect();
        pieces.sort_unstable();
        odd(pieces)
    });
    bounds.collect()
}

/// The sides of a ring, the lesser end first.
fn sides(ring: &[Fine]) -> impl Iterator<Item = [Fine; 2]> + '_ {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).filter(|(a, b)| a != b).map(|(a, b)| [*a.min(b), *a.max(b)])
}

/// Those that come an odd number of times.
fn odd(sorted: Vec<Line>) -> Vec<Line> {
    let runs = sorted.chunk_by(|a, b| a == b).filter(|run| run.len() % 2 == 1);
    runs.map(|run| run[0]).collect()
}

/// The hot pixels that each line goes through, from its lesser end on.
fn routed(lines: &[[Fine; 2]], bits: u32) -> Vec<Vec<Pixel>> {
    let mut hot: HashSet<Pixel> = lines.iter().flatten().map(|end| pixel(*end, bits)).collect();
    let Some(mut cells) = Cells::over(&hot) else {
        return Vec::new();
    };
    for (rank, line) in lines.iter().enumerate() {
        cells.hold(span(line, bits), rank as u32);
    }
    for cell in &cells.held {
        for (i, one) in cell.iter().enumerate() {
            let here =
                cell[..i].iter().filter_map(|other| crossing(lines[*one as usize], lines[*other as usize], bits));
            hot.extend(here);
        }
    }
    // Everything that is hot lies between ends, hence in the cells.
    let mut hot: Vec<Pixel> = hot.into_iter().collect();
    hot.sort_unstable();
    cells.empty();
    for (rank, pixel) in hot.iter().enumerate() {
        cells.hold([*pixel, *pixel], rank as u32);
    }
    let route = |line: &[Fine; 2]| {
        let near = cells.between(span(line, bits)).flat_map(|cell| &cells.held[cell]).map(|rank| hot[*rank as usize]);
        let mut through: Vec<Pixel> = near.filter(|pixel| enters(*line, *pixel, bits)).collect();
        // A line runs one way along either axis, and so do the pixels it enters.
        let south = line[1][1] >= line[0][1];
        through.sort_unstable_by_key(|[x, y]| [*x, if south { *y } else { -*y }]);
        through
    };
    lines.iter().map(route).collect()
}

fn pixel(place: Fine, bits: u32) -> Pixel {
    place.map(|value| ((value + (1 << bits >> 1)) >> bits) as i32)
}

/// The pixels around a line.
fn span([a, b]: &[Fine; 2], bits: u32) -> [Pixel; 2] {
    let [a, b] = [pixel(*a, bits), pixel(*b, bits)];
    [[a[0].min(b[0]), a[1].min(b[1])], [a[0].max(b[0]), a[1].max(b[1])]]
}

/// Twice the area of a triangle, by the side of the line on which its third corner lies.
fn turn(a: Fine, b: Fine, c: Fine) -> i128 {
    let wide = |to: i64, from: i64| i128::from(to - from);
    wide(b[0], a[0]) * wide(c[1], a[1]) - wide(b[1], a[1]) * wide(c[0], a[0])
}

/// The pixel in which two lines cross between their ends.
fn crossing(one: [Fine; 2], other: [Fine; 2], bits: u32) -> Option<Pixel> {
    let apart = |axis: usize| {
        let ends = |line: [Fine; 2]| [line[0][axis].min(line[1][axis]), line[0][axis].max(line[1][axis])];
        let ([low, high], [from, to]) = (ends(one), ends(other));
        high < from || to < low
    };
    if apart(0) || apart(1) {
        return None;
    }
    let opposite = |a: i128, b: i128| (a < 0 && b > 0) || (a > 0 && b < 0);
    let [start, end] = one.map(|place| turn(other[0], other[1], place));
    let [before, after] = other.map(|place| turn(one[0], one[1], place));
    if !opposite(start, end) || !opposite(before, after) {
        return None;
    }
    let (along, whole) = if start > end { (start, start - end) } else { (-start, end - start) };
    let half = 1_i128 << bits >> 1;
    let at = |axis: usize| {
        let far = (i128::from(one[0][axis]) + half) * whole + i128::from(one[1][axis] - one[0][axis]) * along;
        far.div_euclid(whole << bits) as i32
    };
    Some([at(0), at(1)])
}

/// Whether a line enters a pixel, whose west and north sides are its own and whose east and south sides are not.
fn enters([a, b]: [Fine; 2], pixel: Pixel, bits: u32) -> bool {
    let side = 1_i64 << bits;
    let [x, y] = pixel.map(|value| (i64::from(value) << bits) - (side >> 1));
    let meets = |axis: usize, low: i64| a[axis].max(b[axis]) >= low && a[axis].min(b[axis]) < low + side;
    if !meets(0, x) || !meets(1, y) {
        return false;
    }
    // The far corners stand a hair before the sides that are not its own: how far they lean decides where the line
    // goes through the corner itself.
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let corners = [([x, y], 0), ([x + side, y], dy), ([x, y + side], -dx), ([x + side, y + side], dy - dx)];
    let leans = corners.map(|(corner, lean)| match turn(a, b, corner).signum() {
        0 => i128::from(lean.signum()),
        sign => sign,
    });
    !(leans.iter().all(|lean| *lean > 0) || leans.iter().all(|lean| *lean < 0))
}

/// What lies where, by squares of pixels.
struct Cells {
    low: Pixel,
    wide: usize,
    held: Vec<Vec<u32>>,
}

impl Cells {
    fn over(pixels: &HashSet<Pixel>) -> Option<Self> {
        let along = |axis: usize| pixels.iter().map(move |pixel| pixel[axis]);
        let low = [along(0).min()?, along(1).min()?];
        let cells = |axis: usize, high: i32| (((high - low[axis]) >> CELL_BITS) + 1) as usize;
        let (wide, high) = (cells(0, along(0).max()?), cells(1, along(1).max()?));
        Some(Self { low, wide, held: vec![Vec::new(); wide * high] })
    }

    fn empty(&mut self) {
        self.held.iter_mut().for_each(Vec::clear);
    }

    fn hold(&mut self, span: [Pixel; 2], rank: u32) {
        for cell in self.between(span) {
            self.held[cell].push(rank);
        }
    }

    fn between(&self, [low, high]: [Pixel; 2]) -> impl Iterator<Item = usize> + use<> {
        let cell = |axis: usize, value: i32| ((value - self.low[axis]) >> CELL_BITS) as usize;
        let (columns, rows) = (cell(0, low[0])..=cell(0, high[0]), cell(1, low[1])..=cell(1, high[1]));
        let wide = self.wide;
        rows.flat_map(move |row| columns.clone().map(move |column| row * wide + column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers below `below`, always the same.
    fn numbers(seed: u64, below: i64) -> impl FnMut() -> i64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i64 % below
        }
    }

    fn wide(pixel: Pixel) -> Fine {
        pixel.map(i64::from)
    }

    /// The dumb twin: whether two lines share more than an end of both.
    fn in_each_others_way(one: Line, other: Line) -> bool {
        let on = |[a, b]: Line, place: Pixel| {
            let between = |axis: usize| (a[axis].min(b[axis])..=a[axis].max(b[axis])).contains(&place[axis]);
            place != a && place != b && turn(wide(a), wide(b), wide(place)) == 0 && between(0) && between(1)
        };
        crossing(one.map(wide), other.map(wide), 0).is_some()
            || other.iter().any(|end| on(one, *end))
            || one.iter().any(|end| on(other, *end))
    }

    #[test]
    fn lines_meet_only_at_their_ends_however_they_crossed() {
        for seed in 1..60 {
            let mut number = numbers(seed, 4000);
            let rings = (0..4).map(|_| (0..12).map(|_| [number(), number()]).collect()).collect();
            let lines = bounds(&[rings], 6).remove(0);
            for (i, one) in lines.iter().enumerate() {
                for other in &lines[..i] {
                    assert!(!in_each_others_way(*one, *other), "{seed}: {one:?} and {other:?}");
                }
            }
        }
    }

    #[test]
    fn an_even_number_of_lines_meet_everywhere() {
        for seed in 1..60 {
            let mut number = numbers(seed, 3000);
            let rings = (0..5).map(|_| (0..9).map(|_| [number(), number()]).collect()).collect();
            let lines = bounds(&[rings], 7).remove(0);
            let mut ends: Vec<Pixel> = lines.into_iter().flatten().collect();
            ends.sort_unstable();
            assert!(ends.chunk_by(|a, b| a == b).all(|run| run.len() % 2 == 0), "{seed}");
        }
    }

    #[test]
    fn a_border_is_the_same_on_both_sides() {
        let mut number = numbers(5, 300);
        let border: Vec<Fine> = (0..80).map(|i| [3000 + number(), i * 100 + number() / 3]).collect();
        let side = |far: i64| {
            let mut ring = border.clone();
            ring.extend([[far, 8000], [far, 0]]);
            vec![ring]
        };
        let drawn = bounds(&[side(0), side(8000)], 6);
        let both: HashSet<Line> = drawn.iter().flatten().copied().collect();
        let shared = drawn[0].iter().filter(|line| drawn[1].contains(line)).count();
        assert_eq!(both.len() + shared, drawn[0].len() + drawn[1].len());
        assert!(shared > 60, "{shared}");
    }

    #[test]
    fn a_line_goes_through_a_vertex_that_it_passes_by_less_than_half_a_pixel() {
        let line = vec![[0, 0], [100, 0], [50, 90]];
        let near = vec![[50, -4], [60, -60], [40, -60]];
        let drawn = bounds(&[vec![line.clone()], vec![near]], 4);
        assert!(drawn[0].contains(&[[0, 0], [3, 0]]) && drawn[0].contains(&[[3, 0], [6, 0]]), "{:?}", drawn[0]);
        let far = vec![[50, -9], [60, -60], [40, -60]];
        assert!(bounds(&[vec![line], vec![far]], 4)[0].contains(&[[0, 0], [6, 0]]));
    }

    #[test]
    fn a_pixel_owns_its_west_and_north_sides_alone() {
        // Pixels of 2 units: that of [0, 0] runs from -1 to 1.
        for (line, east, south) in [
            ([[-1, -5], [-1, 5]], false, false),
            ([[1, -5], [1, 5]], true, false),
            ([[-5, -1], [5, -1]], false, false),
            ([[-5, 1], [5, 1]], false, true),
        ] {
            assert_eq!(enters(line, [0, 0], 1), !(east || south), "{line:?}");
            assert_eq!(enters(line, [1, 0], 1), east || line[0][0] != line[1][0] && !south, "{line:?}");
            assert_eq!(enters(line, [0, 1], 1), south || line[0][1] != line[1][1] && !east, "{line:?}");
        }
        // Through the corner that four pixels share: it belongs to the one south-east of it.
        assert!(enters([[0, 2], [2, 0]], [1, 1], 1));
        assert!(!enters([[0, 2], [1, 1]], [0, 0], 1));
    }
}
