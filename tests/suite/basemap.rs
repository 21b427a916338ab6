//! What lies under the map of people: the policy opens exactly what was chosen, a file is handed out part by part, and one
//! that cannot be drawn is refused by its name.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use mediane::atlas::{Atlas, FileInfo};
use mediane::basemap::{Basemap, Tiles};
use mediane::http::State;
use mediane::pages::basemap::put;
use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use super::running::published;
use super::support::{header, noon, sample_leaves, sample_state, serve_on_free_port};

const ORIGIN: &str = "https://tuiles.exemple.fr";
/// The policy of every other page, as it has been since before there was a base.
const CLOSED: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

fn ask(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = Client::new().get(format!("http://{address}{path}")).header("accept", "text/html");
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().unwrap()
}

fn lying_on(state: State, base: Basemap) -> State {
    put(&state, base);
    state
}

/// A folder that has the files of the map library, whatever is in them.
fn vendor() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("maplibre-gl/dist");
    fs::create_dir_all(&library).unwrap();
    for file in
        ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl-shared.mjs", "maplibre-gl.css", "../LICENSE.txt"]
    {
        fs::write(library.join(file), "").unwrap();
    }
    folder
}

/// A file of `PMTiles` with these layers, unpacked, and `tail` behind its metadata.
fn tiles(folder: &Path, layers: &[&str], tail: &[u8]) -> PathBuf {
    let layers: Vec<Value> = layers.iter().map(|id| json!({ "id": id })).collect();
    let metadata = json!({ "vector_layers": layers, "attribution": "© <b>les contributeurs</b>" }).to_string();
    let mut bytes = vec![0_u8; 127];
    bytes[..7].copy_from_slice(b"PMTiles");
    bytes[7] = 3;
    let end = 127 + metadata.len() as u64;
    for (at, value) in [(8, 127), (24, 127), (32, metadata.len() as u64), (40, end), (56, end), (64, tail.len() as u64)]
    {
        bytes[at..at + 8].copy_from_slice(&value.to_le_bytes());
    }
    (bytes[97], bytes[98], bytes[99], bytes[101]) = (1, 1, 1, 14);
    bytes.extend(metadata.into_bytes());
    bytes.extend(tail);
    let path = folder.join("fond.pmtiles");
    fs::write(&path, bytes).unwrap();
    path
}

/// What the page tells the script of its map.
fn told(page: &str) -> Option<Value> {
    let text = page.split(" data-base=\"").nth(1)?.split('"').next()?;
    serde_json::from_str(
        &text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&"),
    )
    .ok()
}

#[test]
fn the_policy_of_the_map_opens_exactly_the_origin_that_was_chosen() {
    let vendor = vendor();
    let with = |base: Basemap| {
        let state = sample_state().with_embedding(vec!["https://mairie.exemple.fr".into()]);
        serve_on_free_port(lying_on(state.with_vendor_dir(vendor.path()), base))
    };
    let (none, ign) = (with(Basemap::None), with(Basemap::Ign(ORIGIN.into())));
    let policy = |at, path| header(&ask(at, path, &[]), "content-security-policy");
    let opened = CLOSED.replace("connect-src 'self'", &format!("connect-src 'self' {ORIGIN}"));
    for path in ["/carte", "/carte?lieu=Gu%C3%A9ret"] {
        assert_eq!(policy(none, path), CLOSED, "{path}");
        assert_eq!(policy(ign, path), opened, "{path}");
    }
    let embedded = opened.replace("frame-ancestors 'none'", "frame-ancestors https://mairie.exemple.fr");
    assert_eq!(policy(ign, "/carte?lieu=Gu%C3%A9ret&embed=1"), embedded);
    // No other page asks anybody, nor does the map of figures, whose colours nothing lies under.
    for path in
        ["/", "/?lieu=Gu%C3%A9ret", "/orienter", "/carte?indicateur=coverage", "/territoires", "/mentions-legales"]
    {
        assert_eq!(policy(ign, path), CLOSED, "{path}");
    }
    let page = ask(ign, "/carte", &[]).text().unwrap();
    let pictures = told(&page).unwrap()["pictures"].as_str().unwrap().to_owned();
    assert!(pictures.starts_with(&format!("{ORIGIN}/wmts?")) && pictures.contains("{z}"), "{pictures}");
    assert!(page.contains("Plan IGN © IGN"));
    assert_eq!(told(&ask(none, "/carte", &[]).text().unwrap()), None);
    assert_eq!(told(&ask(ign, "/carte?indicateur=coverage", &[]).text().unwrap()), None);
    let privacy = |at| ask(at, "/mentions-legales", &[]).text().unwrap();
    assert!(privacy(ign).contains("tuiles.exemple.fr") && !privacy(none).contains("fond de la carte"));
}

#[test]
fn an_edition_brings_its_base_along_and_what_was_chosen_comes_first() {
    let vendor = vendor();
    let with = |base: Basemap| {
        let mut leaves = sample_leaves();
        let file = FileInfo { name: "base.pmtiles".into(), sha256: "0".repeat(64), bytes: 1, rows: None };
        leaves.edition.files.push(file);
        let state = State::new(Arc::new(Atlas::bind(leaves)), noon).with_vendor_dir(vendor.path());
        let at = serve_on_free_port(lying_on(state, base));
        let map = ask(at, "/carte", &[]);
        (header(&map, "content-security-policy"), map.text().unwrap())
    };
    let (policy, page) = with(Basemap::None);
    assert_eq!(policy, CLOSED, "nobody else is asked");
    let base = told(&page).unwrap();
    let file = base["file"].as_str().unwrap();
    assert!(file.starts_with("/donnees/fichiers/base.pmtiles?edition="), "{file}");
    assert_eq!(base["drawn"]["names"], json!(["water", "roads"]));
    assert!(page.contains("les contributeurs d’OpenStreetMap"), "who made it is said");
    let (_, page) = with(Basemap::Ign(ORIGIN.into()));
    assert!(told(&page).unwrap()["pictures"].is_string() && !page.contains("base.pmtiles"));
}

#[test]
fn without_the_library_of_the_map_nobody_else_may_be_asked() {
    let state = lying_on(sample_state().with_vendor_dir("/nulle-part"), Basemap::Ign(ORIGIN.into()));
    assert_eq!(header(&ask(serve_on_free_port(state), "/carte", &[]), "content-security-policy"), CLOSED);
}

#[test]
fn a_file_is_handed_out_part_by_part_under_the_name_that_says_its_version() {
    let (vendor, folder) = (vendor(), tempfile::tempdir().unwrap());
    let path = tiles(folder.path(), &["water", "roads", "pois"], b"0123456789");
    let whole = fs::read(&path).unwrap();
    let base = Basemap::File(Box::new(Tiles::open(&path).unwrap()));
    let at = serve_on_free_port(lying_on(sample_state().with_vendor_dir(vendor.path()), base));
    let map = ask(at, "/carte", &[]);
    assert_eq!(header(&map, "content-security-policy"), CLOSED);
    let page = map.text().unwrap();
    assert!(page.contains("Fond de carte&nbsp;: © les contributeurs.") && !page.contains("<b>les"), "{page}");
    let told = told(&page).unwrap();
    assert_eq!(told["drawn"], json!({ "names": ["roads"], "roads": ["roads"], "water": ["water"] }));
    let file = told["file"].as_str().unwrap();

    let all = ask(at, file, &[("accept-encoding", "gzip")]);
    assert_eq!((all.status().as_u16(), header(&all, "content-type").as_str()), (200, "application/vnd.pmtiles"));
    assert_eq!(header(&all, "accept-ranges"), "bytes");
    assert_eq!(header(&all, "cache-control"), "public, max-age=31536000, immutable");
    let tag = header(&all, "etag");
    assert_eq!(all.bytes().unwrap(), whole);

    let length = whole.len();
    let parts = [
        ("bytes=0-6".to_owned(), 0..7),
        (format!("bytes={}-", length - 10), length - 10..length),
        ("bytes=-3".into(), length - 3..length),
    ];
    for (range, expected) in parts {
        let part = ask(at, file, &[("range", &range), ("accept-encoding", "gzip")]);
        assert_eq!(part.status().as_u16(), 206, "{range}");
        assert_eq!(header(&part, "content-range"), format!("bytes {}-{}/{length}", expected.start, expected.end - 1));
        assert_eq!(part.bytes().unwrap(), whole[expected], "{range}");
    }
    let beyond = ask(at, file, &[("range", &format!("bytes={length}-"))]);
    assert_eq!((beyond.status().as_u16(), header(&beyond, "content-range")), (416, format!("bytes */{length}")));
    assert_eq!(ask(at, file, &[("if-none-match", &tag)]).status().as_u16(), 304);
    for other in
        ["/carte/fond/fond.pmtiles", "/carte/fond/0000000000000000.pmtiles", "/carte/fond/..%2f..%2fetc%2fpasswd"]
    {
        assert_eq!(ask(at, other, &[]).status().as_u16(), 404, "{other}");
    }
    let without = serve_on_free_port(sample_state());
    assert_eq!(ask(without, file, &[]).status().as_u16(), 404);
}

#[test]
fn a_file_that_cannot_be_drawn_is_refused_by_its_name_before_anybody_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let edition = folder.path().join("edition");
    published(&edition);
    let refused = |value: &str| {
        let mut serve = Command::new(env!("CARGO_BIN_EXE_mediane"));
        serve.args(["serve", "--listen", "127.0.0.1:0", "--edition"]).arg(&edition).args(["--basemap", value]);
        let output = serve.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{value}");
        String::from_utf8(output.stderr).unwrap()
    };
    let path = tiles(folder.path(), &["communes"], b"").display().to_string();
    let said = refused(&path);
    assert!(said.contains(&path) && said.contains("it has layers communes"), "{said}");
    let absent = folder.path().join("absent.pmtiles").display().to_string();
    assert!(refused(&absent).contains(&absent));
    let other = folder.path().join("edition.pmtiles");
    fs::write(&other, "PK").unwrap();
    assert!(refused(&other.display().to_string()).contains("no file of PMTiles"));
    for word in ["osm", "IGN", "https://exemple.fr/fond"] {
        let said = refused(word);
        assert!(
            said.contains("basemap") && said.contains("none, ign, or a file whose name ends with .pmtiles"),
            "{said}"
        );
    }
}
