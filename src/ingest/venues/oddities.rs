//! What is odd about the places of a list, though each of its values can be read: told, and published as it came.

use std::collections::{BTreeMap, BTreeSet};

use super::Record;
use crate::domain::venue::Location;
use crate::ingest::reference::Reference;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// From this many addresses on one point, the point is nobody's.
const CROWD: usize = 10;
/// A point this near to that of the commune is that of the commune.
const SAME_M: f64 = 10.0;
/// Decimals of a degree that leave a kilometre of doubt.
const FEW: f64 = 100.0;

/// Tells points that many addresses share, points that are those of communes, and coordinates of two decimals or fewer.
pub fn tell(records: &[Record], reference: &Reference, report: &mut SourceReport) {
    let mut crowds: BTreeMap<[i64; 2], (u32, usize, BTreeSet<&str>)> = BTreeMap::new();
    for record in records {
        let Location::Published(position) = record.venue.location else { continue };
        let (lon, lat) = (position.lon(), position.lat());
        let value = format!("{lat}, {lon}");
        let mut note = |code, reason: String| {
            let entry = Entry::new(code, Action::ValueKept, reason);
            report.note(entry.at_line(record.line).in_field("latitude,longitude").with_value(&value));
        };
        let point = record.commune.and_then(|commune| reference.communes[commune].point);
        let there = point.is_some_and(|point| point.geodesic_to(position).value() <= SAME_M);
        if there && record.venue.name.split(' ').next() != Some("Mairie") {
            let reason = "the point of the commune in the reference, to ten metres: perhaps not that of the place";
            note(Code::CommuneCoordinates, reason.to_owned());
        }
        let is_coarse = |degrees: f64| ((degrees * FEW).round() / FEW - degrees).abs() < 1e-9;
        if is_coarse(lon) && is_coarse(lat) {
            note(Code::LowPrecision, "two decimals or fewer: about a kilometre".to_owned());
        }
        let key = [lon, lat].map(|degrees| (degrees * 1e6).round() as i64);
        let crowd = crowds.entry(key).or_insert((record.line, 0, BTreeSet::new()));
        crowd.1 += 1;
        crowd.2.extend(record.venue.address.as_deref());
    }
    for (line, rows, addresses) in crowds.into_values().filter(|(_, _, addresses)| addresses.len() >= CROWD) {
        let reason = format!("{rows} rows of {} addresses share this point: it cannot be that of all", addresses.len());
        let entry = Entry::new(Code::RepeatedCoordinates, Action::ValueKept, reason);
        report.note(entry.at_line(line).in_field("latitude,longitude"));
    }
}
