//! French words about hours, cut into tokens: « lundi au vendredi : 9h-12h et 14h à 17h30 sur RDV ».
//!
//! A word that is not in the list below is not skipped: it could be « hors vacances ».

use super::clock::WEEKDAYS;

/// One meaningful piece of a French text about hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Minutes from midnight, written with `h` or `:`.
    Time(u32),
    /// A bare number of hours (« de 14 à 18h »), in minutes from midnight.
    BareHour(u32),
    /// 0 is Monday.
    Day(usize),
    EveryDay,
    Morning,
    Afternoon,
    /// `-`, in all its widths.
    Dash,
    /// « à », « au », « jusqu'à ».
    To,
    /// `,`, `(`, `)`, `.`.
    And,
    /// `;`, end of line: what follows is said of something else.
    Line,
    /// « et », « puis », `+`.
    Also,
    /// « 1er », « 3e », « dernier »: which weekday of the month; -1 is the last.
    Rank(i8),
    /// « semaines impaires » (1), « semaines paires » (2).
    Weeks(u8),
    WeekEnd,
    PublicHolidays,
    /// « sauf ».
    Except,
    /// Words that change everything in a way no rule tells.
    Unclear,
    Slash,
    /// `//`.
    Break,
    /// `:`.
    Colon,
    /// « sur rendez-vous ».
    Appointment,
    /// « sans rendez-vous ».
    WalkIn,
    /// « fermé », « x ».
    Closed,
    /// « non communiqué ».
    NotGiven,
    /// « ouvert »: ends a list of closed days.
    Opens,
    /// « de », « le »…: no meaning of their own.
    Filler,
}

/// What several words say together, longest first, in the folded spelling of [`fold`].
const PHRASES: [(&str, Token); 36] = [
    ("avec ou sans rendez-vous", Token::Filler),
    ("sur rendez-vous uniquement", Token::Appointment),
    ("uniquement sur rendez-vous", Token::Appointment),
    ("sur rendez-vous", Token::Appointment),
    ("sans rendez-vous", Token::WalkIn),
    ("horaires non communiques", Token::NotGiven),
    ("horaire non communique", Token::NotGiven),
    ("non communiques", Token::NotGiven),
    ("non communique", Token::NotGiven),
    ("espace ferme ce jour", Token::Closed),
    ("ferme ce jour", Token::Closed),
    ("tous les jours", Token::EveryDay),
    ("semaines impaires", Token::Weeks(1)),
    ("semaine impaire", Token::Weeks(1)),
    ("semaines paires", Token::Weeks(2)),
    ("semaine paire", Token::Weeks(2)),
    ("week-ends", Token::WeekEnd),
    ("week-end", Token::WeekEnd),
    ("week end", Token::WeekEnd),
    ("weekend", Token::WeekEnd),
    ("jours feries", Token::PublicHolidays),
    ("jour ferie", Token::PublicHolidays),
    ("du mois", Token::Filler),
    ("de chaque mois", Token::Filler),
    ("prise de rendez-vous", Token::Unclear),
    ("apres-midi", Token::Afternoon),
    ("apres midi", Token::Afternoon),
    ("jusqu'a", Token::To),
    ("l'apres-midi", Token::Afternoon),
    ("<ul>", Token::Line),
    ("</ul>", Token::Line),
    ("<li>", Token::Line),
    ("</li>", Token::Line),
    ("<br />", Token::Line),
    ("<br>", Token::Line),
    ("//", Token::Break),
];

/// Cuts a text into tokens; the error is the first piece that has no certain meaning.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let folded = fold(text);
    let mut rest = folded.as_str();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let phrase = PHRASES.iter().find(|(phrase, _)| rest.starts_with(phrase) && ends_a_word(phrase, rest));
        if let Some((phrase, token)) = phrase {
            tokens.push(*token);
            rest = &rest[phrase.len()..];
        } else if let Some((rank, length)) = rank(rest) {
            tokens.push(Token::Rank(rank));
            rest = &rest[length..];
        } else if first.is_ascii_digit() {
            let (token, length) = number(rest).ok_or_else(|| piece(rest))?;
            tokens.push(token);
            rest = &rest[length..];
        } else if first.is_alphabetic() {
            let length = rest.find(|c: char| !c.is_alphabetic() && c != '\'').unwrap_or(rest.len());
            tokens.push(word(&rest[..length]).ok_or_else(|| piece(rest))?);
            rest = &rest[length..];
        } else if rest.starts_with("..") && matches!(tokens.last(), Some(Token::Day(_))) {
            // « lundi...vendredi »: from the one to the other, or the two.
            tokens.push(Token::Dash);
            rest = rest.trim_start_matches('.');
        } else {
            match first {
                ' ' => {}
                '-' => tokens.push(Token::Dash),
                ':' => tokens.push(Token::Colon),
                '/' => tokens.push(Token::Slash),
                '&' | '+' => tokens.push(Token::Also),
                ',' | '(' | ')' | '.' => tokens.push(Token::And),
                ';' | '\n' => tokens.push(Token::Line),
                _ => return Err(piece(rest)),
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(tokens)
}

/// Lower case, plain letters, plain spaces and dashes; « RDV » becomes « rendez-vous ».
fn fold(text: &str) -> String {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'â' => 'a',
            'é' | 'è' | 'ê' => 'e',
            'î' => 'i',
            'ô' => 'o',
            'û' | 'ù' => 'u',
            '’' => '\'',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\n' | '\r' => '\n',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").replace("rdv", "rendez-vous").replace("rendez vous", "rendez-vous").trim().to_owned()
}

fn ends_a_word(phrase: &str, rest: &str) -> bool {
    let after = rest[phrase.len()..].chars().next();
    !phrase.ends_with(char::is_alphabetic) || phrase.ends_with("'a") || !after.is_some_and(char::is_alphabetic)
}

/// The first few characters of what could not be read.
fn piece(rest: &str) -> String {
    rest.split_whitespace().take(3).collect::<Vec<_>>().join(" ").chars().take(40).collect()
}

fn word(word: &str) -> Option<Token> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let short = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];
    let day = WEEKDAYS.iter().position(|day| *day == singular).or_else(|| short.iter().position(|day| *day == word));
    if let Some(day) = day {
        return Some(Token::Day(day));
    }
    Some(match word {
        "a" | "au" | "aux" => Token::To,
        "et" | "puis" => Token::Also,
        "sauf" => Token::Except,
        "midi" => Token::Time(12 * 60),
        "matin" => Token::Morning,
        "x" | "ferme" | "fermee" | "fermeture" | "closed" => Token::Closed,
        "null" | "nan" | "none" | "nc" | "nr" | "nd" => Token::NotGiven,
        "ouvert" | "ouverte" => Token::Opens,
        "de" | "du" | "des" | "le" | "la" | "les" | "horaires" | "permanence" | "permanences" | "chaque" | "tous" => {
            Token::Filler
        }
        _ => return None,
    })
}

/// « 1er », « 2ème », « premiers », « dernier » at the start of the text, and its length in bytes.
fn rank(text: &str) -> Option<(i8, usize)> {
    let length = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let word = &text[..length];
    let singular = word.strip_suffix('s').unwrap_or(word);
    let rank = match singular {
        "1er" | "1ere" | "premier" | "premiere" => 1,
        "2e" | "2eme" | "2nd" | "deuxieme" | "second" => 2,
        "3e" | "3eme" | "troisieme" => 3,
        "4e" | "4eme" | "quatrieme" => 4,
        "5e" | "5eme" | "cinquieme" => 5,
        "dernier" | "derniere" => -1,
        _ => return None,
    };
    Some((rank, length))
}

/// A time or a bare hour at the start of the text, and its length in bytes.
fn number(text: &str) -> Option<(Token, usize)> {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let spaces = |from: usize| text[from..].bytes().take_while(|byte| *byte == b' ').count();
    let hour_length = digits(0);
    let hour: u32 = text[..hour_length].parse().ok().filter(|hour| hour_length <= 2 && *hour <= 24)?;
    let gap = spaces(hour_length);
    let mark = hour_length + gap;
    let (after_mark, has_h) = match text.as_bytes().get(mark) {
        Some(b'h') => {
            let long = ["heures", "heure"].into_iter().find(|word| text[mark..].starts_with(word));
            (mark + long.map_or(1, str::len), true)
        }
        Some(b':') => (mark + 1, false),
        _ => {
            let glued = text[hour_length..].chars().next().is_some_and(char::is_alphabetic);
            return (!glued).then_some((Token::BareHour(hour * 60), hour_length));
        }
    };
    let minute_gap = spaces(after_mark);
    let minute_at = after_mark + minute_gap;
    let minute_length = digits(minute_at);
    let next = text[minute_at + minute_length..].trim_start_matches(' ').chars().next();
    // « 8h 12h », « 9: 12:30 »: the second number is an hour of its own. « 8h3012h »: two digits of minutes, then an hour.
    let is_an_hour = if has_h { next == Some('h') } else { minute_gap > 0 && next == Some(':') };
    let is_minutes = (minute_length == 2 && !is_an_hour) || (minute_length > 2 && minute_gap == 0);
    if minute_length == 0 || (is_an_hour && !is_minutes) {
        // « 17: » is « 17h » in lists where every h was replaced by a colon.
        return Some((Token::Time(hour * 60), after_mark));
    }
    let minute: u32 = text.get(minute_at..minute_at + 2).filter(|_| is_minutes)?.parse().ok()?;
    // Across a space, only the minutes a timetable uses.
    let plausible = minute_gap == 0 || minute.is_multiple_of(5);
    let time = hour * 60 + minute;
    (minute < 60 && plausible && time <= super::timeline::DAY).then_some((Token::Time(time), minute_at + 2))
}
