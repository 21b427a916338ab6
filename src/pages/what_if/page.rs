//! `/et-si`: the page itself.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::http::problem::Problem;
use crate::http::work::Kind;
use crate::http::{State, links};
use crate::pages::error;
use crate::pages::frame::{Frame, Keep, page};
use crate::pages::params::{Params, query};
use crate::pages::territory::lens::Lens;
use crate::pages::territory::selectors::{Link, Select, selects};
use crate::pages::territory::{Group, found as territories, href};
use crate::ports::{Page, Scenario, Visibility};
use crate::saved::{readable, store};
use crate::scenario::document::Document;
use crate::scenario::{address, resolve};
use crate::tables::french;

use super::acts::{act, said};
use super::drawing::{Drawing, drawing};
use super::found::{Choice, Line, MOST, all, lines, venues};
use super::outcome::{Commune, Figure, communes, figures};
use super::scene::Scene;
use crate::pages::addresses::{COMPARE_PLANS, PLANNER, WHAT_IF};

/// Most published scenarios listed.
const LISTED: u32 = 12;

/// Where one begins: which territory, or which saved scenario.
#[derive(Template)]
#[template(path = "what_if_start.html")]
struct Start {
    frame: Frame,
    text: String,
    found: Vec<Group>,
    published: Vec<Link>,
    saves: bool,
}

#[derive(Template)]
#[template(path = "what_if.html")]
struct WhatIf {
    frame: Frame,
    name: String,
    territory: String,
    territory_page: String,
    /// Title of the saved scenario this is.
    title: Option<String>,
    message: Option<String>,
    selects: Vec<Select>,
    fields: Vec<(&'static str, String)>,
    lines: Vec<Line>,
    searched: Option<String>,
    choices: Vec<Choice>,
    more: usize,
    /// Every venue of the territory that could close, where they fit on a page.
    ticks: Vec<Choice>,
    mode: &'static str,
    minutes: &'static str,
    answer: Option<Answer>,
    /// The address of the page, and of the page without changes.
    address: String,
    anew: String,
    /// The venues that open as forced sites of a plan, and this scenario beside today or a plan; empty when nothing opens.
    plan: String,
    /// What the plan would not take up, in words; empty when it takes up everything.
    plan_leaves: String,
    compare: String,
    /// Whether this instance keeps scenarios, and whether this one is kept already.
    saves: bool,
    kept: bool,
    visibilities: [(&'static str, &'static str); 3],
}

struct Answer {
    sentences: Vec<String>,
    figures: Vec<Figure>,
    drawing: Option<Drawing>,
    communes: Vec<Commune>,
    others: String,
    downloads: Vec<(&'static str, String)>,
}

/// Who may read, as a visitor chooses it.
pub(crate) const VISIBILITIES: [(&str, &str); 3] = [
    (Visibility::Private.name(), "moi seul, avec mon jeton"),
    (Visibility::Shared.name(), "ceux qui ont le lien"),
    (Visibility::Published.name(), "tout le monde\u{a0}: il est dans la liste publique"),
];

/// Parse, ask, render.
pub async fn show(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    let scene = match Scene::read(&params, &state.atlas) {
        Ok(scene) => scene,
        Err(refused) => return error::refused(&state, &refused),
    };
    match (scene, params.one("scenario")) {
        (Some(scene), _) => match acted(&state, &params, &scene).await {
            Err(problem) => error::lost(&state, &problem),
            Ok(Some(Ok(after))) => HttpResponse::SeeOther().insert_header((LOCATION, after.address())).finish(),
            Ok(Some(Err(message))) => {
                let shown = Shown { message: Some(message), ..Shown::of(scene, &params) };
                answer(&request, &state, shown, StatusCode::BAD_REQUEST).await
            }
            Ok(None) => answer(&request, &state, Shown::of(scene, &params), StatusCode::OK).await,
        },
        (None, Some(id)) => match readable(&state, &request, id, None, None).await {
            Ok(scenario) => saved(&request, &state, &scenario).await,
            Err(_) => error::not_found(&state),
        },
        (None, None) => start(&request, &state, &params).await,
    }
}

/// What an act makes of a scene, on another thread: opening hours take a while to read.
async fn acted(state: &State, params: &Params, scene: &Scene) -> Result<Option<Result<Scene, String>>, Problem> {
    if params.one("faire").is_none() {
        return Ok(None);
    }
    let (params, scene) = (params.clone(), scene.clone());
    state.apart(Kind::Interactive, move |state| act(&params, &scene, &state.atlas)).await
}

/// The page of a saved scenario, for who may read it.
pub(crate) async fn saved(request: &HttpRequest, state: &State, scenario: &Scenario) -> HttpResponse {
    let Some(scene) = Scene::of_saved(scenario, &state.atlas) else { return error::not_found(state) };
    let title = Some(scenario.content.title.clone());
    let private = scenario.content.visibility == Visibility::Private;
    let shown = Shown { scene, title, message: None, searched: None, private };
    answer(request, state, shown, StatusCode::OK).await
}

async fn start(request: &HttpRequest, state: &State, params: &Params) -> HttpResponse {
    let text: String = params.one("nom").map(|text| text.chars().take(120).collect()).unwrap_or_default();
    let address = |level: Level, code: &str| format!("{WHAT_IF}?territoire={}/{code}", level.plural());
    let published = match store(state) {
        Ok(store) => store.published(Page { limit: LISTED, offset: 0 }).await,
        Err(_) => Ok(Vec::new()),
    };
    let published = published.unwrap_or_else(|error| {
        // The page does without its list; the log says why.
        let _ = crate::saved::problem(state, request, error);
        Vec::new()
    });
    let link = |scenario: &Scenario| Link {
        words: format!("{} ({})", scenario.content.title, french::date(scenario.updated.date())),
        href: format!("{WHAT_IF}?scenario={}", scenario.id.as_str()),
        current: false,
    };
    let template = Start {
        frame: Frame::new(state, "Et si…", "/territoires"),
        found: territories(&state.atlas, &text, address),
        published: published.iter().map(link).collect(),
        saves: state.process.store.is_some(),
        text,
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// What is to be shown.
pub(crate) struct Shown {
    pub(crate) scene: Scene,
    pub(crate) title: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) searched: Option<String>,
    /// Whether a browser may keep no trace of it.
    pub(crate) private: bool,
}

impl Shown {
    pub(crate) fn of(scene: Scene, params: &Params) -> Self {
        let searched = params.one("lieu").map(ToOwned::to_owned);
        Self { scene, title: None, message: None, searched, private: false }
    }
}

pub(crate) async fn answer(request: &HttpRequest, state: &State, shown: Shown, status: StatusCode) -> HttpResponse {
    let keep = if shown.private { Keep::Nothing } else { Keep::Check };
    let base = links::base(request, state);
    // Coverage of the whole country twice is work for another thread than the one that answers.
    match state.apart(Kind::Interactive, move |state| compose(state, shown, &base)).await {
        Ok(Some((template, problem))) => page(problem.unwrap_or(status), keep, &template),
        Ok(None) => error::no_estimate(state),
        Err(problem) => error::lost(state, &problem),
    }
}

fn compose(state: &State, shown: Shown, base: &str) -> Option<(WhatIf, Option<StatusCode>)> {
    let Shown { scene, title, mut message, searched, .. } = shown;
    let atlas: &Atlas = &state.atlas;
    let lens = Lens::new(atlas, scene.view)?;
    let mut problem = None;
    let worked = if scene.document.changes() == 0 { Ok(None) } else { work(state, &scene).map(Some) };
    let worked = worked.unwrap_or_else(|refused| {
        message = message.take().or(Some(said(refused.code(), refused.value())));
        problem = Some(StatusCode::BAD_REQUEST);
        None
    });
    let mut choices = venues(atlas, &scene.place, searched.as_deref().unwrap_or_default());
    let more = choices.len().saturating_sub(MOST);
    choices.truncate(MOST);
    let mut ticks = all(atlas, &scene.place);
    ticks.retain(|choice| !scene.document.close.contains(&choice.id));
    let mut selects = selects(&lens, &scene.place, None);
    selects.retain(|select| select.name != "par");
    let anew = Scene { document: Document::default(), origin: None, ..scene.clone() };
    let name = scene.place.name.clone();
    let window = title.clone().unwrap_or_else(|| format!("Et si…\u{a0}: {name}"));
    let page = WhatIf {
        frame: Frame::new(state, &window, "/territoires"),
        territory: scene.place.path(),
        territory_page: scene.view.address(&href(&scene.place)),
        title,
        message,
        selects,
        fields: scene.fields(),
        lines: lines(&scene, atlas),
        searched,
        choices,
        more,
        ticks,
        mode: scene.view.mode.words(),
        minutes: scene.view.minutes(),
        answer: worked,
        address: format!("{base}{}", scene.address()),
        anew: anew.address(),
        plan: as_plan(&scene).unwrap_or_default(),
        plan_leaves: left_by_plan(&scene),
        compare: format!("{COMPARE_PLANS}{}", query(&[("plan", &scene.address()), ("avec", "aujourdhui")])),
        saves: state.process.store.is_some(),
        kept: scene.origin.is_some(),
        visibilities: VISIBILITIES,
        name,
    };
    Some((page, problem))
}

/// A question for the planner whose sites are the venues that open, all of them imposed; nothing when none opens.
fn as_plan(scene: &Scene) -> Option<String> {
    let sites = (1..).zip(&scene.document.add).filter_map(|(number, added)| {
        let [lon, lat] = added.position.pair?;
        let name = added.name.clone().unwrap_or_else(|| format!("Lieu {number}"));
        Some((format!("et-si-{number}"), format!("et-si-{number},{lon},{lat},{}", name.replace([';', '\n'], " "))))
    });
    let (ids, sites): (Vec<String>, Vec<String>) = sites.unzip();
    let territory = scene.place.level.map_or_else(|| "france".to_owned(), |_| scene.place.path());
    let pairs = [
        ("territory", territory.as_str()),
        ("posts", &ids.len().to_string()),
        ("minutes", scene.view.minutes()),
        ("mode", scene.view.mode.name()),
        ("existing", "venues"),
        ("candidates", "hosts"),
        ("sites", &sites.join(";")),
        ("forced", &ids.join(",")),
    ];
    (!ids.is_empty()).then(|| format!("{PLANNER}{}", query(&pairs)))
}

/// The changes that a plan knows nothing of: it begins with the venues of today.
fn left_by_plan(scene: &Scene) -> String {
    let Document { close, r#move, hours, stop, .. } = &scene.document;
    let kinds = [
        (close.len(), "fermeture", "fermetures"),
        (r#move.len(), "déplacement", "déplacements"),
        (hours.len(), "changement d'horaires", "changements d'horaires"),
        (stop.len(), "fin de convention", "fins de convention"),
    ];
    let said = kinds.into_iter().filter(|(number, ..)| *number > 0);
    said.map(|(number, one, many)| french::count(number as u64, one, many)).collect::<Vec<_>>().join(", ")
}

fn work(state: &State, scene: &Scene) -> Result<Answer, Problem> {
    let atlas: &Atlas = &state.atlas;
    let question = resolve(scene.whole(), atlas)?;
    let outcome = question.outcome(atlas)?;
    let (named, others) = communes(atlas, &outcome);
    let download = |(title, format): (&'static str, &str)| {
        Some((title, format!("{}&format={format}", address::address(&question.document, "", outcome.preset)?)))
    };
    let formats = [("CSV", "csv"), ("XLSX", "xlsx"), ("GeoJSON", "geojson"), ("JSON", "json")];
    Ok(Answer {
        sentences: question.sentences(&outcome).into_iter().chain(scene.place.instead_of_district(atlas)).collect(),
        figures: figures(&question, &outcome),
        drawing: drawing(state, &question, &outcome),
        communes: named,
        others: if others > 0 {
            french::count(others as u64, "autre commune", "autres communes")
        } else {
            String::new()
        },
        downloads: formats.into_iter().filter_map(download).collect(),
    })
}
