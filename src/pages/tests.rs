//! Pages through the whole application, porch included, on the tiny atlas.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use chrono::{NaiveDate, NaiveDateTime};

use super::testing;
use crate::atlas::Atlas;
use crate::domain::{Location, Venue};
use crate::editions::{Editions, Snapshot};
use crate::http::State;
use crate::service::app;

/// Tuesday 6 August 2024, noon in Lyon.
pub fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2024, 8, 6).unwrap().and_hms_opt(10, 0, 0).unwrap()
}

pub struct Reply {
    pub status: StatusCode,
    headers: actix_web::http::header::HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: actix_web::http::header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub fn get_from(state: &State, address: &str) -> Reply {
    actix_web::rt::System::new().block_on(async {
        let service = init_service(app(state)).await;
        let response =
            call_service(&service, TestRequest::get().uri(address).insert_header((ACCEPT, "text/html")).to_request())
                .await;
        let (status, headers) = (response.status(), response.headers().clone());
        let written = String::from_utf8(read_body(response).await.to_vec()).unwrap();
        // Quotes and ampersands as a reader sees them; angle brackets as they were written.
        let body = written.replace("&#39;", "'").replace("&#38;", "&");
        Reply { status, headers, body }
    })
}

/// Sends a form.
pub fn post_to(state: &State, address: &str, form: &str) -> Reply {
    actix_web::rt::System::new().block_on(async {
        let service = init_service(app(state)).await;
        let request =
            TestRequest::post().uri(address).insert_header((CONTENT_TYPE, "application/x-www-form-urlencoded"));
        let response = call_service(&service, request.set_payload(form.to_owned()).to_request()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = String::from_utf8(read_body(response).await.to_vec()).unwrap();
        Reply { status, headers, body }
    })
}

fn get(address: &str) -> Reply {
    get_from(&State::new(Arc::new(testing::atlas()), now), address)
}

#[test]
fn the_home_page_asks_one_question_and_sets_no_cookie() {
    let home = get("/");
    assert_eq!(home.status, StatusCode::OK);
    assert_eq!(home.header(CONTENT_TYPE), "text/html; charset=utf-8");
    assert!(home.body.contains("<html lang=\"fr\"") && home.body.contains("Où avez-vous besoin d'aide"));
    assert!(!home.headers.contains_key("set-cookie"));
    assert!(home.header(CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
    assert!(!home.body.contains("style=") && !home.body.contains("onclick"), "nothing inline");
}

#[test]
fn venues_are_listed_by_distance_and_those_closed_to_the_public_are_not() {
    let page = get("/?lieu=lyon");
    let (first, second) = (page.body.find("Espace numérique lyon-1"), page.body.find("Maison"));
    assert!(first.is_some() && first < second);
    assert!(!page.body.contains("lyon-2"), "it receives no public");
    assert!(page.body.contains("href=\"tel:+33472000001\"") && page.body.contains("depuis le centre de Lyon"));
    assert!(page.body.contains("On peut venir sans rendez-vous"), "read from « Se présenter »");
    assert!(page.body.contains("Quelque part à Lyon"), "what is not known exactly is said");
    assert_eq!(page.header(CACHE_CONTROL), "no-store", "a shared computer keeps no trace of where somebody is");
}

#[test]
fn what_a_source_wrote_cannot_become_markup() {
    for address in ["/?lieu=lyon", "/lieux/lyon-3", "/?lieu=%3Cscript%3Ealert(1)%3C/script%3E"] {
        let page = get(address);
        assert!(!page.body.contains("<b>Maison") && !page.body.contains("<script>alert"), "{address}");
    }
}

#[test]
fn one_name_for_two_communes_offers_both_with_their_departement() {
    let page = get("/?lieu=saint+denis&prix=gratuit");
    assert!(page.body.contains("Saint-Denis (Seine-Saint-Denis)") && page.body.contains("Saint-Denis (La Réunion)"));
    assert!(page.body.contains("commune=97411&prix=gratuit"), "filters are not lost on the way");
    assert!(page.body.contains("Boën-sur-Lignon (Loire), qui comprend l'ancienne commune"));
}

#[test]
fn a_slip_of_the_finger_is_answered_and_a_place_nobody_knows_is_no_dead_end() {
    let page = get("/?lieu=Lyom");
    assert!(
        page.body.contains("près de Lyon") && page.body.contains("Rien ne s'appelle exactement"),
        "put right, and said"
    );
    let page = get("/?lieu=Xyzzy");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Rien ne correspond"));
    assert!(page.body.contains("id=\"lieu\""), "and the question is asked again");
}

#[test]
fn filters_that_nothing_fits_can_be_removed() {
    let page = get("/?lieu=lyon&label=france-services");
    assert!(page.body.contains("Aucun lieu ne correspond") && page.body.contains("href=\"/?lieu=lyon\""));
}

#[test]
fn a_value_out_of_its_list_is_a_page_that_names_it() {
    for address in [
        "/?prix=cher",
        "/?commune=99999",
        "/carte?indicateur=bonheur",
        "/carte?tri=hasard",
        "/?trajet=fusee",
        "/?ouvert=hier",
    ] {
        let page = get(address);
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(page.body.contains("n'est pas possible"), "{address}");
    }
    assert_eq!(get("/?lieu=lyon&utm_source=mail").status, StatusCode::OK, "a link that was shared still works");
    // A name of another page, a slip of the finger: each would be answered about something else.
    for (wrong, meant) in [
        ("/?nom=lyon", None),
        ("/fermetures?territory=departements/69&combien=1", Some("/fermetures?territoire=departements/69&combien=1")),
        ("/?lieu=lyon&ouver=maintenant", Some("/?lieu=lyon&ouvert=maintenant")),
        ("/donnees?territoire=departements/69", None),
    ] {
        let page = get(wrong);
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{wrong}");
        assert!(page.body.contains("Cette page ne connaît pas"), "{wrong}: {}", page.body);
        if let Some(href) = meant {
            assert!(page.body.contains(&format!("href=\"{href}\"")), "{wrong}: {}", page.body);
        }
    }
}

#[test]
fn each_choice_says_how_many_places_remain_and_an_empty_one_is_not_offered() {
    let page = get("/?lieu=lyon");
    assert!(page.body.contains("Faire ses démarches en ligne (1)"), "one venue does");
    assert!(!page.body.contains(">Chercher un emploi avec internet"), "none does");
}

#[test]
fn what_nobody_said_is_shown_under_its_own_heading_and_not_left_out() {
    let page = get("/?lieu=lyon&rdv=sans");
    let (known, unknown) = page.body.split_once("À vérifier").expect("one venue does not say how to come");
    assert!(known.contains("Espace numérique lyon-1") && unknown.contains("Maison"));
}

#[test]
fn a_page_in_french_alone_says_so_to_who_asked_for_another_language() {
    for address in ["/?lieu=lyon&lang=en", "/lieux/lyon-1?lang=en"] {
        let page = get(address).body;
        assert!(
            page.contains("This page is in French only.") && page.contains("href=\"/orienter?lang=en\""),
            "{address}"
        );
    }
    for address in ["/?lieu=lyon", "/?lieu=lyon&lang=facile", "/lieux/lyon-1"] {
        assert!(!get(address).body.contains("French only"), "{address}");
    }
}

#[test]
fn a_place_across_the_sea_is_no_place_nearby() {
    let page = get("/?lieu=Saint-Denis&commune=97411");
    assert!(page.body.contains("de l'autre côté de la mer") && !page.body.contains("lieux près d'ici"));
    let page = get("/?lieu=Al%C3%A8s");
    assert!(page.body.contains("Aucun lieu à moins de 50"));
}

#[test]
fn what_is_beyond_fifty_kilometres_is_not_near_here() {
    let mut leaves = testing::leaves();
    let far = leaves.venues.iter().find(|venue| venue.id == "lyon-1").cloned();
    let position = Location::Published(testing::position(4.08, 44.12));
    leaves.venues.extend(far.map(|near| Venue { id: "zz-loin".into(), location: position, ..near }));
    let state = State::new(Arc::new(Atlas::bind(leaves)), now);
    let page = get_from(&state, "/?lieu=lyon");
    assert!(page.body.contains("2 lieux à moins de 50\u{a0}km") && !page.body.contains("/lieux/zz-loin"));
    let page = get_from(&state, "/?lieu=lyon&nombre=2");
    assert!(!page.body.contains("Voir plus de lieux"));
}

#[test]
fn the_map_opens_on_places_and_lists_what_the_search_found() {
    let page = get("/carte?lieu=lyon");
    assert!(page.body.contains("Lieux d'aide près de Lyon") && page.body.contains("id=\"lieu\""));
    assert!(page.body.contains("Espace numérique lyon-1") && !page.body.contains("Par département"));
    assert!(get("/carte").body.contains("Pour les collectivités"));
    let asked = get("/carte?lieu=saint+denis");
    assert_eq!((asked.status, asked.header(LOCATION)), (StatusCode::SEE_OTHER, "/?lieu=saint+denis"));
}

#[test]
fn an_old_id_leads_to_the_venue_of_today() {
    let moved = get("/lieux/ancien");
    assert_eq!((moved.status, moved.header(LOCATION)), (StatusCode::MOVED_PERMANENTLY, "/lieux/lyon-1"));
    let gone = get("/lieux/inconnu");
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("lang=\"fr\"") && gone.body.contains("href=\"/\""));
}

#[test]
fn a_venue_says_where_each_field_comes_from() {
    let page = get("/lieux/lyon-1");
    assert!(page.body.contains("Liste d'essai"));
    assert!(page.body.contains("nom, téléphone"));
    assert!(page.body.contains("rel=\"noopener noreferrer nofollow\">exemple.fr"));
    assert!(get("/lieux/lyon-2").body.contains("ne reçoit pas de public"), "its own page stays, and says so");
}

#[test]
fn every_page_of_a_demonstration_says_so() {
    let mut leaves = testing::leaves();
    leaves.edition.demonstration = true;
    let state = State::new(Arc::new(crate::atlas::Atlas::bind(leaves)), now);
    for address in [
        "/",
        "/?lieu=lyon",
        "/lieux/lyon-1",
        "/carte",
        "/territoires",
        "/territoires/france",
        "/definitions",
        "/donnees",
        "/donnees/rapport/liste",
        "/lieux/inconnu",
    ] {
        let page = get_from(&state, address);
        assert!(
            page.body.contains("Démonstration") && page.body.contains("scripts/serve --cache DOSSIER"),
            "{address}"
        );
    }
    assert!(!get("/").body.contains("Démonstration"));
}

#[test]
fn no_page_is_forgotten_by_those_who_look_at_all_of_them() {
    let looked_at: Vec<String> = serde_json::from_str(include_str!("../../web/test/pages.json")).unwrap();
    let segments = |address: &str| -> Vec<String> {
        let path = address.replace("{venue}", "/lieux/1").replace("{report}", "/donnees/rapport/1");
        path.split('?').next().unwrap().split('/').map(ToOwned::to_owned).collect()
    };
    let is_at = |template: &str, address: &str| {
        let (template, address) = (segments(template), segments(address));
        let same = |(template, part): (&String, &String)| template.starts_with('{') || template == part;
        template.len() == address.len() && template.iter().zip(&address).all(same)
    };
    for endpoint in super::ENDPOINTS.iter().filter(|each| each.operations.iter().any(|each| each.is_page)) {
        assert!(
            looked_at.iter().any(|address| is_at(endpoint.path, address)),
            "web/test/pages.json has no {}",
            endpoint.path
        );
    }
}

#[test]
fn the_table_under_the_map_has_every_departement_and_hatches_what_is_unknown() {
    let page = get("/carte?indicateur=poverty-rate");
    for name in ["Gard", "Loire", "Rhône", "Seine-Saint-Denis", "La Réunion"] {
        assert!(page.body.contains(name), "{name}");
    }
    assert!(page.body.contains("no-data\"></span>pas de donnée"));
    assert!(!page.body.contains("/vendor/"), "without installed files no script is asked for");
}

#[test]
fn the_map_gets_its_library_from_us_and_its_classes_from_the_legend() {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("maplibre-gl/dist");
    std::fs::create_dir_all(&dist).unwrap();
    for name in ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl-shared.mjs", "maplibre-gl.css"] {
        std::fs::write(dist.join(name), b"/* */").unwrap();
    }
    std::fs::write(folder.path().join("maplibre-gl/LICENSE.txt"), b"BSD").unwrap();
    let state = State::new(Arc::new(testing::atlas()), now).with_vendor_dir(folder.path());
    let page = get_from(&state, "/carte?indicateur=poverty-rate&lieux=lyon-1,ancien,inconnu");
    assert!(page.body.contains("data-thresholds=\"12,14,15,20\" data-shades=\"1,2,3,4,5\""));
    assert!(page.body.contains("de 12,0 à moins de 14,0\u{a0}%"));
    assert!(page.body.contains("<li value=\"1\" data-at=\"4.84,45.76\">") && page.body.contains("<li value=\"2\""));
    let library = get_from(&state, "/vendor/maplibre-gl@6.17.0/maplibre-gl.mjs");
    assert_eq!(library.header(CONTENT_TYPE), "text/javascript; charset=utf-8");
    assert!(library.header(CACHE_CONTROL).contains("immutable"));
    assert_eq!(get_from(&state, "/vendor/maplibre-gl@6.17.0/package.json").status, StatusCode::NOT_FOUND);
}

#[test]
fn the_data_page_keeps_the_law_of_conservation() {
    let page = get("/donnees");
    assert!(page.body.contains("publiées + réunies à une autre + mises à l'écart + vides"));
    assert!(page.body.contains("Liste d'essai"));
    assert!(page.body.contains("Taux de pauvreté"));
}

#[test]
fn only_files_of_the_edition_can_be_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("edition");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("venues.parquet"), b"PAR1").unwrap();
    std::fs::write(folder.path().join("secret"), b"secret").unwrap();
    let mut leaves = testing::leaves();
    let report = r#"{"sources":[{"id":"liste","errors":{"nom_absent":7}}]}"#;
    std::fs::write(inside.join("report.json"), report).unwrap();
    let info =
        |name: &str, bytes| crate::atlas::FileInfo { name: name.into(), sha256: "ab".repeat(32), bytes, rows: Some(3) };
    leaves.edition.files = vec![info("venues.parquet", 4), info("report.json", report.len() as u64)];
    let handle = |name: &str| (name.to_owned(), std::fs::File::open(inside.join(name)).unwrap());
    let atlas = Arc::new(crate::atlas::Atlas::bind(leaves));
    let snapshot = Snapshot::new(atlas).with_files(["venues.parquet", "report.json"].map(handle));
    let state = State::of(Editions::only(snapshot), now);
    // What was opened can be taken away as long as the edition is open.
    std::fs::remove_dir_all(&inside).unwrap();
    assert_eq!(get_from(&state, "/donnees/fichiers/venues.parquet").body, "PAR1");
    assert_eq!(get_from(&state, "/donnees/fichiers/venues.parquet").body, "PAR1");
    let taken = get_from(&state, "/donnees/fichiers/report.json");
    assert_eq!((taken.body.as_str(), taken.header(CONTENT_TYPE)), (report, "application/json"));
    assert!(get_from(&state, "/donnees").body.contains("(7)"), "the page reads the report through its handle");
    for bad in ["..%2Fsecret", "%2E%2E%2Fsecret", "manifest.json", "venues.parquet%00"] {
        let reply = get_from(&state, &format!("/donnees/fichiers/{bad}"));
        assert!(reply.status.is_client_error() && !reply.body.contains("secret\n"), "{bad}: {}", reply.status);
    }
}

#[test]
fn own_files_are_kept_for_ever_under_their_version_only() {
    let address = format!("{}/styles/main.css", crate::pages::assets::base());
    let ours = get(&address);
    assert_eq!((ours.status, ours.header(CONTENT_TYPE)), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(ours.header(CACHE_CONTROL).contains("immutable"));
    let older = get("/static/0000000000000000/styles/main.css");
    assert_eq!((older.status, older.header(CACHE_CONTROL)), (StatusCode::OK, "no-cache"));
    assert_eq!(get("/static/x/../../Cargo.toml").status, StatusCode::NOT_FOUND);
}

#[test]
fn every_tool_of_the_docs_has_its_page_with_the_address_of_this_service() {
    let index = get("/docs").body;
    for client in ["curl", "python", "javascript", "r", "qgis", "gdal", "excel"] {
        let address = format!("/docs/{client}");
        assert!(index.contains(&format!("href=\"{address}\"")), "{address} is linked");
        let page = get(&address);
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(page.body.contains("http://localhost/"), "{address} shows addresses of this service");
        assert!(
            !page.body.contains("src=\"http") && !page.body.contains("//cdn"),
            "{address} loads nothing from elsewhere"
        );
    }
    assert_eq!(get("/docs/cobol").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_session_that_is_over_on_the_day_asked_is_shown_to_nobody_who_looks_for_help_and_keeps_its_page() {
    fn before() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2023, 12, 5).unwrap().and_hms_opt(20, 0, 0).unwrap()
    }
    let mut leaves = testing::leaves();
    let mut session = testing::venue("lyon-4", "69123");
    session.location = crate::domain::Location::Published(testing::position(4.8357, 45.7676));
    session.hours = crate::domain::Hours::Osm("2023 Nov 7,2023 Dec 5 Tu 09:00-12:00".into());
    session.services = crate::domain::vocabulary::Service::ALL.to_vec();
    session.phones.clone_from(&leaves.venues[0].phones);
    leaves.venues.push(session);
    let atlas = Arc::new(crate::atlas::Atlas::bind(leaves));
    let asked =
        |clock: fn() -> NaiveDateTime, address: &str| get_from(&State::new(Arc::clone(&atlas), clock), address).body;
    let sent_to = |clock: fn() -> NaiveDateTime| {
        post_to(&State::new(Arc::clone(&atlas), clock), "/orienter", "internet=non&lieu=Lyon").body
    };
    assert!(sent_to(before).contains("/lieux/lyon-4") && !sent_to(now).contains("/lieux/lyon-4"));
    for address in ["/?lieu=lyon", "/carte?lieu=lyon", "/lieux/lyon-1"] {
        assert!(!asked(now, address).contains("/lieux/lyon-4"), "{address}: its last day is past");
        assert!(asked(before, address).contains("/lieux/lyon-4"), "{address}: on the evening of its last day");
    }
    assert!(asked(now, "/lieux/lyon-4").contains("Terminé"), "whoever has the address is told");
    let nearest = "/api/nearest?position=4.8357,45.7676&limit=10";
    assert!(!asked(now, nearest).contains("lyon-4") && asked(before, nearest).contains("lyon-4"));
}
