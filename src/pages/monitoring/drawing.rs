//! Small drawings without JavaScript: curves against a target, sparklines, and the map of the parts.

use std::fmt::Write;

use crate::access::{Mode, Threshold};
use crate::atlas::figures::{Figure, FigureAt};
use crate::domain::Level;
use crate::http::State;
use crate::maps::shapes::{Shape, Shapes};
use crate::pages::classes::{Classes, Line as LegendLine, shade};
use crate::pages::figures::said;
use crate::pages::territory::{Outline, Window, is_overseas};
use crate::tables::monitoring::Line;

/// Width and height of a sparkline.
const SPARK: (f64, f64) = (80.0, 20.0);

/// The `points` of a sparkline, the greatest value on top; empty with fewer than two values.
#[must_use]
pub fn spark(values: &[f64]) -> String {
    polyline(values, values.iter().copied().fold(0.0, f64::max), SPARK)
}

/// The `points` of a curve from 0 to `top`, evenly spaced.
#[must_use]
pub fn polyline(values: &[f64], top: f64, (width, height): (f64, f64)) -> String {
    if values.len() < 2 || top <= 0.0 {
        return String::new();
    }
    let step = width / (values.len() - 1) as f64;
    let mut points = String::new();
    for (rank, value) in values.iter().enumerate() {
        let mark = if rank == 0 { "" } else { " " };
        let _ = write!(points, "{mark}{:.1},{:.1}", step * rank as f64, height - height * value / top);
    }
    points
}

/// The map of the parts.
pub struct Map {
    /// What it shows.
    pub title: String,
    /// The main drawing, then those of parts far away.
    pub panels: Vec<Panel>,
    /// Classes.
    pub legend: Vec<LegendLine>,
}

/// One drawing.
pub struct Panel {
    /// Name of a part far away.
    pub name: Option<String>,
    /// Size.
    pub window: Window,
    /// Parts.
    pub drawn: Vec<Drawn>,
}

/// One part.
pub struct Drawn {
    /// Contour.
    pub outline: Outline,
    /// Class, 0 when unknown, 6 out of reach.
    pub shade: usize,
    /// What the pointer reads.
    pub title: String,
}

/// Draws the share of persons within 15 minutes in each part; `None` without contours.
#[must_use]
pub fn map(state: &State, level: Level, lines: &[Line]) -> Option<Map> {
    let figure = FigureAt::new(Figure::named("share_within")?, Threshold::Fifteen);
    let classes = Classes::of_figure(&figure, Mode::Car, || {
        lines.iter().filter_map(|line| line.measured("share_within", 1).value()).collect()
    });
    let atlas = &state.atlas;
    let shapes = Shapes::kept(state);
    let row = |line: &Line| -> Option<usize> {
        let place = line.place.as_ref()?;
        match level {
            Level::Commune => place.communes.first().map(|&i| usize::from(i)),
            above => atlas.territories(above).binary_search_by(|t| t.code.as_str().cmp(&place.code)).ok(),
        }
    };
    let pairs: Vec<(&Line, &Shape)> = lines
        .iter()
        .filter_map(|line| {
            let row = row(line)?;
            Some((line, shapes.one(atlas, level, row)?))
        })
        .collect();
    let far = |line: &Line| {
        let commune = line.place.as_ref().and_then(|place| place.communes.first());
        commune.is_some_and(|&i| is_overseas(&atlas.communes()[i].departement))
    };
    let (overseas, mainland): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(line, _)| far(line));
    let draw = |name: Option<String>, pairs: &[(&Line, &Shape)], side: u32| -> Option<Panel> {
        let window = Window::around(pairs.iter().map(|(_, shape)| *shape), side)?;
        let drawn = pairs.iter().map(|(line, shape)| {
            let told = line.measured("share_within", 1);
            let title = format!("{}\u{a0}: {}", line.name, said(figure.figure.unit, told));
            Drawn { outline: window.draw(shape), shade: shade(told, classes.as_ref()), title }
        });
        Some(Panel { name, window, drawn: drawn.collect() })
    };
    let mut panels: Vec<Panel> = Vec::new();
    if mainland.is_empty() {
        panels.extend(draw(None, &overseas, 560));
    } else {
        panels.extend(draw(None, &mainland, 560));
        panels.extend(overseas.iter().filter_map(|one| draw(Some(one.0.name.clone()), &[*one], 130)));
    }
    let legend = classes.map_or_else(Vec::new, |classes| classes.legend());
    (!panels.is_empty()).then(|| Map { title: figure.title(), panels, legend })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_ends_where_its_last_value_stands() {
        assert_eq!(polyline(&[0.0, 5.0, 10.0], 10.0, (100.0, 20.0)), "0.0,20.0 50.0,10.0 100.0,0.0");
        assert_eq!(spark(&[3.0]), "", "one point is no curve");
        assert_eq!(spark(&[0.0, 0.0]), "", "nothing is no curve");
    }
}
