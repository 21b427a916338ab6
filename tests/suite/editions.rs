//! Editions side by side: which one answers, what names it, and that no answer ever mixes two.

mod asked;
mod published;
mod shelf;

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use mediane::editions::{Editions, Settings};
use mediane::http::State;

use self::shelf::Shelf;
use crate::support::{noon, serve_on_free_port};

/// The edition of the first of August, with venues whose name ends in « d'août ».
const AUGUST: &str = "a0a0a0a0a0a0a0a0";
/// The edition of the first of September, in force.
const SEPTEMBER: &str = "b0b0b0b0b0b0b0b0";

/// A shelf with both editions, and the service of it, which looks only when it is told to.
fn house() -> (Arc<Shelf>, Arc<Editions>, SocketAddr) {
    let shelf = Arc::new(Shelf::default());
    shelf.add(AUGUST, (2024, 8, 1), "d'août");
    shelf.add(SEPTEMBER, (2024, 9, 1), "de septembre");
    shelf.publish(SEPTEMBER);
    let settings = Settings { every: std::time::Duration::from_hours(1), ..Settings::default() };
    let editions = Editions::open(shelf.clone(), settings).unwrap();
    let address = serve_on_free_port(State::of(editions.clone(), noon));
    (shelf, editions, address)
}

/// The address of one such service, in which September stays in force.
fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| house().2)
}
