//! What goes with a territory, row by row: targets, communes left out, ages, months, dated lists, editions.

use chrono::NaiveDate;

use crate::atlas::figures::followed;
use crate::features::Value;
use crate::http::State;
use crate::monitoring::facts::{Fact, named};
use crate::monitoring::freshness::{Age, Freshness, PARTS, ToCall, by_source, to_call as calls, venues_in};
use crate::monitoring::history::History;
use crate::monitoring::lists::DatedLists;
use crate::monitoring::overview::Overview;
use crate::monitoring::posts::Posts;
use crate::monitoring::targets::{Gap, TARGETS, Target};
use crate::tables::scope::Place;
use crate::tables::table::{Row, Spot, Table, column, column_of, integer, number, text, written};

use super::{MOST_CALLS, MOST_LEFT_OUT, ground};

fn day(day: Option<NaiveDate>) -> Value<'static> {
    day.map_or(Value::Unknown, |day| text(day.to_string()))
}

fn plain(name: &'static str, title: &'static str, columns: &[&'static str], rows: Vec<Vec<Value<'static>>>) -> Table {
    let rows = rows.into_iter().map(|values| Row { place: None, values }).collect();
    Table { name, title, columns: columns.iter().copied().map(column).collect(), rows }
}

/// A target beside what is observed.
#[derive(Debug, Clone)]
pub struct TargetLine {
    /// The target.
    pub target: &'static Target,
    /// The part that falls to the territory, by its persons in need; the whole for the nation.
    pub part: Option<f64>,
    /// What is observed, and the gap; `None` when nothing says.
    pub gap: Option<Gap>,
}

/// Every target beside what is observed in a territory. Posts and their money are observed by a list; persons trained are where
/// a table says so.
#[must_use]
pub fn target_lines(state: &State, facts: &[Fact]) -> Vec<TargetLine> {
    let persons = named(facts, "persons_in_need").and_then(Fact::number);
    let national =
        state.atlas.analysis().default_need(&state.atlas).ok().map(|(_, need)| need.estimate.national as f64);
    let share = persons.zip(national).and_then(|(own, all)| (all > 0.0).then(|| own / all));
    let observed = |id: &str| named(facts, id).and_then(|fact| Some((fact.number()?, fact.day?)));
    let line = |target: &'static Target| {
        let part = share.filter(|_| target.is_shared).map(|share| target.part(share.min(1.0)));
        let seen = match target.id {
            "posts" => observed("posts"),
            "posts_eur" => observed("posts_state_eur"),
            "trained_per_year" => observed("trained"),
            _ => None,
        };
        let scaled = part.map(|low| Target { low, high: target.high, ..*target });
        let gap = seen.zip(scaled).map(|((number, day), scaled)| Gap::of(&scaled, number, day));
        TargetLine { target, part, gap }
    };
    TARGETS.iter().map(line).collect()
}

pub(super) fn targets(state: &State, facts: &[Fact]) -> Table {
    let columns = [
        "target",
        "title",
        "target_low",
        "target_high",
        "unit",
        "target_due",
        "target_part",
        "observed",
        "day",
        "missing",
        "per_month_needed",
        "source",
        "note",
    ];
    let rows = target_lines(state, facts).into_iter().map(|line| {
        let TargetLine { target, part, gap } = line;
        vec![
            text(target.id),
            text(target.title),
            Value::Number(target.low),
            Value::Number(target.high),
            text(target.unit),
            day(target.due_day()),
            number(part, 1),
            number(gap.map(|gap| gap.observed), 0),
            day(gap.map(|gap| gap.day)),
            number(gap.map(|gap| gap.missing), 1),
            number(gap.and_then(|gap| gap.per_month), 1),
            text(target.source),
            text(target.note),
        ]
    });
    plain("targets", "Objectifs", &columns, rows.collect())
}

pub(in crate::tables) fn left_out(state: &State, place: &Place) -> Table {
    let atlas = &state.atlas;
    let figures = crate::atlas::figures::Figure::named("persons_left_out");
    let worst = Overview::kept(state).left_out(atlas, &place.communes, MOST_LEFT_OUT);
    let rows = worst.into_iter().map(|left| {
        let commune = &atlas.communes()[left.commune];
        let code = commune.code.to_string();
        let minutes = left.reach.time().map(crate::domain::Seconds::minutes);
        let values = vec![
            text(code.as_str()),
            text(commune.name.as_str()),
            text(commune.departement.as_str()),
            Value::Integer(left.persons),
            number(minutes, 2),
        ];
        Row { place: Some(Spot::Territory(crate::domain::Level::Commune, code)), values }
    });
    let persons = figures.map_or("persons_left_out", |figure| figure.id);
    let columns = ["code", "name", "departement", persons, "minutes"].map(column).into();
    Table { name: "left_out", title: "Communes à plus de 20 min", columns, rows: rows.collect() }
}

fn ages(state: &State, place: &Place, today: NaiveDate) -> Freshness {
    Freshness::of(venues_in(&state.atlas, ground(place).inside()).map(|(_, venue)| venue), today)
}

pub(super) fn freshness(state: &State, place: &Place, today: NaiveDate) -> Table {
    let found = ages(state, place, today);
    let rows = Age::ALL.iter().map(|(age, name, words)| {
        let at = *age as usize;
        vec![
            text(*name),
            text(*words),
            Value::Integer(found.attested[at].into()),
            Value::Integer(found.updated[at].into()),
        ]
    });
    plain("freshness", "Fraîcheur", &["age", "title", "venues_attested", "venues_updated"], rows.collect())
}

pub(super) fn completeness(state: &State, place: &Place, today: NaiveDate) -> Table {
    let own = ("", ages(state, place, today));
    let sources = by_source(&state.atlas, ground(place).inside(), today);
    let all = std::iter::once(own).chain(sources.iter().map(|(id, found)| (id.as_str(), *found)));
    let rows = all.map(|(id, found)| {
        let first = if id.is_empty() { Value::Unknown } else { text(id) };
        let mut values = vec![first, Value::Integer(found.venues.into()), number(found.completeness(), 6)];
        values.push(number(found.stale(), 6));
        values.extend(found.known.iter().map(|known| Value::Integer((*known).into())));
        values
    });
    let rows = rows.collect();
    let parts = PARTS.map(|part| part.id);
    let names = [
        "with_phone",
        "with_hours",
        "with_address",
        "with_position",
        "with_services",
        "with_access_modes",
        "with_fees",
        "with_updated",
    ];
    debug_assert!(names.iter().zip(parts).all(|(name, part)| name.ends_with(part)));
    let columns: Vec<&'static str> =
        ["source", "venues_all", "completeness", "stale_share"].into_iter().chain(names).collect();
    plain("completeness", "Complétude par source", &columns, rows)
}

/// Posts validated in each month, and by its end: the earliest first.
#[must_use]
pub fn posts_by_month(state: &State, place: &Place) -> Vec<(NaiveDate, u32, u32)> {
    let Some(posts) = Posts::of(&state.atlas, ground(place).inside()) else { return Vec::new() };
    let sums = posts.trajectory();
    sums.into_iter().map(|(month, sum)| (month, posts.months[&month], sum)).collect()
}

pub(super) fn months(state: &State, place: &Place) -> Table {
    let rows = posts_by_month(state, place).into_iter().map(|(month, posts, sum)| {
        vec![text(month.format("%Y-%m").to_string()), Value::Integer(posts.into()), Value::Integer(sum.into())]
    });
    plain("months", "Postes par mois", &["month", "posts_validated", "posts_cumulated"], rows.collect())
}

pub(super) fn lists(state: &State, place: &Place) -> Table {
    let dated = DatedLists::kept(state).of(ground(place).inside());
    let rows = dated.into_iter().map(|(day, rows)| vec![text(day.to_string()), Value::Integer(rows.into())]);
    plain("lists", "France services par liste", &["day", "france_services_listed"], rows.collect())
}

/// Id and day of an edition, and what it says of a territory for each figure that is followed.
pub type EditionLine = (String, Option<NaiveDate>, Vec<Option<f64>>);

/// What each edition that was read says of a territory, the earliest first, and how many were not read yet.
#[must_use]
pub fn editions(state: &State, place: &Place) -> (Vec<EditionLine>, usize) {
    let (read, unread) = state.process.kept::<History>().at_hand(&state.process.editions);
    let demonstration = state.atlas.edition().demonstration;
    let same = |id: &str| {
        let listed = state.process.editions.list();
        listed.iter().any(|listed| listed.title.id == id && listed.title.demonstration == demonstration)
    };
    let told = read.iter().filter(|edition| same(&edition.id)).map(|edition| {
        let values = (0..followed().count()).map(|rank| edition.followed.value(place.level, &place.code, rank).value());
        (edition.id.clone(), edition.as_of, values.collect())
    });
    (told.collect(), unread)
}

pub(super) fn editions_table(state: &State, place: &Place) -> Table {
    let figures: Vec<_> = followed().collect();
    let columns = ["edition", "day"].map(column).into_iter().chain(figures.iter().map(column_of)).collect();
    let rows = editions(state, place).0.into_iter().map(|(id, as_of, values)| {
        let told = figures.iter().zip(values).map(|(figure, value)| written(figure, value.into()));
        Row { place: None, values: [text(id), day(as_of)].into_iter().chain(told).collect() }
    });
    Table { name: "editions", title: "D’édition en édition", columns, rows: rows.collect() }
}

pub(super) fn to_call(state: &State, place: &Place, today: NaiveDate) -> Table {
    let atlas = &state.atlas;
    let list = calls(atlas, ground(place).inside(), today);
    let rows = list.into_iter().take(MOST_CALLS).map(|ToCall { venue, age, attested, missing, persons }| {
        let found = &atlas.venues()[venue];
        let phone = found.phones.first().map_or(Value::Unknown, |phone| text(phone.as_str()));
        let spot = found.location.position().map(|position| Spot::Point(position, found.id.clone()));
        let values = vec![
            text(found.id.as_str()),
            text(found.name.as_str()),
            text(found.locality.as_str()),
            phone,
            text(Age::ALL[age as usize].2),
            day(attested),
            Value::List(missing.into_iter().map(Into::into).collect()),
            integer(persons.map(u64::from)),
        ];
        Row { place: spot, values }
    });
    let names = ["id", "name", "locality", "phone", "age", "day", "missing_parts", "persons_in_need"];
    Table { name: "to_call", title: "À rappeler d’abord", columns: names.map(column).into(), rows: rows.collect() }
}
