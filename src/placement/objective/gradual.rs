//! The same with a slope: a person counts 1 up to what is near, 0 from the cost beyond on, a straight line between, in
//! thousandths rounded down.

use super::{Objective, ObjectiveKind, Parameter, Shape};

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "gradual",
    title: "Le plus de personnes à portée, les plus proches comptant davantage",
    subject: "",
    shape: Shape::Gained,
    usual_minutes: 10,
    takes: &[Parameter::Beyond],
    gain: slope,
};

/// Parts of a person in which a slope is counted.
const PARTS: u32 = 1_000;

fn slope(objective: &Objective, cost: u32) -> u32 {
    let Objective { near, beyond, .. } = *objective;
    if cost <= near {
        return PARTS;
    }
    let left = u64::from(beyond.saturating_sub(cost)) * u64::from(PARTS);
    (left / u64::from(beyond - near)) as u32
}
