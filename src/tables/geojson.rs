//! A table as `GeoJSON`: each row with the contour of its territory or its point, and beside the features what they rest on.

use super::json::{context, member, write_row};
use super::report::Report;
use super::table::Spot;
use crate::features;
use crate::features::Geometry;
use crate::http::State;
use crate::http::problem::Problem;

/// Writes the table that was asked for.
///
/// # Errors
/// 400 when its rows are no places; 503 when nobody waits for it any more.
pub(crate) fn write(report: &Report, state: &State) -> Result<Vec<u8>, Problem> {
    let table = report.table();
    let of_places = table.columns.iter().any(|column| column.name == "code");
    if !table.rows.is_empty() && !of_places && table.rows.iter().all(|row| row.place.is_none()) {
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
    let rows = table.rows.iter().take_while(|_| state.is_wanted());
    features::write_array(&mut out, rows, |out, row| {
        out.extend_from_slice(br#"{"type":"Feature""#);
        if let Some(Spot::Territory(_, id) | Spot::Point(_, id)) = &row.place {
            features::write_key(out, "id");
            features::write_text(out, id);
        }
        features::write_key(out, "geometry");
        let geometry = match &row.place {
            None => Geometry::Nowhere,
            Some(Spot::Point(position, _)) => Geometry::Point(*position),
            Some(Spot::Territory(level, code)) => {
                let contour = state.atlas.contour(*level, code);
                contour.map_or(Geometry::Nowhere, Geometry::Area)
            }
        };
        features::write_geometry(out, &geometry);
        features::write_key(out, "properties");
        write_row(out, table, row);
        out.push(b'}');
    });
    state.go_on()?;
    out.push(b'}');
    Ok(out)
}
