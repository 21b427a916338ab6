//! Planning against dumb twins, on a country that fits on a page.

mod country;
mod documents;
mod foreseen;
mod requests;
mod rounds;
mod studies;

use std::ops::ControlFlow;

use super::{Request, Study};
use crate::atlas::Atlas;
use crate::placement::{Plan, Threads};

/// A request of so many fields, and enough rounds for a small country.
fn request(fields: &[(&str, &str)]) -> Request {
    // These tests place posts on communes unless they say otherwise.
    let told = fields.iter().any(|(name, _)| *name == "candidates" || *name == "sites");
    let usual: &[(&str, &str)] = if told { &[] } else { &[("candidates", "communes")] };
    let fields = &[fields, usual].concat()[..];
    let pairs = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    Request::from_pairs(&pairs(&[fields, &[("rounds", "20"), ("demand", "population")]].concat())).unwrap()
}

fn solved(study: &Study) -> Plan {
    study.solve(Threads::One, &mut |_| ControlFlow::Continue(()))
}

fn study<'a>(atlas: &'a Atlas, fields: &[(&str, &str)]) -> Study<'a> {
    Study::new(atlas, &request(fields)).unwrap()
}
