//! What the map of a territory shows, in classes that are the same for every territory, so that two maps compare.

use crate::atlas::figures::FigureAt;
use crate::domain::Level;
use crate::pages::classes::{Classes, fixed_thresholds};

use super::lens::Lens;
use super::view::{Order, View};

/// The figure that is drawn when the table is sorted so. A commune is often wholly within the threshold or wholly beyond, so
/// between communes minutes say more.
#[must_use]
pub fn drawn(lens: &Lens<'_>, level: Level) -> FigureAt {
    lens.figure(match lens.view.order {
        Order::Need => "share_in_need",
        Order::Hours => "hours_per_person_year",
        Order::Minutes => "minutes_median",
        _ if level == Level::Commune => "minutes_median",
        Order::Far | Order::Coverage | Order::Venues | Order::Name => "share_within",
    })
}

/// Title of the map.
#[must_use]
pub fn title(figure: &FigureAt, view: &View) -> String {
    let needs_mode = !matches!(figure.figure.id, "share_in_need" | "rank_index");
    if needs_mode { format!("{}, {}", figure.title(), view.mode.words()) } else { figure.title() }
}

/// Where the limits of the classes come from.
#[must_use]
pub fn classes_said(figure: &FigureAt, view: &View) -> &'static str {
    match fixed_thresholds(figure, view.mode) {
        Some(_) => "Classes : seuils fixes, les mêmes pour toute la France.",
        None => "Classes : autant d'intercommunalités de France dans chacune.",
    }
}

/// Fixed thresholds, or as many EPCI of France in each class.
#[must_use]
pub fn classes(figure: &FigureAt, lens: &Lens<'_>) -> Option<Classes> {
    Classes::of_figure(figure, lens.view.mode, || lens.everywhere(figure))
}
