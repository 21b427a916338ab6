//! The address where whoever watches an instance reads its numbers: those that were counted, and those of now. It is not that
//! of the service: nothing of it is public.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::SystemTime;

use actix_web::{App, HttpResponse, HttpServer, dev, web};
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::process::Process;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// A number that another room counts: its name, what it is, and how it is read.
pub type Watched = (&'static str, &'static str, fn(&Process) -> usize);

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
    let ready = !process.gate.is_closing() && !process.is_preparing();
    say("ready", "Whether visitors may be sent here", Some(if ready { 1.0 } else { 0.0 }));
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
        let text = process.metrics.text(&now(&process, watched));
        HttpResponse::Ok().insert_header(("content-type", OPEN_METRICS)).body(text)
    };
    let app = move || App::new().app_data(process.clone()).route("/metrics", web::get().to(answer));
    let server = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1).bind(listen)?;
    let bound = server.addrs().first().copied().unwrap_or(listen);
    Ok((bound, server.run()))
}
