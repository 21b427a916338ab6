//! What the documents say of the tree is true: files they lead to exist, and every description is listed.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder with this extension, in order.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let listing = fs::read_dir(root().join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = listing.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    paths
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut documents: Vec<PathBuf> = ["", "docs", "docs/adr", "data"].iter().flat_map(|f| files(f, "md")).collect();
    documents.push(root().join("data/territories/README.md"));
    for document in documents {
        let text = read(&document);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let path = document.parent().unwrap().join(target.split('#').next().unwrap());
            assert!(path.exists(), "{} leads to {target}, which is not there", document.display());
        }
    }
}

#[test]
fn every_source_and_indicator_is_listed_under_its_own_name() {
    let listed = read(&root().join("docs/data-sources.md"));
    for path in ["data/sources", "data/indicators"].iter().flat_map(|folder| files(folder, "toml")) {
        let description: toml::Table =
            read(&path).parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let id = description["id"].as_str().unwrap();
        assert_eq!(Some(id), path.file_stem().unwrap().to_str(), "the id is the name of the file");
        assert!(listed.contains(&format!("| `{id}` |")), "docs/data-sources.md does not list {id}");
        for told in ["title", "publisher", "licence", "vintage", "url"] {
            let text = description.get(told).and_then(toml::Value::as_str).unwrap_or_default();
            assert!(!text.is_empty(), "{} does not say its {told}", path.display());
        }
    }
}

#[test]
fn the_map_of_the_house_stays_short_and_names_every_room() {
    let map = read(&root().join("ARCHITECTURE.md"));
    assert!(map.lines().count() <= 120, "ARCHITECTURE.md has more than 120 lines");
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name != "lib.rs" {
            assert!(map.contains(&format!("src/{name}")), "ARCHITECTURE.md does not mention src/{name}");
        }
    }
}
