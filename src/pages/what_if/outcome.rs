//! The answer as the page says it: sentences, two columns of figures, and the communes that change.

use crate::atlas::Atlas;
use crate::atlas::figures::Unit;
use crate::domain::Level;
use crate::pages::figures::{OUT_OF_REACH, UNKNOWN, said as said_unit};
use crate::pages::territory::href_of;
use crate::scenario::{Changed, Outcome, Question, Side};
use crate::tables::french;

/// Most communes listed: two printed pages hold them with all the rest.
const MOST: usize = 30;

/// One figure before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it counts.
    pub title: &'static str,
    /// Before, after, and the difference.
    pub values: [String; 3],
}

/// A commune that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commune {
    /// Name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Persons in need.
    pub persons: String,
    /// Minutes before and after.
    pub minutes: [String; 2],
    /// Hours per person before and after.
    pub hours: [String; 2],
    /// Whether it comes within the threshold or leaves it; empty when neither.
    pub crossing: &'static str,
}

/// The figures of the territory.
pub fn figures(question: &Question, outcome: &Outcome<'_>) -> Vec<Figure> {
    let sides = &outcome.sides;
    let within = |side: &Side| side.coverage.within(question.threshold);
    let mut figures = vec![
        counted("Personnes qui ont un lieu assez près", sides.each_ref().map(|side| outcome.known(within(side)))),
        shared("Part des personnes", sides.each_ref().map(|side| side.coverage.share(question.threshold))),
        counted(
            "Personnes qui ne peuvent atteindre aucun lieu",
            sides.each_ref().map(|side| outcome.known(side.coverage.unreachable)),
        ),
        hours("Heures d'ouverture par personne et par an", sides.each_ref().map(|side| side.hours)),
    ];
    if sides[0].post_hours.is_some() {
        figures
            .push(hours("Heures de conseillers par personne et par an", sides.each_ref().map(|side| side.post_hours)));
    }
    figures
}

fn counted(title: &'static str, [before, after]: [Option<u64>; 2]) -> Figure {
    let difference = before.zip(after).map(|(before, after)| signed(after as f64 - before as f64, 0, ""));
    let said = |number: Option<u64>| number.map_or_else(|| UNKNOWN.into(), french::integer);
    Figure { title, values: [said(before), said(after), difference.unwrap_or_default()] }
}

fn shared(title: &'static str, shares: [Option<f64>; 2]) -> Figure {
    let [before, after] = shares.map(|share| share.map(|share| 100.0 * share));
    let words = shares.map(|share| said_unit(Unit::Share, share.into()));
    let points = |difference: f64| signed(difference, 1, if difference.abs() < 1.95 { "point" } else { "points" });
    let difference = before.zip(after).map_or_else(String::new, |(before, after)| points(after - before));
    Figure { title, values: [words[0].clone(), words[1].clone(), difference] }
}

fn hours(title: &'static str, [before, after]: [Option<f64>; 2]) -> Figure {
    let difference = before.zip(after).map_or_else(String::new, |(before, after)| signed(after - before, 2, "h"));
    Figure { title, values: [said(before, 2, "h"), said(after, 2, "h"), difference] }
}

/// A number in words, with the digits that tell before from after.
fn said(value: Option<f64>, decimals: u8, unit: &str) -> String {
    value.map_or_else(|| UNKNOWN.into(), |value| french::measure(value, decimals, unit))
}

/// A difference with its sign: « +12 », « −0,3 h », « 0 ».
fn signed(difference: f64, decimals: u8, unit: &str) -> String {
    let number = french::measure(difference, decimals, unit);
    let nothing = number.chars().all(|c| !c.is_ascii_digit() || c == '0');
    if difference > 0.0 && !nothing { format!("+{number}") } else { number }
}

/// The communes where most changes for most people, and how many others there are.
pub fn communes(atlas: &Atlas, outcome: &Outcome<'_>) -> (Vec<Commune>, usize) {
    let weight = |changed: &Changed| {
        let persons = f64::from(changed.persons.unwrap_or(0));
        let minutes = match changed.minutes {
            [Some(before), Some(after)] => (after - before).abs(),
            [None, None] => 0.0,
            _ => 1e3,
        };
        let hours = changed.hours[0].zip(changed.hours[1]).map_or(0.0, |(before, after)| (after - before).abs());
        (changed.crossing() == 0, -persons * minutes, -persons * hours)
    };
    let mut sorted: Vec<&Changed> = outcome.changed.iter().collect();
    sorted.sort_by(|a, b| weight(a).partial_cmp(&weight(b)).expect("all are numbers").then(a.commune.cmp(&b.commune)));
    let told = sorted.iter().take(MOST).map(|changed| {
        let commune = &atlas.communes()[changed.commune];
        let far = |minutes: Option<f64>| minutes.map_or_else(|| OUT_OF_REACH.into(), |m| said(Some(m), 1, "min"));
        Commune {
            name: commune.name.clone(),
            href: href_of(Level::Commune, commune.code.as_str()),
            persons: changed.persons.map_or_else(|| "inconnu".into(), |persons| french::integer(persons.into())),
            minutes: changed.minutes.map(far),
            hours: changed.hours.map(|hours| said(hours, 2, "h")),
            crossing: match changed.crossing() {
                1 => "désormais assez près",
                -1 => "désormais trop loin",
                _ => "",
            },
        }
    });
    (told.collect(), sorted.len().saturating_sub(MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_has_its_sign_and_nothing_has_none() {
        let plain = |value, decimals| signed(value, decimals, "h").replace('\u{a0}', " ");
        assert_eq!(plain(12.0, 0), "+12 h");
        assert_eq!(plain(-0.25, 2), "−0,25 h");
        assert_eq!(plain(0.001, 2), "0,00 h");
    }
}
