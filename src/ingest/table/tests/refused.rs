//! Files that are refused whole: each message names the file, and the line where there is one.

use super::super::ReadOptions;
use super::{fixture, options_for, read};
use crate::ingest::report::Code;

fn check_refused(name: &str, options: &ReadOptions, code: Code, message: &str) {
    let (outcome, report) = read(&fixture(name), options);
    let refused = outcome.map(|table| table.len()).expect_err("the file must be refused");
    let shown = refused.to_string();
    assert!(shown.starts_with(&format!("{name}{message}")), "got `{shown}`");
    assert_eq!(refused.code, code);
    assert_eq!(report.total(code), 1, "the report repeats the refusal");
    assert_eq!(report.rows_read, 0);
}

macro_rules! refused {
    ($($test:ident: $name:literal => $code:ident, $message:literal;)+) => {
        $(#[test]
        fn $test() {
            check_refused($name, &options_for($name), Code::$code, $message);
        })+
    };
}

refused! {
    an_empty_file_is_refused: "empty.csv" => EmptyFile, ": the file is empty";
    a_file_of_separators_is_refused: "separators_only.csv" => EmptyFile, ": no line holds anything but separators";
    a_file_of_blanks_is_refused: "blanks_only.csv" => EmptyFile, ": the file holds nothing but blanks";
    a_header_without_rows_is_refused: "header_only.csv" => NoRows, ": the file has a header and no row";
    a_web_page_saved_as_csv_is_refused_with_its_first_bytes: "html_page.csv" => HtmlContent,
        ": the file is a web page, expected CSV; it starts with `<!DOCTYPE html><html><body>502 Bad Gateway";
    xml_is_refused: "xml_document.csv" => UnexpectedContent, ": the file is an XML document";
    a_zip_archive_is_refused: "zip_archive.csv" => UnexpectedContent, ": the file is a ZIP archive, expected CSV";
    a_workbook_is_told_from_a_zip_archive: "xlsx_workbook.csv" => UnexpectedContent,
        ": the file is a ZIP archive holding an office document (XLSX";
    a_gzip_archive_is_refused: "gzip_archive.csv" => UnexpectedContent, ": the file is a gzip archive";
    a_pdf_is_refused: "pdf_document.csv" => UnexpectedContent, ": the file is a PDF document";
    json_under_a_csv_name_is_refused: "json_array.csv" => UnexpectedContent, ": the file is JSON, expected CSV";
    old_mac_line_ends_are_refused_by_name: "carriage_returns_only.csv" => LineEnds,
        ":1: the lines end with a lone carriage return (CR)";
    a_bar_separates_lists_and_not_columns: "pipe_separated.csv" => UnknownSeparator,
        ":1: no separator explains the header `id|nom|services`";
    an_unclosed_quote_is_named_where_it_opens: "unclosed_quote.csv" => UnclosedQuote, ":2:2: the quote opened here";
    a_quote_closed_rows_later_is_named_where_it_opens: "quote_closed_rows_later.csv" => UnclosedQuote,
        ":2:2: the quote opened here";
    a_last_row_cut_short_refuses_the_file: "cut_in_last_row.csv" => TruncatedFile,
        ":3:3: the file ends in the middle of a row: 3 fields, expected 4";
    a_file_cut_in_a_character_is_refused: "cut_in_a_character.csv" => TruncatedFile,
        ":3: the file ends in the middle of a character";
    two_columns_of_one_name_are_refused_with_both_positions: "two_columns_of_one_name.csv" => DuplicateColumn,
        ":1:3: columns 2 and 3 are both named `nom`";
    a_column_without_name_is_refused_with_its_position: "column_without_name.csv" => UnnamedColumn,
        ":1:2: column 2 has no name";
    an_index_without_name_is_refused_unless_declared: "index_without_name.csv" => UnnamedColumn,
        ":1:1: column 1 has no name; an index column must be declared";
    title_lines_are_refused_with_the_line_of_the_header: "title_lines.csv" => TitleLines,
        ":1: line 1 is no header, expected the names of the columns; line 3 looks like the header: declare skip_lines = 2";
    padded_title_lines_are_refused_with_the_line_of_the_header: "title_lines_padded.csv" => TitleLines,
        ":1: line 1 is no header, expected the names of the columns; line 3 looks like the header: declare skip_lines = 2";
    utf32_is_refused: "utf32.csv" => UnknownEncoding, ": the file is UTF-32, expected UTF-8";
    an_unknown_encoding_is_refused_with_its_line: "neither_utf8_nor_windows_1252.csv" => UnknownEncoding,
        ":3: byte 0x81 makes no French in UTF-8, Windows-1252, ISO-8859-15, Mac Roman or CP850";
    a_file_half_in_one_encoding_is_refused_with_its_line: "half_utf8_half_latin1.csv" => UnknownEncoding,
        ":3: 2 characters are not UTF-8 while 1 accented ones are";
    broken_json_is_refused_with_line_and_column: "not_json.json" => InvalidJson, ":2:11: the text is not JSON";
    json_cut_in_a_value_is_refused: "cut.json" => TruncatedFile, ":2:22: the file ends in the middle of a value";
    a_json_error_message_is_refused: "one_object.json" => UnexpectedContent,
        ": the file is one object with the keys `error`";
    an_empty_json_list_is_refused: "empty_list.json" => NoRows, ": the list is empty";
}

#[test]
fn a_missing_column_is_refused_with_those_seen_and_the_closest() {
    let name = "latitude_missing.csv";
    let options = ReadOptions::csv(name).requiring(&["id", "latitude"]);
    let message = ":1: column `latitude` is missing; the columns are `id`, `nom`, `lattitude`, `longitude`; \
                   the closest name is `lattitude`";
    check_refused(name, &options, Code::MissingColumn, message);
}

#[test]
fn title_lines_of_the_width_of_the_rows_are_found_by_the_required_columns() {
    let bytes = b"Lieux,mars 2024\nid,nom\n1,Mairie\n";
    let (outcome, _) = read(bytes, &ReadOptions::csv("titre.csv").requiring(&["id", "nom"]));
    let refused = outcome.map(|table| table.len()).expect_err("the first line is no header");
    assert_eq!(refused.code, Code::TitleLines);
    assert!(refused.to_string().contains("line 2 looks like the header"), "{refused}");
}

#[test]
fn a_missing_column_is_not_blamed_on_titles() {
    let (outcome, _) = read(b"commune,nom\nParis,Mairie\n", &ReadOptions::csv("a.csv").requiring(&["id"]));
    assert_eq!(outcome.map(|table| table.len()).expect_err("no id").code, Code::MissingColumn);
}

#[test]
fn a_file_of_the_wrong_format_is_refused() {
    for (bytes, options, code) in [
        (&b"id,nom\n1,a\n"[..], ReadOptions::parquet("a.parquet"), Code::CorruptParquet),
        (b"PAR1....PAR1", ReadOptions::csv("a.csv"), Code::UnexpectedContent),
        (b"id,nom\n1,a\n", ReadOptions::json("a.json"), Code::InvalidJson),
        (b"<html>", ReadOptions::json("a.json"), Code::HtmlContent),
    ] {
        let (outcome, _) = read(bytes, &options);
        assert_eq!(outcome.map(|table| table.len()).expect_err("another format").code, code);
    }
}

#[test]
fn a_separator_nobody_accepts_cannot_be_declared() {
    let options = ReadOptions { separator: '|', ..ReadOptions::csv("a.csv") };
    let (outcome, _) = read(b"a|b\n1|2\n", &options);
    assert_eq!(outcome.map(|table| table.len()).expect_err("no bar").code, Code::UnknownSeparator);
}
