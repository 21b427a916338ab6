//! As many persons as possible near a post, and no territory below a share of its own persons.

use super::{ObjectiveKind, Parameter, Shape};
use crate::domain::Level;

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "floor",
    title: "Le plus de personnes, avec un minimum dans chaque territoire",
    subject: "",
    shape: Shape::Floors,
    usual_minutes: 10,
    takes: &[Parameter::Share(0.5), Parameter::Level(Level::Epci)],
    gain: |objective, cost| objective.within(cost),
};
