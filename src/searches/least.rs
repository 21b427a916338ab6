//! How the territories stand of which a minimum is asked, or whose worst off come first, in words: by their names.

use crate::atlas::Atlas;
use crate::planning::{Least, Request, TerritoryStanding as Standing};
use crate::tables::french;
use crate::tables::scope::Place;

use super::sentence::{percent, share};

/// Territories that are named; how many more there are is said.
const NAMED: usize = 12;

/// The sentences, none where none are compared and all take part.
#[must_use]
pub fn told(atlas: &Atlas, least: Option<&Least>, request: &Request) -> Vec<String> {
    let Some(Least { level, set_aside, below, worst }) = least else { return Vec::new() };
    let name = |of: &Standing| {
        let place = of.code.as_ref().and_then(|code| Place::find(atlas, *level, code));
        place.map_or_else(|| "les communes d'aucun de ces territoires".to_owned(), |place| place.name)
    };
    words(request, [set_aside, below, worst], name)
}

fn words(
    request: &Request,
    [set_aside, below, worst]: [&[Standing]; 3],
    name: impl Fn(&Standing) -> String,
) -> Vec<String> {
    let listed = |those: &[Standing], say: &dyn Fn(&Standing) -> String| {
        let named: Vec<String> = those.iter().take(NAMED).map(|of| format!("{} ({})", name(of), say(of))).collect();
        match those.len().saturating_sub(NAMED) {
            0 => named.join(", "),
            more => format!("{} et {}", named.join(", "), french::count(more as u64, "autre", "autres")),
        }
    };
    let persons = |number: u64| french::count(number, "personne", "personnes");
    let mut told = Vec::new();
    if !below.is_empty() {
        let lacks = |of: &Standing| {
            format!("{}, il manque {}", percent(100.0 * of.share()), persons(of.missing(request.objective.share)))
        };
        told.push(format!("Sous {} avec ce plan\u{a0}: {}.", share(request), listed(below, &lacks)));
    }
    if !worst.is_empty() {
        told.push(format!("Au plus bas\u{a0}: {}.", listed(worst, &|of| percent(100.0 * of.share()))));
    }
    if !set_aside.is_empty() {
        told.push(format!(
            "Hors de la comparaison, parce qu'aucun site possible n'y met qui que ce soit à portée\u{a0}: {}.",
            listed(set_aside, &|of| persons(of.persons))
        ));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::ObjectiveKind;
    use crate::planning::Goal;

    #[test]
    fn who_stays_below_and_who_takes_no_part_is_named_with_its_numbers() {
        let kind = ObjectiveKind::named("floor").unwrap();
        let defaults = Request::defaults();
        let request = Request { objective: Goal { share: 0.8, ..Goal::of(kind, defaults.reach) }, ..defaults };
        let of = |code: &str, persons, covered| Standing { code: Some(code.into()), persons, covered };
        let told = words(&request, [&[of("Sancy", 12, 0)], &[of("Morbihan", 1_000, 721)], &[]], |of| {
            of.code.clone().unwrap_or_default()
        });
        let told: Vec<String> = told.iter().map(|text| text.replace(['\u{a0}', '\u{202f}'], " ")).collect();
        assert_eq!(
            told,
            [
                "Sous 80 % avec ce plan : Morbihan (72,1 %, il manque 79 personnes).",
                "Hors de la comparaison, parce qu'aucun site possible n'y met qui que ce soit à portée : Sancy (12 personnes).",
            ]
        );
        assert!(words(&request, [&[], &[], &[]], |_| String::new()).is_empty());
    }
}
