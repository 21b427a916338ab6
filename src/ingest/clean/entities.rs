//! Text that was escaped for HTML or JSON and never unescaped: `M&eacute;diath&egrave;que`, `L\u0027Étape`.

use std::borrow::Cow;

/// Named characters of HTML 4.01 (W3C, 1999) that French texts use, letter case as published.
const NAMED: [(&str, char); 72] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("ouml", 'ö'),
    ("oelig", 'œ'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yuml", 'ÿ'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Auml", 'Ä'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Euml", 'Ë'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("Ntilde", 'Ñ'),
    ("Ocirc", 'Ô'),
    ("Ouml", 'Ö'),
    ("OElig", 'Œ'),
    ("Ugrave", 'Ù'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yuml", 'Ÿ'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("deg", '°'),
    ("ordm", 'º'),
    ("euro", '€'),
    ("times", '×'),
    ("frac12", '½'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", '\u{2009}'),
];

/// Marks of HTML that dress a text, and whether they part lines. What else stands between `<` and `>` may be an address.
const TAGS: [(&str, bool); 14] = [
    ("b", false),
    ("i", false),
    ("u", false),
    ("em", false),
    ("strong", false),
    ("span", false),
    ("br", true),
    ("p", true),
    ("div", true),
    ("ul", true),
    ("ol", true),
    ("li", true),
    ("h2", true),
    ("h3", true),
];

/// The text without such marks; `None` when it has none.
fn without_tags(text: &str) -> Option<String> {
    if !text.contains('<') {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        let tag = rest[start + 1..].split_once('>').and_then(|(tag, after)| {
            let inner = tag.trim_start_matches('/').trim_end_matches('/');
            // `<p style="…">`; what an `<a href="…">` holds may be the very address of the cell, and it stays.
            let name = match inner.split_once(char::is_whitespace) {
                Some((name, attributes)) if attributes.contains('=') => name,
                _ => inner.trim_end(),
            };
            let (_, parts) = TAGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            Some((*parts, after))
        });
        if let Some((parts, after)) = tag {
            if parts && !plain.is_empty() && !plain.ends_with('\n') {
                plain.push('\n');
            }
            found = true;
            rest = after;
        } else {
            plain.push('<');
            rest = &rest[start + 1..];
        }
    }
    plain.push_str(rest);
    found.then(|| plain.trim().to_owned())
}

/// The text without escapes; borrowed when it had none. What was escaped twice is unescaped twice.
#[must_use]
pub fn unescaped(text: &str) -> Cow<'_, str> {
    let mut plain = Cow::Borrowed(text);
    for _ in 0..3 {
        let Some(next) = without_entities(&plain).or_else(|| without_backslashes(&plain)) else { break };
        plain = Cow::Owned(next);
    }
    without_tags(&plain).map_or(plain, Cow::Owned)
}

/// `None` when there is nothing to replace.
fn without_entities(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let entity = rest[1..].split_once(';').and_then(|(name, after)| Some((named(name)?, after)));
        // « Caf&eacute » at the end of a word: browsers read the letters of Latin-1 without their semicolon.
        let entity = entity.or_else(|| {
            let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest.len(), |at| at + 1);
            let is_letter = |c: &char| c.is_alphabetic() && u32::from(*c) < 0x100;
            (!rest[end..].starts_with('='))
                .then(|| named(&rest[1..end]).filter(is_letter))
                .flatten()
                .map(|c| (c, &rest[end..]))
        });
        if let Some((c, after)) = entity {
            plain.push(c);
            rest = after;
            found = true;
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    found.then_some(plain)
}

fn named(name: &str) -> Option<char> {
    let number = |digits: &str, radix| {
        let c = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)?;
        (!c.is_control()).then_some(c)
    };
    match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => number(hexadecimal, 16),
            None => number(digits, 10),
        },
        None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
    }
}

/// The escapes of JSON and of SQL dumps; `None` when there are none.
fn without_backslashes(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(start) = rest.find('\\') {
        plain.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let (c, length) = match rest.bytes().next() {
            Some(b'u') => hexadecimal(rest, 4).map_or((None, 0), |c| (Some(c), 5)),
            Some(b'x') => hexadecimal(rest, 2).map_or((None, 0), |c| (Some(c), 3)),
            Some(quote @ (b'\'' | b'"' | b'/')) => (Some(char::from(quote)), 1),
            Some(b'n' | b'r') => (Some('\n'), 1),
            Some(b't') => (Some(' '), 1),
            _ => (None, 0),
        };
        found |= c.is_some();
        plain.push(c.unwrap_or('\\'));
        rest = &rest[length..];
    }
    plain.push_str(rest);
    found.then_some(plain)
}

fn hexadecimal(text: &str, digits: usize) -> Option<char> {
    let code = text.get(1..=digits).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?;
    match c {
        '\n' | '\r' => Some('\n'),
        '\t' => Some(' '),
        c => Some(c).filter(|c| !c.is_control()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_texts_are_read_as_their_publisher_meant_them() {
        for (escaped, plain) in [
            ("M&eacute;diath&egrave;que de l&#039;Horloge", "Médiathèque de l'Horloge"),
            ("R&eacute;seau Avenir &amp; Numérique", "Réseau Avenir & Numérique"),
            ("Espace &quot;Le Relais&quot;", "Espace \"Le Relais\""),
            ("Caf&#xE9; &lt;Internet&gt;", "Café <Internet>"),
            ("L&amp;#39;Atelier", "L'Atelier"),
            ("M\\u00e9diath\\u00e8que", "Médiathèque"),
            ("L\\'Atelier", "L'Atelier"),
            ("C\\xe9zanne", "Cézanne"),
            ("le lundi\\x0Ale mardi\\u000D\\x09le jeudi", "le lundi\nle mardi\n le jeudi"),
            ("<b>Le Relais</b>", "Le Relais"),
            ("<p>Le Relais<br/>Annexe</p>", "Le Relais\nAnnexe"),
            ("&lt;strong&gt;Le Lien&lt;/strong&gt;", "Le Lien"),
            ("Caf&eacute", "Café"),
            ("Caf&eacute du Centre", "Café du Centre"),
            ("<p style=\"color:red\">Le Relais</p>", "Le Relais"),
            ("&Eacute;cole &ndash; rez-de-chauss&eacute;e", "École – rez-de-chaussée"),
        ] {
            assert_eq!(unescaped(escaped), plain);
        }
    }

    #[test]
    fn what_only_looks_escaped_stays() {
        for text in [
            "Pain & Vin ; fromage",
            "R&D",
            "a&b;c",
            "&unknown;",
            "&#0;",
            "\\",
            "12 \\ 14",
            "\\u12",
            "AT&T",
            "Café <Internet>",
            "a < b > c",
            "https://exemple.fr/?a=1&eacute=2&reg=3",
            "<a href=\"https://exemple.fr\">ici</a>",
        ] {
            assert_eq!(unescaped(text), text);
        }
    }
}
