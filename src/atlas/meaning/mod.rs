//! What somebody meant who typed a place: the readings of a text, the most likely first, and what must be said of them.
//!
//! A text is never read silently in one way when another was likely: whoever shows the first reading shows the others too.

mod address;
mod bodies;
mod cedex;
mod codes;
mod elsewhere;
mod everyday;
mod house;
mod index;
mod intercommunal;
mod intercommunal_key;
mod islands;
mod kinds;
mod names;
mod phrase;
mod quarters;
mod suggest;
mod territory;
pub mod typed;
mod venues;
mod villages;
mod words;

use crate::domain::{CommuneIx, Level, VenueIx};

use super::Atlas;
use super::places::arrondissements::Arrondissement;
use super::streets::HouseFound;

pub use elsewhere::{placed_elsewhere, unplaced};
pub use index::Index;
use phrase::Phrase;
pub use suggest::{island_of, suggest};

/// Longest text that is looked up, in characters; longer ones are no place.
pub const LONGEST: usize = 160;

/// One reading of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Meant {
    /// A commune, by its ordinal.
    Commune(CommuneIx),
    /// An arrondissement of Paris, Lyon or Marseille.
    Arrondissement(&'static Arrondissement),
    /// A postal code and its communes, the most populous first.
    Postcode(String, Vec<CommuneIx>),
    /// A territory larger than a commune, by its ordinal in its level: a town in it has to be chosen.
    Territory(Level, u32),
    /// A venue, by its ordinal.
    Venue(VenueIx),
    /// A house or a street of a commune.
    Address(CommuneIx, Box<HouseFound>),
}

/// What a visitor has to be told about the first reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// These words were not looked at: number, street, name of a building.
    LeftOut(String),
    /// Nothing is called exactly so; the reading resembles it.
    Resembles,
    /// The name is that of a commune that is part of another today.
    OldName(String),
    /// The code is no postal code of a commune; most likely it is that of a large receiver of mail.
    Cedex(String),
    /// The postal code is not one of the commune that was named.
    OtherCode(String),
    /// There is no arrondissement of this number.
    NoSuchArrondissement(String),
    /// More venues bear this name than can be listed.
    ManyVenues,
    /// The place may be the name of a street: the commune is missing.
    StreetOnly,
    /// A hospital, a station, a school: the commune is missing.
    UnknownPlace(String),
    /// An address, where no file with the streets of the commune was read.
    StreetsMissing(String),
    /// The streets of the commune are known, and none of them is called so.
    StreetUnknown(String),
    /// The street that was found is not called exactly so.
    StreetResembles(String),
    /// The street is known, and no house of this number, with what follows it, in it.
    NumberUnknown(String),
    /// The address was asked of whom the instance names, and this is what they know.
    FoundElsewhere(String),
    /// An everyday name: of a quarter, of a former région, of several communes.
    Everyday,
    /// The name is that of an island, or of several, of the commune: the town is across the water.
    Island,
    /// The name is that of a place outside France.
    Abroad,
}

/// The readings of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meaning {
    /// The most likely first; empty when nothing was understood.
    pub meant: Vec<Meant>,
    /// Whether the first is not likely enough to answer with: the visitor has to choose.
    pub asks: bool,
    /// What to say.
    pub remarks: Vec<Remark>,
}

impl Meaning {
    fn one(meant: Meant) -> Self {
        Self { meant: vec![meant], ..Self::default() }
    }

    fn saying(mut self, remark: Remark) -> Self {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
        self
    }

    /// Adds readings that are not there yet.
    fn or_else_one_of(mut self, others: impl IntoIterator<Item = Meant>) -> Self {
        for other in others {
            if !self.meant.contains(&other) {
                self.meant.push(other);
            }
        }
        self
    }
}

/// Reads a text. Degrees are not read here.
#[must_use]
pub fn read(atlas: &Atlas, text: &str) -> Meaning {
    if text.chars().count() > LONGEST {
        return Meaning::default();
    }
    let phrase = Phrase::read(atlas, text);
    let meaning = codes::alone(atlas, &phrase)
        .or_else(|| names::arrondissement(atlas, &phrase.words))
        .or_else(|| codes::office(atlas, &phrase))
        .or_else(|| codes::with_words(atlas, &phrase))
        .or_else(|| without_code(atlas, &phrase))
        .unwrap_or_default();
    house::placed(atlas, phrase.code.as_deref(), meaning)
}

fn without_code(atlas: &Atlas, phrase: &Phrase) -> Option<Meaning> {
    let folded = phrase.folded();
    if folded.is_empty() {
        return None;
    }
    bodies::without_a_town(atlas, &phrase.words)
        .or_else(|| everyday::read(atlas, &phrase.words))
        .or_else(|| territory::asked_for(atlas, &phrase.words))
        .or_else(|| intercommunal::named(atlas, &phrase.words))
        .or_else(|| names::called(atlas, &folded))
        .or_else(|| address::its_middle(atlas, &phrase.words))
        .or_else(|| territory::named_inside(atlas, &phrase.words, false))
        .or_else(|| names::holding(atlas, &folded))
        .or_else(|| territory::first_words(atlas, &folded))
        .or_else(|| if kinds::is_a_named_place(&phrase.words) { None } else { names::slip_of_a_town(atlas, &folded) })
        .or_else(|| territory::named_inside(atlas, &phrase.words, true))
        .or_else(|| intercommunal::named_in_part(atlas, &phrase.words))
        .or_else(|| {
            let venues = venues::named(atlas, &phrase.words)?;
            Some(address::beside_their_town(atlas, &phrase.words, venues))
        })
        .or_else(|| bodies::in_a_town(atlas, &phrase.words))
        .or_else(|| address::commune_at_an_end(atlas, phrase))
        .or_else(|| address::only_a_street(phrase))
        .or_else(|| names::guessed(atlas, &folded))
        .or_else(|| address::commune_first(atlas, &phrase.words))
}
