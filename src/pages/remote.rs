//! `/aide-a-distance`: services that answer by telephone, and things to learn from.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::atlas::Atlas;
use crate::domain::hours::{HolidayCalendar, OpeningHours};
use crate::domain::{CallPrice, HelpNeed, Hours, Reader, RemoteChannel, Resource};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};

use super::contact::{self, Link, Phone};
use super::frame::{Frame, Keep, page};
use super::language::{Words, others};
use crate::tables::french;

/// Path of the page.
pub const PATH: &str = "/aide-a-distance";

/// The page.
pub const ENDPOINT: Endpoint =
    Endpoint::at(PATH, &[Operation::page("remote", "Les services qui répondent au téléphone", || web::to(remote))]);

/// A service that answers by telephone, in words.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Name.
    pub name: String,
    /// The number.
    pub phone: Phone,
    /// The number from overseas, where it is another one.
    pub overseas: Option<String>,
    /// What a call costs.
    pub price: String,
    /// When somebody answers, one line for each group of days; empty when nobody said.
    pub hours: Vec<String>,
    /// What for.
    pub purpose: String,
    /// Who published the number, and when.
    pub told: String,
}

/// Something to learn from, in words.
#[derive(Debug, Clone)]
pub struct Learn {
    /// Title.
    pub title: String,
    /// Who makes it.
    pub publisher: String,
    /// What it is for.
    pub purpose: String,
    /// Made for who helps.
    pub for_helpers: bool,
    /// Where.
    pub link: Option<Link>,
}

#[derive(Template)]
#[template(path = "remote.html")]
struct RemotePage {
    frame: Frame,
    t: Words,
    channels: Vec<Channel>,
    learn: Vec<Learn>,
}

/// Parse, ask, render.
pub async fn remote(request: HttpRequest, state: State) -> HttpResponse {
    let t = Words::of(&request);
    let frame = Frame::new(&state, &t.say("remote-title"), PATH).speaking(t, others(&request, &state, &[]));
    let template = RemotePage {
        frame: frame.described(&t.say("remote-meta")),
        t,
        channels: channels(&state, t, &[]),
        learn: learn(&state.atlas, &[]),
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// The services that answer one of these needs by telephone; all of them when none is named.
#[must_use]
pub fn channels(state: &State, t: Words, needs: &[HelpNeed]) -> Vec<Channel> {
    state.atlas.channels_for(needs).map(|channel| one(t, channel)).collect()
}

fn one(t: Words, channel: &RemoteChannel) -> Channel {
    let host = contact::link(&channel.url).map_or_else(|| channel.source.clone(), |link| link.host);
    let phone = |phone| Phone { shown: crate::domain::Phone::shown(phone), href: crate::domain::Phone::href(phone) };
    let hours = match &channel.hours {
        Hours::Osm(osm) => OpeningHours::parse(osm, HolidayCalendar::NATIONAL).map(|hours| hours.week_words()),
        _ => Ok(Vec::new()),
    };
    Channel {
        name: channel.name.clone(),
        phone: phone(&channel.phone),
        overseas: channel.overseas_phone.as_ref().map(|number| t.about("remote-overseas", &number.shown())),
        price: t.say(match channel.price {
            None => "remote-price-unknown",
            Some(CallPrice::Free) => "remote-price-free",
            Some(CallPrice::AsAnyCall) => "remote-price-call",
        }),
        hours: as_a_sentence(hours.unwrap_or_default()),
        purpose: channel.purpose.clone(),
        told: match channel.published {
            Some(day) => t.with("remote-source-day", &[("x", &host), ("day", &t.date(day))]),
            None => t.about("remote-source", &host),
        },
    }
}

/// The first line begins a sentence.
fn as_a_sentence(mut lines: Vec<String>) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        *first = french::capital(first);
    }
    lines
}

/// Things to learn from for one of these needs, those for persons first; all of them when none is named.
#[must_use]
pub fn learn(atlas: &Atlas, needs: &[HelpNeed]) -> Vec<Learn> {
    let fits = |row: &&Resource| needs.is_empty() || row.needs.iter().any(|need| needs.contains(need));
    let mut rows: Vec<&Resource> = atlas.resources().iter().filter(fits).collect();
    rows.sort_by_key(|row| row.reader == Reader::Helper);
    let one = |row: &Resource| Learn {
        title: row.title.clone(),
        publisher: row.publisher.clone(),
        purpose: row.purpose.clone(),
        for_helpers: row.reader == Reader::Helper,
        link: contact::link(&row.url),
    };
    rows.into_iter().map(one).collect()
}
