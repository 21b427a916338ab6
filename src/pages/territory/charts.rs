//! Bars beside numbers. The number is text in a table; the bar only repeats it.

use crate::access::{Mode, Reach, Threshold, doubt_of_shares};
use crate::atlas::figures::{Basis, Measured, Summary, Unit};
use crate::pages::figures::{named, said, words};
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::Lens;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// The number.
    pub words: String,
    /// Its length out of 100.
    pub length: u32,
}

/// Coverage by one mode: a bar for each threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeBars {
    /// « en voiture ».
    pub mode: &'static str,
    /// 10, 15, 20 and 30 minutes.
    pub bars: Vec<Bar>,
}

/// Which part of the persons is within each threshold, by every mode.
#[must_use]
pub fn coverage_bars(lens: &Lens<'_>, place: &Place, summary: &Summary) -> Vec<ModeBars> {
    let of_mode = |mode: Mode| {
        let coverage = place.coverage(&Basis::new(lens.atlas, lens.need, mode));
        let by_mode = Summary { coverage, ..summary.clone() };
        let bar = |threshold: Threshold| {
            let share = named("share_within", threshold);
            Bar {
                label: match doubt_of_shares(threshold) {
                    Some(doubt) => format!("{}\u{a0}min ({doubt})", threshold.name()),
                    None => format!("{}\u{a0}min", threshold.name()),
                },
                words: words(&share, &by_mode),
                length: length(share.of(&by_mode).value().unwrap_or(0.0)),
            }
        };
        ModeBars { mode: mode.words(), bars: Threshold::ALL.map(bar).into() }
    };
    Mode::ALL.map(of_mode).to_vec()
}

/// How many persons live how far from the nearest venue. Each person is counted once, those of whom nothing is known on a
/// line of their own.
#[must_use]
pub fn distribution(lens: &Lens<'_>, place: &Place) -> Vec<Bar> {
    const LABELS: [&str; 8] = [
        "jusqu'à 5\u{a0}min",
        "5 à 10\u{a0}min",
        "10 à 15\u{a0}min",
        "15 à 20\u{a0}min",
        "20 à 30\u{a0}min",
        "plus de 30\u{a0}min",
        "hors d'atteinte",
        "position inconnue",
    ];
    const LIMITS: [u32; 5] = [5, 10, 15, 20, 30];
    let mut persons = [0_u64; LABELS.len()];
    for (point, here) in lens.analysis.points(lens.need, &place.communes) {
        let line = match lens.reaches()[point] {
            Reach::Reached(nearest) => LIMITS.iter().take_while(|limit| nearest.time.0 > *limit * 60).count(),
            Reach::Unreachable => 6,
            Reach::Unknown => 7,
        };
        persons[line] += u64::from(here.unwrap_or(0));
    }
    let all = persons.iter().sum::<u64>().max(1);
    let bar = |(i, (label, persons)): (usize, (&str, u64))| {
        // The two last lines are only there when somebody is on them.
        (i < 6 || persons > 0).then(|| Bar {
            label: label.into(),
            words: format!("{} ({})", french::integer(persons), share_words(persons, all)),
            length: length(persons as f64 / all as f64),
        })
    };
    LABELS.into_iter().zip(persons).enumerate().filter_map(bar).collect()
}

fn share_words(part: u64, all: u64) -> String {
    said(Unit::Share, Measured::Known(part as f64 / all as f64))
}

fn length(share: f64) -> u32 {
    (100.0 * share).round().clamp(0.0, 100.0) as u32
}
