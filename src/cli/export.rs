//! `mediane export`: the venues of an edition as files, in the national standard.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::only::{Only, filter_of, only};
use super::{Failure, exit, say};
use crate::atlas::{Atlas, ClosedToPublic};
use crate::domain::Level;
use crate::ingest;
use crate::tables::scope::Place;
use crate::tables::venues::{Export, Format, Table, workbook};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Where to: a file, or without --format a folder that gets every format, the rows that are not valid and their reasons
    #[arg(long, value_name = "FILE|DIR")]
    out: PathBuf,
    /// csv, xlsx, geojson or parquet
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// Rows and columns of a CSV: venues (all), valid (those the schema of the standard takes), invalid (the others, with
    /// the reasons), extension (the columns x_)
    #[arg(long, value_name = "ROWS", value_parser = table, default_value = "venues", requires = "format")]
    rows: Table,
    /// Only the venues of a territory: departements/23, epcis/…, communes/…, regions/…
    #[arg(long, value_name = "LEVEL/CODE")]
    territory: Option<String>,
    /// Only venues that fit a filter of the API: label=france-services, service=… (several values: any of them;
    /// repeatable: all of the filters)
    #[arg(long, value_name = "FILTER=VALUE,VALUE", value_parser = only)]
    only: Vec<Only>,
}

fn format(text: &str) -> Result<Format, String> {
    let known = Format::ALL.into_iter().find(|format| format.name() == text);
    known.ok_or_else(|| format!("expected one of {}", Format::ALL.map(Format::name).join(", ")))
}

fn table(text: &str) -> Result<Table, String> {
    let known = Table::ALL.into_iter().find(|table| table.name() == text);
    known.ok_or_else(|| format!("expected one of {}", Table::ALL.map(Table::name).join(", ")))
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let atlas = ingest::edition::open(&arguments.edition).map_err(|error| Failure::new(exit::INPUT, error))?;
    let atlas = Arc::new(atlas);
    let mut filter = filter_of(&arguments.only);
    filter.closed_to_public = ClosedToPublic::Kept;
    if let Some(text) = &arguments.territory {
        let place = place(&atlas, text)?;
        filter.district = place.district;
        filter.communes = Some(place.communes.into_iter().collect());
    }
    let export = Export::of(&atlas, &filter);
    match arguments.format {
        Some(format) => write(&export, format, arguments.rows, &arguments.out)?,
        None => write_all(&export, &arguments.out)?,
    }
    let counts = Table::ALL.map(|table| format!("{} {}", export.rows(table), table.name()));
    say([format!("{} written: {}", arguments.out.display(), counts.join(", "))])?;
    Ok(ExitCode::SUCCESS)
}

/// The territory that is meant; the list of an arrondissement is its own, not that of the city.
fn place(atlas: &Atlas, text: &str) -> Result<Place, Failure> {
    let place = match text.split_once('/') {
        None if text == "nation" => Some(Place::nation(atlas)),
        Some((level, code)) => Level::from_plural(level).and_then(|level| Place::find_part(atlas, level, code)),
        None => None,
    };
    place.ok_or_else(|| {
        let message = format!("--territory {text}: no such territory; expected a level and a code, as departements/23");
        Failure::new(exit::USAGE, message)
    })
}

/// Every file: the rows that are valid, those that are not with the reasons, the columns beside, the other formats, and a
/// description for programs with licence and sources (Frictionless Data Package).
fn write_all(export: &Export, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| environment(folder, &error))?;
    for table in [Table::Valid, Table::Invalid, Table::Extension] {
        write(export, Format::Csv, table, &folder.join(format!("{}.csv", table.file())))?;
    }
    for format in [Format::Xlsx, Format::GeoJson, Format::Parquet] {
        write(export, format, Table::Venues, &folder.join(format!("{}.{}", Table::Venues.file(), format.name())))?;
    }
    let edition = export.atlas.edition();
    let source = |source: &crate::atlas::SourceInfo| json!({ "title": format!("{}, {} ({})", source.publisher, source.title, source.vintage), "path": source.url });
    let licence = |name: &str| json!({ "title": name });
    let licences: Vec<_> = edition.licence_of_venues().split(" ; ").map(licence).collect();
    let resource =
        |table: Table| json!({ "name": table.file(), "path": format!("{}.csv", table.file()), "format": "csv" });
    let resources = [Table::Valid, Table::Invalid, Table::Extension].map(resource);
    let package = json!({
        "name": "lieux-de-mediation-numerique",
        "id": edition.id,
        "created": edition.as_of.map(|day| day.to_string()),
        "description": edition.attribution_of_venues(),
        "licenses": licences,
        "sources": edition.sources_of_venues().map(source).collect::<Vec<_>>(),
        "resources": resources,
    });
    let pretty = serde_json::to_vec_pretty(&package).map_err(|error| Failure::new(exit::INTERNAL, error))?;
    whole(&folder.join("datapackage.json"), [pretty])
}

fn write(export: &Export, format: Format, table: Table, path: &Path) -> Result<(), Failure> {
    match format {
        Format::Csv => whole(path, export.csv(table)),
        Format::GeoJson => whole(path, export.geojson()),
        Format::Xlsx => whole(path, [workbook(export).map_err(|error| Failure::new(exit::INTERNAL, error))?]),
        Format::Parquet => {
            let bytes = ingest::edition::geoparquet(&export.atlas, &export.venues);
            whole(path, [bytes.map_err(|error| Failure::new(exit::INTERNAL, error))?])
        }
    }
}

/// Writes a file that appears whole or not at all.
fn whole(path: &Path, pieces: impl IntoIterator<Item = Vec<u8>>) -> Result<(), Failure> {
    let part = path.with_added_extension("part");
    let written = (|| {
        let mut file = BufWriter::new(File::create(&part)?);
        pieces.into_iter().try_for_each(|piece| file.write_all(&piece))?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&part, path)
    })();
    written.map_err(|error| {
        // What is half there is nothing.
        let _ = fs::remove_file(&part);
        environment(path, &error)
    })
}

fn environment(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(exit::ENVIRONMENT, format!("{}: {error}", path.display()))
}
