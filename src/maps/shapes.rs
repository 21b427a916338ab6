//! The contours of each level, projected once, when the first tile of that level is asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use geo::{LineString, MultiPolygon};

use super::world::World;
use crate::atlas::Atlas;
use crate::domain::{Level, Position, VenueIx};
use crate::editions::Snapshot;

/// One territory with a contour.
#[derive(Debug)]
pub struct Shape {
    /// Its row in the table of its level.
    pub row: usize,
    /// North-west and south-east corners of the box around it.
    pub around: [World; 2],
    /// Its polygons: the outer ring, then the holes. The first point is not repeated at the end.
    pub polygons: Vec<Vec<Vec<World>>>,
}

/// Projected contours, and places of venues.
#[derive(Debug, Default)]
pub struct Shapes {
    levels: [OnceLock<Vec<Shape>>; 4],
    venues: OnceLock<Vec<(World, VenueIx)>>,
}

impl Shapes {
    /// Those of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(|_| Self::default())
    }

    /// The territories of a level that have a contour.
    pub fn of(&self, atlas: &Atlas, level: Level) -> &[Shape] {
        self.levels[level as usize].get_or_init(|| shapes(atlas, level))
    }

    /// The venues that have a place and receive the public (defect D11), with their ordinals.
    pub fn venues(&self, atlas: &Atlas) -> &[(World, VenueIx)] {
        self.venues.get_or_init(|| {
            let shown = atlas.venues().iter_enumerated().filter(|(_, venue)| venue.receives_public());
            shown.filter_map(|(i, venue)| Some((place(venue.location.position()?), i))).collect()
        })
    }
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
    atlas.contours(level).filter_map(|(code, contour)| shape(*rows.get(code)?, contour)).collect()
}

fn shape(row: usize, contour: &MultiPolygon) -> Option<Shape> {
    let polygons: Vec<Vec<Vec<World>>> = contour
        .iter()
        .map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
        .collect();
    let points = || polygons.iter().flatten().flatten();
    let low = World { x: points().map(|p| p.x).min()?, y: points().map(|p| p.y).min()? };
    let high = World { x: points().map(|p| p.x).max()?, y: points().map(|p| p.y).max()? };
    Some(Shape { row, around: [low, high], polygons })
}

fn ring(ring: &LineString) -> Vec<World> {
    let open = ring.0.len().saturating_sub(usize::from(ring.is_closed()));
    ring.0[..open].iter().map(|coord| World::of(coord.x, coord.y)).collect()
}
