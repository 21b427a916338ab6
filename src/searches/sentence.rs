//! Values of plans in words: persons, ways, posts, euros or a share, whichever the question counts.

use crate::placement::Shape;
use crate::planning::{Answer, Measure, Reach, Request, Status, Summary};
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
    if !request.forced.is_empty() {
        said = said.replace("aucun plan", "avec les sites imposés, aucun plan");
    }
    if request.itinerant.is_none() {
        return said;
    }
    let among = said.replace("aucun plan", "aucun choix parmi les tournées proposées");
    format!("{among} Les étapes de chaque tournée sont choisies une à une\u{a0}: d'autres feraient peut-être mieux.")
}

fn of_posts(summary: &Summary, request: &Request) -> String {
    let said = |value: f64| said(summary.measure, value, request);
    let before = summary.value_before.unwrap_or(0.0);
    let proven = summary.status == Status::Optimal;
    let gap = summary.gap_percent.map_or_else(String::new, |gap| format!(" (écart {})", percent(gap)));
    let sentence = match summary.measure {
        Measure::Persons | Measure::PersonEquivalents => {
            let (gain, most) = (summary.value - before, summary.bound - before);
            let (does, can) = match request.objective.kind.shape {
                Shape::Served => ("permet de recevoir", "recevoir"),
                _ => ("couvre", "couvrir"),
            };
            if proven {
                format!(
                    "Ce plan {does} {} de plus\u{a0}; c'est démontré, aucun plan ne peut en {can} davantage.",
                    said(gain)
                )
            } else {
                let most = french::integer(most.max(0.0).floor() as u64);
                format!("Ce plan {does} {} de plus\u{a0}; aucun plan ne peut en {can} plus de {most}{gap}.", said(gain))
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
                subject if summary.covered_after < summary.persons => {
                    format!("{subject} (qui reste au-delà compte pour {})", near(request))
                }
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
            format!("Il faut {}\u{a0}; {limit}.", said(summary.value))
        }
        Measure::Share => {
            let limit = limit(proven, "ne peut faire mieux", &format!("ne peut dépasser {}", said(summary.bound)));
            format!(
                "Le territoire le moins bien servi a {} de ses personnes à portée\u{a0}; {limit}.",
                said(summary.value)
            )
        }
    };
    if summary.status == Status::FallsShort {
        let missing = french::count(summary.shortfall.ceil() as u64, "personne", "personnes");
        return format!(
            "{sentence} Ce plan ne suffit pas\u{a0}: il lui manque {missing} pour tenir ce qui est demandé{}.",
            if summary.least_shortfall > 0.0 { ", et aucun plan n'y arrive avec ces moyens" } else { "" }
        );
    }
    sentence
}

/// Whether the longest way of a plan is only the limit within which ways are looked for: somebody stays beyond it.
#[must_use]
pub fn is_capped(summary: &Summary) -> bool {
    summary.measure == Measure::LongestWay && summary.covered_after < summary.persons
}

/// What is near, in words.
fn near(request: &Request) -> String {
    match request.reach {
        Reach::Minutes { minutes, .. } => french::measure(f64::from(minutes), 0, "min"),
        Reach::Radius { metres } => french::measure(f64::from(metres) / 1_000.0, 1, "km"),
    }
}

fn limit(proven: bool, nothing: &str, bounded: &str) -> String {
    if proven { format!("c'est démontré, aucun plan {nothing}") } else { format!("aucun plan {bounded}") }
}

/// A mean number of minutes before and after, by the way of travelling of a question: who has no way in a car may have one
/// on foot, by a boat that takes none.
#[must_use]
pub fn minutes(before: Option<f64>, after: Option<f64>, reach: Reach) -> String {
    let way = match reach {
        Reach::Minutes { mode, .. } => mode.words(),
        // Minutes are then those of a car.
        Reach::Radius { .. } => "en voiture",
    };
    let said = |minutes: f64| french::measure(minutes, 0, "min");
    match (before, after) {
        (Some(before), Some(after)) if (before - after).abs() < 0.5 => format!("{}, comme avant", said(after)),
        (Some(before), Some(after)) => format!("{} au lieu de {}", said(after), said(before)),
        (None, Some(after)) => format!("{}\u{a0}; avant, aucun chemin connu {way}", said(after)),
        (_, None) => "inconnu".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::ObjectiveKind;

    fn summary(measure: Measure, before: Option<f64>, value: f64, bound: f64) -> Summary {
        let status = if value.total_cmp(&bound).is_eq() { Status::Optimal } else { Status::WithinGap };
        Summary {
            persons: 100_000,
            communes_unknown: 0,
            joined: 0,
            covered_before: 0,
            covered_after: 0,
            measure,
            value_before: before,
            value,
            bound,
            gap_percent: Some(100.0 * (bound - value).abs() / value),
            status,
            shortfall: 0.0,
            least_shortfall: 0.0,
            stopped: false,
            posts: 5,
            existing_posts: 0,
            cost_eur: 250_000,
            minutes_before: None,
            minutes_after: None,
        }
    }

    fn plain(summary: &Summary) -> String {
        let kind =
            ObjectiveKind::named(if summary.measure == Measure::MeanWay { "median" } else { "coverage" }).unwrap();
        let defaults = Request::defaults();
        let objective = crate::planning::Goal::of(kind, defaults.reach);
        sentence(summary, &Request { objective, ..defaults }).replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn the_sentence_counts_what_the_plan_adds() {
        let plan = summary(Measure::Persons, Some(10_000.0), 51_200.0, 51_285.0);
        assert_eq!(
            plain(&plan),
            "Ce plan couvre 41 200 personnes de plus ; aucun plan ne peut en couvrir plus de 41 285 (écart 0,2 %)."
        );
    }

    #[test]
    fn the_best_is_said_only_when_it_is_proven() {
        let plan = plain(&summary(Measure::Persons, None, 412.0, 412.0));
        assert_eq!(
            plan,
            "Ce plan couvre 412 personnes de plus ; c'est démontré, aucun plan ne peut en couvrir davantage."
        );
        assert!(!plain(&summary(Measure::Posts, None, 9.0, 8.0)).contains("démontré"));
    }

    #[test]
    fn ways_go_down_and_are_told_in_minutes() {
        let plan = Summary { covered_after: 100_000, ..summary(Measure::MeanWay, Some(12.0), 8.26, 8.2) };
        assert_eq!(
            plain(&plan),
            "Avec ce plan, le trajet moyen est de 8,3 min au lieu de 12,0 min ; aucun plan ne peut descendre sous 8,2 min (écart 0,7 %)."
        );
    }

    #[test]
    fn the_limit_of_looking_is_no_longest_way() {
        let kind = ObjectiveKind::named("centre").unwrap();
        let Reach::Minutes { mode, .. } = Request::defaults().reach else { panic!("minutes are usual") };
        let reach = Reach::Minutes { mode, minutes: 30 };
        let request = Request { objective: crate::planning::Goal::of(kind, reach), reach, ..Request::defaults() };
        let plain = |summary: &Summary| sentence(summary, &request).replace(['\u{a0}', '\u{202f}'], " ");
        let whole = Summary { covered_after: 100_000, ..summary(Measure::LongestWay, None, 28.0, 28.0) };
        assert_eq!(
            plain(&whole),
            "Avec ce plan, le plus long trajet est de 28,0 min ; c'est démontré, aucun plan ne peut descendre plus bas."
        );
        let capped = Summary { covered_after: 99_698, ..summary(Measure::LongestWay, None, 30.0, 30.0) };
        assert_eq!(
            plain(&capped),
            "Avec ce plan, 302 personnes restent à plus de 30 min ; c'est démontré, aucun plan n'amène tout le monde à 30 min avec \
             ces moyens. Pour connaître le plus long trajet, demandez avec un temps plus long."
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        let plan = Summary { status: Status::FallsShort, shortfall: 12.0, ..summary(Measure::Posts, None, 9.0, 8.0) };
        assert!(plain(&plan).ends_with("il lui manque 12 personnes pour tenir ce qui est demandé."));
        let proven = Summary { least_shortfall: 3.0, ..plan };
        assert!(plain(&proven).ends_with("et aucun plan n'y arrive avec ces moyens."));
    }

    #[test]
    fn a_small_gap_does_not_look_like_none() {
        let plain = |value| percent(value).replace('\u{a0}', " ");
        assert_eq!([0.0, 0.001, 0.04, 0.21, 12.0].map(plain), ["0 %", "moins de 0,01 %", "0,04 %", "0,2 %", "12,0 %"]);
    }
}
