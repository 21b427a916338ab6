//! The tables of help that is no place, written and read back.

use polars::prelude::PolarsResult;

use crate::domain::{CallPrice, HelpNeed, Hours, Phone, Reader, RemoteChannel, Resource};

use super::columns::{Columns, ReadColumns, missing};

fn names(needs: &[HelpNeed]) -> Vec<&'static str> {
    needs.iter().map(|need| need.name()).collect()
}

fn needs(text: Option<String>) -> PolarsResult<Vec<HelpNeed>> {
    let text = text.unwrap_or_default();
    let items = text.split('|').filter(|item| !item.is_empty());
    items.map(|item| HelpNeed::from_name(item).ok_or_else(|| missing("besoins"))).collect()
}

pub fn write_channels(rows: &[RemoteChannel]) -> Columns {
    let mut table = Columns::new(rows.len());
    let hours = |hours: &Hours| if let Hours::Osm(osm) = hours { Some(osm.clone()) } else { None };
    table.text("id", rows.iter().map(|c| Some(&c.id)));
    table.text("nom", rows.iter().map(|c| Some(&c.name)));
    table.text("telephone", rows.iter().map(|c| Some(c.phone.as_str())));
    table.text("telephone_outre_mer", rows.iter().map(|c| c.overseas_phone.as_ref().map(Phone::as_str)));
    table.text("prix", rows.iter().map(|c| c.price.map(CallPrice::name)));
    table.text("horaires", rows.iter().map(|c| hours(&c.hours)));
    table.text("objet", rows.iter().map(|c| Some(&c.purpose)));
    table.list("besoins", rows.iter().map(|c| names(&c.needs)));
    table.text("url", rows.iter().map(|c| Some(&c.url)));
    table.text("date_maj", rows.iter().map(|c| c.published.map(|day| day.to_string())));
    table.text("source", rows.iter().map(|c| Some(&c.source)));
    table
}

pub fn read_channels(table: &ReadColumns) -> PolarsResult<Vec<RemoteChannel>> {
    let (name, phone) = (table.full_text("nom")?, table.full_text("telephone")?);
    let (overseas, price) = (table.text("telephone_outre_mer")?, table.text("prix")?);
    let (hours, purpose) = (table.text("horaires")?, table.full_text("objet")?);
    let (besoins, url) = (table.text("besoins")?, table.full_text("url")?);
    let (day, source) = (table.text("date_maj")?, table.full_text("source")?);
    let ids = table.full_text("id")?.into_iter().enumerate();
    let read = |(row, id): (usize, String)| {
        let number = |text: &str| Phone::parse(text).ok_or_else(|| missing("telephone"));
        Ok(RemoteChannel {
            id,
            name: name[row].clone(),
            phone: number(&phone[row])?,
            overseas_phone: overseas[row].as_deref().map(number).transpose()?,
            price: price[row].as_deref().and_then(CallPrice::from_name),
            hours: hours[row].clone().map_or(Hours::Unknown, Hours::Osm),
            purpose: purpose[row].clone(),
            needs: needs(besoins[row].clone())?,
            url: url[row].clone(),
            published: day[row].as_deref().and_then(|day| day.parse().ok()),
            source: source[row].clone(),
        })
    };
    ids.map(read).collect()
}

pub fn write_resources(rows: &[Resource]) -> Columns {
    let mut table = Columns::new(rows.len());
    table.text("id", rows.iter().map(|r| Some(&r.id)));
    table.text("titre", rows.iter().map(|r| Some(&r.title)));
    table.text("editeur", rows.iter().map(|r| Some(&r.publisher)));
    table.text("objet", rows.iter().map(|r| Some(&r.purpose)));
    table.text("public", rows.iter().map(|r| Some(r.reader.name())));
    table.list("besoins", rows.iter().map(|r| names(&r.needs)));
    table.text("url", rows.iter().map(|r| Some(&r.url)));
    table.text("source", rows.iter().map(|r| Some(&r.source)));
    table
}

pub fn read_resources(table: &ReadColumns) -> PolarsResult<Vec<Resource>> {
    let (title, publisher) = (table.full_text("titre")?, table.full_text("editeur")?);
    let (purpose, reader) = (table.full_text("objet")?, table.full_text("public")?);
    let (besoins, url, source) = (table.text("besoins")?, table.full_text("url")?, table.full_text("source")?);
    let ids = table.full_text("id")?.into_iter().enumerate();
    let read = |(row, id): (usize, String)| {
        Ok(Resource {
            id,
            title: title[row].clone(),
            publisher: publisher[row].clone(),
            purpose: purpose[row].clone(),
            reader: Reader::from_name(&reader[row]).ok_or_else(|| missing("public"))?,
            needs: needs(besoins[row].clone())?,
            url: url[row].clone(),
            source: source[row].clone(),
        })
    };
    ids.map(read).collect()
}
