//! What every page shares: its title, the banner of a demonstration, the edition at its foot.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ContentType};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::http::State;

use super::assets;
use super::language::{Language, Other, Words};

/// What search engines show of a page that says no more about itself, after its title.
const WHAT_WE_ARE: &str =
    "Médiation numérique en France\u{a0}: les lieux d’aide, les besoins et l’accès, d’après des données publiques.";

/// The frame around a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Title of the window.
    pub title: String,
    /// Address of the entry of the menu that is current; empty when none is.
    pub here: &'static str,
    /// Whether the venues are fictitious.
    pub demonstration: bool,
    /// Id of the edition.
    pub edition: String,
    /// Day of the edition, in words.
    pub as_of: Option<String>,
    /// Whether another edition is in force.
    pub old: bool,
    /// Address of our own static files, without the final slash.
    pub assets: &'static str,
    /// What says everything in the language of the page.
    pub words: Words,
    /// Language of the page, as HTML names it.
    pub lang: &'static str,
    /// Direction of its text.
    pub direction: &'static str,
    /// The page in other languages; empty where it speaks French alone.
    pub languages: Vec<Other>,
    /// The words to say that the page is in French alone, where another language was asked for.
    pub french_only: Option<Words>,
    /// What search engines show of the page.
    pub description: Option<String>,
    /// Whether search engines are asked to leave it out.
    pub unlisted: bool,
}

impl Frame {
    /// The frame of a page of this title.
    #[must_use]
    pub fn new(state: &State, title: &str, here: &'static str) -> Self {
        let edition = state.atlas.edition();
        Self {
            title: format!("{title} – Médiane"),
            here,
            demonstration: edition.demonstration,
            edition: edition.id.clone(),
            as_of: edition.as_of.map(|day| Words::default().date(day)),
            old: !state.is_current(),
            assets: assets::base(),
            words: Words::default(),
            lang: Language::French.tag(),
            direction: Language::French.direction(),
            languages: Vec::new(),
            french_only: None,
            description: Some(format!("{title}. {WHAT_WE_ARE}")),
            unlisted: false,
        }
    }

    /// The same around a page in this language, with links to it in others.
    #[must_use]
    pub fn speaking(mut self, words: Words, languages: Vec<Other>) -> Self {
        let Words(language) = words;
        (self.words, self.lang, self.direction) = (words, language.tag(), language.direction());
        self.languages = languages;
        self
    }

    /// The same around a page in French alone, which says so to who asked for another language, and leads to what speaks it.
    #[must_use]
    pub fn in_french_only(mut self, request: &HttpRequest) -> Self {
        let asked = Words::of(request);
        self.french_only = (asked.0.tag() != Language::French.tag()).then_some(asked);
        self
    }

    /// The same with what search engines show of it.
    #[must_use]
    pub fn described(mut self, description: &str) -> Self {
        self.description = Some(description.to_owned());
        self
    }

    /// The same around a page that search engines are asked to leave out: one that depends on who asks.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }
}

/// How long a browser may keep a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Ask again each time: « ouvert jusqu'à » grows old within minutes.
    Check,
    /// Leave no trace on a shared computer: the page says where somebody is.
    Nothing,
}

/// Renders a page.
#[must_use]
pub fn page(status: StatusCode, keep: Keep, template: &impl Template) -> HttpResponse {
    html(status, keep, rendered(template))
}

/// A page as text.
#[must_use]
pub fn rendered(template: &impl Template) -> String {
    template.render().expect("values print themselves, and memory takes every byte")
}

/// Answers with a page that was rendered.
#[must_use]
pub fn html(status: StatusCode, keep: Keep, html: String) -> HttpResponse {
    let cache = match keep {
        Keep::Check => "no-cache",
        Keep::Nothing => "no-store",
    };
    HttpResponse::build(status).insert_header(ContentType::html()).insert_header((CACHE_CONTROL, cache)).body(html)
}
