//! « CAF Bobigny », « mairie Sarliac », « gare de Juvisy »: what people look for in a town, and the town.

use crate::atlas::Atlas;
use crate::domain::Level;

use super::phrase::{Word, folded, written};
use super::{Meaning, Meant, Remark, everyday, intercommunal, names, territory, venues};

/// Public bodies and what stands in most towns, as people write them, folded.
const BODIES: [&str; 64] = [
    "assurance maladie",
    "bibliotheque",
    "bureau de poste",
    "caf",
    "caisse d allocations familiales",
    "caisse primaire d assurance maladie",
    "carsat",
    "ccas",
    "centre communal d action sociale",
    "centre des finances publiques",
    "centre des impots",
    "centre social",
    "cias",
    "commissariat",
    "conseil departemental",
    "conseiller numerique",
    "conseillers numeriques",
    "cpam",
    "croix rouge",
    "cyber base",
    "cyberbase",
    "emmaus",
    "epn",
    "espace france services",
    "espace numerique",
    "espace public numerique",
    "finances publiques",
    "france services",
    "france travail",
    "gendarmerie",
    "hotel de ville",
    "hotel des impots",
    "impots",
    "la poste",
    "mairie",
    "mairie annexe",
    "maison de justice",
    "maison de quartier",
    "maison de services au public",
    "maison des solidarites",
    "maison france services",
    "mdph",
    "mds",
    "mediatheque",
    "mission locale",
    "mjc",
    "msa",
    "msap",
    "pmi",
    "point justice",
    "point numerique",
    "pole emploi",
    "police",
    "poste",
    "prefecture",
    "restos du coeur",
    "secours catholique",
    "secours populaire",
    "secu",
    "securite sociale",
    "sous prefecture",
    "tiers lieu",
    "tribunal",
    "urssaf",
];

/// Where trains and buses stop.
const STOPS: [&str; 9] =
    ["arret", "gare", "gare routiere", "gare sncf", "gare tgv", "halte", "metro", "rer", "station de metro"];

/// « Métro Bobigny Pablo Picasso »: a stop without « de » bears the name of a town of so many inhabitants, or of anything.
const A_TOWN: u32 = 10_000;

/// Words that say what for or from where, and no place: whoever types them alone is asked for the town.
const NO_PLACE: [&str; 14] = [
    "aide",
    "aide numerique",
    "bonjour",
    "chez moi",
    "domicile",
    "gare",
    "ici",
    "informatique",
    "internet",
    "je ne sais pas",
    "la gare",
    "ordinateur",
    "pres de chez moi",
    "wifi",
];

/// « CAF », « chez moi »: what is looked for, without a town, is no slip of a village's name. Venues that are called so are offered.
pub fn without_a_town(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let text = folded(words);
    let is_one = NO_PLACE.contains(&text.as_str()) || BODIES.contains(&text.as_str());
    if !is_one || !atlas.places().by_name(&text).is_empty() {
        return None;
    }
    let venues = if NO_PLACE.contains(&text.as_str()) { None } else { venues::named(atlas, words) };
    let meant = venues.map_or_else(Vec::new, |named| named.meant);
    Some(Meaning { asks: true, meant, ..Meaning::default() }.saying(Remark::UnknownPlace(written(words))))
}

/// The town, département or arrondissement beside a body or a stop. The rest is said not to have been looked at.
pub fn in_a_town(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let splits = || (1..words.len()).rev().map(|at| words.split_at(at));
    let body = |part: &[Word]| BODIES.contains(&folded(part).as_str());
    if let Some((head, tail)) = splits().find(|(head, _)| STOPS.contains(&folded(head).as_str())) {
        return of_a_stop(atlas, head, tail);
    }
    let before = splits().find(|(head, _)| body(head));
    let (left, rest) = before.or_else(|| splits().map(|(head, tail)| (tail, head)).find(|(tail, _)| body(tail)))?;
    let rest = without_links(rest);
    let whole = ways(&rest).find_map(|words| place(atlas, words));
    let meaning = whole.or_else(|| {
        let text = |words: &[Word]| Some(folded(words)).filter(|text| !text.contains(|c: char| c.is_ascii_digit()));
        ways(&rest).find_map(|words| names::slip_of_a_town(atlas, &text(words)?))
    });
    Some(meaning?.saying(Remark::LeftOut(written(left))))
}

/// « Gare de Juvisy », « gare de Massy Palaiseau »: the town after which a stop is called. That of a saint, as in « gare
/// Saint-Denis », is more often a place in a town.
fn of_a_stop(atlas: &Atlas, stop: &[Word], named: &[Word]) -> Option<Meaning> {
    let rest = without_links(named);
    let link = rest.len() < named.len() || rest[..] != *named;
    if !link && matches!(rest[0].folded.as_str(), "saint" | "sainte") {
        return None;
    }
    let is_large = |meaning: &Meaning| match meaning.meant.first() {
        Some(Meant::Commune(commune)) => atlas.places().population(*commune) >= A_TOWN,
        _ => true,
    };
    if let Some(whole) = ways(&rest).find_map(|words| place(atlas, words)).filter(|meaning| link || is_large(meaning)) {
        return Some(whole.saying(Remark::LeftOut(written(stop))));
    }
    (1..rest.len()).rev().find_map(|until| {
        let (town, after) = rest.split_at(until);
        let meaning = names::called(atlas, &folded(town)).filter(is_large)?;
        let other = names::called(atlas, &folded(after)).and_then(|other| other.meant.into_iter().next());
        Some(meaning.or_else_one_of(other).saying(Remark::LeftOut(written(after))))
    })
}

/// What follows « de »; after « du » and « des » with the article that is in them.
fn without_links(words: &[Word]) -> Vec<Word> {
    let links = words.iter().take_while(|word| matches!(word.folded.as_str(), "a" | "d" | "de" | "en")).count();
    let mut rest = words[links.min(words.len() - 1)..].to_vec();
    match rest[0].folded.as_str() {
        "au" | "du" => "le".clone_into(&mut rest[0].folded),
        "aux" | "des" => "les".clone_into(&mut rest[0].folded),
        _ => {}
    }
    rest
}

/// The words, and the words without their article.
fn ways(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    let article = words.len() > 1 && matches!(words[0].folded.as_str(), "l" | "la" | "le" | "les");
    [words, &words[usize::from(article)..]].into_iter().take(1 + usize::from(article))
}

/// What the words beside a body name.
fn place(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let text = folded(words);
    if let [word] = words {
        // « Mairie du 13e » is one of three towns, « caf 93 » that of a département.
        let of_a_town = word.folded.contains(char::is_alphabetic).then(|| names::of_some_town(atlas, word)).flatten();
        let numbered = || territory::by_code(atlas, Level::Departement, &text.to_uppercase()).map(Meaning::one);
        if let Some(found) = of_a_town.or_else(numbered) {
            return Some(found);
        }
    }
    if text.len() < 3 {
        return None;
    }
    names::arrondissement(atlas, words)
        .or_else(|| everyday::read(atlas, words))
        .or_else(|| territory::asked_for(atlas, words))
        .or_else(|| intercommunal::named(atlas, words))
        .or_else(|| names::called(atlas, &text))
        .or_else(|| territory::named_inside(atlas, words, false))
        .or_else(|| names::holding(atlas, &text))
}
