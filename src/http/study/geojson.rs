//! A table as `GeoJSON`: each row with the contour of its territory, and beside the features what they rest on.

use super::json::{context, member, write_row};
use super::report::Report;
use crate::http::State;
use crate::http::features::{self, Geometry};
use crate::http::problem::Problem;

/// Writes the table that was asked for.
///
/// # Errors
/// 400 when its rows are no places.
pub(super) fn write(report: &Report, state: &State) -> Result<Vec<u8>, Problem> {
    let table = report.table();
    if !table.rows.is_empty() && table.columns.iter().all(|column| column.name != "code") {
        let detail = format!("the rows of `{}` are no places; ask for another format", table.name);
        return Err(Problem::parameter("no-places", "format", "geojson", detail).allowing(["json", "csv", "xlsx"]));
    }
    let mut out = Vec::with_capacity(4096 + 2048 * table.rows.len());
    out.extend_from_slice(br#"{"type":"FeatureCollection""#);
    member(&mut out, "subject", &report.subject.into());
    for (name, value) in context(report, state) {
        member(&mut out, name, &value);
    }
    features::write_key(&mut out, "features");
    features::write_array(&mut out, table.rows.iter(), |out, row| {
        out.extend_from_slice(br#"{"type":"Feature""#);
        let place = row.place.as_ref();
        if let Some((_, code)) = place {
            features::write_key(out, "id");
            features::write_text(out, code);
        }
        features::write_key(out, "geometry");
        let contour = place.and_then(|(level, code)| state.atlas.contour(*level, code));
        features::write_geometry(out, &contour.map_or(Geometry::Nowhere, |contour| Geometry::Areas(vec![contour])));
        features::write_key(out, "properties");
        write_row(out, table, row);
        out.push(b'}');
    });
    out.push(b'}');
    Ok(out)
}
