//! From what a visitor typed to where they are: a place, a choice between places, or a hint that leads on.

use crate::atlas::Atlas;
use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, Degrees, Level, Position, PositionError, Venue};

use super::typed;
use crate::tables::french::of_place;

/// Longest text that is looked up; longer ones are no place name.
const LONGEST: usize = 120;
/// Most communes offered when a text is ambiguous.
const MOST_CHOICES: usize = 12;

/// One point from which distances are measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The point.
    pub position: Position,
    /// What stands after « depuis »: `la mairie de Lyon`.
    pub place: String,
}

/// Where to search from.
#[derive(Debug, Clone, PartialEq)]
pub struct Somewhere {
    /// What stands after « Lieux d'aide près »: `de Lyon (Rhône)`.
    pub near: String,
    /// One point, or one for each commune of a postal code.
    pub origins: Vec<Origin>,
    /// Communes that would narrow the search, when a postal code has several.
    pub narrower: Vec<CommuneIx>,
    /// The commune, when it is one.
    pub commune: Option<CommuneIx>,
    /// The place is a guess from a longer text, such as an address.
    pub guessed: bool,
}

/// What the text means.
#[derive(Debug, Clone, PartialEq)]
pub enum Whereabouts {
    /// Nothing was typed.
    Nowhere,
    /// One place.
    Somewhere(Somewhere),
    /// Several communes; the visitor chooses.
    OneOf(Vec<CommuneIx>),
    /// No commune, but these resemble it.
    Unknown(Vec<CommuneIx>),
    /// Latitude first: these numbers, the other way round, are in France.
    Swapped(Degrees),
    /// A position outside France.
    Abroad,
}

/// Reads a commune chosen by its code, or a text: a position, a postal code, a commune code or name, an address that
/// ends with one of those.
#[must_use]
pub fn whereabouts(atlas: &Atlas, text: Option<&str>, commune: Option<CommuneIx>) -> Whereabouts {
    if let Some(ordinal) = commune {
        return in_commune(atlas, ordinal).unwrap_or(Whereabouts::Unknown(Vec::new()));
    }
    let Some(text) = text else { return Whereabouts::Nowhere };
    if text.chars().count() > LONGEST {
        return Whereabouts::Unknown(Vec::new());
    }
    if let Some(degrees) = typed::degrees(text) {
        return at_position(degrees);
    }
    let code = typed::code(text).or_else(|| typed::arrondissement(text));
    code.and_then(|code| by_code(atlas, &code))
        .or_else(|| by_name(atlas, text))
        .or_else(|| inside_address(atlas, text))
        .unwrap_or_else(|| Whereabouts::Unknown(resembling(atlas, text)))
}

fn at_position(degrees: Degrees) -> Whereabouts {
    match Position::in_france(degrees) {
        Ok(position) => {
            let place = "votre position".to_string();
            somewhere(format!("de {place}"), vec![Origin { position, place }], None)
        }
        Err(PositionError::Swapped(given)) => Whereabouts::Swapped(Degrees { lon: given.lat, lat: given.lon }),
        Err(_) => Whereabouts::Abroad,
    }
}

fn somewhere(near: String, origins: Vec<Origin>, commune: Option<CommuneIx>) -> Whereabouts {
    Whereabouts::Somewhere(Somewhere { near, origins, narrower: Vec::new(), commune, guessed: false })
}

fn in_commune(atlas: &Atlas, ordinal: CommuneIx) -> Option<Whereabouts> {
    let origin = town_hall(atlas, ordinal)?;
    Some(somewhere(of_place(&full_name(atlas, ordinal)), vec![origin], Some(ordinal)))
}

fn town_hall(atlas: &Atlas, ordinal: CommuneIx) -> Option<Origin> {
    let commune = &atlas.communes()[ordinal];
    Some(Origin { position: commune.point?, place: format!("la mairie {}", of_place(&commune.name)) })
}

/// A postal code comes before a commune code: people know the former.
fn by_code(atlas: &Atlas, code: &str) -> Option<Whereabouts> {
    let communes = atlas.places().search(code, usize::MAX);
    let is_postcode = !atlas.places().by_postcode(code).is_empty();
    match communes.as_slice() {
        [] => None,
        [only] if is_postcode => in_part_of_town(atlas, *only, code).or_else(|| in_commune(atlas, *only)),
        [only] => in_commune(atlas, *only),
        several => {
            let origins: Vec<Origin> = several.iter().filter_map(|&ordinal| town_hall(atlas, ordinal)).collect();
            let near = format!("du {code}");
            let found = Somewhere { near, origins, narrower: communes.clone(), commune: None, guessed: false };
            (!found.origins.is_empty()).then_some(Whereabouts::Somewhere(found))
        }
    }
}

/// A postal code that covers only a part of a large town can be far from the town hall. The middle of its venues stands
/// in, when there are enough of them.
fn in_part_of_town(atlas: &Atlas, ordinal: CommuneIx, postcode: &str) -> Option<Whereabouts> {
    const ENOUGH: usize = 3;
    let commune = &atlas.communes()[ordinal];
    if commune.postcodes.len() < 2 {
        return None;
    }
    let inside = |venue: &&Venue| venue.postcode.as_deref() == Some(postcode) && venue.commune == Some(commune.code);
    let exact = |venue: &Venue| venue.location.own();
    let positions: Vec<Position> = atlas.venues().iter().filter(inside).filter_map(exact).collect();
    if positions.len() < ENOUGH {
        return None;
    }
    let mean = |axis: fn(Position) -> f64| positions.iter().map(|p| axis(*p)).sum::<f64>() / positions.len() as f64;
    let position = Position::new(Degrees { lon: mean(Position::lon), lat: mean(Position::lat) }).ok()?;
    let near = format!("{} ({postcode})", of_place(&commune.name));
    let place = format!("le centre des lieux du {postcode}");
    Some(somewhere(near, vec![Origin { position, place }], Some(ordinal)))
}

/// Communes of this name; else of this name in the département named after it; else those a part of the name fits.
/// A name that one commune bears today is that commune, even if another took in an old one of the same name.
fn by_name(atlas: &Atlas, text: &str) -> Option<Whereabouts> {
    let mut communes = atlas.places().by_name(text);
    let today = |ordinal: &&CommuneIx| bears(atlas, **ordinal, text);
    if let [only] = communes.iter().filter(today).collect::<Vec<_>>().as_slice() {
        return in_commune(atlas, **only);
    }
    if communes.is_empty() {
        communes = in_named_departement(atlas, text);
    }
    if communes.is_empty() {
        communes = atlas.places().search(text, MOST_CHOICES);
    }
    let rank = |&i: &CommuneIx| (!bears(atlas, i, text), std::cmp::Reverse(atlas.communes()[i].population), i);
    communes.sort_by_key(rank);
    communes.truncate(MOST_CHOICES);
    match communes.as_slice() {
        [] => None,
        [only] => in_commune(atlas, *only),
        _ => Some(Whereabouts::OneOf(communes)),
    }
}

/// Whether this is the name of the commune today, not that of an old one it took in.
#[must_use]
pub fn bears(atlas: &Atlas, ordinal: CommuneIx, text: &str) -> bool {
    fold_place(&atlas.communes()[ordinal].name) == fold_place(text)
}

/// `Saint-Denis 93`, `Saint-Denis (Seine-Saint-Denis)`.
fn in_named_departement(atlas: &Atlas, text: &str) -> Vec<CommuneIx> {
    let folded = fold_place(text);
    let mut found = Vec::new();
    for departement in atlas.territories(Level::Departement) {
        for name in [fold_place(&departement.name), departement.code.to_lowercase()] {
            let Some(rest) = folded.strip_suffix(&name).and_then(|rest| rest.strip_suffix(' ')) else { continue };
            let named = atlas.places().by_name(rest).into_iter();
            found.extend(named.filter(|i| departement.communes.binary_search(i).is_ok()));
        }
    }
    found
}

/// A place at the end of a longer text: a postal code among the words, or the words of a commune after the others.
fn inside_address(atlas: &Atlas, text: &str) -> Option<Whereabouts> {
    let folded = fold_place(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let postcode = words.iter().rev().find(|word| !atlas.places().by_postcode(word).is_empty());
    let found = if let Some(postcode) = postcode {
        let communes = atlas.places().by_postcode(postcode);
        let is_named = |i: &&CommuneIx| folded.ends_with(&fold_place(&atlas.communes()[**i].name));
        match communes.iter().find(is_named) {
            Some(&named) if communes.len() > 1 => in_commune(atlas, named),
            _ => by_code(atlas, postcode),
        }
    } else {
        let endings = (1..words.len()).map(|start| words[start..].join(" "));
        endings.filter(|ending| !atlas.places().by_name(ending).is_empty()).find_map(|ending| by_name(atlas, &ending))
    };
    match found? {
        Whereabouts::Somewhere(place) => Some(Whereabouts::Somewhere(Somewhere { guessed: true, ..place })),
        other => Some(other),
    }
}

/// Communes whose name is one or two slips of the finger away, the closest first, then the most populous.
fn resembling(atlas: &Atlas, text: &str) -> Vec<CommuneIx> {
    let wanted = fold_place(text);
    let slips = if wanted.chars().count() < 6 { 1 } else { 2 };
    let length = wanted.chars().count();
    let near = |name: &str| {
        // Folding changes the length by a ligature at most, and spares most of the 35,000 names.
        if name.chars().count().abs_diff(length) > slips + 1 {
            return None;
        }
        Some(strsim::osa_distance(&fold_place(name), &wanted)).filter(|distance| *distance <= slips)
    };
    let communes = atlas.communes().iter_enumerated();
    let mut found: Vec<_> = communes
        .filter_map(|(i, commune)| Some((near(&commune.name)?, std::cmp::Reverse(commune.population), i)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, _, i)| i).take(MOST_CHOICES / 2).collect()
}

/// `Saint-Denis (Seine-Saint-Denis)`: the name of a commune that cannot be mistaken for another.
#[must_use]
pub fn full_name(atlas: &Atlas, ordinal: CommuneIx) -> String {
    let commune = &atlas.communes()[ordinal];
    match atlas.territory(Level::Departement, &commune.departement) {
        Some(departement) if departement.name != commune.name => format!("{} ({})", commune.name, departement.name),
        _ => commune.name.clone(),
    }
}

#[cfg(test)]
mod tests;
