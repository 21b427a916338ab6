//! `/et-si`: the same by hand, without JavaScript.

use reqwest::Method;
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;

use super::{ask, bearer, created, url};
use crate::support::header;

fn page(path: &str) -> (u16, String) {
    let response = ask(&Method::GET, path, &[], None);
    (response.status().as_u16(), plain(response))
}

/// The words of a page as a visitor reads them.
fn plain(response: Response) -> String {
    response
        .text()
        .unwrap()
        .replace("&nbsp;", " ")
        .replace('\u{a0}', " ")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
        .replace("&#34;", "\"")
}

fn send(fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Response {
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let request = Client::new().post(url("/et-si")).header("content-type", "application/x-www-form-urlencoded");
    headers
        .iter()
        .fold(request, |request, (name, value)| request.header(*name, *value))
        .body(body.join("&"))
        .send()
        .unwrap()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

const CREUSE: &str = "/et-si?territoire=departements/23&denominateur=20pc&mode=pied";

#[test]
fn an_act_leads_to_an_address_that_says_it_all() {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let acted = client.get(url(&format!("{CREUSE}&id=v-bib&faire=fermer"))).send().unwrap();
    assert_eq!(acted.status(), 303);
    let address = header(&acted, "location");
    assert!(
        address.starts_with("/et-si?denominateur=20pc&mode=pied&territoire=departements/23&changements="),
        "{address}"
    );
    let (status, text) = page(&address);
    assert_eq!(status, 200);
    assert!(text.contains("Fermer « Médiathèque » (Guéret)"), "{text}");
    assert!(text.contains("vivent à moins de 15 minutes à pied d'un lieu d'aide."), "{text}");
    assert!(text.contains("Avant et après") && text.contains("<svg viewBox"));
    let twice = client.get(url(&format!("{address}&id=v-bib&faire=heures&annuelles=10"))).send().unwrap();
    assert_eq!(twice.status(), 400);
    assert!(plain(twice).contains("Ce lieu change déjà dans ce scénario"));
}

#[test]
fn every_kind_of_act_is_there_and_what_cannot_be_is_said_in_words() {
    let act = |fields: &str| page(&format!("{CREUSE}&{fields}"));
    assert!(
        act("faire=ouvrir&ou=Ajain&nom=Bus&annuelles=1%20820")
            .1
            .contains("Ouvrir « Bus » à Ajain (Creuse) (1\u{202f}820 h par an)")
    );
    assert!(act("faire=deplacer&id=v-bib&vers=1.95,46.15").1.contains("Déplacer « Médiathèque » (Guéret) : à Ajain"));
    assert!(act("faire=heures&id=v-bib&annuelles=12,5").1.contains("Changer les horaires de « Médiathèque » (Guéret)"));
    for (fields, words) in [
        ("faire=ouvrir", "Dites où"),
        ("faire=ouvrir&ou=Ajain&annuelles=beaucoup", "n'est pas un nombre d'heures"),
        ("faire=ouvrir&ou=Ajain&annuelles=9000", "de 0 à 8\u{202f}784 heures"),
        ("faire=fermer", "Choisissez un lieu"),
        ("faire=fermer&id=v-x", "n'est pas dans l'édition"),
        ("faire=deplacer&id=v-bib&vers=46.15,1.95", "La longitude vient d'abord"),
        ("faire=arreter&ou=Ajain", "Aucun poste de conseiller"),
    ] {
        let (status, text) = act(fields);
        assert_eq!(status, 400, "{fields}");
        assert!(text.contains("role=\"alert\"") && text.contains(words), "{fields}: {text}");
    }
    assert!(act("lieu=gueret").1.contains("value=\"v-centre\""));
    assert!(!act("lieu=bureau").1.contains("v-bureau"), "it receives no public");
    assert!(page(&format!("{CREUSE}&changements=%7B")).0 == 400);
}

#[test]
fn a_scenario_is_saved_opened_changed_and_deleted_by_forms() {
    let changes = r#"{"close":["v-bib"]}"#;
    let common = [("territoire", "departements/23"), ("denominateur", "20pc"), ("changements", changes)];
    let saved = send(
        &[&common[..], &[("titre", "Sans médiathèque"), ("visibilite", "private"), ("faire", "enregistrer")]].concat(),
        &[],
    );
    assert_eq!((saved.status().as_u16(), header(&saved, "cache-control").as_str()), (200, "no-store"));
    let text = plain(saved);
    let token = text.split("token\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let id = text.split("scenario=").nth(1).map(|rest| rest[..32].to_owned()).unwrap();
    assert_eq!(page(&format!("/et-si?scenario={id}")).0, 404, "private");
    let named = [("scenario", id.as_str()), ("jeton", token.as_str())];
    let opened = send(&[&named[..], &[("faire", "consulter")]].concat(), &[]);
    assert_eq!((opened.status().as_u16(), header(&opened, "cache-control").as_str()), (200, "no-store"));
    let opened = plain(opened);
    assert!(opened.contains("<h1>Sans médiathèque</h1>") && !opened.contains(&token));
    let version = format!("{id}.1");
    let next = [
        ("scenario", version.as_str()),
        ("jeton", token.as_str()),
        ("titre", "Partagé"),
        ("visibilite", "shared"),
        ("faire", "enregistrer"),
    ];
    let again = plain(send(&[&common[..], &next[..]].concat(), &[]));
    assert!(again.contains("Nouvelle version enregistrée") && !again.contains(&token), "{again}");
    assert!(page(&format!("/et-si?scenario={id}")).1.contains("<h1>Partagé</h1>"));
    let late = send(&[&common[..], &next[..]].concat(), &[]);
    assert_eq!(late.status(), 412);
    let late = plain(late);
    assert!(late.contains("enregistré entre-temps") && !late.contains(&token));
    assert_eq!(send(&[&named[..], &[("faire", "effacer")]].concat(), &[]).status(), 200);
    assert_eq!(page(&format!("/et-si?scenario={id}")).0, 404);
}

#[test]
fn a_form_of_another_site_does_nothing() {
    let (id, token) = created("Un", "private");
    let fields = [("scenario", id.as_str()), ("jeton", token.as_str()), ("faire", "effacer")];
    assert_eq!(send(&fields, &[("sec-fetch-site", "cross-site")]).status(), 403);
    let path = format!("/api/scenarios/{id}");
    assert_eq!(ask(&Method::GET, &path, &[("authorization", &bearer(&token))], None).status(), 200);
}

#[test]
fn one_begins_with_a_territory_or_a_published_scenario() {
    let (id, _) = created("À lire par tous", "published");
    let (status, text) = page("/et-si?nom=creuse");
    assert_eq!(status, 200);
    assert!(
        text.contains("href=\"/et-si?territoire=departements/23\"") && text.contains(&format!("/et-si?scenario={id}"))
    );
    assert_eq!(page("/et-si?territoire=departements/99").0, 400);
    assert_eq!(page("/et-si?scenario=x").0, 404);
}
