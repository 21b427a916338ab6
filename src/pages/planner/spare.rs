//! When the means of a question are more than it has a use for: what is told of it before and after a search, and what to
//! ask instead.

use crate::atlas::Atlas;
use crate::pages::addresses::CLOSURES;
use crate::pages::params::query;
use crate::placement::Shape;
use crate::planning::{Answer, Foreseen, Limit, Saturation, Status, foreseen};
use crate::searches::Solved;
use crate::searches::sentence::{is_capped, percent};
use crate::tables::french;

use super::question::Question;

/// More posts than any territory has candidates: asks how many are of use.
const EVER_SO_MANY: &str = "1000000";

/// Means that change nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spare {
    /// How many are of use, and how many are not.
    pub words: String,
    /// Questions that have a use for them.
    pub instead: Vec<(&'static str, String)>,
}

/// What is known of a question before its search; nothing where it takes a search to know.
#[must_use]
pub fn before(atlas: &Atlas, question: &Question) -> Option<Spare> {
    let asked = question.asked(atlas).ok()?;
    foreseen(atlas, &asked.request).map(|found| told(&found, question))
}

/// What is known of a territory that was named and of which no number of posts was asked yet. A limit is none, so that
/// how few posts are enough is told too.
#[must_use]
pub fn of_territory(atlas: &Atlas, question: &Question) -> Option<Spare> {
    if question.is_complete() || question.value("territory") == "france" {
        return None;
    }
    let asked = question.with("posts", EVER_SO_MANY).asked(atlas).ok()?;
    let found = foreseen(atlas, &asked.request)?;
    let (enough, _) = (found.enough_posts?, found.enough_eur?);
    let words = match found.saturation {
        Saturation::MoreThanEnough => format!(
            "Ici, {} au plus changent quelque chose\u{a0}: avec eux, {} des {} comptées seraient à portée, au lieu de {}.",
            french::count(enough, "poste", "postes"),
            french::integer(found.covered_at_most),
            french::count(found.persons, "personne", "personnes"),
            french::integer(found.covered_now),
        ),
        _ => nothing(&found),
    };
    let instead = if found.saturation == Saturation::MoreThanEnough { Vec::new() } else { instead(question, &found) };
    Some(Spare { words, instead })
}

fn told(found: &Foreseen, question: &Question) -> Spare {
    let share = |part: u64| percent(100.0 * part as f64 / found.persons.max(1) as f64);
    let words = match (found.saturation, found.enough_posts, found.enough_eur) {
        (Saturation::MoreThanEnough, Some(posts), Some(eur)) => format!(
            "Plus qu'il n'en faut\u{a0}: {} ({}\u{a0}€ par an) suffisent pour tout ce que les {} possibles peuvent apporter.",
            french::count(posts, "poste", "postes"),
            french::integer(eur),
            french::count(found.candidates, "site", "sites"),
        ),
        (Saturation::ShareReached, ..) => format!(
            "Cette part est déjà atteinte, sans aucun poste nouveau\u{a0}: {} des {} comptées sont à portée aujourd'hui.",
            share(found.covered_now),
            french::count(found.persons, "personne", "personnes"),
        ),
        (Saturation::ShareOutOfReach, ..) => format!(
            "Aucun plan n'atteint cette part\u{a0}: un poste sur chacun des {} possibles donnerait {} des {} comptées.",
            french::count(found.candidates, "site", "sites"),
            share(found.covered_at_most),
            french::count(found.persons, "personne", "personnes"),
        ),
        _ => nothing(found),
    };
    Spare { words, instead: instead(question, found) }
}

fn nothing(found: &Foreseen) -> String {
    let left = found.persons - found.covered_now.min(found.persons);
    match left {
        0 => format!(
            "Saturé\u{a0}: les {} comptées sont déjà toutes à portée, un poste de plus n'y change rien.",
            french::count(found.persons, "personne", "personnes")
        ),
        left => format!(
            "Saturé\u{a0}: un poste sur chacun des {} possibles n'y changerait rien. {} sur {} restent hors de portée de tout site.",
            french::count(found.candidates, "site", "sites"),
            french::count(left, "personne", "personnes"),
            french::integer(found.persons),
        ),
    }
}

/// Questions that are worth more than this one.
fn instead(question: &Question, found: &Foreseen) -> Vec<(&'static str, String)> {
    let mut instead = Vec::new();
    let reached = found.covered_at_most as f64 / found.persons.max(1) as f64;
    // Rounded down: that much can be reached.
    let most = ((reached * 1e4).floor() / 1e4).to_string();
    let fewest = |share: &str| {
        // What is near stays near: a set cover has other minutes unless told.
        let near = question.with("minutes", question.value("minutes"));
        let free = near.without("posts").without("budget_eur").without("none_minutes").without("none_km");
        free.with("objective", "set-cover").with("share", share).address()
    };
    match found.saturation {
        _ if most == "0" => (),
        Saturation::MoreThanEnough if found.covered_at_most > found.covered_now => {
            instead.push(("le moins de postes pour en avoir autant à portée", fewest(&most)));
        }
        Saturation::ShareOutOfReach => {
            instead.push(("le moins de postes pour la plus grande part possible", fewest(&most)));
        }
        _ => (),
    }
    if found.saturation == Saturation::ShareOutOfReach {
        return instead;
    }
    let own = if question.is_complete() && question.value("objective") != "set-cover" {
        question.clone()
    } else {
        question.without("share").with("posts", "1")
    };
    instead.extend(others(&own));
    let territory = question.value("territory");
    if found.saturation == Saturation::NothingToGain && !territory.starts_with("polygon") && territory != "france" {
        let address = format!("{CLOSURES}{}", query(&[("territoire", territory)]));
        instead.push(("ce que les gens perdraient si un lieu fermait, et où serait le second", address));
    }
    instead
}

/// Questions in which every post counts.
fn others(question: &Question) -> Vec<(&'static str, String)> {
    let others =
        [("median", "le trajet moyen le plus court"), ("capacity", "le plus de personnes reçues, selon les heures")];
    let others = others.into_iter().filter(|(goal, _)| *goal != question.value("objective"));
    others.map(|(goal, words)| (words, question.without("minutes").with("objective", goal).address())).collect()
}

/// What to ask when there are more posts than the question has a use for.
#[must_use]
pub fn spare(answer: &Answer, solved: &Solved, question: &Question) -> Option<Spare> {
    let known = || answer.foreseen.as_ref().map(|found| told(found, question));
    counted(answer, solved, question).or_else(known)
}

fn counted(answer: &Answer, solved: &Solved, question: &Question) -> Option<Spare> {
    let request = &solved.asked.request;
    let (used, ceiling) = (answer.summary.posts, request.objective.kind.shape == Shape::Spent);
    let posts = match request.limit {
        Limit::Posts(posts) => posts,
        Limit::BudgetEur(eur) if !ceiling => return spare_euros(answer, solved, question, eur),
        Limit::BudgetEur(_) | Limit::AsItTakes => return None,
    };
    let words = match used {
        _ if used >= posts || ceiling => return None,
        _ if is_capped(&answer.summary) => {
            "Avec ces moyens personne n'arrive à amener tout le monde à portée\u{a0}: cette question ne départage pas les sites."
                .to_owned()
        }
        0 => "Aucun poste de plus n'y change rien.".to_owned(),
        used => format!(
            "{} pour cela\u{a0}; {}.",
            if used == 1 {
                "Un seul poste suffit".to_owned()
            } else {
                format!("{} postes suffisent", french::integer(used))
            },
            match posts - used {
                1 => "l'autre n'y ajouterait rien".to_owned(),
                more => format!("les {} autres n'y ajouteraient rien", french::integer(more)),
            }
        ),
    };
    Some(Spare { words, instead: others(question) })
}

/// The same of euros: what is left would pay a post anywhere, and it is proven that none is of use.
fn spare_euros(answer: &Answer, solved: &Solved, question: &Question, budget: u64) -> Option<Spare> {
    let (whole, prices) = (&answer.summary, solved.asked.request.prices);
    let left = budget.saturating_sub(whole.cost_eur);
    if whole.status != Status::Optimal || left < u64::from(prices.public_eur.max(prices.private_eur)) {
        return None;
    }
    let words = format!(
        "{} pour cela\u{a0}; les {}\u{a0}€ qui restent n'y ajouteraient rien.",
        match whole.posts {
            0 => "Aucun poste de plus n'est utile".to_owned(),
            1 => "Un seul poste suffit".to_owned(),
            used => format!("{} postes suffisent", french::integer(used)),
        },
        french::integer(left)
    );
    Some(Spare { words, instead: others(question) })
}
