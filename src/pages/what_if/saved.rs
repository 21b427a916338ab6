//! What the forms of the page send to be kept, opened or deleted.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use crate::http::State;
use crate::http::problem::Problem;
use crate::http::work::Kind;
use crate::pages::error;
use crate::pages::frame::{Frame, Keep, page};
use crate::pages::params::Params;
use crate::ports::{Expected, ScenarioId, Visibility};
use crate::saved::{Token, Written, content, keep_new, problem, readable, store};

use super::acts::said;
use super::page::{Shown, answer, saved};
use super::scene::Scene;
use crate::pages::addresses::WHAT_IF;

/// What was done, and the token when it is new: this page is the only one that ever shows it.
#[derive(Template)]
#[template(path = "what_if_saved.html")]
struct Saved {
    frame: Frame,
    heading: &'static str,
    /// The address of the scenario, and whether its link opens it without a token.
    address: Option<(String, bool)>,
    token: Option<String>,
}

/// Parse, act, render.
pub async fn posted(request: HttpRequest, state: State, body: web::Bytes) -> HttpResponse {
    if is_from_elsewhere(request.headers()) {
        return said_by(&state, StatusCode::FORBIDDEN, "Ce formulaire vient d'un autre site\u{a0}: rien n'a été fait.");
    }
    let params = Params::read(&String::from_utf8_lossy(&body));
    let done = match params.one("faire") {
        Some("enregistrer") => return keep(&request, &state, &params).await,
        Some("effacer") => delete(&request, &state, &params).await,
        Some("consulter") => return open(&request, &state, &params).await,
        _ => Err(Problem::not_found("not-found", "no such form")),
    };
    done.unwrap_or_else(|refused| refusal(&state, &refused))
}

/// Browsers say where a form comes from. Nothing here acts in a visitor's name without their token; this spares the list
/// of published scenarios from being written by other sites.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

async fn keep(request: &HttpRequest, state: &State, params: &Params) -> HttpResponse {
    let scene = match Scene::read(params, &state.atlas) {
        Ok(Some(scene)) => scene,
        Ok(None) => return error::not_found(state),
        Err(refused) => return error::refused(state, &refused),
    };
    match kept(request, state, params, &scene).await {
        Ok(template) => page(StatusCode::OK, Keep::Nothing, &template),
        // What was typed is in the page that comes back, but for the token.
        Err(refused) => {
            let message = Some(match refused.code() {
                "invalid-text" => "Donnez un titre de 120 caractères au plus.".to_owned(),
                code => said(code, refused.value()),
            });
            let shown = Shown { message, private: true, ..Shown::of(scene, params) };
            answer(request, state, shown, refused.status_code()).await
        }
    }
}

async fn kept(request: &HttpRequest, state: &State, params: &Params, scene: &Scene) -> Result<Saved, Problem> {
    let written = Written {
        title: params.one("titre").unwrap_or_default().to_owned(),
        visibility: params.one("visibilite").map(ToOwned::to_owned),
        scenario: scene.whole(),
    };
    let content = state.apart(Kind::Interactive, move |state| content(written, &state.atlas)).await??;
    let linked = content.visibility != Visibility::Private;
    let held = params.one("jeton").and_then(Token::given);
    let origin = scene.origin.as_ref().filter(|_| params.one("nouveau").is_none());
    let (heading, id, token) = match (origin, held) {
        (Some(origin), Some(token)) => {
            let id = ScenarioId::parse(&origin.id).expect("a scene is read with ids that look like one");
            let expected = Expected::Version(origin.version);
            let saved = store(state)?.save(id.clone(), token.owner(), expected, content, state.now()).await;
            saved.map_err(|error| problem(state, request, error))?;
            ("Nouvelle version enregistrée", id, None)
        }
        (_, held) => {
            let (scenario, token) = keep_new(state, request, held, content).await?;
            ("Scénario enregistré", scenario.id, token)
        }
    };
    let base = crate::http::links::base(request, state);
    Ok(Saved {
        frame: Frame::new(state, heading, "/territoires"),
        heading,
        address: Some((format!("{base}{WHAT_IF}?scenario={}", id.as_str()), linked)),
        token: token.map(|token| token.as_str().to_owned()),
    })
}

async fn delete(request: &HttpRequest, state: &State, params: &Params) -> Result<HttpResponse, Problem> {
    let (id, token) = named(params)?;
    let deleted = store(state)?.delete(id, token.owner(), Expected::Any).await;
    deleted.map_err(|error| problem(state, request, error))?;
    let heading = "Scénario effacé";
    let template = Saved { frame: Frame::new(state, heading, "/territoires"), heading, address: None, token: None };
    Ok(page(StatusCode::OK, Keep::Nothing, &template))
}

async fn open(request: &HttpRequest, state: &State, params: &Params) -> HttpResponse {
    let found = match named(params) {
        Ok((id, token)) => readable(state, request, id.as_str(), None, Some(token)).await,
        Err(refused) => Err(refused),
    };
    match found {
        Ok(scenario) => saved(request, state, &scenario).await,
        Err(refused) => refusal(state, &refused),
    }
}

/// The scenario and the token of a form. The id may be given as the whole link.
fn named(params: &Params) -> Result<(ScenarioId, Token), Problem> {
    let written = params.one("scenario").unwrap_or_default();
    let id = written.rsplit('=').next().and_then(|id| ScenarioId::parse(id.split('.').next()?));
    let token = params.one("jeton").and_then(Token::given);
    id.zip(token).ok_or_else(|| Problem::not_found("no-scenario", "a scenario and its token are needed"))
}

fn refusal(state: &State, refused: &Problem) -> HttpResponse {
    said_by(state, refused.status_code(), &said(refused.code(), refused.value()))
}

fn said_by(state: &State, status: StatusCode, words: &str) -> HttpResponse {
    error::told(state, status, "Rien n'a été enregistré ni effacé", words)
}
