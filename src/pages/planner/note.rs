//! `/planifier/{id}/note.docx`: the note of a plan with its map and the names of the sites on it, as a vector picture that word
//! processors show and print.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::atlas::Atlas;
use crate::features::Value;
use crate::http::State;
use crate::http::edition;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::http::work::Kind;
use crate::maps::emf::{Anchor, Colour, Drawing, Point, Style};
use crate::pages::error;
use crate::searches::brief::brief;
use crate::searches::job::Stage;
use crate::searches::{Solved, report, start, there};
use crate::shares::limits::EXPORT_TIME;
use crate::tables::docx::{Picture, illustrated};
use crate::tables::format::DOCX;
use crate::tables::french;
use crate::tables::report::Report;
use crate::tables::table::Row;

use super::answer::assumptions;
use super::map::{Panel, panels};
use super::question::Question;

/// The file.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/planifier/{id}/note.docx",
    &[Operation::get("planNote", "La note d'un plan avec sa carte, en DOCX", || web::to(note))
        .answering(&[Answer::ok(&[(DOCX, "binary")])])
        .refusing(&[404, 503])],
)
.waiting(EXPORT_TIME);

/// Colours of the map, those of the SVG.
const LAND: Colour = [0xcf, 0xe3, 0xe5];
const LEFT_OUT: Colour = [0xff, 0xff, 0xff];
const BORDER: Colour = [0x66, 0x78, 0x7c];
const SITE: Colour = [0x0b, 0x55, 0x63];
const INK: Colour = [0x10, 0x28, 0x2d];
const WHITE: Colour = [0xff; 3];
/// Room around the drawing, and below it for what the signs mean.
const MARGIN: i32 = 24;
const LEGEND: u32 = 20;

async fn note(request: HttpRequest, id: web::Path<String>, state: State) -> HttpResponse {
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
    let place = report::place(&state.atlas, &solved.asked.request.territory).path().replace('/', "-");
    let written: Result<Result<Vec<u8>, Problem>, Problem> = state
        .apart(Kind::Export, move |state| {
            illustrated(&noted(&state.atlas, &solved), state, picture(state, &solved).as_ref())
        })
        .await;
    match written {
        Ok(Ok(bytes)) => {
            let mut response = tag.answer(DOCX, bytes);
            if let Ok(value) = format!("attachment; filename=\"mediane-note-{place}.docx\"").parse() {
                response.headers_mut().insert(CONTENT_DISPOSITION, value);
            }
            response
        }
        Ok(Err(problem)) | Err(problem) => error::lost(&state, &problem),
    }
}

/// The brief, with what the plan rests on told as the page tells it, after its first sentence.
fn noted(atlas: &Atlas, solved: &Solved) -> Report {
    let mut told = brief(atlas, solved);
    let words = assumptions(atlas, &Question::of_request(&solved.asked.request));
    let row = Row { place: None, values: vec![Value::Text(words.into())] };
    told.tables.first_mut().into_iter().for_each(|sentences| sentences.rows.insert(1, row.clone()));
    told
}

/// The map; none where the edition has no contours.
fn picture(state: &State, solved: &Solved) -> Option<Picture> {
    let (answer, request) = (&solved.answer, &solved.asked.request);
    let place = report::place(&state.atlas, &request.territory);
    let panel = panels(state, &place, answer, &solved.existing).into_iter().next()?;
    let size =
        [panel.window.width + 2 * MARGIN.cast_unsigned(), panel.window.height + 2 * MARGIN.cast_unsigned() + LEGEND];
    let words = format!(
        "Carte\u{a0}: {}, {}\u{a0}; les mêmes sites sont dans le tableau.",
        place.name,
        french::count(answer.summary.posts, "poste nouveau", "postes nouveaux")
    );
    Some(Picture { emf: drawn(&panel, &there::legend(solved.asked.request.existing), size), size, words })
}

fn drawn(panel: &Panel, legend: &str, [width, height]: [u32; 2]) -> Vec<u8> {
    let mut drawing = Drawing::new(width, height);
    let inside = |(x, y): Point| (x + MARGIN, y + MARGIN);
    for ground in &panel.grounds {
        let rings: Vec<Vec<Point>> =
            rings(&ground.outline.d).into_iter().map(|ring| ring.into_iter().map(inside).collect()).collect();
        let (fill, line) = if ground.left_out { (LEFT_OUT, BORDER) } else { (LAND, WHITE) };
        drawing.area(&rings, fill, line);
    }
    panel.existing.iter().for_each(|&at| drawing.square(inside(at), 2, BORDER));
    let style = |size, bold, colour, anchor| Style { size, bold, colour, anchor };
    for mark in &panel.marks {
        let (x, y) = inside(mark.at);
        drawing.disc((x, y), if mark.number.is_some() { 9 } else { 3 }, SITE, WHITE);
        if let Some(number) = mark.number {
            drawing.words((x, y + 4), &number.to_string(), style(11, true, WHITE, Anchor::Middle));
        }
    }
    for label in &panel.labels {
        let anchor = if label.before { Anchor::End } else { Anchor::Start };
        drawing.words(inside((label.x, label.y)), &label.words, style(11, false, INK, anchor));
    }
    drawing.words((MARGIN, height.cast_signed() - 8), legend, style(9, false, INK, Anchor::Start));
    drawing.finish()
}

/// The rings of an outline as [`crate::pages::territory::Window::draw`] writes it: `M`, then `l`, `h` and `v` with whole
/// numbers, and `z`.
fn rings(d: &str) -> Vec<Vec<Point>> {
    let mut rings: Vec<Vec<Point>> = Vec::new();
    let mut at = (0, 0);
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        let body = &rest[command.len_utf8()..];
        let end = body.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(body.len());
        let numbers = numbers(&body[..end]);
        match command {
            'M' if numbers.len() == 2 => {
                at = (numbers[0], numbers[1]);
                rings.push(vec![at]);
            }
            'l' | 'h' | 'v' => {
                let steps: Vec<Point> = match command {
                    'h' => numbers.iter().map(|x| (*x, 0)).collect(),
                    'v' => numbers.iter().map(|y| (0, *y)).collect(),
                    _ => numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect(),
                };
                for (x, y) in steps {
                    at = (at.0 + x, at.1 + y);
                    rings.last_mut().into_iter().for_each(|ring| ring.push(at));
                }
            }
            _ => (),
        }
        rest = &body[end..];
    }
    rings
}

/// Whole numbers, with spaces or minus signs between them.
fn numbers(text: &str) -> Vec<i32> {
    let spaced = text.replace('-', " -");
    spaced.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_is_read_back_ring_by_ring() {
        let two = rings("M10 20l5 0-5-7zM-3 4h3v3h-3z");
        assert_eq!(two, [vec![(10, 20), (15, 20), (10, 13)], vec![(-3, 4), (0, 4), (0, 7), (-3, 7)]]);
        assert!(rings("").is_empty());
    }
}
