//! What a file nobody described is: its format by its first bytes, its columns, and the profile that knows their names.

use std::collections::BTreeMap;

use crate::ingest::report::{FileRefused, SourceReport};
use crate::ingest::source::{FileFormat, Profile, Role, Source};
use crate::ingest::table::{ReadOptions, Table, read_table};

/// A file, read without a description.
#[derive(Debug)]
pub(super) struct Look {
    /// Its rows.
    pub table: Table,
    /// Its format.
    pub format: FileFormat,
    /// What the reading found.
    pub report: SourceReport,
}

/// The format of a file, by its content.
pub(super) fn format_of(bytes: &[u8]) -> FileFormat {
    if bytes.starts_with(b"PAR1") {
        return FileFormat::Parquet;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start = &text[..text.len().min(4096)];
    match text.first() {
        Some(b'{') if memchr::memmem::find(start, b"FeatureCollection").is_some() => FileFormat::Geojson,
        Some(b'[' | b'{') => FileFormat::Json,
        _ => FileFormat::Csv,
    }
}

/// How to read a file of this format.
pub(super) fn options(format: FileFormat, file: &str) -> ReadOptions {
    let options = match format {
        FileFormat::Csv => ReadOptions::csv(file),
        FileFormat::Json | FileFormat::Geojson => ReadOptions::json(file),
        FileFormat::Parquet => ReadOptions::parquet(file),
    };
    ReadOptions { allow_unnamed_index: true, ..options }
}

/// Reads a file that nobody described.
pub(super) fn look(bytes: &[u8], file: &str) -> Result<Look, FileRefused> {
    let format = format_of(bytes);
    let mut report = SourceReport::new("fichier", file);
    let table = read_table(bytes, &options(format, file), &mut report)?;
    Ok(Look { table, format, report })
}

/// Columns by which a profile is known, all of them needed.
const SIGNATURES: [(Profile, &[&str]); 5] = [
    (Profile::FranceServices, &["lib_fs", "insee_com"]),
    (Profile::BourgogneFrancheComte, &["nom_structure", "ville", "contact_tel"]),
    (Profile::AidantsConnect, &["Name", "Adresse", "Code postal", "Data pass ID"]),
    (Profile::Mediane, &["name", "commune_name", "location_precision"]),
    (Profile::StandardV1, &["nom", "adresse", "commune"]),
];

/// The profile that knows the columns of a file.
pub(super) fn profile_of(columns: &[String]) -> Option<Profile> {
    let has = |name: &&str| columns.iter().any(|column| column == *name);
    SIGNATURES.iter().find(|(_, names)| names.iter().all(&has)).map(|(profile, _)| *profile)
}

/// The description that fits a file best: every column it names is there, and no other names more of them.
pub(super) fn described<'s>(columns: &[String], format: FileFormat, known: &'s [Source]) -> Option<&'s Source> {
    let named = |source: &Source| -> Vec<String> {
        let rules = source.rules.iter().flat_map(|rule| rule.columns.iter());
        source.columns.values().chain(source.joins.values().flatten()).chain(rules).cloned().collect()
    };
    let json = |format| matches!(format, FileFormat::Json | FileFormat::Geojson);
    let fits = |source: &&Source| {
        let names = named(source);
        let all = !names.is_empty() && names.iter().all(|name| columns.contains(name));
        all && source.role == Role::Venues && (source.format == format || json(source.format) && json(format))
    };
    let best = known.iter().filter(fits).max_by_key(|source| named(source).len())?;
    // A description that adds a column or two to a profile is no survey of its own.
    (named(best).len() >= 4 || best.profile == Profile::Survey).then_some(best)
}

/// Names of columns that lists seen so far gave to each field, the surest first: those of descriptions, then common ones.
pub(super) fn synonyms(known: &[Source]) -> BTreeMap<String, &'static str> {
    const COMMON: [(&str, &[&str]); 17] = [
        ("id", &["id", "identifiant", "id_structure", "uid", "_id", "gid", "objectid", "fid", "numero"]),
        ("pivot", &["pivot", "siret", "num siret", "numero siret", "rna", "ridet", "siret_structure"]),
        (
            "nom",
            &[
                "nom",
                "name",
                "nom_structure",
                "nom du lieu",
                "libelle",
                "lieu",
                "structure",
                "nom_lieu",
                "lib",
                "denomination",
            ],
        ),
        ("commune", &["commune", "ville", "nom_commune", "lib_com", "localite", "city", "nom de la commune"]),
        ("code_postal", &["code_postal", "code postal", "cp", "codepostal", "postcode", "codpost"]),
        ("code_insee", &["code_insee", "code insee", "insee", "insee_com", "codeinsee", "code_commune", "com_insee"]),
        ("adresse", &["adresse", "address", "adresse_postale", "voie", "adresse 1", "adresse complete", "rue"]),
        (
            "complement_adresse",
            &["complement_adresse", "complement d'adresse", "complement", "adresse 2", "compl_adresse"],
        ),
        ("latitude", &["latitude", "lat", "y", "geo_lat", "coord_y", "ylat"]),
        ("longitude", &["longitude", "lon", "lng", "long", "x", "geo_lon", "coord_x", "xlong"]),
        ("telephone", &["telephone", "tel", "phone", "contact_tel", "numero de telephone", "n° telephone", "tel_fixe"]),
        ("courriels", &["courriels", "courriel", "email", "mail", "e mail", "contact_email", "adresse mail"]),
        ("site_web", &["site_web", "site web", "site", "url", "site internet", "website", "url_lieu", "lien"]),
        ("horaires", &["horaires", "horaire", "heures", "horaires d'ouverture", "opening_hours", "ouverture"]),
        ("presentation_detail", &["presentation_detail", "description", "commentaire", "presentation", "observations"]),
        ("services", &["services", "service", "activites", "offre de services"]),
        (
            "date_maj",
            &[
                "date_maj",
                "date de mise a jour",
                "mise_a_jour",
                "maj",
                "updated_at",
                "date_modification",
                "last_modified",
            ],
        ),
    ];
    let mut names = BTreeMap::new();
    for (field, columns) in COMMON {
        for column in columns {
            names.entry(plain(column)).or_insert(field);
        }
    }
    let fields = COMMON.map(|(field, _)| field);
    for (field, column) in known.iter().filter(|source| source.role == Role::Venues).flat_map(|source| &source.columns)
    {
        if let Some(field) = fields.into_iter().find(|known| known == field) {
            names.entry(plain(column)).or_insert(field);
        }
    }
    names
}

/// A column name without case, accents, blanks and marks.
pub(super) fn plain(name: &str) -> String {
    let folded = crate::domain::text::fold(name.rsplit('.').next().unwrap_or(name));
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
