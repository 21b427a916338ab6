//! `/planifier`: a form that waits, an answer that can be shared, faults beside their fields.

use std::io::Read;

use reqwest::blocking::Client;

use super::country::own_server;
use super::{ask, header, json};

fn page(query: &str, status: u16) -> String {
    let response = ask(&format!("/planifier{query}"));
    let got = response.status().as_u16();
    assert!(header(&response, "content-type").starts_with("text/html"), "{query}: {got}");
    let text = response.text().unwrap();
    assert_eq!(got, status, "{query}: {text}");
    text.replace("&#160;", "\u{a0}").replace("&#39;", "'").replace(['\u{a0}', '\u{202f}'], " ")
}

const CREUSE: &str = "?territory=departements/23&posts=3&radius_km=9&demand=population&candidates=communes";

#[test]
fn three_questions_and_one_button() {
    let form = page("", 200);
    for question in ["<legend>Où ?", "<legend>Pour quoi ?", "<legend>Avec combien ?"] {
        assert!(form.contains(question), "{question}: {form}");
    }
    assert!(form.contains(r#"action="/planifier" method="get""#));
    assert!(!form.contains("data-job"), "nothing is searched before somebody says how much there is");
    let creuse = page("?territory=departements/23", 200);
    assert!(creuse.contains(r#"<option value="departements/23" selected>Creuse"#), "{creuse}");
    assert!(creuse.contains("CC de l'Est"), "its intercommunalités can be chosen");
}

#[test]
fn the_page_waits_and_shows_the_answer() {
    let answer = page(CREUSE, 200);
    assert!(answer.contains("Ce plan couvre"), "{answer}");
    assert!(answer.contains("c'est démontré, aucun plan ne peut en couvrir davantage"));
    assert_eq!(answer.matches(r#"<span class="number">"#).count(), 3);
    assert!(answer.contains("<svg viewBox"), "a map");
    for said in
        ["Second choix", "Ce qui reste hors de portée", "Au prorata".to_lowercase().as_str(), "La preuve", "plan.json"]
    {
        assert!(answer.contains(said), "{said}");
    }
    assert!(answer.contains(r#"name="posts" value="3""#), "the question is kept");
    assert!(!answer.contains("SKIPPED") && !answer.contains("NaN"), "{answer}");
}

#[test]
fn the_share_that_is_asked_for_is_said_and_what_falls_short_of_it_is_no_answer() {
    let creuse =
        "?territory=departements/23&radius_km=9&demand=population&candidates=communes&objective=set-cover&share=0.95";
    let enough = page(creuse, 200);
    assert!(enough.contains("Pour mettre 95 % des personnes à portée (9,0 km), il faut "), "{enough}");
    assert!(enough.contains("Le moins de postes pour une part des personnes (95 %)"), "{enough}");
    assert!(enough.contains("La même part, au hasard"), "{enough}");
    let short = page(&format!("{creuse}&budget_eur=50000"), 200);
    assert!(short.contains("50 000 € ne suffisent pas à mettre 95 % des personnes à portée (9,0 km)"), "{short}");
    assert!(!short.contains("il faut 50 000"), "{short}");
}

#[test]
fn other_assumptions_are_told_when_they_are_asked_for() {
    assert!(page(CREUSE, 200).contains("Que changeraient d'autres hypothèses"));
    let answer = page(&format!("{CREUSE}&sensitivity=yes"), 200);
    assert!(answer.contains("Avec d'autres hypothèses"), "{answer}");
}

#[test]
fn other_plans_are_proposed_and_told_when_they_are_asked_for() {
    assert!(page(CREUSE, 200).contains("Y a-t-il d'autres plans presque aussi bons"));
    let answer = page(&format!("{CREUSE}&alternatives=2"), 200);
    assert!(answer.contains("presque aussi bons</h2>") && answer.contains("Plan 2</a>"), "{answer}");
    assert!(answer.contains("forbidden="), "each leads to the question that finds it");
}

/// An address inside another.
pub fn inside(address: &str) -> String {
    address.replace('%', "%25").replace('&', "%26").replace('=', "%3D").replace('?', "%3F")
}

#[test]
fn two_plans_or_a_plan_and_today_are_compared_by_their_addresses() {
    let compared = |a: &str, b: &str, status: u16| {
        let response = ask(&format!("/comparer-plans?plan={}&avec={}", inside(a), inside(b)));
        assert_eq!(response.status().as_u16(), status);
        response.text().unwrap().replace("&#39;", "'").replace(['\u{a0}', '\u{202f}'], " ")
    };
    let plan = format!("https://exemple.fr/planifier{CREUSE}");
    let today = compared(&plan, "aujourdhui", 200);
    assert!(today.contains("3 postes de moins") && today.contains("Où ils diffèrent"), "{today}");
    let smaller = compared(&plan, &CREUSE.replace("posts=3", "posts=2").replacen('?', "/planifier?", 1), 200);
    assert!(smaller.contains("1 poste de moins") && smaller.contains("dans les deux"), "{smaller}");
    assert!(compared("aujourdhui", "aujourdhui", 400).contains("aujourd'hui ne se compare qu'à autre chose"));
    assert!(compared("/planifier?territory=departements/23", "", 400).contains("A : cette adresse ne dit pas combien"));
    assert!(compared(&plan, "Guéret", 400).contains("B : collez l'adresse d'un plan"));
    let imagined = "/et-si?territoire=departements/23&changements={\"add\":[{\"position\":[2.1,46.1]}]}";
    assert!(compared(&plan, imagined, 200).contains("1 lieu ouvre"));
    assert!(ask("/comparer-plans").text().unwrap().contains("Comparer deux plans"));
}

#[test]
fn a_plan_opens_as_a_what_if_and_a_what_if_as_a_plan() {
    let answer = page(CREUSE, 200);
    let (_, rest) = answer.split_once(r#"href="/et-si?territoire=departements"#).expect("a link to a what-if");
    let address = format!(
        "/et-si?territoire=departements{}",
        rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
    );
    let imagined = ask(&address).text().unwrap().replace("&#38;", "&");
    assert!(imagined.contains("Ce qui change"), "{imagined}");
    let (_, rest) = imagined.split_once(r#"href="/planifier?territory="#).expect("a link to a plan");
    let address = format!("/planifier?territory={}", rest.split('"').next().unwrap().replace("&amp;", "&"));
    let plan = ask(&address).text().unwrap();
    assert_eq!(plan.matches("Imposé par la question").count(), 3, "{plan}");
}

#[test]
fn a_budget_that_pays_no_post_shows_the_first_one() {
    let answer = page(&CREUSE.replace("posts=3", "budget_eur=12000"), 200);
    assert!(answer.contains("12 000 € par an ne paient aucun poste"), "{answer}");
    assert_eq!(answer.matches(r#"<span class="number">"#).count(), 1);
}

#[test]
fn that_no_post_is_of_use_or_how_few_are_enough_is_told_before_a_search() {
    let told =
        |query: &str, status: u16| page(&format!("?territory=departements/23&demand=population&{query}"), status);
    // Before any number is asked: what posts could bring at all.
    let form = told("candidates=communes&radius_km=9", 200);
    assert!(form.contains("postes au plus changent quelque chose") && !form.contains("data-job"), "{form}");
    assert!(told("candidates=communes&radius_km=400", 200).contains("Saturé"), "everybody is near a post");
    // More posts than there are places: no plan, and still what is worth asking.
    let many = told("candidates=communes&radius_km=9&posts=1000000000", 422);
    assert!(many.contains("Plus qu'il n'en faut") && many.contains("objective=set-cover"), "{many}");
    let share = told("candidates=communes&radius_km=1&objective=set-cover&share=1&forbidden=23002", 422);
    assert!(share.contains("Aucun plan n'atteint cette part"), "{share}");
    let reached = told("candidates=communes&radius_km=400&objective=set-cover&share=0.5", 200);
    assert!(reached.contains("Cette part est déjà atteinte, sans aucun poste nouveau"), "{reached}");
}

#[test]
fn a_list_of_ones_own_is_checked_row_by_row() {
    let list = "identifiant;longitude;latitude%0Aa;2,1;46,1%0Ab;46,1;2,1%0A";
    let query =
        format!("?territory=departements/23&posts=1&minutes=20&demand=population&candidates=listed&sites={list}");
    let answer = page(&query, 400);
    assert!(
        answer.contains("Ligne 3, longitude : « 46.1 2.1 », attendu : un point en France, longitude d'abord."),
        "{answer}"
    );
}

#[test]
fn the_map_of_a_plan_is_a_file_with_the_names_of_its_sites() {
    let answer = page(CREUSE, 200);
    let (_, rest) = answer.split_once(r#"href="/planifier/"#).expect("a link to the map");
    let file = ask(&format!("/planifier/{}", rest.split('"').next().unwrap()));
    assert_eq!(header(&file, "content-type"), "image/svg+xml");
    let text = file.text().unwrap();
    assert!(
        text.starts_with("<?xml") && text.matches("<circle").count() == 3 && text.contains("class=\"names\""),
        "{text}"
    );
    assert_eq!(ask("/planifier/nobody/carte.svg").status(), 404);
}

#[test]
fn a_choice_that_says_nothing_is_ignored_and_a_decimal_comma_is_understood() {
    let query = "?territory=departements/23&posts=3&radius_km=9,5&minutes=20&mode=car&share=0,9&demand=population&candidates=communes&utm=x";
    assert!(page(query, 200).contains("Ce plan couvre"));
}

#[test]
fn a_fault_stands_beside_its_field_and_what_was_typed_stays() {
    for (query, status, field, kept) in [
        ("?territory=departements/23&posts=beaucoup", 400, "posts", r#"value="beaucoup""#),
        ("?territory=departements/99&posts=3", 422, "territory", r#"<option value="departements/99" selected>"#),
        (
            "?territory=departements/23&posts=1000000000&demand=population&candidates=communes",
            422,
            "posts",
            r#"value="1000000000""#,
        ),
        ("?territory=departements/23&posts=3&radius_km=-2", 400, "radius_km", r#"value="-2""#),
        (
            "?territory=departements/23&posts=3&forced=99999&demand=population&candidates=communes",
            422,
            "forced",
            r#"value="99999""#,
        ),
    ] {
        let text = page(query, status);
        let fault = format!(r#"id="{field}-faute""#);
        assert!(text.contains(&fault) && text.contains(kept), "{query}: {text}");
        assert!(text.contains(r#"aria-invalid="true" aria-describedby=""#), "{query}");
        assert_eq!(text.matches(r#"class="fault""#).count(), 1, "{query}");
    }
}

/// The address of the job that a page watches.
fn job(page: &str) -> &str {
    let (_, rest) = page.split_once("data-job=\"").unwrap_or_else(|| panic!("no job in {page}"));
    rest.split('"').next().unwrap()
}

#[test]
fn a_browser_that_looks_again_by_itself_is_not_kept_waiting() {
    let slow = "posts=187&radius_km=3,4&demand=population&candidates=communes&existing=none&seconds=30&rounds=1000000&attente=courte";
    let server = own_server();
    let waiting = Client::new().get(format!("http://{server}/planifier?{slow}")).send().unwrap().text().unwrap();
    let looked = Client::new().get(format!("http://{server}{}", job(&waiting))).send().unwrap();
    assert!(matches!(json(looked)["status"].as_str(), Some("queued" | "running")));
    assert!(!waiting.contains("attente=courte"), "the address that is shared does not say it");
}

#[test]
fn territories_lead_to_the_planner() {
    let response = ask("/territoires/departements/23");
    assert!(response.text().unwrap().contains(r#"href="/planifier?territory=departements/23""#));
}

#[test]
fn the_note_says_its_question_in_words() {
    let answer = page(CREUSE, 200);
    let at = answer.find("/note.docx").unwrap();
    let address = &answer[answer[..at].rfind('"').unwrap() + 1..at + "/note.docx".len()];
    let bytes = ask(address).bytes().unwrap().to_vec();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut note = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut note).unwrap();
    let note = note.replace("&apos;", "'").replace(['\u{a0}', '\u{202f}'], " ");
    let (said, again) = note.split_once("Pour refaire ce calcul").unwrap();
    for words in
        ["à portée : 9 km à vol d'oiseau", "on compte : ", "déjà là : ", "Qui reçoit quoi", "Personnes rattachées"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(again.contains("territory=departements/23"), "the machine's words come last: {again}");
    for code in ["territory=", ">epcis<", ">departements<"] {
        assert!(!said.contains(code), "{code}: {said}");
    }
}
