//! Which kinds of places could receive a post, the likeliest first, and how each is known.

use crate::domain::Venue;
use crate::domain::text::fold;
use crate::domain::vocabulary::Programme;

/// A kind of host.
#[derive(Debug, PartialEq, Eq)]
pub struct HostKind {
    /// Its name in answers.
    pub id: &'static str,
    /// What a visitor reads.
    pub title: &'static str,
    /// Short codes of the national standard.
    typologies: &'static [&'static str],
    /// Folded words of names that say it.
    words: &'static [&'static str],
}

const fn kind(
    id: &'static str,
    title: &'static str,
    typologies: &'static [&'static str],
    words: &'static [&'static str],
) -> HostKind {
    HostKind { id, title, typologies, words }
}

/// A town hall.
pub const TOWN_HALL: &HostKind = &HOST_KINDS[1];
/// A library.
pub const LIBRARY: &HostKind = &HOST_KINDS[2];

/// Every kind. Where two places stand door to door, the one whose kind comes first is proposed: it is open to everybody,
/// helps already, or belongs to the commune.
pub const HOST_KINDS: [HostKind; 12] = [
    kind("france-services", "France services", &["RFS"], &["france services"]),
    kind("town-hall", "Mairie", &["MUNI"], &["mairie", "hotel de ville"]),
    kind("library", "Médiathèque ou bibliothèque", &["BIB"], &["mediatheque", "bibliotheque"]),
    kind("ccas", "CCAS ou CIAS", &["CCAS", "CIAS"], &["ccas", "cias", "centre communal d action sociale"]),
    kind("epn", "Espace public numérique", &["EPN"], &["epn", "espace public numerique", "cyber base", "cyberbase"]),
    kind(
        "social-centre",
        "Centre social ou MJC",
        &["CS", "MJC"],
        &["centre social", "centre socioculturel", "centre socio culturel", "mjc", "maison de quartier"],
    ),
    kind("third-place", "Tiers-lieu", &["TIERS_LIEUX"], &["tiers lieu", "tiers lieux", "fablab", "fab lab"]),
    kind(
        "intercommunality",
        "Intercommunalité",
        &["CC", "EPCI"],
        &["communaute de communes", "communaute d agglomeration"],
    ),
    kind("departement", "Maison du département", &["CD", "MDS"], &["maison des solidarites", "maison departementale"]),
    kind("post-office", "La Poste", &[], &["la poste", "agence postale", "bureau de poste"]),
    kind(
        "agency",
        "Caisse ou agence publique",
        &["CAF", "CPAM", "FT", "PE", "ML"],
        &["caf", "cpam", "pole emploi", "mission locale"],
    ),
    kind("venue", "Lieu de médiation numérique", &[], &[]),
];

impl HostKind {
    /// The kind of a venue: its label, then its name, then its typology.
    #[must_use]
    pub fn of_venue(venue: &Venue) -> &'static Self {
        if venue.programmes.contains(&Programme::FranceServices) {
            return &HOST_KINDS[0];
        }
        let folded = fold(&venue.name);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let name = format!(" {} ", words.join(" "));
        // A name that says France services without the label is that of a list of the past.
        let named = |kind: &&Self| kind.words.iter().any(|words| name.contains(&format!(" {words} ")));
        let filed = |kind: &&Self| kind.typologies.iter().any(|code| venue.typologies.iter().any(|own| own == code));
        let rest = || HOST_KINDS[1..].iter();
        rest().find(named).or_else(|| rest().find(filed)).unwrap_or(&HOST_KINDS[HOST_KINDS.len() - 1])
    }

    /// Its place among the kinds, 0 for the likeliest.
    #[must_use]
    pub fn rank(&self) -> usize {
        HOST_KINDS.iter().position(|kind| kind.id == self.id).unwrap_or(HOST_KINDS.len())
    }
}
