//! What was said of a key, before anybody asks whether it can be understood.

use super::fault::Origin;
use super::key::Key;

/// What was said of one key, as it was written.
#[derive(Debug, Clone)]
pub struct Said {
    pub(super) key: &'static Key,
    pub(super) texts: Vec<String>,
    pub(super) origin: Origin,
}
