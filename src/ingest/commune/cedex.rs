//! Codes of the post office alone: they serve no commune, and some lead to one all the same.

use crate::domain::territory::CommuneCode;
use crate::domain::{CommuneIx, text::fold};
use crate::ingest::reference::Reference;

use super::postcode::one_slip_apart;
use super::{CommuneClue, departement_of};

/// The towns whose offices have ranges of codes of their own, by the commune and by the first and last code. The codes of
/// communes in between end in 0: 13210 is Saint-Rémy-de-Provence, and 69495 is of an office of Pierre-Bénite.
const RANGES: [(&str, &str, &str); 3] =
    [("75056", "75000", "75999"), ("13055", "13201", "13399"), ("69123", "69201", "69489")];

/// The commune of a code that serves none, and why: a code of Paris, Marseille or Lyon, or the town that the address spells
/// between such a code and « CEDEX ».
pub(super) fn commune(
    clue: CommuneClue<'_>,
    postcode: Option<&str>,
    reference: &Reference,
) -> Option<(CommuneIx, String)> {
    let serves_none = |digits: &str| reference.places.by_postcode(digits).is_empty();
    if let Some(digits) = postcode.filter(|digits| serves_none(digits))
        && let Some(city) = of_a_city(digits, reference)
    {
        return Some((city, format!("{digits} is of a post office of {}", reference.communes[city].name)));
    }
    let address = fold(clue.address?);
    let (before, _) = address.split_once("cedex")?;
    let digits = before.split(|c: char| !c.is_ascii_digit()).rfind(|digits| digits.len() == 5)?;
    // The address of somebody else's office is no guide.
    if !serves_none(digits) || postcode.is_some_and(|own| own != digits && !one_slip_apart(own, digits)) {
        return None;
    }
    let (_, town) = before.rsplit_once(digits)?;
    let named = reference.places.by_name(town.trim_matches(|c: char| !c.is_alphanumeric()));
    let there: Vec<CommuneIx> =
        named.into_iter().filter(|&i| reference.communes[i].departement == departement_of(digits)).collect();
    let [one] = there[..] else { return None };
    Some((
        one,
        format!("{digits} is of a post office of {}, which the address spells out", reference.communes[one].name),
    ))
}

fn of_a_city(digits: &str, reference: &Reference) -> Option<CommuneIx> {
    let (code, ..) = RANGES.iter().find(|(code, first, last)| {
        (*first..=*last).contains(&digits) && (*code == "75056" || !digits.ends_with('0'))
    })?;
    reference.places.by_code(CommuneCode::parse(code)?)
}
