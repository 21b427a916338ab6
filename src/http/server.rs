//! The server itself: workers, time limits, and a stop that finishes what was begun.

use std::any::Any;
use std::io;
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::dev::{Extensions, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use actix_web::rt::{self, System, time};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, Error, HttpServer};
use socket2::SockRef;

use super::process::Process;
use super::watch::{self, Watched};
use super::{State, links};
use crate::http::middleware::{around_every_request, finish_pages, spare_small_bodies};
use crate::shares::limits::WRITE_TIME;
use crate::shares::visitor::Visitor;
use crate::telemetry::log;

/// Open connections a worker holds at most.
pub const MOST_CONNECTIONS: usize = 2_000;
/// Threads a worker may keep busy with tiles and long pages.
const BLOCKING_THREADS: usize = 4;
/// Time to send a request's head.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);
/// Time between two requests of one connection.
const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// Time to take leave of a closed connection.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes that the kernel holds for a client that has not been sent them: more of them would only wait there.
const MOST_UNSENT: u32 = 128 * 1024;
/// Longest time a line of the log waits to be written.
const LOG_DELAY: Duration = Duration::from_millis(250);
/// After a stop signal, `/health/ready` fails for a while ([`Options::shutdown_delay`]) before new connections are refused;
/// then requests under way have this long.
const SHUTDOWN_SECONDS: u64 = 8;

/// Where and how to serve.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Address and port; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Worker threads.
    pub workers: usize,
    /// Time between SIGTERM, when `/health/ready` begins to fail, and the refusal of new connections: a balancer must see it.
    pub shutdown_delay: Duration,
    /// Address of the metrics; `None` shows none.
    pub metrics: Option<SocketAddr>,
    /// What other rooms count.
    pub watched: &'static [Watched],
}

impl Options {
    /// As tests serve: one worker, no metrics.
    #[must_use]
    pub fn at(listen: SocketAddr) -> Self {
        Self { listen, workers: 1, shutdown_delay: Duration::from_secs(2), metrics: None, watched: &[] }
    }
}

/// The whole application, as it is served and as it is tested, with this table of addresses.
pub fn app(
    state: &State,
    routes: fn(&mut ServiceConfig),
) -> App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()>
    + use<>,
> {
    App::new()
        .app_data(Data::from(state.process.clone()))
        .configure(routes)
        .wrap(from_fn(finish_pages))
        .wrap(from_fn(spare_small_bodies))
        .wrap(Compress::default())
        .wrap(from_fn(around_every_request))
}

/// Greets a new connection, unless its visitor has very many. One whose client stops reading is given up by the kernel:
/// actix would wait for ever.
fn greet(connection: &dyn Any, data: &mut Extensions, process: &Process) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    links::remember_address(stream, data);
    let socket = SockRef::from(stream);
    let limited =
        socket.set_tcp_user_timeout(Some(WRITE_TIME)).and_then(|()| socket.set_tcp_notsent_lowat(MOST_UNSENT));
    if let Err(error) = limited {
        tracing::warn!("a connection has no time limit for writing: {error}");
    }
    let Ok(peer) = stream.peer_addr() else { return };
    if process.proxies.trust(peer.ip()) {
        return;
    }
    match process.gate.connections.take(Visitor::at(peer.ip()), 1) {
        // Given back when the connection is over.
        Some(place) => drop(data.insert(place)),
        None => drop(socket.shutdown(Shutdown::Both)),
    }
}

/// Serves until SIGTERM or SIGINT. `announce` is told the address that was bound, once visitors can connect; `closing` stops
/// the work that nobody will wait for.
///
/// # Errors
/// When the address cannot be bound, or signals cannot be listened to.
pub fn serve(
    state: State,
    routes: fn(&mut ServiceConfig),
    options: Options,
    closing: fn(&Process),
    announce: impl FnMut(SocketAddr),
) -> io::Result<()> {
    System::new().block_on(async move {
        let process = state.process.clone();
        let stop = stop_signal(process.clone(), options.shutdown_delay, closing)?;
        rt::spawn(write_log());
        rt::spawn(follow_hangups(signal(SignalKind::hangup())?, process.clone()));
        let greeting = process.clone();
        let server = HttpServer::new(move || app(&state, routes))
            .workers(options.workers)
            .max_connections(MOST_CONNECTIONS)
            .worker_max_blocking_threads(BLOCKING_THREADS)
            .client_request_timeout(REQUEST_TIMEOUT)
            .client_disconnect_timeout(DISCONNECT_TIMEOUT)
            .keep_alive(KEEP_ALIVE)
            .on_connect(move |connection, data| greet(connection, data, &greeting))
            .shutdown_signal(stop)
            .shutdown_timeout(SHUTDOWN_SECONDS)
            .bind(options.listen)?;
        server.addrs().into_iter().for_each(announce);
        let metrics = options.metrics.map(|listen| watch::serve(&process, listen, options.watched)).transpose();
        let metrics = metrics.inspect_err(|error| tracing::error!("metrics_listen: {error}"))?;
        let metrics = metrics.map(|(address, server)| {
            tracing::info!("metrics on http://{address}/metrics");
            let handle = server.handle();
            rt::spawn(server);
            handle
        });
        let stopped = server.run().await;
        if let Some(metrics) = metrics {
            metrics.stop(false).await;
        }
        log::flush();
        stopped
    })
}

/// Writes the log from time to time, on the main thread, where no request waits for it.
async fn write_log() {
    loop {
        time::sleep(LOG_DELAY).await;
        log::flush();
    }
}

/// SIGHUP: look now whether another edition came into force.
async fn follow_hangups(mut hangup: Signal, process: Arc<Process>) {
    while hangup.recv().await.is_some() {
        process.editions.look();
    }
}

/// Resolves when the server must stop taking connections: at once on SIGINT (a person waits), after a while on SIGTERM
/// (a balancer must first see that `/health/ready` fails).
fn stop_signal(
    process: Arc<Process>,
    delay: Duration,
    closing: fn(&Process),
) -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        let kind = first(&mut terminate, &mut interrupt).await;
        process.gate.close();
        tracing::info!("stopping: not ready any more");
        if kind == SignalKind::terminate() {
            time::sleep(delay).await;
        }
        closing(&process);
    })
}

async fn first(terminate: &mut Signal, interrupt: &mut Signal) -> SignalKind {
    std::future::poll_fn(|context| {
        if terminate.poll_recv(context).is_ready() {
            std::task::Poll::Ready(SignalKind::terminate())
        } else {
            interrupt.poll_recv(context).map(|_| SignalKind::interrupt())
        }
    })
    .await
}
