//! The transport: strict questions, answers, limits, the server. What is asked and answered stands in `api` and `pages`.

pub mod assets;
pub mod endpoint;
pub mod endpoints;
pub mod features;
pub mod filters;
pub mod headers;
pub mod health;
pub mod links;
pub mod middleware;
pub mod origin;
pub mod params;
pub mod problem;
pub mod reply;
pub mod server;
mod state;

pub use middleware::AccessLog;
pub use state::State;
