//! A plan and the pages of territories have one clock: the persons within reach before a plan are those of the territory
//! page, and those after are those of the same places in a what-if; with the great circle, with cells and with roads.

use std::ops::ControlFlow;
use std::sync::Arc;

use typed_index_collections::TiSlice;

use mediane::access::roads::{RawWay, RoadBuilder, StopsCars, rules};
use mediane::access::{Change, Mode, Reach, Site, THRESHOLDS};
use mediane::atlas::{Atlas, Leaves, Roads};
use mediane::domain::need::Preset;
use mediane::domain::{Cell, CellSource, CommuneCode, Level, Metres, PointIx, Reading};
use mediane::placement::Threads;
use mediane::planning::{Answer, Request, Study};

use crate::support::{commune, position, sample_leaves};

/// The sample country with twelve more communes around it.
fn leaves() -> Leaves {
    let mut leaves = sample_leaves();
    for rank in 0..12_u32 {
        let (column, row) = (f64::from(rank % 4), f64::from(rank / 4));
        let code = format!("23{:03}", 200 + rank);
        let at = (1.7 + 0.09 * column, 46.0 + 0.11 * row);
        leaves.communes.push(commune(&code, &code, "23", Some("200034825"), at, 400 + 137 * (rank % 5)));
    }
    let communes = leaves.communes.len();
    leaves.indicators.iter_mut().for_each(|indicator| indicator.readings = vec![Reading::Known(10.0); communes].into());
    leaves
}

/// Cells for Guéret (3,000 inhabitants), far enough apart to differ.
fn with_cells(mut leaves: Leaves) -> Leaves {
    let cell = |rank: u32| Cell {
        commune: CommuneCode::parse("23096").unwrap(),
        centre: position(1.80 + 0.03 * f64::from(rank), 46.11 + 0.02 * f64::from(rank)),
        side: Metres::new(1_000.0).unwrap(),
        inhabitants: [400.0, 1_100.0, 900.0, 600.0][rank as usize],
        source: CellSource::Estimate,
    };
    leaves.cells = (0..4).map(cell).collect();
    leaves
}

/// A road along the middle of the country, slower than the great circle says.
pub fn with_roads(mut leaves: Leaves) -> Leaves {
    let nodes = 0..160_i64;
    let rules = rules(|key| (key == "highway").then_some("residential")).unwrap();
    let mut builder = RoadBuilder::new(vec![RawWay { nodes: nodes.clone().collect(), rules }]);
    for node in nodes {
        builder.place(node, position(1.70 + 0.002 * node as f64, 46.11), StopsCars::No);
    }
    leaves.roads = Some(Roads { network: Arc::new(builder.build()), source: "essai".into() });
    leaves
}

/// The answer and the sites it opens; nothing where no candidate is within reach of anybody.
fn answer(atlas: &Atlas, fields: &[(&str, String)]) -> Option<(Answer, Vec<Site>)> {
    let communes = [("candidates", "communes".to_owned())];
    let pairs: Vec<(String, String)> =
        fields.iter().chain(&communes).map(|(name, value)| ((*name).into(), value.clone())).collect();
    let study = Study::new(atlas, &Request::from_pairs(&pairs).unwrap()).ok()?;
    let plan = study.solve(Threads::One, &mut |_| ControlFlow::Continue(()));
    let answer = study.answer(&plan);
    let ordinals = atlas.analysis().access.new_ordinals();
    let opened = ordinals.zip(&answer.sites).map(|(ordinal, site)| {
        let commune = site.commune.map(|commune| (commune, atlas.communes()[commune].code));
        Site::in_commune(ordinal, site.position, commune)
    });
    let opened = opened.collect();
    Some((answer, opened))
}

#[test]
fn a_plan_and_the_page_of_its_territory_have_one_clock() {
    let (mut gained, mut answered) = (0, 0);
    for (what, leaves) in [
        ("crow fly", leaves()),
        ("cells", with_cells(leaves())),
        ("roads", with_roads(leaves())),
        ("cells and roads", with_roads(with_cells(leaves()))),
    ] {
        let atlas = Atlas::bind(leaves);
        let (analysis, need) =
            (atlas.analysis(), atlas.analysis().need(&atlas, Preset::named("20pc").unwrap()).unwrap());
        for (level, code, territory) in [
            (Level::Departement, "23", "departements/23"),
            (Level::Commune, "23096", "communes/23096"),
            (Level::Epci, "200034825", "epcis/200034825"),
        ] {
            let communes = atlas.communes_of(level, code).unwrap();
            for (mode, (rank, threshold)) in
                Mode::ALL.into_iter().flat_map(|mode| THRESHOLDS.into_iter().enumerate().map(move |at| (mode, at)))
            {
                let fields = [
                    ("territory", territory.to_owned()),
                    ("denominator", "20pc".to_owned()),
                    ("existing", "venues".to_owned()),
                    ("mode", mode.name().to_owned()),
                    ("minutes", (threshold.0 / 60).to_string()),
                    ("objective", "median".to_owned()),
                    ("posts", "1".to_owned()),
                    ("rounds", "5".to_owned()),
                ];
                let Some((answer, opened)) = answer(&atlas, &fields) else { continue };
                answered += 1;
                let page = analysis.coverage(need, analysis.access.nearest(mode), &communes, &THRESHOLDS);
                let label = format!("{what}, {territory}, {} {} min", mode.name(), threshold.0 / 60);
                assert_eq!(answer.summary.persons, page.persons, "{label}");
                assert_eq!(answer.summary.covered_before, page.covered[rank], "{label}");
                let scenario = analysis.access.scenario(&Change { added: opened, ..Change::default() });
                let after = analysis.coverage(need, &scenario.nearest(mode), &communes, &THRESHOLDS);
                assert_eq!(answer.summary.covered_after, after.covered[rank], "{label}");
                gained += answer.summary.covered_after - answer.summary.covered_before;
                // The mean way of the plan and that of its sites: the same persons, the same minutes.
                let mean = |reaches: &TiSlice<PointIx, Reach>| {
                    let points = analysis.points(need, &communes);
                    let known = points.filter_map(|(point, persons)| {
                        Some((f64::from(persons?), f64::from(reaches[point].time()?.0) / 60.0))
                    });
                    let (persons, minutes) =
                        known.fold((0.0, 0.0), |(p, m), (persons, time)| (p + persons, m + persons * time));
                    minutes / persons
                };
                for (told, reaches) in [
                    (answer.summary.minutes_before, analysis.access.nearest(mode)),
                    (answer.summary.minutes_after, &*scenario.nearest(mode)),
                ] {
                    assert!((told.unwrap() - mean(reaches)).abs() < 1e-9, "{label}: {told:?}");
                }
                // Nobody's way counts for more than the limit, and the same ways make the value.
                let capped = {
                    let points =
                        analysis.points(need, &communes).filter_map(|(point, persons)| Some((point, persons?)));
                    let way = |point: PointIx| {
                        scenario.nearest(mode)[point].time().map_or(threshold.0, |time| time.0.min(threshold.0))
                    };
                    let sum: f64 =
                        points.map(|(point, persons)| f64::from(persons) * f64::from(way(point)) / 60.0).sum();
                    sum / answer.summary.persons as f64
                };
                assert!((answer.summary.value - capped).abs() < 1e-9, "{label}: {} {capped}", answer.summary.value);
            }
        }
    }
    assert!(gained > 500 && answered > 100, "the plans bring something: {gained} in {answered}");
}

#[test]
fn cells_let_one_post_serve_a_part_of_a_commune() {
    let atlas = Atlas::bind(with_cells(leaves()));
    let fields = [
        ("territory", "communes/23096".to_owned()),
        ("demand", "population".to_owned()),
        ("existing", "none".to_owned()),
        ("mode", "walk".to_owned()),
        ("minutes", "30".to_owned()),
        ("posts", "1".to_owned()),
    ];
    let (answer, _) = answer(&atlas, &fields).unwrap();
    let summary = &answer.summary;
    assert_eq!(summary.persons, 3_000);
    assert!(0 < summary.covered_after && summary.covered_after < 3_000, "{summary:?}");
    let left: u64 = answer.left_out.iter().map(|left| left.persons).sum();
    assert_eq!(left, 3_000 - summary.covered_after, "a commune is left out in part");
}
