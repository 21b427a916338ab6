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

/// The classes of a drawing, and where their limits come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Thresholds; `None` where no value is known.
    pub classes: Option<Classes>,
    /// In words.
    pub said: &'static str,
}

/// Fixed thresholds, or as many EPCI of France in each class; where these would paint the `drawn` values in one colour or two, as
/// many of them in each.
#[must_use]
pub fn classes(figure: &FigureAt, lens: &Lens<'_>, drawn: &[f64]) -> Chosen {
    let common = Classes::of_figure(figure, lens.view.mode, || lens.everywhere(figure));
    match common.as_ref().and_then(|common| common.instead(drawn)) {
        Some(own) => Chosen { classes: Some(own), said: OWN },
        None if fixed_thresholds(figure, lens.view.mode).is_some() => Chosen { classes: common, said: FIXED },
        None => Chosen { classes: common, said: OF_FRANCE },
    }
}

const FIXED: &str = "Classes : seuils fixes, les mêmes pour toute la France.";
const OF_FRANCE: &str = "Classes : autant d'intercommunalités de France dans chacune.";
const OWN: &str = "Classes propres à cette carte : autant de ses territoires dans chacune, car les seuils communs à toute la France les \
                   montreraient presque tous de la même couleur. Les couleurs de deux cartes ne se comparent donc pas.";
