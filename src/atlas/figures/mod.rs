//! Every number of a set of communes, once: what it is made of ([`Basis`]), the numbers ([`Summary`]), and the table that
//! names, defines and rounds them for every page, map, file and answer ([`FIGURES`]).

mod all;
mod basis;
mod district;
mod figure;
mod followed;
mod lookup;
mod measured;
mod need;
mod registry;
mod summary;
#[cfg(test)]
mod tests;

pub use all::AllFigures;
pub use basis::{Basis, LeftOut, known_hours};
pub use figure::{Figure, FigureAt, InWords, Read, Shown, Unit};
pub use followed::{FOLLOWED, Followed, TerritoryKey, above_communes, followed};
pub use lookup::{figures_of, layers};
pub use measured::{Measured, ReachState};
pub use registry::FIGURES;
pub use summary::{Hours, Summary};
