//! A question for a plan as it comes through the door: that of `planning`, within the limits of a service that answers
//! everybody.

use actix_web::http::StatusCode;
use serde_json::Value;

use crate::atlas::Atlas;
use crate::http::problem::Problem;
use crate::planning::{Request, RequestError};
use crate::tables::choices;

/// Name of the one field that is not part of the plan itself: whether to ask again with other assumptions.
pub const SENSITIVITY: &str = "sensitivity";
/// Seconds of search at most.
pub const MOST_SECONDS: f64 = 60.0;

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Where, what for, with how much.
    pub request: Request,
    /// Whether the answer says what other assumptions would change.
    pub sensitivity: bool,
}

impl Asked {
    /// Reads names and texts.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn of_pairs(atlas: &Atlas, mut pairs: Vec<(String, String)>) -> Result<Self, RequestError> {
        let sensitivity = match pairs.iter().position(|(name, _)| name == SENSITIVITY) {
            Some(at) => yes_or_no(&pairs.remove(at).1)?,
            None => false,
        };
        let given = |name: &str| pairs.iter().any(|(known, value)| known == name && !value.is_empty());
        Self::within_limits(atlas, Request::from_pairs(&pairs)?, sensitivity, given)
    }

    /// Reads the body of a request.
    ///
    /// # Errors
    /// 400 naming the first field that is wrong.
    pub fn of_json(atlas: &Atlas, bytes: &[u8]) -> Result<Self, Problem> {
        let mut body: Value = serde_json::from_slice(bytes).map_err(|error| {
            Problem::new(StatusCode::BAD_REQUEST, "invalid-body", format!("the body is wrong: {error}"))
        })?;
        let sensitivity = match body.as_object_mut().and_then(|fields| fields.remove(SENSITIVITY)) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(yes)) => Ok(yes),
            Some(Value::String(text)) => yes_or_no(&text),
            Some(other) => yes_or_no(&other.to_string()),
        };
        let given = |name: &str| body.get(name).is_some_and(|value| !value.is_null());
        let read = sensitivity
            .and_then(|sensitivity| Self::within_limits(atlas, Request::from_json(&body)?, sensitivity, given));
        read.map_err(|error| refused(&error))
    }

    /// Fingerprint of the question and the edition: the same question is the same job.
    #[must_use]
    pub fn id(&self, edition: &str) -> String {
        let fingerprint = self.request.fingerprint(edition);
        if self.sensitivity { format!("{fingerprint}-s") } else { fingerprint }
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
        pairs
    }

    /// Bounds the time, and takes the national number that the edition can bear when none was chosen.
    fn within_limits(
        atlas: &Atlas,
        mut request: Request,
        sensitivity: bool,
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
        Ok(Self { request, sensitivity })
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

/// 400: the question itself is wrong.
#[must_use]
pub fn refused(error: &RequestError) -> Problem {
    Problem::parameter("invalid-placement", error.field, &error.value, error.to_string())
}

/// 422: the question is well written, but this edition has no answer to it.
#[must_use]
pub fn impossible(error: &RequestError) -> Problem {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::new(status, "impossible-placement", error.to_string()).about(error.field, &error.value)
}
