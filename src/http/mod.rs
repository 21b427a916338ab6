//! The transport: strict questions, answers, limits, the server. What is asked and answered stands in `api` and `pages`.

pub mod access_log;
pub mod answers;
pub mod assets;
mod bodies;
pub mod edition;
pub mod endpoint;
pub mod endpoints;
pub mod features;
pub mod filters;
pub mod headers;
pub mod health;
pub mod html;
pub mod in_flight;
pub mod limits;
pub mod links;
pub mod log;
pub mod metrics;
pub mod middleware;
pub mod misnamed;
pub mod origin;
pub mod params;
pub mod pools;
pub mod problem;
pub mod process;
pub mod rate_limit;
pub mod reply;
mod request_id;
pub mod server;
mod state;
pub mod visitor;
pub mod watch;
pub mod work;

pub use access_log::AccessLog;
pub use process::Process;
pub use state::State;
