//! As many persons as possible near a post that has room for them.

use super::{ObjectiveKind, Parameter, Shape};

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "capacity",
    title: "Le plus de personnes reçues, selon les heures des conseillers",
    subject: "",
    shape: Shape::Served,
    usual_minutes: 10,
    takes: &[Parameter::Room],
    gain: |objective, cost| objective.within(cost),
};
