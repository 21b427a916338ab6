//! Crossings and barriers of an edition: two tables, and back.

use polars::prelude::PolarsResult;

use crate::access::Mode;
use crate::access::land::{Barrier, BarrierKind, Crossing, CrossingKind, LandFacts, OpenMonths};
use crate::domain::{Degrees, Position, Seconds};

use super::columns::{Columns, ReadColumns, missing};

/// One row per crossing; its rank is its name elsewhere.
#[must_use]
pub(super) fn crossings(facts: &LandFacts) -> Columns {
    let rows = &facts.crossings;
    let mut table = Columns::new(rows.len());
    table.text("name", rows.iter().map(|row| Some(&row.name)));
    table.text("kind", rows.iter().map(|row| Some(row.kind.name())));
    table.list("from", rows.iter().map(|row| ends(&[row.from])));
    table.list("to", rows.iter().map(|row| ends(&[row.to])));
    table.whole("time_s", rows.iter().map(|row| Some(row.time.0)));
    table.whole("wait_s", rows.iter().map(|row| Some(row.wait.0)));
    let open = |modes: [bool; 3]| Mode::ALL.into_iter().filter(move |mode| modes[*mode as usize]).map(Mode::name);
    table.list("modes", rows.iter().map(|row| open(row.modes).collect()));
    table.text("open_months", rows.iter().map(|row| row.months.map(|months| months.to_string())));
    table.text("source", rows.iter().map(|row| Some(&row.source)));
    table
}

/// One row per barrier.
#[must_use]
pub(super) fn barriers(facts: &LandFacts) -> Columns {
    let rows = &facts.barriers;
    let mut table = Columns::new(rows.len());
    table.text("name", rows.iter().map(|row| Some(&row.name)));
    table.text("kind", rows.iter().map(|row| Some(row.kind.name())));
    table.list("side_a", rows.iter().map(|row| row.sides[0].clone()));
    table.list("side_b", rows.iter().map(|row| row.sides[1].clone()));
    table.list("line", rows.iter().map(|row| ends(&row.line)));
    table.text("source", rows.iter().map(|row| Some(&row.source)));
    table
}

/// Back from both tables.
///
/// # Errors
/// A column that is missing, or a value that no such table has.
pub(super) fn read(crossings: &ReadColumns, barriers: &ReadColumns) -> PolarsResult<LandFacts> {
    let mut facts = LandFacts::default();
    let (names, kinds, sources) =
        (crossings.full_text("name")?, crossings.full_text("kind")?, crossings.full_text("source")?);
    let (from, to, modes) = (crossings.list("from")?, crossings.list("to")?, crossings.list("modes")?);
    let (time, wait, months) = (crossings.whole("time_s")?, crossings.whole("wait_s")?, crossings.text("open_months")?);
    for row in 0..names.len() {
        let end =
            |text: &[String], name| places(text).and_then(|all| all.first().copied()).ok_or_else(|| missing(name));
        let mut open = [false; 3];
        for mode in &modes[row] {
            open[Mode::from_name(mode).ok_or_else(|| missing("modes"))? as usize] = true;
        }
        facts.crossings.push(Crossing {
            name: names[row].clone(),
            kind: CrossingKind::from_name(&kinds[row]).ok_or_else(|| missing("kind"))?,
            from: end(&from[row], "from")?,
            to: end(&to[row], "to")?,
            time: Seconds(time[row].ok_or_else(|| missing("time_s"))?),
            wait: Seconds(wait[row].ok_or_else(|| missing("wait_s"))?),
            modes: open,
            months: months[row]
                .as_deref()
                .map(|text| OpenMonths::parse(text).ok_or_else(|| missing("open_months")))
                .transpose()?,
            source: sources[row].clone(),
        });
    }
    let (names, kinds, sources) =
        (barriers.full_text("name")?, barriers.full_text("kind")?, barriers.full_text("source")?);
    let (a, b, lines) = (barriers.list("side_a")?, barriers.list("side_b")?, barriers.list("line")?);
    for row in 0..names.len() {
        facts.barriers.push(Barrier {
            name: names[row].clone(),
            kind: BarrierKind::from_name(&kinds[row]).ok_or_else(|| missing("kind"))?,
            sides: [a[row].clone(), b[row].clone()],
            line: places(&lines[row]).ok_or_else(|| missing("line"))?,
            source: sources[row].clone(),
        });
    }
    Ok(facts)
}

/// Places as texts, `lon lat`.
fn ends(places: &[Position]) -> Vec<String> {
    places.iter().map(|place| format!("{} {}", place.lon(), place.lat())).collect()
}

fn places(texts: &[String]) -> Option<Vec<Position>> {
    let place = |text: &String| {
        let (lon, lat) = text.split_once(' ')?;
        Position::new(Degrees { lon: lon.parse().ok()?, lat: lat.parse().ok()? }).ok()
    };
    texts.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_and_barriers_survive_the_round_trip() {
        let ours = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
        let facts = crate::ingest::land::read(&ours).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let written = |name: &str, columns: Columns| {
            let path = folder.path().join(name);
            columns.write(&path, None).unwrap();
            ReadColumns::read(std::fs::read(path).unwrap()).unwrap()
        };
        let back = read(&written("crossings", crossings(&facts)), &written("barriers", barriers(&facts))).unwrap();
        assert_eq!(back, facts);
    }
}
