//! The first record of a file: which character separates fields, and which columns place a row.

use super::columns::OUTPUT_COLUMNS;
use super::error::InputProblem;
use super::record::{Stop, field_end, value};

/// Accepted names of each column, the first that is there wins: the national address base has Lambert-93 metres in `x`
/// and `y` beside degrees in `lon` and `lat`.
const LONGITUDE: &[&str] = &["lon", "longitude", "x"];
const LATITUDE: &[&str] = &["lat", "latitude", "y"];
const COMMUNE: &[&str] = &["code_insee", "code_commune", "depcom", "commune"];
const POSTCODE: &[&str] = &["code_postal", "postcode"];

/// The accepted names of longitude, latitude, commune and postal code, for those who send only these columns.
pub const CLUE_COLUMNS: [&[&str]; 4] = [LONGITUDE, LATITUDE, COMMUNE, POSTCODE];

/// Characters of a header that a message shows.
const EXCERPT: usize = 200;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a column says of where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clue {
    Longitude,
    Latitude,
    Commune,
    Postcode,
}

/// How a file is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub separator: u8,
    /// What each column says; as long as the header.
    pub clues: Vec<Option<Clue>>,
    /// Bytes of the first record, its line end included.
    pub header_end: usize,
}

impl Layout {
    /// Reads the header from the beginning of a file.
    pub fn read(text: &[u8]) -> Result<Self, InputProblem> {
        let marked = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if marked.trim_ascii().is_empty() {
            return Err(InputProblem::Empty);
        }
        let headers = [b',', b';', b'\t'].map(|separator| (separator, Header::read(marked, separator)));
        // Of equal counts `max_by_key` keeps the last: a single column is read as if separated by commas.
        let (separator, header) =
            headers.into_iter().rev().max_by_key(|(_, header)| header.names.len()).expect("three");
        let line = &marked[..header.length];
        if line.contains(&0) {
            return Err(InputProblem::NotText);
        }
        if header.open_quote {
            return Err(InputProblem::UnclosedQuote);
        }
        let line = std::str::from_utf8(line).map_err(|_| InputProblem::NotUtf8)?;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.contains('\r') {
            return Err(InputProblem::BareCarriageReturns);
        }
        let header_end = (text.len() - marked.len() + header.length + 1).min(text.len());
        Ok(Self { separator, clues: header.clues(line)?, header_end })
    }

    /// The bytes of a header, line end included, with the added columns.
    pub fn widened(&self, header: &[u8]) -> Vec<u8> {
        let names = header.strip_suffix(b"\n").unwrap_or(header);
        let names = names.strip_suffix(b"\r").unwrap_or(names);
        let mut widened = names.to_owned();
        for name in OUTPUT_COLUMNS {
            widened.push(self.separator);
            widened.extend_from_slice(name.as_bytes());
        }
        widened.extend_from_slice(&header[names.len()..]);
        widened
    }
}

struct Header {
    names: Vec<String>,
    length: usize,
    open_quote: bool,
}

impl Header {
    fn read(text: &[u8], separator: u8) -> Self {
        let mut names = Vec::new();
        let mut start = 0;
        loop {
            let (end, stop) = field_end(text, start, separator);
            names.push(String::from_utf8_lossy(value(&text[start..end])).to_lowercase());
            if stop != Stop::Separator {
                return Self { names, length: end, open_quote: stop == Stop::OpenQuote };
            }
            start = end + 1;
        }
    }

    fn clues(&self, line: &str) -> Result<Vec<Option<Clue>>, InputProblem> {
        let columns = clue_columns(&self.names).map_err(|problem| match problem {
            InputProblem::NoPositionColumn(_) => {
                InputProblem::NoPositionColumn(line.trim_end().chars().take(EXCERPT).collect())
            }
            other => other,
        })?;
        let mut clues = vec![None; self.names.len()];
        for (column, clue) in columns.into_iter().zip([Clue::Longitude, Clue::Latitude, Clue::Commune, Clue::Postcode])
        {
            if let Some(column) = column {
                clues[column] = Some(clue);
            }
        }
        Ok(clues)
    }
}

/// Ranks of the columns that place a row (longitude, latitude, commune, postal code), whatever the format: known by name,
/// capitals and spaces around it aside. A longitude without a latitude places nothing.
///
/// # Errors
/// When no column places a row, when two have the same name, or when one has the name of an added column.
pub fn clue_columns(names: &[impl AsRef<str>]) -> Result<[Option<usize>; 4], InputProblem> {
    let names: Vec<String> = names.iter().map(|name| name.as_ref().trim().to_lowercase()).collect();
    if let Some(taken) = OUTPUT_COLUMNS.into_iter().find(|taken| names.iter().any(|name| name == taken)) {
        return Err(InputProblem::OutputColumn(taken));
    }
    let [longitude, latitude] = [column(&names, LONGITUDE)?, column(&names, LATITUDE)?];
    let position = longitude.zip(latitude);
    let columns = [
        position.map(|(longitude, _)| longitude),
        position.map(|(_, latitude)| latitude),
        column(&names, COMMUNE)?,
        column(&names, POSTCODE)?,
    ];
    if columns.iter().all(Option::is_none) {
        return Err(InputProblem::NoPositionColumn(names.join(",").chars().take(EXCERPT).collect()));
    }
    Ok(columns)
}

/// The column with the first of some names that is there.
fn column(names: &[String], accepted: &[&str]) -> Result<Option<usize>, InputProblem> {
    for wanted in accepted {
        let mut columns = (0..).zip(names).filter(|(_, name)| name == wanted).map(|(column, _)| column);
        match (columns.next(), columns.next()) {
            (Some(_), Some(_)) => return Err(InputProblem::RepeatedColumn((*wanted).to_owned())),
            (Some(column), None) => return Ok(Some(column)),
            (None, _) => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &str) -> Vec<(usize, Clue)> {
        let layout = Layout::read(header.as_bytes()).expect("a header with a position");
        layout.clues.into_iter().enumerate().filter_map(|(i, clue)| Some((i, clue?))).collect()
    }

    #[test]
    fn columns_are_known_by_name_wherever_they_stand() {
        assert_eq!(columns("id,lat,LON\n"), [(1, Clue::Latitude), (2, Clue::Longitude)]);
        assert_eq!(
            columns("\u{feff}\"Longitude\";\"x;y\";\"Latitude\"\r\n"),
            [(0, Clue::Longitude), (2, Clue::Latitude)]
        );
        assert_eq!(columns("nom\tcode_postal\tcode_insee"), [(1, Clue::Postcode), (2, Clue::Commune)]);
        assert_eq!(columns("depcom"), [(0, Clue::Commune)]);
        assert_eq!(columns("lon,code_postal"), [(1, Clue::Postcode)], "a longitude alone places nothing");
    }

    #[test]
    fn degrees_are_preferred_to_projected_metres() {
        assert_eq!(columns("x;y;lon;lat"), [(2, Clue::Longitude), (3, Clue::Latitude)]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_reason() {
        let refused = |text: &[u8]| Layout::read(text).expect_err("no table");
        assert_eq!(refused(b""), InputProblem::Empty);
        assert_eq!(refused(b"\xef\xbb\xbf\n"), InputProblem::Empty);
        assert_eq!(refused(b"PK\x03\x04\x00\x00"), InputProblem::NotText);
        assert_eq!(refused(b"lon,lat,\xe9t\xe9\n"), InputProblem::NotUtf8);
        assert_eq!(refused(b"lon,lat\r2,48\r"), InputProblem::BareCarriageReturns);
        assert_eq!(refused(b"lon,lat,\"name\n2,48,a\n"), InputProblem::UnclosedQuote);
        assert_eq!(refused(b"lon,lat,lat\n"), InputProblem::RepeatedColumn("lat".to_owned()));
        assert_eq!(refused(b"lon,lat,nearest_basis\n"), InputProblem::OutputColumn("nearest_basis"));
        assert_eq!(refused(b"<!DOCTYPE html>\n"), InputProblem::NoPositionColumn("<!DOCTYPE html>".to_owned()));
    }
}
