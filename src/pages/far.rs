//! When everything is far away, or across the sea: that is said before anything else.

use crate::access::Travel;
use crate::atlas::Atlas;
use crate::atlas::nearest::useful::FAR_M;
use crate::domain::guidance::{CallPrice, HelpNeed};
use crate::domain::hours::{HolidayCalendar, OpeningHours};
use crate::domain::{CommuneIx, Hours};

use super::contact::{self, Phone};
use super::ranking::Ranked;
use crate::tables::french;

/// Venues that are still named.
const NAMED: usize = 2;

/// Help lines that are named.
const LINES: usize = 4;

/// A service that answers by telephone, wherever one lives.
#[derive(Debug, Clone)]
pub struct HelpLine {
    /// Its name.
    pub name: String,
    /// The number to call from here.
    pub phone: Option<Phone>,
    /// What the call costs, and when somebody answers.
    pub terms: String,
    /// What for.
    pub purpose: String,
}

/// Where the Caf, the health insurance and France Travail do not work: Wallis-et-Futuna, Polynésie française, Nouvelle-Calédonie
/// have services of their own, whose numbers no list of ours tells.
const OF_THEIR_OWN: [&str; 3] = ["986", "987", "988"];

/// Whether the numbers of our lists do not answer from a commune.
#[must_use]
pub fn has_its_own(atlas: &Atlas, commune: Option<CommuneIx>) -> bool {
    commune.is_some_and(|commune| OF_THEIR_OWN.contains(&atlas.communes()[commune].departement.as_str()))
}

/// The services that answer by telephone those who do without internet.
#[must_use]
pub fn help_lines(atlas: &Atlas, commune: Option<CommuneIx>) -> Vec<HelpLine> {
    if has_its_own(atlas, commune) {
        return Vec::new();
    }
    let overseas = commune.is_some_and(|commune| is_overseas(&atlas.communes()[commune].departement));
    let lines = atlas.channels_for(&[HelpNeed::Offline]).take(LINES).map(|channel| {
        let from_here = channel.overseas_phone.as_ref().filter(|_| overseas).unwrap_or(&channel.phone);
        let price = channel.price.map_or("Prix de l'appel inconnu", CallPrice::plain);
        let hours = match &channel.hours {
            Hours::Osm(osm) => OpeningHours::parse(osm, HolidayCalendar::NATIONAL)
                .map_or_else(|_| osm.clone(), |hours| hours.week_words().join(" ; ")),
            Hours::Text(text) => text.clone(),
            Hours::Unknown => "horaires non communiqués".to_owned(),
        };
        HelpLine {
            name: channel.name.clone(),
            phone: contact::phones(std::slice::from_ref(from_here)).pop(),
            terms: format!("{price}, {hours}"),
            purpose: channel.purpose.clone(),
        }
    });
    lines.collect()
}

/// Overseas every département is an island or more of its own.
fn is_overseas(departement: &str) -> bool {
    departement.starts_with("97") || departement.starts_with("98")
}

/// The one that is reached first; when none is, that which is nearest as the crow flies.
fn nearest<'a, 'o>(found: &'a [Ranked<'o>]) -> Option<&'a Ranked<'o>> {
    let key = |ranked: &Ranked| (ranked.travel == Travel::NoWay, ranked.travel.time());
    found.iter().min_by(|a, b| key(a).cmp(&key(b)).then(a.distance.value().total_cmp(&b.distance.value())))
}

/// What to say, when the nearest venue is out of reach.
pub fn far(atlas: &Atlas, found: &[Ranked], commune: Option<CommuneIx>) -> Option<String> {
    let said = out_of_reach(atlas, found, commune)?;
    if !has_its_own(atlas, commune) {
        return Some(said);
    }
    Some(format!("{said} Les services publics ont ici leurs propres numéros\u{a0}: votre mairie les connaît."))
}

fn out_of_reach(atlas: &Atlas, found: &[Ranked], commune: Option<CommuneIx>) -> Option<String> {
    let nearest = nearest(found)?;
    let venue = &atlas.venues()[nearest.ordinal];
    let departement = |commune: CommuneIx| atlas.communes()[commune].departement.as_str();
    let (here, there) = (commune.map(departement), atlas.venue_commune(nearest.ordinal).map(departement));
    let across =
        here.zip(there).is_some_and(|(here, there)| here != there && (is_overseas(here) || is_overseas(there)));
    let far = french::distance(nearest.distance);
    if across {
        return Some(format!(
            "Aucun lieu ici. Le plus proche est de l'autre côté de la mer\u{a0}: {}, à {far}.",
            venue.name
        ));
    }
    if nearest.travel == Travel::NoWay {
        return Some(format!(
            "Nous ne connaissons de chemin vers aucun lieu. Le plus proche à vol d’oiseau\u{a0}: {}, à {far}.",
            venue.name
        ));
    }
    let is_far = nearest.distance.value() > FAR_M;
    is_far.then(|| format!("Aucun lieu à moins de 50\u{a0}km. Le plus proche\u{a0}: {}, à {far}.", venue.name))
}

/// The nearest, and the nearest that answers by telephone.
pub fn kept<'o>(atlas: &Atlas, found: &[Ranked<'o>]) -> Vec<Ranked<'o>> {
    let answers = |ranked: &&Ranked| !atlas.venues()[ranked.ordinal].phones.is_empty();
    let answering: Vec<Ranked> = found.iter().filter(answers).copied().collect();
    let both = [nearest(found), nearest(&answering)];
    let mut kept: Vec<Ranked> = both.into_iter().flatten().copied().collect();
    kept.dedup_by_key(|ranked| ranked.ordinal);
    kept.truncate(NAMED);
    kept
}
