//! What stands at the head of a plan: its figures, what is left of its means, and whom nobody can call.

use crate::planning::{Answer, Existing, Limit, Request, SiteAnswer};
use crate::searches::sentence::{percent, untold};
use crate::searches::there;
use crate::tables::french;

/// A figure with its title and what it stands beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The number.
    pub value: String,
    /// What it counts.
    pub title: &'static str,
    /// What it stands beside.
    pub beside: String,
}

/// When the clock struck: what that means of the plan, and what is not said of it.
pub(super) fn struck(answer: &Answer, request: &Request) -> Option<String> {
    let stopped = answer.summary.stopped.then(|| {
        "La recherche a été arrêtée par la montre\u{a0}: la même question peut recevoir une autre réponse ailleurs."
            .to_owned()
    });
    let told: Vec<String> = stopped.into_iter().chain(untold(answer, request)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// What is left of a budget that buys something, and what one more post would cost.
pub(super) fn remains(answer: &Answer, request: &Request) -> Option<String> {
    let Limit::BudgetEur(budget) = request.limit else { return None };
    let left = budget.checked_sub(answer.summary.cost_eur)?;
    let cheapest = u64::from(request.prices.public_eur.min(request.prices.private_eur));
    let euros = |sum: u64| format!("{}\u{a0}€", french::integer(sum));
    (answer.summary.posts > 0 && left > 0 && left < cheapest).then(|| {
        format!(
            "Il reste {}\u{a0}: un poste de plus coûte {} au moins, il en manque {}.",
            euros(left),
            euros(cheapest),
            euros(cheapest - left)
        )
    })
}

/// « 4 sites sur 6 n'ont pas de téléphone connu ».
pub(super) fn silent(answer: &Answer) -> String {
    let silent = answer.sites.iter().filter(|site| site.host().is_none_or(|host| host.phone.is_none())).count();
    // Who has no town hall among them is not sent there.
    let halls = if answer.sites.iter().filter_map(SiteAnswer::host).any(|host| host.kind.id == "town-hall") {
        "\u{a0}; ceux des mairies sont sur service-public.fr"
    } else {
        ""
    };
    match (silent, answer.sites.len()) {
        (0, _) => String::new(),
        (1, 1) => format!("Le site n'a pas de téléphone publié dans les listes{halls}."),
        (all, sites) if all == sites => {
            format!("Aucun des lieux proposés n'a de téléphone publié dans les listes{halls}.")
        }
        (silent, sites) => format!(
            "{} sur {} sans téléphone publié dans les listes{halls}.",
            french::count(silent as u64, "site", "sites"),
            french::integer(sites as u64)
        ),
    }
}

/// What counts as being there already, in the words of the question.
fn already(request: &Request, count: u64) -> String {
    match request.existing {
        Existing::None | Existing::Posts => {
            format!("{} déjà", french::count(count, "poste est là", "postes sont là"))
        }
        Existing::FranceServices => {
            format!("{} déjà", french::count(count, "France services est là", "France services sont là"))
        }
        Existing::Venues => format!("{} déjà", french::count(count, "lieu d'aide est là", "lieux d'aide sont là")),
        Existing::Conseillers => {
            format!(
                "{} déjà",
                french::count(count, "lieu avec un conseiller est là", "lieux avec un conseiller sont là")
            )
        }
    }
}

/// The figures.
pub(super) fn keys(answer: &Answer, request: &Request) -> Vec<Key> {
    let whole = &answer.summary;
    let share = |part: u64| percent(100.0 * part as f64 / whole.persons.max(1) as f64);
    let gained = whole.covered_after.saturating_sub(whole.covered_before);
    let mut keys = vec![
        Key {
            value: format!("+\u{a0}{}", french::integer(gained)),
            title: there::within_reach(request.existing),
            beside: format!(
                "{} des personnes comptées, au lieu de {}",
                share(whole.covered_after),
                share(whole.covered_before)
            ),
        },
        Key {
            value: french::integer(whole.posts),
            title: if whole.posts < 2 { "poste nouveau" } else { "postes nouveaux" },
            beside: format!(
                "{}\u{a0}€ par an{}",
                french::integer(whole.cost_eur),
                if whole.existing_posts > 0 {
                    format!("\u{a0}; {}", already(request, whole.existing_posts))
                } else {
                    String::new()
                }
            ),
        },
    ];
    if let (Some(before), Some(after)) = (whole.minutes_before.or(Some(f64::NAN)), whole.minutes_after) {
        let today = if before.is_nan() {
            match whole.existing_posts {
                0 => "rien n'est là aujourd'hui".into(),
                _ => "aujourd'hui, aucun chemin connu".into(),
            }
        } else {
            format!("{} aujourd'hui", french::measure(before, 1, "min"))
        };
        keys.push(Key {
            value: french::measure(after, 1, "min"),
            title: there::mean_way(request.existing),
            beside: today,
        });
    }
    keys
}
