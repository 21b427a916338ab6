//! All that is known of one territory, as JSON. What is unknown is null, never 0 (defect D7).

use serde_json::{Map, Value, json};

use super::choices::THRESHOLDS_MIN;
use super::scope::{Place, level_name};
use crate::access::{Coverage, Mode};
use crate::atlas::{Analysis, Atlas, Figures, Need};

/// Rounds for an answer: more decimals would say more than is known.
#[must_use]
pub fn rounded(number: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (number * scale).round() / scale
}

/// A part of a whole, to six decimals; `None` when there is no whole.
#[must_use]
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| rounded(part as f64 / whole as f64, 6))
}

/// Level, code and name.
#[must_use]
pub fn named(place: &Place) -> Map<String, Value> {
    [("level", level_name(place.level)), ("code", &place.code), ("name", &place.name)]
        .map(|(key, text)| (key.to_owned(), text.into()))
        .into_iter()
        .collect()
}

/// Everything that is known of a territory.
#[must_use]
pub fn figures(atlas: &Atlas, need: &Need, place: &Place) -> Value {
    written(atlas, need, &place.communes, &atlas.analysis().figures(atlas, need, &place.communes))
}

fn written(atlas: &Atlas, need: &Need, communes: &[u32], figures: &Figures) -> Value {
    // When no population is known, sums over the known ones say nothing.
    let known = figures.communes_unknown < figures.communes;
    let persons = |persons: u64| known.then_some(persons);
    let of_mode = |coverages: &[Coverage<4>; 3]| -> Map<String, Value> {
        let written = |mode: Mode| (mode.name().to_owned(), coverage(&coverages[mode as usize], known));
        Mode::ALL.map(written).into_iter().collect()
    };
    let [p10, median, p90] = figures.car_minutes.map_or([None; 3], |tails| tails.map(|m| Some(rounded(m, 2))));
    json!({
        "communes": figures.communes,
        "communes_unknown": figures.communes_unknown,
        "population": persons(figures.population),
        "persons_in_need": persons(figures.persons),
        "persons_in_need_low": persons(figures.interval.low),
        "persons_in_need_high": persons(figures.interval.high),
        "share_in_need": share(figures.persons, figures.population),
        "persons_offline": persons(figures.offline),
        "persons_weak_skills": persons(figures.weak_skills),
        "persons_expected": persons(figures.expected),
        "communes_filled": filled(need, communes),
        "coverage": of_mode(&figures.coverage),
        "coverage_france_services": of_mode(&figures.france_services),
        "minutes_p10": p10,
        "minutes_median": median,
        "minutes_p90": p90,
        "hours_per_person_year": figures.hours_per_person.map(|hours| rounded(hours, 4)),
        "gini": figures.gini.map(|gini| rounded(gini, 6)),
        "rank_index": figures.rank.map(|rank| rounded(rank, 3)),
        "venues": figures.venues,
        "venues_france_services": figures.venues_france_services,
        "venues_conseillers": figures.venues_conseillers,
        // An edition without any list of posts knows of none; that is not the same as none.
        "posts": (!atlas.posts().is_empty()).then_some(figures.posts),
    })
}

/// Communes whose age or diploma was taken from a larger territory.
#[must_use]
pub fn filled(need: &Need, communes: &[u32]) -> u32 {
    let coarser = |&&i: &&u32| need.estimate.bases[i as usize].fallback() > crate::domain::need::Rung::Commune;
    communes.iter().filter(coarser).count() as u32
}

fn coverage(coverage: &Coverage<4>, known: bool) -> Value {
    let persons = |persons: u64| known.then_some(persons);
    let within = (0..4).map(|i| {
        json!({
            "threshold_min": THRESHOLDS_MIN[i],
            "persons_within": persons(coverage.covered[i]),
            "share_within": share(coverage.covered[i], coverage.persons),
        })
    });
    json!({
        "persons_located": persons(coverage.persons),
        "persons_unreachable": persons(coverage.unreachable),
        "persons_unlocated": persons(coverage.nowhere),
        "communes_unknown": coverage.unknown,
        "within": within.collect::<Vec<_>>(),
    })
}

/// Which indicators the index of ranks rests on, as JSON.
#[must_use]
pub fn rank_basis(analysis: &Analysis) -> Map<String, Value> {
    let weights: Map<String, Value> = analysis.rank_criteria.iter().map(|id| ((*id).to_owned(), json!(1))).collect();
    Map::from_iter([("weights".to_owned(), Value::Object(weights)), ("frame".to_owned(), "nation".into())])
}
