//! What is not known of a territory, line by line: never a zero, never silence.

use crate::access::Mode;
use crate::atlas::figures::Summary;
use crate::domain::Hours;
use crate::tables::french;
use crate::tables::scope::Place;

use super::districts;
use super::key_figures::{freshness, venues_in};
use super::lens::Lens;

/// The lines.
#[must_use]
pub fn lines(lens: &Lens<'_>, place: &Place, summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    let communes = |number: u64| french::count(number, "commune", "communes");
    if summary.communes_unknown > 0 {
        let number = communes(summary.communes_unknown.into());
        lines.push(format!("Population inconnue : {number}, dans aucune somme de cette page."));
    }
    if summary.communes_outside > 0 {
        let number = communes(summary.communes_outside.into());
        lines.push(format!(
            "Hors champ de l'enquête : {number} (Mayotte, collectivités d'outre-mer), dont le besoin n'est pas estimé et n'est \
             dans aucune somme de personnes."
        ));
    }
    let nowhere = summary.coverage.nowhere;
    if nowhere > 0 {
        let persons = french::count(nowhere, "personne", "personnes");
        lines.push(format!("Position inconnue : {persons}, dans aucun temps de trajet."));
    }
    let unreachable = summary.coverage.unreachable;
    if unreachable > 0 {
        let persons = french::count(unreachable, "personne", "personnes");
        lines.push(format!(
            "Hors d'atteinte {} : {persons}, comptées dans toutes les parts, au-delà de tout temps de trajet.{}",
            lens.view.mode.words(),
            if lens.view.mode == Mode::Car {
                " Un bateau qui ne prend que des piétons ne compte pas ici."
            } else {
                ""
            }
        ));
    }
    lines.extend(where_people_live(lens, place));
    let borrowed = u64::from(summary.communes_filled);
    if borrowed > 0 {
        let number = communes(borrowed);
        lines.push(format!("Âge ou diplôme non publié : {number}, estimés d'après un territoire plus grand."));
    }
    if let Some(district) = place.district {
        lines.extend(districts::unknown(lens, district));
    }
    let whole = || place.communes.iter().filter(|_| place.district.is_none());
    let unranked = whole().filter(|&&i| lens.analysis.rank.index[i].is_none()).count() as u64;
    if unranked > 0 {
        lines.push(format!("Indice de fragilité inconnu : {}.", communes(unranked)));
    }
    let all = u64::from(summary.counts.venues);
    if all == 0 {
        lines.push("Aucun lieu dans cette édition. Il peut y en avoir que les listes publiées ne donnent pas.".into());
    }
    let without_hours = venues_in(lens, place).filter(|venue| !matches!(venue.hours, Hours::Osm(_))).count() as u64;
    if without_hours > 0 {
        let median = lens.analysis.supply.median.map_or_else(
            || "comptés pour rien".into(),
            |median| {
                format!("chacun compté pour {} par an, la médiane de France", french::measure(median, 0, "heures"))
            },
        );
        lines.push(format!("Horaires inconnus : {}, {median}.", some_of(without_hours, all)));
    }
    let undated = freshness(lens, place).undated;
    if undated > 0 {
        lines.push(format!("Date de la liste inconnue : {}.", some_of(undated, all)));
    }
    if place.level.is_none() {
        let atlas = lens.atlas;
        let public = atlas.venues().iter_enumerated().filter(|(_, venue)| venue.receives_public());
        let homeless = public.filter(|(i, _)| atlas.venue_commune(*i).is_none()).count() as u64;
        if homeless > 0 {
            let venues = french::count(homeless, "lieu", "lieux");
            lines.push(format!("Commune non reconnue : {venues}, comptés dans aucun territoire."));
        }
    }
    lines
}

/// What times depart from: cells that were counted, points that we estimated, or the middle of the commune.
fn where_people_live(lens: &Lens<'_>, place: &Place) -> Vec<String> {
    let mut numbers = [0_u64; 3];
    // Of an arrondissement that is said above its figures.
    for &commune in place.communes.iter().filter(|_| place.district.is_none()) {
        let first = lens.analysis.divided.parts.of(commune).and_then(|mut points| points.next());
        let cell = first.and_then(|point| lens.analysis.cell_of(point)).map(|cell| &lens.atlas.cells()[cell]);
        let from = match cell {
            Some(cell) if lens.atlas.source_of(cell).is_some() => 0,
            Some(_) => 1,
            None => 2,
        };
        numbers[from] += 1;
    }
    if numbers[..2] == [0, 0] {
        return Vec::new();
    }
    let froms = [
        "Carreaux de population publiés",
        "Sans carreaux publiés dans cette édition : lieux d'habitation estimés dans le contour",
        "Sans contour ni carreaux : le centre pour tous les habitants",
    ];
    let line = |(from, number): (&str, u64)| {
        format!("{from} : {}. Les temps partent de là.", french::count(number, "commune", "communes"))
    };
    froms.into_iter().zip(numbers).filter(|(_, number)| *number > 0).map(line).collect()
}

/// `8 lieux sur 11`.
fn some_of(part: u64, all: u64) -> String {
    format!("{} sur {}", french::count(part, "lieu", "lieux"), french::integer(all))
}
