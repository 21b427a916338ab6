//! The served side: how many persons a place accompanied in a month. Need says who should come, venues say where one
//! could; this says who came.

use super::territory::CommuneCode;

/// Counts below this are hidden: with the place and the month they could point at somebody.
pub const LEAST_SHOWN: u32 = 5;

/// A month of a year; the order is that of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    months: u32,
}

impl Month {
    /// A month, 1 to 12, of a year from 2000 to 2199.
    #[must_use]
    pub fn new(year: u32, month: u32) -> Option<Self> {
        ((2000..2200).contains(&year) && (1..=12).contains(&month)).then(|| Self { months: year * 12 + month - 1 })
    }

    /// Reads `2024-03`, the month of a day `2024-03-01`, or `03/2024`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str, digits: usize| {
            (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse().ok())
                .flatten()
        };
        if let Some((month, year)) = text.split_once('/') {
            return Self::new(number(year, 4)?, number(month, 2)?);
        }
        let mut parts = text.split('-');
        let month = Self::new(number(parts.next()?, 4)?, number(parts.next()?, 2)?)?;
        let day = parts.next().is_none_or(|day| number(day, 2).is_some_and(|day| (1..=31).contains(&day)));
        (day && parts.next().is_none()).then_some(month)
    }

    /// So many months before.
    #[must_use]
    pub fn before(self, months: u32) -> Self {
        Self { months: self.months.saturating_sub(months) }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}", self.months / 12, self.months % 12 + 1)
    }
}

/// Persons accompanied in one place in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accompaniment {
    /// Id of the place in its source.
    pub place: String,
    /// Current commune of the place.
    pub commune: CommuneCode,
    /// Month.
    pub month: Month,
    /// Persons; `None` when there were some, but fewer than [`LEAST_SHOWN`], or the publisher withholds how many.
    pub persons: Option<u32>,
    /// Id of the source.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_in_the_three_ways_they_are_written() {
        let march = Month::new(2024, 3);
        for text in ["2024-03", "2024-03-31", "03/2024"] {
            assert_eq!(Month::parse(text), march, "{text}");
        }
        for text in ["2024", "2024-13", "2024-3", "1999-01", "2024-03-00", "2024-03-01-01", "3/2024", "mars 2024", ""] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
        assert_eq!(march.map(|month| month.before(11).to_string()).as_deref(), Some("2023-04"));
    }
}
