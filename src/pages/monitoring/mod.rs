//! `/suivi`: whether the programme reaches people, from the nation to the EPCI; what changed; how not to use all this.

mod annex;
mod changes;
mod drawing;
mod envelope;
mod kept;
mod page;
mod parts;
mod sections;
mod systems;
mod texts;

pub use annex::ENDPOINT as ANNEX;
pub use changes::ENDPOINT as CHANGES;
pub use envelope::ENDPOINT as ENVELOPE;
pub use page::{NATION, TERRITORY};
pub use systems::ENDPOINT as SYSTEMS;
pub use texts::ENDPOINT as CAUTIONS;
