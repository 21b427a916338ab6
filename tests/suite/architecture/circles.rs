//! No circle in any room: among the modules of one parent, whoever uses another is not used by it, however long the way.
//! A parent and its children are one thing: they may use each other.

use std::collections::{BTreeMap, BTreeSet};

use super::scan::paths;

/// A module by its names from the root of the crate.
type Module = Vec<String>;

/// A circle: its modules, in the order in which each uses the next, and the two ends of every use.
#[derive(Debug, PartialEq, Eq)]
pub struct Circle {
    /// Names below [`Circle::parent`].
    pub members: Vec<String>,
    /// Where they stand side by side.
    pub parent: String,
    /// `a::b uses c::d`, one for each step.
    pub uses: Vec<String>,
}

/// The circles among these modules, given with their texts.
pub fn circles(sources: &[(Module, String)]) -> Vec<Circle> {
    let modules: BTreeSet<&[String]> = sources.iter().map(|(module, _)| module.as_slice()).collect();
    let mut uses: BTreeSet<(&[String], &[String])> = BTreeSet::new();
    for (module, text) in sources {
        for path in paths(&without_tests(text)) {
            if let Some(used) = resolved(module, &path, &modules) {
                uses.insert((module, used));
            }
        }
    }
    // Side by side: the first name at which the two differ, below the parent they share.
    let mut beside: BTreeMap<&[String], BTreeMap<&str, BTreeMap<&str, String>>> = BTreeMap::new();
    for (user, used) in uses {
        let shared = user.iter().zip(used).take_while(|(a, b)| a == b).count();
        if shared < user.len() && shared < used.len() {
            let step = format!("{} uses {}", user.join("::"), used.join("::"));
            let room = beside.entry(&user[..shared]).or_default();
            room.entry(&user[shared]).or_default().entry(&used[shared]).or_insert(step);
        }
    }
    beside.iter().filter_map(|(parent, room)| circle_of(parent, room)).collect()
}

/// The module that a path leads to: the longest beginning of it that is one.
fn resolved<'a>(here: &[String], path: &[String], modules: &BTreeSet<&'a [String]>) -> Option<&'a [String]> {
    let mut names = path;
    let mut from: Module = match names.first()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => here.to_vec(),
        first => {
            let child: Module = here.iter().cloned().chain([first.to_owned()]).collect();
            if !modules.contains(child.as_slice()) {
                return None;
            }
            here.to_vec()
        }
    };
    while let Some(first) = names.first() {
        match first.as_str() {
            "crate" | "self" => {}
            "super" => {
                from.pop();
            }
            _ => break,
        }
        names = &names[1..];
    }
    from.extend(names.iter().cloned());
    (1..=from.len()).rev().find_map(|length| modules.get(&from[..length]).copied())
}

/// The first circle of a room, by depth-first search.
fn circle_of(parent: &[String], room: &BTreeMap<&str, BTreeMap<&str, String>>) -> Option<Circle> {
    fn visit<'a>(
        name: &'a str,
        room: &BTreeMap<&'a str, BTreeMap<&'a str, String>>,
        trail: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<Vec<&'a str>> {
        if let Some(start) = trail.iter().position(|seen| *seen == name) {
            return Some(trail[start..].to_vec());
        }
        if !done.insert(name) {
            return None;
        }
        trail.push(name);
        let found = room.get(name).into_iter().flat_map(BTreeMap::keys).find_map(|next| visit(next, room, trail, done));
        trail.pop();
        found
    }
    let mut done = BTreeSet::new();
    let members = room.keys().find_map(|name| visit(name, room, &mut Vec::new(), &mut done))?;
    let next = members.iter().cycle().skip(1);
    let uses = members.iter().zip(next).map(|(user, used)| room[user][used].clone()).collect();
    let parent = if parent.is_empty() { "crate".to_owned() } else { parent.join("::") };
    Some(Circle { members: members.into_iter().map(ToOwned::to_owned).collect(), parent, uses })
}

/// The text without the modules that only tests are made of.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        // An item ends where its own brace closes, or on the line of its semicolon.
        for inner in lines.by_ref() {
            let closes = inner.len() - inner.trim_start().len() == indent && inner.trim_start().starts_with('}');
            if closes || (inner.ends_with(';') && inner.len() - inner.trim_start().len() == indent) {
                break;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(texts: &[(&str, &str)]) -> Vec<(Module, String)> {
        let module = |path: &str| path.split("::").map(ToOwned::to_owned).collect();
        texts.iter().map(|(path, text)| (module(path), (*text).to_owned())).collect()
    }

    #[test]
    fn a_circle_is_told_with_its_steps() {
        let found = circles(&sources(&[
            ("room", "mod a; mod b; mod c;"),
            ("room::a", "use super::b::{self, Thing};"),
            ("room::b", "fn f() { crate::room::c::g(); }"),
            ("room::c", "use super::a;\n"),
            ("other", "use crate::room::a::A;"),
        ]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].parent.as_str(), found[0].members.len(), found[0].uses.len()), ("room", 3, 3));
        assert!(found[0].uses.contains(&"room::b uses room::c".to_owned()));
    }

    #[test]
    fn a_parent_and_its_children_are_one_thing_and_tests_do_not_count() {
        let inside = "use super::Thing;\n#[cfg(test)]\nmod tests {\n    use crate::room::b::B;\n}\n";
        let texts = [("room", "mod a;\npub use a::A;"), ("room::a", inside), ("room::b", "use super::a::A;")];
        assert_eq!(circles(&sources(&texts)), []);
    }

    #[test]
    fn rooms_count_as_modules_of_the_crate() {
        let found = circles(&sources(&[
            ("http", "mod state;"),
            ("http::state", "use crate::api::bounds::Boxes;"),
            ("api", "mod bounds;"),
            ("api::bounds", "use crate::http::problem::Problem;"),
            ("http::problem", ""),
        ]));
        assert_eq!((found.len(), found[0].parent.as_str()), (1, "crate"));
    }
}
