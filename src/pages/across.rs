//! What to say of the way to a place that lies across water or a crest: a distance as the crow flies would mislead.

use crate::access::{Journey, Mode, Season};
use crate::atlas::Atlas;
use crate::domain::{Position, Seconds};
use crate::tables::french;

use super::ranking::Ranked;

/// Longest walk from a boat that takes no car: beyond, one looks for a bus or a car over there.
pub const WALKED_ON: Seconds = Seconds::from_minutes(30);

/// The way to a place; `None` where nothing lies between.
#[must_use]
pub fn across(atlas: &Atlas, ranked: &Ranked, to: Position) -> Option<String> {
    let from = ranked.origin.position;
    if !atlas.lies_across(from, to) {
        return None;
    }
    let journey = atlas.journeys(Mode::Car, Season::AllYear, &[(from, to)]).pop().flatten();
    // The list was sorted by this time, which counts the way inside a commune as well where the address is not known.
    let told = ranked.travel.time().filter(|_| ranked.mode == Mode::Car);
    Some(words(journey.as_ref(), told))
}

/// Of a way that is known, how long, by what, and what it takes on the other side: never that there is none.
fn words(journey: Option<&Journey>, told: Option<Seconds>) -> String {
    let Some(journey) = journey else {
        return "De l’autre côté de l’eau ou d’une montagne\u{a0}: pas de chemin connu en voiture".to_owned();
    };
    let duration = |time: Seconds| french::duration(time.minutes().ceil() as u64);
    let (all, afoot) = (duration(told.unwrap_or(journey.time)), duration(journey.afoot));
    if journey.afoot > WALKED_ON {
        let by = journey.crossings.join(", puis ");
        return format!(
            "De l’autre côté de l’eau, par\u{a0}: {by}. Environ {all} (estimation), dont {afoot} à pied après le bateau\u{a0}: \
             il faut un car ou une voiture là-bas"
        );
    }
    let how = if journey.afoot == Seconds(0) { "en voiture" } else { "en voiture, puis à pied" };
    let by = journey.crossings.first().map(|name| format!(", par\u{a0}: {name}")).unwrap_or_default();
    format!("De l’autre côté de l’eau ou d’une montagne\u{a0}: environ {all} {how} (estimation){by}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Basis;

    fn journey(minutes: u32, afoot: u32, crossings: &[&str]) -> Journey {
        Journey {
            time: Seconds::from_minutes(minutes),
            range: None,
            basis: Basis::Crossing,
            metres: None,
            afoot: Seconds::from_minutes(afoot),
            crossings: crossings.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn a_way_that_is_known_is_told_however_long_one_walks_after_the_boat() {
        let yeu = words(Some(&journey(443, 336, &["Bateau Fromentine – Île d’Yeu"])), None);
        assert_eq!(
            yeu,
            "De l’autre côté de l’eau, par\u{a0}: Bateau Fromentine – Île d’Yeu. Environ 7\u{a0}h\u{a0}20 (estimation), dont \
             5\u{a0}h\u{a0}40 à pied après le bateau\u{a0}: il faut un car ou une voiture là-bas"
        );
        let beyond =
            words(Some(&journey(200, 100, &["Isthme de Penthièvre (D 768)", "Bateau Quiberon – Le Palais"])), None);
        assert!(
            beyond.contains("par\u{a0}: Isthme de Penthièvre (D 768), puis Bateau Quiberon – Le Palais."),
            "{beyond}"
        );
    }

    #[test]
    fn a_bridge_and_a_short_walk_say_no_more_than_how_long() {
        let bridge = words(Some(&journey(14, 0, &["Pont de Saint-Nazaire"])), Some(Seconds::from_minutes(17)));
        assert_eq!(
            bridge,
            "De l’autre côté de l’eau ou d’une montagne\u{a0}: environ 17\u{a0}minutes en voiture (estimation), par\u{a0}: Pont de \
             Saint-Nazaire"
        );
        let boat = words(Some(&journey(30, 30, &["Bateau L’Arcouest – Bréhat"])), None);
        assert!(boat.contains("environ 30\u{a0}minutes en voiture, puis à pied (estimation)"), "{boat}");
        assert!(words(None, None).ends_with("pas de chemin connu en voiture"));
    }
}
