//! One function per shape of list: from a row of the file to the field names of the standard.

use super::raw::{RawVenue, STANDARD_COLUMNS, standard_column};
use crate::domain::hours::{from_french_days, from_french_half_days, from_french_text};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code, Entry, SourceReport};
use crate::ingest::source::{Profile, Rule, Source};
use crate::ingest::table::Row;

/// Reads one row with the profile of its source.
#[must_use]
pub fn read(row: Row<'_>, source: &Source, report: &mut SourceReport) -> RawVenue {
    let mut raw = mapped(row, source);
    match source.profile {
        Profile::FranceServices => france_services(row, &mut raw, report),
        Profile::BourgogneFrancheComte => bourgogne_franche_comte(row, &mut raw, report),
        Profile::AidantsConnect => aidants_connect(row, &mut raw),
        Profile::Survey => survey(row, source, &mut raw, report),
        _ => {}
    }
    raw
}

/// Columns of the standard under their own name, then the columns the description names, then joins.
fn mapped(row: Row<'_>, source: &Source) -> RawVenue {
    let mut raw = RawVenue::new(row.line());
    if source.profile != Profile::Survey {
        for field in STANDARD_COLUMNS {
            if let Some(text) = row.text(field) {
                raw.set(field, text);
            }
        }
    }
    own_outputs(row, source, &mut raw);
    for (field, column) in &source.columns {
        if let (Some(field), Some(text)) = (standard_column(field), row.text(column)) {
            raw.set(field, text);
        } else if let ("latitude_longitude", Some((lat, lon))) =
            (field.as_str(), row.text(column).and_then(|text| text.split_once(',')))
        {
            raw.set("latitude", lat);
            raw.set("longitude", lon);
        }
    }
    for (field, columns) in &source.joins {
        let texts: Vec<&str> = columns.iter().filter_map(|column| row.text(column)).collect();
        if let Some(field) = standard_column(field) {
            raw.set(field, &texts.join(" "));
        }
    }
    raw
}

/// Names of this service's own answers, and the fields of the standard they hold.
const OWN_NAMES: [(&str, &str); 26] = [
    ("nom", "name"),
    ("adresse", "address"),
    ("complement_adresse", "address_complement"),
    ("code_postal", "postcode"),
    ("code_insee", "commune"),
    ("commune", "commune_name"),
    ("telephone", "phone"),
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
    let precision = row.text("precision").or_else(|| row.text("location_precision"));
    if matches!(precision, Some("commune" | "unknown")) {
        raw.clear("latitude");
        raw.clear("longitude");
    }
}

fn keep_text(raw: &mut RawVenue, report: &mut SourceReport, text: &str, reason: String) {
    let entry = Entry::new(Code::InvalidHours, Action::ValueKept, reason);
    report.note(entry.at_line(raw.line).in_field("horaires").with_value(text));
    raw.set("horaires", text);
}

const FRANCE_SERVICES_DAYS: [&str; 7] =
    ["h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi", "h_dimanche"];

fn france_services(row: Row<'_>, raw: &mut RawVenue, report: &mut SourceReport) {
    let fields = [
        ("id", "id_fs"),
        ("nom", "lib_fs"),
        ("commune", "lib_com"),
        ("code_insee", "insee_com"),
        ("courriels", "mail"),
        ("presentation_detail", "commentaire"),
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
    let format = fold(row.text("format_fs").unwrap_or_default());
    let itinerant = row.text("itinerance").is_some_and(|text| fold(text) == "oui")
        || ["itinerant", "bus"].iter().any(|word| format.contains(word));
    raw.set("itinerance", if itinerant { "Itinérant" } else { "Fixe" });
    let days = FRANCE_SERVICES_DAYS.map(|column| row.text(column));
    match from_french_days(days) {
        Ok(osm) => raw.osm_hours = osm,
        Err(unread) => keep_text(raw, report, &by_day(&days.map(|day| day.into_iter().collect())), unread.to_string()),
    }
    // In 2024 this column says yes or no; a link would be kept.
    if raw.get("prise_rdv").is_some_and(|text| matches!(fold(text).as_str(), "oui" | "non")) {
        let bookable = raw.get("prise_rdv").is_some_and(|text| fold(text) == "oui");
        raw.clear("prise_rdv");
        if bookable {
            raw.add("modalites_acces", "Prendre un RDV en ligne");
        }
    }
}

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// « lundi : 9h-12h ; mardi : … », for hours no rule could read.
fn by_day(days: &[Vec<&str>; 7]) -> String {
    let said = DAYS.iter().zip(days).filter(|(_, texts)| !texts.is_empty());
    said.map(|(day, texts)| format!("{day} : {}", texts.join(", "))).collect::<Vec<_>>().join(" ; ")
}

fn bourgogne_franche_comte(row: Row<'_>, raw: &mut RawVenue, report: &mut SourceReport) {
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
    let halves = DAYS.map(|day| ["matin", "après-midi"].map(|half| row.text(&format!("{day} {half}"))));
    match from_french_half_days(halves) {
        Ok(osm) => raw.osm_hours = osm,
        Err(unread) => {
            let texts = halves.map(|halves| halves.into_iter().flatten().collect());
            keep_text(raw, report, &by_day(&texts), unread.to_string());
        }
    }
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

fn survey(row: Row<'_>, source: &Source, raw: &mut RawVenue, report: &mut SourceReport) {
    for rule in &source.rules {
        if let Some(field) = standard_column(&rule.field)
            && applies(rule, row)
        {
            raw.add(field, &rule.value);
        }
    }
    let Some(text) = raw.get("horaires").map(ToOwned::to_owned) else { return };
    match from_french_text(&text) {
        Ok(osm) => raw.osm_hours = osm,
        Err(unread) => keep_text(raw, report, &text, unread.to_string()),
    }
}

/// A rule applies when some column contains one of its terms and none contains one of its exceptions; case and accents
/// do not matter. Without terms, any text will do.
fn applies(rule: &Rule, row: Row<'_>) -> bool {
    let texts: Vec<String> = rule.columns.iter().filter_map(|column| row.text(column)).map(fold).collect();
    let contains = |terms: &[String]| terms.iter().any(|term| texts.iter().any(|text| text.contains(&fold(term))));
    let wanted = if rule.terms.is_empty() { !texts.is_empty() } else { contains(&rule.terms) };
    wanted && !contains(&rule.except)
}
