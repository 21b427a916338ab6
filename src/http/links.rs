//! Absolute addresses of our own. They come from the configuration, or from the socket the visitor reached; never from
//! the `Host` header, which anybody can write.

use std::any::Any;
use std::net::SocketAddr;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;

use super::State;

/// The address on our side of one connection.
#[derive(Debug, Clone, Copy)]
struct Reached(SocketAddr);

/// Remembers, when a connection opens, which of our addresses it came to.
pub fn remember_address(connection: &dyn Any, data: &mut Extensions) {
    if let Some(address) = connection.downcast_ref::<TcpStream>().and_then(|stream| stream.local_addr().ok()) {
        data.insert(Reached(address));
    }
}

/// What our addresses begin with, without a slash at its end.
#[must_use]
pub fn base(request: &HttpRequest, state: &State) -> String {
    if let Some(url) = &state.public_url {
        return url.to_string();
    }
    request
        .conn_data::<Reached>()
        .map_or_else(|| "http://localhost".to_owned(), |reached| format!("http://{}", reached.0))
}
