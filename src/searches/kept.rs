//! Questions, progress and plans as texts that another process reads back: the same question, the same numbers to their last
//! bit, the same plan. A plan is kept as the document that proves it, and is checked against the edition when it is read.

use std::fmt::Display;
use std::str::FromStr;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::asked::Asked;
use super::job::Moment;
use super::solve::Solved;
use crate::atlas::Atlas;
use crate::planning::{Alternative, Alternatives, Document, Part, Variant, field_named};

/// A question as names and texts.
#[must_use]
pub fn question(asked: &Asked) -> String {
    json!(asked.pairs()).to_string()
}

/// Reads it back.
///
/// # Errors
/// When it is no question, which a program of another version may have written.
pub fn read_question(atlas: &Atlas, text: &str) -> Result<Asked, String> {
    let pairs: Vec<(String, String)> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Asked::of_pairs(atlas, pairs).map_err(|error| error.to_string())
}

/// The points of the curves, one a line: seconds, value, bound, gap, rounds.
#[must_use]
pub fn moments(moments: &[Moment]) -> String {
    let line = |moment: &Moment| {
        let Moment { seconds, value, bound, gap_percent, rounds } = moment;
        format!("{seconds} {value} {bound} {} {rounds}\n", perhaps(gap_percent.as_ref()))
    };
    moments.iter().map(line).collect()
}

/// Reads them back; a line that is none is left out.
#[must_use]
pub fn read_moments(text: &str) -> Vec<Moment> {
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let [seconds, value, bound, gap_percent, rounds] = words.as_slice() else { return None };
        Some(Moment {
            seconds: seconds.parse().ok()?,
            value: value.parse().ok()?,
            bound: bound.parse().ok()?,
            gap_percent: read_perhaps(gap_percent).ok()?,
            rounds: rounds.parse().ok()?,
        })
    };
    text.lines().filter_map(line).collect()
}

/// A plan and all that is said of it.
#[must_use]
pub fn plan(solved: &Solved) -> String {
    let variant = |variant: &Variant| {
        let Variant { field, value, overlap, posts, covered } = variant;
        json!([field, value, overlap.to_string(), posts, covered])
    };
    let alternative = |plan: &Alternative| {
        let Alternative { posts, cost_eur, covered, value, gap_percent, difference, gone, come } = plan;
        let gap = perhaps(gap_percent.as_ref());
        json!([posts, cost_eur, covered, value.to_string(), gap, difference.to_string(), gone, come])
    };
    json!({
        "document": solved.document,
        "seconds": solved.seconds.to_string(),
        "rounds": solved.rounds,
        "variants": solved.variants.iter().map(variant).collect::<Vec<_>>(),
        "core": solved.alternatives.core,
        "untold": solved.answer.untold.iter().map(|part| part.name()).collect::<Vec<_>>(),
        "alternatives": solved.alternatives.plans.iter().map(alternative).collect::<Vec<_>>(),
    })
    .to_string()
}

/// Reads it back, and works out again what it means.
///
/// # Errors
/// When it is no plan, or does not follow from question and edition.
pub fn read_plan(atlas: &Atlas, asked: Asked, text: &str) -> Result<Solved, String> {
    let kept: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let document = kept["document"].as_str().ok_or("no document")?.to_owned();
    let (study, plan) = Document::from_json(&document)
        .and_then(|document| document.verify(atlas))
        .map_err(|fault| fault.to_string())?;
    if *study.request() != asked.request {
        return Err("its document answers another question".to_owned());
    }
    let rows = |name: &str| kept[name].as_array().map_or(&[][..], Vec::as_slice);
    let variants: Option<Vec<Variant>> = rows("variants").iter().map(read_variant).collect();
    let plans: Option<Vec<Alternative>> = rows("alternatives").iter().map(read_alternative).collect();
    let read = || -> Option<(f64, u32, Vec<Variant>, Alternatives)> {
        let core = serde_json::from_value(kept["core"].clone()).ok()?;
        let rounds = u32::try_from(kept["rounds"].as_u64()?).ok()?;
        Some((number(&kept["seconds"])?, rounds, variants?, Alternatives { core, plans: plans? }))
    };
    let (seconds, rounds, variants, alternatives) = read().ok_or("what stands beside the document is damaged")?;
    let digest = format!("{:x}", Sha256::digest(&document));
    // What the search had no time to say, nobody says of its plan: one address, one answer.
    let named = |part: &Value| part.as_str().and_then(Part::from_name);
    let untold: Option<Vec<Part>> = rows("untold").iter().map(named).collect();
    let untold = untold.ok_or("what it leaves out is damaged")?;
    let mut answer = study.answer_in(&plan, &mut |part| !untold.contains(&part));
    answer.untold = untold;
    let existing = study.existing();
    Ok(Solved { asked, answer, existing, variants, alternatives, document, digest, seconds, rounds })
}

fn read_variant(row: &Value) -> Option<Variant> {
    Some(Variant {
        field: field_named(row[0].as_str()?)?.name,
        value: row[1].as_str()?.to_owned(),
        overlap: number(&row[2])?,
        posts: row[3].as_u64()?,
        covered: row[4].as_u64()?,
    })
}

fn read_alternative(row: &Value) -> Option<Alternative> {
    let named = |at: usize| serde_json::from_value(row[at].clone()).ok();
    Some(Alternative {
        posts: row[0].as_u64()?,
        cost_eur: row[1].as_u64()?,
        covered: row[2].as_u64()?,
        value: number(&row[3])?,
        gap_percent: read_perhaps(row[4].as_str()?).ok()?,
        difference: number(&row[5])?,
        gone: named(6)?,
        come: named(7)?,
    })
}

/// A number as text: the shortest that reads back to the same one.
fn number(value: &Value) -> Option<f64> {
    value.as_str()?.parse().ok()
}

fn perhaps(value: Option<&impl Display>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

/// Reads it back.
///
/// # Errors
/// When it is neither a number nor the sign for none.
fn read_perhaps<T: FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    if text == "-" { Ok(None) } else { text.parse().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_reads_back_to_the_last_bit() {
        let moment = |seconds, gap_percent| Moment { seconds, value: 0.1 + 0.2, bound: 1e300, gap_percent, rounds: 7 };
        let some = [moment(1.0 / 3.0, Some(99.000_000_000_000_01)), moment(f64::INFINITY, None)];
        assert_eq!(read_moments(&moments(&some)), some);
        assert_eq!(read_moments("1 2 3\nno\n"), []);
    }
}
