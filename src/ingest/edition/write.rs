//! Writing an edition: one table after the other, then the report, then the manifest that seals them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use polars::prelude::PolarsResult;

use crate::atlas::sealed::METHOD;
use crate::atlas::{Check, Checks, Leaves, TimesCheck};
use crate::domain::phone::Phone;
use crate::domain::venue::{Hours, Location, Repair, Venue};
use crate::domain::venue_field::{FIELDS, FieldValue, Shape};
use crate::domain::{Cell, CellSource, CommuneCode, Degrees, Level, Position, Reading};
use crate::ingest::report::Report;

use super::access::access;
use super::columns::{Columns, Files, write_file};
use super::manifest::{
    FORMAT, Manifest, ManifestCheck, ManifestFile, ManifestIndicator, ManifestSource, ManifestTimes, sha256_of,
};
use super::read::atlas_of;
use super::{districts, followed, guidance, land, network, reaches, streets, wkb};

/// Writes every file of an edition into an empty folder. Of `checks` only the comparison with ours is written.
///
/// # Errors
/// When the disk refuses.
pub fn write(
    folder: &Path,
    leaves: &Leaves,
    checks: &Checks,
    sources: Vec<ManifestSource>,
    report: &Report,
) -> PolarsResult<()> {
    let mut tables = Tables { folder, entries: Vec::new(), written: Some(Files::new()) };
    let polygons: Option<&[&str]> = Some(&["MultiPolygon"]);
    let points: Option<&[&str]> = Some(&["Point"]);
    tables.write("venues.parquet", venues(leaves), points)?;
    tables.write("provenance.parquet", provenance(leaves), None)?;
    tables.write("labels.parquet", labels(leaves), None)?;
    tables.write("parts.parquet", parts(leaves), None)?;
    tables.write("venue_aliases.parquet", venue_aliases(leaves), None)?;
    tables.write("candidates.parquet", candidates(leaves), points)?;
    tables.write("hubs.parquet", hubs(leaves), None)?;
    tables.write("remote_channels.parquet", guidance::write_channels(&leaves.remote_channels), None)?;
    tables.write("resources.parquet", guidance::write_resources(&leaves.resources), None)?;
    tables.write("declarations.parquet", declarations(leaves), None)?;
    tables.write("posts.parquet", posts(leaves), points)?;
    tables.write("past_venues.parquet", past_venues(leaves), points)?;
    tables.write("points.parquet", self::points(leaves), points)?;
    tables.write("accompaniments.parquet", accompaniments(leaves), None)?;
    tables.write("communes.parquet", communes(leaves), polygons)?;
    tables.write("commune_aliases.parquet", commune_aliases(leaves), None)?;
    tables.write(districts::NAME, districts::table(leaves), polygons)?;
    for level in [Level::Epci, Level::Departement, Level::Region] {
        tables.write(&format!("{}.parquet", level.plural()), territories(leaves, level), polygons)?;
    }
    tables.write("crossings.parquet", land::crossings(&leaves.land), None)?;
    tables.write("barriers.parquet", land::barriers(&leaves.land), None)?;
    let roads = leaves.roads.as_ref().map(|roads| &*roads.network);
    tables.write("road_nodes.parquet", network::nodes(roads), None)?;
    tables.write("road_arcs.parquet", network::arcs(roads), None)?;
    tables.write("indicators.parquet", indicators(leaves), None)?;
    tables.write(districts::READINGS, districts::readings(leaves), None)?;
    let mut manifest = Manifest {
        format: FORMAT,
        as_of: leaves.edition.as_of.map(|day| day.to_string()),
        demonstration: leaves.edition.demonstration,
        territories_vintage: leaves.edition.territories_vintage.clone(),
        roads: leaves.roads.as_ref().map(|roads| roads.source.clone()),
        // None yet: nothing is sealed.
        method: 0,
        travel_times: String::new(),
        files: Vec::new(),
        sources,
        indicators: leaves.indicators.iter().map(ManifestIndicator::of).collect(),
        checks: Vec::new(),
        times: Vec::new(),
    };
    // Of what was written, as whoever opens it will have it: rounding a place moves a second here and there.
    let (written, streets) = (tables.written.take().unwrap_or_default(), Arc::clone(&leaves.streets));
    let atlas = atlas_of(leaves.edition.clone(), &manifest, written, None, streets)?;
    if !leaves.streets.is_empty() {
        tables.write(streets::NAME, streets::table(&leaves.streets), None)?;
        streets::write_packed(&leaves.streets, &folder.join(streets::PACKED))?;
        tables.add(streets::PACKED, None)?;
    }
    tables.write("access.parquet", access(&atlas), None)?;
    tables.write(reaches::NAME, reaches::write(&atlas), None)?;
    tables.write(followed::NAME, followed::write(&atlas), None)?;
    let json = serde_json::to_vec_pretty(report).map_err(std::io::Error::from)?;
    write_file(&folder.join("report.json"), &json)?;
    tables.add("report.json", None)?;
    manifest.method = METHOD;
    manifest.travel_times = atlas.analysis().access.label().into();
    manifest.files = tables.entries;
    manifest.checks = checks.indicators.iter().map(|other| ManifestCheck::of(Check::new(&atlas, other))).collect();
    manifest.times = checks.times.iter().map(|times| ManifestTimes::of(TimesCheck::new(&atlas, times))).collect();
    let json = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?;
    write_file(&folder.join("manifest.json"), &json)?;
    Ok(())
}

/// The files of an edition under way.
struct Tables<'a> {
    folder: &'a Path,
    entries: Vec<ManifestFile>,
    /// The bytes of what was written, until they are read back; nothing is held after that.
    written: Option<Files>,
}

impl Tables<'_> {
    fn write(&mut self, name: &str, columns: Columns, geometry: Option<&[&str]>) -> PolarsResult<()> {
        let rows = columns.write(&self.folder.join(name), geometry)?;
        self.add(name, Some(rows))
    }

    /// Enters a file that was written.
    fn add(&mut self, name: &str, rows: Option<u64>) -> PolarsResult<()> {
        let path = self.folder.join(name);
        let (sha256, bytes) = match &mut self.written {
            Some(written) => {
                let held = fs::read(path)?;
                let digest = sha256_of(held.as_slice())?;
                written.insert(name.into(), held);
                digest
            }
            None => sha256_of(&fs::File::open(path)?)?,
        };
        self.entries.push(ManifestFile { name: name.into(), sha256, bytes, rows });
        Ok(())
    }
}

/// Adds precision, repair and geometry of locations.
fn locations(columns: &mut Columns, locations: impl Iterator<Item = Location> + Clone) {
    columns.text("precision", locations.clone().map(|location| Some(location.precision())));
    let repair = |location: Location| match location {
        Location::Repaired(_, repair) => Some(Repair::name(repair)),
        Location::Address(_, found) => Some(found.kind.name()),
        _ => None,
    };
    columns.text("repair", locations.clone().map(repair));
    let score = |location: Location| match location {
        Location::Address(_, found) => Some(u32::from(found.score)),
        _ => None,
    };
    columns.whole("address_score", locations.clone().map(score));
    columns.geometry(locations.map(|location| location.position().map(|p| wkb::point(rounded(p)))));
}

/// Seven decimals are a centimetre; the rest is noise that would break equality between editions.
fn rounded(position: Position) -> Position {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Position::new(Degrees { lon: round(position.lon()), lat: round(position.lat()) }).unwrap_or(position)
}

fn code(code: Option<CommuneCode>) -> Option<String> {
    code.map(|code| code.to_string())
}

fn venues(leaves: &Leaves) -> Columns {
    let venues = &leaves.venues;
    let mut table = Columns::new(venues.len());
    let all = || venues.iter();
    table.text("id", all().map(|v| Some(&v.id)));
    table.text("nom", all().map(|v| Some(&v.name)));
    table.text("code_insee", all().map(|v| code(v.commune)));
    table.text("commune", all().map(|v| Some(&v.locality)));
    for field in &FIELDS {
        match field.shape {
            Shape::Truth => {
                let truth = |v: &Venue| if let FieldValue::Truth(truth) = (field.read)(v) { Some(truth) } else { None };
                table.truth(field.column, all().map(truth));
            }
            _ => table.text(field.column, all().map(|v| (field.read)(v).text())),
        }
    }
    table.text("horaires", all().map(|v| osm(&v.hours)));
    table.text("x_horaires_texte", all().map(|v| words(&v.hours)));
    table.text("x_masque", all().map(|v| v.withheld.map(crate::domain::Withheld::name)));
    table.list("x_alertes", all().map(|v| v.flags.iter().map(crate::domain::Flag::name).collect()));
    locations(&mut table, venues.iter().map(|v| v.location));
    table
}

fn provenance(leaves: &Leaves) -> Columns {
    let rows: Vec<_> = leaves.venues.iter().flat_map(|v| v.provenance.iter().map(move |p| (&v.id, p))).collect();
    let mut table = Columns::new(rows.len());
    table.text("venue", rows.iter().map(|(id, _)| Some(id)));
    table.text("source", rows.iter().map(|(_, p)| Some(&p.source)));
    table.text("record", rows.iter().map(|(_, p)| Some(&p.record)));
    table.whole("line", rows.iter().map(|(_, p)| Some(p.line)));
    table.text("nom", rows.iter().map(|(_, p)| Some(&p.name)));
    table.text("seen", rows.iter().map(|(_, p)| p.seen.map(|day| day.to_string())));
    table.text("date_maj", rows.iter().map(|(_, p)| p.updated.map(|day| day.to_string())));
    table.list("fields", rows.iter().map(|(_, p)| p.fields.clone()));
    table
}

fn labels(leaves: &Leaves) -> Columns {
    let rows: Vec<_> = leaves.venues.iter().flat_map(|v| v.labels.iter().map(move |l| (&v.id, l))).collect();
    let mut table = Columns::new(rows.len());
    table.text("venue", rows.iter().map(|(id, _)| Some(id)));
    table.text("label", rows.iter().map(|(_, l)| Some(&l.label)));
    table.text("source", rows.iter().map(|(_, l)| Some(&l.source)));
    table.text("seen", rows.iter().map(|(_, l)| l.seen.map(|day| day.to_string())));
    table.text("issuer", rows.iter().map(|(_, l)| l.issuer.as_deref()));
    table.text("since", rows.iter().map(|(_, l)| l.since.map(|day| day.to_string())));
    table.text("until", rows.iter().map(|(_, l)| l.until.map(|day| day.to_string())));
    table.truth("current", rows.iter().map(|(_, l)| Some(l.current)));
    table
}

fn parts(leaves: &Leaves) -> Columns {
    let rows: Vec<_> = leaves.venues.iter().flat_map(|v| v.parts.iter().map(move |p| (&v.id, p))).collect();
    let mut table = Columns::new(rows.len());
    table.text("venue", rows.iter().map(|(id, _)| Some(id)));
    table.text("id", rows.iter().map(|(_, p)| Some(&p.id)));
    table.text("nom", rows.iter().map(|(_, p)| Some(&p.name)));
    table.list("telephone", rows.iter().map(|(_, p)| p.phones.iter().map(Phone::as_str).collect()));
    table.text("horaires", rows.iter().map(|(_, p)| osm(&p.hours)));
    table.text("x_horaires_texte", rows.iter().map(|(_, p)| words(&p.hours)));
    table.list("services", rows.iter().map(|(_, p)| p.services.iter().map(|service| service.official()).collect()));
    table.text("source", rows.iter().map(|(_, p)| Some(&p.source)));
    table
}

fn osm(hours: &Hours) -> Option<&str> {
    if let Hours::Osm(osm) = hours { Some(osm) } else { None }
}

fn words(hours: &Hours) -> Option<&str> {
    if let Hours::Text(text) = hours { Some(text) } else { None }
}

fn venue_aliases(leaves: &Leaves) -> Columns {
    let mut table = Columns::new(leaves.venue_aliases.len());
    table.text("alias", leaves.venue_aliases.keys().map(Some));
    table.text("venue", leaves.venue_aliases.values().map(Some));
    table
}

fn candidates(leaves: &Leaves) -> Columns {
    let rows = &leaves.candidates;
    let mut table = Columns::new(rows.len());
    table.text("id", rows.iter().map(|c| Some(&c.id)));
    table.text("nom", rows.iter().map(|c| Some(&c.name)));
    table.text("kind", rows.iter().map(|c| Some(&c.kind)));
    table.text("adresse", rows.iter().map(|c| c.address.as_deref()));
    table.text("code_insee", rows.iter().map(|c| code(c.commune)));
    table.text("source", rows.iter().map(|c| Some(&c.source)));
    locations(&mut table, rows.iter().map(|c| c.location));
    table
}

fn hubs(leaves: &Leaves) -> Columns {
    let rows = &leaves.hubs;
    let mut table = Columns::new(rows.len());
    table.text("id", rows.iter().map(|h| Some(&h.id)));
    table.text("nom", rows.iter().map(|h| Some(&h.name)));
    table.list("departements", rows.iter().map(|h| h.departements.clone()));
    table.text("source", rows.iter().map(|h| Some(&h.source)));
    table
}

fn declarations(leaves: &Leaves) -> Columns {
    let rows = &leaves.declarations;
    let mut table = Columns::new(rows.len());
    table.text("level", rows.iter().map(|d| d.level.map(Level::plural)));
    table.text("code", rows.iter().map(|d| Some(&d.code)));
    table.text("measure", rows.iter().map(|d| Some(d.measure.id())));
    table.number("value", rows.iter().map(|d| d.value));
    table.text("text", rows.iter().map(|d| d.text.as_deref()));
    table.text("theme", rows.iter().map(|d| d.theme.as_deref()));
    table.text("url", rows.iter().map(|d| d.url.as_deref()));
    table.text("since", rows.iter().map(|d| d.since.map(|day| day.to_string())));
    table.text("until", rows.iter().map(|d| d.until.map(|day| day.to_string())));
    table.text("source", rows.iter().map(|d| Some(&d.source)));
    table
}

fn posts(leaves: &Leaves) -> Columns {
    let rows = &leaves.posts;
    let mut table = Columns::new(rows.len());
    table.text("structure", rows.iter().map(|p| Some(&p.structure)));
    table.text("nom", rows.iter().map(|p| Some(&p.name)));
    table.text("code_insee", rows.iter().map(|p| code(p.commune)));
    table.text("arrondissement", rows.iter().map(|p| code(p.district)));
    table.truth("public_employer", rows.iter().map(|p| p.public_employer));
    table.whole("posts", rows.iter().map(|p| Some(p.posts)));
    table.text("validated", rows.iter().map(|p| p.validated.map(|day| day.to_string())));
    table.number("state_eur", rows.iter().map(|p| p.state_eur));
    table.truth("zrr", rows.iter().map(|p| p.zrr));
    table.truth("qpv", rows.iter().map(|p| p.qpv));
    table.text("source", rows.iter().map(|p| Some(&p.source)));
    locations(&mut table, rows.iter().map(|p| p.location));
    table
}

fn past_venues(leaves: &Leaves) -> Columns {
    let rows = &leaves.past_venues;
    let mut table = Columns::new(rows.len());
    table.text("id", rows.iter().map(|v| Some(&v.id)));
    table.text("nom", rows.iter().map(|v| Some(&v.name)));
    table.text("code_insee", rows.iter().map(|v| code(v.commune)));
    table.text("source", rows.iter().map(|v| Some(&v.source)));
    table.text("date", rows.iter().map(|v| Some(v.date.to_string())));
    locations(&mut table, rows.iter().map(|v| v.location));
    table
}

/// One row a place of demand: its commune, the side of a square whose people are as far from its middle, inhabitants, the
/// source (empty for our estimate), and whether that imputed the number.
fn points(leaves: &Leaves) -> Columns {
    let rows = &leaves.cells;
    let mut table = Columns::new(rows.len());
    let source = |cell: &Cell| match cell.source {
        CellSource::Estimate => None,
        CellSource::Grid(rank) | CellSource::Imputed(rank) => leaves.grids.get(rank as usize),
    };
    table.text("code_insee", rows.iter().map(|c| Some(c.commune.to_string())));
    table.number("side_m", rows.iter().map(|c| Some(c.side.value())));
    table.number("inhabitants", rows.iter().map(|c| Some(c.inhabitants)));
    table.text("source", rows.iter().map(source));
    table.truth("imputed", rows.iter().map(|c| Some(matches!(c.source, CellSource::Imputed(_)))));
    table.geometry(rows.iter().map(|c| Some(wkb::point(c.centre))));
    table
}

/// Small counts are hidden before they come here: `persons` is empty and `hidden` says so.
fn accompaniments(leaves: &Leaves) -> Columns {
    let rows = &leaves.accompaniments;
    let mut table = Columns::new(rows.len());
    table.text("place", rows.iter().map(|a| Some(&a.place)));
    table.text("code_insee", rows.iter().map(|a| Some(a.commune.to_string())));
    table.text("month", rows.iter().map(|a| Some(a.month.to_string())));
    table.whole("persons", rows.iter().map(|a| a.persons));
    table.truth("hidden", rows.iter().map(|a| Some(a.persons.is_none())));
    table.text("source", rows.iter().map(|a| Some(&a.source)));
    table
}

fn communes(leaves: &Leaves) -> Columns {
    let rows = &leaves.communes;
    let mut table = Columns::new(rows.len());
    table.text("code", rows.iter().map(|c| Some(c.code.to_string())));
    table.text("name", rows.iter().map(|c| Some(&c.name)));
    table.text("departement", rows.iter().map(|c| Some(&c.departement)));
    table.text("region", rows.iter().map(|c| Some(&c.region)));
    table.text("epci", rows.iter().map(|c| c.epci.as_deref()));
    table.list("postcodes", rows.iter().map(|c| c.postcodes.clone()));
    table.whole("population", rows.iter().map(|c| c.population.map(|p| p.0)));
    table.number("area_km2", rows.iter().map(|c| c.area_km2));
    table.number("longitude", rows.iter().map(|c| c.point.map(Position::lon)));
    table.number("latitude", rows.iter().map(|c| c.point.map(Position::lat)));
    let contours = leaves.contours.get(&Level::Commune);
    let contour =
        |code: CommuneCode| contours.and_then(|all| all.get(code.as_str())).map(|contour| wkb::multi_polygon(contour));
    table.geometry(rows.iter().map(|c| contour(c.code)));
    table
}

fn commune_aliases(leaves: &Leaves) -> Columns {
    let rows = &leaves.aliases;
    let mut table = Columns::new(rows.len());
    table.text("code", rows.iter().map(|a| Some(a.code.to_string())));
    table.text("kind", rows.iter().map(|a| Some(&a.kind)));
    table.text("name", rows.iter().map(|a| Some(&a.name)));
    table.text("commune", rows.iter().map(|a| Some(a.commune.to_string())));
    table
}

fn territories(leaves: &Leaves, level: Level) -> Columns {
    let rows = leaves.territories.get(&level).map_or(&[][..], Vec::as_slice);
    let mut table = Columns::new(rows.len());
    table.text("code", rows.iter().map(|t| Some(&t.code)));
    table.text("name", rows.iter().map(|t| Some(&t.name)));
    table.text("parent", rows.iter().map(|t| t.parent.as_deref()));
    let contours = leaves.contours.get(&level);
    table.geometry(
        rows.iter().map(|t| contours.and_then(|all| all.get(&t.code)).map(|contour| wkb::multi_polygon(contour))),
    );
    table
}

/// One row a commune; for each indicator its values, and whether they are withheld.
fn indicators(leaves: &Leaves) -> Columns {
    let mut table = Columns::new(leaves.communes.len());
    table.text("code", leaves.communes.iter().map(|c| Some(c.code.to_string())));
    for indicator in &leaves.indicators {
        table.number(&indicator.id, indicator.readings.iter().map(|reading| reading.value()));
        let withheld = |reading: &Reading| Some(*reading == Reading::Suppressed);
        table.truth(&format!("{}_suppressed", indicator.id), indicator.readings.iter().map(withheld));
    }
    table
}
