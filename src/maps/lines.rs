//! Lines across a tile: cut to the tile and its margin, and thinned to what a zoom shows.

use super::rings::{Fine, MARGIN};
use super::world::{EXTENT, Local};

/// The pieces of a line that lie in the tile and its margin; `unit` is the world's units across one of the tile.
#[must_use]
pub fn cut(line: &[Fine], unit: i64) -> Vec<Vec<Fine>> {
    let (low, high) = (i64::from(-MARGIN) * unit, i64::from(EXTENT + MARGIN) * unit);
    let mut pieces: Vec<Vec<Fine>> = Vec::new();
    let mut goes_on = false;
    for ends in line.windows(2) {
        let Some([from, to]) = inside([ends[0], ends[1]], low, high) else {
            goes_on = false;
            continue;
        };
        match pieces.last_mut().filter(|_| goes_on) {
            Some(piece) => piece.push(to),
            None => pieces.push(vec![from, to]),
        }
        goes_on = to == ends[1];
    }
    pieces
}

/// The part of a segment between two limits on both axes (Liang & Barsky, 1984). Where it is cut nobody sees it, so rounding
/// harms nothing.
fn inside([from, to]: [Fine; 2], low: i64, high: i64) -> Option<[Fine; 2]> {
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let along = to[axis] - from[axis];
        if along == 0 {
            if !(low..=high).contains(&from[axis]) {
                return None;
            }
            continue;
        }
        let share = |edge: i64| (edge - from[axis]) as f64 / along as f64;
        let (first, last) = (share(low), share(high));
        enters = enters.max(first.min(last));
        leaves = leaves.min(first.max(last));
    }
    if enters >= leaves {
        return None;
    }
    let at = |share: f64| [0, 1].map(|axis| from[axis] + ((to[axis] - from[axis]) as f64 * share).round() as i64);
    Some([if enters > 0.0 { at(enters) } else { from }, if leaves < 1.0 { at(leaves) } else { to }])
}

/// A line without the places that lie within so many units of the one before: its ends stay.
#[must_use]
pub fn thin(line: &[Local], apart: i32) -> Vec<Local> {
    let Some((last, others)) = line.split_last() else { return Vec::new() };
    let far = |a: Local, b: Local| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()) >= apart.max(1);
    let mut kept: Vec<Local> = Vec::with_capacity(line.len());
    for place in others {
        if kept.last().is_none_or(|before| far(*before, *place)) {
            kept.push(*place);
        }
    }
    while kept.len() > 1 && kept.last().is_some_and(|before| !far(*before, *last)) {
        kept.pop();
    }
    if kept.last() != Some(last) {
        kept.push(*last);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_the_margin_and_comes_back_as_another_piece() {
        let line = [[-9_000, 10], [100, 10], [200, 9_000], [300, 9_000], [400, 20]];
        let pieces = cut(&line, 1);
        assert_eq!(pieces.len(), 2, "{pieces:?}");
        assert_eq!(pieces[0][..2], [[i64::from(-MARGIN), 10], [100, 10]]);
        assert_eq!(pieces[0][2][1], i64::from(EXTENT + MARGIN));
        assert_eq!(pieces[1].last(), Some(&[400, 20]));
        assert!(cut(&[[5_000, 0], [6_000, 10]], 1).is_empty());
        assert_eq!(cut(&[[-9_000, 50], [9_000, 50]], 1).len(), 1, "one that crosses it whole");
        assert!(cut(&[[-9_000, -9_000], [9_000, -8_000]], 1).is_empty(), "its box meets the tile, and it does not");
    }

    #[test]
    fn what_no_zoom_shows_goes_and_the_ends_stay() {
        assert_eq!(thin(&[[0, 0], [1, 1], [2, 0], [9, 0], [10, 0], [11, 0]], 4), [[0, 0], [11, 0]]);
        assert_eq!(thin(&[[0, 0], [5, 0], [11, 0]], 4), [[0, 0], [5, 0], [11, 0]]);
        assert_eq!(thin(&[[0, 0], [1, 0]], 4), [[0, 0], [1, 0]]);
        assert_eq!(thin(&[[3, 3], [3, 3]], 4), [[3, 3]], "a point is no line");
        assert!(thin(&[], 4).is_empty());
    }
}
