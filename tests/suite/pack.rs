//! The places of a département in one file, which is opened where there is no network.

use std::collections::BTreeSet;

use super::support::{get, header};

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
