//! The names of a request: the same in an address, in JSON (`posts_per_site`) and as flags (`--posts-per-site`).

/// What the value of a field is made of; in JSON a number is a number and a list a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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
    pub kind: Kind,
    /// What it says, and which values it takes.
    pub help: &'static str,
}

const fn field(name: &'static str, kind: Kind, help: &'static str) -> Field {
    Field { name, kind, help }
}

/// Every field, in the order in which a request is written.
pub const FIELDS: [Field; 31] = [
    field(
        "territory",
        Kind::Text,
        "Whose people count and where posts may go: france, regions/84, departements/23, epcis/243100633, communes/23096, \
         polygon/2.1,48.1;2.3,48.1;2.2,48.3 (longitude first)",
    ),
    field(
        "demand",
        Kind::Text,
        "Who counts: need, offline, weak-skills, expected, population, or the id of an indicator in percent",
    ),
    field("denominator", Kind::Text, "National number of persons in need: 13m, 8m, 15pc, 20pc"),
    field(
        "candidates",
        Kind::Text,
        "Where posts may go: communes, venues, france-services, libraries, town-halls, listed",
    ),
    field("sites", Kind::Text, "Candidates of one's own: id,longitude,latitude,name;…"),
    field("existing", Kind::Text, "What is there already and stays: none, posts, france-services, venues, conseillers"),
    field("renewed", Kind::Text, "Whether conventions that end before the horizon are renewed: yes, no"),
    field("horizon", Kind::Text, "Day at which the plan is judged: 2027-01-01"),
    field("convention_months", Kind::Number, "Months from the validation of a post to the end of its convention"),
    field("forced", Kind::List, "Ids of candidates that must receive a post"),
    field("forbidden", Kind::List, "Ids of candidates that may not"),
    field("posts_per_site", Kind::Number, "New posts at one site at most; more than 1 is for --objective capacity"),
    field("radius_km", Kind::Number, "What is near, in kilometres as the crow flies"),
    field("mode", Kind::Text, "How people travel: walk, bicycle, car"),
    field("minutes", Kind::Number, "What is near, in minutes of travel: 10 unless told, 30 for median and centre"),
    // The names are those of the one list of objectives; a test sees to it.
    field(
        "objective",
        Kind::Text,
        "What is wished: coverage, gradual, median, excess, centre, set-cover, capacity, floor, leximin",
    ),
    field("none_km", Kind::Number, "gradual, excess: from how many kilometres a person counts for nothing more"),
    field("none_minutes", Kind::Number, "gradual, excess: from how many minutes a person counts for nothing more"),
    field("share", Kind::Number, "set-cover, floor: share of the persons, above 0 and at most 1"),
    field("level", Kind::Text, "floor, leximin: territories to compare: regions, departements, epcis, communes"),
    field("hours_per_post", Kind::Number, "capacity: hours that a post gives in a year"),
    field("hours_per_person", Kind::Number, "capacity: hours that a person needs in a year"),
    field("posts", Kind::Number, "New posts; with set-cover a ceiling, none unless told"),
    field("budget_eur", Kind::Number, "Euros a year for new posts, instead of a number of posts"),
    field("price_public_eur", Kind::Number, "Euros a year of a post with a public host"),
    field("price_private_eur", Kind::Number, "Euros a year of a post with a private host"),
    field("stops", Kind::Number, "Posts travel: stops at most, the base included, 2 to 5"),
    field("stop_minutes", Kind::Number, "Minutes by car between two stops of a round at most"),
    field("seed", Kind::Number, "Where chance begins"),
    field("seconds", Kind::Number, "Seconds after which the search ends even so; a plan that they ended says so"),
    field(
        "rounds",
        Kind::Number,
        "Rounds of work to search at most: the same rounds give the same plan on any machine",
    ),
];

/// The field of a name; hyphens stand for underscores.
#[must_use]
pub fn field_named(name: &str) -> Option<&'static Field> {
    let name = name.replace('-', "_");
    FIELDS.iter().find(|field| field.name == name)
}
