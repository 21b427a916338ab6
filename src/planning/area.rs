//! The communes of an area.

use geo::{Contains, Point};

use super::error::RequestError;
use super::request::Area;
use crate::atlas::Atlas;
use crate::domain::CommuneIx;

/// Ordinals of the communes, ascending.
pub(super) fn communes(atlas: &Atlas, area: &Area) -> Result<Vec<CommuneIx>, RequestError> {
    let all = atlas.communes().keys();
    let communes: Vec<CommuneIx> = match area {
        Area::Nation => all.collect(),
        Area::Territory { level, code } => atlas.communes_of(*level, code).ok_or_else(|| {
            RequestError::new("territory", code, format!("none of the {} has this code", level.plural()))
        })?,
        Area::Polygon(polygon) => {
            let inside = |&commune: &CommuneIx| {
                let point = atlas.communes()[commune].point;
                point.is_some_and(|at| polygon.contains(&Point::new(at.lon(), at.lat())))
            };
            all.filter(inside).collect()
        }
    };
    let nobody = || RequestError::new("territory", "", "no commune lies inside");
    if communes.is_empty() { Err(nobody()) } else { Ok(communes) }
}
