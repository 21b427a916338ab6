//! What is wished, in texts: an objective by its name, and the numbers that it takes.

use super::error::RequestError;
use super::given::{Given, LEVELS, spelled};
use super::request::{Area, Goal, Reach};
use crate::domain::Level;
use crate::placement::{KINDS, ObjectiveKind};

/// The objective that was named; coverage unless told.
pub(super) fn kind(given: &Given) -> Result<&'static ObjectiveKind, RequestError> {
    let Some(name) = given.text("objective") else { return Ok(KINDS[0]) };
    ObjectiveKind::named(name).ok_or_else(|| {
        let names = KINDS.map(|kind| kind.name).join(", ");
        RequestError::new("objective", name, format!("expected one of {names}"))
    })
}

/// The territories that are compared inside one, unless told: those below it, where the usual ones are not. Alone, a territory
/// would be compared with nothing.
#[must_use]
pub fn compared_level(usual: Level, inside: Option<Level>) -> Level {
    match (inside, usual) {
        (Some(Level::Region), Level::Region) => Level::Departement,
        (Some(Level::Departement), Level::Region | Level::Departement) => Level::Epci,
        (Some(Level::Epci | Level::Commune), _) => Level::Commune,
        (_, usual) => usual,
    }
}

pub(super) fn goal(
    given: &Given,
    kind: &'static ObjectiveKind,
    reach: Reach,
    territory: &Area,
) -> Result<Goal, RequestError> {
    let share: Option<f64> = given.number("share", 0.0, 1.0)?;
    if share == Some(0.0) {
        return Err(RequestError::new("share", 0, "expected a number above 0 and at most 1"));
    }
    let level = given.one_of("level", LEVELS)?;
    only_with(given, kind, "share", |kind| kind.usual_share().is_some())?;
    only_with(given, kind, "level", |kind| kind.usual_level().is_some())?;
    only_with(given, kind, "hours_per_post", ObjectiveKind::takes_room)?;
    only_with(given, kind, "hours_per_person", ObjectiveKind::takes_room)?;
    only_with(given, kind, "none_km", ObjectiveKind::takes_beyond)?;
    only_with(given, kind, "none_minutes", ObjectiveKind::takes_beyond)?;
    let in_km = matches!(reach, Reach::Radius { .. });
    given.only_with("none_km", in_km, "with radius_km")?;
    given.only_with("none_minutes", !in_km, "with minutes")?;
    let usual = Goal::of(kind, reach);
    Ok(Goal {
        kind,
        beyond: beyond(given, reach)?.unwrap_or(usual.beyond),
        share: share.unwrap_or(usual.share),
        level: level.unwrap_or_else(|| {
            let inside = match territory {
                Area::Territory { level, .. } => Some(*level),
                Area::Nation | Area::Polygon(_) => None,
            };
            compared_level(usual.level, inside)
        }),
        hours_per_post: given.number("hours_per_post", 1.0, 1e6)?.unwrap_or(usual.hours_per_post),
        hours_per_person: given.number("hours_per_person", 0.01, 1e6)?.unwrap_or(usual.hours_per_person),
    })
}

/// Refuses a number that the objective does not take, and names those that do.
fn only_with(
    given: &Given,
    kind: &ObjectiveKind,
    field: &'static str,
    takes: impl Fn(&ObjectiveKind) -> bool,
) -> Result<(), RequestError> {
    let those = KINDS.into_iter().filter(|kind| takes(kind)).map(|kind| format!("objective={}", kind.name));
    given.only_with(field, takes(kind), &format!("with {}", those.collect::<Vec<_>>().join(" or ")))
}

/// Where nothing more is gained, in the unit of the reach.
fn beyond(given: &Given, reach: Reach) -> Result<Option<u32>, RequestError> {
    let (field, beyond) = match reach {
        Reach::Radius { .. } => {
            let km: Option<f64> = given.number("none_km", 0.1, 500.0)?;
            ("none_km", km.map(|km| (km * 1_000.0).round() as u32))
        }
        Reach::Minutes { .. } => {
            let minutes: Option<u32> = given.number("none_minutes", 1, 240)?;
            ("none_minutes", minutes.map(|minutes| minutes * 60))
        }
    };
    match beyond {
        Some(beyond) if beyond <= reach.cost() => {
            let text = given.text(field).unwrap_or("");
            Err(RequestError::new(field, text, "expected more than what is near: gains fall with the way"))
        }
        beyond => Ok(beyond),
    }
}

pub(super) fn goal_pairs(goal: Goal, reach: Reach) -> Vec<(&'static str, String)> {
    let kind = goal.kind;
    let mut pairs = vec![("objective", kind.name.to_owned())];
    if kind.takes_beyond() {
        pairs.push(match reach {
            Reach::Radius { .. } => ("none_km", km(goal.beyond)),
            Reach::Minutes { .. } => ("none_minutes", (goal.beyond / 60).to_string()),
        });
    }
    if kind.takes_room() {
        pairs.push(("hours_per_post", goal.hours_per_post.to_string()));
        pairs.push(("hours_per_person", goal.hours_per_person.to_string()));
    }
    pairs.extend(kind.usual_share().map(|_| ("share", goal.share.to_string())));
    pairs.extend(kind.usual_level().map(|_| ("level", spelled(LEVELS, &goal.level).to_owned())));
    pairs
}

/// Metres as kilometres.
pub(super) fn km(metres: u32) -> String {
    (f64::from(metres) / 1_000.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_territory_is_never_compared_with_itself_alone() {
        let below = |inside| compared_level(Level::Departement, inside);
        assert_eq!(below(None), Level::Departement);
        assert_eq!(below(Some(Level::Region)), Level::Departement);
        assert_eq!(below(Some(Level::Departement)), Level::Epci);
        assert_eq!(below(Some(Level::Epci)), Level::Commune);
        assert_eq!(compared_level(Level::Epci, Some(Level::Departement)), Level::Epci);
    }
}
