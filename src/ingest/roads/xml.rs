//! The XML format, `.osm`, plain or compressed by gzip: <https://wiki.openstreetmap.org/wiki/OSM_XML>.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Element;
use crate::domain::Degrees;

/// The node or way that is being read.
#[derive(Default)]
struct Open {
    id: i64,
    /// Of a node.
    degrees: Option<Degrees>,
    nodes: Vec<i64>,
    tags: Vec<(String, String)>,
}

/// Gives every node and way of a file, in its order.
pub(super) fn visit(path: &Path, with: &mut dyn FnMut(Element<'_>)) -> Result<(), String> {
    let file = BufReader::new(File::open(path).map_err(|error| error.to_string())?);
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz")) {
        read(Reader::from_reader(BufReader::new(MultiGzDecoder::new(file))), with)
    } else {
        read(Reader::from_reader(file), with)
    }
}

fn read(mut reader: Reader<impl BufRead>, with: &mut dyn FnMut(Element<'_>)) -> Result<(), String> {
    let mut buffer = Vec::new();
    let mut open = Open::default();
    let mut depth = 0_u32;
    loop {
        let event = reader.read_event_into(&mut buffer);
        let at = |message: String, reader: &Reader<_>| format!("byte {}: {message}", reader.buffer_position());
        match event.map_err(|error| at(error.to_string(), &reader))? {
            // Without this, a file cut between two elements would pass for a smaller one.
            Event::Eof if depth > 0 => return Err(at("the file ends before its elements do".to_owned(), &reader)),
            Event::Eof => return Ok(()),
            Event::Start(element) => {
                depth += 1;
                begin(&element, &mut open).map_err(|message| at(message, &reader))?;
            }
            Event::Empty(element) => {
                begin(&element, &mut open).map_err(|message| at(message, &reader))?;
                end(element.name().as_ref(), &mut open, with);
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                end(element.name().as_ref(), &mut open, with);
            }
            _ => {}
        }
        buffer.clear();
    }
}

fn begin(element: &BytesStart<'_>, open: &mut Open) -> Result<(), String> {
    match element.name().as_ref() {
        b"node" => {
            let degrees = Degrees { lon: number(element, "lon")?, lat: number(element, "lat")? };
            *open = Open { id: number(element, "id")?, degrees: Some(degrees), ..Open::default() };
        }
        b"way" | b"relation" => *open = Open::default(),
        b"nd" => open.nodes.push(number(element, "ref")?),
        b"tag" => open.tags.push((text(element, "k")?, text(element, "v")?)),
        _ => {}
    }
    Ok(())
}

fn end(name: &[u8], open: &mut Open, with: &mut dyn FnMut(Element<'_>)) {
    let tags: Vec<(&str, &str)> = open.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    match (name, open.degrees) {
        (b"node", Some(degrees)) => with(Element::Node { id: open.id, degrees, tags: &tags }),
        (b"way", _) => with(Element::Way { nodes: &open.nodes, tags: &tags }),
        _ => {}
    }
}

fn text(element: &BytesStart<'_>, name: &str) -> Result<String, String> {
    let attribute = element.try_get_attribute(name).map_err(|error| error.to_string())?;
    let attribute = attribute.ok_or_else(|| format!("an element without the attribute {name}"))?;
    let value = attribute.unescape_value().map_err(|error| error.to_string())?;
    Ok(value.into_owned())
}

fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Result<T, String> {
    let text = text(element, name)?;
    text.parse().map_err(|_| format!("attribute {name}: {text:?} is not a number"))
}
