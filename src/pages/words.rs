//! The closed lists of the standard in plain French: what a person looks for, not what an administration files.

use crate::domain::venue_field;
use crate::domain::vocabulary::{AccessMode, Appointment, Fee, Itinerance, Programme};
use crate::domain::{AddressKind, Flag, Phone, Repair, Venue, Withheld};

use super::language::Words;
use crate::tables::french;

/// The price of a venue in one sentence, the pass numérique included.
#[must_use]
pub fn price(venue: &Venue) -> String {
    let mut words: Vec<&str> = venue.fees.iter().map(|fee| fee.plain()).collect();
    words.dedup();
    let mut sentence = match words.as_slice() {
        [] => "Prix non communiqué".to_string(),
        [first, rest @ ..] => {
            rest.iter().fold((*first).to_string(), |said, word| format!("{said} ou {}", word.to_lowercase()))
        }
    };
    match venue.pass_numerique {
        Some(true) if venue.fees == [Fee::Free] => sentence.push_str(" ; pass numérique accepté"),
        Some(true) => sentence.push_str(" ; gratuit avec le pass numérique"),
        Some(false) => sentence.push_str(" ; pass numérique non accepté"),
        None => {}
    }
    sentence
}

/// What one must do to be received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coming {
    /// Nobody is.
    NotPublic,
    /// Come.
    WalkIn,
    /// Come, or make an appointment.
    Either,
    /// Ask first.
    Contact,
    /// Book on the internet.
    Booking,
    /// Make an appointment: nobody is received without one.
    Appointment,
    /// At some hours, or for some matters, only with an appointment.
    Partly,
    /// Be sent by a professional.
    Sent,
    /// Come: nobody said so of this place, but of its programme.
    Usually,
    /// Nobody knows.
    Unknown,
}

impl Coming {
    /// What a venue says. « Sans rendez-vous » is read from « Se présenter » (defect D16) and, for want of it, from the charter of France
    /// services, which receive everybody.
    #[must_use]
    pub fn to(venue: &Venue) -> Self {
        let has = |mode| venue.access_modes.contains(&mode);
        let contact = has(AccessMode::Telephone) || has(AccessMode::Mail) || has(AccessMode::OnlineBooking);
        let says = |appointment| venue.appointments.contains(&appointment);
        let contact = contact || says(Appointment::Possible);
        let france_services = venue.programmes.contains(&Programme::FranceServices);
        if has(AccessMode::NotPublic) {
            Self::NotPublic
        } else if says(Appointment::Only) {
            Self::Appointment
        } else if says(Appointment::Partly) {
            Self::Partly
        } else if has(AccessMode::WalkIn) {
            if says(Appointment::Possible) { Self::Either } else { Self::WalkIn }
        } else if contact && france_services {
            Self::Either
        } else if contact {
            Self::Contact
        } else if venue.booking_url.is_some() {
            Self::Booking
        } else if has(AccessMode::Prescription) {
            Self::Sent
        } else if france_services {
            Self::Usually
        } else {
            Self::Unknown
        }
    }

    /// Its words in the catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotPublic => "come-not-public",
            Self::WalkIn => "come-walk-in",
            Self::Either => "come-either",
            Self::Contact => "come-contact",
            Self::Booking => "come-booking",
            Self::Appointment => "come-appointment",
            Self::Partly => "come-partly",
            Self::Sent => "come-sent",
            Self::Usually => "come-usually",
            Self::Unknown => "come-unknown",
        }
    }
}

/// How to come, in French and with the number to call.
#[must_use]
pub fn how_to_come(venue: &Venue) -> String {
    let phone = venue.phones.first().map(Phone::shown);
    match Coming::to(venue) {
        Coming::NotPublic => "Ce lieu ne reçoit pas de public".into(),
        Coming::WalkIn => "On peut venir sans rendez-vous".into(),
        Coming::Either => match phone {
            Some(phone) => format!("On peut venir sans rendez-vous, ou en prendre un au {phone}"),
            None => "On peut venir sans rendez-vous, ou en prendre un".into(),
        },
        Coming::Contact => "Il faut prendre contact avant de venir".into(),
        Coming::Appointment => match phone {
            Some(phone) => format!("Uniquement sur rendez-vous, au {phone}"),
            None => "Uniquement sur rendez-vous".into(),
        },
        Coming::Partly => match phone {
            Some(phone) => {
                format!("Avec ou sans rendez-vous, selon les cas\u{a0}: téléphonez au {phone} avant de venir")
            }
            None => "Avec ou sans rendez-vous, selon les cas".into(),
        },
        Coming::Booking => "On peut prendre rendez-vous en ligne".into(),
        Coming::Sent => "Il faut être envoyé par un professionnel (travailleur social, conseiller…)".into(),
        Coming::Usually => "En général sans rendez-vous, comme toutes les France services".into(),
        Coming::Unknown if phone.is_some() => "On ne sait pas s'il faut un rendez-vous\u{a0}: téléphonez".into(),
        Coming::Unknown => "On ne sait pas s'il faut un rendez-vous".into(),
    }
}

/// What whoever reads an address and hours alone must be told beside them: that nobody is received there, or not as one would
/// think. Most telling first.
#[must_use]
pub fn cautions(venue: &Venue) -> Vec<String> {
    let coming = Coming::to(venue);
    let asks =
        matches!(coming, Coming::NotPublic | Coming::Appointment | Coming::Partly | Coming::Contact | Coming::Sent);
    let closed =
        (!venue.receives_public() && coming != Coming::NotPublic).then(|| "Ce lieu ne reçoit pas de public".to_owned());
    let coming = asks.then(|| how_to_come(venue));
    closed.into_iter().chain(coming).chain(warnings(Words::default(), venue, false)).collect()
}

/// That a place moves, and that its official list does not have it, to whoever telephones or `writes`.
#[must_use]
pub fn warnings(t: Words, venue: &Venue, writes: bool) -> Vec<String> {
    let moves = venue.itinerance.contains(&Itinerance::Itinerant).then(|| t.say("moving"));
    moves.into_iter().chain(not_listed(t, venue, writes)).collect()
}

/// That no list of the programme has a place whose name speaks of it.
#[must_use]
pub fn not_listed(t: Words, venue: &Venue, writes: bool) -> Option<String> {
    let said = if writes { "not-listed-write" } else { "not-listed" };
    venue.flags.contains(&Flag::NotInOfficialList).then(|| t.say(said))
}

/// A sentence that tells to telephone, for who writes.
#[must_use]
pub fn in_writing(sentence: &str) -> String {
    sentence.replace("téléphonez", "écrivez, ou faites téléphoner")
}

/// One way of coming.
#[must_use]
pub fn access_mode(mode: AccessMode) -> &'static str {
    match mode {
        AccessMode::WalkIn => "Se présenter sur place",
        AccessMode::Telephone => "Téléphoner",
        AccessMode::Mail => "Écrire un courriel",
        AccessMode::OnlineBooking => "Prendre rendez-vous en ligne",
        AccessMode::NotPublic => "Ce lieu ne reçoit pas de public",
        AccessMode::Prescription => "Être orienté par un professionnel, qui envoie une fiche de prescription",
    }
}

/// What to know before trusting a venue.
#[must_use]
pub fn flag(flag: &Flag) -> String {
    match flag {
        Flag::OutsideCommune(metres) => {
            let far = french::measure(f64::from(*metres), 0, "m");
            format!("Les coordonnées publiées tombent {far} en dehors de la commune annoncée.")
        }
        Flag::UnusableCoordinates => {
            "Les coordonnées publiées sont inutilisables : le lieu est situé à sa commune.".into()
        }
        Flag::NoCoordinates => "Aucune coordonnée n'est publiée : le lieu est situé à sa commune.".into(),
        Flag::UnknownCommune => "La commune n'a pas pu être reconnue.".into(),
        Flag::AmbiguousCommune => {
            "Plusieurs communes partagent le code postal publié : la plus peuplée a été retenue.".into()
        }
        Flag::ContradictoryCommune => "Le code de la commune, son nom et son code postal se contredisent.".into(),
        Flag::NotInOfficialList => format!("{}.", Words::default().say("not-listed")),
    }
}

/// A repair of coordinates, said to the reader.
#[must_use]
pub fn repair(repair: Repair) -> &'static str {
    match repair {
        Repair::SwappedAxes => {
            "Longitude et latitude étaient inversées dans la source : elles ont été remises en ordre."
        }
        Repair::LostSign => "Un signe moins manquait dans les coordonnées de la source : il a été rétabli.",
        Repair::DecimalMark => "La virgule décimale des coordonnées de la source a été rétablie.",
        Repair::Lambert93 => "La source donnait des coordonnées Lambert-93 : elles ont été converties.",
    }
}

/// How a venue was placed by its address, said to the reader.
#[must_use]
pub fn address(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::HouseNumber => {
            "La source ne donne pas de coordonnées : le lieu est placé à son adresse, d'après la Base adresse nationale."
        }
        AddressKind::Street => {
            "La source ne donne pas de coordonnées : le lieu est placé dans sa rue, d'après la Base adresse nationale ; \
             le numéro n'y est pas."
        }
        AddressKind::Place => {
            "La source ne donne pas de coordonnées : le lieu est placé à son lieu-dit, d'après la Base adresse nationale."
        }
    }
}

/// A field of the standard, as a reader calls it. A name outside the standard is shown as it is.
#[must_use]
pub fn field(name: &str) -> &str {
    match name {
        "id" => "identifiant",
        "nom" => "nom",
        "commune" | "code_insee" => "commune",
        "location" | "latitude" | "longitude" => "position",
        "horaires" => "horaires",
        other => venue_field::of_column(other).map_or(other, |field| field.plain),
    }
}

/// Why a venue is kept from the search.
#[must_use]
pub fn withheld(rule: Withheld) -> &'static str {
    match rule {
        Withheld::TestRecord => "C'est un essai de saisie, pas un lieu.",
        Withheld::HeadOffice => "C'est un siège administratif.",
        Withheld::Employer => "C'est l'adresse légale d'un employeur.",
        Withheld::OwnStaff => "C'est un service réservé au personnel d'une entreprise.",
        Withheld::Closed => "Sa liste dit qu'il est fermé.",
        Withheld::Refused => "Sa liste dit de ne pas se servir de cette fiche.",
        Withheld::Over => "Ses séances sont passées.",
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::venue;
    use super::*;

    #[test]
    fn walk_in_is_read_from_se_presenter_only() {
        let mut venue = venue("a", "69123");
        venue.access_modes = vec![AccessMode::OnlineBooking];
        assert!(!how_to_come(&venue).contains("sans rendez-vous"), "a booking page does not mean walk-in");
        venue.access_modes.push(AccessMode::WalkIn);
        assert_eq!(how_to_come(&venue), "On peut venir sans rendez-vous", "both may be offered");
        venue.appointments = vec![Appointment::Only];
        assert_eq!(how_to_come(&venue), "Uniquement sur rendez-vous", "its own comment is heard before a neighbour");
        venue.appointments = vec![Appointment::Possible];
        assert_eq!(how_to_come(&venue), "On peut venir sans rendez-vous, ou en prendre un");
        venue.appointments.clear();
        venue.access_modes.clear();
        assert_eq!(how_to_come(&venue), "On ne sait pas s'il faut un rendez-vous", "nothing published is said");
    }

    #[test]
    fn who_does_not_telephone_is_told_to_write() {
        let said = in_writing("On ne sait pas s'il faut un rendez-vous\u{a0}: téléphonez");
        assert_eq!(said, "On ne sait pas s'il faut un rendez-vous\u{a0}: écrivez, ou faites téléphoner");
    }

    #[test]
    fn the_price_says_what_is_unknown_and_what_the_pass_changes() {
        let mut venue = venue("a", "69123");
        assert_eq!(price(&venue), "Prix non communiqué");
        venue.fees = vec![Fee::FreeOnCondition, Fee::Paid];
        venue.pass_numerique = Some(true);
        assert_eq!(price(&venue), "Gratuit sous condition ou payant ; gratuit avec le pass numérique");
        venue.fees = vec![Fee::Free];
        assert_eq!(price(&venue), "Gratuit ; pass numérique accepté");
    }
}
