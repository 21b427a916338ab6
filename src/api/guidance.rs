//! `GET /api/remote-channels` and `GET /api/resources`: help that is no place.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use crate::domain::{CallPrice, HelpNeed, Hours, Phone, RemoteChannel, Resource};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};

/// `GET /api/remote-channels`.
pub const CHANNELS: Endpoint = Endpoint::at(
    "/api/remote-channels",
    &[Operation::get("remoteChannels", "Services qui répondent au téléphone, où que l'on habite", || {
        web::to(channels)
    })
    .taking(&[&["need"]])
    .of_an_edition()
    .answering(&[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED])
    .refusing(&[400])],
);

/// `GET /api/resources`.
pub const RESOURCES: Endpoint = Endpoint::at(
    "/api/resources",
    &[Operation::get("resources", "Ressources pour apprendre ou pour aider, par besoin", || web::to(resources))
        .taking(&[&["need"]])
        .of_an_edition()
        .answering(&[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED])
        .refusing(&[400])],
);

/// Answers with the services that answer one of the needs named, all of them when none is.
///
/// # Errors
/// 400 on a parameter.
pub async fn channels(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = CHANNELS.query(&request)?;
    let needs = needs(&query)?;
    let tag = Tag::of(&request, &state, "");
    let rows: Vec<Value> = state.atlas.channels_for(&needs).map(channel).collect();
    Ok(tag.not_modified(&request).unwrap_or_else(|| tag.answer(JSON, json!({ "remote_channels": rows }).to_string())))
}

/// Answers with the resources for one of the needs named, all of them when none is.
///
/// # Errors
/// 400 on a parameter.
pub async fn resources(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = RESOURCES.query(&request)?;
    let needs = needs(&query)?;
    let tag = Tag::of(&request, &state, "");
    let fits = |row: &&Resource| needs.is_empty() || row.needs.iter().any(|need| needs.contains(need));
    let rows: Vec<Value> = state.atlas.resources().iter().filter(fits).map(resource).collect();
    Ok(tag.not_modified(&request).unwrap_or_else(|| tag.answer(JSON, json!({ "resources": rows }).to_string())))
}

fn needs(query: &Query) -> Result<Vec<HelpNeed>, Problem> {
    let read = |text: &str| {
        HelpNeed::from_name(text).ok_or_else(|| {
            let problem = Problem::parameter("unknown-value", "need", text, "there is no such need");
            problem.allowing(HelpNeed::ALL.map(HelpNeed::name))
        })
    };
    query.list("need")?.into_iter().map(read).collect()
}

fn names(needs: &[HelpNeed]) -> Vec<&'static str> {
    needs.iter().map(|need| need.name()).collect()
}

fn channel(channel: &RemoteChannel) -> Value {
    json!({
        "id": channel.id,
        "name": channel.name,
        "phone": channel.phone.as_str(),
        "overseas_phone": channel.overseas_phone.as_ref().map(Phone::as_str),
        "price": channel.price.map(CallPrice::name),
        "opening_hours": if let Hours::Osm(hours) = &channel.hours { Some(hours) } else { None },
        "purpose": channel.purpose,
        "needs": names(&channel.needs),
        "url": channel.url,
        "published": channel.published.map(|day| day.to_string()),
        "source": channel.source,
    })
}

fn resource(resource: &Resource) -> Value {
    json!({
        "id": resource.id,
        "title": resource.title,
        "publisher": resource.publisher,
        "purpose": resource.purpose,
        "reader": resource.reader.name(),
        "needs": names(&resource.needs),
        "url": resource.url,
        "source": resource.source,
    })
}
