//! A small reader of vector tiles (specification 2.1), written from the specification and not from the encoder.

use std::collections::BTreeMap;

/// One decoded layer.
#[derive(Debug, Default)]
pub struct Layer {
    pub name: String,
    pub extent: u64,
    pub version: u64,
    pub features: Vec<Feature>,
}

/// One decoded feature: texts and numbers as text, rings or points as lists of places.
#[derive(Debug, Default)]
pub struct Feature {
    pub properties: BTreeMap<String, String>,
    pub paths: Vec<Vec<[i64; 2]>>,
}

impl Feature {
    /// Twice the area of all rings together, holes being negative.
    pub fn twice_area(&self) -> i64 {
        self.paths.iter().map(|path| twice_area(path)).sum()
    }
}

/// Twice the area of a ring, positive when it runs clockwise on the screen.
pub fn twice_area(ring: &[[i64; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (&byte, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    taken
}

/// The fields of a message, with their numbers.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let field = match key & 7 {
            0 => Field::Number(varint(&mut bytes)),
            1 => Field::Bytes(take(&mut bytes, 8)),
            2 => {
                let length = varint(&mut bytes) as usize;
                Field::Bytes(take(&mut bytes, length))
            }
            5 => Field::Bytes(take(&mut bytes, 4)),
            other => panic!("wire type {other}"),
        };
        found.push((key >> 3, field));
    }
    found
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(varint(&mut bytes));
    }
    numbers
}

fn value(bytes: &[u8]) -> String {
    match fields(bytes).pop() {
        Some((1, Field::Bytes(text))) => String::from_utf8(text.to_vec()).unwrap(),
        Some((3, Field::Bytes(double))) => f64::from_le_bytes(double.try_into().unwrap()).to_string(),
        Some((4 | 5, Field::Number(number))) => number.to_string(),
        _ => panic!("a value of another type"),
    }
}

fn paths(commands: &[u64]) -> Vec<Vec<[i64; 2]>> {
    let zigzag = |number: u64| (number >> 1) as i64 ^ -((number & 1) as i64);
    let (mut paths, mut pen, mut at) = (Vec::new(), [0, 0], 0);
    while at < commands.len() {
        let (command, count) = (commands[at] & 7, commands[at] >> 3);
        at += 1;
        if command == 7 {
            continue;
        }
        for _ in 0..count {
            pen = [pen[0] + zigzag(commands[at]), pen[1] + zigzag(commands[at + 1])];
            at += 2;
            match command {
                1 => paths.push(vec![pen]),
                2 => paths.last_mut().expect("a line follows a move").push(pen),
                other => panic!("command {other}"),
            }
        }
    }
    paths
}

/// Reads the one layer of a tile.
pub fn decode(tile: &[u8]) -> Layer {
    let (_, Field::Bytes(bytes)) = fields(tile).pop().unwrap() else { panic!("a tile holds layers") };
    let (mut layer, mut keys, mut values, mut raw) = (Layer::default(), Vec::new(), Vec::new(), Vec::new());
    for field in fields(bytes) {
        match field {
            (1, Field::Bytes(name)) => layer.name = String::from_utf8(name.to_vec()).unwrap(),
            (2, Field::Bytes(feature)) => raw.push(feature),
            (3, Field::Bytes(key)) => keys.push(String::from_utf8(key.to_vec()).unwrap()),
            (4, Field::Bytes(bytes)) => values.push(value(bytes)),
            (5, Field::Number(extent)) => layer.extent = extent,
            (15, Field::Number(version)) => layer.version = version,
            (other, _) => panic!("field {other} of a layer"),
        }
    }
    for bytes in raw {
        let mut feature = Feature::default();
        for field in fields(bytes) {
            match field {
                (2, Field::Bytes(tags)) => {
                    let tags = packed(tags);
                    let pairs = tags.chunks(2).map(|t| (keys[t[0] as usize].clone(), values[t[1] as usize].clone()));
                    feature.properties = pairs.collect();
                }
                (4, Field::Bytes(commands)) => feature.paths = paths(&packed(commands)),
                _ => {}
            }
        }
        layer.features.push(feature);
    }
    layer
}
