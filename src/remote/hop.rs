//! One hop: an address is checked, resolved once, and called at exactly the addresses that were checked.

use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::time::Instant;

use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT_ENCODING, LOCATION};
use reqwest::{Url, redirect};

use super::address::refusal;
use super::error::Cause;
use super::request::{Hosts, Limits, Request};

/// How many redirects are followed.
pub(super) const MOST_REDIRECTS: usize = 5;

/// The port of `https`; a public host is called at no other: whatever else listens there is no publisher's file.
const HTTPS: u16 = 443;
/// Most bytes of the header fields of an answer.
const MOST_HEADER_BYTES: usize = 32 << 10;

const AGENT: &str = concat!("mediane/", env!("CARGO_PKG_VERSION"));

/// Tells the addresses of a host. Asked once a hop: what it answers is checked, and what was checked is called.
pub(super) type Resolve<'a> = &'a dyn Fn(&Url) -> io::Result<Vec<SocketAddr>>;

/// What the system says.
pub(super) fn by_the_system(url: &Url) -> io::Result<Vec<SocketAddr>> {
    url.socket_addrs(|| None)
}

/// Follows redirects by hand, so that every hop is checked like the first; ends with an answer of status 200.
pub(super) fn follow(request: &Request, deadline: Instant, resolve: Resolve<'_>) -> Result<Response, Cause> {
    let mut url = Url::parse(&request.url).map_err(|error| Cause::Url(format!("not an address: {error}")))?;
    for _ in 0..=MOST_REDIRECTS {
        let response = call(&url, request, deadline, resolve)?;
        let fields = response.headers().iter();
        if fields.map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>() > MOST_HEADER_BYTES {
            return Err(Cause::Connection(format!("more than {MOST_HEADER_BYTES} bytes of header fields")));
        }
        match response.status().as_u16() {
            200 => return Ok(response),
            301 | 302 | 303 | 307 | 308 => url = target(&url, &response)?,
            status => return Err(Cause::Status(status)),
        }
    }
    Err(Cause::TooManyRedirects { most: MOST_REDIRECTS })
}

/// A short answer of a host that the deployer named: asked once, kept in memory, and no redirect leads elsewhere. What goes wrong
/// is told without the address, in which somebody's question stands.
pub(super) fn ask(url: &Url, limits: Limits) -> Result<Vec<u8>, Cause> {
    let request = Request { hosts: Hosts::Named, limits, ..Request::new(url.as_str(), "") };
    let deadline = Instant::now() + limits.total;
    let response = call(url, &request, deadline, &by_the_system)?;
    if response.status() != 200 {
        return Err(Cause::Status(response.status().as_u16()));
    }
    let mut bytes = Vec::new();
    let mut rest = response.take(limits.bytes + 1);
    let mut piece = [0; 16 << 10];
    loop {
        if Instant::now() >= deadline {
            return Err(Cause::Timeout("the whole answer took too long"));
        }
        let read = rest.read(&mut piece).map_err(|error| Cause::Connection(error.kind().to_string()))?;
        bytes.extend_from_slice(&piece[..read]);
        if bytes.len() as u64 > limits.bytes {
            return Err(Cause::TooBig { limit: limits.bytes });
        }
        if read == 0 {
            return Ok(bytes);
        }
    }
}

/// Calls one address, within what is left of the time.
fn call(url: &Url, request: &Request, deadline: Instant, resolve: Resolve<'_>) -> Result<Response, Cause> {
    let addresses = admit(url, request.hosts, resolve)?;
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Cause::Timeout("the whole download took too long"));
    }
    let client = Client::builder()
        .user_agent(AGENT)
        .redirect(redirect::Policy::none())
        // A proxy would resolve the name again, on its own.
        .no_proxy()
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
        .connect_timeout(request.limits.connect.min(left))
        // For a blocking client this bounds the wait for an answer, then each read: the silence, not the whole.
        .timeout(request.limits.idle.min(left))
        .build()
        .map_err(|error| Cause::Connection(reason(&error)))?;
    client.get(url.clone()).header(ACCEPT_ENCODING, "identity").send().map_err(|error| {
        if error.is_timeout() { Cause::Timeout("no answer") } else { Cause::Connection(reason(&error.without_url())) }
    })
}

/// The addresses of a host, when all of them may be called. One closed address closes the host: a name that leads both
/// outside and inside is a trap.
fn admit(url: &Url, hosts: Hosts, resolve: Resolve<'_>) -> Result<Vec<SocketAddr>, Cause> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(Cause::Url(format!("got {}:, expected https:", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Cause::Url("addresses with a user or a password are not called".into()));
    }
    let host = url.host_str().unwrap_or_default().to_owned();
    let addresses = resolve(url).map_err(|_| Cause::UnknownHost(host.clone()))?;
    if addresses.is_empty() {
        return Err(Cause::UnknownHost(host));
    }
    let at_home = matches!(hosts, Hosts::PublicAndLoopback | Hosts::Named)
        && addresses.iter().all(|address| address.ip().is_loopback());
    if at_home {
        return Ok(addresses);
    }
    for address in addresses.iter().filter(|_| hosts != Hosts::Named) {
        if let Some(kind) = refusal(address.ip()) {
            return Err(Cause::ClosedAddress { host, address: address.ip(), kind });
        }
    }
    if url.scheme() != "https" {
        return Err(Cause::Url("got http:, expected https:".into()));
    }
    if let Some(port) = url.port().filter(|port| hosts != Hosts::Named && *port != HTTPS) {
        return Err(Cause::Url(format!("got port {port}, expected {HTTPS}, the one of https")));
    }
    Ok(addresses)
}

/// Where a redirect leads.
fn target(from: &Url, response: &Response) -> Result<Url, Cause> {
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok()).ok_or(Cause::LostRedirect)?;
    from.join(location).map_err(|_| Cause::LostRedirect)
}

/// The innermost reason of an error: the outer ones only say that something failed.
fn reason(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), reason)
}

#[cfg(test)]
mod tests;
