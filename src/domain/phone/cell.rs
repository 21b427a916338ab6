//! Every telephone number of a cell: « 04 50 56 87 49 / 06 39 98 12 34 (accueil) ».

use super::plan::{METROPOLE, Plan, is_short, overseas_of};
use super::{EXTENSION, Phone};
use crate::domain::text::fold;

/// Words that say a number is no telephone.
const FAX: [&str; 5] = ["fax", "faxe", "fx", "telecopie", "telecopieur"];
/// Words that say a number is nobody's but its owner's: « perso : 06… », « 06… (ne pas diffuser) ».
const PRIVATE: [&str; 6] = ["perso", "prive", "privee", "diffuser", "communiquer", "confidentiel"];
/// Round the clock, which is no part of a number.
const ALWAYS: [&str; 6] = ["24h/24", "24 h/24", "24h sur 24", "7j/7", "7 j/7", "7j sur 7"];
/// Words that say it is one.
const TELEPHONE: [&str; 3] = ["tel", "telephone", "t"];
/// Words that say no more than the column does.
const LABELS: [&str; 11] =
    ["tel", "telephone", "t", "port", "portable", "mobile", "fixe", "ou", "et", "puis", "numero"];

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhoneCell {
    /// The numbers, in order, without repeats.
    pub numbers: Vec<Phone>,
    /// Pieces with digits that are no telephone number: half a number, a fax, a number of another country.
    pub unread: Vec<String>,
    /// Words beside the numbers: « accueil », « le matin ».
    pub words: Vec<String>,
    /// A number was read otherwise than written: a lost zero, a country code without its `+`.
    pub repaired: bool,
}

/// Reads a cell by the plan of the territory it belongs to (a département or collectivity, `"987"`); without one, only
/// numbers that mean the same everywhere are read.
///
/// ```
/// use mediane::domain::phone::read_cell;
/// let cell = read_cell("05 55 51 47 00 / 06.12.34.56.78", Some("23"));
/// let numbers: Vec<&str> = cell.numbers.iter().map(|phone| phone.as_str()).collect();
/// assert_eq!(numbers, ["+33555514700", "+33612345678"]);
/// ```
#[must_use]
pub fn read_cell(text: &str, territory: Option<&str>) -> PhoneCell {
    let mut cell = PhoneCell::default();
    let plain = plain(text);
    let (mut fax, mut leads, mut private, mut hides) = (false, false, false, false);
    let pieces = pieces(&plain);
    let trailing = labels_trail(&pieces);
    for (at, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Words(words) => {
                let folded = fold(words);
                let bracketed = words.trim().starts_with(['(', '[']);
                // « (tél) 05… (fax) 05… »: what stands before the first number stands before the others too.
                leads |= bracketed && cell.numbers.is_empty() && cell.unread.is_empty();
                let mut said = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                if said.clone().any(|word| PRIVATE.contains(&word)) {
                    hides = true;
                    // Said of the number before when it stands behind one, else of the next. The number itself is told nowhere.
                    if at > 0 && (bracketed || at + 1 == pieces.len()) {
                        cell.numbers.pop();
                    } else {
                        private = true;
                    }
                    cell.unread.push(words.trim().to_owned());
                    continue;
                }
                // « F : 05… », « T. … - F. … »: the letter alone, beside no other word.
                let letter = said.clone().any(|word| word == "f")
                    && said.clone().all(|word| LABELS.contains(&word) || word == "f");
                let is_fax = letter || said.clone().any(|word| FAX.contains(&word));
                let is_both = is_fax && said.clone().any(|word| TELEPHONE.contains(&word));
                if is_both && (at == 0 || bracketed) {
                    // « Tél/Fax : 05… », « 05… (tél/fax) »: one line for both.
                    fax = false;
                } else if is_fax {
                    // « 04… (fax) », « 04… fax » is said of the number before, « fax : 04… » of the one that follows, and
                    // « 04… / fax : » of none.
                    let last = at + 1 == pieces.len();
                    let blank = last && (words.trim().ends_with(':') || words.trim().starts_with(BETWEEN));
                    if blank && !bracketed {
                        continue;
                    }
                    if bracketed && !leads || last && at > 0 || trailing {
                        cell.unread.extend(cell.numbers.pop().map(|number| format!("fax {}", number.as_str())));
                    } else {
                        fax = true;
                    }
                } else {
                    fax = false;
                    if said.any(|word| !LABELS.contains(&word)) {
                        cell.words.push(words.trim().to_owned());
                    }
                }
            }
            Piece::Extension(digits) => match cell.numbers.last_mut() {
                Some(Phone(number)) if number.starts_with('+') && !number.contains(EXTENSION) => {
                    number.push_str(EXTENSION);
                    number.push_str(digits);
                }
                _ => cell.unread.push(digits.to_owned()),
            },
            Piece::Digits(_) if private => private = false,
            Piece::Digits(run) if fax => {
                fax = false;
                cell.unread.push(format!("fax {}", run.trim()));
            }
            Piece::Digits(run) => read_run(run, territory, &mut cell),
        }
    }
    if cell.numbers.is_empty() && !cell.unread.is_empty() && !hides {
        cell.unread = vec![plain.trim().to_owned()];
        cell.words.clear();
    }
    cell
}

/// Whether each label stands behind its number: « 05… tél ; 05… fax ».
fn labels_trail(pieces: &[Piece<'_>]) -> bool {
    let is_label = |piece: &Piece<'_>| match piece {
        Piece::Words(words) => {
            let folded = fold(words);
            let mut said = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            !words.trim().ends_with(':') && said.all(|word| LABELS.contains(&word) || FAX.contains(&word))
        }
        _ => false,
    };
    matches!(pieces.first(), Some(Piece::Digits(_))) && pieces.last().is_some_and(is_label)
}

/// Plain spaces and dashes, `(0)` gone, and the numbers that a spreadsheet turned into floats made whole again.
fn plain(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}'))
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{ff10}'..='\u{ff19}' => char::from(b'0' + (c as u32 - 0xff10) as u8),
            '\u{b7}' | '\u{2022}' | '\u{2027}' => '.',
            '\n' | '\r' => '\n',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let plain = ALWAYS.iter().fold(plain, |text, always| text.replace(always, " jour et nuit "));
    let plain = without_prices(plain.replace("(0)", " ").replace("( 0 )", " "));
    unfloated(plain.trim()).unwrap_or(plain)
}

/// Without what a call costs: « 36 46 (0,06 €/min) ».
fn without_prices(mut text: String) -> String {
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at) {
        let Some(close) = text[open..].find(')').map(|at| open + at) else { break };
        if text[open..close].contains('€') {
            text.replace_range(open..=close, " ");
        } else {
            from = close;
        }
    }
    text
}

/// `450568749.0` → `450568749`, `3.3450568749E+10` → `33450568749`; `None` when digits were lost or it is no float.
fn unfloated(text: &str) -> Option<String> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(whole) = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"))
        && is_digits(whole)
        && whole.len() >= 6
    {
        return Some(whole.to_owned());
    }
    let (mantissa, power) = text.split_once(['e', 'E'])?;
    let (first, decimals) = mantissa.split_once(['.', ','])?;
    let power: usize = power.trim_start_matches('+').parse().ok()?;
    (first.len() == 1 && is_digits(first) && is_digits(decimals) && decimals.len() == power)
        .then(|| format!("{first}{decimals}"))
}

enum Piece<'a> {
    /// Letters and what stands between them.
    Words(&'a str),
    /// A run of digits, marks of telephone numbers and separators.
    Digits(&'a str),
    /// The digits after « poste » or `ext`.
    Extension(&'a str),
}

/// Cuts a cell where letters begin and end.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let is_digit = |c: char| c.is_ascii_digit() || c == '+';
        let start = rest.find(is_digit).unwrap_or(rest.len());
        let (words, digits) = rest.split_at(start);
        let letters = digits.find(char::is_alphabetic).unwrap_or(digits.len());
        // What follows the last digit goes with the words after it: « (fax) ».
        let stop = digits[..letters].rfind(|c: char| c.is_ascii_digit()).map_or(letters, |last| last + 1);
        if !words.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
            let folded = fold(words);
            let last = folded.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
            let few = digits[..stop].trim_matches(|c: char| !c.is_ascii_digit());
            let is_extension = ["poste", "ext", "extension", "p"].contains(&last) && few.len() <= 6;
            if is_extension && !few.is_empty() && few.bytes().all(|b| b.is_ascii_digit()) {
                pieces.push(Piece::Extension(few));
                rest = &digits[stop..];
                continue;
            }
            pieces.push(Piece::Words(words));
        }
        if !digits[..stop].is_empty() {
            pieces.push(Piece::Digits(&digits[..stop]));
        }
        rest = &digits[stop..];
    }
    pieces
}

/// Marks that stand between two numbers, and never inside one unless they group its digits all along (`04/50/56/87/49`).
const BETWEEN: [char; 6] = [';', '|', ',', '\n', '/', '&'];

/// Reads the numbers of a run without letters.
fn read_run(run: &str, territory: Option<&str>, cell: &mut PhoneCell) {
    if let Some((number, repaired)) = one(run, territory) {
        return push(cell, number, repaired);
    }
    let parts: Vec<&str> = run.split(BETWEEN).filter(|part| part.contains(|c: char| c.is_ascii_digit())).collect();
    for part in parts {
        if let Some((number, repaired)) = one(part, territory) {
            push(cell, number, repaired);
            continue;
        }
        let mut rest = part;
        let mut found = Vec::new();
        while rest.contains(|c: char| c.is_ascii_digit()) {
            let Some((length, number)) = leading(rest, territory) else { break };
            found.push(number);
            rest = &rest[length..];
        }
        let left = rest.trim_matches(|c: char| !c.is_ascii_digit() && c != '+');
        // Two digits too many, with nothing between: nobody knows which ones.
        let glued = rest.trim_start_matches([' ', '.', '-']).starts_with(left) && !rest.starts_with(" -");
        if !left.is_empty() && glued {
            cell.unread.push(part.trim().to_owned());
            continue;
        }
        found.into_iter().for_each(|(number, repaired)| push(cell, number, repaired));
        cell.unread.extend(Some(left).filter(|left| !left.is_empty()).map(ToOwned::to_owned));
    }
}

/// The longest beginning of a text that is a number of six digits or more and stops between two groups of digits.
fn leading(text: &str, territory: Option<&str>) -> Option<(usize, (Phone, bool))> {
    let bytes = text.as_bytes();
    let ends = (1..=bytes.len())
        .rev()
        .filter(|&end| bytes[end - 1].is_ascii_digit() && bytes.get(end).is_none_or(|next| !next.is_ascii_digit()));
    let whole = ends.filter_map(|end| Some((end, one(text.get(..end)?, territory)?)));
    let mut whole = whole.filter(|(_, (number, _))| number.as_str().starts_with('+'));
    whole.next().or_else(|| {
        // Two numbers of ten digits without anything between them.
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let glued = digits == 20 && text.starts_with('0') && text.as_bytes().get(10) == Some(&b'0');
        glued.then(|| Some((10, one(&text[..10], territory)?))).flatten()
    })
}

fn push(cell: &mut PhoneCell, number: Phone, repaired: bool) {
    cell.repaired |= repaired;
    if !cell.numbers.contains(&number) {
        cell.numbers.push(number);
    }
}

/// Reads a text that is one number and nothing else; whether it was written otherwise than it is dialled.
fn one(text: &str, territory: Option<&str>) -> Option<(Phone, bool)> {
    let text = text.trim_matches(|c: char| !c.is_ascii_digit() && c != '+');
    let allowed = |c: char| c.is_ascii_digit() || " +.-()/_,:".contains(c);
    if !text.chars().all(allowed) || text.chars().skip(1).any(|c| c == '+') {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if let Some(digits) = text.starts_with('+').then_some(digits.as_str()).or_else(|| digits.strip_prefix("00")) {
        return international(digits);
    }
    // `10:12` or `30/12` is an hour or a day.
    if is_short(&digits) && text.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        return Some((Phone(digits), false));
    }
    let home = territory.map(Plan::of);
    // Six and eight digits are numbers of the Pacific and of Saint-Pierre-et-Miquelon, and mean nothing elsewhere.
    if let Some(home) = home.filter(|home| digits.len() < 9 && home.has(&digits)) {
        return Some((phone(home, &digits), false));
    }
    if let Some(national) = digits.strip_prefix('0').filter(|national| national.len() == 9) {
        return ten_digits(national, territory).map(|number| (number, false));
    }
    let bare = |plan: Plan| {
        let national = digits.strip_prefix(plan.country)?;
        let national = national.strip_prefix('0').filter(|_| plan.trunk).unwrap_or(national);
        plan.has(national).then(|| phone(plan, national))
    };
    match digits.len() {
        // A zero that a spreadsheet dropped, or a country code of the Pacific and six digits: the place tells.
        9 => {
            let pacific = home.and_then(bare);
            let is_both =
                Plan::with_country(&digits).and_then(bare).is_some() && ["681", "687"].contains(&&digits[..3]);
            let lost_zero = || ten_digits(&digits, territory).filter(|_| !is_both || territory.is_some());
            pacific.or_else(lost_zero).map(|number| (number, true))
        }
        10..=13 => Plan::with_country(&digits).and_then(bare).map(|number| (number, true)),
        _ => None,
    }
}

/// Digits after `+` or `00`.
fn international(digits: &str) -> Option<(Phone, bool)> {
    // `+269 269 61 12 34`: Mayotte had the code of the Comoros until 2007, where no number has nine digits.
    let mayotte = Plan::of("976");
    if let Some(national) = digits.strip_prefix("269").filter(|national| mayotte.has(national)) {
        return Some((phone(mayotte, national), true));
    }
    let plan = Plan::with_country(digits)?;
    let written = &digits[plan.country.len()..];
    let national = written.strip_prefix('0').filter(|rest| plan.trunk && rest.len() == 9).unwrap_or(written);
    if plan.has(national) {
        return Some((phone(plan, national), national != written));
    }
    // `+33 262 20 12 34`: the number is one of La Réunion, whatever code was put before it.
    let owner = overseas_of(national).filter(|owner| plan == METROPOLE && owner.has(national))?;
    Some((phone(owner, national), true))
}

/// The nine digits after the trunk 0.
fn ten_digits(national: &str, territory: Option<&str>) -> Option<Phone> {
    if let Some(saint_pierre) = national.strip_prefix("508") {
        let plan = Plan::of("975");
        return plan.has(saint_pierre).then(|| phone(plan, saint_pierre));
    }
    let home = territory.map(Plan::of).filter(|plan| plan.lengths == [9] && national.starts_with('9'));
    let plan = overseas_of(national).or(home).unwrap_or(METROPOLE);
    plan.has(national).then(|| phone(plan, national))
}

fn phone(plan: Plan, national: &str) -> Phone {
    Phone(format!("+{}{national}", plan.country))
}
