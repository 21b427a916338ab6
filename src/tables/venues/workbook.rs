//! Venues as a workbook: one sheet in the columns of the standard, one with the columns beside it, one with what is not
//! valid and why, one with the sources. Cells are texts or numbers, never formulas.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Export, REASONS, Table, reasons};
use crate::domain::standard::{Cell, Column, EXTENSION, STANDARD};

/// Longest text of a cell (Excel allows 32,767 characters).
const LONGEST: usize = 32_000;

/// Writes them.
///
/// # Errors
/// When the workbook cannot be written, which no data makes happen.
pub fn workbook(export: &Export) -> Result<Vec<u8>, XlsxError> {
    let edition = export.atlas.edition();
    let mut workbook = Workbook::new();
    // A fixed day, that of the edition: the time of writing would make every file another one.
    let created = ExcelDateTime::parse_from_str(&format!("{}", edition.as_of.unwrap_or_default()))?;
    let about = DocProperties::new().set_title("Lieux de médiation numérique").set_creation_datetime(&created);
    workbook.set_properties(&about.set_comment(edition.attribution_of_venues()));
    let names = |columns: &[Column]| columns.iter().map(|column| column.name).collect::<Vec<_>>();
    let lieux = head(workbook.add_worksheet_with_low_memory()?, "Lieux", &names(&STANDARD))?;
    for (venue, y) in export.iter().filter(|venue| Table::Venues.holds(venue)).zip(1..) {
        fill(lieux, y, 0, STANDARD.iter().map(|column| (column.read)(venue)))?;
    }
    let columns = [&["id"][..], &names(&EXTENSION)].concat();
    let beside = head(workbook.add_worksheet_with_low_memory()?, "Compléments", &columns)?;
    for (venue, y) in export.iter().zip(1..) {
        beside.write_string(y, 0, &venue.id)?;
        fill(beside, y, 1, EXTENSION.iter().map(|column| (column.read)(venue)))?;
    }
    let faulty = head(workbook.add_worksheet_with_low_memory()?, "Non conformes", &["id", "nom", REASONS])?;
    for (venue, y) in export.iter().filter(|venue| Table::Invalid.holds(venue)).zip(1..) {
        for (text, x) in [venue.id.clone(), venue.name.clone(), reasons(venue)].into_iter().zip(0..) {
            faulty.write_string(y, x, text)?;
        }
    }
    let sources = head(
        workbook.add_worksheet_with_low_memory()?,
        "Sources",
        &["source", "titre", "producteur", "licence", "date", "adresse"],
    )?;
    for (source, y) in edition.sources_of_venues().zip(1..) {
        let texts = [&source.id, &source.title, &source.publisher, &source.licence, &source.vintage, &source.url];
        for (text, x) in texts.into_iter().zip(0..) {
            sources.write_string(y, x, text)?;
        }
    }
    workbook.save_to_buffer()
}

fn head<'w>(sheet: &'w mut Worksheet, name: &str, columns: &[&str]) -> Result<&'w mut Worksheet, XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (column, x) in columns.iter().zip(0..) {
        sheet.write_string_with_format(0, x, *column, &bold)?;
    }
    Ok(sheet)
}

fn fill<'a>(sheet: &mut Worksheet, y: u32, from: u16, cells: impl Iterator<Item = Cell<'a>>) -> Result<(), XlsxError> {
    for (cell, x) in cells.zip(from..) {
        match cell {
            Cell::Unknown => continue,
            Cell::Text(text) if text.chars().count() > LONGEST => {
                sheet.write_string(y, x, text.chars().take(LONGEST).collect::<String>())?
            }
            Cell::Text(text) => sheet.write_string(y, x, text.as_ref())?,
            Cell::Degrees(degrees) => sheet.write_number(y, x, degrees)?,
        };
    }
    Ok(())
}
