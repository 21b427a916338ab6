//! Streets and houses as bytes. Of a street: words, name, part, postal code, kind, middle, houses. Of a house: number, what
//! follows it, and how far it is from the house before, each in as few bytes as it takes; about six for a house.

use super::Street;
use crate::domain::CommuneCode;

/// What may follow a number; anything else is left out of the table, never the house itself.
pub(super) const SUFFIXES: [&str; 29] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z", "bis", "ter", "quater",
];

/// One house of a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House {
    /// Its number.
    pub number: u32,
    /// What follows it: `bis`, `a`; empty when nothing does.
    pub suffix: &'static str,
    /// Hundred-thousandths of a degree, longitude first.
    pub at: [i32; 2],
}

/// The houses of a street, in the order in which they were written.
pub(super) fn houses<'s>(street: &Street<'s>) -> impl Iterator<Item = House> + use<'s> {
    let (mut bytes, mut at) = (street.houses, street.at);
    std::iter::from_fn(move || {
        let number = take(&mut bytes)?;
        let (&suffix, rest) = bytes.split_first()?;
        bytes = rest;
        let suffix = usize::from(suffix).checked_sub(1).and_then(|rank| SUFFIXES.get(rank)).copied();
        for axis in &mut at {
            *axis = axis.wrapping_add(unfold(take(&mut bytes)?));
        }
        Some(House { number, suffix: suffix.unwrap_or_default(), at })
    })
}

/// The streets of a commune, in the order in which they were written.
pub(super) fn streets(mut bytes: &[u8]) -> impl Iterator<Item = Street<'_>> {
    std::iter::from_fn(move || street(&mut bytes))
}

pub(super) fn street<'s>(bytes: &mut &'s [u8]) -> Option<Street<'s>> {
    let words = std::str::from_utf8(take_bytes(bytes)?).ok()?;
    let name = std::str::from_utf8(take_bytes(bytes)?).ok()?;
    let part = CommuneCode::parse(std::str::from_utf8(take_bytes(bytes)?).ok()?);
    let postcode = take(bytes).map(|code| (code > 0).then_some(code))?;
    let is_place = take(bytes)? == 1;
    let at = [unfold(take(bytes)?), unfold(take(bytes)?)];
    let houses = take_bytes(bytes)?;
    Some(Street { part, postcode, name, words, at, houses, is_place })
}

pub(super) fn put_street(bytes: &mut Vec<u8>, street: &Street<'_>) {
    put_bytes(bytes, street.words.as_bytes());
    put_bytes(bytes, street.name.as_bytes());
    put_bytes(bytes, street.part.as_ref().map_or("", CommuneCode::as_str).as_bytes());
    put(bytes, street.postcode.unwrap_or_default());
    put(bytes, u32::from(street.is_place));
    for axis in street.at {
        put(bytes, fold(axis));
    }
    put_bytes(bytes, street.houses);
}

/// Seven bits a byte, the last without the eighth.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push((number as u8) | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Bytes with their number before them.
fn put_bytes(bytes: &mut Vec<u8>, more: &[u8]) {
    put(bytes, u32::try_from(more.len()).unwrap_or_default());
    bytes.extend_from_slice(more);
}

fn take_bytes<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = take(bytes)? as usize;
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

/// Small distances either way become small numbers.
pub(super) fn fold(step: i32) -> u32 {
    ((step << 1) ^ (step >> 31)) as u32
}

fn unfold(number: u32) -> i32 {
    (number >> 1) as i32 ^ -((number & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_many_bytes_as_they_need() {
        for number in [0, 1, 127, 128, 16_383, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            assert_eq!(take(&mut &bytes[..]), Some(number));
        }
        for step in [0, 1, -1, 63, -64, 9_000, i32::MAX, i32::MIN] {
            assert_eq!(unfold(fold(step)), step);
        }
        assert_eq!(take(&mut &[0x80_u8][..]), None, "cut short");
        assert_eq!(take_bytes(&mut &[3_u8, 1, 2][..]), None, "cut short");
        assert_eq!(streets(&[200, 200, 3, 1]).count(), 0);
    }
}
