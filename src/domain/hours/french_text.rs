//! A week of hours written as one French sentence, put into OSM syntax:
//! « Du lundi au jeudi : 9h à 12h et 14h à 17h, vendredi : 9h à 12h ».

use super::french::UnreadHours;
use super::french_day::plain_span_at;
use super::french_tokens::{Token, tokens};
use super::said::{APPOINTMENT, Hours, Said, in_order, osm_week};

/// Translates a French sentence about the week. `Ok(None)` when it says nothing.
///
/// # Errors
/// When a word has no certain meaning (« sauf », « vacances »…), or hours have no day.
pub fn from_french_text(text: &str) -> Result<Option<String>, UnreadHours> {
    read(text).map_err(|reason| UnreadHours { day: None, text: text.to_owned(), reason })
}

/// Some days and what is said of them.
#[derive(Debug, Clone, Default)]
struct Clause {
    days: Vec<usize>,
    spans: Vec<(u32, u32)>,
    by_appointment: bool,
    closed: bool,
    half: Option<Token>,
}

impl Clause {
    fn says_something(&self) -> bool {
        !self.spans.is_empty() || self.closed || self.by_appointment
    }
}

fn read(text: &str) -> Result<Option<String>, String> {
    let tokens = tokens(text).map_err(|piece| format!("\"{piece}\" has no certain meaning"))?;
    let clauses = clauses(&tokens)?;
    let mut week = [const { Said::Nothing }; 7];
    for clause in clauses {
        if clause.days.is_empty() {
            return Err("hours without a day".to_owned());
        }
        for day in &clause.days {
            add(&mut week[*day], &clause)?;
        }
    }
    Ok(osm_week(&week))
}

fn clauses(tokens: &[Token]) -> Result<Vec<Clause>, String> {
    let mut clauses = vec![Clause::default()];
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let many = clauses.len() > 1;
        let clause = clauses.last_mut().expect("there is a first clause, and none is taken away");
        match token {
            Token::Day(_) | Token::EveryDay => {
                // « 9h-12h du lundi au vendredi »: the hours may come first, once.
                let hours_first = !many && clause.days.is_empty();
                if clause.says_something() && !hours_first {
                    clauses.push(Clause::default());
                    continue;
                }
                if clause.says_something() && tokens[at..].iter().any(|token| matches!(token, Token::Time(_))) {
                    return Err("hours on both sides of a day".to_owned());
                }
                at += days_at(&tokens[at..], &mut clause.days)?;
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
                let ends =
                    tokens[at + 1..].iter().all(|token| matches!(token, Token::And | Token::Slash | Token::Filler));
                // After hours, it could hold for one clause or for all of them.
                if !clause.spans.is_empty() && (many || !ends || clause.spans.len() > 1) {
                    return Err("what is by appointment is not clear".to_owned());
                }
                clause.by_appointment = true;
            }
            Token::Closed if clause.spans.is_empty() && !clause.days.is_empty() => clause.closed = true,
            Token::Morning | Token::Afternoon if clause.spans.is_empty() && !clause.days.is_empty() => {
                clause.half = Some(*token);
            }
            Token::Colon if clause.says_something() && !clause.by_appointment => {
                return Err("a colon out of place".to_owned());
            }
            Token::And | Token::Slash | Token::Break | Token::Dash | Token::Filler | Token::Colon => {}
            _ => return Err("words out of place".to_owned()),
        }
        at += 1;
    }
    clauses.retain(|clause| clause.says_something() || !clause.days.is_empty());
    Ok(clauses)
}

/// Reads « lundi », « lundi au vendredi » or « tous les jours »; returns how many tokens it took.
fn days_at(tokens: &[Token], days: &mut Vec<usize>) -> Result<usize, String> {
    let (first, last, length) = match *tokens {
        [Token::EveryDay, ..] => (0, 6, 1),
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

/// Adds what a clause says to a day; what was said before stays.
fn add(said: &mut Said, clause: &Clause) -> Result<(), String> {
    if clause.closed {
        return if *said == Said::Nothing {
            *said = Said::Closed;
            Ok(())
        } else {
            Err("closed and open at once".to_owned())
        };
    }
    let on_its_side = |(from, until): &(u32, u32)| match clause.half {
        Some(Token::Morning) => *until <= 14 * 60,
        Some(Token::Afternoon) => *from >= 12 * 60,
        _ => true,
    };
    if !clause.says_something()
        || !clause.spans.iter().all(on_its_side)
        || (clause.half.is_some() && clause.spans.is_empty())
    {
        return Err("a day without its hours".to_owned());
    }
    let note = clause.by_appointment.then_some(APPOINTMENT);
    let mut parts = match said {
        Said::Nothing => vec![],
        Said::Closed => return Err("closed and open at once".to_owned()),
        Said::Open(parts) => std::mem::take(parts),
    };
    match parts.iter_mut().find(|hours| hours.note == note) {
        Some(hours) => hours.spans.extend(&clause.spans),
        None => parts.push(Hours { spans: clause.spans.clone(), note }),
    }
    for hours in &mut parts {
        hours.spans = in_order(std::mem::take(&mut hours.spans))?;
    }
    *said = Said::Open(parts);
    Ok(())
}
