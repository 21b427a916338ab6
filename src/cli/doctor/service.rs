//! What the service stands on: edition, store, files, ports.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use super::Point;
use crate::config::Settings;
use crate::ingest::edition::{self, on_disk};
use crate::store::{Location, SqlStore};

/// Age from which data are old news: lists are published every few weeks.
const OLD: Duration = Duration::from_hours(60 * 24);

/// What was found of the edition in force.
pub(super) struct Edition {
    pub points: Vec<Point>,
    /// Size on disk, in bytes.
    pub bytes: Option<u64>,
    /// When it was published.
    pub published: Option<SystemTime>,
}

/// The newest edition of a folder that opens, beside the one in force.
fn whole_before(path: &Path) -> Option<String> {
    let mut all = on_disk(path);
    all.sort_by_key(|on_disk| std::cmp::Reverse(on_disk.written));
    all.into_iter().find(|on_disk| edition::open(&on_disk.folder).is_ok()).map(|on_disk| on_disk.id)
}

/// Whether the edition can be opened, with every checksum, and how old it is.
pub(super) fn edition(settings: &Settings) -> Edition {
    const OF: &str = "edition";
    let nothing = |point| Edition { points: vec![point], bytes: None, published: None };
    let Some(path) = &settings.edition else {
        return nothing(Point::broken(
            OF,
            "none is named",
            "give --edition DIR, MEDIANE_EDITION or `edition` in the file",
        ));
    };
    let begun = Instant::now();
    let atlas = match edition::open(path) {
        Ok(atlas) => atlas,
        Err(error) => {
            const BUILD: &str = "build one: mediane build --out DIR";
            return nothing(match whole_before(path) {
                // `serve` goes back to it by itself.
                Some(id) => Point::look(OF, format!("{error}; {id} is whole, and is served instead"), BUILD),
                None => Point::broken(OF, error.to_string(), BUILD),
            });
        }
    };
    let took = begun.elapsed().as_millis();
    let about = atlas.edition();
    let bytes = about.files.iter().map(|file| file.bytes).sum();
    let said = format!(
        "{} is whole ({} MB, opened in {took} ms, {} venues)",
        about.id,
        bytes / 1_000_000,
        atlas.venues().len()
    );
    let mut points = vec![Point::well(OF, said)];
    let all = on_disk(path);
    let published = all.iter().find(|on_disk| on_disk.id == about.id).map(|on_disk| on_disk.written);
    let age = published.and_then(|then| SystemTime::now().duration_since(then).ok());
    points.push(match age {
        Some(age) if age > OLD => Point::look(OF, format!("published {} ago", days(age)), "fetch and build again"),
        Some(age) => Point::well(OF, format!("published {} ago; {} on disk", days(age), all.len())),
        None => Point::look(OF, "when it was published is not known", "see the clock of this machine"),
    });
    if about.demonstration {
        points.push(Point::look(
            OF,
            "its venues are fictitious",
            "build one of the official files: mediane fetch, mediane build",
        ));
    }
    Edition { points, bytes: Some(bytes), published }
}

fn days(age: Duration) -> String {
    match age.as_secs() / 3600 {
        hours @ 0..48 => format!("{hours} h"),
        hours => format!("{} days", hours / 24),
    }
}

/// Whether what people write can be kept.
pub(super) fn store(settings: &Settings) -> Point {
    const OF: &str = "store";
    let Some(place) = &settings.store else {
        return Point::look(
            OF,
            "none is named: what-ifs are answered, and none can be saved",
            "set `store` to keep them",
        );
    };
    let location: Location = match place.parse() {
        Ok(location) => location,
        Err(error) => return Point::broken(OF, format!("{error}"), "see `store`"),
    };
    if let Location::Sqlite(path) = &location
        && !path.exists()
    {
        // Not made here: it would belong to whoever looks, not to the service.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return match std::fs::metadata(folder) {
            Ok(_) => Point::well(OF, format!("{} will be made by the service", path.display())),
            Err(error) => {
                Point::look(OF, format!("{}: {error}", folder.display()), "the service will try to make this folder")
            }
        };
    }
    match SqlStore::open(&location).and_then(|store| store.try_to_write()) {
        Ok(()) => Point::well(OF, format!("{location:?} opens and takes writes")),
        Err(error) => {
            let advice = "see that it runs, that there is space, and that the user of the service may write there";
            Point::broken(OF, format!("{location:?}: {error}"), advice)
        }
    }
}

/// Whether pages have a map.
pub(super) fn map(settings: &Settings) -> Point {
    const OF: &str = "map";
    let library = settings.vendor.join("maplibre-gl/dist/maplibre-gl.mjs");
    if library.is_file() {
        Point::well(OF, format!("its files are in {}", settings.vendor.display()))
    } else {
        Point::look(
            OF,
            format!("{} is not there: pages are without a map", library.display()),
            "npm ci in web/, or see `vendor`",
        )
    }
}

/// Whether lists can be checked.
pub(super) fn reference(settings: &Settings) -> Point {
    const OF: &str = "reference";
    if settings.reference.join("territories").is_dir() && settings.reference.join("sources").is_dir() {
        Point::well(OF, format!("territories and descriptions are in {}", settings.reference.display()))
    } else {
        let found =
            format!("{} holds no territories and sources: lists cannot be checked", settings.reference.display());
        Point::look(OF, found, "see `reference`")
    }
}

/// Whether the tokens of moderators can be read.
pub(super) fn moderators(settings: &Settings) -> Option<Point> {
    let path = settings.moderators.as_ref()?;
    Some(match super::super::serve::moderators(path) {
        Ok(tokens) => Point::well("moderators", format!("{} tokens", tokens.len())),
        Err(failure) => Point::broken("moderators", failure.message, "one token a line, readable by the service"),
    })
}

/// Whether the service can listen, or listens already.
pub(super) fn ports(settings: &Settings) -> Vec<Point> {
    let of_service = port("listen", settings.listen);
    let metrics = settings.metrics_listen.map(|address| port("metrics", address));
    std::iter::once(of_service).chain(metrics).collect()
}

fn port(of: &'static str, address: SocketAddr) -> Point {
    match TcpListener::bind(address) {
        Ok(_) => Point::well(of, format!("{address} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => match asked(address) {
            Some(said) => Point::well(of, format!("an instance answers on {address}: {said}")),
            None => {
                Point::broken(of, format!("{address} is taken by another program"), "stop it, or choose another port")
            }
        },
        Err(error) => Point::broken(
            of,
            format!("{address}: {error}"),
            "choose an address of this machine, and a port from 1024 on",
        ),
    }
}

/// What an instance at this address says of itself: the first line of its answer about being ready, or of its metrics.
fn asked(address: SocketAddr) -> Option<String> {
    let mut there = address;
    if there.ip().is_unspecified() {
        there.set_ip(if there.is_ipv4() { [127, 0, 0, 1].into() } else { std::net::Ipv6Addr::LOCALHOST.into() });
    }
    let stream = TcpStream::connect_timeout(&there, Duration::from_secs(2)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
    let ask = |path: &str| {
        write!(&stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = Vec::new();
        (&stream).take(64 * 1024).read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    };
    let answer = ask("/health/ready")?;
    let first = answer.lines().next().unwrap_or_default().to_owned();
    if answer.contains("\"status\":\"ready\"") {
        return Some("ready".into());
    }
    // The address of the metrics knows nothing else, and is not mistaken for another program.
    let ours =
        answer.to_ascii_lowercase().contains("x-request-id") || first.contains("404") && !answer.contains("server:");
    ours.then_some(first)
}
