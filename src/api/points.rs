//! `GET /api/points`: where in a territory people live, with the way to the nearest venue of each place.

use std::io::Write;

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::access::{Mode, Reach};
use crate::atlas::{Atlas, Need};
use crate::domain::{CellSource, PointIx};
use crate::features;
use crate::features::Geometry;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, Tag};
use crate::http::work::Kind;
use crate::tables::choices;
use crate::tables::figures::asked_about;
use crate::tables::scope::Place;

/// Points in an answer at most: those of any département.
const MOST: usize = 20_000;

/// `GET /api/points`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/points",
    &[Operation::get(
        "points",
        "Où vivent les habitants d'un territoire, et leur temps jusqu'au lieu le plus proche",
        || web::to(points),
    )
    .of_an_edition()
    .taking(&[&["territory", "denominator", "unreached"]])
    .answering(&[Answer::ok(&[(GEOJSON, "featureCollection")]), Answer::UNCHANGED])
    .refusing(&[400, 404])],
);

/// Answers with a `GeoJSON` collection of points: commune, inhabitants, persons in need, who says so, and minutes to the
/// nearest venue by each mode, `null` where it cannot be reached.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered.
pub async fn points(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let atlas = &state.atlas;
    let place = Place::part_of_query(atlas, &query)?;
    choices::need(atlas, choices::denominator(&query)?)?;
    let unreached = query.flag("unreached")?.unwrap_or(false);
    let parts = &atlas.analysis().divided.parts;
    // An arrondissement has fewer than its city, which has few enough.
    let number: usize = place.communes.iter().map(|&commune| parts.points_of(commune).count()).sum();
    if number > MOST && !unreached {
        let detail = format!("{number} points, more than {MOST}; expected a département or less, or unreached=true");
        return Err(Problem::parameter("out-of-range", "territory", &place.path(), detail));
    }
    let tag = Tag::of(&request, &state, "");
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let denominator = choices::denominator(&query)?;
    let written = state.apart(Kind::Interactive, move |state| {
        let (_, need) = choices::need(&state.atlas, denominator)?;
        Ok(write(state, need, &place, unreached))
    });
    Ok(tag.answer(GEOJSON, written.await??))
}

fn write(state: &State, need: &Need, place: &Place, unreached: bool) -> Vec<u8> {
    let atlas: &Atlas = &state.atlas;
    let analysis = atlas.analysis();
    let mut out = br#"{"type":"FeatureCollection","edition":"#.to_vec();
    features::write_text(&mut out, &atlas.edition().id);
    out.extend_from_slice(br#","travel_times":"#);
    features::write_text(&mut out, analysis.access.label());
    features::write_key(&mut out, "territory");
    out.extend_from_slice(Value::Object(asked_about(atlas, place)).to_string().as_bytes());
    out.extend_from_slice(br#","features":"#);
    let wanted = place.communes.iter().take_while(|_| state.is_wanted());
    let points = wanted.flat_map(|&commune| {
        let of_it: Vec<(PointIx, Option<u32>)> = match place.district {
            Some(district) => analysis.points_of_district(need, district).collect(),
            None => analysis.points(need, std::slice::from_ref(&commune)).collect(),
        };
        of_it.into_iter().map(move |(point, persons)| (commune, point, persons))
    });
    let cut = |point: PointIx| Mode::ALL.iter().all(|&mode| analysis.access.nearest(mode)[point] == Reach::Unreachable);
    let shown = points.filter(|(_, point, _)| !unreached || cut(*point));
    features::write_array(&mut out, shown, |out, (commune, point, persons)| {
        let commune = &atlas.communes()[commune];
        let position = analysis.access.times().demand().points[point].position;
        let geometry = position.map_or(Geometry::Nowhere, Geometry::Point);
        features::open_feature(out, &point.get().to_string(), &geometry);
        features::write_key(out, "commune");
        features::write_text(out, commune.code.as_str());
        let cell = analysis.cell_of(point).map(|cell| &atlas.cells()[cell]);
        features::write_key(out, "inhabitants");
        match (cell, commune.population) {
            (Some(cell), _) => features::write_decimal(out, cell.inhabitants, 1),
            (None, Some(population)) => features::write_decimal(out, f64::from(population.0), 0),
            (None, None) => out.extend_from_slice(b"null"),
        }
        features::write_key(out, "persons_in_need");
        match persons {
            Some(persons) => write!(out, "{persons}").expect("a vector takes every byte"),
            None => out.extend_from_slice(b"null"),
        }
        features::write_key(out, "source");
        features::write_text(out, cell.map_or("commune", |cell| atlas.source_of(cell).unwrap_or("estimate")));
        features::write_key(out, "imputed");
        let imputed = cell.is_some_and(|cell| matches!(cell.source, CellSource::Imputed(_)));
        out.extend_from_slice(if imputed { b"true" } else { b"false" });
        for mode in Mode::ALL {
            features::write_key(out, &format!("{}_minutes", mode.name()));
            match analysis.access.nearest(mode)[point].time() {
                Some(time) => features::write_decimal(out, time.minutes(), 1),
                None => out.extend_from_slice(b"null"),
            }
        }
        out.extend_from_slice(b"}}");
    });
    out.push(b'}');
    out
}
