//! Placing by address: the venues without coordinates are looked up in whatever files of the Base adresse nationale lie in
//! the cache, read once from end to end and never held.

mod file;
mod table;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::WINDOWS_1252;

use crate::domain::street;
use crate::domain::{AddressFound, AddressKind, CommuneCode, CommuneIx, Degrees, Position};
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::reference::Reference;
pub use file::{find, read};
pub use table::StreetTable;

/// Streets less alike than this are two streets.
const LEAST_ALIKE: f64 = 0.8;
/// Two houses of equal claim farther apart than this are an ambiguity.
const SAME_PLACE_M: f64 = 200.0;

/// One venue to place.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Address, as published.
    pub address: String,
    /// Postal code, when known.
    pub postcode: Option<String>,
    /// Ordinal of its commune.
    pub commune: CommuneIx,
}

/// Where an address is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Of the house, or of the middle of the street.
    pub position: Position,
    /// What was found, and how alike it is.
    pub found: AddressFound,
}

/// One row of a file, as bytes of texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row<'r> {
    /// Commune code.
    pub commune: &'r str,
    /// Commune of before a merger: streets of one name are told apart by it.
    pub former: &'r str,
    /// Postal code.
    pub postcode: &'r str,
    /// Name of the street or of the place.
    pub street: &'r str,
    /// Number; empty for a place.
    pub number: &'r str,
    /// `bis`, `a`.
    pub suffix: &'r str,
    /// Degrees east.
    pub lon: &'r str,
    /// Degrees north.
    pub lat: &'r str,
    /// Whether the row is a place without numbers.
    pub is_place: bool,
}

/// The best so far for one venue, in one class of claims.
#[derive(Debug, Clone)]
struct Claim {
    alike: f64,
    /// The street it was found in.
    street: u64,
    position: Position,
    /// How far its number is from the one looked for.
    off: u32,
    /// Points of the street: their sums and their number.
    sums: (f64, f64, u32),
    /// Another house of equal claim, elsewhere.
    rival: bool,
}

#[derive(Debug, Default)]
struct State {
    house: Option<Claim>,
    street: Option<Claim>,
    place: Option<Claim>,
}

/// A text as it was before it was decoded wrongly once more: « LÃ©on » for « Léon », « dâ€™Aulnay » for « d’Aulnay ».
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !(text.contains(['Ã', 'Â']) || text.contains("â€")) {
        return Cow::Borrowed(text);
    }
    let (bytes, _, lossy) = WINDOWS_1252.encode(text);
    match std::str::from_utf8(&bytes) {
        Ok(before) if !lossy => Cow::Owned(before.to_owned()),
        _ => Cow::Borrowed(text),
    }
}

/// Looks addresses up, row by row.
#[derive(Debug)]
pub struct Finder<'r> {
    reference: &'r Reference,
    wishes: Vec<(Wish, street::Address)>,
    states: Vec<State>,
    by_commune: HashMap<CommuneIx, Vec<usize>>,
    /// The commune code of the last row, with those who look for something there.
    commune: (String, Option<CommuneIx>),
    /// The street of the last row, with those who may live in it and how alike it is.
    current: (String, Vec<(usize, f64)>),
    streets: u64,
}

impl<'r> Finder<'r> {
    /// Prepares the wishes.
    #[must_use]
    pub fn new(wishes: Vec<Wish>, reference: &'r Reference) -> Self {
        let mut by_commune: HashMap<CommuneIx, Vec<usize>> = HashMap::new();
        let mut read = Vec::with_capacity(wishes.len());
        for (at, wish) in wishes.into_iter().enumerate() {
            let name = &reference.communes[wish.commune].name;
            let address = street::read(&decoded(&wish.address), name);
            if !address.street.is_empty() {
                by_commune.entry(wish.commune).or_default().push(at);
            }
            read.push((wish, address));
        }
        Self {
            reference,
            states: read.iter().map(|_| State::default()).collect(),
            wishes: read,
            by_commune,
            commune: (String::new(), None),
            current: (String::new(), Vec::new()),
            streets: 0,
        }
    }

    /// Looks at one row; an error names the field that cannot be read. Rows of communes nobody asked for are not looked
    /// into.
    ///
    /// # Errors
    /// The name of the field, and its text.
    pub fn look<'t>(&mut self, row: Row<'t>) -> Result<(), (&'static str, &'t str)> {
        if row.commune != self.commune.0 {
            let code = CommuneCode::parse(row.commune).ok_or(("code_insee", row.commune))?;
            self.commune = (row.commune.to_owned(), self.reference.places.by_code(code));
            self.current.0.clear();
        }
        let Some(wanted) = self.commune.1.and_then(|commune| self.by_commune.get(&commune)) else { return Ok(()) };
        if row.street.is_empty() {
            return Ok(());
        }
        let same = self.current.0.strip_prefix(row.street).and_then(|rest| rest.strip_prefix('\n'));
        if same.and_then(|rest| rest.strip_prefix(row.former)) != Some("") {
            self.streets += 1;
            let words = street::words(&decoded(row.street));
            let alike = wanted.iter().map(|&wish| (wish, street::likeness(&self.wishes[wish].1.street, &words)));
            let current = alike.filter(|(_, alike)| *alike >= LEAST_ALIKE).collect();
            self.current = (format!("{}\n{}", row.street, row.former), current);
        }
        if self.current.1.is_empty() {
            return Ok(());
        }
        let degrees = |name, text: &'t str| text.parse::<f64>().map_err(|_| (name, text));
        let degrees = Degrees { lon: degrees("lon", row.lon)?, lat: degrees("lat", row.lat)? };
        let position = Position::in_france(degrees).map_err(|_| ("lon", row.lon))?;
        for (wish, alike) in &self.current.1 {
            let (asked, address) = &self.wishes[*wish];
            let near_post = asked.postcode.as_deref().is_none_or(|postcode| postcode == row.postcode);
            // The postal code tells streets of one name apart; it makes no other street the right one.
            let alike = if near_post { *alike } else { alike - 0.01 };
            let claim = Claim {
                alike,
                street: self.streets,
                position,
                off: off(address, row),
                sums: (position.lon(), position.lat(), 1),
                rival: false,
            };
            let state = &mut self.states[*wish];
            if row.is_place || row.number.is_empty() {
                contend(&mut state.place, claim);
            } else if claim.off == 0 {
                contend(&mut state.house, claim.clone());
                contend(&mut state.street, claim);
            } else {
                contend(&mut state.street, claim);
            }
        }
        Ok(())
    }

    /// What was found for each wish, in their order.
    #[must_use]
    pub fn finish(self) -> Vec<Option<Found>> {
        self.states.into_iter().map(decide).collect()
    }
}

/// How far the number of a row is from the one looked for: 0 is the house itself, suffix included.
fn off(address: &street::Address, row: Row<'_>) -> u32 {
    let (Some(wanted), Ok(number)) = (address.number, row.number.parse::<u32>()) else { return u32::MAX };
    let suffix = row.suffix.to_lowercase();
    let same_suffix = suffix == address.suffix || suffix.starts_with(&address.suffix) && address.suffix.len() == 1;
    // Without its suffix a house is still nearer than its neighbours.
    if wanted == number { u32::from(!same_suffix) } else { wanted.abs_diff(number).saturating_mul(2) }
}

/// Keeps the better of two claims, and the points of the street both are in.
fn contend(best: &mut Option<Claim>, claim: Claim) {
    let Some(known) = best else {
        *best = Some(claim);
        return;
    };
    if claim.street == known.street {
        let (lon, lat, points) = known.sums;
        known.sums = (lon + claim.sums.0, lat + claim.sums.1, points + 1);
        if claim.off < known.off {
            (known.off, known.position) = (claim.off, claim.position);
        }
    } else if claim.alike > known.alike {
        *known = claim;
    } else if claim.alike.to_bits() == known.alike.to_bits()
        && claim.position.geodesic_to(known.position).value() > SAME_PLACE_M
    {
        known.rival = true;
    }
}

/// The street decides first, then the house in it; equal claims elsewhere decide nothing.
fn decide(state: State) -> Option<Found> {
    let State { house, street, place } = state;
    let best = [&house, &street, &place].into_iter().flatten().map(|claim| claim.alike).fold(0.0, f64::max);
    let first = |claim: Option<Claim>| claim.filter(|claim| claim.alike >= best && !claim.rival);
    let found = |kind, position, alike: f64| Found {
        position,
        found: AddressFound { kind, score: (alike.clamp(0.0, 1.0) * 100.0).round() as u8 },
    };
    if let Some(claim) = first(house) {
        return Some(found(AddressKind::HouseNumber, claim.position, claim.alike));
    }
    if let Some(claim) = first(street) {
        let position = if claim.off == u32::MAX { middle(&claim) } else { claim.position };
        return Some(found(AddressKind::Street, position, claim.alike));
    }
    let claim = first(place)?;
    Some(found(AddressKind::Place, claim.position, claim.alike))
}

/// The mean of the points of a street.
fn middle(claim: &Claim) -> Position {
    let (lon, lat, points) = claim.sums;
    let mean = Degrees { lon: lon / f64::from(points), lat: lat / f64::from(points) };
    Position::new(mean).unwrap_or(claim.position)
}

/// Notes in the report of a list that one of its venues was placed.
pub fn tell(found: &Found, line: u32, address: &str, report: &mut SourceReport) {
    let reason = format!(
        "no usable coordinates; placed by the Base adresse nationale: {}, {} % alike",
        found.found.kind.name(),
        found.found.score
    );
    let entry = Entry::new(Code::PlacedByAddress, Action::ValueRepaired, reason).at_line(line);
    report.note(entry.in_field("adresse").with_value(address));
}
