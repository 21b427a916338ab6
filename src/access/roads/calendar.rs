//! When a way is there: roads that winter closes, and boats that leave now and then.
//!
//! Keys as on <https://wiki.openstreetmap.org/wiki/Conditional_restrictions>, `Key:duration`, `Key:interval`.

/// Months as conditions and opening hours write them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Keys that hold conditions on travelling.
const CONDITIONS: [&str; 4] =
    ["access:conditional", "vehicle:conditional", "motor_vehicle:conditional", "motorcar:conditional"];

/// Whether a way is closed for a part of the year, so that nobody should count on it: a condition of months, of winter or of
/// snow on « no », opening hours that name months, a road of ice.
pub(super) fn closed_for_a_season<'a>(tag: &impl Fn(&str) -> Option<&'a str>) -> bool {
    let closes = |clause: &str| {
        let clause = clause.trim().to_lowercase();
        let Some((value, condition)) = clause.split_once('@') else { return false };
        value.trim() == "no" && (names_months(condition) || condition.contains("winter") || condition.contains("snow"))
    };
    CONDITIONS.iter().filter_map(|key| tag(key)).any(|value| clauses(value).into_iter().any(closes))
        || tag("opening_hours").is_some_and(|hours| names_months(&hours.to_lowercase()))
        || matches!(tag("winter_road"), Some("yes"))
        || matches!(tag("ice_road"), Some("yes"))
        || matches!(tag("seasonal"), Some(value) if value != "no")
}

/// Clauses are separated by semicolons, which also stand inside the parentheses of a condition.
fn clauses(value: &str) -> Vec<&str> {
    let (mut clauses, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, letter) in value.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ';' if depth <= 0 => {
                clauses.push(&value[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    clauses.push(&value[start..]);
    clauses
}

fn names_months(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphabetic()).any(|word| MONTHS.contains(&word))
}

/// Seconds that a boat takes: its `duration`, and half the `interval` between two of them as a wait; `None` when it does not
/// say how long it takes. One that does not say how often it leaves is waited for half an hour.
pub(super) fn ferry_s<'a>(tag: &impl Fn(&str) -> Option<&'a str>) -> Option<u32> {
    const UNKNOWN_INTERVAL_S: u32 = 3600;
    let sailing = tag("duration").and_then(duration_s)?;
    let interval = tag("interval").and_then(duration_s).unwrap_or(UNKNOWN_INTERVAL_S);
    Some(sailing + interval / 2)
}

/// `20` (minutes), `00:20`, `01:10:00` or `PT20M`; nothing longer than a day.
fn duration_s(text: &str) -> Option<u32> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let seconds = if let Some(iso) = text.trim().strip_prefix("PT") {
        let (hours, rest) = iso.split_once('H').map_or((Some(0), iso), |(hours, rest)| (number(hours), rest));
        let minutes = if rest.is_empty() { Some(0) } else { rest.strip_suffix('M').and_then(number) };
        hours?.checked_mul(3600)?.checked_add(minutes?.checked_mul(60)?)?
    } else {
        match text.split(':').map(number).collect::<Option<Vec<u32>>>()?[..] {
            [minutes] => minutes.checked_mul(60)?,
            [hours, minutes] => hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?,
            [hours, minutes, seconds] => {
                hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?
            }
            _ => return None,
        }
    };
    (1..=86_400).contains(&seconds).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(key: &'static str, value: &'static str) -> bool {
        closed_for_a_season(&|asked: &str| (asked == key).then_some(value))
    }

    #[test]
    fn a_pass_that_winter_closes_is_not_counted_on_and_a_lorry_ban_closes_nothing() {
        assert!(closed("motor_vehicle:conditional", "no @ (Nov-May)"));
        assert!(closed("access:conditional", "yes @ (Jun-Oct); no @ (Nov 1-Jun 1; snow)"));
        assert!(closed("access:conditional", "no @ winter") && closed("winter_road", "yes"));
        assert!(closed("opening_hours", "May-Oct: 08:00-20:00") && closed("seasonal", "summer"));
        assert!(!closed("access:conditional", "no @ (22:00-06:00)"), "a night is not a season");
        assert!(!closed("access:conditional", "yes @ (Nov-May)") && !closed("hgv:conditional", "no @ (Nov-May)"));
        assert!(!closed("opening_hours", "Mo-Su 06:00-22:00") && !closed("seasonal", "no"));
    }

    #[test]
    fn a_boat_takes_its_duration_and_half_the_time_between_two() {
        let boat = |duration: &'static str, interval: Option<&'static str>| {
            ferry_s(&|key: &str| match key {
                "duration" => Some(duration),
                "interval" => interval,
                _ => None,
            })
        };
        assert_eq!(boat("00:20", Some("00:30")), Some(35 * 60));
        assert_eq!((boat("20", Some("PT1H30M")), boat("00:20:30", None)), (Some(65 * 60), Some(50 * 60 + 30)));
        assert_eq!([boat("soon", None), boat("99:00", None), boat("0", None)], [None; 3]);
    }
}
