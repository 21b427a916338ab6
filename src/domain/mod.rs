//! The hearth: positions, territories, venues, and the rules about them. No I/O, no clock, no serialisation.

pub mod cell;
pub mod declaration;
pub mod density;
pub mod equity;
pub mod errand;
pub mod guidance;
pub mod hours;
pub mod indicator;
pub mod label;
pub mod liaison;
pub mod location;
mod mainland;
pub mod need;
pub mod person;
pub mod phone;
pub mod position;
pub mod rank;
pub mod readable;
pub mod served;
pub mod standard;
pub mod street;
pub mod territory;
pub mod text;
pub mod units;
pub mod unnamed;
pub mod venue;
pub mod venue_field;
pub mod vocabulary;

pub use cell::{Cell, CellSource};
pub use declaration::{Declaration, Measure};
pub use density::Density;
pub use guidance::{CallPrice, HelpNeed, Reader, RemoteChannel, Resource};
pub use indicator::{Indicator, Reading, Worse};
pub use label::{Label, Withheld};
pub use phone::Phone;
pub use position::{Degrees, Position, PositionError};
pub use rank::{CandidateIx, CommuneIx, DistrictIx, PointIx, SiteIx, VenueIx};
pub use territory::{Commune, CommuneAlias, CommuneCode, District, Level, Territory};
pub use units::{Metres, Persons, Seconds};
pub use venue::{
    AddressFound, AddressKind, Candidate, Flag, Hours, Hub, Location, Part, PastVenue, Post, Provenance, Repair, Venue,
};
