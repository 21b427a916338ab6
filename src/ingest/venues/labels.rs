//! Labels as dated facts, and which of them hold: the newest list that has authority for a programme decides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::raw::RawVenue;
use crate::domain::label::{CONSEILLER_LABEL, Label, SelfAttested};
use crate::domain::text::fold;
use crate::domain::vocabulary::Programme;
use crate::domain::{Flag, Venue};
use crate::ingest::clean::{date, denial};
use crate::ingest::source::{Role, Source};

/// The labels of one record, before anybody has said whether they hold.
pub fn of_record(venue: &Venue, raw: &RawVenue, source: &Source) -> Vec<Label> {
    let said = raw.get("x_label_since").unwrap_or_default();
    let until = raw.get("x_label_until").and_then(last_day);
    // A label withdrawn on a day held until the day before; one that nobody has given holds on no day of the list.
    let (since, until) = if is_not_held(said) {
        let over = last_day(said).or(source.day()).unwrap_or(NaiveDate::MIN);
        (None, until.or(Some(over.pred_opt().unwrap_or(over))))
    } else {
        (last_day(said), until)
    };
    let label = |text: &str, authority: bool| Label {
        label: text.to_owned(),
        source: source.id.clone(),
        seen: source.day(),
        issuer: authority.then(|| source.publisher.clone()),
        // A row that dates one label says nothing of the others.
        since: since.filter(|_| authority),
        until: until.filter(|_| authority),
        current: false,
    };
    let programmes = venue.programmes.iter().map(|programme| label(programme.official(), source.decides(*programme)));
    let training = venue.training_labels.iter().map(|training| label(training.official(), false));
    let decides = venue.programmes.iter().any(|programme| source.decides(*programme));
    let others = venue.other_labels.iter().map(|other| {
        let said = label(other, false);
        if !CONSEILLER_LABEL.is_named(other) {
            return Label { until: own_end(other), ..said };
        }
        // The dates of a row that decides about a programme are those of the programme. A list that names the label without a
        // day says that it held then: it is over a year later at the latest.
        let (since, until) = if decides { (None, None) } else { (since, until) };
        let until = until.or_else(|| CONSEILLER_LABEL.last_day(since.or(said.seen)?));
        Label { issuer: Some(SelfAttested::ISSUER.to_owned()), since, until, ..said }
    });
    programmes.chain(training).chain(others).collect()
}

/// Whether a text about a label says that it is no more, or not yet: « Label retiré le 01/01/2023 », « Labellisation
/// suspendue », « En cours de labellisation », « non ».
fn is_not_held(text: &str) -> bool {
    let folded = fold(text);
    let begins = [
        "retir", "retrait", "delabel", "ferme", "suspen", "annul", "perdu", "perte", "abandon", "refus", "expir",
        "termin", "resili", "caduc", "echu", "candidat", "postul", "prevu", "futur",
    ];
    let says = [
        "en cours",
        "a venir",
        "en attente",
        "en projet",
        "prochainement",
        "fin de label",
        "fin du label",
        "ancien espace",
        "ancienne espace",
        "ancien label",
        "anciennement label",
        "ancien france",
        "ancienne france",
        "ancienne maison",
        "ex espace",
        "ex label",
        "ex france",
        "non label",
        "plus label",
        "pas label",
        "pas encore",
        "non renouvel",
        "pas renouvel",
        "pas ete renouvel",
    ];
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| begins.iter().any(|begin| word.starts_with(begin)))
        || says.iter().any(|words| folded.contains(words))
        || denial::is_no(&folded)
}

/// The last day that a text names, in any writing of a day: « Espace labellisé 01/01/2020 », « … (1er janvier 2020) ».
fn last_day(text: &str) -> Option<NaiveDate> {
    // A label may end on a day that is to come.
    let day = |text: &str| date::day(text, NaiveDate::MAX).ok().map(|day| day.value);
    let words = text.split_whitespace().map(|word| word.trim_matches(['(', ')', '[', ']', ',', ';', ':', '.']));
    let plain: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    plain.iter().rev().find_map(|word| day(word)).or_else(|| day(&plain.join(" ")))
}

/// The last day that a free label names for itself: « Label NR (2019-2021) », « jusqu'en 2022 », « jusqu'au 30/06/2023 ».
fn own_end(label: &str) -> Option<NaiveDate> {
    let year = |text: &str| text.parse().ok().filter(|year| text.len() == 4 && (2000..2100).contains(year));
    let words = || label.split(|c: char| c.is_whitespace() || "()[],".contains(c));
    let ranges = words().filter_map(|word| word.split_once(['-', '–', '—']));
    let range =
        ranges.filter_map(|(from, until)| Some((year(from)?, year(until)?))).find(|(from, until)| from <= until);
    let last = range.map(|(_, until)| until);
    if last.is_none() && !fold(label).contains("jusqu") {
        return None;
    }
    let last = last.or_else(|| words().rev().find_map(year));
    last_day(label).or_else(|| NaiveDate::from_ymd_opt(last?, 12, 31))
}

/// What a row says about the day of its label, when it holds a number and no day: « 32/01/2020 », « 2020 », `01/01/20`.
#[must_use]
pub fn unread_day(raw: &RawVenue) -> Option<&str> {
    let unread = |text: &&str| text.contains(|c: char| c.is_ascii_digit()) && last_day(text).is_none();
    ["x_label_since", "x_label_until"].into_iter().filter_map(|field| raw.get(field)).find(unread)
}

/// Which lists decide about which programmes.
#[derive(Debug, Default)]
pub struct Authorities {
    /// Programmes for which some description names an authority → the newest such list at hand, if any is.
    newest: BTreeMap<Programme, Option<String>>,
    /// Lists of fictitious venues: each decides about its own.
    fictitious: BTreeSet<String>,
}

impl Authorities {
    /// Reads the descriptions; `at_hand` holds the ids of the lists that were read.
    #[must_use]
    pub fn new(sources: &[Source], at_hand: &BTreeSet<&str>) -> Self {
        let mut authorities = Self::default();
        let lists = sources.iter().filter(|source| source.role == Role::Venues);
        let mut newest: BTreeMap<Programme, Option<&Source>> = BTreeMap::new();
        for source in lists {
            if source.demonstration {
                authorities.fictitious.insert(source.id.clone());
                continue;
            }
            for programme in Programme::ALL.iter().copied().filter(|programme| source.decides(*programme)) {
                let known = newest.entry(programme).or_default();
                if at_hand.contains(source.id.as_str())
                    && known.is_none_or(|k| (&k.vintage, &k.id) < (&source.vintage, &source.id))
                {
                    *known = Some(source);
                }
            }
        }
        authorities.newest = newest.into_iter().map(|(p, source)| (p, source.map(|s| s.id.clone()))).collect();
        authorities
    }

    /// Whether a list may say that a venue belongs to a programme today. Where no description names an authority, every
    /// list speaks for its own venues.
    fn holds(&self, programme: Programme, list: &str) -> bool {
        match self.newest.get(&programme) {
            Some(newest) => newest.as_deref() == Some(list) || self.fictitious.contains(list),
            None => true,
        }
    }

    /// Decides which labels of one record hold on `today`; only those stay among its programmes.
    pub fn settle(&self, venue: &mut Venue, today: NaiveDate) {
        for label in &mut venue.labels {
            let expired =
                label.until.is_some_and(|until| until < today) || label.since.is_some_and(|since| since > today);
            let held = Programme::parse(&label.label).is_none_or(|programme| self.holds(programme, &label.source));
            label.current = held && !expired;
        }
        let holds = |label: &str| venue.labels.iter().any(|known| known.current && known.label == label);
        venue.programmes.retain(|programme| holds(programme.official()));
        venue.training_labels.retain(|label| holds(label.official()));
        venue.other_labels.retain(|label| holds(label));
        // The kind « relais France services » is the programme by another name.
        if !venue.programmes.contains(&Programme::FranceServices) {
            venue.typologies.retain(|kind| kind != "RFS");
        }
    }

    /// Flags a place, whose records are united, that calls itself a France services and that the list in authority, being at
    /// hand, does not have: a name outlives a closure.
    pub fn doubt_its_name(&self, venue: &mut Venue) {
        let programme = Programme::FranceServices;
        let has_list = matches!(self.newest.get(&programme), Some(Some(_)));
        let fictitious = || venue.provenance.iter().any(|account| self.fictitious.contains(&account.source));
        if has_list && !venue.programmes.contains(&programme) && is_named_france_services(&venue.name) && !fictitious()
        {
            venue.flags.push(Flag::NotInOfficialList);
        }
    }
}

/// Whether a name says « France services ».
fn is_named_france_services(name: &str) -> bool {
    let words = format!(" {} ", fold(name));
    words.contains(" france services ") || words.contains(" france service ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Hours, Location};

    fn list(id: &str, vintage: &str, authority: &str) -> Source {
        let text = format!(
            "id='{id}'\ntitle=''\npublisher='Éditeur'\nlicence=''\nvintage='{vintage}'\nurl=''\nfile='liste.csv'\nrole='venues'\n\
             format='csv'\nprofile='standard-v1'\nauthority=[{authority}]\n"
        );
        toml::from_str(&text).unwrap()
    }

    fn labelled(source: &Source, until: Option<&str>) -> Venue {
        let mut raw = RawVenue::new(1);
        raw.set("nom", "Maison");
        raw.set("dispositif_programmes_nationaux", "France Services");
        if let Some(until) = until {
            raw.set("x_label_until", until);
        }
        let mut report = crate::ingest::report::SourceReport::new("a", "a.csv");
        let mut venue = super::super::standard::draft(raw.clone(), "1".into(), day(), &mut report).venue;
        venue.labels = of_record(&venue, &raw, source);
        assert_eq!((venue.location, &venue.hours), (Location::Unknown, &Hours::Unknown));
        venue
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 9, 1).unwrap()
    }

    #[test]
    fn only_the_newest_list_with_authority_makes_a_programme_current() {
        let lists = [
            list("fs-2023", "2023-10-01", "'france-services'"),
            list("fs-2024", "2024-08-01", "'france-services'"),
            list("autre", "2024-08-31", ""),
        ];
        let at_hand = |ids: &[&'static str]| Authorities::new(&lists, &ids.iter().copied().collect());
        let current = |authorities: &Authorities, source: &Source| {
            let mut venue = labelled(source, None);
            authorities.settle(&mut venue, day());
            assert_eq!(venue.labels.len(), 1, "the fact stays");
            !venue.programmes.is_empty()
        };
        let all = at_hand(&["fs-2023", "fs-2024", "autre"]);
        assert_eq!(lists.iter().map(|s| current(&all, s)).collect::<Vec<_>>(), [false, true, false]);
        let without_newest = at_hand(&["fs-2023", "autre"]);
        assert_eq!(lists.iter().map(|s| current(&without_newest, s)).collect::<Vec<_>>(), [true, false, false]);
        assert!(!current(&at_hand(&["autre"]), &lists[2]), "a list without authority decides nothing by being alone");
        assert!(current(&Authorities::new(&lists[2..], &BTreeSet::from(["autre"])), &lists[2]), "nobody has authority");
    }

    #[test]
    fn a_name_that_the_list_in_authority_does_not_confirm_is_doubted() {
        let lists = [list("fs", "2024-08-01", "'france-services'"), list("autre", "2024-08-31", "")];
        let flags = |at_hand: &[&'static str], source: &Source, name: &str| {
            let authorities = Authorities::new(&lists, &at_hand.iter().copied().collect());
            let mut venue = labelled(source, None);
            name.clone_into(&mut venue.name);
            authorities.settle(&mut venue, day());
            authorities.doubt_its_name(&mut venue);
            venue.flags.contains(&Flag::NotInOfficialList)
        };
        for (name, doubted) in
            [("France Services Le Bugue", true), ("Espace France-Service", true), ("Services de France", false)]
        {
            assert_eq!(flags(&["fs", "autre"], &lists[1], name), doubted, "{name}");
            assert!(!flags(&["fs", "autre"], &lists[0], name), "{name}: its own list has it");
            assert!(!flags(&["autre"], &lists[1], name), "{name}: no list at hand can say that it is not there");
        }
    }

    #[test]
    fn an_expired_label_is_a_fact_and_not_current() {
        let source = list("fs", "2024-08-01", "'france-services'");
        let authorities = Authorities::new(std::slice::from_ref(&source), &BTreeSet::from(["fs"]));
        for (until, current) in [("31/08/2024", false), ("2024-09-01", true), ("31/12/2030", true)] {
            let mut venue = labelled(&source, Some(until));
            authorities.settle(&mut venue, day());
            assert_eq!(!venue.programmes.is_empty(), current, "{until}");
            assert_eq!(venue.labels[0].issuer.as_deref(), Some("Éditeur"));
        }
    }

    #[test]
    fn a_label_that_was_withdrawn_or_is_to_come_is_not_current() {
        let source = list("fs", "2024-08-01", "'france-services'");
        let authorities = Authorities::new(std::slice::from_ref(&source), &BTreeSet::from(["fs"]));
        for (said, current) in [
            ("Espace labellisé 01/01/2020", true),
            ("Label retiré le 01/01/2023", false),
            ("Espace délabellisé 01/01/2022", false),
            ("Espace fermé 01/02/2023", false),
            ("Espace labellisé 01/01/2030", false),
            ("Labellisation suspendue", false),
            ("En cours de labellisation", false),
            ("Retrait du label au 31/12/2023", false),
            ("Label non renouvelé", false),
            ("Ancien espace labellisé", false),
            ("Ex-espace labellisé", false),
            ("Pas encore labellisé", false),
            ("Candidat", false),
            ("Labellisation prévue 01/2025", false),
            ("non", false),
            ("Espace labellisé", true),
            ("Espace labellisé (32/01/2020)", true),
        ] {
            let mut raw = RawVenue::new(1);
            raw.set("nom", "Maison");
            raw.set("dispositif_programmes_nationaux", "France Services");
            raw.set("x_label_since", said);
            let mut report = crate::ingest::report::SourceReport::new("a", "a.csv");
            let mut venue = super::super::standard::draft(raw.clone(), "1".into(), day(), &mut report).venue;
            venue.labels = of_record(&venue, &raw, &source);
            authorities.settle(&mut venue, day());
            assert_eq!(!venue.programmes.is_empty(), current, "{said}");
            assert_eq!(venue.labels.len(), 1, "the fact stays");
        }
    }

    #[test]
    fn the_day_of_a_label_is_read_however_it_is_written() {
        for text in [
            "Espace labellisé 01/01/2020",
            "01-01-2020",
            "1er janvier 2020",
            "2020-01-01T00:00:00Z",
            "Espace labellisé 01/01/2020 00:00",
            "Espace labellisé (01/01/2020)",
            "Espace labellisé 01/01/2020.",
            "Espace labellisé le 1er janvier 2020",
        ] {
            assert_eq!(last_day(text), NaiveDate::from_ymd_opt(2020, 1, 1), "{text}");
        }
        assert_eq!(last_day("Espace labellisé 01/01/2030"), NaiveDate::from_ymd_opt(2030, 1, 1));
        for text in ["01/01/20", "2020", "32/01/2020", "Espace labellisé 45292"] {
            let mut raw = RawVenue::new(1);
            raw.set("x_label_since", text);
            assert_eq!((last_day(text), unread_day(&raw)), (None, Some(text)), "told");
        }
        let mut raw = RawVenue::new(1);
        raw.set("x_label_since", "Espace labellisé");
        assert_eq!(unread_day(&raw), None, "no day to read");
    }

    #[test]
    fn a_free_label_that_names_its_end_holds_until_then() {
        for (text, end) in [
            ("Label NR (2019-2021)", Some("2021-12-31")),
            ("Label NR jusqu'en 2022", Some("2022-12-31")),
            ("Label NR jusqu'au 30/06/2023", Some("2023-06-30")),
            ("Agrément DFCP 2021/1088", None),
            ("Label 2023", None),
            ("Qualiopi", None),
        ] {
            assert_eq!(own_end(text).map(|day| day.to_string()).as_deref(), end, "{text}");
        }
    }

    #[test]
    fn a_label_that_a_structure_gives_itself_holds_for_a_year_from_its_day_or_from_that_of_the_list() {
        let source = list("liste", "2024-03-01", "");
        let authorities = Authorities::new(std::slice::from_ref(&source), &BTreeSet::from(["liste"]));
        let settled = |since: Option<&str>, today: &str| {
            let mut raw = RawVenue::new(1);
            raw.set("nom", "Maison");
            raw.set("autres_formations_labels", "Label Conseiller numérique");
            if let Some(since) = since {
                raw.set("x_label_since", since);
            }
            let mut report = crate::ingest::report::SourceReport::new("a", "a.csv");
            let mut venue = super::super::standard::draft(raw.clone(), "1".into(), day(), &mut report).venue;
            venue.labels = of_record(&venue, &raw, &source);
            authorities.settle(&mut venue, today.parse().unwrap());
            let label = &venue.labels[0];
            assert_eq!(label.issuer.as_deref(), Some("la structure elle-même"));
            assert_eq!(label.current, !venue.other_labels.is_empty());
            (label.until.unwrap().to_string(), label.current)
        };
        assert_eq!(settled(Some("2023-12-05"), "2024-12-04"), ("2024-12-04".into(), true));
        assert_eq!(settled(Some("2023-12-05"), "2024-12-05"), ("2024-12-04".into(), false));
        assert_eq!(settled(None, "2025-02-28"), ("2025-02-28".into(), true), "the day of the list, at the latest");
        assert_eq!(settled(None, "2025-03-01"), ("2025-02-28".into(), false));
    }
}
