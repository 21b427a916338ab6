//! How long a typed place takes to be understood, on one core:
//! `cargo bench --profile release --bench typed_speed -- EDITION [EACH] [SEED]`.
//!
//! Texts are drawn from the edition by the seed, EACH (60) of every kind, and those of `tests/fixtures/typed_places.csv` are read
//! besides. The time of a text is that of its faster reading of three; what is slowest is printed with its text.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use mediane::atlas::Atlas;
use mediane::atlas::meaning::{read, suggest};

const ROUNDS: usize = 3;

/// A draw that the seed alone decides (splitmix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// The text with one slip of the finger or two.
    fn misspelt(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(2) {
            let at = self.below(letters.len().saturating_sub(1));
            match self.below(3) {
                0 if letters.len() > 3 => _ = letters.remove(at),
                1 if letters.len() > 1 => letters.swap(at, at + 1),
                _ => letters[at] = *self.of(&['a', 'e', 'i', 'o', 's', 't', 'r', 'n']),
            }
        }
        letters.into_iter().collect()
    }
}

/// Texts by their kind.
fn texts(atlas: &Atlas, each: usize, draw: &mut Draw) -> Vec<(&'static str, Vec<String>)> {
    let (communes, venues) = (&atlas.communes().raw, &atlas.venues().raw);
    // Half of the streets are those of the largest towns: that is where people live, and where looking takes longest.
    let mut known = atlas.streets().communes().to_vec();
    known.sort_by_key(|commune| std::cmp::Reverse(commune.streets));
    let street = |draw: &mut Draw| {
        let most = if draw.below(2) == 0 { 20.min(known.len()) } else { known.len() };
        let commune = known[draw.below(most)].commune;
        let packed = atlas.streets().of(commune)?;
        let name = packed.streets().nth(draw.below(packed.streets().count()))?.name.to_owned();
        let town = atlas.places().by_code(commune)?;
        Some((name, atlas.communes()[town].name.clone()))
    };
    let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
    let mut kind = |name, draw: &mut Draw, make: &dyn Fn(&mut Draw) -> Option<String>| {
        kinds.push((name, (0..each).filter_map(|_| make(&mut *draw)).collect()));
    };
    kind("town", draw, &|draw| Some(draw.of(communes).name.clone()));
    kind("town and code", draw, &|draw| {
        let commune = draw.of(communes);
        Some(format!("{} {}", commune.name, commune.postcodes.first()?))
    });
    kind("town misspelt", draw, &|draw| {
        let name = draw.of(communes).name.clone();
        Some(draw.misspelt(&name))
    });
    kind("venue", draw, &|draw| Some(draw.of(venues).name.clone()));
    kind("venue and town", draw, &|draw| {
        let venue = draw.of(venues);
        Some(format!("{} {}", venue.name, venue.locality))
    });
    kind("address of a venue", draw, &|draw| {
        let venue = draw.of(venues);
        Some(format!("{}, {} {}", venue.address.as_ref()?, venue.postcode.as_ref()?, venue.locality))
    });
    kind("street and town", draw, &|draw| {
        let (street, town) = street(draw)?;
        Some(format!("{} {street} {town}", draw.below(120) + 1))
    });
    kind("street misspelt", draw, &|draw| {
        let (street, town) = street(draw)?;
        Some(format!("{} {}, {town}", draw.below(120) + 1, draw.misspelt(&street)))
    });
    kind("street, town misspelt", draw, &|draw| {
        let (street, town) = street(draw)?;
        Some(format!("{} {street} {}", draw.below(120) + 1, draw.misspelt(&town)))
    });
    kind("street alone", draw, &|draw| Some(format!("{} {}", draw.below(120) + 1, street(draw)?.0)));
    kind("words that are no place", draw, &|draw| {
        let words =
            ["zorglub", "aide internet", "mairie", "je cherche un cours", "où aller", "mon téléphone ne marche plus"];
        Some(format!("{} {}", draw.of(&words), draw.below(1_000)))
    });
    kinds
}

fn fixture() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/typed_places.csv");
    let mut reader = csv::Reader::from_path(path).expect("the list of typed places");
    reader.records().filter_map(|record| Some(record.ok()?.get(1)?.to_owned())).collect()
}

/// The thousandths in the order of times; the slowest last.
fn line(what: &str, kind: &str, mut times: Vec<(f64, &str)>) {
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].0 * 1e6;
    let Some((_, slowest)) = times.last() else { return };
    let (p50, p99, most) = (at(0.5), at(0.99), at(1.0));
    println!(
        "{what:8} {kind:24} {:5} texts  p50 {p50:8.0} µs  p99 {p99:8.0} µs  most {most:8.0} µs  {slowest}",
        times.len()
    );
}

/// What is measured of one text.
type Work<'a> = &'a dyn Fn(&str);

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let folder = arguments.next().expect("usage: typed_speed EDITION [EACH] [SEED]");
    let each: usize = arguments.next().map_or(60, |each| each.parse().expect("EACH is a whole number"));
    let seed: u64 = arguments.next().map_or(7, |seed| seed.parse().expect("SEED is a whole number"));
    let atlas = mediane::ingest::edition::open(Path::new(&folder)).expect("an edition");
    let streets: u32 = atlas.streets().communes().iter().map(|commune| commune.streets).sum();
    println!(
        "{} venues, {streets} streets of {} communes, seed {seed}",
        atlas.venues().len(),
        atlas.streets().communes().len()
    );
    let start = Instant::now();
    _ = atlas.meaning_index();
    println!("names worked out in {} ms", start.elapsed().as_millis());
    let mut kinds = texts(&atlas, each, &mut Draw(seed));
    kinds.push(("typed_places.csv", fixture()));
    let timed = |work: &dyn Fn()| {
        let run = |_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        };
        (0..ROUNDS).map(run).fold(f64::INFINITY, f64::min)
    };
    let reads = |text: &str| _ = black_box(read(&atlas, text));
    let suggests = |text: &str| _ = black_box(suggest(&atlas, text, 8));
    let works: [(&str, Work<'_>); 2] = [("read", &reads), ("suggest", &suggests)];
    for (what, work) in works {
        let mut all = Vec::new();
        for (kind, texts) in &kinds {
            let times: Vec<(f64, &str)> = texts.iter().map(|text| (timed(&|| work(text)), text.as_str())).collect();
            all.extend_from_slice(&times);
            line(what, kind, times);
        }
        line(what, "all", all);
    }
}
