//! A tiny atlas for the tests of pages: a few communes that share names and postal codes, a few venues.

use std::collections::BTreeMap;

use crate::atlas::{Atlas, EditionInfo, Leaves, SourceInfo, TerritoryName};
use crate::domain::vocabulary::{AccessMode, Service};
use crate::domain::{
    CallPrice, Commune, CommuneAlias, CommuneCode, Degrees, HelpNeed, Hours, Indicator, Level, Location, Persons,
    Phone, Position, Provenance, Reading, RemoteChannel, Venue, Worse,
};

/// A position known to be right.
pub fn position(lon: f64, lat: f64) -> Position {
    Position::new(Degrees { lon, lat }).unwrap()
}

/// A venue of which only the name, the commune and a source are known.
pub fn venue(id: &str, commune: &str) -> Venue {
    Venue {
        commune: CommuneCode::parse(commune),
        locality: "Lyon".into(),
        provenance: vec![Provenance {
            source: "liste".into(),
            record: "42".into(),
            line: 7,
            name: "Espace numérique".into(),
            seen: None,
            updated: None,
            fields: vec!["nom".into(), "telephone".into()],
        }],
        ..Venue::new(id.into(), format!("Espace numérique {id}"))
    }
}

/// A commune of the tiny atlas, or one more.
pub fn commune(code: &str, name: &str, postcode: &str, population: u32, at: Position) -> Commune {
    let departement = if code.starts_with("97") || code.starts_with("98") { &code[..3] } else { &code[..2] };
    Commune {
        code: CommuneCode::parse(code).unwrap(),
        name: name.into(),
        departement: departement.into(),
        region: if departement == "974" { "04".into() } else { "84".into() },
        epci: None,
        postcodes: postcode.split(' ').map(String::from).collect(),
        population: Some(Persons(population)),
        area_km2: None,
        point: Some(at),
    }
}

/// A service that answers by telephone those who do without internet.
pub fn channel() -> RemoteChannel {
    RemoteChannel {
        id: "ligne".into(),
        name: "Solidarité numérique".into(),
        phone: Phone::parse("+33170772372").unwrap(),
        overseas_phone: None,
        price: Some(CallPrice::AsAnyCall),
        hours: Hours::Osm("Mo-Fr 09:00-18:00".into()),
        purpose: "Être aidé par téléphone.".into(),
        needs: vec![HelpNeed::Offline],
        url: "https://exemple.fr/".into(),
        published: None,
        source: "essai".into(),
    }
}

/// Lyon, two Saint-Denis, Alès, two communes of one postal code; three venues, of which one receives no public.
pub fn atlas() -> Atlas {
    Atlas::bind(leaves())
}

/// The leaves of that atlas, for tests that change one.
pub fn leaves() -> Leaves {
    let mut open = venue("lyon-1", "69123");
    open.location = Location::Published(position(4.84, 45.76));
    open.phones = Phone::parse("+33472000001").into_iter().collect();
    open.services = vec![Service::AdministrativeHelp, Service::SafeUse, Service::Access];
    open.access_modes = vec![AccessMode::WalkIn];
    open.websites = vec!["https://exemple.fr/lieu".into()];
    let mut closed = venue("lyon-2", "69123");
    closed.location = Location::Published(position(4.8358, 45.7678));
    closed.access_modes = vec![AccessMode::NotPublic];
    let mut vague = venue("lyon-3", "69123");
    vague.name = "<b>Maison</b> & « Cie »".into();
    vague.location = Location::Commune(position(4.8357, 45.7676));
    let name = |code: &str, name: &str, parent: Option<&str>| TerritoryName {
        code: code.into(),
        name: name.into(),
        parent: parent.map(String::from),
    };
    Leaves {
        edition: EditionInfo {
            id: "0123456789abcdef".into(),
            as_of: "2024-08-01".parse().ok(),
            sources: vec![SourceInfo {
                id: "liste".into(),
                title: "Liste d'essai".into(),
                vintage: "2024-08-01".into(),
                role: "venues".into(),
                present: true,
                rows_read: 4,
                published: 3,
                quarantined: 1,
                ..SourceInfo::default()
            }],
            ..EditionInfo::default()
        },
        communes: vec![
            commune("69123", "Lyon", "69001 69002", 520_000, position(4.8357, 45.7676)),
            commune("69100", "Liergues", "69400", 2_000, position(4.66, 45.97)),
            commune("30007", "Alès", "30100", 44_000, position(4.08, 44.12)),
            commune("42019", "Boën-sur-Lignon", "42130", 3_300, position(4.0, 45.74)),
            commune("42245", "Sainte-Agathe-la-Bouteresse", "42130", 1_100, position(4.05, 45.73)),
            commune("93066", "Saint-Denis", "93200 93210", 150_000, position(2.3567, 48.9362)),
            commune("97411", "Saint-Denis", "97400", 153_000, position(55.45, -20.88)),
        ],
        territories: BTreeMap::from([(
            Level::Departement,
            vec![
                name("30", "Gard", Some("76")),
                name("42", "Loire", Some("84")),
                name("69", "Rhône", Some("84")),
                name("93", "Seine-Saint-Denis", Some("11")),
                name("974", "La Réunion", Some("04")),
            ],
        )]),
        aliases: vec![CommuneAlias {
            code: CommuneCode::parse("42100").unwrap(),
            kind: "merged".into(),
            name: "Saint-Denis".into(),
            commune: CommuneCode::parse("42019").unwrap(),
        }],
        venues: vec![open, closed, vague],
        venue_aliases: BTreeMap::from([("ancien".into(), "lyon-1".into())]),
        indicators: vec![Indicator {
            id: "poverty-rate".into(),
            title: "Taux de pauvreté".into(),
            definition: "Part des personnes sous le seuil de pauvreté.".into(),
            unit: "%".into(),
            decimals: 1,
            worse: Worse::Higher,
            source: "filosofi".into(),
            vintage: "2021".into(),
            readings: [20.0, 10.0, 12.0, 14.0, 15.0]
                .map(Reading::Known)
                .into_iter()
                .chain([Reading::Suppressed, Reading::Missing])
                .collect(),
            districts: BTreeMap::new(),
        }],
        ..Leaves::default()
    }
}
