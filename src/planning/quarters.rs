//! Quarters of large communes: one post cannot serve a city, and the posts of a city do not all stand at its town hall.

use crate::access::Demand;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, PointIx, Position};
use crate::spatial::sphere;

/// Inhabitants of a quarter, about: a commune of twice as many has two.
const INHABITANTS: f64 = 8_000.0;

/// Where posts of a commune stand or may go, nearest to its centre first: the centre itself, then the middle of every other
/// quarter. Quarters have equal parts of the inhabitants; nothing for a commune that nobody can place.
pub(super) fn quarters(atlas: &Atlas, commune: CommuneIx) -> Vec<Position> {
    let Some(centre) = atlas.communes()[commune].point else { return Vec::new() };
    let demand = atlas.analysis().access.times().demand();
    let mut points = points(demand, commune);
    let inhabitants: f64 = points.iter().map(|(_, inhabitants)| inhabitants).sum();
    let number = ((inhabitants / INHABITANTS) as usize).min(points.len());
    if number < 2 {
        return vec![centre];
    }
    let mut middles = Vec::new();
    divide(&mut points, number, &mut middles);
    let from = centre.unit_vector();
    let away = |at: &Position| sphere::chord2(from, at.unit_vector());
    middles.sort_by(|a, b| away(a).total_cmp(&away(b)).then(a.lon().total_cmp(&b.lon())));
    // The centre stands for the quarter around it.
    middles[0] = centre;
    middles
}

/// The points of a divided commune with their inhabitants.
fn points(demand: &Demand, commune: CommuneIx) -> Vec<(Position, f64)> {
    let placed = |(point, inhabitants): (PointIx, f64)| Some((demand.points[point].position?, inhabitants));
    demand.parts.weighed(commune).filter_map(placed).collect()
}

/// Cuts points across their longer side, again and again, so that each piece has the same part of the inhabitants.
fn divide(points: &mut [(Position, f64)], number: usize, middles: &mut Vec<Position>) {
    if number < 2 || points.len() < 2 {
        middles.extend(middle(points));
        return;
    }
    let along = |axis: fn(Position) -> f64| {
        let ends = points
            .iter()
            .map(|(at, _)| axis(*at))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        ends.1 - ends.0
    };
    let wide = along(Position::lon) * points[0].0.lat().to_radians().cos();
    let axes: [fn(Position) -> f64; 2] =
        if wide > along(Position::lat) { [Position::lon, Position::lat] } else { [Position::lat, Position::lon] };
    let place = |at: Position| axes.map(|axis| axis(at));
    points.sort_by(|(a, _), (b, _)| {
        let ([a, a2], [b, b2]) = (place(*a), place(*b));
        a.total_cmp(&b).then(a2.total_cmp(&b2))
    });
    let all: f64 = points.iter().map(|(_, inhabitants)| inhabitants).sum();
    let (first, mut before) = (number / 2, 0.0);
    let part = all * first as f64 / number as f64;
    let cut = points.iter().position(|(_, inhabitants)| {
        before += inhabitants;
        before >= part
    });
    let cut = cut.map_or(1, |rank| rank + 1).clamp(1, points.len() - 1);
    let (one, other) = points.split_at_mut(cut);
    divide(one, first, middles);
    divide(other, number - first, middles);
}

/// The point nearest to the mean of the inhabitants.
fn middle(points: &[(Position, f64)]) -> Option<Position> {
    let all: f64 = points.iter().map(|(_, inhabitants)| inhabitants).sum();
    let mean =
        |axis: fn(Position) -> f64| points.iter().map(|(at, inhabitants)| inhabitants * axis(*at)).sum::<f64>() / all;
    let (lon, lat) = (mean(Position::lon), mean(Position::lat));
    let away = |at: &Position| ((at.lon() - lon) * lat.to_radians().cos()).hypot(at.lat() - lat);
    points.iter().map(|(at, _)| *at).min_by(|a, b| away(a).total_cmp(&away(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Degrees;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(Degrees { lon, lat }).unwrap()
    }

    #[test]
    fn quarters_have_equal_parts_of_the_inhabitants_and_stand_where_people_are() {
        // A street of eight houses, then one tower at its end with as many people as all of them.
        let mut street: Vec<(Position, f64)> =
            (0..8).map(|house| (at(2.0 + 0.01 * f64::from(house), 46.0), 10.0)).collect();
        street.push((at(2.09, 46.0), 80.0));
        let mut middles = Vec::new();
        divide(&mut street, 2, &mut middles);
        assert_eq!(middles[1], at(2.09, 46.0), "the tower is a quarter");
        assert!((middles[0].lon() - 2.035).abs() < 0.006, "the street is the other, around its middle: {middles:?}");
        let mut many = Vec::new();
        divide(&mut street, 9, &mut many);
        assert_eq!(many.len(), 5, "two houses each, and the tower, which is not divided");
        let mut all: Vec<(Position, f64)> = street.clone();
        all.reverse();
        let mut again = Vec::new();
        divide(&mut all, 9, &mut again);
        assert_eq!(many, again, "whatever the order they come in");
    }
}
