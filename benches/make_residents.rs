//! Writes fictitious residents and venues around the communes of France, the same at every run.
//!
//! `cargo bench --profile release --bench make_residents -- 10000000 residents.csv 14000 venues.csv`
//!
//! A commune is drawn with a probability proportional to its population, then a spot around its point, farther the
//! larger the commune. Nothing in these files is about anybody.

use std::error::Error;
use std::f64::consts::TAU;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Where residents and venues are drawn.
struct Commune {
    lon: f64,
    lat: f64,
    /// Standard deviation of the spots around the point, in degrees of latitude.
    spread: f64,
    /// Residents of this commune and of all those before it.
    cumulated_population: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [residents, residents_file, venues, venues_file] = arguments.as_slice() else {
        return Err("expected: NUMBER-OF-RESIDENTS FILE NUMBER-OF-VENUES FILE".into());
    };
    let communes = read_communes()?;
    let mut random = Seeded(2026);
    write_spots("resident_id,longitude,latitude", residents_file, residents.parse()?, |i| {
        let (lon, lat) = random.spot(&communes);
        format!("{i},{lon:.6},{lat:.6}\n")
    })?;
    let mut random = Seeded(2027);
    write_spots("id,name,longitude,latitude", venues_file, venues.parse()?, |i| {
        let (lon, lat) = random.spot(&communes);
        format!("v{i:06},Lieu fictif {i},{lon:.6},{lat:.6}\n")
    })
}

fn read_communes() -> Result<Vec<Commune>, Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories/communes.csv");
    let mut reader = csv::Reader::from_path(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let names = reader.headers()?.clone();
    let column = |wanted| names.iter().position(|name| name == wanted).ok_or(format!("no column {wanted}"));
    let [population, area, lon, lat] =
        [column("population")?, column("area_km2")?, column("longitude")?, column("latitude")?];
    let mut communes: Vec<Commune> = Vec::new();
    for record in reader.records() {
        let record = record?;
        let (Ok(lon), Ok(lat), Ok(population)) = (record[lon].parse(), record[lat].parse(), record[population].parse())
        else {
            continue;
        };
        // Half of the radius of a disc of that area; one degree of latitude is some 111 km.
        let spread = record[area].parse::<f64>().map_or(0.01, |km2| (km2 / std::f64::consts::PI).sqrt() / 2.0 / 111.0);
        let before = communes.last().map_or(0, |commune| commune.cumulated_population);
        let cumulated_population = before + u64::from(u32::max(1, population));
        communes.push(Commune { lon, lat, spread: spread.min(0.1), cumulated_population });
    }
    Ok(communes)
}

fn write_spots(header: &str, file: &str, count: u64, mut row: impl FnMut(u64) -> String) -> Result<(), Box<dyn Error>> {
    let mut writer = BufWriter::new(File::create(file)?);
    writeln!(writer, "{header}")?;
    for i in 1..=count {
        writer.write_all(row(i).as_bytes())?;
    }
    Ok(writer.flush()?)
}

/// A small random sequence that is the same on every machine (`SplitMix64`: Steele, Lea & Flood, 2014).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in [0, 1).
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn spot(&mut self, communes: &[Commune]) -> (f64, f64) {
        let everyone = communes.last().expect("France has communes").cumulated_population;
        let someone = self.next() % everyone;
        let commune = &communes[communes.partition_point(|commune| commune.cumulated_population <= someone)];
        // Box and Muller (1958): two independent normal deviates. 1 − share is never 0.
        let reach = commune.spread * (-2.0 * (1.0 - self.share()).ln()).sqrt();
        let (sin, cos) = (TAU * self.share()).sin_cos();
        (commune.lon + reach * cos / commune.lat.to_radians().cos(), commune.lat + reach * sin)
    }
}
