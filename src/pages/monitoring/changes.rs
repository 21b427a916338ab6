//! `/changements`: what changed from one edition to another, in a territory and for a choice of venues; and its feed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::atlas::figures::FigureAt;
use crate::http::State;
use crate::http::edition::is_a_person;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::params::Query;
use crate::http::work;
use crate::monitoring::comparison::Comparison;
use crate::monitoring::difference::{Cause, Change};
use crate::pages::error;
use crate::pages::figures::said;
use crate::pages::frame::{Frame, Keep, page};
use crate::pages::params::percent_encoded;
use crate::tables::changes::words::{caution, change, sentence};
use crate::tables::changes::{NAMES, Question};
use crate::tables::french;

/// Venues of one list.
const MOST: usize = 100;

struct Line {
    name: String,
    href: String,
    words: String,
}

struct Group {
    id: &'static str,
    title: &'static str,
    total: String,
    lines: Vec<Line>,
    hidden: usize,
}

struct FigureLine {
    title: String,
    before: String,
    after: String,
    rise: String,
    caution: String,
}

struct Edition {
    id: String,
    words: String,
    from: bool,
    to: bool,
}

struct Label {
    slug: String,
    words: &'static str,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    frame: Frame,
    name: String,
    territory: String,
    sentence: String,
    editions: Vec<Edition>,
    same: bool,
    added: String,
    removed: String,
    indicators: Option<String>,
    figures: Vec<FigureLine>,
    groups: Vec<Group>,
    json: String,
    feed: String,
    labels: Vec<Label>,
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/changements",
    &[Operation::page("changesPage", "Ce qui a changé", || web::to(changes)).taking(NAMES)],
);

/// `/changements`. Names that nobody of ours can have meant are left out, as on every page.
pub async fn changes(request: HttpRequest, state: State) -> HttpResponse {
    let names: Vec<&str> = NAMES.iter().copied().flatten().copied().collect();
    let known = |part: &&str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        names.contains(&name) && !value.is_empty()
    };
    let raw: Vec<&str> = request.query_string().split('&').filter(known).collect();
    let query = match Query::parse(&raw.join("&"), &names) {
        Ok(query) => query,
        Err(problem) => return refused(&request, &state, problem),
    };
    let question = match Question::read(&request, &state, &query).await {
        Ok(question) => question,
        Err(problem) => return refused(&request, &state, problem),
    };
    match state.apart(work::Kind::Interactive, move |state| compose(state, &question)).await {
        Ok(template) => page(StatusCode::OK, Keep::Check, &template),
        Err(problem) => error::lost(&state, &problem),
    }
}

/// A person gets a page with a way out, a program the problem.
fn refused(request: &HttpRequest, state: &State, problem: crate::http::problem::Problem) -> HttpResponse {
    if is_a_person(request) { error::not_found(state) } else { actix_web::ResponseError::error_response(&problem) }
}

fn compose(state: &State, question: &Question) -> ChangesPage {
    let found = question.answer();
    let listed = state.process.editions.list();
    let editions = listed.iter().map(|listed| Edition {
        id: listed.title.id.clone(),
        words: listed.title.as_of.map_or_else(|| "sans date".to_owned(), french::date),
        from: listed.title.id == found.from.id,
        to: listed.title.id == found.to.id,
    });
    let chosen = |slug: &str| question.choices.iter().any(|(name, value)| *name == "label" && value == slug);
    let labels = crate::domain::vocabulary::Programme::ALL.iter().map(|programme| {
        let slug = programme.slug();
        Label { chosen: chosen(&slug), slug, words: programme.plain() }
    });
    let join = |names: &[String]| names.join(", ");
    ChangesPage {
        frame: Frame::new(&question.to, &format!("Ce qui a changé : {}", question.place.name), "/suivi"),
        name: question.place.name.clone(),
        territory: question.place.path(),
        sentence: sentence(&found, &question.place.name),
        editions: editions.collect(),
        same: found.from.id == found.to.id,
        added: join(&found.lists.0),
        removed: join(&found.lists.1),
        indicators: found
            .other_indicators
            .as_ref()
            .map(|(from, to)| format!("{} ; puis {}", from.join(", "), to.join(", "))),
        figures: figures(&found),
        groups: groups(&found),
        json: format!("/api/changes?{}", question.parameters(false)),
        feed: format!("/api/changes.atom?{}", question.parameters(true)),
        labels: labels.collect(),
    }
}

fn figures(found: &Comparison) -> Vec<FigureLine> {
    let told = found.figures.iter().map(|then| {
        let unit = then.figure.figure.unit;
        FigureLine {
            title: then.figure.title(),
            before: said(unit, then.before),
            after: said(unit, then.after),
            rise: rise(&then.figure, then.rise()),
            caution: caution(found, then).unwrap_or_default(),
        }
    });
    told.collect()
}

/// A difference with its sign; that of shares in points.
fn rise(figure: &FigureAt, rise: Option<f64>) -> String {
    let Some(rise) = rise else { return "inconnu".into() };
    let words = figure.figure.unit.in_words();
    let sign = if rise > 0.0 { "+" } else { "" };
    let symbol = if words.symbol == "%" { "points" } else { words.symbol };
    format!("{sign}{}", french::measure(words.times * rise, words.decimals, symbol))
}

/// Anchor, title, and whether a change is of this kind.
type Kind = (&'static str, &'static str, fn(&Change) -> bool);

fn groups(found: &Comparison) -> Vec<Group> {
    let goes_on = found.difference.successors();
    let kinds: [Kind; 9] = [
        ("apparus", "Apparus dans leur liste", |c| matches!(c, Change::Appeared(_, Cause::Venue))),
        ("disparus", "Disparus de leur liste", |c| matches!(c, Change::Disappeared(_, Cause::Venue))),
        ("entres", "Répondent maintenant à la question", |c| matches!(c, Change::Appeared(_, Cause::Question))),
        ("sortis", "Ne répondent plus à la question", |c| matches!(c, Change::Disappeared(_, Cause::Question))),
        ("changes", "Changés", |c| matches!(c, Change::Changed(..))),
        ("suite", "Continuent sous un autre identifiant", |c| matches!(c, Change::Became(..))),
        ("connus", "Derrière un autre lieu jusque-là", |c| matches!(c, Change::Appeared(_, Cause::Known))),
        ("listes-nouvelles", "Entrés avec une liste nouvelle", |c| matches!(c, Change::Appeared(_, Cause::List))),
        ("listes-parties", "Partis avec leur liste", |c| matches!(c, Change::Disappeared(_, Cause::List))),
    ];
    let group = |(id, title, is): Kind| {
        let all: Vec<(&String, &Change)> = (found.difference.changes.iter())
            .filter(|(id, what)| is(what) && !(matches!(what, Change::Appeared(..)) && goes_on.contains(id.as_str())))
            .collect();
        let lines = all.iter().take(MOST).map(|(id, what)| {
            let (trace, edition) = match what {
                Change::Appeared(trace, _) | Change::Changed(_, trace) => (trace, &found.to.id),
                Change::Disappeared(trace, _) | Change::Became(trace, _) => (trace, &found.from.id),
            };
            let commune = trace.commune.map(|code| format!(" ({code})")).unwrap_or_default();
            Line {
                name: format!("{}{commune}", trace.name),
                href: format!("/lieux/{}?edition={edition}", percent_encoded(id)),
                words: change(what),
            }
        });
        let hidden = all.len().saturating_sub(MOST);
        Group { id, title, total: french::integer(all.len() as u64), lines: lines.collect(), hidden }
    };
    let all = kinds.into_iter().map(group);
    all.filter(|group| !group.lines.is_empty()).collect()
}
