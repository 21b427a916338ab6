//! Figures by name, by table, and for lines of several territories.

use std::sync::LazyLock;

use super::figure::{Figure, FigureAt, Read, Shown};
use super::registry::FIGURES;
use crate::access::Threshold;

impl Figure {
    /// The figure with this id.
    ///
    /// ```
    /// use mediane::atlas::figures::Figure;
    /// let figure = Figure::named("persons_in_need").unwrap();
    /// assert!(figure.title.starts_with("Personnes"));
    /// ```
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        FIGURES.iter().find(|figure| figure.id == id)
    }
}

/// Every figure of a table, those that have a threshold at each of some, after the others. `None` is every figure there is.
#[must_use]
pub fn figures_of(table: Option<Shown>, thresholds: &[Threshold]) -> Vec<FigureAt> {
    let wanted = || FIGURES.iter().filter(|figure| table.is_none_or(|table| figure.is_shown(table)));
    let (plain, with): (Vec<&Figure>, Vec<&Figure>) =
        wanted().partition(|figure| matches!(figure.read, Read::Plain(_)));
    let at = thresholds.iter().flat_map(|&at| with.iter().map(move |figure| FigureAt { figure, threshold: Some(at) }));
    plain.into_iter().map(|figure| FigureAt { figure, threshold: None }).chain(at).collect()
}

/// The figures of a line of several territories: OGC features, tiles, maps, children.
#[must_use]
pub fn layers() -> &'static [FigureAt] {
    static LAYERS: LazyLock<Vec<FigureAt>> = LazyLock::new(|| figures_of(Some(Shown::Layer), &[Threshold::USUAL]));
    &LAYERS
}
