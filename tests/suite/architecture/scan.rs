//! Reads the paths a Rust file mentions, comments and strings left out. Not a parser: the few shapes a path takes.

/// A path that starts at the root of a crate: its first two names.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    /// Line of the first name, 1-based.
    pub line: usize,
    /// `crate`, `std`, or an outside crate.
    pub root: String,
    /// The name after it; empty for a bare `use polars;`.
    pub name: String,
}

/// Every path of the text, in order; `use a::{b, c}` counts as two. A chain of `super` that leaves the room, which lies
/// `depth` modules below the root, counts as `crate`.
pub fn mentions(text: &str, depth: usize) -> Vec<Mention> {
    let tokens = tokens(&without_comments_and_strings(text));
    let mut found = Vec::new();
    for (i, (line, token)) in tokens.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| tokens[i].1.as_str());
        if !is_name(token) || before == Some("::") {
            continue;
        }
        let (root, last) = match token.as_str() {
            "super" => (String::from("crate"), i + 2 * (depth.max(1) - 1)),
            other => (other.into(), i),
        };
        let climbs =
            token == "super" && (i..=last).step_by(2).any(|i| tokens.get(i).is_none_or(|(_, token)| token != "super"));
        if climbs {
            continue;
        }
        if tokens.get(last + 1).is_some_and(|(_, token)| token == "::") {
            let names = names_after(&tokens[last + 2..]);
            found.extend(names.into_iter().map(|name| Mention { line: *line, root: root.clone(), name }));
        } else if before == Some("use") {
            found.push(Mention { line: *line, root, name: String::new() });
        }
    }
    found
}

/// Every path of the text with all its names, groups spelled out: `use a::{b, c::d}` is `a::b` and `a::c::d`.
pub fn paths(text: &str) -> Vec<Vec<String>> {
    let tokens: Vec<String> = tokens(&without_comments_and_strings(text)).into_iter().map(|(_, token)| token).collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let starts = is_name(&tokens[i]) && tokens.get(i + 1).is_some_and(|next| next == "::");
        i = if starts { read_path(&tokens, i, &[], &mut found) } else { i + 1 };
    }
    found
}

/// Reads the path that starts at a name, below `before`; the place after it.
fn read_path(tokens: &[String], mut i: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    while let Some(name) = tokens.get(i).filter(|token| is_name(token)) {
        path.push(name.clone());
        i += 1;
        if tokens.get(i).is_none_or(|token| token != "::") {
            break;
        }
        i += 1;
        if tokens.get(i).is_some_and(|token| token == "{") {
            i += 1;
            while tokens.get(i).is_some_and(|token| token != "}") {
                i = if is_name(&tokens[i]) { read_path(tokens, i, &path, found) } else { i + 1 };
            }
            return i + 1;
        }
    }
    found.push(path);
    i
}

/// Names of our own that the text declares with `mod` or brings in with `use`: a path that starts with one of them stays
/// at home, whatever crate bears the name.
pub fn own_names(text: &str) -> Vec<String> {
    let tokens = tokens(&without_comments_and_strings(text));
    let mut names = Vec::new();
    for (i, (_, token)) in tokens.iter().enumerate() {
        let after = || tokens[i + 1..].iter().map(|(_, token)| token.as_str());
        match (token.as_str(), after().next()) {
            ("mod", Some(name)) => names.push(name.into()),
            ("use", Some("super" | "self" | "crate")) => {
                names.extend(
                    after().skip(1).take_while(|token| *token != ";").filter(|token| is_name(token)).map(String::from),
                );
            }
            _ => {}
        }
    }
    names
}

/// The first names after `root::`: one, or those at the top of a group.
fn names_after(tokens: &[(usize, String)]) -> Vec<String> {
    let first = tokens.first().map_or("", |(_, token)| token.as_str());
    if first != "{" {
        return vec![first.into()];
    }
    let mut names = Vec::new();
    let (mut open, mut fresh) = (0, false);
    for (_, token) in tokens {
        match token.as_str() {
            "{" => {
                open += 1;
                fresh = open == 1;
            }
            "}" if open == 1 => break,
            "}" => open -= 1,
            "," => fresh = open == 1,
            name => {
                if fresh && open == 1 {
                    names.push(name.into());
                }
                fresh = false;
            }
        }
    }
    names
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and single signs, each with its line.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if first.is_alphanumeric() || first == '_' {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            found.push((number + 1, rest[..length].into()));
            rest = rest[length..].trim_start();
        }
    }
    found
}

/// The text with comments and the insides of strings blanked; lines keep their numbers.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blank = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == 'r' && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            raw_string(rest)
        } else if first == '"' {
            quoted(rest)
        } else if first == '\'' {
            character(rest)
        } else {
            0
        };
        if blank == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.extend(rest[..blank].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[blank..];
        }
    }
    code
}

/// Length of the raw string that starts here; 0 when none does.
fn raw_string(text: &str) -> usize {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    if !text[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let start = 2 + hashes;
    text[start..].find(&end).map_or(text.len(), |found| start + found + end.len())
}

/// Length of the string that starts here.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of the character literal that starts here; 0 for a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text.char_indices().skip(1);
    match inside.next() {
        Some((_, '\\')) => text[2..].char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(0, |(i, _)| i + 3),
        Some(_) => inside.next().filter(|(_, c)| *c == '\'').map_or(0, |(i, _)| i + 1),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, depth: usize) -> Vec<String> {
        mentions(text, depth).iter().map(|m| format!("{} {}::{}", m.line, m.root, m.name)).collect()
    }

    #[test]
    fn comments_and_strings_do_not_count() {
        let text = "//! Uses crate::ingest.\n/* crate::http\n */ let a = \"crate::store\"; let b = r#\"crate::\"remote\"#;\n\
                    let quote = '\"'; let tick = '\\''; fn f<'a>(x: &'a str) -> crate::atlas::Atlas {}\n";
        assert_eq!(seen(text, 1), ["4 crate::atlas"]);
    }

    #[test]
    fn a_group_counts_once_for_each_name_at_its_top() {
        let text = "use crate::{\n    atlas::{Atlas, http},\n    domain::Position,\n};";
        let of_the_crate: Vec<String> = seen(text, 1).into_iter().filter(|path| path.contains("crate")).collect();
        assert_eq!(of_the_crate, ["1 crate::atlas", "1 crate::domain"]);
    }

    #[test]
    fn paths_in_code_and_attributes_count() {
        let text = "#[derive(askama::Template)]\nlet x = crate::ingest::read(polars::prelude::col(1));\nuse polars;";
        assert_eq!(seen(text, 1), ["1 askama::Template", "2 crate::ingest", "2 polars::prelude", "3 polars::"]);
    }

    #[test]
    fn names_of_our_own_are_known() {
        let text = "mod geojson; use super::{mvt, page::Page}; // mod clap;\nuse polars::prelude;";
        assert_eq!(own_names(text), ["geojson", "mvt", "page", "Page"]);
    }

    #[test]
    fn a_chain_of_super_that_leaves_the_room_is_seen() {
        assert_eq!(seen("use super::ingest::Table;", 1), ["1 crate::ingest"]);
        assert_eq!(seen("use super::super::ingest::Table;", 2), ["1 crate::ingest"]);
        assert_eq!(seen("use super::features::write;", 2), [""; 0]);
    }
}
