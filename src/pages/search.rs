//! One search for places of help: what was typed and asked, read once, for the page of results and for the map.

use crate::access::Mode;
use crate::atlas::meaning::{Meaning, Meant};
use crate::atlas::nearest::useful::FAR_M;
use crate::atlas::{Atlas, Order, VenueFilter};
use crate::domain::text::fold_place;
use crate::domain::vocabulary::Support;
use crate::domain::{CommuneCode, CommuneIx, Metres, Position};
use crate::http::State;

use super::beyond_search::figures_of;
use super::card::{Card, Listing, venue_href};
use super::choices::{Select, Tick};
use super::far::{self, HelpLine};
use super::filters::{self, Filters};
use super::params::{Params, Refused, query};
use super::ranking::{Ranking, rank};
use super::reach::{self, Reach};
use super::remaining::Remaining;
use super::towns::{Link, Towns, towns};
use super::whereabouts::{self, Origin, Somewhere, Whereabouts, full_name, whereabouts};
use crate::tables::french;

/// Venues on the first list.
pub const FIRST: usize = 10;
/// Venues on the longest list.
const MOST: usize = 50;
/// Venues shown of which nobody said whether they fit, and how far they may be.
const DOUBTFUL: usize = 3;
const DOUBTFUL_WITHIN_M: f64 = 20_000.0;
/// With fewer venues than this around, the page says which criterion to give up.
const FEW: usize = 3;

/// What has to be said of the way the text was read, and what else may have been meant.
#[derive(Debug, Default)]
pub struct Doubt {
    pub remarks: Vec<String>,
    /// The likeliest, on the first line.
    pub others: Vec<Link>,
    /// The rest.
    pub further: Vec<Link>,
}

/// Readings offered on the first line.
const ON_THE_FIRST_LINE: usize = 6;

/// Every name in the address of a search.
pub const NAMES: [&[&str]; 4] =
    [&["lieu", "commune", "tri", "nombre"], &[reach::NAME], filters::NAMES[0], filters::NAMES[1]];

/// Address of the map.
pub const MAP: &str = "/carte";

/// The search form, as it was left.
pub struct Form {
    /// The page it asks.
    pub action: &'static str,
    pub text: String,
    pub selects: Vec<Select>,
    pub ticks: Vec<Tick>,
    pub filters_on: Vec<String>,
    /// Whether the choices say how many venues they leave.
    pub counted: bool,
    pub without_filters: String,
}

/// What the page answers.
pub enum Answer {
    Question,
    Results(Box<Results>),
    Choices(Vec<Link>, Vec<String>),
    Inside(Towns, Doubt),
    /// Nothing was understood; why, where that is known.
    Unknown(Vec<String>),
    Abroad,
}

pub struct Results {
    pub near: String,
    pub count: String,
    pub cards: Vec<Card>,
    /// Said instead of the number, when everything is far away.
    pub far: Option<String>,
    /// Who answers by telephone, when everything is far away.
    pub lines: Vec<HelpLine>,
    /// Venues of which nobody said whether they fit.
    pub doubtful: Vec<Card>,
    /// The search without one of its criteria, where that gives more.
    pub relaxed: Vec<Link>,
    /// Where nothing is within the reach that was asked for: the nearest beyond it.
    pub beyond: Option<Link>,
    /// The other order, and whether the present one is that of usefulness.
    pub order: Link,
    pub is_useful: bool,
    pub is_by_time: bool,
    /// `en voiture`, after a no-break space.
    pub mode_words: String,
    pub narrower: Vec<Link>,
    /// The page of the commune's figures.
    pub territory: Option<Link>,
    pub doubt: Doubt,
    pub more: Option<String>,
    pub map: String,
    pub distances: String,
    /// Where a sheet starts from, when it is one place: to about a hundred metres, and in words.
    pub from: Option<(String, String)>,
}

/// One search, and the addresses that lead from it to others.
pub struct Search<'a> {
    state: &'a State,
    atlas: &'a Atlas,
    params: &'a Params,
    /// The page that asks: `/`, or the map.
    action: &'static str,
    filters: Filters,
    order: Order,
    reach: Option<Reach>,
    chosen: Option<CommuneIx>,
    place: Whereabouts,
    remaining: Option<Remaining>,
}

fn read_order(text: &str) -> Option<Order> {
    ORDERS.iter().find(|(_, slug, _)| *slug == text).map(|(order, ..)| *order)
}

/// As in addresses, and in words.
const ORDERS: [(Order, &str, &str); 3] = [
    (Order::Useful, "utile", "Classer par utilité"),
    (Order::Time, "temps", "Classer par temps de trajet seulement"),
    (Order::Distance, "distance", "Classer à vol d’oiseau"),
];

impl<'a> Search<'a> {
    /// Reads the query of a page; the text was read before where a geocoder may be asked about it.
    ///
    /// # Errors
    /// Names the parameter whose value is not in its list.
    pub fn read(
        state: &'a State,
        params: &'a Params,
        action: &'static str,
        place: Option<Meaning>,
    ) -> Result<Self, Refused> {
        let atlas: &Atlas = &state.atlas;
        let filters = Filters::read(params)?;
        let read = |text: &str| CommuneCode::parse(text).and_then(|code| atlas.places().by_code(code));
        let chosen = params.choice("commune", read)?;
        let order = params.choice("tri", read_order)?.unwrap_or(Order::Useful);
        let reach = Reach::read(params)?;
        let place = match (place, params.one("lieu")) {
            (Some(meaning), Some(text)) => whereabouts::meant(atlas, text, meaning),
            (_, text) => whereabouts(atlas, text, chosen),
        };
        let remaining = match &place {
            Whereabouts::Somewhere(place) => {
                let alone = filters.each_alone(state.now());
                Some(Remaining::count(atlas, &place.origins, &alone, state.now()))
            }
            _ => None,
        };
        Ok(Self { state, atlas, params, action, filters, order, reach, chosen, place, remaining })
    }

    /// The form, as it was left.
    #[must_use]
    pub fn form(&self) -> Form {
        let mut filters_on = self.filters.in_words();
        filters_on.extend(self.reach.map(|reach| reach.words().to_owned()));
        let text = self.params.one("lieu").map(String::from);
        let text = text.or_else(|| self.chosen.map(|commune| full_name(self.atlas, commune)));
        let remaining = self.remaining.as_ref();
        Form {
            action: self.action,
            text: text.unwrap_or_default(),
            selects: self.filters.selects(remaining).into_iter().chain([Reach::select(self.reach)]).collect(),
            ticks: self.filters.ticks(remaining),
            filters_on,
            counted: remaining.is_some(),
            without_filters: format!("{}{}", self.action, query(&self.place())),
        }
    }

    /// What the page answers.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match &self.place {
            Whereabouts::Nowhere => Answer::Question,
            Whereabouts::Somewhere(place) => Answer::Results(Box::new(self.results(place))),
            Whereabouts::OneOf(meant, remarks) => {
                Answer::Choices(meant.iter().map(|meant| self.link(meant)).collect(), remarks.clone())
            }
            Whereabouts::Inside(level, ordinal, others, remarks) => {
                let towns = towns(self.atlas, *level, *ordinal, |meant| self.link(meant));
                Answer::Inside(towns, self.doubt(others, remarks))
            }
            Whereabouts::Unknown(remarks) => Answer::Unknown(remarks.clone()),
            Whereabouts::Abroad => Answer::Abroad,
        }
    }

    fn link(&self, meant: &Meant) -> Link {
        let words = self.atlas.in_words(meant);
        match meant {
            Meant::Commune(ordinal) => {
                let commune = &self.atlas.communes()[*ordinal];
                let href = self.address(&[("lieu", &commune.name), ("commune", commune.code.as_str())]);
                Link { href, words: self.words(*ordinal) }
            }
            Meant::Venue(ordinal) => Link { href: venue_href(&self.atlas.venues()[*ordinal].id), words },
            Meant::Postcode(code, _) => Link { href: self.address(&[("lieu", code)]), words },
            _ => Link { href: self.address(&[("lieu", &words)]), words },
        }
    }

    fn doubt(&self, others: &[Meant], remarks: &[String]) -> Doubt {
        let mut others: Vec<Link> = others.iter().map(|meant| self.link(meant)).collect();
        let further = others.split_off(others.len().min(ON_THE_FIRST_LINE));
        Doubt { remarks: remarks.to_vec(), others, further }
    }

    /// The full name of a commune, and the old name it was found by.
    fn words(&self, ordinal: CommuneIx) -> String {
        let name = full_name(self.atlas, ordinal);
        let Some(text) = self.params.one("lieu") else { return name };
        let today = fold_place(&self.atlas.communes()[ordinal].name) == fold_place(text);
        if !today && self.atlas.places().by_name(text).contains(&ordinal) {
            return format!("{name}, qui comprend l'ancienne commune «\u{a0}{text}\u{a0}»");
        }
        name
    }

    /// The address of a search at a place, with the present filters.
    fn address(&self, place: &[(&str, &str)]) -> String {
        self.address_with(self.action, place, &self.filters, self.order)
    }

    fn address_with(&self, page: &str, place: &[(&str, &str)], filters: &Filters, order: Order) -> String {
        let filters = filters.pairs();
        let filters = filters.iter().map(|(name, value)| (*name, value.as_str()));
        let reach = self.reach.map(|reach| (reach::NAME, reach.slug()));
        let order = ORDERS.iter().find(|(each, ..)| *each == order && order != Order::Useful);
        let order = order.map(|(_, slug, _)| ("tri", *slug));
        let pairs = place.iter().copied().chain(filters).chain(reach).chain(order);
        format!("{page}{}", query(&pairs.collect::<Vec<_>>()))
    }

    /// The place as it was given.
    fn place(&self) -> Vec<(&str, &str)> {
        let place = [("lieu", self.params.one("lieu")), ("commune", self.params.one("commune"))];
        place.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    fn results(&self, place: &Somewhere) -> Results {
        let state = self.state;
        let wanted = self.params.one("nombre").and_then(|n| n.parse().ok()).unwrap_or(FIRST).clamp(1, MOST);
        let (mode, until) = (self.reach.map_or(Mode::Car, Reach::mode), self.reach.map(Reach::until));
        let question =
            |filter: VenueFilter, within, limit| Ranking { filter, order: self.order, within, limit, mode, until };
        // One more than shown tells whether there are more.
        let filter = self.filters.venue_filter(state.now());
        let mut found = rank(self.atlas, &place.origins, &question(filter, None, wanted + 1));
        let far = far::far(self.atlas, &found[..found.len().min(wanted)], place.commune);
        let all = found.len();
        // Somebody has a place near: those that nobody would go to are none « près d'ici ».
        found.retain(|ranked| far.is_some() || ranked.distance.value() <= FAR_M);
        let ends = found.len() < all;
        let has_more = far.is_none() && found.len() > wanted && wanted < MOST;
        found.truncate(wanted);
        if far.is_some() {
            // At the end of the world a list is no help: the nearest, and whoever answers by telephone.
            found = far::kept(self.atlas, &found);
        }
        let services = self.filters.services();
        let writes = self.filters.needs(Support::Deafness);
        let names_origin = place.origins.len() > 1 || place.from_ashore;
        let listing = Listing { state, services: &services, names_origin, from_ashore: place.from_ashore, writes };
        let cards: Vec<Card> = found.into_iter().enumerate().map(|(i, ranked)| listing.card(i + 1, ranked)).collect();
        let near = Metres::new(DOUBTFUL_WITHIN_M).filter(|_| until.is_none());
        let doubtful = self
            .filters
            .unknown(state.now())
            .map_or_else(Vec::new, |filter| rank(self.atlas, &place.origins, &question(filter, near, DOUBTFUL)));
        let number = |i: usize| cards.len() + 1 + i;
        let doubtful = doubtful.into_iter().enumerate().map(|(i, ranked)| listing.card(number(i), ranked)).collect();
        let (other, _, words) = ORDERS[usize::from(self.order == Order::Useful)];
        let words = words.to_owned();
        Results {
            near: place.near.clone(),
            count: match cards.len() {
                0 => String::new(),
                1 if ends => "Un seul lieu à moins de 50\u{a0}km".to_string(),
                1 => "Un seul lieu".to_string(),
                many if ends => format!("{} lieux à moins de 50\u{a0}km", french::integer(many as u64)),
                many if self.order == Order::Useful => format!("{} lieux près d'ici", french::integer(many as u64)),
                many => format!("Les {} lieux les plus proches", french::integer(many as u64)),
            },
            lines: if far.is_some() { far::help_lines(self.atlas, place.commune) } else { Vec::new() },
            far,
            doubtful,
            relaxed: match (&self.remaining, self.reach) {
                (_, Some(reach)) if cards.is_empty() => self.relaxed_within(place, reach),
                (Some(remaining), _) => self.relaxed(remaining),
                (None, _) => Vec::new(),
            },
            beyond: if cards.is_empty() { self.beyond(place) } else { None },
            order: self.link_to(&self.filters, other, words),
            is_useful: self.order == Order::Useful,
            is_by_time: self.order == Order::Time,
            mode_words: format!("\u{a0}{}", mode.words()),
            narrower: place.narrower.iter().map(|&commune| self.link(&Meant::Commune(commune))).collect(),
            doubt: self.doubt(&place.others, &place.remarks),
            territory: figures_of(self.atlas, place),
            more: has_more.then(|| self.more_address(wanted)),
            map: self.address_with(MAP, &self.place(), &self.filters, self.order),
            distances: distances(&place.origins),
            from: match place.origins.as_slice() {
                [only] => Some((rounded(only.position), only.place.clone())),
                _ => None,
            },
            cards,
        }
    }

    /// The same place with other filters or in another order.
    fn link_to(&self, filters: &Filters, order: Order, words: String) -> Link {
        Link { href: self.address_with(self.action, &self.place(), filters, order), words }
    }

    /// What gives more venues around, when few fit.
    fn relaxed(&self, remaining: &Remaining) -> Vec<Link> {
        if remaining.all >= FEW {
            return Vec::new();
        }
        let relaxed = self.filters.relaxed().into_iter().zip(&remaining.without);
        let more = relaxed.filter(|(_, left)| **left > remaining.all).map(|((filters, words), left)| {
            let left = french::count(*left as u64, "lieu", "lieux");
            self.link_to(&filters, self.order, format!("Sans «\u{a0}{words}\u{a0}»\u{a0}: {left}"))
        });
        more.collect()
    }

    /// What gives venues within the reach that was asked for, when none there fits.
    fn relaxed_within(&self, place: &Somewhere, reach: Reach) -> Vec<Link> {
        let now = self.state.now();
        let relaxed = self.filters.relaxed().into_iter().filter(|(filters, _)| {
            let (filter, until) = (filters.venue_filter(now), Some(reach.until()));
            let one = Ranking { filter, mode: reach.mode(), until, ..Ranking::of(Order::Time, 1, now) };
            !rank(self.atlas, &place.origins, &one).is_empty()
        });
        relaxed
            .map(|(filters, words)| self.link_to(&filters, self.order, format!("Sans «\u{a0}{words}\u{a0}»")))
            .collect()
    }

    /// The nearest that fits, however far, and the search without the limit.
    fn beyond(&self, place: &Somewhere) -> Option<Link> {
        let reach = self.reach?;
        let now = self.state.now();
        let near =
            Ranking { filter: self.filters.venue_filter(now), mode: reach.mode(), ..Ranking::of(Order::Time, 1, now) };
        let nearest = rank(self.atlas, &place.origins, &near).into_iter().next()?;
        let name = &self.atlas.venues()[nearest.ordinal].name;
        let far = french::distance(nearest.distance);
        let words = format!("Sans «\u{a0}{}\u{a0}»\u{a0}: le plus proche est {name}, à {far}", reach.words());
        let filters = self.filters.pairs();
        let filters = filters.iter().map(|(name, value)| (*name, value.as_str()));
        let pairs: Vec<(&str, &str)> = self.place().into_iter().chain(filters).collect();
        Some(Link { href: format!("{}{}", self.action, query(&pairs)), words })
    }

    fn more_address(&self, wanted: usize) -> String {
        let number = (wanted * 2).min(MOST).to_string();
        self.address(&self.place().into_iter().chain([("nombre", number.as_str())]).collect::<Vec<_>>())
    }
}

/// Three decimals are 110 m: enough for a way to go, and no address.
#[must_use]
pub fn rounded(position: Position) -> String {
    format!("{:.3},{:.3}", position.lon(), position.lat())
}

/// How distances are measured, said once for the whole list when they all start from one place.
fn distances(origins: &[Origin]) -> String {
    let from = match origins {
        [only] => format!(" depuis {}", only.place),
        _ => String::new(),
    };
    format!("Distances à vol d'oiseau{from}, temps de trajet estimés")
}
