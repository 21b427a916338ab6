//! A plan as a file: what was asked, of which edition, the plan, its proof and its certificate.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::RequestError;
use super::records::{Certificate, PlanRecord, SiteRecord};
use super::request::Request;
use super::study::Study;
use crate::atlas::Atlas;
use crate::placement::{Fault, Plan, verify};

/// Version of the format. 2: what is lacking has a bound of its own, and a search that the clock ended says so.
const FORMAT: u32 = 2;

/// A plan as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Version of the format.
    pub format: u32,
    /// Id of the edition.
    pub edition: String,
    /// SHA-256 of the request and the edition; see [`Request::fingerprint`].
    pub instance: String,
    /// What was asked.
    pub request: Request,
    /// What is claimed of the plan, for a reader.
    pub certificate: Certificate,
    /// New posts.
    pub sites: Vec<SiteRecord>,
    /// What the plan is worth and why, for a checker.
    pub plan: PlanRecord,
    /// Seconds that the search took, for a reader; no part of what is checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// Why a document does not stand.
#[derive(Debug, Clone, PartialEq)]
pub enum DocumentFault {
    /// The file is no document of this format.
    Unreadable(String),
    /// Another edition was asked.
    Edition {
        /// The one that the document names.
        claimed: String,
        /// The one at hand.
        given: String,
    },
    /// The fingerprint is not that of request and edition.
    Instance,
    /// The request has no answer in this edition.
    Request(RequestError),
    /// Something said to the reader does not follow from the plan.
    Claim(&'static str),
    /// The plan does not follow from the question.
    Plan(Fault),
}

impl fmt::Display for DocumentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "not a plan of format {FORMAT}: {why}"),
            Self::Edition { claimed, given } => {
                write!(f, "edition: the plan was made for {claimed}, and this one is {given}")
            }
            Self::Instance => write!(f, "instance: it is not the SHA-256 of the request and the edition"),
            Self::Request(error) => write!(f, "request: {error}"),
            Self::Claim(field) => write!(f, "{field}: it does not follow from the plan"),
            Self::Plan(fault) => write!(f, "plan: {fault}"),
        }
    }
}

impl std::error::Error for DocumentFault {}

impl Document {
    /// Writes a plan down. `seconds` is the time that the search took; left out where the same file is wanted again.
    #[must_use]
    pub fn new(study: &Study, plan: &Plan, seconds: Option<f64>) -> Self {
        let edition = study.atlas.edition().id.clone();
        Self {
            format: FORMAT,
            instance: study.request.fingerprint(&edition),
            edition,
            request: study.request.clone(),
            certificate: Certificate::new(study, plan),
            sites: SiteRecord::all(study, plan),
            plan: PlanRecord::new(plan),
            seconds,
        }
    }

    /// The file, byte for byte the same for the same plan.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts, numbers and lists of them are JSON");
        text.push('\n');
        text
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`DocumentFault::Unreadable`] when it is not what [`Document::to_json`] writes.
    pub fn from_json(text: &str) -> Result<Self, DocumentFault> {
        let unreadable = |error: serde_json::Error| DocumentFault::Unreadable(error.to_string());
        let document: Self = serde_json::from_str(text).map_err(unreadable)?;
        let known = document.format == FORMAT;
        if known { Ok(document) } else { Err(DocumentFault::Unreadable(format!("it says {}", document.format))) }
    }

    /// Checks everything that the document says against an edition, and returns the study and the plan it holds.
    ///
    /// # Errors
    /// The first thing in it that does not follow from request and edition.
    pub fn verify<'a>(&self, atlas: &'a Atlas) -> Result<(Study<'a>, Plan), DocumentFault> {
        let given = &atlas.edition().id;
        if self.edition != *given {
            return Err(DocumentFault::Edition { claimed: self.edition.clone(), given: given.clone() });
        }
        if self.instance != self.request.fingerprint(given) {
            return Err(DocumentFault::Instance);
        }
        let study = Study::new(atlas, &self.request).map_err(DocumentFault::Request)?;
        let openings = SiteRecord::openings(&study, &self.sites).ok_or(DocumentFault::Claim("sites"))?;
        let plan = self.plan.plan(openings).ok_or(DocumentFault::Claim("plan.proof"))?;
        verify(study.problem(), &plan).map_err(DocumentFault::Plan)?;
        if plan.seed != self.request.seed {
            return Err(DocumentFault::Claim("plan.seed"));
        }
        if self.sites != SiteRecord::all(&study, &plan) {
            return Err(DocumentFault::Claim("sites"));
        }
        if self.certificate != Certificate::new(&study, &plan) {
            return Err(DocumentFault::Claim("certificate"));
        }
        Ok((study, plan))
    }
}

/// New posts by id of the site, in order of site.
pub(super) fn openings_by_id(study: &Study, plan: &Plan) -> Vec<(String, u32)> {
    plan.openings.iter().map(|o| (study.places[o.site as usize].id.clone(), o.posts)).collect()
}
