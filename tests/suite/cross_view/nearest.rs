//! One order of what is near: the atlas (which the home page asks), `/api/nearest` (which the map asks) and `match`.

use std::net::SocketAddr;

use mediane::access::Mode;
use mediane::atlas::places::arrondissements::ARRONDISSEMENTS;
use mediane::atlas::{Atlas, Found, NearestQuery, Order, VenueFilter};
use mediane::domain::{CommuneCode, Degrees, Position, VenueIx};
use mediane::matching::{Target, Targets};
use serde_json::Value;

use super::made_up_address;
use super::territories::leaves;
use super::views::Client;
use crate::real_edition::france;
use crate::support::{noon, serve_on_free_port};

/// What is asked on the day of the server: a session that is over is told to nobody.
fn today() -> VenueFilter {
    VenueFilter::default().asked_at(Some(noon()))
}

/// Every venue that receives the public, as `mediane match` takes it.
fn targets(atlas: &Atlas) -> Targets {
    let open = atlas.venues().iter_enumerated().filter(|(i, _)| today().accepts(atlas, *i));
    let target = |(i, venue): (VenueIx, &mediane::domain::Venue)| {
        let (position, way) = atlas.venue_spot(i)?;
        Some(Target { id: venue.id.clone(), name: venue.name.clone(), position, way })
    };
    Targets::new(open.filter_map(target).collect())
}

/// What is asked around a place.
fn around(position: Position, order: Order, limit: usize) -> NearestQuery {
    NearestQuery { order, filter: today(), ..NearestQuery::around(position, limit) }
}

/// The first five of the orders that know ways are those of asking the way to every venue of France.
fn the_first_are_those_of_all(atlas: &Atlas, position: Position) {
    let mut all = atlas.nearest_venues(&around(position, Order::Distance, usize::MAX));
    atlas.tell_ways(position, Mode::Car, &mut all);
    for order in [Order::Time, Order::Useful] {
        let mut by_hand = all.clone();
        by_hand.sort_by(|a, b| order.key(atlas, a).order(&order.key(atlas, b)));
        by_hand.truncate(5);
        let asked = atlas.nearest_venues(&around(position, order, 5));
        let told = |found: &Found<VenueIx>| (found.ordinal, found.travel.time());
        let [asked, by_hand] = [asked, by_hand].map(|all| all.iter().map(told).collect::<Vec<_>>());
        assert_eq!(asked, by_hand, "{},{}", position.lon(), position.lat());
    }
}

/// Holds the three against one another from the points of one commune in `every`, where a venue known only by its commune would be
/// at no distance, and from places between them; and at one in `asked_of_all` of these communes the orders by time against all ways.
fn compare(atlas: &Atlas, address: SocketAddr, every: usize, asked_of_all: usize) -> usize {
    let (client, targets) = (Client::new(address), targets(atlas));
    let mut vague = 0;
    for (at, commune) in atlas.communes().iter().step_by(every).enumerate() {
        let Some(point) = commune.point else { continue };
        let beside = Position::in_france(Degrees { lon: point.lon() + 0.013, lat: point.lat() - 0.007 });
        for position in [Some(point), beside.ok()].into_iter().flatten() {
            let ask = |limit| around(position, Order::Distance, limit);
            let found = atlas.nearest_venues(&ask(8));
            assert_eq!(found[..3], atlas.nearest_venues(&ask(3)), "three are the beginning of eight");
            assert!(found.is_sorted_by(|a, b| a.distance <= b.distance), "{}", commune.code);
            if at % asked_of_all == 0 {
                the_first_are_those_of_all(atlas, position);
            }
            let id = |ordinal: VenueIx| atlas.venues()[ordinal].id.as_str();
            let matched = targets.nearest(position).unwrap();
            assert_eq!(targets.venues()[matched.ordinal as usize].id, id(found[0].ordinal), "{}", commune.code);
            let apart = matched.distance.value() - found[0].distance.value().round();
            assert!(apart.abs() < 1e-9, "{}: {apart} m", commune.code);
            let path = format!("/api/nearest?position={},{}&limit=8&order=distance", position.lon(), position.lat());
            let features = client.json(&path)["features"].as_array().unwrap().clone();
            for (feature, found) in features.iter().zip(&found) {
                let told = &feature["properties"];
                assert_eq!(feature["id"], id(found.ordinal), "{path}");
                assert_eq!(told["distance_to"], found.to.name(), "{path}");
                let metres = told["distance_m"].as_f64().unwrap();
                assert!((metres - found.distance.value()).abs() <= 0.051, "{path}: {metres}");
                if told["distance_to"] == "commune" {
                    assert!(metres > 0.0, "{path}: known only by its commune");
                    vague += 1;
                }
            }
        }
    }
    vague
}

#[test]
fn page_api_and_match_find_the_same_venues_in_a_made_up_country() {
    let atlas = Atlas::bind(leaves());
    assert!(compare(&atlas, made_up_address(), 1, 1) > 0, "a venue known only by its commune was met");
}

#[test]
fn page_api_and_match_find_the_same_venues_in_the_real_edition() {
    let Some(france) = france() else { return };
    let state = mediane::http::State::new(std::sync::Arc::clone(&france.atlas), noon);
    let address = serve_on_free_port(state);
    assert!(compare(&france.atlas, address, 150, 15) > 10, "venues known only by their commune were met");
    // Whoever gives an arrondissement begins in it: the middle of Paris is no place to search from in the 3e.
    let client = Client::new(address);
    let origin = |query: &str| client.json(&format!("/api/nearest?limit=1&{query}"))["origin"].clone();
    for (query, code, town) in [
        ("postcode=75003", "75103", "75056"),
        ("postcode=75116", "75116", "75056"),
        ("commune=69383", "69383", "69123"),
        ("postcode=13008", "13208", "13055"),
    ] {
        let begun = origin(query);
        assert_eq!(
            (&begun["arrondissement"]["code"], &begun["commune"]["code"]),
            (&code.into(), &town.into()),
            "{query}"
        );
        assert_ne!(begun["position"], origin(&format!("commune={town}"))["position"], "{query}");
    }
    // Postal codes of arrondissements are INSEE codes of other towns, and one the other way round.
    for arrondissement in ARRONDISSEMENTS.iter() {
        let commune = CommuneCode::parse(&arrondissement.postcode()).unwrap();
        if france.atlas.communes().iter().any(|known| known.code == commune) {
            let begun = origin(&format!("commune={commune}"));
            assert_eq!((&begun["commune"]["code"], &begun["arrondissement"]), (&commune.as_str().into(), &Value::Null));
        }
    }
    let saint_remy = origin("postcode=13210");
    assert_eq!((&saint_remy["commune"]["code"], &saint_remy["arrondissement"]), (&"13100".into(), &Value::Null));
    // Codes have no small letters, in patterns either.
    let matched = |path: &str| client.json(&format!("/ogc/collections/{path}"))["numberMatched"].as_u64();
    assert_eq!(matched("departements/items?code=2a"), Some(1));
    let in_south = france.atlas.communes().iter().filter(|commune| commune.code.as_str().starts_with("2A")).count();
    assert_eq!(matched("communes/items?limit=1&filter=code%20LIKE%20%272a%25%27"), Some(in_south as u64));
    let understood = client.json("/api/places?text=13210");
    assert!(understood.to_string().contains("Saint-Rémy-de-Provence"), "{understood}");
}

#[test]
fn where_the_survey_of_need_did_not_go_no_face_says_nobody() {
    let Some(france) = france() else { return };
    let state = mediane::http::State::new(std::sync::Arc::clone(&france.atlas), noon);
    let client = Client::new(serve_on_free_port(state));
    for (territory, place) in [("departements/987", "-149.57,-17.535"), ("departements/976", "45.228,-12.78")] {
        let answer = client.json(&format!("/api/access/what-if?add={place}&territory={territory}"));
        for side in ["before", "after"] {
            for number in ["persons_within", "persons_unreachable", "persons_located", "hours_per_person_year"] {
                assert!(answer[side][number].is_null(), "{territory} {side} {number}: {}", answer[side]);
            }
        }
        assert!(answer["difference_persons_within"].is_null(), "{territory}");
        assert!(answer["sentence"].as_str().unwrap().starts_with("On ne sait pas combien"), "{}", answer["sentence"]);
        let communes = answer["communes"].as_array().unwrap();
        assert!(!communes.is_empty() && communes.iter().all(|of| of["hours_after"].is_null()), "{territory}");
        let week = client.json(&format!("/api/access/week?territory={territory}"));
        assert!(week["rows"].as_array().unwrap().iter().all(|row| row["persons_open"].is_null()), "{territory}");
    }
}
