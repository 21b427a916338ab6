//! A commune at one end of a longer text: an address, « mairie de Bondy ».

use crate::atlas::Atlas;
use crate::atlas::places::{LINKS, Likeness};
use crate::domain::CommuneIx;

use super::kinds::{BUILDINGS, INSIDE_A_NAME, LANDS, STREETS, begins_with_article, is_a_named_place};
use super::phrase::{Phrase, Word, folded, written, written_before};
use super::{Meaning, Meant, Remark, everyday, names, venues};

/// A commune of so many inhabitants at the end of words that nobody understood is a town, and no part of a longer name.
const A_TOWN: u32 = 10_000;
/// A place in a town seldom bears the name of another town, if that is not large.
const A_CITY: u32 = 20_000;
/// Who begins with a commune of fewer inhabitants may be naming a hamlet.
const A_VILLAGE: u32 = 2_000;
/// A town named beside one so near is a suburb that is told from its namesakes.
const NEARBY_M: f64 = 30_000.0;

/// The commune that the text ends with, else begins with.
pub fn commune_at_an_end(atlas: &Atlas, phrase: &Phrase) -> Option<Meaning> {
    let words = &phrase.words;
    if let Some(known) = known_by_the_rest(atlas, words) {
        return Some(known);
    }
    let is_number = |word: &Word| word.folded.starts_with(|c: char| c.is_ascii_digit());
    let street = words.iter().position(|word| is_number(word) || STREETS.contains(&word.folded.as_str()));
    let mut only_a_street = None;
    for at in 1..words.len() {
        let (left, name) = words.split_at(at);
        let before = left[left.len() - 1].folded.as_str();
        // « du mans » would be Le Mans, and is no name.
        if LINKS.contains(&name[0].folded.as_str()) && !begins_with_article(&name[0]) {
            continue;
        }
        if INSIDE_A_NAME.contains(&before) && !name[0].after_a_pause {
            continue;
        }
        let Some(found) = exactly(atlas, name) else { continue };
        // « 12 avenue de Paris » ends with the name of an avenue; « mairie de Bondy » with that of a town.
        let after_link = LINKS.contains(&before) && !name[0].after_a_pause;
        let in_street = street.is_some_and(|street| street < at);
        let first = town_first(atlas, words, at, street);
        // « Grand Place Lille »: the street is named, and the town follows.
        let named = at > 1 && is_great(&words[at - 2]);
        if in_street && first.is_none() && (after_link || STREETS.contains(&before) && !named) {
            only_a_street.get_or_insert(found);
            continue;
        }
        if let Some((town, until)) = first {
            let rest = &words[until..];
            // « Guéret 12 avenue de Paris »: what follows the town is an address in it.
            return Some(if in_street {
                town.saying(Remark::LeftOut(written(rest)))
            } else {
                of_two(atlas, words, (town, until), (found, at))
            });
        }
        let asks = found.asks || !is_sure(atlas, &found, left, name);
        let found = Meaning { asks, ..found };
        return Some(if asks && is_a_named_place(words) {
            // Nobody means the Saint-Antoine that is a part of another commune by its hospital.
            let today = atlas.places().called(&folded(name)).into_iter();
            let today = today.filter(|likely| likely.likeness <= Likeness::WithoutArticle);
            unknown_place(atlas, words, today.map(|likely| Meant::Commune(likely.commune)).collect())
        } else {
            // « Mairie de » says no more than « Mairie ».
            beside_a_neighbour(atlas, left, found).saying(Remark::LeftOut(written_before(left)))
        });
    }
    for at in (1..words.len()).rev() {
        let (name, left) = words.split_at(at);
        let ends = left[0].after_a_pause || street == Some(at);
        if let Some(found) = ends.then(|| exactly(atlas, name)).flatten() {
            return Some(found.saying(Remark::LeftOut(written(left))));
        }
    }
    if let Some(found) = only_a_street {
        return Some(Meaning { asks: true, ..found }.saying(Remark::StreetOnly));
    }
    if is_a_named_place(words) {
        // « Gare de Lille Flandres »: what the place is called after its kind may begin with the town.
        let rest = words.iter().skip(1).position(|word| !LINKS.contains(&word.folded.as_str()))? + 1;
        let town = (rest + 1..words.len()).rev().find_map(|until| {
            let city = exactly(atlas, &words[rest..until])?;
            (rest > 1 && largest(atlas, &city) >= A_TOWN)
                .then(|| city.saying(Remark::LeftOut(written(&words[until..]))))
        });
        return town.or_else(|| Some(unknown_place(atlas, words, Vec::new())));
    }
    // The town may be misspelt, the street hardly matters.
    let is_after_the_name = |at: usize| {
        let before = words[at - 1].folded.as_str();
        street.is_some_and(|street| street + 1 < at) && !LINKS.contains(&before) || words[at].after_a_pause
    };
    (1..words.len()).filter(|at| street.is_some() && is_after_the_name(*at)).find_map(|at| {
        let (left, name) = words.split_at(at);
        let text = folded(name);
        let near = atlas.places().resembling(&text);
        let near =
            near.iter().find(|near| near.likeness == Likeness::Slips(1) && near.score > 8.0 && text.len() > 4)?;
        let meaning = Meaning::one(Meant::Commune(near.commune)).saying(Remark::Resembles);
        Some(meaning.saying(Remark::LeftOut(written(left))))
    })
}

/// « Villejuif Louis Aragon », « Rennes Saint-Jacques »: the town that the text begins with, and where its name ends, when what
/// follows is a quarter, a station or a street of it. A hamlet is no town, and after a comma the town comes last.
fn town_first(atlas: &Atlas, words: &[Word], at: usize, street: Option<usize>) -> Option<(Meaning, usize)> {
    if is_a_named_place(words) || street.is_some_and(|street| street == 0) || words[at].after_a_pause {
        return None;
    }
    let most = street.map_or(at, |street| street.min(at));
    (1..=most).rev().find_map(|until| {
        let next = words[until].folded.as_str();
        let ends = !LINKS.contains(&next) && !INSIDE_A_NAME.contains(&next) || begins_with_article(&words[until]);
        // « Grande Rue Besançon » begins with no town.
        let ends = ends && !(until == 1 && is_great(&words[0]));
        let town = ends.then(|| exactly(atlas, &words[..until])).flatten()?;
        // « Grand » is a village, and the first word of larger ones: nobody means them by it.
        let first = atlas.places().called(&folded(&words[..until])).into_iter().next();
        let whole = first.is_none_or(|first| first.likeness != Likeness::FirstWords) || largest(atlas, &town) >= A_CITY;
        (whole && largest(atlas, &town) >= A_VILLAGE).then_some((town, until))
    })
}

/// « Grand-Place », « Grande Rue »: the street has no name of its own.
fn is_great(word: &Word) -> bool {
    matches!(word.folded.as_str(), "grand" | "grande")
}

/// « Neuvic d'Ussel » ends with a town, and begins with a commune near it: that is offered.
fn beside_a_neighbour(atlas: &Atlas, left: &[Word], mut found: Meaning) -> Meaning {
    let until = left.iter().rposition(|word| !LINKS.contains(&word.folded.as_str())).map_or(0, |last| last + 1);
    let point = |commune: CommuneIx| atlas.communes()[commune].point;
    let Some(here) = first_commune(&found).and_then(point).filter(|_| until < left.len()) else { return found };
    let near = |commune: CommuneIx| point(commune).is_some_and(|there| there.geodesic_to(here).value() < NEARBY_M);
    let called = atlas.places().called(&folded(&left[..until]));
    let whole = called.iter().filter(|likely| likely.likeness <= Likeness::Former && near(likely.commune));
    for neighbour in whole.map(|likely| Meant::Commune(likely.commune)).take(OFFERED_OF_EACH) {
        if !found.meant.contains(&neighbour) {
            found.meant.insert(1.min(found.meant.len()), neighbour);
        }
    }
    found
}

/// Two towns that one text names: that which stands first, unless the other is a city far from it; both are offered.
///
/// The name of the first ends, and that of the other begins, at these words.
fn of_two(atlas: &Atlas, words: &[Word], (town, until): (Meaning, usize), (other, at): (Meaning, usize)) -> Meaning {
    let (rest, before, name) = (&words[until..], &words[..at], &words[at..]);
    let point = |commune: CommuneIx| atlas.communes()[commune].point;
    let city = first_commune(&other);
    let beside = |meant: &Meant| match (meant, city) {
        (Meant::Commune(commune), Some(city)) if *commune != city => {
            let apart = point(*commune).zip(point(city)).map(|(a, b)| a.geodesic_to(b).value());
            apart.is_some_and(|apart| apart < NEARBY_M)
        }
        _ => false,
    };
    let mut town = town;
    // « Saint-Denis Paris »: of those who bear the name, the one beside the city; « Rennes Saint-Jacques » is about no other Rennes.
    if largest(atlas, &other) > largest(atlas, &town) {
        town.meant.sort_by_key(|meant| !beside(meant));
    }
    let near = town.meant.first().is_some_and(beside);
    let is_saint = |name: &[Word]| matches!(name[0].folded.as_str(), "saint" | "sainte");
    let larger = largest(atlas, &other) >= 5 * largest(atlas, &town) && !is_saint(name);
    // A suburb beside its city: nothing was left out.
    let left = Some(written(rest)).filter(|_| !near || rest.len() > name.len());
    let (first, second, left) =
        if larger && !near { (other, town, Some(written(before))) } else { (town, other, left) };
    let asks = first.asks && !near;
    let (mut lead, mut follow) = (first.meant.into_iter(), second.meant.into_iter());
    let heads = lead.next().into_iter().chain(follow.next());
    let meaning = Meaning { asks, ..Meaning::default() }.or_else_one_of(heads);
    let meaning = meaning.or_else_one_of(lead.take(OFFERED_OF_EACH).chain(follow.take(OFFERED_OF_EACH)));
    match left {
        Some(left) => meaning.saying(Remark::LeftOut(left)),
        None => meaning,
    }
}

/// Namesakes of each of two towns that are offered.
const OFFERED_OF_EACH: usize = 2;

/// Whether the town at the end was surely meant: it is large, or the words before it are an address, a building or a way to say
/// where something is. « Savoie Mont Blanc » is not the village of Le Blanc.
fn is_sure(atlas: &Atlas, found: &Meaning, left: &[Word], name: &[Word]) -> bool {
    let before = left[left.len() - 1].folded.as_str();
    let inhabitants = largest(atlas, found);
    let text = folded(name);
    let whole = || {
        let first = atlas.places().called(&text).into_iter().next();
        first.is_none_or(|first| first.likeness == Likeness::Same)
    };
    if name[0].after_a_pause {
        return true;
    }
    if is_a_named_place(left) {
        // « Clinique du Parc » is in no village called Le Parc, « hôpital Saint-Antoine » in none of that name.
        let is_saint = matches!(name[0].folded.as_str(), "saint" | "sainte");
        return inhabitants >= A_CITY && !is_saint || matches!(before, "de" | "d" | "a") && whole();
    }
    let is_known = |word: &Word| {
        let word = word.folded.as_str();
        STREETS.contains(&word) || BUILDINGS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
    };
    // « Pays de Caux » is no village of the Hérault.
    let is_land = left.iter().any(|word| LANDS.contains(&word.folded.as_str()));
    // « La Saline-les-Bains » is another place than Bains.
    let link = LINKS.contains(&before) && !begins_with_article(&left[left.len() - 1]);
    inhabitants >= A_TOWN || left.iter().any(is_known) || link && whole() && !is_land
}

/// « Métro Châtelet », « place de la Bastille »: a place that is called after a quarter that everybody knows.
fn known_by_the_rest(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let kind = words.first()?.folded.as_str();
    let rest = words.iter().skip(1).position(|word| !LINKS.contains(&word.folded.as_str()))? + 1;
    (is_a_named_place(words) || kind == "place").then(|| everyday::read(atlas, &words[rest..]))?
}

/// Venues whose names hold all the words, beside the town that the text begins or ends with: « Besançon Planoise » is a quarter, and
/// a part of the names of four venues.
pub fn beside_their_town(atlas: &Atlas, words: &[Word], venues: Meaning) -> Meaning {
    // « Croix-Rouge, Reims » begins with a town that none of them is in.
    let are_in = |town: &CommuneIx| {
        let is_in = |meant: &Meant| matches!(meant, Meant::Venue(venue) if atlas.venue_commune(*venue) == Some(*town));
        venues.meant.iter().any(is_in)
    };
    let town = |words: &[Word]| {
        let town = exactly(atlas, words)?;
        first_commune(&town).filter(|first| atlas.places().population(*first) >= A_VILLAGE && are_in(first))
    };
    let first = (1..words.len()).rev().find_map(|at| Some((town(&words[..at])?, &words[at..])));
    let last = || (1..words.len()).find_map(|at| Some((town(&words[at..])?, &words[..at])));
    // « Reims Croix-Rouge » is a quarter, and « Bordeaux Saint-Michel » no library « Capucins / Saint-Michel »: a venue is meant
    // where the name that was typed begins as its own does.
    let begins = |rest: &[Word]| {
        let Some(Meant::Venue(venue)) = venues.meant.first() else { return false };
        venues::begins_with(&atlas.venues()[*venue].name, rest)
    };
    match first.map(|first| (first, venues.asks)).or_else(|| Some((last()?, false))) {
        Some(((town, rest), asks)) if asks || !begins(rest) => {
            let meaning = Meaning::one(Meant::Commune(town)).saying(Remark::LeftOut(written_before(rest)));
            meaning.or_else_one_of(venues.meant)
        }
        Some(((town, _), _)) => venues.or_else_one_of([Meant::Commune(town)]),
        None => venues,
    }
}

/// A place in a town that nobody told us of: it is asked where that is, and what resembles it is offered.
fn unknown_place(atlas: &Atlas, words: &[Word], others: Vec<Meant>) -> Meaning {
    let meant = venues::named(atlas, words).map_or_else(Vec::new, |named| named.meant);
    let meaning = Meaning { asks: true, meant, ..Meaning::default() }.or_else_one_of(others);
    meaning.saying(Remark::UnknownPlace(written(words)))
}

fn first_commune(meaning: &Meaning) -> Option<CommuneIx> {
    meaning.meant.iter().find_map(|meant| if let Meant::Commune(commune) = meant { Some(*commune) } else { None })
}

/// Inhabitants of the first reading: those of an arrondissement are those of its city.
fn largest(atlas: &Atlas, meaning: &Meaning) -> u32 {
    match meaning.meant.first() {
        Some(Meant::Commune(commune)) => atlas.places().population(*commune),
        Some(_) => u32::MAX,
        None => 0,
    }
}

/// « Ouessant, le bourg », « Sarliac centre »: the middle of a commune, in the words of those who live there.
pub fn its_middle(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let (last, before) = words.split_last()?;
    if !matches!(last.folded.as_str(), "bourg" | "centre" | "village") {
        return None;
    }
    let named = before.iter().rposition(|word| !LINKS.contains(&word.folded.as_str()))?;
    let (name, left) = words.split_at(named + 1);
    Some(names::called(atlas, &folded(name))?.saying(Remark::LeftOut(written(left))))
}

/// « 6 rue de la Mairie »: a street that stands in every other commune is no misspelt village.
pub fn only_a_street(phrase: &Phrase) -> Option<Meaning> {
    let mut words = phrase.words.iter().skip_while(|word| word.folded.starts_with(|c: char| c.is_ascii_digit()));
    let street = words.next().is_some_and(|word| STREETS.contains(&word.folded.as_str())) && words.next().is_some();
    street.then(|| Meaning { asks: true, ..Meaning::default() }.saying(Remark::StreetOnly))
}

/// « Béziers sud », « Cajarc sur Lot »: the commune that the text begins with, when nothing else was understood. It is asked about
/// where its name is no more than the beginning of another: « Croix de Chavaux », « Vallée de la Maurienne ».
pub fn commune_first(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    (1..words.len()).rev().find_map(|at| {
        let (name, left) = words.split_at(at);
        let found = exactly(atlas, name)?;
        let first = atlas.places().called(&folded(name)).into_iter().next();
        let link = LINKS.contains(&left[0].folded.as_str()) && !begins_with_article(&left[0]);
        let begins = link && !left[0].after_a_pause && largest(atlas, &found) < A_CITY;
        let asks = found.asks || begins || first.is_some_and(|first| first.likeness == Likeness::FirstWords);
        Some(Meaning { asks, ..found }.saying(Remark::LeftOut(written(left))))
    })
}

/// What these words name, and no less than all of it.
fn exactly(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    if let Some(found) = names::arrondissement(atlas, words) {
        return Some(found);
    }
    let text = folded(words);
    let likely = atlas.places().called(&text);
    let whole =
        likely.iter().any(|l| matches!(l.likeness, Likeness::Same | Likeness::Former | Likeness::WithoutArticle));
    let large = likely.first().is_some_and(|l| atlas.places().population(l.commune) >= 20_000 && text.len() >= 3);
    (whole || large).then(|| names::called(atlas, &text))?
}
