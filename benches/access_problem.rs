//! Solves a large problem of supply per person (E2SFCA), writes it down for another program, and prints figures as JSON.
//!
//! `cargo bench --profile release --bench access_problem -- data/territories/communes.csv FOLDER`
//!
//! Every inhabited commune is demand, with its population; every third one offers hours. All pairs within 30 km count, one
//! second to every ten metres. FOLDER receives `persons.f64`, `supply.f64`, `pairs.u32` (origin, destination, seconds) and
//! `answer.f64`, little-endian. `*_cpu_s` are seconds of one thread on the processor, the best of three runs.

#[allow(dead_code)]
mod timing;

use std::error::Error;
use std::fs;
use std::path::Path;

use typed_index_collections::TiVec;

use mediane::access::{Decay, NearPairs, Pair, PairList, reachable_supply, supply_per_person};
use mediane::domain::{Degrees, Metres, PointIx, Position, Seconds, SiteIx};

use timing::{best, processor_seconds};

const RADIUS_M: f64 = 30_000.0;
const METRES_PER_SECOND: f64 = 10.0;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [communes, folder] = arguments.as_slice() else { return Err("expected: COMMUNES.csv FOLDER".into()) };
    let (positions, persons): (Vec<Position>, Vec<f64>) = read(communes)?.into_iter().unzip();
    let hours = |i: usize| if i.is_multiple_of(3) { 1607.0 * (1.0 + (persons[i] / 5_000.0).floor()) } else { 0.0 };
    let supply: TiVec<SiteIx, f64> = (0..persons.len()).map(hours).collect();
    let persons = TiVec::from(persons);
    let zones = [(1000, 1.0), (2000, 0.68), (3000, 0.22)].map(|(seconds, weight)| (Seconds(seconds), weight));
    let decay = Decay(zones.to_vec());

    let (find_cpu_s, pairs) = best(processor_seconds, || pairs(&positions));
    let (e2sfca_cpu_s, answer) = best(processor_seconds, || supply_per_person(&[&pairs], &supply, &persons, &decay));
    let received: f64 = answer.iter().zip(&persons).map(|(per_person, persons)| per_person * persons).sum();
    let given = reachable_supply(&[&pairs], &supply, &persons, &decay);

    let folder = Path::new(folder);
    let rows = (0..).zip(pairs.iter());
    let triples = rows.flat_map(|(from, row)| row.iter().flat_map(move |pair| [from, pair.site.get(), pair.seconds]));
    fs::write(folder.join("pairs.u32"), triples.flat_map(u32::to_le_bytes).collect::<Vec<u8>>())?;
    for (name, values) in [("persons", &persons.raw), ("supply", &supply.raw), ("answer", &answer.raw)] {
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        fs::write(folder.join(format!("{name}.f64")), bytes)?;
    }
    println!(
        r#"{{"communes": {}, "pairs": {}, "find_cpu_s": {find_cpu_s:.3}, "e2sfca_cpu_s": {e2sfca_cpu_s:.4}, "#,
        persons.len(),
        pairs.len()
    );
    println!(r#" "given_h": {given:.3}, "received_error": {:.1e}}}"#, (received / given - 1.0).abs());
    Ok(())
}

/// Position and population of every commune that has both.
fn read(file: &str) -> Result<Vec<(Position, f64)>, Box<dyn Error>> {
    let mut communes = Vec::new();
    let mut reader = csv::Reader::from_path(file)?;
    let header = reader.headers()?.clone();
    let column = |name: &str| header.iter().position(|column| column == name).ok_or(format!("no column {name}"));
    let [population, lon, lat] = [column("population")?, column("longitude")?, column("latitude")?];
    for record in reader.into_records() {
        let record = record?;
        let number = |column: usize| record[column].parse::<f64>().ok();
        if let (Some(persons), Some(lon), Some(lat)) = (number(population), number(lon), number(lat))
            && persons > 0.0
        {
            communes.push((Position::new(Degrees { lon, lat })?, persons));
        }
    }
    Ok(communes)
}

fn pairs(positions: &[Position]) -> PairList {
    let radius = Metres::new(RADIUS_M).expect("30 km is a length");
    let index = NearPairs::new((0..).map(PointIx::new).zip(positions.iter().copied()), radius);
    let mut hits = Vec::new();
    for (site, position) in (0..).map(SiteIx::new).zip(positions) {
        index.within(*position, radius, |near| {
            let seconds = (near.great_circle().value() / METRES_PER_SECOND).round() as u32;
            hits.push((near.ordinal, Pair { site, seconds }));
        });
    }
    PairList::gather(positions.len(), &[hits])
}
