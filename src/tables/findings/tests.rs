use super::*;

const OUTCOME: &str = r#"{"file":"<liste>.csv","shape":"standard-v1","refused":false,"standard":[{"line":3,"column":"pivot","reason":"x"}],
    "report":{"rows_read":3,"published":2,"quarantined":1,"merged":0,"blank":0,"entries":[
    {"code":"date_format","line":2,"field":"date_maj","value":"1/8/2024","reason":"","action":"value_repaired","severity":"warning"},
    {"code":"nom_absent","line":4,"field":"nom","value":null,"reason":"","action":"row_quarantined","severity":"error"}]}}"#;

fn outcome() -> Outcome {
    serde_json::from_str(OUTCOME).unwrap()
}

#[test]
fn what_costs_a_row_comes_first_and_says_what_was_expected() {
    let found = outcome().findings();
    let told: Vec<(&str, &str)> = found.iter().map(|f| (f.line.as_str(), f.column.as_str())).collect();
    assert_eq!(told, [("4", "nom"), ("2", "date_maj"), ("3", "pivot")]);
    assert_eq!(found[0].expected, "le nom du lieu");
    assert!(outcome().loses());
}

#[test]
fn every_rendering_says_row_column_and_expectation_and_escapes_what_it_repeats() {
    let told = text(&outcome());
    assert!(told.contains("[ligne perdue] ligne 4, colonne nom : nom absent ; attendu : le nom du lieu"), "{told}");
    let page = html(&outcome());
    assert!(page.contains("&lt;liste&gt;.csv") && !page.contains("<liste>"), "{page}");
    let mut reader = ::csv::Reader::from_reader(std::io::Cursor::new(csv(&outcome())));
    assert_eq!(reader.records().count(), 3);
}

#[test]
fn every_expectation_is_that_of_a_code_with_words() {
    for (code, text) in super::expected::EXPECTED {
        assert!(words::WORDS.iter().any(|(known, _)| known == code), "{code} has no words");
        assert!(!text.is_empty());
    }
}
