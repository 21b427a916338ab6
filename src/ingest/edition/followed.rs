//! The table of the figures that are followed from edition to edition, and back without opening the edition.

use std::fs;
use std::path::Path;

use polars::prelude::PolarsResult;

use crate::access::Mode;
use crate::atlas::Atlas;
use crate::atlas::figures::{Basis, FOLLOWED, Followed, Measured, above_communes, followed};
use crate::atlas::sealed::METHOD;
use crate::domain::Level;

use super::columns::{Columns, ReadColumns, missing};
use super::manifest::{Manifest, edition_id, sha256};

/// Name of the table in an edition.
pub(super) const NAME: &str = "followed.parquet";

/// One row a territory above the commune, the nation first: its level (empty for the nation), its code, and each figure,
/// empty where it is unknown; `*_unreachable` tells « hors d'atteinte ». Without rows when the country bears no number.
#[must_use]
pub(super) fn write(atlas: &Atlas) -> Columns {
    let need = atlas.analysis().default_need(atlas).ok();
    let summaries = need.map(|(_, need)| above_communes(&Basis::new(atlas, need, Mode::Car))).unwrap_or_default();
    table(&Followed::of(&summaries))
}

fn table(followed: &Followed) -> Columns {
    let mut table = Columns::new(followed.lines().count());
    table.text("level", followed.lines().map(|((level, _), _)| level.map(Level::plural)));
    table.text("code", followed.lines().map(|((_, code), _)| Some(code)));
    for (rank, name) in names().into_iter().enumerate() {
        table.number(&name, followed.lines().map(|(_, values)| values[rank].value()));
        let is_unreachable = |values: &[Measured]| values[rank] == Measured::Unreachable;
        table.truth(&format!("{name}_unreachable"), followed.lines().map(|(_, values)| Some(is_unreachable(values))));
    }
    table
}

fn names() -> Vec<String> {
    followed().map(|figure| figure.name()).collect()
}

fn read_table(table: &ReadColumns) -> PolarsResult<Followed> {
    let (levels, codes) = (table.text("level")?, table.full_text("code")?);
    let mut lines = Vec::new();
    for (level, code) in levels.into_iter().zip(codes) {
        let level = level.map(|name| Level::from_plural(&name).ok_or_else(|| missing("level"))).transpose()?;
        lines.push(((level, code), [Measured::Unknown; FOLLOWED.len()]));
    }
    for (rank, name) in names().into_iter().enumerate() {
        let unreachable = table.truth(&format!("{name}_unreachable"))?;
        for ((line, value), unreachable) in lines.iter_mut().zip(table.number(&name)?).zip(unreachable) {
            line.1[rank] = match (value, unreachable) {
                (Some(value), _) => Measured::Known(value),
                (None, Some(true)) => Measured::Unreachable,
                (None, _) => Measured::Unknown,
            };
        }
    }
    Ok(Followed::from_lines(lines))
}

/// What an edition says of its territories, read from its folder alone; `None` where it was sealed by another method, or is not
/// whole: whoever opens it is told why.
#[must_use]
pub fn read_followed(folder: &Path) -> Option<Followed> {
    let manifest = fs::read(folder.join("manifest.json")).ok()?;
    let is_same = folder.file_name().is_some_and(|name| *name == *edition_id(&manifest));
    let manifest: Manifest = serde_json::from_slice(&manifest).ok()?;
    let entry = manifest.files.iter().find(|file| file.name == NAME)?;
    let bytes = fs::read(folder.join(NAME)).ok()?;
    let is_whole = is_same && manifest.method == METHOD && sha256(&bytes) == entry.sha256;
    is_whole.then(|| ReadColumns::read(bytes).and_then(|table| read_table(&table)).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_survive_the_round_trip_each_in_its_state() {
        let mut values = [Measured::Unknown; FOLLOWED.len()];
        values[0] = Measured::Known(0.1 + 0.2);
        values[1] = Measured::Unreachable;
        let lines = [((None, "france".to_owned()), values), ((Some(Level::Departement), "2A".to_owned()), values)];
        let followed = Followed::from_lines(lines);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        table(&followed).write(&path, None).unwrap();
        let back = read_table(&ReadColumns::read(fs::read(path).unwrap()).unwrap()).unwrap();
        assert_eq!(back, followed);
        assert_eq!(back.value(Some(Level::Departement), "2A", 1), Measured::Unreachable);
    }
}
