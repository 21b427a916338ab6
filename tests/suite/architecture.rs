//! The staircase: which room may use which, and which room owns which outside crate. This table is the documentation.

mod circles;
mod scan;

use std::fs;
use std::path::{Path, PathBuf};

use scan::{Mention, mentions, own_names};

/// One room of the house: a module at the root of `src/`.
struct Room {
    name: &'static str,
    /// Rooms it may use besides itself, all of them lower on the staircase.
    may_use: &'static [&'static str],
}

const STAIRCASE: [Room; 30] = [
    // 0: pure rules.
    Room { name: "domain", may_use: &[] },
    // 1: workrooms, and the shapes of what lies outside.
    Room { name: "spatial", may_use: &["domain"] },
    Room { name: "access", may_use: &["domain", "spatial"] },
    Room { name: "placement", may_use: &["domain", "spatial"] },
    Room { name: "ports", may_use: &["domain"] },
    // 2: the bound book.
    Room { name: "atlas", may_use: &["domain", "spatial", "access", "placement", "ports"] },
    // Several books side by side, and which of them answers; it reads none itself.
    Room { name: "editions", may_use: &["domain", "ports", "atlas"] },
    // Whether the programme reaches people, in one book and from one to the next.
    Room { name: "monitoring", may_use: &["domain", "access", "atlas", "editions"] },
    // What a planner asks of the book; its documents are files, so it serialises, but it opens none.
    Room { name: "planning", may_use: &["domain", "spatial", "access", "placement", "atlas"] },
    // 3: rooms with a door to the outside. They never see one another.
    // Streams of Arrow batches through a pipe; it knows nothing of residents or venues.
    Room { name: "arrow", may_use: &[] },
    Room { name: "ingest", may_use: &["domain", "spatial", "access", "atlas"] },
    Room { name: "matching", may_use: &["domain", "spatial", "atlas"] },
    Room { name: "remote", may_use: &["domain", "ports"] },
    Room { name: "store", may_use: &["domain", "ports"] },
    // Who asks, and how much of the machine one may take; what the house says of itself; GeoJSON. None knows of requests.
    Room { name: "shares", may_use: &[] },
    Room { name: "telemetry", may_use: &[] },
    Room { name: "features", may_use: &["domain"] },
    // What lies under the map: one file, opened once.
    Room { name: "basemap", may_use: &["domain"] },
    // 4: the front of the house. The transport knows nothing of what it carries; `api` and `pages` are siblings that
    // never see each other.
    Room { name: "http", may_use: &["domain", "atlas", "ports", "editions", "shares", "telemetry", "features"] },
    Room { name: "maps", may_use: &["domain", "atlas", "editions", "http"] },
    Room {
        name: "tables",
        may_use: &["domain", "access", "atlas", "editions", "monitoring", "features", "http", "shares"],
    },
    Room { name: "scenario", may_use: &["domain", "access", "atlas", "features", "http", "tables"] },
    Room { name: "saved", may_use: &["domain", "atlas", "ports", "shares", "http", "scenario"] },
    Room {
        name: "searches",
        may_use: &[
            "domain",
            "placement",
            "ports",
            "atlas",
            "planning",
            "editions",
            "features",
            "shares",
            "http",
            "tables",
        ],
    },
    Room { name: "api", may_use: SERVED },
    Room { name: "pages", may_use: SERVED },
    Room {
        name: "service",
        may_use: &["ports", "editions", "monitoring", "shares", "http", "tables", "saved", "searches", "api", "pages"],
    },
    // 5: whoever has the keys.
    Room { name: "config", may_use: EVERY_ROOM },
    Room { name: "cli", may_use: EVERY_ROOM },
    Room { name: "main", may_use: EVERY_ROOM },
];

/// What answers stand on.
const SERVED: &[&str] = &[
    "domain",
    "spatial",
    "access",
    "placement",
    "atlas",
    "planning",
    "ports",
    "editions",
    "monitoring",
    "shares",
    "features",
    "basemap",
    "http",
    "maps",
    "tables",
    "scenario",
    "saved",
    "searches",
];

const EVERY_ROOM: &[&str] = &[
    "domain",
    "spatial",
    "access",
    "placement",
    "ports",
    "atlas",
    "editions",
    "monitoring",
    "planning",
    "arrow",
    "ingest",
    "matching",
    "remote",
    "store",
    "shares",
    "telemetry",
    "features",
    "basemap",
    "maps",
    "http",
    "tables",
    "scenario",
    "saved",
    "searches",
    "api",
    "pages",
    "service",
    "config",
    "cli",
];

/// Outside crates that never leave their rooms.
const OWNED: [(&str, &[&str]); 32] = [
    ("opening_hours", &["domain"]),
    ("rstar", &["spatial"]),
    ("polars", &["ingest"]),
    ("polars_arrow", &["ingest", "arrow"]),
    ("polars_parquet", &["ingest"]),
    ("proj4rs", &["spatial"]),
    ("prost", &["ingest"]),
    ("quick_xml", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("reqwest", &["remote"]),
    ("sqlx", &["store"]),
    ("tokio", &["http", "shares", "store"]),
    (
        "actix_web",
        &["http", "shares", "telemetry", "api", "pages", "tables", "searches", "scenario", "saved", "service"],
    ),
    ("askama", &["pages"]),
    ("fluent_bundle", &["pages"]),
    ("qrcodegen", &["pages"]),
    ("geojson", &["features", "api"]),
    ("mvt", &["api"]),
    ("pmtiles", &["api"]),
    ("rust_xlsxwriter", &["tables"]),
    ("zip", &["tables"]),
    ("rlimit", &["cli"]),
    ("rustix", &["shares"]),
    ("seccompiler", &["cli"]),
    ("clap", &["cli", "config", "main"]),
    ("indicatif", &["cli", "main"]),
    ("ctrlc", &["cli", "main"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("tracing", &["http", "telemetry", "cli", "service"]),
    ("tracing_subscriber", &["telemetry"]),
    ("prometheus_client", &["http", "telemetry"]),
];

/// What the core does without, so that it can be trusted: no serialisation, no files, no network. Its tests may read.
const CORE: [&str; 6] = ["domain", "spatial", "access", "placement", "ports", "atlas"];
const NOT_IN_THE_CORE: [&str; 2] = ["serde", "serde_json"];
const NOT_IN_STD: [&str; 3] = ["fs", "net", "env"];

#[test]
fn every_room_stands_on_lower_rooms_only() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, room, text)| faults_of(path, room, text)).collect();
    assert!(faults.is_empty(), "the staircase of tests/suite/architecture.rs is broken:\n{}", faults.join("\n"));
}

#[test]
fn no_room_has_a_circle() {
    let module = |path: &Path| -> Vec<String> {
        let names = path.with_extension("");
        let names: Vec<String> = names.iter().skip(1).map(|name| name.to_string_lossy().into_owned()).collect();
        names.into_iter().filter(|name| name != "mod").collect()
    };
    let sources = sources().into_iter().filter(|(path, _, _)| !is_test(path));
    let found = circles::circles(&sources.map(|(path, _, text)| (module(&path), text)).collect::<Vec<_>>());
    let told: Vec<String> =
        found.iter().map(|circle| format!("in {}:\n  {}", circle.parent, circle.uses.join("\n  "))).collect();
    assert!(told.is_empty(), "modules go round in a circle {}", told.join("\nand "));
}

#[test]
fn files_can_be_read_at_a_sitting_and_the_transport_stays_small() {
    let sources = sources();
    let mut lengths: Vec<(usize, &Path)> =
        sources.iter().map(|(path, _, text)| (text.lines().count(), path.as_path())).collect();
    lengths.sort();
    let (median, longest) = (lengths[lengths.len() / 2].0, lengths[lengths.len() - 1]);
    assert!(median <= 130, "half of the files have more than {median} lines");
    assert!(longest.0 <= 400, "{} has {} lines", longest.1.display(), longest.0);
    let transport: usize = sources.iter().filter(|s| s.1 == "http").map(|(_, _, text)| text.lines().count()).sum();
    assert!(transport <= 4_000, "src/http has {transport} lines: what is it that does not carry?");
}

#[test]
fn the_staircase_goes_down() {
    for (level, room) in STAIRCASE.iter().enumerate().take_while(|(_, room)| room.name != "config") {
        for lower in room.may_use {
            let below = STAIRCASE.iter().position(|other| other.name == *lower);
            assert!(below.is_some_and(|below| below < level), "{} may use {lower}, which is not below it", room.name);
        }
    }
}

#[test]
fn a_fault_is_told_with_its_file_and_line() {
    let text = "//! Text.\nuse crate::ingest::Table;\nuse polars::prelude::*;\n";
    let faults = faults_of(Path::new("src/http/page.rs"), "http", text);
    assert_eq!(
        faults,
        ["src/http/page.rs:2: http may not use ingest", "src/http/page.rs:3: polars belongs to ingest, not to http",]
    );
}

#[test]
fn the_core_is_kept_from_files_and_serialisation() {
    let text = "use serde::Serialize;\nuse std::{fmt, fs};\n";
    assert_eq!(
        faults_of(Path::new("src/domain/units.rs"), "domain", text),
        ["src/domain/units.rs:1: domain does without serde", "src/domain/units.rs:2: domain does without std::fs",]
    );
    assert_eq!(faults_of(Path::new("src/remote/fetch.rs"), "remote", text), [""; 0]);
    assert_eq!(faults_of(Path::new("src/domain/units/tests.rs"), "domain", text), [""; 0]);
}

/// What a file does that the tables do not allow.
fn faults_of(path: &Path, room: &str, text: &str) -> Vec<String> {
    let Some(rules) = STAIRCASE.iter().find(|known| known.name == room) else {
        return vec![format!("{}: {room} is not in the staircase", path.display())];
    };
    let in_the_core = CORE.contains(&room) && !is_test(path);
    let at_home = own_names(text);
    let mut faults = Vec::new();
    for Mention { line, root, name } in mentions(text, depth(path)) {
        if !matches!(root.as_str(), "crate" | "std") && at_home.contains(&root) {
            continue;
        }
        let is_room = STAIRCASE.iter().any(|known| known.name == name);
        let fault = match root.as_str() {
            // Tests ask the whole service, as a visitor does.
            "crate" if name == "service" && is_test(path) => continue,
            "crate" | "mediane" if is_room && name != room && !rules.may_use.contains(&name.as_str()) => {
                format!("{room} may not use {name}")
            }
            "std" if in_the_core && NOT_IN_STD.contains(&name.as_str()) => {
                format!("{room} does without std::{name}")
            }
            outside if in_the_core && NOT_IN_THE_CORE.contains(&outside) => {
                format!("{room} does without {outside}")
            }
            outside => match OWNED.iter().find(|(owned, _)| *owned == outside) {
                Some((owned, owners)) if !owners.contains(&room) => {
                    format!("{owned} belongs to {}, not to {room}", owners.join(", "))
                }
                _ => continue,
            },
        };
        let fault = format!("{}:{line}: {fault}", path.display());
        if faults.last() != Some(&fault) {
            faults.push(fault);
        }
    }
    faults
}

/// Whether a file holds nothing but tests and what they need.
fn is_test(path: &Path) -> bool {
    path.iter().any(|part| ["tests", "tests.rs", "testing.rs"].iter().any(|name| part == *name))
}

/// Number of modules between the root of the crate and the inside of this file: 1 for `src/http/mod.rs`.
fn depth(path: &Path) -> usize {
    let inside = path.components().count() - 1;
    if path.file_name().is_some_and(|name| name == "mod.rs") { inside - 1 } else { inside }
}

/// Every source file: path from the root of the project, room, text.
fn sources() -> Vec<(PathBuf, String, String)> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pending = vec![project.join("src")];
    let mut found = Vec::new();
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(project).unwrap().to_path_buf();
                let room = relative.components().nth(1).unwrap().as_os_str().to_string_lossy().replace(".rs", "");
                // `lib.rs` is the table of contents: it names every room and uses none.
                if room != "lib" {
                    found.push((relative, room, fs::read_to_string(&path).unwrap()));
                }
            }
        }
    }
    found.sort();
    assert!(found.len() > 10, "the sources were not found");
    found
}
