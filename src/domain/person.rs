//! Names of places that are names of people: « Guéret - Prénom Nom » says who holds the session there. A map of places
//! publishes no list of persons.

use super::text::fold_place;

/// Given names that most people born in France since 1940 bear, folded. By hand, 2026; a name that is missing stays in the
/// name of its place, which is why one slip of the finger is forgiven in a long one.
const GIVEN: &str = "adam adele adeline adrien agathe agnes aicha alain alban albert alex alexandra alexandre alexis \
    alice alicia aline alison amandine amelie amina amine anais andre andrea andree angelique anita anna anne annie annick \
    antoine anthony antonin ariane armand arnaud arthur astrid audrey aurelie aurelien aurore axel baptiste barbara bastien \
    beatrice benedicte benjamin benoit bernadette bernard berangere bertrand blandine brigitte bruno camille capucine \
    carine carla carole caroline catherine cathy cecile cedric celia celine chantal charlene charles charlotte chloe \
    christel christelle christian christiane christine christophe cindy claire clara clarisse claude claudie claudine \
    clemence clement clementine clotilde colette coralie corinne coline cyril cyrille damien daniel daniele danielle danny \
    david deborah delphine denis denise diane didier dimitri dominique dorian dorothee dylan eddy edith edouard elena eliane \
    elisa elisabeth elise ella elodie eloise elsa emeline emeric emilie emilien emma emmanuel emmanuelle enzo eric erika \
    erwan estelle esther etienne eugenie eva eve evelyne fabien fabienne fabrice fanny fantine farid fatiha fatima felix \
    fernand flavie flavien flora florence florent florian floriane france francine francis franck francois francoise frederic frederique \
    gabriel gabrielle gael gaelle gaetan genevieve geoffrey georges gerald geraldine gerard germain ghislaine gilbert \
    gilles ginette gisele gregory guillaume gustave guy gwenaelle habib hassan helene helena henri herve hubert hugo hugues \
    ibrahim ines ingrid irene iris isabelle jacqueline jacques jade jamal james janine jean jeanne jeannine jennifer jeremie \
    jeremy jerome jessica joan joanna jocelyne joel joelle johan johanna johann johnny jonathan jordan joris jose joseph \
    josephine josette josiane judith jules julia julian julie julien juliette justine justin karim karima karine karl katia \
    kevin khadija laetitia lambert laura laure laurence laurent laurie laurine lea leila lena leo leon leonie leslie liliane \
    lilian lina lionel lisa loic lola louis louise louna luc luca lucas lucette lucie lucien lucienne ludivine ludovic lydia \
    lydie lylou lyne madeleine magali maeva maelle maelys malika manon manuel marc marcel marceline margaux margot marguerite \
    maria marianne marie marina marine marion marius marjorie marlene martial martin martine maryline maryse mathias mathieu \
    mathilde matthias matthieu maud maurice maurine max maxence maxime megane mehdi melanie melina melissa melodie mercedes \
    michael michel michele micheline mickael mireille mohamed monique morgan morgane mustapha myriam nadege nadia nadine \
    nassim nathalie nathan nicolas nicole nina noel noelle noemie nolwenn norbert nour odette odile oceane olga olivia olivier \
    omar pascal pascale patrice patricia patrick paul paule paulette pauline perrine philippe pierre pierrette quentin rachel \
    rachid raphael raphaelle raymond raymonde rebecca regine regis remi remy renaud rene renee robert robin rodolphe roger \
    roland rolande romain romane romuald rosalie rose roxane sabine sabrina sacha salima salome samia samira samuel samy \
    sandra sandrine sara sarah sebastien segolene serge severine simon simone sofia solange solene sonia sophie stefan \
    stephane stephanie steve steven suzanne sylvain sylvette sylviane sylvie tania tanguy tatiana teresa theo theophile \
    therese thibaud thibault thierry thomas tiffany timothee tom tristan valentin valentine valerie vanessa veronique \
    vincent violaine virginie viviane wendy wilfried william xavier yael yann yannick yasmina yassine yohan yoann youssef \
    yvan yves yvette yvon yvonne zoe zohra";

/// Begins the name of a session of which nobody but a person was named.
pub const SESSION: &str = "Permanence numérique";

/// One slip is forgiven in a given name of at least so many letters.
const LONG: usize = 6;

/// The name of a place without the person in it, and the person, when it is that of a town, a dash, a given name and a surname:
/// `Guéret - Claire Exemple` is `Permanence numérique, Guéret`, and what follows a further dash is kept. In a list that
/// names who holds each session (`names_hold_persons`) that is so after any place, `Médiathèque de Felletin - Claire
/// Exemple`; elsewhere `France services d'Arras - Marie-Thérèse Exemple` is a house named after somebody. Who is called
/// « Mme », or stands in brackets after a town, is a person anywhere.
#[must_use]
pub fn without_person(
    name: &str,
    names_hold_persons: bool,
    is_town: impl Fn(&str) -> bool,
) -> Option<(String, String)> {
    if let Some((before, person, after)) = with_title(name).or_else(|| in_brackets(name, &is_town)) {
        let before = before.trim().trim_end_matches(['-', ':', ',', '/', '(', '–']).trim();
        let after = after.trim().trim_start_matches([')', '-', ',', ':']).trim();
        let rest = [before, after].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" - ");
        let rest = if rest.is_empty() || is_town(&rest) { session(&rest) } else { rest };
        return Some((rest, person.to_owned()));
    }
    if names_hold_persons && let Some(told) = anywhere(name, &is_town) {
        return Some(told);
    }
    let mut parts = name.split(" - ").map(str::trim);
    let place = parts.next()?;
    let person = parts.next().filter(|part| is_person(part))?;
    let is_alone = is_town(place);
    if !(is_alone || names_hold_persons) {
        return None;
    }
    let rest: Vec<&str> = parts.collect();
    let name = match (rest.is_empty(), is_alone) {
        (true, true) => session(place),
        (true, false) => place.to_owned(),
        (false, _) => format!("{place} - {}", rest.join(" - ")),
    };
    Some((name, person.to_owned()))
}

/// In a list that names who holds each session: a person alone, before a dash, after a comma or in brackets.
fn anywhere(name: &str, is_town: &impl Fn(&str) -> bool) -> Option<(String, String)> {
    let person = |text: &str| (is_person(text) || is_surname_first(text)) && !is_town(text);
    let named = |rest: &str| if rest.is_empty() || is_town(rest) { session(rest) } else { rest.to_owned() };
    let name = name.trim();
    if person(name) {
        return Some((session(""), name.to_owned()));
    }
    let before_a_dash = || name.split_once(" - ").map(|(who, rest)| (rest.trim().to_owned(), who.trim()));
    let after_a_comma = || name.rsplit_once(',').map(|(rest, who)| (rest.trim().to_owned(), who.trim()));
    let bracketed = || {
        let (before, rest) = name.split_once('(')?;
        let (who, after) = rest.split_once(')')?;
        let after = after.trim().trim_start_matches(['-', ',', ':']).trim();
        let kept: Vec<&str> = [before.trim(), after].into_iter().filter(|text| !text.is_empty()).collect();
        Some((kept.join(" - "), who.trim()))
    };
    let after_a_dash = || name.rsplit_once(" - ").map(|(rest, who)| (rest.trim().to_owned(), who.trim()));
    let reversed = after_a_dash().filter(|(_, who)| is_surname_first(who));
    let found = [before_a_dash(), after_a_comma(), bracketed(), reversed].into_iter().flatten();
    found.into_iter().find(|(_, who)| person(who)).map(|(rest, who)| (named(&rest), who.to_owned()))
}

/// What a session is called of which nobody but a person was named.
fn session(place: &str) -> String {
    if place.is_empty() { SESSION.to_owned() } else { format!("{SESSION}, {place}") }
}

/// Whether a name is that of such a session.
#[must_use]
pub fn stands_in(name: &str) -> bool {
    name == SESSION || name.strip_prefix(SESSION).is_some_and(|rest| rest.starts_with(", "))
}

/// What says that the next words are a person: « M. » is left out where a street or a saint may follow.
const TITLES: [&str; 6] = ["Mme", "Mlle", "Madame", "Monsieur", "Mr", "M."];

/// `Espace numérique - Mme Claire EXEMPLE`: what stands before, the person, what stands after. A title begins the name of a
/// house only with a dash, a colon or a bracket before it, or nothing at all.
fn with_title(name: &str) -> Option<(&str, &str, &str)> {
    let (at, title) = TITLES.iter().find_map(|title| {
        let at = name.match_indices(title).map(|(at, _)| at).find(|&at| {
            let ends = name[at + title.len()..].starts_with(' ');
            let before = name[..at].trim_end();
            ends && (before.is_empty() || before.ends_with(['-', ':', '(', ',', '–']))
        })?;
        Some((at, *title))
    })?;
    let said = &name[at + title.len()..];
    let ends = [")", " - ", ",", "/", ":"].iter().filter_map(|mark| said.find(mark));
    let end = ends.min().unwrap_or(said.len());
    let person = said[..end].trim();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let words = person.split(' ').count();
    ((1..=3).contains(&words) && person.split(' ').all(capital)).then_some((&name[..at], person, &said[end..]))
}

/// `Guéret (Claire Exemple)`.
fn in_brackets<'a>(name: &'a str, is_town: &impl Fn(&str) -> bool) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, rest) = name.split_once('(')?;
    let (person, after) = rest.split_once(')')?;
    (is_town(before.trim()) && is_person(person.trim())).then_some((before, person.trim(), after))
}

/// A text without a person, and without the word that leads to them: « Ateliers le lundi, par Claire Exemple, au bourg ».
#[must_use]
pub fn forgotten(text: &str, person: &str) -> Option<String> {
    let wanted: Vec<String> = person.split_whitespace().map(fold_place).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    if wanted.len() < 2 || words.len() < wanted.len() {
        return None;
    }
    let is_here =
        |at: usize| words[at..at + wanted.len()].iter().zip(&wanted).all(|(word, wanted)| fold_place(word) == *wanted);
    let at = (0..=words.len() - wanted.len()).find(|&at| is_here(at))?;
    let leads = ["par", "avec", "aupres", "de", "contacter", "contact", "anime", "animee"];
    let mut first = at;
    while first > 0 && leads.contains(&fold_place(words[first - 1]).as_str()) {
        first -= 1;
    }
    let last = words[at + wanted.len() - 1];
    let mut kept: String = words[..first].concat();
    // The comma or full stop that ended the person's name ends what is left.
    let tail = last.trim_end().trim_start_matches(|c: char| c.is_alphanumeric() || c == '-' || c == '\'').to_owned();
    if !tail.is_empty() && !kept.trim().is_empty() && !kept.trim_end().ends_with([',', '.', ':']) {
        kept.truncate(kept.trim_end().len());
        kept.push_str(&tail);
        kept.push(' ');
    }
    kept.extend(words[at + wanted.len()..].iter().copied());
    let kept = kept.trim().to_owned();
    forgotten(&kept, person).or(Some(kept))
}

/// The person by whom a description says that a session is held: « Ateliers le lundi, par Claire Exemple, au bourg ».
#[must_use]
pub fn led_by(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(3).find_map(|three| {
        let surname = three[2].trim_matches(|c: char| !c.is_alphanumeric());
        let capitals = three[1].starts_with(char::is_uppercase) && surname.starts_with(char::is_uppercase);
        let whole = three[1].ends_with(char::is_alphabetic);
        let held = fold_place(three[0]) == "par" && capitals && whole && is_given(three[1]) && !is_common(&surname);
        held.then(|| format!("{} {surname}", three[1]))
    })
}

/// A given name and one or two words that begin with a capital letter.
fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    (2..=3).contains(&words.len()) && words.iter().all(capital) && is_given(words[0]) && !words.iter().any(is_common)
}

/// `EXEMPLE Claire`: a surname in capital letters, and a given name.
fn is_surname_first(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let Some((given, surname)) = words.split_last() else { return false };
    let is_capital = |word: &&str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    (1..=2).contains(&surname.len())
        && surname.iter().all(is_capital)
        && given.starts_with(char::is_uppercase)
        // Without a slip: « SAINT MARIEN » is a town.
        && GIVEN.split_whitespace().any(|known| known == fold_place(given))
        && !words.iter().any(is_common)
}

/// Words of places and programmes, which are nobody's surname: « France Services », « Mairie » (a slip away from Marie).
fn is_common(word: &&str) -> bool {
    COMMON.contains(&fold_place(word).as_str())
}

/// The same, folded.
const COMMON: [&str; 34] = [
    "saint",
    "sainte",
    "la",
    "le",
    "les",
    "du",
    "services",
    "service",
    "travail",
    "connect",
    "numerique",
    "numeriques",
    "mairie",
    "mairies",
    "mediatheque",
    "bibliotheque",
    "maison",
    "centre",
    "espace",
    "bus",
    "salle",
    "annexe",
    "social",
    "sociale",
    "association",
    "ecole",
    "college",
    "lycee",
    "place",
    "rue",
    "avenue",
    "victimes",
    "renov",
    "relance",
];

/// `Claire`, `Jean-Luc`, and `Corinnz`.
fn is_given(word: &str) -> bool {
    let folded = fold_place(word);
    let first = folded.split(' ').next().unwrap_or_default();
    let is = |given: &str| given == first || (first.len() >= LONG && strsim::osa_distance(given, first) == 1);
    GIVEN.split_whitespace().any(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_may_name_who_holds_the_session() {
        for (text, person) in [
            ("Ateliers le lundi, par Claire Exemple, au bourg", Some("Claire Exemple")),
            ("ATELIERS LE MERCREDI SOIR, PAR MARIE-PIERRE EXEMPLE.  Numéro de téléphone", Some("MARIE-PIERRE EXEMPLE")),
            ("Ateliers par Leïla Exemple3   Numéro", Some("Leïla Exemple3")),
            ("par Yves du club", None),
            ("par AGIR avec le bus de services", None),
            ("par France Services", None),
            ("passer par Claire, Exemple", None),
        ] {
            assert_eq!(led_by(text).as_deref(), person, "{text}");
            let without = person.and_then(|person| forgotten(text, person)).unwrap_or_default();
            assert!(!without.to_lowercase().contains("exemple"), "{without}");
        }
    }

    #[test]
    fn a_person_is_left_out_of_the_name_of_a_place() {
        for (name, locality, without) in [
            ("Guéret - Claire Exemple", "Guéret", "Permanence numérique, Guéret"),
            (
                "Saint Sulpice le Dunois - Jean-Luc De Exemple",
                "Saint-Sulpice-le-Dunois",
                "Permanence numérique, Saint Sulpice le Dunois",
            ),
            ("Aulon - Corinnz Exemple", "Aulon", "Permanence numérique, Aulon"),
            ("Ajain - Cyril Exemple - La Quincaillerie", "Ajain", "Ajain - La Quincaillerie"),
        ] {
            let is_town = |text: &str| fold_place(text) == fold_place(locality);
            assert_eq!(without_person(name, false, is_town).map(|(name, _)| name).as_deref(), Some(without), "{name}");
        }
    }

    #[test]
    fn places_and_streets_that_are_named_after_somebody_keep_their_names() {
        for (name, locality) in [
            ("France services Limoges - Louis Aragon", "Limoges"),
            ("Bonnat - Le Chai", "Bonnat"),
            ("Mérinchal - Bus de services", "Mérinchal"),
            ("Aubusson - Association Clé de Contacts", "Aubusson"),
            ("Chaillevette - Mairie", "Chaillevette"),
            ("Médiathèque Simone Veil", "Lyon"),
        ] {
            let is_town = |text: &str| fold_place(text) == fold_place(locality);
            assert_eq!(without_person(name, false, is_town), None, "{name}");
        }
    }

    #[test]
    fn a_list_that_names_who_holds_each_session_names_them_after_any_place() {
        let is_town = |text: &str| text == "Felletin";
        for (name, without) in [
            ("Médiathèque de Felletin - Flavien Exemple", Some("Médiathèque de Felletin")),
            ("Felletin - Aurore Exemple", Some("Permanence numérique, Felletin")),
            ("La Palette - Leïla Exemple - Le Bourg", Some("La Palette - Le Bourg")),
            ("Bus - France Services", None),
            ("Felletin - Mairie Annexe", None),
            ("Felletin, Florian Exemple", Some("Permanence numérique, Felletin")),
            ("Mairie (Florian Exemple)", Some("Mairie")),
            ("Florian Exemple", Some("Permanence numérique")),
            ("Florian EXEMPLE - Felletin", Some("Permanence numérique, Felletin")),
            ("EXEMPLE Florian", Some("Permanence numérique")),
            ("Médiathèque - EXEMPLE Florian", Some("Médiathèque")),
            ("Médiathèque, 12 rue Haute", None),
            ("SAINT MARIEN", None),
            ("Jarnages - L'Alzire", None),
            ("Maison France services - Boussac", None),
            ("Les Ateliers de la Mine - Lavaveix Les Mines", None),
            ("Nouziers - Regroupé avec Moutier", None),
        ] {
            assert_eq!(without_person(name, true, is_town).map(|(name, _)| name).as_deref(), without, "{name}");
        }
        let house = "Médiathèque de Felletin - Simone Veil";
        assert_eq!(without_person(house, false, is_town), None, "a house may bear a name in every other list");
    }

    #[test]
    fn who_is_called_by_a_title_or_stands_in_brackets_is_a_person_anywhere() {
        let is_town = |text: &str| text == "Guéret";
        for (name, without) in [
            ("Espace numérique - Mme Claire EXEMPLE", "Espace numérique"),
            ("Guéret (Claire Exemple)", "Permanence numérique, Guéret"),
            ("Mairie de Guéret (Mme Exemple)", "Mairie de Guéret"),
            ("Conseiller numérique : Monsieur Jean Exemple", "Conseiller numérique"),
            ("Mme Exemple - Mairie", "Mairie"),
        ] {
            assert_eq!(without_person(name, false, is_town).map(|(name, _)| name).as_deref(), Some(without), "{name}");
        }
        for name in [
            "Maison Madame de Sévigné",
            "Guéret (Centre social)",
            "Espace Monsieur Vincent",
            "Salle M. Curie",
            "Médiathèque (Simone Veil)",
        ] {
            assert_eq!(without_person(name, false, is_town), None, "{name}");
        }
    }

    #[test]
    fn a_text_forgets_the_person_that_the_name_named() {
        for (text, person, without) in [
            (
                "Ateliers le lundi de 14h à 16h, par claire exemple, à la quincaillerie.",
                "Claire Exemple",
                "Ateliers le lundi de 14h à 16h, à la quincaillerie.",
            ),
            ("Permanence avec Claire EXEMPLE.", "Claire Exemple", "Permanence."),
            ("Claire Exemple reçoit le lundi", "Claire Exemple", "reçoit le lundi"),
        ] {
            assert_eq!(forgotten(text, person).as_deref(), Some(without));
        }
        assert_eq!(forgotten("Rue Claire, exemple", "Claire Dupont"), None);
    }
}
