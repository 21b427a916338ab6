//! One venue from several records of it: the first record that knows a field gives it, lists are united. A record that
//! is another service of the same door adds to the lists and becomes a part; its telephone and hours stay its own.

use crate::domain::label::Withheld;
use crate::domain::readable::readable_name;
use crate::domain::text::fold_place;
use crate::domain::venue::{Hours, Location, Part, Provenance, Venue};

/// Unites records of one place, each with whether it is another service of the door; the first leads. Each record must
/// carry its own provenance, without fields.
#[must_use]
pub fn unite(records: Vec<(Venue, bool)>) -> Venue {
    let (mut records, doors): (Vec<Venue>, Vec<bool>) = records.into_iter().unzip();
    // Of the service itself, not of its neighbours behind the door.
    let own = |i: usize| !doors[i];
    let mut sources: Vec<Provenance> = records.iter().flat_map(|record| record.provenance.clone()).collect();
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
        ($of_door:literal: $($field:ident => $name:literal),+ $(,)?) => {$(
            let says = |i: &usize| records[*i].$field.is_some() && ($of_door || own(*i));
            if let Some(i) = (0..records.len()).find(says) {
                venue.$field.clone_from(&records[i].$field);
                credit(&mut sources, i, $name, true);
            }
        )+};
    }
    /// Unites a list; every record that adds something is credited.
    macro_rules! unite {
        ($of_door:literal: $($field:ident => $name:literal),+ $(,)?) => {$(
            let mut all = Vec::new();
            for (i, record) in records.iter().enumerate().filter(|(i, _)| $of_door || own(*i)) {
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
        true: commune => "code_insee", postcode => "code_postal", address => "adresse",
        accessibility_url => "fiche_acces_libre",
    }
    first! {
        false: address_complement => "complement_adresse", pivot => "pivot",
        summary => "presentation_resume", detail => "presentation_detail", origin => "source",
        parent => "structure_parente", booking_url => "prise_rdv",
        pass_numerique => "x_pass_numerique",
    }
    unite! {
        false: emails => "courriels", websites => "site_web", itinerance => "itinerance",
        access_modes => "modalites_acces",
    }
    unite! {
        true: typologies => "typologie", services => "services", audiences => "publics_specifiquement_adresses",
        supports => "prise_en_charge_specifique", fees => "frais_a_charge",
        programmes => "dispositif_programmes_nationaux", training_labels => "formations_labels",
        other_labels => "autres_formations_labels", support_modes => "modalites_accompagnement",
    }
    // Numbers of several records are those of an office, an employer, a past: the leading record knows best.
    if let Some(i) = (0..records.len()).find(|&i| own(i) && !records[i].phones.is_empty()) {
        venue.phones.clone_from(&records[i].phones);
        credit(&mut sources, i, "telephone", true);
    }
    // The locality goes with the commune.
    if let Some(record) = records.iter().find(|record| record.commune.is_some()) {
        venue.locality.clone_from(&record.locality);
    }
    let known = |wanted: fn(&Hours) -> bool| (0..records.len()).find(|&i| own(i) && wanted(&records[i].hours));
    if let Some(i) =
        known(|hours| matches!(hours, Hours::Osm(_))).or_else(|| known(|hours| matches!(hours, Hours::Text(_))))
    {
        venue.hours = records[i].hours.clone();
        credit(&mut sources, i, "horaires", true);
    }
    // A day of update speaks of the record that carries it: that of another list does not make this one younger.
    credit(&mut sources, 0, "date_maj", venue.updated.is_some());
    venue.labels = records.iter_mut().flat_map(|record| std::mem::take(&mut record.labels)).collect();
    venue.labels.sort();
    venue.labels.dedup();
    venue.withheld = withheld(&records, &doors);
    venue.parts = parts(&records, &doors);
    venue.name = readable_name(&venue.name, &venue.locality);
    venue.services.sort();
    venue.programmes.sort();
    venue.provenance = sources;
    venue
}

/// Why a place is kept from citizens. One good account of it outweighs an account of its head office; only a newer one
/// outweighs the word that it is closed.
fn withheld(records: &[Venue], doors: &[bool]) -> Option<Withheld> {
    let own = || records.iter().zip(doors).filter(|(_, is_door)| !**is_door).map(|(record, _)| record);
    let newest = |closed: bool| {
        let told = own().filter(|record| (record.withheld == Some(Withheld::Closed)) == closed);
        told.map(Venue::attested).max()
    };
    if let Some(closed) = newest(true)
        && newest(false).is_none_or(|open| open <= closed)
    {
        return Some(Withheld::Closed);
    }
    if records.iter().any(|record| record.withheld.is_none()) { None } else { records.first()?.withheld }
}

/// The services of other names behind the door, each once.
fn parts(records: &[Venue], doors: &[bool]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (record, _) in records.iter().zip(doors).filter(|(_, door)| **door) {
        let name = readable_name(&record.name, &record.locality);
        let again = |part: &&mut Part| fold_place(&part.name) == fold_place(&name);
        if let Some(part) = parts.iter_mut().find(again) {
            if part.phones.is_empty() {
                part.phones.clone_from(&record.phones);
            }
            if part.hours == Hours::Unknown {
                part.hours = record.hours.clone();
            }
            part.services.extend(&record.services);
            part.services.sort();
            part.services.dedup();
            continue;
        }
        parts.push(Part {
            id: record.id.clone(),
            name,
            phones: record.phones.clone(),
            hours: record.hours.clone(),
            services: record.services.clone(),
            source: record.provenance.first().map(|p| p.source.clone()).unwrap_or_default(),
        });
    }
    parts
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
