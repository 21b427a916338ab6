//! What is counted over the life of the process, in the format of Prometheus (`OpenMetrics` text). Nothing of it is about a
//! visitor.

use std::time::Duration;

use actix_web::http::StatusCode;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// Upper bounds of the durations, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0];

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

    /// What was counted, and these numbers of now.
    #[must_use]
    pub fn text(&self, now: &Registry) -> String {
        let mut text = String::new();
        let written = encode_registry(&mut text, &self.registry).and_then(|()| encode_registry(&mut text, now));
        if written.and_then(|()| encode_eof(&mut text)).is_err() {
            text.push_str("# the rest cannot be written");
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
