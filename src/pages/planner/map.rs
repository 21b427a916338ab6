//! The map of a plan without JavaScript: inline SVG, numbered sites, what stays out of reach left empty.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level, Position};
use crate::http::State;
use crate::maps::shapes::Shape;
use crate::maps::shapes::Shapes;
use crate::maps::world::World;
use crate::pages::territory::{Outline, Window, is_overseas};
use crate::planning::{Answer, SiteAnswer};
use crate::tables::scope::Place;

use super::marks::{Label, Mark, labels};

/// Longest side of the drawing, and of the drawing of a part far away.
const SIDE: u32 = 560;
const INSET_SIDE: u32 = 150;
/// A territory of more communes than this is drawn by its départements.
const MOST_COMMUNES: usize = 1_000;
/// More sites than this have no number on the map: they would cover each other.
const MOST_NUMBERS: usize = 99;

/// A piece of ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its contour.
    pub outline: Outline,
    /// What the pointer reads; empty for nothing.
    pub title: String,
    /// Whether its people stay out of reach.
    pub left_out: bool,
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
    /// What is there already.
    pub existing: Vec<(i32, i32)>,
    /// Sites of the plan, the most useful last.
    pub marks: Vec<Mark>,
    /// Names beside the sites; none on parts far away.
    pub labels: Vec<Label>,
    /// Titles of the sites that have no room for a name.
    pub unnamed: Vec<String>,
}

/// Ground that lies together: its name, its shapes, and the longest side of its drawing.
pub struct Part<'s> {
    /// `None` for the only or main one.
    pub name: Option<String>,
    /// Its shapes.
    pub shapes: Vec<&'s Shape>,
    /// Units of the grid.
    pub side: u32,
}

/// A territory in the parts that are drawn apart, and the level of their shapes: its communes, or its départements where it
/// has too many.
#[must_use]
pub fn parts<'s>(state: &'s State, place: &Place) -> (Level, Vec<Part<'s>>) {
    let atlas: &Atlas = &state.atlas;
    let level = if place.communes.len() <= MOST_COMMUNES { Level::Commune } else { Level::Departement };
    let (far, near): (Vec<&Shape>, Vec<&Shape>) = drawn(state, place, level)
        .into_iter()
        .partition(|shape| level == Level::Departement && is_overseas(departement(atlas, shape)));
    let main = Some(near).filter(|near| !near.is_empty()).map(|shapes| Part { name: None, shapes, side: SIDE });
    let apart = far.into_iter().map(|shape| {
        let name = atlas.territories(Level::Departement)[shape.row].name.clone();
        Part { name: Some(name), shapes: vec![shape], side: INSET_SIDE }
    });
    (level, main.into_iter().chain(apart).collect())
}

/// The name of a site, with its commune where that says more.
fn named(atlas: &Atlas, site: &SiteAnswer) -> String {
    let commune = site.commune.map(|commune| atlas.communes()[commune].name.as_str());
    match commune.filter(|commune| !site.name.contains(commune)) {
        Some(commune) => format!("{}, {commune}", site.name),
        None => site.name.clone(),
    }
}

/// Where a position falls in a drawing, if it does.
#[must_use]
pub fn at(window: &Window, position: Position) -> Option<(i32, i32)> {
    let at = window.snap(World::of(position.lon(), position.lat()));
    let inside = |place: i32, side: u32| (0..=side.cast_signed()).contains(&place);
    (inside(at.0, window.width) && inside(at.1, window.height)).then_some(at)
}

/// Draws a plan on its territory. Without contours there is no panel.
#[must_use]
pub fn panels(state: &State, place: &Place, answer: &Answer, existing: &[(Position, u32)]) -> Vec<Panel> {
    let atlas: &Atlas = &state.atlas;
    let (level, parts) = parts(state, place);
    // A town with a few people on its edge out of reach is not out of reach.
    let most = answer.left_out.iter().filter(|left| 2 * left.persons > left.of);
    let left_out: BTreeMap<CommuneIx, u64> = most.map(|left| (left.commune, left.persons)).collect();
    let ground = |window: &Window, shape: &Shape| {
        let persons = left_out.get(&(CommuneIx::from(shape.row))).filter(|_| level == Level::Commune);
        let name = || &atlas.communes()[CommuneIx::from(shape.row)].name;
        Ground {
            outline: window.draw(shape),
            title: persons.map_or_else(String::new, |persons| super::reasons::left_out_words(name(), *persons)),
            left_out: persons.is_some(),
        }
    };
    let panel = |Part { name, shapes, side }: Part<'_>| {
        let window = Window::around(shapes.iter().copied(), side)?;
        let marks = answer.sites.iter().filter_map(|site| {
            let number = (answer.sites.len() <= MOST_NUMBERS).then_some(site.rank);
            Some(Mark {
                at: at(&window, site.position)?,
                number,
                title: format!("{}. {}", site.rank, named(atlas, site)),
            })
        });
        let mut existing: Vec<(i32, i32)> =
            existing.iter().filter_map(|(position, _)| at(&window, *position)).collect();
        existing.sort_unstable();
        existing.dedup();
        // The most useful site is drawn last, on top of the others.
        let mut marks: Vec<Mark> = marks.collect();
        marks.reverse();
        let mut grounds: Vec<Ground> = shapes.iter().map(|shape| ground(&window, shape)).collect();
        grounds.sort_by_key(|ground| ground.left_out);
        let (labels, unnamed) = if name.is_none() { labels(&window, &marks) } else { Default::default() };
        Some(Panel { name, window, grounds, existing, marks, labels, unnamed })
    };
    parts.into_iter().filter_map(panel).collect()
}

/// The shapes of a territory: its communes, or the départements that they lie in.
fn drawn<'s>(state: &'s State, place: &Place, level: Level) -> Vec<&'s Shape> {
    let atlas: &Atlas = &state.atlas;
    let shapes = Shapes::kept(state).of(atlas, level).iter();
    if level == Level::Commune {
        return shapes.filter(|shape| place.communes.binary_search(&(CommuneIx::from(shape.row))).is_ok()).collect();
    }
    let of_place: BTreeSet<&str> = place.communes.iter().map(|&i| atlas.communes()[i].departement.as_str()).collect();
    shapes.filter(|shape| of_place.contains(departement(atlas, shape))).collect()
}

fn departement<'a>(atlas: &'a Atlas, shape: &Shape) -> &'a str {
    &atlas.territories(Level::Departement)[shape.row].code
}
