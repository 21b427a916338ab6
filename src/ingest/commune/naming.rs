//! Communes by their names, with and without articles, numbers and postal codes.

use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, Level};
use crate::ingest::reference::Reference;

use super::{CommuneClue, departement_of, is_near};

/// Articles of names of communes, folded: many leave them out, or put one in front.
const ARTICLES: [&str; 4] = ["le ", "la ", "les ", "l "];

/// The communes that bear the name, and those that bear it but for an article: « Mont-Dore » is Le Mont-Dore (98817) too.
pub(super) fn named(name: &str, reference: &Reference) -> [Vec<CommuneIx>; 2] {
    let folded = fold_place(name);
    let mut exact = reference.places.by_folded_name(&folded);
    for plainer in [without_number(name), without_title(name), name.split(',').next().unwrap_or(name)] {
        if exact.is_empty() {
            exact = reference.places.by_name(plainer);
        }
    }
    let bare = without_article(&folded);
    let with = |article: &&str| reference.places.by_folded_name(&format!("{article}{bare}"));
    let mut loose: Vec<CommuneIx> = ARTICLES.iter().flat_map(with).collect();
    loose.extend(reference.places.by_folded_name(bare));
    loose.retain(|commune| !exact.contains(commune));
    loose.sort_unstable();
    loose.dedup();
    [exact, loose]
}

/// A folded name without the article in front.
pub(super) fn without_article(folded: &str) -> &str {
    ARTICLES.iter().find_map(|article| folded.strip_prefix(article)).unwrap_or(folded)
}

/// Whether two names of communes are one, but for an article.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    without_article(&fold_place(a)) == without_article(&fold_place(b))
}

/// The communes that bear the name, narrowed by postal code, else by the département of the postal code, else by where
/// the row says that it is.
pub(super) fn by_name_and_postcode(
    clue: CommuneClue<'_>,
    postcode: Option<&str>,
    reference: &Reference,
) -> Vec<CommuneIx> {
    let Some(name) = clue.name else { return Vec::new() };
    let [exact, loose] = named(name, reference);
    let narrowed = |communes: &[CommuneIx], fits: &dyn Fn(CommuneIx) -> bool| -> Vec<CommuneIx> {
        communes.iter().copied().filter(|&commune| fits(commune)).collect()
    };
    let first = |fits: &dyn Fn(CommuneIx) -> bool| {
        [&exact, &loose].into_iter().map(|communes| narrowed(communes, fits)).find(|found| !found.is_empty())
    };
    if let Some(postcode) = postcode {
        let served = reference.places.by_postcode(postcode);
        let inside = |i: CommuneIx| reference.communes[i].departement == departement_of(postcode);
        let found = first(&|i| served.contains(&i)).or_else(|| first(&inside));
        return found.or_else(|| longer_or_shorter(name, served, clue, reference)).unwrap_or_default();
    }
    let near = |i: CommuneIx| clue.position.is_some_and(|position| is_near(position, i, reference));
    // « Saint-Denis », 93: two digits in the column of a code are those of a département.
    if let Some(departement) = departement_told(clue, reference) {
        let inside = |i: CommuneIx| reference.communes[i].departement == departement;
        return first(&inside).unwrap_or_default();
    }
    let there = if exact.iter().any(|&i| near(i)) { Vec::new() } else { narrowed(&loose, &near) };
    match (&there[..], &exact[..], &loose[..]) {
        ([_], _, _) => there,
        (_, [], [only]) => vec![*only],
        _ => exact,
    }
}

/// The code of a département in the column of a postal code or of a commune code: `93`, `2A`, `974`.
fn departement_told<'a>(clue: CommuneClue<'a>, reference: &Reference) -> Option<&'a str> {
    let known = reference.territories.get(&Level::Departement)?;
    let told =
        [clue.postcode, clue.code].into_iter().flatten().map(str::trim).filter(|text| (2..=3).contains(&text.len()));
    told.into_iter().find(|text| known.iter().any(|departement| departement.code == *text))
}

/// « Miquelon » for Miquelon-Langlade, « Valence d'Agen » for Valence: the one commune of the postal code whose name begins
/// the other, or is begun by it. A row with a commune code needs no such help.
fn longer_or_shorter(
    name: &str,
    served: &[CommuneIx],
    clue: CommuneClue<'_>,
    reference: &Reference,
) -> Option<Vec<CommuneIx>> {
    let said = fold_place(name);
    if clue.code.is_some() || said.len() < 3 {
        return None;
    }
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    let alike = |i: &CommuneIx| {
        let known = fold_place(&reference.communes[*i].name);
        begins(&known, &said) || begins(&said, &known)
    };
    let alike: Vec<CommuneIx> = served.iter().copied().filter(alike).collect();
    (alike.len() == 1).then_some(alike)
}

/// « Ville de Guéret », « Commune d'Ajain » → the town.
fn without_title(name: &str) -> &str {
    let lower = name.to_lowercase();
    let titles =
        ["ville de ", "ville d'", "ville d’", "commune de ", "commune d'", "commune d’", "mairie de ", "mairie d'"];
    let title = titles.iter().find(|title| lower.starts_with(**title));
    title.and_then(|title| name.get(title.len()..)).unwrap_or(name)
}

/// « 23000 Guéret », « 23096 Guéret » in the column of the commune: the number is its postal code or its code where the row
/// has no other.
pub(super) fn with_number_apart<'a>(clue: CommuneClue<'a>, reference: &Reference) -> CommuneClue<'a> {
    let parts = clue.name.and_then(|name| name.trim().split_once(' '));
    let Some((number, name)) =
        parts.filter(|(number, _)| number.len() == 5 && number.bytes().all(|b| b.is_ascii_digit()))
    else {
        return clue;
    };
    let clue = CommuneClue { name: Some(name), ..clue };
    let is_postcode = !reference.places.by_postcode(number).is_empty();
    match (clue.postcode, clue.code) {
        (None, _) if is_postcode => CommuneClue { postcode: Some(number), ..clue },
        (_, None) if !is_postcode => CommuneClue { code: Some(number), ..clue },
        _ => clue,
    }
}

/// « MARSEILLE 11 », « Paris 16e », « LYON 3EME » → the city.
fn without_number(name: &str) -> &str {
    name.split_once(|c: char| c.is_ascii_digit()).map_or(name, |(city, _)| city.trim())
}
