//! What the page of a territory is made of, in words: curves, parts, targets, communes left out, ages, initiatives.

use chrono::Datelike;
use typed_index_collections::TiVec;

use crate::atlas::figures::{Measured, Unit};
use crate::domain::{CommuneIx, Level};
use crate::http::State;
use crate::monitoring::facts::{Fact, similar_initiatives};
use crate::monitoring::freshness::{Age, Freshness, venues_in};
use crate::monitoring::lists::DatedLists;
use crate::monitoring::overview::Overview;
use crate::monitoring::targets::Target;
use crate::pages::figures::said;
use crate::pages::territory::{href_of, similar};
use crate::tables::french;
use crate::tables::monitoring::{
    EditionLine, Line, MOST_LEFT_OUT, ground, posts_by_month, target_lines, words::percent,
};
use crate::tables::scope::Place;

use super::drawing::{polyline, spark};

/// Width and height of a curve.
const CURVE: (f64, f64) = (300.0, 90.0);

/// Words that lead somewhere.
pub struct Link {
    pub words: String,
    pub href: String,
}

/// A curve with its first and last values, against a target where there is one.
pub struct Curve {
    pub title: String,
    pub points: String,
    /// Height of the target; `None` where there is none.
    pub target: Option<String>,
    pub said: String,
    pub rows: Vec<(String, String)>,
}

/// One part of the territory.
pub struct Row {
    pub name: String,
    pub href: Option<String>,
    pub cells: Vec<String>,
    pub lists: String,
    pub months: String,
    pub attention: bool,
}

/// A target of the plan beside what is observed.
pub struct Goal {
    pub title: &'static str,
    pub target: String,
    pub part: String,
    pub observed: String,
    pub missing: String,
    pub source: &'static str,
    pub note: &'static str,
}

/// A commune with persons who are far.
pub struct LeftOut {
    pub name: String,
    pub href: String,
    pub words: String,
}

/// Something that a table says in words.
pub struct Known {
    pub title: String,
    pub measure: &'static str,
    pub theme: String,
    pub day: String,
    pub place: String,
    pub url: Option<String>,
}

/// Address of the page of a territory.
pub fn address(place: &Place) -> String {
    place.level.map_or_else(|| "/suivi".to_owned(), |level| format!("/suivi/{}/{}", level.plural(), place.code))
}

/// « 2021–2024 ».
pub fn years(days: impl Iterator<Item = chrono::NaiveDate>) -> String {
    let mut years: Vec<i32> = days.map(|day| day.year()).collect();
    years.sort_unstable();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        (None, _) => "Courbe".into(),
    }
}

/// Posts validated by the end of each month in each part, on the months of all of them together.
pub fn months_of(state: &State, parts: &[Line]) -> Vec<Vec<f64>> {
    let atlas = &state.atlas;
    let mut part_of: TiVec<CommuneIx, Option<usize>> = vec![None; atlas.communes().len()].into();
    for (rank, part) in parts.iter().enumerate() {
        let communes = part.place.as_ref().map_or(&[][..], |place| &place.communes);
        communes.iter().for_each(|&i| part_of[i] = Some(rank));
    }
    let mut days: Vec<chrono::NaiveDate> = atlas.latest_posts().filter_map(|(_, post)| post.validated).collect();
    days.sort_unstable();
    days.dedup();
    let mut counts = vec![vec![0.0; days.len()]; parts.len()];
    for (_, post) in atlas.latest_posts() {
        let commune = post.commune.and_then(|code| atlas.places().by_code(code));
        let part = commune.and_then(|commune| part_of[commune]);
        if let (Some(part), Some(Ok(rank))) = (part, post.validated.map(|day| days.binary_search(&day))) {
            counts[part][rank] += f64::from(post.posts);
        }
    }
    for counts in &mut counts {
        let mut sum = 0.0;
        for count in counts.iter_mut() {
            sum += *count;
            *count = sum;
        }
    }
    counts
}

/// One part in words, with the number of persons it is sorted by.
pub fn row(line: &Line, months: &[f64]) -> (f64, Row) {
    let words = |id: &str, rank: usize, unit: Unit| said(unit, line.measured(id, rank));
    let count = |number: Option<u64>| number.map_or_else(|| "inconnu".to_owned(), french::integer);
    let lists: Vec<f64> = line.france_services.iter().map(|(_, rows)| f64::from(*rows)).collect();
    let far = line.measured("persons_beyond", 2);
    let place = line.place.as_ref();
    let cells = vec![
        words("persons_in_need", 0, Unit::Persons),
        words("share_within", 1, Unit::Share),
        said(Unit::Persons, far),
        count(Some(line.freshness.venues.into())),
        count(line.france_services.last().map(|(_, rows)| u64::from(*rows))),
        count(line.posts.map(|posts| posts.posts.into())),
        line.freshness.stale().map_or_else(|| "–".to_owned(), percent),
    ];
    let href = place.and_then(|place| {
        Some(match place.level? {
            Level::Commune => href_of(Level::Commune, &place.code),
            _ => address(place),
        })
    });
    let name = match place {
        Some(place) if !place.whole => format!("{} (partie)", line.name),
        _ => line.name.clone(),
    };
    let row = Row { name, href, cells, lists: spark(&lists), months: spark(months), attention: false };
    (far.value().unwrap_or(-1.0), row)
}

fn curve(title: &str, values: &[(String, f64)], target: Option<f64>, words: impl Fn(f64) -> String) -> Option<Curve> {
    let numbers: Vec<f64> = values.iter().map(|(_, value)| *value).collect();
    let top = numbers.iter().copied().chain(target).fold(0.0, f64::max) * 1.05;
    let (first, last) = (values.first()?, values.last()?);
    let said = if values.len() > 1 {
        format!("{} ({}), {} ({})", words(first.1), first.0, words(last.1), last.0)
    } else {
        format!("{} ({}) : une seule date, donc pas de courbe", words(last.1), last.0)
    };
    Some(Curve {
        title: title.into(),
        points: polyline(&numbers, top, CURVE),
        target: target.filter(|_| top > 0.0).map(|target| format!("{:.1}", CURVE.1 - CURVE.1 * target / top)),
        said,
        rows: values.iter().map(|(day, value)| (day.clone(), words(*value))).collect(),
    })
}

/// The four curves.
pub fn curves(state: &State, place: &Place, facts: &[Fact], editions: &[EditionLine]) -> Vec<Curve> {
    let integer = |value: f64| french::integer(value as u64);
    let months: Vec<(String, f64)> = posts_by_month(state, place)
        .into_iter()
        .map(|(month, _, sum)| (french::vintage(&month.format("%Y-%m").to_string()), f64::from(sum)))
        .collect();
    let target =
        target_lines(state, facts).into_iter().find(|line| line.target.id == "posts").and_then(|line| line.part);
    let dated = DatedLists::kept(state).of(ground(place).inside());
    let dated: Vec<(String, f64)> = dated.into_iter().map(|(day, rows)| (french::date(day), f64::from(rows))).collect();
    let of = |rank: usize| -> Vec<(String, f64)> {
        let told: Vec<_> = editions.iter().filter_map(|(id, day, values)| Some((id, (*day)?, values[rank]?))).collect();
        let words = |id: &str, day: chrono::NaiveDate| {
            // Two editions of one day are told apart by their ids.
            let alike = told.iter().filter(|(_, other, _)| *other == day).count() > 1;
            if alike { format!("{} (édition {id})", french::date(day)) } else { french::date(day) }
        };
        told.iter().map(|(id, day, value)| (words(id, *day), *value)).collect()
    };
    let posts = "Postes de conseillers validés, en fin de mois";
    [
        curve(posts, &months, target, integer),
        curve("France services, par liste officielle", &dated, None, integer),
        curve("Part des personnes à moins de 20\u{a0}minutes d’un lieu, par édition", &of(1), None, percent),
        curve("Lieux qui accueillent du public, par édition", &of(2), None, integer),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the last edition that was read says, after the one of an earlier day.
pub fn evolution(editions: &[EditionLine]) -> Option<String> {
    let dated: Vec<&EditionLine> = editions.iter().filter(|(_, day, _)| day.is_some()).collect();
    let (_, now, new) = dated.last()?;
    // Two editions of one day differ by how they were made, and nothing came to pass between them.
    let (_, then, old) = dated.iter().rev().find(|(_, day, _)| day < now)?;
    let then = (*then)?;
    let (coverage, venues) = (new[1]? - old[1]?, new[2]? - old[2]?);
    let sign = |value: f64, decimals: u8| {
        let mark = if value > 0.0 { "+" } else { "" };
        format!("{mark}{}", french::decimal(value, decimals))
    };
    Some(format!(
        "Depuis l’édition du {} : {} point de personnes à moins de 20 minutes, {} lieux. Une liste nouvelle ou disparue change \
         ces nombres sans qu’aucun lieu n’ouvre ni ne ferme.",
        french::date(then),
        sign(100.0 * coverage, 1),
        sign(venues, 0),
    ))
}

/// Every target, in words.
pub fn goals(state: &State, facts: &[Fact]) -> Vec<Goal> {
    let amount = |value: f64, unit: &str| {
        let unit = if unit == "€" { unit } else { "" };
        french::measure(value, 0, unit)
    };
    let lines = target_lines(state, facts).into_iter().map(|line| {
        let Target { title, low, high, unit, source, note, .. } = *line.target;
        let range =
            if low < high { format!("de {} à {}", amount(low, unit), amount(high, unit)) } else { amount(low, unit) };
        let due = line.target.due_day().map(|due| format!(", avant le {}", french::date(due))).unwrap_or_default();
        Goal {
            title,
            target: format!("{range} {}{due}", if unit == "€" { "" } else { unit }).replace(" ,", ","),
            part: line.part.map_or_else(
                || if line.target.is_shared { "inconnue".into() } else { "–".into() },
                |part| match high / low {
                    wider if wider > 1.0 => format!("de {} à {}", amount(part, unit), amount(part * wider, unit)),
                    _ => amount(part, unit),
                },
            ),
            observed: line.gap.map_or_else(
                || "aucune source ne le dit".into(),
                |gap| format!("{} au {}", amount(gap.observed, unit), french::date(gap.day)),
            ),
            missing: line.gap.map_or_else(
                || "inconnu".into(),
                |gap| match gap.per_month {
                    _ if gap.missing < 0.5 => "rien".into(),
                    Some(pace) => format!("{}, soit {} par mois", amount(gap.missing, unit), french::decimal(pace, 1)),
                    None if gap.is_late => format!("{}, l’échéance est passée", amount(gap.missing, unit)),
                    None => amount(gap.missing, unit),
                },
            ),
            source,
            note,
        }
    });
    lines.collect()
}

/// The communes with most persons who are far.
pub fn left_out(state: &State, place: &Place) -> Vec<LeftOut> {
    let atlas = &state.atlas;
    let worst = Overview::kept(state).left_out(atlas, &place.communes, MOST_LEFT_OUT).into_iter();
    let told = worst.map(|left| {
        let commune = &atlas.communes()[left.commune];
        let minutes = match left.reach.time() {
            Some(time) => said(Unit::Minutes, Measured::Known(time.minutes())),
            None => said(Unit::Minutes, Measured::Unreachable),
        };
        LeftOut {
            name: format!("{} ({})", commune.name, commune.departement),
            href: href_of(Level::Commune, commune.code.as_str()),
            words: format!("{}, à {minutes}", french::count(left.persons, "personne", "personnes")),
        }
    });
    told.collect()
}

/// Venues by age, in words.
pub fn ages(state: &State, place: &Place) -> Vec<(&'static str, String, String)> {
    let inside = venues_in(&state.atlas, ground(place).inside()).map(|(_, venue)| venue);
    let found = Freshness::of(inside, state.now().date());
    let row = |(age, _, words): &(Age, &'static str, &'static str)| {
        let of = |counts: [u32; 5]| french::integer(counts[*age as usize].into());
        (*words, of(found.attested), of(found.updated))
    };
    Age::ALL.iter().map(row).collect()
}

/// What tables name here, and in territories that resemble it.
pub fn initiatives(state: &State, place: &Place) -> Vec<Known> {
    let atlas = &state.atlas;
    // To find who is alike is long, and for nothing where no table says anything.
    if atlas.declarations().is_empty() {
        return Vec::new();
    }
    let alike: Vec<(Level, String)> =
        similar(atlas, place).into_iter().filter_map(|other| Some((other.level?, other.code))).collect();
    let told = similar_initiatives(atlas, ground(place), &alike).into_iter().map(|(line, own)| Known {
        title: line
            .text
            .clone()
            .unwrap_or_else(|| line.value.map_or_else(String::new, |value| french::measure(value, 0, "€"))),
        measure: line.measure.title(),
        theme: line.theme.clone().unwrap_or_default(),
        day: line.since.map(french::date).unwrap_or_default(),
        place: if own { String::new() } else { name_of(state, line.level, &line.code) },
        url: line.url.clone(),
    });
    told.collect()
}

fn name_of(state: &State, level: Option<Level>, code: &str) -> String {
    let found = level.and_then(|level| Place::find(&state.atlas, level, code));
    found.map_or_else(|| "France".to_owned(), |place| place.name)
}

/// The files of a territory.
pub fn downloads(territory: &str) -> Vec<Link> {
    let path = if territory == "nation/france" { "nation/france" } else { territory };
    let link = |words: &str, query: &str| Link { words: words.into(), href: format!("/api/monitoring/{path}?{query}") };
    vec![
        link("Rapport (DOCX)", "format=docx"),
        link("Tableur (XLSX)", "format=xlsx"),
        link("Territoires (CSV)", "format=csv"),
        link("Territoires (GeoJSON)", "format=geojson"),
        link("Faits (CSV)", "format=csv&table=facts"),
        link("Lieux à rappeler d’abord (CSV)", "format=csv&table=to_call"),
        link("Tout (JSON)", "format=json"),
    ]
}
