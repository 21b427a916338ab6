//! A data folder with real territories, sources and indicators of a test's own, and builds of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use mediane::atlas::Atlas;
use mediane::ingest::edition::open;
use mediane::ingest::report::{Code, SourceReport};
use mediane::ingest::{BuildError, BuildOptions, Built, build};

use crate::part_of_france;

/// The folders `data`, `cache` and `out`.
pub struct Workshop {
    folder: tempfile::TempDir,
}

/// Columns of [`rows`].
pub const HEADER: &str = "id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,telephone\n";

impl Workshop {
    /// In a part of France.
    pub fn new() -> Self {
        let workshop = Self::nowhere();
        part_of_france::write(&workshop.path("data/territories"));
        workshop
    }

    /// In all of France, which takes seconds to read.
    pub fn of_france() -> Self {
        let workshop = Self::nowhere();
        std::os::unix::fs::symlink(part_of_france::of_france(), workshop.path("data/territories")).unwrap();
        workshop
    }

    fn nowhere() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["data/sources", "data/indicators", "cache"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    /// In a part of France, with one list.
    pub fn with_list() -> Self {
        Self::new().list()
    }

    /// With one list of twenty venues in standard v1, `liste.csv`.
    pub fn list(self) -> Self {
        self.source("liste", "");
        self.file("liste.csv", rows(20, 0.0));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Describes a list in standard v1; `more` are further lines, which may be keys of their own.
    pub fn source(&self, id: &str, more: &str) {
        let mut text = format!(
            "id = '{id}'\ntitle = '{id}'\npublisher = 'Essai'\nlicence = 'Licence Ouverte 2.0'\nvintage = '2024-01-31'\n\
             url = ''\nrole = 'venues'\n"
        );
        for (key, value) in [("file", format!("{id}.csv")), ("format", "csv".into()), ("profile", "standard-v1".into())]
        {
            if !more.lines().any(|line| line.trim_start().starts_with(&format!("{key} "))) {
                text = format!("{text}{key} = '{value}'\n");
            }
        }
        self.write(&format!("data/sources/{id}.toml"), format!("{text}{more}"));
    }

    /// Describes a percentage in column V of a file with the key CODGEO.
    pub fn indicator(&self, id: &str, more: &str) {
        let text = format!(
            "id = '{id}'\ntitle = '{id}'\ndefinition = 'Essai.'\nunit = '%'\nworse = 'higher'\nvintage = '2021'\n\
             publisher = 'Essai'\nurl = ''\nfile = '{id}.csv'\nformat = 'csv'\nseparator = ';'\nkey = 'CODGEO'\n\
             value = 'V'\nminimum = 0.0\nmaximum = 100.0\n"
        );
        let licence = if more.contains("licence") { "" } else { "licence = 'Licence Ouverte 2.0'\n" };
        self.write(&format!("data/indicators/{id}.toml"), format!("{text}{licence}{more}"));
    }

    /// Writes a file of the cache.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.write(&format!("cache/{name}"), bytes);
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    pub fn try_build(&self, force: Option<&str>) -> Result<Built, BuildError> {
        let options = BuildOptions {
            as_of: None,
            roads: None,
            undivided: true,
            data: &self.path("data"),
            cache: &self.path("cache"),
            out: &self.path("out"),
            today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
            force,
            keep: 12,
            stop: &AtomicBool::new(false),
        };
        build(&options, &|_, _, _| {})
    }

    /// Builds; every row of every source must be accounted for.
    pub fn build(&self) -> Built {
        let built = self.try_build(None).unwrap();
        built.report.check().unwrap();
        built
    }

    pub fn atlas(&self) -> Atlas {
        open(&self.path("out")).unwrap()
    }
}

/// A build of the folders `data`, `cache` and `out` of a folder, as a process of its own.
pub fn build_of(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mediane"));
    command.args(["build", "--undivided", "--today", "2024-09-01"]);
    for name in ["data", "cache", "out"] {
        command.arg(format!("--{name}")).arg(folder.join(name));
    }
    command
}

/// A list of so many venues around Guéret, `shift` degrees north of where they are.
pub fn rows(number: usize, shift: f64) -> String {
    let row = |i: usize| {
        let (lat, lon) = (46.165 + shift + i as f64 * 0.0004, 1.865 + i as f64 * 0.0004);
        format!("n{i},Lieu {i},Guéret,23000,23096,{i} rue du Lieu,{lat:.4},{lon:.4},05 55 51 47 {i:02}\n")
    };
    HEADER.to_owned() + &(0..number).map(row).collect::<String>()
}

/// The report of a source.
pub fn report<'b>(built: &'b Built, id: &str) -> &'b SourceReport {
    built.report.sources.iter().find(|report| report.id == id).unwrap()
}

/// Fields and reasons of the findings of a code, in order.
pub fn findings(report: &SourceReport, code: Code) -> Vec<(String, String)> {
    let of_code = report.entries.iter().filter(|entry| entry.code == code);
    of_code.map(|entry| (entry.field.clone().unwrap_or_default(), entry.reason.clone())).collect()
}
