//! A table as a French spreadsheet opens it with a double click: semicolons, decimal commas, a byte order mark, titles and
//! words in French. A text that a spreadsheet would take for a number or a formula stays a text: `01001` does not become
//! 1001, nor a telephone a sum.

use csv::{Terminator, WriterBuilder};

use super::report::Report;
use super::table::Column;
use crate::features::Value;
use crate::http::State;
use crate::http::problem::Problem;

/// How a file says that it is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Most characters of a text that stands in a formula.
const MOST_QUOTED: usize = 255;

/// Writes the table that was asked for.
///
/// # Errors
/// 503 when nobody waits for it any more.
pub(crate) fn write(report: &Report, state: &State) -> Result<Vec<u8>, Problem> {
    let table = report.table();
    let (edition, parameters) = (&state.atlas.edition().id, report.parameters());
    let mut out = Vec::with_capacity(4096);
    out.extend_from_slice(BYTE_ORDER_MARK);
    let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(out);
    let mut line = |fields: &mut dyn Iterator<Item = String>| {
        writer.write_record(fields).expect("every row has as many values as there are columns");
    };
    line(&mut table.columns.iter().map(title).chain(["Édition".to_owned(), "Paramètres".to_owned()]));
    for row in &table.rows {
        state.go_on()?;
        line(&mut row.values.iter().map(field).chain([edition.clone(), parameters.clone()]));
    }
    Ok(writer.into_inner().expect("a vector takes every byte"))
}

/// « Coût (€ par an) ».
fn title(column: &Column) -> String {
    let (heading, unit) = (column.heading(), column.definition.unit);
    if unit.is_empty() { heading } else { format!("{heading} ({unit})") }
}

fn field(value: &Value<'_>) -> String {
    match value {
        Value::Unknown => String::new(),
        Value::Text(text) => as_text(text),
        Value::List(texts) => as_text(&texts.join(", ")),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string().replace('.', ","),
        Value::Flag(true) => "oui".into(),
        Value::Flag(false) => "non".into(),
    }
}

/// A text that stays one.
fn as_text(text: &str) -> String {
    let digits =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b',' | b'.'));
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match text {
        plain if !digits && !formula => plain.to_owned(),
        long if long.chars().count() > MOST_QUOTED => format!("'{long}"),
        quoted => format!("=\"{}\"", quoted.replace('"', "\"\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_telephones_stay_texts() {
        assert_eq!(as_text("01001"), "=\"01001\"");
        assert_eq!(as_text("21870085900018"), "=\"21870085900018\"");
        assert_eq!(as_text("+33 5 55 00 00 00"), "=\"+33 5 55 00 00 00\"");
        assert_eq!(as_text("=HYPERLINK(\"x\")"), "=\"=HYPERLINK(\"\"x\"\")\"");
        for plain in ["", "2A004", "Guéret", "87085-002", "10 rue Haute"] {
            assert_eq!(as_text(plain), plain);
        }
    }

    #[test]
    fn numbers_have_a_comma_and_flags_are_words() {
        assert_eq!(field(&Value::Number(12.5)), "12,5");
        assert_eq!(field(&Value::Integer(1_200)), "1200");
        assert_eq!([field(&Value::Flag(true)), field(&Value::Flag(false))], ["oui", "non"]);
        assert_eq!(field(&Value::Unknown), "");
    }
}
