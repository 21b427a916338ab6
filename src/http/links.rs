//! Absolute addresses of our own. They come from the configuration, or from the socket the visitor reached; never from
//! the `Host` header, which anybody can write.

use std::fmt::{self, Write};
use std::net::SocketAddr;

use actix_web::dev::Extensions;
use actix_web::http::header;
use actix_web::rt::net::TcpStream;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::State;
use super::edition::EDITION;

/// The address on our side of one connection.
#[derive(Debug, Clone, Copy)]
struct Reached(SocketAddr);

/// Remembers, when a connection opens, which of our addresses it came to.
pub fn remember_address(connection: &TcpStream, data: &mut Extensions) {
    if let Ok(address) = connection.local_addr() {
        data.insert(Reached(address));
    }
}

/// What our addresses begin with, without a slash at its end.
#[must_use]
pub fn base(request: &HttpRequest, state: &State) -> String {
    let root = &*state.process.root;
    if let Some(url) = &state.process.public_url {
        // Whoever gives both may have written the path into the address already.
        return if url.ends_with(root) { url.to_string() } else { format!("{url}{root}") };
    }
    let reached = request.conn_data::<Reached>();
    reached.map_or_else(|| format!("http://localhost{root}"), |reached| format!("http://{}{root}", reached.0))
}

/// An address of ours that keeps the edition the request names.
#[must_use]
pub fn keeping(address: String, state: &State) -> String {
    super::html::keep_edition(&address, state.named()).unwrap_or(address)
}

/// 301 to the address of today, with the whole question that was asked.
#[must_use]
pub fn moved(request: &HttpRequest, address: &str) -> HttpResponse {
    leading(HttpResponse::MovedPermanently(), request, address, &[])
}

/// 303 to another page that answers the same question, and does not know some of its names.
#[must_use]
pub fn instead(request: &HttpRequest, address: &str, without: &[&str]) -> HttpResponse {
    leading(HttpResponse::SeeOther(), request, address, without)
}

/// Nothing that was asked gets lost on the way: the edition, the language, the choices.
fn leading(mut response: HttpResponseBuilder, request: &HttpRequest, address: &str, without: &[&str]) -> HttpResponse {
    let kept = |part: &&str| !part.is_empty() && !without.contains(&part.split('=').next().unwrap_or_default());
    let query: Vec<&str> = request.query_string().split('&').filter(kept).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    response.insert_header((header::LOCATION, format!("{address}{mark}{}", query.join("&")))).finish()
}

/// The address that was asked for, in full.
#[derive(Debug, Clone)]
pub struct Here {
    path: String,
    query: String,
    edition: String,
    named: bool,
}

/// The address that was asked for.
#[must_use]
pub fn here(request: &HttpRequest, state: &State) -> Here {
    let (edition, named) = (state.id().to_owned(), state.named().is_some());
    Here { path: base(request, state) + request.path(), query: request.query_string().to_owned(), edition, named }
}

impl Here {
    /// The same question with other paging, in the same edition whatever comes into force between two pages.
    #[must_use]
    pub fn with(&self, paging: &[(&str, &str)]) -> String {
        let name = |part: &str| part.split('=').next().unwrap_or_default().to_owned();
        let paged =
            |part: &&str| !part.is_empty() && !["limit", "offset", "cursor", EDITION].contains(&name(part).as_str());
        let kept = self.query.split('&').filter(paged).map(str::to_owned);
        let pinned = [(EDITION, self.edition.as_str())];
        let added = paging.iter().chain(&pinned).map(|(name, value)| format!("{name}={}", encoded(value)));
        let query: Vec<String> = kept.chain(added).collect();
        format!("{}?{}", self.path, query.join("&"))
    }

    /// The address one step up.
    #[must_use]
    pub fn parent(&self) -> String {
        let parent = self.path.rsplit_once('/').map_or(self.path.as_str(), |(parent, _)| parent);
        let kept = super::html::keep_edition(parent, self.named.then_some(&self.edition));
        kept.unwrap_or_else(|| parent.to_owned())
    }
}

impl fmt::Display for Here {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.query.is_empty() { Ok(()) } else { write!(f, "?{}", self.query) }
    }
}

/// A text as one segment or value of an address (RFC 3986): all but unreserved characters are escaped.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes every character");
        }
    }
    encoded
}
