//! The map of the difference: two colours away from none, a sign in each commune, unknown hatched.

use std::collections::BTreeMap;

use crate::access::Reach;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level, PointIx};
use crate::http::State;
use crate::maps::shapes::Shape;
use crate::maps::shapes::Shapes;
use crate::pages::territory::outline::{Outline, Window};
use crate::scenario::{Changed, Outcome, Question};
use crate::tables::french;

/// Longest side of the drawing.
const SIDE: u32 = 560;
/// Most communes drawn: beyond, only those around what changes.
const MOST_WHOLE: usize = 900;
/// Most communes drawn around what changes.
const MOST_AROUND: usize = 1_500;

/// A commune, drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its contour.
    pub outline: Outline,
    /// `worse-2`, `worse-1`, `same`, `better-1`, `better-2`, `unknown`.
    pub class: &'static str,
    /// What stands in it.
    pub sign: &'static str,
    /// What the pointer reads.
    pub title: String,
}

/// The drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// What is drawn.
    pub title: String,
    /// Size.
    pub window: Window,
    /// Communes.
    pub drawn: Vec<Drawn>,
    /// Class, sign and words of each class, the worst first.
    pub legend: [(&'static str, &'static str, String); 5],
    /// Whether only the surroundings of what changes are drawn.
    pub around: bool,
}

/// What is drawn: minutes when any change, else hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Minutes,
    Hours,
}

impl Measure {
    fn of(outcome: &Outcome<'_>) -> Self {
        if outcome.changed.iter().any(|changed| changed.minutes[0] != changed.minutes[1]) {
            Self::Minutes
        } else {
            Self::Hours
        }
    }

    /// From this difference on, a class is the strong one.
    fn strong(self) -> f64 {
        match self {
            Self::Minutes => 5.0,
            Self::Hours => 1.0,
        }
    }

    /// What is better is positive; none where a side is unknown.
    fn difference(self, changed: &Changed) -> Option<f64> {
        match (self, changed.minutes) {
            (Self::Hours, _) => Some(changed.hours[1]? - changed.hours[0]?),
            (Self::Minutes, [Some(before), Some(after)]) => Some(before - after),
            (Self::Minutes, [None, None]) => None,
            // A commune that finds or loses its only venue changes more than minutes can say.
            (Self::Minutes, [None, _]) => Some(f64::INFINITY),
            (Self::Minutes, [_, None]) => Some(f64::NEG_INFINITY),
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::Minutes => "min",
            Self::Hours => "h",
        }
    }
}

/// Draws the territory, or the surroundings of what changes when it is large. `None` without contours.
pub fn drawing(state: &State, question: &Question, outcome: &Outcome<'_>) -> Option<Drawing> {
    let atlas: &Atlas = &state.atlas;
    let measure = Measure::of(outcome);
    let changed: BTreeMap<CommuneIx, &Changed> = outcome.changed.iter().map(|c| (c.commune, c)).collect();
    let inside: std::collections::BTreeSet<CommuneIx> = question.place.communes.iter().copied().collect();
    let shapes = Shapes::kept(state).of(atlas, Level::Commune);
    let own: Vec<&Shape> = shapes.iter().filter(|shape| inside.contains(&CommuneIx::from(shape.row))).collect();
    let around = own.len() > MOST_WHOLE;
    let (window, shown) = if around {
        let moved = own.iter().filter(|shape| changed.contains_key(&CommuneIx::from(shape.row))).copied();
        let window = Window::around(moved.clone(), SIDE)?;
        let low = |axis: fn(&Shape) -> u32| moved.clone().map(axis).min().unwrap_or(0);
        let high = |axis: fn(&Shape) -> u32| moved.clone().map(axis).max().unwrap_or(0);
        let (west, north) = (low(|s| s.around[0].x), low(|s| s.around[0].y));
        let (east, south) = (high(|s| s.around[1].x), high(|s| s.around[1].y));
        let meets = |s: &&Shape| {
            s.around[0].x <= east && s.around[1].x >= west && s.around[0].y <= south && s.around[1].y >= north
        };
        (window, own.into_iter().filter(meets).collect::<Vec<_>>())
    } else {
        (Window::around(own.iter().copied(), SIDE)?, own)
    };
    if shown.len() > MOST_AROUND {
        return None;
    }
    let reaches = atlas.analysis().access.nearest(question.mode);
    let drawn = shown.into_iter().map(|shape| {
        let commune = CommuneIx::from(shape.row);
        let name = &atlas.communes()[commune].name;
        let placed = reaches[PointIx::of_commune(commune)] != Reach::Unknown;
        let known = placed && outcome.need.estimate.persons[commune].is_some();
        let difference = changed.get(&commune).map_or(Some(0.0), |changed| measure.difference(changed));
        let difference = difference.filter(|_| known);
        let (class, sign) = class(difference, measure);
        Drawn {
            outline: window.draw(shape),
            class,
            sign,
            title: format!("{name}\u{a0}: {}", words(difference, measure)),
        }
    });
    let drawn = drawn.collect();
    Some(Drawing { title: title(measure), window, drawn, legend: legend(measure), around })
}

fn class(difference: Option<f64>, measure: Measure) -> (&'static str, &'static str) {
    // What reads as nothing is drawn as nothing.
    let least = if measure == Measure::Minutes { 0.05 } else { 0.005 };
    match difference {
        None => ("unknown", ""),
        Some(none) if none.abs() < least => ("same", ""),
        Some(worse) if worse <= -measure.strong() => ("worse-2", "−−"),
        Some(worse) if worse < 0.0 => ("worse-1", "−"),
        Some(better) if better >= measure.strong() => ("better-2", "++"),
        Some(_) => ("better-1", "+"),
    }
}

fn words(difference: Option<f64>, measure: Measure) -> String {
    let (decimals, unit) = if measure == Measure::Minutes { (1, "min") } else { (2, "h") };
    match (difference, class(difference, measure).0) {
        (None, _) => "pas de donnée".into(),
        (_, "same") => "sans changement".into(),
        (Some(all), _) if all == f64::INFINITY => "trouve son premier lieu".into(),
        (Some(all), _) if all == f64::NEG_INFINITY => "perd son dernier lieu".into(),
        (Some(change), _) => {
            let number = french::measure(change.abs(), decimals, unit);
            format!("{number} de {}", if (change < 0.0) == (measure == Measure::Minutes) { "plus" } else { "moins" })
        }
    }
}

fn title(measure: Measure) -> String {
    match measure {
        Measure::Minutes => "Temps jusqu'au lieu le plus proche\u{a0}: ce qui change".into(),
        Measure::Hours => "Heures d'ouverture par personne\u{a0}: ce qui change".into(),
    }
}

fn legend(measure: Measure) -> [(&'static str, &'static str, String); 5] {
    let strong = french::measure(measure.strong(), 0, measure.unit());
    let (worse, better) = match measure {
        Measure::Minutes => ("plus loin", "plus près"),
        Measure::Hours => ("moins d'heures", "plus d'heures"),
    };
    [
        ("worse-2", "−−", format!("{worse}, de {strong} ou plus")),
        ("worse-1", "−", format!("{worse}, de moins de {strong}")),
        ("same", "", "sans changement".into()),
        ("better-1", "+", format!("{better}, de moins de {strong}")),
        ("better-2", "++", format!("{better}, de {strong} ou plus")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_which_way_it_goes() {
        let said = |difference, measure| words(Some(difference), measure).replace('\u{a0}', " ");
        assert_eq!(said(-7.0, Measure::Minutes), "7,0 min de plus", "farther is worse");
        assert_eq!(said(7.0, Measure::Minutes), "7,0 min de moins");
        assert_eq!(said(-0.5, Measure::Hours), "0,50 h de moins");
        assert_eq!(said(0.5, Measure::Hours), "0,50 h de plus");
        assert_eq!(said(0.001, Measure::Hours), "sans changement");
        assert_eq!(said(f64::NEG_INFINITY, Measure::Minutes), "perd son dernier lieu");
        assert_eq!(words(None, Measure::Hours), "pas de donnée");
    }

    #[test]
    fn unknown_is_hatched_and_has_no_sign() {
        assert_eq!(class(None, Measure::Minutes), ("unknown", ""));
        assert_eq!(class(Some(-5.0), Measure::Minutes), ("worse-2", "−−"));
        assert_eq!(class(Some(0.9), Measure::Hours), ("better-1", "+"));
    }
}
