//! The whole service: every address, for people and tests alike.

use std::io;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, Error, HttpRequest, HttpResponse};

use crate::api::bounds::Boxes;
use crate::api::{self, ogc, tiles};
use crate::editions::Snapshot;
use crate::http::edition::{UnknownEditionPage, is_a_person};
use crate::http::endpoints::Endpoints;
use crate::http::lost::LostPage;
use crate::http::misnamed::MisnamedPage;
use crate::http::problem::Problem;
use crate::http::server::{self, Options};
use crate::http::watch::Watched;
use crate::http::{Process, State, health};
use crate::monitoring::connectivity::Split;
use crate::monitoring::history::History;
use crate::monitoring::lists::DatedLists;
use crate::monitoring::overview::Overview;
use crate::monitoring::posts::PostsByCommune;
use crate::pages::{self, assets};
use crate::searches;
use crate::tables::figures;
use crate::tables::means::Means;

/// The whole application, as it is served and as it is tested.
pub fn app(
    state: &State,
) -> App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()>
    + use<>,
> {
    server::app(state, routes)
}

/// What is counted beside the requests.
pub const WATCHED: &[Watched] = &[
    ("searches_running", "Plans being searched for", searches::start::running),
    ("searches_waiting", "Plans that wait for their turn", searches::start::waiting),
];

/// Serves until SIGTERM or SIGINT; `announce` is told the address that was bound.
///
/// # Errors
/// When the address cannot be bound, or signals cannot be listened to.
pub fn serve(state: State, options: Options, announce: impl FnMut(SocketAddr)) -> io::Result<()> {
    searches::start::open(&state.process);
    server::serve(state, routes, options, searches::start::close, announce)
}

/// Works out what visitors of an edition should not wait for.
pub fn prepare(snapshot: &Snapshot) {
    let start = Instant::now();
    let spent = Mutex::new(Vec::new());
    let timed = |what: &str, work: &dyn Fn()| {
        let start = Instant::now();
        work();
        let said = format!("{what} {}", start.elapsed().as_millis());
        spent.lock().unwrap_or_else(PoisonError::into_inner).push(said);
    };
    thread::scope(|scope| {
        // Shapes and names stand on no analysis: on a thread of their own they keep nobody waiting.
        scope.spawn(|| {
            timed("names", &|| _ = snapshot.atlas.meaning_index());
            timed("shapes of tiles", &|| tiles::prepare(snapshot));
        });
        // What is asked most first: the order of what is near waits for the land.
        timed("land", &|| snapshot.atlas.prepare_ways());
        timed("analysis", &|| _ = snapshot.atlas.analysis());
        timed("figures", &|| _ = snapshot.atlas.figures());
        timed("boxes", &|| _ = Boxes::kept(snapshot));
        timed("tables", &|| {
            _ = Means::kept(snapshot);
            figures::prepare(snapshot);
        });
        timed("overview", &|| _ = Overview::kept(snapshot));
        timed("programme", &|| {
            _ = DatedLists::kept(snapshot);
            _ = PostsByCommune::kept(snapshot);
            _ = Split::kept(snapshot);
        });
        timed("pages", &|| pages::prepare(snapshot));
    });
    let spent = spent.into_inner().unwrap_or_else(PoisonError::into_inner).join(", ");
    tracing::info!("edition worked out in {} ms ({spent})", start.elapsed().as_millis());
}

/// Works out what visitors of the first edition should not wait for, and says then that the service is ready. Later editions
/// are worked out before they come into force.
pub fn begin(process: &Process) {
    let current = process.editions.current();
    let work = || {
        prepare(&current);
        // Whoever asks the first plan or what-if would wait for them longer than a visitor is kept waiting.
        let start = Instant::now();
        let _ = current.atlas.analysis().access.times();
        current.atlas.analysis().prepare_questions();
        tracing::info!("travel times and sites in reach worked out in {} ms", start.elapsed().as_millis());
    };
    if catch_unwind(AssertUnwindSafe(work)).is_err() {
        // Whoever asks for the same will be told so; the other pages answer. It is in the log.
        let _ = process.incident("prepare", "the figures of the edition cannot all be worked out");
    }
    process.prepares(false);
}

/// Follows the editions, on a thread of its own, and never returns. Of the one that comes into force it works out what only
/// some questions need; of every edition there is it reads the figures for the curves of monitoring.
pub fn follow_editions(process: &Process) {
    let mut prepared = String::new();
    for second in 0_u64.. {
        let current = process.editions.current();
        let is_new = current.id() != prepared;
        if is_new {
            prepared = current.id().into();
            // A question that fails here fails again for whoever asks it, and says so.
            let _ = catch_unwind(AssertUnwindSafe(|| current.atlas.analysis().prepare_questions()));
        }
        drop(current);
        if is_new || second % 60 == 0 {
            process.kept::<History>().read_all(&process.editions);
        }
        thread::sleep(Duration::from_secs(1));
    }
}

/// Every address of the service: for the router, for both descriptions of the API, and for tests.
pub const ENDPOINTS: Endpoints = Endpoints::new(&[
    health::ENDPOINTS,
    api::ENDPOINTS,
    ogc::ENDPOINTS,
    tiles::ENDPOINTS,
    pages::ENDPOINTS,
    assets::ENDPOINTS,
]);

/// Mounts every endpoint. The same for people and tests.
pub fn routes(cfg: &mut ServiceConfig) {
    ENDPOINTS.mount(cfg);
    cfg.app_data(UnknownEditionPage(pages::unknown_edition));
    cfg.app_data(MisnamedPage(pages::misnamed));
    cfg.app_data(LostPage(pages::unanswered));
    cfg.default_service(web::to(nowhere));
}

/// A person gets a page with a way out, a program gets a problem.
async fn nowhere(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    if is_a_person(&request) {
        return Ok(pages::not_found(&state));
    }
    Err(Problem::not_found("not-found", "there is nothing at this address"))
}
