//! Need and coverage: everything adds up, and every choice can be made and refused.

use serde_json::{Value, json as value};

use super::{json, refused, row, rows, sum};

#[test]
fn persons_add_up_to_the_denominator_at_every_level() {
    for denominator in ["15pc", "insee-2021"] {
        for by in ["communes", "epcis", "departements", "regions"] {
            let answer = json(&format!("/api/need?by={by}&denominator={denominator}"));
            let national = answer["parameters"]["denominator_persons"].as_u64().unwrap();
            assert_eq!(sum(&answer, "persons_in_need"), national, "{by} {denominator}");
            assert_eq!(answer["summary"][0]["persons_in_need"], national);
            for part in ["population", "persons_offline", "persons_weak_skills", "persons_expected", "communes"] {
                assert_eq!(answer["summary"][0][part], sum(&answer, part), "{by} {part}");
            }
            let split = sum(&answer, "persons_offline") + sum(&answer, "persons_weak_skills");
            assert_eq!(split, national, "{by}: two profiles, nobody twice");
        }
    }
    let unsaid = json("/api/need?by=communes&denominator=20pc");
    let offline = (&unsaid["summary"][0]["persons_offline"], &unsaid["parameters"]["offline_share"]);
    assert_eq!(offline, (&Value::Null, &Value::Null), "no text says how many of the 20 % are offline");
    // Two texts count two things: the words beside the number are those of the one that was asked for.
    let who =
        |denominator: &str| json(&format!("/api/need?denominator={denominator}"))["parameters"]["offline_who"].clone();
    assert_eq!(who("20pc"), Value::Null);
    assert_eq!(who("15pc"), "n'ont pas utilisé internet depuis trois mois");
    let population: u64 = 225_600;
    assert_eq!(json("/api/need?denominator=20pc")["parameters"]["denominator_persons"], population / 5);
}

#[test]
fn what_belongs_to_no_territory_has_a_line_of_its_own() {
    // D17
    let answer = json("/api/need?by=epcis");
    let unknown = row(&answer, None);
    assert_eq!((&unknown["communes"], &unknown["population"]), (&value!(4), &value!(220_700)));
    assert_eq!(sum(&answer, "communes"), 9, "every commune once");
    assert_eq!(answer["unknown"], value!({ "communes_of_unknown_population": 1, "codes": ["23100"] }));
    let inside = json("/api/need?territory=departements/23&by=epcis");
    assert_eq!(row(&inside, Some("200000001"))["whole"], false);
    assert_eq!(row(&inside, Some("200034825"))["whole"], true);
    assert_eq!(rows(&inside).len(), 2, "the whole département is in EPCI: no line for the rest");
    let nobody = json("/api/need?territory=departements/2A&by=communes");
    assert_eq!(nobody["unknown"]["communes_of_unknown_population"], 0, "said even when there is none");
}

#[test]
fn a_commune_of_unknown_population_is_null_in_its_row() {
    // D7
    let answer = json("/api/need?territory=departements/23&by=communes");
    let unknown = row(&answer, Some("23100"));
    for column in ["population", "persons_in_need", "share_in_need", "persons_expected", "rank_index", "filled_from"] {
        assert_eq!(unknown[column], Value::Null, "{column}");
    }
    assert_eq!(unknown["communes_unknown"], 1);
    let gueret = row(&answer, Some("23096"));
    assert_eq!(gueret["rank_criteria"], 1, "the poverty rate is missing");
    assert_eq!(gueret["rank_index"], Value::Null, "no index on other criteria than the neighbours'");
    assert_eq!(row(&answer, Some("23008"))["rank_criteria"], 2);
}

#[test]
fn a_small_country_cannot_bear_a_great_number_and_says_so() {
    let problem = refused("/api/need?denominator=13m", 400, "denominator");
    assert_eq!(problem["code"], "denominator-too-large");
    assert_eq!(json("/api/need")["parameters"]["denominator"], "15pc", "the first that it can bear");
    refused("/api/need?denominator=12m", 400, "denominator");
}

#[test]
fn weights_that_mean_nothing_are_refused_by_name() {
    for weights in [
        "poverty-rate:0",
        "poverty-rate:0,share-65-plus:0",
        "poverty-rate:-1",
        "poverty-rate:NaN",
        "poverty-rate:inf",
        "poverty-rate:1e3",
        "poverty-rate:1001",
        "poverty-rate",
        "poverty-rate:",
        "poverty-rate:1,poverty-rate:2",
        "richesse:1",
    ] {
        let problem = refused(&format!("/api/need?weights={weights}"), 400, "weights");
        assert_eq!(problem["code"], "invalid-weights", "{weights}");
    }
    refused("/api/need?frame=world", 400, "frame");
}

#[test]
fn the_index_follows_weights_and_frame() {
    let ajain = |query: &str| {
        let answer = json(&format!("/api/need?territory=departements/23&by=communes{query}"));
        row(&answer, Some("23008"))["rank_index"].as_f64().unwrap()
    };
    let poor = ajain("&weights=poverty-rate:1,share-65-plus:0");
    let old = ajain("&weights=poverty-rate:0,share-65-plus:1");
    assert!(poor < old, "Ajain is rich and old: {poor} {old}");
    let mean = ajain("&weights=poverty-rate:1,share-65-plus:1");
    assert!((mean - f64::midpoint(poor, old)).abs() < 1e-3, "{mean}");
    assert!((ajain("") - mean).abs() < 1e-9, "equal weights are the default");
    assert!((ajain("&weights=poverty-rate:3,share-65-plus:1") - (3.0 * poor + old) / 4.0).abs() < 1e-3);
    let own = json("/api/need?territory=departements/23&by=communes&frame=own&weights=poverty-rate:1");
    assert_eq!(row(&own, Some("23097"))["rank_index"], 6.0, "the poorer of two opens the upper half");
    assert_eq!(row(&own, Some("23096"))["rank_index"], Value::Null, "nothing known: no score, not a low one");
    assert_eq!(own["parameters"]["frame"], "own");
}

#[test]
fn coverage_adds_up_and_grows_with_the_threshold() {
    for mode in ["walk", "bicycle", "car"] {
        let answer = json(&format!("/api/coverage?by=communes&mode={mode}"));
        let mut before = 0;
        for minutes in [10, 15, 20, 30] {
            let within = sum(&answer, &format!("persons_within_{minutes}_min"));
            assert!(within >= before, "{mode} {minutes}");
            let beyond = sum(&answer, &format!("persons_beyond_{minutes}_min"));
            assert_eq!(within + beyond, sum(&answer, "persons_located"), "{mode} {minutes}");
            assert_eq!(answer["summary"][0][format!("persons_within_{minutes}_min")], within);
            before = within;
        }
        let counted = sum(&answer, "persons_located") + sum(&answer, "persons_unlocated");
        assert_eq!(counted, answer["parameters"]["denominator_persons"].as_u64().unwrap(), "{mode}: nobody is lost");
    }
    let nowhere = json("/api/coverage?territory=communes/87002&threshold_min=15");
    assert_eq!(nowhere["rows"][0]["share_within_15_min"], Value::Null, "nobody can be placed: no share at all");
    assert_eq!(nowhere["rows"][0]["persons_within_10_min"], Value::Null, "one threshold was asked for");
    refused("/api/coverage?threshold_min=12", 400, "threshold_min");
    refused("/api/coverage?mode=train", 400, "mode");
}

#[test]
fn only_the_venues_that_are_asked_for_count() {
    let all = json("/api/coverage?territory=departements/23&threshold_min=15&mode=bicycle");
    for filter in ["label=france-services", "service=aide-aux-demarches-administratives", "pass_numerique=true"] {
        let some = json(&format!("/api/coverage?territory=departements/23&threshold_min=15&mode=bicycle&{filter}"));
        assert!(sum(&some, "persons_within_15_min") <= sum(&all, "persons_within_15_min"), "{filter}");
        assert_eq!(some["parameters"][filter.split('=').next().unwrap()], filter.split('=').nth(1).unwrap());
    }
    let nearest = |query: &str| {
        let answer = json(&format!("/api/access?territory=communes/23008{query}"));
        answer["rows"][0]["nearest_venue"].as_str().map(ToOwned::to_owned)
    };
    assert_eq!(nearest("").as_deref(), Some("v-atelier"));
    assert_eq!(nearest("&label=france-services").as_deref(), Some("v-centre"));
    assert_eq!(nearest("&fee=payant"), None, "no venue is known to ask for money: unreachable");
    let none = json("/api/access?territory=communes/23008&fee=payant");
    assert_eq!((&none["rows"][0]["reach"], &none["rows"][0]["minutes"]), (&value!("unreachable"), &Value::Null));
    refused("/api/access?label=inconnu", 400, "label");
    refused("/api/access?departement=23", 400, "departement");
}

#[test]
fn minutes_of_several_communes_are_weighted_by_persons() {
    let answer = json("/api/access?territory=departements/23&by=departements");
    let communes = json("/api/access?territory=departements/23&by=communes");
    // The dumb twin: as many copies of each commune's minutes as it has persons in need.
    let mut people: Vec<f64> = Vec::new();
    for row in rows(&communes) {
        if let Some(persons) = row["persons_in_need"].as_u64() {
            people.extend(std::iter::repeat_n(row["minutes"].as_f64().unwrap(), persons as usize));
        }
    }
    people.sort_by(f64::total_cmp);
    let at = |share: f64| people[((share * people.len() as f64).ceil() as usize).max(1) - 1];
    for (column, share) in [("minutes_p10", 0.1), ("minutes_median", 0.5), ("minutes_p90", 0.9)] {
        assert_eq!(answer["rows"][0][column].as_f64(), Some(at(share)), "{column}");
    }
}
