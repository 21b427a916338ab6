//! A code against what else the row says: when two facts or three outweigh it, and when it stands.

use crate::domain::text::fold_place;
use crate::domain::{Commune, CommuneIx};
use crate::ingest::reference::Reference;

use super::naming::{named, same_name};
use super::{CommuneClue, CommuneFound, departement_of, is_near};

/// Whether the commune of the code answers to the postal code or to the name: then nothing contradicts it.
pub(super) fn same_place(
    clue: CommuneClue<'_>,
    postcode: Option<&str>,
    ordinal: CommuneIx,
    reference: &Reference,
) -> bool {
    let commune: &Commune = &reference.communes[ordinal];
    postcode.is_some_and(|postcode| commune.postcodes.iter().any(|known| known == postcode))
        || clue.name.is_some_and(|name| same_name(name, &commune.name))
}

/// The commune that outweighs the one of the code, and what says so: name, postal code and coordinates together; or, where
/// the name is of no help, postal code and coordinates.
pub(super) fn outweighed(
    clue: CommuneClue<'_>,
    found: &CommuneFound,
    code: CommuneIx,
    by_text: &[CommuneIx],
    reference: &Reference,
) -> Option<(CommuneIx, &'static str)> {
    let (position, postcode) = (clue.position?, found.postcode.as_deref()?);
    let served = reference.places.by_postcode(postcode);
    if by_text.contains(&code) || is_near(position, code, reference) && !by_text.iter().any(|i| served.contains(i)) {
        return None;
    }
    let departement = |commune: CommuneIx| reference.communes[commune].departement.as_str();
    if let [only] = *by_text {
        // The post office of the next town serves many; that of another département speaks against the code.
        let agrees = served.contains(&only)
            || departement(only) == departement_of(postcode) && departement(only) != departement(code);
        return (agrees && is_near(position, only, reference))
            .then_some((only, "name, postal code and coordinates all"));
    }
    let stands_by_code = clue.name.is_some_and(|name| same_name(name, &reference.communes[code].name));
    if !by_text.is_empty() || stands_by_code || served.contains(&code) {
        return None;
    }
    let there: Vec<CommuneIx> = served.iter().copied().filter(|&i| is_near(position, i, reference)).collect();
    let around = reference.contour_index.containing(position).filter(|around| there.contains(around));
    let only = around.or(if let [only] = there[..] { Some(only) } else { None })?;
    Some((only, "postal code and coordinates both"))
}

/// The commune that name and postal code say to the letter, where the code says one that has neither: digits that traded
/// places, or the code of a head office. Coordinates in the commune of the code speak for it, two against two.
pub(super) fn outvoted(
    clue: CommuneClue<'_>,
    found: &CommuneFound,
    code: CommuneIx,
    by_text: &[CommuneIx],
    reference: &Reference,
) -> Option<CommuneIx> {
    let [only] = *by_text else { return None };
    let postcode = found.postcode.as_deref()?;
    let to_the_letter = fold_place(clue.name?) == fold_place(&reference.communes[only].name)
        && reference.places.by_postcode(postcode).contains(&only);
    let stands_by_code = same_place(clue, Some(postcode), code, reference)
        || clue.position.is_some_and(|position| is_near(position, code, reference));
    (to_the_letter && only != code && !stands_by_code).then_some(only)
}

/// The commune that the name says while code and postal code agree upon another: « Reims » beside 13100 and 13001. A name that is part
/// of the other (« Saint-Ouen » in Saint-Ouen-sur-Seine), or that of one of its old communes, contradicts nothing.
pub(super) fn names_another(clue: CommuneClue<'_>, code: CommuneIx, reference: &Reference) -> Option<CommuneIx> {
    let name = clue.name?;
    let [exact, _] = named(name, reference);
    let [said, known] = [name, &reference.communes[code].name].map(|name| format!(" {} ", fold_place(name)));
    let part = said.contains(&known) || known.contains(&said) || same_name(name, &reference.communes[code].name);
    let far = |i: &CommuneIx| reference.communes[*i].departement != reference.communes[code].departement;
    // Of a neighbour, whose post office serves both, nobody can tell; of a town that many share the name with, neither.
    if part || exact.contains(&code) {
        None
    } else {
        exact.first().copied().filter(|only| exact.len() == 1 || far(only))
    }
}
