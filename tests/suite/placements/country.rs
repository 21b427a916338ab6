//! The country: thirty square communes of the Creuse in two intercommunalités, two posts that exist, and a far island. Beside it
//! a plain, on which a search never ends.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use mediane::atlas::{Atlas, Leaves, TerritoryName};
use mediane::domain::{Commune, CommuneCode, Level, Location, Post};
use mediane::http::State;

use crate::support::{commune, day, noon, sample_leaves, serve_on_free_port, square};

const WIDE: usize = 6;
const HIGH: usize = 5;

fn corner(i: usize) -> (f64, f64) {
    (1.6 + 0.1 * (i % WIDE) as f64, 45.8 + 0.1 * (i / WIDE) as f64)
}

fn code(i: usize) -> String {
    format!("23{:03}", i + 1)
}

fn communes() -> Vec<Commune> {
    let of = |i: usize| {
        let epci = if i % WIDE < WIDE / 2 { "200034825" } else { "200000001" };
        let population = 150 + (i * 7_919 % 23) as u32 * 90;
        commune(&code(i), &format!("Village {}", i + 1), "23", Some(epci), corner(i), population)
    };
    let island = Commune { region: "04".into(), ..commune("97411", "Saint-Denis", "974", None, (55.4, -20.93), 9_000) };
    (0..WIDE * HIGH).map(of).chain([island]).collect()
}

fn post(i: usize) -> Post {
    let communes = communes();
    Post {
        district: None,
        structure: format!("2123{i:010}"),
        name: format!("Mairie de {}", communes[i].name),
        commune: CommuneCode::parse(&code(i)),
        public_employer: Some(true),
        posts: 1,
        validated: Some(day(2021, 6, 1)),
        state_eur: Some(50_000.0),
        zrr: None,
        qpv: None,
        location: communes[i].point.map_or(Location::Unknown, Location::Commune),
        source: "postes".into(),
    }
}

fn leaves() -> Leaves {
    let sample = sample_leaves();
    let mut leaves = Leaves { communes: communes(), posts: vec![post(0), post(14)], ..sample };
    leaves.indicators.clear();
    leaves.aliases.clear();
    leaves.candidates.clear();
    let epcis = leaves.territories.get_mut(&Level::Epci).unwrap();
    epcis.push(TerritoryName { code: "200000001".into(), name: "CC de l'Est".into(), parent: None });
    let squares = (0..WIDE * HIGH).map(|i| (code(i), square(corner(i).0, corner(i).1)));
    leaves.contours = BTreeMap::from([(Level::Commune, squares.collect())]);
    leaves
}

pub fn atlas() -> Arc<Atlas> {
    static ATLAS: OnceLock<Arc<Atlas>> = OnceLock::new();
    ATLAS.get_or_init(|| Arc::new(Atlas::bind(leaves()))).clone()
}

/// Communes on a side of the plain.
const SIDE: usize = 30;
/// A question about the plain whose bound never closes: nearly enough posts to cover a chessboard, each the five squares
/// of a cross. It is searched for as long as it may.
pub const ENDLESS: &str = r#"{"posts": 187, "radius_km": 3.4, "demand": "population", "candidates": "communes", "existing": "none", "seconds": 60, "rounds": 1000000}"#;

/// Nine hundred communes of equal size and population, as on a chessboard.
pub fn plain() -> Leaves {
    // Three kilometres apart both ways at this latitude.
    let at = |i: usize| (1.0 + 0.0387 * (i % SIDE) as f64, 45.6 + 0.02698 * (i / SIDE) as f64);
    let of = |i: usize| commune(&format!("23{i:03}"), &format!("Case {i}"), "23", None, at(i), 100);
    let mut leaves = Leaves { communes: (0..SIDE * SIDE).map(of).collect(), ..sample_leaves() };
    leaves.indicators.clear();
    leaves.aliases.clear();
    leaves
}

/// The address of a server of one's own, on the plain: whoever fills its queue disturbs nobody.
pub fn own_server() -> SocketAddr {
    serve_on_free_port(State::new(Arc::new(Atlas::bind(plain())), noon))
}

/// A path on the server that these tests share.
pub fn url(path: &str) -> String {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    format!("http://{}{path}", ADDRESS.get_or_init(|| serve_on_free_port(State::new(atlas(), noon))))
}
