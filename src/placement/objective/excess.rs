//! The lowest sum of persons × what their way costs beyond what is near, no cost above the one beyond: who is near enough
//! asks for nothing more, and every minute too many counts. Between coverage, which forgets who is left out, and the median,
//! which serves those who are near already.

use super::{ObjectiveKind, Parameter, Shape};

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "excess",
    title: "Le moins de minutes de trop au-delà de ce qui est à portée",
    subject: "le trajet de trop, en moyenne,",
    shape: Shape::Saved,
    usual_minutes: 10,
    takes: &[Parameter::Beyond],
    gain: |objective, cost| objective.beyond.saturating_sub(cost.max(objective.near)),
};
