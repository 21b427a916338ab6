//! A number of a territory, or the one of two reasons why there is none.

/// A number, or why there is none. Neither reason is ever a number: not 0, not 180 minutes, not infinity.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Measured {
    /// So much.
    Known(f64),
    /// The person it is about cannot reach any venue: a class of its own, « hors d'atteinte ».
    Unreachable,
    /// Nobody knows.
    #[default]
    Unknown,
}

impl Measured {
    /// The number, if there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unreachable | Self::Unknown => None,
        }
    }

    /// A number by which values can be sorted: what is unreachable lies beyond every number. `None` when unknown. For
    /// sorting only; it is never shown.
    #[must_use]
    pub fn magnitude(self) -> Option<f64> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unreachable => Some(f64::INFINITY),
            Self::Unknown => None,
        }
    }

    /// Reads a quantile of a sample in which infinity stands for what cannot be reached.
    #[must_use]
    pub fn of_quantile(quantile: Option<f64>) -> Self {
        match quantile {
            Some(value) if value.is_finite() => Self::Known(value),
            Some(_) => Self::Unreachable,
            None => Self::Unknown,
        }
    }

    /// The same with so many digits after the mark.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Self {
        let scale = 10_f64.powi(i32::from(decimals));
        match self {
            Self::Known(value) => Self::Known((value * scale).round() / scale),
            other => other,
        }
    }
}

impl From<Option<f64>> for Measured {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }
}

/// Whether the person in the middle reaches a venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReachState {
    /// In some time.
    Reached,
    /// Not at all.
    Unreachable,
    /// Nobody knows where that person is, or how many there are.
    #[default]
    Unknown,
}

impl ReachState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reached, Self::Unreachable, Self::Unknown];

    /// The word in files and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Unreachable => "unreachable",
            Self::Unknown => "unknown",
        }
    }
}
