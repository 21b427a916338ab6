//! `/lieux/{id}/ouvertures.ics`: the next openings of a venue, for a calendar (RFC 5545).

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use chrono::{NaiveDateTime, TimeDelta};

use crate::atlas::Atlas;
use crate::domain::hours::{HolidayCalendar, OpenState, OpeningHours, local_time};
use crate::domain::{Hours, Venue};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::pages::words::{self, Coming};
use crate::pages::{card, error};

/// Media type.
const ICS: &str = "text/calendar; charset=utf-8";
/// Openings in a file.
const MOST: usize = 10;
/// Longest line, in bytes.
const LONGEST_LINE: usize = 75;

/// The file.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/lieux/{id}/ouvertures.ics",
    &[Operation::get("openings", "Les prochaines ouvertures d'un lieu, pour un agenda", || web::to(openings))
        .answering(&[Answer::ok(&[(ICS, "text")])])
        .refusing(&[404])],
);

/// Answers with the next openings; 404 when nobody knows them.
pub async fn openings(id: web::Path<String>, state: State) -> HttpResponse {
    let atlas: &Atlas = &state.atlas;
    let venue = atlas.venue(&id).or_else(|| atlas.venue(atlas.venue_alias(&id)?));
    match venue.and_then(|venue| file(atlas, venue, state.now())) {
        Some(text) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, ICS))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"ouvertures.ics\""))
            .insert_header((CACHE_CONTROL, "no-cache"))
            .body(text),
        None => error::not_found(&state),
    }
}

/// The file; `None` when the hours are not known, or no opening is coming.
#[must_use]
pub fn file(atlas: &Atlas, venue: &Venue, now: NaiveDateTime) -> Option<String> {
    let Hours::Osm(osm) = &venue.hours else { return None };
    let ordinal = atlas.places().by_code(venue.commune?)?;
    let departement = atlas.communes()[ordinal].departement.as_str();
    let hours = OpeningHours::parse(osm, HolidayCalendar::of_departement(departement)).ok()?;
    let spans = next(&hours, local_time(departement, now));
    if spans.is_empty() {
        return None;
    }
    // A calendar shows little more than this line: « Ouvert » alone would send people to a closed door.
    let (asks, cautions) = (Coming::to(venue), words::cautions(venue));
    let open = match asks {
        Coming::Appointment | Coming::Sent => "Ouvert sur rendez-vous",
        _ if cautions.is_empty() => "Ouvert",
        _ => "Ouvert\\, à vérifier",
    };
    let phone = venue.phones.first().map(|phone| format!("Téléphone : {}", phone.shown()));
    let description: Vec<String> = cautions.into_iter().chain(phone).collect();
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned(), "PRODID:-//Médiane//FR".to_owned()];
    let stamp = |at: NaiveDateTime| at.format("%Y%m%dT%H%M%S").to_string();
    for (from, until) in spans {
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}-{}@mediane", stamp(from), escaped(&venue.id)),
            format!("DTSTAMP:{}Z", stamp(now)),
            // On the clock of the venue's wall, as people read it there.
            format!("DTSTART:{}", stamp(from)),
            format!("DTEND:{}", stamp(until)),
            format!("SUMMARY:{open} : {}", escaped(&venue.name)),
            format!("DESCRIPTION:{}", escaped(&description.join("\n"))),
            format!("LOCATION:{}", escaped(&card::address(venue))),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    Some(lines.iter().map(|line| folded(line)).collect())
}

/// The next openings that have an end, the present one included.
fn next(hours: &OpeningHours, now: NaiveDateTime) -> Vec<(NaiveDateTime, NaiveDateTime)> {
    let mut spans = Vec::new();
    let mut at = now;
    while spans.len() < MOST {
        match hours.open_state(at) {
            OpenState::Open { until: Some(until), .. } => {
                spans.push((at, until));
                at = until;
            }
            OpenState::Closed { opens: Some(opens), .. } => at = opens,
            // What is not known is skipped, hour by hour, for as long as openings are looked for.
            OpenState::Unknown { .. } if at < now + TimeDelta::days(14) => at += TimeDelta::hours(1),
            _ => break,
        }
    }
    spans
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line and its end; a long one goes on in the next, which begins with a space.
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST_LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        length += c.len_utf8();
        out.push(c);
    }
    out + "\r\n"
}
