//! A cell of a grid in which people live: where inside a commune its inhabitants are.

use super::position::Position;
use super::territory::CommuneCode;
use super::units::Metres;

/// One square of a statistical grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Id in its grid, unique in the edition.
    pub id: String,
    /// Current commune of its inhabitants.
    pub commune: CommuneCode,
    /// Its centre.
    pub centre: Position,
    /// Length of its sides.
    pub side: Metres,
    /// Inhabitants; a statistical estimate, so not always a whole number.
    pub inhabitants: f64,
    /// Id of the source.
    pub source: String,
}
