//! Whose request it is, as far as limits go: an address. It is counted with, and never written down.
//!
//! The rule: it is the address that the connection comes from. When that is a proxy we trust, it is the last address of
//! `X-Forwarded-For` that is not one: what stands before it was written by whoever asked. Programs of this machine
//! (`127.0.0.1`, `::1`) are trusted, others when they are named.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use actix_web::http::header::HeaderMap;

/// Header in which proxies say for whom they ask.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// Bits of an `IPv6` address that name a household; the others are its own to choose.
const HOUSEHOLD: u8 = 64;

/// One visitor. `None` where there is no connection, as in tests: nobody's limits apply.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Visitor(Option<IpAddr>);

/// Addresses that begin alike: `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    length: u8,
}

/// Proxies whose word is taken for whom they ask.
#[derive(Debug, Clone)]
pub struct Proxies(Vec<Network>);

impl Default for Proxies {
    fn default() -> Self {
        Self::also(&[])
    }
}

impl Proxies {
    /// Programs of this machine, and these.
    #[must_use]
    pub fn also(others: &[Network]) -> Self {
        let here = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        Self(here.map(|address| Network::around(address, 128)).into_iter().chain(others.iter().copied()).collect())
    }

    /// Whether the word of who connects from there is taken.
    #[must_use]
    pub fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }
}

impl Network {
    fn around(address: IpAddr, length: u8) -> Self {
        Self { bits: kept(bits(address), length), length }
    }

    fn holds(self, address: IpAddr) -> bool {
        kept(bits(address), self.length) == self.bits
    }
}

/// `IPv4` addresses stand among those of `IPv6` (RFC 4291, 2.5.5.2): one rule serves both.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn kept(bits: u128, length: u8) -> u128 {
    bits.checked_shr(128 - u32::from(length)).map_or(0, |kept| kept << (128 - u32::from(length)))
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("expected an address or a network such as 10.0.0.0/8, not {text:?}");
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (most, before) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let length =
            length.map_or(Ok(most), str::parse).ok().filter(|length: &u8| *length <= most).ok_or_else(wrong)?;
        Ok(Self::around(address, before + length))
    }
}

impl Visitor {
    /// Who asks, by the rule.
    #[must_use]
    pub fn of(connected: Option<IpAddr>, headers: &HeaderMap, proxies: &Proxies) -> Self {
        let Some(peer) = connected else { return Self(None) };
        if !proxies.trust(peer) {
            return Self::at(peer);
        }
        let said = headers.get_all(FORWARDED_FOR).filter_map(|value| value.to_str().ok());
        let said: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
        // From the last one back; what is no address was not written by a proxy of ours.
        let named = said.iter().rev().map_while(|text| address(text)).find(|address| !proxies.trust(*address));
        Self::at(named.unwrap_or(peer))
    }

    /// The visitor at an address.
    #[must_use]
    pub fn at(address: IpAddr) -> Self {
        Self(Some(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(kept(address.to_bits(), HOUSEHOLD))),
            address @ IpAddr::V4(_) => address,
        }))
    }

    /// Whether limits of one visitor apply to them.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.0.is_some()
    }

    /// What stands for them where two visitors must differ, and nobody must read who they are.
    #[must_use]
    pub fn bytes(self) -> [u8; 16] {
        self.0.map_or([0; 16], |address| bits(address).to_be_bytes())
    }
}

/// An address as a proxy writes it, perhaps with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches('"');
    text.parse().ok().or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
}

impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Visitor(…)")
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn who(peer: &str, forwarded: &[&str], others: &[&str]) -> Visitor {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(HeaderName::from_static(FORWARDED_FOR), HeaderValue::from_str(value).unwrap());
        }
        let others: Vec<Network> = others.iter().map(|text| text.parse().unwrap()).collect();
        Visitor::of(Some(peer.parse().unwrap()), &headers, &Proxies::also(&others))
    }

    fn at(address: &str) -> Visitor {
        Visitor::at(address.parse().unwrap())
    }

    #[test]
    fn who_connects_is_who_asks_whatever_they_write() {
        assert_eq!(who("192.0.2.1", &["198.51.100.7"], &[]), at("192.0.2.1"));
        assert_eq!(who("127.0.0.2", &["198.51.100.7"], &[]), at("127.0.0.2"), "one address of this machine is trusted");
    }

    #[test]
    fn a_trusted_proxy_says_for_whom_it_asks_and_the_last_word_counts() {
        assert_eq!(who("127.0.0.1", &["198.51.100.7"], &[]), at("198.51.100.7"));
        assert_eq!(who("::1", &["10.9.9.9, 198.51.100.7:4711"], &[]), at("198.51.100.7"));
        assert_eq!(who("127.0.0.1", &["forged", "198.51.100.7, 10.1.2.3"], &["10.0.0.0/8"]), at("198.51.100.7"));
        assert_eq!(who("::ffff:10.1.2.3", &["198.51.100.7"], &["10.0.0.0/8"]), at("198.51.100.7"));
        assert_eq!(who("127.0.0.1", &[], &[]), at("127.0.0.1"), "nobody behind it: the program itself");
        assert_eq!(who("127.0.0.1", &["198.51.100.7, unknown"], &[]), at("127.0.0.1"), "what is no address ends it");
    }

    #[test]
    fn a_household_is_one_visitor_and_two_are_two() {
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_eq!(format!("{:?}", at("192.0.2.1")), "Visitor(…)");
    }

    #[test]
    fn a_network_is_an_address_with_the_bits_that_count() {
        let holds = |network: &str, address: &str| network.parse::<Network>().unwrap().holds(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("0.0.0.0/0", "192.0.2.1") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("2001:db8::/32", "2001:db8:9::1") && holds("::/0", "2001:db8::1"));
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/8/9", "nginx"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }
}
