//! From a raw row to a venue: typing, closed lists, contacts, dates. v0 and v1 names may stand in one row.

use chrono::NaiveDate;

use super::legacy;
use super::raw::RawVenue;
use crate::domain::text::fold;
use crate::domain::venue::{Hours, Venue};
use crate::domain::vocabulary::{
    AccessMode, Appointment, Audience, Fee, Itinerance, Programme, Service, Support, SupportMode, TrainingLabel,
};
use crate::ingest::clean::{Cleaned, Doubt, Values, cell, contact, date, denial, hours, markup, pivot, url};
use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// Longest `presentation_resume` of the standard, in characters.
const SUMMARY_CHARS: usize = 280;

/// A venue before it is located: the coordinates and the commune are still text.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The row it comes from.
    pub raw: RawVenue,
    /// Id of the record in its source.
    pub record: String,
    /// The venue, with neither commune nor location.
    pub venue: Venue,
}

/// Types every field of a row. Each value that is not published as it came is noted in the report.
#[must_use]
pub fn draft(raw: RawVenue, record: String, today: NaiveDate, report: &mut SourceReport) -> Draft {
    let mut typing = Typing { raw: &raw, report, pass: None, others: Vec::new() };
    let (services, audiences, supports) = (typing.services(), typing.audiences(), typing.supports());
    let fees = typing.fees();
    let programmes = typing.programmes();
    let training_labels = typing.training_labels();
    let mut venue = Venue {
        locality: raw.get("commune").unwrap_or_default().to_owned(),
        address: typing.address(),
        address_complement: typing.text("complement_adresse"),
        pivot: typing.pivot(),
        typologies: list(raw.get("typologie")).map(ToOwned::to_owned).collect(),
        phones: typing.values(&["telephone"], |text| contact::phones(text, territory(&raw))),
        emails: typing.values(&["courriels", "courriel"], contact::emails),
        websites: typing.values(&["site_web"], url::urls),
        hours: typing.hours(),
        summary: typing.summary(),
        detail: typing.text("presentation_detail").map(|text| markup::plain(&text)),
        origin: typing.text("source"),
        itinerance: typing.closed("itinerance", Itinerance::parse),
        parent: typing.text("structure_parente"),
        updated: typing.cleaned("date_maj", |text| date::day(text, today)),
        services,
        audiences,
        supports,
        fees,
        programmes,
        training_labels,
        access_modes: typing
            .closed("modalites_acces", |item| AccessMode::parse(item).or_else(|| legacy::access_mode(item))),
        appointments: typing.closed("x_rendez_vous", Appointment::parse),
        support_modes: typing.support_modes(),
        accessibility_url: typing.values(&["fiche_acces_libre", "accessibilite"], url::urls).into_iter().next(),
        booking_url: typing.values(&["prise_rdv"], url::urls).into_iter().next(),
        ..Venue::new(String::new(), raw.get("nom").unwrap_or_default().to_owned())
    };
    let said = typing.yes_or_no("x_pass_numerique");
    venue.pass_numerique = typing.pass.or(said);
    venue.other_labels = typing.others;
    Draft { raw, record, venue }
}

/// The items of a list: `|` separates, or `;` where there is no `|`. Values contain commas, so `,` never does.
fn list(text: Option<&str>) -> impl Iterator<Item = &str> {
    let text = text.unwrap_or_default();
    let separator = if text.contains('|') { '|' } else { ';' };
    text.split(separator).map(str::trim).filter(|item| !item.is_empty())
}

/// The département or overseas collectivity that the codes of a row begin with.
fn territory(raw: &RawVenue) -> Option<&str> {
    let code = ["code_insee", "code_postal", "x_departement"].into_iter().find_map(|field| raw.get(field))?;
    code.get(..3).filter(|code| code.starts_with("97") || code.starts_with("98")).or_else(|| code.get(..2))
}

struct Typing<'a> {
    raw: &'a RawVenue,
    report: &'a mut SourceReport,
    pass: Option<bool>,
    others: Vec<String>,
}

impl Typing<'_> {
    fn note(&mut self, field: &str, value: &str, action: Action, doubt: Doubt) {
        let entry =
            Entry::new(doubt.code, action, doubt.reason).at_line(self.raw.line).in_field(field).with_value(value);
        self.report.note(entry);
    }

    fn text(&mut self, field: &'static str) -> Option<String> {
        self.raw.get(field).map(ToOwned::to_owned)
    }

    /// The address, unless its words only say that there is none; a dash that nothing follows is no part of it.
    fn address(&mut self) -> Option<String> {
        let text = self.raw.get("adresse")?;
        if cell::is_no_address(text) {
            let reason = "words that say that there is no address".to_owned();
            self.note("adresse", text, Action::FieldCleared, Doubt { code: Code::NullWord, reason });
            return None;
        }
        let bare = text.trim_end().trim_end_matches(['-', ',', ';']).trim_end();
        Some(if bare.is_empty() { text } else { bare }.to_owned())
    }

    fn summary(&mut self) -> Option<String> {
        let text = markup::plain(&self.text("presentation_resume")?);
        let length = text.chars().count();
        if length > SUMMARY_CHARS {
            let reason = format!("{length} characters; the standard allows {SUMMARY_CHARS}");
            self.note("presentation_resume", &text, Action::ValueKept, Doubt { code: Code::LongText, reason });
        }
        Some(text)
    }

    fn cleaned<T>(&mut self, field: &'static str, read: impl Fn(&str) -> Result<Cleaned<T>, Doubt>) -> Option<T> {
        let text = self.raw.get(field)?;
        match read(text) {
            Ok(Cleaned { value, remark }) => {
                if let Some(doubt) = remark {
                    self.note(field, text, Action::ValueRepaired, doubt);
                }
                Some(value)
            }
            Err(doubt) => {
                self.note(field, text, Action::FieldCleared, doubt);
                None
            }
        }
    }

    /// « oui », `true`, 1, or the contrary; anything else is unknown, and told.
    fn yes_or_no(&mut self, field: &'static str) -> Option<bool> {
        let text = self.raw.get(field)?;
        match fold(text).as_str() {
            "oui" | "true" | "vrai" | "1" => Some(true),
            "non" | "false" | "faux" | "0" => Some(false),
            _ => {
                self.unlisted(field, text);
                None
            }
        }
    }

    fn pivot(&mut self) -> Option<String> {
        let text = self.raw.get("pivot")?;
        match pivot::pivot(text) {
            Ok(pivot) => Some(pivot),
            Err(doubt) => {
                self.note("pivot", text, Action::FieldCleared, doubt);
                None
            }
        }
    }

    /// Every value of the first of these fields that has a text; the rest of the cell goes to the report.
    fn values<T>(&mut self, fields: &[&'static str], read: impl Fn(&str) -> Values<T>) -> Vec<T> {
        let Some((field, text)) = self.raw.first(fields) else { return Vec::new() };
        let Values { values, remarks } = read(text);
        for remark in remarks {
            self.note(field, &remark.piece, remark.action, remark.doubt);
        }
        values
    }

    fn hours(&mut self) -> Hours {
        let (read, remarks) = match (&self.raw.hours, self.raw.get("horaires")) {
            (Some(read), _) => read.clone(),
            (None, Some(text)) => hours::hours(text),
            (None, None) => return Hours::Unknown,
        };
        for remark in remarks {
            self.note("horaires", &remark.piece, remark.action, remark.doubt);
        }
        read
    }

    fn unlisted(&mut self, field: &str, value: &str) {
        let reason = "not a value of the standard; kept out of the filters".to_owned();
        self.note(field, value, Action::FieldCleared, Doubt { code: Code::UnlistedValue, reason });
    }

    fn closed<T: Ord>(&mut self, field: &'static str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        self.any_of(&[field], |_, item| parse(item).map(Some))
    }

    /// Reads the first of `fields` that has a text. `read` answers `None` when it does not know the item and
    /// nothing in `Some` when the item is understood but is no value of this list.
    fn any_of<T: Ord, V: IntoIterator<Item = T>>(
        &mut self,
        fields: &[&'static str],
        mut read: impl FnMut(&mut Self, &str) -> Option<V>,
    ) -> Vec<T> {
        let raw = self.raw;
        let Some((field, text)) = raw.first(fields) else { return Vec::new() };
        let mut values = Vec::new();
        for item in list(Some(text)) {
            if let Some(value) = read(self, item) {
                values.extend(value);
                continue;
            }
            // « Téléphoner, Se présenter »: values hold commas themselves, so the whole is tried first.
            let pieces: Vec<&str> =
                item.split([',', '/', '\n']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
            let each: Option<Vec<V>> =
                if pieces.len() > 1 { pieces.iter().map(|piece| read(self, piece)).collect() } else { None };
            let Some(each) = each else {
                self.unlisted(field, item);
                continue;
            };
            let reason =
                "values of the standard, each whole between commas or slashes; the standard divides by |".to_owned();
            self.note(field, item, Action::ValueRepaired, Doubt { code: Code::ListSeparator, reason });
            values.extend(each.into_iter().flatten());
        }
        values.sort();
        values.dedup();
        values
    }

    fn services(&mut self) -> Vec<Service> {
        self.any_of(&["services"], |_, item| Service::parse(item).or_else(|| legacy::service(item)).map(Some))
    }

    fn audiences(&mut self) -> Vec<Audience> {
        // v0 says who is received: adults, the young, families and the old together are everybody.
        let received = self.raw.get("publics_accueillis").map(fold).unwrap_or_default();
        let is_everyone = self.raw.get("publics_specifiquement_adresses").is_none()
            && ["adultes", "jeunes", "familles", "seniors"].iter().all(|public| received.contains(public));
        let mut audiences = self.audiences_told();
        if is_everyone {
            audiences.retain(|audience| !matches!(audience, Audience::Young | Audience::Families | Audience::Seniors));
        }
        audiences
    }

    fn audiences_told(&mut self) -> Vec<Audience> {
        self.any_of(&["publics_specifiquement_adresses", "publics_accueillis"], |typing, item| {
            if let Some(audience) = Audience::parse(item) {
                return Some(vec![audience]);
            }
            // `supports` reads the v0 field too, and reports what it does not know.
            let in_v0 = typing.raw.get("publics_specifiquement_adresses").is_none();
            let (read, unread) = legacy::publics(item);
            if let [legacy::Public::Audience(audience)] = read[..]
                && legacy::says_more(item)
            {
                typing.told("publics_specifiquement_adresses", item, audience.official());
            }
            if !in_v0 && !read.is_empty() {
                unread.iter().for_each(|piece| typing.unlisted("publics_specifiquement_adresses", piece));
            }
            let audiences = read.iter().filter_map(|public| match public {
                legacy::Public::Audience(audience) => Some(*audience),
                _ => None,
            });
            (in_v0 || !read.is_empty()).then(|| audiences.collect())
        })
    }

    fn supports(&mut self) -> Vec<Support> {
        self.any_of(&["prise_en_charge_specifique", "publics_accueillis"], |typing, item| {
            if let Some(support) = Support::parse(item) {
                return Some(vec![support]);
            }
            let (read, unread) = legacy::publics(item);
            if !read.is_empty() {
                unread.iter().for_each(|piece| typing.unlisted("prise_en_charge_specifique", piece));
            }
            let supports = read.iter().filter_map(|public| match public {
                legacy::Public::Support(support) => Some(*support),
                _ => None,
            });
            (!read.is_empty() || Audience::parse(item).is_some()).then(|| supports.collect())
        })
    }

    fn fees(&mut self) -> Vec<Fee> {
        self.any_of(&["frais_a_charge", "conditions_acces"], |typing, item| {
            if let Some(accepts) = legacy::says_of_pass(item) {
                typing.pass = Some(accepts);
                return Some(None);
            }
            // « Gratuit - Pass numérique »: a price, and how it may be paid.
            let parted = [" - ", " + ", ", "].into_iter().find_map(|mark| item.split_once(mark));
            if let Some((price, pass)) = parted
                && let Some(accepts) = legacy::says_of_pass(pass)
            {
                typing.pass = Some(accepts);
                return Fee::parse(price.trim()).or_else(|| legacy::fee(price)).map(Some);
            }
            if let Some(fee) = Fee::parse(item) {
                return Some(Some(fee));
            }
            let fee = legacy::fee(item)?;
            if fee == Fee::FreeOnCondition && !fold(item).starts_with("gratuit sous condition") {
                typing.told("frais_a_charge", item, fee.official());
            }
            Some(Some(fee))
        })
    }

    /// A value of the standard that says less, or more, than the words it was read from.
    fn told(&mut self, field: &str, item: &str, value: &str) {
        let reason = format!("other words; read as « {value} »");
        self.note(field, item, Action::ValueRepaired, Doubt { code: Code::UnlistedValue, reason });
    }

    fn programmes(&mut self) -> Vec<Programme> {
        let mut programmes = self.any_of(&["dispositif_programmes_nationaux"], |_, item| {
            Programme::parse(item).or_else(|| legacy::programme(item)).map(Some)
        });
        programmes.extend(self.any_of(&["labels_nationaux"], |typing, item| {
            let known = Programme::parse(item).or_else(|| legacy::programme(item));
            if known.is_none() {
                typing.label(item);
            }
            Some(known)
        }));
        // The very name of a programme among the free labels is that programme. Other words stay a label: MFS is what France
        // services were before, and two « Certificateur Pix » are no count of the certified places of France.
        for item in
            ["autres_formations_labels", "labels_autres"].into_iter().flat_map(|field| list(self.raw.get(field)))
        {
            programmes.extend(Programme::parse(item));
        }
        programmes.sort();
        programmes.dedup();
        programmes
    }

    fn training_labels(&mut self) -> Vec<TrainingLabel> {
        let labels = self.any_of(&["formations_labels"], |_, item| {
            // The pattern of the official schema lacks the space of "Étapes numériques (La Poste)".
            let spaced = item.replace("numériques(", "numériques (");
            TrainingLabel::parse(&spaced).map(Some)
        });
        for field in ["autres_formations_labels", "labels_autres"] {
            for item in list(self.raw.get(field)) {
                self.label(item);
            }
        }
        labels
    }

    /// A label outside the closed lists: kept as text, unless it means the pass numérique.
    fn label(&mut self, item: &str) {
        if denial::is_no(&fold(item)) {
            let reason = "words that say that there is none".to_owned();
            self.note("autres_formations_labels", item, Action::FieldCleared, Doubt { code: Code::NullWord, reason });
            return;
        }
        if let Some(accepts) = legacy::says_of_pass(item) {
            self.pass = Some(accepts);
        }
        // The very name of a programme is told among the programmes.
        if Programme::parse(item).is_none() && !self.others.iter().any(|known| known == item) {
            self.others.push(item.to_owned());
        }
    }

    fn support_modes(&mut self) -> Vec<SupportMode> {
        self.any_of(&["modalites_accompagnement"], |_, item| {
            SupportMode::parse(item).or_else(|| legacy::support_mode(item)).map(Some)
        })
    }
}

#[cfg(test)]
mod tests;
