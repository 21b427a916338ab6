//! The cases of indicators: the file of each.

use std::fs::File;

use polars::prelude::{Column, DataFrame, ParquetWriter};

use super::super::workshop::Workshop;
use super::{Became, run};

/// Thirty communes of the Ain that nothing is wrong with.
fn good() -> String {
    "CODGEO;V\n".to_owned() + &(1..=30).map(|i| format!("01{i:03};{}\n", 5 + i)).collect::<String>()
}

/// Writes the file of a case and its description; `false` for the cases that are not one file.
pub fn prepare(workshop: &Workshop, id: &str) -> bool {
    let name = id.to_lowercase();
    let mut more = String::new();
    let plus = |rows: &str| good() + rows;
    let text = match id {
        "IND-001" => good().replace("CODGEO", "territoire"),
        "IND-002" => plus("2A004;12\n97105;13\n"),
        "IND-003" | "IND-004" => {
            more = "level = 'iris'\n".into();
            if id == "IND-003" { "CODGEO;V\n10040101;5\n".into() } else { "CODGEO;V\n2A0040101;5\n".into() }
        }
        "IND-005" => {
            more = "suppressed = ['s', 'ns', 'nd', 'c', '.']\n".into();
            plus("23096;ns\n")
        }
        "IND-006" => plus("23096;12,5 %\n"),
        "IND-007" => {
            "CODGEO;V\n".to_owned()
                + &(1..=30)
                    .map(|i| format!("01{i:03};{}\n", if i % 2 == 0 { f64::from(i) } else { f64::from(i) / 100.0 }))
                    .collect::<String>()
        }
        "IND-008" => plus("23096;1\u{202f}234\n"),
        "IND-009" => plus("23096;1,23E+05\n"),
        "IND-010" => plus("23096;-3\n"),
        "IND-011" => plus("23096;3\n23096;4\n"),
        "IND-012" => plus("200054781;3\n"),
        "IND-013" => plus("49092;10\n49071;20\n"),
        "IND-015" => plus("75056;10\n75101;20\n75102;30\n"),
        "IND-017" => "CODGEO;V\n".to_owned() + &(1..=30).map(|i| format!("01{i:03};7\n")).collect::<String>(),
        "IND-025" => plus("23096;99999999999999999999\n"),
        "IND-026" => {
            more = "decimal = ','\n".into();
            good()
                .replace(";V", ";V;annee")
                .lines()
                .map(|l| if l.ends_with("annee") { format!("{l}\n") } else { format!("{l};2024,0\n") })
                .collect()
        }
        "IND-028" => good(),
        "IND-021" => {
            return parquet(
                workshop,
                &name,
                Column::new("CODGEO".into(), (0..30).map(|i| 1001_i64 + i).collect::<Vec<_>>()),
            );
        }
        _ => return false,
    };
    workshop.indicator(&name, &more);
    workshop.file(&format!("{name}.csv"), text);
    true
}

fn parquet(workshop: &Workshop, name: &str, key: Column) -> bool {
    workshop.indicator(name, "");
    let description = std::fs::read_to_string(workshop.path(&format!("data/indicators/{name}.toml"))).unwrap();
    let description = description
        .replace("format = 'csv'", "format = 'parquet'")
        .replace(&format!("{name}.csv"), &format!("{name}.parquet"));
    workshop.write(&format!("data/indicators/{name}.toml"), description.replace("separator = ';'\n", ""));
    let values = Column::new("V".into(), (0..key.len()).map(|i| 5.0 + i as f64).collect::<Vec<_>>());
    let mut frame = DataFrame::new(key.len(), vec![key, values]).unwrap();
    ParquetWriter::new(File::create(workshop.path(&format!("cache/{name}.parquet"))).unwrap())
        .finish(&mut frame)
        .unwrap();
    true
}

/// The cases that need an earlier file.
pub fn against_an_earlier_file() -> Vec<(String, Became)> {
    let second = |id: &str, name: &str, change: &dyn Fn(&Workshop)| {
        let workshop = Workshop::with_list();
        if id == "IND-016" {
            workshop.indicator(name, "");
            workshop.file(&format!("{name}.csv"), good());
        } else {
            let key = Column::new("CODGEO".into(), (1..=30).map(|i| format!("01{i:03}")).collect::<Vec<_>>());
            parquet(&workshop, name, key);
        }
        workshop.build();
        change(&workshop);
        let became = run(&workshop, &[name.to_uppercase()]).remove(&name.to_uppercase()).unwrap();
        (id.to_owned(), became)
    };
    let damaged = |workshop: &Workshop, damage: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let path = workshop.path("cache/essai.parquet");
        let bytes = std::fs::read(&path).unwrap();
        let digest: String = {
            use sha2::{Digest, Sha256};
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()
        };
        workshop.file("essai.parquet.sha256", format!("{digest}  essai.parquet\n"));
        std::fs::write(path, damage(bytes)).unwrap();
    };
    let flip = |mut bytes: Vec<u8>| {
        bytes[40] ^= 1;
        bytes
    };
    vec![
        second("IND-016", "essai", &|workshop| {
            workshop.file("essai.csv", good().lines().take(12).map(|l| format!("{l}\n")).collect::<String>());
        }),
        second("IND-018", "essai", &|workshop| damaged(workshop, &flip)),
        second("IND-019", "essai", &|workshop| {
            let path = workshop.path("cache/essai.parquet");
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
    ]
}
