//! The territories of some départements, as a folder that a build reads: of all of France most of a small build is reading
//! France.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

/// Those that the lists of tests are about: the Creuse and its neighbours, Corsica, the large towns, some overseas.
const DEPARTEMENTS: &[&str] = &[
    "01", "13", "23", "24", "29", "2A", "44", "51", "69", "75", "87", "93", "971", "973", "974", "976", "977", "978",
    "987", "988",
];

/// Where all of France stands.
pub fn of_france() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/territories"))
}

/// Writes the folder.
pub fn write(folder: &Path) {
    static FILES: OnceLock<BTreeMap<&str, Vec<u8>>> = OnceLock::new();
    fs::create_dir_all(folder).unwrap();
    for (name, bytes) in FILES.get_or_init(files) {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// The rows of a table that are kept, by a column.
fn rows(name: &str, column: &str, keep: impl Fn(&str) -> bool) -> (Vec<u8>, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_path(of_france().join(name)).unwrap();
    let headers = reader.headers().unwrap().clone();
    let at = headers.iter().position(|header| header == column).unwrap();
    let kept: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).filter(|row| keep(&row[at])).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers).unwrap();
    kept.iter().for_each(|row| writer.write_record(row).unwrap());
    (writer.into_inner().unwrap(), kept)
}

fn files() -> BTreeMap<&'static str, Vec<u8>> {
    let (communes, kept) = rows("communes.csv", "departement", |code| DEPARTEMENTS.contains(&code));
    let column = |at: usize| kept.iter().map(|row| row[at].to_owned()).collect::<BTreeSet<_>>();
    let [codes, departements, regions, epcis] = [0, 2, 3, 4].map(column);
    let (aliases, of_them) = rows("aliases.csv", "commune", |code| codes.contains(code));
    let former: BTreeSet<&str> = of_them.iter().map(|row| &row[0]).collect();
    let contours = contours(&[&codes, &epcis, &departements, &regions]);
    BTreeMap::from([
        ("communes.csv", communes),
        ("aliases.csv", aliases),
        ("former_populations.csv", rows("former_populations.csv", "code", |code| former.contains(code)).0),
        ("arrondissements.csv", rows("arrondissements.csv", "commune", |code| codes.contains(code)).0),
        ("departements.csv", rows("departements.csv", "code", |code| departements.contains(code)).0),
        ("regions.csv", rows("regions.csv", "code", |code| regions.contains(code)).0),
        ("epcis.csv", rows("epcis.csv", "code", |code| epcis.contains(code)).0),
        // What they join and divide is not all there.
        ("crossings.csv", rows("crossings.csv", "name", |_| false).0),
        ("barriers.csv", rows("barriers.csv", "name", |_| false).0),
        ("meta.json", fs::read(of_france().join("meta.json")).unwrap()),
        ("contours.topojson.gz", contours),
        ("arrondissements.topojson.gz", fs::read(of_france().join("arrondissements.topojson.gz")).unwrap()),
    ])
}

/// The contours of these territories, with the arcs that they use.
fn contours(kept: &[&BTreeSet<String>]) -> Vec<u8> {
    let mut json = String::new();
    let file = fs::File::open(of_france().join("contours.topojson.gz")).unwrap();
    GzDecoder::new(file).read_to_string(&mut json).unwrap();
    let mut topology: Value = serde_json::from_str(&json).unwrap();
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order = Vec::new();
    for layer in topology["objects"].as_object_mut().unwrap().values_mut() {
        let geometries = layer["geometries"].as_array_mut().unwrap();
        geometries.retain(|geometry| {
            let code = geometry["properties"]["code"].as_str().unwrap();
            kept.iter().any(|codes| codes.contains(code))
        });
        for geometry in geometries {
            renumber(&mut geometry["arcs"], &mut used, &mut order);
        }
    }
    let arcs = topology["arcs"].as_array().unwrap();
    let arcs: Vec<Value> = order.into_iter().map(|arc| arcs[arc].clone()).collect();
    topology["arcs"] = arcs.into();
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(topology.to_string().as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// Gives the arcs of a geometry the numbers that they have among those used; `!n` is arc n backwards.
fn renumber(arcs: &mut Value, used: &mut BTreeMap<usize, usize>, order: &mut Vec<usize>) {
    if let Value::Array(parts) = arcs {
        parts.iter_mut().for_each(|part| renumber(part, used, order));
        return;
    }
    let number = arcs.as_i64().unwrap();
    let (arc, backwards) = if number < 0 { (!number, true) } else { (number, false) };
    let arc = usize::try_from(arc).unwrap();
    let next = *used.entry(arc).or_insert_with(|| {
        order.push(arc);
        order.len() - 1
    });
    let next = i64::try_from(next).unwrap();
    *arcs = Value::from(if backwards { !next } else { next });
}
