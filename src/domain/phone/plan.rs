//! The numbering plans of France: which numbers exist, and in which territory.
//!
//! From the metadata of libphonenumber 9.0.43 (Google, Apache-2.0, 2026), kept to the prefix that tells the territory and
//! to lengths. The crate `phonenumber` carries the plans of 240 countries and a build script that parses 2 MB of XML; ten
//! prefixes do what is needed here.

/// A country code of a French territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// Digits after `+`.
    pub country: &'static str,
    /// Départements and collectivities it serves; empty for metropolitan France.
    pub territories: &'static [&'static str],
    /// Lengths of a number after the country code.
    pub lengths: &'static [usize],
    /// Beginnings of its numbers after the country code.
    pub prefixes: &'static [&'static str],
    /// Whether numbers are dialled inside with a leading 0.
    pub trunk: bool,
}

/// Metropolitan France, whose prefixes are what the plans below leave of 1 to 9.
pub(super) const METROPOLE: Plan = Plan {
    country: "33",
    territories: &[],
    lengths: &[9],
    prefixes: &["1", "2", "3", "4", "5", "6", "73", "74", "75", "76", "77", "78", "79", "8", "9"],
    trunk: true,
};

/// The plans of the overseas territories. 08 and 09 numbers are read with the code of metropolitan France.
pub(super) const OVERSEAS: [Plan; 8] = [
    Plan {
        country: "590",
        territories: &["971", "977", "978"],
        lengths: &[9],
        prefixes: &["590", "5987", "690", "691", "7090"],
        trunk: true,
    },
    Plan {
        country: "596",
        territories: &["972"],
        lengths: &[9],
        prefixes: &["596", "5989", "696", "697", "7091"],
        trunk: true,
    },
    Plan {
        country: "594",
        territories: &["973"],
        lengths: &[9],
        prefixes: &["594", "5988", "694", "70930", "70931", "70932", "70933"],
        trunk: true,
    },
    Plan {
        country: "262",
        territories: &["974", "976"],
        lengths: &[9],
        prefixes: &[
            "262", "2630", "2631", "2688", "2689", "269", "639", "692", "693", "7092", "70935", "70936", "70937",
        ],
        trunk: true,
    },
    Plan {
        country: "508",
        territories: &["975"],
        lengths: &[6, 9],
        prefixes: &["2", "3", "4", "5", "6", "708", "80", "81", "82", "89", "9"],
        trunk: true,
    },
    Plan { country: "681", territories: &["986"], lengths: &[6, 9], prefixes: &["40", "72", "8", "9"], trunk: false },
    Plan {
        country: "689",
        territories: &["987"],
        lengths: &[6, 8, 9],
        prefixes: &["40", "44", "49", "80", "87", "88", "89"],
        trunk: false,
    },
    Plan {
        country: "687",
        territories: &["988"],
        lengths: &[6],
        prefixes: &["05", "2", "3", "4", "5", "7", "8", "9"],
        trunk: false,
    },
];

impl Plan {
    /// Whether digits are a whole number of this plan, without its country code and trunk 0.
    pub fn has(&self, national: &str) -> bool {
        let is_own = if self.country == METROPOLE.country {
            self.is_prefixed(national) && overseas_of(national).is_none() && !national.starts_with("508")
        } else if self.lengths == [9] && national.starts_with(['8', '9']) {
            // Free-phone, shared-cost and internet numbers have the same beginnings everywhere.
            true
        } else {
            self.is_prefixed(national) && (self.country != "689" || has_polynesian_length(national))
        };
        self.lengths.contains(&national.len()) && is_own && !is_placeholder(national)
    }

    fn is_prefixed(&self, national: &str) -> bool {
        self.prefixes.iter().any(|prefix| national.starts_with(prefix))
    }

    /// The plan dialled in a département or collectivity.
    pub fn of(territory: &str) -> Self {
        OVERSEAS.into_iter().find(|plan| plan.territories.contains(&territory)).unwrap_or(METROPOLE)
    }

    /// Plans whose country code begins these digits: 33, or three digits.
    pub fn with_country(digits: &str) -> Option<Self> {
        [METROPOLE].into_iter().chain(OVERSEAS).find(|plan| digits.starts_with(plan.country))
    }
}

/// The plan of nine digits that only an overseas territory with ten-digit dialling uses (`262201234`, `690123456`).
pub(super) fn overseas_of(national: &str) -> Option<Plan> {
    OVERSEAS.into_iter().find(|plan| plan.lengths == [9] && plan.is_prefixed(national))
}

/// Eight digits; six for services (`44 …`), nine for free calls.
fn has_polynesian_length(national: &str) -> bool {
    match national.len() {
        6 => national.starts_with("44"),
        9 => national.starts_with("80"),
        _ => !national.starts_with("80") && !national.starts_with("44"),
    }
}

/// One digit over and over is how a form that demands a number is satisfied.
fn is_placeholder(national: &str) -> bool {
    let digits = national.as_bytes();
    digits.iter().skip(1).all(|digit| *digit == digits[digits.len() - 1])
}

/// A number of a few digits that is dialled as it is: 3xxx, 10xx, 11x, 116xxx, 118xxx (ARCEP, decision 2018-0881).
pub(super) fn is_short(digits: &str) -> bool {
    match digits.len() {
        3 => matches!(digits, "112" | "114" | "115" | "119" | "191" | "196" | "197"),
        4 => digits.starts_with('3') || digits.starts_with("10"),
        6 => digits.starts_with("116") || digits.starts_with("118"),
        _ => false,
    }
}
