//! The transport: strict questions, answers, limits, the server. What is asked and answered stands in `api` and `pages`.

pub mod answers;
mod bodies;
pub mod edition;
pub mod endpoint;
pub mod endpoints;
pub mod filters;
pub mod headers;
pub mod health;
pub mod html;
pub mod in_flight;
pub mod links;
pub mod lost;
pub mod middleware;
pub mod misnamed;
pub mod params;
pub mod problem;
pub mod process;
pub mod rate_limit;
pub mod reply;
mod request_id;
mod root;
pub mod server;
mod state;
pub mod watch;
pub mod work;

pub use process::Process;
pub use state::State;
