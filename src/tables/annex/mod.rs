//! What a département can annex to its *schéma d'amélioration de l'accessibilité des services au public* (loi n° 95-115 du
//! 4 février 1995, article 26, as loi n° 2015-991, article 98, wrote it; décret n° 2016-402 du 4 avril 2016): what is
//! known of digital help under each of the seven dimensions, and what is not. Every number is one that another page or
//! answer gives: a fact of monitoring, a figure of the table of figures, an hour of the week.

mod dimensions;

use chrono::NaiveDate;

use super::monitoring::{fact_values, ground, left_out, parts, words};
use super::report::Report;
use super::scope::Place;
use super::table::{Row, Table, column, text};
use super::week::{Week, WeekAsked, week};
use super::{choices, french};
use crate::access::{Mode, Threshold};
use crate::atlas::figures::{Figure, FigureAt};
use crate::domain::Level;
use crate::features::Value;
use crate::http::State;
use crate::http::problem::Problem;
use crate::monitoring::facts::{Fact, Group, facts, named};
use crate::monitoring::freshness::{Freshness, PARTS, venues_in};
use crate::monitoring::overview::Overview;

pub use dimensions::{DIMENSIONS, Dimension, Extent};

/// The tables of the answer, in order: JSON, XLSX and DOCX hold all of them, CSV and `GeoJSON` the one that is asked for.
pub const TABLES: [&str; 5] = ["dimensions", "sentences", "facts", "rows", "left_out"];

/// When people are free, as [`WEEKDAYS`](crate::domain::hours::WEEKDAYS) counts days: after work on a Wednesday, and on a
/// Saturday morning.
const FREE: [(usize, usize, &str, &str); 2] =
    [(2, 18, "wednesday_18", "le mercredi à 18"), (5, 10, "saturday_10", "le samedi à 10")];

/// A département under the seven dimensions, on a day.
#[derive(Debug)]
pub struct Annex {
    /// What to read first.
    pub sentences: Vec<String>,
    /// The facts of each dimension, in the order of [`DIMENSIONS`].
    pub facts: [Vec<Fact>; DIMENSIONS.len()],
}

/// Puts together what is known of a département.
///
/// # Errors
/// 400 where the edition can bear no national number; 503 when nobody waits.
pub fn annex(state: &State, place: &Place, today: NaiveDate) -> Result<Annex, Problem> {
    let mut known = facts(state, ground(place), today);
    let sentences = sentences(state, place, &known);
    known.extend(figures(state, place));
    known.extend(published(state, place, today));
    let asked = WeekAsked { place: place.clone(), denominator: None, mode: Mode::Car, threshold: Threshold::USUAL };
    known.extend(of_week(state, &*week(state, &asked)?));
    let own = |dimension: &Dimension| dimension.facts.iter().filter_map(|id| named(&known, id)).map(in_full).collect();
    Ok(Annex { sentences, facts: DIMENSIONS.each_ref().map(own) })
}

/// A fact away from the others of its group: its title says what it is about.
fn in_full(fact: &Fact) -> Fact {
    let (group, _, about) = Group::ALL[fact.group as usize];
    let title =
        if group == Group::Need { fact.title.clone() } else { format!("{about}\u{a0}: {}", lower(&fact.title)) };
    Fact { title, ..fact.clone() }
}

/// A title inside another; a name or an acronym stays as it is.
fn lower(title: &str) -> String {
    let is_common = ["Part ", "Personnes ", "Lieux ", "Label ", "Labels "].iter().any(|word| title.starts_with(word));
    let mut letters = title.chars();
    match letters.next().filter(|_| is_common) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => title.to_owned(),
    }
}

/// Figures of the table that monitoring does not show.
fn figures(state: &State, place: &Place) -> Vec<Fact> {
    let atlas = &state.atlas;
    let summary = Overview::kept(state).summary(atlas, place.level, &place.code, &place.communes);
    let told = ["minutes_p90", "persons_unreachable"].into_iter().filter_map(Figure::named).map(|figure| {
        let figure = FigureAt::new(figure, Threshold::USUAL);
        Fact::figure(Group::Need, &figure, summary.as_deref(), (&**atlas, place.communes.as_slice()))
    });
    told.collect()
}

/// What the records of venues say of themselves.
fn published(state: &State, place: &Place, today: NaiveDate) -> Vec<Fact> {
    let found = Freshness::of(venues_in(&state.atlas, ground(place).inside()).map(|(_, venue)| venue), today);
    let of = format!("{} publiés", french::count(found.venues.into(), "lieu", "lieux"));
    let fact = |id: String, title: String, unit| {
        let fact = Fact::new(Group::Need, id, title, unit).of(of.clone());
        fact.sourced("édition : toutes les listes de lieux").on(state.atlas.edition().as_of)
    };
    let of_part = PARTS.iter().zip(found.known).map(|(part, known)| {
        let title = format!("Lieux dont la fiche dit : {}", part.title);
        fact(format!("with_{}", part.id), title, "lieux").counting(Some(known.into()))
    });
    let mut facts: Vec<Fact> = of_part.collect();
    facts.push(fact("completeness".into(), "Complétude des fiches".into(), "part").measuring(found.completeness(), 6));
    let title = "Lieux dont aucune liste n’a parlé depuis 18\u{a0}mois".to_owned();
    facts.push(fact("stale_share".into(), title, "part").measuring(found.stale(), 6).on(Some(today)));
    facts
}

/// Who has an open venue near when people are free, and who has a second and a third one.
fn of_week(state: &State, week: &Week) -> Vec<Fact> {
    let near = format!("à moins de {}\u{a0}minutes en voiture", Threshold::USUAL.name());
    let fact = |id: String, title: String, persons: u64| {
        let fact = Fact::new(Group::Need, id, title, "part").measuring(week.share(persons), 6);
        fact.of("personnes éloignées localisées")
            .sourced("estimation : horaires publiés, trajets")
            .on(state.atlas.edition().as_of)
    };
    let mut facts = Vec::new();
    for (day, hour, id, when) in FREE {
        let [open, unknown, _] = week.at(day, hour);
        let title = format!("Ont un lieu ouvert {near} {when}\u{a0}h");
        facts.push(fact(format!("share_open_{id}"), title, open));
        let title =
            format!("N’en ont aucun dont on le sache, un lieu proche ne publiant pas ses horaires, {when}\u{a0}h");
        facts.push(fact(format!("share_open_unknown_{id}"), title, unknown));
    }
    facts.push(fact("share_two_venues".into(), format!("Ont au moins deux lieux {near}"), week.reach.venues[1]));
    facts.push(fact("share_three_venues".into(), format!("Ont au moins trois lieux {near}"), week.reach.venues[2]));
    facts
}

fn sentences(state: &State, place: &Place, facts: &[Fact]) -> Vec<String> {
    let number = |extent: Extent| DIMENSIONS.iter().filter(|dimension| dimension.extent == extent).count() as u64;
    let said = |extent: Extent, one: &str, several: &str| french::count(number(extent), one, several);
    let first = words::sentences(state, place, facts).into_iter().next();
    [
        "Pour le schéma départemental d’amélioration de l’accessibilité des services au public (loi n° 95-115 du 4 février \
         1995, article 26, rédaction de la loi n° 2015-991 du 7 août 2015 ; décret n° 2016-402 du 4 avril 2016). L’annexe ne \
         porte que sur l’aide au numérique et les France services : la santé, les commerces ou l’école sont ailleurs."
            .to_owned(),
        format!(
            "Des sept dimensions de l’accessibilité que distingue le CGET, {} et {} ; {}. Chacune dit ce qui lui manque.",
            said(Extent::Computed, "est calculée", "sont calculées"),
            said(Extent::InPart, "l’est en partie", "le sont en partie"),
            said(Extent::None, "ne l’est pas", "ne le sont pas"),
        ),
    ]
    .into_iter()
    .chain(first)
    .chain([
        "Le décret demande aussi des objectifs sur six ans, les mesures pour les atteindre et un plan de mutualisation : ils \
         se décident. Un plan de postes calculé ici peut chiffrer l’objectif de la première dimension."
            .to_owned(),
    ])
    .collect()
}

/// The annex as tables.
///
/// # Errors
/// Those of [`annex`].
pub fn report(state: &State, place: Place, today: NaiveDate, shown: usize) -> Result<Report, Problem> {
    let Annex { sentences, facts } = annex(state, &place, today)?;
    let rows = sentences.into_iter().map(|sentence| Row { place: None, values: vec![text(sentence)] }).collect();
    let sentences = Table { name: TABLES[1], title: "En bref", columns: vec![column("sentence")], rows };
    let (preset, need) = choices::need(&state.atlas, None)?;
    let mut basis = choices::need_basis(preset, need);
    basis.extend(choices::access_basis(&state.atlas));
    let by_epci = Table { title: "Par intercommunalité", ..parts(state, &place, Some(Level::Epci), today) };
    let tables = vec![seven(&facts), sentences, told(&facts), by_epci, left_out(state, &place)];
    let choices = vec![("territory", place.path()), ("day", today.to_string()), ("denominator", preset.id.to_owned())];
    Ok(Report { subject: "annex", place, choices, basis, tables, shown })
}

fn seven(facts: &[Vec<Fact>]) -> Table {
    let row = |(dimension, facts): (&Dimension, &Vec<Fact>)| {
        let known: Vec<_> = facts.iter().filter(|fact| fact.is_known()).map(|fact| fact.title.clone().into()).collect();
        let told = if known.is_empty() { Value::Unknown } else { Value::List(known) };
        let values = vec![text(dimension.title), text(dimension.extent.words()), told, text(dimension.missing)];
        Row { place: None, values }
    };
    let columns = ["dimension", "dimension_extent", "dimension_facts", "dimension_missing"].map(column).into();
    let rows = DIMENSIONS.iter().zip(facts).map(row).collect();
    Table { name: TABLES[0], title: "Annexe au schéma départemental", columns, rows }
}

fn told(facts: &[Vec<Fact>]) -> Table {
    let names = ["dimension", "fact", "title", "number", "text", "low", "high", "unit", "of", "source", "day", "note"];
    let all =
        DIMENSIONS.iter().zip(facts).flat_map(|(dimension, facts)| facts.iter().map(move |fact| (dimension, fact)));
    let row = |(dimension, fact): (&Dimension, &Fact)| {
        let values = std::iter::once(text(dimension.title)).chain(fact_values(fact)).collect();
        Row { place: None, values }
    };
    Table {
        name: TABLES[2],
        title: "Ce qui est calculé",
        columns: names.map(column).into(),
        rows: all.map(row).collect(),
    }
}
