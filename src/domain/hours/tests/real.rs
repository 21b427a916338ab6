//! Shares of the real files that are read, with their floor. Skipped, loudly, where the files are not.

use std::path::PathBuf;

use super::super::{
    HolidayCalendar, OpenState, OpeningHours, from_french_days, from_french_days_one_by_one, from_french_half_days,
    from_french_text,
};
use super::at;

const DAYS: [&str; 6] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

fn file(name: &str) -> Option<String> {
    let root = std::env::var_os("MEDIANE_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let text = std::fs::read_to_string(root.join("venues").join(name)).ok();
    if text.is_none() {
        eprintln!("SKIPPED: {name} is not in {}; set MEDIANE_DATA to measure it", root.display());
    }
    text
}

/// Fields of a CSV text (RFC 4180), row by row. The domain reads no files, so its tests bring no reader.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (vec![], vec![], String::new(), false);
    for c in text.chars().filter(|c| *c != '\u{feff}' && *c != '\r') {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    // The last row may end without a line feed.
    if !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

/// Every text value of a key in a JSON text, in order.
fn json_texts(text: &str, key: &str) -> Vec<String> {
    let start = format!("\"{key}\":");
    let values = text.split(&start).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
    let read = |value: &str| {
        let (mut out, mut characters) = (String::new(), value.chars());
        while let Some(c) = characters.next().filter(|c| *c != '"') {
            match if c == '\\' { characters.next() } else { None } {
                None => out.push(c),
                Some('u') => {
                    let code: String = characters.by_ref().take(4).collect();
                    out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some('n' | 'r' | 't') => out.push('\n'),
                Some(c) => out.push(c),
            }
        }
        out
    };
    values.map(read).collect()
}

/// Counts (read, refused); checks that what is read evaluates and speaks.
fn tally(weeks: impl Iterator<Item = Result<Option<String>, String>>) -> (usize, usize) {
    let (mut read, mut refused) = (0, 0);
    for week in weeks {
        match week {
            Ok(None) => {}
            Ok(Some(osm)) => {
                let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).expect("translated hours are hours");
                assert!(!hours.sentence(at("2024-08-01 10:00")).is_empty() && !hours.week_words().is_empty(), "{osm}");
                read += 1;
            }
            Err(_) => refused += 1,
        }
    }
    (read, refused)
}

fn assert_share(name: &str, (read, refused): (usize, usize), floor: f64) {
    let share = read as f64 / (read + refused) as f64;
    eprintln!("{name}: {read} of {} non-empty rows read ({:.2} %)", read + refused, 100.0 * share);
    assert!(share >= floor, "{name}: {share}");
}

#[test]
fn the_hours_of_france_services_translate() {
    for (name, floor) in [
        ("france-services-2024-08.csv", 0.99),
        ("france-services-2023-10.csv", 0.99),
        ("france-services-2022-12.csv", 0.99),
    ] {
        let Some(text) = file(name) else { continue };
        let rows = csv_rows(&text);
        let columns = DAYS.map(|day| rows[0].iter().position(|name| *name == format!("h_{day}")).unwrap());
        let weeks = rows[1..].iter().map(|row| {
            let days = std::array::from_fn(|day| columns.get(day).map(|column| row[*column].as_str()));
            from_french_days(days).map_err(|unread| unread.to_string())
        });
        assert_share(name, tally(weeks), floor);
    }
    let name = "france-services-2021-04.geojson";
    let Some(text) = file(name) else { return };
    let columns = DAYS.map(|day| json_texts(&text, &format!("h_{day}")));
    let weeks = (0..columns[0].len()).map(|row| {
        from_french_days(std::array::from_fn(|day| columns.get(day).map(|column| column[row].as_str())))
            .map_err(|unread| unread.to_string())
    });
    assert_share(name, tally(weeks), 0.96);
}

#[test]
fn the_half_days_of_bourgogne_franche_comte_translate() {
    let name = "bourgogne-franche-comte.custom.csv";
    let Some(text) = file(name) else { return };
    let rows = csv_rows(&text);
    let first = rows[0].iter().position(|name| name == "lundi matin").unwrap();
    let weeks = rows[1..].iter().map(|row| {
        let halves = std::array::from_fn(|day| [0, 1].map(|half| Some(row[first + 2 * day + half].as_str())));
        from_french_half_days(halves).map_err(|unread| unread.to_string())
    });
    assert_share(name, tally(weeks), 0.99);
}

#[test]
fn the_free_texts_of_the_regions_translate_when_certain() {
    for (name, key, floor) in
        [("regional-raw/angers.json", "HORAIRE", 0.65), ("regional-raw/la-creuse.json", "horaires", 0.95)]
    {
        let Some(text) = file(name) else { continue };
        let weeks =
            json_texts(&text, key).into_iter().map(|text| from_french_text(&text).map_err(|unread| unread.to_string()));
        assert_share(name, tally(weeks), floor);
    }
}

#[test]
fn the_hours_of_the_standard_are_read() {
    for (name, floor) in [
        ("conseillers-permanences-2022-12.v0.json", 0.98),
        ("data-inclusion-2023-01.v0.json", 0.95),
        ("auvergne-rhone-alpes-hinaura.json", 0.99),
        ("paca-2023-05.v2.json", 0.98),
        ("charente-2023-07.v2.json", 0.99),
        ("nord-pas-de-calais-2023.v0.geojson", 0.98),
        ("nouvelle-caledonie-2024-03.json", 0.99),
    ] {
        let Some(text) = file(name) else { continue };
        let texts = json_texts(&text, "horaires");
        let weeks = texts.iter().filter(|text| !text.trim().is_empty()).map(|text| {
            let read = OpeningHours::parse(text, HolidayCalendar::NATIONAL);
            read.map(|hours| Some(hours.osm().to_owned())).map_err(|error| error.to_string())
        });
        assert_share(name, tally(weeks), floor);
    }
}

/// The spans of a cell written in the form of the list, `09:00 - 12:00 / 13:30 - 17:00`, and in no other: the dumb twin of
/// the French reader.
fn plain_spans(cell: &str) -> Option<Vec<(u32, u32)>> {
    let time = |text: &str| {
        let (hours, minutes) = text.trim().split_once(':')?;
        (hours.len() <= 2 && minutes.len() == 2)
            .then(|| Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?))?
    };
    let mut spans = Vec::new();
    for part in cell.split('/').map(str::trim).filter(|part| !matches!(*part, "" | "-" | "Fermé")) {
        let (from, until) = part.split_once('-')?;
        match (time(from)?, time(until)?) {
            (0, 0) => {}
            (from, until) if from < 6 * 60 || from >= until => return None,
            span => spans.push(span),
        }
    }
    Some(spans)
}

#[test]
fn the_state_of_france_services_is_that_of_their_own_list_at_a_thousand_instants() {
    let Some(text) = file("france-services-2024-08.csv") else { return };
    let rows = csv_rows(&text);
    let columns = DAYS.map(|day| rows[0].iter().position(|name| *name == format!("h_{day}")).unwrap());
    let place = rows[0].iter().position(|name| name == "insee_dep").unwrap();
    let mut random = super::Random(25);
    let (mut judged, mut right, mut wrong) = (0, 0, Vec::new());
    let mut on_holidays = 0;
    while judged < 1_000 {
        let row = &rows[1 + random.below(rows.len() - 1)];
        let minute = random.below(365 * 1_440);
        let instant = at("2024-08-01 00:00") + chrono::TimeDelta::minutes(minute as i64);
        let day = chrono::Datelike::weekday(&instant).num_days_from_monday() as usize;
        let cells: [Option<&str>; 7] = std::array::from_fn(|day| columns.get(day).map(|column| row[*column].as_str()));
        let Some(spans) = plain_spans(cells[day].unwrap_or_default()) else { continue };
        // A list that says nothing at all says nothing of that day either.
        if cells.iter().flatten().all(|cell| plain_spans(cell).is_some_and(|spans| spans.is_empty())) {
            continue;
        }
        let clock = (minute % 1_440) as u32;
        let is_open = spans.iter().any(|(from, until)| *from <= clock && clock < *until);
        let calendar = HolidayCalendar::of_departement(&row[place]);
        let state = from_french_days_one_by_one(cells)
            .0
            .map(|osm| OpeningHours::parse(&osm, calendar).expect("hours").open_state(instant));
        if calendar.contains(instant.date()) {
            // Their list says nothing of holidays, so nobody may say that they are open.
            assert!(!matches!(state, Some(OpenState::Open { .. })), "{instant} in {}", row[place]);
            on_holidays += 1;
            continue;
        }
        judged += 1;
        match state {
            Some(OpenState::Open { .. }) if is_open => right += 1,
            Some(OpenState::Closed { .. }) if !is_open => right += 1,
            Some(OpenState::Unknown { .. }) | None => {}
            state => wrong.push(format!("{cells:?} at {instant}: {state:?}")),
        }
    }
    eprintln!("open now: {right} of {judged} right, {} wrong, {on_holidays} more on holidays", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(right >= 995, "{right}");
}

#[test]
fn every_real_text_means_what_the_reference_says_at_a_thousand_instants() {
    let mut texts = std::collections::BTreeSet::new();
    for name in [
        "conseillers-permanences-2022-12.v0.json",
        "data-inclusion-2023-01.v0.json",
        "auvergne-rhone-alpes-hinaura.json",
        "paca-2023-05.v1.json",
        "paca-2023-05.v2.json",
        "charente-2023-07.v1.json",
        "charente-2023-07.v2.json",
        "nord-pas-de-calais-2023.v0.geojson",
        "nouvelle-caledonie-2024-03.json",
    ] {
        texts.extend(
            file(name).iter().flat_map(|text| json_texts(text, "horaires")).filter(|text| !text.trim().is_empty()),
        );
    }
    if texts.is_empty() {
        return;
    }
    let holidays = opening_hours::localization::Country::FR.holidays();
    let context = opening_hours::Context::default().with_holidays(holidays);
    let mut random = super::Random(31);
    let (mut same, mut withheld, mut kept, mut wrong) = (0_u64, 0_u64, 0_u64, Vec::new());
    for text in &texts {
        let reference = text.parse::<opening_hours::OpeningHours>().map(|rules| rules.with_context(context.clone()));
        let (Ok(reference), Ok(ours)) = (reference, OpeningHours::parse(text, HolidayCalendar::NATIONAL)) else {
            kept += 1;
            continue;
        };
        for _ in 0..1_000 {
            let instant = at("2024-01-01 00:00") + chrono::TimeDelta::minutes(random.below(3 * 365 * 1_440) as i64);
            let (theirs, _) = reference.state(instant);
            let is_holiday = HolidayCalendar::NATIONAL.contains(instant.date());
            match (theirs, ours.open_at(instant)) {
                (opening_hours::RuleKind::Open, Some(true))
                | (opening_hours::RuleKind::Closed, Some(false))
                | (opening_hours::RuleKind::Unknown, None) => same += 1,
                // An opening on a holiday that the text does not mention, before 06:00, or that is only a note.
                (opening_hours::RuleKind::Open, None)
                    if is_holiday || ours.begins_early() || text.contains('"') || text.contains("SH") =>
                {
                    withheld += 1;
                }
                (theirs, ours) => wrong.push(format!("{text} at {instant}: {theirs:?} there, {ours:?} here")),
            }
        }
    }
    eprintln!(
        "{} texts, {kept} kept as text; at 1,000 instants each: {same} the same, {withheld} unknown on purpose, {} wrong",
        texts.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(20)]);
    // Those that one of the two cannot read are fewer than one in fifteen.
    assert!(kept * 15 < texts.len() as u64, "{kept} of {} texts are kept as text", texts.len());
}
