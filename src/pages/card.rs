//! A venue on a list: what a person needs in order to choose, call and go.

use chrono::NaiveDate;

use crate::access::{Mode, Travel};
use crate::atlas::nearest::useful;
use crate::atlas::{Atlas, Order};
use crate::domain::hours::{HolidayCalendar, OpeningHours};
use crate::domain::text::fold_place;
use crate::domain::vocabulary::{Itinerance, Programme, Service};
use crate::domain::{Hours, Label, Part, Seconds, Venue};
use crate::http::State;

use super::across;
use super::contact::{self, Link, Phone};
use super::language::Words;
use super::opening::opening;
use super::ranking::{Ranked, Ranking, rank};
use super::{params, words};
use crate::tables::french;

/// Services named on a card; the others are on the venue's own page.
const SERVICES_SHOWN: usize = 2;

/// One card.
#[derive(Debug, Clone)]
pub struct Card {
    /// Rank in the list, from 1.
    pub number: usize,
    /// Id of the venue.
    pub id: String,
    /// Address of the venue's page.
    pub href: String,
    /// Name.
    pub name: String,
    /// Distance, and from where when the list has several origins.
    pub distance: String,
    /// An estimate: on foot when somebody might walk, else by car.
    pub minutes: Option<String>,
    /// What to say of the way, when water or a crest lies between.
    pub across: Option<String>,
    /// The commune, when the venue is only known to be somewhere in it.
    pub somewhere_in: Option<String>,
    /// Number, street and locality.
    pub address: String,
    /// What it helps with.
    pub services: Vec<&'static str>,
    /// How many services are not named.
    pub more_services: usize,
    /// When it is open, or that nobody said.
    pub open: String,
    /// Where to go instead, when neither hours nor a telephone are known.
    pub instead: Option<Link>,
    /// That it moves, when it does.
    pub moves: bool,
    /// That no official list confirms what its name says.
    pub not_listed: Option<String>,
    /// The week, for paper, where « demain » means nothing.
    pub week: String,
    /// Telephones.
    pub phones: Vec<Phone>,
    /// Where else to ask, when there is no telephone.
    pub elsewhere: Option<Link>,
    /// How to come, and what it costs, as far as anybody said.
    pub facts: Vec<String>,
    /// Networks it belongs to.
    pub labels: Vec<String>,
    /// When somebody last looked, in words.
    pub checked: String,
    /// What nobody said, in words: `aide proposée, prix`.
    pub unknown: String,
    /// Why it stands here.
    pub why: String,
    /// Whether the sheet takes it unless somebody says otherwise: one of the first, to which a way is known.
    pub for_the_sheet: bool,
}

/// Places that a sheet takes.
const ON_A_SHEET: usize = 3;
/// Nobody is sent further than the first place, when that takes longer.
const LONGEST: Seconds = Seconds::from_minutes(120);

fn is_reached(travel: Travel) -> bool {
    travel != Travel::NoWay && travel.time().is_none_or(|time| time <= LONGEST)
}

/// What the cards of one list have in common.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The edition and the clock.
    pub state: &'a State,
    /// The services asked for, named first.
    pub services: &'a [Service],
    /// Whether each distance says where it is measured from: there are several such places, or it is not where one is.
    pub names_origin: bool,
    /// Whether one is on an island, and distances are measured from its town across the water: nobody walks from there.
    pub from_ashore: bool,
    /// Whether whoever asks writes rather than telephones, as deaf people do.
    pub writes: bool,
}

impl Listing<'_> {
    fn distance(&self, ranked: &Ranked) -> String {
        let around = if ranked.exact { "À" } else { "À environ" };
        let far = french::distance(ranked.distance);
        if self.names_origin {
            format!("{around} {far} {}", french::of(&ranked.origin.place))
        } else {
            format!("{around} {far}")
        }
    }

    /// The card of a venue that was found.
    #[must_use]
    pub fn card(&self, number: usize, ranked: Ranked) -> Card {
        let atlas: &Atlas = &self.state.atlas;
        let venue = &atlas.venues()[ranked.ordinal];
        let mut services: Vec<Service> = venue.services.clone();
        services.sort_by_key(|service| (!self.services.contains(service), *service));
        let price = (!venue.fees.is_empty() || venue.pass_numerique.is_some()).then(|| words::price(venue));
        let opening = opening(atlas, venue, self.state.now());
        let unknown = [(services.is_empty(), "aide proposée"), (price.is_none(), "prix")];
        let unknown: Vec<&str> = unknown.into_iter().filter(|(is_unknown, _)| *is_unknown).map(|(_, w)| w).collect();
        let across = atlas.venue_spot(ranked.ordinal).and_then(|(at, _)| across::across(atlas, &ranked, at));
        let walks = ranked.exact && across.is_none();
        let on_foot = french::minutes_on_foot(ranked.distance).filter(|_| walks).map(on_foot);
        let minutes = on_foot.or_else(|| by_car(&ranked).filter(|_| across.is_none())).filter(|_| !self.from_ashore);
        let hides = venue.hours == Hours::Unknown && venue.phones.is_empty();
        let said = |sentence: String| if self.writes { words::in_writing(&sentence) } else { sentence };
        Card {
            number,
            id: venue.id.clone(),
            href: venue_href(&venue.id),
            name: venue.name.clone(),
            distance: self.distance(&ranked),
            somewhere_in: (!ranked.exact).then(|| unplaced(venue)),
            address: address(venue),
            more_services: services.len().saturating_sub(SERVICES_SHOWN),
            services: services.into_iter().take(SERVICES_SHOWN).map(Service::plain).collect(),
            week: open_days(&opening.week).join(" ; "),
            open: said(open_words(venue, &opening.now)),
            instead: hides.then(|| self.instead(&ranked)).flatten(),
            moves: venue.itinerance == [Itinerance::Itinerant],
            not_listed: words::not_listed(Words::default(), venue, self.writes),
            phones: contact::phones(&venue.phones),
            elsewhere: if venue.phones.is_empty() || self.writes { elsewhere(venue) } else { None },
            facts: [said(words::how_to_come(venue))].into_iter().chain(price).collect(),
            labels: labels(venue, self.state.now().date()),
            checked: checked(venue),
            unknown: unknown.join(", "),
            why: why(venue, minutes.as_deref()),
            for_the_sheet: number == 1 || number <= ON_A_SHEET && is_reached(ranked.travel),
            minutes,
            across,
        }
    }

    /// The nearest venue that has both hours and a telephone.
    fn instead(&self, ranked: &Ranked) -> Option<Link> {
        const LOOKED_AT: usize = 40;
        let nearest = Ranking { mode: ranked.mode, ..Ranking::of(Order::Time, LOOKED_AT, self.state.now()) };
        let atlas: &Atlas = &self.state.atlas;
        let origins = std::slice::from_ref(ranked.origin);
        let found = rank(atlas, origins, &nearest).into_iter().find(|found| {
            let venue = &atlas.venues()[found.ordinal];
            venue.hours != Hours::Unknown && !venue.phones.is_empty() && found.distance.value() <= useful::FAR_M
        })?;
        let venue = &atlas.venues()[found.ordinal];
        let phone = venue.phones.first().map(|phone| format!(", {}", phone.shown())).unwrap_or_default();
        let host = format!("{}, à {}{phone}", venue.name, french::distance(found.distance));
        Some(Link { href: venue_href(&venue.id), host })
    }
}

/// When it is open, and what to do when nobody said.
fn open_words(venue: &Venue, now: &str) -> String {
    let phone = !venue.phones.is_empty();
    match (&venue.hours, phone) {
        (Hours::Unknown, true) => "Horaires non communiqués\u{a0}: téléphonez avant de venir".to_owned(),
        (Hours::Unknown, false) => "Nous n'avons ni horaires ni téléphone pour ce lieu".to_owned(),
        _ if phone && now.starts_with("Aujourd'hui est férié") => format!("{now}. Téléphonez"),
        _ => now.to_owned(),
    }
}

/// A place that is not on the map: its address may well be known.
fn unplaced(venue: &Venue) -> String {
    match &venue.address {
        Some(_) => "Adresse connue, pas encore placée sur la carte".to_owned(),
        None => format!("Quelque part à {}\u{a0}: adresse exacte non connue", venue.locality),
    }
}

/// « Vérifié en juin 2022 »: the day somebody brought the record up to date, else that of the newest list that names it.
pub fn checked(venue: &Venue) -> String {
    let month = |day: chrono::NaiveDate| french::vintage(&day.format("%Y-%m").to_string());
    match (venue.updated, venue.attested()) {
        (Some(day), _) => format!("Vérifié en {}", month(day)),
        (None, Some(day)) => format!("Vérifié en {} (date de la liste)", month(day)),
        (None, None) => "Date de vérification inconnue".to_owned(),
    }
}

/// Why this venue stands where it does: the rule of the order, told of this one.
fn why(venue: &Venue, on_foot: Option<&str>) -> String {
    let reach = on_foot.map_or_else(|| "Parmi les plus proches".to_owned(), |words| format!("À {words}"));
    let known = [
        (useful::has_contact(venue), "comment le joindre"),
        (matches!(venue.hours, Hours::Osm(_)), "quand il ouvre"),
        (matches!(venue.hours, Hours::Text(_)), "ce que sa liste dit de ses horaires"),
        (useful::says_how_to_come(venue), "comment y venir"),
    ];
    let known: Vec<&str> = known.into_iter().filter(|(is_known, _)| *is_known).map(|(_, words)| words).collect();
    match known.as_slice() {
        [] => format!("{reach}\u{a0}; on sait peu de choses de ce lieu."),
        [all @ .., last] if !all.is_empty() => format!("{reach}\u{a0}; on sait {} et {last}.", all.join(", ")),
        [only, ..] => format!("{reach}\u{a0}; on sait {only}."),
    }
}

fn is_open(day: &str) -> bool {
    !day.ends_with("fermé")
}

/// Closed days are left out when there are open ones: what is not said is closed.
fn open_days(week: &[String]) -> Vec<&str> {
    let open: Vec<&str> = week.iter().map(String::as_str).filter(|day| is_open(day)).collect();
    if open.is_empty() { week.iter().map(String::as_str).collect() } else { open }
}

/// The first e-mail address that can be written to.
pub fn mail(venue: &Venue) -> Option<Link> {
    venue.emails.iter().find_map(|mail| Some(Link { href: contact::mailto(mail)?, host: mail.clone() }))
}

/// An e-mail address, else a site.
pub fn elsewhere(venue: &Venue) -> Option<Link> {
    mail(venue).or_else(|| venue.websites.iter().find_map(|site| contact::link(site)))
}

/// Address of the page of a venue.
#[must_use]
pub fn venue_href(id: &str) -> String {
    format!("/lieux/{}", params::percent_encoded(id))
}

/// Where nobody would walk.
fn by_car(ranked: &Ranked) -> Option<String> {
    let time = ranked.travel.time().filter(|_| ranked.mode == Mode::Car)?;
    let minutes = french::duration(time.minutes().ceil().max(1.0) as u64);
    Some(format!("environ {minutes} en voiture"))
}

fn on_foot(minutes: u32) -> String {
    format!("environ {} à pied", french::count(u64::from(minutes), "minute", "minutes"))
}

/// One line: `12 rue de la République, 69001 Lyon`.
#[must_use]
pub fn address(venue: &Venue) -> String {
    let town: Vec<&str> = venue.postcode.as_deref().into_iter().chain([venue.locality.as_str()]).collect();
    let town = town.join(" ");
    let street = venue.address.as_deref().map(|line| street(line, venue));
    let lines = [street, venue.address_complement.as_deref(), Some(town.trim())];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The line of the street without the postal code and the town at its end, which stand behind it anyway. The town alone goes
/// only after a comma: « 3 rue de Brest » is a street of Brest.
fn street<'a>(line: &'a str, venue: &Venue) -> &'a str {
    const BETWEEN: [char; 5] = [' ', ',', '.', '-', '\n'];
    let code = venue.postcode.as_deref().filter(|code| code.len() == 5 && code.is_ascii()).unwrap_or_default();
    let spaced = if code.is_empty() { String::new() } else { format!("{} {}", &code[..2], &code[2..]) };
    let without_code = |text: &'a str| {
        let before =
            [code, &spaced].into_iter().filter(|code| !code.is_empty()).find_map(|code| text.strip_suffix(code));
        before.filter(|before| before.ends_with(BETWEEN)).map(|before| before.trim_end_matches(BETWEEN))
    };
    let whole = line.trim_end_matches(BETWEEN);
    let town = fold_place(&venue.locality);
    let mut words = whole.char_indices().filter(|(_, c)| BETWEEN.contains(c)).map(|(at, c)| at + c.len_utf8());
    let at = words.find(|at| !town.is_empty() && fold_place(&whole[*at..]) == town);
    let before_town = at.and_then(|at| {
        let before = whole[..at].trim_end_matches(BETWEEN);
        without_code(before).or_else(|| whole[..at].trim_end().ends_with(',').then_some(before))
    });
    before_town.or_else(|| without_code(whole)).filter(|street| !street.is_empty()).unwrap_or(line)
}

/// Every programme and label, as a visitor knows them.
#[must_use]
pub fn labels(venue: &Venue, today: NaiveDate) -> Vec<String> {
    let programmes = venue.programmes.iter().map(|p| (p.official(), p.plain()));
    let training = venue.training_labels.iter().map(|l| (l.official(), l.official()));
    let others = venue.other_labels.iter().map(|other| (other.as_str(), other.as_str()));
    let all = programmes.chain(training).chain(others).filter(|(label, _)| holds(venue, label, today));
    all.map(|(_, words)| words.to_owned()).collect()
}

/// Whether a label of the day of the edition still holds: it may have ended since.
fn holds(venue: &Venue, label: &str, today: NaiveDate) -> bool {
    let said = || venue.labels.iter().filter(|known| known.current && known.label == label);
    said().next().is_none() || said().any(|known| known.until.is_none_or(|until| today <= until))
}

/// Labels that no list with authority confirms today, with who said so and when: facts of a day, not of today.
#[must_use]
pub fn dated_labels(atlas: &Atlas, venue: &Venue, today: NaiveDate) -> Vec<String> {
    let is_current = |label: &Label| venue.labels.iter().any(|other| other.current && other.label == label.label);
    let current = |label: &Label| is_current(label) && holds(venue, &label.label, today);
    let mut said: Vec<String> = Vec::new();
    for label in venue.labels.iter().filter(|label| !current(label)) {
        let source = atlas.edition().sources.iter().find(|source| source.id == label.source);
        let source = source.map_or(label.source.as_str(), |source| source.title.as_str());
        let name = Programme::parse(&label.label).map_or_else(|| label.label.clone(), |p| p.plain().to_owned());
        let fact = match (label.until, label.seen) {
            (Some(until), _) => format!("{name}\u{a0}: jusqu'au {}, selon «\u{a0}{source}\u{a0}»", french::date(until)),
            (None, Some(seen)) => {
                format!("{name}\u{a0}: dit le {} par «\u{a0}{source}\u{a0}», non confirmé depuis", french::date(seen))
            }
            (None, None) => format!("{name}\u{a0}: dit par «\u{a0}{source}\u{a0}», sans date"),
        };
        if !said.contains(&fact) {
            said.push(fact);
        }
    }
    said
}

/// Other services behind the same door: name, and telephone where it has its own.
#[must_use]
pub fn parts(venue: &Venue) -> Vec<String> {
    let words = |part: &Part| {
        let phone = part.phones.first().filter(|phone| !venue.phones.contains(phone)).map(crate::domain::Phone::shown);
        let hours = match &part.hours {
            _ if part.hours == venue.hours => None,
            Hours::Osm(osm) => OpeningHours::parse(osm, HolidayCalendar::NATIONAL)
                .ok()
                .map(|hours| hours.week_words().into_iter().filter(|day| is_open(day)).collect::<Vec<_>>())
                .map(|days| days.join(" ; ")),
            Hours::Text(text) => Some(text.clone()),
            Hours::Unknown => None,
        };
        let own: Vec<String> = phone.into_iter().chain(hours.filter(|hours| !hours.is_empty())).collect();
        if own.is_empty() { part.name.clone() } else { format!("{} ({})", part.name, own.join(" ; ")) }
    };
    venue.parts.iter().map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::testing::venue;

    #[test]
    fn the_town_stands_once_behind_the_street() {
        let told = |line: &str, code: &str, town: &str| {
            let mut venue = venue("a", "69123");
            (venue.address, venue.postcode, venue.locality) = (Some(line.into()), Some(code.into()), town.into());
            address(&venue)
        };
        for (line, code, town, expected) in [
            ("20 rue Anatole France 98 800 Nouméa", "98800", "Nouméa", "20 rue Anatole France, 98800 Nouméa"),
            ("6 Bd Irène Joliot Curie, 35500 Vitré", "35500", "Vitré", "6 Bd Irène Joliot Curie, 35500 Vitré"),
            ("Salle Steredenn, 29620, LANMEUR", "29620", "Lanmeur", "Salle Steredenn, 29620 Lanmeur"),
            ("71 Grande Rue, Saint-Chamond", "42400", "Saint-Chamond", "71 Grande Rue, 42400 Saint-Chamond"),
            ("4 Rue Molière 42300", "42300", "Roanne", "4 Rue Molière, 42300 Roanne"),
            ("3 rue de Brest", "29200", "Brest", "3 rue de Brest, 29200 Brest"),
            ("12 place de la Gare 35000 Rennes", "35700", "Rennes", "12 place de la Gare 35000 Rennes, 35700 Rennes"),
            ("42300 Roanne", "42300", "Roanne", "42300 Roanne, 42300 Roanne"),
        ] {
            assert_eq!(told(line, code, town), expected);
        }
    }
}
