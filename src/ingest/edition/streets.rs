//! The streets of an edition: a table of the communes, and one file with the packed streets of each, one after the other, which is
//! read a commune at a time and never held. Editions made without files of addresses have neither.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;

use polars::prelude::{PolarsError, PolarsResult};

use crate::atlas::streets::{InCommune, Shelf, Streets};
use crate::domain::CommuneCode;

use super::columns::{Columns, ReadColumns, missing};

/// Name of the table of communes.
pub(super) const NAME: &str = "streets.parquet";
/// Name of the file of packed streets.
pub(super) const PACKED: &str = "streets.bin";

/// One row per commune, in order: how many streets it has, and how many bytes they take.
#[must_use]
pub(super) fn table(streets: &Streets) -> Columns {
    let communes = streets.communes();
    let mut table = Columns::new(communes.len());
    table.text("commune", communes.iter().map(|of| Some(of.commune.to_string())));
    table.whole("streets", communes.iter().map(|of| Some(of.streets)));
    let bytes = |of: &InCommune| streets.of(of.commune).and_then(|packed| u32::try_from(packed.bytes().len()).ok());
    table.whole("bytes", communes.iter().map(bytes));
    table
}

/// The packed streets, commune after commune.
///
/// # Errors
/// When the disk refuses.
pub(super) fn write_packed(streets: &Streets, path: &Path) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    for of in streets.communes() {
        file.write_all(streets.of(of.commune).ok_or(io::ErrorKind::InvalidData)?.bytes())?;
    }
    file.into_inner()?.sync_all()
}

/// Back from the table and the file, which has to be as long as the table says.
///
/// # Errors
/// A column that is missing, or a value that no such table has.
pub(super) fn read(table: &ReadColumns, file: Arc<File>) -> PolarsResult<Streets> {
    let whole = |values: Vec<Option<u32>>| values.into_iter().collect::<Option<Vec<u32>>>();
    let counts = whole(table.whole("streets")?).ok_or_else(|| missing("streets"))?;
    let lengths = whole(table.whole("bytes")?).ok_or_else(|| missing("bytes"))?;
    let code = |text: String| CommuneCode::parse(&text).ok_or_else(|| missing("commune"));
    let codes: Vec<CommuneCode> = table.full_text("commune")?.into_iter().map(code).collect::<PolarsResult<_>>()?;
    if !codes.is_sorted_by(|before, after| before < after) {
        return Err(missing("commune"));
    }
    let mut end = 0;
    let ends: Vec<u64> = lengths
        .into_iter()
        .map(|length| {
            end += u64::from(length);
            end
        })
        .collect();
    let length = file.metadata()?.len();
    if length != end {
        let told = format!("{PACKED} has {length} bytes, and {NAME} tells of {end}");
        return Err(PolarsError::ComputeError(told.into()));
    }
    let communes = codes.into_iter().zip(counts).map(|(commune, streets)| InCommune { commune, streets });
    Ok(Streets::new(communes.collect(), Arc::new(OnDisk { file, ends })))
}

/// Packed streets in the file that was verified when the edition was opened.
#[derive(Debug)]
struct OnDisk {
    file: Arc<File>,
    /// Where the streets of each commune end.
    ends: Vec<u64>,
}

impl Shelf for OnDisk {
    fn packed(&self, rank: usize) -> Option<Cow<'_, [u8]>> {
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
        let length = usize::try_from(self.ends.get(rank)?.checked_sub(start)?).ok()?;
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, start).ok()?;
        Some(Cow::Owned(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::streets::{Builder, OfStreet, Street};
    use crate::domain::{Degrees, Position};

    #[test]
    fn streets_survive_the_round_trip_and_a_file_of_another_length_is_refused() {
        let code = |text| CommuneCode::parse(text).unwrap();
        let mut builder = Builder::default();
        for (commune, part, name, number) in [
            ("93010", "93010", "Rue de la République", "13"),
            ("93010", "93010", "Rue de la République", "15"),
            ("13055", "13201", "Rue de la République", "13"),
            ("23096", "23097", "Le Bourg", ""),
        ] {
            let of = OfStreet {
                commune: code(commune),
                part: code(part),
                postcode: "93140",
                name,
                is_place: number.is_empty(),
            };
            let at = Position::new(Degrees { lon: 2.481_23, lat: 48.901_2 }).unwrap();
            builder.add(of, number, "bis", at, str::to_lowercase);
        }
        let streets = builder.finish();
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name);
        table(&streets).write(&path(NAME), None).unwrap();
        write_packed(&streets, &path(PACKED)).unwrap();
        let open = |name| {
            let table = ReadColumns::read(std::fs::read(path(NAME)).unwrap()).unwrap();
            read(&table, Arc::new(File::open(path(name)).unwrap()))
        };
        let again = open(PACKED).unwrap();
        assert_eq!(again.communes(), streets.communes());
        for of in streets.communes() {
            let (written, read) = (streets.of(of.commune).unwrap(), again.of(of.commune).unwrap());
            let all = |streets: &mut dyn Iterator<Item = Street<'_>>| format!("{:?}", streets.collect::<Vec<_>>());
            assert_eq!(all(&mut read.streets()), all(&mut written.streets()));
            assert_eq!(read.streets().count(), of.streets as usize);
        }
        std::fs::write(path("short"), b"short").unwrap();
        assert!(open("short").is_err());
    }
}
