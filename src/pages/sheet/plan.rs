//! A small plan of the way: the streets around the place where the edition has roads, else direction and distance alone.

use std::fmt::Write;

use crate::atlas::Atlas;
use crate::domain::{Metres, Position};
use crate::pages::language::Words;

/// Half the side of the plan of streets, in metres.
const AROUND_M: f64 = 350.0;
/// Fewer pieces of street than this show nothing.
const ENOUGH: usize = 6;
/// Pieces of street that are drawn: an old town has more within this square than thirty millimetres show.
const MOST: usize = 600;
/// Half the side of the drawing.
const HALF: f64 = 100.0;
/// Metres in a degree of latitude, within 0.6 %: a drawing of 700 m, where no distance is read.
const METRES_PER_DEGREE: f64 = 111_200.0;

/// A plan, to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What it shows, for who does not see it.
    pub words: String,
    /// Streets, as an SVG path; empty when there are none.
    pub streets: String,
    /// Where the start is drawn, from the middle; `None` when nobody said from where.
    pub start: Option<(f64, f64)>,
}

/// Draws the plan; `None` when there is nothing to draw.
#[must_use]
pub fn plan(atlas: &Atlas, t: Words, place: Position, from: Option<(Position, &str)>) -> Option<Plan> {
    let streets = streets(atlas, place);
    let start = from.map(|(start, _)| {
        // The start stands at the edge, in its direction: what is at the middle is where one goes.
        let (x, y) = offset(place, start);
        let length = x.hypot(y).max(1.0);
        let scale = if length > AROUND_M * 0.85 { 0.85 * AROUND_M / length } else { 1.0 };
        (x * scale * HALF / AROUND_M, y * scale * HALF / AROUND_M)
    });
    if streets.is_empty() && start.is_none() {
        return None;
    }
    let words = match from {
        Some((start, name)) if !name.is_empty() => {
            t.with("sheet-plan-scheme", &[("x", name), ("direction", &t.say(direction(start, place)))])
        }
        _ => t.say("sheet-plan"),
    };
    Some(Plan { words, streets, start })
}

/// Metres to the east and to the south of the middle: as drawings count.
fn offset(middle: Position, of: Position) -> (f64, f64) {
    // The Pacific is crossed where longitudes jump: Nouméa lies to the west of Papeete.
    let degrees = (of.lon() - middle.lon() + 540.0).rem_euclid(360.0) - 180.0;
    let east = degrees * METRES_PER_DEGREE * middle.lat().to_radians().cos();
    let north = (of.lat() - middle.lat()) * METRES_PER_DEGREE;
    (east, -north)
}

/// The ways on foot around a place, as an SVG path.
fn streets(atlas: &Atlas, place: Position) -> String {
    // To the corners of the drawing, and a little beyond: a street does not end at its edge.
    let Some(within) = Metres::new(AROUND_M * 1.5) else { return String::new() };
    let pieces = atlas.streets_around(place, within, MOST);
    if pieces.len() < ENOUGH {
        return String::new();
    }
    let mut path = String::new();
    for ends in pieces {
        let [(x, y), (to_x, to_y)] = ends.map(|end| {
            let (x, y) = offset(place, end);
            let drawn = |metres: f64| (metres * HALF / AROUND_M).round() as i32;
            (drawn(x), drawn(y))
        });
        let _ = write!(path, "M{x} {y}L{to_x} {to_y}");
    }
    path
}

/// In which direction one goes from one position to another, as an id of the catalogue.
#[must_use]
pub fn direction(from: Position, to: Position) -> &'static str {
    const NAMES: [&str; 8] = ["dir-n", "dir-ne", "dir-e", "dir-se", "dir-s", "dir-sw", "dir-w", "dir-nw"];
    let (east, south) = offset(from, to);
    if east.hypot(south) < 50.0 {
        return "dir-here";
    }
    let turn = east.atan2(-south).to_degrees().rem_euclid(360.0);
    NAMES[((turn + 22.5) / 45.0) as usize % 8]
}
