//! Pairs by distance as the crow flies: which sites lie within a radius of which demand points.

use std::collections::HashMap;

use super::error::ProblemError;
use super::pairs::{Pair, Pairs};
use crate::domain::{Metres, Position};
use crate::spatial::sphere;

/// Cells are never smaller than this, so that a radius of nothing does not fill the memory.
const SMALLEST_CELL: f64 = 1e-5;

/// All pairs within a radius, at the great-circle distance in whole metres, rounded up: a site at the cost of the radius
/// is within the radius.
///
/// # Errors
/// [`ProblemError::OutOfRange`] when the radius is 0.
pub fn pairs_within(demand: &[Position], sites: &[Position], radius: Metres) -> Result<Pairs, ProblemError> {
    if radius.value() <= 0.0 {
        return Err(ProblemError::OutOfRange { field: "radius", value: radius.value(), expected: "above 0" });
    }
    let longest = sphere::chord(radius);
    let side = longest.max(SMALLEST_CELL);
    let cell = |vector: [f64; 3]| vector.map(|coordinate| (coordinate / side).floor() as i32);
    let mut order: Vec<([i32; 3], u32)> = Vec::with_capacity(sites.len());
    let vectors: Vec<[f64; 3]> = sites.iter().map(|site| site.unit_vector()).collect();
    order.extend(vectors.iter().zip(0..).map(|(&vector, rank)| (cell(vector), rank)));
    order.sort_unstable();
    let mut cells: HashMap<[i32; 3], std::ops::Range<usize>> = HashMap::new();
    for (place, (cell, _)) in order.iter().enumerate() {
        cells.entry(*cell).or_insert(place..place).end = place + 1;
    }
    let mut near = Vec::new();
    Pairs::from_rows_with(sites.len(), demand.len(), |rank, row| {
        let vector = demand[rank].unit_vector();
        near.clear();
        for neighbour in neighbourhood(cell(vector)) {
            near.extend(
                cells.get(&neighbour).into_iter().flat_map(|places| &order[places.clone()]).map(|(_, site)| *site),
            );
        }
        for &site in &near {
            let other = vectors[site as usize];
            let chord2 = sphere::chord2(vector, other);
            if chord2 <= longest * longest {
                let metres = sphere::great_circle(chord2).value();
                row.push(Pair { site, cost: (metres - 1e-6).ceil().max(0.0) as u32 });
            }
        }
    })
}

/// A cell and the 26 around it.
fn neighbourhood([x, y, z]: [i32; 3]) -> impl Iterator<Item = [i32; 3]> {
    (0..27).map(move |rank| [x + rank % 3 - 1, y + rank / 3 % 3 - 1, z + rank / 9 - 1])
}
