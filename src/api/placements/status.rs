//! A job as JSON: where it stands, how close value and bound have come, and the answer once there is one.

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::http::State;
use crate::http::problem::Problem;
use crate::planning::Foreseen;
use crate::searches::Placement;
use crate::searches::job::{Moment, Stage};
use crate::searches::report;
use crate::searches::solve::Solved;
use crate::tables::format::Format;
use crate::tables::table::rounded;

/// Where a job stands; once it is done, the answer too. To who has just asked, the key to withdraw the question by.
///
/// # Errors
/// 500 when the answer cannot be written, which no data makes happen.
pub fn status(job: &Placement, state: &State, base: &str, key: Option<&str>) -> Result<Vec<u8>, Problem> {
    let stage = job.stage();
    let mut out = Map::new();
    out.insert("id".into(), job.id.as_str().into());
    out.insert("status".into(), stage.name().into());
    out.insert("edition".into(), job.edition.as_str().into());
    if let Some(key) = key {
        out.insert("key".into(), key.into());
    }
    out.insert("progress".into(), progress(&job.moments()));
    out.insert("links".into(), links(job, &stage, base));
    if let Stage::Failed(problem) = &stage {
        out.insert("problem".into(), problem.to_json());
    }
    let Stage::Done(solved) = &stage else { return Ok(Value::Object(out).to_string().into_bytes()) };
    out.insert("certificate".into(), certificate(solved, state));
    out.insert("foreseen".into(), solved.answer.foreseen.map_or(Value::Null, |found| foreseen(&found)));
    let written = report::report(&state.atlas, solved).write(state, Format::Json)?;
    let answer = String::from_utf8(written.body).ok().and_then(|text| RawValue::from_string(text).ok());
    let answer = answer.expect("a report writes JSON");
    let mut body = Value::Object(out).to_string().into_bytes();
    body.pop(); // The brace that closes it: one member more.
    body.extend_from_slice(br#","answer":"#);
    body.extend_from_slice(answer.get().as_bytes());
    body.push(b'}');
    Ok(body)
}

/// Value, bound, gap, and the points of the two curves, as `[seconds, value, bound]`. Nothing before the first round.
fn progress(moments: &[Moment]) -> Value {
    let Some(last) = moments.last() else { return Value::Null };
    let points: Vec<[f64; 3]> =
        moments.iter().map(|m| [rounded(m.seconds, 3), rounded(m.value, 3), rounded(m.bound, 3)]).collect();
    json!({
        "value": rounded(last.value, 3), "bound": rounded(last.bound, 3), "gap_percent": last.gap_percent.map(|percent| rounded(percent, 4)),
        "rounds": last.rounds, "seconds": rounded(last.seconds, 3), "points": points,
    })
}

fn links(job: &Placement, stage: &Stage<Solved>, base: &str) -> Value {
    let here = format!("{base}/api/placements/{}", job.id);
    let mut links = json!({ "self": here });
    if matches!(stage, Stage::Done(_)) {
        for format in ["geojson", "csv", "csv-fr", "xlsx", "docx"] {
            links[format] = format!("{here}?format={format}").into();
        }
        links["plan"] = format!("{here}/plan.json").into();
    }
    links
}

/// Why the answer is trivial, as was known without a search.
fn foreseen(found: &Foreseen) -> Value {
    json!({
        "saturation": found.saturation.name(), "persons": found.persons, "covered_now": found.covered_now,
        "covered_at_most": found.covered_at_most, "candidates": found.candidates, "enough_posts": found.enough_posts,
        "enough_eur": found.enough_eur,
    })
}

/// What makes the plan believable: the bound, and all that it takes to find and to check it again.
fn certificate(solved: &Solved, state: &State) -> Value {
    let summary = &solved.answer.summary;
    json!({
        "measure": summary.measure.name(), "value": rounded(summary.value, 6), "bound": rounded(summary.bound, 6),
        "gap_percent": summary.gap_percent.map(|percent| rounded(percent, 4)), "status": summary.status.name(),
        "shortfall_persons": rounded(summary.shortfall, 3),
        "least_shortfall_persons": rounded(summary.least_shortfall, 3), "stopped": summary.stopped,
        "untold": solved.answer.untold.iter().map(|part| part.name()).collect::<Vec<_>>(),
        "seed": solved.asked.request.seed, "rounds": solved.rounds, "seconds": rounded(solved.seconds, 3),
        "edition": state.atlas.edition().id, "instance": solved.asked.request.fingerprint(&state.atlas.edition().id),
        "request": solved.asked.request.to_json(),
    })
}
