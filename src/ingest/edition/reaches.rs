//! The table of what the build worked out of an edition ([`crate::atlas::sealed`]), and back.

use polars::prelude::PolarsResult;
use typed_index_collections::TiVec;

use crate::access::{ByMode, Mode, Nearest, Reach, Reaches};
use crate::atlas::{Atlas, Sealed};
use crate::domain::need::Preset;
use crate::domain::{PointIx, Seconds, SiteIx};

use super::columns::{Columns, ReadColumns, missing};

/// Name of the table in an edition.
pub(super) const NAME: &str = "reaches.parquet";
const FRANCE_SERVICES: &str = "_france_services";
const PASS: &str = "car_pass";

/// One row a demand point: the communes, ascending by code, then the points of those that are divided, as in the table of
/// points. For each mode the seconds to the nearest venue, its rank among the venues by id, and whether there is a way to any
/// (empty where nobody knows where the point is); the same for France services, and by car for venues that accept the pass.
/// Hours per year and person, of the communes alone.
#[must_use]
pub(super) fn write(atlas: &Atlas) -> Columns {
    let analysis = atlas.analysis();
    let mut table = Columns::new(analysis.divided.points);
    let cells = analysis.divided.cells.iter().map(|&cell| atlas.cells()[cell as usize].commune);
    let codes = atlas.communes().iter().map(|commune| commune.code).chain(cells);
    table.text("code_insee", codes.map(|code| Some(code.to_string())));
    for mode in Mode::ALL {
        add(&mut table, mode.name(), &analysis.access.nearest(mode).raw);
        add(&mut table, &format!("{}{FRANCE_SERVICES}", mode.name()), &analysis.france_services[mode].raw);
    }
    add(&mut table, PASS, &analysis.pass.raw);
    // A country too small for the default number has no hours, but it has minutes.
    let need = analysis.need(atlas, Preset::USUAL).ok();
    for mode in Mode::ALL {
        let hours = need.map_or(&[][..], |need| &need.hours_per_person[mode].raw);
        let rows = (0..analysis.divided.points).map(|row| hours.get(row).copied());
        table.number(&hours_of(mode), rows);
    }
    table
}

fn hours_of(mode: Mode) -> String {
    format!("{}_hours_per_person", mode.name())
}

fn add(table: &mut Columns, name: &str, reaches: &[Reach]) {
    table.whole(&format!("{name}_s"), reaches.iter().map(|reach| reach.time().map(|time| time.0)));
    table.whole(&format!("{name}_venue"), reaches.iter().map(|reach| reach.nearest().map(|near| near.site.get())));
    let has_way = |reach: &Reach| match reach {
        Reach::Reached(_) => Some(true),
        Reach::Unreachable => Some(false),
        Reach::Unknown => None,
    };
    table.truth(&format!("{name}_way"), reaches.iter().map(has_way));
}

/// Back from the table. `label` is what must be told of the times; there are so many communes, and so many venues.
///
/// # Errors
/// A column that is missing, a way without its end, or an end that no venue is.
pub(super) fn read(table: &ReadColumns, label: String, (communes, venues): (usize, usize)) -> PolarsResult<Sealed> {
    let reaches = |name: &str| -> PolarsResult<Reaches> {
        let times = table.whole(&format!("{name}_s"))?;
        let sites = table.whole(&format!("{name}_venue"))?;
        let ways = table.truth(&format!("{name}_way"))?;
        let reach = |((time, site), way): ((Option<u32>, Option<u32>), Option<bool>)| match (way, time, site) {
            (Some(true), Some(time), Some(site)) if (site as usize) < venues => {
                Ok(Reach::Reached(Nearest { time: Seconds(time), site: SiteIx::new(site) }))
            }
            (Some(false), None, None) => Ok(Reach::Unreachable),
            (None, None, None) => Ok(Reach::Unknown),
            _ => Err(missing(&format!("{name}_venue"))),
        };
        times.into_iter().zip(sites).zip(ways).map(reach).collect()
    };
    let by_mode = |suffix: &str| ByMode::try_of(|mode| reaches(&format!("{}{suffix}", mode.name())));
    let hours = ByMode::try_of(|mode| -> PolarsResult<Option<TiVec<PointIx, f64>>> {
        let hours: Option<TiVec<PointIx, f64>> = table.number(&hours_of(mode))?.into_iter().take(communes).collect();
        // Collected where it was read, with room for every point.
        Ok(hours.map(|mut hours| {
            hours.shrink_to_fit();
            hours
        }))
    })?;
    let known = hours.iter().all(|(_, hours)| hours.is_some());
    Ok(Sealed {
        label,
        nearest: by_mode("")?,
        france_services: by_mode(FRANCE_SERVICES)?,
        pass: reaches(PASS)?,
        hours: known.then(|| hours.map(Option::unwrap_or_default)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_survives_the_round_trip_and_an_end_that_no_venue_is_is_refused() {
        let near = |time, site| Reach::Reached(Nearest { time: Seconds(time), site: SiteIx::new(site) });
        let reaches: Reaches = vec![near(0, 2), Reach::Unreachable, Reach::Unknown, near(4_000_000, 0)].into();
        let hours: TiVec<PointIx, f64> = vec![0.1, 1.0 / 3.0].into();
        let mut table = Columns::new(4);
        for mode in Mode::ALL {
            add(&mut table, mode.name(), &reaches.raw);
            add(&mut table, &format!("{}{FRANCE_SERVICES}", mode.name()), &reaches.raw);
            let rows = (0..4).map(|row| hours.raw.get(row).copied());
            table.number(&hours_of(mode), rows);
        }
        add(&mut table, PASS, &reaches.raw);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        table.write(&path, None).unwrap();
        let table = ReadColumns::read(std::fs::read(path).unwrap()).unwrap();
        let all = || ByMode::of(|_| reaches.clone());
        let sealed = Sealed {
            label: "temps estimés".into(),
            nearest: all(),
            france_services: all(),
            pass: reaches.clone(),
            hours: Some(ByMode::of(|_| hours.clone())),
        };
        assert_eq!(read(&table, "temps estimés".into(), (2, 3)).unwrap(), sealed);
        assert!(sealed.fits(4, 2) && !sealed.fits(5, 2) && !sealed.fits(4, 3));
        let refused = read(&table, String::new(), (2, 2)).unwrap_err();
        assert!(refused.to_string().contains("walk_venue"), "{refused}");
        assert_eq!(read(&table, String::new(), (3, 3)).unwrap().hours, None, "hours of a commune are missing");
    }
}
