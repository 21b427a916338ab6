//! How densely communes are peopled.

use super::territory::Commune;

/// How densely a commune is peopled, after the thresholds of Eurostat's degree of urbanisation (2021), which INSEE uses.
/// Theirs hold for cells of one square kilometre and their clusters; here for whole communes, which is coarser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Density {
    /// 1,500 residents per km² or more, and 5,000 or more in all: a small bourg in narrow limits is not a city.
    Dense,
    /// From 300 to 1,500.
    Intermediate,
    /// Fewer than 300.
    Sparse,
}

impl Density {
    /// The class of a commune; `None` when its area is unknown or nothing, or its population unknown.
    #[must_use]
    pub fn of(commune: &Commune) -> Option<Self> {
        let density = f64::from(commune.population?.0) / commune.area_km2.filter(|area| *area > 0.0)?;
        Some(match density {
            dense if dense >= 1_500.0 && commune.population?.0 >= 5_000 => Self::Dense,
            some if some >= 300.0 => Self::Intermediate,
            _ => Self::Sparse,
        })
    }
}
