//! Where one may leave the land, or pass a crest: bridges, tunnels, ferries, passes, and roads on a thread of land.

use crate::access::reach::Mode;
use crate::domain::{Position, Seconds};
use crate::spatial::sphere;

/// What a crossing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrossingKind {
    /// A bridge or a dam with a road.
    Bridge,
    /// A tunnel.
    Tunnel,
    /// A boat, with its wait.
    Ferry,
    /// A mountain pass.
    Pass,
    /// A road that a coarse map does not show: a spit of sand, a causeway, a road through the neighbouring country.
    Road,
}

impl CrossingKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Bridge, Self::Tunnel, Self::Ferry, Self::Pass, Self::Road];

    /// The name in files and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bridge => "bridge",
            Self::Tunnel => "tunnel",
            Self::Ferry => "ferry",
            Self::Pass => "pass",
            Self::Road => "road",
        }
    }

    /// Reads [`CrossingKind::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// Which part of the year a journey is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Season {
    /// All the year: what is closed for a part of it is closed.
    #[default]
    AllYear,
    /// Summer, when passes are open.
    Summer,
}

/// Months of the year in which a crossing is open, both included, 1 for January: `6-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenMonths {
    /// The first.
    pub first: u8,
    /// The last, not before the first.
    pub last: u8,
}

impl OpenMonths {
    /// Reads `6-10`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-')?;
        let months = Self { first: first.parse().ok()?, last: last.parse().ok()? };
        (1 <= months.first && months.first <= months.last && months.last <= 12).then_some(months)
    }
}

impl std::fmt::Display for OpenMonths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

/// A way across water or over a crest, as fast in one direction as in the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossing {
    /// Its name, in French.
    pub name: String,
    /// What it is.
    pub kind: CrossingKind,
    /// One end, on land.
    pub from: Position,
    /// The other end.
    pub to: Position,
    /// From end to end, without the wait.
    pub time: Seconds,
    /// Half the time between two departures; nothing for what is always there.
    pub wait: Seconds,
    /// Who may use it, by mode in the order of [`crate::access::Mode::ALL`].
    pub modes: [bool; 3],
    /// The months in which it is open; `None` for all the year.
    pub months: Option<OpenMonths>,
    /// Where its minutes can be checked.
    pub source: String,
}

impl Crossing {
    /// Whether somebody who travels so, in that season, finds it open.
    #[must_use]
    pub fn open(&self, mode: Mode, season: Season) -> bool {
        self.modes[mode as usize] && (self.months.is_none() || season == Season::Summer)
    }

    /// Whether it takes people on foot, and not all vehicles.
    #[must_use]
    pub fn is_for_walkers(&self) -> bool {
        self.modes[Mode::Walk as usize] && self.modes.contains(&false)
    }

    /// What it takes, the wait included. Its minutes are those of a car, or of the boat: nobody walks or rides over a bridge faster
    /// than over land, where a metre takes `pace` seconds.
    #[must_use]
    pub fn seconds(&self, mode: Mode, pace: f64) -> u32 {
        let carried = mode == Mode::Car || self.kind == CrossingKind::Ferry;
        let least = if carried { 0 } else { (self.metres() * pace).round() as u32 };
        self.time.0.max(least) + self.wait.0
    }

    /// Metres of great circle from end to end.
    #[must_use]
    pub fn metres(&self) -> f64 {
        sphere::great_circle(sphere::chord2(self.from.unit_vector(), self.to.unit_vector())).value()
    }
}
