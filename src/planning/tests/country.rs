//! Twenty communes on a grid, a few posts and venues, and two communes that nobody can count.

use std::collections::BTreeMap;

use crate::atlas::{Atlas, EditionInfo, Leaves, SourceInfo, TerritoryName};
use crate::domain::need::testing;
use crate::domain::{Candidate, Commune, CommuneCode, Degrees, Level, Location, Position, Post, Reading};

pub fn position(lon: f64, lat: f64) -> Position {
    Position::new(Degrees { lon, lat }).unwrap()
}

/// Rank 0 to 19: five columns about 7.7 km apart, four rows about 7.8 km apart; populations as chance has it.
fn commune(rank: u32) -> Commune {
    let (column, row) = (f64::from(rank % 5), f64::from(rank / 5));
    let epci = if rank % 5 < 3 { "200000001" } else { "200000002" };
    Commune {
        region: "75".into(),
        area_km2: Some(30.0),
        point: Some(position(2.0 + column * 0.1, 46.0 + row * 0.07)),
        ..testing::commune(code(rank).as_str(), Some(epci), Some(100 + rank * 7919 % 1000))
    }
}

pub fn code(rank: u32) -> CommuneCode {
    CommuneCode::parse(&format!("{}{:03}", if rank < 15 { 23 } else { 87 }, rank + 1)).unwrap()
}

fn post(source: &str, rank: u32, posts: u32, validated: &str) -> Post {
    Post {
        structure: "1".into(),
        name: "Employeur".into(),
        commune: Some(code(rank)),
        district: None,
        public_employer: Some(true),
        posts,
        validated: validated.parse().ok(),
        state_eur: None,
        zrr: None,
        qpv: None,
        location: Location::Unknown,
        source: source.into(),
    }
}

fn leaves() -> Leaves {
    let name = |code: &str, parent: Option<&str>| TerritoryName {
        code: code.into(),
        name: format!("Territoire {code}"),
        parent: parent.map(Into::into),
    };
    let source =
        |id: &str, vintage: &str| SourceInfo { id: id.into(), vintage: vintage.into(), ..SourceInfo::default() };
    let uncounted = Commune { population: None, ..commune(20) };
    let unplaced = Commune { point: None, ..commune(21) };
    let library = |id: &str, rank: u32| Candidate {
        id: id.into(),
        name: format!("Bibliothèque {id}"),
        kind: "library".into(),
        address: None,
        commune: Some(code(rank)),
        location: Location::Published(commune(rank).point.unwrap()),
        source: "bibliotheques".into(),
    };
    let shares = (0..22).map(|rank| if rank == 3 { Reading::Missing } else { Reading::Known(10.0) });
    Leaves {
        edition: EditionInfo {
            id: "0123456789abcdef".into(),
            sources: vec![source("posts-2021", "2021-06-01"), source("posts-2023", "2023-04-01")],
            ..EditionInfo::default()
        },
        communes: (0..20).map(commune).chain([uncounted, unplaced]).collect(),
        territories: BTreeMap::from([
            (Level::Departement, vec![name("23", Some("75")), name("87", Some("75"))]),
            (Level::Epci, vec![name("200000001", None), name("200000002", None)]),
            (Level::Region, vec![name("75", None)]),
        ]),
        candidates: vec![library("bib-2", 7), library("bib-1", 16)],
        posts: vec![
            // The earlier list counts the same posts again.
            post("posts-2021", 12, 9, "2021-05-01"),
            post("posts-2023", 0, 2, "2021-05-01"),
            post("posts-2023", 17, 1, "2022-05-01"),
            post("posts-2023", 8, 1, "unknown"),
        ],
        indicators: vec![testing::indicator("poverty-rate", shares.collect())],
        ..Leaves::default()
    }
}

pub fn atlas() -> Atlas {
    Atlas::bind(leaves())
}
