//! What changed, as JSON.

use serde_json::{Map, Value, json};

use super::Question;
use super::words::{Tally, caution, change, sentence};
use crate::monitoring::comparison::{Comparison, Named};
use crate::monitoring::difference::{Cause, Change, Happened, happened, labels};
use crate::monitoring::picture::Trace;
use crate::tables::figures::asked_about;
use crate::tables::table::written;

/// The whole answer.
#[must_use]
pub fn write(question: &Question, comparison: &Comparison, base: &str) -> Value {
    let tally = Tally::of(comparison);
    let happened: Map<String, Value> = Happened::ALL
        .iter()
        .map(|(what, name, _)| ((*name).to_owned(), tally.happened[*what as usize].into()))
        .collect();
    let (added, removed) = &comparison.lists;
    json!({
        "territory": asked_about(&question.to.atlas, &question.place),
        "territory_was_there": question.was_there,
        "from": edition(&comparison.from),
        "to": edition(&comparison.to),
        "parameters": question.choices.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "sentence": sentence(comparison, &question.place.name),
        "counts": {
            "appeared": tally.appeared, "appeared_with_list": tally.appeared_with_list,
            "disappeared": tally.disappeared, "disappeared_with_list": tally.disappeared_with_list,
            "entered": tally.entered, "left": tally.left, "became": tally.became, "parted": tally.parted,
            "changed": tally.changed, "happened": happened,
        },
        "lists": { "added": added, "removed": removed },
        "need_indicators": comparison.other_indicators.as_ref().map(|(from, to)| json!({ "from": from, "to": to })),
        "figures": figures(comparison),
        "venues": venues(comparison),
        "feed": format!("{base}/api/changes.atom?{}", question.parameters(true)),
    })
}

fn edition(named: &Named) -> Value {
    json!({ "id": named.id, "as_of": named.as_of.map(|day| day.to_string()) })
}

fn figures(comparison: &Comparison) -> Vec<Value> {
    let told = comparison.figures.iter().map(|then| {
        let number = |measured| match written(&then.figure, measured) {
            crate::features::Value::Integer(number) => json!(number),
            crate::features::Value::Number(number) => json!(number),
            _ => Value::Null,
        };
        json!({
            "figure": then.figure.name(), "title": then.figure.title(), "unit": then.figure.figure.unit.name(),
            "before": number(then.before), "after": number(then.after),
            "rise": then.rise().map(|rise| crate::tables::table::rounded(rise, 6)),
            "caution": caution(comparison, then),
        })
    });
    told.collect()
}

fn venues(comparison: &Comparison) -> Vec<Value> {
    let told = comparison.difference.changes.iter().map(|(id, what)| {
        let (kind, before, after) = match what {
            Change::Appeared(after, _) => ("appeared", None, Some(after)),
            Change::Disappeared(before, _) => ("disappeared", Some(before), None),
            Change::Became(before, _) => ("became", Some(before), None),
            Change::Changed(before, after) => ("changed", Some(before), Some(after)),
        };
        let mut told = json!({
            "id": id, "what": kind, "words": change(what), "before": before.map(trace), "after": after.map(trace),
        });
        match what {
            Change::Appeared(_, cause) | Change::Disappeared(_, cause) => told["cause"] = cause_name(*cause).into(),
            Change::Became(_, now) => told["now"] = now.as_str().into(),
            Change::Changed(before, after) => {
                let names = happened(before, after).into_iter().map(|what| name_of(what));
                told["happened"] = names.collect::<Vec<_>>().into();
                let (gained, lost) = labels(before, after);
                told["gained"] = gained.iter().map(|programme| programme.official()).collect::<Vec<_>>().into();
                told["lost"] = lost.iter().map(|programme| programme.official()).collect::<Vec<_>>().into();
            }
        }
        told
    });
    told.collect()
}

fn name_of(what: Happened) -> &'static str {
    Happened::ALL.iter().find(|(known, ..)| *known == what).map_or("", |(_, name, _)| name)
}

fn cause_name(cause: Cause) -> &'static str {
    match cause {
        Cause::Venue => "venue",
        Cause::List => "list",
        Cause::Question => "question",
        Cause::Known => "known",
    }
}

fn trace(trace: &Trace) -> Value {
    json!({
        "name": trace.name, "commune": trace.commune.map(|code| code.to_string()),
        "position": trace.position.map(|at| {
            let round = |degrees: f64| crate::tables::table::rounded(degrees, 6);
            [round(at.lon()), round(at.lat())]
        }),
        "programmes": trace.programmes.iter().map(|programme| programme.official()).collect::<Vec<_>>(),
        "pass_numerique": trace.pass, "receives_public": trace.public, "lists": trace.lists,
    })
}
