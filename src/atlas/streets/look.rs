//! An address looked up among the streets of a commune: the house, else the street; never a street of another commune.

use std::cmp::Ordering;

use super::{Street, Streets, pack, position};
use crate::atlas::places::letters::{Pattern, letters};
use crate::atlas::places::sounds::sound;
use crate::domain::street::{self, Address};
use crate::domain::{AddressFound, AddressKind, CommuneCode, Position};

/// Streets less alike than this are two streets.
const LEAST_ALIKE: f64 = 0.8;
/// Another street that is nearly as alike may have been meant as well.
const AS_LIKELY: f64 = 0.06;
/// Another kind of way: « avenue » for « rue ».
const OTHER_KIND: f64 = 0.85;
/// Two streets of one name nearer than this are one street across a border of parts.
const SAME_PLACE_M: f64 = 400.0;
/// Most readings that are worth offering.
const MOST: usize = 4;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Commune of today.
    pub commune: CommuneCode,
    /// Only streets filed under this code: those of an arrondissement.
    pub part: Option<CommuneCode>,
    /// A postal code that was written beside it: it decides between streets that are as alike.
    pub postcode: Option<u32>,
    /// The address.
    pub address: &'a Address,
}

/// Where an address is.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseFound {
    /// The street, as in the base.
    pub street: String,
    /// The number with what follows it, when the house is known.
    pub number: Option<String>,
    /// Postal code.
    pub postcode: Option<u32>,
    /// Of the house; of the middle of the street, or of its house nearest by number.
    pub position: Position,
    /// What was found, and how alike it is.
    pub found: AddressFound,
}

impl Streets {
    /// The likeliest readings of an address in one commune, the best first; those after it are nearly as likely. Empty when
    /// no street of the commune is alike, `None` when its streets are not known.
    #[must_use]
    pub fn look(&self, asked: Asked<'_>) -> Option<Vec<HouseFound>> {
        let packed = self.of(asked.commune)?;
        let wanted = Wanted::of(asked.address);
        if wanted.words.is_empty() {
            return Some(Vec::new());
        }
        let in_part = |street: &Street<'_>| asked.part.is_none_or(|part| street.part.unwrap_or(asked.commune) == part);
        // What is exactly so leaves no room for what only resembles it, and is found at once.
        let streets = || pack::streets(&packed.0);
        let same = streets().filter(|street| street.words == wanted.joined).filter(in_part);
        let mut alike: Vec<(f64, Street<'_>)> = same.map(|street| (1.0, street)).collect();
        if alike.is_empty() {
            let mut known = Vec::new();
            let near = streets().filter_map(|street| Some((wanted.likeness(street.words, &mut known)?, street)));
            alike.extend(near.filter(|(_, street)| in_part(street)));
        }
        let Some(best) = alike.iter().map(|(alike, _)| *alike).max_by(f64::total_cmp) else {
            return Some(Vec::new());
        };
        let least = if best >= 1.0 { 1.0 } else { best - AS_LIKELY };
        alike.retain(|(alike, _)| *alike >= least);
        let mut found: Vec<Claim<'_>> =
            alike.iter().filter_map(|(alike, street)| claim(*alike, *street, asked)).collect();
        found.sort_by(Claim::order);
        let mut kept: Vec<Claim<'_>> = Vec::new();
        for claim in found {
            let near = |known: &Claim<'_>| {
                known.words == claim.words
                    && (known.filed == claim.filed
                        || known.found.position.geodesic_to(claim.found.position).value() < SAME_PLACE_M)
            };
            // A street across two parts, or written in two ways (« Av », « Avenue »), is one; where one of them has the house, or
            // the code, that is where it is.
            let decides = |best: &Claim<'_>| best.off == 0 && claim.off > 0 || best.of_the_code && !claim.of_the_code;
            let elsewhere = kept.first().is_some_and(|best| best.words == claim.words && decides(best));
            if !elsewhere && !kept.iter().any(near) {
                kept.push(claim);
            }
        }
        Some(kept.into_iter().take(MOST).map(|claim| claim.found).collect())
    }
}

struct Claim<'s> {
    /// The words of the street.
    words: &'s str,
    /// Its part of the commune and its postal code.
    filed: (Option<CommuneCode>, Option<u32>),
    found: HouseFound,
    /// Whether the postal code is the one written.
    of_the_code: bool,
    /// How far its number is from the one looked for; 0 is the house itself.
    off: u32,
    alike: f64,
}

impl Claim<'_> {
    fn order(&self, other: &Self) -> Ordering {
        let alike = other.alike.total_cmp(&self.alike);
        let code = other.of_the_code.cmp(&self.of_the_code);
        let name = self.found.street.cmp(&other.found.street);
        alike.then(code).then(self.off.cmp(&other.off)).then(name).then(self.found.postcode.cmp(&other.found.postcode))
    }
}

fn claim<'s>(alike: f64, street: Street<'s>, asked: Asked<'_>) -> Option<Claim<'s>> {
    let Asked { postcode, address, .. } = asked;
    let middle = position(street.at)?;
    let wanted = address.number.filter(|_| !street.is_place);
    let nearest = wanted.and_then(|wanted| {
        let off = |house: &pack::House| {
            let apart = wanted.abs_diff(house.number);
            if apart == 0 { u32::from(!same_suffix(&address.suffix, house.suffix)) } else { apart.saturating_mul(2) }
        };
        pack::houses(&street).map(|house| (off(&house), house)).min_by_key(|(off, _)| *off)
    });
    let of = |kind, position, number| HouseFound {
        street: street.name.to_owned(),
        number,
        postcode: street.postcode,
        position,
        found: AddressFound { kind, score: (alike.clamp(0.0, 1.0) * 100.0).round() as u8 },
    };
    let (off, found) = match nearest {
        Some((0, house)) => {
            let number = format!("{} {}", house.number, house.suffix);
            (0, of(AddressKind::HouseNumber, position(house.at)?, Some(number.trim_end().to_owned())))
        }
        // A house not far along the street is nearer to the one looked for than its middle is.
        Some((off, house)) if off <= 40 => (off, of(AddressKind::Street, position(house.at)?, None)),
        _ if street.is_place => (u32::MAX, of(AddressKind::Place, middle, None)),
        _ => (u32::MAX, of(AddressKind::Street, middle, None)),
    };
    let of_the_code = postcode.is_some() && postcode == street.postcode;
    let filed = (street.part, street.postcode);
    Some(Claim { words: street.words, filed, found, of_the_code, off, alike })
}

/// « 13 b » is « 13 bis », « 13 t » is « 13 ter ».
fn same_suffix(asked: &str, known: &str) -> bool {
    asked == known
        || !asked.is_empty() && !known.is_empty() && {
            let first = |text: &str| text.chars().next();
            first(asked) == first(known) && (asked.len() == 1 || known.len() == 1)
        }
}

/// The words looked for, each with its sound.
struct Wanted {
    /// The longest first: initials come last, « J Jaurès » is Jean Jaurès, and his J is not Jaurès.
    words: Vec<Word>,
    joined: String,
    /// The kind of way that the first word is.
    kind: Option<&'static str>,
}

/// One word looked for.
struct Word {
    text: String,
    sound: String,
    pattern: Pattern,
    is_number: bool,
    /// Whether it says the kind of way.
    is_kind: bool,
}

impl Wanted {
    fn of(address: &Address) -> Self {
        let words = &address.street;
        let kind = words.first().and_then(|first| street::kind(first));
        let telling = words.len() > usize::from(kind.is_some());
        let words = if telling { words.as_slice() } else { &[] };
        let word = |(at, text): (usize, &String)| Word {
            sound: sound(text),
            pattern: Pattern::of(text),
            is_number: is_number(text),
            is_kind: at == 0 && kind.is_some(),
            text: text.clone(),
        };
        let joined = words.join(" ");
        let mut words: Vec<Word> = words.iter().enumerate().map(word).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        Self { words, joined, kind }
    }

    /// How alike a street is that is not called exactly so, 0.8 to 0.99; `None` when it is another. `known` holds nothing that
    /// is needed: only its memory is.
    fn likeness<'s>(&self, words: &'s str, known: &mut Vec<&'s str>) -> Option<f64> {
        known.clear();
        known.extend(words.split(' '));
        let kind_known = known.first().and_then(|first| street::kind(first)).filter(|_| known.len() > 1);
        let (mut without_kind, mut factor) = (false, 1.0);
        match (self.kind, kind_known) {
            (Some(asked), Some(kind)) => {
                factor = if asked == kind { 1.0 } else { OTHER_KIND };
                known.remove(0);
                without_kind = true;
            }
            // « 13 république »: the kind of way was not written.
            (None, Some(_)) => {
                known.remove(0);
            }
            (_, None) => {}
        }
        let asked = || self.words.iter().filter(|word| !(without_kind && word.is_kind));
        let asked_words = self.words.len() - usize::from(without_kind);
        let (all, mut shared, mut missed) = (asked_words + known.len(), 0.0, 0);
        for word in asked() {
            let alike = known.iter().map(|other| same_word(word, other)).enumerate();
            match alike.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).filter(|(_, alike)| *alike > 0.0) {
                Some((at, alike)) => {
                    known.remove(at);
                    shared += alike;
                }
                // A number that is not the same makes another street: « 8 mai », « 11 novembre ».
                None if word.is_number => return None,
                None => missed += 1,
            }
            // With so many words that are not in it, the others cannot make up for them.
            let most = factor * 2.0 * (asked_words - missed) as f64 / all as f64;
            if missed > 0 && most < LEAST_ALIKE {
                return None;
            }
        }
        if known.iter().any(|word| is_number(word)) && asked().any(|word| word.is_number) {
            return None;
        }
        // « Rue Jaurès » is « Rue Jean Jaurès » when there is but one: whoever reads it is told.
        let whole = missed == 0 && shared >= 0.95 * asked_words as f64 && asked().any(|word| word.text.len() >= 5);
        let shared = if whole { f64::max(shared, 0.41 * all as f64) } else { shared };
        // Exactly alike but for the kind, which nobody wrote, is still no certainty.
        let alike = factor * 2.0 * shared / all as f64;
        let alike = if alike >= 1.0 { 0.99 } else { alike };
        (alike >= LEAST_ALIKE).then_some(alike)
    }
}

fn same_word(word: &Word, other: &str) -> f64 {
    let text = word.text.as_str();
    if text == other {
        return 1.0;
    }
    if word.is_number || is_number(other) {
        return 0.0;
    }
    let shortest = text.len().min(other.len());
    let initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    if initial(text, other) || initial(other, text) {
        return 0.8;
    }
    if shortest < 4 || text.len().abs_diff(other.len()) > 3 {
        return 0.0;
    }
    let most = match shortest {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    };
    match word.pattern.near(other, most) {
        Some(1) => 0.95,
        Some(2) => 0.9,
        _ if begin_alike(text, other) && may_sound_alike(&word.pattern, other) && word.sound == sound(other) => 0.9,
        _ => 0.0,
    }
}

/// Letters that no sound replaces or swallows: two words of one sound both have each of them, or neither does.
const KEPT_IN_SOUNDS: &str = "bgjlvw";

fn may_sound_alike(pattern: &Pattern, other: &str) -> bool {
    (pattern.letters() ^ letters(other)) & letters(KEPT_IN_SOUNDS) == 0
}

/// Whether two words may begin with one sound: most do not, and need not be listened to.
fn begin_alike(a: &str, b: &str) -> bool {
    let class = |text: &str| match text.as_bytes().first() {
        Some(b'c' | b'k' | b'q' | b's' | b'z') => b'k',
        Some(b'f' | b'p') => b'f',
        Some(b'a' | b'e' | b'h' | b'i' | b'o' | b'u' | b'y') => b'a',
        Some(first) => *first,
        None => 0,
    };
    class(a) == class(b)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
