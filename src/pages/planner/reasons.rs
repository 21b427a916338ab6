//! Why each site is in the plan: who gains, the minutes saved, what goes without it, what would replace it.

use std::cmp::Reverse;

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};
use crate::pages::territory::href_of;
use crate::placement::Shape;
use crate::planning::{Hosting, LeftOut, Measure, Reach, Request, SiteAnswer};
use crate::searches::Solved;
use crate::searches::sites::sheet;
use crate::tables::french;

use super::beside::Line;
use super::words::named;
use crate::searches::sentence::{minutes, said};

/// Communes named in a reason.
const NAMED: usize = 2;

/// One site with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    /// Number on the map.
    pub rank: u32,
    /// Name, with the commune where that says more.
    pub name: String,
    /// The page of its commune.
    pub href: Option<String>,
    /// Posts, when there is more than one.
    pub posts: String,
    /// Why it is there when nobody chose it.
    pub note: String,
    /// What kind of place receives it, or why nobody is known who could.
    pub host: String,
    /// The page of its host, where it is a venue.
    pub host_href: Option<String>,
    /// Whom to call, and what stands around: titles and values.
    pub sheet: Vec<(&'static str, String)>,
    /// Who gains.
    pub who: String,
    /// Minutes saved.
    pub minutes: String,
    /// What the plan loses without it.
    pub without: String,
    /// What would replace it.
    pub second: String,
    /// Its week, where its post goes round: stop, half days, way from the stop before.
    pub round: Vec<[String; 3]>,
}

/// The reasons of a site.
#[must_use]
pub fn row(atlas: &Atlas, site: &SiteAnswer, solved: &Solved) -> SiteRow {
    let (measure, request) = (solved.answer.measure_of_benefits, &solved.asked.request);
    let names = |communes: &[CommuneIx]| -> Vec<&str> {
        communes.iter().map(|&commune| atlas.communes()[commune].name.as_str()).collect()
    };
    let commune = site.commune.map(|commune| &atlas.communes()[commune]);
    let named_in = |commune: &&crate::domain::Commune| site.name.contains(commune.name.as_str());
    let elsewhere = commune.filter(|commune| !named_in(commune)).map(|commune| commune.name.as_str());
    let host = match (&site.hosting, site.host()) {
        (_, Some(host)) if host.name == site.name => host.kind.title.to_owned(),
        (_, Some(host)) => format!("{}\u{a0}: {}", host.kind.title, host.name),
        (Hosting::ToFind(why), None) => french::capital(why),
        (Hosting::Host(_), None) => String::new(),
    };
    let stops = if site.stops.len() > 1 {
        let stops: Vec<String> = times(&names(&site.stops));
        format!("Étapes\u{a0}: {}", named(&stops.iter().map(String::as_str).collect::<Vec<_>>(), 4))
    } else {
        String::new()
    };
    let forced = if site.forced { "Imposé par la question. " } else { "" };
    let mut serves = site.serves.clone();
    // The ones that people know first.
    serves.sort_by_key(|&commune| Reverse(atlas.communes()[commune].population));
    let places = named(&names(&serves), NAMED);
    let people = french::count(site.persons, "personne", "personnes");
    let who = match site.persons_gained {
        0 => format!("Plus près de {people}"),
        gained if gained == site.persons => people,
        gained => format!("{people}, dont {} à portée pour la première fois", french::integer(gained)),
    };
    let half_days = |number: u32| french::count(number.into(), "demi-journée", "demi-journées");
    let week = site.round.iter().filter(|_| site.round.len() > 1).map(|stop| {
        let way = stop.minutes.map_or_else(|| "inconnu".to_owned(), |minutes| french::measure(minutes, 0, "min"));
        [stop.name.clone(), half_days(stop.half_days), way]
    });
    SiteRow {
        round: week.collect(),
        rank: site.rank,
        name: elsewhere.map_or_else(|| site.name.clone(), |commune| format!("{}, {commune}", site.name)),
        href: commune.map(|commune| href_of(Level::Commune, commune.code.as_str())),
        posts: if site.posts > 1 { french::count(site.posts.into(), "poste", "postes") } else { String::new() },
        note: format!("{forced}{stops}"),
        host,
        host_href: site.host().and_then(|host| host.venue.as_deref()).map(|id| format!("/lieux/{id}")),
        sheet: sheet(atlas, site),
        who: if places.is_empty() { who } else { format!("{who}\u{a0}: {places}") },
        minutes: minutes(site.minutes_before, site.minutes_after, request.reach, !solved.existing.is_empty()),
        without: loss(measure, site.marginal, solved),
        second: site.runner_up.as_ref().map_or_else(
            || none_second(solved.answer.summary.measure, request.objective.kind.shape).to_owned(),
            |(_, name, lost)| match solved.answer.summary.measure {
                Measure::Posts | Measure::Euros => name.clone(),
                _ if *lost <= 0.0 => format!("{name}, aussi bien"),
                _ => format!(
                    "{name}\u{a0}: {} de {}",
                    said(measure, *lost, request),
                    if measure == Measure::MeanWay { "plus" } else { "moins" }
                ),
            },
        ),
    }
}

/// What is said where no second choice is named: that nobody looked for one, or what was looked for in vain.
fn none_second(measure: Measure, shape: Shape) -> &'static str {
    match (measure, shape) {
        // Every other place would have to be tried.
        (_, Shape::Served) => "non cherché",
        (Measure::Persons | Measure::PersonEquivalents | Measure::MeanWay, _) => "aucun à portée des mêmes personnes",
        // Of the exchanges only the likeliest was weighed.
        (Measure::Share | Measure::LongestWay, _) => "aucun connu d'aussi bon",
        (Measure::Posts | Measure::Euros, _) => "aucun à côté qui suffise",
    }
}

/// Names in their order, each once: « Goyave (2 fois) ».
fn times(names: &[&str]) -> Vec<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts
        .into_iter()
        .map(|(name, count)| if count > 1 { format!("{name} ({count}\u{a0}fois)") } else { name.to_owned() })
        .collect()
}

/// What goes with a site, in the measure of the plan; persons where the plan counts posts or shares.
fn loss(measure: Measure, value: f64, solved: &Solved) -> String {
    match measure {
        Measure::MeanWay => format!("+\u{a0}{}", said(measure, value, &solved.asked.request)),
        Measure::Persons | Measure::PersonEquivalents => {
            format!("−\u{a0}{}", french::integer(value.max(0.0).round() as u64))
        }
        _ => french::integer(value.max(0.0).round() as u64),
    }
}

fn way(minutes: Option<f64>) -> String {
    minutes.map_or_else(|| "hors d'atteinte".into(), |minutes| french::measure(minutes, 0, "min"))
}

/// A commune that stays out of reach.
#[must_use]
pub fn left_out(atlas: &Atlas, left: &LeftOut, request: &Request) -> Line {
    let commune = &atlas.communes()[left.commune];
    // Rounded, somebody just out of reach would seem to be within it.
    let just_beyond = match (request.reach, left.minutes) {
        (Reach::Minutes { minutes, .. }, Some(way)) => way.round() <= f64::from(minutes),
        _ => false,
    };
    let way = match request.reach {
        Reach::Minutes { minutes, .. } if just_beyond => {
            format!("plus de {}", french::measure(f64::from(minutes), 0, "min"))
        }
        _ => way(left.minutes),
    };
    Line {
        title: commune.name.clone(),
        href: Some(href_of(Level::Commune, commune.code.as_str())),
        cells: vec![french::integer(left.persons), way],
    }
}

/// What the pointer reads over a commune that stays out of reach.
#[must_use]
pub fn left_out_words(name: &str, persons: u64) -> String {
    format!("{name}\u{a0}: {} hors de portée", french::count(persons, "personne", "personnes"))
}
