//! `/tiles` and `/layers`: what maps draw.

mod archives;
mod contours;
pub mod decode;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use geo::{Area, LineString, MultiPolygon, Polygon, Validation};
use geojson::FeatureCollection;
use mediane::atlas::{Atlas, Leaves, TerritoryName};
use mediane::domain::{Commune, CommuneCode, Level, Location, Persons};
use mediane::http::State;

use self::contours::Topology;
use self::decode::{Layer, decode};
use crate::support::{get, get_json, get_problem, get_with, header, noon, position, serve_on_free_port, url, venue};

/// The tile of a zoom that holds a place.
fn tile_at(lon: f64, lat: f64, z: u32) -> (u32, u32) {
    let size = f64::from(z).exp2();
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    (((lon + 180.0) / 360.0 * size) as u32, (y * size) as u32)
}

fn path(layer: &str, lon: f64, lat: f64, z: u32) -> String {
    let (x, y) = tile_at(lon, lat, z);
    format!("/tiles/{layer}/{z}/{x}/{y}.mvt")
}

fn drawn(path: &str) -> Layer {
    let response = get(path);
    assert_eq!(response.status(), 200, "{path}");
    assert_eq!(header(&response, "content-type"), "application/vnd.mapbox-vector-tile");
    decode(&response.bytes().unwrap())
}

#[test]
fn a_tile_holds_its_territories_with_what_is_known_of_them() {
    let layer = drawn(&path("communes", 1.9, 46.15, 9));
    assert_eq!((layer.name.as_str(), layer.extent, layer.version), ("communes", 4096, 2));
    let properties: BTreeMap<&str, _> =
        layer.features.iter().map(|feature| (feature.properties["code"].as_str(), &feature.properties)).collect();
    assert_eq!(properties.keys().copied().collect::<Vec<_>>(), ["23008", "23096", "87001"]);
    assert_eq!(properties["23008"]["name"], "Ajain");
    assert_eq!(properties["23008"]["population"], "1000");
    assert_eq!(properties["23008"]["poverty-rate"], "10");
    assert!(
        !properties["87001"].contains_key("poverty-rate"),
        "what is unknown is left out, so that it is hatched (D7)"
    );
}

#[test]
fn a_departement_shows_the_mean_of_its_communes() {
    let layer = drawn(&path("departements", 1.9, 46.15, 6));
    let creuse = layer.features.iter().find(|feature| feature.properties["code"] == "23").unwrap();
    assert_eq!(creuse.properties["poverty-rate"], "17.5");
}

#[test]
fn outer_rings_run_clockwise_on_the_screen() {
    for feature in drawn(&path("communes", 1.9, 46.15, 10)).features {
        assert!(feature.twice_area() > 0, "specification 2.1, 4.3.3.3: {feature:?}");
    }
}

#[test]
fn a_territory_too_small_for_the_grid_stays_as_a_dot() {
    let layer = drawn("/tiles/departements/0/0/0.mvt");
    assert_eq!(layer.features.len(), 2);
    assert!(layer.features.iter().all(|feature| feature.twice_area() > 0));
}

#[test]
fn a_tile_with_nothing_in_it_is_no_content() {
    let response = get("/tiles/communes/8/0/0.mvt");
    assert_eq!(response.status(), 204);
    assert!(header(&response, "etag").starts_with('"'));
}

#[test]
fn tiles_that_do_not_exist_are_not_found() {
    // QRY-024
    for tile in ["99/0/0", "1/-1/0", "3/8/0", "3/0/8", "1.5/0/0", "0x1/0/0", "4294967296/0/0", "15/0/0"] {
        let (status, problem) = get_problem(&format!("/tiles/venues/{tile}.mvt"));
        assert_eq!((status, &problem["code"]), (404, &"unknown-tile".into()), "{tile}");
    }
    assert_eq!(get_problem("/tiles/communes/3/4/2.mvt").0, 404, "communes begin at a deeper zoom");
    assert_eq!(get_problem("/tiles/lieux/3/4/2.mvt").0, 404);
    assert_eq!(get_problem("/tiles/lieux.json").0, 404);
    assert_eq!(get_problem("/tiles/venues/0/0/0.mvt?style=http://169.254.169.254/").0, 400, "QRY-041");
}

#[test]
fn tilejson_says_where_the_tiles_are_and_what_is_in_them() {
    for (layer, field) in [("communes", "poverty-rate"), ("epcis", "name"), ("venues", "labels")] {
        let document = get_json(&format!("/tiles/{layer}.json"));
        assert_eq!(document["tilejson"], "3.0.0");
        assert_eq!(document["vector_layers"][0]["id"], layer);
        assert!(document["vector_layers"][0]["fields"][field].is_string(), "{layer}");
        assert!(!document["attribution"].as_str().unwrap().is_empty(), "{layer}");
        let template = document["tiles"][0].as_str().unwrap();
        assert!(template.starts_with(&url(&format!("/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt?"))), "{template}");
    }
    assert_eq!(get_json("/tiles/communes.json")["bounds"], serde_json::json!([1.8, 46.0, 2.0, 46.2]));
}

#[test]
fn a_tile_that_names_its_edition_is_kept_for_ever_and_another_is_checked() {
    let bare = path("communes", 1.9, 46.15, 9);
    let tile = format!("{bare}?edition=0123456789abcdef");
    assert_eq!(header(&get(&tile), "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&get(&bare), "cache-control"), "no-cache");
    assert_eq!(get_problem(&format!("{bare}?edition=old")).1["code"], "unknown-edition");
    let etag = header(&get(&bare), "etag");
    assert_eq!(get_with(&bare, &[("if-none-match", &etag)]).status(), 304);
}

#[test]
fn venues_stand_alone_from_close_by_and_gather_from_afar() {
    let near = drawn(&path("venues", 1.87, 46.17, 14));
    let centre = near.features.iter().find(|feature| feature.properties["id"] == "v-centre").unwrap();
    assert_eq!(
        centre.properties["labels"],
        "conseillers-numeriques,france-services".split(',').rev().collect::<Vec<_>>().join(",")
    );
    let far = drawn("/tiles/venues/0/0/0.mvt");
    let counted: u64 = far.features.iter().map(|feature| feature.properties["count"].parse::<u64>().unwrap()).sum();
    assert_eq!(counted, 6, "eight, less the one without a place and the one that receives no public");
    assert!(far.features.len() < 6);
}

#[test]
fn the_points_for_the_map_are_small_and_complete() {
    let response = get("/layers/venues.geojson");
    assert_eq!(header(&response, "content-type"), "application/geo+json");
    let points: FeatureCollection = response.text().unwrap().parse().unwrap();
    assert_eq!(points.features.len(), 6);
    let first = points.features[0].properties.as_ref().unwrap();
    assert_eq!(first.keys().collect::<Vec<_>>(), ["id", "labels", "name"]);
    assert_eq!(get_problem("/layers/venues.geojson?limit=1").0, 400);
}

/// An atlas of real contours: the communes of some départements, and those départements.
fn real_atlas(departements: &[&str]) -> Atlas {
    Atlas::bind(real_leaves(departements))
}

fn real_leaves(departements: &[&str]) -> Leaves {
    let topology = Topology::of_the_repository();
    let communes = topology.contours("communes", |code| departements.iter().any(|known| code.starts_with(known)));
    let commune = |code: &String| Commune {
        code: CommuneCode::parse(code).unwrap(),
        name: code.clone(),
        departement: code[..2].into(),
        region: "00".into(),
        epci: None,
        postcodes: Vec::new(),
        population: Some(Persons(1)),
        area_km2: None,
        point: None,
    };
    let name = |code: &&str| TerritoryName { code: (*code).into(), name: (*code).into(), parent: None };
    let shared = |contours: BTreeMap<String, MultiPolygon>| {
        contours.into_iter().map(|(code, contour)| (code, Arc::new(contour))).collect()
    };
    Leaves {
        communes: communes.keys().map(commune).collect(),
        territories: BTreeMap::from([(Level::Departement, departements.iter().map(name).collect())]),
        contours: BTreeMap::from([
            (Level::Commune, shared(communes)),
            (Level::Departement, shared(topology.contours("departements", |code| departements.contains(&code)))),
        ]),
        ..Leaves::default()
    }
}

/// The polygons of a tile of an atlas, territory by territory: each clockwise ring begins one.
fn polygons(address: SocketAddr, layer: &str, z: u32, (x, y): (u32, u32)) -> Vec<MultiPolygon> {
    let tile = reqwest::blocking::get(format!("http://{address}/tiles/{layer}/{z}/{x}/{y}.mvt")).unwrap();
    assert_eq!(tile.status(), 200, "{layer} {z}/{x}/{y}");
    let ring = |path: &Vec<[i64; 2]>| path.iter().map(|[x, y]| (*x as f64, *y as f64)).collect::<LineString>();
    let territory = |feature: &decode::Feature| {
        let mut polygons: Vec<Polygon> = Vec::new();
        for path in &feature.paths {
            if decode::twice_area(path) > 0 {
                polygons.push(Polygon::new(ring(path), Vec::new()));
            } else {
                polygons.last_mut().expect("an outer ring comes first").interiors_push(ring(path));
            }
        }
        MultiPolygon(polygons)
    };
    decode(&tile.bytes().unwrap()).features.iter().map(territory).collect()
}

#[test]
fn no_sliver_opens_between_communes_at_any_zoom() {
    // The dumb twin: what the communes of a département cover together has no more holes than the département, and its
    // area, but for what each layer's own vertices move the outer border by, less than a unit.
    let address = serve_on_free_port(State::new(Arc::new(real_atlas(&["23", "87"])), noon));
    for z in 8..=12 {
        for (lon, lat) in [(1.87, 46.17), (1.26, 45.83), (1.65, 46.05), (2.4, 45.9)] {
            let tile = tile_at(lon, lat, z);
            let [communes, departements] =
                ["communes", "departements"].map(|layer| geo::unary_union(&polygons(address, layer, z, tile)));
            let holes = |land: &MultiPolygon| land.iter().map(|polygon| polygon.interiors().len()).sum::<usize>();
            assert_eq!(holes(&communes), holes(&departements), "z={z} tile={tile:?}");
            let (one, other) = (communes.unsigned_area(), departements.unsigned_area());
            assert!((one - other).abs() < other * 1e-4, "z={z} tile={tile:?}: {one} {other}");
        }
    }
}

#[test]
fn every_polygon_of_a_tile_is_valid_and_neighbours_do_not_overlap() {
    // The dumb twin of snapping: rings are simple by the rules of OGC, as geo checks them, point by point.
    let address = serve_on_free_port(State::new(Arc::new(real_atlas(&["22", "29", "35", "56", "2A", "2B"])), noon));
    for (layer, z, lon, lat) in [
        ("departements", 3, -3.0, 48.2),
        ("departements", 5, -3.0, 48.2),
        ("departements", 6, -4.5, 48.4),
        ("departements", 7, 8.9, 41.9),
        ("departements", 10, -2.0, 48.64),
        ("communes", 8, -3.0, 48.2),
        ("communes", 9, -2.0, 48.6),
        ("communes", 10, -4.4, 48.4),
        ("communes", 11, 9.1, 42.6),
        ("communes", 12, -2.0, 48.64),
    ] {
        let drawn = polygons(address, layer, z, tile_at(lon, lat, z));
        assert!(drawn.len() > 1, "{layer} {z}");
        for polygon in &drawn {
            polygon.check_validation().unwrap_or_else(|fault| panic!("{layer} {z}: {fault}"));
        }
        let apart: f64 = drawn.iter().map(Area::unsigned_area).sum();
        let together = geo::unary_union(&drawn).unsigned_area();
        assert!((apart - together).abs() <= apart * 1e-7, "{layer} {z}: {apart} apart, {together} together");
    }
}

#[test]
fn the_bounds_of_a_layer_hold_what_is_drawn_as_discs() {
    let mut leaves = real_leaves(&["23"]);
    for (code, departement, lon, lat) in [("98613", "986", -176.17, -13.28), ("98818", "988", 166.45, -22.27)] {
        let (code, point) = (CommuneCode::parse(code).unwrap(), Some(position(lon, lat)));
        leaves.communes.push(Commune { code, departement: departement.into(), point, ..leaves.communes[0].clone() });
        let name = TerritoryName { code: departement.into(), name: departement.into(), parent: None };
        leaves.territories.entry(Level::Departement).or_default().push(name);
    }
    let address = serve_on_free_port(State::new(Arc::new(Atlas::bind(leaves)), noon));
    for layer in ["departements", "communes"] {
        let document = reqwest::blocking::get(format!("http://{address}/tiles/{layer}.json")).unwrap().text().unwrap();
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        let bounds: Vec<f64> = serde_json::from_value(document["bounds"].clone()).unwrap();
        let [west, south, east, north] = bounds[..] else { panic!("{layer}: {bounds:?}") };
        // Wallis and Nouméa have no contour; Guéret has one.
        for (lon, lat) in [(-176.17, -13.28), (166.45, -22.27), (1.87, 46.17)] {
            let held = (west..=east).contains(&lon) && (south..=north).contains(&lat);
            assert!(held, "{layer}: {lon},{lat} is outside of {bounds:?}");
            let drawn = polygons(address, layer, 8, tile_at(lon, lat, 8));
            assert!(!drawn.is_empty(), "{layer}: nothing is drawn at {lon},{lat}");
        }
    }
}

#[test]
fn every_island_of_a_territory_is_drawn_at_the_last_zoom() {
    // Counted from the file, not from the tiles: each polygon of the contour is in the tile that holds its first vertex.
    let atlas = real_atlas(&["29"]);
    let contour = Topology::of_the_repository().contours("departements", |code| code == "29").remove("29").unwrap();
    let address = serve_on_free_port(State::new(Arc::new(atlas), noon));
    assert!(contour.0.len() > 10, "Finistère has islands: {}", contour.0.len());
    for island in &contour {
        let corner = island.exterior().0[0];
        let tile = tile_at(corner.x, corner.y, 12);
        let drawn = polygons(address, "departements", 12, tile);
        let side = |value: f64, tile: u32| (value * 4096.0 - f64::from(tile)) * 4096.0;
        let y = (1.0 - corner.y.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
        let place = [side((corner.x + 180.0) / 360.0, tile.0), side(y, tile.1)];
        let near = drawn.iter().flatten().flat_map(|polygon| &polygon.exterior().0);
        assert!(near.clone().any(|at| (at.x - place[0]).abs() <= 1.0 && (at.y - place[1]).abs() <= 1.0), "{corner:?}");
    }
}

#[test]
fn fourteen_thousand_venues_fit_in_one_small_tile() {
    // QRY-025
    let place = |i: u32| position(-4.0 + f64::from(i % 140) * 0.08, 42.5 + f64::from(i / 140) * 0.08);
    let venues = (0..14_000).map(|i| venue(&format!("v{i:05}"), "Lieu", None, Location::Published(place(i)))).collect();
    let atlas = Atlas::bind(Leaves { venues, ..Leaves::default() });
    let address = serve_on_free_port(State::new(Arc::new(atlas), noon));
    for (z, x, y) in [(0, 0, 0), (3, 4, 2), (6, 32, 22), (10, 518, 352)] {
        let tile = reqwest::blocking::get(format!("http://{address}/tiles/venues/{z}/{x}/{y}.mvt")).unwrap();
        assert!(tile.bytes().unwrap().len() < 500 * 1024, "{z}/{x}/{y}");
    }
}
