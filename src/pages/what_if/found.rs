//! What the page lists: the changes of the scenario, each with the way to take it back, and the venues one may change.

use crate::atlas::Atlas;
use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, VenueIx};
use crate::pages::whereabouts::full_name;
use crate::scenario::document::{Coordinates, Document};
use crate::tables::french;
use crate::tables::scope::Place;

use super::scene::Scene;

/// Most venues listed.
pub const MOST: usize = 30;
/// Longest text that is looked up.
const LONGEST: usize = 120;

/// One change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What changes.
    pub words: String,
    /// The scenario without it.
    pub without: String,
}

/// A venue one may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name and commune.
    pub words: String,
}

/// Every change, each with the address of the scenario without it.
pub fn lines(scene: &Scene, atlas: &Atlas) -> Vec<Line> {
    let document = &scene.document;
    let mut lines = Vec::new();
    let mut add = |words: String, without: &dyn Fn(&mut Document)| {
        lines.push(Line { words, without: scene.with(without).address() });
    };
    for (i, id) in document.close.iter().enumerate() {
        add(format!("Fermer {}", venue(atlas, id)), &|d| drop(d.close.remove(i)));
    }
    for (i, added) in document.add.iter().enumerate() {
        let name = added.name.as_ref().map_or("un lieu".to_owned(), |name| format!("«\u{a0}{name}\u{a0}»"));
        let hours = match (added.hours_per_year, &added.opening_hours) {
            (Some(hours), _) => format!("{} par an", french::measure(hours, 0, "h")),
            (None, Some(week)) => week.clone(),
            (None, None) => "horaires médians".to_owned(),
        };
        add(format!("Ouvrir {name} {} ({hours})", at(atlas, &added.position)), &|d| drop(d.add.remove(i)));
    }
    for (i, moved) in document.r#move.iter().enumerate() {
        let words = format!("Déplacer {}\u{a0}: {}", venue(atlas, &moved.venue), at(atlas, &moved.position));
        add(words, &|d| drop(d.r#move.remove(i)));
    }
    for (i, timed) in document.hours.iter().enumerate() {
        let hours = match (timed.hours_per_year, &timed.opening_hours) {
            (Some(hours), _) => format!("{} par an", french::measure(hours, 0, "h")),
            (None, week) => week.clone().unwrap_or_default(),
        };
        add(format!("Changer les horaires de {}\u{a0}: {hours}", venue(atlas, &timed.venue)), &|d| {
            drop(d.hours.remove(i));
        });
    }
    for (i, stopped) in document.stop.iter().enumerate() {
        let who = match (&stopped.commune, &stopped.employer) {
            (Some(code), _) => format!("les conventions de conseillers {}", of_commune(atlas, code)),
            (None, employer) => format!("la convention de l'employeur {}", employer.as_deref().unwrap_or_default()),
        };
        add(format!("Arrêter {who}"), &|d| drop(d.stop.remove(i)));
    }
    lines
}

/// Venues with a tick each, on one page.
const MOST_TICKS: usize = 150;

/// Venues of the territory that receive the public and whose name or commune holds the text, by name.
pub fn venues(atlas: &Atlas, place: &Place, text: &str) -> Vec<Choice> {
    let wanted = fold_place(&text.chars().take(LONGEST).collect::<String>());
    if wanted.is_empty() {
        return Vec::new();
    }
    with(atlas, place, &wanted)
}

/// Every venue of the territory that receives the public, by name; none where there are more than fit on a page.
pub fn all(atlas: &Atlas, place: &Place) -> Vec<Choice> {
    let found = with(atlas, place, "");
    if found.len() > MOST_TICKS { Vec::new() } else { found }
}

fn with(atlas: &Atlas, place: &Place, wanted: &str) -> Vec<Choice> {
    let inside: std::collections::BTreeSet<CommuneIx> = place.communes.iter().copied().collect();
    let fits = |i: VenueIx| {
        let venue = &atlas.venues()[i];
        let commune = atlas.venue_commune(i).filter(|commune| inside.contains(commune))?;
        let named = format!("{} {}", venue.name, atlas.communes()[commune].name);
        let counted = venue.receives_public() && venue.location.position().is_some();
        (counted && fold_place(&named).contains(wanted)).then(|| Choice {
            id: venue.id.clone(),
            words: format!("{}, {}", venue.name, atlas.communes()[commune].name),
        })
    };
    let mut found: Vec<Choice> = atlas.venues().keys().filter_map(fits).collect();
    found.sort_by_cached_key(|choice| (fold_place(&choice.words), choice.id.clone()));
    found
}

fn venue(atlas: &Atlas, id: &str) -> String {
    let Some(venue) = atlas.venue(id) else { return format!("le lieu {id}") };
    let commune = venue.commune.and_then(|code| atlas.places().by_code(code));
    let place = commune.map_or_else(String::new, |i| format!(" ({})", atlas.communes()[i].name));
    format!("«\u{a0}{}\u{a0}»{place}", venue.name)
}

fn at(atlas: &Atlas, position: &Coordinates) -> String {
    let found = position.pair.and_then(|[lon, lat]| {
        let position = crate::domain::Position::new(crate::domain::Degrees { lon, lat }).ok()?;
        atlas.commune_at(position)
    });
    found.map_or_else(|| format!("en {}", position.written), |i| format!("à {}", full_name(atlas, i)))
}

fn of_commune(atlas: &Atlas, code: &str) -> String {
    let commune = crate::domain::CommuneCode::parse(code).and_then(|code| atlas.places().by_code(code));
    commune.map_or_else(|| code.to_owned(), |i| french::of_place(&full_name(atlas, i)))
}
