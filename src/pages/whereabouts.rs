//! From what a visitor typed to where they are: a place, a choice between places, or a hint that leads on.

use crate::atlas::Atlas;
use crate::atlas::meaning::{self, Meaning, Meant, Remark, typed};
use crate::atlas::places::arrondissements::{self, Arrondissement};
use crate::domain::{CommuneIx, Degrees, Level, Position, PositionError, Venue, VenueIx};

use super::remarks::said;
use crate::tables::french::of_place;

/// One point from which distances are measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The point.
    pub position: Position,
    /// What stands after « depuis »: `le centre de Lyon`.
    pub place: String,
}

/// Where to search from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Somewhere {
    /// What stands after « Lieux d'aide près »: `de Lyon (Rhône)`.
    pub near: String,
    /// One point, or one for each commune of a postal code.
    pub origins: Vec<Origin>,
    /// Communes that would narrow the search, when a postal code has several.
    pub narrower: Vec<CommuneIx>,
    /// The commune, when it is one.
    pub commune: Option<CommuneIx>,
    /// The arrondissement of it, when it is one.
    pub arrondissement: Option<&'static Arrondissement>,
    /// What else may have been meant.
    pub others: Vec<Meant>,
    /// What has to be said of this reading, one sentence each.
    pub remarks: Vec<String>,
    /// Whether what was named is an island, and the town across the water is where distances are measured from.
    pub from_ashore: bool,
}

/// What the text means.
#[derive(Debug, Clone, PartialEq)]
pub enum Whereabouts {
    /// Nothing was typed.
    Nowhere,
    /// One place.
    Somewhere(Somewhere),
    /// Several places, and why none comes first; the visitor chooses.
    OneOf(Vec<Meant>, Vec<String>),
    /// A territory larger than a commune, what else may have been meant, and what has to be said.
    Inside(Level, u32, Vec<Meant>, Vec<String>),
    /// Nothing was understood, or nothing that is a place to search from; and why, where that is known.
    Unknown(Vec<String>),
    /// A position outside France.
    Abroad,
}

/// Reads a commune chosen by its code, or a text: a position, or whatever [`meaning::read`] understands.
#[must_use]
pub fn whereabouts(atlas: &Atlas, text: Option<&str>, commune: Option<CommuneIx>) -> Whereabouts {
    if let Some(ordinal) = commune {
        return in_commune(atlas, ordinal).map_or_else(|| Whereabouts::Unknown(Vec::new()), Whereabouts::Somewhere);
    }
    let Some(text) = text else { return Whereabouts::Nowhere };
    if let Some(degrees) = typed::degrees(text) {
        return at_position(degrees);
    }
    meant(atlas, text, meaning::read(atlas, text))
}

/// Where a reading of a text leads.
#[must_use]
pub fn meant(atlas: &Atlas, text: &str, meaning: Meaning) -> Whereabouts {
    let remarks = said(atlas, text, &meaning);
    let from_ashore = meaning.remarks.contains(&Remark::Island);
    let Meaning { meant, asks, .. } = meaning;
    if asks && !meant.is_empty() {
        return Whereabouts::OneOf(meant, remarks);
    }
    let mut meant = meant.into_iter();
    let Some(first) = meant.next() else { return Whereabouts::Unknown(remarks) };
    let others: Vec<Meant> = meant.collect();
    let place = match &first {
        Meant::Commune(ordinal) => in_commune(atlas, *ordinal),
        Meant::Arrondissement(arrondissement) => Some(in_arrondissement(atlas, arrondissement)),
        Meant::Postcode(code, communes) => in_postcode(atlas, code, communes),
        Meant::Venue(ordinal) => around_venue(atlas, *ordinal),
        Meant::Address(commune, found) => Some(at_address(atlas, &first, *commune, found.position)),
        Meant::Territory(level, ordinal) => return Whereabouts::Inside(*level, *ordinal, others, remarks),
    };
    match place {
        Some(place) => Whereabouts::Somewhere(Somewhere { others, remarks, from_ashore, ..place }),
        None => Whereabouts::Unknown(remarks),
    }
}

fn at_position(degrees: Degrees) -> Whereabouts {
    match Position::in_france(degrees) {
        Ok(position) => {
            let place = "votre position".to_string();
            Whereabouts::Somewhere(somewhere(format!("de {place}"), vec![Origin { position, place }], None))
        }
        // Latitude first: the other way round they are in France, and nowhere else.
        Err(PositionError::Swapped(given)) => {
            let put_right = at_position(Degrees { lon: given.lat, lat: given.lon });
            let Whereabouts::Somewhere(place) = put_right else { return put_right };
            let said =
                "La longitude vient d'abord, puis la latitude\u{a0}: nous avons remis les nombres dans cet ordre.";
            let remarks = vec![said.to_owned()];
            Whereabouts::Somewhere(Somewhere { remarks, ..place })
        }
        Err(_) => Whereabouts::Abroad,
    }
}

fn somewhere(near: String, origins: Vec<Origin>, commune: Option<CommuneIx>) -> Somewhere {
    Somewhere { near, origins, commune, ..Somewhere::default() }
}

fn in_commune(atlas: &Atlas, ordinal: CommuneIx) -> Option<Somewhere> {
    let origin = centre(atlas, ordinal)?;
    Some(somewhere(of_place(&full_name(atlas, ordinal)), vec![origin], Some(ordinal)))
}

/// Most often the town hall, else a point inside the commune: the edition does not say which, so neither do we.
fn centre(atlas: &Atlas, ordinal: CommuneIx) -> Option<Origin> {
    let commune = &atlas.communes()[ordinal];
    Some(Origin { position: commune.point?, place: format!("le centre {}", of_place(&commune.name)) })
}

fn in_arrondissement(atlas: &Atlas, of: &'static Arrondissement) -> Somewhere {
    let place = format!("le centre du {} arrondissement", of.ordinal());
    let commune = atlas.places().by_code(arrondissements::town_code(of));
    let here = somewhere(format!("de {}", of.name()), vec![Origin { position: of.position(), place }], commune);
    Somewhere { arrondissement: Some(of), ..here }
}

fn in_postcode(atlas: &Atlas, code: &str, communes: &[CommuneIx]) -> Option<Somewhere> {
    if let [only] = communes {
        return in_part_of_town(atlas, *only, code).or_else(|| in_commune(atlas, *only));
    }
    let origins: Vec<Origin> = communes.iter().filter_map(|&ordinal| centre(atlas, ordinal)).collect();
    let place = somewhere(format!("de chez vous ({code})"), origins, None);
    (!place.origins.is_empty()).then(|| Somewhere { narrower: communes.to_vec(), ..place })
}

/// A postal code that covers only a part of a large town can be far from its centre. The middle of its venues stands in,
/// when there are enough of them.
fn in_part_of_town(atlas: &Atlas, ordinal: CommuneIx, postcode: &str) -> Option<Somewhere> {
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
    let place = format!("le milieu des lieux du code postal {postcode}");
    Some(somewhere(near, vec![Origin { position, place }], Some(ordinal)))
}

fn at_address(atlas: &Atlas, meant: &Meant, commune: CommuneIx, position: Position) -> Somewhere {
    let place = format!("«\u{a0}{}\u{a0}»", atlas.in_words(meant));
    somewhere(format!("de {place}"), vec![Origin { position, place }], Some(commune))
}

fn around_venue(atlas: &Atlas, ordinal: VenueIx) -> Option<Somewhere> {
    let venue = &atlas.venues()[ordinal];
    let place = format!("«\u{a0}{}\u{a0}»", venue.name);
    let commune = atlas.venue_commune(ordinal);
    let origin = Origin { position: venue.location.position()?, place: place.clone() };
    Some(somewhere(format!("de {place}"), vec![origin], commune))
}

/// The name of a commune that cannot be mistaken for another.
#[must_use]
pub fn full_name(atlas: &Atlas, ordinal: CommuneIx) -> String {
    atlas.full_name(ordinal)
}

#[cfg(test)]
mod tests;
