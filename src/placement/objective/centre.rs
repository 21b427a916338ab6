//! The lowest cost of the person who is worst off (p-centre). A person out of reach of all posts costs what is near.

use super::{ObjectiveKind, Shape};

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "centre",
    title: "Raccourcir le plus long des trajets",
    subject: "le plus long trajet",
    shape: Shape::Worst,
    usual_minutes: 60,
    takes: &[],
    gain: |objective, cost| objective.near.saturating_sub(cost),
};
