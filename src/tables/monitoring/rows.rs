//! The parts of a territory side by side: one line each, one for what belongs to none of them, and together the whole.

use std::borrow::Cow;

use chrono::NaiveDate;
use typed_index_collections::TiVec;

use crate::access::Threshold;
use crate::atlas::figures::{Figure, FigureAt, Measured, Summary};
use crate::domain::{CommuneIx, Level, Venue};
use crate::http::State;
use crate::monitoring::freshness::Freshness;
use crate::monitoring::lists::DatedLists;
use crate::monitoring::overview::Overview;
use crate::monitoring::posts::{Funded, PostsByCommune};
use crate::tables::scope::{Parts, Place, level_name};
use crate::tables::table::{Column, Row, Spot, Table, column, column_of, number, text, written};

use crate::features::Value;

/// Figures of the table of figures that a line holds, with the rank of their threshold.
const FIGURES: [(&str, usize); 9] = [
    ("persons_in_need", 0),
    ("share_in_need", 0),
    ("share_within", 1),
    ("share_within", 2),
    ("persons_beyond", 2),
    ("minutes_median", 0),
    ("venues", 0),
    ("venues_france_services", 0),
    ("hours_per_person_year", 0),
];

/// One part of a territory.
#[derive(Debug)]
pub struct Line {
    /// The part; `None` for what belongs to no territory of the level.
    pub place: Option<Place>,
    /// Name.
    pub name: String,
    /// Its figures; `None` where the edition can bear no national number, or there are no communes.
    pub summary: Option<Summary>,
    /// Posts of the latest list; `None` without a list.
    pub posts: Option<Funded>,
    /// Age and completeness of its venues.
    pub freshness: Freshness,
    /// Rows of each dated list of France services, the earliest first; empty without a list.
    pub france_services: Vec<(NaiveDate, u32)>,
}

impl Line {
    /// A figure of the line.
    #[must_use]
    pub fn measured(&self, id: &str, rank: usize) -> Measured {
        let figure = Figure::named(id).map(|figure| FigureAt::new(figure, Threshold::ALL[rank]));
        figure.zip(self.summary.as_ref()).map_or(Measured::Unknown, |(figure, summary)| figure.of(summary))
    }
}

/// The lines of a territory at a level below: its parts, the communes that are in none, and what has no commune at all, so
/// that together they are the whole (defect D17).
#[must_use]
pub fn lines(state: &State, place: &Place, by: Level, today: NaiveDate) -> Vec<Line> {
    let atlas = &state.atlas;
    let overview = Overview::kept(state);
    let posts = PostsByCommune::kept(state);
    let dated = DatedLists::kept(state);
    let Parts { places, elsewhere, .. } = place.parts(atlas, by);
    let mut part_of: TiVec<CommuneIx, Option<usize>> = vec![None; atlas.communes().len()].into();
    for (rank, communes) in places.iter().map(|part| &part.communes).chain([&elsewhere]).enumerate() {
        communes.iter().for_each(|&i| part_of[i] = Some(rank));
    }
    let mut venues: Vec<Vec<&Venue>> = vec![Vec::new(); places.len() + 1];
    let mut nowhere: Vec<&Venue> = Vec::new();
    for (ordinal, venue) in atlas.venues().iter_enumerated() {
        match atlas.venue_commune(ordinal) {
            Some(commune) => venues.extend_at(part_of[commune], venue),
            None => nowhere.push(venue),
        }
    }
    let summary =
        |level, code: &str, communes: &[CommuneIx]| overview.summary(atlas, level, code, communes).map(Cow::into_owned);
    let aged = |venues: &[&Venue]| Freshness::of(venues.iter().copied(), today);
    let mut lines: Vec<Line> = places
        .into_iter()
        .zip(&venues)
        .map(|(part, venues)| Line {
            name: part.name.clone(),
            summary: summary(part.level, &part.code, &part.communes),
            posts: posts.of(&part.communes),
            freshness: aged(venues),
            france_services: dated.of(Some(&part.communes)),
            place: Some(part),
        })
        .collect();
    if !elsewhere.is_empty() {
        lines.push(Line {
            place: None,
            name: "Hors de tout territoire de ce niveau".into(),
            summary: summary(Some(by), "", &elsewhere),
            posts: posts.of(&elsewhere),
            freshness: aged(&venues[venues.len() - 1]),
            france_services: dated.of(Some(&elsewhere)),
        });
    }
    let lost = posts.nowhere;
    if place.level.is_none() && (!nowhere.is_empty() || lost.structures > 0) {
        lines.push(Line {
            place: None,
            name: "Sans commune connue".into(),
            summary: None,
            posts: posts.known.then_some(lost),
            freshness: aged(&nowhere),
            france_services: dated.lost(),
        });
    }
    lines
}

/// Adds to one list of several, if there is one.
trait ExtendAt<T> {
    fn extend_at(&mut self, rank: Option<usize>, thing: T);
}

impl<T> ExtendAt<T> for Vec<Vec<T>> {
    fn extend_at(&mut self, rank: Option<usize>, thing: T) {
        if let Some(list) = rank.and_then(|rank| self.get_mut(rank)) {
            list.push(thing);
        }
    }
}

/// The table of the level below, or of the level that was asked for.
pub(in crate::tables) fn table(state: &State, place: &Place, by: Option<Level>, today: NaiveDate) -> Table {
    let figures: Vec<FigureAt> = FIGURES
        .iter()
        .filter_map(|(id, rank)| Figure::named(id).map(|figure| FigureAt::new(figure, Threshold::ALL[*rank])))
        .collect();
    let own = [
        "posts_listed",
        "posts_structures",
        "posts_state_eur",
        "venues_all",
        "stale_share",
        "completeness",
        "france_services_listed",
    ];
    let columns: Vec<Column> = ["level", "code", "name", "whole"]
        .map(column)
        .into_iter()
        .chain(figures.iter().map(column_of))
        .chain(own.map(column))
        .collect();
    let level = by.or_else(|| place.level_below());
    let lines = level.map_or_else(Vec::new, |by| self::lines(state, place, by, today));
    let row = |line: &Line| {
        let place = line.place.as_ref();
        let mut values = vec![
            place.map_or_else(|| text(level_name(level)), |place| text(level_name(place.level))),
            place.map_or(Value::Unknown, |place| text(place.code.as_str())),
            text(line.name.as_str()),
            Value::Flag(place.is_none_or(|place| place.whole)),
        ];
        for figure in &figures {
            let told = line.summary.as_ref().map_or(Measured::Unknown, |summary| figure.of(summary));
            values.push(written(figure, told));
        }
        let posts = |read: fn(&Funded) -> u64| line.posts.as_ref().map_or(Value::Unknown, |p| Value::Integer(read(p)));
        values.push(posts(|p| p.posts.into()));
        values.push(posts(|p| p.structures.into()));
        values.push(posts(|p| p.state_eur.round() as u64));
        values.push(Value::Integer(line.freshness.venues.into()));
        values.push(number(line.freshness.stale(), 6));
        values.push(number(line.freshness.completeness(), 6));
        let latest = line.france_services.last().map(|(_, rows)| u64::from(*rows));
        values.push(latest.map_or(Value::Unknown, Value::Integer));
        let spot = place.and_then(|place| Some(Spot::Territory(place.level?, place.code.clone())));
        Row { place: spot, values }
    };
    Table { name: "rows", title: "Territoires", columns, rows: lines.iter().map(row).collect() }
}
