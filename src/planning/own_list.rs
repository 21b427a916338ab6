//! A list of one's own as a table: pasted from a spreadsheet, or a CSV file. Every row is checked, and what is wrong with one
//! says its line, its column and what was expected.

use std::collections::BTreeMap;
use std::fmt;

use csv::{ReaderBuilder, StringRecord};

use super::request::ListedSite;
use crate::domain::text::fold;
use crate::domain::{Degrees, Position};

/// Faults that are told; how many more there are is said.
const MOST_TOLD: usize = 5;

/// Columns, with the names under which spreadsheets have them, folded.
const COLUMNS: [(&str, &[&str]); 4] = [
    ("id", &["id", "identifiant", "code"]),
    ("longitude", &["longitude", "lon", "lng", "long", "x"]),
    ("latitude", &["latitude", "lat", "y"]),
    ("name", &["name", "nom", "libelle", "lieu", "site"]),
];

/// Columns that would change a plan, and are not read: who has them must not think that they were.
const PRICES: [&str; 7] = ["prix", "price", "price eur", "price_eur", "cout", "cout annuel", "cout_annuel"];

/// What a cell should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A column that the table lacks.
    Column,
    /// Degrees as a number.
    Degrees,
    /// No price: that of the question holds for every site.
    NoPrice,
    /// A place in France, longitude first.
    InFrance,
    /// An id of 1 to 100 characters, no comma or semicolon among them.
    Id,
    /// An id that no other row has; the line of the other.
    OtherThanLine(u64),
}

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Its line in the text, from 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// What stands there.
    pub got: String,
    /// What should.
    pub expected: Expected,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, got, expected } = self;
        write!(f, "line {line}, {column}: {got:?}, expected ")?;
        match expected {
            Expected::Column => write!(f, "a column of this name"),
            Expected::NoPrice => {
                write!(f, "no column of prices: price_public_eur of the question holds for every site")
            }
            Expected::Degrees => write!(f, "a number of degrees"),
            Expected::InFrance => write!(f, "a place in France, longitude first"),
            Expected::Id => write!(f, "1 to 100 characters without comma or semicolon"),
            Expected::OtherThanLine(other) => write!(f, "another id than line {other}"),
        }
    }
}

/// The faults of a table in one sentence.
pub(super) fn sentence(faults: &[RowFault]) -> String {
    let told: Vec<String> = faults.iter().take(MOST_TOLD).map(ToString::to_string).collect();
    match faults.len().saturating_sub(MOST_TOLD) {
        0 => told.join("; "),
        more => format!("{}; and {more} more", told.join("; ")),
    }
}

/// What separates the columns of a table; `None` for a text that is none, such as `id,longitude,latitude;id,longitude,latitude`.
#[must_use]
pub fn separator(text: &str) -> Option<char> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let ends_so = first.ends_with(';');
    let first = first.trim_end_matches(';');
    let found = ['\t', ';', ','].into_iter().find(|mark| first.contains(*mark))?;
    let before = first.split(';').next().unwrap_or_default();
    let in_one_line = !text.trim().contains('\n') && header(&cells(first, found)).is_none();
    let is_old = (found == ';' || ends_so) && before.matches(',').count() >= 2;
    (!in_one_line && !is_old).then_some(found)
}

fn cells(line: &str, separator: char) -> Vec<String> {
    line.split(separator).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
}

/// Which cell each column is in; `None` when the line is no header: a number is no title, and a place may have the name of a column.
fn header(cells: &[String]) -> Option<[Option<usize>; 4]> {
    if cells.iter().any(|cell| cell.replace(',', ".").parse::<f64>().is_ok()) {
        return None;
    }
    let folded: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
    let at = |names: &[&str]| folded.iter().position(|cell| names.contains(&cell.as_str()));
    let found = COLUMNS.map(|(_, names)| at(names));
    found.iter().any(Option::is_some).then_some(found)
}

/// Reads a table: a header, or the columns id, longitude, latitude, name.
///
/// # Errors
/// Every row that is wrong, in order of lines.
pub fn own_list(text: &str, separator: char) -> Result<Vec<ListedSite>, Vec<RowFault>> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut columns: Option<[Option<usize>; 4]> = None;
    let (mut sites, mut faults) = (Vec::new(), Vec::new());
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records() {
        let Ok(record) = record else {
            faults.push(RowFault {
                line: 0,
                column: "id",
                got: "a row that is no CSV".into(),
                expected: Expected::Column,
            });
            break;
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = columns else {
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            columns = Some(header(&cells).unwrap_or([Some(0), Some(1), Some(2), Some(3)]));
            if let Some(found) = header(&cells) {
                if let Some(price) = cells.iter().find(|cell| PRICES.contains(&fold(cell).as_str())) {
                    faults.push(RowFault {
                        line,
                        column: "price_eur",
                        got: price.clone(),
                        expected: Expected::NoPrice,
                    });
                }
                for (column, (name, _)) in found.iter().zip(COLUMNS).skip(1).take(2) {
                    if column.is_none() {
                        let got = cells.join(&separator.to_string());
                        faults.push(RowFault { line, column: name, got, expected: Expected::Column });
                    }
                }
                if faults.is_empty() {
                    continue;
                }
                break;
            }
            push(&record, line, columns.unwrap_or_default(), separator, (&mut sites, &mut faults, &mut lines));
            continue;
        };
        push(&record, line, columns, separator, (&mut sites, &mut faults, &mut lines));
    }
    if faults.is_empty() { Ok(sites) } else { Err(faults) }
}

fn push(
    record: &StringRecord,
    line: u64,
    columns: [Option<usize>; 4],
    separator: char,
    (sites, faults, lines): (&mut Vec<ListedSite>, &mut Vec<RowFault>, &mut BTreeMap<String, u64>),
) {
    let cell = |which: usize| columns[which].and_then(|at| record.get(at)).map(str::trim).unwrap_or_default();
    let before = faults.len();
    let mut fault = |column, got: &str, expected| {
        let got = got.chars().take(60).collect();
        faults.push(RowFault { line, column, got, expected });
    };
    let mut degrees = |which: usize| -> Option<f64> {
        let text = cell(which);
        // Where commas do not separate columns they separate decimals.
        let number = if separator == ',' { text.to_owned() } else { text.replace(',', ".") };
        let read = number.parse::<f64>().ok().filter(|value| value.is_finite());
        if read.is_none() {
            fault(COLUMNS[which].0, text, Expected::Degrees);
        }
        read
    };
    let (lon, lat) = (degrees(1), degrees(2));
    let position = match (lon, lat) {
        (Some(lon), Some(lat)) => {
            let position = Position::in_france(Degrees { lon, lat }).ok();
            if position.is_none() {
                fault("longitude", &format!("{lon} {lat}"), Expected::InFrance);
            }
            position
        }
        _ => None,
    };
    let id = match cell(0) {
        "" if columns[0].is_none() => format!("ligne-{line}"),
        id => id.to_owned(),
    };
    if id.is_empty() || id.chars().count() > 100 || id.contains([',', ';']) {
        fault("id", &id, Expected::Id);
    }
    if let Some(other) = lines.insert(id.clone(), line) {
        fault("id", &id, Expected::OtherThanLine(other));
    }
    if let Some(position) = position.filter(|_| faults.len() == before) {
        let name = Some(cell(3)).filter(|name| !name.is_empty()).unwrap_or(&id).replace(';', ",");
        sites.push(ListedSite { id, name, position });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<ListedSite>, Vec<RowFault>> {
        own_list(text, separator(text).unwrap())
    }

    #[test]
    fn a_table_of_a_french_spreadsheet_is_read() {
        let sites = read("Nom;Longitude;Latitude;Identifiant\r\nMairie d'Aixe;1,1366;45,7989;aixe\r\n\r\n\"Salle; bourg\";1,26;45,83;b\r\n").unwrap();
        let told: Vec<(&str, &str)> = sites.iter().map(|site| (site.id.as_str(), site.name.as_str())).collect();
        assert_eq!(told, [("aixe", "Mairie d'Aixe"), ("b", "Salle, bourg")]);
        assert!((sites[0].position.lon() - 1.1366).abs() < 1e-9 && (sites[0].position.lat() - 45.7989).abs() < 1e-9);
    }

    #[test]
    fn columns_without_a_header_are_id_longitude_latitude_name() {
        let sites = read("a\t2.1\t46.1\tMairie\nb\t2.2\t46.2").unwrap();
        assert_eq!((sites.len(), sites[0].name.as_str(), sites[1].name.as_str()), (2, "Mairie", "b"));
    }

    #[test]
    fn every_row_that_is_wrong_says_its_line_its_column_and_what_was_expected() {
        let faults =
            read("id,longitude,latitude,nom\na,2.1,46.1,A\nb,46.1,2.1,B\nc,x,46,C\na,2.2,46.2,D\n").unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "line 3, longitude: \"46.1 2.1\", expected a place in France, longitude first",
                "line 4, longitude: \"x\", expected a number of degrees",
                "line 5, id: \"a\", expected another id than line 2",
            ]
        );
        assert_eq!(read("nom;latitude\nA;46\n").unwrap_err()[0].column, "longitude");
    }

    #[test]
    fn a_list_in_one_line_is_no_table() {
        for text in ["a,2.1,46.1,Mairie;b,2.2,46.2", "a,2.1,46.1", "a,2,46;\nb,3,46"] {
            assert_eq!(separator(text), None, "{text}");
        }
        assert_eq!(separator("a;2,1;46,1;Mairie\nb;2,2;46,2;Salle"), Some(';'));
    }

    #[test]
    fn a_place_that_has_the_name_of_a_column_is_no_header() {
        for text in ["x,1.05,46.12,Z", "87001,1.05,46.12,Code", "nom,1.05,46.12,Lieu"] {
            assert_eq!(separator(text), None, "one site in one line: {text}");
        }
        let sites = read("x;1,05;46,12;Code\ny;1,06;46,13;Nom").unwrap();
        assert_eq!(sites.iter().map(|site| site.id.as_str()).collect::<Vec<_>>(), ["x", "y"]);
    }

    #[test]
    fn prices_that_are_not_read_are_refused_by_name() {
        let faults = read("id,longitude,latitude,name,prix\na5,1.05,46.12,Foyer,10000").unwrap_err();
        assert_eq!((faults[0].column, faults[0].expected), ("price_eur", Expected::NoPrice));
    }
}
