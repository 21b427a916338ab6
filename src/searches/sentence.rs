//! Values of plans in words: persons, ways, posts, euros or a share, whichever the question counts.

use crate::domain::Level;
use crate::domain::need::Preset;
use crate::placement::Shape;
use crate::planning::{Answer, Area, Conventions, DemandKind, Measure, Reach, Request, Status, Summary};
use crate::tables::french;

/// A value in its measure, with its unit.
#[must_use]
pub fn said(measure: Measure, value: f64, request: &Request) -> String {
    let whole = value.max(0.0).round() as u64;
    match measure {
        Measure::Persons => french::count(whole, "personne", "personnes"),
        Measure::PersonEquivalents => format!("l'équivalent de {}", french::count(whole, "personne", "personnes")),
        Measure::MeanWay | Measure::LongestWay => way(value, request),
        Measure::Posts => french::count(whole, "poste", "postes"),
        Measure::Euros => format!("{}\u{a0}€", french::integer(whole)),
        Measure::Share => french::measure(100.0 * value, 1, "%"),
    }
}

/// Minutes, or kilometres where what is near is a radius.
fn way(value: f64, request: &Request) -> String {
    match request.reach {
        Reach::Minutes { .. } => french::measure(value, 1, "min"),
        Reach::Radius { .. } => french::measure(value / 1_000.0, 1, "km"),
    }
}

/// A part in percent, with as many decimals as it takes not to look like nothing.
#[must_use]
pub fn percent(value: f64) -> String {
    match value {
        none if none <= 0.0 => french::measure(0.0, 0, "%"),
        hardly if hardly < 0.005 => format!("moins de {}", french::measure(0.01, 2, "%")),
        small if small < 0.1 => french::measure(small, 2, "%"),
        value => french::measure(value, 1, "%"),
    }
}

/// What there was no time to work out, and what to do about it; nothing where there was.
#[must_use]
pub fn untold(answer: &Answer, request: &Request) -> Option<String> {
    let parts: Vec<&str> = answer.untold.iter().map(|part| part.words()).collect();
    let seconds = request.seconds.filter(|_| !parts.is_empty())?;
    Some(format!(
        "Le temps de la question ({}) est passé avant que soient calculés\u{a0}: {}. Le plan et sa borne n'en dépendent pas.",
        french::measure(seconds, 0, "s"),
        parts.join(", ")
    ))
}

/// The sentence of a plan: what it does, and what no plan can do. Of posts that travel, what is proven is the choice among
/// the rounds; the stops of each were chosen one by one.
#[must_use]
pub fn sentence(summary: &Summary, request: &Request) -> String {
    let mut said = of_posts(summary, request);
    let held = match (request.forced.is_empty(), request.forbidden.is_empty()) {
        (true, true) => "",
        (false, true) => "avec les sites imposés, ",
        (true, false) => "sans les sites exclus, ",
        (false, false) => "avec les sites imposés et sans les sites exclus, ",
    };
    said = said.replace("aucun plan", &format!("{held}aucun plan"));
    if request.itinerant.is_some() {
        let among = said.replace("aucun plan", "aucun choix parmi les tournées proposées");
        said = format!(
            "{among} {} À une étape, le poste n'est là que quelques demi-journées par semaine.",
            other_stops(summary, request)
        );
    }
    said + &assumed(request)
}

/// What is known of rounds with other stops.
fn other_stops(summary: &Summary, request: &Request) -> String {
    let one_by_one = "Les étapes de chaque tournée sont choisies une à une";
    let unknown = || format!("{one_by_one}\u{a0}: d'autres feraient peut-être mieux.");
    let Some(bound) = summary.any_rounds else { return unknown() };
    let more = match summary.measure {
        Measure::Persons | Measure::PersonEquivalents => bound.floor() > summary.value.floor(),
        Measure::MeanWay => bound + 0.005 < summary.value,
        _ => return unknown(),
    };
    if !more {
        return format!("{one_by_one}, et aucune autre étape ne ferait mieux\u{a0}: c'est démontré aussi.");
    }
    let limit = if summary.measure == Measure::MeanWay {
        format!("jamais moins de {}", said(summary.measure, bound, request))
    } else {
        let gain = (bound - summary.value_before.unwrap_or(0.0)).floor();
        format!("jamais plus de {} de plus", said(summary.measure, gain, request))
    };
    format!("{one_by_one}\u{a0}: d'autres feraient peut-être mieux, mais {limit}\u{a0}: c'est démontré.")
}

/// What the question assumes that a reader would not expect: the day at which conventions are over, and another national number.
fn assumed(request: &Request) -> String {
    let judged = match request.conventions {
        Conventions::Lapse { horizon, months } => format!(
            " Plan jugé au {}\u{a0}: les postes déjà là comptent {months} mois après leur validation, sans renouvellement.",
            french::date(horizon)
        ),
        Conventions::Renewed => String::new(),
    };
    let of_need = !matches!(request.demand, DemandKind::Population | DemandKind::Indicator(_));
    if of_need && request.denominator.id != Preset::USUAL.id {
        return format!("{judged} Le besoin est compté sur «\u{a0}{}\u{a0}».", request.denominator.label);
    }
    judged
}

fn of_posts(summary: &Summary, request: &Request) -> String {
    let said = |value: f64| said(summary.measure, value, request);
    let before = summary.value_before.unwrap_or(0.0);
    let proven = matches!(summary.status, Status::Optimal | Status::OptimalForTheLeast);
    let gap = summary.gap_percent.map_or_else(String::new, |gap| format!(" (écart {})", percent(gap)));
    let sentence = match summary.measure {
        Measure::Persons | Measure::PersonEquivalents => {
            let (gain, most) = (summary.value - before, summary.bound - before);
            let (does, can) = match request.objective.kind.shape {
                Shape::Served => ("permet de recevoir", "recevoir"),
                _ => ("couvre", "couvrir"),
            };
            // A plan that asks for less everywhere may cover more in all: what is proven is said of plans that ask as much.
            let (aims, holds) = match request.objective.kind.shape {
                Shape::Floors if summary.status == Status::FallsShort => {
                    (format!(", qui vise {},", least(request)), " aussi proche de ce minimum")
                }
                Shape::Floors => (format!(", qui vise {},", least(request)), " qui tient ce minimum"),
                _ => (String::new(), ""),
            };
            let (plan, gain) = (format!("Ce plan{aims} {does}"), said(gain));
            if proven {
                format!(
                    "{plan} {gain} de plus\u{a0}; c'est démontré, aucun plan{holds} ne peut en {can} davantage.{}",
                    all_full(summary, request)
                )
            } else {
                let most = french::integer(most.max(0.0).floor() as u64);
                format!("{plan} {gain} de plus\u{a0}; aucun plan{holds} ne peut en {can} plus de {most}{gap}.")
            }
        }
        Measure::LongestWay if is_capped(summary) => {
            let near = near(request);
            let left = french::count(summary.persons - summary.covered_after, "personne reste", "personnes restent");
            let limit = limit(
                proven,
                &format!("n'amène tout le monde à {near} avec ces moyens"),
                "n'est connu qui fasse mieux",
            );
            format!(
                "Avec ce plan, {left} à plus de {near}\u{a0}; {limit}. Pour connaître le plus long trajet, demandez avec un temps \
                 plus long."
            )
        }
        Measure::MeanWay | Measure::LongestWay => {
            let which = match request.objective.kind.subject {
                subject if summary.covered_after < summary.persons => match subject.strip_suffix(',') {
                    Some(subject) => format!("{subject} ({}),", beyond(request)),
                    None => format!("{subject} ({})", beyond(request)),
                },
                subject => subject.to_owned(),
            };
            let today = summary.value_before.map_or(String::new(), |before| {
                format!(" au lieu de {}", self::said(summary.measure, before, request))
            });
            let limit = limit(
                proven,
                "ne peut descendre plus bas",
                &format!("ne peut descendre sous {}{gap}", said(summary.bound)),
            );
            format!("Avec ce plan, {which} est de {}{today}\u{a0}; {limit}.", said(summary.value))
        }
        Measure::Posts | Measure::Euros => {
            let limit =
                limit(proven, "n'y arrive avec moins", &format!("n'y arrive avec moins de {}", said(summary.bound)));
            let asked = format!("Pour mettre {} des personnes à portée ({})", share(request), near(request));
            if summary.status == Status::FallsShort {
                let reached = percent(100.0 * summary.covered_after as f64 / summary.persons.max(1) as f64);
                return format!(
                    "{} ne suffisent pas à mettre {} des personnes à portée ({})\u{a0}: avec ce plan, {reached} le sont, il en manque \
                     {}{}.",
                    french::capital(&said(summary.value)),
                    share(request),
                    near(request),
                    french::count(summary.shortfall.ceil() as u64, "personne", "personnes"),
                    nobody(summary),
                );
            }
            match summary.posts {
                0 if proven => format!("{asked}, aucun poste de plus n'est nécessaire\u{a0}: c'est démontré."),
                _ => format!("{asked}, il faut {}\u{a0}; {limit}.", said(summary.value)),
            }
        }
        Measure::Share => {
            let limit = limit(
                proven,
                "ne peut faire mieux pour ce territoire",
                &format!("ne peut dépasser {}", said(summary.bound)),
            );
            let worst = match request.objective.level {
                Level::Region => "La région la moins bien servie",
                Level::Departement => "Le département le moins bien servi",
                Level::Epci => "L'intercommunalité la moins bien servie",
                Level::Commune => "La commune la moins bien servie",
            };
            let next =
                if proven && !is_one(request) { " Pour les territoires suivants, rien n'est démontré." } else { "" };
            format!("{worst} a {} de ses personnes à portée\u{a0}; {limit}.{next}", said(summary.value))
        }
    };
    if summary.status == Status::FallsShort {
        let missing = french::count(summary.shortfall.ceil() as u64, "personne", "personnes");
        return format!(
            "{sentence} Ce plan ne suffit pas\u{a0}: il lui manque {missing} pour tenir ce qui est demandé{}.",
            nobody(summary)
        );
    }
    sentence
}

/// That the sites are not told apart, where every new post is full: others that fill up too receive as many.
fn all_full(summary: &Summary, request: &Request) -> String {
    let objective = request.objective;
    let (posts, each) = (summary.posts as f64, objective.hours_per_post / objective.hours_per_person);
    let gain = summary.value - summary.value_before.unwrap_or(0.0);
    // Parts of a person are none.
    if objective.kind.shape != Shape::Served || summary.posts == 0 || gain + posts < posts * each {
        return String::new();
    }
    let each = french::count(each.floor() as u64, "personne", "personnes");
    format!(
        " Tous les postes seraient pleins ({each} par an chacun)\u{a0}: d'autres sites qui se rempliraient aussi en recevraient \
         autant, le nombre reçu ne les départage pas."
    )
}

/// Whether the territory of a question is itself the only one that is compared.
fn is_one(request: &Request) -> bool {
    let Area::Territory { level, .. } = &request.territory else { return false };
    match request.objective.level {
        Level::Region => matches!(level, Level::Region | Level::Departement | Level::Commune),
        Level::Departement => matches!(level, Level::Departement | Level::Commune),
        Level::Epci => matches!(level, Level::Epci | Level::Commune),
        Level::Commune => *level == Level::Commune,
    }
}

/// That no plan at all does what is asked, where that is known.
fn nobody(summary: &Summary) -> &'static str {
    if summary.least_shortfall > 0.0 { ", et aucun plan n'y arrive avec ces moyens" } else { "" }
}

/// Whether the longest way of a plan is only the limit within which ways are looked for: somebody stays beyond it.
#[must_use]
pub fn is_capped(summary: &Summary) -> bool {
    summary.measure == Measure::LongestWay && summary.covered_after < summary.persons
}

/// The share that is asked for, as precisely as it was.
#[must_use]
pub fn share(request: &Request) -> String {
    share_said(request.objective.share)
}

/// A share in percent, as precisely as it was given, to two decimals.
#[must_use]
pub fn share_said(share: f64) -> String {
    let hundredths = (1e4 * share).round();
    let decimals =
        [(100.0, 0), (10.0, 1)].into_iter().find(|(unit, _)| hundredths % unit == 0.0).map_or(2, |(_, places)| places);
    french::measure(hundredths / 100.0, decimals, "%")
}

/// The least that every territory is to have, in words.
#[must_use]
pub fn least(request: &Request) -> String {
    let each = match request.objective.level {
        Level::Region => "région",
        Level::Departement => "département",
        Level::Epci => "intercommunalité",
        Level::Commune => "commune",
    };
    format!("{} au moins dans chaque {each}", share(request))
}

/// What is near, in words.
fn near(request: &Request) -> String {
    match request.reach {
        Reach::Minutes { minutes, .. } => french::measure(f64::from(minutes), 0, "min"),
        Reach::Radius { metres } => french::measure(f64::from(metres) / 1_000.0, 1, "km"),
    }
}

/// How the ways of those who stay out of reach are counted: no longer than what is near, or, beyond it, than where nothing more counts.
fn beyond(request: &Request) -> String {
    if !request.objective.kind.takes_beyond() {
        return format!("qui reste au-delà compte pour {}", near(request));
    }
    let end = request.objective.beyond;
    let more = end.saturating_sub(request.reach.cost());
    let said = |cost: u32| match request.reach {
        Reach::Minutes { .. } => french::measure(f64::from(cost / 60), 0, "min"),
        Reach::Radius { .. } => french::measure(f64::from(cost) / 1_000.0, 1, "km"),
    };
    format!("au-delà de {} de trajet, on compte {} de trop", said(end), said(more))
}

fn limit(proven: bool, nothing: &str, bounded: &str) -> String {
    if proven { format!("c'est démontré, aucun plan {nothing}") } else { format!("aucun plan {bounded}") }
}

/// A mean number of minutes before and after, by the way of travelling of a question: who has no way in a car may have one
/// on foot, by a boat that takes none. Where nothing stands, that is why there was no way.
#[must_use]
pub fn minutes(before: Option<f64>, after: Option<f64>, reach: Reach, something_stands: bool) -> String {
    let way = match reach {
        Reach::Minutes { mode, .. } => mode.words(),
        // Minutes are then those of a car.
        Reach::Radius { .. } => "en voiture",
    };
    let said = |minutes: f64| french::measure(minutes, 0, "min");
    match (before, after) {
        (Some(before), Some(after)) if (before - after).abs() < 0.5 => format!("{}, comme avant", said(after)),
        (Some(before), Some(after)) => format!("{} au lieu de {}", said(after), said(before)),
        (None, Some(after)) if !something_stands => format!("{}\u{a0}; avant, rien", said(after)),
        (None, Some(after)) => format!("{}\u{a0}; avant, aucun chemin connu {way}", said(after)),
        (_, None) => "inconnu".to_owned(),
    }
}

#[cfg(test)]
mod tests;
