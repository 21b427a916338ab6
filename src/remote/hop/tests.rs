//! Which addresses are called, however they are written.

use std::collections::BTreeSet;

use super::*;

fn admitted(url: &str, hosts: Hosts) -> Result<Vec<SocketAddr>, String> {
    let url = Url::parse(url).map_err(|error| error.to_string())?;
    admit(&url, hosts, &by_the_system).map_err(|cause| cause.to_string())
}

/// Hosts inside, each as somebody may write it to get past a check: in other bases, with fewer parts, in full-width or encoded
/// signs, wrapped into IPv6 (mapped, compatible, NAT64, 6to4, Teredo), behind a user name, before a sign that begins something
/// else. WHATWG URL Standard (2024), RFC 4291, RFC 6052, RFC 3056, RFC 4380.
const INSIDE: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.0.0.1.",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0x0.0x0.0x1",
    "017700000001",
    "0177.0.0.1",
    "0177.1",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "１２７.0.0.1",
    "%31%32%37.0.0.1",
    "127%2E0%2E0%2E1",
    "0.0.0.0",
    "0",
    "0x0",
    "localhost",
    "LocalHost",
    "localhost.",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[0000::0001]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "10.0.0.1",
    "10.1",
    "0xa.1",
    "012.0.0.1",
    "167772161",
    "[::ffff:10.0.0.1]",
    "[::ffff:a00:1]",
    "172.16.0.1",
    "172.31.255.255",
    "2886729729",
    "192.168.0.1",
    "192.168.1",
    "0xc0a80001",
    "0300.0250.0.1",
    "3232235521",
    "[::ffff:192.168.0.1]",
    "169.254.169.254",
    "169.254.43518",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::1]",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "exemple.fr@10.0.0.1",
    "exemple.fr:443@169.254.169.254",
    "10.0.0.1#@exemple.fr",
    "10.0.0.1\\@exemple.fr",
];

#[test]
fn no_spelling_of_an_address_inside_is_called() {
    assert_eq!(INSIDE.iter().collect::<BTreeSet<_>>().len(), INSIDE.len(), "each once");
    assert!(INSIDE.len() >= 60);
    for host in INSIDE {
        for url in [format!("https://{host}/liste.csv"), format!("http://{host}/"), format!("https://{host}")] {
            let refused = admitted(&url, Hosts::Public).expect_err(&url);
            let told = ["only public addresses", "password", "invalid", "no address found"];
            assert!(told.iter().any(|words| refused.contains(words)), "{url}: {refused}");
        }
    }
}

#[test]
fn a_name_that_leads_inside_is_closed_wherever_else_it_leads() {
    let outside: SocketAddr = "93.184.215.14:443".parse().unwrap();
    let inside = ["10.0.0.1:443", "127.0.0.1:443", "[::1]:443", "[fd00::1]:443", "100.64.0.1:443", "[fe80::1]:443"];
    let url = Url::parse("https://liste.exemple/").unwrap();
    assert_eq!(admit(&url, Hosts::Public, &|_| Ok(vec![outside])).unwrap(), [outside]);
    for inside in inside {
        for led in [vec![inside.parse().unwrap()], vec![outside, inside.parse().unwrap()]] {
            for hosts in [Hosts::Public, Hosts::PublicAndLoopback] {
                let admitted = admit(&url, hosts, &|_| Ok(led.clone()));
                // This machine alone, where that was allowed.
                let at_home = hosts == Hosts::PublicAndLoopback && led.iter().all(|to| to.ip().is_loopback());
                assert_eq!(admitted.is_ok(), at_home, "{led:?} for {hosts:?}");
            }
        }
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
fn a_public_host_is_called_at_the_port_of_https_alone() {
    for port in [22, 25, 80, 5432, 8443] {
        let refused = admitted(&format!("https://1.1.1.1:{port}/"), Hosts::Public).unwrap_err();
        assert_eq!(refused, format!("got port {port}, expected 443, the one of https"));
    }
    assert!(admitted("https://1.1.1.1:443/", Hosts::Public).is_ok());
    assert!(admitted("https://1.1.1.1:8443/", Hosts::Named).is_ok(), "whoever names a host names its port");
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
