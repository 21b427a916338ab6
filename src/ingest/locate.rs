//! Where a place is: its published coordinates when they agree with its commune, repaired when only one repair fits,
//! else the point of its commune. Nothing is located by guess.

use crate::domain::{CommuneIx, Degrees, Flag, Location, Metres, Position, PositionError, Repair};
use crate::ingest::clean::{coordinates, number};
use crate::ingest::report::{Action, Code, Entry, SourceReport};
use crate::spatial::projection::{LAMBERT_93, Projection};

use super::commune::{CONTRADICTION_M, CommuneClue, CommuneFound, KEPT, TOLERANCE_M, find, metres_away, there};
use super::reference::Reference;

/// What a row says about its place.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlaceClue<'a> {
    /// Physical line, for the report.
    pub line: u32,
    /// Longitude, as published.
    pub longitude: Option<&'a str>,
    /// Latitude, as published.
    pub latitude: Option<&'a str>,
    /// The coordinates are declared to be Lambert-93 metres.
    pub lambert_93: bool,
    /// The commune; its position is filled in here.
    pub commune: CommuneClue<'a>,
}

/// A place as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its commune, and remarks on how it was found.
    pub commune: CommuneFound,
    /// Where it is.
    pub location: Location,
    /// What a reader should know.
    pub flags: Vec<Flag>,
}

/// Projections, prepared once.
#[derive(Debug)]
pub struct Locator<'r> {
    reference: &'r Reference,
    lambert_93: Projection,
}

/// What the two texts of a row turned out to be.
enum Given {
    /// Two numbers, in the order of the columns.
    Numbers(Degrees),
    /// Nothing was published.
    Nothing,
    /// Something was, but no number.
    Unusable,
}

impl<'r> Locator<'r> {
    /// Prepares the projections.
    #[must_use]
    pub fn new(reference: &'r Reference) -> Self {
        Self { reference, lambert_93: Projection::new(LAMBERT_93) }
    }

    /// Finds the commune and the position of a row, and notes every doubt in the report.
    #[must_use]
    pub fn locate(&self, clue: PlaceClue<'_>, report: &mut SourceReport) -> Place {
        let mut given = read_numbers(clue, report);
        if clue.lambert_93
            && let Given::Numbers(metres) = given
        {
            let swapped = || self.unproject(Degrees { lon: metres.lat, lat: metres.lon });
            given = self.unproject(metres).or_else(swapped).map_or(Given::Unusable, Given::Numbers);
        }
        let position = match given {
            Given::Numbers(degrees) => Position::in_france(degrees).ok(),
            Given::Nothing | Given::Unusable => None,
        };
        let mut commune = find(CommuneClue { position, ..clue.commune }, self.reference);
        if let Some(position) = position {
            there::outweigh(position, clue.commune, &mut commune, self.reference);
        }
        for (code, field, reason) in &commune.remarks {
            let value = match *field {
                "code_insee" => clue.commune.code,
                "commune" => clue.commune.name,
                _ => clue.commune.postcode,
            };
            let action = if reason.ends_with(KEPT) { Action::ValueKept } else { Action::ValueRepaired };
            let entry = Entry::new(*code, action, reason.clone()).at_line(clue.line).in_field(*field);
            report.note(entry.with_value(value.unwrap_or_default()));
        }
        let mut place = Place { location: Location::Unknown, flags: Vec::new(), commune };
        if place.commune.contradictory {
            place.flags.push(Flag::ContradictoryCommune);
        }
        if place.commune.ambiguous {
            place.flags.push(Flag::AmbiguousCommune);
        }
        match given {
            Given::Numbers(degrees) => self.place_numbers(degrees, clue, &mut place, report),
            Given::Nothing => place.flags.push(Flag::NoCoordinates),
            Given::Unusable => place.flags.push(Flag::UnusableCoordinates),
        }
        if place.commune.ordinal.is_none() {
            place.flags.push(Flag::UnknownCommune);
        }
        if place.location == Location::Unknown
            && let Some(point) = place.commune.ordinal.and_then(|i| self.reference.communes[i].point)
        {
            place.location = Location::Commune(point);
        }
        place.flags.sort();
        place
    }

    fn place_numbers(&self, degrees: Degrees, clue: PlaceClue<'_>, place: &mut Place, report: &mut SourceReport) {
        let value = format!("{},{}", clue.longitude.unwrap_or_default(), clue.latitude.unwrap_or_default());
        let mut note = |code, action, reason: String| {
            report.note(
                Entry::new(code, action, reason).at_line(clue.line).in_field("longitude,latitude").with_value(&value),
            );
        };
        if degrees.lon == 0.0 && degrees.lat == 0.0 {
            note(Code::NullIsland, Action::FieldCleared, "0, 0 means unknown; the commune stands in".into());
            place.flags.push(Flag::NoCoordinates);
            return;
        }
        let given = Position::in_france(degrees);
        let away = given.ok().map(|position| self.away(position, place.commune.ordinal));
        // Without a commune or any point of it there is nothing to contradict.
        if let (Ok(position), Some(None)) = (given, away) {
            place.location = Location::Published(position);
            return;
        }
        if let (Ok(position), Some(Some(away))) = (given, away)
            && away.value() <= TOLERANCE_M
        {
            place.location = Location::Published(position);
            return;
        }
        if let Some((position, repair)) = self.only_repair(degrees, place.commune.ordinal) {
            let reason = format!("{}; repaired, since the result lies in the commune", repair_sentence(repair));
            note(repair_code(repair), Action::ValueRepaired, reason);
            place.location = Location::Repaired(position, repair);
            return;
        }
        match (given, away) {
            (Ok(position), Some(Some(away))) => {
                let metres = away.value().round();
                place.flags.push(Flag::OutsideCommune(metres as u32));
                let near = metres <= CONTRADICTION_M;
                let kept = if near { "kept" } else { "the commune stands in" };
                let action = if near { Action::ValueKept } else { Action::FieldCleared };
                note(Code::OutsideCommune, action, format!("{metres} m outside the commune; {kept}"));
                if near {
                    place.location = Location::Published(position);
                }
            }
            (Err(error), _) => {
                place.flags.push(Flag::UnusableCoordinates);
                note(outside_code(degrees, error), Action::FieldCleared, format!("{error}; the commune stands in"));
            }
            (Ok(_), _) => unreachable!("a position in France was handled above"),
        }
    }

    /// Metres from a position to a commune; `None` without a commune or a point of it.
    fn away(&self, position: Position, commune: Option<CommuneIx>) -> Option<Metres> {
        metres_away(position, commune?, self.reference)
    }

    /// The repair whose result lies in the commune, when exactly one does.
    fn only_repair(&self, degrees: Degrees, commune: Option<CommuneIx>) -> Option<(Position, Repair)> {
        let fits = |degrees: Degrees| {
            let position = Position::in_france(degrees).ok()?;
            self.away(position, commune).filter(|away| away.value() <= TOLERANCE_M).map(|_| position)
        };
        let Degrees { lon, lat } = degrees;
        let mut repairs: Vec<(Position, Repair)> = Vec::new();
        let mut consider = |degrees: Option<Degrees>, repair| {
            if let Some(position) = degrees.and_then(fits)
                && !repairs.iter().any(|(known, _)| *known == position)
            {
                repairs.push((position, repair));
            }
        };
        consider(Some(Degrees { lon: lat, lat: lon }), Repair::SwappedAxes);
        consider(Some(Degrees { lon: -lon, lat }), Repair::LostSign);
        consider(Some(Degrees { lon, lat: -lat }), Repair::LostSign);
        consider(Some(Degrees { lon: -lon, lat: -lat }), Repair::LostSign);
        consider(self.unproject(degrees), Repair::Lambert93);
        consider(self.unproject(Degrees { lon: lat, lat: lon }), Repair::Lambert93);
        for (lon_power, lat_power) in (0..=9).flat_map(|lon| (0..=9).map(move |lat| (lon, lat))) {
            let shifted = Degrees { lon: lon / 10f64.powi(lon_power), lat: lat / 10f64.powi(lat_power) };
            if lon_power + lat_power > 0 && (lon.abs() > 180.0 || lat.abs() > 90.0) {
                consider(Some(shifted), Repair::DecimalMark);
            }
        }
        match repairs.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Lambert-93 metres to degrees; `None` when the numbers cannot be such metres.
    fn unproject(&self, metres: Degrees) -> Option<Degrees> {
        let (easting, northing) = (metres.lon, metres.lat);
        let plausible = (0.0..1_300_000.0).contains(&easting) && (6_000_000.0..7_200_000.0).contains(&northing);
        if !plausible {
            return None;
        }
        let [lon, lat] = self.lambert_93.degrees([easting, northing])?;
        Some(Degrees { lon, lat })
    }
}

fn read_numbers(clue: PlaceClue<'_>, report: &mut SourceReport) -> Given {
    let texts = [("longitude", clue.longitude), ("latitude", clue.latitude)];
    if texts.iter().all(|(_, text)| text.is_none()) {
        return Given::Nothing;
    }
    if let Some(degrees) = both_in_one(clue, report) {
        return Given::Numbers(degrees);
    }
    let mut numbers = [None, None];
    for (number, (field, text)) in numbers.iter_mut().zip(texts) {
        let Some(text) = text else {
            let reason = "one coordinate without the other; the commune stands in";
            let entry = Entry::new(Code::MissingCoordinates, Action::FieldCleared, reason);
            report.note(entry.at_line(clue.line).in_field(field));
            continue;
        };
        match number::coordinate(text) {
            Ok(cleaned) => {
                // Declared metres with a French decimal mark are as expected; degrees are not.
                if let Some(doubt) = cleaned.remark.filter(|_| !clue.lambert_93) {
                    let entry = Entry::new(doubt.code, Action::ValueRepaired, doubt.reason);
                    report.note(entry.at_line(clue.line).in_field(field).with_value(text));
                }
                *number = Some(cleaned.value);
            }
            Err(doubt) => {
                let entry = Entry::new(doubt.code, Action::FieldCleared, doubt.reason);
                report.note(entry.at_line(clue.line).in_field(field).with_value(text));
            }
        }
    }
    match numbers {
        [Some(lon), Some(lat)] => Given::Numbers(Degrees { lon, lat }),
        _ => Given::Unusable,
    }
}

/// Both coordinates in one of the two columns, or in each of them: `46.1706, 1.8715` as a latitude.
fn both_in_one(clue: PlaceClue<'_>, report: &mut SourceReport) -> Option<Degrees> {
    let text = match (clue.longitude, clue.latitude) {
        (Some(text), None) | (None, Some(text)) => text,
        (Some(one), Some(other)) if one == other => one,
        _ => return None,
    };
    if clue.lambert_93 || number::coordinate(text).is_ok() {
        return None;
    }
    let pair = coordinates::pair(text).ok()?.value;
    let [lon, lat] = [&pair.longitude, &pair.latitude].map(|text| number::coordinate(text).ok().map(|read| read.value));
    let reason = "a latitude and a longitude in one of their two columns";
    let entry = Entry::new(Code::InvalidCoordinate, Action::ValueRepaired, reason);
    report.note(entry.at_line(clue.line).in_field("longitude,latitude").with_value(text));
    Some(Degrees { lon: lon?, lat: lat? })
}

fn repair_sentence(repair: Repair) -> &'static str {
    match repair {
        Repair::SwappedAxes => "latitude and longitude had traded places",
        Repair::LostSign => "a sign had been lost",
        Repair::DecimalMark => "the decimal mark had been lost",
        Repair::Lambert93 => "Lambert-93 metres (EPSG:2154), not degrees",
    }
}

fn repair_code(repair: Repair) -> Code {
    match repair {
        Repair::SwappedAxes => Code::SwappedCoordinates,
        Repair::LostSign => Code::OutsideCommune,
        Repair::DecimalMark => Code::InvalidCoordinate,
        Repair::Lambert93 => Code::Lambert93,
    }
}

/// Names the projection that numbers outside France look like.
fn outside_code(degrees: Degrees, error: PositionError) -> Code {
    let (x, y) = (degrees.lon.abs(), degrees.lat.abs());
    match error {
        PositionError::Swapped(_) => Code::SwappedCoordinates,
        PositionError::OutsideFrance(_) => Code::OutsideTerritory,
        PositionError::OffTheGlobe(_) if x < 1_300_000.0 && (6_000_000.0..7_200_000.0).contains(&y) => {
            // Web Mercator puts France between 5 and 6.7 million metres north, less than 1.1 million east.
            if x < 100_000.0 { Code::WebMercator } else { Code::Lambert93 }
        }
        PositionError::OffTheGlobe(_) if x < 1_200_000.0 && (1_600_000.0..2_700_000.0).contains(&y) => Code::Lambert2,
        PositionError::OffTheGlobe(_) if x < 1_100_000.0 && (5_000_000.0..6_700_000.0).contains(&y) => {
            Code::WebMercator
        }
        PositionError::OffTheGlobe(_) => Code::InvalidCoordinate,
    }
}
