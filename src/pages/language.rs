//! The words of the citizen's path, one Fluent file a language in `web/words/`. French is whole; another language says the
//! rest in French, and a test counts what is missing.
//!
//! The language is chosen by a link (`lang=`), never guessed: a page says the same to everybody who has its address.

use std::sync::LazyLock;

use actix_web::HttpRequest;
use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::params::{Params, query};
use crate::domain::Metres;
use crate::http::{State, links};
use crate::tables::french;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// French.
    #[default]
    French,
    /// French for people who read with difficulty (« facile à lire »): short sentences, one idea each.
    Easy,
    /// English.
    English,
    /// Arabic, from right to left.
    Arabic,
}

impl Language {
    /// Every language, as the links offer them.
    pub const ALL: [Self; 4] = [Self::French, Self::Easy, Self::English, Self::Arabic];

    /// Value of `lang=`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::Easy => "facile",
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// Language of the text, as HTML names it (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French | Self::Easy => "fr",
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// Direction of the text.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            _ => "ltr",
        }
    }

    /// Its name, in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::French => "Français",
            Self::Easy => "Français facile à lire",
            Self::English => "English",
            Self::Arabic => "العربية",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::French => include_str!("../../web/words/fr.ftl"),
            Self::Easy => include_str!("../../web/words/facile.ftl"),
            Self::English => include_str!("../../web/words/en.ftl"),
            Self::Arabic => include_str!("../../web/words/ar.ftl"),
        }
    }

    /// The language that a request asks for; French unless it names another.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        // Every page takes it: no need to look its endpoint up.
        let params = Params::read(request.query_string());
        let asked = params.one("lang");
        Self::ALL.into_iter().find(|language| Some(language.code()) == asked).unwrap_or_default()
    }
}

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 4]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.tag().parse().expect("our own tags are well formed; a test reads them");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would be counted in texts of limited length; pages isolate by elements instead.
    bundle.set_use_isolating(false);
    // A message that cannot be read is said in French: tests refuse such a file.
    let resource = FluentResource::try_new(language.file().to_owned()).unwrap_or_else(|(read, _)| read);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The months, January first, where the language says dates in words of the catalogue.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];

/// What says everything in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words(pub Language);

impl Words {
    /// The words that a request asks for.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        Self(Language::of(request))
    }

    /// A message.
    #[must_use]
    pub fn say(self, id: &str) -> String {
        self.formatted(id, None)
    }

    /// A message about something: `{ $x }`.
    #[must_use]
    pub fn about(self, id: &str, x: &str) -> String {
        self.with(id, &[("x", x)])
    }

    /// A message about a number: `{ $n }`, by the rules of plural of the language.
    #[must_use]
    pub fn count(self, id: &str, n: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n));
        self.formatted(id, Some(&args))
    }

    /// A message about several things, by their names.
    #[must_use]
    pub fn with(self, id: &str, named: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        named.iter().for_each(|(name, value)| args.set(*name, FluentValue::from(*value)));
        self.formatted(id, Some(&args))
    }

    /// A day in words: « 1er août 2024 », “1 August 2024”.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        match self.0 {
            Language::French | Language::Easy => french::date(day),
            Language::English | Language::Arabic => {
                let month = self.say(MONTHS[day.month0() as usize]);
                format!("{}\u{a0}{month}\u{a0}{}", day.day(), day.year())
            }
        }
    }

    /// A distance: « 1,1 km » in French, “1.1 km” where the mark is a point, with the unit in the letters of the language.
    #[must_use]
    pub fn distance(self, distance: Metres) -> String {
        let (Language::English | Language::Arabic) = self.0 else { return french::distance(distance) };
        let Some((number, unit)) = french::no_finer(distance) else { return self.say("less-than-100-m") };
        let number = number.replace(',', ".").replace('\u{202f}', ",");
        self.about(if unit == "km" { "distance-km" } else { "distance-m" }, &number)
    }

    /// How long a way is: minutes, and hours from two of them on, to ten minutes.
    #[must_use]
    pub fn duration(self, minutes: usize) -> String {
        match french::in_hours(minutes as u64) {
            None => self.count("minutes", minutes),
            Some((hours, 0)) => self.about("hours", &hours.to_string()),
            Some((hours, rest)) => self.with("hours-minutes", &[("x", &hours.to_string()), ("m", &rest.to_string())]),
        }
    }

    fn formatted(self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let said = |language: Language| {
            let bundle = &BUNDLES[language as usize];
            let pattern = bundle.get_message(id)?.value()?;
            Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
        };
        // An id that even French lacks shows itself: a test looks for every id that pages name.
        said(self.0).or_else(|| said(Language::French)).unwrap_or_else(|| id.to_owned())
    }
}

/// The page that is looked at, in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Where.
    pub href: String,
    /// The whole address, for search engines, which read no other; none for the present page, nor for a second page in one
    /// language (« facile à lire »).
    pub alternate: Option<String>,
    /// Language of the page there.
    pub tag: &'static str,
    /// Its name, in itself.
    pub name: &'static str,
    /// Whether it is the present one.
    pub current: bool,
}

/// The present address in every language. Only the names in `keep` stay in it.
#[must_use]
pub fn others(request: &HttpRequest, state: &State, keep: &[&str]) -> Vec<Other> {
    let (params, present) = (Params::of(request), Language::of(request));
    let kept: Vec<(&str, &str)> = keep.iter().filter_map(|name| Some((*name, params.one(name)?))).collect();
    let other = |language: Language| {
        let pairs: Vec<(&str, &str)> = kept.iter().copied().chain([("lang", language.code())]).collect();
        let href = format!("{}{}", request.path(), query(&pairs));
        let other = language.tag() != present.tag() && language != Language::Easy;
        Other {
            alternate: other.then(|| format!("{}{href}", links::base(request, state))),
            href,
            tag: language.tag(),
            name: language.own_name(),
            current: language == present,
        }
    };
    Language::ALL.into_iter().map(other).collect()
}

#[cfg(test)]
mod tests;
