//! When two records are one place, and when they cannot be.
//!
//! Rules of docs/adr on merging: identity first; then contradictions, which no likeness outweighs; then what agrees.

use super::record::{Likeness, Traits};
use super::street::Streets;
use super::words::{self, Words};

/// Records of different communes that are nearer than this may still be one place: borders run along streets.
const ACROSS_BORDER_M: f64 = 150.0;

/// With another telephone, positions farther apart than this are two places, though names and addresses be alike.
const ELSEWHERE_M: f64 = 1_000.0;

/// Records this near stand on one spot.
const SPOT_M: f64 = 30.0;

/// Of one name to the letter, records this near are the two sides of one house.
const CORNER_M: f64 = 60.0;

/// Two ways of one name, rue and avenue, are two streets unless their houses are nearer than this.
const TWO_WAYS_M: f64 = 150.0;

/// Why two records are one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Sentence for the report.
    pub reason: String,
    /// The rule, for statistics and tests.
    pub rule: &'static str,
    /// They are two services of one door rather than two accounts of one service.
    pub door: bool,
    /// The larger, the surer.
    pub(super) strength: f64,
}

/// Whether two telephones are one; `None` when one of the two is not known.
pub(super) fn same_phone(a: &Traits, b: &Traits) -> Option<bool> {
    let known = !a.phones.is_empty() && !b.phones.is_empty();
    known.then(|| a.phones.iter().any(|phone| b.phones.contains(phone)))
}

/// Whether two records can never be one place, whatever else agrees.
pub(super) fn contradict(a: &Likeness, b: &Likeness) -> bool {
    let (x, y) = (&a.traits, &b.traits);
    let phone = same_phone(x, y);
    let beside = || x.street.beside(&y.street);
    let designated = x.designation.is_some() && y.designation.is_some() && x.designation != y.designation;
    if a.list == b.list && a.rows_are_places
        || x.mobile != y.mobile && !(phone == Some(true) && x.name == y.name)
        || designated && (phone != Some(true) || beside() == Streets::Other)
    {
        return true;
    }
    if phone != Some(false) {
        return false;
    }
    let metres = a.metres(b);
    let near = |limit: f64| metres.is_some_and(|metres| metres <= limit);
    metres.is_some_and(|metres| metres > ELSEWHERE_M)
        || x.street.another_way(&y.street) && !near(TWO_WAYS_M)
        || beside() == Streets::Other && !to_the_letter(x, y, near(SPOT_M))
}

/// Whether both have one name and one mailbox on one spot: then street and telephone are two accounts of one place.
fn to_the_letter(a: &Traits, b: &Traits, on_one_spot: bool) -> bool {
    on_one_spot && a.name == b.name && a.emails.iter().any(|mail| b.emails.contains(mail))
}

/// Whether two records are one place.
pub(super) fn same(a: &Likeness, b: &Likeness) -> Option<Match> {
    if a.list != b.list && a.shares_key(b) {
        return Some(Match { reason: "same identifier".into(), rule: "identifier", door: false, strength: 10.0 });
    }
    let metres = a.metres(b);
    let one_commune = a.commune.is_some() && a.commune == b.commune;
    if contradict(a, b) || !one_commune && metres.is_none_or(|metres| metres > ACROSS_BORDER_M) {
        return None;
    }
    let mut pair = Pair::new(&a.traits, &b.traits, metres);
    pair.vagueness = a.vagueness().max(b.vagueness());
    pair.one_list = a.list == b.list;
    pair.town = a.town || b.town;
    if a.commune.is_some() && b.commune.is_some() && !one_commune && !pair.holds_across_a_border() {
        return None;
    }
    let rule = pair.rule()?;
    let unplaced = if a.position.is_none() && b.position.is_none() { "either side" } else { "one side" };
    let away = metres.map_or_else(|| format!("no coordinates on {unplaced}"), |metres| format!("{metres:.0} m apart"));
    let percent = (pair.likeness * 100.0).round();
    Some(Match {
        reason: format!("{}: {away}, names alike at {percent} %", rule.0),
        rule: rule.0,
        door: pair.likeness < 0.6 && pair.is_door(),
        strength: rule.1 + pair.likeness - metres.unwrap_or(300.0).min(3000.0) / 10_000.0,
    })
}

/// What two records say about each other.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Pair<'a> {
    a: &'a Traits,
    b: &'a Traits,
    metres: Option<f64>,
    /// Metres by which one of the two positions may be wrong, for want of decimals.
    vagueness: f64,
    /// Two rows of one list.
    one_list: bool,
    /// They stand in a commune of many places.
    town: bool,
    streets: Streets,
    phone: Option<bool>,
    /// One telephone of both is no switchboard.
    own_phone: bool,
    /// The addresses name two streets; a house with a name may stand in any.
    two_streets: bool,
    /// One e-mail address of both.
    email: bool,
    pivot: bool,
    /// Both give one house number, or one named place.
    house: bool,
    likeness: f64,
    jaccard: f64,
    /// The proper words of both names, without kinds: none is shared, though both have some.
    clash: bool,
    /// They share a proper word.
    proper: bool,
    /// The smaller name has one word.
    single: bool,
    /// Both are France services; just one is.
    both_france_services: bool,
    one_france_services: bool,
    annex: bool,
}

impl<'a> Pair<'a> {
    fn new(a: &'a Traits, b: &'a Traits, metres: Option<f64>) -> Self {
        let name = words::aligned(&a.name, &b.name);
        let proper = |words: &Words| -> Words { words.iter().filter(|word| !words::is_kind(word)).cloned().collect() };
        let (mine, theirs) = (proper(&name), proper(&b.name));
        let jaccard = words::jaccard(&name, &b.name);
        let streets = a.street.beside(&b.street);
        Self {
            a,
            b,
            metres,
            vagueness: 0.0,
            one_list: false,
            town: false,
            streets,
            phone: same_phone(a, b),
            own_phone: a.phones.iter().any(|phone| b.phones.contains(phone) && !a.switchboards.contains(phone)),
            two_streets: streets == Streets::Other && a.street.has_way() && b.street.has_way(),
            email: a.emails.iter().any(|mail| b.emails.contains(mail)),
            pivot: a.pivot.is_some() && a.pivot == b.pivot,
            house: a.street.same_house(&b.street, streets)
                && (!a.street.another_way(&b.street) || metres.is_none_or(|metres| metres <= TWO_WAYS_M)),
            likeness: words::likeness(&name, &b.name),
            jaccard,
            clash: !mine.is_empty() && !theirs.is_empty() && mine.is_disjoint(&theirs),
            proper: !mine.is_disjoint(&theirs),
            single: name.len().min(b.name.len()) == 1 && jaccard < 0.9,
            both_france_services: a.france_services && b.france_services,
            one_france_services: a.france_services != b.france_services,
            annex: a.annex != b.annex,
        }
    }

    fn within(&self, metres: f64) -> bool {
        self.metres.is_some_and(|away| away <= metres) && self.vagueness <= metres
    }

    /// Nearer than this, or one of the two has no place of its own.
    fn within_or_unplaced(&self, metres: f64) -> bool {
        self.metres.is_none_or(|away| away <= metres)
    }

    fn same_phone(&self) -> bool {
        self.phone == Some(true)
    }

    fn other_phone(&self) -> bool {
        self.phone == Some(false)
    }

    fn same_street(&self) -> bool {
        self.streets == Streets::Same
    }

    fn other_street(&self) -> bool {
        self.streets == Streets::Other
    }

    /// « Mairie » is another one in every commune: across a border a proper word of both names tells, or the house number.
    fn holds_across_a_border(&self) -> bool {
        let numbered = !self.a.street.numbers.is_disjoint(&self.b.street.numbers);
        self.proper || numbered && self.same_street()
    }

    /// Whether names that differ mean two services behind one door: a kind of place of its own on one side at least.
    fn is_door(&self) -> bool {
        self.a.named && self.b.named || self.session()
    }

    /// One is somebody's session, the other a house with a name: they go on side by side, each with its telephone.
    fn session(&self) -> bool {
        self.a.session != self.b.session && (self.a.named || self.b.named)
    }

    /// The first rule that holds, surest first, with its strength.
    fn rule(&self) -> Option<(&'static str, f64)> {
        self.identity()
            .or_else(|| if self.clash { self.clashing() } else { self.alike().or_else(|| self.likely()) })
            .or_else(|| if self.clash && !self.kept_by_france_services() { None } else { self.agreeing() })
    }

    fn kept_by_france_services(&self) -> bool {
        self.both_france_services && (self.same_phone() || self.same_street())
    }

    fn identity(&self) -> Option<(&'static str, f64)> {
        if self.pivot && self.same_street() {
            return Some(("same SIRET and address", 8.0));
        }
        let contact = self.same_phone() || self.email && (self.house || !self.other_phone());
        // The houses of one street are found some hundred metres wrong; the same house with one telephone is one.
        let reach = if self.house && self.same_phone() { ELSEWHERE_M } else { 400.0 };
        if self.same_street() && contact && (self.within_or_unplaced(reach) || self.likeness >= 0.6) {
            return Some(("same address and contact", 8.0));
        }
        if to_the_letter(self.a, self.b, self.within(SPOT_M)) {
            return Some(("same name, e-mail and spot", 7.0));
        }
        let reach = if self.two_streets { TWO_WAYS_M } else { 1000.0 };
        if self.pivot && self.same_phone() && self.likeness >= 0.6 && self.within_or_unplaced(reach) {
            return Some(("same SIRET, telephone and name", 7.0));
        }
        // A name that is the commune's says « somewhere in town »; the house number says where.
        if (!self.a.named || !self.b.named) && self.house && !self.other_phone() && self.within(60.0) {
            return Some(("same house, unnamed", 5.0));
        }
        if self.session() && self.house && self.within_or_unplaced(TWO_WAYS_M) {
            return Some(("a session in the same house", 4.0));
        }
        // A commune has one of these, whatever else the names say.
        let one_office =
            ["ccas", "cias"].iter().any(|office| self.a.name.contains(*office) && self.b.name.contains(*office));
        if one_office && self.house && !self.other_phone() && !self.annex && self.within_or_unplaced(TWO_WAYS_M) {
            return Some(("the same office of the commune in the same house", 5.0));
        }
        let known_by_initials = |short: &Traits, long: &Traits| {
            short.name.len() == 1 && short.name.iter().all(|word| word.len() >= 3 && long.initials.contains(word))
        };
        let initials = known_by_initials(self.a, self.b) || known_by_initials(self.b, self.a);
        if initials && self.house && !self.other_phone() && self.within_or_unplaced(150.0) {
            return Some(("same house, known by its initials", 5.0));
        }
        None
    }

    /// Names whose proper words differ: two services, of one door at best.
    fn clashing(&self) -> Option<(&'static str, f64)> {
        if self.kept_by_france_services() {
            return self.alike().or_else(|| self.likely());
        }
        self.answering_here().or_else(|| self.france_services_inside())
    }

    /// One telephone on one spot, and nothing that contradicts: neither two streets, nor a number that rings for many.
    fn answering_here(&self) -> Option<(&'static str, f64)> {
        (self.own_phone && self.within(SPOT_M) && !self.two_streets).then_some(("same telephone and spot", 3.0))
    }

    /// France services inside another institution.
    fn france_services_inside(&self) -> Option<(&'static str, f64)> {
        if !self.one_france_services {
            return None;
        }
        let here = if self.house {
            self.within_or_unplaced(200.0) && !self.other_phone() || self.within(SPOT_M)
        } else {
            self.within(SPOT_M) && !self.other_phone()
        };
        if self.same_street() && here {
            return Some(("France services behind the same door", 4.0));
        }
        (self.same_phone() && self.within(60.0)).then_some(("France services with the same telephone", 3.5))
    }

    /// One name.
    fn alike(&self) -> Option<(&'static str, f64)> {
        if !(self.likeness >= 0.9 || self.likeness >= 0.85 && self.jaccard >= 0.5) {
            return None;
        }
        if self.same_street() && !(self.annex && self.other_phone()) {
            return Some(("same name and address", 7.0));
        }
        let reachable = self.within(400.0) || !self.other_street() && self.within_or_unplaced(3000.0);
        if self.same_phone() && self.jaccard >= 0.75 && reachable {
            return Some(("same name and telephone", 6.0));
        }
        if self.within(150.0) && !self.other_street() && !self.annex {
            return Some(("same name nearby", 5.0));
        }
        // A hall has a door on the square and one on the street.
        let spot = if self.jaccard >= 0.95 && !self.annex { CORNER_M } else { SPOT_M };
        if self.within(spot) && !self.other_phone() {
            return Some(("same name and spot", 5.0));
        }
        if self.metres.is_some() {
            return None;
        }
        if self.pivot && !self.other_street() {
            return Some(("same name and SIRET", 5.0));
        }
        if self.streets != Streets::Unknown || self.jaccard < 0.95 || self.annex || self.other_phone() {
            return None;
        }
        // « Médiathèque » is one in a village. In a town, and where one list has it twice, something else must agree: a proper
        // word of the name, or who answers.
        let answers = self.same_phone() || self.email;
        let is_one = if self.one_list { answers } else { self.proper || answers || !self.town };
        is_one.then_some(("same name in the commune", 4.0))
    }

    /// A name that holds the other.
    fn likely(&self) -> Option<(&'static str, f64)> {
        if self.likeness < 0.6 {
            return None;
        }
        let certain = self.house || !self.single || self.one_france_services || self.within(150.0);
        if self.same_street()
            && certain
            && (self.house && self.within_or_unplaced(3000.0) || self.within_or_unplaced(500.0))
            && !(self.annex && self.other_phone())
        {
            return Some(("like name and same address", 5.0));
        }
        let beside = self.within(150.0) && !(self.annex && self.two_streets);
        if self.same_phone() && (beside || self.metres.is_none() && !self.other_street()) {
            return Some(("like name and same telephone", 5.0));
        }
        if self.within(60.0) && !self.other_street() && !self.other_phone() && !self.annex {
            return Some(("like name nearby", 4.0));
        }
        (self.within(SPOT_M) && !self.other_phone() && !self.annex).then_some(("like name and spot", 4.0))
    }

    /// Other names, but place and contact agree.
    fn agreeing(&self) -> Option<(&'static str, f64)> {
        let house = self.same_street() && self.house && !self.other_phone();
        if self.jaccard >= 0.4 && house && self.within_or_unplaced(150.0) {
            return Some(("like name and same house", 4.0));
        }
        if self.proper && self.jaccard >= 0.3 && house && self.within_or_unplaced(60.0) {
            return Some(("a proper word and the same house", 3.5));
        }
        if self.both_france_services {
            return self.two_accounts_of_france_services();
        }
        if let Some(here) = self.answering_here() {
            return Some(here);
        }
        if self.email && self.within(SPOT_M) && !self.two_streets && !self.other_phone() {
            return Some(("same e-mail and spot", 3.0));
        }
        self.france_services_inside()
    }

    /// Two accounts of a France services: it may have moved across the street since the older list.
    fn two_accounts_of_france_services(&self) -> Option<(&'static str, f64)> {
        if self.metres.is_none() && matches!(self.streets, Streets::Same | Streets::Near) && self.jaccard >= 0.6 {
            return Some(("France services of the same street", 4.0));
        }
        if self.metres.is_none() && self.streets == Streets::Unknown && self.jaccard >= 0.6 {
            return Some(("France services of like name in the commune", 3.5));
        }
        // The mobile of a conseiller goes with them from house to house: another name in another street is another house.
        let another_house = self.likeness < 0.4 && (self.other_street() || self.clash) && !self.within(60.0);
        if self.same_phone() && self.within_or_unplaced(3000.0) && !another_house {
            return Some(("France services with the same telephone", 4.0));
        }
        if self.same_street() && self.within_or_unplaced(250.0) {
            return Some(("France services at the same address", 4.0));
        }
        if self.within(100.0) && self.likeness >= 0.85 && !self.other_phone() {
            return Some(("France services of one name nearby", 3.5));
        }
        if self.within(250.0) && self.likeness >= 0.4 && !self.other_street() {
            return Some(("France services of like name nearby", 3.5));
        }
        self.within(SPOT_M).then_some(("France services of the same spot", 3.5))
    }
}
