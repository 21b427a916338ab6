//! From the squares of grids to places of demand: those of one commune join until they hold enough people.

use std::collections::BTreeMap;

use typed_index_collections::TiSlice;

use crate::access::{GRID_SHARE, side_of_reach};
use crate::domain::{Cell, CellSource, Commune, CommuneIx, Degrees, Metres, Position};

use super::projection::{Projections, Square};
use super::{GridCell, Origin};
use crate::ingest::squares::{self, PERSONS, rounded};

/// Squares of two kilometres or more say too little.
const TOO_WIDE_M: u32 = 2_000;

/// The communes that the grids speak for, ascending, and the places in them. A grid that holds a part of the inhabitants
/// of a commune says nothing of the rest ([`GRID_SHARE`]); of several, the finest speaks, then the first in order.
pub fn join(cells: &[GridCell], communes: &TiSlice<CommuneIx, Commune>) -> Vec<Cell> {
    let mut grids: BTreeMap<(CommuneIx, u32, u16), Vec<&GridCell>> = BTreeMap::new();
    for cell in cells {
        grids.entry((cell.commune, cell.square.side, cell.origin.source)).or_default().push(cell);
    }
    let projections = Projections::new();
    let (mut joined, mut last) = (Vec::new(), None);
    for ((commune, ..), cells) in grids {
        let known = &communes[commune];
        let there: f64 = cells.iter().map(|cell| cell.inhabitants).sum();
        let population = known.population.map_or(0.0, |persons| f64::from(persons.0));
        if there > 0.0 && GRID_SHARE.contains(&(there / population)) && last != Some(commune) {
            last = Some(commune);
            of_commune(known, &cells, &projections, &mut joined);
        }
    }
    joined
}

fn of_commune(commune: &Commune, cells: &[&GridCell], projections: &Projections, joined: &mut Vec<Cell>) {
    let mut planes: BTreeMap<(u32, u32), Vec<&GridCell>> = BTreeMap::new();
    for cell in cells {
        planes.entry((cell.square.crs, cell.square.side)).or_default().push(cell);
    }
    for ((crs, side), cells) in planes {
        let levels = (0..11).take_while(|level| side << level < TOO_WIDE_M).last().unwrap_or(0);
        let rule = squares::Rule { side_m: f64::from(side), levels, offset: 0, most: PERSONS };
        let steps = |square: Square| [square.east / side, square.north / side].map(|steps| steps as i32);
        let imputed: BTreeMap<[i32; 2], Origin> = cells.iter().map(|cell| (steps(cell.square), cell.origin)).collect();
        let samples = cells.iter().map(|cell| squares::Sample { at: steps(cell.square), persons: cell.inhabitants });
        for square in rule.join(samples) {
            let [east, north] = square.at.map(|steps| (f64::from(steps) + 0.5) * f64::from(side));
            let Some(at) = projections.at(crs, east, north) else { continue };
            let degrees = Degrees { lon: rounded(at.lon()), lat: rounded(at.lat()) };
            let Origin { source, imputed } = imputed[&square.at];
            joined.push(Cell {
                commune: commune.code,
                centre: Position::new(degrees).unwrap_or(at),
                side: Metres::new(side_of_reach(square.reach_m)).unwrap_or(Metres::ZERO),
                inhabitants: square.persons,
                source: if imputed { CellSource::Imputed(source) } else { CellSource::Grid(source) },
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CommuneCode, Persons};

    fn commune(population: u32) -> Commune {
        Commune {
            code: CommuneCode::parse("93010").unwrap(),
            name: "Bondy".into(),
            departement: "93".into(),
            region: "11".into(),
            epci: None,
            postcodes: Vec::new(),
            population: Some(Persons(population)),
            area_km2: Some(5.5),
            point: None,
        }
    }

    fn cell(column: u32, row: u32, inhabitants: f64) -> GridCell {
        let square = Square { crs: 3035, side: 200, north: 2_892_800 + 200 * row, east: 3_769_600 + 200 * column };
        GridCell { square, commune: CommuneIx::new(0), inhabitants, origin: Origin { source: 0, imputed: row == 1 } }
    }

    #[test]
    fn squares_join_until_they_hold_enough_people_and_lose_nobody() {
        let cells = [cell(0, 0, 90.0), cell(1, 0, 10.0), cell(0, 1, 10.0), cell(4, 0, 590.0), cell(5, 0, 30.0)];
        let joined = join(&cells, TiSlice::from_ref(&[commune(730)]));
        let persons: Vec<f64> = joined.iter().map(|cell| cell.inhabitants).collect();
        assert_eq!(
            persons,
            vec![110.0, 590.0, 30.0],
            "three join; two that would be more than 600 together stay apart"
        );
        let projections = Projections::new();
        let crowded = projections.centre(cells[0].square).unwrap();
        assert!(joined[0].centre.geodesic_to(crowded).value() < 1.5, "where most of the persons are");
        // Ninety at 75 m from the middle of their square on the mean, twenty 200 m away.
        let reach = (90.0 * 75.23 + 20.0 * 200.0) / 110.0;
        assert!((joined[0].side.value() - side_of_reach(reach)).abs() < 0.1);
    }

    #[test]
    fn a_grid_that_covers_a_corner_of_a_commune_does_not_speak_for_it() {
        assert_eq!(join(&[cell(0, 0, 90.0)], TiSlice::from_ref(&[commune(640)])), []);
        assert_eq!(join(&[cell(0, 0, 600.0)], TiSlice::from_ref(&[commune(640)])).len(), 1);
    }
}
