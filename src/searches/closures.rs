//! Which places could close and hurt least: the question as it comes through the door, and its answer as tables.

use std::time::Duration;

use serde_json::Map;

use super::asked::refused;
use super::report::place;
use crate::atlas::Atlas;
use crate::features::Value;
use crate::http::problem::Problem;
use crate::planning::{ClosedPlace, Closing, ClosingRequest, Hurt, Request, RequestError, closing};
use crate::tables::choices;
use crate::tables::report::Report;
use crate::tables::table::{Row, Spot, Table, column, number, text};

/// What hurts, as in addresses.
pub const HURTS: [(&str, Hurt); 2] = [("minutes", Hurt::Minutes), ("persons", Hurt::Persons)];
/// Lists of places that may close.
pub const LISTS: [&str; 4] = ["venues", "france-services", "conseillers", "posts"];
/// Minutes that are near unless told.
pub const USUAL_MINUTES: &str = "15";
/// Seconds of search at most: whoever asks waits for the answer.
const SECONDS: f64 = 4.0;
/// How long a visitor waits for it, its preparation included.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// One question with every choice said.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosureQuestion {
    asked: ClosingRequest,
    choices: Vec<(&'static str, String)>,
}

impl ClosureQuestion {
    /// Reads values by name: `territory`, `closures`, `existing`, `mode`, `minutes`, `hurt`, `demand`, `denominator`.
    ///
    /// # Errors
    /// 400 naming the first that is wrong.
    pub fn parse(atlas: &Atlas, value: impl Fn(&'static str) -> Option<String>) -> Result<Self, Problem> {
        let or = |name: &'static str, usual: &str| {
            value(name).filter(|text| !text.is_empty()).unwrap_or_else(|| usual.to_owned())
        };
        let wrong = |field, text: &str, expected: &str| {
            refused(&RequestError { field, value: text.to_owned(), message: expected.to_owned() })
        };
        let count = or("closures", "1");
        let close = count.parse().ok().filter(|close: &usize| *close > 0);
        let close = close.ok_or_else(|| wrong("closures", &count, "expected a whole number of 1 or more"))?;
        let hurt = or("hurt", HURTS[0].0);
        let known = HURTS.iter().find(|(name, _)| *name == hurt);
        let known = known.ok_or_else(|| wrong("hurt", &hurt, "expected minutes or persons"))?.1;
        let existing = or("existing", LISTS[0]);
        if !LISTS.contains(&existing.as_str()) {
            return Err(wrong("existing", &existing, "expected one of venues, france-services, conseillers, posts"));
        }
        let usual = choices::need(atlas, None).map_or("", |(preset, _)| preset.id);
        let territory = or("territory", "france");
        let choices = vec![
            ("territory", territory.strip_prefix("nation/").map_or(territory.clone(), ToOwned::to_owned)),
            ("existing", existing),
            ("mode", or("mode", "car")),
            ("minutes", or("minutes", USUAL_MINUTES)),
            ("demand", or("demand", "need")),
            ("denominator", or("denominator", usual)),
        ];
        let pairs: Vec<(String, String)> =
            choices.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
        let request = Request::from_pairs(&pairs).map_err(|error| refused(&error))?;
        let mut choices = choices;
        choices.extend([("closures", close.to_string()), ("hurt", hurt)]);
        Ok(Self { asked: ClosingRequest { request, close, hurt: known, seconds: SECONDS }, choices })
    }

    /// Every choice, as in an address.
    #[must_use]
    pub fn choices(&self) -> &[(&'static str, String)] {
        &self.choices
    }

    /// What was asked.
    #[must_use]
    pub fn asked(&self) -> &ClosingRequest {
        &self.asked
    }

    /// Searches.
    ///
    /// # Errors
    /// The field that leaves the question without an answer.
    pub fn solve(&self, atlas: &Atlas) -> Result<Closing, RequestError> {
        closing(atlas, &self.asked)
    }

    /// The answer as tables: what closes, and the whole in one row.
    #[must_use]
    pub fn report(&self, atlas: &Atlas, found: &Closing) -> Report {
        Report {
            subject: "closures",
            place: place(atlas, &self.asked.request.territory),
            choices: self.choices.clone(),
            basis: Map::new(),
            tables: vec![closed(atlas, found), summary(found)],
            shown: 0,
        }
    }
}

const COLUMNS: [&str; 13] = [
    "rank",
    "id",
    "name",
    "commune",
    "longitude",
    "latitude",
    "persons_nearest",
    "persons_lost",
    "minutes_before",
    "minutes_after",
    "go_to",
    "go_to_name",
    "go_to_persons",
];

fn closed(atlas: &Atlas, found: &Closing) -> Table {
    let row = |(rank, place): (u64, &ClosedPlace)| {
        let commune = place.commune.map(|commune| atlas.communes()[commune].code.to_string());
        let go_to = place.go_to.as_ref();
        let values = vec![
            Value::Integer(rank),
            text(place.id.as_str()),
            text(place.name.as_str()),
            commune.map_or(Value::Unknown, text),
            number(Some(place.position.lon()), 6),
            number(Some(place.position.lat()), 6),
            Value::Integer(place.persons),
            Value::Integer(place.persons_lost),
            // Of nobody there is no mean.
            number((place.persons > 0).then_some(place.minutes[0]), 3),
            number((place.persons > 0).then_some(place.minutes[1]), 3),
            go_to.map_or(Value::Unknown, |(id, _, _)| text(id.as_str())),
            go_to.map_or(Value::Unknown, |(_, name, _)| text(name.as_str())),
            go_to.map_or(Value::Unknown, |(_, _, persons)| Value::Integer(*persons)),
        ];
        Row { place: Some(Spot::Point(place.position, place.id.clone())), values }
    };
    Table {
        name: "closures",
        title: "Fermetures",
        columns: COLUMNS.map(column).into(),
        rows: (1..).zip(&found.closed).map(row).collect(),
    }
}

fn summary(found: &Closing) -> Table {
    let names = [
        "persons_counted",
        "covered_before",
        "covered_after",
        "minutes_before",
        "minutes_after",
        "bound",
        "proven",
        "stopped",
    ];
    let values = vec![
        Value::Integer(found.persons),
        Value::Integer(found.near[0]),
        Value::Integer(found.near[1]),
        number(Some(found.mean_minutes[0]), 3),
        number(Some(found.mean_minutes[1]), 3),
        number(Some(found.bound), 6),
        Value::Flag(found.proven),
        Value::Flag(found.stopped),
    ];
    Table {
        name: "summary",
        title: "Ensemble",
        columns: names.map(column).into(),
        rows: vec![Row { place: None, values }],
    }
}
