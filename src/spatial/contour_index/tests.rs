//! Contours against a plain even-odd count and against points walked along every edge.

use geo::Polygon;

use super::*;
use crate::domain::Degrees;
use crate::spatial::testing::Seeded;

fn at(lon: f64, lat: f64) -> Position {
    Position::new(Degrees { lon, lat }).expect("on Earth")
}

/// A star-shaped ring around a centre, `swing` degrees at most from it.
fn star(random: &mut Seeded, [lon, lat]: [f64; 2], swing: f64) -> LineString {
    let corners = 5 + random.below(40);
    let mut ring: Vec<[f64; 2]> = (0..corners)
        .map(|i| {
            let (sin, cos) = (i as f64 / corners as f64 * std::f64::consts::TAU).sin_cos();
            let reach = random.between(0.4, 1.0) * swing;
            [lon + reach * cos, lat + reach * sin]
        })
        .collect();
    ring.push(ring[0]);
    LineString::from(ring)
}

/// Stars that overlap one another, each with a hole and a distant islet.
fn contours(random: &mut Seeded, count: u32) -> Vec<(u32, Contour)> {
    (0..count)
        .map(|ordinal| {
            let centre = [random.between(0.0, 4.0), random.between(45.0, 48.0)];
            let hole = star(random, centre, 0.08);
            let land = Polygon::new(star(random, centre, 0.3), vec![hole]);
            let islet = Polygon::new(star(random, [centre[0] + 0.6, centre[1]], 0.05), vec![]);
            (ordinal * 7, Contour::new(MultiPolygon::new(vec![land, islet])))
        })
        .collect()
}

/// The dumb twin: a ray to the east crosses the rings of the contour an odd number of times.
fn is_inside(contour: &MultiPolygon, position: Position) -> bool {
    let crossings = contour
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .flat_map(LineString::lines)
        .filter(|edge| (edge.start.y > position.lat()) != (edge.end.y > position.lat()))
        .filter(|edge| {
            let share = (position.lat() - edge.start.y) / (edge.end.y - edge.start.y);
            edge.start.x + share * (edge.end.x - edge.start.x) > position.lon()
        })
        .count();
    crossings % 2 == 1
}

#[test]
fn thousands_of_points_fall_where_an_even_odd_count_puts_them() {
    let mut random = Seeded::new(11);
    let mut contours = contours(&mut random, 60);
    random.shuffle(&mut contours);
    let index = ContourIndex::new(contours.clone());
    let mut found = 0;
    for _ in 0..20_000 {
        let position = random.position_in([-0.5, 44.5, 5.0, 48.5]);
        let expected = contours.iter().filter(|(_, c)| is_inside(c, position)).map(|(ordinal, _)| *ordinal).min();
        assert_eq!(index.containing(position), expected, "at {position:?}");
        found += usize::from(expected.is_some());
    }
    assert!(found > 5_000, "the test walks on land as well as at sea");
}

#[test]
fn a_hole_is_outside_and_its_edge_is_a_shore() {
    let ring = |h: f64| LineString::from(vec![[-h, -h], [h, -h], [h, h], [-h, h], [-h, -h]]);
    let lake = Contour::new(MultiPolygon::new(vec![Polygon::new(ring(0.2), vec![ring(0.1)])]));
    let index = ContourIndex::new(vec![(3, lake)]);
    assert_eq!(index.containing(at(0.0, 0.0)), None);
    assert_eq!(index.containing(at(0.15, 0.0)), Some(3));
    assert_eq!(index.distance_to(3, at(0.15, 0.0)), Some(Metres::ZERO));
    let to_shore = index.distance_to(3, at(0.09, 0.0)).expect("contour 3 is there").value();
    let geodesic = at(0.09, 0.0).geodesic_to(at(0.1, 0.0)).value();
    assert!((to_shore - geodesic).abs() < 0.01, "{to_shore} for {geodesic}");
}

#[test]
fn a_shared_border_belongs_to_the_lowest_ordinal() {
    let square = |west: f64| {
        let ring = vec![[west, 0.0], [west + 1.0, 0.0], [west + 1.0, 1.0], [west, 1.0], [west, 0.0]];
        Contour::new(MultiPolygon::new(vec![Polygon::new(LineString::from(ring), vec![])]))
    };
    let index = ContourIndex::new(vec![(9, square(0.0)), (4, square(1.0))]);
    assert_eq!(index.containing(at(1.0, 0.5)), Some(4));
    assert_eq!(index.containing(at(0.999, 0.5)), Some(9));
}

#[test]
fn distances_agree_with_geodesics_to_points_walked_along_the_edges() {
    let mut random = Seeded::new(12);
    let contours = contours(&mut random, 3);
    let index = ContourIndex::new(contours.clone());
    for (ordinal, contour) in &contours {
        let bounds = contour.bounding_rect().expect("not empty");
        let near = [bounds.min().x - 0.05, bounds.min().y - 0.05, bounds.max().x + 0.05, bounds.max().y + 0.05];
        for _ in 0..40 {
            let position = random.position_in(near);
            let metres = index.distance_to(*ordinal, position).expect("known ordinal").value();
            if is_inside(contour, position) {
                assert!(metres == 0.0);
                continue;
            }
            let walked = contour
                .iter()
                .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
                .flat_map(LineString::lines)
                .flat_map(|edge| (0..=200).map(move |i| edge.start + edge.delta() * (f64::from(i) / 200.0)))
                .map(|coord| position.geodesic_to(at(coord.x, coord.y)).value())
                .fold(f64::INFINITY, f64::min);
            if metres < 10_000.0 {
                // The walk steps over the nearest point by at most half a step, some 60 m here.
                let step = 120.0_f64;
                assert!(metres <= walked * 1.001 + 0.01 && walked <= metres * 1.001 + step, "{metres} for {walked}");
            }
        }
    }
}

#[test]
fn an_islet_across_the_antimeridian_is_near() {
    let ring = vec![[179.98, -16.8], [179.99, -16.8], [179.99, -16.7], [179.98, -16.7], [179.98, -16.8]];
    let index = ContourIndex::new(vec![(
        0,
        Contour::new(MultiPolygon::new(vec![Polygon::new(LineString::from(ring), vec![])])),
    )]);
    let metres = index.distance_to(0, at(-179.99, -16.75)).expect("known ordinal").value();
    assert!((metres - at(-179.99, -16.75).geodesic_to(at(179.99, -16.75)).value()).abs() < 1.0);
}

#[test]
fn an_unknown_or_empty_contour_is_at_no_distance() {
    let index = ContourIndex::new(vec![(1, Contour::new(MultiPolygon::new(vec![])))]);
    assert_eq!(index.distance_to(1, at(2.0, 46.0)), None);
    assert_eq!(index.distance_to(2, at(2.0, 46.0)), None);
    assert_eq!(index.containing(at(2.0, 46.0)), None);
}
