//! Ten thousand files broken by design: no panic, every row accounted for, and never a row nobody wrote.

use std::collections::BTreeMap;

use super::super::ReadOptions;
use super::random::Random;
use super::twin::csv_crate;
use super::{read, rows};
use crate::ingest::report::Code;

const MUTANTS: u64 = 10_000;

fn seed_file(random: &mut Random) -> Vec<u8> {
    let separator = random.pick(&[",", ",", ";", "\t"]);
    let mut text = ["id", "nom", "latitude", "longitude"].join(separator) + "\n";
    let names = ["Médiathèque", "\"Poste \"\"A\"\"\"", "\"Espace\nnumérique\"", "\"a,b;c\td\"", "", "Épicerie"];
    for id in 0..=random.below(8) {
        text += &[format!("{id:05}").as_str(), random.pick(&names), "48.85", "2.35"].join(separator);
        text += "\n";
    }
    text.into_bytes()
}

/// One defect of those files really have.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(12)).min(bytes.len());
    let tokens: [&[u8]; 16] = [
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b"|",
        b"\0",
        b"\x1b[31m",
        b"\xe9",
        b"\xc3\x83\xc2\xa9",
        b"\xef\xbb\xbf",
        b"\n\n",
        b",,,,\n",
    ];
    match random.below(7) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        3 if at < bytes.len() => bytes[at] = random.next() as u8,
        4 => {
            let other = random.pick(b",;\t|");
            let separator = random.pick(b",;\t");
            bytes.iter_mut().filter(|b| **b == separator).for_each(|b| *b = other);
        }
        5 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        _ => drop(bytes.splice(at..at, random.pick(&tokens).iter().copied())),
    }
}

#[test]
fn ten_thousand_mutants_neither_panic_nor_lose_a_row_nor_invent_one() {
    let (mut refused, mut quarantined, mut accepted) = (0, 0, 0);
    let mut codes = BTreeMap::new();
    for seed in 0..MUTANTS {
        let mut random = Random::new(seed);
        let mut bytes = seed_file(&mut random);
        for _ in 0..=random.below(3) {
            mutate(&mut bytes, &mut random);
        }
        let (outcome, report) = read(&bytes, &ReadOptions::csv("mutant.csv"));
        let table = match outcome {
            Ok(table) => table,
            Err(error) => {
                *codes.entry(error.code).or_insert(0) += 1;
                refused += 1;
                continue;
            }
        };
        accepted += 1;
        quarantined += report.quarantined;
        // The twin reads no other encoding, and takes a lone carriage return for the end of a record.
        let lone_return = bytes.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n');
        if lone_return || report.total(Code::GuessedEncoding) > 0 {
            continue;
        }
        let separator = match report.entries.iter().find(|entry| entry.code == Code::GuessedSeparator) {
            None => b',',
            Some(entry) if entry.value.as_deref() == Some("`;`") => b';',
            Some(_) => b'\t',
        };
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let twin = csv_crate(text, separator);
        for (line, cells) in rows(&table) {
            let found = twin.iter().find(|(their_line, _)| *their_line == line).map(|(_, cells)| cells.as_slice());
            let cells: Vec<String> = cells.into_iter().map(str::to_owned).collect();
            assert_eq!(
                found,
                Some(cells.as_slice()),
                "seed {seed}, line {line}: {:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
    eprintln!(
        "{MUTANTS} mutants: {refused} refused, {accepted} read, {quarantined} rows quarantined; refusals {codes:?}"
    );
    assert!(refused > 500 && quarantined > 500 && accepted > 500, "the mutants must be of all kinds");
}

#[test]
fn three_thousand_json_mutants_neither_panic_nor_lose_a_row() {
    let seed_file = super::fixture("rows_of_all_kinds.json");
    for seed in 0..3_000 {
        let mut random = Random::new(seed);
        let mut bytes = seed_file.clone();
        for _ in 0..=random.below(2) {
            mutate(&mut bytes, &mut random);
        }
        // `read` checks the conservation law.
        drop(read(&bytes, &ReadOptions::json("mutant.json")));
    }
}
