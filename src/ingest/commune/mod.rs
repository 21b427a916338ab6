//! Which commune of today a row means, from its code, postal code, name or coordinates.

use crate::domain::territory::CommuneCode;
use crate::domain::text::{five_characters, fold_place};
use crate::domain::{CommuneIx, Metres, Position};
use crate::ingest::report::Code;

use super::reference::Reference;

mod cedex;
mod naming;
mod postcode;
pub mod there;
mod witnesses;

#[cfg(test)]
mod tests;

use naming::{by_name_and_postcode, named, with_number_apart};
use postcode::Postcode;
use witnesses::{names_another, outvoted, outweighed, same_place};

/// Coordinates farther than this from their commune do not describe a place of it: the commune stands in.
pub const CONTRADICTION_M: f64 = 5_000.0;

/// Coordinates this near to their commune are taken to be inside: contours are simplified and places stand on borders.
pub const TOLERANCE_M: f64 = 300.0;

/// How a remark ends whose value is published as it came.
pub const KEPT: &str = "; kept";

/// No commune without a contour, those of the Pacific, lies farther around its point: the town hall of Poum is not in Nouméa, 340 km away.
const WIDEST_M: f64 = 100_000.0;

/// What a row says about its commune.
#[derive(Debug, Clone, Copy, Default)]
pub struct CommuneClue<'a> {
    /// INSEE code, as published.
    pub code: Option<&'a str>,
    /// Postal code, as published.
    pub postcode: Option<&'a str>,
    /// Name, as published.
    pub name: Option<&'a str>,
    /// Name of the département, as published.
    pub departement: Option<&'a str>,
    /// Another text that may name the commune: « CCAS de Draguignan ».
    pub mention: Option<&'a str>,
    /// The address: a commune may be named after its postal code, « 15 rue de l'Église 23210 Marsac ».
    pub address: Option<&'a str>,
    /// Coordinates, when they could be read.
    pub position: Option<Position>,
}

/// The commune that was found, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommuneFound {
    /// Ordinal in the reference.
    pub ordinal: Option<CommuneIx>,
    /// Postal code with its leading zeros.
    pub postcode: Option<String>,
    /// Remarks for the report: code, field, sentence.
    pub remarks: Vec<(Code, &'static str, String)>,
    /// Code and postal code or name disagree.
    pub contradictory: bool,
    /// Several communes share the postal code and nothing tells them apart: the most populous one stands in.
    pub ambiguous: bool,
}

/// Finds the commune of a row. The code comes first; name and postal code together next; then the postal code if it has
/// one commune; then the name if it is the only one of its département; then the contour around the coordinates; at
/// last the most populous commune of the postal code, marked as ambiguous.
#[must_use]
pub fn find(clue: CommuneClue<'_>, reference: &Reference) -> CommuneFound {
    let clue = with_number_apart(clue, reference);
    let mut found = CommuneFound::default();
    found.postcode = postcode::of_row(clue, &mut found, reference);
    let by_code = clue.code.and_then(|code| by_code(code, reference, &mut found));
    let by_text = by_name_and_postcode(clue, found.postcode.as_deref(), reference);
    let confused = by_code.and_then(|code| postcode_as_code(clue, &found, code, reference));
    found.ordinal = match (by_code, by_text.first()) {
        (Some(code), _) if let Some(meant) = confused => {
            let [ours, theirs] = [code, meant].map(|i| &reference.communes[i]);
            let reason = format!(
                "the code column holds the postal code of {} ({}), which the name confirms; as a commune code it would be {}",
                theirs.name, theirs.code, ours.name
            );
            let overseas = theirs.code.as_str().starts_with("97") || theirs.code.as_str().starts_with("98");
            let kind = if overseas { Code::OverseasCode } else { Code::ConfusedCode };
            found.remark(kind, "code_insee", reason);
            Some(meant)
        }
        (Some(code), _) if let Some((meant, agreeing)) = outweighed(clue, &found, code, &by_text, reference) => {
            let [ours, theirs] = [code, meant].map(|i| &reference.communes[i]);
            found.contradictory = true;
            let reason = format!(
                "the code says {} ({}); {agreeing} say {} ({}), which is used",
                ours.name, ours.code, theirs.name, theirs.code
            );
            found.remark(Code::ConfusedCode, "code_insee", reason);
            Some(meant)
        }
        (Some(code), _) if let Some(meant) = outvoted(clue, &found, code, &by_text, reference) => {
            let [ours, theirs] = [code, meant].map(|i| &reference.communes[i]);
            found.contradictory = true;
            let reason = format!(
                "the code says {} ({}); name and postal code both say {} ({}), which is used",
                ours.name, ours.code, theirs.name, theirs.code
            );
            found.remark(Code::ConfusedCode, "code_insee", reason);
            Some(meant)
        }
        (Some(code), text) => {
            if let Some(&text) = text
                && !by_text.contains(&code)
                && !same_place(clue, found.postcode.as_deref(), code, reference)
            {
                let [ours, theirs] = [code, text].map(|i| &reference.communes[i]);
                found.contradictory = true;
                let reason = format!(
                    "the code says {} ({}), name and postal code say {} ({})",
                    ours.name, ours.code, theirs.name, theirs.code
                );
                found.remark(Code::ConfusedCode, "code_insee", reason);
            }
            Some(code)
        }
        (None, Some(&text)) if by_text.len() == 1 => Some(text),
        _ => None,
    };
    if found.ordinal.is_none() {
        found.ordinal = fallback(clue, &by_text, &mut found, reference);
    }
    postcode::code_of_the_commune(&mut found, reference);
    if let Some(code) = by_code.filter(|code| found.ordinal == Some(*code)) {
        postcode::compare(clue, code, &by_text, &mut found, reference);
    }
    postcode::of_address(clue, &mut found, reference);
    postcode::of_another(&mut found, reference);
    if let Some(code) = by_code.filter(|code| found.ordinal == Some(*code) && !found.contradictory)
        && let Some(other) = names_another(clue, code, reference)
    {
        let [ours, theirs] = [code, other].map(|i| &reference.communes[i]);
        found.contradictory = true;
        let reason = format!(
            "the name is that of {} ({}), the code says {}; the code is used",
            theirs.name, theirs.code, ours.name
        );
        found.remark(Code::ConfusedCode, "commune", reason);
    }
    if found.ordinal.is_none() {
        // In no territory and near nobody: whoever maintains the list must know.
        let reason = "no commune is known by what the row says; it stands in no territory".to_owned();
        found.remark(Code::UnknownCode, "commune", reason);
    }
    found
}

/// Whether a position lies in a commune, or beside it.
fn is_near(position: Position, commune: CommuneIx, reference: &Reference) -> bool {
    metres_away(position, commune, reference).is_some_and(|away| away.value() <= TOLERANCE_M)
}

/// Metres from a position to the contour of a commune, 0 inside; without a contour, to the widest circle around its point
/// that a commune may fill. `None` without a contour or a point.
#[must_use]
pub fn metres_away(position: Position, commune: CommuneIx, reference: &Reference) -> Option<Metres> {
    reference.contour_index.distance_to(commune, position).or_else(|| {
        let point = reference.communes[commune].point?;
        Metres::new((point.geodesic_to(position).value() - WIDEST_M).max(0.0))
    })
}

impl CommuneFound {
    fn remark(&mut self, code: Code, field: &'static str, reason: String) {
        self.remarks.push((code, field, reason));
    }
}

fn by_code(text: &str, reference: &Reference, found: &mut CommuneFound) -> Option<CommuneIx> {
    let padded = five_characters(text);
    let Some(code) = CommuneCode::parse(&padded) else {
        found.remark(Code::InvalidCode, "code_insee", format!("{text:?} is not a commune code such as 01001 or 2A004"));
        return None;
    };
    let Some(ordinal) = reference.places.by_code(code) else {
        let (kind, reason) = if reference.places.by_postcode(&padded).is_empty() {
            (Code::UnknownCode, format!("no commune has the code {code}, today or before"))
        } else {
            (Code::ConfusedCode, format!("{code} is a postal code, not a commune code"))
        };
        found.remark(kind, "code_insee", reason);
        return None;
    };
    if padded != text {
        let has_lost_zeros = padded.starts_with('0') && !text.trim_start_matches('\'').trim_start().starts_with('0');
        let kind = if has_lost_zeros { Code::CompletedCode } else { Code::NormalisedCode };
        found.remark(kind, "code_insee", format!("{text:?} was read as {padded}"));
    }
    if let Some(alias) = reference.places.alias(code) {
        let kind = if alias.kind == "arrondissement" { Code::ArrondissementCode } else { Code::OutdatedCode };
        let reason = format!("{code} ({}, {}) belongs to the commune {}", alias.name, alias.kind, alias.commune);
        found.remark(kind, "code_insee", reason);
    }
    Some(ordinal)
}

/// The département of a postal code: two digits, three overseas. Corsica shares 20; its communes are told by name.
fn departement_of(postcode: &str) -> &str {
    if postcode.starts_with("97") || postcode.starts_with("98") { &postcode[..3] } else { &postcode[..2] }
}

/// The commune a code means when it is a postal code in the wrong column that happens to be a commune code too: 97133 is
/// Vieux-Fort in Guadeloupe, and the post office of Saint-Barthélemy. Only when no other postal code stands beside it, the
/// name is that of the one commune it serves, and not that of the commune it would be.
fn postcode_as_code(
    clue: CommuneClue<'_>,
    found: &CommuneFound,
    code: CommuneIx,
    reference: &Reference,
) -> Option<CommuneIx> {
    let [Postcode { digits, .. }] = &postcode::read(clue.code?)[..] else { return None };
    if found.postcode.as_ref().is_some_and(|postcode| postcode != digits) {
        return None;
    }
    let named = reference.places.by_name(clue.name?);
    let meant: Vec<CommuneIx> =
        reference.places.by_postcode(digits).iter().copied().filter(|served| named.contains(served)).collect();
    if let [one] = meant[..] { Some(one).filter(|_| !named.contains(&code)) } else { None }
}

/// The one commune of the postal code whose whole name stands in the text; of « Gap » and « La Freissinouse », both
/// named, neither is certain, unless one name holds the other.
fn mentioned(clue: CommuneClue<'_>, served: &[CommuneIx], reference: &Reference) -> Option<CommuneIx> {
    let text = format!(" {} ", fold_place(clue.mention?));
    let name = |i: CommuneIx| format!(" {} ", fold_place(&reference.communes[i].name));
    let longest = served.iter().copied().filter(|&i| text.contains(&name(i))).max_by_key(|&i| name(i).len())?;
    let rest = text.replace(&name(longest), "  ");
    let alone = !served.iter().any(|&i| i != longest && rest.contains(&name(i)));
    alone.then_some(longest)
}

/// The commune of the postal code, of today or before, whose name ends the address: after the postal code, a comma or a
/// line break. A street may bear the name of a town (« rue de Mende »), so nothing before them counts.
fn named_at_the_end(address: &str, served: &[CommuneIx], reference: &Reference) -> Option<CommuneIx> {
    let after_postcode = address.split(|c: char| !c.is_ascii_digit()).rfind(|digits| digits.len() == 5);
    let after_postcode = after_postcode.and_then(|digits| address.rsplit(digits).next());
    let after_break = address.contains([',', '\n']).then(|| address.rsplit([',', '\n']).next()).flatten();
    [after_postcode, after_break].into_iter().flatten().find_map(|end| {
        let end = end.trim_matches(|c: char| !c.is_alphanumeric());
        // « 97400, Saint-Denis, La Réunion », « 98800 Nouméa NC »: what follows the commune is where it lies.
        let first = end.split([',', '\n']).next().unwrap_or(end).trim();
        let shorter = COUNTRIES.iter().find_map(|country| first.strip_suffix(country)).unwrap_or(first).trim();
        [end, first, shorter].into_iter().find_map(|end| {
            let named = reference.places.by_name(end);
            let fitting: Vec<CommuneIx> = named.into_iter().filter(|commune| served.contains(commune)).collect();
            if let [one] = fitting[..] { Some(one) } else { None }
        })
    })
}

/// What may end an address after its commune.
const COUNTRIES: [&str; 10] = [
    " NC",
    " Nouvelle-Calédonie",
    " La Réunion",
    " Réunion",
    " Guadeloupe",
    " Martinique",
    " Guyane",
    " Mayotte",
    " Polynésie française",
    " France",
];

/// The commune an address spells out with its own postal code: « Rue du Général Lambert 97436 Saint-Leu ».
fn spelt_out(address: &str, reference: &Reference) -> Option<CommuneIx> {
    let postcode = address.split(|c: char| !c.is_ascii_digit()).rfind(|digits| digits.len() == 5)?;
    named_at_the_end(address, reference.places.by_postcode(postcode), reference)
}

/// A name that one commune of France bears, far from the postal code: « Guéret, 32000 ». The two contradict each other, and
/// that is said; the name is right where the postal code is its own but for a slip of the finger, or where the coordinates
/// stand by it.
fn named_elsewhere(
    clue: CommuneClue<'_>,
    by_text: &[CommuneIx],
    served: &[CommuneIx],
    found: &mut CommuneFound,
    reference: &Reference,
) -> Option<CommuneIx> {
    let postcode =
        found.postcode.clone().filter(|_| by_text.is_empty() && clue.code.is_none() && !served.is_empty())?;
    let [exact, _] = named(clue.name?, reference);
    let [one] = exact[..] else { return None };
    let near = |commune: CommuneIx| clue.position.is_some_and(|position| is_near(position, commune, reference));
    if served.iter().any(|&commune| near(commune)) {
        return None;
    }
    let [theirs, ours] = [served[0], one].map(|i| &reference.communes[i]);
    let slipped = ours.postcodes.iter().find(|own| postcode::one_slip_apart(own, &postcode));
    let is_right = slipped.is_some() || near(one);
    let used = if is_right { &ours.name } else { &theirs.name };
    let reason =
        format!("{postcode} is a postal code of {}, the name is that of {}; {used} is used", theirs.name, ours.name);
    found.remark(Code::ConfusedCode, "code_postal", reason);
    found.contradictory = true;
    if !is_right {
        return None;
    }
    found.postcode = slipped.cloned();
    Some(one)
}

fn fallback(
    clue: CommuneClue<'_>,
    by_text: &[CommuneIx],
    found: &mut CommuneFound,
    reference: &Reference,
) -> Option<CommuneIx> {
    let served = found.postcode.as_deref().map_or(&[][..], |postcode| reference.places.by_postcode(postcode));
    if by_text.is_empty()
        && served.is_empty()
        && let Some((town, reason)) = cedex::commune(clue, found.postcode.as_deref(), reference)
    {
        found.remark(Code::CedexCode, "code_postal", reason);
        return Some(town);
    }
    if by_text.is_empty()
        && let Some(spelt) = clue.address.and_then(|address| spelt_out(address, reference))
        && !served.contains(&spelt)
    {
        if found.postcode.is_none() {
            found.remark(Code::CommuneAlias, "commune", "the commune was found at the end of the address".into());
            return Some(spelt);
        }
        found.contradictory = true;
        let reason = "the address spells out another commune than the postal code; it is the fuller account".into();
        found.remark(Code::ConfusedCode, "code_postal", reason);
        return Some(spelt);
    }
    if let Some(named) = named_elsewhere(clue, by_text, served, found, reference) {
        return Some(named);
    }
    if let [only] = served {
        return Some(*only);
    }
    let around = clue.position.and_then(|position| reference.contour_index.containing(position));
    if let Some(around) = around {
        found.remark(Code::CommuneAlias, "commune", "the commune was found from the coordinates".into());
        return Some(around);
    }
    if let Some(named) = clue.address.and_then(|address| named_at_the_end(address, served, reference)) {
        found.remark(Code::CommuneAlias, "commune", "the commune was found at the end of the address".into());
        return Some(named);
    }
    if let Some(mentioned) = mentioned(clue, served, reference) {
        found.remark(Code::CommuneAlias, "commune", "the commune was found in the name of the venue".into());
        return Some(mentioned);
    }
    let candidates = if by_text.is_empty() { served } else { by_text };
    let chosen = candidates.iter().copied().max_by_key(|&i| {
        let commune = &reference.communes[i];
        let in_departement = clue.departement.is_none_or(|name| {
            let named = reference.territories.get(&crate::domain::Level::Departement);
            named.is_some_and(|all| {
                let means = |code: &str, known: &str| code == name || fold_place(known) == fold_place(name);
                all.iter().any(|d| d.code == commune.departement && means(&d.code, &d.name))
            })
        });
        (in_departement, commune.population.map_or(0, |p| p.0), std::cmp::Reverse(i))
    })?;
    found.ambiguous = true;
    let reason =
        format!("{} communes fit; the most populous, {}, stands in", candidates.len(), reference.communes[chosen].name);
    found.remark(Code::AmbiguousCode, "code_postal", reason);
    Some(chosen)
}
