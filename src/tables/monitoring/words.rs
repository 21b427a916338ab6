//! The state of the programme in a few sentences.

use crate::http::State;
use crate::monitoring::facts::{Fact, named};
use crate::monitoring::freshness::{Freshness, venues_in};
use crate::monitoring::targets::Target;
use crate::tables::french;
use crate::tables::scope::Place;

use super::ground;

/// The sentence that says it all, then what goes with it: every number with its day, its denominator and its range.
#[must_use]
pub fn sentences(state: &State, place: &Place, facts: &[Fact]) -> Vec<String> {
    [state_of(state, place, facts), posts(facts, place), france_services(facts), pass(facts), attested(state, place)]
        .into_iter()
        .flatten()
        .collect()
}

/// « 71 % », as a part of one.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    match percent {
        _ if percent >= 100.0 => french::measure(100.0, 0, "%"),
        _ if percent > 99.95 => format!("plus de {}", french::measure(99.9, 1, "%")),
        _ => french::measure(percent, u8::from(!(10.0..=90.0).contains(&percent)), "%"),
    }
}

fn state_of(state: &State, place: &Place, facts: &[Fact]) -> Option<String> {
    let share = named(facts, "share_within_15_min")?.number()?;
    let far = named(facts, "persons_beyond_20_min")?.number()?;
    let persons = named(facts, "persons_in_need")?;
    let day = state
        .atlas
        .edition()
        .as_of
        .map_or_else(|| "À une date inconnue".to_owned(), |day| format!("Au {}", french::date(day)));
    let whole = if place.level.is_none() { String::new() } else { format!(" ({})", place.name) };
    let count = |number: f64| french::integer(number as u64);
    let range = persons.range.filter(|(low, high)| low < high).map_or_else(String::new, |(low, high)| {
        format!(" (entre {} et {} selon la répartition)", count(low), count(high))
    });
    Some(format!(
        "{day}, {} des personnes éloignées du numérique{whole} vivent à moins de 15 minutes en voiture d’un lieu ouvert au \
         public (estimation, sur {}{range}) ; à plus de 20 minutes : {}.",
        percent(share),
        french::count(persons.number()? as u64, "personne", "personnes"),
        french::count(far as u64, "personne", "personnes"),
    ))
}

fn posts(facts: &[Fact], place: &Place) -> Option<String> {
    let posts = named(facts, "posts")?;
    let (number, day) = (posts.number()?, posts.day?);
    let structures = named(facts, "posts_structures")?.number()? as u64;
    let money = named(facts, "posts_state_eur")?.number()? as u64;
    let target = Target::named("posts").filter(|_| place.level.is_none());
    let gap = target.map_or_else(String::new, |target| {
        let missing = target.low - number;
        let due = target.due_day().map_or_else(String::new, |due| format!(", dus au {}", french::date(due)));
        if missing > 0.0 {
            let all = french::integer(target.low as u64);
            format!(" ; il en manquait {} sur {all}{due}", french::integer(missing as u64))
        } else {
            String::new()
        }
    });
    Some(format!(
        "Au {}, {} de conseillers numériques étaient validés, dans {}, pour {} de l’État{gap}.",
        french::date(day),
        french::count(number as u64, "poste", "postes"),
        french::count(structures, "structure", "structures"),
        french::measure(money as f64, 0, "€"),
    ))
}

fn france_services(facts: &[Fact]) -> Option<String> {
    let listed = named(facts, "france_services_listed")?;
    let within = named(facts, "france_services_within_20_min")?.number()?;
    Some(format!(
        "La liste du {} compte {} France services ; {} des personnes éloignées en ont une à moins de 20 minutes en voiture.",
        french::date(listed.day?),
        french::integer(listed.number()? as u64),
        percent(within),
    ))
}

fn pass(facts: &[Fact]) -> Option<String> {
    let count = |id: &str| named(facts, id).and_then(Fact::number).map(|number| number as u64);
    let (yes, no, unknown) = (count("pass_accepting")?, count("pass_refusing")?, count("pass_unknown")?);
    Some(format!(
        "Pass numérique, nombre de lieux : {} disent l’accepter, {} disent le refuser, {} n’en disent rien.",
        french::integer(yes),
        french::integer(no),
        french::integer(unknown),
    ))
}

fn attested(state: &State, place: &Place) -> Option<String> {
    let today = state.now().date();
    let inside = venues_in(&state.atlas, ground(place).inside()).map(|(_, venue)| venue);
    let found = Freshness::of(inside, today);
    let stale = found.stale()?;
    Some(format!(
        "Au {}, aucune liste n’a parlé depuis 18 mois de {} des {} (ou à une date inconnue) ; elles sont complètes à {}.",
        french::date(today),
        percent(stale),
        french::count(found.venues.into(), "fiche, montrée au public ou non", "fiches, montrées au public ou non"),
        percent(found.completeness()?),
    ))
}
