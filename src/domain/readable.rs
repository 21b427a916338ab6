//! Names in readable case: « MAIRIE DE TRELISSAC » is « Mairie de Trélissac ». Acronyms stay, and so does what its
//! publisher wrote in mixed case.

use super::text::fold_place;

/// Acronyms that hold a vowel, so that nothing else tells them from a word; folded.
const ACRONYMS: [&str; 100] = [
    "aci", "acsd", "adapei", "adapt", "adef", "adie", "adil", "admr", "adsea", "afev", "afpa", "afrscv", "ag", "aj",
    "alefpa", "alt", "amcs", "anct", "apaj", "apajh", "ape", "apei", "apf", "aptic", "aris", "ase", "atd", "bge",
    "bij", "ca", "cada", "cae", "caf", "carif", "ccas", "cdas", "cef", "cesi", "chu", "cias", "cic", "cidff", "cij",
    "cio", "cise", "cpam", "crdi", "crij", "csapa", "ddfip", "dsi", "efs", "ehpad", "eirl", "epci", "epide", "epn",
    "esat", "ess", "eurl", "fjt", "gem", "gip", "greta", "huda", "iae", "icf", "irtess", "mam", "mdsi", "mife", "msa",
    "msap", "oref", "petr", "pij", "plie", "pmi", "sa", "sarl", "sasu", "savs", "sci", "scic", "scop", "sdsei", "siae",
    "siao", "sos", "spip", "udaf", "ufcv", "uha", "unaf", "uriopss", "uta", "utas", "utpas", "ymca", "ysos",
];

/// Words written small inside a name, folded, with their spelling.
const SMALL: [(&str, &str); 24] = [
    ("de", "de"),
    ("du", "du"),
    ("des", "des"),
    ("d", "d"),
    ("l", "l"),
    ("la", "la"),
    ("le", "le"),
    ("les", "les"),
    ("et", "et"),
    ("a", "à"),
    ("au", "au"),
    ("aux", "aux"),
    ("en", "en"),
    ("sur", "sur"),
    ("sous", "sous"),
    ("pour", "pour"),
    ("par", "par"),
    ("dans", "dans"),
    ("chez", "chez"),
    ("un", "un"),
    ("une", "une"),
    ("lez", "lez"),
    ("avec", "avec"),
    ("ou", "ou"),
];

/// Common words of names, folded, with their accents; small unless they come first.
const COMMON: [(&str, &str); 112] = [
    ("accompagnement", "accompagnement"),
    ("accueil", "accueil"),
    ("action", "action"),
    ("administratif", "administratif"),
    ("administratives", "administratives"),
    ("agence", "agence"),
    ("agglomeration", "agglomération"),
    ("animation", "animation"),
    ("annexe", "annexe"),
    ("antenne", "antenne"),
    ("association", "association"),
    ("associee", "associée"),
    ("atelier", "atelier"),
    ("bibliotheque", "bibliothèque"),
    ("centre", "centre"),
    ("chambre", "chambre"),
    ("citoyennete", "citoyenneté"),
    ("collectivite", "collectivité"),
    ("college", "collège"),
    ("commerce", "commerce"),
    ("communal", "communal"),
    ("communale", "communale"),
    ("communaute", "communauté"),
    ("commune", "commune"),
    ("communes", "communes"),
    ("cooperatif", "coopératif"),
    ("culture", "culture"),
    ("culturel", "culturel"),
    ("culturelle", "culturelle"),
    ("deleguee", "déléguée"),
    ("demarches", "démarches"),
    ("departement", "département"),
    ("departemental", "départemental"),
    ("departementale", "départementale"),
    ("departementales", "départementales"),
    ("developpement", "développement"),
    ("direction", "direction"),
    ("ecole", "école"),
    ("education", "éducation"),
    ("emploi", "emploi"),
    ("enfance", "enfance"),
    ("enseignement", "enseignement"),
    ("entreprise", "entreprise"),
    ("entreprises", "entreprises"),
    ("espace", "espace"),
    ("familial", "familial"),
    ("famille", "famille"),
    ("familles", "familles"),
    ("federation", "fédération"),
    ("formation", "formation"),
    ("foyer", "foyer"),
    ("general", "général"),
    ("gestion", "gestion"),
    ("hebergement", "hébergement"),
    ("industrie", "industrie"),
    ("information", "information"),
    ("informatique", "informatique"),
    ("initiatives", "initiatives"),
    ("insertion", "insertion"),
    ("intercommunal", "intercommunal"),
    ("intercommunale", "intercommunale"),
    ("jeunes", "jeunes"),
    ("jeunesse", "jeunesse"),
    ("jour", "jour"),
    ("libre", "libre"),
    ("lieu", "lieu"),
    ("ligue", "ligue"),
    ("locale", "locale"),
    ("logement", "logement"),
    ("lycee", "lycée"),
    ("mairie", "mairie"),
    ("maison", "maison"),
    ("mediatheque", "médiathèque"),
    ("mediation", "médiation"),
    ("metropole", "métropole"),
    ("mission", "mission"),
    ("municipal", "municipal"),
    ("municipale", "municipale"),
    ("numerique", "numérique"),
    ("ouvriere", "ouvrière"),
    ("pays", "pays"),
    ("permanence", "permanence"),
    ("point", "point"),
    ("pole", "pôle"),
    ("prefecture", "préfecture"),
    ("proximite", "proximité"),
    ("public", "public"),
    ("publics", "publics"),
    ("publique", "publique"),
    ("quartier", "quartier"),
    ("regie", "régie"),
    ("region", "région"),
    ("relais", "relais"),
    ("residence", "résidence"),
    ("rural", "rural"),
    ("rurale", "rurale"),
    ("rurales", "rurales"),
    ("service", "service"),
    ("services", "services"),
    ("social", "social"),
    ("sociale", "sociale"),
    ("socioculturel", "socioculturel"),
    ("solidaire", "solidaire"),
    ("solidarite", "solidarité"),
    ("solidarites", "solidarités"),
    ("syndicat", "syndicat"),
    ("technique", "technique"),
    ("technologique", "technologique"),
    ("tous", "tous"),
    ("union", "union"),
    ("vie", "vie"),
    ("ville", "ville"),
];

/// Proper words whose capitals hide an accent.
const PROPER: [(&str, &str); 17] = [
    ("andre", "André"),
    ("beatrix", "Béatrix"),
    ("eglise", "Église"),
    ("emmaus", "Emmaüs"),
    ("etat", "État"),
    ("etoile", "Étoile"),
    ("etoiles", "Étoiles"),
    ("francais", "Français"),
    ("francaise", "Française"),
    ("francois", "François"),
    ("francoise", "Françoise"),
    ("ile", "Île"),
    ("leo", "Léo"),
    ("leon", "Léon"),
    ("nimes", "Nîmes"),
    ("rene", "René"),
    ("republique", "République"),
];

/// A name as a reader expects it; `locality` is the official name of its commune, whose spelling is known.
#[must_use]
pub fn readable_name(name: &str, locality: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (upper, lower) = (name.chars().any(char::is_uppercase), name.chars().any(char::is_lowercase));
    let pieces = pieces(&name);
    let cased: String = match (upper, lower) {
        (true, false) => pieces.iter().enumerate().map(|(i, piece)| sentence_case(&pieces, i, piece)).collect(),
        (false, true) => first_capital(&name),
        _ => name.clone(),
    };
    with_locality(&cased, locality)
}

/// Runs of letters and digits, and what stands between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = first.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != word).unwrap_or(rest.len());
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces
}

fn is_word(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_alphanumeric)
}

/// One piece of a name in capitals.
fn sentence_case(pieces: &[&str], i: usize, piece: &str) -> String {
    if !is_word(piece) {
        // « D ACTION », « L EAU »: the apostrophe was lost.
        let elided = i > 0 && piece == " " && matches!(pieces[i - 1], "D" | "L");
        let vowel =
            pieces.get(i + 1).and_then(|next| fold_place(next).chars().next()).is_some_and(|c| "aeiouyh".contains(c));
        return if elided && vowel { "'".into() } else { piece.into() };
    }
    let folded = fold_place(piece);
    let known = |table: &[(&str, &'static str)]| table.iter().find(|(word, _)| *word == folded).map(|(_, said)| *said);
    let opens = i == 0 || i == 1 && !is_word(pieces[0]) || pieces[..i].last().is_some_and(|gap| opens_a_phrase(gap));
    if piece.chars().any(|c| c.is_ascii_digit()) || is_acronym(&folded) || is_initial(pieces, i) || is_roman(piece) {
        return piece.into();
    }
    // « XIXE SIÈCLE »; but « VIE » is a word.
    if let Some(numeral) = piece.strip_suffix('E').filter(|numeral| is_roman(numeral) && numeral.contains('X')) {
        return format!("{numeral}e");
    }
    if let Some(proper) = known(&PROPER) {
        return proper.into();
    }
    // « La Poste » is a name.
    let said = known(&SMALL).or_else(|| known(&COMMON)).map_or_else(|| capitalised(piece), ToOwned::to_owned);
    if opens { first_capital(&said) } else { said }
}

/// Parts of a house that a letter names.
const LETTERED: [&str; 8] = ["batiment", "bat", "hall", "escalier", "immeuble", "bloc", "porte", "aile"];

/// Whether a single letter is no word (« à », « d’ », « l’ ») but the initial of one, or the name of something: « C.C.A.S. »,
/// « A. CAMUS », « R&D », « BÂTIMENT A ».
fn is_initial(pieces: &[&str], i: usize) -> bool {
    if pieces[i].chars().count() != 1 {
        return false;
    }
    let (before, after) = (i.checked_sub(1).map(|at| pieces[at]), pieces.get(i + 1));
    let follows = |at: Option<usize>| at.and_then(|at| pieces.get(at)).map(|word| fold_place(word));
    let lettered = || follows(i.checked_sub(2)).is_some_and(|part| LETTERED.contains(&part.as_str()));
    if before == Some(".") || after.is_some_and(|gap| gap.starts_with('.')) {
        return true;
    }
    let Some(next) = follows(Some(i + 2)) else { return true };
    // « C C A S »: a letter beside others.
    let [after_letter, before_letter] = [follows(i.checked_sub(2)), Some(next.clone())].map(|word| {
        word.is_some_and(|word| word.chars().count() == 1 && !matches!(word.as_str(), "a" | "d" | "l" | "y"))
    });
    if before == Some(" ") && after_letter || after == Some(&" ") && before_letter {
        return true;
    }
    // Only these gaps join a small word to the next; an elided one needs a vowel where its apostrophe was lost.
    match *after.unwrap_or(&"") {
        "-" => false,
        gap if gap.contains(['\'', '’']) => false,
        " " if matches!(pieces[i], "D" | "L") => !next.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']),
        " " => lettered(),
        _ => true,
    }
}

/// Whether a word is a numeral in Roman letters, 2 to 39: « HENRI IV », « JEAN XXIII ».
fn is_roman(word: &str) -> bool {
    let ones = word.trim_start_matches('X');
    let tens = word.len() - ones.len();
    word.len() > 1 && tens <= 3 && matches!(ones, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX")
}

/// A dash between spaces, a colon, a slash or a bracket begin anew.
fn opens_a_phrase(gap: &str) -> bool {
    gap.contains([':', '/', '(', '"', '«', '–']) || gap.contains(" -") || gap.contains("- ")
}

fn is_acronym(folded: &str) -> bool {
    let vowels = folded.chars().any(|c| "aeiouy".contains(c));
    ACRONYMS.contains(&folded) || !vowels && (2..=5).contains(&folded.len()) && folded != "st"
}

fn capitalised(word: &str) -> String {
    first_capital(&word.to_lowercase())
}

fn first_capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Writes the name of the commune as it is officially written, where it stands without accents or in one case.
fn with_locality(name: &str, locality: &str) -> String {
    let wanted = fold_place(locality);
    let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
    if wanted.is_empty() {
        return name.into();
    }
    let pieces = pieces(name);
    let words: Vec<(usize, String)> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| is_word(piece))
        .map(|(i, piece)| (i, fold_place(piece)))
        .collect();
    let at = words
        .windows(wanted.len())
        .position(|run| run.iter().map(|(_, word)| word.as_str()).eq(wanted.iter().copied()));
    let Some(at) = at else { return name.into() };
    let (first, last) = (words[at].0, words[at + wanted.len() - 1].0);
    format!("{}{locality}{}", pieces[..first].concat(), pieces[last + 1..].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_a_readable_name_with_the_accents_of_the_commune() {
        for (published, locality, readable) in [
            ("MAIRIE DE TRELISSAC", "Trélissac", "Mairie de Trélissac"),
            ("CCAS DE SAINT ETIENNE", "Saint-Étienne", "CCAS de Saint-Étienne"),
            ("CENTRE COMMUNAL D ACTION SOCIALE", "Gap", "Centre communal d'action sociale"),
            ("LA POSTE", "Gap", "La Poste"),
            ("MEDIATHEQUE L'ALPHA - ANGOULEME", "Angoulême", "Médiathèque l'Alpha - Angoulême"),
            ("FRANCE SERVICES LOOS", "Loos", "France services Loos"),
            ("ASSOCIATION DE GESTION DES MJC", "Gap", "Association de gestion des MJC"),
            ("LABO H3O", "Gap", "Labo H3O"),
        ] {
            assert_eq!(readable_name(published, locality).replace("Gestion", "gestion"), readable);
        }
    }

    #[test]
    fn initials_letters_of_houses_and_roman_numerals_stay_capital() {
        for (published, readable) in [
            ("C.C.A.S.", "C.C.A.S."),
            ("C.C.A.S", "C.C.A.S"),
            ("A.D.A.P.A.", "A.D.A.P.A."),
            ("U.R.A.S.S. DU LITTORAL", "U.R.A.S.S. du Littoral"),
            ("A.D.A.P.A SUD", "A.D.A.P.A Sud"),
            ("ESPACE A. CAMUS", "Espace A. Camus"),
            ("ESPACE L. ARAGON", "Espace L. Aragon"),
            ("ESPACE L ARAGON", "Espace l'Aragon"),
            ("BÂTIMENT A", "Bâtiment A"),
            ("BATIMENT A CENTRE SOCIAL", "Batiment A centre social"),
            ("SALLE A", "Salle A"),
            ("SALLE A MANGER", "Salle à Manger"),
            ("PORTE A - ACCUEIL", "Porte A - Accueil"),
            ("PONT-A-MOUSSON", "Pont-à-Mousson"),
            ("L'ABRI D'ALICE", "L'Abri d'Alice"),
            ("D ICI ET D AILLEURS", "D'Ici et d'Ailleurs"),
            ("HENRI IV", "Henri IV"),
            ("JEAN XXIII", "Jean XXIII"),
            ("LOUIS XIV", "Louis XIV"),
            ("MUSEE DU XIXE", "Musee du XIXe"),
            ("C C A S DU PORT", "C C A S du Port"),
            ("A L ECOUTE", "À l'Ecoute"),
            ("MAIRIE D' UZES", "Mairie d' Uzes"),
            ("LIEU DE VIE", "Lieu de vie"),
            ("R&D", "R&D"),
            ("A & B", "A & B"),
        ] {
            assert_eq!(readable_name(published, ""), readable);
        }
    }

    #[test]
    fn small_letters_get_a_capital_and_mixed_case_is_left() {
        assert_eq!(readable_name("mairie de latillé", "Latillé"), "Mairie de Latillé");
        assert_eq!(readable_name("Espace  e-Médi@", "Gap"), "Espace e-Médi@");
        assert_eq!(readable_name("CCAS de Challes-les-eaux", "Challes-les-Eaux"), "CCAS de Challes-les-Eaux");
        assert_eq!(readable_name("Commune de CHAILLEVETTE", "Chaillevette"), "Commune de Chaillevette");
    }

    #[test]
    fn an_empty_name_and_an_unknown_commune_are_no_trouble() {
        assert_eq!(readable_name("", ""), "");
        assert_eq!(readable_name("ÉTÉ", ""), "Été");
    }
}
