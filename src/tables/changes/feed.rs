//! What changed, as an Atom feed (RFC 4287): one feed for each question, without an account.

use std::fmt::Write;

use super::Question;
use super::words::{change, of_day, sentence};
use crate::monitoring::comparison::Comparison;
use crate::monitoring::difference::{Cause, Change, Happened, happened};
use crate::monitoring::picture::Trace;
use crate::tables::french;

/// Media type.
pub const ATOM: &str = "application/atom+xml; charset=utf-8";

/// Most venues of a feed. When there are more, its first entry says how many.
pub const MOST: usize = 200;

/// Writes the feed. `here` is its own address, `base` what our addresses begin with.
#[must_use]
pub fn write(question: &Question, comparison: &Comparison, here: &str, base: &str) -> String {
    let updated = stamp(comparison);
    let place = &question.place.name;
    let goes_on = comparison.difference.successors();
    let news: Vec<(&String, &Change)> = comparison
        .difference
        .changes
        .iter()
        .filter(|(id, what)| is_news(what) && !goes_on.contains(id.as_str()))
        .collect();
    let lasting = question.parameters(true);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out += "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n";
    line(&mut out, "id", &format!("{base}/api/changes.atom?{lasting}"));
    line(&mut out, "title", &format!("Médiane – ce qui a changé : {place}"));
    line(&mut out, "updated", &updated);
    out += "<author><name>Médiane</name></author>\n";
    let _ = writeln!(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escaped(here));
    let page = format!("{base}/changements?{}", question.parameters(false));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&page));
    let (from, to) = (&comparison.from, &comparison.to);
    let mut summary = sentence(comparison, place);
    if news.len() > MOST {
        let all = french::integer(news.len() as u64);
        let _ = write!(summary, " Ce flux montre {MOST} lieux sur {all} ; la réponse JSON les donne tous.");
    }
    entry(
        &mut out,
        &Entry {
            id: format!("{base}/api/changes.atom?{lasting}#{}-{}", from.id, to.id),
            title: format!("Édition {} : le résumé", of_day(to.as_of)),
            updated: updated.clone(),
            link: page,
            summary,
        },
    );
    for (id, what) in news.into_iter().take(MOST) {
        let trace = trace(what);
        let commune = trace.commune.map_or_else(|| "commune inconnue".to_owned(), |code| code.to_string());
        let gone = matches!(what, Change::Disappeared(..) | Change::Became(..));
        let edition = if gone { &from.id } else { &to.id };
        let id = crate::http::links::encoded(id);
        entry(
            &mut out,
            &Entry {
                id: format!("{base}/lieux/{id}#{}-{}", from.id, to.id),
                title: format!("{} ({commune}) : {}", trace.name, change(what)),
                updated: updated.clone(),
                link: format!("{base}/lieux/{id}?edition={edition}"),
                summary: format!("De l’édition {} à celle {}.", of_day(from.as_of), of_day(to.as_of)),
            },
        );
    }
    out + "</feed>\n"
}

/// What tells something of the venue: not that a whole list came or went, nor what lies behind it.
fn is_news(what: &Change) -> bool {
    match what {
        Change::Appeared(_, cause) | Change::Disappeared(_, cause) => !matches!(cause, Cause::List | Cause::Known),
        Change::Became(..) => false,
        Change::Changed(before, after) => happened(before, after) != [Happened::Behind],
    }
}

fn trace(what: &Change) -> &Trace {
    match what {
        Change::Appeared(trace, _)
        | Change::Disappeared(trace, _)
        | Change::Became(trace, _)
        | Change::Changed(_, trace) => trace,
    }
}

/// The day of the later edition, which is when all of this became known.
fn stamp(comparison: &Comparison) -> String {
    let day = comparison.to.as_of.unwrap_or_default();
    format!("{day}T00:00:00Z")
}

struct Entry {
    id: String,
    title: String,
    updated: String,
    link: String,
    summary: String,
}

fn entry(out: &mut String, entry: &Entry) {
    *out += "<entry>\n";
    line(out, "id", &entry.id);
    line(out, "title", &entry.title);
    line(out, "updated", &entry.updated);
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&entry.link));
    line(out, "summary", &entry.summary);
    *out += "</entry>\n";
}

fn line(out: &mut String, element: &str, text: &str) {
    let _ = writeln!(out, "<{element}>{}</{element}>", escaped(text));
}

/// A text inside an element or an attribute. Characters that XML does not know are left out.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' | '\r' => out.push(' '),
            c if (c as u32) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
