//! People whose question got no answer: it took too long, it broke, or it could not even be read.

use super::problem::Problem;
use super::state::State;

/// The page that tells them so, as HTML.
#[derive(Debug, Clone, Copy)]
pub struct LostPage(pub fn(&State, &Problem) -> String);
