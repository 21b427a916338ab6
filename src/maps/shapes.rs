//! The contours of each level, projected once, when the first tile of that level is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use geo::{LineString, MultiPolygon, Polygon, unary_union};

use super::simplify;
use super::world::{World, unit_bits};
use crate::atlas::{Atlas, VenueFilter};
use crate::domain::need::Field;
use crate::domain::{Level, Position, VenueIx};
use crate::editions::Snapshot;

/// Radius of the disc that stands for a commune overseas without a published contour, in degrees of longitude: some three
/// kilometres. It says where, never how large.
const DISC_DEG: f64 = 0.03;
/// The zoom whose borders the zooms before it show too: there, snapping leaves little of them anyway.
const COARSEST: u32 = 3;
/// Corners of that disc.
const CORNERS: u32 = 12;

/// One territory with a contour, or with discs that stand for one.
#[derive(Debug)]
pub struct Shape {
    /// Its row in the table of its level.
    pub row: usize,
    /// Whether it is made of discs, for want of a contour.
    pub discs: bool,
    /// North-west and south-east corners of the box around it.
    pub around: [World; 2],
    /// Its polygons: the outer ring, then the holes. The first point is not repeated at the end.
    pub polygons: Vec<Vec<Vec<World>>>,
}

impl Shape {
    /// A contour that belongs to no level, such as that of an arrondissement; `row` is the caller's.
    #[must_use]
    pub fn of(row: usize, contour: &MultiPolygon) -> Option<Self> {
        shape(row, contour)
    }
}

/// For each vertex of a shape, ring by ring of all its polygons, the area from which [`simplify`] leaves it out.
pub type Weights = Vec<Vec<f32>>;

/// Projected contours. Editions of the same country share them.
#[derive(Debug, Default)]
pub struct Shapes {
    levels: [OnceLock<Vec<Shape>>; 4],
    weights: [OnceLock<Vec<Weights>>; 4],
}

/// Places of venues.
#[derive(Debug)]
pub struct VenuePlaces(Vec<(World, VenueIx)>);

impl VenuePlaces {
    /// The venues that have a place and receive the public (defect D11) on the day of the edition, with their ordinals.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &[(World, VenueIx)] {
        let Self(places) = snapshot.kept(|atlas| {
            let day = VenueFilter::default().asked_at(atlas.day_of_the_edition());
            let shown = atlas.venues().iter_enumerated().filter(|(ordinal, _)| day.accepts(atlas, *ordinal));
            Self(shown.filter_map(|(i, venue)| Some((place(venue.location.position()?), i))).collect())
        });
        places
    }
}

impl Shapes {
    /// Those of the country of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.atlas.country().kept(Self::default)
    }

    /// The territories of a level that have a contour, by row.
    pub fn of(&self, atlas: &Atlas, level: Level) -> &[Shape] {
        self.levels[level as usize].get_or_init(|| shapes(atlas, level))
    }

    /// The territory of a row; `None` when it has no contour.
    pub fn one(&self, atlas: &Atlas, level: Level, row: usize) -> Option<&Shape> {
        let shapes = self.of(atlas, level);
        shapes.binary_search_by_key(&row, |shape| shape.row).ok().map(|at| &shapes[at])
    }

    /// When the vertices of a level go, shape by shape; those that stay at every zoom that is simplified are infinite.
    pub fn weights(&self, atlas: &Atlas, level: Level) -> &[Weights] {
        self.weights[level as usize].get_or_init(|| {
            let shapes = self.of(atlas, level);
            let rings: Vec<&[World]> =
                shapes.iter().flat_map(|shape| shape.polygons.iter().flatten().map(Vec::as_slice)).collect();
            let mut weights = simplify::weights(&rings, shown_area(COARSEST)).into_iter();
            let of = |shape: &Shape| weights.by_ref().take(shape.polygons.iter().map(Vec::len).sum()).collect();
            shapes.iter().map(of).collect()
        })
    }
}

/// The area of a triangle that a zoom just shows, in square units of the world: sixteen square units of a tile, hence half a
/// pixel high and a pixel wide on a tile of 512 pixels.
#[must_use]
pub fn shown_area(zoom: u32) -> f64 {
    16.0 * (f64::from(unit_bits(zoom)) * 2.0).exp2()
}

fn place(position: Position) -> World {
    World::of(position.lon(), position.lat())
}

fn shapes(atlas: &Atlas, level: Level) -> Vec<Shape> {
    let codes: Vec<&str> = if level == Level::Commune {
        atlas.communes().iter().map(|commune| commune.code.as_str()).collect()
    } else {
        atlas.territories(level).iter().map(|territory| territory.code.as_str()).collect()
    };
    let rows: BTreeMap<&str, usize> = codes.into_iter().zip(0..).collect();
    let drawn = atlas.contours(level).filter_map(|(code, contour)| shape(*rows.get(code)?, contour));
    let mut shapes: Vec<Shape> = drawn.collect();
    shapes.extend(discs(atlas, level, &rows));
    shapes.sort_by_key(|shape| shape.row);
    shapes
}

/// The collectivités d'outre-mer have no contour under a licence that could be verified: discs at their communes say where
/// they are, so that no part of France is missing from a map.
fn discs<'a>(atlas: &'a Atlas, level: Level, rows: &'a BTreeMap<&str, usize>) -> impl Iterator<Item = Shape> + 'a {
    drawn_as_discs(atlas, level)
        .into_iter()
        .filter_map(|(code, contour)| Some(Shape { discs: true, ..shape(*rows.get(code)?, &contour)? }))
}

/// The territories of a level that are drawn as discs, by code, with their discs.
#[must_use]
pub fn drawn_as_discs(atlas: &Atlas, level: Level) -> BTreeMap<&str, MultiPolygon> {
    let drawn: BTreeSet<&str> = atlas.contours(level).map(|(code, _)| code).collect();
    let mut by_code: BTreeMap<&str, Vec<Position>> = BTreeMap::new();
    for commune in atlas.communes().iter().filter(|commune| Field::of(commune) == Field::Outside) {
        let code = match level {
            Level::Commune => Some(commune.code.as_str()),
            Level::Epci => commune.epci.as_deref(),
            Level::Departement => Some(commune.departement.as_str()),
            Level::Region => Some(commune.region.as_str()),
        };
        if let (Some(code), Some(point)) = (code.filter(|code| !drawn.contains(code)), commune.point) {
            by_code.entry(code).or_default().push(point);
        }
    }
    let of = |points: Vec<Position>| unary_union(&points.into_iter().map(disc).collect::<Vec<_>>());
    by_code.into_iter().map(|(code, points)| (code, of(points))).collect()
}

/// A disc as it looks on the map, whose scale grows with the latitude.
fn disc(centre: Position) -> Polygon {
    let corner = |i: u32| {
        let angle = std::f64::consts::TAU * f64::from(i) / f64::from(CORNERS);
        let high = DISC_DEG * centre.lat().to_radians().cos();
        (centre.lon() + DISC_DEG * angle.cos(), centre.lat() + high * angle.sin())
    };
    Polygon::new((0..CORNERS).map(corner).collect(), Vec::new())
}

fn shape(row: usize, contour: &MultiPolygon) -> Option<Shape> {
    let polygons: Vec<Vec<Vec<World>>> = contour
        .iter()
        .map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
        .collect();
    let around = World::around(polygons.iter().flatten().flatten())?;
    Some(Shape { row, discs: false, around, polygons })
}

fn ring(ring: &LineString) -> Vec<World> {
    let open = ring.0.len().saturating_sub(usize::from(ring.is_closed()));
    ring.0[..open].iter().map(|coord| World::of(coord.x, coord.y)).collect()
}
