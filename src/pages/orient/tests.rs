//! Every combination of answers leads somewhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::questions::{HELP, Shows};
use super::*;
use crate::pages::testing::{atlas, position};
use crate::pages::tests::now;

/// Every way to answer eight questions with yes, no or nothing.
fn all_answers() -> impl Iterator<Item = Answers> {
    (0..3_usize.pow(QUESTIONS.len() as u32)).map(|number| {
        let mut answers = Answers::default();
        let mut rest = number;
        for said in &mut answers.said {
            *said = [None, Some(true), Some(false)][rest % 3];
            rest /= 3;
        }
        answers
    })
}

#[test]
fn questions_and_help_are_one_table_without_holes() {
    let shown: BTreeSet<HelpNeed> =
        QUESTIONS.iter().filter_map(|q| if let Shows::Need(need) = q.shows { Some(need) } else { None }).collect();
    assert_eq!(shown.into_iter().collect::<Vec<_>>(), HelpNeed::ALL, "every need is shown by a question");
    for (help, need) in HELP.iter().zip(HelpNeed::ALL) {
        assert_eq!(help.need, need);
        assert!(!help.services.is_empty() || help.programme.is_some(), "{need:?} has help");
    }
    let names: BTreeSet<&str> = QUESTIONS.iter().map(|question| question.name).collect();
    assert_eq!(names.len(), QUESTIONS.len());
    assert!((6..=8).contains(&QUESTIONS.len()));
}

#[test]
fn every_combination_leads_to_a_place_or_says_why_not() {
    let atlas = atlas();
    let origins = [Origin { position: position(4.8357, 45.7676), place: "ici".into() }];
    let mut relaxed = BTreeSet::new();
    for answers in all_answers() {
        let profile = answers.profile();
        let found = places::places(&atlas, &origins, &profile, now());
        assert!(!found.ranked.is_empty() && found.ranked.len() <= places::SHOWN, "{answers:?}");
        relaxed.insert(found.relaxed);
        if found.relaxed.is_none() && profile.services().is_some() {
            let venue = &atlas.venues()[found.ranked[0].ordinal];
            assert!(profile.needs.iter().any(|need| Help::of(*need).given_by(venue)), "{answers:?} {}", venue.id);
        }
        // The same answers, written and read again.
        let pairs = answers.pairs();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(Answers::read(&Params::read(query(&pairs).trim_start_matches('?'))), Ok(answers));
    }
    assert!(relaxed.contains(&None) && relaxed.len() > 1, "{relaxed:?}");
}

#[test]
fn far_from_everything_the_nearest_is_named_as_far() {
    let atlas = atlas();
    let origins = [Origin { position: position(-52.33, 4.93), place: "Cayenne".into() }];
    for support in std::iter::once(None).chain(Support::ALL.iter().copied().map(Some)) {
        let profile = Answers { support, ..Answers::default() }.profile();
        let found = places::places(&atlas, &origins, &profile, now());
        assert_eq!((found.ranked.len(), found.relaxed), (1, Some("relaxed-far")));
    }
}

#[test]
fn an_edition_without_venues_says_so() {
    let mut leaves = crate::pages::testing::leaves();
    leaves.venues.clear();
    let atlas = Arc::new(crate::atlas::Atlas::bind(leaves));
    let origins = [Origin { position: position(4.8357, 45.7676), place: "ici".into() }];
    let found = places::places(&atlas, &origins, &Profile::default(), now());
    assert_eq!((found.ranked.len(), found.relaxed), (0, Some("no-place-known")));
}

#[test]
fn an_answer_that_is_neither_yes_nor_no_is_refused_by_name() {
    let refused = Answers::read(&Params::read("internet=peut-%C3%AAtre")).unwrap_err();
    assert_eq!(refused.name, "internet");
}

#[test]
fn answers_lead_to_a_place_and_stand_in_no_address() {
    use crate::pages::tests::{now, post_to};
    let state = State::new(Arc::new(atlas()), now);
    let form = "internet=non&demarche=oui&particulier=surdite&lieu=Lyon";
    let page = post_to(&state, "/orienter", form);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Espace numérique lyon-1") && page.body.contains("Faire une démarche avec quelqu’un"));
    assert!(page.body.contains("ne dit qu’il répond à votre besoin particulier"), "what was given up is said");
    let linked = page.body.split(" href=\"").chain(page.body.split(" action=\"")).skip(1);
    for address in linked.filter_map(|rest| rest.split('"').next()) {
        assert!(!address.contains("surdite") && !address.contains("internet="), "{address}");
    }
    assert!(page.body.contains("<meta name=\"robots\" content=\"noindex\">"));
}

#[test]
fn every_question_is_asked_in_every_language_and_arabic_runs_from_right_to_left() {
    use crate::pages::language::Language;
    use crate::pages::tests::{get_from, now};
    let state = State::new(Arc::new(atlas()), now);
    for language in Language::ALL {
        let page = get_from(&state, &format!("/orienter?lang={}", language.code()));
        let html = format!("<html lang=\"{}\" dir=\"{}\"", language.tag(), language.direction());
        assert!(page.body.contains(&html), "{html}");
        for question in &QUESTIONS {
            let words = Words(language).say(question.words);
            assert!(page.body.contains(&words), "{words}");
        }
        assert!(page.body.contains(&format!("action=\"/orienter?lang={}", language.code())));
    }
    assert!(get_from(&state, "/orienter?lang=xx").body.contains("<html lang=\"fr\" dir=\"ltr\""));
}

#[test]
fn what_is_said_of_a_place_is_in_the_language_of_the_page() {
    use crate::pages::tests::{get_from, now, post_to};
    let mut leaves = crate::pages::testing::leaves();
    leaves.venues[0].hours = Hours::Osm("Mo-Fr 09:00-12:00".into());
    let state = State::new(Arc::new(crate::atlas::Atlas::bind(leaves)), now);
    for (language, near, coming, support) in [
        ("en", "Places near Lyon (Rhône)", "You may come without an appointment", "Deaf or hard of hearing"),
        ("ar", "أماكن قرب Lyon (Rhône)", "يمكنك المجيء دون موعد", "صمم أو ضعف في السمع"),
    ] {
        let page = post_to(&state, &format!("/orienter?lang={language}"), "demarche=oui&lieu=Lyon").body;
        assert!(page.contains(near) && page.contains(coming), "{language}: {page}");
        for french in ["Lieux près", "sans rendez-vous", "Fermé", "Ouvert jusqu"] {
            assert!(!page.contains(french), "{language}: {french}");
        }
        assert!(get_from(&state, &format!("/orienter?lang={language}")).body.contains(support));
    }
}

#[test]
fn numbers_and_days_are_written_as_the_language_writes_them() {
    let (english, french) = (Words(Language::English), Words(Language::French));
    let far = crate::domain::Metres::new(1_130.0).unwrap();
    assert_eq!((english.distance(far).as_str(), french.distance(far).as_str()), ("1.1\u{a0}km", "1,1\u{a0}km"));
    let day = chrono::NaiveDate::from_ymd_opt(2021, 6, 14).unwrap();
    assert_eq!(english.date(day), "14\u{a0}June\u{a0}2021");
    assert_eq!(
        (english.duration(119), english.duration(549)),
        ("119 minutes".into(), "9\u{a0}h\u{a0}10\u{a0}min".into())
    );
    assert_eq!(french.duration(549), "9\u{a0}h\u{a0}10");
}

#[test]
fn a_town_that_is_several_or_unknown_is_asked_again_with_the_answers_kept() {
    use crate::pages::tests::{now, post_to};
    let state = State::new(Arc::new(atlas()), now);
    let several = post_to(&state, "/orienter", "mail=non&lieu=Saint-Denis");
    if several.body.contains("name=\"commune\"") {
        assert!(several.body.contains("id=\"mail-non\" name=\"mail\" value=\"non\" checked"));
    } else {
        assert!(several.body.contains("Saint-Denis"), "the large town was understood, and is named");
    }
    let unknown = post_to(&state, "/orienter", "mail=non&lieu=%3Cb%3EXyzzy");
    assert!(unknown.body.contains("Nous ne connaissons pas") && !unknown.body.contains("<b>Xyzzy"));
}

#[test]
fn who_cannot_go_out_begins_with_what_the_page_shows_and_can_be_done() {
    use crate::pages::testing::{channel, leaves};
    use crate::pages::tests::{now, post_to};
    let begin = "Vous ne pouvez pas vous déplacer. Commencez par";
    let state = State::new(Arc::new(atlas()), now);
    // No service of this edition answers by telephone: the place does.
    let by_phone = post_to(&state, "/orienter", "demarche=oui&sortir=non&lieu=Lyon").body;
    assert!(by_phone.contains(&format!("{begin} téléphoner aux lieux")), "{by_phone}");
    let deaf = post_to(&state, "/orienter", "demarche=oui&sortir=non&particulier=surdite&lieu=Lyon").body;
    assert!(
        deaf.contains(&format!("{begin} écrire aux lieux")) && deaf.contains("href=\"https://exemple.fr/lieu\""),
        "{deaf}"
    );
    assert!(!deaf.contains("Téléphonez") && !deaf.contains("le téléphone."), "{deaf}");
    let mut leaves = leaves();
    leaves.remote_channels = vec![channel()];
    let state = State::new(Arc::new(crate::atlas::Atlas::bind(leaves)), now);
    let answered = post_to(&state, "/orienter", "internet=non&sortir=non&lieu=Lyon").body;
    assert!(
        answered.contains(&format!("{begin} le téléphone.")) && answered.contains("tel:+33170772372"),
        "{answered}"
    );
    let nowhere = post_to(&state, "/orienter", "internet=non").body;
    assert!(nowhere.contains("où vous habitez. Voici des services qui répondent au téléphone."), "{nowhere}");
}

#[test]
fn numbers_that_do_not_answer_from_polynesia_are_not_given_there() {
    use crate::pages::testing::{channel, commune, leaves};
    use crate::pages::tests::{now, post_to};
    let mut leaves = leaves();
    leaves.remote_channels = vec![channel()];
    leaves.communes.push(commune("98735", "Papeete", "98714", 26_000, position(-149.566, -17.537)));
    let state = State::new(Arc::new(crate::atlas::Atlas::bind(leaves)), now);
    let there = post_to(&state, "/orienter", "internet=non&sortir=non&lieu=Papeete").body;
    assert!(!there.contains("tel:+33170772372") && !there.contains("par le téléphone."), "{there}");
    assert!(there.contains("ont ici leurs propres numéros"), "{there}");
}
