//! The postal codes that a cell holds, however they are written (« F-23000 », « 23 000 Cedex », « 23000;23300 »), and the
//! one that a row means.

use crate::domain::CommuneIx;
use crate::domain::territory::CommuneCode;
use crate::domain::text::five_characters;
use crate::ingest::reference::Reference;
use crate::ingest::report::Code;

use super::naming::{named, same_name};
use super::{CommuneClue, CommuneFound, KEPT, departement_of};

/// A postal code of five digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Postcode {
    /// With the zero in front.
    pub digits: String,
    /// Only four digits stood there: a spreadsheet dropped the zero of `01400`, or the code is one of Brussels.
    pub completed: bool,
}

/// The postal codes of a cell, in its order, each once.
pub(super) fn read(text: &str) -> Vec<Postcode> {
    // As a whole first: a spreadsheet wrote `1400,0`, somebody `75 011`.
    if let Some(code) = one(text) {
        return vec![code];
    }
    let upper = text.to_uppercase();
    let mut codes: Vec<Postcode> = Vec::new();
    for piece in upper.split([';', ',', '|', '/', '\n']) {
        let piece = piece.split("CEDEX").next().unwrap_or_default().trim();
        let plain = ["FRANCE", "FR", "F"].iter().find_map(|country| piece.strip_prefix(country)).unwrap_or(piece);
        let plain = plain.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
        let found = one(plain).map_or_else(|| words(plain), |code| vec![code]);
        codes.extend(found.into_iter().filter(|code| !codes.contains(code)).collect::<Vec<_>>());
    }
    codes
}

/// The words of five digits: « 23000 Guéret ».
fn words(text: &str) -> Vec<Postcode> {
    let whole = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() == 5);
    whole.filter_map(one).collect()
}

fn one(text: &str) -> Option<Postcode> {
    let digits = five_characters(text);
    let is_one = digits.len() == 5 && !digits.starts_with("00") && digits.bytes().all(|b| b.is_ascii_digit());
    let written = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    is_one.then(|| Postcode { completed: digits.starts_with('0') && !written.starts_with('0'), digits })
}

/// The postal code of a row: of several that of its commune, else the first. A zero is only put in front where nothing
/// that the row says of its commune is against it: « Bruxelles, 1000 » is no Bourg-en-Bresse.
pub(super) fn of_row(clue: CommuneClue<'_>, found: &mut CommuneFound, reference: &Reference) -> Option<String> {
    let text = clue.postcode?;
    let code = clue.code.and_then(|code| CommuneCode::parse(&five_characters(code)));
    let meant: Vec<CommuneIx> = code.and_then(|code| reference.places.by_code(code)).into_iter().collect();
    let serves = |postcode: &Postcode, communes: &[CommuneIx]| {
        reference.places.by_postcode(&postcode.digits).iter().any(|served| communes.contains(served))
    };
    let around = |postcode: &Postcode, communes: &[CommuneIx]| {
        communes.iter().any(|&i| reference.communes[i].departement == departement_of(&postcode.digits))
    };
    let mut codes = read(text);
    let all = codes.len();
    // One whole code is what the row says, whatever its name: most rows need no search for it.
    let is_plain = matches!(&codes[..], [only] if !only.completed);
    let named = clue.name.filter(|_| !is_plain).map(|name| {
        let [exact, loose] = named(name, reference);
        [exact, loose].concat()
    });
    codes.retain(|postcode| {
        let says_nothing = named.is_none() && meant.is_empty();
        let inside = || clue.position.and_then(|position| reference.contour_index.containing(position));
        !postcode.completed
            || says_nothing
            || around(postcode, &meant)
            || around(postcode, named.as_deref().unwrap_or_default())
            || inside().is_some_and(|commune| around(postcode, &[commune]))
    });
    let known = [&meant[..], named.as_deref().unwrap_or_default()];
    let fitting = known.iter().find_map(|communes| codes.iter().find(|postcode| serves(postcode, communes)));
    let Some(chosen) = fitting.or(codes.first()).cloned() else {
        let reason = if all > 0 {
            format!("{text:?} has four digits, and nothing says that the commune is where a zero in front would put it")
        } else {
            format!("{text:?} is not a postal code of five digits such as 23000")
        };
        found.remark(Code::InvalidCode, "code_postal", reason);
        return None;
    };
    if all > 1 {
        let reason = format!("{all} postal codes where one is expected; {} is used", chosen.digits);
        found.remark(Code::NormalisedCode, "code_postal", reason);
    } else if chosen.completed {
        let reason = format!("{text} had lost its leading zero; read as {}", chosen.digits);
        found.remark(Code::CompletedCode, "code_postal", reason);
    } else if !text.starts_with(&chosen.digits) {
        found.remark(Code::NormalisedCode, "code_postal", format!("{text:?} was read as {}", chosen.digits));
    }
    Some(chosen.digits)
}

/// Compares the postal code with the commune that the code says. One of another département is told; when the name stands
/// by the code it is the wrong one, and the commune's own replaces it.
pub(super) fn compare(
    clue: CommuneClue<'_>,
    code: CommuneIx,
    by_text: &[CommuneIx],
    found: &mut CommuneFound,
    reference: &Reference,
) {
    let commune = &reference.communes[code];
    let Some(postcode) = found.postcode.clone().filter(|postcode| !commune.postcodes.contains(postcode)) else {
        return;
    };
    let served = reference.places.by_postcode(&postcode);
    // A code of the post office alone (« 23011 CEDEX ») and the neighbour's are no contradiction.
    let elsewhere = !served.is_empty()
        && departement_of(&postcode) != commune.departement
        && !served.iter().any(|&i| reference.communes[i].departement == commune.departement);
    if !elsewhere || found.contradictory {
        return;
    }
    let named = clue.name.is_some_and(|name| same_name(name, &commune.name)) && !by_text.iter().any(|i| *i != code);
    let reason = format!("{postcode} is a postal code of {}, not of", reference.communes[served[0]].name);
    let reason = match (&commune.postcodes[..], named) {
        ([own], true) => {
            found.postcode = Some(own.clone());
            format!("{reason} {} ({}), which code and name say; read as {own}", commune.name, commune.code)
        }
        (_, true) => {
            found.postcode = None;
            format!("{reason} {} ({}), which code and name say; left out", commune.name, commune.code)
        }
        (_, false) => {
            found.contradictory = true;
            format!("{reason} {} ({}), which the code says and which is used", commune.name, commune.code)
        }
    };
    found.remark(Code::ConfusedCode, "code_postal", reason);
}

/// The code of the commune itself, of one that became part of it or of one of its arrondissements, where its postal code belongs:
/// `11304` for Quillan is 11500. Left out where the commune has several, and the address is still to say which.
pub(super) fn code_of_the_commune(found: &mut CommuneFound, reference: &Reference) {
    let (Some(ordinal), Some(postcode)) = (found.ordinal, found.postcode.clone()) else { return };
    let commune = &reference.communes[ordinal];
    let code = CommuneCode::parse(&postcode).filter(|code| reference.places.by_code(*code) == Some(ordinal));
    let Some(code) = code.filter(|_| !commune.postcodes.contains(&postcode)) else { return };
    let district = reference.districts.by_code(code).map(|district| &reference.districts.all()[district]);
    let own = match (district.map(|district| &district.postcodes[..]), &commune.postcodes[..]) {
        (Some([first, ..]), _) => Some(first.clone()),
        (_, [only]) => Some(only.clone()),
        _ => None,
    };
    let used = own.as_ref().map_or_else(|| "left out".to_owned(), |own| format!("read as {own}"));
    found.remark(
        Code::ConfusedCode,
        "code_postal",
        format!("{postcode} is the commune code of {}; {used}", commune.name),
    );
    found.postcode = own;
}

/// Tells a postal code of other communes alone, where nothing else was said of it.
pub(super) fn of_another(found: &mut CommuneFound, reference: &Reference) {
    let (Some(ordinal), Some(postcode)) = (found.ordinal, found.postcode.clone()) else { return };
    let served = reference.places.by_postcode(&postcode);
    let told = found.remarks.iter().any(|(code, field, _)| *field == "code_postal" && *code == Code::ConfusedCode);
    if let Some(&first) = served.first()
        && !served.contains(&ordinal)
        && !told
        && !found.contradictory
    {
        let [theirs, ours] = [first, ordinal].map(|i| &reference.communes[i].name);
        let reason = format!("{postcode} is a postal code of {theirs}, not of {ours}{KEPT}");
        found.remark(Code::ConfusedCode, "code_postal", reason);
    }
}

/// The postal code that the address spells out, where that of the row is none of its commune: « 13000 » beside « … 13003
/// Marseille ». A code of the post office alone gives way to the one of the door.
pub(super) fn of_address(clue: CommuneClue<'_>, found: &mut CommuneFound, reference: &Reference) {
    let (Some(ordinal), Some(address)) = (found.ordinal, clue.address) else { return };
    let commune = &reference.communes[ordinal];
    let is_own = |text: &str| commune.postcodes.iter().any(|own| own == text);
    if found.postcode.as_deref().is_some_and(is_own) {
        return;
    }
    let mut digits = address.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 5);
    let Some(spelt) = digits.rfind(|digits| is_own(digits)) else { return };
    let reason = match &found.postcode {
        Some(own) => format!("{own} is no postal code of {}; the address spells {spelt}", commune.name),
        None => format!("none; the address spells {spelt}"),
    };
    found.postcode = Some(spelt.to_owned());
    found.remark(Code::NormalisedCode, "code_postal", reason);
}

/// Whether two codes differ by one digit, or by two that traded places.
pub(super) fn one_slip_apart(a: &str, b: &str) -> bool {
    let differ: Vec<(u8, u8)> = a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).collect();
    a.len() == b.len()
        && match differ[..] {
            [_] => true,
            [(a1, b1), (a2, b2)] => a1 == b2 && a2 == b1,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_digit_or_two_that_traded_places() {
        assert!(one_slip_apart("23000", "32000") && one_slip_apart("23000", "23100"));
        assert!(
            !one_slip_apart("23000", "23000") && !one_slip_apart("23000", "33100") && !one_slip_apart("23000", "2300")
        );
    }

    #[test]
    fn postal_codes_are_read_however_they_are_written() {
        for (text, expected) in [
            ("23000", &["23000"][..]),
            ("F-23000", &["23000"]),
            ("FR23000", &["23000"]),
            ("fr - 23000", &["23000"]),
            ("23 000 Cedex", &["23000"]),
            ("23011 CEDEX 9", &["23011"]),
            ("23000;23300", &["23000", "23300"]),
            ("23000 / 23300", &["23000", "23300"]),
            ("23000 23300", &["23000", "23300"]),
            ("23000 Guéret", &["23000"]),
            ("1400,0", &["01400"]),
            ("75 011", &["75011"]),
            ("L-1234", &[]),
            ("SW1A 1AA", &[]),
            ("0", &[]),
            ("2300000", &[]),
            ("", &[]),
        ] {
            let codes: Vec<String> = read(text).into_iter().map(|code| code.digits).collect();
            assert_eq!(codes, expected, "{text:?}");
        }
    }

    #[test]
    fn a_zero_that_was_put_in_front_is_known() {
        let completed = |text: &str| read(text)[0].completed;
        assert!(completed("1400") && completed("1400.0") && completed("F-1400"));
        assert!(!completed("01400") && !completed("23000") && !completed("'01400"));
    }
}
