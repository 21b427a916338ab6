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
    /// The row of an IRIS that is a whole commune, as small ones are: its code ends in 0000.
    pub undivided: bool,
    /// Physical line.
    pub line: u32,
}

/// A remark on how a reading was made: line, code and sentence.
pub type Doubt = (u32, Code, String);

/// Less than this share of the weight known is not the commune's value.
const LEAST_KNOWN: f64 = 0.5;

/// Inhabitants that an IRIS is taken to have where nobody says how many: INSEE drew them for 1,800 to 5,000, and some have
/// grown to 7,000, so that a city of which every IRIS has a value is never taken for half of one.
const OF_ONE_IRIS: f64 = 3_500.0;

/// Communes nouvelles whose town hall moved, and the code with it: under the old one, files of before speak of the whole
/// (Conques-en-Rouergue, Orée d'Anjou, Porte des Pierres Dorées), though it is that of one of its parts today.
const OF_THE_WHOLE: [&str; 3] = ["12076", "49069", "69159"];

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
    if let [only] = parts
        && is_the_whole(only, ordinal, level, reference)
    {
        return (only.value, None);
    }
    let Some(weights) = weights(parts, ordinal, reference) else {
        let reason = format!("nothing says how many people the {} parts of {} have", parts.len(), commune.name);
        return (Reading::Missing, Some((parts[0].line, Code::Vintage, reason)));
    };
    let reading = mean(parts, &weights);
    if reading.value().is_some() && !is_spoken_for(parts, ordinal, level, reference) {
        let rows = parts.iter().filter(|part| part.value.value().is_some()).count();
        let reason = format!(
            "less than half of the inhabitants of {} live in the {rows} parts that have a value; the commune has none",
            commune.name
        );
        return (Reading::Missing, Some((parts[0].line, Code::Vintage, reason)));
    }
    (reading, None)
}

/// Whether one row speaks of the whole commune: under another code of it, or as its only IRIS.
fn is_the_whole(part: &Part, ordinal: CommuneIx, level: IndicatorLevel, reference: &Reference) -> bool {
    let kind = reference.places.alias(part.code).map(|alias| alias.kind.as_str());
    let of_the_whole = part.code == reference.communes[ordinal].code
        || matches!(kind, Some("recoded" | "former-name"))
        || OF_THE_WHOLE.contains(&part.code.as_str());
    of_the_whole && (level == IndicatorLevel::Commune || part.undivided)
}

/// Whether the parts that have a value are half of the commune at least, those counted that the file does not name.
fn is_spoken_for(parts: &[Part], ordinal: CommuneIx, level: IndicatorLevel, reference: &Reference) -> bool {
    let Some(all) = reference.communes[ordinal].population.map(|persons| f64::from(persons.0)) else { return true };
    // A file that has rows of nobody for the parts counts their inhabitants with the whole.
    let own = parts.iter().any(|part| part.code == reference.communes[ordinal].code && part.value.value().is_some());
    if own && parts.iter().any(|part| part.weight == Some(0.0)) {
        return true;
    }
    let known = parts.iter().filter(|part| part.value.value().is_some());
    known.map(|part| persons(part, ordinal, level, reference)).sum::<f64>() >= all * LEAST_KNOWN
}

/// About how many live in a part: 0 where nobody says.
fn persons(part: &Part, ordinal: CommuneIx, level: IndicatorLevel, reference: &Reference) -> f64 {
    let commune = &reference.communes[ordinal];
    let published = population(part.code, reference);
    let persons = if level == IndicatorLevel::Iris && !part.undivided {
        OF_ONE_IRIS
    } else if let Some(published) = published {
        f64::from(published)
    } else if is_the_whole(part, ordinal, level, reference) {
        // The chef-lieu, of whose own inhabitants nobody tells: what the other parts leave.
        let others = reference.aliases.iter().filter(|alias| alias.commune == commune.code && alias.code != part.code);
        let others: u32 = others.filter_map(|alias| reference.former_populations.get(&alias.code)).sum();
        commune.population.map_or(0.0, |all| f64::from(all.0.saturating_sub(others)))
    } else {
        0.0
    };
    persons.max(part.weight.unwrap_or(0.0))
}

/// The inhabitants of a part of a commune: one that lives on in another, or an arrondissement.
fn population(code: CommuneCode, reference: &Reference) -> Option<u32> {
    let of_district = || Some(reference.districts.all()[reference.districts.by_code(code)?].population?.0);
    reference.former_populations.get(&code).copied().or_else(of_district)
}

/// The readings of the arrondissements among some parts, each under its own code: its row, or the mean of its IRIS.
pub fn of_districts(parts: &[Part], level: IndicatorLevel, reference: &Reference) -> Vec<(CommuneCode, Reading)> {
    let known = |part: &Part| reference.districts.by_code(part.code).is_some();
    let of_one = |parts: &[Part]| {
        // Parts of which the source does not say how many people they have count alike.
        let weights = || parts.iter().map(|part| part.weight.unwrap_or(1.0)).collect::<Vec<_>>();
        let reading = if let [only] = parts { only.value } else { mean(parts, &weights()) };
        let of_some = level == IndicatorLevel::Iris && reading.value().is_some();
        let persons: f64 = parts.iter().map(|part| part.weight.unwrap_or(0.0).max(OF_ONE_IRIS)).sum();
        let all = population(parts[0].code, reference).map_or(0.0, f64::from);
        let told = if of_some && persons < all * LEAST_KNOWN { Reading::Missing } else { reading };
        (parts[0].code, told)
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
    let known: Vec<Option<f64>> = parts.iter().map(|part| population(part.code, reference).map(f64::from)).collect();
    let unknown = known.iter().filter(|persons| persons.is_none()).count();
    let sum: f64 = known.iter().flatten().sum();
    let rest = commune.population.map_or(0.0, |persons| f64::from(persons.0)) - sum;
    if unknown > 0 && rest <= 0.0 || unknown == 0 && sum <= 0.0 {
        return None;
    }
    Some(known.into_iter().map(|persons| persons.unwrap_or(rest / unknown as f64)).collect())
}
