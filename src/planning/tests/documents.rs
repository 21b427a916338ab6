//! A plan as a file stands as long as nothing in it is touched.

use serde_json::{Value, json};

use super::country::atlas;
use super::{solved, study};
use crate::atlas::Atlas;
use crate::planning::{Document, DocumentFault};

/// Documents of every kind of proof that a small country gives.
fn documents(atlas: &Atlas) -> Vec<Document> {
    let questions: [&[(&str, &str)]; 6] = [
        &[("posts", "3"), ("radius_km", "8"), ("territory", "departements/23")],
        &[("posts", "3"), ("objective", "median"), ("minutes", "40")],
        &[("posts", "3"), ("objective", "centre"), ("minutes", "60")],
        &[("posts", "9"), ("objective", "set-cover"), ("share", "0.7")],
        &[("posts", "4"), ("objective", "floor"), ("share", "0.3")],
        &[("posts", "2"), ("stops", "3"), ("radius_km", "5")],
    ];
    let document = |fields: &&[(&str, &str)]| {
        let study = study(atlas, fields);
        Document::new(&study, &solved(&study), None)
    };
    questions.iter().map(document).collect()
}

#[test]
fn a_document_reads_back_and_stands() {
    let atlas = atlas();
    for document in documents(&atlas) {
        let text = document.to_json();
        let read = Document::from_json(&text).unwrap();
        assert_eq!(read, document);
        assert_eq!(read.to_json(), text, "byte for byte");
        let (study, plan) = read.verify(&atlas).unwrap();
        assert_eq!(Document::new(&study, &plan, None), document);
    }
}

/// Every value of a document changed a little, one at a time.
fn tampered(value: &Value, path: &str, out: &mut Vec<(String, Value)>) {
    let changed = match value {
        Value::Null => json!(1.0),
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_f64().unwrap() + 1.0),
        Value::String(text) => json!(format!("{text}1")),
        Value::Array(items) => {
            for (rank, item) in items.iter().enumerate() {
                let mut inner = Vec::new();
                tampered(item, &format!("{path}/{rank}"), &mut inner);
                for (path, item) in inner {
                    let mut items = items.clone();
                    items[rank] = item;
                    out.push((path, Value::Array(items)));
                }
            }
            return;
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let mut inner = Vec::new();
                tampered(field, &format!("{path}/{name}"), &mut inner);
                for (path, field) in inner {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), field);
                    out.push((path, Value::Object(fields)));
                }
            }
            return;
        }
    };
    out.push((path.to_owned(), changed));
}

#[test]
fn a_document_with_any_value_changed_does_not_stand() {
    let atlas = atlas();
    for document in documents(&atlas) {
        let mut changed = Vec::new();
        tampered(&serde_json::from_str(&document.to_json()).unwrap(), "", &mut changed);
        assert!(changed.len() > 40);
        for (path, value) in changed {
            // How many rounds were spent is told, and follows from nothing; another proof of the same bound is as good.
            let is_proof = path.starts_with("/plan/proof/prices") || path.starts_with("/plan/shortfall_proof");
            if path == "/plan/rounds" || path == "/plan/stopped" || is_proof {
                continue;
            }
            let stands = Document::from_json(&value.to_string()).and_then(|document| {
                let (study, plan) = document.verify(&atlas)?;
                Ok(Document::new(&study, &plan, None))
            });
            assert!(stands.is_err(), "{path} was changed and the document stands");
        }
    }
}

#[test]
fn a_plan_of_another_edition_is_not_checked_against_this_one() {
    let atlas = atlas();
    let document = Document { edition: "fedcba9876543210".into(), ..documents(&atlas).remove(0) };
    let fault = document.verify(&atlas).map(|_| ()).expect_err("the edition is another one");
    assert!(matches!(fault, DocumentFault::Edition { .. }), "{fault}");
}

#[test]
fn a_file_that_is_no_plan_is_refused() {
    for text in ["", "{}", "[]", "{\"format\":1}", "\u{0}"] {
        assert!(matches!(Document::from_json(text), Err(DocumentFault::Unreadable(_))), "{text:?}");
    }
}
