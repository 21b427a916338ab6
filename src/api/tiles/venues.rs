//! Tiles of venues: gathered in cells from afar, one by one from close by.

use std::collections::BTreeMap;

use mvt::{Error, GeomEncoder, GeomType};

use crate::domain::{Venue, VenueIx};
use crate::editions::Snapshot;
use crate::maps::shapes::VenuePlaces;
use crate::maps::world::{EXTENT, Local, Tile};

/// From this zoom on every venue stands alone.
pub const ALONE_FROM: u32 = 11;
/// Side of a cell, in units: a sixteenth of the tile.
const CELL: i32 = 256;

/// Writes a tile of venues; `None` when nothing is in it.
///
/// # Errors
/// Those of the encoder.
pub fn encode(state: &Snapshot, tile: Tile) -> Result<Option<Vec<u8>>, Error> {
    let located = VenuePlaces::kept(state).iter();
    let places =
        located.map(|(place, ordinal)| (tile.snap(*place, 0), *ordinal)).filter(|(place, _)| Tile::owns(*place));
    let groups = if tile.z >= ALONE_FROM { places.map(|found| vec![found]).collect() } else { gathered(places) };
    if groups.is_empty() {
        return Ok(None);
    }
    let mut vector = mvt::Tile::new(EXTENT as u32);
    let mut layer = vector.create_layer("venues");
    for group in groups {
        let [x, y] = middle(&group);
        let mut feature = layer.into_feature(GeomEncoder::new(GeomType::Point).point(x, y)?.encode()?);
        feature.add_tag_uint("count", group.len() as u64);
        if let [(_, ordinal)] = group[..] {
            let venue = &state.atlas.venues()[ordinal];
            feature.add_tag_string("id", &venue.id);
            feature.add_tag_string("name", &venue.name);
            feature.add_tag_string("labels", &labels(venue));
        }
        layer = feature.into_layer();
    }
    vector.add_layer(layer)?;
    vector.to_bytes().map(Some)
}

/// The national programmes of a venue as slugs, commas between: `france-services,aidants-connect`.
#[must_use]
pub fn labels(venue: &Venue) -> String {
    venue.programmes.iter().map(|programme| programme.slug()).collect::<Vec<_>>().join(",")
}

/// Venues by cell, in the order of the cells.
fn gathered(places: impl Iterator<Item = (Local, VenueIx)>) -> Vec<Vec<(Local, VenueIx)>> {
    let mut cells: BTreeMap<(i32, i32), Vec<(Local, VenueIx)>> = BTreeMap::new();
    for (place, ordinal) in places {
        cells.entry((place[1] / CELL, place[0] / CELL)).or_default().push((place, ordinal));
    }
    cells.into_values().collect()
}

/// The mean place of a group.
fn middle(group: &[(Local, VenueIx)]) -> Local {
    let count = i64::from(group.len() as u32);
    [0, 1].map(|axis| (group.iter().map(|(place, _)| i64::from(place[axis])).sum::<i64>() / count) as i32)
}
