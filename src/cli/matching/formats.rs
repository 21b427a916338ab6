//! Formats of residents besides CSV: whoever owns the format reads and writes, matching answers.

use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read};
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::super::{Failure, STOP, exit};
use crate::arrow::{Annotation, CellTexts, StreamError, Widening, widen};
use crate::ingest;
use crate::matching::{Clues, InputProblem, MatchError, MatchJob, OUTPUT_COLUMNS, PartialFile, Tally, clue_columns};

/// The name that means standard input or output.
pub(super) const STANDARD: &str = "-";

/// How residents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// UTF-8 with a header
    Csv,
    /// A Parquet file
    Parquet,
    /// An Arrow IPC stream, from standard input to standard output unless files are named
    Arrow,
}

impl Format {
    /// The format that a name ends with.
    pub fn of(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("parquet") => Self::Parquet,
            Some("arrows") => Self::Arrow,
            _ => Self::Csv,
        }
    }
}

/// The Parquet twin of [`crate::matching::match_csv`].
pub(super) fn match_parquet(job: &MatchJob<'_>, bar: &indicatif::ProgressBar) -> Result<Tally, MatchError> {
    let mut tally = Tally::default();
    let answer = |texts: ingest::ResidentTexts<'_>| {
        let (found, basis) = job.answer(
            Clues {
                longitude: texts.longitude.as_bytes(),
                latitude: texts.latitude.as_bytes(),
                commune: texts.commune.as_bytes(),
                postcode: texts.postcode.as_bytes(),
            },
            &mut tally,
        );
        let venue = found.map(|found| &job.targets.venues()[found.ordinal as usize]);
        ingest::Annotation {
            id: venue.map(|venue| venue.id.clone()),
            name: venue.map(|venue| venue.name.clone()),
            distance_m: found.map(|found| found.distance.value() as u32),
            basis: basis.into_owned(),
        }
    };
    bar.set_length(0);
    let progress = |rows: usize| {
        bar.set_position(rows as u64);
        !STOP.load(Ordering::Relaxed)
    };
    let done = ingest::annotate_parquet(job.input, job.output, &choose, OUTPUT_COLUMNS, answer, progress);
    match done {
        Ok(true) => Ok(tally),
        Ok(false) => Err(MatchError::Stopped),
        Err(error) => Err(MatchError::Io { path: job.input.to_owned(), source: io::Error::other(error) }),
    }
}

/// The twin for streams of Arrow batches; either side may be a pipe.
pub(super) fn match_arrow(job: &MatchJob<'_>, threads: usize) -> Result<Tally, Failure> {
    let environment = |path: &Path| {
        let path = path.display().to_string();
        move |error: io::Error| Failure::new(exit::ENVIRONMENT, format!("{path}: {error}"))
    };
    let input: Box<dyn Read> = if is_standard(job.input) {
        if io::stdin().is_terminal() {
            return Err(Failure::new(exit::USAGE, "standard input is a terminal, expected an Arrow IPC stream"));
        }
        Box::new(duplicate(io::stdin()).map_err(environment(job.input))?)
    } else {
        Box::new(File::open(job.input).map_err(environment(job.input))?)
    };
    let input = BufReader::with_capacity(1 << 16, input);
    if is_standard(job.output) {
        if io::stdout().is_terminal() {
            return Err(Failure::new(exit::USAGE, "standard output is a terminal: an Arrow stream is not for the eye"));
        }
        // Written without a buffer, so that whoever reads has each batch as soon as it is answered.
        let output = duplicate(io::stdout()).map_err(environment(job.output))?;
        return widen(input, output, widening(job, threads)).map_err(failure);
    }
    let mut output = PartialFile::create(job.output).map_err(environment(job.output))?;
    let tally = widen(input, &mut output, widening(job, threads)).map_err(failure)?;
    output.publish().map_err(environment(job.output))?;
    Ok(tally)
}

pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// A file on the same pipe, without the buffer that standard streams have.
fn duplicate(stream: impl AsFd) -> io::Result<File> {
    Ok(File::from(stream.as_fd().try_clone_to_owned()?))
}

#[allow(clippy::type_complexity, reason = "two closures, each named by what it is for")]
fn widening<'a>(
    job: &'a MatchJob<'a>,
    threads: usize,
) -> Widening<
    'static,
    fn(&[&str]) -> Result<[Option<usize>; 4], String>,
    impl Fn(CellTexts<'_>, &mut Tally) -> Annotation<'a> + Sync,
    impl FnMut(usize) -> bool,
> {
    let answer = |[longitude, latitude, commune, postcode]: CellTexts<'_>, tally: &mut Tally| {
        let (found, basis) = job.answer(Clues { longitude, latitude, commune, postcode }, tally);
        let venue = found.map(|found| &job.targets.venues()[found.ordinal as usize]);
        Annotation {
            id: venue.map(|venue| venue.id.as_str()),
            name: venue.map(|venue| venue.name.as_str()),
            distance_m: found.map(|found| found.distance.value() as i32),
            basis,
        }
    };
    Widening { added: OUTPUT_COLUMNS, choose, answer, progress: |_| !STOP.load(Ordering::Relaxed), threads }
}

fn choose(names: &[&str]) -> Result<[Option<usize>; 4], String> {
    clue_columns(names).map_err(|problem: InputProblem| problem.to_string())
}

fn failure(error: StreamError) -> Failure {
    let code = match &error {
        StreamError::Read(_) | StreamError::Write(_) => exit::ENVIRONMENT,
        StreamError::Stopped => exit::STOPPED,
        _ => exit::INPUT,
    };
    Failure::new(code, error)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::arrow::testing::{stream_of_texts, texts_of};
    use crate::domain::{Degrees, Metres, Position};
    use crate::matching::{Places, Target, Targets, match_csv};

    #[test]
    fn a_stream_and_a_csv_of_the_same_rows_have_the_same_answers() {
        let at = |lon, lat| Position::new(Degrees { lon, lat }).unwrap();
        let venue = |id: &str, name: &str, position, way| Target { id: id.into(), name: name.into(), position, way };
        let targets = Targets::new(vec![
            venue("a", "Maison, France services", at(2.35, 48.85), Metres::ZERO),
            venue("b", "Mairie d’Ajaccio", at(8.73, 41.92), Metres::new(1200.0).unwrap()),
        ]);
        let places = Places::new([("01001", at(4.9, 46.1)), ("2A004", at(8.7, 41.9))], [("20000", at(8.8, 42.0))]);
        let names = ["ID", "Lon", "LAT", "code_insee", "code_postal"];
        let rows: Vec<Vec<&str>> = [
            "1;2,352;48,8566;;",
            "2;48.85;2.35;;",
            "3;;;2a004;",
            "4;;;1001;",
            "5;;;99999;20000",
            "6;;;;",
            "7;n/a;48;;",
            "8;2.3;;;",
            "9;652469.02;6862035.26;;",
            "10;;;99999;",
        ]
        .into_iter()
        .map(|row| row.split(';').collect())
        .collect();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let lines: String = rows.iter().map(|row| row.join(";") + "\n").collect();
        fs::write(path("in.csv"), names.join(";") + "\n" + &lines).unwrap();
        fs::write(path("in.arrows"), stream_of_texts(&names, &rows, &[1, 0, 6, 3])).unwrap();

        let stop = AtomicBool::new(false);
        let [csv, arrow] = ["csv", "arrows"].map(|kind| (path(&format!("in.{kind}")), path(&format!("out.{kind}"))));
        let [csv, arrow] = [&csv, &arrow].map(|(input, output)| MatchJob {
            input,
            output,
            targets: &targets,
            places: &places,
            stop: &stop,
        });
        let counted = match_csv(&csv, |_| ()).unwrap();
        let streamed = match_arrow(&arrow, 3).map_err(|failure| failure.message).unwrap();
        assert_eq!(streamed, counted);
        let text = fs::read_to_string(csv.output).unwrap();
        let expected: Vec<Vec<String>> =
            text.lines().skip(1).map(|line| line.split(';').map(str::to_owned).collect()).collect();
        assert_eq!(texts_of(&fs::read(arrow.output).unwrap()).0, expected);
    }

    #[test]
    fn a_stream_cut_short_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let (input, output) = (folder.path().join("in.arrows"), folder.path().join("out.arrows"));
        let whole = stream_of_texts(&["commune"], &[vec!["75056"]], &[1]);
        fs::write(&input, &whole[..whole.len() - 8]).unwrap();
        let (targets, places) = (Targets::new(Vec::new()), Places::default());
        let stop = AtomicBool::new(false);
        let job = MatchJob { input: &input, output: &output, targets: &targets, places: &places, stop: &stop };
        let failure = match_arrow(&job, 1).err().unwrap();
        assert_eq!(failure.code, exit::INPUT);
        assert!(failure.message.contains("after 1 whole batches without its end marker"), "{}", failure.message);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "only the input is there");
    }
}
