//! The order of what is near, against the time to every venue of France.

use mediane::access::land::{End, LandSearch, Link, Start, Way};
use mediane::access::{Assumptions, Ground, Mode, Place, Season, straight_on};
use mediane::atlas::{Atlas, NearestQuery, Order, VenueFilter};
use mediane::domain::{Degrees, Metres, Position, SiteIx, VenueIx};

use super::france;
use crate::support::{noon, serve_on_free_port};

/// Places where the crow misleads, and some where it does not.
const PLACES: &[(&str, f64, f64)] = &[
    ("Arzon", -2.892, 47.549),
    ("Saint-Georges-de-Reneins", 4.722, 46.062),
    ("Bessans", 6.994, 45.319),
    ("Royan", -1.029, 45.625),
    ("Le Verdon-sur-Mer", -1.062, 45.543),
    ("Le Havre", 0.108, 49.494),
    ("Honfleur", 0.234, 49.418),
    ("Saint-Martin-de-Ré", -1.367, 46.203),
    ("Île-d'Aix", -1.174, 46.014),
    ("Bréhat", -3.001, 48.847),
    ("Cayenne", -52.326, 4.938),
    ("Maripasoula", -54.033, 3.646),
    ("Ouessant", -5.096, 48.457),
    ("Île-aux-Moines", -2.846, 47.594),
    ("Mamoudzou", 45.228, -12.78),
    ("Papeete", -149.569, -17.535),
    ("Ajaccio", 8.737, 41.927),
    ("Guéret", 1.871, 46.17),
    ("Paris", 2.3522, 48.8566),
];

fn place_of(atlas: &Atlas, position: Position) -> Place {
    let landmass = atlas.site_at(SiteIx::new(0), position).landmass;
    let commune = atlas.commune_at(position).map(|commune| &atlas.communes()[commune]);
    let ground = commune.map_or(Ground::Open, Ground::of);
    Place { position, landmass, ground }
}

struct Stand {
    venue: VenueIx,
    place: Place,
    way: Metres,
    links: Vec<Link>,
}

/// Every venue with a position, and how it joins the land.
fn stands(atlas: &Atlas) -> Vec<Stand> {
    let stand = |venue: VenueIx| {
        let (position, way) = atlas.venue_spot(venue)?;
        let place = place_of(atlas, position);
        Some(Stand { venue, place, way, links: atlas.land().attach(position, place.landmass) })
    };
    atlas.venues().keys().filter_map(stand).collect()
}

/// Every venue that fits with its seconds, `None` where no way is known: by the time to each, whatever it is.
fn by_hand(atlas: &Atlas, stands: &[Stand], query: &NearestQuery) -> Vec<(VenueIx, Option<u32>)> {
    let (land, assumptions) = (atlas.land(), Assumptions::default());
    let from = place_of(atlas, query.position);
    let mut search = LandSearch::new(land.nodes());
    let way = Way::new(&assumptions, query.mode, Season::AllYear, End::People);
    let starts = land.attach(from.position, from.landmass).into_iter().map(|link| Start { link, name: 0 });
    search.run(land, &way, starts, u32::MAX);
    let mut all = Vec::new();
    for Stand { venue, place, way: within, links } in stands {
        let metres = query.position.geodesic_to(place.position).value().hypot(within.value());
        let is_near = query.within.is_none_or(|within| metres <= within.value());
        if !query.filter.accepts(atlas, *venue) || !is_near {
            continue;
        }
        let time = |metres: f64| {
            let metres = Metres::new(metres.hypot(within.value())).unwrap();
            assumptions.time_from(query.mode, from.ground, metres).0
        };
        let seconds = if straight_on(land, &from, place) {
            let chord2 = mediane::spatial::sphere::chord2(from.position.unit_vector(), place.position.unit_vector());
            Some(time(mediane::spatial::sphere::great_circle(chord2).value()))
        } else {
            search.from(links, &way).map(|found| time(found.metres) + found.afoot_s + found.crossing_s)
        };
        all.push((*venue, seconds, metres));
    }
    all.sort_by(|a, b| {
        let key =
            |(venue, seconds, metres): &(VenueIx, Option<u32>, f64)| (seconds.is_none(), *seconds, *metres, *venue);
        key(a).partial_cmp(&key(b)).unwrap()
    });
    all.truncate(query.limit);
    all.into_iter().map(|(venue, seconds, _)| (venue, seconds)).collect()
}

#[test]
fn what_is_near_is_what_is_reached_first_of_all_the_venues_there_are() {
    let Some(france) = france() else { return };
    let (atlas, stands) = (&france.atlas, stands(&france.atlas));
    let (mut differ, mut without_way) = (Vec::new(), 0);
    for (name, lon, lat) in PLACES {
        let position = Position::in_france(Degrees { lon: *lon, lat: *lat }).unwrap();
        let only = VenueFilter::only("label", "france-services").unwrap();
        for mode in [Mode::Car, Mode::Walk] {
            for (limit, within, filter) in [
                (1, None, VenueFilter::default()),
                (10, None, VenueFilter::default()),
                (40, None, only.clone()),
                (100, Metres::new(20_000.0), VenueFilter::default()),
            ] {
                let query = NearestQuery { within, filter, mode, ..NearestQuery::around(position, limit) };
                let found = atlas.nearest_venues(&query);
                let told: Vec<(VenueIx, Option<u32>)> =
                    found.iter().map(|found| (found.ordinal, found.travel.time().map(|time| time.0))).collect();
                assert_eq!(told, by_hand(atlas, &stands, &query), "{name} {mode:?} {limit} {within:?}");
                without_way += told.iter().filter(|(_, seconds)| seconds.is_none()).count();
            }
        }
        let ten = NearestQuery::around(position, 10);
        let crow = atlas.nearest_venues(&NearestQuery { order: Order::Distance, ..ten.clone() });
        let crow: Vec<VenueIx> = crow.iter().map(|found| found.ordinal).collect();
        let time: Vec<VenueIx> = atlas.nearest_venues(&ten).iter().map(|found| found.ordinal).collect();
        differ.extend((crow != time).then_some(*name));
    }
    println!("ten venues by time are not the ten as the crow flies at {differ:?}; {without_way} venues without a way");
    for place in ["Arzon", "Saint-Martin-de-Ré", "Le Verdon-sur-Mer"] {
        assert!(differ.contains(&place), "{place}: {differ:?}");
    }
    assert!(without_way > 0);
}

#[test]
fn the_page_and_the_api_name_the_same_venues_in_each_order() {
    let Some(france) = france() else { return };
    let address = serve_on_free_port(mediane::http::State::new(std::sync::Arc::clone(&france.atlas), noon));
    let text = |path: &str| reqwest::blocking::get(format!("http://{address}{path}")).unwrap().text().unwrap();
    for (commune, name) in [("56005", "Arzon"), ("69206", "Saint-Georges-de-Reneins"), ("23096", "Guéret")] {
        for (order, more) in [("useful", ""), ("time", "&tri=temps")] {
            let page = text(&format!("/?lieu={name}&commune={commune}{more}"));
            let api = text(&format!("/api/nearest?commune={commune}&limit=10&order={order}"));
            let api: serde_json::Value = serde_json::from_str(&api).unwrap();
            assert_eq!((api["order"].as_str(), api["mode"].as_str()), (Some(order), Some("car")));
            let hrefs = page.split("<h2 id=\"nom-").skip(1).map(|card| card.split("href=\"").nth(1).unwrap());
            let page: Vec<&str> = hrefs.map(|href| href.split('"').next().unwrap()).collect();
            let api = api["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap());
            let api: Vec<String> = api.map(|id| format!("/lieux/{id}")).collect();
            let plain: Vec<String> = page.iter().map(|href| percent_decoded(href)).collect();
            assert_eq!(plain, api, "{name} {order}");
        }
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| std::str::from_utf8(&after[..2]).unwrap());
        bytes.push(code.map_or(first, |code| u8::from_str_radix(code, 16).unwrap()));
        rest = &after[if code.is_some() { 2 } else { 0 }..];
    }
    String::from_utf8(bytes).unwrap()
}
