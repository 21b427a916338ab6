//! One function per shape of list: from a row of the file to the field names of the standard.

use super::raw::RawVenue;
use crate::domain::hours::{WEEKDAYS, from_french_half_days};
use crate::domain::text::fold;
use crate::domain::vocabulary::Appointment;
use crate::ingest::clean::walk_in::{self, WalkIn};
use crate::ingest::clean::{
    Cleaned, beyond, cell, columns, comment, coordinates, denial, hours, moving, number, several_places,
};
use crate::ingest::report::{Action, Entry, SourceReport};
use crate::ingest::source::{Profile, Rule, Source};
use crate::ingest::standard_columns::{standard_column, standard_columns};
use crate::ingest::table::Row;

/// Reads one row with the profile of its source.
#[must_use]
pub fn read(row: Row<'_>, source: &Source, report: &mut SourceReport) -> RawVenue {
    let mut raw = mapped(row, source);
    match source.profile {
        Profile::FranceServices => france_services(row, source, &mut raw),
        Profile::BourgogneFrancheComte => bourgogne_franche_comte(row, &mut raw),
        Profile::AidantsConnect => aidants_connect(row, &mut raw),
        Profile::Survey => survey(row, source, &mut raw),
        _ => {}
    }
    for (field, remark) in std::mem::take(&mut raw.remarks) {
        let entry = Entry::new(remark.doubt.code, remark.action, remark.doubt.reason);
        report.note(entry.at_line(raw.line).in_field(field).with_value(&remark.piece));
    }
    raw
}

/// Columns of the standard under their own name, then the columns the description names, then joins.
fn mapped(row: Row<'_>, source: &Source) -> RawVenue {
    let mut raw = RawVenue::new(row.line());
    if source.profile != Profile::Survey {
        for field in standard_columns() {
            if let Some(text) = row.text(field) {
                raw.set(field, text);
            }
        }
    }
    own_outputs(row, source, &mut raw);
    for (field, column) in &source.columns {
        if let (Some(field), Some(text)) = (standard_column(field), row.text(column)) {
            raw.set(field, text);
        } else if field == "latitude_longitude" {
            both_coordinates(row, column, &mut raw);
        }
    }
    for (field, joined) in &source.joins {
        let texts: Vec<&str> =
            joined.iter().filter_map(|column| row.text(column)).filter(|text| !cell::is_nothing(text)).collect();
        let named: Vec<(&str, Option<&str>)> =
            joined.iter().map(|column| (column.as_str(), row.text(column))).collect();
        let Some(field) = standard_column(field) else { continue };
        if let Some(read) = (field == "horaires").then(|| columns::by_columns(&named)).flatten() {
            raw.hours = Some(read);
        } else {
            let whole: Vec<&str> = texts.iter().map(|text| number::whole(text)).collect();
            raw.set(field, &whole.join(" "));
        }
    }
    raw
}

/// A pair of coordinates in one cell, or in an object that was flattened to `column.lat` and `column.lon`.
fn both_coordinates(row: Row<'_>, column: &str, raw: &mut RawVenue) {
    let Some(text) = row.text(column).filter(|text| !cell::is_nothing(text)) else {
        // A geometry of GeoJSON inside the cell puts the longitude first.
        if row.text(&format!("{column}.coordinates")).is_some() {
            return both_coordinates(row, &format!("{column}.coordinates"), raw);
        }
        let part = |names: [&str; 5]| names.iter().find_map(|name| row.text(&format!("{column}.{name}")));
        let (latitudes, longitudes) =
            (["lat", "latitude", "y", "Lat", "Latitude"], ["lon", "longitude", "lng", "long", "x"]);
        for (field, names) in [("latitude", latitudes), ("longitude", longitudes)] {
            if let Some(text) = part(names) {
                raw.set(field, text);
            }
        }
        return;
    };
    // The member `coordinates` of a GeoJSON geometry puts the longitude first, whatever the description calls it.
    let read = if column.ends_with("coordinates") { coordinates::reversed(text) } else { coordinates::pair(text) };
    match read {
        Ok(Cleaned { value: pair, remark }) => {
            raw.set("latitude", &pair.latitude);
            raw.set("longitude", &pair.longitude);
            raw.remark("latitude,longitude", text, Action::ValueRepaired, remark);
        }
        Err(doubt) => raw.remark("latitude,longitude", text, Action::FieldCleared, Some(doubt)),
    }
}

/// Names of this service's own answers, and the fields of the standard they hold.
const OWN_NAMES: [(&str, &str); 26] = [
    ("nom", "name"),
    ("adresse", "address"),
    ("complement_adresse", "address_complement"),
    ("code_postal", "postcode"),
    ("code_insee", "commune"),
    ("commune", "commune_name"),
    ("telephone", "phones"),
    ("courriels", "emails"),
    ("site_web", "websites"),
    ("horaires", "hours_osm"),
    ("services", "services"),
    ("publics_specifiquement_adresses", "audiences"),
    ("prise_en_charge_specifique", "supports"),
    ("frais_a_charge", "fees"),
    ("dispositif_programmes_nationaux", "labels"),
    ("formations_labels", "training_labels"),
    ("autres_formations_labels", "other_labels"),
    ("modalites_acces", "access_modes"),
    ("modalites_accompagnement", "support_modes"),
    ("itinerance", "itinerance"),
    ("typologie", "typologies"),
    ("structure_parente", "parent"),
    ("presentation_resume", "summary"),
    ("presentation_detail", "detail"),
    ("prise_rdv", "booking_url"),
    ("date_maj", "updated"),
];

/// What only our own tables and answers hold: hours kept as text, other names, and points that are those of a commune,
/// which are no coordinates of the venue.
fn own_outputs(row: Row<'_>, source: &Source, raw: &mut RawVenue) {
    if source.profile == Profile::Mediane {
        for (field, name) in OWN_NAMES {
            if let (Some(field), Some(text)) = (standard_column(field), row.text(name)) {
                raw.set(field, text);
            }
        }
        if let (None, Some(text)) = (raw.get("horaires"), row.text("hours_text")) {
            raw.set("horaires", text);
        }
    }
    if let (None, Some(text)) = (raw.get("horaires"), row.text("x_horaires_texte")) {
        raw.set("horaires", text);
    }
    // The whole of what the standard has no room for.
    for (field, column) in [("telephone", "x_telephones"), ("presentation_resume", "x_presentation_resume")] {
        if let Some(text) = row.text(column) {
            raw.set(field, text);
        }
    }
    // A day that is only that of the list behind it is none of the venue's own.
    if row.text("x_date_maj_origine") == Some("liste") {
        raw.clear("date_maj");
    }
    if let Some(text) = row.text("x_date_attestee") {
        raw.set("x_date_attestee", text);
    }
    let precision = row.text("precision").or_else(|| row.text("location_precision"));
    if matches!(precision, Some("commune" | "unknown")) {
        raw.clear("latitude");
        raw.clear("longitude");
    }
}

const FRANCE_SERVICES_DAYS: [&str; 7] =
    ["h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi", "h_dimanche"];

fn france_services(row: Row<'_>, source: &Source, raw: &mut RawVenue) {
    let fields = [
        ("id", "id_fs"),
        ("nom", "lib_fs"),
        ("commune", "lib_com"),
        ("code_insee", "insee_com"),
        ("courriels", "mail"),
        ("presentation_detail", "commentaire"),
        ("x_label_since", "labellisation_fs"),
        ("x_departement", "insee_dep"),
    ];
    for (field, column) in fields {
        if let (None, Some(text)) = (raw.get(field), row.text(column)) {
            raw.set(field, text);
        }
    }
    raw.set("dispositif_programmes_nationaux", "France Services");
    raw.set("typologie", "RFS");
    raw.set("services", "Aide aux démarches administratives");
    raw.set("frais_a_charge", "Gratuit");
    let format = row.text("format_fs").unwrap_or_default();
    let itinerant = row.text("itinerance").is_some_and(moving::is_affirmed)
        || moving::of_format(format)
        || raw.get("presentation_detail").is_some_and(moving::begins_to_move);
    // « Site + itinérance »: the door stays, and rounds are made from it.
    let both = itinerant && moving::has_a_door(format);
    raw.set(
        "itinerance",
        if both {
            "Fixe|Itinérant"
        } else if itinerant {
            "Itinérant"
        } else {
            "Fixe"
        },
    );
    raw.hours = columns::by_columns(&FRANCE_SERVICES_DAYS.map(|column| (column, row.text(column))));
    let comment = raw.get("presentation_detail").unwrap_or_default();
    // One row stands for several places: which day is where, only its comment knows.
    let several = itinerant || moving::has_several_sites(format);
    let narrowed = raw.hours.as_ref().and_then(|(read, _)| {
        let doubted = if several {
            several_places::doubted(comment, read)
        } else {
            several_places::doubted_of_one(comment, read, raw.get("commune"))
        };
        // What the comment adds to the columns first, then what it takes from both.
        let heard = || {
            let (wider, mut told) = beyond::widened(comment, read)?;
            let narrower = comment::narrowed(comment, &wider, source.day());
            let (hours, more) = narrower.unwrap_or((wider, Vec::new()));
            told.extend(more);
            Some((hours, told))
        };
        doubted.or_else(heard).or_else(|| comment::narrowed(comment, read, source.day()))
    });
    if let (Some((narrowed, told)), Some((read, remarks))) = (narrowed, &mut raw.hours) {
        *read = hours::normal(narrowed);
        remarks.extend(told);
    }
    // In 2024 this column says yes or no, and nothing of the internet; a link would be kept.
    let column = raw.get("prise_rdv").unwrap_or_default().to_owned();
    let bookable = Some(fold(&column)).filter(|text| matches!(text.as_str(), "oui" | "non"));
    let needed = walk_in::of_column(&column);
    if bookable.is_some() || needed.is_some() {
        raw.clear("prise_rdv");
    }
    let comment = walk_in::of_comment(raw.get("presentation_detail"));
    let appointment = match needed.filter(|_| comment == WalkIn::Yes).unwrap_or(comment) {
        WalkIn::Yes => {
            raw.add("modalites_acces", "Se présenter");
            bookable.filter(|text| text == "oui").map(|_| Appointment::Possible)
        }
        WalkIn::Partly => Some(Appointment::Partly),
        WalkIn::No => Some(Appointment::Only),
    };
    if let Some(appointment) = appointment {
        raw.add("x_rendez_vous", appointment.official());
    }
}

fn bourgogne_franche_comte(row: Row<'_>, raw: &mut RawVenue) {
    let fields = [
        ("id", "bfc_id"),
        ("nom", "nom_structure"),
        ("commune", "ville"),
        ("date_maj", "mise_a_jour"),
        ("latitude", "lat"),
        ("longitude", "lon"),
        ("courriels", "contact_email"),
        ("telephone", "contact_tel"),
        ("site_web", "url_lieu"),
    ];
    for (field, column) in fields {
        if let (None, Some(text)) = (raw.get(field), row.text(column)) {
            raw.set(field, text);
        }
    }
    raw.add("formations_labels", "Arnia/MedNum BFC (Bourgogne-Franche-Comté)");
    for label in row.text("code_label").unwrap_or_default().split('-').filter(|label| !label.is_empty()) {
        raw.add("labels_autres", label);
    }
    let halves = WEEKDAYS.map(|day| ["matin", "après-midi"].map(|half| row.text(&format!("{day} {half}"))));
    raw.hours = match from_french_half_days(halves) {
        Ok(osm) => osm.map(|osm| hours::of_osm(&osm)),
        Err(unread) => {
            Some(hours::kept(&hours::by_day(&halves.map(|h| h.into_iter().flatten().collect())), unread.to_string()))
        }
    };
}

fn aidants_connect(row: Row<'_>, raw: &mut RawVenue) {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (field, column) in [("id", "Data pass ID"), ("pivot", "SIRET"), ("code_postal", "Code postal")] {
        if let Some(text) = row.text(column) {
            raw.set(field, &plain(text));
        }
    }
    for (field, column) in [("nom", "Name"), ("adresse", "Adresse"), ("x_departement", "Département")] {
        if let Some(text) = row.text(column) {
            raw.set(field, text);
        }
    }
    raw.set("dispositif_programmes_nationaux", "Aidants Connect");
    raw.set("services", "Aide aux démarches administratives");
}

fn survey(row: Row<'_>, source: &Source, raw: &mut RawVenue) {
    for rule in &source.rules {
        if let Some(field) = standard_column(&rule.field)
            && applies(rule, row)
        {
            raw.add(field, &rule.value);
        }
    }
}

/// A rule applies when some column contains one of its terms and none contains one of its exceptions; case and accents
/// do not matter (its words are folded when they are read). Without terms, any text will do that does not say no.
fn applies(rule: &Rule, row: Row<'_>) -> bool {
    let cells = rule.columns.iter().filter_map(|column| row.text(column));
    // « NULL », « N/A » and « -- » are no text.
    let texts: Vec<String> = cells.filter(|text| !cell::is_nothing(text)).map(fold).collect();
    let contains = |terms: &[String]| terms.iter().any(|term| texts.iter().any(|text| text.contains(term)));
    // « Non » is no text either, and « sans adhésion » is no membership.
    let cells = || rule.columns.iter().filter_map(|column| row.text(column)).filter(|text| !cell::is_nothing(text));
    let affirms = |term: &String| cells().any(|text| denial::affirms_in(text, term));
    let wanted = if rule.terms.is_empty() {
        texts.iter().any(|text| !denial::is_no(text))
    } else {
        rule.terms.iter().any(affirms)
    };
    wanted && !contains(&rule.except)
}
