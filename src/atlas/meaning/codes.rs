//! A code, alone or beside a name.

use crate::atlas::Atlas;
use crate::atlas::places::arrondissements;
use crate::domain::{CommuneCode, CommuneIx, Level};

use super::phrase::{Phrase, Word, folded, written};
use super::{Meaning, Meant, Remark, address, cedex, everyday, islands, names, territory};

/// `44000`, `44 000`, `44041`, `93`, `2A`, `974`.
pub fn alone(atlas: &Atlas, phrase: &Phrase) -> Option<Meaning> {
    let Some(code) = &phrase.code else {
        let [word] = phrase.words.as_slice() else { return None };
        let short = word.folded.to_uppercase();
        let short = if short.len() == 1 { format!("0{short}") } else { short };
        return territory::by_code(atlas, Level::Departement, &short).map(Meaning::one);
    };
    if !phrase.words.is_empty() {
        return None;
    }
    let of_the_code = of_code(atlas, code);
    // Nearly every CEDEX code is also the INSEE code of some village: 44041 is written by who means Nantes.
    if let Some(Meant::Commune(village)) = of_the_code
        && atlas.places().population(village) < KNOWN_BY_ITS_CODE
        && let Some(mut cedex) = cedex::read(atlas, code)
    {
        cedex.meant.retain(|meant| *meant != Meant::Commune(village));
        cedex.meant.insert(1.min(cedex.meant.len()), Meant::Commune(village));
        return Some(cedex);
    }
    of_the_code.map(Meaning::one).or_else(|| cedex::read(atlas, code))
}

/// Who types the INSEE code of a commune of so many inhabitants means it.
const KNOWN_BY_ITS_CODE: u32 = 50_000;

/// A postal code comes before a commune code: people know the former.
fn of_code(atlas: &Atlas, code: &str) -> Option<Meant> {
    let places = atlas.places();
    // 13210 is the INSEE code of the 10th of Marseille, and the postal code of Saint-Rémy-de-Provence.
    if let Some(arrondissement) = arrondissements::of_code(code)
        && let Some(town) = places.by_code(arrondissements::town_code(arrondissement))
        && places.by_postcode(code).iter().all(|served| *served == town)
    {
        return Some(Meant::Arrondissement(arrondissement));
    }
    let communes = places.search(code, usize::MAX);
    match communes.as_slice() {
        [] => None,
        [only] if places.by_postcode(code).is_empty() => Some(Meant::Commune(*only)),
        _ => Some(Meant::Postcode(code.to_owned(), communes)),
    }
}

/// `75775 Paris Cedex 16`, `Lyon Cedex 03`: the number after « Cedex » is that of the arrondissement.
pub fn office(atlas: &Atlas, phrase: &Phrase) -> Option<Meaning> {
    let town = phrase.words.last().map(|word| word.folded.as_str())?;
    let arrondissement = arrondissements::of_town(town, phrase.office?)?;
    atlas.places().by_code(arrondissements::town_code(arrondissement))?;
    let left = written(&phrase.words[..phrase.words.len() - 1]);
    let meaning = Meaning::one(Meant::Arrondissement(arrondissement));
    Some(if left.is_empty() { meaning } else { meaning.saying(Remark::LeftOut(left)) })
}

/// `24420 Sarliac-sur-l'Isle`, in either order, with a street or not.
pub fn with_words(atlas: &Atlas, phrase: &Phrase) -> Option<Meaning> {
    let code = phrase.code.as_deref()?;
    let words = &phrase.words;
    let of_the_code = of_code(atlas, code);
    if let Some(Meant::Arrondissement(arrondissement)) = of_the_code {
        let town = arrondissement.town.to_lowercase();
        if let Some(at) = words.iter().position(|word| word.folded == town) {
            let rest = &words[..at];
            let meaning = Meaning::one(Meant::Arrondissement(arrondissement));
            return Some(if rest.is_empty() { meaning } else { meaning.saying(Remark::LeftOut(written(rest))) });
        }
    }
    if let Some(Meant::Postcode(_, communes)) = &of_the_code
        && let Some(meaning) = named_among(atlas, phrase, communes)
    {
        return Some(meaning);
    }
    if let Some(Meant::Commune(commune)) = of_the_code {
        // The code of a commune beside its name; beside another, as in « 44041 Nantes », it is one of the post.
        if let Some(meaning) = named_among(atlas, phrase, &[commune]) {
            return Some(meaning);
        }
    }
    // « 87000 Haute-Vienne », « 75016 Passy »: the département or the quarter that the code is in.
    if let Some(meant) = &of_the_code
        && is_around(atlas, words, meant)
    {
        // « 83400 Porquerolles »: the town hall of the code is across the water.
        let island = islands::is_one(&folded(words)).then(|| everyday::read(atlas, words)).flatten();
        return island.or_else(|| of_the_code.map(Meaning::one));
    }
    let of_the_code = of_the_code.filter(|meant| !(phrase.cedex && matches!(meant, Meant::Commune(_))));
    // No commune of this name has this code: the name leads, in the département of the code first.
    let named = names::called(atlas, &folded(words)).or_else(|| address::commune_at_an_end(atlas, phrase));
    // « 97715 Saint-Denis Messag Cedex 9 »: the town, and what the post calls its office.
    let named = named.or_else(|| phrase.cedex.then(|| address::commune_first(atlas, words)).flatten());
    let departement = departement_of(atlas, code);
    // « 12 rue de Paris 93140 »: the only town named is in the name of a street, and the code says where that is. A code that
    // a village is numbered with may be one of the post.
    if let (Some(of_the_code), Some(named)) = (&of_the_code, &named)
        && named.remarks.contains(&Remark::StreetOnly)
    {
        let asks = matches!(of_the_code, Meant::Commune(_));
        let meaning = Meaning::one(of_the_code.clone()).saying(Remark::LeftOut(written(words)));
        return Some(Meaning { asks, ..meaning.or_else_one_of(named.meant.clone()) });
    }
    if let Some(mut named) = named {
        let inside = |meant: &Meant| match (meant, departement) {
            (Meant::Commune(commune), Some(code)) => atlas.communes()[*commune].departement == code,
            _ => false,
        };
        if named.meant.iter().any(inside) {
            named.meant.sort_by_key(|meant| !inside(meant));
            named.asks = false;
            // A code that only a village is numbered with is most likely one of the post, and contradicts nobody.
            let known = matches!(of_the_code, Some(Meant::Postcode(..) | Meant::Arrondissement(_)));
            let named = named.or_else_one_of(of_the_code);
            return Some(if known { named.saying(Remark::OtherCode(code.to_owned())) } else { named });
        }
        let meaning = Meaning { asks: named.asks || of_the_code.is_some(), ..named };
        let code_leads = of_the_code.into_iter().chain(meaning.meant.clone()).collect();
        return Some(Meaning { meant: code_leads, ..meaning }.saying(Remark::OtherCode(code.to_owned())));
    }
    // « 92931 Paris La Défense Cedex »: a code of the post, and a quarter that everybody knows.
    if of_the_code.is_none()
        && let Some(quarter) = everyday::read(atlas, words)
    {
        return Some(quarter);
    }
    let meaning = of_the_code.map(Meaning::one).or_else(|| cedex::read(atlas, code))?;
    Some(meaning.saying(Remark::LeftOut(written(words))))
}

/// Whether the words name a territory around what a code is, or a quarter that is a part of it.
fn is_around(atlas: &Atlas, words: &[Word], meant: &Meant) -> bool {
    let town = match meant {
        Meant::Commune(commune) => Some(*commune),
        Meant::Postcode(_, communes) => communes.first().copied(),
        Meant::Arrondissement(of) => atlas.places().by_code(arrondissements::town_code(of)),
        _ => None,
    };
    everyday::is_in(atlas, words, meant) || town.is_some_and(|town| territory::is_in(atlas, words, town))
}

/// The commune of the code whose name stands among the words, or nearly.
fn named_among(atlas: &Atlas, phrase: &Phrase, communes: &[CommuneIx]) -> Option<Meaning> {
    let words = &phrase.words;
    let all = folded(words);
    let mut best: Option<(usize, CommuneIx, usize, usize)> = None;
    for &commune in communes {
        for name in names::spellings(atlas, commune) {
            let length = name.split(' ').count();
            let whole = |at: &usize| folded(&words[*at..*at + length]) == name;
            let at = (0..(words.len() + 1).saturating_sub(length)).rev().find(whole);
            if let Some(at) = at.filter(|_| best.is_none_or(|(longest, ..)| length > longest)) {
                best = Some((length, commune, at, at + length));
            }
        }
    }
    if let Some((_, commune, from, to)) = best {
        let left: Vec<_> = words[..from].iter().chain(&words[to..]).cloned().collect();
        let left = written(&left);
        let meaning = Meaning::one(Meant::Commune(commune));
        return Some(if left.is_empty() { meaning } else { meaning.saying(Remark::LeftOut(left)) });
    }
    if let Some(meaning) = begun_among(atlas, words, communes) {
        return Some(meaning);
    }
    let likely = |likely: &crate::atlas::places::Likely| communes.contains(&likely.commune);
    let places = atlas.places();
    let guess = places.called(&all).into_iter().find(likely);
    let guess = guess.or_else(|| places.completed(&all).into_iter().find(likely));
    let guess = guess.or_else(|| places.resembling(&all).into_iter().find(likely))?.commune;
    let others = communes.iter().copied().filter(|other| *other != guess).map(Meant::Commune);
    Some(Meaning::one(Meant::Commune(guess)).saying(Remark::Resembles).or_else_one_of(others))
}

/// « Lieu-dit Le Bourg 24420 Sarliac »: the one commune of the code whose name begins with the words at an end.
fn begun_among(atlas: &Atlas, words: &[Word], communes: &[CommuneIx]) -> Option<Meaning> {
    let lengths = 1..words.len();
    let ends = lengths.rev().flat_map(|length| [words.len() - length..words.len(), 0..length]);
    ends.filter(|range| folded(&words[range.clone()]).len() >= 5).find_map(|range| {
        let text = folded(&words[range.clone()]);
        let begins = |name: &String| name.strip_prefix(&text).is_some_and(|rest| rest.starts_with(' '));
        let mut begun = communes.iter().filter(|commune| names::spellings(atlas, **commune).iter().any(begins));
        let commune = begun.next().copied().filter(|_| begun.next().is_none())?;
        let left: Vec<_> = words[..range.start].iter().chain(&words[range.end..]).cloned().collect();
        let meaning = Meaning::one(Meant::Commune(commune)).saying(Remark::LeftOut(written(&left)));
        let others = communes.iter().copied().filter(|other| *other != commune).map(Meant::Commune);
        Some(meaning.or_else_one_of(others))
    })
}

/// The département most postal codes of these first figures are in.
fn departement_of<'a>(atlas: &'a Atlas, code: &str) -> Option<&'a str> {
    if let Some(&ordinal) = atlas.places().by_postcode(code).first() {
        return Some(&atlas.communes()[ordinal].departement);
    }
    // 977 is the code of Saint-Barthélemy, whose post has 97133, and stands on letters to La Réunion.
    if code.starts_with("977") {
        return atlas.territory(Level::Departement, "974").map(|territory| territory.code.as_str());
    }
    let length = if code.starts_with("97") || code.starts_with("98") { 3 } else { 2 };
    let code = CommuneCode::parse(code)?;
    let first = &code.as_str()[..length];
    let known = atlas.territory(Level::Departement, first).map(|territory| territory.code.as_str());
    // Corsica has 20000 to 20299, and no département 20.
    known.or_else(|| (first == "20").then(|| if code.as_str() < "20200" { "2A" } else { "2B" }))
}
