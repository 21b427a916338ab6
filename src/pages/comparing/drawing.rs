//! The map of two plans: where one has more people within reach than the other, and the sites of both and of one.

use std::collections::BTreeMap;

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};
use crate::http::State;
use crate::maps::shapes::Shape;
use crate::pages::planner::{Part, at, parts};
use crate::pages::territory::{Outline, Window};
use crate::planning::{Compared, Side};
use crate::tables::french;
use crate::tables::scope::Place;

/// A piece of ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its contour.
    pub outline: Outline,
    /// `more-a`, `more-b` or `land`.
    pub class: &'static str,
    /// What the pointer reads; empty for nothing.
    pub title: String,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its place in the drawing.
    pub at: (i32, i32),
    /// `A`, `B`, or `=` for one of both.
    pub letter: &'static str,
    /// What the pointer reads.
    pub title: String,
}

/// A drawing of ground that lies together.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its name; `None` for the only or main one.
    pub name: Option<String>,
    /// Size.
    pub window: Window,
    /// Ground.
    pub grounds: Vec<Ground>,
    /// Sites.
    pub marks: Vec<Mark>,
}

/// Draws the difference. Without contours there is no panel.
#[must_use]
pub fn panels(state: &State, place: &Place, compared: &Compared, sides: [&Side; 2]) -> Vec<Panel> {
    let atlas: &Atlas = &state.atlas;
    let (level, parts) = parts(state, place);
    let communes: BTreeMap<CommuneIx, [u64; 3]> =
        compared.communes.iter().map(|(commune, _, covered)| (*commune, *covered)).collect();
    let larger: BTreeMap<&str, [u64; 3]> = (compared.territories.iter())
        .filter(|of| of.level == level)
        .filter_map(|of| Some((of.code.as_deref()?, of.covered)))
        .collect();
    let of = |shape: &Shape| -> (String, Option<[u64; 3]>) {
        if level == Level::Commune {
            let commune = CommuneIx::from(shape.row);
            return (atlas.communes()[commune].name.clone(), communes.get(&commune).copied());
        }
        let territory = &atlas.territories(level)[shape.row];
        (territory.name.clone(), larger.get(territory.code.as_str()).copied())
    };
    let ground = |window: &Window, shape: &Shape| {
        let (name, covered) = of(shape);
        let [_, first, second] = covered.unwrap_or_default();
        let (class, which) = match second.cmp(&first) {
            std::cmp::Ordering::Equal => ("land", ""),
            std::cmp::Ordering::Less => ("more-a", "A"),
            std::cmp::Ordering::Greater => ("more-b", "B"),
        };
        let more = french::count(second.abs_diff(first), "personne", "personnes");
        let title = if which.is_empty() { String::new() } else { format!("{name}\u{a0}: {more} de plus avec {which}") };
        Ground { outline: window.draw(shape), class, title }
    };
    let drawn = parts.into_iter().filter_map(|Part { name, shapes, side }| {
        let window = Window::around(shapes.iter().copied(), side)?;
        let mut grounds: Vec<Ground> = shapes.iter().map(|shape| ground(&window, shape)).collect();
        grounds.sort_by_key(|ground| ground.class != "land");
        Some(Panel { name, grounds, marks: marks(&window, compared, sides), window })
    });
    drawn.collect()
}

fn marks(window: &Window, compared: &Compared, sides: [&Side; 2]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (which, side) in sides.iter().enumerate() {
        for (rank, site) in side.sites.iter().enumerate() {
            let both = compared.shared.iter().any(|pair| [pair.0, pair.1][which] == rank);
            if both && which == 1 {
                continue;
            }
            let letter = if both { "=" } else { ["A", "B"][which] };
            let place = site.stops.first().and_then(|(position, _)| at(window, *position));
            marks.extend(place.map(|at| Mark { at, letter, title: format!("{letter}\u{a0}: {}", site.name) }));
        }
    }
    // Those of one only are drawn last, on top.
    marks.sort_by_key(|mark| mark.letter != "=");
    marks
}
