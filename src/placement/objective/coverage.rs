//! As many persons as possible within reach (Church and `ReVelle`, *The maximal covering location problem*, 1974).

use super::{ObjectiveKind, Shape};

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "coverage",
    title: "Le plus de personnes à portée d'un poste",
    subject: "",
    shape: Shape::Gained,
    usual_minutes: 10,
    takes: &[],
    gain: |objective, cost| objective.within(cost),
};
