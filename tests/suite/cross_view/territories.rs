//! Which territories are compared: all levels, overseas, islands, cells, and what nobody knows or can reach.

use mediane::atlas::{Atlas, Leaves};
use mediane::domain::{Cell, CellSource, Commune, CommuneCode, Level, Metres};

use crate::support::{commune, position, square};
use crate::territories::country;

/// The country of the territories, with an island nothing reaches, and cells in Guéret.
pub fn leaves() -> Leaves {
    let mut leaves = country::leaves();
    let sein =
        Commune { region: "75".into(), ..commune("29083", "Île-de-Sein", "23", Some("200034825"), (-4.9, 48.0), 700) };
    leaves.communes.push(sein);
    leaves.communes.sort_by_key(|commune| commune.code);
    let added = leaves.communes.iter().position(|commune| commune.code.as_str() == "29083").unwrap();
    for indicator in &mut leaves.indicators {
        indicator.readings.raw.insert(added, mediane::domain::Reading::Missing);
    }
    let contours = leaves.contours.get_mut(&Level::Commune).unwrap();
    contours.insert("29083".into(), square(-4.9, 48.0));
    let cell = |lon: f64| Cell {
        commune: CommuneCode::parse("23096").unwrap(),
        centre: position(lon, 46.17),
        side: Metres::new(1_000.0).unwrap(),
        inhabitants: 1_000.0,
        source: CellSource::Estimate,
    };
    leaves.cells = [1.81, 1.85, 1.95].map(cell).into();
    leaves
}

/// Every territory of it.
pub fn made_up() -> Vec<(String, String)> {
    all(&Atlas::bind(leaves()), |_, _| true)
}

fn all(atlas: &Atlas, wanted: impl Fn(Level, &str) -> bool) -> Vec<(String, String)> {
    let mut places = vec![("nation".to_owned(), "france".to_owned())];
    for level in Level::ALL {
        let codes: Vec<&str> = match level {
            Level::Commune => atlas.communes().iter().map(|commune| commune.code.as_str()).collect(),
            above => atlas.territories(above).iter().map(|territory| territory.code.as_str()).collect(),
        };
        let kept = codes.into_iter().filter(|code| wanted(level, code));
        places.extend(kept.map(|code| (level.plural().to_owned(), code.to_owned())));
    }
    places
}

const REGIONS: [&str; 5] = ["53", "75", "94", "03", "06"];
const DEPARTEMENTS: [&str; 10] = ["15", "22", "23", "29", "2A", "75", "87", "93", "973", "974"];
/// Islands and overseas first, then towns and villages of the départements above, and 93010, which has cells.
const COMMUNES: [&str; 20] = [
    "29083", "29155", "22016", "56085", "97353", "98818", "22278", "87085", "15014", "23096", "75056", "13055",
    "69123", "2A004", "97411", "97302", "97611", "98735", "93010", "01001",
];

/// Forty and more of the real edition; a code that it does not hold is a fault of this list.
pub fn real(atlas: &Atlas) -> Vec<(String, String)> {
    let epcis: Vec<&str> = ["22278", "87085", "15014", "23096", "93010", "29155", "97411"]
        .iter()
        .filter_map(|code| atlas.places().by_code(CommuneCode::parse(code).unwrap()))
        .filter_map(|commune| atlas.communes()[commune].epci.as_deref())
        .collect();
    let places = all(atlas, |level, code| match level {
        Level::Region => REGIONS.contains(&code),
        Level::Departement => DEPARTEMENTS.contains(&code),
        Level::Epci => epcis.contains(&code),
        Level::Commune => COMMUNES.contains(&code),
    });
    let of = |level: Level| places.iter().filter(|(name, _)| name == level.plural()).count();
    assert_eq!((of(Level::Region), of(Level::Departement), of(Level::Commune)), (5, 10, 20), "{places:?}");
    places
}
