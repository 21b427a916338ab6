//! What changed, in French.

use chrono::NaiveDate;

use crate::domain::vocabulary::Programme;
use crate::monitoring::comparison::{Comparison, FigureThen};
use crate::monitoring::difference::{Cause, Change, Happened, happened, labels};
use crate::tables::french;

/// How many venues had each thing happen to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Appeared in a list that was there before.
    pub appeared: u64,
    /// Appeared with their whole list.
    pub appeared_with_list: u64,
    /// Disappeared from a list that is still there.
    pub disappeared: u64,
    /// Disappeared with their whole list.
    pub disappeared_with_list: u64,
    /// Fit the question now, and did not before.
    pub entered: u64,
    /// Fitted it before, and no longer do.
    pub left: u64,
    /// Go on under another id.
    pub became: u64,
    /// Were there before, behind another venue.
    pub parted: u64,
    /// Changed in each way of [`Happened::ALL`]; one venue may count in several.
    pub happened: [u64; Happened::ALL.len()],
    /// Changed in any way.
    pub changed: u64,
}

impl Tally {
    /// Counts a comparison.
    #[must_use]
    pub fn of(comparison: &Comparison) -> Self {
        let mut tally = Self::default();
        let goes_on = comparison.difference.successors();
        for (id, change) in &comparison.difference.changes {
            match change {
                // A venue that only has a new id is no new venue.
                Change::Appeared(..) if goes_on.contains(id.as_str()) => {}
                Change::Appeared(_, Cause::Venue) => tally.appeared += 1,
                Change::Appeared(_, Cause::List) => tally.appeared_with_list += 1,
                Change::Appeared(_, Cause::Question) => tally.entered += 1,
                Change::Appeared(_, Cause::Known) => tally.parted += 1,
                Change::Disappeared(_, Cause::Venue) => tally.disappeared += 1,
                Change::Disappeared(_, Cause::List) => tally.disappeared_with_list += 1,
                Change::Disappeared(_, Cause::Question) => tally.left += 1,
                Change::Became(..) | Change::Disappeared(_, Cause::Known) => tally.became += 1,
                Change::Changed(before, after) => {
                    tally.changed += 1;
                    for what in happened(before, after) {
                        tally.happened[what as usize] += 1;
                    }
                }
            }
        }
        tally
    }
}

/// « du 1er décembre 2022 », or « sans date ».
#[must_use]
pub fn of_day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "sans date".to_owned(), |day| format!("du {}", french::date(day)))
}

/// One sentence for all of it.
#[must_use]
pub fn sentence(comparison: &Comparison, place: &str) -> String {
    let Comparison { from, to, .. } = comparison;
    if from.id == to.id {
        return format!("{place} : aucune édition plus ancienne n’est ici ; rien à comparer.");
    }
    let tally = Tally::of(comparison);
    let count = |number| french::count(number, "lieu", "lieux");
    let first = format!(
        "{place}, de l’édition {} à celle {} : {} apparus et {} disparus dans des listes présentes aux deux dates",
        of_day(from.as_of),
        of_day(to.as_of),
        count(tally.appeared),
        count(tally.disappeared),
    );
    let some = |number: u64, words: &str| (number > 0).then(|| format!("{} {words}", count(number)));
    let rest = [
        some(tally.appeared_with_list, "entrés avec une liste nouvelle"),
        some(tally.disappeared_with_list, "partis avec leur liste"),
        Some(format!("{} déplacés", count(tally.happened[Happened::Moved as usize]))),
        some(tally.happened[Happened::Hours as usize], "dont les horaires ont changé"),
        some(tally.happened[Happened::Phones as usize], "dont le téléphone a changé"),
        Some(format!("{} dont le label a changé", count(tally.happened[Happened::Relabelled as usize]))),
    ];
    let all: Vec<String> = std::iter::once(first).chain(rest.into_iter().flatten()).collect();
    format!("{}.", all.join(" ; "))
}

/// What became of one venue.
#[must_use]
pub fn change(change: &Change) -> String {
    match change {
        Change::Appeared(_, Cause::Venue) => "apparu dans sa liste".into(),
        Change::Appeared(_, Cause::List) => "entré avec une liste nouvelle : il existait peut-être déjà".into(),
        Change::Appeared(_, Cause::Known) => {
            "était déjà là, sous un autre identifiant ou derrière un autre lieu".into()
        }
        Change::Appeared(_, Cause::Question) => "répond maintenant à la question".into(),
        Change::Disappeared(_, Cause::Venue) => "disparu de sa liste".into(),
        Change::Disappeared(_, Cause::List) => "sa liste n’est plus là : il existe peut-être encore".into(),
        Change::Disappeared(_, Cause::Known) => "continue sous un autre identifiant".into(),
        Change::Disappeared(_, Cause::Question) => "ne répond plus à la question".into(),
        Change::Became(_, now) => format!("continue sous l’identifiant {now}"),
        Change::Changed(before, after) => {
            let (gained, lost) = labels(before, after);
            let named = |sign: &str, of: &[Programme]| -> Vec<String> {
                of.iter().map(|programme| format!("{sign}\u{a0}{}", programme.official())).collect()
            };
            let told = happened(before, after).into_iter().map(|what| match what {
                Happened::Relabelled => {
                    let labels: Vec<String> = named("+", &gained).into_iter().chain(named("−", &lost)).collect();
                    format!("label : {}", labels.join(", "))
                }
                Happened::Renamed => format!("s’appelait « {} »", before.name),
                other => said(other).to_owned(),
            });
            told.collect::<Vec<_>>().join(" ; ")
        }
    }
}

fn said(what: Happened) -> &'static str {
    Happened::ALL.iter().find(|(known, ..)| *known == what).map_or("", |(.., words)| words)
}

/// Why a figure of two editions is to be compared with care; `None` when nothing is known against it.
#[must_use]
pub fn caution(comparison: &Comparison, figure: &FigureThen) -> Option<String> {
    let id = figure.figure.figure.id;
    let of_persons = !id.starts_with("venues") && id != "posts";
    if of_persons && comparison.other_indicators.is_some() {
        return Some("pas comparable : les deux éditions n’estiment pas le besoin avec les mêmes indicateurs".into());
    }
    if id == "posts" || id.ends_with("_in_need") {
        return None;
    }
    if !comparison.lists.0.is_empty() || !comparison.lists.1.is_empty() {
        return Some("avec prudence : des listes entières sont entrées ou parties".into());
    }
    let of_ways = figure.figure.minutes().is_some() || matches!(id, "minutes_median" | "hours_per_person_year");
    if of_ways && comparison.other_ways {
        return Some(
            "avec prudence : les deux éditions ne comptent pas les trajets depuis les mêmes points, ou par les mêmes chemins"
                .into(),
        );
    }
    let near = figure.figure.minutes().is_some_and(|minutes| minutes < 20);
    let small = figure.rise().is_some_and(|rise| rise.abs() < 0.03);
    (near && id == "share_within" && small).then(|| "en deçà de l’incertitude (3 à 6 points à 10 minutes)".into())
}
