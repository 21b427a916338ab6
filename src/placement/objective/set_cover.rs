//! The fewest posts, or euros, such that a share of all persons is near (partial set covering).

use super::{ObjectiveKind, Parameter, Shape};

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "set-cover",
    title: "Le moins de postes pour une part des personnes",
    subject: "",
    shape: Shape::Spent,
    usual_minutes: 10,
    takes: &[Parameter::Share(0.95)],
    gain: |objective, cost| objective.within(cost),
};
