use super::*;

fn fields(text: &[&str]) -> String {
    String::from_utf8(csv::line(text.iter().map(|text| (*text).into()))).unwrap()
}

#[test]
fn quotes_commas_and_line_ends_survive_and_the_rest_is_bare() {
    assert_eq!(fields(&["a", "", "-61.55", "+33102030405"]), "a,,-61.55,+33102030405\r\n");
    let awkward = ["dit \"Le Relais\"", "a, b", "deux\nlignes", " au bord", "à"];
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(std::io::Cursor::new(fields(&awkward)));
    let read = reader.records().next().unwrap().unwrap();
    assert!(read.iter().eq(awkward), "{read:?}");
}

#[test]
fn every_table_has_the_columns_it_says() {
    assert_eq!(Table::Valid.columns().len(), 32);
    assert_eq!(Table::Invalid.columns().last(), Some(&"x_motifs"));
    assert_eq!(Table::Extension.columns().first(), Some(&"id"));
}
