//! A plan shared out: what each territory receives, and the points that each site serves.

use crate::atlas::Atlas;
use crate::features::Value;
use crate::planning::{Answer, Received, Served};
use crate::tables::definitions::definition;
use crate::tables::scope::Place;
use crate::tables::table::{Column, Row, Spot, Table, column, number, text};

use super::sites::perhaps;

/// What each territory receives.
pub(super) fn territories(atlas: &Atlas, answer: &Answer) -> Table {
    let names = [
        "level",
        "code",
        "name",
        "new_posts",
        "cost_eur",
        "existing_posts",
        "persons_counted",
        "covered_before",
        "covered_after",
    ];
    let row = |received: &Received| {
        let name = received.code.as_ref().and_then(|code| Place::find(atlas, received.level, code));
        let values = vec![
            text(received.level.plural()),
            received.code.as_ref().map_or(Value::Unknown, |code| text(code.as_str())),
            text(name.map_or_else(|| "Inconnu : hors de tout territoire de ce niveau".to_owned(), |place| place.name)),
            Value::Integer(received.posts),
            Value::Integer(received.cost_eur),
            Value::Integer(received.existing_posts),
            Value::Integer(received.persons),
            Value::Integer(received.covered_before),
            Value::Integer(received.covered_after),
        ];
        Row { place: received.code.clone().map(|code| Spot::Territory(received.level, code)), values }
    };
    Table {
        name: "territories",
        title: "Par territoire",
        columns: names.map(column).into(),
        rows: answer.by_territory.iter().map(row).collect(),
    }
}

/// The week of each post that goes round, stop by stop; one that stays has one stop.
pub(super) fn rounds(atlas: &Atlas, answer: &Answer) -> Table {
    let names =
        ["rank", "id", "stop", "name", "commune", "longitude", "latitude", "half_days", "minutes_from_stop_before"];
    let rows = answer.sites.iter().flat_map(|site| {
        (1..).zip(&site.round).map(|(stop, at)| {
            let commune = at.commune.map(|commune| atlas.communes()[commune].code.to_string());
            Row {
                place: Some(Spot::Point(at.position, format!("{}-{stop}", site.id))),
                values: vec![
                    Value::Integer(site.rank.into()),
                    text(site.id.as_str()),
                    Value::Integer(stop),
                    text(at.name.as_str()),
                    commune.map_or(Value::Unknown, text),
                    number(Some(at.position.lon()), 6),
                    number(Some(at.position.lat()), 6),
                    Value::Integer(at.half_days.into()),
                    perhaps(at.minutes),
                ],
            }
        })
    });
    Table { name: "rounds", title: "Tournées", columns: names.map(column).into(), rows: rows.collect() }
}

/// The points whose nearest post is a new one, by the rank of its site.
pub(super) fn served(atlas: &Atlas, answer: &Answer) -> Table {
    let names = ["rank", "id", "commune", "longitude", "latitude", "persons_served", "minutes_before", "minutes_after"];
    let row = |point: &Served| {
        let site = &answer.sites[point.site];
        let minutes = |seconds: Option<u32>| perhaps(seconds.map(|seconds| f64::from(seconds) / 60.0));
        let values = vec![
            Value::Integer(site.rank.into()),
            text(site.id.as_str()),
            text(atlas.communes()[point.commune].code.to_string()),
            number(Some(point.position.lon()), 6),
            number(Some(point.position.lat()), 6),
            Value::Integer(point.persons.into()),
            minutes(point.seconds[0]),
            minutes(point.seconds[1]),
        ];
        Row { place: Some(Spot::Point(point.position, format!("{}-{}", site.id, point.number))), values }
    };
    Table {
        name: "served",
        title: "Points servis",
        // Those who live there: of whom is received nobody knows anything.
        columns: names
            .map(|name| match name {
                "persons_served" => Column { name: name.into(), definition: definition("persons_there") },
                name => column(name),
            })
            .into(),
        rows: answer.served.iter().map(row).collect(),
    }
}
