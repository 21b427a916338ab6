//! Well-known binary, little endian: points and multipolygons, as `GeoParquet` 1.1 wants them.
//!
//! Source: OGC 06-103r4, *Simple feature access — Part 1*, §8.2 (2011).

use geo::{Coord, LineString, MultiPolygon, Polygon};

use crate::domain::{Degrees, Position};

const LITTLE_ENDIAN: u8 = 1;
const POINT: u32 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// A position as a point.
#[must_use]
pub fn point(position: Position) -> Vec<u8> {
    let mut bytes = header(POINT);
    bytes.extend(position.lon().to_le_bytes());
    bytes.extend(position.lat().to_le_bytes());
    bytes
}

/// A contour.
#[must_use]
pub fn multi_polygon(contour: &MultiPolygon) -> Vec<u8> {
    let mut bytes = header(MULTI_POLYGON);
    bytes.extend((contour.0.len() as u32).to_le_bytes());
    for polygon in contour {
        bytes.extend(header(POLYGON));
        bytes.extend((polygon.interiors().len() as u32 + 1).to_le_bytes());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            bytes.extend((ring.0.len() as u32).to_le_bytes());
            for coord in ring {
                bytes.extend(coord.x.to_le_bytes());
                bytes.extend(coord.y.to_le_bytes());
            }
        }
    }
    bytes
}

fn header(kind: u32) -> Vec<u8> {
    let mut bytes = vec![LITTLE_ENDIAN];
    bytes.extend(kind.to_le_bytes());
    bytes
}

/// Reads a point; `None` when the bytes are something else.
#[must_use]
pub fn read_point(bytes: &[u8]) -> Option<Position> {
    let mut reader = Reader(bytes);
    reader.header(POINT)?;
    Position::new(Degrees { lon: reader.number()?, lat: reader.number()? }).ok()
}

/// Reads a multipolygon; `None` when the bytes are something else.
#[must_use]
pub fn read_multi_polygon(bytes: &[u8]) -> Option<MultiPolygon> {
    let mut reader = Reader(bytes);
    reader.header(MULTI_POLYGON)?;
    let polygons = reader.count()?;
    // Tens of thousands of contours stay in memory: no room is kept for more than they hold.
    let mut contour = Vec::with_capacity(polygons.min(reader.0.len() / 9));
    for _ in 0..polygons {
        reader.header(POLYGON)?;
        let rings = reader.count()?;
        let mut exterior = None;
        let mut interiors = Vec::with_capacity(rings.saturating_sub(1).min(reader.0.len() / 4));
        for _ in 0..rings {
            let coords = reader.count()?;
            let mut line = Vec::with_capacity(coords.min(reader.0.len() / 16));
            for _ in 0..coords {
                line.push(Coord { x: reader.number()?, y: reader.number()? });
            }
            match &exterior {
                None => exterior = Some(LineString::new(line)),
                Some(_) => interiors.push(LineString::new(line)),
            }
        }
        contour.push(Polygon::new(exterior?, interiors));
    }
    reader.0.is_empty().then(|| MultiPolygon::new(contour))
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn header(&mut self, kind: u32) -> Option<()> {
        (self.take::<1>()? == [LITTLE_ENDIAN] && self.take::<4>()? == kind.to_le_bytes()).then_some(())
    }

    fn count(&mut self) -> Option<usize> {
        self.take::<4>().map(|bytes| u32::from_le_bytes(bytes) as usize)
    }

    fn number(&mut self) -> Option<f64> {
        self.take::<8>().map(f64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn contours_survive_the_round_trip() {
        let contour = MultiPolygon::new(vec![polygon![
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 0.0)],
            interiors: [[(x: 2.0, y: 1.0), (x: 3.0, y: 1.0), (x: 3.0, y: 2.0), (x: 2.0, y: 1.0)]],
        ]]);
        let bytes = multi_polygon(&contour);
        assert_eq!(read_multi_polygon(&bytes), Some(contour));
        for cut in 0..bytes.len() {
            assert_eq!(read_multi_polygon(&bytes[..cut]), None, "cut at {cut}");
        }
    }

    #[test]
    fn a_point_is_longitude_then_latitude() {
        let position = Position::new(Degrees { lon: 2.35, lat: 48.85 }).unwrap();
        assert_eq!(read_point(&point(position)), Some(position));
    }
}
