//! `/fiche`: one page that leaves with the person: up to three places, chosen by whoever helps.
//!
//! The address names places only. Where somebody starts from comes in the body of a request, is rounded, and is kept nowhere.

mod calendar;
mod code;
mod plan;
#[cfg(test)]
mod tests;
mod texts;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::access::{Mode, Season};
use crate::atlas::meaning::typed;
use crate::atlas::nearest::useful::FAR_M;
use crate::atlas::{Atlas, Counted, Found};
use crate::domain::{Hours, Metres, Position, Seconds, Venue};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, HTML, Operation};
use crate::http::links;
use crate::tables::french;

use super::across::WALKED_ON;
use super::contact::{self, Link, Phone};
use super::far::{self, HelpLine};
use super::frame::{Frame, Keep, page};
use super::language::{Words, others};
use super::opening::opening;
use super::params::{Params, percent_encoded};
use super::{card, words};

pub use calendar::ENDPOINT as CALENDAR;

/// Path of the page.
pub const PATH: &str = "/fiche";
/// Nobody takes the car for a walk of so many minutes.
const WALKED: u32 = 15;
/// Places on one page.
const MOST: usize = 3;
/// Lines of a column that large letters leave room for, and ordinary ones; beyond, letters are smaller.
const ROOMY: usize = 29;
const FULL: usize = 33;
/// Lines that the banner of a demonstration takes.
const BANNER: usize = 3;
/// Letters on a line of a column.
const COLUMN: usize = 26;

/// `/fiche`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    PATH,
    &[
        Operation::page("sheet", "La fiche à emporter : trois lieux au plus", || web::to(by_address))
            .taking(&[&["lieux"]]),
        Operation::post("sheetFrom", "La même, avec le chemin depuis un point qui n'est pas gardé", || {
            web::to(by_form)
        })
        .with_form()
        .answering(&[Answer::ok(&[(HTML, "text")])])
        .refusing(&[400, 413]),
    ],
);

/// Where somebody starts from.
struct Start {
    position: Position,
    /// « la mairie de Lyon », as the page before called it.
    name: String,
}

/// One place on the sheet.
struct Stop {
    number: usize,
    name: String,
    address: String,
    phones: Vec<Phone>,
    /// Where to write: a mail; a site where there is neither mail nor telephone.
    write: Option<Link>,
    /// What there is to say of now and next.
    next: Option<String>,
    week: Vec<String>,
    coming: String,
    price: String,
    pass: bool,
    far: Option<String>,
    /// How far that is.
    distance: Option<Metres>,
    ways: Vec<String>,
    plan: Option<plan::Plan>,
    dated: Option<String>,
    /// That it moves, that no official list has it.
    warnings: Vec<String>,
    /// What a text of address and hours must say beside them, in French.
    cautions: Vec<String>,
    closed: bool,
    calendar: Option<String>,
    href: String,
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct SheetPage {
    frame: Frame,
    t: Words,
    title: String,
    stops: Vec<Stop>,
    /// Who answers by telephone, where every place is out of reach.
    lines: Vec<HelpLine>,
    too_many: bool,
    from: Option<String>,
    /// `roomy`, `full` or `dense`: how large letters can be.
    size: &'static str,
    code: Option<code::Code>,
    sms: String,
    sms_href: String,
    sms_hint: String,
    mail: String,
    mail_href: String,
}

/// `GET`: the places named in the address.
pub async fn by_address(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    page(StatusCode::OK, Keep::Check, &sheet(&request, &state, &params, None))
}

/// `POST`: the same, from somewhere.
pub async fn by_form(request: HttpRequest, state: State, body: Bytes) -> HttpResponse {
    let params = Params::read(std::str::from_utf8(&body).unwrap_or_default());
    let at = params.one("depuis").and_then(typed::degrees).and_then(|degrees| Position::in_france(degrees).ok());
    let name: String = params.one("depuis_nom").unwrap_or_default().chars().take(120).collect();
    let start = at.map(|position| Start { position, name });
    page(StatusCode::OK, Keep::Nothing, &sheet(&request, &state, &params, start.as_ref()))
}

/// The venues named, each once, in order; ids of old lead to those of today.
fn chosen<'a>(atlas: &'a Atlas, params: &Params) -> Vec<&'a Venue> {
    let ids = params.all("lieux").flat_map(|value| value.split(','));
    let mut venues: Vec<&Venue> = Vec::new();
    for id in ids.map(str::trim) {
        let found = atlas.venue(id).or_else(|| atlas.venue(atlas.venue_alias(id)?));
        if let Some(venue) = found.filter(|venue| venues.iter().all(|known| known.id != venue.id)) {
            venues.push(venue);
        }
    }
    venues
}

fn sheet(request: &HttpRequest, state: &State, params: &Params, start: Option<&Start>) -> SheetPage {
    let t = Words::of(request);
    let mut venues = chosen(&state.atlas, params);
    let too_many = venues.len() > MOST;
    venues.truncate(MOST);
    let stops: Vec<Stop> = venues.iter().enumerate().map(|(i, venue)| stop(state, t, i + 1, venue, start)).collect();
    // The banner of a demonstration stands above it on paper too.
    let banner = if state.atlas.edition().demonstration { BANNER } else { 0 };
    let lines: usize = stops.iter().map(Stop::lines).sum::<usize>() + banner;
    let title = t.count("sheet-titles", stops.len().max(1));
    let address = address(&venues);
    let whole = links::keeping(format!("{}{address}", links::base(request, state)), state);
    let (sms, mail) = (texts::sms(&stops), texts::mail(&stops, &whole));
    SheetPage {
        frame: Frame::new(state, &title, "")
            .speaking(t, if start.is_some() { Vec::new() } else { others(request, state, &["lieux"]) })
            .described(&t.say("sheet-meta"))
            .unlisted(),
        t,
        title,
        too_many,
        from: start.map(|start| start.name.clone()).filter(|name| !name.is_empty()),
        size: match lines {
            0..=ROOMY => "roomy",
            lines if lines <= FULL => "full",
            _ => "dense",
        },
        code: (!stops.is_empty()).then(|| code::code(&whole)).flatten(),
        sms_href: format!("sms:?&body={}", percent_encoded(&sms)),
        sms_hint: t.count("sheet-sms-hint", sms.chars().count()),
        mail_href: format!(
            "mailto:?subject={}&body={}",
            percent_encoded(&t.say("sheet-mail-subject")),
            percent_encoded(&mail.replace('\n', "\r\n"))
        ),
        lines: match start.filter(|_| !stops.is_empty() && stops.iter().all(Stop::is_out_of_reach)) {
            Some(start) => far::help_lines(&state.atlas, state.atlas.commune_at(start.position)),
            None => Vec::new(),
        },
        stops,
        sms,
        mail,
    }
}

/// The address of the sheet of these venues: their ids, and nothing of anybody.
fn address(venues: &[&Venue]) -> String {
    let ids: Vec<String> = venues.iter().map(|venue| percent_encoded(&venue.id)).collect();
    format!("{PATH}?lieux={}", ids.join(","))
}

fn stop(state: &State, t: Words, number: usize, venue: &Venue, start: Option<&Start>) -> Stop {
    let atlas: &Atlas = &state.atlas;
    let known = (venue.hours != Hours::Unknown).then(|| opening(atlas, venue, state.now()));
    let way = start.and_then(|start| way(atlas, venue, start));
    let osm = matches!(venue.hours, Hours::Osm(_));
    Stop {
        number,
        name: venue.name.clone(),
        address: card::address(venue),
        phones: contact::phones(&venue.phones),
        write: card::mail(venue).or_else(|| card::elsewhere(venue).filter(|_| venue.phones.is_empty())),
        week: known.as_ref().map_or_else(Vec::new, |opening| opening.week.clone()),
        next: known.filter(|_| osm).map(|opening| opening.now),
        coming: words::how_to_come(venue),
        price: words::price(venue),
        pass: venue.pass_numerique == Some(true),
        far: way.as_ref().map(|way| way.far(t)),
        distance: way.as_ref().map(|way| way.distance),
        ways: way.as_ref().map_or_else(Vec::new, |way| way.minutes(t)),
        plan: venue.location.own().and_then(|at| {
            let from = start.zip(way.as_ref()).map(|(start, _)| (start.position, start.name.as_str()));
            plan::plan(atlas, t, at, from)
        }),
        dated: dated(t, venue),
        warnings: words::warnings(t, venue, false),
        cautions: words::cautions(venue),
        closed: !venue.receives_public(),
        calendar: osm.then(|| format!("{}/ouvertures.ics", card::venue_href(&venue.id))),
        href: card::venue_href(&venue.id),
    }
}

/// The day somebody brought the record up to date, else that of the newest list that names it.
fn dated(t: Words, venue: &Venue) -> Option<String> {
    let checked = venue.updated.map(|day| t.about("sheet-dated", &t.date(day)));
    checked.or_else(|| venue.attested().map(|day| t.about("sheet-listed", &t.date(day))))
}

impl Stop {
    /// Whether nobody goes there from where they start.
    fn is_out_of_reach(&self) -> bool {
        self.distance.is_some_and(|distance| distance.value() > FAR_M)
    }

    /// Lines that it takes on paper, about.
    fn lines(&self) -> usize {
        let of = |text: &str, width: usize| text.chars().count().div_ceil(width).max(1);
        let far = usize::from(self.far.is_some()) + self.ways.len();
        let write = self.write.as_ref().map_or(0, |link| of(&link.host, COLUMN));
        let left = 2 * self.phones.len().min(2) + write + of(&self.address, COLUMN) + far + of(&self.coming, COLUMN);
        let week: usize = self.week.iter().map(|line| of(line, COLUMN)).sum();
        let right = 1 + week.max(1) + of(&self.price, COLUMN) + usize::from(self.dated.is_some());
        of(&self.name, 42) + left.max(right)
    }
}

/// How far a place is.
struct Way {
    /// By car, when some way is known.
    by_car: Option<u32>,
    /// Whether a boat that takes no car leaves somebody on foot.
    on_foot_after: bool,
    /// How many minutes on foot after it, where that is farther than one walks.
    far_on_foot: Option<u32>,
    /// Bridges, boats and passes on that way.
    by: Vec<String>,
    /// Whether water or a crest lies between.
    across: bool,
    distance: Metres,
    exact: bool,
    direction: &'static str,
}

/// What to say of the way to a place across water or a crest; `None` where nothing lies between.
#[must_use]
pub fn across(atlas: &Atlas, t: Words, venue: &Venue, position: Position) -> Option<String> {
    let way = way(atlas, venue, &Start { position, name: String::new() }).filter(|way| way.across)?;
    let told = way.minutes(t);
    Some(if told.is_empty() { t.say("sheet-across") } else { told.join("\u{a0}; ") })
}

fn way(atlas: &Atlas, venue: &Venue, start: &Start) -> Option<Way> {
    let ordinal = atlas.venues().binary_search_by(|other| other.id.cmp(&venue.id)).ok()?;
    let (at, within) = atlas.venue_spot(ordinal)?;
    let found = Found::measured(ordinal, start.position, at, within);
    let journey = atlas.journeys(Mode::Car, Season::AllYear, &[(start.position, at)]).pop().flatten();
    Some(Way {
        by_car: journey.as_ref().map(|journey| journey.time.minutes().ceil().max(1.0) as u32),
        on_foot_after: journey.as_ref().is_some_and(|journey| journey.afoot > Seconds(0)),
        far_on_foot: journey
            .as_ref()
            .filter(|journey| journey.afoot > WALKED_ON)
            .map(|journey| journey.afoot.minutes().ceil() as u32),
        by: journey.map(|journey| journey.crossings).unwrap_or_default(),
        across: atlas.lies_across(start.position, at),
        distance: found.distance,
        exact: found.to == Counted::Place,
        direction: plan::direction(start.position, at),
    })
}

impl Way {
    fn far(&self, t: Words) -> String {
        let far = t.distance(self.distance);
        if self.exact {
            return t.with("sheet-far", &[("x", &far), ("direction", &t.say(self.direction))]);
        }
        t.about("sheet-far-commune", &far)
    }

    /// Minutes on foot where somebody would walk, and by car; estimates.
    fn minutes(&self, t: Words) -> Vec<String> {
        if !self.exact {
            return Vec::new();
        }
        let minutes = |id: &str, minutes: u32| t.about(id, &t.duration(minutes as usize));
        let walked = french::minutes_on_foot(self.distance).filter(|_| !self.across);
        let on_foot = walked.map(|walked| minutes("sheet-foot", walked));
        let drives = walked.is_none_or(|walked| walked > WALKED);
        let car = match self.by_car {
            Some(car) if let Some(afoot) = self.far_on_foot => {
                let [all, afoot] = [car, afoot].map(|minutes| t.duration(minutes as usize));
                t.with("sheet-car-far", &[("x", &all), ("y", &afoot)])
            }
            Some(car) => minutes(if self.on_foot_after { "sheet-car-foot" } else { "sheet-car" }, car),
            None => t.say("sheet-no-way"),
        };
        let across = self.across.then(|| t.say("sheet-across"));
        // Of a way with a boat that leaves somebody far on foot, the boat may not come first.
        let named = if self.far_on_foot.is_some() { self.by.len() } else { 1 };
        let by = self.by[..named.min(self.by.len())].join(", ");
        let by = (self.across && !by.is_empty()).then(|| t.about("sheet-by", &by));
        on_foot.into_iter().chain(drives.then_some(car)).chain(across).chain(by).collect()
    }
}
