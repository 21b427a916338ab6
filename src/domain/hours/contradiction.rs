//! Hours in words that cannot all hold: « lundi : 09:00 - 17:30 / 09:00 - 12:00 / 13:30 - 17:30 ».

use super::clock::WEEKDAYS;
use super::said::in_order;

/// Whether a text gives one day hours that overlap, or that end as they begin: two lists were written into one, or a time was put for
/// want of one, and nobody can tell what holds.
#[must_use]
pub fn contradicts(text: &str) -> bool {
    let text = text.to_lowercase().replace(['\u{a0}', '\u{202f}'], " ");
    // Days, and weeks that differ, are told apart; what stands between two of these marks is of one day.
    let marks = WEEKDAYS.iter().copied().chain(["semaine", "vacances", ";"]);
    let parted = marks.fold(text, |text, mark| text.replace(mark, "\n"));
    parted.lines().any(|day| {
        let spans = spans(day);
        spans.iter().any(|(from, to)| from == to && *from > 0) || in_order(spans).is_err()
    })
}

/// The spans of a day: two times with a dash or an « à » between them.
fn spans(day: &str) -> Vec<(u32, u32)> {
    let times = times(day);
    let is_span = |pair: &&[(usize, usize, u32)]| {
        let between = day[pair[0].1..pair[1].0].trim();
        matches!(between, "-" | "–" | "à" | "a") && pair[0].2 <= pair[1].2
    };
    times.windows(2).filter(is_span).map(|pair| (pair[0].2, pair[1].2)).collect()
}

/// The times of a text, `9h`, `9 h 30`, `09:30`: where each begins and ends, and its minutes from midnight.
fn times(text: &str) -> Vec<(usize, usize, u32)> {
    let bytes = text.as_bytes();
    let number = |from: usize| {
        let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        text[from..from + length].parse::<u32>().ok().filter(|_| length <= 2).map(|number| (number, from + length))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let after_blank = |at: usize| at + usize::from(bytes.get(at) == Some(&b' '));
        let mark = match bytes.get(end) {
            Some(b':') => Some(end),
            _ => Some(after_blank(end)).filter(|mark| bytes.get(*mark) == Some(&b'h')),
        };
        let time = number(at).filter(|(hours, _)| *hours <= 24).zip(mark);
        let Some(((hours, _), mark)) = time else {
            at = end;
            continue;
        };
        // « 9 h 12 h » are two times, « 9 h 30 » is one.
        let minutes = number(after_blank(mark + 1))
            .filter(|(_, end)| bytes.get(after_blank(*end)) != Some(&b'h') && bytes.get(*end) != Some(&b':'));
        let (minutes, end) = minutes.unwrap_or((0, mark + 1));
        found.push((at, end, hours * 60 + minutes));
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_one_day_that_overlap_contradict_one_another() {
        for text in [
            "lundi : 09:00 - 17:30 / 09:00 - 12:00 / 13:30 - 17:30 ; mardi : 09:00 - 12:00",
            "Mardi 9h-12h et 11h à 13h30",
            "lundi 9\u{a0}h à 17\u{a0}h\u{a0}30, 9\u{a0}h à 12\u{a0}h",
            "mardi 18\u{a0}h à 18\u{a0}h\u{a0}; mercredi 10\u{a0}h à 18\u{a0}h",
            "Lundi 14:00-14:00",
        ] {
            assert!(contradicts(text), "{text}");
        }
        for text in [
            "lundi : 09:00 - 12:00 / 13:30 - 17:30 ; mardi : 09:00 - 17:30",
            "lundi 9h-12h mardi 9h-17h",
            "semaines paires 9h-12h, semaines impaires 9h-17h",
            "sur rendez-vous au 01 48 00 00 00",
            "de 9h à 12h et de 14h à 18h",
            "le 12 à 9h",
            "9h-12h / 9h-12h",
            "lundi 9 h à 12 h, 14 h à 17 h 30 ; mardi 9 h à 12 h 30, 13 h 30 à 17 h",
            "mardi 00:00 - 00:00 / 15:30 - 17:00",
            "",
        ] {
            assert!(!contradicts(text), "{text}");
        }
    }
}
