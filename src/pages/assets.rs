//! The files pages need: our own, compiled into the binary, and the third-party ones that `npm ci` put in `web/`.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use sha2::{Digest, Sha256};

use crate::domain::text::hexadecimal;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::{Process, State};
use crate::shares::pools::Kind;

/// A file of ours: its path below `web/`, its type, its bytes.
struct Own {
    path: &'static str,
    bytes: &'static [u8],
}

macro_rules! own {
    ($($path:literal),+ $(,)?) => {
        &[$(Own { path: $path, bytes: include_bytes!(concat!("../../web/", $path)) }),+]
    };
}

const OWN: &[Own] = own![
    "styles/brief.css",
    "styles/icon.svg",
    "styles/main.css",
    "styles/map.css",
    "styles/orient.css",
    "styles/planner-brief.css",
    "styles/planner.css",
    "styles/print.css",
    "styles/shades.css",
    "styles/sheet.css",
    "styles/monitoring.css",
    "styles/monitoring-print.css",
    "styles/territory.css",
    "styles/comparing.css",
    "styles/what_if.css",
    "src/map/base.js",
    "src/map/edition.js",
    "src/map/hatch.js",
    "src/map/nearest.js",
    "src/map/page.js",
    "src/map/pmtiles.js",
    "src/map/scale.js",
    "src/map/style.js",
    "src/map/words.js",
    "src/planner/curves.js",
    "src/planner/job.js",
    "src/planner/page.js",
    "src/position.js",
    "src/root.js",
    "src/search.js",
    "src/suggestions.js",
];

/// Address of the map library, version included: what is kept under it never changes.
pub const MAPLIBRE: &str = "/vendor/maplibre-gl@6.17.0";
const VENDOR_ROUTE: &str = "/vendor/maplibre-gl@6.17.0/{name}";

/// The only third-party files that are served: name under [`MAPLIBRE`], place below the folder of installed packages.
/// The lock file of `web/` pins their version and their content.
const VENDOR: &[(&str, &str)] = &[
    ("maplibre-gl.mjs", "maplibre-gl/dist/maplibre-gl.mjs"),
    ("maplibre-gl-worker.mjs", "maplibre-gl/dist/maplibre-gl-worker.mjs"),
    ("maplibre-gl-shared.mjs", "maplibre-gl/dist/maplibre-gl-shared.mjs"),
    ("maplibre-gl.css", "maplibre-gl/dist/maplibre-gl.css"),
    ("LICENSE.txt", "maplibre-gl/LICENSE.txt"),
];

const FOREVER: &str = "public, max-age=31536000, immutable";
const CHECK: &str = "no-cache";

/// `/static/VERSION`, where the version is a digest of every file of ours: what is kept under it never changes.
static BASE: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    for file in OWN {
        digest.update(file.path);
        digest.update(file.bytes);
    }
    format!("/static/{}", hexadecimal(&digest.finalize()[..8]))
});

/// Address of our own files, without the final slash.
#[must_use]
pub fn base() -> &'static str {
    &BASE
}

/// `/static` and `/vendor`.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint::at(
        "/static/{version}/{path:.*}",
        &[Operation::get("static", "Un style, un script ou une image des pages", || web::to(own)).answering(FILE)],
    ),
    Endpoint::at(
        VENDOR_ROUTE,
        &[Operation::get("vendor", "Un fichier de la bibliothèque de cartes", || web::to(vendor)).answering(FILE)],
    ),
];

const FILE: &[Answer] = &[Answer::ok(&[("application/octet-stream", "binary")])];

/// A file of ours. Under another version than ours, from a page older than this server, it is served but not kept.
async fn own(request: HttpRequest, path: web::Path<(String, String)>) -> HttpResponse {
    let (version, path) = path.into_inner();
    let Some(file) = OWN.iter().find(|file| file.path == path) else { return HttpResponse::NotFound().finish() };
    let tag = format!("\"{}\"", hexadecimal(&Sha256::digest(file.bytes)[..8]));
    let kept = if base().ends_with(&version) { FOREVER } else { CHECK };
    if request.headers().get(IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes()) {
        return HttpResponse::NotModified().insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, kept)).finish();
    }
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type(&path)))
        .insert_header((CACHE_CONTROL, kept))
        .insert_header((ETAG, tag))
        .body(file.bytes)
}

/// A third-party file, by exact name only.
async fn vendor(name: web::Path<String>, state: State) -> HttpResponse {
    let Some(file) = vendor_file(vendor_dir(&state.process), &name) else { return HttpResponse::NotFound().finish() };
    match state.apart(Kind::Interactive, move |_| std::fs::read(file)).await {
        Ok(Ok(bytes)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, content_type(&name)))
            .insert_header((CACHE_CONTROL, FOREVER))
            .body(bytes),
        _ => HttpResponse::NotFound().finish(),
    }
}

fn vendor_dir(process: &Process) -> Option<&Path> {
    process.vendor_dir.as_deref()
}

fn vendor_file(dir: Option<&Path>, name: &str) -> Option<PathBuf> {
    let (_, file) = VENDOR.iter().find(|(known, _)| *known == name)?;
    Some(dir?.join(file))
}

/// Whether the map library is installed.
#[must_use]
pub fn has_map(state: &State) -> bool {
    VENDOR.iter().all(|(name, _)| vendor_file(vendor_dir(&state.process), name).is_some_and(|file| file.is_file()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}
