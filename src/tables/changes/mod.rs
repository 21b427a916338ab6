//! What changed between two editions, for a territory and a choice of venues: the question, and its answer in words, as JSON
//! and as a feed.

pub mod feed;
pub mod json;
pub mod words;

use actix_web::HttpRequest;

use super::choices::VENUES;
use super::scope::Place;
use crate::domain::CommuneIx;
use crate::editions::Listed;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::{State, edition, filters};
use crate::monitoring::comparison::{Asked, Comparison, compare};

/// Names of the question.
pub const NAMES: &[&[&str]] = &[&["from", "to", "territory"], VENUES];

/// Two editions, a territory and a choice of venues.
#[derive(Debug, Clone)]
pub struct Question {
    /// The service with the earlier edition.
    pub from: State,
    /// The service with the later edition.
    pub to: State,
    /// The territory, as the later edition knows it.
    pub place: Place,
    /// Every choice, as in an address.
    pub choices: Vec<(&'static str, String)>,
    asked: (Asked, Asked),
    /// Whether the earlier edition has the territory.
    pub was_there: bool,
}

impl Question {
    /// Reads the question. Without `to` it is the edition of the request; without `from`, the one before that.
    ///
    /// # Errors
    /// 400 or 404 naming the parameter.
    pub async fn read(request: &HttpRequest, state: &State, query: &Query) -> Result<Self, Problem> {
        let to = match query.text("to") {
            Some(text) => edition::meant(state, "to", text).await?,
            None => state.clone(),
        };
        let from = match query.text("from") {
            Some(text) => edition::meant(state, "from", text).await?,
            None => match before(&to) {
                Some(id) => edition::meant(state, "from", &id).await?,
                None => to.clone(),
            },
        };
        edition::answer_from(request, &to);
        let place = Place::of_query(&to.atlas, query)?;
        let asked = |state: &State, communes: Vec<CommuneIx>| -> Result<Asked, Problem> {
            let communes = place.level.map(|_| communes);
            Ok(Asked { communes, filter: filters::venue_filter(query, &state.atlas)? })
        };
        let then = place.level.map_or_else(|| Some(Vec::new()), |level| from.atlas.communes_of(level, &place.code));
        let was_there = then.is_some();
        let asked = (asked(&from, then.unwrap_or_default())?, asked(&to, place.communes.clone())?);
        let mut choices = vec![("from", from.id().to_owned()), ("to", to.id().to_owned()), ("territory", place.path())];
        choices.extend(super::choices::asked(query, VENUES));
        Ok(Self { from, to, place, choices, asked, was_there })
    }

    /// The answer. Milliseconds for a territory, tenths of a second for France; the first question of an edition waits for
    /// its figures.
    #[must_use]
    pub fn answer(&self) -> Comparison {
        let (from, to) = (&self.asked.0, &self.asked.1);
        compare((&self.from, from), (&self.to, to), (self.place.level, &self.place.code))
    }

    /// The choices as in an address, those of the editions left out when `lasting`: a feed follows what comes.
    #[must_use]
    pub fn parameters(&self, lasting: bool) -> String {
        let kept = self.choices.iter().filter(|(name, _)| !lasting || !matches!(*name, "from" | "to"));
        let escaped = |text: &str| crate::http::links::encoded(text).replace("%2F", "/").replace("%2C", ",");
        let pairs = kept.map(|(name, value)| format!("{name}={}", escaped(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// The edition just before this one: the newest with an earlier day, of real venues if this one's are.
#[must_use]
pub fn before(state: &State) -> Option<String> {
    let title = state.title();
    let listed: Vec<Listed> = state.process.editions.list();
    let earlier = |listed: &&Listed| {
        listed.title.as_of.is_some_and(|day| title.as_of.is_some_and(|of| day < of))
            && listed.title.demonstration == title.demonstration
    };
    listed.iter().find(earlier).map(|listed| listed.title.id.clone())
}
