//! What can be compared, as a visitor names it: the address of a plan, that of a what-if, or today; each may name an edition.

use std::sync::Arc;

use crate::atlas::Atlas;
use crate::http::State;
use crate::http::edition::EDITION;
use crate::pages::addresses::{PLANNER, WHAT_IF};
use crate::pages::params::Params;
use crate::pages::planner::Question;
use crate::pages::what_if::Scene;
use crate::planning::{Request, RequestError};
use crate::searches::{Asked, Solved};

/// The word for nothing more than today.
pub const TODAY: &str = "aujourdhui";

/// One thing to compare.
#[derive(Debug)]
pub enum Operand {
    /// Nothing more than what exists, perhaps with what to count it by.
    Today(Option<Box<Request>>),
    /// A question for a plan, and its address.
    Plan(Box<Asked>, String),
    /// What somebody imagines.
    WhatIf(Box<Scene>),
}

/// The same once it is ready to be compared.
#[derive(Debug)]
pub enum Ready {
    /// Nothing more than what exists, perhaps with what to count it by.
    Today(Option<Box<Request>>),
    /// A plan, and its address.
    Plan(Arc<Solved>, String),
    /// What somebody imagines.
    WhatIf(Box<Scene>),
}

/// One of the two, and the service with the edition that it belongs to.
#[derive(Debug)]
pub struct Given {
    /// As it was written.
    pub text: String,
    /// What it is.
    pub ready: Ready,
    /// Where it belongs.
    pub there: State,
}

/// The edition that an address names.
#[must_use]
pub fn edition(text: &str) -> Option<String> {
    let (_, query) = text.split_once('?')?;
    Params::read(query.split('#').next().unwrap_or_default()).one(EDITION).map(ToOwned::to_owned)
}

/// Reads an address, with its host or without; nothing is today.
///
/// # Errors
/// Why it is none, in French.
pub fn read(text: &str, atlas: &Atlas) -> Result<Operand, String> {
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let params = Params::read(query.split('#').next().unwrap_or_default());
    let wrong = |error: RequestError| {
        format!(
            "le champ «\u{a0}{}\u{a0}» de ce plan n'est pas possible\u{a0}; ouvrez son adresse, elle dit pourquoi.",
            error.field
        )
    };
    if path.is_empty() || path == TODAY {
        let question = Question::read(&params);
        let measured = params.one("territory").is_some();
        let measure = measured.then(|| question.asked(atlas).map(|asked| Box::new(asked.request))).transpose();
        return measure.map(Operand::Today).map_err(wrong);
    }
    if path.ends_with(PLANNER) {
        let question = Question::read(&params);
        if !question.is_complete() {
            return Err(
                "cette adresse ne dit pas combien il y a de postes ou d'euros\u{a0}: posez d'abord la question \
                        au planificateur."
                    .to_owned(),
            );
        }
        let edition = params.one(EDITION).map_or_else(String::new, |id| format!("&{EDITION}={id}"));
        let address = format!("{}{edition}", question.address());
        return question.asked(atlas).map(|asked| Operand::Plan(Box::new(asked), address)).map_err(wrong);
    }
    if path.ends_with(WHAT_IF) {
        let read = Scene::read(&params, atlas);
        let scene =
            read.map_err(|refused| format!("«\u{a0}{}\u{a0}» de cette adresse ne peut être lu.", refused.name))?;
        let scene = scene.ok_or("cette adresse ne dit pas de quel territoire il s'agit.")?;
        return Ok(Operand::WhatIf(Box::new(scene)));
    }
    Err(format!(
        "collez l'adresse d'un plan ({PLANNER}?…), celle d'un scénario ({WHAT_IF}?territoire=…), ou écrivez {TODAY}."
    ))
}
