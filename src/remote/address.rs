//! Which addresses may be called: public ones. A source's URL must not become a way into the network we stand in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IPv4 networks that are not public, with their name. Source: IANA IPv4 Special-Purpose Address Registry (2024).
const CLOSED_V4: [(Ipv4Addr, u32, &str); 15] = [
    (Ipv4Addr::UNSPECIFIED, 8, "unspecified"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "shared by a provider"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "reserved"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "for documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "a 6to4 relay"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "for benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "for documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "for documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

/// Parts of the global unicast space `2000::/3` that are not public. Everything outside that space is closed as a whole:
/// loopback, v4-mapped, `64:ff9b::/96`, unique-local, link-local, multicast.
const CLOSED_V6: [(Ipv6Addr, u32, &str); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "for protocols (Teredo among them)"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "for documentation"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "a wrapped IPv4 address (6to4)"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "for documentation"),
];

/// Why an address may not be called; `None` when it is public.
pub(super) fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(v4) => CLOSED_V4
            .iter()
            .find(|(network, prefix, _)| (v4.to_bits() ^ network.to_bits()).leading_zeros() >= *prefix)
            .map(|(.., name)| *name),
        IpAddr::V6(v6) if v6.is_loopback() => Some("loopback"),
        IpAddr::V6(v6) if v6.to_bits() >> 125 != 0b001 => Some("not of the public IPv6 space"),
        IpAddr::V6(v6) => CLOSED_V6
            .iter()
            .find(|(network, prefix, _)| (v6.to_bits() ^ network.to_bits()).leading_zeros() >= *prefix)
            .map(|(.., name)| *name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_a_network_are_closed_and_their_neighbours_outside_are_open() {
        let closed = [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.19.0.1",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "::127.0.0.1",
            "100::1",
        ];
        let open = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2606:4700::1111",
            "2a00::1",
            "3ffe::1",
        ];
        for text in closed {
            assert!(refusal(text.parse().unwrap()).is_some(), "{text} should be closed");
        }
        for text in open {
            assert_eq!(refusal(text.parse().unwrap()), None, "{text} should be open");
        }
    }

    /// The dumb twin: the standard library's own words, where it has stable ones.
    #[test]
    fn nothing_the_standard_library_calls_private_is_open() {
        for high in 0..=u16::MAX {
            let v4 = Ipv4Addr::from_bits(u32::from(high) << 16 | 0x0105);
            let private = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast();
            assert!(!private || refusal(IpAddr::V4(v4)).is_some(), "{v4}");
        }
    }
}
