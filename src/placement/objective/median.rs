//! The lowest sum of persons × cost to the nearest post, no cost above what is near (p-median, Hakimi 1964).

use super::{ObjectiveKind, Shape};

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "median",
    title: "Le trajet moyen le plus court",
    subject: "le trajet moyen",
    shape: Shape::Saved,
    usual_minutes: 30,
    takes: &[],
    gain: |objective, cost| objective.near.saturating_sub(cost),
};
