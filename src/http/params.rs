//! The query string, read strictly: every name declared, every name once, decoded once; else a 400 that says what is
//! wrong with which parameter.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::problem::Problem;
use crate::domain::{Degrees, Position, PositionError};

/// Longest value of a parameter that is not a list, in characters.
pub const LONGEST_TEXT: usize = 200;
/// Most different values in a list.
const LONGEST_LIST: usize = 50;
/// Most digits a number may be written with.
const LONGEST_NUMBER: usize = 32;

/// The parameters of one request.
#[derive(Debug, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads a raw query string, of which only the `declared` names may occur.
    ///
    /// # Errors
    /// 400 when a name is unknown or comes twice, or a value is empty, badly encoded or holds control characters.
    pub fn parse(raw: &str, declared: &[&str]) -> Result<Self, Problem> {
        Self::read(raw, declared.iter().copied())
    }

    /// The same where the names stand in several lists: they are gathered only to say which one was meant.
    ///
    /// # Errors
    /// As [`Query::parse`].
    pub fn read<'a>(raw: &str, declared: impl Iterator<Item = &'a str> + Clone) -> Result<Self, Problem> {
        let mut query = Self::default();
        for part in raw.split('&').filter(|part| !part.is_empty()) {
            let (raw_name, raw_value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(raw_name).ok_or_else(|| badly_encoded("", raw_name))?;
            if !declared.clone().any(|known| known == name) {
                return Err(unknown(&name, raw_value, &declared.collect::<Vec<_>>()));
            }
            let value = decode(raw_value).ok_or_else(|| badly_encoded(&name, raw_value))?;
            if query.text(&name).is_some() {
                let detail = format!("`{name}` was given twice; write it once (lists are separated by commas)");
                return Err(Problem::parameter("repeated-parameter", &name, &value, detail));
            }
            if value.trim().is_empty() {
                return Err(Problem::parameter("empty-parameter", &name, &value, format!("`{name}` has no value")));
            }
            query.pairs.push((name, value));
        }
        Ok(query)
    }

    /// The value as written.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every name with its value, in the order they were written.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A text of at most 200 characters.
    ///
    /// # Errors
    /// 400 when it is longer.
    pub fn short_text(&self, name: &str) -> Result<Option<&str>, Problem> {
        match self.text(name) {
            Some(value) if value.chars().count() > LONGEST_TEXT => {
                let detail = format!("`{name}` is longer than {LONGEST_TEXT} characters");
                Err(Problem::parameter("text-too-long", name, value, detail))
            }
            value => Ok(value),
        }
    }

    /// A whole number within a range.
    ///
    /// # Errors
    /// 400 unless it is written with ASCII digits only and lies in the range.
    pub fn integer(&self, name: &str, range: RangeInclusive<usize>) -> Result<Option<usize>, Problem> {
        let Some(value) = self.text(name) else { return Ok(None) };
        let (low, high) = (range.start(), range.end());
        let allowed = format!("{low}..{high}");
        if value.len() > LONGEST_NUMBER || !value.bytes().all(|byte| byte.is_ascii_digit()) {
            let detail = format!("`{name}` must be a whole number from {low} to {high}, in plain digits");
            return Err(Problem::parameter("invalid-parameter", name, value, detail).allowing([allowed]));
        }
        match value.parse() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            _ => {
                let detail = format!("`{name}` must lie between {low} and {high}");
                Err(Problem::parameter("out-of-range", name, value, detail).allowing([allowed]))
            }
        }
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// 400 for any other spelling.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        match self.text(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(value) => {
                let detail = format!("`{name}` is either true or false");
                Err(Problem::parameter("invalid-parameter", name, value, detail).allowing(["true", "false"]))
            }
        }
    }

    /// Values separated by commas, each once, in the order they were written.
    ///
    /// # Errors
    /// 400 when a value is empty or when more than 50 different ones remain.
    pub fn list(&self, name: &str) -> Result<Vec<&str>, Problem> {
        let Some(value) = self.text(name) else { return Ok(Vec::new()) };
        let mut seen = HashSet::new();
        let mut items = Vec::new();
        for item in value.split(',') {
            if item.is_empty() {
                let detail = format!("`{name}` has an empty value between two commas");
                return Err(Problem::parameter("invalid-parameter", name, value, detail));
            }
            if seen.insert(item) {
                items.push(item);
            }
            if items.len() > LONGEST_LIST {
                let detail = format!("`{name}` takes at most {LONGEST_LIST} different values");
                return Err(Problem::parameter("list-too-long", name, value, detail));
            }
        }
        Ok(items)
    }

    /// Numbers separated by commas.
    ///
    /// # Errors
    /// 400 unless each is in plain decimal notation: digits, at most one point, perhaps a minus sign.
    pub fn numbers(&self, name: &str) -> Result<Option<Vec<f64>>, Problem> {
        self.text(name).map(|value| numbers(name, value)).transpose()
    }

    /// A position in France, as `LON,LAT`.
    ///
    /// # Errors
    /// 400, with a hint when longitude and latitude have traded places or the decimal mark is a comma.
    pub fn position(&self, name: &str) -> Result<Option<Position>, Problem> {
        self.text(name).map(|value| position(name, value)).transpose()
    }

    /// Positions in France, as `LON,LAT;LON,LAT`.
    ///
    /// # Errors
    /// 400 about the first that cannot be used, or when there are more than 50.
    pub fn positions(&self, name: &str) -> Result<Vec<Position>, Problem> {
        let Some(value) = self.text(name) else { return Ok(Vec::new()) };
        if value.split(';').count() > LONGEST_LIST {
            let detail = format!("`{name}` takes at most {LONGEST_LIST} positions");
            return Err(Problem::parameter("list-too-long", name, value, detail));
        }
        value.split(';').map(|value| position(name, value)).collect()
    }
}

fn position(name: &str, value: &str) -> Result<Position, Problem> {
    let refuse = |code, detail: String| Err(Problem::parameter(code, name, value, detail).allowing(["LON,LAT"]));
    let &[lon, lat] = numbers(name, value)?.as_slice() else {
        let hint = match value.split(',').collect::<Vec<_>>()[..] {
            [a, b, c, d] => format!("; the decimal mark is a point: {a}.{b},{c}.{d}"),
            _ => String::new(),
        };
        return refuse("invalid-position", format!("`{name}` takes two numbers, LON,LAT{hint}"));
    };
    in_france(name, value, Degrees { lon, lat })
}

/// A position in France.
///
/// # Errors
/// 400 about the value as it was written, with a hint when longitude and latitude have traded places.
pub fn in_france(name: &str, value: &str, degrees: Degrees) -> Result<Position, Problem> {
    let refuse = |code, detail: String| Err(Problem::parameter(code, name, value, detail).allowing(["LON,LAT"]));
    match Position::in_france(degrees) {
        Ok(position) => Ok(position),
        Err(error @ PositionError::Swapped(_)) => refuse("swapped-position", error.to_string()),
        Err(error @ PositionError::OutsideFrance(_)) => refuse("position-outside-france", error.to_string()),
        Err(error @ PositionError::OffTheGlobe(_)) => refuse("invalid-position", error.to_string()),
    }
}

fn numbers(name: &str, value: &str) -> Result<Vec<f64>, Problem> {
    let numbers: Option<Vec<f64>> = value.split(',').map(number).collect();
    numbers.ok_or_else(|| {
        let detail = format!("`{name}` takes numbers in plain decimal notation, such as 2.3522, between commas");
        Problem::parameter("invalid-parameter", name, value, detail)
    })
}

/// Reads `-12.5`. No exponent, no `+`, no hexadecimal, no digits of other scripts, no infinity.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (text.len() <= LONGEST_NUMBER && plain(whole) && plain(fraction)).then(|| text.parse().ok())?
}

/// The value of one parameter, whatever else is asked; `None` when it is absent or empty.
///
/// # Errors
/// 400 when it comes twice or is badly encoded.
pub fn only(raw: &str, name: &str) -> Result<Option<String>, Problem> {
    let pairs = raw.split('&').map(|part| part.split_once('=').unwrap_or((part, "")));
    let mut values =
        pairs.filter(|(given, _)| decode(given).is_some_and(|given| given == name)).map(|(_, value)| value);
    let Some(raw_value) = values.next() else { return Ok(None) };
    let value = decode(raw_value).ok_or_else(|| badly_encoded(name, raw_value))?;
    match values.next() {
        Some(_) => {
            let detail = format!("`{name}` was given twice; write it once");
            Err(Problem::parameter("repeated-parameter", name, &value, detail))
        }
        None => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
    }
}

/// The names of a query, in order; those that are badly encoded are left out.
pub fn names_of(raw: &str) -> impl Iterator<Item = String> + '_ {
    let parts = raw.split('&').filter(|part| !part.is_empty());
    parts.filter_map(|part| decode(part.split_once('=').map_or(part, |(name, _)| name)))
}

/// Decodes once, `+` being a space. `None` on a broken escape, on bytes that are not UTF-8 and on control characters.
fn decode(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (escape, tail) = rest.split_first_chunk::<2>()?;
                rest = tail;
                hexadecimal(escape[0])? << 4 | hexadecimal(escape[1])?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

fn badly_encoded(name: &str, raw: &str) -> Problem {
    let detail = "a name or value is not percent-encoded UTF-8, or holds control characters";
    Problem::parameter("invalid-encoding", name, raw, detail)
}

fn unknown(name: &str, value: &str, declared: &[&str]) -> Problem {
    let hint = match name {
        "lat" | "lon" | "lng" | "latitude" | "longitude" if declared.contains(&"position") => {
            Some("; write position=LON,LAT".to_owned())
        }
        _ => closest(name, declared).map(|known| format!("; did you mean `{known}`?")),
    };
    let shown = super::problem::shortened(name);
    let detail = format!("there is no parameter `{shown}` here{}", hint.unwrap_or_default());
    Problem::parameter("unknown-parameter", name, value, detail).allowing(declared.iter().copied())
}

/// The known word a typing error was most likely meant to be.
#[must_use]
pub fn closest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    if typed.chars().count() > LONGEST_TEXT {
        return None;
    }
    let scored = known.iter().map(|word| (strsim::jaro_winkler(typed, word), *word));
    scored.filter(|(score, _)| *score >= 0.75).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
}

#[cfg(test)]
mod tests;
