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
use crate::searches::{Solved, report, start};
use crate::shares::limits::EXPORT_TIME;
use crate::tables::french;

use super::map::{Panel, panels};

/// Media type.
const SVG: &str = "image/svg+xml";
/// Height of a line of names, and width of a letter, in units of the drawing.
const LINE: i32 = 12;
const LETTER: i32 = 6;
/// Longest name that is written out, in characters.
const LONGEST: usize = 34;
/// More sites than this have no name: the map would be of words.
const MOST_NAMES: usize = 40;

/// The file.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/planifier/{id}/carte.svg",
    &[Operation::get("planMap", "La carte d'un plan avec le nom de ses sites, en SVG", || web::to(map))
        .answering(&[Answer::ok(&[(SVG, "text")])])
        .refusing(&[404, 503])],
)
.waiting(EXPORT_TIME);

/// A name beside its site.
pub(super) struct Label {
    pub x: i32,
    pub y: i32,
    /// Whether it ends at its place instead of beginning there.
    pub before: bool,
    pub words: String,
}

#[derive(Template)]
#[template(path = "plan_map.svg", escape = "html")]
struct MapFile {
    title: String,
    sentence: String,
    source: String,
    panel: Panel,
    labels: Vec<Label>,
    /// Names of the sites that have no room beside them.
    more: Vec<String>,
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
    let (labels, more) = labels(&panel);
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
    let rows = u32::try_from(more.len()).unwrap_or(0);
    Some(MapFile {
        title: format!(
            "{}\u{a0}: où placer {}",
            place.name,
            french::count(answer.summary.posts, "poste nouveau", "postes nouveaux")
        ),
        sentence: sentence(&answer.summary, request),
        source: format!("Médiane, édition {day} ({}). Personnes et trajets estimés.", edition.id),
        width: (panel.window.width + 48).max(right + 24).max(720),
        height: foot_at + 48 + rows * LINE.cast_unsigned() + 12,
        panel,
        labels,
        more,
        insets,
        insets_at,
        foot_at,
    })
}

/// Names beside the sites, each where no other stands; those without room are told below.
pub(super) fn labels(panel: &Panel) -> (Vec<Label>, Vec<String>) {
    let mut taken: Vec<[i32; 4]> = panel.marks.iter().map(|mark| around(mark.at)).collect();
    let (mut labels, mut more) = (Vec::new(), Vec::new());
    // The most useful first: it chooses its place.
    for mark in panel.marks.iter().rev().take(MOST_NAMES) {
        let words = shortened(&mark.title);
        let wide = LETTER * words.chars().count() as i32;
        let (x, y) = mark.at;
        let places = [
            (x + 12, y + 4, false),
            (x - 12, y + 4, true),
            (x + 6, y - 12, false),
            (x + 6, y + 20, false),
            (x - 6, y - 12, true),
            (x - 6, y + 20, true),
        ];
        let free = places.into_iter().find_map(|(at, line, before)| {
            let left = if before { at - wide } else { at };
            let own = [left, line - LINE + 2, left + wide, line + 2];
            let inside = own[0] >= -12 && own[2] <= panel.window.width.cast_signed() + 12;
            let clear = taken
                .iter()
                .all(|other| own[2] < other[0] || other[2] < own[0] || own[3] < other[1] || other[3] < own[1]);
            (inside && clear).then_some((at, line, before, own))
        });
        match free {
            Some((x, y, before, own)) => {
                taken.push(own);
                labels.push(Label { x, y, before, words });
            }
            None => more.push(mark.title.clone()),
        }
    }
    more.extend(panel.marks.iter().rev().skip(MOST_NAMES).take(MOST_NAMES).map(|mark| mark.title.clone()));
    (labels, more)
}

fn around((x, y): (i32, i32)) -> [i32; 4] {
    [x - 9, y - 9, x + 9, y + 9]
}

/// The name without its number, which stands in the mark, and no longer than there is room for.
fn shortened(title: &str) -> String {
    let name = title.split_once(". ").map_or(title, |(_, name)| name);
    if name.chars().count() <= LONGEST {
        name.to_owned()
    } else {
        format!("{}…", name.chars().take(LONGEST).collect::<String>().trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_shortened_and_its_number_left_to_the_mark() {
        assert_eq!(shortened("3. Mairie d'Aixe-sur-Vienne"), "Mairie d'Aixe-sur-Vienne");
        assert_eq!(shortened("Médiathèque intercommunale du pays de Saint-Yrieix").chars().count(), LONGEST + 1);
    }
}
