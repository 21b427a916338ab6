//! One order of what is near: the atlas (which the home page asks), `/api/nearest` (which the map asks) and `match`.

use std::net::SocketAddr;

use mediane::access::Mode;
use mediane::atlas::{Atlas, Found, NearestQuery, Order, VenueFilter};
use mediane::domain::{Degrees, Position, VenueIx};
use mediane::matching::{Target, Targets};

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
    assert!(
        compare(&france.atlas, serve_on_free_port(state), 150, 6) > 10,
        "venues known only by their commune were met"
    );
}
