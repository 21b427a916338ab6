//! One row of any list, as text under the field names of the national standard.

use std::collections::BTreeMap;

/// A row whose fields are named as in the standard (v1 or v0) but whose values are still the text that was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawVenue {
    /// Physical line of the row.
    pub line: u32,
    fields: BTreeMap<&'static str, String>,
    /// Opening hours that a translator has already turned into OSM syntax.
    pub osm_hours: Option<String>,
}

impl RawVenue {
    /// A row without fields.
    #[must_use]
    pub fn new(line: u32) -> Self {
        Self { line, ..Self::default() }
    }

    /// Sets a field; blank text is no text.
    pub fn set(&mut self, field: &'static str, value: &str) {
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if !value.is_empty() {
            self.fields.insert(field, value.to_owned());
        }
    }

    /// Removes a field.
    pub fn clear(&mut self, field: &'static str) {
        self.fields.remove(field);
    }

    /// Adds a value to a list field, separated by `|`.
    pub fn add(&mut self, field: &'static str, value: &str) {
        let list = self.fields.entry(field).or_default();
        if !list.split('|').any(|known| known == value) {
            if !list.is_empty() {
                list.push('|');
            }
            list.push_str(value);
        }
    }

    /// The text of a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }

    /// The first of several fields that has a text, with its name.
    #[must_use]
    pub fn first(&self, fields: &[&'static str]) -> Option<(&'static str, &str)> {
        fields.iter().find_map(|field| self.get(field).map(|text| (*field, text)))
    }

    /// What the row says, as one text: the same for the same content wherever it stands.
    #[must_use]
    pub fn content(&self) -> String {
        let fields = self.fields.iter().map(|(field, text)| format!("{field}={text}\n"));
        fields.chain(self.osm_hours.iter().cloned()).collect()
    }

    /// Whether two rows say the same, wherever they stand.
    #[must_use]
    pub fn same_content(&self, other: &RawVenue) -> bool {
        self.fields == other.fields && self.osm_hours == other.osm_hours
    }
}

/// The columns of the standard that the reader knows: v1.0.2 first, then the names only v0 had.
pub const STANDARD_COLUMNS: [&str; 40] = [
    "id",
    "pivot",
    "nom",
    "commune",
    "code_postal",
    "code_insee",
    "adresse",
    "complement_adresse",
    "latitude",
    "longitude",
    "typologie",
    "telephone",
    "courriels",
    "site_web",
    "horaires",
    "presentation_resume",
    "presentation_detail",
    "source",
    "itinerance",
    "structure_parente",
    "date_maj",
    "services",
    "publics_specifiquement_adresses",
    "prise_en_charge_specifique",
    "frais_a_charge",
    "dispositif_programmes_nationaux",
    "formations_labels",
    "autres_formations_labels",
    "modalites_acces",
    "modalites_accompagnement",
    "fiche_acces_libre",
    "prise_rdv",
    "courriel",
    "labels_nationaux",
    "labels_autres",
    "conditions_acces",
    "publics_accueillis",
    "accessibilite",
    "x_pass_numerique",
    "x_departement",
];

/// The standard's own name for a text, when it is one of its columns.
#[must_use]
pub fn standard_column(name: &str) -> Option<&'static str> {
    STANDARD_COLUMNS.into_iter().find(|column| *column == name)
}
