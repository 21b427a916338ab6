//! The sheet: what it says, what it never says, and its three other forms.

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};

use super::*;
use crate::access::roads::{RawWay, RoadBuilder, StopsCars, rules};
use crate::atlas::Roads;
use crate::domain::Flag;
use crate::domain::vocabulary::{AccessMode, Appointment, Itinerance};
use crate::pages::testing::{leaves, position};
use crate::pages::tests::{get_from, now, post_to};

fn state() -> State {
    let mut leaves = leaves();
    leaves.venues[0].hours = Hours::Osm("Mo-Fr 09:00-12:00".into());
    State::new(Arc::new(Atlas::bind(leaves)), now)
}

#[test]
fn three_places_at_most_each_once_and_ids_of_old_lead_to_todays() {
    let page = get_from(&state(), "/fiche?lieux=ancien,lyon-1,lyon-3&lieux=inconnu");
    assert_eq!(page.body.matches("class=\"stop\"").count(), 2);
    assert!(page.body.contains("04") && page.body.contains("tel:+33472000001"));
    assert!(get_from(&state(), "/fiche").body.contains("Vous n’avez choisi aucun lieu"));
}

#[test]
fn where_to_write_stands_on_paper_and_a_site_only_where_there_is_nothing_else() {
    let mut leaves = leaves();
    leaves.venues[2].emails = vec!["accueil@exemple.fr".into()];
    leaves.venues[2].websites = vec!["https://maison.exemple.fr/".into()];
    let state = State::new(Arc::new(Atlas::bind(leaves)), now);
    let page = get_from(&state, "/fiche?lieux=lyon-1,lyon-3").body;
    assert!(page.contains("mailto:accueil@exemple.fr"), "{page}");
    assert!(page.contains("Horaires : nous ne les avons pas. Écrivez."), "{page}");
    assert!(!page.contains("maison.exemple.fr") && !page.contains("class=\"target\" href=\"https://exemple.fr/lieu\""));
    // By message and by mail too.
    assert!(page.matches("accueil@exemple.fr").count() >= 4, "{page}");
}

#[test]
fn where_somebody_starts_from_is_in_no_address_and_is_kept_by_no_browser() {
    let form = "lieux=lyon-1&depuis=4.812,45.734&depuis_nom=Quai+du+Canari";
    let page = post_to(&state(), "/fiche", form);
    assert_eq!(page.header(CACHE_CONTROL), "no-store");
    assert!(page.body.contains("Quai du Canari"), "who asked reads it");
    let linked = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for address in linked {
        assert!(!address.contains("anari") && !address.contains("4.812"), "{address}");
    }
    assert!(page.body.contains("à pied") || page.body.contains("en voiture"));
}

#[test]
fn what_a_source_or_a_form_wrote_cannot_become_markup() {
    let page = post_to(&state(), "/fiche", "lieux=lyon-3&depuis=4.8,45.7&depuis_nom=%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(!page.body.contains("<script>alert") && !page.body.contains("<b>Maison"));
}

#[test]
fn a_message_never_has_more_than_300_characters_and_keeps_every_telephone() {
    let long = "Maison de la solidarité et du numérique pour toutes et tous ".repeat(4);
    let stop = |number| Stop {
        number,
        name: long.clone(),
        address: long.clone(),
        phones: vec![Phone { shown: "04 72 00 00 01".into(), href: String::new() }],
        write: None,
        next: None,
        week: vec!["du lundi au vendredi : de 9 h à 12 h".into()],
        coming: String::new(),
        price: String::new(),
        pass: false,
        far: None,
        distance: None,
        ways: Vec::new(),
        plan: None,
        dated: None,
        warnings: Vec::new(),
        cautions: vec!["Uniquement sur rendez-vous, au 04 72 00 00 01".into()],
        closed: false,
        calendar: None,
        href: String::new(),
    };
    for count in 0..=3 {
        let stops: Vec<Stop> = (1..=count).map(stop).collect();
        let text = texts::sms(&stops);
        assert!(text.chars().count() <= texts::LONGEST_SMS, "{}", text.chars().count());
        assert_eq!(text.matches("04 72 00 00 01").count(), count);
    }
}

#[test]
fn the_calendar_holds_the_next_openings_on_the_clock_of_the_place() {
    let state = state();
    let file = get_from(&state, "/lieux/lyon-1/ouvertures.ics");
    assert_eq!(file.header(CONTENT_TYPE), "text/calendar; charset=utf-8");
    // It is Tuesday 6 August 2024, noon in Lyon: closed since this minute. Next: Wednesday at nine.
    assert!(file.body.contains("DTSTART:20240807T090000\r\nDTEND:20240807T120000\r\n"), "{}", file.body);
    assert_eq!(file.body.matches("BEGIN:VEVENT").count(), 10);
    // Thursday 15 August is a public holiday: whether it is open nobody said; the sentence of the page says so too.
    assert!(file.body.lines().all(|line| line.len() <= 75), "lines are folded");
    assert_eq!(get_from(&state, "/lieux/lyon-3/ouvertures.ics").status, StatusCode::NOT_FOUND);
}

#[test]
fn texts_and_calendar_of_a_door_that_is_not_simply_open_say_so() {
    let asked = |change: fn(&mut Venue), path: &str| {
        let mut leaves = leaves();
        leaves.venues[0].hours = Hours::Osm("Mo-Fr 09:00-12:00".into());
        change(&mut leaves.venues[0]);
        let state = State::new(Arc::new(Atlas::bind(leaves)), now);
        get_from(&state, path).body.replace("\r\n ", "")
    };
    let by_appointment: fn(&mut Venue) = |venue| venue.appointments = vec![Appointment::Only];
    let moves: fn(&mut Venue) = |venue| venue.itinerance = vec![Itinerance::Itinerant];
    let unlisted: fn(&mut Venue) = |venue| venue.flags = vec![Flag::NotInOfficialList];
    for (change, summary, told) in [
        (by_appointment, "SUMMARY:Ouvert sur rendez-vous : ", "Uniquement sur rendez-vous"),
        (moves, "SUMMARY:Ouvert\\, à vérifier : ", "vérifiez où il est"),
        (unlisted, "SUMMARY:Ouvert\\, à vérifier : ", "Absent de la liste officielle"),
    ] {
        let calendar = asked(change, "/lieux/lyon-1/ouvertures.ics");
        assert!(calendar.contains(summary) && calendar.contains(told), "{calendar}");
        let sheet = asked(change, "/fiche?lieux=lyon-1");
        // On the sheet, in the text of a message, and in that of a mail, whose address holds it too.
        assert!(sheet.matches(told).count() >= 3, "{told}: {}", sheet.matches(told).count());
    }
    let plain = asked(|_| (), "/lieux/lyon-1/ouvertures.ics");
    assert!(plain.contains("SUMMARY:Ouvert : "), "{plain}");
}

#[test]
fn directions_are_those_of_the_compass() {
    let lyon = position(4.8357, 45.764);
    for (lon, lat, name) in [
        (4.8357, 45.8, "dir-n"),
        (4.9, 45.764, "dir-e"),
        (4.8357, 45.7, "dir-s"),
        (4.7, 45.764, "dir-w"),
        (4.9, 45.809, "dir-ne"),
        (4.8358, 45.7641, "dir-here"),
    ] {
        assert_eq!(plan::direction(lyon, position(lon, lat)), name);
    }
    let (papeete, noumea) = (position(-149.57, -17.54), position(166.44, -22.27));
    assert_eq!(plan::direction(papeete, noumea), "dir-w");
    assert_eq!(plan::direction(noumea, papeete), "dir-e");
}

#[test]
fn a_place_that_receives_nobody_says_so() {
    let mut leaves = leaves();
    leaves.venues[0].access_modes = vec![AccessMode::NotPublic];
    let state = State::new(Arc::new(Atlas::bind(leaves)), now);
    assert!(get_from(&state, "/fiche?lieux=lyon-1").body.contains("Ce lieu ne reçoit pas de public"));
}

#[test]
fn where_there_are_roads_the_streets_around_are_drawn_and_never_more_than_a_page_carries() {
    // A grid of streets 40 m apart, far more of them than thirty millimetres show.
    let side = 60_i64;
    let rules = || rules(|key| (key == "highway").then_some("residential")).unwrap();
    let rows = (0..side).map(|row| (0..side).map(|at| row * side + at).collect());
    let columns = (0..side).map(|at| (0..side).map(|row| row * side + at).collect());
    let ways = rows.chain(columns).map(|nodes: Vec<i64>| RawWay { nodes, rules: rules() });
    let mut builder = RoadBuilder::new(ways.collect());
    for node in 0..side * side {
        let (east, north) = (node % side - side / 2, node / side - side / 2);
        builder.place(node, position(4.84 + east as f64 * 0.0005, 45.76 + north as f64 * 0.000_36), StopsCars::No);
    }
    let mut leaves = leaves();
    leaves.roads = Some(Roads { network: Arc::new(builder.build()), source: "essai".into() });
    let state = State::new(Arc::new(Atlas::bind(leaves)), now);
    let plan = plan::plan(&state.atlas, Words::default(), position(4.84, 45.76), None).unwrap();
    let pieces = plan.streets.matches('M').count();
    assert!((600..=610).contains(&pieces) && plan.streets.len() < 16_000, "{pieces} pieces, {}", plan.streets.len());
    assert!(plan.streets.contains("M0 0L") || plan.streets.contains("L0 0"), "the middle is the place");
    let page = get_from(&state, "/fiche?lieux=lyon-1").body;
    assert!(page.contains("<path class=\"streets\" d=\"M") && page.len() < 50_000, "{}", page.len());
    // Far from every road there is nothing to draw.
    assert_eq!(plan::plan(&state.atlas, Words::default(), position(2.35, 48.85), None), None);
}

#[test]
fn where_every_place_is_out_of_reach_the_sheet_says_who_answers_by_telephone() {
    let mut leaves = leaves();
    leaves.remote_channels = vec![crate::pages::testing::channel()];
    let state = State::new(Arc::new(Atlas::bind(leaves)), now);
    let far = post_to(&state, "/fiche", "lieux=lyon-1&depuis=2.350,48.850&depuis_nom=Paris").body;
    assert!(far.contains("Solidarité numérique") && far.contains("tel:+33170772372"), "{far}");
    let near = post_to(&state, "/fiche", "lieux=lyon-1&depuis=4.812,45.734&depuis_nom=Lyon").body;
    assert!(!near.contains("Solidarité numérique"), "{near}");
}
