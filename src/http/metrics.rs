//! What is counted, in the format of Prometheus (`OpenMetrics` text), for whoever watches an instance. It has an address of
//! its own: nothing of it is public, and nothing of it is about a visitor.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime};

use actix_web::http::StatusCode;
use actix_web::{App, HttpResponse, HttpServer, dev, web};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::process::Process;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper bounds of the durations, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0];

/// A number that another room counts: its name, what it is, and how it is read.
pub type Watched = (&'static str, &'static str, fn(&Process) -> usize);

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

/// What is counted over the life of the process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    shed: Family<Reason, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let seconds = || Histogram::new(SECONDS);
        let mut metrics = Self {
            registry: Registry::with_prefix("mediane"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(seconds as fn() -> Histogram),
            shed: Family::default(),
        };
        let registry = &mut metrics.registry;
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "Version of the program", build);
        registry.register("requests", "Requests answered, by route and class of status", metrics.requests.clone());
        let help = "Time from the head of a request to the head of its answer";
        registry.register_with_unit("request_duration", help, Unit::Seconds, metrics.seconds.clone());
        registry.register("shed", "Requests that were turned away with 503, by reason", metrics.shed.clone());
        metrics
    }
}

impl Metrics {
    /// Counts an answer. `shed` says why it was turned away, when it was.
    pub(crate) fn count(&self, route: String, status: StatusCode, took: Duration, shed: Option<&'static str>) {
        self.seconds.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Asked { route, status: class(status) }).inc();
        if let Some(reason) = shed {
            self.shed.get_or_create(&Reason { reason }).inc();
        }
    }

    /// Everything, as it is now.
    #[must_use]
    pub fn text(&self, process: &Process, watched: &[Watched]) -> String {
        let now = now(process, watched);
        let mut text = String::new();
        let written = encode_registry(&mut text, &self.registry).and_then(|()| encode_registry(&mut text, &now));
        if written.and_then(|()| encode_eof(&mut text)).is_err() {
            let _ = write!(text, "# the rest cannot be written");
        }
        text
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

/// What is read rather than counted. What is not known is left out: 0 would be a number.
fn now(process: &Process, watched: &[Watched]) -> Registry {
    let mut registry = Registry::with_prefix("mediane");
    let mut say = |name: &str, help: &str, value: Option<f64>| {
        if let Some(value) = value {
            let gauge = Gauge::<f64, AtomicU64>::default();
            gauge.set(value);
            registry.register(name, help, gauge);
        }
    };
    say("in_flight_requests", "Requests being answered", Some(process.gate.in_flight() as f64));
    let listed = process.editions.list();
    let open = listed.iter().filter(|edition| edition.open).count();
    say("editions_open", "Editions that answer at once", Some(open as f64));
    let refused = process.editions.refused().len() as f64;
    say(
        "editions_refused",
        "Editions on disk that are damaged or of another layout, and were not opened",
        Some(refused),
    );
    let current = listed.iter().find(|edition| edition.current).map(|edition| &edition.title);
    let since = |then: SystemTime| SystemTime::now().duration_since(then).ok().map(|age| age.as_secs_f64());
    let age = current.and_then(|title| title.published).and_then(since);
    say("edition_age_seconds", "Time since the edition in force was published", age);
    let as_of = current.and_then(|title| title.as_of).and_then(|day| day.and_hms_opt(0, 0, 0));
    let help = "Day of the latest list in the edition in force, in seconds since 1970";
    say("edition_as_of_timestamp_seconds", help, as_of.map(|day| day.and_utc().timestamp() as f64));
    say("ready", "Whether visitors may be sent here", Some(if process.gate.is_closing() { 0.0 } else { 1.0 }));
    let memory = super::process::resident_bytes().map(|bytes| bytes as f64);
    say("process_resident_memory_bytes", "Memory that the process holds", memory);
    for (name, help, read) in watched {
        say(name, help, Some(read(process) as f64));
    }
    registry
}

/// Serves them on an address of their own.
///
/// # Errors
/// When the address cannot be bound.
pub(super) fn serve(
    process: &Arc<Process>,
    listen: std::net::SocketAddr,
    watched: &'static [Watched],
) -> std::io::Result<(std::net::SocketAddr, dev::Server)> {
    let process = web::Data::from(process.clone());
    let answer = move |process: web::Data<Process>| async move {
        let text = process.metrics.text(&process, watched);
        HttpResponse::Ok().insert_header(("content-type", OPEN_METRICS)).body(text)
    };
    let app = move || App::new().app_data(process.clone()).route("/metrics", web::get().to(answer));
    let server = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1).bind(listen)?;
    let bound = server.addrs().first().copied().unwrap_or(listen);
    Ok((bound, server.run()))
}
