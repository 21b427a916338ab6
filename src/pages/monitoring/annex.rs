//! `/suivi/departements/{code}/annexe`: what a département can annex to its *schéma d'amélioration de l'accessibilité des
//! services au public*, dimension by dimension.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::Level;
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::work::Kind;
use crate::pages::addresses;
use crate::pages::error;
use crate::pages::frame::{Frame, Keep, page};
use crate::tables::annex::{Annex, DIMENSIONS, annex};
use crate::tables::scope::Place;

use super::parts::{LeftOut, address, left_out};
use super::sections::{Line, line};

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/suivi/departements/{code}/annexe",
    &[Operation::page("annexPage", "L'annexe au schéma départemental d'accessibilité des services", || {
        web::to(departement)
    })],
);

/// Its address.
#[must_use]
pub fn href(place: &Place) -> Option<String> {
    (place.level == Some(Level::Departement)).then(|| format!("{}/annexe", address(place)))
}

/// One dimension in words.
struct Section {
    id: &'static str,
    title: &'static str,
    extent: &'static str,
    lines: Vec<Line>,
    missing: &'static str,
}

#[derive(Template)]
#[template(path = "annex.html")]
struct AnnexPage {
    frame: Frame,
    name: String,
    href: String,
    planner: String,
    sentences: Vec<String>,
    sections: Vec<Section>,
    left_out: Vec<LeftOut>,
    files: Vec<(&'static str, String)>,
}

/// Find, put together, render.
pub async fn departement(code: web::Path<String>, state: State) -> HttpResponse {
    let Some(place) = Place::find(&state.atlas, Level::Departement, &code) else { return error::not_found(&state) };
    let drawn: Result<Result<AnnexPage, Problem>, Problem> =
        state.apart(Kind::Interactive, move |state| compose(state, &place)).await;
    match drawn {
        Ok(Ok(template)) => page(StatusCode::OK, Keep::Check, &template),
        Ok(Err(problem)) | Err(problem) => error::lost(&state, &problem),
    }
}

fn compose(state: &State, place: &Place) -> Result<AnnexPage, Problem> {
    let Annex { sentences, facts } = annex(state, place, state.now().date())?;
    let section = |(dimension, facts): (&crate::tables::annex::Dimension, Vec<_>)| Section {
        id: dimension.id,
        title: dimension.title,
        extent: dimension.extent.words(),
        lines: facts.iter().map(line).collect(),
        missing: dimension.missing,
    };
    let file = |(title, query): (&'static str, &str)| {
        (title, format!("/api/monitoring/departements/{}/annex?{query}", place.code))
    };
    Ok(AnnexPage {
        frame: Frame::new(state, &format!("Annexe au schéma départemental\u{a0}: {}", place.name), "/suivi"),
        name: place.name.clone(),
        href: address(place),
        planner: addresses::planner(place),
        sentences,
        sections: DIMENSIONS.iter().zip(facts).map(section).collect(),
        left_out: left_out(state, place),
        files: [
            ("L’annexe, à reprendre dans un document (DOCX)", "format=docx"),
            ("Toutes les tables (XLSX)", "format=xlsx"),
            ("Les chiffres, CSV pour Excel", "format=csv-fr&table=facts"),
            ("Par intercommunalité (GeoJSON)", "format=geojson&table=rows"),
            ("Tout (JSON)", "format=json"),
        ]
        .map(file)
        .into(),
    })
}
