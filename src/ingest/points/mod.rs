//! Where inside their commune people live, when no grid says it: every commune divided inside its own contour.
//!
//! An estimate ([`spread`], calibrated in [ADR 21](../../../docs/adr/0021-demand-points.md)): people live around the town
//! hall and the public libraries, their own and those next door, and a tenth of them in the open. Squares of 250 m inside the
//! contour carry that estimate ([`lattice`]), and join until they hold about [`PERSONS`] or are two kilometres wide: finer
//! where more people live, and never in water or outside.

mod lattice;
mod spread;

use std::num::NonZero;
use std::thread;

use geo::MultiPolygon;

use crate::access::{mean_reach_m, side_of_reach};
use crate::domain::{Candidate, Cell, CellSource, Commune, CommuneIx, DistrictIx, Level, Metres, Position};

use super::grid::{self, GridCell};
use super::reference::Reference;
use super::squares::PERSONS;
pub use spread::{Assumptions, Centres};

/// Squares with fewer persons, or with a smaller share of the commune, are left out, and their persons shared among the
/// others of the commune: fields and woods.
const TOO_FEW: f64 = 5.0;
const TOO_SMALL_A_SHARE: f64 = 0.02;
/// Communes a thread takes at a time: few enough that both cores end together.
const PIECE: usize = 500;

/// Every place of demand, ascending by commune: the squares of grids where these speak for a commune, our estimate
/// elsewhere, unless the rest stays `undivided`.
#[must_use]
pub fn all(reference: &Reference, candidates: &[Candidate], grids: &[GridCell], undivided: bool) -> Vec<Cell> {
    let counted = grid::join(grids, &reference.communes);
    let code = |commune: CommuneIx| reference.communes[commune].code;
    let is_counted = |commune| counted.binary_search_by_key(&code(commune), |cell| cell.commune).is_ok();
    let libraries = candidates
        .iter()
        .filter(|candidate| candidate.kind == "library")
        .filter_map(|library| Some((reference.places.by_code(library.commune?)?, library.location.own()?)));
    let mut cells = divide(reference, &libraries.collect::<Vec<_>>(), |commune| !undivided && !is_counted(commune));
    if !undivided {
        rake(&mut cells, reference);
    }
    cells.extend(counted);
    cells.sort_by_key(|cell| cell.commune);
    cells
}

/// Rakes our estimate to the arrondissements of Paris, Lyon and Marseille: how many live in each is published, so that only
/// where in it they live is estimated. Those of a commune keep adding up to it.
fn rake(cells: &mut Vec<Cell>, reference: &Reference) {
    let (districts, mut lone) = (&reference.districts, Vec::new());
    for commune in districts.divided() {
        let code = reference.communes[commune].code;
        let range =
            cells.partition_point(|cell| cell.commune < code)..cells.partition_point(|cell| cell.commune <= code);
        let here = &mut cells[range];
        let sum: f64 = here.iter().map(|cell| cell.inhabitants).sum();
        let people = |district: DistrictIx| districts.all()[district].population.map_or(0.0, |p| f64::from(p.0));
        let all: f64 = districts.of(commune).map(people).sum();
        if here.is_empty() || all <= 0.0 {
            continue;
        }
        let at: Vec<Option<DistrictIx>> = here.iter().map(|cell| districts.at(commune, cell.centre)).collect();
        for district in districts.of(commune) {
            let published = people(district) / all * sum;
            let inside = || at.iter().enumerate().filter(|(_, at)| **at == Some(district)).map(|(i, _)| i);
            let estimated: f64 = inside().map(|i| here[i].inhabitants).sum();
            if estimated > 0.0 {
                inside().for_each(|i| here[i].inhabitants *= published / estimated);
            } else if let Some(centre) = districts.all()[district].point.filter(|_| published > 0.0) {
                lone.push(Cell { centre, inhabitants: published, ..here[0] });
            }
        }
    }
    cells.extend(lone);
}

/// Divides the communes that `wanted` names by ordinal: their squares, ascending by commune. `hints` are places around which
/// people live besides the town hall, such as libraries, by ordinal of commune.
#[must_use]
pub fn divide(reference: &Reference, hints: &[(CommuneIx, Position)], wanted: impl Fn(CommuneIx) -> bool) -> Vec<Cell> {
    divide_on(reference, hints, wanted, Assumptions::default())
}

fn divide_on(
    reference: &Reference,
    hints: &[(CommuneIx, Position)],
    wanted: impl Fn(CommuneIx) -> bool,
    assumptions: Assumptions,
) -> Vec<Cell> {
    let contours = reference.contours.get(&Level::Commune);
    let contour = |commune: &Commune| contours.and_then(|all| all.get(commune.code.as_str())).map(AsRef::as_ref);
    let centres = Centres::new(&reference.communes, hints, |ordinal, position| {
        reference.contour_index.containing(position) == Some(ordinal)
    })
    .assuming(assumptions);
    let communes: Vec<(CommuneIx, &Commune)> =
        reference.communes.iter_enumerated().filter(|(i, _)| wanted(*i)).collect();
    let of_piece = |piece: &[(CommuneIx, &Commune)]| -> Vec<Cell> {
        piece.iter().flat_map(|(i, commune)| of_commune(*i, commune, contour(commune), &centres)).collect()
    };
    let pieces: Vec<&[(CommuneIx, &Commune)]> = communes.chunks(PIECE).collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(4);
    // Piece by piece in turn, so that the answer does not hang on which thread was faster.
    let done: Vec<Vec<(usize, Vec<Cell>)>> = thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|first| {
                let (pieces, of_piece) = (&pieces, &of_piece);
                let work = move || {
                    (first..pieces.len()).step_by(threads).map(|at| (at, of_piece(pieces[at]))).collect::<Vec<_>>()
                };
                scope.spawn(work)
            })
            .collect();
        started.into_iter().map(|thread| thread.join().expect("dividing communes does not panic")).collect()
    });
    let mut done: Vec<(usize, Vec<Cell>)> = done.into_iter().flatten().collect();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, cells)| cells).collect()
}

/// The squares of one commune; none where nobody lives, or nobody knows how many or where.
fn of_commune(ordinal: CommuneIx, commune: &Commune, contour: Option<&MultiPolygon>, centres: &Centres) -> Vec<Cell> {
    let inhabitants = commune.population.map_or(0.0, |persons| f64::from(persons.0));
    let Some(centre) = commune.point.filter(|_| inhabitants > 0.0) else { return Vec::new() };
    let cell = |centre: Position, side: f64, inhabitants: f64| Cell {
        commune: commune.code,
        centre,
        side: Metres::new(side).unwrap_or(Metres::ZERO),
        inhabitants,
        source: CellSource::Estimate,
    };
    let Some(contour) = contour else {
        // Nobody knows where the land ends: all at the centre, as far from it as the estimate has them on the mean.
        let reach = 2.0 * Assumptions::default().radius_m(inhabitants);
        let reach = commune.area_km2.map_or(reach, |area| reach.min(mean_reach_m(area)));
        return vec![cell(centre, side_of_reach(reach), inhabitants)];
    };
    let mut lattice = lattice::Lattice::inside(contour, centre);
    centres.spread(ordinal, inhabitants, &mut lattice);
    let mut squares = lattice.squares(PERSONS);
    let few = TOO_FEW.min(TOO_SMALL_A_SHARE * inhabitants);
    squares.retain(|square| square.persons >= few);
    let kept: f64 = squares.iter().map(|square| square.persons).sum();
    if kept <= 0.0 {
        // A commune smaller than the lattice, or whose few inhabitants are nowhere in particular.
        let side = commune.area_km2.map_or(lattice::STEP_M, |area| (area * 1e6).sqrt());
        return vec![cell(lattice::inside_of(contour, centre), side, inhabitants)];
    }
    squares
        .into_iter()
        .filter_map(|square| {
            let centre = lattice.position(&square)?;
            Some(cell(centre, side_of_reach(square.reach_m), square.persons / kept * inhabitants))
        })
        .collect()
}

#[cfg(test)]
mod tests;
