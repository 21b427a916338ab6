//! A choropleth without JavaScript: inline SVG, five classes that are numbered as well as shaded, unknown hatched.

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::http::State;
use crate::maps::shapes::Shape;
use crate::maps::shapes::Shapes;
use crate::tables::scope::Place;

use super::outline::{Outline, Window};
use super::place::{is_overseas, row_of};
use super::table::Row;

/// Longest side of the drawing, and of the drawing of a part far away.
const SIDE: u32 = 560;
const INSET_SIDE: u32 = 130;

/// One territory on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its code.
    pub code: String,
    /// Its contour.
    pub outline: Outline,
    /// Its class, 1 to 5; 0 is hatched, 6 is out of reach.
    pub shade: usize,
    /// What the pointer reads.
    pub title: String,
    /// Whether it is the territory of the page.
    pub own: bool,
}

/// A drawing of territories that lie together.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its name; `None` for the only or main one.
    pub name: Option<String>,
    /// Size.
    pub window: Window,
    /// The territories.
    pub drawn: Vec<Drawn>,
    /// A border that cuts what goes on beyond it.
    pub clip: Option<String>,
}

/// Draws the rows of a table. Territories far from one another have a panel each. Without contours there is no panel.
#[must_use]
pub fn panels(state: &State, place: &Place, level: Level, rows: &[Row]) -> Vec<Panel> {
    let atlas: &Atlas = &state.atlas;
    let shapes = Shapes::kept(state);
    let find = |row: &Row| shapes.one(atlas, level, row.ordinal?);
    let pairs: Vec<(&Row, &Shape)> = rows.iter().filter_map(|row| Some((row, find(row)?))).collect();
    let (mainland, far): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|(row, _)| place.level.is_some() || !is_far(atlas, row));
    let border = place.level.and_then(|own| {
        let shape = shapes.one(atlas, own, row_of(atlas, place)?);
        shape.filter(|_| level == Level::Epci)
    });
    let mut panels: Vec<Panel> = panel(None, &mainland, border, SIDE).into_iter().collect();
    for one in far {
        panels.extend(panel(Some(one.0.name.clone()), &[one], None, INSET_SIDE));
    }
    panels
}

fn panel(name: Option<String>, pairs: &[(&Row, &Shape)], border: Option<&Shape>, side: u32) -> Option<Panel> {
    let window = match border {
        Some(border) => Window::around(std::iter::once(border), side)?,
        None => Window::around(pairs.iter().map(|(_, shape)| *shape), side)?,
    };
    let draw = |(row, shape): &(&Row, &Shape)| Drawn {
        code: row.code.clone(),
        outline: window.draw(shape),
        shade: row.shade,
        title: if shape.discs {
            format!("{}\u{a0}: {} (sans contour publié : des disques en disent la place)", row.name, row.shown)
        } else {
            format!("{}\u{a0}: {}", row.name, row.shown)
        },
        own: row.own,
    };
    let mut drawn: Vec<Drawn> = pairs.iter().map(draw).collect();
    // The territory of the page is drawn last, so that its border lies on top.
    drawn.sort_by_key(|drawn| drawn.own);
    Some(Panel { name, window, drawn, clip: border.map(|border| window.draw(border).d) })
}

/// Whether a part of France has to be drawn apart.
fn is_far(atlas: &Atlas, row: &Row) -> bool {
    row.communes.first().is_some_and(|&i| is_overseas(&atlas.communes()[i].departement))
}
