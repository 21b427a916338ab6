//! The views: each one asked as its users ask, and read with a reader of its own.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;

use crate::territories::formats::unzip;
use crate::tiles::decode::decode;

/// Figures by name: numbers, `reach`, or null.
pub type Figures = BTreeMap<String, Value>;

/// The numbers and the `reach` of an object; nested members are other questions.
pub fn flat(object: &Value) -> Figures {
    let members = object.as_object().into_iter().flatten();
    let told = members.filter(|(name, value)| value.is_number() || value.is_null() || *name == "reach");
    told.map(|(name, value)| (name.clone(), as_float(value))).collect()
}

/// The same number, whether it was written 3 or 3.0.
fn as_float(value: &Value) -> Value {
    value.as_f64().map_or_else(|| value.clone(), Value::from)
}

/// Columns that a table of one threshold names without it: 15 minutes unless something else is asked.
pub fn at_threshold(figures: &Figures) -> Figures {
    let named = |name: &String| match name.as_str() {
        "communes_left_out" | "persons_left_out" => format!("{name}_15_min"),
        _ => name.clone(),
    };
    figures.iter().map(|(name, value)| (named(name), value.clone())).collect()
}

pub struct Client {
    address: SocketAddr,
    http: reqwest::blocking::Client,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        let http = reqwest::blocking::Client::builder().timeout(None).build().unwrap();
        Self { address, http }
    }

    fn get(&self, path: &str) -> reqwest::blocking::Response {
        let ask = || self.http.get(format!("http://{}{path}", self.address)).send().unwrap();
        let mut response = ask();
        // Whoever compares figures waits for them; how long they take is measured elsewhere.
        for _ in 0..20 {
            if response.status() != 503 {
                break;
            }
            std::thread::sleep(Duration::from_secs(1));
            response = ask();
        }
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response
    }

    pub fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).text().unwrap()).unwrap()
    }

    /// The row of a territory in a table as CSV.
    pub fn csv(&self, question: &str, code: &str) -> Figures {
        let text = self.get(&format!("{question}&format=csv")).text().unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().unwrap().clone();
        let row = reader.records().map(Result::unwrap).find(|record| &record[1] == code).unwrap();
        let number = |(name, field): (&str, &str)| {
            let value = match field.parse::<f64>() {
                _ if field.is_empty() => Value::Null,
                _ if name == "reach" => field.into(),
                number => number.ok()?.into(),
            };
            Some((name.to_owned(), value))
        };
        names.iter().zip(row.iter()).filter(|(name, _)| *name != "code").filter_map(number).collect()
    }

    /// The row of a territory in the first sheet of a workbook.
    pub fn xlsx(&self, question: &str, code: &str) -> Figures {
        let files = unzip(&self.get(&format!("{question}&format=xlsx")).bytes().unwrap());
        let file = |name: &str| &files.iter().find(|(known, _)| known == name).unwrap().1;
        let strings: Vec<String> = file("xl/sharedStrings.xml").split("<si>").skip(1).map(text_of).collect();
        let rows: Vec<BTreeMap<String, Value>> =
            file("xl/worksheets/sheet1.xml").split("<row ").skip(1).map(|row| cells(row, &strings)).collect();
        let row = rows[1..].iter().find(|row| row["B"] == code).unwrap();
        // Its titles are words; a CSV has the same columns in the same order, under the names that programs know.
        let body = self.get(&format!("{question}&format=csv")).text().unwrap();
        let names = csv::Reader::from_reader(body.as_bytes()).headers().unwrap().clone();
        let mut at: Vec<&String> = rows[0].keys().collect();
        at.sort_by_key(|at| (at.len(), *at));
        let value = |at: &String| row.get(at).cloned().unwrap_or_default();
        at.into_iter().zip(&names).map(|(at, name)| (name.to_owned(), value(at))).collect()
    }

    /// The feature of a territory in a table as `GeoJSON`.
    pub fn geojson(&self, question: &str, code: &str) -> Figures {
        let collection = self.json(&format!("{question}&format=geojson"));
        let features = collection["features"].as_array().unwrap();
        flat(&features.iter().find(|feature| feature["properties"]["code"] == code).unwrap()["properties"])
    }

    /// A territory in the tile that holds a corner of its contour; `None` without contour.
    pub fn tile(&self, level: &str, code: &str, geometry: &Value) -> Option<Figures> {
        let mut corner = &geometry["coordinates"];
        while corner.get(0)?.is_array() {
            corner = &corner[0];
        }
        let (lon, lat) = (corner[0].as_f64()?, corner[1].as_f64()?);
        let size = f64::from(1 << 12);
        let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * size;
        let path = format!("/tiles/{level}/12/{}/{}.mvt", ((lon + 180.0) / 360.0 * size) as u32, y as u32);
        let tile = decode(&self.get(&path).bytes().unwrap());
        let feature = tile.features.iter().find(|feature| feature.properties["code"] == code);
        let feature = feature.unwrap_or_else(|| panic!("{path} holds {level}/{code}"));
        let value = |text: &String| text.parse::<f64>().map_or_else(|_| Value::from(text.as_str()), Value::from);
        Some(feature.properties.iter().map(|(name, text)| (name.clone(), value(text))).collect())
    }

    /// Every figure that a page says of its own territory, by name.
    pub fn page(&self, path: &str) -> Vec<(String, String)> {
        let body = self.get(path).text().unwrap();
        let rows = body.split("<tr data-figure=\"").skip(1);
        rows.map(|row| (row.split('"').next().unwrap().to_owned(), first_cell(row))).collect()
    }

    /// What the map says of every département, layer by layer: name of the figure, code, words.
    pub fn map_rows(&self) -> Vec<(String, String, String)> {
        let first = self.get("/carte").text().unwrap();
        let options = first.split("<option value=\"").skip(1).map(|option| option.split('"').next().unwrap());
        let mut told = Vec::new();
        for name in options.filter(|name| name.contains('_')) {
            let body = self.get(&format!("/carte?indicateur={name}")).text().unwrap();
            for row in body.split("<tr><th scope=\"row\"><a href=\"/territoires/departements/").skip(1) {
                told.push((name.to_owned(), row.split('"').next().unwrap().to_owned(), first_cell(row)));
            }
        }
        told
    }
}

/// The words of the first cell of a row of a page, its marks left out.
fn first_cell(row: &str) -> String {
    let cell = row.split("<td class=\"figure\">").nth(1).unwrap().split("</td>").next().unwrap();
    // A swatch with the number of its class stands before the words.
    cell.rsplit("</span>").next().unwrap().trim().to_owned()
}

fn text_of(item: &str) -> String {
    let text = item.split("<t").nth(1).and_then(|text| text.split_once('>')).map_or("", |(_, text)| text);
    text.split("</t>").next().unwrap().to_owned()
}

/// The cells of a row of a sheet by the letters of their column.
fn cells(row: &str, strings: &[String]) -> BTreeMap<String, Value> {
    let cell = |text: &str| {
        let (head, rest) = text.split_once('>')?;
        let at: String = head.split('"').next()?.chars().take_while(char::is_ascii_uppercase).collect();
        let value = rest.split("<v>").nth(1)?.split("</v>").next()?;
        Some((
            at,
            if head.contains("t=\"s\"") {
                strings[value.parse::<usize>().ok()?].as_str().into()
            } else {
                value.parse::<f64>().ok()?.into()
            },
        ))
    };
    row.split("<c r=\"").skip(1).filter_map(cell).collect()
}
