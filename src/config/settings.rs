//! The configuration as the program uses it: each key with its type.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::gather::Config;
use super::kind::Value;
use crate::shares::visitor::Network;

/// What lies under the map of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basemap {
    /// Nothing.
    None,
    /// The national map, from `basemap_origin`.
    Ign,
    /// A file of tiles.
    File(PathBuf),
}

/// What an instance is set up with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the key of its name; its meaning stands in the table of keys")]
pub struct Settings {
    /// Variables that are nearly ours, in sentences.
    pub misspelt: Vec<String>,
    /// The folder to serve; that of `edition_cache` when `edition` is an address.
    pub edition: Option<PathBuf>,
    /// The address that the folder follows.
    pub edition_url: Option<String>,
    pub listen: SocketAddr,
    pub public_url: Option<String>,
    pub base_path: Option<String>,
    pub store: Option<String>,
    pub publisher: Option<String>,
    pub contact: Option<String>,
    pub moderators: Option<PathBuf>,
    pub embedded_by: Vec<String>,
    pub trusted_proxies: Vec<Network>,
    pub workers: usize,
    pub keep_editions: usize,
    pub vendor: PathBuf,
    pub basemap: Basemap,
    pub basemap_origin: String,
    pub geocoder: Option<String>,
    pub reference: PathBuf,
    pub log: String,
    pub quiet: bool,
    pub metrics_listen: Option<SocketAddr>,
    pub shutdown_delay: Duration,
}

impl Config {
    /// Each key with its type.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            misspelt: self.misspelt.clone(),
            edition: self.path("edition").or_else(|| self.text("edition").and(self.path("edition_cache"))),
            edition_url: self.text("edition"),
            listen: self.address("listen").expect("listen has a default"),
            public_url: self.text("public_url"),
            base_path: self.text("base_path"),
            store: self.text("store"),
            publisher: self.text("publisher"),
            contact: self.text("contact"),
            moderators: self.path("moderators"),
            embedded_by: self.texts("embedded_by"),
            // Read before: what is no network was refused.
            trusted_proxies: self.texts("trusted_proxies").iter().filter_map(|text| text.parse().ok()).collect(),
            workers: self.count("workers"),
            keep_editions: self.count("keep_editions"),
            vendor: self.path("vendor").expect("vendor has a default"),
            reference: self.path("reference").expect("reference has a default"),
            log: self.text("log").expect("log has a default"),
            basemap: match self.get("basemap") {
                Some((Value::Path(path), _)) => Basemap::File(path.clone()),
                Some((Value::Text(word), _)) if word == "ign" => Basemap::Ign,
                _ => Basemap::None,
            },
            basemap_origin: self.text("basemap_origin").unwrap_or_default(),
            geocoder: self.text("geocoder"),
            metrics_listen: self.address("metrics_listen"),
            shutdown_delay: match self.get("shutdown_delay") {
                Some((Value::Duration(time), _)) => *time,
                _ => Duration::ZERO,
            },
            quiet: self.get("quiet").is_some_and(|(value, _)| *value == Value::Switch(true)),
        }
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.get(name)?.0 {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        match self.get(name)?.0 {
            Value::Path(path) => Some(path.clone()),
            _ => None,
        }
    }

    fn address(&self, name: &str) -> Option<SocketAddr> {
        match self.get(name)?.0 {
            Value::Address(address) => Some(*address),
            _ => None,
        }
    }

    fn texts(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some((Value::Texts(texts), _)) => texts.clone(),
            _ => Vec::new(),
        }
    }

    fn count(&self, name: &str) -> usize {
        match self.get(name) {
            Some((Value::Count(count), _)) => usize::try_from(*count).unwrap_or(usize::MAX),
            _ => 0,
        }
    }
}

impl Settings {
    /// What will surprise somebody, in sentences; nothing of it stops the service.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut found = self.misspelt.clone();
        let inside = self.listen.ip().is_loopback();
        match &self.public_url {
            None if !inside => found.push(format!(
                "public_url is not set: links in answers (pages of lists, OGC, TileJSON, documents) will begin with http://{} or whatever address of this machine was reached, which visitors behind a proxy cannot open; set public_url",
                self.listen
            )),
            Some(url) if !inside && is_local(url) => found.push(format!(
                "public_url {url} leads to this very machine, but {} listens beyond it: links in answers will lead visitors to their own machine",
                self.listen
            )),
            _ => {}
        }
        if let Some(metrics) = self.metrics_listen.filter(|metrics| metrics.ip().is_unspecified()) {
            found.push(format!(
                "metrics_listen {metrics} can be reached from everywhere; name one address of this machine, or close the port outside"
            ));
        }
        if let Some(path) = self.moderators.as_ref().filter(|path| is_open_to_all(path)) {
            found.push(format!(
                "moderators {}: everybody on this machine can read the tokens; chmod 640",
                path.display()
            ));
        }
        found
    }
}

/// Whether an address leads to the machine of whoever opens it.
fn is_local(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    let host = host
        .strip_prefix('[')
        .map_or_else(|| host.split(':').next().unwrap_or_default(), |v6| v6.split(']').next().unwrap_or_default());
    let local = |ip: std::net::IpAddr| ip.is_loopback() || ip.is_unspecified();
    host == "localhost" || host.ends_with(".localhost") || host.parse().is_ok_and(local)
}

fn is_open_to_all(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|of| of.permissions().mode() & 0o004 != 0)
}
