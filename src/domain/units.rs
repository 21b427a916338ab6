//! Units: one thin type each, so that metres are never added to minutes.

/// Beyond so many metres nothing is near: nobody goes there for an hour of help. Page, API and files say so alike.
pub const FAR_M: f64 = 50_000.0;

/// From so many metres on a place is another one, or has moved: less is the noise of geocoding.
pub const MOVED_M: f64 = 100.0;

/// A length in metres.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Metres(f64);

impl Metres {
    /// The length of nothing.
    pub const ZERO: Metres = Metres(0.0);

    /// Wraps a number of metres; `None` unless it is finite and not negative.
    #[must_use]
    pub fn new(metres: f64) -> Option<Self> {
        (metres.is_finite() && metres >= 0.0).then_some(Self(metres))
    }

    /// The number of metres.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A number of inhabitants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Persons(pub u32);

/// A duration in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds(pub u32);

impl Seconds {
    /// A number of whole minutes.
    #[must_use]
    pub const fn from_minutes(minutes: u32) -> Self {
        Self(minutes * 60)
    }

    /// The duration in minutes.
    #[must_use]
    pub fn minutes(self) -> f64 {
        f64::from(self.0) / 60.0
    }
}
