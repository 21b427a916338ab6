//! The country: codes that begin alike, an EPCI across a border, an unknown population, a commune nobody can place.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use mediane::atlas::{Atlas, Leaves, TerritoryName};
use mediane::domain::{Commune, CommuneAlias, CommuneCode, Indicator, Level, Reading};
use mediane::http::State;
use reqwest::blocking::{Client, Response};

use crate::support::{commune, noon, sample_leaves, serve_on_free_port, square};

/// Its communes, ascending by code, with what makes each one of them a trap.
pub const CODES: [&str; 9] = [
    "02001", // its département begins like another one's code
    "23008", "23096", "23097", // in an EPCI of another département
    "23100", // population unknown
    "2A004", // no number
    "87001", "87002", // nobody knows where
    "97411",
];

fn region(code: &str, commune: Commune) -> Commune {
    Commune { region: code.into(), ..commune }
}

fn communes() -> Vec<Commune> {
    let (gueret, across) = (Some("200034825"), Some("200000001"));
    vec![
        region("32", commune("02001", "Abbécourt", "02", None, (3.1, 49.5), 500)),
        commune("23008", "Ajain", "23", gueret, (1.9, 46.1), 1_000),
        commune("23096", "Guéret, \"préfecture\"", "23", gueret, (1.8, 46.1), 3_000),
        commune("23097", "Bussière", "23", across, (1.9, 46.2), 400),
        commune("23100", "Inconnue", "23", gueret, (1.8, 46.2), 0),
        region("94", commune("2A004", "Ajaccio", "2A", None, (8.7, 41.9), 70_000)),
        commune("87001", "Ambazac", "87", across, (1.9, 46.0), 500),
        Commune { point: None, ..commune("87002", "Introuvable", "87", None, (1.8, 46.0), 200) },
        region("04", commune("97411", "Saint-Denis", "974", None, (55.4, -20.93), 150_000)),
    ]
}

fn indicators() -> Vec<Indicator> {
    let sample = sample_leaves().indicators.remove(0);
    let of = |id: &str, values: [Option<f64>; 9]| Indicator {
        id: id.into(),
        readings: values.iter().map(|value| value.map_or(Reading::Missing, Reading::Known)).collect(),
        ..sample.clone()
    };
    let some = Some::<f64>;
    vec![
        // Guéret lacks it: it must not look rich.
        of(
            "poverty-rate",
            [some(12.0), some(10.0), None, some(30.0), some(20.0), some(18.0), some(14.0), some(16.0), some(40.0)],
        ),
        of(
            "share-65-plus",
            [some(20.0), some(35.0), some(25.0), None, None, some(22.0), some(30.0), some(28.0), some(12.0)],
        ),
    ]
}

pub fn leaves() -> Leaves {
    let name = |code: &str, name: &str, parent: Option<&str>| TerritoryName {
        code: code.into(),
        name: name.into(),
        parent: parent.map(Into::into),
    };
    let alias = |code: &str, kind: &str, commune: &str| CommuneAlias {
        code: CommuneCode::parse(code).unwrap(),
        kind: kind.into(),
        name: "Ancienne".into(),
        commune: CommuneCode::parse(commune).unwrap(),
    };
    let mut leaves = sample_leaves();
    leaves.communes = communes();
    leaves.indicators = indicators();
    leaves.aliases = vec![alias("23999", "merged", "23008"), alias("97498", "arrondissement", "97411")];
    leaves.territories.get_mut(&Level::Epci).unwrap().push(name("200000001", "CC à cheval", None));
    let departements = leaves.territories.get_mut(&Level::Departement).unwrap();
    departements.extend([name("02", "Aisne", Some("32")), name("2A", "Corse-du-Sud", Some("94"))]);
    let regions = leaves.territories.get_mut(&Level::Region).unwrap();
    regions.extend([name("32", "Hauts-de-France", None), name("94", "Corse", None)]);
    let contours = leaves.contours.get_mut(&Level::Commune).unwrap();
    contours.insert("02001".into(), square(3.1, 49.5));
    leaves
}

/// The address of one server on this country, shared by all tests.
pub fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| serve_on_free_port(State::new(Arc::new(Atlas::bind(leaves())), noon)))
}

pub fn url(path: &str) -> String {
    format!("http://{}{path}", address())
}

/// Asks, and returns whatever came back.
pub fn ask(path: &str) -> Response {
    ask_with(path, &[])
}

pub fn ask_with(path: &str, headers: &[(&str, &str)]) -> Response {
    let request = Client::new().get(url(path));
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().unwrap()
}
