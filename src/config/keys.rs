//! The one table of keys. A new one is a row here and a field of [`Settings`](super::Settings).

use super::key::Key;
use super::kind::Kind;

/// Every key, in the order in which a person sets an instance up.
pub const KEYS: &[Key] = &[
    Key::new(
        "edition",
        Kind::Place,
        "DIR_OR_URL",
        "Folder of an edition, the output folder of a build, or the https address of such a folder",
    )
    .such_as("/var/lib/mediane/editions"),
    Key::new("edition_cache", Kind::Path, "DIR", "Where editions of an https address are kept here")
        .by_default(".cache/editions-brought"),
    Key::new("listen", Kind::Address, "ADDR:PORT", "Address and port of the service; port 0 takes any free one")
        .by_default("127.0.0.1:8080"),
    Key::new(
        "public_url",
        Kind::PublicUrl,
        "URL",
        "Address people know the service by; links in answers begin with it, whatever a request says",
    )
    .such_as("https://mediane.exemple.fr"),
    Key::new(
        "base_path",
        Kind::BasePath,
        "PATH",
        "Path below which the service stands on its host, when it shares one; every link begins with it",
    )
    .such_as("/mediane"),
    Key::new("store", Kind::Store, "PATH_OR_URL", "Where scenarios are kept: an SQLite file, or a postgres:// URL")
        .such_as("/var/lib/mediane/scenarios.sqlite"),
    Key::new("publisher", Kind::Text, "NAME", "Who publishes this instance, for its mentions légales")
        .such_as("Département de la Creuse"),
    Key::new("contact", Kind::Text, "EMAIL_OR_URL", "How to write to them: an e-mail or a web address")
        .such_as("numerique@exemple.fr"),
    Key::new("moderators", Kind::Path, "FILE", "Tokens of moderators, one a line, 32 characters or more")
        .such_as("/etc/mediane/moderators"),
    Key::new(
        "embedded_by",
        Kind::Origins,
        "ORIGIN",
        "Sites that may show pages inside their own, as https://exemple.fr; the flag may be given several times",
    )
    .such_as("https://exemple.fr"),
    Key::new(
        "trusted_proxies",
        Kind::Networks,
        "NETWORK",
        "Proxies on other machines whose X-Forwarded-For and X-Request-Id are believed; the flag may be given several times",
    )
    .such_as("10.0.0.0/8")
    .also("trusted-proxy"),
    Key::new("workers", Kind::Count { least: 1, most: 64 }, "N", "Threads that answer requests").by_default("2"),
    Key::new(
        "keep_editions",
        Kind::Count { least: 0, most: 1_000 },
        "N",
        "Editions kept open beside the one in force, so that edition= answers at once",
    )
    .by_default("12"),
    Key::new("vendor", Kind::Path, "DIR", "Third-party files of the map, as `npm ci` in web/ leaves them")
        .by_default("web/node_modules"),
    Key::new(
        "basemap",
        Kind::Basemap,
        "none|ign|FILE.pmtiles",
        "What lies under the map of people: what the edition has, the national map, which their browsers ask for, or a file of tiles",
    )
    .by_default("none"),
    Key::new(
        "basemap_origin",
        Kind::Origin,
        "ORIGIN",
        "Whom browsers ask for the national map when basemap is ign; the policy of the map and its page of privacy name it",
    )
    .by_default("https://data.geopf.fr"),
    Key::new(
        "geocoder",
        Kind::PublicUrl,
        "URL",
        "A geocoder that answers as the national one: addresses that visitors type and no street of the edition places are sent there; nobody is asked unless it is named, and the page of privacy names it",
    )
    .such_as("https://data.geopf.fr/geocodage"),
    Key::new("reference", Kind::Path, "DIR", "Reference territories and descriptions of sources, to check lists by")
        .by_default("data")
        .also("data"),
    Key::new(
        "log",
        Kind::Choice(&["human", "json"]),
        "FORM",
        "How the log is written: for people, or JSON for machines",
    )
    .by_default("human"),
    Key::new("quiet", Kind::Switch, "BOOL", "Write no line per request in the log").by_default("false"),
    Key::new(
        "metrics_listen",
        Kind::Address,
        "ADDR:PORT",
        "Address and port of the metrics of Prometheus, at /metrics; they are not public",
    )
    .such_as("127.0.0.1:9100"),
    Key::new(
        "shutdown_delay",
        Kind::Duration { most: 120 },
        "TIME",
        "Time between SIGTERM, when /health/ready begins to fail, and the refusal of new connections",
    )
    .by_default("2s"),
];

/// The key of this name.
pub(super) fn named(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The key that was probably meant.
pub(super) fn nearest(name: &str) -> Option<&'static Key> {
    let plain = name.replace('-', "_").to_lowercase();
    let distance = |key: &Key| strsim::osa_distance(&plain, key.name);
    KEYS.iter().min_by_key(|key| distance(key)).filter(|key| distance(key) <= key.name.len().max(plain.len()) / 2)
}
