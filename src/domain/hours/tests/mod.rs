//! Tests of opening hours as a whole.

mod french;
mod mutation;
mod oracle;
mod real;
mod state;
mod words;

use chrono::NaiveDateTime;

use super::{HolidayCalendar, OpeningHours};

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn hours(osm: &str) -> OpeningHours {
    OpeningHours::parse(osm, HolidayCalendar::NATIONAL).unwrap()
}

fn hours_in(departement: &str, osm: &str) -> OpeningHours {
    OpeningHours::parse(osm, HolidayCalendar::of_departement(departement)).unwrap()
}

/// A small deterministic generator (`SplitMix64`, Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// Spans of each day of a week, Monday first, in minutes from midnight.
type Spans = [Vec<(u32, u32)>; 7];

/// Up to three spans a day, on a grid of five minutes from 06:00 on, apart from one another.
fn random_week(random: &mut Random) -> Spans {
    std::array::from_fn(|_| {
        let mut bounds: Vec<u32> = (0..2 * random.below(4)).map(|_| (72 + random.below(217)) as u32 * 5).collect();
        bounds.sort_unstable();
        bounds.dedup();
        bounds.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
