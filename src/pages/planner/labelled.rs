//! `/planifier/{id}/carte.svg`: the map of a plan as a file for a report, with the names of its sites, a title, and where it
//! comes from. The colours stand in the file.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::State;
use crate::http::edition;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::http::work::Kind;
use crate::pages::error;
use crate::pages::frame::rendered;
use crate::searches::job::Stage;
use crate::searches::sentence::sentence;
use crate::searches::{Solved, report, start, there};
use crate::shares::limits::EXPORT_TIME;
use crate::tables::french;

use super::map::{Panel, panels};

/// Media type.
const SVG: &str = "image/svg+xml";
/// Height of a line of names, in units of the drawing.
const LINE: u32 = 12;

/// The file.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/planifier/{id}/carte.svg",
    &[Operation::get("planMap", "La carte d'un plan avec le nom de ses sites, en SVG", || web::to(map))
        .answering(&[Answer::ok(&[(SVG, "text")])])
        .refusing(&[404, 503])],
)
.waiting(EXPORT_TIME);

#[derive(Template)]
#[template(path = "plan_map.svg", escape = "html")]
struct MapFile {
    title: String,
    sentence: String,
    source: String,
    /// What its marks mean.
    legend: String,
    panel: Panel,
    /// Panels of parts far away, with how far to the right each stands.
    insets: Vec<(u32, Panel)>,
    width: u32,
    height: u32,
    /// How far down the drawing, the insets and the foot begin.
    insets_at: u32,
    foot_at: u32,
}

async fn map(request: HttpRequest, id: web::Path<String>, state: State) -> HttpResponse {
    let job = match start::find(&state, &id).await {
        Ok(Some(job)) => job,
        Ok(None) => return error::not_found(&state),
        Err(problem) => return error::lost(&state, &problem),
    };
    let (Stage::Done(solved), Ok(state)) = (job.stage(), edition::of_id(&request, &state, &job.edition).await) else {
        return error::not_found(&state);
    };
    let tag = Tag::of(&request, &state, &solved.digest);
    if let Some(fresh) = tag.not_modified(&request) {
        return fresh;
    }
    let drawn: Result<Option<String>, Problem> =
        state.apart(Kind::Interactive, move |state| file(state, &solved).map(|file| rendered(&file))).await;
    match drawn {
        Ok(Some(text)) => {
            let mut response = tag.answer(SVG, text);
            if let Ok(value) = "attachment; filename=\"mediane-plan.svg\"".parse() {
                response.headers_mut().insert(CONTENT_DISPOSITION, value);
            }
            response
        }
        Ok(None) => error::not_found(&state),
        Err(problem) => error::lost(&state, &problem),
    }
}

/// The file; nothing where the edition has no contours.
fn file(state: &State, solved: &Solved) -> Option<MapFile> {
    let (answer, request) = (&solved.answer, &solved.asked.request);
    let place = report::place(&state.atlas, &request.territory);
    let mut panels = panels(state, &place, answer, &solved.existing).into_iter();
    let panel = panels.next()?;
    let mut right = 0;
    let insets: Vec<(u32, Panel)> = panels
        .map(|panel| {
            let at = right;
            right += panel.window.width + 24;
            (at, panel)
        })
        .collect();
    let edition = state.atlas.edition();
    let day = edition.as_of.map_or_else(|| "sans date".to_owned(), |day| format!("du {}", french::date(day)));
    let insets_at = 48 + panel.window.height + 24;
    let foot_at = insets_at + insets.iter().map(|(_, panel)| panel.window.height + 40).max().unwrap_or(0);
    let rows = u32::try_from(panel.unnamed.len()).unwrap_or(0);
    Some(MapFile {
        title: format!(
            "{}\u{a0}: où placer {}",
            place.name,
            french::count(answer.summary.posts, "poste nouveau", "postes nouveaux")
        ),
        sentence: sentence(&answer.summary, request),
        legend: there::legend(request.existing),
        source: format!("Médiane, édition {day} ({}). Personnes et trajets estimés.", edition.id),
        width: (panel.window.width + 48).max(right + 24).max(720),
        height: foot_at + 48 + rows * LINE + 12,
        panel,
        insets,
        insets_at,
        foot_at,
    })
}
