//! Rows of a list that are none of its items: totals, examples of the template, a second header, notes beneath the table.
//!
//! A place whose name merely holds such a word is a place: « Total Énergies », « La Source », « Exemple à suivre ». A row is
//! put aside only where a cell says nothing else, and nearly nothing stands beside it.

use super::frame::{Row, Table, trimmed};
use super::header::fold;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport};

/// What the label of a row of sums says.
const TOTALS: [&str; 14] = [
    "total",
    "totaux",
    "total general",
    "totaux generaux",
    "grand total",
    "sous-total",
    "sous total",
    "sous-totaux",
    "total national",
    "total regional",
    "total departemental",
    "total france",
    "nombre total",
    "total des lieux",
];

/// What the label of a row of the template says.
const EXAMPLES: [&str; 9] = [
    "__ignore__",
    "exemple",
    "exemples",
    "example",
    "exemple de saisie",
    "exemple de ligne",
    "ligne d'exemple",
    "exemple a supprimer",
    "ex",
];

/// What a note beneath the table begins with, before its colon.
const NOTES: [&str; 10] = ["source", "sources", "nb", "n.b.", "n.b", "note", "notes", "champ", "lecture", "legende"];

/// What a second header says of its columns.
const KINDS: [&str; 24] = [
    "texte",
    "text",
    "string",
    "chaine",
    "chaine de caracteres",
    "varchar",
    "identifiant",
    "nombre",
    "entier",
    "integer",
    "int",
    "float",
    "decimal",
    "double",
    "number",
    "date",
    "datetime",
    "booleen",
    "boolean",
    "bool",
    "liste",
    "obligatoire",
    "facultatif",
    "optionnel",
];

/// The table without the rows that are no items; `report` receives these.
///
/// # Errors
/// [`FileRefused`] when the rows cannot be parted.
pub fn items(table: Table, file: &str, report: &mut SourceReport) -> Result<Table, FileRefused> {
    let columns = Columns::of(&table);
    let mut kept = vec![true; table.len()];
    for row in table.rows() {
        let Some((code, reason, value)) = columns.no_item(row) else { continue };
        kept[row.index()] = false;
        let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(row.line()).with_value(value);
        report.quarantine(Entry { record: row.name("id"), ..entry });
    }
    if kept.iter().all(|kept| *kept) {
        return Ok(table);
    }
    table.keep(&kept).map_err(|error| FileRefused::new(file, Code::ReaderFailure, error.to_string()))
}

/// The columns of a table, by what their names say.
struct Columns {
    names: Vec<String>,
    of_name: Vec<usize>,
    of_address: Vec<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let names: Vec<String> = table.column_names().iter().map(|name| fold(name)).collect();
        let holding = |words: &[&str]| -> Vec<usize> {
            (0..names.len()).filter(|at| words.iter().any(|word| names[*at].contains(word))).collect()
        };
        let of_name = (0..names.len()).filter(|at| names[*at] == "name" || names[*at].starts_with("nom")).collect();
        let of_address = holding(&["adresse", "address"]);
        Self { names, of_name, of_address }
    }

    /// Why a row is no item, and the cell that says so.
    fn no_item<'t>(&self, row: Row<'t>) -> Option<(Code, &'static str, &'t str)> {
        let cell = |at: usize| row.at(at).and_then(trimmed);
        let mut filled = (0..self.names.len()).filter_map(|at| Some((at, cell(at)?)));
        let heads: Vec<(usize, &str)> = filled.by_ref().take(2).collect();
        let named = self.of_name.iter().filter_map(|at| Some((*at, cell(*at)?)));
        for (at, text) in heads.iter().copied().chain(named) {
            let Some((code, reason)) = label(text) else { continue };
            let is_marked = text == "__ignore__";
            let no_address = self.of_name.contains(&at) && self.of_address.iter().all(|at| cell(*at).is_none());
            if is_marked || no_address && !self.of_address.is_empty() || self.stands_alone(row, at) {
                return Some((code, reason, text));
            }
        }
        let (_, first) = *heads.first()?;
        self.is_second_header(row, first).then_some((Code::TemplateRow, "the row repeats the header", first))
    }

    /// Whether nearly nothing is said beside a cell: one word, of a commune, and numbers.
    fn stands_alone(&self, row: Row<'_>, label: usize) -> bool {
        let says = |text: &str| {
            let is_code = !text.contains(char::is_whitespace) && text.contains(|c: char| c.is_ascii_digit());
            text.contains(char::is_alphabetic) && !is_code
        };
        let beside = (0..self.names.len()).filter(|at| *at != label).filter_map(|at| row.at(at).and_then(trimmed));
        beside.filter(|text| says(text)).count() <= 1
    }

    /// Whether every cell names its column again, or says of what kind it is: « (identifiant), (texte) ».
    fn is_second_header(&self, row: Row<'_>, first: &str) -> bool {
        let bare = |text: &str| fold(text.trim_matches(['(', ')', '[', ']', '<', '>']));
        let is_kind = |text: &str| KINDS.contains(&bare(text).as_str());
        let in_brackets = |text: &str| text.starts_with('(') && text.ends_with(')');
        let is_name = |at: usize, text: &str| fold(text) == self.names[at];
        // Most rows are told by their first cell.
        let may_be = in_brackets(first) || is_kind(first) || self.names.contains(&fold(first));
        if !may_be {
            return false;
        }
        let filled = (0..self.names.len()).filter_map(|at| Some((at, row.at(at).and_then(trimmed)?)));
        let (mut all, mut names, mut kinds) = (0_usize, 0, 0);
        for (at, text) in filled {
            all += 1;
            names += usize::from(is_name(at, text));
            kinds += usize::from(in_brackets(text) || is_kind(text));
        }
        all >= 2 && (kinds == all || names >= 2 && names * 5 >= all * 4)
    }
}

/// What a cell that says nothing else says of its row.
fn label(text: &str) -> Option<(Code, &'static str)> {
    // No label is longer; a note is told by its first words.
    let folded = fold(text.get(..40).unwrap_or(text));
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || ":=.*".contains(c));
    let bare = bare.trim_start_matches(['*', ' ']);
    let is_whole = text.len() <= 40;
    if is_whole && TOTALS.contains(&bare) {
        return Some((Code::TotalRow, "the row holds totals, expected one item"));
    }
    if is_whole && EXAMPLES.contains(&bare) {
        return Some((Code::TemplateRow, "the row is the example of the template"));
    }
    let (head, _) = folded.trim_start_matches(['*', ' ']).split_once(':')?;
    NOTES.contains(&head.trim()).then_some((Code::TemplateRow, "a note beneath the table, not an item of it"))
}
