//! What a page says of a figure, against the number of the API. Written from how a reader understands it, not from the code.

use serde_json::Value;

/// Whether some words say a number, or the reason why there is none.
pub fn agrees(name: &str, words: &str, expected: &Value, reach: &Value) -> bool {
    let words = words.replace(['\u{a0}', '\u{202f}'], " ").replace("&#39;", "'").replace("&#x27;", "'");
    let is_time = name.starts_with("minutes");
    match words.as_str() {
        "inconnu" | "pas de donnée" => expected.is_null() && !(name == "minutes_median" && reach == "unreachable"),
        "hors d'atteinte" => expected.is_null() && is_time && reach != "unknown",
        "plus de 3 h" => expected.as_f64().is_some_and(|minutes| minutes > 180.0),
        "plus de 99,9 %" => expected.as_f64().is_some_and(|share| (0.9995..1.0).contains(&share)),
        "moins de 0,1 %" => expected.as_f64().is_some_and(|share| share > 0.0 && share < 0.0005),
        number => expected.as_f64().is_some_and(|expected| says(number, expected)),
    }
}

/// Whether `12 345,6 %` is this number to the digits that it shows.
fn says(words: &str, expected: f64) -> bool {
    let digits: String = words.chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '−')).collect();
    let decimals = digits.split_once(',').map_or(0, |(_, fraction)| fraction.len());
    let Ok(said) = digits.replace(',', ".").replace('−', "-").parse::<f64>() else { return false };
    let expected = if words.ends_with('%') { 100.0 * expected } else { expected };
    (said - expected).abs() <= 0.5 * 10_f64.powi(-(decimals as i32)) + 1e-9
}

#[test]
fn words_are_read_as_a_reader_reads_them() {
    let reached = Value::from("reached");
    let told = |words: &str, number: f64| agrees("share_in_need", words, &number.into(), &reached);
    assert!(told("20,1\u{a0}%", 0.201_4) && !told("20,1\u{a0}%", 0.202));
    assert!(told("34\u{202f}969", 34_969.0) && !told("34\u{202f}969", 34_968.0));
    assert!(told("0", 0.0) && !told("inconnu", 0.0), "unknown is not 0");
    let minutes = |words: &str, reach: &str| agrees("minutes_median", words, &Value::Null, &reach.into());
    assert!(minutes("inconnu", "unknown") && minutes("hors d&#39;atteinte", "unreachable"));
    assert!(
        !minutes("inconnu", "unreachable") && !minutes("hors d'atteinte", "unknown") && !minutes("180 min", "unknown")
    );
}
