//! What a form adds to the scenario. The answer to an act is an address: going back or asking again repeats nothing.

use crate::atlas::Atlas;
use crate::domain::Position;
use crate::pages::params::Params;
use crate::pages::whereabouts::{Somewhere, Whereabouts, whereabouts};
use crate::scenario::document::{Added, Coordinates, Document, Moved, Stopped, Timed};
use crate::scenario::resolve;

use super::scene::Scene;

/// Names in the address of an act.
pub const NAMES: [&str; 6] = ["faire", "id", "ou", "annuelles", "vers", "lieu"];

/// Longest address of a scenario, in bytes; the door takes 8 KiB, and a form adds its own fields.
const LONGEST_ADDRESS: usize = 7 * 1024;

/// The act of a form, if it holds one: the scene after it, or why it cannot be done, in words.
pub fn act(params: &Params, scene: &Scene, atlas: &Atlas) -> Option<Result<Scene, String>> {
    let changed = match params.one("faire")? {
        "ouvrir" => open(params, atlas),
        "arreter" => stop(params, atlas),
        "fermer" => several(params).map(|ids| Box::new(move |d: &mut Document| d.close.extend(ids)) as Act),
        "deplacer" => move_to(params, atlas),
        "heures" => hours(params),
        _ => return None,
    };
    Some(changed.and_then(|change| checked(scene.with(change), atlas)))
}

type Act = Box<dyn FnOnce(&mut Document)>;

/// A scene that can be worked out.
fn checked(scene: Scene, atlas: &Atlas) -> Result<Scene, String> {
    match resolve(scene.whole(), atlas) {
        Ok(question) => {
            let after = Scene { document: question.document.without_choices(), ..scene };
            let fits = after.address().len() <= LONGEST_ADDRESS;
            fits.then_some(after).ok_or_else(|| {
                "Ce scénario ne tient plus dans une adresse\u{a0}: retirez d'abord un changement.".into()
            })
        }
        Err(problem) => Err(said(problem.code(), problem.value())),
    }
}

/// What a refusal of the API means to a visitor.
pub fn said(code: &str, value: Option<&str>) -> String {
    let value = value.unwrap_or_default();
    match code {
        "unknown-venue" => format!("Le lieu «\u{a0}{value}\u{a0}» n'est pas dans l'édition en cours."),
        "venue-not-counted" => "Ce lieu ne reçoit pas de public ou n'est pas situé\u{a0}: il ne compte pas.".into(),
        "conflicting-changes" => {
            "Ce lieu change déjà dans ce scénario\u{a0}: retirez d'abord l'autre changement.".into()
        }
        "too-many-changes" => "Un scénario contient au plus 200 changements.".into(),
        "unknown-post" => "Aucun poste de conseiller n'est connu à cet endroit.".into(),
        "invalid-hours" => "Ces horaires ne se lisent pas comme une semaine habituelle.".into(),
        "out-of-range" => "Un lieu ouvre de 0 à 8\u{202f}784 heures par an.".into(),
        "invalid-text" => "Ce texte est vide, trop long ou contient un caractère interdit.".into(),
        "no-scenario" => "Ce scénario n'existe pas, ou le jeton n'est pas le sien.".into(),
        "unknown-token" => {
            "Ce jeton n'est celui d'aucun scénario\u{a0}: laissez le champ vide pour en recevoir un.".into()
        }
        "version-conflict" => "Ce scénario a été enregistré entre-temps\u{a0}: ouvrez sa dernière version.".into(),
        "too-many-scenarios" => "Ce jeton garde déjà autant de scénarios ou de versions que possible.".into(),
        "no-store" => "Ce service n'enregistre pas de scénarios. L'adresse de la page, elle, les contient.".into(),
        "too-many-requests" | "store-busy" => "Trop de demandes à la fois\u{a0}: essayez dans une minute.".into(),
        "denominator-too-large" => "Cette édition compte trop peu d'habitants pour le chiffre national choisi.".into(),
        _ => "Ce scénario ne peut pas être calculé avec l'édition en cours.".into(),
    }
}

fn venue(params: &Params) -> Result<String, String> {
    params.one("id").map(ToOwned::to_owned).ok_or_else(|| "Choisissez un lieu dans la liste.".into())
}

/// Every place that was ticked.
fn several(params: &Params) -> Result<Vec<String>, String> {
    let ids: Vec<String> = params.all("id").map(ToOwned::to_owned).collect();
    if ids.is_empty() { Err("Choisissez un lieu dans la liste.".into()) } else { Ok(ids) }
}

fn open(params: &Params, atlas: &Atlas) -> Result<Act, String> {
    let position = somewhere(params.one("ou"), atlas)?;
    let added = Added {
        name: params.one("nom").map(ToOwned::to_owned),
        hours_per_year: params.one("annuelles").map(number).transpose()?,
        ..Added::at(Coordinates::of(position.lon(), position.lat()))
    };
    Ok(Box::new(move |document| document.add.push(added)))
}

fn move_to(params: &Params, atlas: &Atlas) -> Result<Act, String> {
    let (venue, position) = (venue(params)?, somewhere(params.one("vers"), atlas)?);
    let moved = Moved { venue, position: Coordinates::of(position.lon(), position.lat()) };
    Ok(Box::new(move |document| document.r#move.push(moved)))
}

fn hours(params: &Params) -> Result<Act, String> {
    let venue = venue(params)?;
    let Some(text) = params.one("annuelles") else { return Err("Dites combien d'heures par an.".into()) };
    let timed = Timed { venue, hours_per_year: Some(number(text)?), opening_hours: None };
    Ok(Box::new(move |document| document.hours.push(timed)))
}

fn stop(params: &Params, atlas: &Atlas) -> Result<Act, String> {
    let commune = match whereabouts(atlas, params.one("ou"), None) {
        Whereabouts::Somewhere(place) => sure(place)?.commune,
        _ => None,
    };
    let Some(commune) = commune else {
        return Err("Cette commune n'est pas reconnue\u{a0}: essayez son nom suivi du département, ou son code.".into());
    };
    let code = atlas.communes()[commune].code.to_string();
    let stopped = Stopped { employer: None, commune: Some(code), posts: None };
    Ok(Box::new(move |document| document.stop.push(stopped)))
}

/// The place, when there is no doubt about it: a scenario has no page on which to offer another reading.
fn sure(place: Somewhere) -> Result<Somewhere, String> {
    if !place.remarks.is_empty() {
        return Err(place.remarks.join(" "));
    }
    if !place.others.is_empty() {
        return Err("Plusieurs lieux répondent à ce nom\u{a0}: ajoutez le département, ou écrivez le code.".into());
    }
    Ok(place)
}

/// A commune, a postal code or a position: one point.
fn somewhere(text: Option<&str>, atlas: &Atlas) -> Result<Position, String> {
    let hint = "essayez son nom suivi du département, son code postal, ou «\u{a0}longitude, latitude\u{a0}»";
    match whereabouts(atlas, text, None) {
        Whereabouts::Nowhere => Err("Dites où\u{a0}: une commune, un code postal ou une position.".into()),
        Whereabouts::Somewhere(place) => sure(place)?
            .origins
            .first()
            .map(|origin| origin.position)
            .ok_or_else(|| format!("Endroit sans position\u{a0}: {hint}.")),
        Whereabouts::OneOf(..) | Whereabouts::Inside(..) => {
            Err(format!("Plusieurs communes répondent à ce nom\u{a0}: {hint}."))
        }
        Whereabouts::Abroad => Err("Cette position est hors de France.".into()),
        Whereabouts::Unknown(_) => Err(format!("Cet endroit n'est pas reconnu\u{a0}: {hint}.")),
    }
}

/// `1 607`, `800,5`.
fn number(text: &str) -> Result<f64, String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".");
    crate::http::params::number(&plain).ok_or_else(|| format!("«\u{a0}{text}\u{a0}» n'est pas un nombre d'heures."))
}
