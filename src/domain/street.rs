//! The words of an address: number, suffix, and the street as words that can be compared.

use super::text::fold_place;

/// An address as far as it can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Number of the house.
    pub number: Option<u32>,
    /// What follows the number: `bis`, `a`.
    pub suffix: String,
    /// Words of the street, without those that tell nothing.
    pub street: Vec<String>,
}

/// Words that tell nothing of a street.
const SMALL_WORDS: [&str; 17] =
    ["de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux", "en", "sur", "sous", "n", "no"];

/// Kinds of ways, short and long, sorted by what is written. The list is that of the abbreviations of the norm AFNOR XPZ 10-011 (2013) that
/// occur in the lists we read.
const KINDS: [(&str, &str); 38] = [
    ("all", "allee"),
    ("allee", "allee"),
    ("allees", "allee"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("avenue", "avenue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("boul", "boulevard"),
    ("boulevard", "boulevard"),
    ("ch", "chemin"),
    ("che", "chemin"),
    ("chem", "chemin"),
    ("chemin", "chemin"),
    ("cour", "cour"),
    ("cours", "cours"),
    ("crs", "cours"),
    ("esp", "esplanade"),
    ("esplanade", "esplanade"),
    ("faubourg", "faubourg"),
    ("fbg", "faubourg"),
    ("imp", "impasse"),
    ("impasse", "impasse"),
    ("pass", "passage"),
    ("passage", "passage"),
    ("pl", "place"),
    ("place", "place"),
    ("prom", "promenade"),
    ("promenade", "promenade"),
    ("quai", "quai"),
    ("r", "rue"),
    ("route", "route"),
    ("rte", "route"),
    ("rue", "rue"),
    ("sq", "square"),
    ("square", "square"),
    ("voie", "voie"),
];

/// Titles, short and long, of the same norm.
const TITLES: [(&str, &str); 12] = [
    ("cdt", "commandant"),
    ("col", "colonel"),
    ("cne", "capitaine"),
    ("dr", "docteur"),
    ("gal", "general"),
    ("gen", "general"),
    ("lt", "lieutenant"),
    ("mal", "marechal"),
    ("me", "maitre"),
    ("pdt", "president"),
    ("pres", "president"),
    ("prof", "professeur"),
];

/// The kind of way a word is, in full: `avenue` for `av`.
#[must_use]
pub fn kind(word: &str) -> Option<&'static str> {
    KINDS.binary_search_by(|(short, _)| (*short).cmp(word)).ok().map(|at| KINDS[at].1)
}

/// The words of a street, with kinds and titles in full and small words left out.
#[must_use]
pub fn words(street: &str) -> Vec<String> {
    street_words(fold_place(street).split(' '))
}

fn street_words<'t>(words: impl Iterator<Item = &'t str>) -> Vec<String> {
    let long = |word: &str| {
        let title = TITLES.iter().find(|(short, _)| *short == word).map(|(_, long)| *long);
        kind(word).or(title).unwrap_or(word).to_owned()
    };
    let words = words.filter(|word| !word.is_empty() && !SMALL_WORDS.contains(word));
    // One letter is a kind of way in the first place alone, then an initial: « r. R. Salengro ».
    words.enumerate().map(|(at, word)| if at > 0 && word.len() == 1 { word.to_owned() } else { long(word) }).collect()
}

/// Reads an address. The postal code and what follows it, boxes, and the name of the commune at the end are left out;
/// so is what stands before the number, such as the name of the house.
#[must_use]
pub fn read(text: &str, commune: &str) -> Address {
    let spaced = apart(text);
    let folded = fold_place(&spaced);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if let Some(end) = words.iter().position(|word| word.len() == 5 && is_number(word)) {
        words.truncate(end);
    }
    if let Some(end) = words.windows(2).position(|pair| matches!(pair[0], "bp" | "cs" | "tsa") && is_number(pair[1])) {
        words.drain(end..end + 2);
    }
    let place = fold_place(commune);
    let place: Vec<&str> = place.split(' ').collect();
    if words.len() > place.len() + 1 && words.ends_with(&place) {
        words.truncate(words.len() - place.len());
    }
    let house = words.iter().position(|word| word.len() <= 4 && is_number(word));
    // A number after the words of the street is that of a date: « place du 8 mai 1945 ».
    let first_kind = words.iter().position(|word| word.len() > 1 && kind(word).is_some());
    let house = house.filter(|at| first_kind.is_none_or(|kind| *at < kind) && (first_kind.is_some() || *at == 0));
    let mut address = Address::default();
    let Some(house) = house else {
        address.street = street_words(words[first_kind.unwrap_or_default()..].iter().copied());
        return address;
    };
    address.number = words[house].parse().ok();
    let mut rest = &words[house + 1..];
    // « 12-14 », « 12 à 14 »: the first house stands for the row.
    while let [word, more @ ..] = rest {
        let is_suffix = matches!(*word, "bis" | "ter" | "quater" | "b" | "c" | "e" | "f" | "t" | "a")
            && more.first().is_some_and(|next| kind(next).is_some() || matches!(*word, "bis" | "ter" | "quater"));
        if is_suffix && address.suffix.is_empty() {
            (*word).clone_into(&mut address.suffix);
        } else if !(is_suffix
            || is_number(word) && word.len() <= 4
            || *word == "a" && more.first().is_some_and(|next| is_number(next)))
        {
            break;
        }
        rest = more;
    }
    let mut street = rest.to_vec();
    while street.len() > 1
        && street
            .last()
            .is_some_and(|w| matches!(*w, "bis" | "ter") || w.parse() == Ok(address.number.unwrap_or_default()))
    {
        street.pop();
    }
    address.street = street_words(street.into_iter());
    address
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Puts a space between digits and letters: « CONDORCET42300 », « 12bis », but not in « 1er » or « 11e ».
fn apart(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut previous = ' ';
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let boundary = previous.is_alphabetic() && c.is_ascii_digit()
            || previous.is_ascii_digit() && c.is_alphabetic() && !is_ordinal(&chars[at..]);
        if boundary {
            spaced.push(' ');
        }
        spaced.push(c);
        previous = c;
    }
    spaced
}

/// Whether letters after digits make an ordinal: `er`, `e`, `ème`, `nd`, followed by no letter.
fn is_ordinal(rest: &[char]) -> bool {
    let letters: String = rest.iter().take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect();
    matches!(letters.as_str(), "er" | "ere" | "ère" | "e" | "eme" | "ème" | "nd" | "nde")
}

/// How alike two streets are, 0 to 1: shared words over all words. Words one letter apart are shared, so are initials;
/// another kind of way is another street.
#[must_use]
pub fn likeness(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let (kind_a, kind_b) = (kind(&a[0]), kind(&b[0]));
    if kind_a.is_some() && kind_b.is_some() && kind_a != kind_b {
        return 0.0;
    }
    let mut left: Vec<&String> = b.iter().collect();
    let (mut shared, mut telling) = (0.0, false);
    for word in a {
        let best =
            left.iter().enumerate().map(|(at, other)| (at, same_word(word, other))).max_by(|x, y| x.1.total_cmp(&y.1));
        if let Some((at, alike)) = best.filter(|(_, alike)| *alike > 0.0) {
            left.remove(at);
            shared += alike;
            telling |= kind(word).is_none();
        }
    }
    if telling { 2.0 * shared / (a.len() + b.len()) as f64 } else { 0.0 }
}

fn same_word(a: &str, b: &str) -> f64 {
    let long = a.len().min(b.len()) >= 5 && !is_number(a) && !is_number(b);
    let initial = |short: &str, long: &str| short.len() == 1 && !is_number(short) && long.starts_with(short);
    if a == b {
        1.0
    } else if long && strsim::osa_distance(a, b) <= 1 {
        0.9
    } else if initial(a, b) || initial(b, a) {
        0.8
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, number: Option<u32>, suffix: &str, street: &str) {
        let read = read(text, "Roanne");
        assert_eq!(
            (read.number, read.suffix.as_str(), read.street.join(" ").as_str()),
            (number, suffix, street),
            "{text}"
        );
    }

    #[test]
    fn kinds_are_found_by_halves() {
        assert!(KINDS.is_sorted());
        assert!(KINDS.iter().all(|(short, long)| kind(short) == Some(*long)) && kind("rues").is_none());
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        is("2 AVENUE DES FONTAINES", Some(2), "", "avenue fontaines");
        is("12/14 rue des Etats-Unis", Some(12), "", "rue etats unis");
        is("162-164 route de villemomble", Some(162), "", "route villemomble");
        is("12 à 14 rue Sabaton", Some(12), "", "rue sabaton");
        is("2 Bis Route de Montaigu", Some(2), "bis", "route montaigu");
        is("43f rue du four a chaux", Some(43), "f", "rue four chaux");
        is("12bis, av. du Gal Leclerc", Some(12), "bis", "avenue general leclerc");
        is("25 RUE CONDORCET42300 Roanne", Some(25), "", "rue condorcet");
        is("20, IMPASSE DE LA VALENCEAUDE - Roanne", Some(20), "", "impasse valenceaude");
        is("Hôtel de Ville \n6 avenue Pasteur\n33270 Floirac", Some(6), "", "avenue pasteur");
        is("18 Avenue Léon Blum 18 bis", Some(18), "", "avenue leon blum");
        is("Place du 8 mai 1945", None, "", "place 8 mai 1945");
        is("5 place du 11 Novembre 1918 BP 12", Some(5), "", "place 11 novembre 1918");
        is("12 r. R. Salengro", Some(12), "", "rue r salengro");
        is("1 rue de la 1ère Armée", Some(1), "", "rue 1ere armee");
        is("Mairie Rue du Capitaine Bozambo", None, "", "rue capitaine bozambo");
        is("12 Le Bourg", Some(12), "", "bourg");
        is(" 10 à ", Some(10), "", "");
        is("", None, "", "");
    }

    #[test]
    fn streets_are_alike_by_their_words_and_never_across_kinds() {
        let alike = |a: &str, b: &str| likeness(&words(a), &words(b));
        assert!(alike("RUE DU GAL DE GAULLE", "Rue du Général de Gaulle") > 0.99);
        assert!(alike("rue J. Moulin", "Rue Jean Moulin") > 0.9);
        assert!(alike("rue Roger Salengo", "Rue Roger Salengro") > 0.9);
        assert!(alike("rue Victor Hugo", "Avenue Victor Hugo") == 0.0);
        assert!(alike("rue Victor Hugo", "Rue Victor Schoelcher") < 0.7);
        assert!(alike("place du 8 mai 1945", "Place du 8 mai 1954") < 0.8, "digits are not letters");
        assert!(alike("rue", "Rue de la Paix") == 0.0);
    }
}
