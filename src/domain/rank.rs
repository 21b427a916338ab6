//! Ranks: which row of which table. A rank of one table is no rank of another, and the compiler knows it:
//!
//! ```compile_fail
//! use mediane::domain::{Commune, CommuneIx, VenueIx};
//! use typed_index_collections::TiSlice;
//! fn name(communes: &TiSlice<CommuneIx, Commune>, venue: VenueIx) -> &str {
//!     &communes[venue].name
//! }
//! ```
//!
//! Tables are `TiVec`s and `TiSlice`s of their rank. A rank holds within one edition, one study or one list only: what is kept or sent
//! is a code or an id.

macro_rules! ranks {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The rank of a row, counted from 0.
            #[must_use]
            pub const fn new(rank: u32) -> Self {
                Self(rank)
            }

            /// The number, for tables that know no ranks.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl From<usize> for $name {
            fn from(rank: usize) -> Self {
                Self(u32::try_from(rank).expect("a table has fewer than four billion rows"))
            }
        }

        impl From<$name> for usize {
            fn from(rank: $name) -> usize {
                rank.0 as usize
            }
        }
    )+};
}

ranks! {
    /// A commune, by its rank in order of code.
    CommuneIx,
    /// An arrondissement of Paris, Lyon or Marseille, by its rank in order of code.
    DistrictIx,
    /// A venue, by its rank in order of id.
    VenueIx,
    /// A candidate host, by its rank in order of id.
    CandidateIx,
    /// A place where people live: the communes in their order, then the cells that some of them have.
    PointIx,
    /// A place that can be reached, or where posts may go, by its rank in the list of whoever asks.
    SiteIx,
}

impl PointIx {
    /// The point of a whole commune: points begin with the communes, in their order.
    #[must_use]
    pub const fn of_commune(commune: CommuneIx) -> Self {
        Self(commune.0)
    }
}

impl SiteIx {
    /// The site that a venue is in the tables of an atlas, whose first sites are its venues.
    #[must_use]
    pub const fn of_venue(venue: VenueIx) -> Self {
        Self(venue.0)
    }
}

impl VenueIx {
    /// The venue that a site of the tables of an atlas is.
    #[must_use]
    pub const fn of_site(site: SiteIx) -> Self {
        Self(site.0)
    }
}
