//! Boxes: the one a visitor asks for, and the one around each feature.

use geo::{BoundingRect, Intersects, Rect};

use super::collections::{self, Collection};
use crate::atlas::Atlas;
use crate::editions::Snapshot;
use crate::features::Geometry;
use crate::http::params::Query;
use crate::http::problem::Problem;

/// West, south, east, north, in degrees. West of east, unless the box crosses the 180th meridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl Bounds {
    /// Reads `bbox=W,S,E,N`, or six numbers of which the heights are checked and then ignored. West may be greater than
    /// east: then the box crosses the 180th meridian (RFC 7946, 5.2).
    ///
    /// # Errors
    /// 400 unless there are four or six numbers on Earth, south not above north.
    pub fn parse(query: &Query, name: &str) -> Result<Option<Self>, Problem> {
        query.numbers(name)?.map(|numbers| Self::read(query, name, &numbers)).transpose()
    }

    /// The same from numbers that are read already.
    ///
    /// # Errors
    /// As [`Bounds::parse`].
    pub fn read(query: &Query, name: &str, numbers: &[f64]) -> Result<Self, Problem> {
        let refuse = |detail: String| {
            let value = query.text(name).unwrap_or_default();
            Err(Problem::parameter("invalid-bbox", name, value, detail).allowing(["WEST,SOUTH,EAST,NORTH"]))
        };
        let bounds = match *numbers {
            [west, south, east, north] => Self { west, south, east, north },
            [west, south, low, east, north, high] if low <= high => Self { west, south, east, north },
            [_, _, low, _, _, high] => return refuse(format!("the lower height {low} is above the upper one, {high}")),
            _ => return refuse(format!("`{name}` takes four numbers, or six with heights; got {}", numbers.len())),
        };
        if [bounds.west, bounds.east].iter().any(|lon| lon.abs() > 180.0)
            || [bounds.south, bounds.north].iter().any(|lat| lat.abs() > 90.0)
        {
            return refuse("longitudes lie in [-180, 180] and latitudes in [-90, 90]; longitude comes first".into());
        }
        if bounds.south > bounds.north {
            return refuse(format!("south {} is above north {}", bounds.south, bounds.north));
        }
        Ok(bounds)
    }

    /// One rectangle, or two when the box crosses the 180th meridian.
    fn parts(&self) -> impl Iterator<Item = Rect> + use<> {
        let rect = |west, east, south, north| Rect::new((west, south), (east, north));
        let Self { west, south, east, north } = *self;
        let (first, second) = if west <= east {
            (rect(west, east, south, north), None)
        } else {
            (rect(west, 180.0, south, north), Some(rect(-180.0, east, south, north)))
        };
        std::iter::once(first).chain(second)
    }

    /// Whether a geometry, of which `bounds` is the box, shares a point with this box. Edges belong to it.
    #[must_use]
    pub fn touch(&self, bounds: &Rect, geometry: &Geometry<'_>) -> bool {
        self.parts().any(|part| {
            let inside = part.min().x <= bounds.min().x
                && part.min().y <= bounds.min().y
                && bounds.max().x <= part.max().x
                && bounds.max().y <= part.max().y;
            // Most boxes answer alone: all in, or all out.
            inside
                || part.intersects(bounds)
                    && match geometry {
                        Geometry::Nowhere => false,
                        Geometry::Point(_) => true,
                        Geometry::Area(area) => area.intersects(&part),
                    }
        })
    }
}

/// The box around each feature of each collection, worked out once.
#[derive(Debug, Default)]
pub struct Boxes(Vec<Vec<Option<Rect>>>);

impl Boxes {
    /// Those of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    /// Works them out.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let of_collection = |collection: &dyn Collection| {
            (0..collection.len(atlas)).map(|row| around(&collection.geometry(atlas, row))).collect()
        };
        Self(collections::ALL.into_iter().map(of_collection).collect())
    }

    /// The box of one feature, by the rank of its collection and its row; `None` when it is nowhere.
    #[must_use]
    pub fn of(&self, collection: usize, row: usize) -> Option<Rect> {
        self.0[collection][row]
    }

    /// The box around a whole collection; `None` when nothing in it has a place.
    #[must_use]
    pub fn around(&self, collection: usize) -> Option<Rect> {
        self.0[collection].iter().copied().flatten().reduce(join)
    }
}

fn around(geometry: &Geometry<'_>) -> Option<Rect> {
    match geometry {
        Geometry::Nowhere => None,
        Geometry::Point(position) => {
            let corner = (position.lon(), position.lat());
            Some(Rect::new(corner, corner))
        }
        Geometry::Area(area) => area.bounding_rect(),
    }
}

/// The box around two.
#[must_use]
pub fn join(a: Rect, b: Rect) -> Rect {
    Rect::new(
        (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
        (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
    )
}
