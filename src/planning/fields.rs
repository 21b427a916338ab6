//! The names of a request: the same in an address, in JSON (`posts_per_site`) and as flags (`--posts-per-site`).

/// What the value of a field is made of; in JSON a number is a number and a list a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// Texts separated by commas.
    List,
}

/// One field of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name, words joined by `_`.
    pub name: &'static str,
    /// What its value is made of.
    pub kind: FieldKind,
    /// What it says, and which values it takes.
    pub help: &'static str,
}

const fn field(name: &'static str, kind: FieldKind, help: &'static str) -> Field {
    Field { name, kind, help }
}

/// Every field, in the order in which a request is written.
pub const FIELDS: [Field; 32] = [
    field(
        "territory",
        FieldKind::Text,
        "Whose people count and where posts may go: france, regions/84, departements/23, epcis/243100633, communes/23096, \
         polygon/2.1,48.1;2.3,48.1;2.2,48.3 (longitude first)",
    ),
    field(
        "demand",
        FieldKind::Text,
        "Who counts: need, offline, weak-skills, expected, population, or the id of an indicator in percent",
    ),
    field("denominator", FieldKind::Text, "National number of persons in need: 13m, 8m, 15pc, 20pc"),
    field(
        "candidates",
        FieldKind::Text,
        "Where posts may go: hosts, communes, venues, france-services, libraries, town-halls, listed",
    ),
    field(
        "least_inhabitants",
        FieldKind::Number,
        "hosts: inhabitants from which the town hall of a commune without a known host is one, 500 unless told",
    ),
    field(
        "sites",
        FieldKind::Text,
        "Candidates of one's own, beside those of `candidates` or alone: id,longitude,latitude,name;… or a table with a header and a line for each (CSV; on the command line also @FILE)",
    ),
    field(
        "existing",
        FieldKind::Text,
        "What is there already and stays: none, posts, france-services, venues, conseillers",
    ),
    field("renewed", FieldKind::Text, "Whether conventions that end before the horizon are renewed: yes, no"),
    field("horizon", FieldKind::Text, "Day at which the plan is judged: 2027-01-01"),
    field("convention_months", FieldKind::Number, "Months from the validation of a post to the end of its convention"),
    field("forced", FieldKind::List, "Ids of candidates that must receive a post"),
    field("forbidden", FieldKind::List, "Ids of candidates that may not"),
    field(
        "posts_per_site",
        FieldKind::Number,
        "New posts at one site at most; more than 1 is for --objective capacity",
    ),
    field("radius_km", FieldKind::Number, "What is near, in kilometres as the crow flies"),
    field("mode", FieldKind::Text, "How people travel: walk, bicycle, car"),
    field(
        "minutes",
        FieldKind::Number,
        "What is near, in minutes of travel: 10 unless told, 30 for median, 60 for centre",
    ),
    // The names are those of the one list of objectives; a test sees to it.
    field(
        "objective",
        FieldKind::Text,
        "What is wished: coverage, gradual, median, excess, centre, set-cover, capacity, floor, leximin",
    ),
    field("none_km", FieldKind::Number, "gradual, excess: from how many kilometres a person counts for nothing more"),
    field("none_minutes", FieldKind::Number, "gradual, excess: from how many minutes a person counts for nothing more"),
    field("share", FieldKind::Number, "set-cover, floor: share of the persons, above 0 and at most 1"),
    field(
        "level",
        FieldKind::Text,
        "floor, leximin: territories to compare: regions, departements, epcis, communes; below the territory unless told",
    ),
    field("hours_per_post", FieldKind::Number, "capacity: hours that a post gives in a year"),
    field("hours_per_person", FieldKind::Number, "capacity: hours that a person needs in a year"),
    field("posts", FieldKind::Number, "New posts; with set-cover a ceiling, none unless told"),
    field("budget_eur", FieldKind::Number, "Euros a year for new posts, instead of a number of posts"),
    field("price_public_eur", FieldKind::Number, "Euros a year of a post with a public host"),
    field("price_private_eur", FieldKind::Number, "Euros a year of a post with a private host"),
    field("stops", FieldKind::Number, "Posts travel: stops at most, the base included, 2 to 5"),
    field("stop_minutes", FieldKind::Number, "Minutes by car between two stops of a round at most"),
    field("seed", FieldKind::Number, "Where chance begins"),
    field(
        "seconds",
        FieldKind::Number,
        "Seconds for the whole question at most: a search that they ended says so, and what they left no time for is named",
    ),
    field(
        "rounds",
        FieldKind::Number,
        "Rounds of work to search at most: the same rounds give the same plan on any machine",
    ),
];

/// The field of a name; hyphens stand for underscores.
#[must_use]
pub fn field_named(name: &str) -> Option<&'static Field> {
    let name = name.replace('-', "_");
    FIELDS.iter().find(|field| field.name == name)
}
