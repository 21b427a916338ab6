//! The orders in which venues are answered, each stated once, for pages, maps and API (docs/adr/0028-order-of-nearest.md).

use super::Found;
use super::useful::{self, SETTING_OUT_M};
use crate::access::Travel;
use crate::atlas::Atlas;
use crate::domain::{Metres, Seconds, VenueIx};

/// In which order venues are answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The one that is reached first, over land and over crossings that are known; those that no known way leads to come last, by
    /// distance, whatever that is.
    #[default]
    Time,
    /// The same, each way made longer by what nobody said: see [`useful::seems`].
    Useful,
    /// As the crow flies, whatever lies between: that of `match`.
    Distance,
}

impl Order {
    /// All of them, as in addresses of the API.
    pub const ALL: [(Order, &'static str); 3] =
        [(Order::Time, "time"), (Order::Useful, "useful"), (Order::Distance, "distance")];

    /// The name in addresses and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(order, _)| *order == self).map_or("", |(_, name)| name)
    }

    /// By what a venue that was found is sorted.
    #[must_use]
    pub fn key(self, atlas: &Atlas, found: &Found<VenueIx>) -> Key {
        let (metres, ordinal) = (found.distance.value(), found.ordinal);
        let (class, weight) = match (self, found.travel) {
            (Self::Distance, _) => (Class::Near, metres),
            (_, Travel::NoWay) => (Class::NoWay, metres),
            (Self::Time, travel) => (Class::Near, travel.time().map_or(metres, |time| f64::from(time.0))),
            (Self::Useful, travel) => {
                let way = if let Travel::Takes { as_far, .. } = travel { as_far } else { found.distance };
                let (is_far, weight) = useful::seems(atlas, ordinal, way);
                (if is_far { Class::Far } else { Class::Near }, weight)
            }
        };
        Key { class, weight, metres, ordinal }
    }

    /// Whether a venue comes before whatever takes at least so long, which is as far as so many metres straight on.
    pub(super) fn is_before(self, key: &Key, (time, as_far): (Seconds, Metres)) -> bool {
        match self {
            Self::Distance => false,
            Self::Time => key.class != Class::NoWay && key.weight < f64::from(time.0),
            // Nothing makes a way shorter than it is.
            Self::Useful => {
                let least = if as_far.value() > useful::FAR_M { Class::Far } else { Class::Near };
                (key.class, key.weight) < (least, as_far.value() + SETTING_OUT_M)
            }
        }
    }
}

/// By what venues are sorted: smaller first; equals by distance, then by id.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Key {
    class: Class,
    weight: f64,
    metres: f64,
    ordinal: VenueIx,
}

impl Key {
    /// The order of two.
    #[must_use]
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.partial_cmp(other).expect("times and distances are finite")
    }
}

/// What comes before what, however long.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Class {
    Near,
    Far,
    NoWay,
}
