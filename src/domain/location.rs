//! Where a place is, and how well that is known.

use super::position::Position;

/// Where a venue is, and how well that is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Location {
    /// The published coordinates.
    Published(Position),
    /// The published coordinates after a repair that only one reading allows.
    Repaired(Position, Repair),
    /// No usable coordinates: where its address is in the Base adresse nationale.
    Address(Position, AddressFound),
    /// No usable coordinates: the point of its commune stands in.
    Commune(Position),
    /// Neither coordinates nor commune.
    Unknown,
}

impl Location {
    /// The position to search by, if any.
    #[must_use]
    pub fn position(self) -> Option<Position> {
        match self {
            Self::Published(position)
            | Self::Repaired(position, _)
            | Self::Address(position, _)
            | Self::Commune(position) => Some(position),
            Self::Unknown => None,
        }
    }

    /// The words of [`Location::precision`].
    pub const PRECISIONS: [&str; 5] = ["published", "repaired", "address", "commune", "unknown"];

    /// Name of the variant in tables and answers, one of [`Location::PRECISIONS`].
    #[must_use]
    pub fn precision(self) -> &'static str {
        match self {
            Self::Published(_) => "published",
            Self::Repaired(..) => "repaired",
            Self::Address(..) => "address",
            Self::Commune(_) => "commune",
            Self::Unknown => "unknown",
        }
    }

    /// The position of its own: not that of its commune.
    #[must_use]
    pub fn own(self) -> Option<Position> {
        match self {
            Self::Published(position) | Self::Repaired(position, _) | Self::Address(position, _) => Some(position),
            Self::Commune(_) | Self::Unknown => None,
        }
    }
}

/// What an address was found as in the Base adresse nationale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressFound {
    /// House, street or place.
    pub kind: AddressKind,
    /// How alike the street of the address and that of the base are, 0 to 100.
    pub score: u8,
}

/// How precisely an address was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// The number in the street.
    HouseNumber,
    /// The street; its nearest number, or its middle.
    Street,
    /// A hamlet or another place without numbers.
    Place,
}

impl AddressKind {
    /// Every kind with its name in tables and reports.
    pub const ALL: [(AddressKind, &'static str); 3] =
        [(AddressKind::HouseNumber, "house-number"), (AddressKind::Street, "street"), (AddressKind::Place, "place")];

    /// The name in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// A repair of coordinates. Each is done only when the result falls inside the commune of the venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// Longitude and latitude had traded places.
    SwappedAxes,
    /// The sign of the longitude, the latitude or both had been lost.
    LostSign,
    /// The decimal mark was a comma, or had been lost.
    DecimalMark,
    /// Lambert-93 metres (EPSG:2154).
    Lambert93,
}

impl Repair {
    /// Every repair with its name in tables and reports.
    pub const ALL: [(Repair, &'static str); 4] = [
        (Repair::SwappedAxes, "swapped-axes"),
        (Repair::LostSign, "lost-sign"),
        (Repair::DecimalMark, "decimal-mark"),
        (Repair::Lambert93, "lambert-93"),
    ];

    /// The name in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(repair, _)| *repair == self).map_or("", |(_, name)| name)
    }
}
