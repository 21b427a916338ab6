//! The sheet as a text: short enough for two messages on a telephone, or whole for a mail.

use super::Stop;

/// Longest text of a message, in characters.
pub const LONGEST_SMS: usize = 300;

/// The places in at most [`LONGEST_SMS`] characters: names and telephones always, then what must be known before one goes, the
/// address, and the hours while there is room.
#[must_use]
pub fn sms(stops: &[Stop]) -> String {
    let with_hours =
        |stop: &Stop| format!("{}\n{}\n{}{}{}", stop.name, stop.address, phone(stop), told(stop), hours(stop));
    let with_address = |stop: &Stop| format!("{}\n{}\n{}{}", stop.name, stop.address, phone(stop), told(stop));
    let with_cautions = |stop: &Stop| format!("{}\n{}{}", cut(&stop.name, 70), phone(stop), told(stop));
    let with_phone = |stop: &Stop| format!("{}\n{}", cut(&stop.name, 70), phone(stop));
    let joined = |write: &dyn Fn(&Stop) -> String| {
        let texts: Vec<String> = stops.iter().map(|stop| write(stop).trim_end().to_owned()).collect();
        texts.join("\n\n")
    };
    let ways: [&dyn Fn(&Stop) -> String; 4] = [&with_hours, &with_address, &with_cautions, &with_phone];
    let fitting = ways.into_iter().map(joined).find(|text| text.chars().count() <= LONGEST_SMS);
    fitting.unwrap_or_else(|| cut(&joined(&with_phone), LONGEST_SMS))
}

/// Everything, for a mail.
#[must_use]
pub fn mail(stops: &[Stop], address: &str) -> String {
    let mut lines = Vec::new();
    for stop in stops {
        lines.push(format!("{}. {}", stop.number, stop.name));
        lines.push(stop.address.clone());
        lines.extend(stop.phones.iter().map(|phone| plain(&phone.shown)));
        lines.extend(stop.write.iter().map(|link| link.host.clone()));
        lines.extend(stop.week.iter().map(|line| plain(line)));
        lines.extend(stop.cautions.iter().filter(|caution| **caution != stop.coming).map(|line| plain(line)));
        lines.extend([stop.coming.clone(), stop.price.clone(), String::new()]);
    }
    lines.push(address.to_owned());
    lines.join("\n")
}

/// What must be known before one goes, a line each.
fn told(stop: &Stop) -> String {
    // The telephone stands above already.
    let again = format!(", au {}", phone(stop));
    stop.cautions.iter().map(|caution| format!("\n{}", plain(caution).replace(&again, ""))).collect()
}

/// The telephone, else where to write.
fn phone(stop: &Stop) -> String {
    let write = || stop.write.as_ref().map_or_else(String::new, |link| cut(&link.host, 60));
    stop.phones.first().map_or_else(write, |phone| plain(&phone.shown))
}

fn hours(stop: &Stop) -> String {
    let week: Vec<String> = stop.week.iter().filter(|line| !line.ends_with("fermé")).map(|line| plain(line)).collect();
    if week.is_empty() { String::new() } else { format!("\n{}", week.join(" ; ")) }
}

/// Ordinary spaces: others cost a message of Unicode.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
