//! What the list of endpoints declares is what the service does: methods, limits, parameters, deadlines, descriptions.

mod described;
mod mounted;

use mediane::http::endpoint::{Endpoint, Operation};
use mediane::service::ENDPOINTS;
use reqwest::Method;
use reqwest::blocking::{Client, Response};

use super::support::url;

/// Every endpoint with each thing that can be done there.
fn operations() -> impl Iterator<Item = (&'static Endpoint, &'static Operation)> {
    ENDPOINTS.iter().flat_map(|endpoint| endpoint.operations.iter().map(move |operation| (endpoint, operation)))
}

/// An address of this template that leads somewhere wherever one is known.
fn example(endpoint: &Endpoint) -> String {
    let mut path = String::new();
    for (rank, part) in endpoint.path.split(['{', '}']).enumerate() {
        let departement = part == "code" && path.ends_with("departements/");
        path.push_str(if departement {
            "23"
        } else if rank % 2 == 0 {
            part
        } else {
            example_of(part)
        });
    }
    path
}

fn example_of(segment: &str) -> &str {
    match segment {
        "level" => "communes",
        "code" => "23096",
        "layer" | "collection" => "venues",
        "featureId" => "v-centre",
        "z" | "x" | "y" => "0",
        _ => "1",
    }
}

fn send(method: Method, path: &str, kind: &str, body: Vec<u8>) -> Response {
    Client::new().request(method, url(path)).header("content-type", kind).body(body).send().unwrap()
}
