//! Mentions légales, accessibility statement, who we are, how to show us inside another site; and what search engines read.
//! Who publishes an instance is said by its configuration, never by the program.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::links;

use super::card;
use super::contact::{Link, link, mailto};
use super::frame::{Frame, Keep, page};

/// `/mentions-legales`.
pub const LEGAL: Endpoint =
    Endpoint::at("/mentions-legales", &[Operation::page("legal", "Mentions légales", || web::to(legal))]);

/// `/accessibilite`.
pub const ACCESSIBILITY: Endpoint =
    Endpoint::at("/accessibilite", &[Operation::page("accessibility", "Accessibilité", || web::to(accessibility))]);

/// `/a-propos`.
pub const ABOUT: Endpoint =
    Endpoint::at("/a-propos", &[Operation::page("about", "Qui sommes-nous ?", || web::to(about))]);

/// `/integrer`.
pub const EMBED: Endpoint = Endpoint::at(
    "/integrer",
    &[Operation::page("embed", "Montrer la recherche dans un autre site", || web::to(embed))],
);

/// `/robots.txt`.
pub const ROBOTS: Endpoint = Endpoint::at(
    "/robots.txt",
    &[Operation::get("robots", "Ce que les moteurs de recherche laissent de côté", || web::to(robots))
        .answering(&[Answer::ok(&[(TEXT, "text")])])],
);

/// `/sitemap.xml`.
pub const SITEMAP: Endpoint = Endpoint::at(
    "/sitemap.xml",
    &[Operation::get("sitemap", "Les pages, pour les moteurs de recherche", || web::to(sitemap))
        .answering(&[Answer::ok(&[(XML, "text")])])],
);

const TEXT: &str = "text/plain; charset=utf-8";
const XML: &str = "application/xml";
/// Most addresses in one file, by the protocol of sitemaps.
const MOST: usize = 50_000;
/// Pages that everybody may find.
const LISTED: [&str; 9] = [
    "/",
    "/orienter",
    "/aide-a-distance",
    "/carte",
    "/territoires",
    "/territoires/france",
    "/donnees",
    "/definitions",
    "/a-propos",
];

/// Which text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Legal,
    Accessibility,
    About,
    Embed,
}

#[derive(Template)]
#[template(path = "legal.html")]
struct LegalPage {
    frame: Frame,
    text: Text,
    publisher: Option<String>,
    contact: Option<Link>,
    base: String,
    /// Whom browsers ask for the base of the map, besides this service: a host.
    base_host: Option<String>,
    /// Whom this service asks for addresses that it does not know: a host.
    geocoder: Option<String>,
    /// Sites that may show us.
    hosts: Vec<String>,
}

fn written(request: &HttpRequest, state: &State, text: Text) -> HttpResponse {
    let (title, description) = match text {
        Text::Legal => ("Mentions légales", "Qui publie ce site, et ce qu’il fait de vos données : rien."),
        Text::Accessibility => {
            ("Accessibilité", "Ce qui a été vérifié pour que tout le monde puisse utiliser ce site.")
        }
        Text::About => ("Qui sommes-nous ?", "Médiane, la carte ouverte des lieux d’aide au numérique en France."),
        Text::Embed => {
            ("Montrer la recherche dans votre site", "Le code à copier pour montrer la recherche dans un autre site.")
        }
    };
    let process = &state.process;
    let contact = process.contact.as_deref().and_then(|text| {
        let mail = || Some(Link { href: mailto(text)?, host: text.to_owned() });
        link(text).or_else(mail)
    });
    let template = LegalPage {
        frame: Frame::new(state, title, "").described(description),
        text,
        publisher: process.publisher.as_deref().map(ToOwned::to_owned),
        contact,
        base: links::base(request, state),
        base_host: super::basemap::of(state)
            .asked()
            .map(|origin| origin.split("://").last().unwrap_or(origin).to_owned()),
        geocoder: super::geocoded::of(state).map(|geocoder| geocoder.host().to_owned()),
        hosts: process.embedded_by.clone(),
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// `GET /mentions-legales`.
pub async fn legal(request: HttpRequest, state: State) -> HttpResponse {
    written(&request, &state, Text::Legal)
}

/// `GET /accessibilite`.
pub async fn accessibility(request: HttpRequest, state: State) -> HttpResponse {
    written(&request, &state, Text::Accessibility)
}

/// `GET /a-propos`.
pub async fn about(request: HttpRequest, state: State) -> HttpResponse {
    written(&request, &state, Text::About)
}

/// `GET /integrer`.
pub async fn embed(request: HttpRequest, state: State) -> HttpResponse {
    written(&request, &state, Text::Embed)
}

/// `GET /robots.txt`.
pub async fn robots(request: HttpRequest, state: State) -> HttpResponse {
    // Searches and sheets are somebody's question, not pages to be found.
    let hidden = ["/fiche", "/moderation", "/*?lieu=", "/*?commune=", "/*/signaler"];
    let lines = hidden.map(|path| format!("Disallow: {}{path}\n", state.process.root)).concat();
    let text = format!("User-agent: *\n{lines}Sitemap: {}/sitemap.xml\n", links::base(&request, &state));
    answer(TEXT, text)
}

/// `GET /sitemap.xml`.
pub async fn sitemap(request: HttpRequest, state: State) -> HttpResponse {
    let base = links::base(&request, &state);
    let venues = state.atlas.venues().iter().filter(|venue| venue.receives_public());
    let venues = venues.map(|venue| card::venue_href(&venue.id));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in LISTED.into_iter().map(ToOwned::to_owned).chain(venues).take(MOST) {
        // Paths are percent-encoded and our base is our own: nothing in them needs escaping.
        text.extend(["<url><loc>", &base, &path, "</loc></url>\n"]);
    }
    text.push_str("</urlset>\n");
    answer(XML, text)
}

fn answer(kind: &'static str, text: String) -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, kind)).insert_header((CACHE_CONTROL, "no-cache")).body(text)
}
