//! Who reaches an open venue, hour by hour of a usual week, and who has a second and a third venue: figures of one territory,
//! worked out when somebody asks and kept with the edition.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Map;

use super::choices;
use super::report::Report;
use super::scope::Place;
use super::table::{Row, Table, column, integer, number, text};
use crate::access::{Mode, Threshold};
use crate::atlas::Need;
use crate::atlas::week_reach::{RANKS, WeekReach};
use crate::domain::CommuneIx;
use crate::domain::hours::WEEKDAYS;
use crate::domain::need::Preset;
use crate::features::Value;
use crate::http::State;
use crate::http::problem::Problem;
use crate::http::work::Kind;

/// Communes of a territory whose week is worked out with the patience of an export: the nation takes five seconds.
const MANY: usize = 1_000;

/// Territories whose weeks are kept with an edition, the latest; some 6 KB each.
const KEPT: usize = 500;

/// Where, whose need, how and how near.
#[derive(Debug, Clone)]
pub struct WeekAsked {
    /// The territory.
    pub place: Place,
    /// The national number; `None` for the usual one.
    pub denominator: Option<&'static Preset>,
    /// How people travel.
    pub mode: Mode,
    /// How near is near enough.
    pub threshold: Threshold,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Week {
    /// Persons, hour by hour.
    pub reach: WeekReach,
    /// Median minutes to the first, second and third venue; `None` beyond the threshold.
    pub minutes: [Option<f64>; RANKS],
    /// Whether anybody knows the persons in need: else all numbers of persons are unknown.
    pub is_known: bool,
}

impl Week {
    /// A number of persons, where it is known.
    #[must_use]
    pub fn known(&self, persons: u64) -> Option<u64> {
        self.is_known.then_some(persons)
    }

    /// A part of the persons.
    #[must_use]
    pub fn share(&self, persons: u64) -> Option<f64> {
        (self.reach.persons > 0).then(|| persons as f64 / self.reach.persons as f64)
    }

    /// Persons at an hour of a day: a venue is open; nobody knows whether one is; all that are near are closed.
    #[must_use]
    pub fn at(&self, day: usize, hour: usize) -> [u64; 3] {
        let (open, may_be) = (self.reach.open[day][hour], self.reach.may_be[day][hour]);
        [open, may_be - open, self.reach.venues[0] - may_be]
    }
}

/// Weeks by what was asked, and the questions in the order in which they came.
type Weeks = (BTreeMap<String, Arc<Week>>, VecDeque<String>);

#[derive(Debug, Default)]
struct Known(Mutex<Weeks>);

/// The kind of work that the week of a territory is, for its page and for its answers alike.
#[must_use]
pub fn kind_of(place: &Place) -> Kind {
    if place.communes.len() > MANY { Kind::Export } else { Kind::Interactive }
}

/// Works a week out, or finds it. Goes by département, and ends when nobody waits for it any more.
///
/// # Errors
/// 400 when the country cannot bear the national number; 503 when nobody waits.
pub fn week(state: &State, asked: &WeekAsked) -> Result<Arc<Week>, Problem> {
    let (preset, need) = choices::need(&state.atlas, asked.denominator)?;
    let key = format!("{} {} {} {}", asked.place.path(), preset.id, asked.mode.name(), asked.threshold.name());
    let known: &Known = state.kept(|_| Known::default());
    let kept = || known.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = kept().0.get(&key) {
        return Ok(found.clone());
    }
    let found = Arc::new(worked_out(state, need, asked)?);
    let mut all = kept();
    if all.0.insert(key.clone(), found.clone()).is_none() {
        all.1.push_back(key);
    }
    if all.1.len() > KEPT
        && let Some(oldest) = all.1.pop_front()
    {
        all.0.remove(&oldest);
    }
    Ok(found)
}

fn worked_out(state: &State, need: &Need, asked: &WeekAsked) -> Result<Week, Problem> {
    let atlas = &state.atlas;
    let mut departements: BTreeMap<&str, Vec<CommuneIx>> = BTreeMap::new();
    for &commune in &asked.place.communes {
        departements.entry(&atlas.communes()[commune].departement).or_default().push(commune);
    }
    let mut reach = WeekReach::default();
    for communes in departements.values() {
        state.go_on()?;
        reach.join(WeekReach::new(atlas, need, communes, asked.mode, asked.threshold));
    }
    let minutes = reach.median_minutes();
    Ok(Week { reach, minutes, is_known: need.is_known_in(&asked.place.communes) })
}

/// The tables of a week.
///
/// # Errors
/// Those of [`week`].
pub fn report(state: &State, asked: WeekAsked) -> Result<Report, Problem> {
    let found = week(state, &asked)?;
    let (preset, need) = choices::need(&state.atlas, asked.denominator)?;
    let mut basis: Map<_, _> = choices::need_basis(preset, need);
    basis.extend(choices::access_basis(&state.atlas));
    Ok(Report {
        subject: "week",
        choices: vec![
            ("territory", asked.place.path()),
            ("denominator", preset.id.to_owned()),
            ("mode", asked.mode.name().to_owned()),
            ("threshold_min", asked.threshold.name().to_owned()),
        ],
        place: asked.place,
        basis,
        tables: vec![hours(&found), venues(&found)],
        shown: 0,
    })
}

fn hours(week: &Week) -> Table {
    let names = [
        "weekday",
        "hour",
        "persons_open",
        "persons_open_unknown",
        "persons_closed",
        "share_open",
        "share_open_unknown",
        "share_closed",
    ];
    let row = |(day, hour): (usize, usize)| {
        let persons = week.at(day, hour);
        let mut values = vec![text(WEEKDAYS[day]), Value::Integer(hour as u64)];
        values.extend(persons.map(|persons| integer(week.known(persons))));
        values.extend(persons.map(|part| number(week.share(part), 6)));
        Row { place: None, values }
    };
    let all = (0..7).flat_map(|day| (0..24).map(move |hour| (day, hour)));
    Table { name: "rows", title: "Heure par heure", columns: names.map(column).into(), rows: all.map(row).collect() }
}

fn venues(week: &Week) -> Table {
    let names = ["venue_rank", "persons_reached", "share_reached", "minutes_reached"];
    let row = |rank: usize| {
        let persons = week.reach.venues[rank];
        let values = vec![
            Value::Integer(rank as u64 + 1),
            integer(week.known(persons)),
            number(week.share(persons), 6),
            number(week.minutes[rank], 3),
        ];
        Row { place: None, values }
    };
    let rows = (0..RANKS).map(row).collect();
    Table { name: "summary", title: "Un, deux, trois lieux", columns: names.map(column).into(), rows }
}
