//! One venue from several records of it: the first record that knows a field gives it, lists are united.

use crate::domain::venue::{Hours, Location, Provenance, Venue};

/// Unites records of one place; the first leads. Each record must carry its own provenance, without fields.
#[must_use]
pub fn unite(mut records: Vec<Venue>) -> Venue {
    let mut sources: Vec<Provenance> = records.iter_mut().flat_map(|r| std::mem::take(&mut r.provenance)).collect();
    // The best location wins: coordinates of its own before the point of the commune.
    let best = records.iter().enumerate().min_by_key(|(i, venue)| (rank(venue.location), *i)).map_or(0, |(i, _)| i);
    let (location, flags) = (records[best].location, records[best].flags.clone());
    let mut venue = records[0].clone();
    venue.location = location;
    venue.flags = flags;
    credit(&mut sources, best, "location", location != Location::Unknown);
    credit(&mut sources, 0, "nom", true);

    /// Takes an optional field from the first record that has it.
    macro_rules! first {
        ($($field:ident => $name:literal),+ $(,)?) => {$(
            if let Some(i) = records.iter().position(|r| r.$field.is_some()) {
                venue.$field.clone_from(&records[i].$field);
                credit(&mut sources, i, $name, true);
            }
        )+};
    }
    /// Unites a list; every record that adds something is credited.
    macro_rules! unite {
        ($($field:ident => $name:literal),+ $(,)?) => {$(
            let mut all = Vec::new();
            for (i, record) in records.iter().enumerate() {
                let before = all.len();
                for value in &record.$field {
                    if !all.contains(value) {
                        all.push(value.clone());
                    }
                }
                credit(&mut sources, i, $name, all.len() > before);
            }
            venue.$field = all;
        )+};
    }
    first! {
        commune => "code_insee", postcode => "code_postal", address => "adresse",
        address_complement => "complement_adresse", pivot => "pivot", phone => "telephone",
        summary => "presentation_resume", detail => "presentation_detail", origin => "source",
        parent => "structure_parente", accessibility_url => "fiche_acces_libre", booking_url => "prise_rdv",
        pass_numerique => "x_pass_numerique",
    }
    unite! {
        typologies => "typologie", emails => "courriels", websites => "site_web", itinerance => "itinerance",
        services => "services", audiences => "publics_specifiquement_adresses",
        supports => "prise_en_charge_specifique", fees => "frais_a_charge",
        programmes => "dispositif_programmes_nationaux", training_labels => "formations_labels",
        other_labels => "autres_formations_labels", access_modes => "modalites_acces",
        support_modes => "modalites_accompagnement",
    }
    // The locality goes with the commune.
    if let Some(record) = records.iter().find(|record| record.commune.is_some()) {
        venue.locality.clone_from(&record.locality);
    }
    let known = |wanted: fn(&Hours) -> bool| records.iter().position(|record| wanted(&record.hours));
    if let Some(i) =
        known(|hours| matches!(hours, Hours::Osm(_))).or_else(|| known(|hours| matches!(hours, Hours::Text(_))))
    {
        venue.hours = records[i].hours.clone();
        credit(&mut sources, i, "horaires", true);
    }
    if let Some(i) = (0..records.len()).max_by_key(|&i| (records[i].updated, std::cmp::Reverse(i))) {
        venue.updated = records[i].updated;
        credit(&mut sources, i, "date_maj", venue.updated.is_some());
    }
    venue.services.sort();
    venue.programmes.sort();
    venue.provenance = sources;
    venue
}

fn rank(location: Location) -> u8 {
    match location {
        Location::Published(_) => 0,
        Location::Repaired(..) => 1,
        Location::Address(..) => 2,
        Location::Commune(_) => 3,
        Location::Unknown => 4,
    }
}

fn credit(sources: &mut [Provenance], record: usize, field: &str, given: bool) {
    if given && let Some(source) = sources.get_mut(record) {
        source.fields.push(field.to_owned());
    }
}
