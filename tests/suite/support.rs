//! A small country, the real routing table on port 0, and a client to ask it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock, mpsc};

use chrono::{NaiveDate, NaiveDateTime};
use geo::{MultiPolygon, polygon};
use mediane::atlas::{Atlas, EditionInfo, Leaves, TerritoryName};
use mediane::domain::vocabulary::{AccessMode, Audience, Fee, Programme, Service, Support, SupportMode};
use mediane::domain::{
    CallPrice, Candidate, Commune, CommuneAlias, CommuneCode, Degrees, Flag, HelpNeed, Hours, Hub, Indicator, Level,
    Location, Persons, Phone, Position, Provenance, Reader, Reading, RemoteChannel, Resource, Venue, Worse,
};
use mediane::http::State;
use mediane::http::server::Options;
use mediane::service::serve;
use mediane::spatial::Contour;
use reqwest::blocking::{Client, Response};
use serde_json::Value;

/// Noon of a day on which nothing happens.
pub fn noon() -> NaiveDateTime {
    day(2024, 9, 3).and_hms_opt(12, 34, 56).unwrap()
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn position(lon: f64, lat: f64) -> Position {
    Position::new(Degrees { lon, lat }).unwrap()
}

/// A square of a tenth of a degree, clockwise on purpose: the service must turn it round.
pub fn square(west: f64, south: f64) -> Contour {
    let (east, north) = (west + 0.1, south + 0.1);
    let ring = polygon![(x: west, y: south), (x: west, y: north), (x: east, y: north), (x: east, y: south)];
    Contour::new(MultiPolygon::new(vec![ring]))
}

pub fn commune(
    code: &str,
    name: &str,
    departement: &str,
    epci: Option<&str>,
    at: (f64, f64),
    population: u32,
) -> Commune {
    Commune {
        code: CommuneCode::parse(code).unwrap(),
        name: name.into(),
        departement: departement.into(),
        region: "75".into(),
        epci: epci.map(Into::into),
        postcodes: vec![format!("{departement}000")],
        population: (population > 0).then_some(Persons(population)),
        area_km2: Some(81.0),
        point: Some(position(at.0 + 0.05, at.1 + 0.05)),
    }
}

pub fn venue(id: &str, name: &str, commune: Option<&str>, location: Location) -> Venue {
    let commune = commune.and_then(CommuneCode::parse);
    Venue {
        commune,
        locality: "Guéret".into(),
        postcode: Some("23000".into()),
        address: Some("1 place de la Mairie".into()),
        location,
        phones: Phone::parse("+33555000001").into_iter().collect(),
        services: vec![Service::AdministrativeHelp],
        access_modes: vec![AccessMode::WalkIn],
        provenance: vec![Provenance {
            source: "essai".into(),
            record: id.into(),
            line: 2,
            name: name.into(),
            seen: None,
            updated: None,
            fields: Vec::new(),
        }],
        ..Venue::new(id.into(), name.into())
    }
}

fn venues() -> Vec<Venue> {
    let at = |lon, lat| Location::Published(position(lon, lat));
    let mut centre = venue("v-centre", "Maison \"France Services\"", Some("23096"), at(1.87, 46.17));
    centre.programmes = vec![Programme::FranceServices, Programme::Conseillers];
    centre.hours = Hours::Osm("Mo-Fr 09:00-12:00".into());
    centre.fees = vec![Fee::Free];
    centre.updated = Some(day(2024, 3, 1));
    centre.websites = vec!["https://exemple.fr/?a=1&b=2".into()];
    let mut library = venue("v-bib", "Médiathèque", Some("23096"), at(1.88, 46.171_234_567));
    library.supports = vec![Support::OtherLanguages];
    library.fees = vec![Fee::FreeOnCondition];
    library.pass_numerique = Some(true);
    library.hours = Hours::Text("sur rendez-vous".into());
    library.updated = Some(day(2023, 6, 15));
    let mut workshop = venue("v-atelier", "Atelier des jeunes", Some("23008"), at(1.97, 46.15));
    workshop.audiences = vec![Audience::Young];
    workshop.supports = vec![Support::English];
    workshop.support_modes = vec![SupportMode::Workshop];
    workshop.pass_numerique = Some(false);
    let mut closed = venue("v-bureau", "Bureau sans public", Some("23096"), at(1.871, 46.17));
    closed.access_modes = vec![AccessMode::NotPublic];
    let mut hub = venue("v-hub", "Hubik, le hub de Nouvelle-Aquitaine", Some("87001"), at(1.95, 46.05));
    hub.services = vec![Service::Equipment];
    let mut town_hall = venue("v-mairie", "Mairie", Some("87001"), Location::Commune(position(1.95, 46.05)));
    town_hall.flags = vec![Flag::NoCoordinates];
    let nowhere = venue("v-perdu", "Lieu sans adresse", None, Location::Unknown);
    let reunion = venue("v-reunion", "Case numérique", Some("97411"), at(55.45, -20.88));
    vec![nowhere, centre, library, workshop, closed, hub, town_hall, reunion]
}

fn indicators() -> Vec<Indicator> {
    let indicator = |id: &str, readings| Indicator {
        id: id.into(),
        title: "Taux de pauvreté".into(),
        definition: "Part des personnes sous le seuil.".into(),
        unit: "%".into(),
        decimals: 1,
        worse: Worse::Higher,
        source: "essai".into(),
        vintage: "2021".into(),
        readings,
        districts: BTreeMap::new(),
    };
    let (known, missing) = (Reading::Known, Reading::Missing);
    vec![
        indicator("poverty-rate", vec![known(10.0), known(20.0), Reading::Suppressed, missing].into()),
        indicator("share-65", vec![missing, missing, missing, missing].into()),
    ]
}

/// Three communes of two départements that touch, and one on the other side of the Earth.
/// A service that answers by telephone.
pub fn channel(id: &str, phone: &str, needs: &[HelpNeed]) -> RemoteChannel {
    RemoteChannel {
        id: id.into(),
        name: "Impôts".into(),
        phone: Phone::parse(phone).unwrap(),
        overseas_phone: None,
        price: Some(CallPrice::AsAnyCall),
        hours: Hours::Osm("Mo-Fr 08:30-19:00".into()),
        purpose: "Déclarer ses impôts.".into(),
        needs: needs.into(),
        url: "https://exemple.fr/".into(),
        published: Some(day(2024, 1, 3)),
        source: "essai".into(),
    }
}

pub fn sample_leaves() -> Leaves {
    let squares = [("23008", 1.9, 46.1), ("23096", 1.8, 46.1), ("87001", 1.9, 46.0)];
    let communes = vec![
        commune("23008", "Ajain", "23", Some("200034825"), (1.9, 46.1), 1_000),
        commune("23096", "Guéret", "23", Some("200034825"), (1.8, 46.1), 3_000),
        commune("87001", "Ambazac", "87", None, (1.9, 46.0), 500),
        Commune { region: "04".into(), ..commune("97411", "Saint-Denis", "974", None, (55.4, -20.93), 150_000) },
    ];
    let name = |code: &str, name: &str, parent: Option<&str>| TerritoryName {
        code: code.into(),
        name: name.into(),
        parent: parent.map(Into::into),
    };
    let of_communes = squares.iter().map(|&(code, west, south)| (code.to_owned(), square(west, south)));
    let creuse = [square(1.8, 46.1), square(1.9, 46.1)].iter().flat_map(|square| square.0.clone()).collect();
    Leaves {
        edition: EditionInfo { id: "0123456789abcdef".into(), as_of: Some(day(2024, 8, 1)), ..EditionInfo::default() },
        communes,
        aliases: vec![CommuneAlias {
            code: CommuneCode::parse("23999").unwrap(),
            kind: "merged".into(),
            name: "Ancienne".into(),
            commune: CommuneCode::parse("23008").unwrap(),
        }],
        territories: BTreeMap::from([
            (Level::Epci, vec![name("200034825", "CA du Grand Guéret", None)]),
            (
                Level::Departement,
                vec![
                    name("23", "Creuse", Some("75")),
                    name("87", "Haute-Vienne", Some("75")),
                    name("974", "La Réunion", Some("04")),
                ],
            ),
            (Level::Region, vec![name("75", "Nouvelle-Aquitaine", None), name("04", "La Réunion", None)]),
        ]),
        contours: BTreeMap::from([
            (Level::Commune, of_communes.collect()),
            (
                Level::Departement,
                BTreeMap::from([
                    ("23".into(), Contour::new(MultiPolygon::new(creuse))),
                    ("87".into(), square(1.9, 46.0)),
                ]),
            ),
        ]),
        venues: venues(),
        venue_aliases: BTreeMap::from([("v-ancien".into(), "v-bib".into())]),
        candidates: vec![Candidate {
            id: "bib-1".into(),
            name: "Bibliothèque d'Ajain".into(),
            kind: "library".into(),
            address: None,
            commune: CommuneCode::parse("23008"),
            location: Location::Published(position(1.96, 46.16)),
            source: "bibliotheques".into(),
        }],
        hubs: vec![Hub {
            id: "hubik".into(),
            name: "Hubik".into(),
            departements: vec!["23".into(), "87".into()],
            source: "hubs".into(),
        }],
        remote_channels: vec![
            channel("impots", "+33809401401", &[HelpNeed::Offline, HelpNeed::Procedures]),
            channel("escroqueries", "+33805805817", &[HelpNeed::Security]),
        ],
        resources: vec![Resource {
            id: "pix".into(),
            title: "Pix".into(),
            publisher: "GIP Pix".into(),
            purpose: "Mesurer ce que l’on sait faire.".into(),
            reader: Reader::Person,
            needs: vec![HelpNeed::Pix],
            url: "https://exemple.fr/pix".into(),
            source: "essai".into(),
        }],
        indicators: indicators(),
        ..Leaves::default()
    }
}

pub fn sample_state() -> State {
    State::new(Arc::new(Atlas::bind(sample_leaves())), noon).with_parquet(mediane::ingest::edition::geoparquet)
}

/// Serves a state on a free port, for as long as the tests run.
pub fn serve_on_free_port(state: State) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let options = Options::at(([127, 0, 0, 1], 0).into());
        serve(state, options, |address| tell.send(address).unwrap())
    });
    told.recv().expect("the server binds a free port")
}

/// The address of one server on the small country, shared by all tests.
pub fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| serve_on_free_port(sample_state()))
}

pub fn url(path: &str) -> String {
    format!("http://{}{path}", address())
}

/// Asks, and returns whatever came back.
pub fn get(path: &str) -> Response {
    get_with(path, &[])
}

pub fn get_with(path: &str, headers: &[(&str, &str)]) -> Response {
    let request = Client::new().get(url(path));
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().unwrap()
}

pub fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// Asks for something that must be there.
pub fn get_json(path: &str) -> Value {
    let response = get(path);
    let status = response.status();
    let text = response.text().unwrap();
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"))
}

/// Asks for something that must be refused, and returns the status and the problem.
pub fn get_problem(path: &str) -> (u16, Value) {
    let response = get(path);
    let status = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/problem+json", "{path}: {status}");
    let problem: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
    assert_eq!(problem["status"], status, "{path}");
    for member in ["type", "title", "detail", "code"] {
        assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{path}: {member} in {problem}");
    }
    (status, problem)
}

/// The ids of the features of a collection, in order.
pub fn ids(collection: &Value) -> Vec<&str> {
    collection["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap()).collect()
}
