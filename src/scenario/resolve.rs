//! From a document to a question about this edition: ids become venues, hours become numbers, and what cannot be is refused
//! by name.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Coordinates, Document, MOST_CHANGES, Stopped};
use super::{Opening, Question};
use crate::access::Threshold;
use crate::access::venue_hours;
use crate::atlas::Atlas;
use crate::domain::hours::HolidayCalendar;
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneCode, CommuneIx, Degrees, Hours, Position, Post, VenueIx};
use crate::http::links::encoded;
use crate::http::params::{Query, in_france};
use crate::http::problem::Problem;
use crate::tables::choices;
use crate::tables::scope::Place;

/// Hours of the longest year.
const MOST_HOURS: f64 = 8_784.0;
/// Longest name and longest opening hours, in characters.
const LONGEST_NAME: usize = 100;
const LONGEST_HOURS: usize = 500;

/// Checks a document against this edition.
///
/// # Errors
/// 400 or 404 about the first part that cannot be answered.
pub fn resolve(document: Document, atlas: &Atlas) -> Result<Question, Problem> {
    let changes = document.changes();
    if changes > MOST_CHANGES {
        let detail = format!("at most {MOST_CHANGES} things change at once");
        return Err(Problem::parameter("too-many-changes", "close", &changes.to_string(), detail));
    }
    let query = choices_of(&document)?;
    let mut question = Question {
        place: Place::of_query(atlas, &query)?,
        denominator: choices::denominator(&query)?,
        mode: choices::mode(&query)?,
        threshold: choices::threshold(&query)?.unwrap_or(Threshold::USUAL),
        closed: BTreeSet::new(),
        added: Vec::new(),
        moved: BTreeMap::new(),
        timed: BTreeMap::new(),
        stopped: BTreeMap::new(),
        document: Document::default(),
    };
    for id in &document.close {
        question.closed.insert(venue(atlas, "close", id)?);
    }
    for moved in &document.r#move {
        let ordinal = venue(atlas, "move", &moved.venue)?;
        let taken = question.closed.contains(&ordinal) || question.moved.contains_key(&ordinal);
        question.moved.insert(ordinal, unless(taken, "move", &moved.venue, position("position", &moved.position))?);
    }
    for timed in &document.hours {
        let ordinal = venue(atlas, "hours", &timed.venue)?;
        let taken = question.closed.contains(&ordinal) || question.timed.contains_key(&ordinal);
        let calendar = calendar(atlas, atlas.venue_commune(ordinal));
        let hours = hours(timed.hours_per_year, timed.opening_hours.as_deref(), calendar)?;
        let hours = hours.ok_or_else(|| {
            let problem = Problem::parameter("missing-parameter", "hours", &timed.venue, "say how long it is open");
            problem.allowing(["hours_per_year", "opening_hours"])
        });
        // A place that is open no more is no place to reach.
        let hours = unless(taken, "hours", &timed.venue, hours)?;
        if hours > 0.0 {
            question.timed.insert(ordinal, hours);
        } else {
            question.closed.insert(ordinal);
        }
    }
    for added in &document.add {
        let position = position("position", &added.position)?;
        text("name", added.name.as_deref(), LONGEST_NAME)?;
        if let Some(label) = &added.label
            && Programme::parse(label).is_none_or(|programme| programme.slug() != *label)
        {
            let allowed = Programme::ALL.iter().map(|programme| programme.slug());
            let problem = Problem::parameter("unknown-value", "label", label, "there is no such label");
            return Err(problem.allowing(allowed));
        }
        let calendar = calendar(atlas, atlas.commune_at(position));
        let hours = hours(added.hours_per_year, added.opening_hours.as_deref(), calendar)?;
        if hours.is_some_and(|hours| hours <= 0.0) {
            let detail = "a place that opens is open for some hours a year";
            return Err(Problem::parameter("out-of-range", "hours_per_year", "0", detail));
        }
        question.added.push(Opening { position, hours });
    }
    for stopped in &document.stop {
        stop(&mut question.stopped, atlas, stopped)?;
    }
    question.document = normal(document, &question, atlas);
    Ok(question)
}

/// The choices of a document, read as those of an address are.
fn choices_of(document: &Document) -> Result<Query, Problem> {
    let threshold = document.threshold_min.map(|minutes| minutes.to_string());
    let members = [
        ("territory", &document.territory),
        ("denominator", &document.denominator),
        ("mode", &document.mode),
        ("threshold_min", &threshold),
    ];
    let given = members.iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(value.as_ref()?))));
    Query::parse(&given.collect::<Vec<_>>().join("&"), &members.map(|(name, _)| name))
}

/// The same document with ids of today, sorted, and every choice said.
fn normal(document: Document, question: &Question, atlas: &Atlas) -> Document {
    let today = |id: &str| atlas.venue_alias(id).filter(|_| atlas.venue(id).is_none()).unwrap_or(id).to_owned();
    let mut normal = document;
    normal.close = question.closed.iter().map(|&i| atlas.venues()[i].id.clone()).collect();
    normal.r#move.iter_mut().for_each(|moved| moved.venue = today(&moved.venue));
    normal.hours.retain(|timed| venue(atlas, "hours", &timed.venue).is_ok_and(|i| question.timed.contains_key(&i)));
    normal.hours.iter_mut().for_each(|timed| timed.venue = today(&timed.venue));
    normal.territory = Some(question.place.path());
    normal.mode = Some(question.mode.name().to_owned());
    normal.threshold_min = Some(question.threshold.minutes().into());
    normal
}

/// What comes twice in a document contradicts itself.
fn unless<T>(taken: bool, name: &str, id: &str, value: Result<T, Problem>) -> Result<T, Problem> {
    if taken {
        let detail = "this venue closes, moves or changes its hours twice in one document";
        return Err(Problem::parameter("conflicting-changes", name, id, detail));
    }
    value
}

/// The ordinal of a venue by its id of today or of old.
fn venue(atlas: &Atlas, name: &str, id: &str) -> Result<VenueIx, Problem> {
    let today = if atlas.venue(id).is_some() { Some(id) } else { atlas.venue_alias(id) };
    let found = today.and_then(|id| atlas.venues().binary_search_by(|venue| venue.id.as_str().cmp(id)).ok());
    let refuse = |code, detail: &str| Problem::parameter(code, name, id, detail);
    let ordinal = found.ok_or_else(|| refuse("unknown-venue", "no venue of this edition has this id"))?;
    let venue = &atlas.venues()[ordinal];
    if !venue.receives_public() || venue.location.position().is_none() {
        let detail = "this venue receives no public or has no place: nobody is counted near it, so it cannot change";
        return Err(refuse("venue-not-counted", detail));
    }
    Ok(ordinal)
}

fn position(name: &str, written: &Coordinates) -> Result<Position, Problem> {
    let Some([lon, lat]) = written.pair else {
        let detail = "a position is two numbers, [LON,LAT]";
        return Err(Problem::parameter("invalid-position", name, &written.written, detail));
    };
    in_france(name, &written.written, Degrees { lon, lat })
}

fn calendar(atlas: &Atlas, commune: Option<CommuneIx>) -> HolidayCalendar {
    HolidayCalendar::of_departement(commune.map_or("", |i| atlas.communes()[i].departement.as_str()))
}

/// Hours per year, said as such or as a week.
fn hours(number: Option<f64>, week: Option<&str>, calendar: HolidayCalendar) -> Result<Option<f64>, Problem> {
    text("opening_hours", week, LONGEST_HOURS)?;
    match (number, week) {
        (None, None) => Ok(None),
        (Some(_), Some(week)) => {
            let detail = "give `hours_per_year` or `opening_hours`, not both";
            Err(Problem::parameter("conflicting-parameters", "opening_hours", week, detail))
        }
        (Some(hours), None) if (0.0..=MOST_HOURS).contains(&hours) => Ok(Some(hours)),
        (Some(hours), None) => {
            let detail = format!("a venue is open from 0 to {MOST_HOURS} hours a year");
            Err(Problem::parameter("out-of-range", "hours_per_year", &hours.to_string(), detail))
        }
        (None, Some(week)) => {
            let detail = "these hours cannot be read as one usual week, in the opening_hours syntax of OSM";
            let problem = || Problem::parameter("invalid-hours", "opening_hours", week, detail);
            venue_hours(&Hours::Osm(week.to_owned()), calendar).map(Some).ok_or_else(problem)
        }
    }
}

fn text(name: &str, value: Option<&str>, longest: usize) -> Result<(), Problem> {
    let Some(value) = value else { return Ok(()) };
    if value.trim().is_empty() || value.chars().count() > longest || value.chars().any(char::is_control) {
        let detail = format!("`{name}` has 1 to {longest} characters, none of them a control character");
        return Err(Problem::parameter("invalid-text", name, value, detail));
    }
    Ok(())
}

/// Adds the posts that end, by their place in the list of posts.
fn stop(stopped: &mut BTreeMap<usize, u32>, atlas: &Atlas, change: &Stopped) -> Result<(), Problem> {
    let (value, commune) = match (&change.employer, &change.commune) {
        (Some(employer), None) => (employer, None),
        (None, Some(code)) => {
            let known = CommuneCode::parse(code).and_then(|code| atlas.places().by_code(code));
            let unknown = || Problem::not_found("unknown-code", "no commune has this code").about("commune", code);
            (code, Some(known.ok_or_else(unknown)?))
        }
        _ => {
            let problem = Problem::parameter("missing-parameter", "stop", "", "say whose posts end");
            return Err(problem.allowing(["employer", "commune"]));
        }
    };
    let fits = |post: &Post| match commune {
        None => post.structure == *value,
        Some(ordinal) => post.commune.and_then(|code| atlas.places().by_code(code)) == Some(ordinal),
    };
    let mut left = change.posts.unwrap_or(u32::MAX);
    let mut any = false;
    for (i, post) in atlas.latest_posts().filter(|(_, post)| fits(post)) {
        any = true;
        let ends = left.min(post.posts);
        left -= ends;
        let all = stopped.entry(i).or_insert(0);
        *all = (*all + ends).min(post.posts);
    }
    if any {
        Ok(())
    } else {
        Err(Problem::parameter("unknown-post", "stop", value, "no post of the latest list is there"))
    }
}

/// A question that changes something.
///
/// # Errors
/// 400 when it changes nothing.
pub fn changing(question: Question) -> Result<Question, Problem> {
    if question.is_empty() {
        let problem = Problem::parameter("missing-parameter", "close", "", "say what changes");
        return Err(problem.allowing(["close=ID,ID", "add=LON,LAT;LON,LAT", "changes={…}"]));
    }
    Ok(question)
}
