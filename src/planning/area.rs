//! The communes of an area.

use geo::{Contains, Point};

use super::error::RequestError;
use super::request::Area;
use crate::atlas::Atlas;

/// Ordinals of the communes, ascending.
pub(super) fn communes(atlas: &Atlas, area: &Area) -> Result<Vec<u32>, RequestError> {
    let all = 0..atlas.communes().len() as u32;
    let communes: Vec<u32> = match area {
        Area::Nation => all.collect(),
        Area::Territory { level, code } => atlas.communes_of(*level, code).ok_or_else(|| {
            RequestError::new("territory", code, format!("none of the {} has this code", level.plural()))
        })?,
        Area::Polygon(polygon) => {
            let inside = |&commune: &u32| {
                let point = atlas.communes()[commune as usize].point;
                point.is_some_and(|at| polygon.contains(&Point::new(at.lon(), at.lat())))
            };
            all.filter(inside).collect()
        }
    };
    let nobody = || RequestError::new("territory", "", "no commune lies inside");
    if communes.is_empty() { Err(nobody()) } else { Ok(communes) }
}
