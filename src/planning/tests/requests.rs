//! What is asked reads back as it was written, and what makes no sense is refused by the name of its field.

use serde_json::json;

use super::country::atlas;
use super::request;
use crate::placement::{Pair, Pairs};
use crate::planning::instance::leave_out_of_reach;
use crate::planning::{FIELDS, Request, Study};

/// Requests that between them say every field.
fn samples() -> Vec<Request> {
    let all: [&[(&str, &str)]; 11] = [
        &[],
        &[("candidates", "hosts"), ("least_inhabitants", "800")],
        &[("territory", "departements/23"), ("posts", "5"), ("forced", "23001,23002"), ("forbidden", "23003")],
        &[("objective", "gradual"), ("mode", "walk"), ("minutes", "15"), ("none_minutes", "45"), ("seconds", "2.5")],
        &[("objective", "gradual"), ("radius_km", "4.2"), ("none_km", "12")],
        &[("objective", "set-cover"), ("share", "0.95"), ("budget_eur", "900000"), ("price_public_eur", "51000")],
        &[("objective", "capacity"), ("posts_per_site", "3"), ("hours_per_post", "900"), ("hours_per_person", "12.5")],
        &[("objective", "floor"), ("share", "0.4"), ("level", "epcis"), ("denominator", "8m")],
        &[("candidates", "listed"), ("sites", "a,2.1,46.1,Salle des fêtes, bourg;b,2.2,46.1"), ("stops", "4")],
        &[("candidates", "hosts"), ("sites", "Nom;Longitude;Latitude\nSalle;2,1;46,1\n"), ("forced", "ligne-2")],
        &[
            ("territory", "polygon/2,46;2.5,46;2.25,46.3"),
            ("renewed", "no"),
            ("horizon", "2024-01-01"),
            ("convention_months", "36"),
            ("price_private_eur", "39000"),
            ("stops", "2"),
            ("stop_minutes", "15"),
        ],
    ];
    all.iter().map(|fields| request(fields)).collect()
}

#[test]
fn a_request_reads_back_from_texts_and_from_json() {
    let mut said = Vec::new();
    for request in samples() {
        let pairs: Vec<(String, String)> =
            request.to_pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(Request::from_pairs(&pairs).unwrap(), request, "{pairs:?}");
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request, "{text}");
        said.extend(pairs.into_iter().map(|(name, _)| name));
    }
    let silent: Vec<&str> =
        FIELDS.iter().map(|field| field.name).filter(|name| !said.contains(&(*name).into())).collect();
    assert!(silent.is_empty(), "no sample says {silent:?}");
}

#[test]
fn the_default_question_is_that_of_the_national_plan() {
    let defaults = Request::from_pairs(&[]).unwrap();
    assert_eq!(defaults, Request::defaults());
    let json = defaults.to_json();
    assert_eq!(
        (&json["posts"], &json["existing"], &json["price_public_eur"]),
        (&json!(2_400), &json!("posts"), &json!(50_000))
    );
}

#[test]
fn a_mean_way_is_not_cut_off_at_ten_minutes() {
    let minutes = |objective: &str| request(&[("objective", objective)]).reach.cost() / 60;
    assert_eq!(["coverage", "gradual", "median", "centre"].map(minutes), [10, 10, 30, 60]);
}

#[test]
fn a_flag_may_have_hyphens_and_json_may_have_lists() {
    let flags = [("posts-per-site".to_owned(), "2".to_owned())];
    assert_eq!(Request::from_pairs(&flags).unwrap().posts_per_site, 2);
    let request = Request::from_json(&json!({"forced": ["23002", "23001"], "posts": 4, "seed": "7"})).unwrap();
    assert_eq!((request.forced, request.seed), (vec!["23001".to_owned(), "23002".to_owned()], 7));
}

#[test]
fn each_fault_names_its_field() {
    let cases: [(&str, &[(&str, &str)]); 37] = [
        ("request", &[("poste", "5")]),
        ("posts", &[("posts", "5"), ("posts", "6")]),
        ("posts", &[("posts", "-5")]),
        ("posts", &[("posts", "1e9")]),
        ("posts", &[("posts", "5"), ("budget_eur", "100000")]),
        ("radius_km", &[("radius_km", "NaN")]),
        ("radius_km", &[("radius_km", "inf")]),
        ("radius_km", &[("radius_km", "-3")]),
        ("minutes", &[("radius_km", "5"), ("minutes", "10")]),
        ("mode", &[("radius_km", "5"), ("mode", "car")]),
        ("mode", &[("mode", "plane")]),
        ("minutes", &[("minutes", "0")]),
        ("territory", &[("territory", "Creuse")]),
        ("territory", &[("territory", "canton/23")]),
        ("territory", &[("territory", "polygon/2,46;3,46")]),
        ("territory", &[("territory", "polygon/46,2;46,3;47,3")]),
        ("territory", &[("territory", "polygon/2,46;3,46;NaN,47")]),
        ("denominator", &[("denominator", "42m")]),
        ("candidates", &[("candidates", "cinemas")]),
        ("sites", &[("candidates", "listed")]),
        ("sites", &[("sites", "a,2,46;a,3,46")]),
        ("sites", &[("sites", "a,0,0,Nulle part")]),
        ("sites", &[("sites", "a,2")]),
        ("horizon", &[("renewed", "no")]),
        ("horizon", &[("horizon", "demain")]),
        ("forced", &[("forced", "23001"), ("forbidden", "23001")]),
        ("share", &[("share", "0.5")]),
        ("share", &[("objective", "floor"), ("share", "1.5")]),
        ("share", &[("objective", "floor"), ("share", "NaN")]),
        ("level", &[("objective", "median"), ("level", "epcis")]),
        ("objective", &[("objective", "best")]),
        ("none_minutes", &[("objective", "gradual"), ("minutes", "20"), ("none_minutes", "20")]),
        ("none_km", &[("objective", "gradual"), ("minutes", "20"), ("none_km", "30")]),
        ("price_public_eur", &[("price_public_eur", "0")]),
        ("stops", &[("stops", "6")]),
        ("stop_minutes", &[("stop_minutes", "10")]),
        ("seconds", &[("seconds", "NaN")]),
    ];
    for (field, fields) in cases {
        let pairs: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let error = Request::from_pairs(&pairs).expect_err("the request makes no sense");
        assert_eq!(error.field, field, "{fields:?}: {error}");
    }
}

#[test]
fn what_has_no_answer_in_this_country_names_its_field() {
    let atlas = atlas();
    let cases: [(&str, &[(&str, &str)]); 17] = [
        ("territory", &[("territory", "departements/99")]),
        ("territory", &[("territory", "polygon/-1,46;-1.1,46;-1,46.1")]),
        ("demand", &[("territory", "communes/87021"), ("posts", "1")]),
        ("candidates", &[("candidates", "venues")]),
        ("forced", &[("posts", "3"), ("forced", "75056")]),
        ("forced", &[("territory", "departements/23"), ("posts", "3"), ("forced", "87016")]),
        ("forbidden", &[("posts", "3"), ("forbidden", "75056")]),
        ("forbidden", &[("candidates", "libraries"), ("forbidden", "bib-1,bib-2"), ("posts", "1")]),
        ("posts", &[("posts", "0")]),
        ("posts", &[("posts", "1000000000")]),
        ("posts", &[("posts", "1"), ("forced", "23002,23003")]),
        ("budget_eur", &[("budget_eur", "49999")]),
        ("budget_eur", &[("budget_eur", "50000"), ("forced", "23002,23003")]),
        ("budget_eur", &[("budget_eur", "9000000000")]),
        ("share", &[("objective", "floor"), ("share", "1"), ("candidates", "libraries"), ("posts", "2")]),
        ("minutes", &[("sites", "a,8.7,41.9,Ajaccio"), ("posts", "1"), ("existing", "none")]),
        ("candidates", &[("territory", "communes/23001"), ("posts", "1")]),
    ];
    for (field, fields) in cases {
        let error = Study::new(&atlas, &request(fields)).expect_err("there is no answer");
        assert_eq!(error.field, field, "{fields:?}: {error}");
    }
}

#[test]
fn one_fingerprint_belongs_to_one_question_of_one_edition() {
    let mut prints: Vec<String> = samples().iter().map(|request| request.fingerprint("edition-1")).collect();
    prints.push(samples()[0].fingerprint("edition-2"));
    prints.push(request(&[("seed", "2")]).fingerprint("edition-1"));
    assert!(prints.iter().all(|print| print.len() == 64));
    assert_eq!(samples()[0].fingerprint("edition-1"), prints[0]);
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), samples().len() + 2);
}

#[test]
fn the_help_of_the_field_names_every_objective() {
    let help = crate::planning::field_named("objective").unwrap().help;
    let names = crate::placement::KINDS.map(|kind| kind.name).join(", ");
    assert_eq!(help, format!("What is wished: {names}"));
}

#[test]
fn a_territory_that_no_site_reaches_takes_no_part_in_floors_and_least_shares() {
    for objective in ["floor", "leximin"] {
        let request = request(&[("objective", objective), ("posts", "1"), ("minutes", "10")]);
        let near = vec![Pair { site: 0, cost: 60 }];
        let pairs = Pairs::from_rows(1, [near, Vec::new(), Vec::new()]).unwrap();
        let mut demand = [5.0, 7.0, 9.0];
        leave_out_of_reach(&request, &[0, 0, 1], &pairs, &mut demand);
        assert_eq!(demand.map(|persons: f64| persons as u32), [5, 7, 0], "{objective}");
    }
}
