//! A question for a plan as it comes through the door: that of `planning`, within the limits of a service that answers
//! everybody.

use actix_web::http::StatusCode;
use serde_json::Value;

use crate::atlas::Atlas;
use crate::http::problem::Problem;
use crate::planning::{FirstPost, Request, RequestError};
use crate::tables::{choices, strict_json};

/// A field that is not part of the plan itself: whether to ask again with other assumptions.
pub const SENSITIVITY: &str = "sensitivity";
/// Another: how many plans to look for beside the best.
pub const ALTERNATIVES: &str = "alternatives";
/// Most plans beside the best.
pub const MOST_ALTERNATIVES: usize = 4;
/// Both, with what they take.
pub const BESIDE: [(&str, &str); 2] = [
    (SENSITIVITY, "Whether to ask again with other assumptions: yes, no"),
    (ALTERNATIVES, "Plans to look for beside the best, each with at least a fifth of its sites elsewhere: 0 to 4"),
];
/// Seconds of search at most.
pub const MOST_SECONDS: f64 = 60.0;

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Where, what for, with how much.
    pub request: Request,
    /// Whether the answer says what other assumptions would change.
    pub sensitivity: bool,
    /// How many plans to look for beside the best.
    pub alternatives: usize,
}

impl Asked {
    /// Reads names and texts.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn of_pairs(atlas: &Atlas, mut pairs: Vec<(String, String)>) -> Result<Self, RequestError> {
        let mut take = |name| pairs.iter().position(|(known, _)| known == name).map(|at| pairs.remove(at).1);
        let sensitivity = take(SENSITIVITY).map_or(Ok(false), |text| yes_or_no(&text))?;
        let alternatives = take(ALTERNATIVES).map_or(Ok(0), |text| how_many(&text))?;
        let given = |name: &str| pairs.iter().any(|(known, value)| known == name && !value.is_empty());
        Self::within_limits(atlas, Request::from_pairs(&pairs)?, (sensitivity, alternatives), given)
    }

    /// Reads the body of a request.
    ///
    /// # Errors
    /// 400 naming the first field that is wrong.
    pub fn of_json(atlas: &Atlas, bytes: &[u8]) -> Result<Self, Problem> {
        let mut body = strict_json::read(bytes).map_err(|error| {
            Problem::new(StatusCode::BAD_REQUEST, "invalid-body", format!("the body is wrong: {error}"))
        })?;
        let sensitivity = match body.as_object_mut().and_then(|fields| fields.remove(SENSITIVITY)) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(yes)) => Ok(yes),
            Some(Value::String(text)) => yes_or_no(&text),
            Some(other) => yes_or_no(&other.to_string()),
        };
        let alternatives = match body.as_object_mut().and_then(|fields| fields.remove(ALTERNATIVES)) {
            None | Some(Value::Null) => Ok(0),
            Some(Value::String(text)) => how_many(&text),
            Some(other) => how_many(&other.to_string()),
        };
        let given = |name: &str| body.get(name).is_some_and(|value| !value.is_null());
        let read = sensitivity.and_then(|sensitivity| {
            Self::within_limits(atlas, Request::from_json(&body)?, (sensitivity, alternatives?), given)
        });
        read.map_err(|error| refused(&error))
    }

    /// Fingerprint of the question and the edition: the same question is the same job.
    #[must_use]
    pub fn id(&self, edition: &str) -> String {
        let fingerprint = self.request.fingerprint(edition);
        let sensitivity = if self.sensitivity { "-s" } else { "" };
        let alternatives = if self.alternatives > 0 { format!("-{}", self.alternatives) } else { String::new() };
        format!("{fingerprint}{sensitivity}{alternatives}")
    }

    /// Seconds of search.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.request.seconds.unwrap_or(MOST_SECONDS)
    }

    /// Every field with its value, as in an address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.request.to_pairs();
        pairs.extend(self.sensitivity.then(|| (SENSITIVITY, "yes".to_owned())));
        pairs.extend((self.alternatives > 0).then(|| (ALTERNATIVES, self.alternatives.to_string())));
        pairs
    }

    /// Bounds the time, and takes the national number that the edition can bear when none was chosen.
    fn within_limits(
        atlas: &Atlas,
        mut request: Request,
        (sensitivity, alternatives): (bool, usize),
        given: impl Fn(&str) -> bool,
    ) -> Result<Self, RequestError> {
        if !given("denominator") {
            request.denominator = choices::need(atlas, None).map_or(request.denominator, |(preset, _)| preset);
        }
        let seconds = request.seconds.filter(|_| given("seconds"));
        if let Some(seconds) = seconds.filter(|seconds| *seconds > MOST_SECONDS) {
            let message = format!("expected at most {MOST_SECONDS}: this service searches for everybody");
            return Err(RequestError { field: "seconds", value: seconds.to_string(), message });
        }
        request.seconds = Some(seconds.unwrap_or(MOST_SECONDS));
        Ok(Self { request, sensitivity, alternatives })
    }
}

fn yes_or_no(text: &str) -> Result<bool, RequestError> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => {
            let message = "expected yes or no".to_owned();
            Err(RequestError { field: SENSITIVITY, value: other.to_owned(), message })
        }
    }
}

fn how_many(text: &str) -> Result<usize, RequestError> {
    text.parse().ok().filter(|plans| *plans <= MOST_ALTERNATIVES).ok_or_else(|| RequestError {
        field: ALTERNATIVES,
        value: text.to_owned(),
        message: format!("expected a whole number from 0 to {MOST_ALTERNATIVES}"),
    })
}

/// 400: the question itself is wrong.
#[must_use]
pub fn refused(error: &RequestError) -> Problem {
    Problem::parameter("invalid-placement", error.field, &error.value, error.to_string())
}

/// The short name of a budget that pays no post.
pub const BELOW_ONE_POST: &str = "budget-below-one-post";

/// 422: the budget pays no post; what one costs, and which would be the first.
#[must_use]
pub fn unaffordable(error: &RequestError, first: &FirstPost) -> Problem {
    let FirstPost { cheapest_eur, id, name, price_eur, value, measure } = first;
    let detail = format!(
        "{error}; the first post would go to {name} ({id}), {price_eur} € a year: {} {value:.1}",
        measure.name()
    );
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, BELOW_ONE_POST, detail);
    problem.about(error.field, &error.value).allowing([cheapest_eur.to_string()])
}

/// The short name of a question without an answer.
pub const IMPOSSIBLE: &str = "impossible-placement";

/// 422: the question is well written, but this edition has no answer to it.
#[must_use]
pub fn impossible(error: &RequestError) -> Problem {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::new(status, IMPOSSIBLE, error.to_string()).about(error.field, &error.value)
}
