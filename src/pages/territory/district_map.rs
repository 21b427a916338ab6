//! The arrondissements of a city on a map: in which of them live those who are far from digital services.

use crate::atlas::figures::Measured;
use crate::maps::shapes::Shape;
use crate::pages::classes::{Classes, Line, Scale, shade};
use crate::pages::figures::said;
use crate::tables::scope::Place;

use super::lens::Lens;
use super::outline::Window;
use super::svg_map::Drawn;

/// Longest side of the drawing.
const SIDE: u32 = 420;

/// A drawing and its legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// What is drawn.
    pub title: String,
    /// Size.
    pub window: Window,
    /// The arrondissements.
    pub drawn: Vec<Drawn>,
    /// The classes: as many arrondissements of the city in each.
    pub legend: Vec<Line>,
}

/// The share of their inhabitants. `None` without contours, or where nothing is known of them.
#[must_use]
pub fn drawing(lens: &Lens<'_>, districts: &[Place]) -> Option<Drawing> {
    let figure = lens.figure("share_in_need");
    let told: Vec<Measured> = districts.iter().map(|place| figure.of(&lens.of_place(place))).collect();
    let known = |told: &Measured| if let Measured::Known(value) = told { Some(*value) } else { None };
    let classes = Classes::of_quantiles(told.iter().filter_map(known).collect(), Scale::of(&figure))?;
    let shape = |(row, place): (usize, &Place)| Shape::of(row, lens.atlas.districts().contour(&place.code)?);
    let shapes: Vec<Shape> = districts.iter().enumerate().filter_map(shape).collect();
    let window = Window::around(shapes.iter(), SIDE)?;
    let draw = |shape: &Shape| {
        let (place, told) = (&districts[shape.row], told[shape.row]);
        Drawn {
            code: place.code.clone(),
            outline: window.draw(shape),
            shade: shade(told, Some(&classes)),
            title: format!("{}\u{a0}: {}", place.name, said(figure.figure.unit, told)),
            own: false,
        }
    };
    Some(Drawing { title: figure.title(), window, drawn: shapes.iter().map(draw).collect(), legend: classes.legend() })
}
