//! How people travel, and how far the nearest place is from them.

use crate::domain::Seconds;

/// How people travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// On foot.
    Walk,
    /// By bicycle.
    Bicycle,
    /// By car.
    Car,
}

impl Mode {
    /// Every mode, the slowest first, in the order of all tables by mode.
    pub const ALL: [Mode; 3] = [Mode::Walk, Mode::Bicycle, Mode::Car];

    /// The name used in addresses: `walk`, `bicycle`, `car`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Mode::Walk => "walk",
            Mode::Bicycle => "bicycle",
            Mode::Car => "car",
        }
    }

    /// Reads [`Mode::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == text)
    }
}

/// The nearest site in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearest {
    /// How long it takes.
    pub time: Seconds,
    /// Ordinal of the site; of several equally near in time, any one, but always the same.
    pub site: u32,
}

/// How far a demand point is from the nearest site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// So far.
    Reached(Nearest),
    /// No site can be reached at all.
    Unreachable,
    /// Nobody knows where the demand point is.
    Unknown,
}

impl Reach {
    /// The nearest site, if there is one.
    #[must_use]
    pub fn nearest(self) -> Option<Nearest> {
        match self {
            Self::Reached(nearest) => Some(nearest),
            Self::Unreachable | Self::Unknown => None,
        }
    }

    /// The time to the nearest site, if there is one: never a stand-in number.
    #[must_use]
    pub fn time(self) -> Option<Seconds> {
        self.nearest().map(|nearest| nearest.time)
    }
}
