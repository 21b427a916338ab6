//! One reading from the rows of a commune: the communes it was made of, its arrondissements, or its IRIS.

use crate::domain::{CommuneCode, CommuneIx, Reading};
use crate::ingest::reference::Reference;
use crate::ingest::report::Code;
use crate::ingest::source::IndicatorLevel;

/// One row that speaks of a commune or of a part of it.
#[derive(Debug, Clone)]
pub struct Part {
    /// The code it was written under.
    pub code: CommuneCode,
    /// What it says.
    pub value: Reading,
    /// Its weight, when the source gives one.
    pub weight: Option<f64>,
    /// Physical line.
    pub line: u32,
}

/// A remark on how a reading was made: line, code and sentence.
pub type Doubt = (u32, Code, String);

/// Less than this share of the weight known is not the commune's value.
const LEAST_KNOWN: f64 = 0.5;

/// Settles on one reading. A city is never added to its own arrondissements, nor a commune to itself under its code of
/// before: there its own row is the answer. A commune nouvelle is the mean of the communes it was made of.
#[must_use]
pub fn settle(
    parts: &[Part],
    ordinal: CommuneIx,
    level: IndicatorLevel,
    reference: &Reference,
) -> (Reading, Option<Doubt>) {
    let commune = &reference.communes[ordinal];
    let own = parts.iter().find(|part| part.code == commune.code);
    let whole = |part: &Part| {
        let kind = reference.places.alias(part.code).map(|alias| alias.kind.as_str());
        matches!(kind, Some("arrondissement" | "recoded"))
    };
    if level == IndicatorLevel::Commune
        && let Some(own) = own
    {
        let mut others = parts.iter().filter(|part| part.code != commune.code).peekable();
        if others.peek().is_none() {
            return (own.value, None);
        }
        if others.all(whole) {
            let reason = format!(
                "{} has a row of its own, which is used, and rows of its parts; those of arrondissements are theirs",
                commune.name
            );
            return (own.value, Some((own.line, Code::CountedTwice, reason)));
        }
    }
    if let [only] = parts {
        return (only.value, None);
    }
    let Some(weights) = weights(parts, ordinal, reference) else {
        let reason = format!("nothing says how many people the {} parts of {} have", parts.len(), commune.name);
        return (Reading::Missing, Some((parts[0].line, Code::Vintage, reason)));
    };
    (mean(parts, &weights), None)
}

/// Communes without a past from which a table's usual weight can be told.
const ENOUGH_ROWS: usize = 100;

/// What the rows of a table weigh for each inhabitant, in the middle of the communes that no other ever joined; `None` when it gives no
/// weights, or too few.
pub fn usual_weight<'a>(rows: impl Iterator<Item = (CommuneIx, &'a [Part])>, reference: &Reference) -> Option<f64> {
    let rates = rows.filter_map(|(ordinal, parts)| {
        let [only] = parts else { return None };
        let commune = &reference.communes[ordinal];
        let alone = only.code == commune.code && !reference.former_populations.contains_key(&only.code);
        let (weight, persons) = (only.weight?, f64::from(commune.population?.0));
        (alone && weight > 0.0 && persons > 0.0).then(|| weight / persons)
    });
    let mut rates: Vec<f64> = rates.collect();
    rates.sort_unstable_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().filter(|_| rates.len() >= ENOUGH_ROWS)
}

/// Whether the one row of a commune nouvelle is that of the commune whose code it took, and which is less than half of it: its weight
/// fits the one and not the other. A file older than a merger does not say so.
#[must_use]
pub fn is_of_a_part(parts: &[Part], ordinal: CommuneIx, usual: Option<f64>, reference: &Reference) -> bool {
    let commune = &reference.communes[ordinal];
    let [only] = parts else { return false };
    let before = reference.former_populations.get(&only.code).copied().map(f64::from);
    let (Some(usual), Some(weight), Some(before), Some(persons)) =
        (usual, only.weight, before, commune.population.map(|persons| f64::from(persons.0)))
    else {
        return false;
    };
    let misses = |persons: f64| (weight / (usual * persons)).ln().abs();
    only.code == commune.code && before < persons * LEAST_KNOWN && weight > 0.0 && misses(before) < misses(persons)
}

/// The readings of the arrondissements among some parts, each under its own code: its row, or the mean of its IRIS.
pub fn of_districts(parts: &[Part], reference: &Reference) -> Vec<(CommuneCode, Reading)> {
    let known = |part: &Part| reference.districts.by_code(part.code).is_some();
    let of_one = |parts: &[Part]| {
        // Parts of which the source does not say how many people they have count alike.
        let weights = || parts.iter().map(|part| part.weight.unwrap_or(1.0)).collect::<Vec<_>>();
        let reading = if let [only] = parts { only.value } else { mean(parts, &weights()) };
        (parts[0].code, reading)
    };
    parts.chunk_by(|a, b| a.code == b.code).filter(|parts| known(&parts[0])).map(of_one).collect()
}

/// The weighted mean of those that have a value, if they are half of the weight.
fn mean(parts: &[Part], weights: &[f64]) -> Reading {
    let total: f64 = weights.iter().sum();
    let pairs = parts.iter().zip(weights).filter_map(|(part, weight)| Some((part.value.value()?, *weight)));
    let (sum, known) = pairs.fold((0.0, 0.0), |(sum, known), (value, weight)| (sum + value * weight, known + weight));
    if known > 0.0 && known >= total * LEAST_KNOWN {
        return Reading::Known(sum / known);
    }
    let withheld = parts.iter().any(|part| part.value == Reading::Suppressed);
    if withheld { Reading::Suppressed } else { Reading::Missing }
}

/// The weights of the parts: the source's, else populations. A part whose population nobody published shares what
/// remains of the commune's with the others like it.
fn weights(parts: &[Part], ordinal: CommuneIx, reference: &Reference) -> Option<Vec<f64>> {
    let given: Option<Vec<f64>> = parts.iter().map(|part| part.weight).collect();
    if let Some(given) = given.filter(|weights| weights.iter().sum::<f64>() > 0.0) {
        return Some(given);
    }
    // A source that weighs some parts and withholds others: the others count by what the known ones weigh a person.
    let persons = populations(parts, ordinal, reference);
    let (mut weight, mut of) = (0.0, 0.0);
    for (part, persons) in parts.iter().zip(persons.iter().flatten()) {
        if let Some(known) = part.weight {
            weight += known;
            of += persons;
        }
    }
    let persons = persons?;
    let rate = if weight > 0.0 && of > 0.0 { weight / of } else { 1.0 };
    Some(
        parts
            .iter()
            .zip(persons)
            .map(|(part, persons)| part.weight.filter(|_| weight > 0.0).unwrap_or(persons * rate))
            .collect(),
    )
}

fn populations(parts: &[Part], ordinal: CommuneIx, reference: &Reference) -> Option<Vec<f64>> {
    let commune = &reference.communes[ordinal];
    let of_district = |code| Some(reference.districts.all()[reference.districts.by_code(code)?].population?.0);
    let persons = |code| reference.former_populations.get(&code).copied().or_else(|| of_district(code));
    let known: Vec<Option<f64>> = parts.iter().map(|part| persons(part.code).map(f64::from)).collect();
    let unknown = known.iter().filter(|persons| persons.is_none()).count();
    let sum: f64 = known.iter().flatten().sum();
    let rest = commune.population.map_or(0.0, |persons| f64::from(persons.0)) - sum;
    if unknown > 0 && rest <= 0.0 || unknown == 0 && sum <= 0.0 {
        return None;
    }
    Some(known.into_iter().map(|persons| persons.unwrap_or(rest / unknown as f64)).collect())
}
