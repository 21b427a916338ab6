//! `/lieux/{id}`: everything that is known of one venue, and where each fact comes from.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::json;

use crate::atlas::{Atlas, Order};
use crate::domain::vocabulary::{AccessMode, Audience, Itinerance};
use crate::domain::{Hours, Level, Location, Position, Provenance, Venue};
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::{State, links};

use super::card::{self, Card, Listing};
use super::contact::{self, Link, Phone};
use super::frame::{Frame, Keep, page};
use super::opening::{Opening, opening};
use super::params::query;
use super::ranking::{Ranking, rank};
use super::territory::href_of;
use super::whereabouts::Origin;
use super::{error, reported, words};
use crate::tables::french;

/// Venues named at the foot of the page.
const OTHERS: usize = 3;

/// A text that may be followed: a `mailto:` address, or none.
struct Mail {
    shown: String,
    href: Option<String>,
}

/// One record behind the page.
struct Record {
    source: String,
    vintage: String,
    record: String,
    line: String,
    fields: String,
}

#[derive(Template)]
#[template(path = "venue.html")]
struct VenuePage {
    frame: Frame,
    name: String,
    closed_to_public: bool,
    summary: Option<String>,
    detail: Option<String>,
    phones: Vec<Phone>,
    opening: Opening,
    coming: String,
    access_modes: Vec<&'static str>,
    booking: Option<Link>,
    price: String,
    address: String,
    located: bool,
    on_map: Option<String>,
    services: Vec<&'static str>,
    support_modes: Vec<&'static str>,
    audiences: Vec<&'static str>,
    supports: Vec<&'static str>,
    accessibility: Option<Link>,
    mails: Vec<Mail>,
    websites: Vec<Link>,
    labels: Vec<String>,
    dated_labels: Vec<String>,
    parts: Vec<String>,
    withheld: Option<&'static str>,
    parent: Option<String>,
    itinerant: bool,
    updated: Option<String>,
    attested: Option<String>,
    remarks: Vec<String>,
    origins: Vec<Record>,
    others: Vec<Card>,
    /// What moderators confirmed.
    confirmed: Vec<String>,
    /// Where to say that something is wrong.
    report: String,
    sheet: String,
    /// The same for search engines: schema.org, as JSON that cannot end the element it stands in.
    json_ld: String,
    /// Its commune, and the page of the commune's figures.
    territory: Option<(String, String)>,
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at("/lieux/{id}", &[Operation::page("venue", "Un lieu", || web::to(venue))]);

/// Parse, ask, render. An id that a venue used to have leads to its page of today (defect D8).
pub async fn venue(request: HttpRequest, id: web::Path<String>, state: State) -> HttpResponse {
    let atlas: &Atlas = &state.atlas;
    if let Some(venue) = atlas.venue(&id) {
        let confirmed = reported::confirmed(&state, venue).await;
        let shown = venue_page(&state, venue, &links::base(&request, &state));
        let frame = shown.frame.clone().in_french_only(&request);
        let template = VenuePage { frame, confirmed, ..shown };
        return page(StatusCode::OK, Keep::Check, &template);
    }
    match atlas.venue_alias(&id) {
        Some(today) => links::moved(&request, &card::venue_href(today)),
        None => error::not_found(&state),
    }
}

fn venue_page(state: &State, venue: &Venue, base: &str) -> VenuePage {
    let atlas: &Atlas = &state.atlas;
    let position = venue.location.position();
    let located = venue.location.own().is_some();
    VenuePage {
        frame: Frame::new(state, &venue.name, "").described(&description(venue)),
        confirmed: Vec::new(),
        report: format!("{}/signaler", card::venue_href(&venue.id)),
        sheet: format!("/fiche{}", query(&[("lieux", &venue.id)])),
        json_ld: json_ld(venue, base),
        name: venue.name.clone(),
        closed_to_public: !venue.receives_public(),
        summary: venue.summary.clone(),
        detail: venue.detail.clone().filter(|detail| Some(detail) != venue.summary.as_ref()),
        phones: contact::phones(&venue.phones),
        opening: opening(atlas, venue, state.now()),
        coming: words::how_to_come(venue),
        access_modes: venue
            .access_modes
            .iter()
            .filter(|m| **m != AccessMode::NotPublic)
            .map(|m| words::access_mode(*m))
            .collect(),
        booking: venue.booking_url.as_deref().and_then(contact::link),
        price: words::price(venue),
        address: card::address(venue),
        located,
        on_map: position.map(|at| map_of(venue, at)),
        services: venue.services.iter().map(|service| service.plain()).collect(),
        support_modes: venue.support_modes.iter().map(|mode| mode.plain()).collect(),
        audiences: venue.audiences.iter().map(|a| Audience::official(*a)).collect(),
        supports: venue.supports.iter().map(|support| support.plain()).collect(),
        accessibility: venue.accessibility_url.as_deref().and_then(contact::link),
        mails: venue.emails.iter().map(|m| Mail { shown: m.clone(), href: contact::mailto(m) }).collect(),
        websites: venue.websites.iter().filter_map(|w| contact::link(w)).collect(),
        labels: card::labels(venue, state.now().date()),
        dated_labels: card::dated_labels(atlas, venue, state.now().date()),
        parts: card::parts(venue),
        withheld: venue.withheld.map(words::withheld),
        parent: venue.parent.clone(),
        itinerant: venue.itinerance.contains(&Itinerance::Itinerant),
        updated: venue.updated.map(french::date),
        attested: venue.attested().map(french::date),
        remarks: remarks(venue),
        origins: origins(atlas, venue),
        territory: venue.commune.and_then(|code| atlas.places().by_code(code)).map(|ordinal| {
            let commune = &atlas.communes()[ordinal];
            (french::of_place(&commune.name), href_of(Level::Commune, commune.code.as_str()))
        }),
        others: position.map_or_else(Vec::new, |from| others(state, venue, from)),
    }
}

/// What search engines show of it.
fn description(venue: &Venue) -> String {
    let services: Vec<&str> = venue.services.iter().take(3).map(|service| service.plain()).collect();
    let services = if services.is_empty() { "Aide au numérique".to_owned() } else { services.join(", ") };
    format!("{}. {services}. Adresse, téléphone, horaires.", card::address(venue))
}

/// The venue in the vocabulary of schema.org. `<` is escaped, so that no text can end the element or begin another.
fn json_ld(venue: &Venue, base: &str) -> String {
    let mut told = json!({
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": venue.name,
        "url": format!("{base}{}", card::venue_href(&venue.id)),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "postalCode": venue.postcode,
            "addressLocality": venue.locality,
            "addressCountry": "FR",
        },
    });
    // What is not known is left out: null would be a statement.
    if let Some(phone) = venue.phones.first() {
        told["telephone"] = phone.as_str().into();
    }
    if let Some(at) = venue.location.own() {
        told["geo"] = json!({ "@type": "GeoCoordinates", "latitude": at.lat(), "longitude": at.lon() });
    }
    if let Hours::Osm(hours) = &venue.hours {
        told["openingHours"] = hours.as_str().into();
    }
    if let Some(address) = told["address"].as_object_mut() {
        address.retain(|_, value| !value.is_null());
    }
    told.to_string().replace('<', "\\u003c")
}

/// The map around this venue, which bears the number 1 there.
fn map_of(venue: &Venue, at: Position) -> String {
    let query = query(&[("indicateur", "aucun"), ("lieux", &venue.id)]);
    format!("/carte{query}#carte=14/{:.4}/{:.4}", at.lat(), at.lon())
}

/// The venues nearest to this one, itself left out.
fn others(state: &State, venue: &Venue, position: Position) -> Vec<Card> {
    let origins = [Origin { position, place: "ce lieu".into() }];
    let listing = Listing { state, services: &[], names_origin: false, from_ashore: false, writes: false };
    let ranked = rank(&state.atlas, &origins, &Ranking::of(Order::Time, OTHERS + 1, state.now())).into_iter();
    let ranked = ranked.filter(|ranked| state.atlas.venues()[ranked.ordinal].id != venue.id);
    ranked.take(OTHERS).enumerate().map(|(i, ranked)| listing.card(i + 1, ranked)).collect()
}

/// What to know before trusting the page.
fn remarks(venue: &Venue) -> Vec<String> {
    let repair = match venue.location {
        Location::Repaired(_, repair) => Some(words::repair(repair).to_string()),
        Location::Address(_, found) => Some(words::address(found.kind).to_string()),
        _ => None,
    };
    repair.into_iter().chain(venue.flags.iter().map(words::flag)).collect()
}

fn origins(atlas: &Atlas, venue: &Venue) -> Vec<Record> {
    let origin = |provenance: &Provenance| {
        let source = atlas.edition().sources.iter().find(|source| source.id == provenance.source);
        let mut fields: Vec<&str> = provenance.fields.iter().map(|field| words::field(field)).collect();
        fields.sort_unstable();
        fields.dedup();
        Record {
            source: source.map_or(&provenance.source, |source| &source.title).clone(),
            vintage: source.map_or_else(String::new, |source| french::vintage(&source.vintage)),
            record: provenance.record.clone(),
            line: french::integer(u64::from(provenance.line)),
            fields: fields.join(", "),
        }
    };
    venue.provenance.iter().map(origin).collect()
}
