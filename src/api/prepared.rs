//! Venues as text, written when first found: all that an answer says of a venue but its distance.

use crate::editions::Snapshot;
use std::sync::OnceLock;

use super::collections::Collection;
use super::collections::venues::Venues;
use crate::access::Travel;
use crate::atlas::Counted;
use crate::domain::Metres;
use crate::features;
use crate::features::Lists;
use crate::http::State;

/// One text for each venue that was found so far, about 1.4 kB each.
#[derive(Debug)]
pub struct Prepared(Vec<OnceLock<Text>>);

#[derive(Debug)]
struct Text {
    bytes: Box<[u8]>,
    /// Where the distance goes.
    distance_at: usize,
}

impl Prepared {
    /// Those of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(|atlas| Self::new(atlas.venues().len()))
    }

    /// Room for this many venues, nothing written yet.
    #[must_use]
    pub fn new(venues: usize) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(venues).collect())
    }

    /// Writes the feature of a venue with its distance, rounded to a tenth of a metre, and the way to it when anybody asked:
    /// without minutes when nobody knows it.
    pub fn write(&self, out: &mut Vec<u8>, state: &State, row: usize, distance_m: f64, travel: Travel) {
        let text = self.0[row].get_or_init(|| text(state, row));
        let (before, after) = text.bytes.split_at(text.distance_at);
        out.extend_from_slice(before);
        features::write_decimal(out, distance_m, 1);
        match travel {
            Travel::Unasked => {}
            Travel::NoWay => out.extend_from_slice(br#","minutes":null,"minutes_basis":"none""#),
            Travel::Takes { time, basis, .. } => {
                features::write_key(out, "minutes");
                features::write_decimal(out, time.minutes(), 1);
                features::write_key(out, "minutes_basis");
                features::write_text(out, basis.name());
            }
        }
        out.extend_from_slice(after);
    }
}

fn text(state: &State, row: usize) -> Text {
    let mut out = Vec::new();
    features::open_feature(&mut out, Venues.id(&state.atlas, row), &Venues.geometry(&state.atlas, row));
    features::write_key(&mut out, "distance_m");
    let distance_at = out.len();
    let way = state.atlas.venue_spot(row.into()).map_or(Metres::ZERO, |(_, way)| way);
    features::write_key(&mut out, "distance_to");
    features::write_text(&mut out, if way > Metres::ZERO { Counted::Commune } else { Counted::Place }.name());
    let mut names = Venues::names();
    Venues.values(state, row, &mut |value| {
        features::write_key(&mut out, names.next().expect("every value has a name"));
        features::write_value(&mut out, &value, Lists::Array);
    });
    out.extend_from_slice(b"}}");
    Text { bytes: out.into_boxed_slice(), distance_at }
}
