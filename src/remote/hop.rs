//! One hop: an address is checked, resolved once, and called at exactly the addresses that were checked.

use std::net::SocketAddr;
use std::time::Instant;

use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT_ENCODING, LOCATION};
use reqwest::{Url, redirect};

use super::address::refusal;
use super::error::Cause;
use super::request::{Hosts, Request};

/// How many redirects are followed.
pub(super) const MOST_REDIRECTS: usize = 5;

const AGENT: &str = concat!("mediane/", env!("CARGO_PKG_VERSION"));

/// Follows redirects by hand, so that every hop is checked like the first; ends with an answer of status 200.
pub(super) fn follow(request: &Request, deadline: Instant) -> Result<Response, Cause> {
    let mut url = Url::parse(&request.url).map_err(|error| Cause::Url(format!("not an address: {error}")))?;
    for _ in 0..=MOST_REDIRECTS {
        let response = call(&url, request, deadline)?;
        match response.status().as_u16() {
            200 => return Ok(response),
            301 | 302 | 303 | 307 | 308 => url = target(&url, &response)?,
            status => return Err(Cause::Status(status)),
        }
    }
    Err(Cause::TooManyRedirects { most: MOST_REDIRECTS })
}

/// Calls one address, within what is left of the time.
fn call(url: &Url, request: &Request, deadline: Instant) -> Result<Response, Cause> {
    let addresses = admit(url, request.hosts)?;
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
        if error.is_timeout() { Cause::Timeout("no answer") } else { Cause::Connection(reason(&error)) }
    })
}

/// The addresses of a host, when all of them may be called. One closed address closes the host: a name that leads both
/// outside and inside is a trap.
fn admit(url: &Url, hosts: Hosts) -> Result<Vec<SocketAddr>, Cause> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(Cause::Url(format!("got {}:, expected https:", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Cause::Url("addresses with a user or a password are not called".into()));
    }
    let host = url.host_str().unwrap_or_default().to_owned();
    let addresses = url.socket_addrs(|| None).map_err(|_| Cause::UnknownHost(host.clone()))?;
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
mod tests {
    use super::*;

    fn admitted(url: &str, hosts: Hosts) -> Result<Vec<SocketAddr>, String> {
        admit(&Url::parse(url).unwrap(), hosts).map_err(|cause| cause.to_string())
    }

    #[test]
    fn an_address_in_disguise_is_still_closed() {
        for url in ["https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://[::ffff:127.0.0.1]/"] {
            let refused = admitted(url, Hosts::Public).unwrap_err();
            assert!(refused.contains("only public addresses are called"), "{url}: {refused}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert_eq!(admitted("http://1.1.1.1/", Hosts::PublicAndLoopback).unwrap_err(), "got http:, expected https:");
        assert!(admitted("http://127.0.0.1:8080/", Hosts::PublicAndLoopback).is_ok());
        assert!(admitted("http://127.0.0.1:8080/", Hosts::Public).is_err());
        assert!(admitted("https://1.1.1.1/", Hosts::Public).is_ok());
    }

    #[test]
    fn a_host_that_was_named_may_stand_inside_the_network_over_tls() {
        assert!(admitted("https://10.0.0.1/", Hosts::Named).is_ok());
        assert!(admitted("http://127.0.0.1:8080/", Hosts::Named).is_ok());
        assert_eq!(admitted("http://10.0.0.1/", Hosts::Named).unwrap_err(), "got http:, expected https:");
    }

    #[test]
    fn other_schemes_and_passwords_are_refused() {
        assert_eq!(admitted("ftp://1.1.1.1/a.csv", Hosts::Public).unwrap_err(), "got ftp:, expected https:");
        assert!(admitted("https://user:secret@1.1.1.1/", Hosts::Public).unwrap_err().contains("password"));
    }
}
