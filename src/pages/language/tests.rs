//! The catalogue holds together: every file reads, every id that a page names is there, no language has ids of its own.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// The messages of a file, with the names of their variables.
fn messages(language: Language) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in language.file().lines() {
        let id = line.split_once(" =").map(|(id, _)| id).filter(|id| {
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        if let Some(id) = id {
            found.push((id.to_owned(), BTreeSet::new()));
        }
        for variable in line.split('$').skip(1) {
            let name: String = variable.chars().take_while(char::is_ascii_lowercase).collect();
            found.last_mut().expect("a variable stands in a message").1.insert(name);
        }
    }
    found
}

#[test]
fn every_file_reads_and_names_no_message_twice() {
    for language in Language::ALL {
        let read = FluentResource::try_new(language.file().to_owned());
        assert!(read.is_ok(), "{language:?}: {:?}", read.err().map(|(_, errors)| errors));
        let ids: Vec<String> = messages(language).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{language:?} says something twice");
        assert!(language.tag().parse::<LanguageIdentifier>().is_ok());
    }
}

#[test]
fn every_language_says_everything_and_nothing_of_its_own_with_the_same_variables() {
    let french = messages(Language::French);
    for language in [Language::English, Language::Arabic] {
        let other = messages(language);
        let missing: Vec<&String> =
            french.iter().map(|(id, _)| id).filter(|id| !other.iter().any(|(known, _)| known == *id)).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
    }
    for language in [Language::English, Language::Arabic, Language::Easy] {
        for (id, variables) in messages(language) {
            let known = french.iter().find(|(known, _)| *known == id);
            let (_, wanted) = known.unwrap_or_else(|| panic!("{language:?} alone says {id}"));
            assert!(variables.is_subset(wanted), "{language:?} {id}: {variables:?} and not {wanted:?}");
        }
    }
}

#[test]
fn every_id_that_a_page_names_is_in_the_catalogue_and_none_is_idle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["web/templates", "src/pages"] {
        gather(&root.join(folder), &mut texts);
    }
    let texts = texts.join("\n");
    let known: BTreeSet<String> = messages(Language::French).into_iter().map(|(id, _)| id).collect();
    let mut named = BTreeSet::new();
    for call in [".say(\"", ".about(\"", ".count(\"", ".with(\""] {
        named.extend(texts.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(ToOwned::to_owned));
    }
    let unknown: Vec<&String> = named.iter().filter(|id| id.contains('-') && !known.contains(*id)).collect();
    assert!(unknown.is_empty(), "no message {unknown:?}");
    let idle: Vec<&String> = known.iter().filter(|id| !texts.contains(&format!("\"{id}\""))).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

fn gather(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, texts);
        } else if path.file_name().is_none_or(|name| name != "tests.rs") {
            texts.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn plurals_follow_the_rules_of_each_language() {
    let said = |language, n| Words(language).count("minutes", n);
    assert_eq!((said(Language::French, 1), said(Language::French, 2)), ("1 minute".into(), "2 minutes".into()));
    assert_eq!((said(Language::English, 1), said(Language::English, 0)), ("1 minute".into(), "0 minutes".into()));
    let arabic: BTreeSet<String> = [1, 2, 3, 11, 100].map(|n| said(Language::Arabic, n)).into();
    assert_eq!(arabic.len(), 5, "{arabic:?}");
    assert!(said(Language::Arabic, 2).contains("دقيقتان"));
}

#[test]
fn what_a_language_does_not_say_is_said_in_french() {
    assert_eq!(Words(Language::Easy).say("menu-label"), Words(Language::French).say("menu-label"));
    assert_eq!(Words(Language::French).say("there-is-no-such-id"), "there-is-no-such-id");
}
