//! The whole of France, from the real files beside the project when they are there.

mod cities;
mod known_ways;
mod need;
mod order;
mod programmes;
mod sealed;
mod water;
mod what_if;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use geo::{Contains, Distance, Haversine, Point};
use mediane::access::Mode;
use mediane::atlas::{Atlas, NearestQuery, Order, VenueFilter};
use mediane::domain::need::Preset;
use mediane::domain::vocabulary::Service;
use mediane::domain::{CommuneCode, CommuneIx, Degrees, Flag, Level, Location, PointIx, Position, VenueIx};
use mediane::ingest::edition::{folder_of, open};
use mediane::ingest::{BuildOptions, Built, build};
use mediane::placement::Threads;
use mediane::planning::{Document, Request, Status, Study};
use typed_index_collections::TiVec;

pub struct France {
    out: tempfile::TempDir,
    built: Built,
    pub atlas: Arc<Atlas>,
}

pub fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("MEDIANE_DATA").map_or(beside, PathBuf::from);
    folder.join("venues").is_dir().then_some(folder)
}

fn build_france(cache: &Path) -> (tempfile::TempDir, Built) {
    let out = tempfile::tempdir().unwrap();
    let options = BuildOptions {
        as_of: None,
        roads: None,
        undivided: false,
        data: &Path::new(env!("CARGO_MANIFEST_DIR")).join("data"),
        cache,
        out: out.path(),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: None,
        keep: 12,
        stop: &AtomicBool::new(false),
    };
    let built = build(&options, &|_, _, _| {}).unwrap();
    (out, built)
}

/// The real edition, built once for all tests of this module; `None`, said aloud, without the files.
pub fn france() -> Option<&'static France> {
    static FRANCE: OnceLock<Option<France>> = OnceLock::new();
    let france = FRANCE.get_or_init(|| {
        let cache = real_data()?;
        let (out, built) = build_france(&cache);
        let atlas = Arc::new(open(out.path()).unwrap());
        Some(France { out, built, atlas })
    });
    if france.is_none() {
        eprintln!("SKIPPED: no real data beside the project (set MEDIANE_DATA)");
    }
    france.as_ref()
}

/// A reproducible stream of numbers in [0, 1): splitmix64 (Steele, Lea and Flood, 2014).
fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

#[test]
fn every_row_of_every_source_is_accounted_for() {
    let Some(france) = france() else { return };
    for source in &france.built.report.sources {
        source.check().unwrap();
        assert!(source.rows_read > 0, "{}", source.id);
    }
    let rows = |id: &str| france.built.report.sources.iter().find(|source| source.id == id).unwrap().rows_read;
    assert_eq!(rows("france-services-2024-08"), 2_845);
    assert_eq!(rows("conseillers-permanences-2022-12"), 4_930);
    assert_eq!(rows("data-inclusion-2023-01"), 3_811);
    assert_eq!(rows("aidants-connect-2023-01"), 3_407);
    assert!((12_000..=14_000).contains(&france.built.venues), "{} distinct venues", france.built.venues);
    let absent = &france.built.absent;
    assert!(absent.iter().all(|file| file.starts_with("demonstration/")), "{absent:?}");
}

#[test]
fn a_second_build_is_the_same_to_the_byte() {
    let Some(france) = france() else { return };
    let (out, built) = build_france(&real_data().unwrap());
    assert_eq!(built.id, france.built.id);
    for entry in std::fs::read_dir(folder_of(out.path())).unwrap().flatten() {
        let first = folder_of(france.out.path()).join(entry.file_name());
        assert!(std::fs::read(entry.path()).unwrap() == std::fs::read(first).unwrap(), "{:?}", entry.file_name());
    }
}

/// Metres from a place to a contour by brute force: the nearest of points sown along every edge.
fn metres_to(contour: &geo::MultiPolygon, place: Point) -> f64 {
    if contour.contains(&place) {
        return 0.0;
    }
    let edges = contour.iter().flat_map(|polygon| polygon.exterior().lines());
    edges
        .map(|edge| {
            // The nearest point of an edge, on the plane that touches the Earth there.
            let shrink = place.y().to_radians().cos();
            let (dx, dy) = (edge.dx() * shrink, edge.dy());
            let (px, py) = ((place.x() - edge.start.x) * shrink, place.y() - edge.start.y);
            let along =
                if dx == 0.0 && dy == 0.0 { 0.0 } else { ((px * dx + py * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0) };
            let nearest = Point::new(edge.start.x + edge.dx() * along, edge.start.y + edge.dy() * along);
            Haversine.distance(place, nearest)
        })
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn every_located_venue_lies_in_its_commune_or_is_flagged() {
    let Some(france) = france() else { return };
    let (mut inside, mut flagged) = (0, 0);
    for venue in france.atlas.venues() {
        let (Location::Published(position) | Location::Repaired(position, _)) = venue.location else { continue };
        let Some(commune) = venue.commune else { panic!("{}: located without a commune", venue.id) };
        let Some(contour) = france.atlas.contour(Level::Commune, commune.as_str()) else { continue };
        if venue.flags.iter().any(|flag| matches!(flag, Flag::OutsideCommune(_))) {
            flagged += 1;
            continue;
        }
        let metres = metres_to(contour, Point::new(position.lon(), position.lat()));
        assert!(metres <= 301.0, "{} lies {metres} m outside {commune}", venue.id);
        inside += 1;
    }
    assert!(inside > 10_000, "{inside}");
    assert!(flagged < 300, "{flagged}");
}

#[test]
fn nearest_agrees_with_brute_force_everywhere_in_france_with_and_without_filters() {
    let Some(france) = france() else { return };
    let boxes = [
        (-5.2, 41.3, 9.6, 51.1, 10_000),
        (-61.9, 15.8, -61.0, 16.6, 300),
        (-61.3, 14.3, -60.8, 15.0, 300),
        (-54.6, 2.1, -51.6, 5.8, 300),
        (55.2, -21.4, 55.9, -20.8, 300),
        (45.0, -13.0, 45.3, -12.6, 300),
        (163.5, -22.8, 168.2, -19.5, 300),
    ];
    let only = |name: &str, slug: &str| VenueFilter::only(name, slug).unwrap();
    let filters = [
        VenueFilter::default(),
        only("label", "france-services"),
        only("service", &Service::Equipment.slug()),
        only("pass_numerique", "true"),
    ];
    let venues = france.atlas.venues();
    let spots = venues.keys().map(|i| france.atlas.venue_spot(i));
    let vectors: TiVec<VenueIx, _> = spots.map(|spot| spot.map(|(at, way)| (at.unit_vector(), way.value()))).collect();
    let mut seed = 20_240_901;
    for (west, south, east, north, points) in boxes {
        for point in 0..points {
            let lon = west + (east - west) * random(&mut seed);
            let lat = south + (north - south) * random(&mut seed);
            let position = Position::new(Degrees { lon, lat }).unwrap();
            let filter = &filters[point % filters.len()];
            let from = position.unit_vector();
            let mut keys: Vec<(f64, VenueIx)> = Vec::new();
            for (i, vector) in vectors.iter_enumerated() {
                let Some((to, way)) = vector else { continue };
                let chord2: f64 = from.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum();
                if filter.accepts(&france.atlas, i) {
                    keys.push((chord2 + (way / 6_371_008.8).powi(2), i));
                }
            }
            // Measured on the ellipsoid where the sphere cannot tell. Ordinals follow ids: of equals the first stays.
            let least = keys.iter().map(|(key, _)| *key).fold(f64::INFINITY, f64::min);
            let measured = keys.iter().filter(|(key, _)| *key <= 1.05 * least).map(|&(_, i)| {
                let (at, way) = france.atlas.venue_spot(i).unwrap();
                (position.geodesic_to(at).value().hypot(way.value()), i)
            });
            let best = measured.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let query =
                NearestQuery { filter: filter.clone(), order: Order::Distance, ..NearestQuery::around(position, 1) };
            let found = france.atlas.nearest_venues(&query);
            assert_eq!(found.first().map(|f| f.ordinal), best.map(|(_, i)| i), "{lon},{lat}");
        }
    }
}

#[test]
fn five_posts_in_the_creuse_are_placed_where_no_plan_is_better() {
    let Some(france) = france() else { return };
    let fields = [("territory", "departements/23"), ("posts", "5"), ("rounds", "50")];
    let pairs: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let study = Study::new(&france.atlas, &Request::from_pairs(&pairs).unwrap()).unwrap();
    let plan = study.solve(Threads::Two, &mut |_| ControlFlow::Continue(()));
    let answer = study.answer(&plan);
    assert_eq!(
        (answer.summary.status, answer.summary.gap_percent),
        (Status::Optimal, Some(0.0)),
        "{:?}",
        answer.summary
    );
    assert!(answer.sites.iter().all(|site| site.host().is_some() && site.persons_gained > 300));
    let by_population = answer.baselines.iter().find(|baseline| baseline.name == "by-population").unwrap();
    assert!(by_population.ours_is_better_percent.unwrap() > 10.0, "{by_population:?}");
    let document = Document::from_json(&Document::new(&study, &plan, None).to_json()).unwrap();
    assert_eq!(document.verify(&france.atlas).unwrap().1, plan);
}

#[test]
fn old_ids_lead_to_venues_of_today() {
    let Some(france) = france() else { return };
    let alias = france.atlas.venue_alias("data-inclusion-dora-010c714a-71ce-44aa-a8bf-45d63ae4d1e8");
    let own = france.atlas.venue("data-inclusion-dora-010c714a-71ce-44aa-a8bf-45d63ae4d1e8");
    assert!(alias.is_some() != own.is_some(), "either a venue or the name of one");
    if let Some(id) = alias {
        assert!(france.atlas.venue(id).is_some());
    }
}

#[test]
fn persons_in_need_add_up_to_the_national_number_at_every_level() {
    let Some(france) = france() else { return };
    let (atlas, analysis) = (&france.atlas, france.atlas.analysis());
    for (preset, expected) in [("13m", 13_000_000_u64), ("8m", 8_000_000)] {
        let need = analysis.need(atlas, Preset::named(preset).unwrap()).unwrap();
        let persons = |communes: &[CommuneIx]| -> u64 { need.estimate.total(communes.iter().copied()) };
        let all: Vec<CommuneIx> = (atlas.communes().keys()).collect();
        assert_eq!(persons(&all), expected, "to the person");
        for level in [Level::Region, Level::Departement, Level::Epci] {
            let inside: u64 = atlas.territories(level).iter().map(|territory| persons(&territory.communes)).sum();
            let placed: std::collections::BTreeSet<CommuneIx> =
                atlas.territories(level).iter().flat_map(|territory| territory.communes.iter().copied()).collect();
            let outside: Vec<CommuneIx> = all.iter().copied().filter(|commune| !placed.contains(commune)).collect();
            assert_eq!(inside + persons(&outside), expected, "{level:?}, and the line of those in none");
        }
        // Cells divide their communes without losing anybody.
        let points: u64 = analysis.points(need, &all).filter_map(|(_, persons)| persons).map(u64::from).sum();
        assert_eq!(points, expected);
    }
}

#[test]
fn every_indicator_is_known_of_thousands_of_communes() {
    let Some(france) = france() else { return };
    for indicator in france.atlas.indicators() {
        let known = indicator.readings.iter().filter(|reading| reading.value().is_some()).count();
        assert!(known > 4_000, "{}: {known} communes", indicator.id);
    }
}

#[test]
fn where_a_grid_is_read_people_walk_from_their_cells() {
    let Some(france) = france() else { return };
    let (atlas, analysis) = (&france.atlas, france.atlas.analysis());
    assert!(analysis.divided.parts.wholes() > 40, "{} communes have cells", analysis.divided.parts.wholes());
    let bondy = atlas.places().by_code(CommuneCode::parse("93010").unwrap()).unwrap();
    let parts: Vec<PointIx> = analysis.divided.parts.of(bondy).unwrap().collect();
    let cells: Vec<_> = atlas.cells().iter().filter(|cell| cell.commune.as_str() == "93010").collect();
    assert_eq!(parts.len(), cells.len());
    let walk = analysis.access.nearest(Mode::Walk);
    let venues: Vec<Point> = atlas
        .venues()
        .iter()
        .filter(|venue| venue.receives_public())
        .filter_map(|venue| venue.location.position())
        .map(|position| Point::new(position.lon(), position.lat()))
        .collect();
    let (mut inhabitants, mut person_seconds) = (0.0, 0.0);
    for (part, cell) in parts.iter().zip(&cells) {
        let centre = Point::new(cell.centre.lon(), cell.centre.lat());
        let metres = venues.iter().map(|venue| Haversine.distance(centre, *venue)).fold(f64::INFINITY, f64::min);
        // Half the people of a square are farther from its centre than the venue on their doorstep.
        let metres = metres.max(2.0 / 3.0 * cell.side.value() / std::f64::consts::PI.sqrt());
        let seconds = metres * 1.3 / (4_500.0 / 3_600.0);
        let ours = f64::from(walk[*part].time().unwrap().0);
        assert!((ours - seconds).abs() < 1.5, "{:?}: {ours} s, brute force {seconds} s", cell.centre);
        inhabitants += cell.inhabitants;
        person_seconds += cell.inhabitants * ours;
    }
    let mean = f64::from(walk[PointIx::of_commune(bondy)].time().unwrap().0);
    assert!((mean - person_seconds / inhabitants).abs() < 1.0, "{mean}");
}

#[test]
fn venues_of_bondy_without_coordinates_stand_at_their_addresses() {
    let Some(france) = france() else { return };
    let bondy = CommuneCode::parse("93010");
    let of_bondy = france.atlas.venues().iter().filter(|venue| venue.commune == bondy);
    let mut placed = 0;
    for venue in of_bondy {
        if let Location::Address(position, found) = venue.location {
            placed += 1;
            assert!((position.lon() - 2.48).abs() < 0.03 && (position.lat() - 48.90).abs() < 0.03, "{}", venue.id);
            assert!(found.score >= 80, "{}", venue.id);
        }
    }
    assert!(placed >= 1, "none of the venues of Bondy without coordinates was placed");
}

#[test]
fn a_post_can_serve_the_town_it_stands_in() {
    let Some(france) = france() else { return };
    let plan = |fields: &[(&str, &str)]| {
        let pairs: Vec<(String, String)> =
            fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let study = Study::new(&france.atlas, &Request::from_pairs(&pairs).unwrap()).unwrap();
        study.answer(&study.solve(Threads::One, &mut |_| ControlFlow::Continue(())))
    };
    // Paris, Marseille, Lyon, Nice, Toulouse, Limoges, Kourou.
    for code in ["75056", "13055", "69123", "06088", "31555", "87085", "97304"] {
        let territory = format!("communes/{code}");
        let answer = plan(&[("territory", &territory), ("existing", "none"), ("posts", "1"), ("minutes", "10")]);
        let served = answer.summary.covered_after;
        assert!(served > 0, "{code}: nobody within ten minutes of the post");
        assert!(answer.sites[0].persons == served, "{code}: {served}");
    }
    let answer = plan(&[("territory", "departements/93"), ("budget_eur", "900000"), ("minutes", "10")]);
    assert!(answer.summary.posts > 0, "Seine-Saint-Denis: 900,000 € buy no post");
    assert!(answer.summary.covered_after > answer.summary.covered_before);
}
