//! Opening hours of French venues: read, evaluated at an instant, said in plain French.
//!
//! The instant is always passed in, on the clock of the venue's own wall ([`local_time`]). What cannot be read with
//! certainty is refused with its reason, so that the caller keeps it as text.

mod calendar;
mod zone;

pub mod notation;

mod doubt;
mod holiday_rule;

mod error;
mod opening;
mod text;
mod timeline;

mod clock;
mod contradiction;
mod rule;
mod sentence;
mod spelled;
mod state;
mod week;

mod french;
mod french_clauses;
mod french_day;
mod french_text;
mod french_tokens;
mod said;

pub use calendar::HolidayCalendar;
pub use clock::{MONTHS, WEEKDAYS};
pub use contradiction::contradicts;
pub use error::HoursError;
pub use french::{UnreadHours, from_french_days, from_french_days_one_by_one, from_french_half_days};
pub use french_text::from_french_text;
pub use opening::OpeningHours;
pub use spelled::spelled;
pub use state::OpenState;
pub use week::UsualWeek;
pub use zone::local_time;

#[cfg(test)]
mod tests;
