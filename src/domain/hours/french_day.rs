//! The hours of one day in French: `09:00 - 12:00 / 13:30 - 17:00`, `9h12h`, « Sur RDV : 14h-17h », « Fermé ».

use super::french_tokens::{Token, tokens};
use super::said::{APPOINTMENT, Hours, Said, in_order};
use super::timeline::{DAY, EARLIEST};

/// Reads the text of one day.
pub(super) fn day_of(text: &str) -> Result<Said, String> {
    let mut tokens = tokens(text).map_err(|piece| format!("\"{piece}\" has no certain meaning"))?;
    for token in &mut tokens {
        // In the cell of one day, a line and a comma are the same, and « ouvert » says no more than the hours.
        match token {
            Token::Line => *token = Token::And,
            Token::Opens => *token = Token::Filler,
            _ => {}
        }
    }
    let is_noise = |token: &Token| {
        matches!(token, Token::And | Token::Also | Token::Slash | Token::Break | Token::Dash | Token::Filler)
    };
    match tokens.iter().filter(|token| !is_noise(token)).collect::<Vec<_>>()[..] {
        // « Ouvert » alone is a word without meaning of its own, and no empty cell.
        [] if text.to_lowercase().contains("ouvert") => return Err("open, without its hours".to_owned()),
        [] | [Token::NotGiven] => return Ok(Said::Nothing),
        [Token::Closed] => return Ok(Said::Closed),
        [Token::Appointment] => return Ok(Said::Open(vec![Hours { spans: vec![], note: Some(APPOINTMENT) }])),
        _ => {}
    }
    let mut parts: Vec<Hours> = Vec::new();
    let mut half_note = None;
    for part in tokens.split(|token| *token == Token::Break) {
        let read = part_hours(part)?;
        half_note = half_note.or(read.half_note);
        parts.extend(read.hours);
    }
    // An afternoon by appointment has no hours of its own: the note goes with the hours there are.
    if let Some(note) = half_note {
        match parts.iter_mut().find(|hours| hours.note.is_none()) {
            Some(hours) => hours.note = Some(note),
            None => parts.push(Hours { spans: vec![], note: Some(note) }),
        }
    }
    for hours in &mut parts {
        hours.spans = in_order(std::mem::take(&mut hours.spans))?;
    }
    in_order(parts.iter().flat_map(|hours| hours.spans.clone()).collect())?;
    Ok(if parts.is_empty() { Said::Nothing } else { Said::Open(parts) })
}

struct Part {
    hours: Vec<Hours>,
    half_note: Option<&'static str>,
}

/// Reads hours up to a `//`: « 9h-12h / Sur RDV : 14h-17h ». « Sur RDV » holds for what follows it.
fn part_hours(tokens: &[Token]) -> Result<Part, String> {
    let mut hours: Vec<Hours> = Vec::new();
    let (mut note, mut half_note) = (None, None);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Time(_) | Token::BareHour(_) => {
                let (span, length) = span_at(&tokens[at..])?;
                at += length;
                // `00:00 - 00:00` is how an export fills an empty half-day.
                if span == (0, 0) {
                    continue;
                }
                match hours.last_mut() {
                    Some(last) if last.note == note => last.spans.push(span),
                    _ => hours.push(Hours { spans: vec![span], note }),
                }
                continue;
            }
            Token::Appointment => {
                let before = tokens[..at].iter().rev().find(|token| **token != Token::Filler);
                let after = tokens[at + 1..].iter().find(|token| !matches!(token, Token::Colon | Token::Filler));
                match (before, after) {
                    (_, Some(Token::Afternoon)) | (Some(Token::Afternoon), _) => {
                        half_note = Some("après-midi sur rendez-vous");
                    }
                    (_, Some(Token::Morning)) | (Some(Token::Morning), _) => half_note = Some("matin sur rendez-vous"),
                    (_, Some(Token::Time(_) | Token::BareHour(_))) => note = Some(APPOINTMENT),
                    // « 9h-12h sur RDV »: of those hours, when they are the only ones.
                    (_, None) if hours.len() == 1 && hours[0].spans.len() == 1 && at > 0 && is_time(tokens[at - 1]) => {
                        hours[0].note = Some(APPOINTMENT);
                    }
                    _ => return Err("what is by appointment is not clear".to_owned()),
                }
            }
            Token::WalkIn => note = None,
            Token::Morning | Token::Afternoon => {
                let beside = |at: Option<usize>| at.and_then(|at| tokens.get(at)).copied();
                let near = [at.checked_sub(1), at.checked_sub(2), Some(at + 1), Some(at + 2)];
                if !near.into_iter().any(|at| beside(at) == Some(Token::Appointment)) {
                    return Err("half a day without hours".to_owned());
                }
            }
            Token::Colon => {
                let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                if !matches!(before, Some(Token::Appointment | Token::WalkIn)) {
                    return Err("a colon out of place".to_owned());
                }
            }
            // A lone dash is an empty half-day; « à » must stand between two times.
            Token::And | Token::Also | Token::Slash | Token::Dash | Token::Filler => {}
            _ => return Err("words out of place".to_owned()),
        }
        at += 1;
    }
    Ok(Part { hours, half_note })
}

fn is_time(token: Token) -> bool {
    matches!(token, Token::Time(_) | Token::BareHour(_))
}

/// Reads « 9h-12h », « de 14 à 18h », « 9h 12h », `9:00 : 12:00` or `9:00 / 12:00`: the span, and the tokens it took.
fn span_at(tokens: &[Token]) -> Result<((u32, u32), usize), String> {
    let pairs_on = |after: Option<&Token>| matches!(after, Some(Token::Dash | Token::To));
    match *tokens {
        [Token::Time(0), Token::Time(0), ..] => Ok(((0, 0), 2)),
        [Token::Time(0), Token::Dash | Token::To | Token::Colon | Token::Slash, Token::Time(0), ..] => Ok(((0, 0), 3)),
        [Token::Time(from), Token::Time(until), ..] => span_between(from, until).map(|span| (span, 2)),
        // A slash parts two spans; with nothing else to pair with, it stands for a dash.
        [Token::Time(from), Token::Colon | Token::Slash, Token::Time(until), ..] if !pairs_on(tokens.get(3)) => {
            span_between(from, until).map(|span| (span, 3))
        }
        _ => plain_span_at(tokens).map(|span| (span, 3)),
    }
}

/// Reads « 9h-12h » or « de 14 à 18h », three tokens.
pub(super) fn plain_span_at(tokens: &[Token]) -> Result<(u32, u32), String> {
    match *tokens {
        [Token::Time(from), Token::Dash | Token::To, Token::Time(until) | Token::BareHour(until), ..]
        | [Token::BareHour(from), Token::Dash | Token::To, Token::Time(until), ..] => span_between(from, until),
        _ => Err("a time without its pair".to_owned()),
    }
}

fn span_between(from: u32, until: u32) -> Result<(u32, u32), String> {
    // `00:00-00:00` fills a cell: whoever is open day and night writes 24.
    if (from, until) == (0, 0) {
        return Err("hours from midnight to midnight".to_owned());
    }
    let until = if until == 0 { DAY } else { until };
    // `01:30` stands for 13:30 more often than for the middle of the night.
    if from < EARLIEST && (from, until) != (0, DAY) {
        return Err("hours before 6 in the morning".to_owned());
    }
    if from < until { Ok((from, until)) } else { Err("hours that end before they start".to_owned()) }
}
