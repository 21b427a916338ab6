//! The places of a département in one file, which is opened where there is no network.

use std::collections::BTreeSet;
use std::sync::Arc;

use mediane::atlas::{Atlas, TerritoryName};
use mediane::domain::{Level, Location};
use mediane::http::State;
use reqwest::blocking::Client;
use reqwest::redirect::Policy;

use super::support::{commune, get, header, noon, position, sample_leaves, serve_on_free_port, url, venue};

#[test]
fn the_file_of_a_departement_asks_nothing_of_anybody_and_every_link_in_it_leads_somewhere() {
    let answer = get("/emporter/23");
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "content-disposition"), "attachment; filename=\"lieux-23.html\"");
    let page = answer.text().unwrap();
    for asks in ["<script", " src=", "<link", "url(", "@import"] {
        assert!(!page.contains(asks), "{asks}");
    }
    assert!(page.contains("Guéret") && page.contains("Maison &#34;France Services&#34;"), "{page}");
    assert!(!page.contains("Bureau sans public") && !page.contains("Case numérique"), "{page}");
    let after = |mark: &'static str| page.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
    let targets: BTreeSet<&str> = after(" id=\"").collect();
    assert_eq!(targets.len(), after(" id=\"").count(), "no name stands twice");
    for link in after("href=\"#") {
        assert!(targets.contains(link), "#{link}");
    }
    let outside: Vec<&str> = after("href=\"").filter(|link| !link.starts_with('#')).collect();
    assert!(outside.iter().all(|link| link.starts_with("tel:") || link.starts_with("http")), "{outside:?}");
}

#[test]
fn nobody_is_sent_over_the_sea_and_there_is_no_file_of_what_is_no_departement() {
    let page = get("/emporter/974").text().unwrap();
    assert!(!page.contains("Médiathèque"), "{page}");
    for code in ["99", "23096", "%3Cscript%3E"] {
        assert_eq!(get(&format!("/emporter/{code}")).status(), 404, "{code}");
    }
}

#[test]
fn a_code_written_otherwise_leads_to_the_file() {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let mut leaves = sample_leaves();
    let name =
        |code: &str, name: &str| TerritoryName { code: code.into(), name: name.into(), parent: Some("75".into()) };
    let departements = leaves.territories.get_mut(&Level::Departement).unwrap();
    departements.extend([name("01", "Ain"), name("2A", "Corse-du-Sud")]);
    departements.sort_by(|a, b| a.code.cmp(&b.code));
    let address = serve_on_free_port(State::new(Arc::new(Atlas::bind(leaves)), noon));
    for (written, code) in [("1", "01"), ("2a", "2A")] {
        let answer = client.get(format!("http://{address}/emporter/{written}")).send().unwrap();
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "location")),
            (301, format!("/emporter/{code}")),
            "{written}"
        );
        assert_eq!(client.get(format!("http://{address}/emporter/{code}")).send().unwrap().status(), 200, "{code}");
    }
    assert_eq!(client.get(url("/emporter/3")).send().unwrap().status(), 404);
}

#[test]
fn a_town_of_arrondissements_is_told_by_arrondissement() {
    let mut leaves = sample_leaves();
    leaves.communes.push(commune("75056", "Paris", "75", None, (2.3, 48.8), 2_000_000));
    let departements = leaves.territories.get_mut(&Level::Departement).unwrap();
    departements.push(TerritoryName { code: "75".into(), name: "Paris".into(), parent: Some("75".into()) });
    departements.sort_by(|a, b| a.code.cmp(&b.code));
    let (west, east) = (position(2.262, 48.860), position(2.400, 48.865));
    leaves.venues.push(venue("v-west", "Lieu du seizième", Some("75056"), Location::Published(west)));
    leaves.venues.push(venue("v-east", "Lieu du vingtième", Some("75056"), Location::Published(east)));
    leaves.venues.sort_by(|a, b| a.id.cmp(&b.id));
    let address = serve_on_free_port(State::new(Arc::new(Atlas::bind(leaves)), noon));
    let page = reqwest::blocking::get(format!("http://{address}/emporter/75")).unwrap().text().unwrap();
    let of =
        |code: &str| page.split(&format!("id=\"c{code}\"")).nth(1).unwrap().split("<dt").next().unwrap().to_owned();
    assert!(!page.contains("id=\"c75056\""), "{page}");
    for (code, name, first) in [("75116", "Paris 16e", "Lieu du seizième"), ("75120", "Paris 20e", "Lieu du vingtième")]
    {
        let told = of(code);
        assert!(told.contains(name), "{told}");
        let place = told.split("</a>").next().unwrap();
        assert!(place.contains(first), "{told}");
    }
    let order: Vec<usize> = ["c75101", "c75102", "c75110", "c75120"].map(|id| page.find(id).unwrap()).into();
    assert!(order.is_sorted(), "{order:?}");
}
