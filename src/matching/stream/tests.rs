//! Whole files through the engine, held against a CSV reader and a plain sort.

use std::fs;

use super::*;
use crate::domain::{Degrees, Metres, Position};
use crate::matching::{OUTPUT_COLUMNS, Target};
use crate::spatial::testing::Seeded;

/// Blocks so small that every file has many.
const TINY: Sizes = Sizes { header: 128, block: 48, record: 4_000 };

struct Bench {
    directory: tempfile::TempDir,
    targets: Targets,
    places: Places,
    stop: AtomicBool,
}

const COMMUNE_POINT: (f64, f64) = (4.93, 46.15);
const POSTCODE_POINT: (f64, f64) = (-61.5, 16.2);

fn at((lon, lat): (f64, f64)) -> Position {
    Position::new(Degrees { lon, lat }).expect("on Earth")
}

impl Bench {
    fn new(names: &[&str]) -> Self {
        let mut random = Seeded::new(41);
        let venue = |i: usize| Target {
            id: format!("v{i:03}"),
            name: names[i % names.len()].to_owned(),
            way: Metres::new(if i.is_multiple_of(5) { 900.0 } else { 0.0 }).expect("not negative"),
            position: random.position_in_france(),
        };
        Self {
            directory: tempfile::tempdir().expect("a temporary directory"),
            targets: Targets::new((0..200).map(venue).collect()),
            places: Places::new([("01001", at(COMMUNE_POINT))], [("97100", at(POSTCODE_POINT))]),
            stop: AtomicBool::new(false),
        }
    }

    fn run(&self, input: &[u8], sizes: Sizes, workers: usize) -> Result<(Vec<u8>, Tally), MatchError> {
        let [from, to] = ["residents.csv", "matched.csv"].map(|name| self.directory.path().join(name));
        fs::write(&from, input).expect("a writable directory");
        let job =
            MatchJob { input: &from, output: &to, targets: &self.targets, places: &self.places, stop: &self.stop };
        let mut last = 0;
        let tally = match_in_blocks(&job, sizes, workers, |read| {
            assert!(read > last, "progress only grows");
            last = read;
        })?;
        assert!(tally.rows == 0 || last == input.len() as u64, "progress ends at the end");
        Ok((fs::read(&to).expect("an output"), tally))
    }

    fn message(&self, input: &[u8]) -> String {
        let error = self.run(input, TINY, 2).expect_err("no table of residents").to_string();
        let (_, message) = error.split_once("residents.csv, ").expect("the file is named");
        message.to_owned()
    }

    /// The dumb twin of the search: id, name and metres of the venue that a plain sort puts first.
    fn nearest(&self, position: Position) -> [String; 3] {
        let far = |venue: &Target| position.geodesic_to(venue.position).value().hypot(venue.way.value());
        let nearest = self.targets.venues().iter().min_by(|a, b| far(a).total_cmp(&far(b)));
        let venue = nearest.expect("there are venues");
        [venue.id.clone(), venue.name.clone(), format!("{:.0}", far(venue).round())]
    }
}

/// The fields of a row `name, lon, lat, code_insee, code_postal`, and where it is on what basis, or why not.
type Row = ([String; 5], Result<(Position, &'static str), &'static str>);

fn row(random: &mut Seeded) -> Row {
    let name = ["Zoé", "a \"nick\" name", "two\nlines", "x;y", "x,y", "tab\there", ""][random.below(7)];
    let position = random.position_in_france();
    let [lon, lat] = [position.lon().to_string(), position.lat().to_string()];
    let row = |clues: [&str; 4], placed| {
        let [lon, lat, commune, postcode] = clues.map(str::to_owned);
        ([name.to_owned(), lon, lat, commune, postcode], placed)
    };
    let [by_commune, by_postcode] = [(at(COMMUNE_POINT), "commune"), (at(POSTCODE_POINT), "postcode")];
    match random.below(10) {
        0 => row(["", "", "1001", "97100"], Ok(by_commune)),
        1 => row(["abc", &lat, "01001", ""], Ok(by_commune)),
        2 => row(["", "", "99999", "97100"], Ok(by_postcode)),
        3 => row([&lat.replace('.', ","), "2,35", "", "97100"], Ok(by_postcode)),
        4 => row(["2.35", "-48.85", "", ""], Err("unknown:outside France")),
        5 => row(["", "", "", ""], Err("unknown:no position, commune or postcode")),
        6 => row(["", "", "99999", ""], Err("unknown:commune 99999")),
        7 => row([&lon.replace('.', ","), &lat.replace('.', ","), "", ""], Ok((position, "position"))),
        _ => row([&lon, &lat, "01001", "97100"], Ok((position, "position"))),
    }
}

fn csv_text(rows: &[Row], separator: u8, line_end: &str, mark: &str) -> Vec<u8> {
    let terminator = if line_end == "\n" { csv::Terminator::Any(b'\n') } else { csv::Terminator::CRLF };
    let mut writer = csv::WriterBuilder::new().delimiter(separator).terminator(terminator).from_writer(Vec::new());
    writer.write_record(["name", "lon", "lat", "code_insee", "code_postal"]).expect("memory");
    for (fields, _) in rows {
        writer.write_record(fields).expect("memory");
    }
    [mark.as_bytes(), &writer.into_inner().expect("memory")].concat()
}

#[test]
fn every_dialect_gets_the_answers_of_a_csv_reader_and_a_plain_sort() {
    let bench = Bench::new(&["Espace France services", "Le \"Phare\"; à Brest, Finistère", "Bus\tnumérique"]);
    let mut random = Seeded::new(42);
    for (separator, line_end, mark) in
        [(b',', "\n", ""), (b';', "\r\n", "\u{feff}"), (b'\t', "\n", "\u{feff}"), (b',', "\r\n", "")]
    {
        let rows: Vec<Row> = (0..1_500).map(|_| row(&mut random)).collect();
        let mut text = csv_text(&rows, separator, line_end, mark);
        text.truncate(text.len() - line_end.len());
        let (output, tally) = bench.run(&text, TINY, 3).expect("a table of residents");
        assert!(!output.ends_with(b"\n"), "the last line ends as it did");
        assert!(output.starts_with(mark.as_bytes()));
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(&output[mark.len()..]);
        assert_eq!(reader.headers().expect("a header").iter().skip(5).collect::<Vec<_>>(), OUTPUT_COLUMNS);
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("nine fields")).collect();
        assert_eq!((records.len(), tally.rows), (rows.len(), rows.len() as u64));
        for (record, (fields, placed)) in records.iter().zip(&rows) {
            let added = match placed {
                Ok((position, basis)) => {
                    let [id, name, metres] = bench.nearest(*position);
                    let far = if metres.parse::<f64>().expect("metres") > 50_000.0 { "far:" } else { "" };
                    [id, name, metres, format!("{far}{basis}")]
                }
                Err(reason) => [String::new(), String::new(), String::new(), (*reason).to_owned()],
            };
            assert_eq!(record.iter().collect::<Vec<_>>(), fields.iter().chain(&added).collect::<Vec<_>>());
        }
        let unknown = rows.iter().filter(|(_, placed)| placed.is_err()).count() as u64;
        assert_eq!(tally.unknown, unknown);
        assert_eq!(tally.by_position + tally.by_commune + tally.by_postcode + unknown, tally.rows);
    }
}

#[test]
fn the_output_depends_neither_on_the_blocks_nor_on_the_workers() {
    let bench = Bench::new(&["Le Phare", "two\nlines"]);
    let mut random = Seeded::new(43);
    let rows: Vec<Row> = (0..2_000).map(|_| row(&mut random)).collect();
    let text = csv_text(&rows, b';', "\r\n", "");
    let (whole, tally) = bench.run(&text, SIZES, 1).expect("a table of residents");
    for (block, workers) in [(1, 1), (7, 2), (100, 3), (4_096, 8)] {
        let blocks = bench.run(&text, Sizes { block, ..TINY }, workers).expect("a table of residents");
        assert!(blocks == (whole.clone(), tally), "blocks of {block} bytes, {workers} workers");
    }
}

/// The dumb twin of the splitter, a character at a time: the records, or the line on which one opens a quote for good.
fn records(text: &str) -> Result<Vec<String>, u64> {
    let mut records = vec![String::new()];
    let [mut line, mut first_line, mut field_starts, mut quoted] = [1_u64, 1, 1, 0];
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let record = records.last_mut().expect("one at least");
        record.push(c);
        line += u64::from(c == '\n');
        if quoted == 1 {
            if c == '"' && characters.next_if_eq(&'"').is_some() {
                record.push('"');
            } else if c == '"' {
                quoted = 0;
            }
            continue;
        }
        quoted = u64::from(c == '"' && field_starts == 1);
        field_starts = u64::from(c == ',' || c == '\n');
        if c == '\n' {
            records.push(String::new());
            first_line = line;
        }
    }
    if quoted == 1 { Err(first_line) } else { Ok(records) }
}

#[test]
fn no_byte_is_lost_whatever_the_rows_look_like() {
    let bench = Bench::new(&["Le Phare"]);
    let mut random = Seeded::new(44);
    let mut endings = [0, 0];
    for _ in 0..600 {
        let mut text = "lon,lat,é\n".to_owned();
        for _ in 0..random.below(120) {
            text.push(['"', '"', ',', ',', '\n', '\n', '\r', 'é', ' ', '2', '4', '8', '.'][random.below(13)]);
        }
        match (records(&text), bench.run(text.as_bytes(), TINY, 2)) {
            (Ok(records), Ok((output, tally))) => {
                let mut rest = std::str::from_utf8(&output).expect("text in, text out");
                for record in &records[1..] {
                    let Some(line) = record.strip_suffix('\n') else { continue };
                    let line = line.strip_suffix('\r').unwrap_or(line);
                    rest = &rest[rest.find('\n').expect("as many lines") + 1..];
                    assert!(rest.starts_with(line), "{record:?} in {output:?}");
                    rest = &rest[line.len()..];
                }
                let blank = |line: &&String| matches!(line.as_str(), "\n" | "\r\n" | "");
                let rows = records[1..].iter().filter(|record| !blank(record)).count() as u64;
                assert_eq!(tally.rows, rows, "{text:?}");
                endings[0] += 1;
            }
            (Err(line), Err(MatchError::Input { line: found, problem: InputProblem::UnclosedQuote, .. })) => {
                assert_eq!(found, line, "{text:?}");
                endings[1] += 1;
            }
            (expected, found) => panic!("{text:?}: expected {expected:?}, got {found:?}"),
        }
    }
    assert!(endings.iter().all(|&count| count > 20), "both endings are tried: {endings:?}");
}

#[test]
fn rows_of_another_width_and_blank_lines_are_kept() {
    let bench = Bench::new(&["Le Phare"]);
    let (output, tally) = bench.run(b"lon,lat\n2.35\n\n2.35,48.85,x\n\n", TINY, 2).expect("a table");
    let header = format!("lon,lat,{}\n", OUTPUT_COLUMNS.join(","));
    let rows = "2.35,,,,\"unknown:row has 1 field, expected 2\"\n\n\
                2.35,48.85,x,,,,\"unknown:row has 3 fields, expected 2\"\n\n";
    assert_eq!(String::from_utf8(output).expect("text"), header + rows);
    assert_eq!(tally, Tally { rows: 2, unknown: 2, blank_lines: 2, ..Tally::default() });
}

#[test]
fn a_blank_line_of_a_single_column_is_an_empty_field() {
    let bench = Bench::new(&["Le Phare"]);
    let (output, tally) = bench.run(b"code_insee\n\n01001\n", TINY, 2).expect("a table");
    assert!(String::from_utf8(output).expect("text").contains("\n,,,,\"unknown:no position, commune or postcode\"\n"));
    assert_eq!(tally, Tally { rows: 2, unknown: 1, by_commune: 1, ..Tally::default() });
}

#[test]
fn without_venues_every_row_says_so() {
    let bench = Bench { targets: Targets::new(Vec::new()), ..Bench::new(&["Le Phare"]) };
    let (output, _) = bench.run(b"lon,lat\n2.35,48.85\n", TINY, 2).expect("a table");
    assert!(output.ends_with(b"\n2.35,48.85,,,,unknown:no venue\n"));
}

#[test]
fn a_file_that_is_no_table_is_refused_by_name_and_line() {
    let bench = Bench::new(&["Le Phare"]);
    assert!(bench.message(b"").starts_with("line 1: the file is empty"));
    assert!(bench.message(b"PK\x03\x04\x00\x00").starts_with("line 1: not text"));
    assert!(bench.message(b"<!DOCTYPE html>\n<p>").starts_with("line 1: no column places a row in <!DOCTYPE html>"));
    assert!(bench.message(b"lon,lat,nearest_basis\n").starts_with("line 1: the file already has a column"));
    assert!(bench.message(b"lon,lat,lon\n").starts_with("line 1: two columns are named lon"));
    let latin1 = [b"lon,lat,name\n2.35,48.85,a\n".to_vec(), b"2.35,48.85,b\n".repeat(40), b"1,45,Zo\xe9\n".to_vec()];
    assert!(bench.message(&latin1.concat()).starts_with("line 43: not UTF-8"));
    let unclosed = [b"lon,lat,name\n".to_vec(), b"2.35,48.85,b\n".repeat(40), b"1,45,\"Zoe\n2,3,4\n".to_vec()];
    assert!(bench.message(&unclosed.concat()).starts_with("line 42: the quote"));
    let endless = [b"lon,lat,name\n2.35,48.85,".to_vec(), b"x".repeat(20_000)];
    assert!(bench.message(&[&endless.concat()[..], b"\n"].concat()).starts_with("line 2: this line does not end"));
    assert!(bench.message(&b"lon,".repeat(100)).starts_with("line 1: "));
}

#[test]
fn a_refused_or_stopped_job_leaves_the_old_output_and_nothing_else() {
    let bench = Bench::new(&["Le Phare"]);
    let [from, to] = ["residents.csv", "matched.csv"].map(|name| bench.directory.path().join(name));
    let entries = || fs::read_dir(bench.directory.path()).expect("a directory").count();
    fs::write(&to, "the old output").expect("a writable directory");

    bench.message(b"lon,lat,name\n2,48,a\n2,48,\"b\n");
    assert_eq!((fs::read(&to).expect("the old output"), entries()), (b"the old output".to_vec(), 2));

    fs::write(&from, [b"lon,lat\n".to_vec(), b"2.35,48.85\n".repeat(10_000)].concat()).expect("a writable directory");
    let job = MatchJob { input: &from, output: &to, targets: &bench.targets, places: &bench.places, stop: &bench.stop };
    let mut blocks = 0;
    let stopped = match_in_blocks(&job, TINY, 2, |_| {
        blocks += 1;
        assert_eq!(entries(), 3, "the temporary file stands beside");
        bench.stop.store(blocks == 5, Ordering::Relaxed);
    });
    assert!(matches!(stopped, Err(MatchError::Stopped)));
    assert_eq!((fs::read(&to).expect("the old output"), entries(), blocks), (b"the old output".to_vec(), 2, 5));

    bench.stop.store(false, Ordering::Relaxed);
    let tally = match_csv(&job, |_| ()).expect("a table");
    assert_eq!((tally.rows, entries()), (10_000, 2));
    assert!(fs::read(&to).expect("the new output").starts_with(b"lon,lat,nearest_venue_id"));
}

#[test]
fn files_that_cannot_be_read_or_written_are_named() {
    let bench = Bench::new(&["Le Phare"]);
    let [from, missing] = ["residents.csv", "missing/matched.csv"].map(|name| bench.directory.path().join(name));
    let job = |input, output| {
        let job = MatchJob { input, output, targets: &bench.targets, places: &bench.places, stop: &bench.stop };
        match_csv(&job, |_| ()).expect_err("a missing file").to_string()
    };
    assert!(job(&from, &missing).contains("residents.csv: "));
    fs::write(&from, "lon,lat\n2,48\n").expect("a writable directory");
    assert!(job(&from, &missing).contains("missing/matched.csv: "));
    assert!(job(&from, bench.directory.path()).contains("not a regular file"));
}
