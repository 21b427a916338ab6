//! What a visitor asks of the planner: the fields of the form as they stand in the address, and the question they make.

use std::borrow::Cow;

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::pages::params::{Params, query};
use crate::placement::{KINDS, ObjectiveKind, Shape};
use crate::planning::{FIELDS, Request, RequestError, compared_level};
use crate::searches::sentence::share_said;
use crate::searches::{Asked, BESIDE};
use crate::tables::french;
use crate::tables::scope::Place;

use super::words::{LEVELS, word};

/// Longest value of a field that is kept, in characters: an address holds no more.
const LONGEST: usize = 8_000;
/// Names in the address: fields of a plan, and what is asked beside.
pub const NAMES: [&str; FIELDS.len() + BESIDE.len()] = {
    let mut names = [""; FIELDS.len() + BESIDE.len()];
    let mut rank = 0;
    while rank < names.len() {
        names[rank] = if rank < FIELDS.len() { FIELDS[rank].name } else { BESIDE[rank - FIELDS.len()].0 };
        rank += 1;
    }
    names
};
/// Posts that the national plan of 2021 still had to place in the whole country.
const NATIONAL_POSTS: f64 = 2_400.0;
/// What the page asks where the visitor did not choose. Written out, so that an address says all of it.
const USUAL: [(&str, &str); 9] = [
    ("territory", "france"),
    ("objective", "coverage"),
    ("mode", "car"),
    ("demand", "need"),
    ("candidates", "hosts"),
    ("existing", "posts"),
    ("renewed", "yes"),
    ("stops", "1"),
    ("seconds", "60"),
];

/// The fields that were filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    given: Vec<(&'static str, String)>,
}

impl Question {
    /// Reads the fields of an address.
    #[must_use]
    pub fn read(params: &Params) -> Self {
        let value = |name| params.one(name).map(|value| (name, value.chars().take(LONGEST).collect()));
        Self { given: NAMES.into_iter().filter_map(value).collect() }
    }

    /// The question of a request that was read.
    #[must_use]
    pub fn of_request(request: &Request) -> Self {
        Self { given: request.to_pairs() }
    }

    /// The value of a field: what was filled in, or else what is usual.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        let usual = || match name {
            "minutes" => minutes(self.kind().usual_minutes),
            _ => USUAL.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value),
        };
        self.given(name).unwrap_or_else(usual)
    }

    fn given(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Whether there is enough to look for a plan: how much there is to spend, or a share to reach.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        ["posts", "budget_eur"].iter().any(|name| self.given(name).is_some()) || self.kind().shape == Shape::Spent
    }

    /// The objective; the usual one where there is none of this name, which is refused elsewhere.
    fn kind(&self) -> &'static ObjectiveKind {
        ObjectiveKind::named(self.value("objective")).unwrap_or(KINDS[0])
    }

    /// The share that is asked for and the territories that are compared, in brackets; nothing where there are none.
    #[must_use]
    pub fn asked_of_share(&self) -> String {
        let kind = self.kind();
        let given = self.given("share").and_then(|text| text.replace(',', ".").parse().ok());
        let share = kind.usual_share().map(|usual| share_said(given.unwrap_or(usual)));
        let level = kind.usual_level().map(|usual| {
            let inside = self.value("territory").split_once('/').and_then(|(level, _)| Level::from_plural(level));
            let usual = compared_level(usual, inside);
            let level = self.given("level").filter(|level| !level.is_empty()).unwrap_or(usual.plural());
            word(&LEVELS, level).to_lowercase()
        });
        let parts: Vec<String> = share.into_iter().chain(level).collect();
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
    }

    /// The question, checked as far as it can be without the tables of the edition.
    ///
    /// # Errors
    /// Names the field that cannot be.
    pub fn asked(&self, atlas: &Atlas) -> Result<Asked, RequestError> {
        Asked::of_pairs(atlas, self.pairs().into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// That the number of posts which was given is no ceiling of how few it takes, where more were found to be needed: the form
    /// offers a number to every question, so it is passed over, and programs that name one are answered within it.
    #[must_use]
    pub fn not_a_ceiling(&self, used: u64) -> Option<String> {
        let given: u64 = self.given("posts")?.parse().ok()?;
        let dropped = self.kind().shape == Shape::Spent && self.given("budget_eur").is_none_or(str::is_empty);
        (dropped && used > given).then(|| {
            let posts = french::count(given, "poste", "postes");
            format!(
                "Le nombre donné ({posts}) n'est pas un plafond ici\u{a0}: cette question cherche combien il en faut. Pour savoir ce \
                 que permettent {posts}, choisissez «\u{a0}{}\u{a0}».",
                KINDS[0].title
            )
        })
    }

    /// The same question with another value of a field.
    #[must_use]
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let others = self.without(name).given;
        Self { given: others.into_iter().chain([(name, value.to_owned())]).collect() }
    }

    /// The same question with the usual value of a field.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        Self { given: self.given.iter().filter(|(known, _)| *known != name).cloned().collect() }
    }

    /// The same question with more sites excluded.
    #[must_use]
    pub fn forbidding<'a>(&'a self, more: impl Iterator<Item = &'a str>) -> Self {
        let before = Some(self.value("forbidden")).filter(|ids| !ids.is_empty());
        let ids: Vec<&str> = before.into_iter().chain(more).collect();
        self.with("forbidden", &ids.join(","))
    }

    /// The address that asks the same.
    #[must_use]
    pub fn address(&self) -> String {
        let pairs = self.pairs();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        format!("/planifier{}", query(&pairs))
    }

    /// The fields that say something next to the others. A form sends all of its fields, also those that another choice
    /// has made pointless; a program would be told so.
    fn pairs(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        NAMES
            .into_iter()
            .filter(|name| self.says_something(name))
            .filter_map(|name| Some((name, self.value(name))).filter(|(_, value)| !value.is_empty()))
            .map(|(name, value)| (name, decimal_point(name, value)))
            .collect()
    }

    fn says_something(&self, name: &str) -> bool {
        let (kind, radius) = (self.kind(), self.given("radius_km").is_some());
        match name {
            "mode" | "minutes" => !radius,
            // The form offers a number for every other question; here the answer is a number.
            "posts" => self.given("budget_eur").is_none() && kind.shape != Shape::Spent,
            "share" => kind.usual_share().is_some(),
            "level" => kind.usual_level().is_some(),
            "hours_per_post" | "hours_per_person" | "posts_per_site" => kind.takes_room(),
            "none_km" => kind.takes_beyond() && radius,
            "none_minutes" => kind.takes_beyond() && !radius,
            "least_inhabitants" => self.value("candidates") == "hosts",
            "horizon" | "convention_months" => self.value("renewed") == "no",
            "stop_minutes" => self.value("stops") != "1",
            _ => true,
        }
    }
}

/// Whole minutes in letters.
fn minutes(minutes: u32) -> &'static str {
    match minutes {
        60 => "60",
        30 => "30",
        20 => "20",
        15 => "15",
        _ => "10",
    }
}

/// « 0,5 » as programs write it. Lists and places keep their commas.
fn decimal_point<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    let is_measure = matches!(name, "radius_km" | "none_km" | "share" | "hours_per_post" | "hours_per_person");
    if is_measure && value.contains(',') { Cow::Owned(value.replace(',', ".")) } else { Cow::Borrowed(value) }
}

/// Posts to begin with in a territory: its part, by inhabitants, of those of the national plan.
#[must_use]
pub fn fair_posts(atlas: &Atlas, place: &Place) -> u64 {
    let people = |communes: &mut dyn Iterator<Item = &crate::domain::Commune>| -> f64 {
        communes.filter_map(|commune| commune.population).map(|persons| f64::from(persons.0)).sum()
    };
    let all = people(&mut atlas.communes().iter());
    let own = people(&mut place.communes.iter().map(|&i| &atlas.communes()[i]));
    ((NATIONAL_POSTS * own / all.max(1.0)).round() as u64).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(query: &str) -> Question {
        Question::read(&Params::read(query))
    }

    #[test]
    fn an_address_reads_back_as_the_same_question() {
        let asked = question("territory=departements/23&posts=5&utm_source=mail&share=0,5&objective=floor");
        let address = asked.address();
        let again = question(address.split_once('?').unwrap().1);
        assert_eq!(again.address(), address);
        assert!(address.contains("share=0.5") && !address.contains("utm"), "{address}");
    }

    #[test]
    fn a_choice_that_another_one_has_made_pointless_is_left_out() {
        let address = question("posts=5&budget_eur=200000&radius_km=7,5&minutes=15&share=0.9").address();
        assert!(address.contains("budget_eur=200000&") && address.contains("radius_km=7.5&"), "{address}");
        for pointless in ["posts=", "minutes=", "mode=", "share="] {
            assert!(!address.contains(&format!("&{pointless}")), "{address}");
        }
    }

    #[test]
    fn the_minutes_of_every_objective_have_letters() {
        for kind in KINDS {
            assert_eq!(minutes(kind.usual_minutes), kind.usual_minutes.to_string(), "{kind:?}");
        }
    }

    #[test]
    fn how_few_posts_it_takes_is_not_capped_by_the_number_that_the_form_offers() {
        let address = question("objective=set-cover&share=0.9&posts=12&territory=departements/23").address();
        assert!(!address.contains("&posts="), "{address}");
    }

    #[test]
    fn a_number_of_posts_that_was_not_applied_is_said_where_more_are_needed() {
        let asked = question("objective=set-cover&share=0.9&posts=3&territory=departements/48");
        let said = asked.not_a_ceiling(6).unwrap();
        assert!(said.contains("(3\u{a0}postes) n'est pas un plafond"), "{said}");
        assert_eq!(asked.not_a_ceiling(3), None, "three are enough");
        assert_eq!(question("objective=set-cover&share=0.9").not_a_ceiling(6), None);
        assert_eq!(question("posts=3").not_a_ceiling(6), None, "elsewhere the number is applied");
    }

    #[test]
    fn nothing_is_looked_for_before_somebody_says_how_much_there_is() {
        assert!(!question("territory=departements/23").is_complete());
        assert!(question("territory=departements/23&posts=5").is_complete());
        assert!(question("objective=set-cover&share=0.9").is_complete());
    }
}
