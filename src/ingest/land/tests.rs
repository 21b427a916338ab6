//! The two files are refused with line and column; and with ours, no false neighbour is served across water or a crest.

use std::sync::OnceLock;

use typed_index_collections::TiSlice;

use super::*;
use crate::access::land::{End, LandSearch, Link, Start, Way};
use crate::access::{Assumptions, Demand, Land, Landmass, Season};
use crate::domain::{Commune, CommuneCode, Level, Metres, PointIx};
use crate::ingest::reference::{self, Reference};
use crate::spatial::sphere;

fn refused(file: &str, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
    for name in ["crossings.csv", "barriers.csv"] {
        std::fs::copy(ours.join(name), folder.path().join(name)).unwrap();
    }
    let path = folder.path().join(file);
    let whole = std::fs::read_to_string(&path).unwrap();
    let header = whole.lines().next().unwrap();
    std::fs::write(path, format!("{header}\n{text}\n")).unwrap();
    read(folder.path()).unwrap_err()
}

#[test]
fn a_row_that_cannot_be_is_refused_with_its_file_line_and_column() {
    for (row, expected) in [
        ("Pont,viaduct,2,46,2.1,46,2,,car,,x", "kind \"viaduct\": expected one of bridge"),
        ("Pont,bridge,46,2,2.1,46,2,,car,,x", "from_lon, from_lat: position 46,2 is outside France; longitude"),
        ("Pont,bridge,2,46,2.1,46,-2,,car,,x", "minutes -2: expected minutes from 0 to 600"),
        ("Pont,bridge,2,46,2.1,46,2,,boat,,x", "modes \"boat\": expected one of walk"),
        ("Col,pass,2,46,2.1,46,2,,car,10-6,x", "open_months \"10-6\""),
        (",pass,2,46,2.1,46,2,,car,,x", "name"),
    ] {
        let said = refused("crossings.csv", row);
        assert!(said.contains("crossings.csv: line 2: ") && said.contains(expected), "{said}");
    }
    for (row, expected) in [
        ("Lac,lake,01001,,,x", "expected either side_a and side_b"),
        ("Lac,lake,,,LINESTRING(2 46),x", "a line of two points or more"),
        ("Lac,lake,,,LINESTRING(2 46;3 46),x", "expected LINESTRING(lon lat,"),
        ("Lac,pond,,,\"LINESTRING(2 46,3 46)\",x", "kind \"pond\""),
    ] {
        let said = refused("barriers.csv", row);
        assert!(said.contains("barriers.csv: line 2: ") && said.contains(expected), "{said}");
    }
}

/// France as it stands in `data/territories`.
fn france() -> &'static (Reference, Land) {
    static FRANCE: OnceLock<(Reference, Land)> = OnceLock::new();
    FRANCE.get_or_init(|| {
        let reference = reference::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories")).unwrap();
        let contours = &reference.contours[&Level::Commune];
        let contour = |code: CommuneCode| contours.get(code.as_str()).map(AsRef::as_ref);
        let land = Land::new(&reference.communes.raw, contour, &reference.land);
        (reference, land)
    })
}

/// Minutes from the town hall of a commune to that of another, as the estimate has them; and whether it is straight on.
fn minutes(from: &str, to: &str, mode: Mode, season: Season) -> (Option<f64>, bool, Vec<String>) {
    let (reference, land) = france();
    let named = |code: &str| -> &Commune {
        let code = CommuneCode::parse(code).unwrap();
        &reference.communes.raw[reference.communes.raw.binary_search_by_key(&code, |commune| commune.code).unwrap()]
    };
    let (from, to) = (named(from), named(to));
    let [here, there] = [from, to].map(|commune| (commune.point.unwrap(), Landmass::of(commune.code)));
    let demand = Demand::of_communes(TiSlice::from_ref(std::slice::from_ref(from)), &[]);
    let (point, assumptions) = (&demand.points[PointIx::new(0)], Assumptions::default());
    let time = |metres: Metres| assumptions.time(mode, point, point.distance_elsewhere(metres)).minutes();
    if here.1 == there.1 && land.clear(here.1, here.0, there.0) {
        let metres = sphere::great_circle(sphere::chord2(here.0.unit_vector(), there.0.unit_vector()));
        return (Some(time(metres)), true, Vec::new());
    }
    let route = land.round(&Way::new(&assumptions, mode, season, End::People), here, there);
    let names = |rank: &u32| land.crossings()[*rank as usize].name.clone();
    match route {
        Some(route) => {
            let minutes = time(Metres::new(route.metres).unwrap()) + f64::from(route.crossing_s + route.afoot_s) / 60.0;
            (Some(minutes), false, route.crossings.iter().map(names).collect())
        }
        None => (None, false, Vec::new()),
    }
}

/// Codes of two communes, what was shown for them by car before this table stood, and the least and most that is true
/// (shared measure of November 2026: real minutes by road, a third more or less).
const PAIRS: &[(&str, &str, f64, f64, f64)] = &[
    ("56062", "56181", 2.0, 15.0, 35.0),   // Gâvres – Port-Louis
    ("56005", "56116", 7.3, 50.0, 100.0),  // Arzon – Locmariaquer
    ("56005", "56240", 0.0, 9.0, 20.0),    // Arzon – Sarzeau
    ("29238", "29019", 12.3, 46.0, 105.0), // Roscanvel – Brest: 70 by a fast road, and we go by the town halls
    ("29238", "29042", 0.0, 10.0, 20.0),   // Roscanvel – Crozon
    ("29104", "29043", 11.6, 23.0, 47.0),  // Landévennec – Daoulas
    ("33395", "33073", 10.3, 65.0, 135.0), // Saint-Estèphe – Braud-et-Saint-Louis
    ("33395", "33314", 0.0, 8.0, 18.0),    // Saint-Estèphe – Pauillac
    ("44080", "44116", 7.5, 26.0, 55.0),   // Lavau – Paimbœuf
    ("44080", "44195", 0.0, 8.0, 18.0),    // Lavau – Savenay
    ("27485", "76476", 5.5, 15.0, 47.0),   // Quillebeuf – Port-Jérôme, by the ferry or by Tancarville
    ("80228", "80721", 4.6, 12.0, 24.0),   // Le Crotoy – Saint-Valery
    ("73076", "73008", 6.6, 17.0, 47.0),   // La Chapelle-du-Mont-du-Chat – Aix-les-Bains: 35 by a road of hairpins
    ("05163", "05040", 12.4, 23.0, 47.0),  // Le Sauze-du-Lac – Chorges
    ("73206", "73227", 11.8, 23.0, 47.0),  // Pralognan – Courchevel
    ("73206", "73055", 0.0, 13.0, 27.0),   // Pralognan – Bozel
    ("05093", "05161", 14.1, 25.0, 51.0),  // Névache – La Salle-les-Alpes
    ("05093", "05023", 0.0, 18.0, 37.0),   // Névache – Briançon
    ("38375", "05063", 22.0, 56.0, 115.0), // Saint-Christophe-en-Oisans – La Grave
    ("2B023", "2B047", 16.9, 53.0, 108.0), // Asco – Calacuccia
    ("97611", "97608", 0.0, 20.0, 50.0),   // Mamoudzou – Dzaoudzi
    ("97219", "97211", 32.4, 50.0, 100.0), // Le Prêcheur – Grand'Rivière: round the Pelée
    ("15219", "15049", 29.9, 40.0, 75.0),  // Salers – Cheylade: the passes are closed in winter
    ("09029", "09030", 0.0, 65.0, 125.0),  // Aulus-les-Bains – Auzat
    ("2B205", "2B033", 10.3, 20.0, 35.0),  // Patrimonio – Bastia, by Teghime
    ("73306", "73307", 7.0, 25.0, 45.0),   // Valloire – Valmeinier, by the valley
    ("06067", "06113", 3.1, 18.0, 38.0),   // Gorbio – Sainte-Agnès, by Menton
    ("06068", "06010", 4.2, 12.0, 25.0),   // Gourdon – Le Bar-sur-Loup
    ("74001", "74238", 11.6, 23.0, 45.0),  // Abondance – Saint-Jean-d'Aulps, by the Corbier
    ("07113", "07291", 14.1, 22.0, 45.0),  // Labastide-de-Virac – Saint-Remèze
    ("05139", "05095", 23.1, 40.0, 80.0),  // Dévoluy – Le Noyer
];

#[test]
fn no_false_neighbour_is_served_across_water_or_a_crest() {
    let mut wrong = Vec::new();
    for (from, to, before, least, most) in PAIRS {
        let (now, straight, by) = minutes(from, to, Mode::Car, Season::AllYear);
        println!("{from} {to} {before} → {now:.1?} straight {straight} {by:?} expected {least} to {most}");
        if now.is_none_or(|now| !(*least..=*most).contains(&now)) {
            wrong.push((from, to, now));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// The same where a valley, a motorway or a dyke was not found: what was shown, and the most that is true.
const TOO_SLOW: &[(&str, &str, f64, f64)] = &[
    ("74056", "74258", 128.1, 85.0), // Chamonix – Samoëns: 68
    ("74273", "74208", 119.2, 75.0), // Sixt – Passy
    ("11170", "11266", 53.6, 40.0),  // Gruissan – Port-la-Nouvelle: 32
    ("51269", "51277", 36.8, 25.0),  // Giffaumont – Sainte-Marie-du-Lac
    ("13056", "13014", 65.9, 45.0),  // Martigues – Berre
    ("83126", "83137", 27.0, 20.0),  // La Seyne – Toulon
    ("06123", "06088", 18.6, 25.0),  // Saint-Laurent-du-Var – Nice, by a bridge since the Var is a barrier
    ("33529", "33009", 21.6, 12.0),  // La Teste – Arcachon: the town hall was that of Cazaux
];

#[test]
fn a_way_along_a_valley_or_a_bay_is_no_way_round_a_massif() {
    let mut wrong = Vec::new();
    for (from, to, before, most) in TOO_SLOW {
        let (now, _, by) = minutes(from, to, Mode::Car, Season::AllYear);
        println!("{from} {to} {before} → {now:.1?} {by:?}, at most {most}");
        if now.is_none_or(|now| now > *most) {
            wrong.push((from, to, now));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Island communes with a boat of the table, and where it leads.
const ISLANDS: &[(&str, &str)] = &[
    ("17004", "17168"), // Île-d'Aix – Fouras
    ("22016", "22210"), // Bréhat – Ploubazlanec
    ("29082", "29239"), // Batz – Roscoff
    ("29083", "29003"), // Sein – Audierne
    ("29084", "29040"), // Molène – Le Conquet
    ("29155", "29040"), // Ouessant – Le Conquet
    ("56069", "56121"), // Groix – Lorient
    ("56152", "56186"), // Le Palais – Quiberon
    ("56086", "56186"), // Houat – Quiberon
    ("56085", "56086"), // Hœdic – Houat
    ("56087", "56008"), // Île-aux-Moines – Baden: its pier is nearer to the town hall of the island
    ("56088", "56243"), // Arz – Séné
    ("85113", "85012"), // Yeu – La Barre-de-Monts
    ("97112", "97120"), // Grand-Bourg – Pointe-à-Pitre
    ("97110", "97125"), // La Désirade – Saint-François
    ("97131", "97132"), // Terre-de-Haut – Trois-Rivières
    ("97130", "97132"), // Terre-de-Bas – Trois-Rivières
    ("97130", "97131"), // Terre-de-Bas – Terre-de-Haut
    ("97701", "97801"), // Saint-Barthélemy – Saint-Martin
    ("97502", "97501"), // Saint-Pierre – Miquelon
    ("97608", "97611"), // Dzaoudzi – Mamoudzou
    ("98729", "98735"), // Moorea – Papeete
    ("98745", "98758"), // Tahaa – Uturoa
];

#[test]
fn a_boat_leads_from_its_island_to_the_other_shore_and_nowhere_without_it() {
    let mut wrong = Vec::new();
    for (island, shore) in ISLANDS {
        let (time, straight, by) = minutes(island, shore, Mode::Walk, Season::AllYear);
        // Whoever has a car leaves it at the quay where no boat takes it: nobody is cut off, or slower than who walks.
        let (by_car, ..) = minutes(island, shore, Mode::Car, Season::AllYear);
        println!("{island} {shore} {time:.0?} {by:?}, by car {by_car:.0?}");
        if by_car.is_none_or(|by_car| time.is_none_or(|time| by_car > time + 1.0)) {
            wrong.push((island, shore, by_car, vec!["by car".to_owned()]));
        }
        if straight || by.len() != 1 || time.is_none_or(|time| !(15.0..=900.0).contains(&time)) {
            wrong.push((island, shore, time, by));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Communes that no road leads to from the rest of the mainland, as far as we know.
#[test]
fn every_commune_of_the_mainland_is_joined_to_the_rest() {
    let (reference, land) = france();
    let placed: Vec<&Commune> = reference.communes.iter().filter(|commune| commune.point.is_some()).collect();
    let paris = placed.iter().position(|commune| commune.code.as_str() == "75056").unwrap() as u32;
    let way = Way::new(&Assumptions::default(), Mode::Car, Season::AllYear, End::Venues);
    let mut search = LandSearch::new(land.nodes());
    let start = Start { link: Link { to: paris, metres: 0.0 }, name: 0 };
    search.run(land, &way, [start], u32::MAX);
    let cut_off = |(node, commune): &(u32, &&Commune)| {
        Landmass::of(commune.code) == Landmass::MAIN && search.from(&[Link { to: *node, metres: 0.0 }], &way).is_none()
    };
    let lost: Vec<String> = (0..).zip(&placed).filter(cut_off).map(|(_, c)| format!("{} {}", c.code, c.name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_end_of_a_crossing_joins_the_land_around_it() {
    let (reference, land) = france();
    for crossing in &reference.land.crossings {
        for end in [crossing.from, crossing.to] {
            let chord2 = |commune: &&Commune| {
                commune.point.map_or(f64::INFINITY, |at| sphere::chord2(at.unit_vector(), end.unit_vector()))
            };
            let commune = reference.communes.iter().min_by(|a, b| chord2(a).total_cmp(&chord2(b))).unwrap();
            let links = land.attach(end, Landmass::of(commune.code));
            // The end itself is a place of the graph; on an islet without a town hall there is no other.
            assert!(
                crossing.kind == CrossingKind::Ferry && links.len() == 1
                    || links.iter().any(|link| link.metres > 0.0)
                    || links.len() > 1,
                "{} near {}",
                crossing.name,
                commune.name
            );
        }
    }
}
