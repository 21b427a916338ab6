//! Telephone numbers of France: read from what people write, kept in one form, shown as the French group them.

mod cell;
mod plan;
#[cfg(test)]
mod tests;

pub use cell::{PhoneCell, read_cell};

use plan::{OVERSEAS, Plan, is_short};

/// The space that a line may not break at.
const NBSP: &str = "\u{a0}";
/// Between a number and its extension (RFC 3966, section 5.3).
const EXTENSION: &str = ";ext=";

/// A telephone number: E.164 with its `+` (`+33450568749`), with `;ext=12` when it has an extension (RFC 3966), or a
/// French short number (`3939`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads the stored form back; `None` for anything else than what [`Self::as_str`] gives.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (number, extension) = text.split_once(EXTENSION).map_or((text, None), |(n, e)| (n, Some(e)));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_number = number.strip_prefix('+').map_or(is_short(number), |digits| {
            is_digits(digits) && Plan::with_country(digits).is_some_and(|plan| plan.has(&digits[plan.country.len()..]))
        });
        (is_number && extension.is_none_or(is_digits)).then(|| Self(text.to_owned()))
    }

    /// The stored form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it rings: the code of the overseas country (`262`), `33`, or `None` for a short number.
    #[must_use]
    pub fn country(&self) -> Option<&'static str> {
        Plan::with_country(self.0.strip_prefix('+')?).map(|plan| plan.country)
    }

    /// As people read it: ten digits in pairs where ten are dialled, `+687 28 57 28` elsewhere. Spaces do not break.
    #[must_use]
    pub fn shown(&self) -> String {
        let (number, extension) = self.0.split_once(EXTENSION).map_or((self.0.as_str(), None), |(n, e)| (n, Some(e)));
        let grouped = match number.strip_prefix('+').and_then(|digits| Some((digits, Plan::with_country(digits)?))) {
            None => number.to_owned(),
            Some((digits, plan)) => {
                let national = &digits[plan.country.len()..];
                if plan.trunk && national.len() == 9 {
                    by_two(&format!("0{national}"))
                } else {
                    format!("+{}{NBSP}{}", plan.country, by_two(national))
                }
            }
        };
        extension.map_or_else(|| grouped.clone(), |extension| format!("{grouped}, poste{NBSP}{extension}"))
    }

    /// The address that dials it: `tel:+33450568749`.
    #[must_use]
    pub fn href(&self) -> String {
        format!("tel:{}", self.0)
    }

    /// Whether it belongs to another overseas territory than this one; numbers of metropolitan France ring everywhere.
    #[must_use]
    pub fn is_foreign_to(&self, territory: &str) -> bool {
        let own = Plan::of(territory).country;
        self.country().is_some_and(|country| country != own && OVERSEAS.iter().any(|plan| plan.country == country))
    }
}

fn by_two(digits: &str) -> String {
    // An odd number of digits has its group of three first.
    let (head, tail) = digits.split_at(if digits.len().is_multiple_of(2) { 0 } else { 3 });
    let pairs = tail.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    let groups: Vec<&str> = std::iter::once(head).filter(|head| !head.is_empty()).chain(pairs).collect();
    groups.join(NBSP)
}
