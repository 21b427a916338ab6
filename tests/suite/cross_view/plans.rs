//! What a plan and a what-if say of a territory as it is today.

use std::ops::ControlFlow;

use mediane::atlas::Atlas;
use mediane::placement::Threads;
use mediane::planning::{Request, Study};
use serde_json::Value;

use super::views::{Client, Figures, flat};

/// The figures that a plan of one post for the persons within 15 minutes states of its territory before that post; `None`
/// where there is no such plan: nobody counts, or no candidate is near anybody.
pub fn plan(atlas: &Atlas, path: &str, denominator: &str) -> Option<Figures> {
    let fields = [
        ("territory", path),
        ("denominator", denominator),
        ("existing", "venues"),
        ("mode", "car"),
        ("minutes", "15"),
        ("posts", "1"),
        ("rounds", "1"),
    ];
    let fields: Vec<(String, String)> = fields.map(|(name, value)| (name.into(), value.into())).into();
    let study = Study::new(atlas, &Request::from_pairs(&fields).unwrap()).ok()?;
    let plan = study.solve(Threads::One, &mut |_| ControlFlow::Continue(()));
    let today = study.answer(&plan).summary;
    let told = [("persons_located", today.persons), ("persons_within_15_min", today.covered_before)];
    Some(told.map(|(name, persons)| (name.to_owned(), Value::from(persons as f64))).into())
}

/// What a what-if says of a territory before anything changes.
pub fn before(client: &Client, path: &str, venue: &str) -> Figures {
    let answer = client.json(&format!("/api/access/what-if?territory={path}&threshold_min=15&close={venue}"));
    let named = |(name, value): (String, Value)| match name.as_str() {
        "persons_within" | "share_within" => (format!("{name}_15_min"), value),
        _ => (name, value),
    };
    flat(&answer["before"]).into_iter().map(named).collect()
}
