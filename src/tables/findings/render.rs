//! Findings as text for a terminal, as CSV for a spreadsheet, as a page of its own.

use std::fmt::Write;

use super::{Finding, Outcome, Weight};

/// Names of the columns.
const HEAD: [&str; 7] = ["gravité", "ligne", "colonne", "valeur", "constat", "attendu", "suite"];

/// Lines for a terminal or the log of a CI.
#[must_use]
pub fn text(outcome: &Outcome) -> String {
    let mut out = format!("{} : {}\n", outcome.file, outcome.summary());
    for finding in outcome.findings() {
        let place = [("ligne ", &finding.line), ("colonne ", &finding.column)];
        let place: Vec<String> =
            place.iter().filter(|(_, text)| !text.is_empty()).map(|(word, text)| format!("{word}{text}")).collect();
        let value = if finding.value.is_empty() { String::new() } else { format!(" « {} »", finding.value) };
        let wanted =
            if finding.expected.is_empty() { String::new() } else { format!(" ; attendu : {}", finding.expected) };
        let place = if place.is_empty() { "fichier".to_owned() } else { place.join(", ") };
        let (weight, words, action) = (finding.weight.words(), &finding.words, &finding.action);
        let _ = writeln!(out, "[{weight}] {place} : {words}{value}{wanted} ({action})");
    }
    out
}

/// RFC 4180, with its header line.
///
/// # Panics
/// Never: memory takes every byte.
#[must_use]
pub fn csv(outcome: &Outcome) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD).expect("memory takes every byte");
    for finding in outcome.findings() {
        writer.write_record(cells(&finding)).expect("every row has the columns of the header");
    }
    String::from_utf8(writer.into_inner().expect("memory takes every byte")).expect("texts are UTF-8")
}

fn cells(finding: &Finding) -> [&str; 7] {
    let Finding { weight, line, column, value, words, expected, action } = finding;
    [weight.words(), line, column, value, words, expected, action]
}

/// A page that stands alone.
#[must_use]
pub fn html(outcome: &Outcome) -> String {
    let findings = outcome.findings();
    let title = format!("Vérification de {}", escaped(&outcome.file));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head>\n<body><h1>{title}</h1>\n<p>{}</p>\n",
        escaped(&outcome.summary())
    );
    if findings.is_empty() {
        out.push_str("<p>Rien à signaler.</p>\n");
    } else {
        let lost = findings.iter().filter(|finding| finding.weight < Weight::Remark).count();
        let _ =
            writeln!(out, "<p>{} constats, dont {lost} qui font perdre une ligne ou une valeur.</p>", findings.len());
        out.push_str("<table border=\"1\"><thead><tr>");
        HEAD.iter().for_each(|name| {
            let _ = write!(out, "<th scope=\"col\">{name}</th>");
        });
        out.push_str("</tr></thead><tbody>\n");
        for finding in &findings {
            out.push_str("<tr>");
            cells(finding).iter().for_each(|cell| {
                let _ = write!(out, "<td>{}</td>", escaped(cell));
            });
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
