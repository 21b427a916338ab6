//! A French sentence about the week cut into clauses: some days, and what is said of them.

use super::french_day::plain_span_at;
use super::french_tokens::Token;

/// Some days and what is said of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    /// 0 is Monday.
    pub days: Vec<usize>,
    /// The days were given as a range or as all of them.
    pub is_range: bool,
    /// Which of these days in a month; empty for all.
    pub ranks: Vec<i8>,
    /// Odd (1) or even (2) weeks only.
    pub weeks: Option<u8>,
    /// Minutes from midnight.
    pub spans: Vec<(u32, u32)>,
    pub by_appointment: bool,
    pub closed: bool,
    pub half: Option<Token>,
}

impl Clause {
    pub fn says_something(&self) -> bool {
        !self.spans.is_empty() || self.closed || self.by_appointment
    }

    pub fn is_for_some_weeks(&self) -> bool {
        !self.ranks.is_empty() || self.weeks.is_some()
    }

    /// « matin » and « après-midi » agree with the hours.
    pub fn fits_its_half(&self) -> bool {
        self.spans.iter().all(|(from, until)| match self.half {
            Some(Token::Morning) => *until <= 14 * 60,
            Some(Token::Afternoon) => *from >= 12 * 60,
            _ => true,
        })
    }
}

/// A whole text.
#[derive(Debug, Clone, Default)]
pub(super) struct Sentence {
    pub clauses: Vec<Clause>,
    pub closed_on_holidays: bool,
    /// « … et sur rendez-vous »: at all other moments.
    pub also_by_appointment: bool,
}

fn is_noise(token: &Token) -> bool {
    matches!(
        token,
        Token::And
            | Token::Line
            | Token::Also
            | Token::Slash
            | Token::Break
            | Token::Dash
            | Token::Filler
            | Token::Opens
            | Token::Colon
    )
}

/// Cuts the tokens of a text.
///
/// # Errors
/// Says which words stand where they mean nothing for certain.
pub(super) fn clauses(tokens: &[Token]) -> Result<Sentence, String> {
    let mut sentence = Sentence::default();
    let mut clauses = vec![Clause::default()];
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let many = clauses.len() > 1;
        let clause = clauses.last_mut().expect("there is a first clause, and none is taken away");
        match token {
            Token::Day(_) | Token::EveryDay | Token::WeekEnd | Token::Rank(_) | Token::Weeks(_) => {
                // « 9h-12h du lundi au vendredi », « fermé le mercredi »: what is said may come first, once.
                let said_first = clause.days.is_empty() && (!many || clause.closed);
                // « mardi, semaines paires »: what narrows the days may follow them.
                let narrows = matches!(token, Token::Weeks(_)) && !clause.days.is_empty() && clause.weeks.is_none();
                let unsaid = is_day(token) && !clause.says_something() && !clause.days.is_empty();
                if unsaid && is_left_blank(tokens, at)? {
                    if clause.is_for_some_weeks() {
                        return Err("some weeks without their hours".to_owned());
                    }
                    *clause = Clause::default();
                }
                let closed_list =
                    is_day(token) && clause.closed && clause.half.is_none() && goes_on_closed(tokens, at)?;
                if clause.says_something() && !said_first && !closed_list && !narrows {
                    clauses.push(Clause::default());
                    continue;
                }
                if clause.says_something()
                    && tokens[at..].iter().any(|token| matches!(token, Token::Time(_)))
                    && !clause.closed
                {
                    return Err("hours on both sides of a day".to_owned());
                }
                match token {
                    Token::Rank(rank) => {
                        if !clause.days.is_empty() {
                            return Err("a rank after its day".to_owned());
                        }
                        clause.ranks.push(*rank);
                        at += 1;
                    }
                    Token::Weeks(weeks) => {
                        if clause.weeks.is_some_and(|known| known != *weeks) {
                            return Err("odd and even weeks at once".to_owned());
                        }
                        clause.weeks = Some(*weeks);
                        at += 1;
                    }
                    _ => {
                        let before = clause.days.len();
                        at += days_at(&tokens[at..], &mut clause.days)?;
                        clause.is_range |= clause.days.len() > before + 1;
                    }
                }
                continue;
            }
            Token::Time(_) | Token::BareHour(_) => {
                let span = plain_span_at(&tokens[at..])?;
                if clause.closed {
                    return Err("closed and open at once".to_owned());
                }
                clause.spans.push(span);
                at += 3;
                continue;
            }
            Token::Appointment => {
                let ends = tokens[at + 1..].iter().all(is_noise);
                let before = tokens[..at].iter().rev().find(|token| !matches!(token, Token::Filler | Token::Opens));
                if !clause.spans.is_empty() && before == Some(&Token::Also) && ends {
                    sentence.also_by_appointment = true;
                } else {
                    // After hours, it could hold for one clause or for all of them.
                    if !clause.spans.is_empty() && (many || !ends || clause.spans.len() > 1) {
                        return Err("what is by appointment is not clear".to_owned());
                    }
                    clause.by_appointment = true;
                }
            }
            Token::Except => {
                let (except, length) = excepted(&tokens[at + 1..])?;
                let hours_follow = tokens[at + 1 + length..].iter().find(|token| !is_noise(token));
                let hours_follow = matches!(hours_follow, Some(Token::Time(_) | Token::BareHour(_)));
                match except {
                    Excepted::Holidays => sentence.closed_on_holidays = true,
                    Excepted::Days(days) => {
                        if clause.days.is_empty() || !days.iter().all(|day| clause.days.contains(day)) {
                            return Err("an exception to nothing".to_owned());
                        }
                        if hours_follow && clause.says_something() {
                            clauses.push(Clause { days, ..Clause::default() });
                        } else {
                            clause.days.retain(|day| !days.contains(day));
                        }
                    }
                }
                at += length;
            }
            Token::Closed => {
                let next = tokens[at + 1..].iter().find(|token| !is_noise(token));
                let about_holidays = next == Some(&Token::PublicHolidays);
                let about_next = matches!(next, Some(Token::Day(_) | Token::EveryDay | Token::WeekEnd));
                if about_holidays {
                    sentence.closed_on_holidays = true;
                    at += tokens[at..].iter().position(|token| *token == Token::PublicHolidays).unwrap_or(0);
                } else if clause.says_something() && about_next {
                    clauses.push(Clause { closed: true, ..Clause::default() });
                } else if clause.spans.is_empty() && !clause.by_appointment && (!clause.days.is_empty() || about_next) {
                    clause.closed = true;
                } else {
                    return Err("words out of place".to_owned());
                }
            }
            // « jours fériés : fermé ».
            Token::PublicHolidays => {
                let next = tokens[at + 1..].iter().position(|token| !is_noise(token));
                if next.map(|next| tokens[at + 1 + next]) != Some(Token::Closed) {
                    return Err("public holidays without \"fermé\"".to_owned());
                }
                sentence.closed_on_holidays = true;
                at += 1 + next.unwrap_or(0);
            }
            Token::Morning | Token::Afternoon if clause.spans.is_empty() && !clause.days.is_empty() => {
                if clause.half.is_some_and(|half| half != *token) {
                    return Err("both halves of a day".to_owned());
                }
                clause.half = Some(*token);
            }
            Token::Colon if clause.says_something() && !clause.by_appointment => {
                return Err("a colon out of place".to_owned());
            }
            token if is_noise(token) => {}
            _ => return Err("words out of place".to_owned()),
        }
        at += 1;
    }
    clauses.retain(|clause| clause.says_something() || !clause.days.is_empty() || clause.is_for_some_weeks());
    sentence.clauses = clauses;
    Ok(sentence)
}

fn is_day(token: &Token) -> bool {
    matches!(token, Token::Day(_) | Token::EveryDay | Token::WeekEnd)
}

/// Whether the days before a day of the same clause were left without hours: « Lundi : - ; mardi : 9h-12h ». They are no part of
/// what is said of the day that follows.
///
/// # Errors
/// When they may be or not: « lun.-ven. », a day alone on its line, « lundi : mardi 9h-12h ».
fn is_left_blank(tokens: &[Token], at: usize) -> Result<bool, String> {
    let start = tokens[..at].iter().rposition(is_day).map_or(0, |day| day + 1);
    let gap = &tokens[start..at];
    if !gap.contains(&Token::Colon) {
        return match gap.iter().find(|token| matches!(token, Token::Dash | Token::Line)) {
            Some(Token::Dash) => Err("days joined by a dash".to_owned()),
            Some(_) => Err("a day alone on its line".to_owned()),
            None => Ok(false),
        };
    }
    let filled = gap.iter().any(|token| matches!(token, Token::Dash | Token::Slash | Token::And | Token::Line));
    let after = tokens[at..].iter().find(|token| !is_day(token) && **token != Token::To);
    let likewise = after == Some(&Token::Colon);
    if (filled || likewise) && !gap.contains(&Token::Also) {
        Ok(true)
    } else {
        Err("a day without its hours".to_owned())
    }
}

/// Whether a day goes on a list of closed days: « fermé lundi et mardi », with nothing open after it on its line.
///
/// # Errors
/// When the day may be the last of the closed or the first of the open: « fermé lundi, mardi et jeudi 9h-12h ».
fn goes_on_closed(tokens: &[Token], at: usize) -> Result<bool, String> {
    let of_days = |token: &Token| is_noise(token) || is_day(token) || *token == Token::To;
    let Some(closes) = tokens[..at].iter().rposition(|token| *token == Token::Closed) else { return Ok(false) };
    let Some(last) = tokens[closes..at].iter().rposition(is_day).map(|last| closes + last) else { return Ok(false) };
    let ends = |token: &Token| matches!(token, Token::Line | Token::Opens);
    if !tokens[closes + 1..at].iter().all(of_days) || tokens[last..at].iter().any(ends) {
        return Ok(false);
    }
    let rest = &tokens[at..];
    let stop = rest.iter().position(|token| !of_days(token) || ends(token));
    if stop.is_none_or(|stop| ends(&rest[stop])) {
        return Ok(true);
    }
    // « fermé le lundi, mardi 9h-12h », « … et du mardi au vendredi 9h-12h »: one day, or one range, has the hours.
    let days = rest[..stop.unwrap_or(0)].iter().filter(|token| is_day(token)).count();
    let range = rest.get(1) == Some(&Token::To);
    let joined = tokens[last..at].contains(&Token::Also);
    if days == usize::from(range) + 1 && (range || !joined) {
        Ok(false)
    } else {
        Err("days that are closed or open".to_owned())
    }
}

enum Excepted {
    Holidays,
    Days(Vec<usize>),
}

/// What follows « sauf », and how many tokens it took.
fn excepted(tokens: &[Token]) -> Result<(Excepted, usize), String> {
    let start = tokens.iter().position(|token| *token != Token::Filler).unwrap_or(tokens.len());
    if tokens.get(start) == Some(&Token::PublicHolidays) {
        return Ok((Excepted::Holidays, start + 1));
    }
    let (mut days, mut at) = (Vec::new(), start);
    while let Some(Token::Day(_)) = tokens.get(at) {
        at += days_at(&tokens[at..], &mut days)?;
        let next = tokens[at..]
            .iter()
            .position(|token| !matches!(token, Token::Also | Token::And | Token::Line | Token::Filler));
        match next.map(|next| (next, tokens[at + next])) {
            Some((next, Token::Day(_))) => at += next,
            _ => break,
        }
    }
    if days.is_empty() { Err("an exception that is no day".to_owned()) } else { Ok((Excepted::Days(days), at)) }
}

/// Reads « lundi », « lundi au vendredi » or « tous les jours »; returns how many tokens it took.
fn days_at(tokens: &[Token], days: &mut Vec<usize>) -> Result<usize, String> {
    let (first, last, length) = match *tokens {
        [Token::EveryDay, ..] => (0, 6, 1),
        [Token::WeekEnd, ..] => (5, 6, 1),
        [Token::Day(first), Token::To, Token::Day(last), ..] => (first, last, 3),
        [Token::Day(_), Token::Dash, Token::Day(_), ..] => return Err("days joined by a dash".to_owned()),
        [Token::Day(day), ..] => (day, day, 1),
        _ => return Err("a day was expected".to_owned()),
    };
    if first > last {
        return Err("days that go back".to_owned());
    }
    days.extend(first..=last);
    Ok(length)
}
