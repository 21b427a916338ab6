//! Where inside a commune its inhabitants are: a square of a statistical grid, or of the estimate that divides a commune.

use super::position::Position;
use super::territory::CommuneCode;
use super::units::Metres;

/// One square in which people live.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Current commune of its inhabitants.
    pub commune: CommuneCode,
    /// Where they are on the mean, or its centre.
    pub centre: Position,
    /// Side of a square whose people are, on the mean, as far from its centre as these are.
    pub side: Metres,
    /// Inhabitants; a statistical estimate, so not always a whole number.
    pub inhabitants: f64,
    /// Who says so.
    pub source: CellSource,
}

/// Where the inhabitants of a cell were taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellSource {
    /// Nobody counted them there: our own estimate.
    Estimate,
    /// A grid, by its rank among the grids of the edition.
    Grid(u16),
    /// The same, where the publisher of the grid says that he imputed the number.
    Imputed(u16),
}
