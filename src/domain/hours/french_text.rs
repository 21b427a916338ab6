//! A week of hours written as one French sentence, put into OSM syntax:
//! « Du lundi au jeudi : 9h à 12h et 14h à 17h, vendredi : 9h à 12h ».

use super::french::UnreadHours;
use super::french_clauses::{Clause, clauses};
use super::french_tokens::{Token, tokens};
use super::notation::{DAYS, alternate_weeks};
use super::said::{APPOINTMENT, Hours, Said, in_order, osm_hours, osm_week};

/// Translates a French sentence about the week. `Ok(None)` when it says nothing.
///
/// # Errors
/// When a word has no certain meaning (« hors vacances »…), hours have no day, or a day is said twice.
pub fn from_french_text(text: &str) -> Result<Option<String>, UnreadHours> {
    read(text).map_err(|reason| UnreadHours { day: None, text: text.to_owned(), reason })
}

fn is_nothing(token: &Token) -> bool {
    matches!(token, Token::NotGiven | Token::And | Token::Line | Token::Dash | Token::Filler | Token::Opens)
}

fn read(text: &str) -> Result<Option<String>, String> {
    let tokens = tokens(text).map_err(|piece| format!("\"{piece}\" has no certain meaning"))?;
    if tokens.iter().all(is_nothing) {
        return Ok(None);
    }
    let sentence = clauses(&tokens)?;
    // « Semaines paires : lundi 9h-12h, mardi 14h-17h »: whether Tuesday is every week, nobody can tell.
    let weeks: Vec<bool> = sentence.clauses.iter().map(|clause| clause.weeks.is_some()).collect();
    if weeks.contains(&true) && weeks.contains(&false) {
        return Err("some weeks for some of the days".to_owned());
    }
    let mut week = [const { Said::Nothing }; 7];
    let mut by_range = [false; 7];
    // Rules that do not hold every week: their days, and the moments (rank in the month, kind of week) already said.
    let mut others: Vec<String> = Vec::new();
    let mut moments: Vec<(usize, i8, u8)> = Vec::new();
    for clause in &sentence.clauses {
        if clause.days.is_empty() {
            return Err("hours without a day".to_owned());
        }
        if clause.is_for_some_weeks() {
            others.extend(some_weeks(clause, &mut moments)?);
            continue;
        }
        for day in &clause.days {
            add(&mut week[*day], by_range[*day], clause)?;
            by_range[*day] |= clause.is_range;
        }
    }
    if moments.iter().any(|(day, ..)| week[*day] != Said::Nothing) {
        return Err("a day of every week and of some weeks".to_owned());
    }
    let mut rules: Vec<String> = osm_week(&week).into_iter().chain(others).collect();
    if rules.is_empty() {
        return Ok(None);
    }
    if sentence.closed_on_holidays {
        rules.push("PH off".to_owned());
    }
    let mut osm = rules.join("; ");
    if sentence.also_by_appointment {
        if sentence.closed_on_holidays || osm.contains("off") {
            return Err("a closure and other moments by appointment".to_owned());
        }
        osm = format!("{osm} || unknown \"{APPOINTMENT}\"");
    }
    Ok(Some(osm))
}

/// « 1er et 3e mardi du mois : 14h-16h », « semaines paires, lundi : 9h-12h ».
fn some_weeks(clause: &Clause, moments: &mut Vec<(usize, i8, u8)>) -> Result<Vec<String>, String> {
    if !clause.ranks.is_empty() && clause.days.len() > 1 {
        return Err("a rank for several days".to_owned());
    }
    if clause.spans.is_empty() || clause.closed || clause.half.is_some_and(|_| !clause.fits_its_half()) {
        return Err("some weeks without their hours".to_owned());
    }
    let note = clause.by_appointment.then_some(APPOINTMENT);
    let hours = osm_hours(&Hours { spans: in_order(clause.spans.clone())?, note });
    let weeks = clause.weeks.map_or_else(String::new, |kind| format!("{} ", alternate_weeks(kind)));
    let mut rules = Vec::new();
    for day in &clause.days {
        let each: Vec<i8> = if clause.ranks.is_empty() { vec![0] } else { clause.ranks.clone() };
        for rank in &each {
            let clashes = |(other, other_rank, other_weeks): &(usize, i8, u8)| {
                let same_rank = other_rank == rank || *other_rank < 0 || *rank < 0;
                let same_weeks = *other_weeks == clause.weeks.unwrap_or(0);
                other == day && same_rank && same_weeks || other == day && (*other_weeks == 0) != clause.weeks.is_none()
            };
            if moments.iter().any(clashes) {
                return Err("a day said twice".to_owned());
            }
            moments.push((*day, *rank, clause.weeks.unwrap_or(0)));
        }
        let ranks: Vec<String> = clause.ranks.iter().map(ToString::to_string).collect();
        let ranks = if ranks.is_empty() { String::new() } else { format!("[{}]", ranks.join(",")) };
        rules.push(format!("{weeks}{}{ranks} {hours}", DAYS[*day]));
    }
    Ok(rules)
}

/// Adds what a clause says to a day. What was said of it alone stays; what was said of a range that it is part of
/// (`by_range`) gives way to an exception that can be nothing else.
fn add(said: &mut Said, by_range: bool, clause: &Clause) -> Result<(), String> {
    let is_exception = by_range && !clause.is_range;
    if clause.closed {
        if clause.half.is_some() {
            return Err("half a day closed".to_owned());
        }
        return if *said == Said::Nothing || is_exception {
            *said = Said::Closed;
            Ok(())
        } else {
            Err("closed and open at once".to_owned())
        };
    }
    if !clause.says_something() || !clause.fits_its_half() || (clause.half.is_some() && clause.spans.is_empty()) {
        return Err("a day without its hours".to_owned());
    }
    let note = clause.by_appointment.then_some(APPOINTMENT);
    let mut parts = match said {
        Said::Nothing => vec![],
        Said::Closed => return Err("closed and open at once".to_owned()),
        Said::Open(parts) if is_exception && clause.half.is_none() => {
            let within = |(from, until): &(u32, u32)| {
                parts.iter().flat_map(|hours| &hours.spans).any(|(start, end)| start <= from && until <= end)
            };
            if clause.spans.is_empty() || !clause.spans.iter().all(within) {
                return Err("hours of a day beside those of its range".to_owned());
            }
            vec![]
        }
        Said::Open(parts) => std::mem::take(parts),
    };
    match parts.iter_mut().find(|hours| hours.note == note) {
        Some(hours) => hours.spans.extend(&clause.spans),
        None => parts.push(Hours { spans: clause.spans.clone(), note }),
    }
    for hours in &mut parts {
        hours.spans = in_order(std::mem::take(&mut hours.spans))?;
    }
    in_order(parts.iter().flat_map(|hours| hours.spans.clone()).collect())?;
    *said = Said::Open(parts);
    Ok(())
}
