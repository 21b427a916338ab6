//! What is wished, in texts.

use super::error::RequestError;
use super::given::{Given, LEVELS, spelled};
use super::request::{Goal, Reach};
use crate::domain::Level;

/// Hours that a post gives in a year: the legal 1,607, of which some two thirds are left for people.
const HOURS_PER_POST: f64 = 1_000.0;
/// Hours that a person needs in a year: a pass numérique pays 10 to 20.
const HOURS_PER_PERSON: f64 = 10.0;

pub(super) fn goal(given: &Given, reach: Reach) -> Result<Goal, RequestError> {
    let name = given.text("objective").unwrap_or("coverage");
    let share = given.number("share", f64::MIN_POSITIVE, 1.0)?;
    let level = given.one_of("level", LEVELS)?;
    given.only_with("share", matches!(name, "set-cover" | "floor"), "with objective=set-cover or objective=floor")?;
    given.only_with("level", matches!(name, "floor" | "leximin"), "with objective=floor or objective=leximin")?;
    for field in ["hours_per_post", "hours_per_person"] {
        given.only_with(field, name == "capacity", "with objective=capacity")?;
    }
    let in_km = matches!(reach, Reach::Radius { .. });
    given.only_with("none_km", name == "gradual" && in_km, "with objective=gradual and radius_km")?;
    given.only_with("none_minutes", name == "gradual" && !in_km, "with objective=gradual and minutes")?;
    Ok(match name {
        "coverage" => Goal::Coverage,
        "gradual" => Goal::Gradual { none: fade(given, reach)? },
        "median" => Goal::Median,
        "centre" => Goal::Centre,
        "set-cover" => Goal::SetCover { share: share.unwrap_or(0.95) },
        "capacity" => Goal::Capacity {
            hours_per_post: given.number("hours_per_post", 1.0, 1e6)?.unwrap_or(HOURS_PER_POST),
            hours_per_person: given.number("hours_per_person", 0.01, 1e6)?.unwrap_or(HOURS_PER_PERSON),
        },
        "floor" => Goal::Floor { share: share.unwrap_or(0.5), level: level.unwrap_or(Level::Epci) },
        "leximin" => Goal::Leximin { level: level.unwrap_or(Level::Departement) },
        other => {
            let message = "expected one of coverage, gradual, median, centre, set-cover, capacity, floor, leximin";
            return Err(RequestError::new("objective", other, message));
        }
    })
}

/// Where a slope reaches 0, in the unit of the reach; twice as far as it begins unless told.
fn fade(given: &Given, reach: Reach) -> Result<u32, RequestError> {
    let (field, full, none) = match reach {
        Reach::Radius { metres } => {
            let km: Option<f64> = given.number("none_km", 0.1, 500.0)?;
            ("none_km", metres, km.map(|km| (km * 1_000.0).round() as u32))
        }
        Reach::Minutes { minutes, .. } => {
            let minutes_none: Option<u32> = given.number("none_minutes", 1, 240)?;
            ("none_minutes", minutes * 60, minutes_none.map(|minutes| minutes * 60))
        }
    };
    match none {
        Some(none) if none <= full => {
            let text = given.text(field).unwrap_or("");
            Err(RequestError::new(field, text, "expected more than what is near: coverage falls with the way"))
        }
        none => Ok(none.unwrap_or(2 * full)),
    }
}

pub(super) fn goal_pairs(goal: Goal, reach: Reach) -> Vec<(&'static str, String)> {
    let level_text = |level: Level| spelled(LEVELS, &level).to_owned();
    let (name, others) = match goal {
        Goal::Coverage => ("coverage", vec![]),
        Goal::Gradual { none } => {
            let none = match reach {
                Reach::Radius { .. } => ("none_km", km(none)),
                Reach::Minutes { .. } => ("none_minutes", (none / 60).to_string()),
            };
            ("gradual", vec![none])
        }
        Goal::Median => ("median", vec![]),
        Goal::Centre => ("centre", vec![]),
        Goal::SetCover { share } => ("set-cover", vec![("share", share.to_string())]),
        Goal::Capacity { hours_per_post, hours_per_person } => (
            "capacity",
            vec![("hours_per_post", hours_per_post.to_string()), ("hours_per_person", hours_per_person.to_string())],
        ),
        Goal::Floor { share, level } => ("floor", vec![("share", share.to_string()), ("level", level_text(level))]),
        Goal::Leximin { level } => ("leximin", vec![("level", level_text(level))]),
    };
    let mut pairs = vec![("objective", name.to_owned())];
    pairs.extend(others);
    pairs
}

/// Metres as kilometres.
pub(super) fn km(metres: u32) -> String {
    (f64::from(metres) / 1_000.0).to_string()
}
