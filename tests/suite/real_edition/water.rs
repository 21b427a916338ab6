//! Nobody is sent across water or a crest that cannot be crossed, and islands with venues of their own keep them.

use geo::{Distance, Haversine, Point};
use serde_json::Value;

use super::{France, france};
use crate::support::{noon, serve_on_free_port};
use mediane::access::{Assumptions, Basis, Mode, Season};
use mediane::domain::{Commune, CommuneCode, CommuneIx, Degrees, Metres, Position, VenueIx};
use mediane::http::State;

/// A commune, one that is no neighbour of it, and the minutes by car between the two town halls that are the least one can
/// believe: two thirds of what the road takes (shared measure of November 2026, OSRM and METRIC).
const FALSE_NEIGHBOURS: &[(&str, &str, f64)] = &[
    ("56062", "56181", 16.0),  // Gâvres – Port-Louis
    ("56005", "56116", 50.0),  // Arzon – Locmariaquer
    ("29238", "29019", 46.0),  // Roscanvel – Brest
    ("29104", "29043", 23.0),  // Landévennec – Daoulas
    ("33544", "17425", 45.0),  // Le Verdon – Semussac: by the ferry and its wait
    ("33395", "33073", 66.0),  // Saint-Estèphe – Braud-et-Saint-Louis
    ("44080", "44116", 26.0),  // Lavau – Paimbœuf
    ("27485", "76476", 15.0),  // Quillebeuf – Port-Jérôme: by the ferry and its wait
    ("80228", "80721", 12.0),  // Le Crotoy – Saint-Valery
    ("73076", "73008", 16.0),  // La Chapelle-du-Mont-du-Chat – Aix-les-Bains: hairpins
    ("05163", "05040", 23.0),  // Le Sauze-du-Lac – Chorges
    ("73206", "73227", 23.0),  // Pralognan – Courchevel
    ("05093", "05161", 25.0),  // Névache – La Salle-les-Alpes
    ("38375", "05063", 56.0),  // Saint-Christophe-en-Oisans – La Grave
    ("73040", "73304", 120.0), // Bessans – Val-d'Isère: closed from October to June
    ("2B023", "2B047", 53.0),  // Asco – Calacuccia
    ("97611", "97608", 20.0),  // Mamoudzou – Dzaoudzi: by the barge and its wait
    ("98758", "98745", 90.0),  // Uturoa – Tahaa: no boat takes a car, and its town hall is a walk from the quay
    ("97130", "97131", 60.0),  // Terre-de-Bas – Terre-de-Haut: the same
    ("29170", "29060", 14.0),  // Plomelin – Gouesnach: by the bridge of Cornouaille
    ("29289", "29240", 14.0),  // Trégarvan – Rosnoën
    ("29132", "29186", 12.0),  // Locquénolé – Plouezoc'h
    ("35181", "35306", 12.0),  // Le Minihic – Saint-Père-Marc-en-Poulet
    ("22195", "22218", 18.0),  // Pleubian – Plougrescant
    ("29085", "29135", 13.0),  // Île-Tudy – Loctudy
    ("29257", "29101", 15.0),  // Saint-Pabu – Landéda
    ("56052", "56252", 20.0),  // Damgan – Le Tour-du-Parc
    ("50003", "50429", 13.0),  // Agon-Coutainville – Regnéville
    ("74275", "74108", 9.0),   // Talloires – Duingt: who lives at the end of the lake is six minutes from Duingt
    ("25361", "25525", 11.0),  // Malbuisson – Saint-Point-Lac
    ("38513", "38224", 18.0),  // Treffort – Mayres-Savel
    ("19256", "15010", 22.0),  // Sérandon – Arches
    ("04144", "83002", 25.0),  // La Palud-sur-Verdon – Aiguines
    ("66102", "66150", 60.0),  // Mantet – Prats-de-Mollo
    ("66060", "66221", 25.0),  // Corsavy – Valmanya
    ("2A031", "2B124", 45.0),  // Bastelica – Ghisoni
    ("2B153", "2B047", 70.0),  // Manso – Calacuccia
    ("2B178", "2B043", 26.0),  // Nonza – Brando
    ("64542", "64320", 45.0),  // Urdos – Laruns
    ("38129", "38186", 42.0),  // Corrençon – Gresse-en-Vercors
    ("05064", "05096", 45.0),  // La Chapelle-en-Valgaudémar – Orcières
    ("78410", "95651", 16.0),  // Moisson – Vétheuil
    ("97219", "97211", 50.0),  // Le Prêcheur – Grand'Rivière
    ("15219", "15049", 38.0),  // Salers – Cheylade
    ("2B298", "2B033", 23.0),  // Saint-Florent – Bastia: by Teghime
    ("73306", "73307", 20.0),  // Valloire – Valmeinier
    ("73227", "73015", 25.0),  // Courchevel – Les Allues
    ("06067", "06113", 18.0),  // Gorbio – Sainte-Agnès
    ("74063", "74191", 41.0),  // Châtel – Morzine
    ("07113", "07291", 22.0),  // Labastide-de-Virac – Saint-Remèze
    ("15113", "15066", 27.0),  // Mandailles – Le Falgoux: closed from November to April
    ("2A040", "2A031", 38.0),  // Bocognano – Bastelica: no road over the crest
    ("06127", "06129", 28.0),  // Saint-Martin-Vésubie – Saint-Sauveur-sur-Tinée: by Valdeblore
    ("33349", "33080", 14.0),  // Quinsac – Cadaujac: no bridge
    ("26271", "07097", 18.0),  // La Roche-de-Glun – Glun: the same
    ("05177", "05044", 34.0),  // Vars – Crévoux
    ("06086", "06023", 32.0),  // Moulinet – Breil-sur-Roya
    ("73107", "38075", 26.0),  // Entremont-le-Vieux – Chapareillan: by the Granier
    ("30339", "30231", 40.0),  // Val-d'Aigoual – Saint-André-de-Valborgne
    ("37025", "37139", 15.0),  // Berthenay – Luynes: the Loire
    ("45270", "45164", 16.0),  // Saint-Benoît-sur-Loire – Guilly: the same
    ("84027", "30084", 18.0),  // Caderousse – Codolet: the Rhône
    ("07076", "26353", 18.0),  // Cruas – Les Tourrettes: the same
];

fn commune<'a>(france: &'a France, code: &str) -> (CommuneIx, &'a Commune) {
    let ordinal = france.atlas.places().by_code(CommuneCode::parse(code).unwrap()).unwrap();
    (ordinal, &france.atlas.communes()[ordinal])
}

/// Minutes by car between two town halls as `/api/times` has them; infinite where no way is known.
fn minutes(france: &France, from: &str, to: &str, season: Season) -> f64 {
    let [from, to] = [from, to].map(|code| commune(france, code).1.point.unwrap());
    let journey = france.atlas.journeys(Mode::Car, season, &[(from, to)]).pop().flatten();
    journey.map_or(f64::INFINITY, |journey| journey.time.minutes())
}

#[test]
fn no_false_neighbour_is_near() {
    let Some(france) = france() else { return };
    let mut wrong = Vec::new();
    for (from, to, least) in FALSE_NEIGHBOURS {
        let found = minutes(france, from, to, Season::AllYear);
        println!("{} – {}: {found:.1} min, at least {least}", commune(france, from).1.name, commune(france, to).1.name);
        if found < *least {
            wrong.push((from, to, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn nobody_of_a_false_neighbour_is_served_there_as_if_straight_on() {
    let Some(france) = france() else { return };
    let (atlas, analysis) = (&france.atlas, france.atlas.analysis());
    for (from, to, least) in FALSE_NEIGHBOURS {
        let (here, there) = (commune(france, from).0, commune(france, to).0);
        for point in analysis.divided.parts.points_of(here) {
            let Some(nearest) = analysis.access.nearest(Mode::Car)[point].nearest() else { continue };
            if atlas.venue_commune(VenueIx::of_site(nearest.site)) == Some(there) {
                // People of one commune may live nearer to the other than its town hall does.
                assert!(nearest.time.minutes() > 0.6 * least, "{from} {to}: {} min", nearest.time.minutes());
            }
        }
    }
}

#[test]
fn a_pass_is_open_in_summer_only() {
    let Some(france) = france() else { return };
    let (winter, summer) =
        (minutes(france, "73040", "73304", Season::AllYear), minutes(france, "73040", "73304", Season::Summer));
    assert!(summer < 75.0 && winter > 120.0, "Bessans – Val-d'Isère: {summer} min in summer, {winter} in winter");
    let served = |(code, others): (&str, &[&str])| {
        let (here, _) = commune(france, code);
        for point in france.atlas.analysis().divided.parts.points_of(here) {
            let nearest = france.atlas.analysis().access.nearest(Mode::Car)[point].nearest().unwrap();
            let there = france.atlas.venue_commune(VenueIx::of_site(nearest.site)).unwrap();
            let there = france.atlas.communes()[there].code;
            assert!(!others.contains(&there.as_str()), "{code} is served in {there} over a pass that is closed");
        }
    };
    served(("73040", &["73304"]));
    served(("05093", &["05161", "05079"]));
    served(("2B023", &["2B047"]));
}

#[test]
fn islands_keep_their_own_venues_and_those_with_bridges_the_mainland() {
    let Some(france) = france() else { return };
    let (atlas, analysis) = (&france.atlas, france.atlas.analysis());
    // Sein, Ouessant, two towns of Ré, two of Oléron, Noirmoutier, Honfleur: a venue of their own, minutes away.
    for code in ["29083", "29155", "17318", "17161", "17337", "17093", "85163", "14333"] {
        let (here, named) = commune(france, code);
        let nearest = analysis.access.nearest(Mode::Car)[mediane::domain::PointIx::of_commune(here)].nearest();
        assert!(nearest.is_some_and(|nearest| nearest.time.minutes() < 10.0), "{}: {nearest:?}", named.name);
    }
    // Molène and Arz have no venue, and no boat takes a car: whoever has one is hardly sooner there than who walks.
    for code in ["29084", "56088"] {
        let (island, named) = commune(france, code);
        let by = |mode: Mode| analysis.access.nearest(mode)[mediane::domain::PointIx::of_commune(island)].nearest();
        let [car, walk] = [Mode::Car, Mode::Walk].map(|mode| by(mode).unwrap().time.minutes());
        println!("{}: {car:.0} minutes by car, {walk:.0} on foot", named.name);
        assert!(60.0 < car && car <= walk && walk < car + 45.0, "{}: {car}, {walk}", named.name);
    }
    for (from, to) in [("17318", "17300"), ("17337", "17306"), ("85163", "85011"), ("14333", "76351")] {
        let found = minutes(france, from, to, Season::AllYear);
        assert!((10.0..120.0).contains(&found), "{from} {to}: {found}");
    }
    assert_eq!(atlas.communes()[commune(france, "17318").0].departement, "17");
}

/// The dumb twin of the chart: every two hundredth place of France, looked at each fifty metres on the contours themselves.
/// Degrees from a beach within which one is not at sea, some 250 m.
const BEACH: f64 = 0.0025;

#[test]
fn nobody_goes_straight_over_more_than_a_kilometre_of_water() {
    let Some(france) = france() else { return };
    let (atlas, analysis) = (&france.atlas, france.atlas.analysis());
    let demand = analysis.access.times().demand();
    let (mut looked, mut wrong) = (0, Vec::new());
    let communes: Vec<CommuneIx> = atlas.communes().keys().collect();
    let points = communes.iter().flat_map(|commune| analysis.divided.parts.points_of(*commune));
    for point in points.step_by(23) {
        let from = &demand.points[point];
        let Some((at, nearest)) = from.position.zip(analysis.access.nearest(Mode::Car)[point].nearest()) else {
            continue;
        };
        let Some((to, _)) = atlas.venue_spot(VenueIx::of_site(nearest.site)) else { continue };
        let (a, b) = (Point::new(at.lon(), at.lat()), Point::new(to.lon(), to.lat()));
        let metres = Haversine.distance(a, b);
        // Whoever goes round takes longer than straight on.
        let straight = Assumptions::default().time(Mode::Car, from, Metres::new(metres).unwrap());
        if metres < 1_000.0 || nearest.time.0.abs_diff(straight.0) > 2 {
            continue;
        }
        let from = at;
        looked += 1;
        let steps = (metres / 50.0).ceil() as usize;
        let (mut run, mut longest) = (0.0_f64, 0.0_f64);
        for step in 0..=steps {
            let part = step as f64 / steps as f64;
            let lon = from.lon() + (to.lon() - from.lon()) * part;
            let lat = from.lat() + (to.lat() - from.lat()) * part;
            // Along a beach a way may lie a little off it: the cells of the chart are 400 m wide.
            let off = [(0.0, 0.0), (BEACH, 0.0), (-BEACH, 0.0), (0.0, BEACH), (0.0, -BEACH)];
            let on_land = off.into_iter().any(|(east, north)| {
                let at = Position::new(Degrees { lon: lon + east, lat: lat + north });
                at.is_ok_and(|at| atlas.commune_at(at).is_some())
            });
            run = if on_land { 0.0 } else { run + metres / steps as f64 };
            longest = longest.max(run);
        }
        // Cells of 400 m: a kilometre is told to within some of them. Collectivities overseas have no contours.
        let charted = atlas.commune_at(from).is_some();
        if charted && longest > 2_000.0 {
            wrong.push((from, to, longest, nearest.time.minutes()));
        }
    }
    assert!(looked > 3_000, "{looked}");
    assert!(wrong.is_empty(), "{} of {looked}: {:?}", wrong.len(), &wrong[..wrong.len().min(5)]);
}

#[test]
fn whoever_lives_on_the_mainland_has_a_way() {
    let Some(france) = france() else { return };
    let (atlas, analysis) = (&france.atlas, france.atlas.analysis());
    let all: Vec<CommuneIx> = atlas.communes().keys().collect();
    let need = analysis.need(atlas, mediane::domain::need::Preset::USUAL).unwrap();
    let mut lost: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    for commune in &all {
        for (point, persons) in analysis.points(need, std::slice::from_ref(commune)) {
            if analysis.access.nearest(Mode::Car)[point].nearest().is_none() {
                let one = &atlas.communes()[*commune];
                *lost.entry(format!("{} {}", one.code, one.name)).or_default() += persons.unwrap_or(0);
            }
        }
    }
    println!("{lost:?}");
    // Islands and islets, such as Frioul, and the forest of Guyane; never a town.
    let known = |name: &str| ["85113", "97353", "98"].iter().any(|code| name.starts_with(code));
    let towns: Vec<_> = lost.iter().filter(|(name, persons)| !known(name) && **persons > 250).collect();
    assert!(towns.is_empty(), "{towns:?}");
    let total: u32 = lost.values().sum();
    assert!(total < 8_000, "{total} persons have no way by car");
}

#[test]
fn minutes_shown_beside_the_nearest_venues_are_those_of_the_way() {
    let Some(france) = france() else { return };
    let address = serve_on_free_port(State::new(std::sync::Arc::clone(&france.atlas), noon));
    let client = reqwest::blocking::Client::builder().timeout(std::time::Duration::from_mins(2)).build().unwrap();
    let mut across = 0;
    for (from, to, least) in FALSE_NEIGHBOURS {
        let Some(at) = commune(france, from).1.point else { continue };
        let path = format!("http://{address}/api/nearest?position={},{}&limit=20&mode=car", at.lon(), at.lat());
        let found: Value = serde_json::from_str(&client.get(&path).send().unwrap().text().unwrap()).unwrap();
        for feature in found["features"].as_array().unwrap() {
            let told = &feature["properties"];
            let minutes = told["minutes"].as_f64();
            assert_eq!(minutes.is_none(), told["minutes_basis"] == "none", "{told}");
            if told["commune"] == *to {
                across += 1;
                assert!(minutes.is_none_or(|minutes| minutes > 0.6 * least), "{from} {to}: {told}");
                assert_ne!(told["minutes_basis"], Basis::Estimate.name(), "{from} {to}: {told}");
            }
        }
    }
    assert!(across > 5, "{across} venues of false neighbours were met");
}
