//! Telephones and e-mail addresses: all those of a cell.

use super::Values;
use crate::domain::phone::{Phone, read_cell};
use crate::ingest::report::{Action, Code};

/// Reads every telephone number of a cell by the plan of its territory (a département or collectivity); what is no
/// number, and what was read otherwise than written, is remarked.
#[must_use]
pub fn phones(text: &str, territory: Option<&str>) -> Values<Phone> {
    let cell = read_cell(text, territory);
    let mut read = Values::default();
    let mut remark = |piece: &str, action, reason| read.remark(piece, action, Code::InvalidPhone, reason);
    for piece in &cell.unread {
        let reason = "not a telephone number of this territory; expected ten digits or + and a country code";
        remark(piece, Action::FieldCleared, reason);
    }
    if cell.numbers.is_empty() && cell.unread.is_empty() {
        remark(text, Action::FieldCleared, "no telephone number; expected ten digits or + and a country code");
    } else {
        for words in &cell.words {
            remark(words, Action::FieldCleared, "words beside a telephone number; the number alone is kept");
        }
    }
    if cell.repaired {
        remark(text, Action::ValueRepaired, "a lost zero or a country code without its +; read in full");
    }
    for number in cell.numbers.iter().filter(|number| territory.is_some_and(|own| number.is_foreign_to(own))) {
        remark(number.as_str(), Action::ValueKept, "a number of another territory than the place");
    }
    read.values = cell.numbers;
    read
}

/// What is written instead of « @ », against robots or by a keyboard of another width.
const AT_SIGNS: [&str; 9] = ["(at)", "[at]", "{at}", "[@]", "(@)", "(arobase)", "[arobase]", "(a)", "＠"];

/// Reads every e-mail address of a cell: `contact@mairie.fr / accueil@mairie.fr`, `Mairie <contact@mairie.fr>`,
/// `contact @ mairie.fr`, `mailto:…?subject=…`.
#[must_use]
pub fn emails(text: &str) -> Values<String> {
    let mut read = Values::default();
    if carries_headers(text) {
        read.remark(text, Action::FieldCleared, Code::InvalidEmail, "an e-mail address with header lines");
        return read;
    }
    let mut plain = AT_SIGNS
        .iter()
        .fold(text.to_owned(), |text, sign| text.replace(sign, "@"))
        .replace("mailto:", " ")
        .replace("MAILTO:", " ");
    while plain.contains("@ ") {
        plain = plain.replace("@ ", "@");
    }
    plain = without_gaps(&plain);
    let separates = |c: char| c.is_whitespace() || "|;,/<>()[]\"".contains(c);
    let mut words: Vec<&str> = Vec::new();
    for piece in plain.split(separates) {
        // What follows the question mark fills a letter in; a mark at either end belongs to the sentence.
        let piece = piece.split('?').next().unwrap_or_default();
        let piece = piece.trim_matches(|c: char| matches!(c, '.' | ':' | '-' | '\'' | '!' | '«' | '»'));
        if !piece.contains('@') {
            words.extend(Some(piece).filter(|piece| piece.contains(char::is_alphanumeric)));
        } else if is_email(piece) && words.last().is_some_and(|word| is_fragment(word, piece, &plain)) {
            read.remark(piece, Action::FieldCleared, Code::InvalidEmail, "a blank inside an e-mail address");
        } else if is_email(piece) {
            if let Some(reason) = useless(piece) {
                read.remark(piece, Action::FieldCleared, Code::InvalidEmail, reason);
                continue;
            }
            if is_personal(piece) {
                let reason = "looks like the address of a person; expected that of the place";
                read.remark(piece, Action::ValueKept, Code::PersonalEmail, reason);
            }
            if !read.values.iter().any(|known| known.eq_ignore_ascii_case(piece)) {
                read.push(piece.to_owned());
            }
        } else {
            read.remark(piece, Action::FieldCleared, Code::InvalidEmail, "not an e-mail address");
        }
    }
    let links = ["et", "ou", "email", "mail", "courriel", "e-mail"];
    let beside = words.iter().any(|word| !links.contains(&word.to_lowercase().as_str()));
    if read.values.is_empty() && read.remarks.is_empty() {
        read.remark(text, Action::FieldCleared, Code::InvalidEmail, "no e-mail address");
    } else if beside {
        let reason = "words beside an e-mail address; the address alone is kept";
        read.remark(words.join(" "), Action::FieldCleared, Code::InvalidEmail, reason);
    }
    read
}

/// `contact @mairie.fr` is one address; « ou @autre.fr » is none, and a link between two words is no part of either.
fn without_gaps(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut parts = text.split('@').peekable();
    while let Some(part) = parts.next() {
        let last = part.split_whitespace().next_back().unwrap_or_default();
        let is_link = LINKS.contains(&last.to_lowercase().as_str());
        if parts.peek().is_none() || is_link {
            joined.push_str(part);
        } else {
            joined.push_str(part.trim_end());
        }
        if parts.peek().is_some() {
            joined.push('@');
        }
    }
    joined
}

/// `con tact@mairie.fr`: a short word that means nothing, with only a blank before the address, may be its beginning.
fn is_fragment(word: &str, address: &str, text: &str) -> bool {
    let short = (1..=4).contains(&word.chars().count()) && word.chars().all(|c| c.is_ascii_lowercase());
    let known = LINKS.contains(&word) || OFFICES.split_whitespace().any(|office| word == office);
    short && !known && text.contains(&format!("{word} {address}"))
}

/// Words that stand between two addresses, or before one.
const LINKS: [&str; 25] = [
    "et", "ou", "puis", "email", "mail", "courriel", "e-mail", "mel", "a", "à", "au", "le", "la", "les", "de", "du",
    "des", "par", "sur", "via", "pour", "chez", "soit", "sinon", "tel",
];

/// Whether a text would add lines to the head of a letter, percent-encoded or not.
fn carries_headers(text: &str) -> bool {
    let lower = text.to_lowercase();
    let headers = ["bcc:", "cc:", "subject:", "to:"];
    let broken = lower.contains(['\r', '\n']) || lower.contains("%0a") || lower.contains("%0d");
    broken && headers.iter().any(|header| lower.replace("mailto:", "").contains(header))
        || lower.contains("%0a")
        || lower.contains("%0d")
}

/// Why nobody of the place reads what is written to an address, if that can be seen from it.
fn useless(email: &str) -> Option<&'static str> {
    if is_nobodys(email) {
        return Some("stands for an address that was taken out: nobody of the place reads it");
    }
    is_slip(email).then_some("no domain of the internet ends like that")
}

/// What lists write in the place of the address of a person, before the host of a mailbox that anybody may have: `contact@gmail.com`
/// is somebody's, and not the place's.
fn is_nobodys(email: &str) -> bool {
    let nobodys = |host: &str| FREE_HOSTS.contains(&host) || OF_EACH.contains(&host);
    email.to_lowercase().split_once('@').is_some_and(|(local, host)| local == "contact" && nobodys(host))
}

/// Hosts where each place, or each person, has a box of its own: 850 of 2,845 France services of August 2024 bear one `contact@`.
const OF_EACH: [&str; 2] = ["france-services.gouv.fr", "conseiller-numerique.fr"];

/// `accueil@gmail.con`: slips of the finger that end no domain.
fn is_slip(email: &str) -> bool {
    let last = email.to_lowercase().rsplit('.').next().unwrap_or_default().to_owned();
    ["con", "comm", "frr", "ffr", "fre", "fra", "fto", "ogr", "nett", "gouv"].contains(&last.as_str())
}

/// Hosts of mailboxes that anybody may have.
const FREE_HOSTS: [&str; 23] = [
    "gmail.com",
    "orange.fr",
    "wanadoo.fr",
    "hotmail.fr",
    "hotmail.com",
    "outlook.fr",
    "outlook.com",
    "yahoo.fr",
    "free.fr",
    "laposte.net",
    "sfr.fr",
    "icloud.com",
    "live.fr",
    "yahoo.com",
    "neuf.fr",
    "bbox.fr",
    "aol.com",
    "club-internet.fr",
    "numericable.fr",
    "msn.com",
    "gmx.fr",
    "protonmail.com",
    "aliceadsl.fr",
];
/// Words that name a place or an office, never a person.
const OFFICES: &str = "accueil adil ancv anim asso association atelier bib bibliotheque bm cafe ccas centre cias club cnfs com \
    commune communication conseiller contact csc culture cyber direction emploi epn espace fablab foyer france fs info infos \
    insertion jeunesse ludotheque mairie maison media mediatheque mjc mlc mobile msap numerique ordi pij pimms point poste \
    relais saint secretariat services sivom social solidarite tourisme ville";

/// `prenom.nom` at a host of free mailboxes: two words of letters, neither of which names an office.
fn is_personal(email: &str) -> bool {
    let Some((local, host)) = email.split_once('@') else { return false };
    let words: Vec<String> = local.to_lowercase().split(['.', '_']).map(ToOwned::to_owned).collect();
    let is_name = |word: &String| {
        word.chars().count() >= 3
            && word.chars().all(char::is_alphabetic)
            && !OFFICES.split_whitespace().any(|office| word.starts_with(office))
    };
    FREE_HOSTS.contains(&host.to_lowercase().as_str()) && words.len() == 2 && words.iter().all(is_name)
}

/// One `@`, a dotted host, no blank, no control character.
fn is_email(text: &str) -> bool {
    let simple = |part: &str, extra: &[char]| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-') || extra.contains(&c))
    };
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, host)| {
            let last = host.rsplit('.').next().unwrap_or_default();
            simple(local, &['_', '+', '\'', '&', '!', '#', '=', '~'])
                && simple(host, &[])
                && host.contains('.')
                && !host.contains("..")
                && !local.contains("..")
                && !local.starts_with('.')
                && !local.ends_with('.')
                && !host.starts_with(['.', '-'])
                && last.chars().count() >= 2
                && last.chars().all(char::is_alphabetic)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str, territory: &str) -> (String, usize) {
        let read = phones(text, Some(territory));
        (read.values.iter().map(Phone::as_str).collect::<Vec<_>>().join(" "), read.remarks.len())
    }

    #[test]
    fn of_two_numbers_both_are_kept_without_a_remark() {
        assert_eq!(numbers("04 50 56 87 49 / 06 39 98 12 34", "74").0, "+33450568749 +262639981234");
        assert_eq!(numbers("04 50 56 87 49 ou 06 12 34 56 78", "74"), ("+33450568749 +33612345678".into(), 0));
        assert_eq!(numbers("0555123456 (accueil) 0612345678 (conseiller)", "23").1, 2, "the words are said");
    }

    #[test]
    fn nothing_of_a_cell_is_lost_without_a_remark() {
        for text in ["56 12 34", "non communiqué", "01 23 45 67 89/90", "voir le site", "+41 22 123 45 67", "450568749"]
        {
            assert!(!phones(text, Some("23")).remarks.is_empty(), "{text}");
        }
        assert_eq!(phones("+687285728", Some("23")).remarks[0].action, Action::ValueKept);
    }

    fn addresses(text: &str) -> String {
        emails(text).values.join(" ")
    }

    #[test]
    fn every_good_address_of_a_cell_is_read() {
        for text in [
            "contact@mairie-exemple.fr",
            "contact@mairie-exemple.fr.",
            "contact @ mairie-exemple.fr",
            "contact(at)mairie-exemple.fr",
            "Mairie <contact@mairie-exemple.fr>",
            "mailto:contact@mairie-exemple.fr?subject=Bonjour",
            "Courriel : contact@mairie-exemple.fr",
        ] {
            assert_eq!(addresses(text), "contact@mairie-exemple.fr", "{text}");
        }
        for text in [
            "a@exemple.fr/b@exemple.fr",
            "a@exemple.fr ; b@exemple.fr",
            "a@exemple.fr\nb@exemple.fr",
            "a@exemple.fr ou b@exemple.fr",
        ] {
            assert_eq!(addresses(text), "a@exemple.fr b@exemple.fr", "{text}");
        }
        assert_eq!(addresses("contact@mairie-créon.fr"), "contact@mairie-créon.fr");
    }

    #[test]
    fn what_is_no_address_is_remarked() {
        for text in
            ["contact@fr", "contact", "a@b@c.fr", "a@exemple.fr, le matin", "a@exemple", "a@exemple.frb@exemple.fr"]
        {
            assert!(!emails(text).remarks.is_empty(), "{text}");
        }
    }

    #[test]
    fn what_stands_for_an_address_that_was_taken_out_is_none() {
        for text in [
            "contact@gmail.com",
            "Contact@Orange.fr",
            "contact@france-services.gouv.fr",
            "accueil@gmail.con",
            "accueil@mairie.frr",
        ] {
            assert_eq!(addresses(text), "", "{text}");
            assert!(!emails(text).remarks.is_empty(), "{text} is told");
        }
        assert_eq!(addresses("contact@mairie.fr ; mairie.bourg@gmail.com"), "contact@mairie.fr mairie.bourg@gmail.com");
        assert_eq!(addresses("contact@gmail.com / epn@mairie.fr"), "epn@mairie.fr");
        assert_eq!(addresses("gueret@france-services.gouv.fr"), "gueret@france-services.gouv.fr");
        assert_eq!(addresses("epn@mairie.fr ; EPN@mairie.fr"), "epn@mairie.fr", "one box, however its letters are");
    }

    #[test]
    fn an_address_cannot_carry_a_header() {
        for text in ["a@b.fr\r\nBcc: c@d.fr", "a@b.fr%0d%0aBcc:x@y.fr", "mailto:a@b.fr%0ACc:x@y.fr"] {
            assert_eq!(addresses(text), "", "{text}");
        }
    }
}
