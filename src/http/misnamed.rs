//! Names in the address of a page that were meant for us and that the page does not know. To pass over them would answer
//! another question than the one asked: `/fermetures?territory=regions/53` is about the country.

use actix_web::{HttpRequest, HttpResponse};

use super::endpoints::Endpoints;
use super::headers::Audience;
use super::params::{Query, closest, names_of};
use super::problem::Problem;
use super::state::State;

/// How like a known name another has to be to count as that one mistyped.
const MISTYPED: f64 = 0.88;

/// A name that a page does not know, though it looks like one of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misnamed {
    /// The name.
    pub name: String,
    /// The name of this page that was most likely meant, if any.
    pub meant: Option<&'static str>,
    /// Every name that the page knows.
    pub known: Vec<&'static str>,
    /// The same address without it.
    pub without: String,
    /// The same address with the name that was most likely meant.
    pub corrected: Option<String>,
}

/// The page that tells people of it.
#[derive(Debug, Clone, Copy)]
pub struct MisnamedPage(pub fn(&State, &Misnamed) -> HttpResponse);

impl Misnamed {
    /// The first such name of a request. Those that no address of ours declares and that resemble none of this page are
    /// somebody else's: what a mail program or an advertiser adds to a link that is passed on.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let raw = request.query_string();
        // Data has its own, stricter, way; it is asked for most.
        if raw.is_empty() || Audience::of(request.path()) == Audience::Machines {
            return None;
        }
        let operation = Endpoints::asked(request).filter(|operation| operation.is_page)?;
        let known: Vec<&'static str> = operation.names().filter(|name| !name.is_empty()).collect();
        let name = names_of(raw).find(|name| !known.contains(&name.as_str()) && is_ours(request, name, &known))?;
        let meant = closest(&name, &known);
        let address = |new: Option<&str>| {
            let part = |part: &str| {
                let value = part.split_once('=').map_or("", |(_, value)| value);
                let named = names_of(part).next().is_some_and(|given| given == name);
                match new {
                    _ if !named => Some(part.to_owned()),
                    Some(new) => Some(format!("{new}={value}")),
                    None => None,
                }
            };
            let parts: Vec<String> = raw.split('&').filter_map(part).collect();
            let mark = if parts.is_empty() { "" } else { "?" };
            format!("{}{mark}{}", request.path(), parts.join("&"))
        };
        // A second value of a name that is there already would be passed over.
        let free = meant.filter(|meant| names_of(raw).all(|given| given != *meant));
        Some(Self { meant, without: address(None), corrected: free.map(|meant| address(Some(meant))), known, name })
    }

    /// The same for programs.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match Query::parse(&format!("{}=1", self.name), &self.known) {
            Err(problem) => problem,
            Ok(_) => Problem::parameter("unknown-parameter", &self.name, "", "this page does not know it".to_owned()),
        }
    }
}

fn is_ours(request: &HttpRequest, name: &str, known: &[&str]) -> bool {
    let mut everywhere = Endpoints::of(request).iter().flat_map(|endpoint| endpoint.operations);
    everywhere.any(|operation| operation.names().any(|declared| declared == name))
        || known.iter().any(|known| strsim::jaro_winkler(known, name) >= MISTYPED)
}
