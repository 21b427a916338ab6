//! Sites on the map of a plan, and their names.

use crate::pages::territory::Window;

/// Height of a line of names, and width of a letter, in units of the drawing.
const LINE: i32 = 12;
const LETTER: i32 = 6;
/// Longest name that is written out, in characters.
const LONGEST: usize = 34;
/// More sites than this have no name: the map would be of words.
const MOST_NAMES: usize = 40;

/// A site of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its place in the drawing.
    pub at: (i32, i32),
    /// Its number in the table, if there is room for it.
    pub number: Option<u32>,
    /// What the pointer reads.
    pub title: String,
}

/// A name beside its site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its place in the drawing.
    pub x: i32,
    /// The line it stands on.
    pub y: i32,
    /// Whether it ends at its place instead of beginning there.
    pub before: bool,
    /// The name, shortened where it is long.
    pub words: String,
}

/// Names beside the sites, each where no other stands, and the titles of those without room; `marks` end with the most useful.
pub fn labels(window: &Window, marks: &[Mark]) -> (Vec<Label>, Vec<String>) {
    let mut taken: Vec<[i32; 4]> = marks.iter().map(|mark| around(mark.at)).collect();
    let (mut labels, mut more) = (Vec::new(), Vec::new());
    // The most useful first: it chooses its place.
    for mark in marks.iter().rev().take(MOST_NAMES) {
        let words = shortened(&mark.title);
        let wide = LETTER * words.chars().count() as i32;
        let (x, y) = mark.at;
        let places = [
            (x + 12, y + 4, false),
            (x - 12, y + 4, true),
            (x + 6, y - 12, false),
            (x + 6, y + 20, false),
            (x - 6, y - 12, true),
            (x - 6, y + 20, true),
        ];
        let free = places.into_iter().find_map(|(at, line, before)| {
            let left = if before { at - wide } else { at };
            let own = [left, line - LINE + 2, left + wide, line + 2];
            let inside = own[0] >= -12 && own[2] <= window.width.cast_signed() + 12;
            let clear = taken
                .iter()
                .all(|other| own[2] < other[0] || other[2] < own[0] || own[3] < other[1] || other[3] < own[1]);
            (inside && clear).then_some((at, line, before, own))
        });
        match free {
            Some((x, y, before, own)) => {
                taken.push(own);
                labels.push(Label { x, y, before, words });
            }
            None => more.push(mark.title.clone()),
        }
    }
    more.extend(marks.iter().rev().skip(MOST_NAMES).take(MOST_NAMES).map(|mark| mark.title.clone()));
    (labels, more)
}

fn around((x, y): (i32, i32)) -> [i32; 4] {
    [x - 9, y - 9, x + 9, y + 9]
}

/// The name without its number, which stands in the mark, and no longer than there is room for.
fn shortened(title: &str) -> String {
    let name = title.split_once(". ").map_or(title, |(_, name)| name);
    if name.chars().count() <= LONGEST {
        name.to_owned()
    } else {
        format!("{}…", name.chars().take(LONGEST).collect::<String>().trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_shortened_and_its_number_left_to_the_mark() {
        assert_eq!(shortened("3. Mairie d'Aixe-sur-Vienne"), "Mairie d'Aixe-sur-Vienne");
        assert_eq!(shortened("Médiathèque intercommunale du pays de Saint-Yrieix").chars().count(), LONGEST + 1);
    }
}
