//! `mediane export`: the venues of an edition as files, in the national standard.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};

use super::only::{Only, filter_of, only};
use super::{Failure, exit, say};
use crate::atlas::{Atlas, ClosedToPublic, EditionInfo, SourceInfo};
use crate::domain::Level;
use crate::domain::vocabulary::slug;
use crate::ingest;
use crate::tables::scope::Place;
use crate::tables::venues::{Export, Format, Table, workbook};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// Where to: a file, whose name may say the format (.csv, .xlsx, .geojson, .parquet), or a folder that gets every format, the
    /// rows that are not valid and their reasons
    #[arg(long, value_name = "FILE|DIR")]
    out: PathBuf,
    /// csv, xlsx, geojson or parquet; without it as the name of the file ends
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// Rows and columns of a CSV: venues (all, unless told), valid (those the schema of the standard takes), invalid (the others,
    /// with the reasons), extension (the columns x_)
    #[arg(long, value_name = "ROWS", value_parser = table)]
    rows: Option<Table>,
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

/// What is written and where to; what cannot be is refused before the edition is opened.
fn format_of(out: &Path, format: Option<Format>, rows: Option<Table>) -> Result<Option<Format>, Failure> {
    let usage = |message: String| Err(Failure::new(exit::USAGE, message));
    let end = out.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
    let named = Format::ALL.into_iter().find(|format| format.name() == end);
    let name = out.display();
    if let (Some(format), Some(named)) = (format, named)
        && format != named
    {
        return usage(format!("{name} ends like {}, and --format says {}", named.name(), format.name()));
    }
    let format = format.or(named);
    match rows {
        Some(rows) if format != Some(Format::Csv) => {
            let message =
                "only a CSV holds one table; the other formats hold all that is known, and a folder holds every table";
            usage(format!("--rows {}: {message}", rows.name()))
        }
        _ => Ok(format),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let format = format_of(&arguments.out, arguments.format, arguments.rows)?;
    let atlas = ingest::edition::open(&arguments.edition).map_err(|error| Failure::new(exit::INPUT, error))?;
    let atlas = Arc::new(atlas);
    let mut filter = filter_of(&arguments.only)?;
    filter.closed_to_public = ClosedToPublic::Kept;
    if let Some(text) = &arguments.territory {
        let place = place(&atlas, text)?;
        filter.district = place.district;
        filter.communes = Some(place.communes.into_iter().collect());
    }
    let export = Export::of(&atlas, &filter);
    match format {
        Some(format) => write(&export, format, arguments.rows.unwrap_or(Table::Venues), &arguments.out)?,
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
    let package = package(export.atlas.edition());
    let pretty = serde_json::to_vec_pretty(&package).map_err(|error| Failure::new(exit::INTERNAL, error))?;
    whole(&folder.join("datapackage.json"), [pretty])
}

/// The description of a folder (Frictionless Data Package 1). Its schemas say that codes are texts: a reader who guesses takes
/// `01001` for a number.
fn package(edition: &EditionInfo) -> Value {
    let source = |source: &SourceInfo| json!({ "title": format!("{}, {} ({})", source.publisher, source.title, source.vintage), "path": source.url });
    let licences = edition.licence_of_venues();
    let licence = |title: &str| json!({ "name": slug(title), "title": title });
    let field = |name: &'static str| {
        let kind = match name {
            "latitude" | "longitude" => "number",
            "date_maj" => "date",
            _ => "string",
        };
        json!({ "name": name, "type": kind })
    };
    let resource = |table: Table| {
        let fields: Vec<Value> = table.columns().into_iter().map(field).collect();
        json!({
            "name": table.file(), "path": format!("{}.csv", table.file()), "format": "csv", "encoding": "utf-8",
            "schema": { "fields": fields },
        })
    };
    let resources = [Table::Valid, Table::Invalid, Table::Extension].map(resource);
    json!({
        "name": "lieux-de-mediation-numerique",
        "id": edition.id,
        "created": edition.as_of.map(|day| format!("{day}T00:00:00Z")),
        "description": edition.attribution_of_venues(),
        "licenses": licences.split(" ; ").map(licence).collect::<Vec<_>>(),
        "sources": edition.sources_of_venues().map(source).collect::<Vec<_>>(),
        "resources": resources,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_one_for_its_readers_and_codes_are_texts() {
        let atlas = crate::pages::testing::atlas();
        let package = package(atlas.edition());
        if let Some(created) = package["created"].as_str() {
            assert!(chrono::DateTime::parse_from_rfc3339(created).is_ok(), "{created}");
        }
        let licences = package["licenses"].as_array().unwrap();
        assert!(licences.iter().all(|licence| licence["name"].is_string()), "{licences:?}");
        for (resource, at) in package["resources"].as_array().unwrap().iter().zip(0..) {
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let of = |name: &str| fields.iter().find(|field| field["name"] == name).map(|field| field["type"].clone());
            assert_eq!(of("id"), Some("string".into()), "{resource}");
            // The last holds the columns beside the standard.
            assert_eq!(of("code_insee"), (at < 2).then(|| "string".into()), "{resource}");
            assert_eq!(of("longitude"), (at < 2).then(|| "number".into()), "{resource}");
        }
    }

    #[test]
    fn a_file_is_of_the_format_that_its_name_says_and_rows_are_those_of_a_csv() {
        let of = |out: &str, format, rows| format_of(Path::new(out), format, rows).map_err(|refused| refused.message);
        assert_eq!(of("lieux.csv", None, None), Ok(Some(Format::Csv)));
        assert_eq!(of("lieux.XLSX", None, None), Ok(Some(Format::Xlsx)));
        assert_eq!(of("lieux.csv", None, Some(Table::Valid)), Ok(Some(Format::Csv)));
        assert_eq!(of("lieux", Some(Format::Csv), Some(Table::Invalid)), Ok(Some(Format::Csv)));
        assert_eq!(of("lieux/", None, None), Ok(None), "a folder gets every format");
        assert_eq!(of("lieux.2026", None, None), Ok(None));
        assert!(of("lieux.csv", Some(Format::GeoJson), None).unwrap_err().contains("--format says geojson"));
        for (out, format) in [("lieux.geojson", None), ("lieux", None), ("lieux", Some(Format::Parquet))] {
            assert!(of(out, format, Some(Table::Valid)).unwrap_err().starts_with("--rows valid"), "{out}");
        }
    }
}
