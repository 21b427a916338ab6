//! Moves, hours and conventions: what they change, and that the short way to sum it is the long one.

use mediane::access::{Decay, Mode, Site, Threshold, supply_per_person};
use mediane::atlas::{Atlas, Leaves};
use mediane::domain::{CommuneCode, Hours, Location, PointIx, Post, SiteIx};
use mediane::scenario::document::Document;
use mediane::scenario::{Question, resolve};
use serde_json::{Value, json as value};
use typed_index_collections::TiVec;

use super::country::ask;
use super::{header, json, refused};
use crate::support::sample_leaves;

const PATH: &str = "/api/access/what-if";

fn asked(changes: &Value, more: &str) -> String {
    let escaped: String = changes.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{PATH}?changes={escaped}{more}")
}

/// The sample country with two employers, in a list of last year and in one of this year.
fn atlas() -> Atlas {
    let post = |structure: &str, commune: &str, posts| Post {
        district: None,
        structure: structure.into(),
        name: "Employeur".into(),
        commune: CommuneCode::parse(commune),
        public_employer: Some(true),
        posts,
        validated: None,
        state_eur: None,
        zrr: None,
        qpv: None,
        location: Location::Unknown,
        source: "postes".into(),
    };
    let mut leaves: Leaves = sample_leaves();
    leaves.posts = vec![post("21230096900016", "23096", 3), post("21870001000011", "87001", 1)];
    leaves.venues[2].hours = Hours::Osm("Mo-Fr 09:00-17:00".into());
    Atlas::bind(leaves)
}

fn question(atlas: &Atlas, document: &Value) -> Question {
    let document: Document = serde_json::from_value(document.clone()).unwrap();
    resolve(Document { denominator: Some("20pc".into()), ..document }, atlas).unwrap()
}

/// Hours per person as the tables of access sum them, over every site of the country.
fn the_long_way(atlas: &Atlas, question: &Question) -> TiVec<PointIx, f64> {
    let (analysis, need) = (atlas.analysis(), question.outcome(atlas).unwrap().need);
    let mut supply = analysis.supply.hours.clone();
    for (&venue, &hours) in &question.timed {
        supply[SiteIx::of_venue(venue)] = hours;
    }
    supply.truncate(analysis.access.ordinals().into());
    supply.extend(question.opened(atlas).into_iter().map(|(_, hours)| hours));
    let persons: TiVec<PointIx, f64> =
        need.estimate.persons.iter().map(|persons| f64::from(persons.unwrap_or(0))).collect();
    let (mode, change, decay) = (question.mode, question.change(atlas), Decay::default());
    // A site without supply neither takes nor gives.
    change.closed.iter().for_each(|&site| supply[site] = 0.0);
    let within = |sites: &[Site]| analysis.access.times().within(mode, sites, decay.limit());
    supply_per_person(&[&within(analysis.access.sites()), &within(&change.added)], &supply, &persons, &decay)
}

#[test]
fn the_difference_alone_gives_what_summing_everything_again_gives() {
    let atlas = atlas();
    for document in [
        value!({ "close": ["v-centre"] }),
        value!({ "close": ["v-centre", "v-bib"], "add": [{ "position": [1.86, 46.18], "hours_per_year": 100 }] }),
        value!({ "move": [{ "venue": "v-bib", "position": [1.96, 46.16] }] }),
        value!({ "hours": [{ "venue": "v-bib", "hours_per_year": 0 }, { "venue": "v-hub", "opening_hours": "Sa 09:00-12:00" }] }),
        value!({
            "close": ["v-atelier"],
            "move": [{ "venue": "v-bib", "position": [1.96, 46.16] }],
            "hours": [{ "venue": "v-bib", "hours_per_year": 2000 }],
            "add": [{ "position": [55.44, -20.87] }, { "position": [1.95, 46.05], "opening_hours": "Mo-Fr 08:00-20:00" }],
        }),
    ] {
        for mode in Mode::ALL {
            let mut document = document.clone();
            document["mode"] = mode.name().into();
            let question = question(&atlas, &document);
            let outcome = question.outcome(&atlas).unwrap();
            let long = the_long_way(&atlas, &question);
            for (i, (after, before)) in long.iter().zip(&outcome.need.hours_per_person[mode]).enumerate() {
                match outcome.changed.iter().find(|changed| usize::from(changed.commune) == i) {
                    Some(changed) => {
                        let told = changed.hours[1].unwrap();
                        assert!((told - after).abs() <= 1e-6 * after.abs().max(1.0), "{document} {i}: {told} {after}");
                    }
                    None => assert!((after - before).abs() < 1e-4, "{document} {i}: {after} {before}"),
                }
            }
        }
    }
}

#[test]
fn conventions_that_end_take_their_hours_and_no_venue() {
    let atlas = atlas();
    let outcome = |document: &Value| {
        let question = question(&atlas, document);
        let outcome = question.outcome(&atlas).unwrap();
        (
            outcome.sides,
            outcome.gained(Threshold::Fifteen),
            question.stopped.values().sum::<u32>(),
            question.sentences(&outcome),
        )
    };
    let (sides, gained, stopped, sentences) = outcome(&value!({ "stop": [{ "commune": "23096" }] }));
    assert_eq!((gained, stopped, sides[0].hours), (Some(0), 3, sides[1].hours));
    assert!(sides[0].post_hours.unwrap() > sides[1].post_hours.unwrap() && sides[1].post_hours.unwrap() > 0.0);
    assert!(sentences[1].starts_with("Heures de conseillers à portée"), "{sentences:?}");
    let one = outcome(&value!({ "stop": [{ "employer": "21230096900016", "posts": 1 }] }));
    assert_eq!(one.2, 1);
    assert!(one.0[1].post_hours > sides[1].post_hours);
    let all = outcome(
        &value!({ "stop": [{ "employer": "21230096900016" }, { "commune": "23096" }, { "commune": "87001" }] }),
    );
    assert_eq!((all.2, all.0[1].post_hours), (4, Some(0.0)), "a post ends once");
}

#[test]
fn a_venue_that_moves_is_near_elsewhere_and_one_that_opens_less_is_as_near() {
    let moved = value!({ "move": [{ "venue": "v-reunion", "position": [8.75, 41.95] }] });
    let answer = json(&asked(&moved, "&denominator=20pc"));
    let minutes = |code: &str, when: &str| {
        let communes = answer["communes"].as_array().unwrap();
        communes.iter().find(|commune| commune["code"] == code).unwrap()[when].clone()
    };
    assert_eq!(minutes("97411", "minutes_after"), Value::Null, "its land has no other venue");
    assert!(minutes("2A004", "minutes_after").as_f64().unwrap() < 30.0);
    let less = value!({ "hours": [{ "venue": "v-centre", "opening_hours": "Sa 09:00-10:00" }] });
    let answer = json(&asked(&less, "&territory=departements/23&denominator=20pc"));
    assert_eq!(answer["difference_persons_within"], 0);
    assert!(answer["before"]["hours_per_person_year"].as_f64() > answer["after"]["hours_per_person_year"].as_f64());
    assert!(answer["sentence"].as_str().unwrap().starts_with("Autant de personnes éloignées du numérique vivent"));
    let shared = answer["address"].as_str().unwrap().split_once("/api/").unwrap().1.to_owned();
    assert_eq!(json(&format!("/api/{shared}")), answer, "the address says it all");
}

#[test]
fn the_sentence_counts_in_french() {
    let answer = json(&format!("{PATH}?close=v-reunion&denominator=20pc"));
    let lost = answer["difference_persons_within"].as_i64().unwrap();
    assert!(lost < -1_000, "{lost}");
    let sentence = answer["sentence"].as_str().unwrap().replace('\u{a0}', " ");
    assert!(
        sentence.contains(
            "personnes éloignées du numérique de moins vivent à moins de 15 minutes en voiture d'un lieu d'aide."
        ),
        "{sentence}"
    );
    assert!(sentence.split(' ').next().unwrap().contains('\u{202f}'), "{sentence}");
}

#[test]
fn the_communes_that_change_are_a_table_and_a_map() {
    let question = format!("{PATH}?close=v-centre,v-bib&territory=departements/23&denominator=20pc");
    let told = json(&question);
    let map = json(&format!("{question}&format=geojson"));
    assert_eq!(map["features"].as_array().unwrap().len(), told["communes"].as_array().unwrap().len());
    let first = &map["features"][0];
    assert_eq!(first["geometry"]["type"], "MultiPolygon");
    assert_eq!(first["properties"]["hours_after"], told["communes"][0]["hours_after"]);
    let csv = ask(&format!("{question}&format=csv"));
    assert_eq!(header(&csv, "content-disposition"), "attachment; filename=\"mediane-what-if-departements-23.csv\"");
    let text = csv.text().unwrap();
    assert!(text.starts_with("level,code,name,persons_in_need,minutes_before,minutes_after,within_before"), "{text}");
    assert!(text.contains("\"Guéret, \"\"préfecture\"\"\""), "{text}");
}

#[test]
fn changes_that_contradict_or_mean_nothing_are_refused_by_name() {
    let refuse = |changes: Value, status, param: &str| refused(&asked(&changes, ""), status, param);
    let at = [1.9, 46.1];
    refuse(value!({ "close": ["v-bib"], "move": [{ "venue": "v-ancien", "position": at }] }), 400, "move");
    refuse(value!({ "hours": [{ "venue": "v-bib" }] }), 400, "hours");
    refuse(
        value!({ "hours": [{ "venue": "v-bib", "hours_per_year": 1, "opening_hours": "24/7" }] }),
        400,
        "opening_hours",
    );
    refuse(value!({ "hours": [{ "venue": "v-bib", "hours_per_year": -1 }] }), 400, "hours_per_year");
    refuse(value!({ "hours": [{ "venue": "v-bib", "hours_per_year": 8785 }] }), 400, "hours_per_year");
    refuse(value!({ "hours": [{ "venue": "v-bib", "opening_hours": "sur rendez-vous" }] }), 400, "opening_hours");
    refuse(value!({ "add": [{ "position": at, "label": "inconnu" }] }), 400, "label");
    refuse(value!({ "add": [{ "position": at, "name": " " }] }), 400, "name");
    refuse(value!({ "add": [{ "position": [46.1, 1.9] }] }), 400, "position");
    refuse(value!({ "stop": [{}] }), 400, "stop");
    refuse(value!({ "stop": [{ "employer": "1", "commune": "23096" }] }), 400, "stop");
    refuse(value!({ "stop": [{ "employer": "21230096900016" }] }), 400, "stop");
    refuse(value!({ "stop": [{ "commune": "99999" }] }), 404, "commune");
    refuse(value!({ "cost": 1 }), 400, "changes");
    refuse(value!({}), 400, "close");
    refused(&format!("{PATH}?close=v-bib&format=pdf"), 400, "format");
}
