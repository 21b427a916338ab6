//! What a planner asks, in the planner's words, and what a plan means for people.
//!
//! [`Request`] is the question as it travels: the flags of the command line, an address, a JSON document. [`Study`] binds
//! it to an atlas and becomes a [`crate::placement::Problem`]; [`Answer`] says what the plan does, [`Document`] is the
//! plan as a file that anybody can check.

mod error;
mod existing;
mod fields;
mod request;

mod given;
mod given_places;
mod goal;
mod json;
mod outline;
mod own_list;
mod read;

mod area;
mod centrality;
mod hosts;
mod instance;
mod people;
mod rounds;
mod sites;
mod study;
mod ways;

mod answer;
mod baselines;
mod by_territory;
mod measure;
mod served;

mod alternatives;
mod any_rounds;
mod closing;
mod comparing;
mod explained;
mod first_post;
mod foreseen;
mod least;
mod route;
mod sensitivity;
mod sides;

mod document;
mod quarters;
mod records;

#[cfg(test)]
mod tests;

pub use crate::access::Mode;
pub use alternatives::{Alternative, Alternatives};
pub use answer::{Answer, Baseline, LeftOut, Measure, Part, Served, SiteAnswer, Status, Step, Summary, Variant};
pub use by_territory::Received;
pub use closing::{ClosedPlace, Closing, ClosingRequest, Hurt, closing};
pub use comparing::{Compared, ComparedTerritory, compare};
pub use document::{Document, DocumentFault};
pub use error::RequestError;
pub use fields::{FIELDS, Field, FieldKind, field_named};
pub use first_post::{FirstPost, first_post};
pub use foreseen::{Foreseen, Saturation, foreseen};
pub(crate) use given_places::area_text;
pub use goal::compared_level;
pub use hosts::{Around, HOST_KINDS, Host, HostKind, Hosting};
pub use least::{Least, Standing as TerritoryStanding};
pub use own_list::{Expected, RowFault, own_list, separator};
pub use records::{Certificate, PlanRecord, PricesRecord, ProofRecord, QuestionRecord, SiteRecord};
pub use request::{
    Area, Candidates, Conventions, DemandKind, Existing, Goal, Limit, ListedSite, Prices, Reach, Request, Rounds,
};
pub use route::Stop;
pub use sides::{NewSite, Side, StandingPlaces};
pub use study::{Standing, Study};
