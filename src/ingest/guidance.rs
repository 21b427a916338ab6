//! The two small tables of our own: services that answer by telephone, and resources by need.
//!
//! They are written by hand from public pages, so they are read strictly: a row with a value that cannot be read is put
//! aside whole, since a wrong number is worse than none.

use chrono::NaiveDate;

use crate::domain::hours::{HolidayCalendar, OpeningHours};
use crate::domain::{CallPrice, HelpNeed, Hours, Phone, Reader, RemoteChannel, Resource};
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::places::field;
use super::source::Source;
use super::table::{Row, Table};

/// What could not be read: the field, its text, what was expected.
type Fault = (&'static str, String, &'static str);

/// Reads the services that answer by telephone.
#[must_use]
pub fn remote_channels(
    table: &Table,
    source: &Source,
    today: NaiveDate,
    report: &mut SourceReport,
) -> Vec<RemoteChannel> {
    read(table, report, |row| channel(row, source, today))
}

/// Reads the resources.
#[must_use]
pub fn resources(table: &Table, source: &Source, report: &mut SourceReport) -> Vec<Resource> {
    read(table, report, |row| resource(row, source))
}

fn read<T>(table: &Table, report: &mut SourceReport, one: impl Fn(Row<'_>) -> Result<T, Fault>) -> Vec<T> {
    let mut rows = Vec::new();
    for row in table.rows() {
        match one(row) {
            Ok(value) => {
                report.publish();
                rows.push(value);
            }
            Err((name, text, expected)) => {
                let reason = format!("expected {expected}");
                let entry = Entry::new(Code::InvalidValue, Action::RowQuarantined, reason).at_line(row.line());
                report.quarantine(entry.in_field(name).with_value(&text));
            }
        }
    }
    rows
}

fn channel(row: Row<'_>, source: &Source, today: NaiveDate) -> Result<RemoteChannel, Fault> {
    let text = |name| field(row, source, name);
    let phone = |name, text: &str| {
        Phone::parse(text).ok_or_else(|| (name, text.to_owned(), "a number such as +33809401401 or 3939"))
    };
    let published = |text: &str| {
        let day = text.parse::<NaiveDate>().ok().filter(|day| *day <= today);
        day.ok_or_else(|| ("date_maj", text.to_owned(), "an ISO day that is not to come"))
    };
    Ok(RemoteChannel {
        id: needed(row, source, "id")?,
        name: needed(row, source, "nom")?,
        phone: phone("telephone", &needed(row, source, "telephone")?)?,
        overseas_phone: text("telephone_outre_mer").map(|text| phone("telephone_outre_mer", text)).transpose()?,
        price: text("prix").map(|text| named("prix", text, CallPrice::from_name, "free or as-any-call")).transpose()?,
        hours: text("horaires").map_or(Ok(Hours::Unknown), |text| {
            let known = OpeningHours::parse(text, HolidayCalendar::NATIONAL).is_ok();
            let fault = || ("horaires", text.to_owned(), "opening hours as OpenStreetMap writes them");
            known.then(|| Hours::Osm(text.to_owned())).ok_or_else(fault)
        })?,
        purpose: needed(row, source, "objet")?,
        needs: needs(row, source)?,
        url: address(row, source)?,
        published: text("date_maj").map(published).transpose()?,
        source: source.id.clone(),
    })
}

fn resource(row: Row<'_>, source: &Source) -> Result<Resource, Fault> {
    let reader = needed(row, source, "public")?;
    Ok(Resource {
        id: needed(row, source, "id")?,
        title: needed(row, source, "titre")?,
        publisher: needed(row, source, "editeur")?,
        purpose: needed(row, source, "objet")?,
        reader: named("public", &reader, Reader::from_name, "person or helper")?,
        needs: needs(row, source)?,
        url: address(row, source)?,
        source: source.id.clone(),
    })
}

fn needed(row: Row<'_>, source: &Source, name: &'static str) -> Result<String, Fault> {
    field(row, source, name).map(ToOwned::to_owned).ok_or((name, String::new(), "a value"))
}

fn named<T>(
    name: &'static str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
    expected: &'static str,
) -> Result<T, Fault> {
    read(text).ok_or_else(|| (name, text.to_owned(), expected))
}

fn needs(row: Row<'_>, source: &Source) -> Result<Vec<HelpNeed>, Fault> {
    const EXPECTED: &str = "needs among offline, equipment, basics, procedures, job, security and pix";
    let text = needed(row, source, "besoins")?;
    text.split('|').map(|item| named("besoins", item.trim(), HelpNeed::from_name, EXPECTED)).collect()
}

fn address(row: Row<'_>, source: &Source) -> Result<String, Fault> {
    let text = needed(row, source, "url")?;
    if text.starts_with("https://") { Ok(text) } else { Err(("url", text, "an address that begins with https://")) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::ingest::source::read_descriptions;
    use crate::ingest::table::{ReadOptions, read_table};

    fn read_with<T>(
        id: &str,
        bytes: Option<&[u8]>,
        rows: impl Fn(&Table, &Source, &mut SourceReport) -> Vec<T>,
    ) -> (Vec<T>, SourceReport) {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let sources: Vec<Source> = read_descriptions(&data.join("sources")).unwrap();
        let source = sources.into_iter().find(|source| source.id == id).unwrap();
        let shipped = std::fs::read(data.join(&source.file)).unwrap();
        let mut report = SourceReport::new(id, &source.file);
        let table = read_table(bytes.unwrap_or(&shipped), &ReadOptions::csv(&source.file), &mut report).unwrap();
        (rows(&table, &source, &mut report), report)
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
    }

    #[test]
    fn the_tables_that_come_with_the_program_are_read_whole() {
        let (channels, report) = read_with("guidance-channels", None, |t, s, r| remote_channels(t, s, today(), r));
        assert_eq!((report.quarantined, report.published), (0, channels.len() as u64));
        let number = |id: &str| channels.iter().find(|c| c.id == id).map(|c| c.phone.as_str());
        // Known to everybody: the short numbers of France.
        for (id, phone) in [("allo-service-public", "3939"), ("caf", "3230"), ("france-travail", "3949")] {
            assert_eq!(number(id), Some(phone));
        }
        assert_eq!((number("assurance-maladie"), number("impots")), (Some("3646"), Some("+33809401401")));
        for channel in &channels {
            // The price follows from the number: 0800 to 0805 are free, the others cost a call.
            let free = (0..=5).any(|n| channel.phone.as_str().starts_with(&format!("+3380{n}")));
            assert_eq!(
                channel.price,
                Some(if free { CallPrice::Free } else { CallPrice::AsAnyCall }),
                "{}",
                channel.id
            );
        }
        let (resources, report) = read_with("guidance-resources", None, resources);
        assert_eq!((report.quarantined, report.published), (0, resources.len() as u64));
        for need in HelpNeed::ALL {
            assert!(resources.iter().any(|resource| resource.needs.contains(&need)) || need == HelpNeed::Equipment);
        }
    }

    #[test]
    fn a_row_with_a_wrong_number_is_put_aside_and_says_where() {
        let bytes = "id,nom,telephone,prix,horaires,objet,besoins,url,date_maj\n\
            a,A,3939,,,Aider,basics,https://exemple.fr/,\n\
            b,B,12,,,Aider,basics,https://exemple.fr/,\n\
            c,C,3949,cher,,Aider,basics,https://exemple.fr/,\n\
            d,D,3949,,,Aider,magie,https://exemple.fr/,\n\
            e,E,3949,,,Aider,basics,javascript:alert(1),\n\
            f,F,3949,,,Aider,basics,https://exemple.fr/,2030-01-01\n";
        let read = |t: &Table, s: &Source, r: &mut SourceReport| remote_channels(t, s, today(), r);
        let (channels, report) = read_with("guidance-channels", Some(bytes.as_bytes()), read);
        assert_eq!(channels.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!((channels[0].price, &channels[0].hours), (None, &Hours::Unknown));
        assert_eq!((report.published, report.quarantined, report.rows_read), (1, 5, 6));
    }
}
