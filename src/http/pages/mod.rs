//! Pages: what people read. Nothing yet.

use actix_web::web::ServiceConfig;

/// Adds the pages to the routing table.
pub fn routes(_cfg: &mut ServiceConfig) {}
