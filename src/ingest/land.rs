//! What is known of ways across water and crests: `crossings.csv` and `barriers.csv` of `data/territories`.

use std::path::Path;

use serde::Deserialize;

use crate::access::Mode;
use crate::access::land::{Barrier, BarrierKind, Crossing, CrossingKind, LandFacts, OpenMonths};
use crate::domain::{Degrees, Position, Seconds};

/// No crossing takes longer.
const MOST_MINUTES: f64 = 600.0;

#[derive(Deserialize)]
struct CrossingRow {
    name: String,
    kind: String,
    from_lon: f64,
    from_lat: f64,
    to_lon: f64,
    to_lat: f64,
    minutes: f64,
    wait_minutes: Option<f64>,
    modes: String,
    open_months: String,
    source: String,
}

#[derive(Deserialize)]
struct BarrierRow {
    name: String,
    kind: String,
    side_a: String,
    side_b: String,
    line: String,
    source: String,
}

/// Reads both files.
///
/// # Errors
/// Names the file, the line, the column and what was expected.
pub fn read(folder: &Path) -> Result<LandFacts, String> {
    Ok(LandFacts {
        crossings: rows(folder, "crossings.csv", crossing)?,
        barriers: rows(folder, "barriers.csv", barrier)?,
    })
}

fn rows<R, T>(folder: &Path, name: &str, read: impl Fn(R) -> Result<T, String>) -> Result<Vec<T>, String>
where
    R: for<'de> Deserialize<'de>,
{
    let path = folder.join(name);
    let mut reader = csv::Reader::from_path(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let headers = reader.headers().map_err(|e| format!("{name}: {e}"))?.clone();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(|e| format!("{name}: {e}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = record.deserialize(Some(&headers)).map_err(|e| format!("{name}: {e}"))?;
        read(row).map_err(|e| format!("{name}: line {line}: {e}"))
    };
    reader.records().map(row).collect()
}

fn crossing(row: CrossingRow) -> Result<Crossing, String> {
    let kind = CrossingKind::from_name(&row.kind)
        .ok_or_else(|| unknown("kind", &row.kind, &CrossingKind::ALL.map(CrossingKind::name)))?;
    let mut modes = [false; 3];
    for mode in row.modes.split_whitespace() {
        let mode = Mode::from_name(mode).ok_or_else(|| unknown("modes", mode, &Mode::ALL.map(Mode::name)))?;
        modes[mode as usize] = true;
    }
    let months = match row.open_months.as_str() {
        "" => None,
        text => Some(OpenMonths::parse(text).ok_or_else(|| {
            format!("open_months {text:?}: expected the first and the last month, such as 6-10, or nothing")
        })?),
    };
    Ok(Crossing {
        kind,
        from: place("from_lon, from_lat", row.from_lon, row.from_lat)?,
        to: place("to_lon, to_lat", row.to_lon, row.to_lat)?,
        time: minutes("minutes", row.minutes)?,
        wait: minutes("wait_minutes", row.wait_minutes.unwrap_or(0.0))?,
        modes,
        months,
        name: named(row.name)?,
        source: row.source,
    })
}

fn barrier(row: BarrierRow) -> Result<Barrier, String> {
    let kind = BarrierKind::from_name(&row.kind)
        .ok_or_else(|| unknown("kind", &row.kind, &BarrierKind::ALL.map(BarrierKind::name)))?;
    let sides = [&row.side_a, &row.side_b].map(|codes| codes.split_whitespace().map(ToOwned::to_owned).collect());
    let line = if row.line.is_empty() { Vec::new() } else { line(&row.line)? };
    let has_sides = sides.iter().all(|side: &Vec<String>| !side.is_empty());
    if has_sides == (line.len() >= 2) {
        return Err("expected either side_a and side_b, or a line of two points or more".to_owned());
    }
    Ok(Barrier { name: named(row.name)?, kind, sides, line, source: row.source })
}

/// `LINESTRING(lon lat,lon lat,…)`.
fn line(text: &str) -> Result<Vec<Position>, String> {
    let wrong = || format!("line {text:?}: expected LINESTRING(lon lat,lon lat,…)");
    let inside = text.strip_prefix("LINESTRING(").and_then(|rest| rest.strip_suffix(')')).ok_or_else(wrong)?;
    let point = |point: &str| {
        let (lon, lat) = point.trim().split_once(' ').ok_or_else(wrong)?;
        let [lon, lat] = [lon, lat].map(|number| number.trim().parse::<f64>());
        place("line", lon.map_err(|_| wrong())?, lat.map_err(|_| wrong())?)
    };
    inside.split(',').map(point).collect()
}

fn place(field: &str, lon: f64, lat: f64) -> Result<Position, String> {
    Position::in_france(Degrees { lon, lat }).map_err(|e| format!("{field}: {e}"))
}

fn minutes(field: &str, value: f64) -> Result<Seconds, String> {
    if (0.0..=MOST_MINUTES).contains(&value) {
        Ok(Seconds((value * 60.0).round() as u32))
    } else {
        Err(format!("{field} {value}: expected minutes from 0 to {MOST_MINUTES}"))
    }
}

fn named(name: String) -> Result<String, String> {
    if name.is_empty() { Err("name: expected a name".to_owned()) } else { Ok(name) }
}

fn unknown(field: &str, value: &str, expected: &[&str]) -> String {
    format!("{field} {value:?}: expected one of {}", expected.join(", "))
}

#[cfg(test)]
mod tests;
