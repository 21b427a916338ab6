//! Rows that are set aside with their line, while the others are read as they stand.

use super::{fixture, options_for, rows, table};
use crate::ingest::report::{Action, Code};

/// Reads a fixture with one bad row; returns the cells of the good ones.
fn check_quarantined(name: &str, code: Code, line: u32) -> Vec<(u32, Vec<String>)> {
    let (table, report) = table(&fixture(name), &options_for(name));
    assert_eq!(report.quarantined, 1);
    let entry = report.entries.iter().find(|entry| entry.action == Action::RowQuarantined).expect("one row is bad");
    assert_eq!((entry.code, entry.line, entry.file.as_str()), (code, Some(line), name), "{}", entry.reason);
    let owned = |(line, cells): (u32, Vec<&str>)| (line, cells.into_iter().map(str::to_owned).collect());
    rows(&table).into_iter().map(owned).collect()
}

macro_rules! quarantined {
    ($($test:ident: $name:literal => $code:ident at $line:literal, leaving $rows:expr;)+) => {
        $(#[test]
        fn $test() {
            let good = check_quarantined($name, Code::$code, $line);
            let good: Vec<(u32, &str)> = good.iter().map(|(line, cells)| (*line, cells[1].as_str())).collect();
            assert_eq!(good, $rows, "line and second cell of the rows that stay");
        })+
    };
}

quarantined! {
    a_latin_1_line_in_a_utf8_file_is_set_aside_alone: "latin1_line_in_utf8.csv" => MixedEncoding at 3,
        leaving [(2, "Médiathèque"), (4, "Mairie")];
    unquoted_decimal_commas_never_shift_columns: "decimal_commas_unquoted.csv" => LongRow at 3,
        leaving [(2, "Médiathèque")];
    a_short_row_is_never_padded: "row_too_short.csv" => ShortRow at 3, leaving [(2, "2")];
    a_long_row_is_never_cut: "row_too_long.csv" => LongRow at 3, leaving [(2, "2")];
    text_after_a_closing_quote_is_set_aside: "text_after_closing_quote.csv" => InvalidQuote at 2, leaving [(3, "z")];
    a_quote_within_a_field_is_set_aside: "quote_inside_unquoted_field.csv" => InvalidQuote at 2, leaving [(3, "z")];
    a_nul_byte_is_set_aside: "nul_byte.csv" => NulByte at 2, leaving [(3, "z")];
    a_terminal_escape_is_set_aside: "terminal_escape.csv" => ControlCharacter at 2, leaving [(3, "z")];
    a_lone_carriage_return_is_set_aside: "lone_carriage_return.csv" => ControlCharacter at 2, leaving [(3, "z")];
    a_short_row_after_mixed_line_ends_has_its_true_line: "mixed_line_ends.csv" => ShortRow at 4,
        leaving [(2, "Médiathèque"), (3, "Épicerie")];
    a_short_row_after_embedded_newlines_has_its_true_line: "newline_in_quotes.csv" => ShortRow at 5,
        leaving [(2, "x\ny;z"), (4, "z")];
}

#[test]
fn the_report_never_repeats_a_raw_escape() {
    let (_, report) = table(&fixture("terminal_escape.csv"), &options_for("terminal_escape.csv"));
    assert_eq!(report.entries[0].value.as_deref(), Some("1,\\u{1b}[31mRouge"));
    assert_eq!(report.entries[0].column, Some(2));
}
