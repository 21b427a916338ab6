//! The best share near a post for the territory that is worst off, then for the next one, and so on (leximin). What is proven is
//! proven of the first; a territory that no site reaches takes no part.

use super::{ObjectiveKind, Parameter, Shape};
use crate::domain::Level;

pub(super) const KIND: ObjectiveKind = ObjectiveKind {
    name: "leximin",
    title: "D'abord les territoires les moins bien servis",
    subject: "",
    shape: Shape::LeastShare,
    usual_minutes: 10,
    takes: &[Parameter::Level(Level::Departement)],
    gain: |objective, cost| objective.within(cost),
};
