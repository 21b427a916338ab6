//! What is asked of whoever knows addresses that no edition has.

use std::fmt;

use crate::domain::{AddressKind, CommuneCode, Position};

/// An address to be found: what was typed of it, and where it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressAsked {
    /// Number, street, postal code and town, on one line.
    pub text: String,
    /// The one code that all answers have to bear, where there is one: a commune's or an arrondissement's.
    pub code: Option<CommuneCode>,
    /// The one postal code, where there is one.
    pub postcode: Option<String>,
}

/// An address as it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressTold {
    /// The commune or the arrondissement, as the geocoder has it.
    pub code: CommuneCode,
    /// Postal code.
    pub postcode: Option<u32>,
    /// Street or place.
    pub street: String,
    /// The number with what follows it, when the house was found.
    pub number: Option<String>,
    /// Where.
    pub position: Position,
    /// House, street or place; towns are no answer.
    pub kind: AddressKind,
    /// How sure the geocoder is, 0 to 100.
    pub score: u8,
}

/// Finds addresses outside of this machine. Only whoever set the instance up can have chosen that: what a visitor typed leaves it.
pub trait Geocoder: fmt::Debug + Send + Sync {
    /// The likeliest first; none when nothing is known, or nobody answers in time.
    fn find(&self, asked: &AddressAsked) -> Vec<AddressTold>;

    /// Who is asked, for the page that tells visitors: a host.
    fn host(&self) -> &str;
}
