//! Points that a geocoder gave for want of a better one: addresses of two arrondissements cannot stand on one point, and the
//! middle of Paris is in none of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::Record;
use crate::atlas::DistrictClue;
use crate::domain::{DistrictIx, Flag, Location, Position};
use crate::ingest::middle::is_the_middle;
use crate::ingest::reference::Reference;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// A point this near to that of the commune is that of the commune.
const SAME_M: f64 = 10.0;

/// Takes records off points that are nobody's: of an arrondissement of Paris, Lyon or Marseille by their postal code, but
/// outside it, on the point of the whole city or on one that addresses of other arrondissements share. The arrondissement
/// stands in, as a commune does for a place without coordinates.
pub fn unplace(records: &mut [Record], reference: &Reference, report: &mut SourceReport) {
    off_the_middle(records, reference, report);
    let said: Vec<Option<(Position, DistrictIx)>> = records.iter().map(|record| district(record, reference)).collect();
    let key = |position: Position| [position.lon(), position.lat()].map(|degrees| (degrees * 1e6).round() as i64);
    let mut on_point: BTreeMap<[i64; 2], BTreeSet<DistrictIx>> = BTreeMap::new();
    for (position, district) in said.iter().flatten() {
        on_point.entry(key(*position)).or_default().insert(*district);
    }
    for (record, said) in records.iter_mut().zip(said) {
        let (Some((position, district)), Some(commune)) = (said, record.commune) else { continue };
        let city = reference.communes[commune].point;
        let shared = on_point.get(&key(position)).is_some_and(|districts| districts.len() > 1);
        let of_the_city = city.is_some_and(|point| point.geodesic_to(position).value() <= SAME_M);
        if !(shared || of_the_city) || reference.districts.at(commune, position) == Some(district) {
            continue;
        }
        let district = &reference.districts.all()[district];
        let reason =
            format!("a point of nobody, outside {}, which the postal code says and which stands in", district.name);
        let entry = Entry::new(Code::RepeatedCoordinates, Action::FieldCleared, reason);
        let value = format!("{}, {}", position.lat(), position.lon());
        report.note(entry.at_line(record.line).in_field("latitude,longitude").with_value(&value));
        record.venue.location = district.point.or(city).map_or(Location::Unknown, Location::Commune);
        record.venue.flags.push(Flag::UnusableCoordinates);
        record.venue.flags.sort();
    }
}

/// Takes records off the middle of a wide commune: their address, else the commune, stands in.
fn off_the_middle(records: &mut [Record], reference: &Reference, report: &mut SourceReport) {
    for record in records {
        let (Location::Published(position), Some(commune)) = (record.venue.location, record.commune) else { continue };
        if !is_the_middle(position, commune, record.venue.address.is_some(), reference) {
            continue;
        }
        let commune = &reference.communes[commune];
        let reason = format!("the middle of {}, not the place; its address or the commune stands in", commune.name);
        let entry = Entry::new(Code::CommuneCoordinates, Action::FieldCleared, reason).at_line(record.line);
        let value = format!("{}, {}", position.lat(), position.lon());
        report.note(entry.in_field("latitude,longitude").with_value(&value));
        record.venue.location = commune.point.map_or(Location::Unknown, Location::Commune);
        record.venue.flags.push(Flag::UnusableCoordinates);
        record.venue.flags.sort();
    }
}

/// The published position of a record, and the arrondissement that its postal code says.
fn district(record: &Record, reference: &Reference) -> Option<(Position, DistrictIx)> {
    let Location::Published(position) = record.venue.location else { return None };
    let clue = DistrictClue { named: None, position: None, postcode: record.venue.postcode.as_deref() };
    Some((position, reference.districts.holding(record.commune?, clue)?))
}
