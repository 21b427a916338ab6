//! `/orienter`: a few plain questions, then where to go. Answers are in the body of a request, never in an address, and kept
//! nowhere.

mod contacts;
mod places;
mod questions;
mod said;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::atlas::Atlas;
use crate::atlas::meaning::Meant;
use crate::atlas::places::arrondissements;
use crate::domain::vocabulary::{Support, SupportMode};
use crate::domain::{CommuneCode, CommuneIx, HelpNeed, Hours};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, HTML, Operation};

use super::contact::{self, Link, Phone};
use super::far::has_its_own;
use super::frame::{Frame, Keep, page};
use super::language::{Language, Words, others};
use super::params::{Params, query};
use super::ranking::Ranked;
use super::remote::{self, Channel, Learn};
use super::towns::largest;
use super::whereabouts::{self, Origin, Somewhere, Whereabouts, full_name, whereabouts};
use super::words::{self, in_writing};
use super::{card, error, geocoded, search, sheet};
use crate::tables::french;

use contacts::{Reached, Reaches};
use questions::{Answers, Help, Profile, QUESTIONS, Shows};
use said::{coming, opened, support_words};

/// `/orienter`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/orienter",
    &[
        Operation::page("orient", "De quoi avez-vous besoin ?", || web::to(ask)),
        Operation::post("orientAnswer", "Où aller, d'après les réponses ; rien n'est gardé", || web::to(answer))
            .with_form()
            .answering(&[Answer::ok(&[(HTML, "text")])])
            .refusing(&[400, 413]),
    ],
);

/// One question on the page.
struct Asked {
    name: &'static str,
    words: String,
    /// What the telling answer leads to, for the version on paper.
    leads_to: String,
    telling_is_yes: bool,
    said: Option<bool>,
}

#[derive(Template)]
#[template(path = "orient.html")]
struct AskPage {
    frame: Frame,
    t: Words,
    action: String,
    questions: Vec<Asked>,
    /// Value, words, whether it was chosen.
    supports: Vec<(String, String, bool)>,
    text: String,
    /// Towns to choose from, with their codes.
    towns: Vec<(String, String)>,
    said: Option<String>,
}

/// A need, with what it is called.
struct Place {
    number: usize,
    id: String,
    href: String,
    name: String,
    far: String,
    why: Vec<String>,
    address: String,
    phones: Vec<Phone>,
    /// Where to write, for who writes or where there is no telephone.
    write: Option<Link>,
    /// What to do before one comes: call, write, or have somebody call; nothing where none can be done.
    first: Option<String>,
    open: Option<String>,
    coming: String,
    /// What must be known before one goes: that it moves, that no official list has it.
    warnings: Vec<String>,
}

#[derive(Template)]
#[template(path = "orient_answer.html")]
struct AnswerPage {
    frame: Frame,
    t: Words,
    action: String,
    sheet: String,
    /// Every field of the form, to ask again or in another language.
    fields: Vec<(&'static str, String)>,
    needs: Vec<String>,
    /// What to begin with, for somebody who cannot go out: of what follows on the page.
    from_home: Option<String>,
    near: Option<String>,
    /// What has to be said of where that is; French.
    remarks: Vec<String>,
    /// What else may have been meant: codes and names of towns.
    others: Vec<(String, String)>,
    relaxed: Option<String>,
    places: Vec<Place>,
    from: Option<String>,
    from_name: String,
    all: String,
    channels: Vec<Channel>,
    /// What to say of the services that answer by telephone: that somebody may call, or that others answer here.
    remote_note: Option<String>,
    learn: Vec<Learn>,
}

/// `GET`: the questions.
pub async fn ask(request: HttpRequest, state: State) -> HttpResponse {
    let asked = AskPage::new(&request, &state, &Answers::default(), String::new());
    page(StatusCode::OK, Keep::Check, &asked)
}

/// `POST`: what the answers show, and where to go.
pub async fn answer(request: HttpRequest, state: State, body: Bytes) -> HttpResponse {
    let params = Params::read(std::str::from_utf8(&body).unwrap_or_default());
    let answers = match Answers::read(&params) {
        Ok(answers) => answers,
        Err(refused) => return error::refused(&state, &refused),
    };
    let atlas: &Atlas = &state.atlas;
    let t = Words::of(&request);
    let text = params.one("lieu").unwrap_or_default().to_owned();
    let again = |said: Option<String>, towns: Vec<(String, String)>| {
        let asked = AskPage { towns, said, ..AskPage::new(&request, &state, &answers, text.clone()) };
        page(StatusCode::OK, Keep::Nothing, &asked)
    };
    if params.one("modifier").is_some() {
        return again(None, Vec::new());
    }
    let chosen = params.one("commune").and_then(CommuneCode::parse).and_then(|code| atlas.places().by_code(code));
    let place = match (geocoded::reading(&state, &params).await, chosen) {
        (Some(meaning), None) => whereabouts::meant(atlas, &text, meaning),
        _ => whereabouts(atlas, params.one("lieu"), chosen),
    };
    let place = match place {
        Whereabouts::Nowhere => None,
        Whereabouts::Somewhere(place) => Some(place),
        Whereabouts::OneOf(meant, _) => {
            let towns = to_choose(atlas, meant);
            let said = if towns.is_empty() { "where-unknown" } else { "where-several" };
            return again(Some(t.about(said, &text)), towns);
        }
        Whereabouts::Inside(level, ordinal, ..) => {
            let towns = to_choose(atlas, vec![Meant::Territory(level, ordinal)]);
            return again(Some(t.about("where-inside", &text)), towns);
        }
        _ => return again(Some(t.about("where-unknown", &text)), Vec::new()),
    };
    page(StatusCode::OK, Keep::Nothing, &AnswerPage::new(&request, &state, &answers, &params, place.as_ref()))
}

/// The towns among the readings, and the largest of a territory; codes and names.
fn to_choose(atlas: &Atlas, meant: Vec<Meant>) -> Vec<(String, String)> {
    let mut towns: Vec<CommuneIx> = Vec::new();
    for meant in meant {
        match meant {
            Meant::Commune(ordinal) | Meant::Address(ordinal, _) => towns.push(ordinal),
            Meant::Arrondissement(of) => towns.extend(atlas.places().by_code(arrondissements::town_code(of))),
            Meant::Postcode(_, communes) => towns.extend(communes),
            Meant::Territory(level, ordinal) => towns.extend(largest(atlas, level, ordinal)),
            Meant::Venue(ordinal) => towns.extend(atlas.venue_commune(ordinal)),
        }
    }
    let mut seen = BTreeSet::new();
    towns.retain(|&town| seen.insert(town));
    let named = |ordinal: CommuneIx| (atlas.communes()[ordinal].code.as_str().to_owned(), full_name(atlas, ordinal));
    towns.into_iter().map(named).collect()
}

/// Where a form leads, in the language of the page.
fn action(path: &str, t: Words) -> String {
    format!("{path}{}", query(&[("lang", t.0.code())]))
}

impl AskPage {
    fn new(request: &HttpRequest, state: &State, answers: &Answers, text: String) -> Self {
        let t = Words::of(request);
        let asked = |(question, said): (&questions::Question, Option<bool>)| Asked {
            name: question.name,
            words: t.say(question.words),
            leads_to: match question.shows {
                Shows::Need(need) => t.say(Help::of(need).words),
                Shows::StaysHome => t.say("answer-remote"),
            },
            telling_is_yes: question.telling,
            said,
        };
        let support =
            |support: &Support| (support.slug(), t.say(support_words(*support)), answers.support == Some(*support));
        Self {
            frame: Frame::new(state, &t.say("orient-title"), "/orienter")
                .speaking(t, others(request, state, &[]))
                .described(&t.say("orient-meta")),
            t,
            action: action("/orienter", t),
            questions: QUESTIONS.iter().zip(answers.said).map(asked).collect(),
            supports: Support::ALL.iter().map(support).collect(),
            text,
            towns: Vec::new(),
            said: None,
        }
    }
}

impl AnswerPage {
    fn new(
        request: &HttpRequest,
        state: &State,
        answers: &Answers,
        params: &Params,
        place: Option<&Somewhere>,
    ) -> Self {
        let (atlas, t, profile) = (&*state.atlas, Words::of(request), answers.profile());
        let origins: &[Origin] = place.map_or(&[], |place| &place.origins);
        let found = (!origins.is_empty()).then(|| places::places(atlas, origins, &profile, state.now()));
        let relaxed = found.as_ref().map_or(Some("no-place-asked"), |found| found.relaxed);
        let text = params.one("lieu").unwrap_or_default().to_owned();
        let shown = found.map_or_else(Vec::new, |found| found.ranked);
        let shown: Vec<Place> =
            shown.iter().enumerate().map(|(i, ranked)| one(state, t, &profile, i + 1, ranked)).collect();
        let where_asked = [("lieu", params.one("lieu")), ("commune", params.one("commune"))];
        let where_asked: Vec<(&'static str, String)> =
            where_asked.into_iter().filter_map(|(name, value)| Some((name, value?.to_owned()))).collect();
        let search: Vec<(&str, &str)> = where_asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let needs: &[HelpNeed] = if profile.needs.is_empty() { &[HelpNeed::Procedures] } else { &profile.needs };
        // Of a postal code no commune is chosen: all of them are in one place.
        let here = place.and_then(|place| place.commune.or_else(|| atlas.commune_at(place.origins.first()?.position)));
        let others_answer = has_its_own(atlas, here);
        let channels = if others_answer { Vec::new() } else { remote::channels(state, t, needs) };
        let reaches = Reaches {
            writes: profile.writes(),
            by_phone: shown.iter().any(|place| !place.phones.is_empty()),
            in_writing: shown.iter().any(|place| place.write.is_some()),
        };
        let relaxed_far = relaxed == Some("relaxed-far");
        let relaxed = relaxed.map(|id| {
            let next = match id {
                "relaxed-far" | "no-place-known" | "no-place-asked" => (!channels.is_empty()).then_some("see-channels"),
                _ => Reached::by(reaches).map(Reached::first),
            };
            [Some(id), next].into_iter().flatten().map(|id| t.say(id)).collect::<Vec<_>>().join(" ")
        });
        // A place beyond the sea is none to telephone to about one's own services.
        let is_nearby = !(others_answer && relaxed_far);
        let from_home = contacts::from_home(reaches, !channels.is_empty(), !shown.is_empty()).filter(|_| is_nearby);
        let for_you = (reaches.writes && !channels.is_empty()).then_some("remote-for-you");
        let remote_note = for_you.or_else(|| others_answer.then_some("remote-own"));
        Self {
            // The title of the window says nothing of the person.
            frame: Frame::new(state, &t.say("answer-title"), "/orienter").speaking(t, Vec::new()).unlisted(),
            t,
            action: action("/orienter", t),
            sheet: action(sheet::PATH, t),
            fields: answers.pairs().into_iter().chain(where_asked.clone()).collect(),
            needs: profile.needs.iter().map(|need| t.say(Help::of(*need).words)).collect(),
            from_home: from_home.filter(|_| profile.stays_home).map(|id| t.say(id)),
            near: place.map(|place| match t.0 {
                Language::French | Language::Easy => t.about("answer-near", &place.near),
                // After « près » stands « de Lyon »: elsewhere the town as it was typed or chosen.
                _ => t.about("answer-near", &place.commune.map_or(text.clone(), |commune| full_name(atlas, commune))),
            }),
            remarks: place.map_or_else(Vec::new, |place| place.remarks.clone()),
            others: place.map_or_else(Vec::new, |place| to_choose(atlas, place.others.clone())),
            relaxed,
            places: shown,
            from: origins.first().map(|at| search::rounded(at.position)),
            from_name: origins.first().map_or_else(String::new, |at| at.place.clone()),
            all: format!("/{}", query(&search)),
            channels,
            remote_note: remote_note.map(|id| t.say(id)),
            learn: remote::learn(atlas, &profile.needs),
        }
    }
}

fn one(state: &State, t: Words, profile: &Profile, number: usize, ranked: &Ranked<'_>) -> Place {
    let venue = &state.atlas.venues()[ranked.ordinal];
    let given = profile.needs.iter().map(|need| Help::of(*need)).filter(|help| help.given_by(venue));
    let mut why: Vec<String> = given.map(|help| t.say(help.words)).collect();
    if why.is_empty() {
        why.push(t.say("why-near"));
    }
    if profile.stays_home && venue.support_modes.contains(&SupportMode::Remote) {
        why.push(t.say("why-remote"));
    }
    let far = t.distance(ranked.distance);
    // A distance as the crow flies says nothing of a boat.
    let across = sheet::across(&state.atlas, t, venue, ranked.origin.position).map(|words| french::capital(&words));
    let known = venue.hours != Hours::Unknown;
    let writes = profile.writes();
    let phones = contact::phones(&venue.phones);
    let write = if writes || phones.is_empty() { card::elsewhere(venue) } else { None };
    let reaches = Reaches { writes, by_phone: !phones.is_empty(), in_writing: write.is_some() };
    let said = |sentence: String| if writes { in_writing(&sentence) } else { sentence };
    Place {
        number,
        id: venue.id.clone(),
        href: card::venue_href(&venue.id),
        name: venue.name.clone(),
        far: t.about(if ranked.exact { "sheet-far-plain" } else { "sheet-far-commune" }, &far),
        why,
        address: card::address(venue),
        phones,
        write,
        first: Reached::by(reaches).map(|how| t.say(how.first())),
        open: known.then(|| said(opened(state, t, venue))),
        coming: said(coming(t, venue)),
        warnings: words::warnings(t, venue, writes).into_iter().chain(across).collect(),
    }
}
