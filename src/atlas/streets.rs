//! The streets of the edition with their numbers, where files of the Base adresse nationale were at hand: packed commune by
//! commune, since France has 26 million addresses, and read a commune at a time when an address in it is looked up.

mod builder;
mod look;
mod pack;

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use super::Atlas;
use crate::domain::{CommuneCode, Degrees, Position};

pub use builder::{Builder, OfStreet};
pub use look::{Asked, HouseFound};
pub use pack::House;

/// Where the packed streets of communes are kept: in memory while an edition is made, on disk once it is.
pub trait Shelf: Debug + Send + Sync {
    /// The streets of the commune of this rank, packed; `None` when they cannot be read.
    fn packed(&self, rank: usize) -> Option<Cow<'_, [u8]>>;
}

impl Shelf for Vec<Vec<u8>> {
    fn packed(&self, rank: usize) -> Option<Cow<'_, [u8]>> {
        self.get(rank).map(|bytes| Cow::Borrowed(bytes.as_slice()))
    }
}

/// The streets of an edition; empty where no file of addresses was read.
#[derive(Debug, Clone)]
pub struct Streets {
    /// Ascending by commune of today.
    communes: Vec<InCommune>,
    shelf: Arc<dyn Shelf>,
}

/// How many streets a commune has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InCommune {
    /// Commune of today.
    pub commune: CommuneCode,
    /// Streets and places.
    pub streets: u32,
}

/// One street, as it is written and read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Street<'s> {
    /// The code that the base files it under, when it is not that of the commune of today: an arrondissement, a commune of
    /// before a merger.
    pub part: Option<CommuneCode>,
    /// Postal code, when known.
    pub postcode: Option<u32>,
    /// Name, as in the base.
    pub name: &'s str,
    /// Its words as they are compared, joined by spaces.
    pub words: &'s str,
    /// Hundred-thousandths of a degree, about a metre, longitude first: of its middle, and where its houses are counted from.
    pub at: [i32; 2],
    /// Its houses, packed.
    pub houses: &'s [u8],
    /// A hamlet or another place without numbers.
    pub is_place: bool,
}

/// The streets of one commune, packed.
#[derive(Debug)]
pub struct Packed<'s>(Cow<'s, [u8]>);

impl Packed<'_> {
    /// As bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// One by one; those after damaged bytes are left out.
    pub fn streets(&self) -> impl Iterator<Item = Street<'_>> {
        pack::streets(&self.0)
    }
}

impl Atlas {
    /// The streets of the edition; none where no file of addresses was read.
    #[must_use]
    pub fn streets(&self) -> &Streets {
        &self.streets
    }
}

impl Default for Streets {
    fn default() -> Self {
        Self { communes: Vec::new(), shelf: Arc::new(Vec::new()) }
    }
}

impl Streets {
    /// Streets kept on a shelf, of communes in ascending order.
    #[must_use]
    pub fn new(communes: Vec<InCommune>, shelf: Arc<dyn Shelf>) -> Self {
        Self { communes, shelf }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.communes.is_empty()
    }

    /// The communes whose streets are known.
    #[must_use]
    pub fn communes(&self) -> &[InCommune] {
        &self.communes
    }

    /// The streets of a commune; `None` when they are not known, or cannot be read.
    #[must_use]
    pub fn of(&self, commune: CommuneCode) -> Option<Packed<'_>> {
        let rank = self.communes.binary_search_by_key(&commune, |known| known.commune).ok()?;
        self.shelf.packed(rank).map(Packed)
    }
}

/// A position of hundred-thousandths of a degree, if it is one.
fn position([lon, lat]: [i32; 2]) -> Option<Position> {
    Position::new(Degrees { lon: f64::from(lon) / SCALE, lat: f64::from(lat) / SCALE }).ok()
}

/// How many units a degree has.
const SCALE: f64 = 100_000.0;
