//! `--only FILTER=VALUE,VALUE`: which venues, on the command line, by the filters of the API.

use crate::atlas::VenueFilter;
use crate::atlas::filters::{FILTER_NAMES, FILTERS};
use crate::domain::vocabulary::slug;

/// The rank of a filter and those of the choices that are wanted.
pub(super) type Only = (usize, Vec<usize>);

/// Reads `FILTER=VALUE,VALUE`: the rank of the filter and those of the choices.
pub(super) fn only(text: &str) -> Result<Only, String> {
    let (name, values) = text.split_once('=').unwrap_or((text, ""));
    let rank = FILTERS.iter().position(|filter| filter.name == name);
    let rank = rank.ok_or_else(|| format!("`{name}` is no filter; expected one of {}", FILTER_NAMES.join(", ")))?;
    let choices = (FILTERS[rank].choices)();
    let find = |value: &str| {
        choices.iter().position(|choice| choice.slug == slug(value)).ok_or_else(|| {
            let known: Vec<&str> = choices.iter().map(|choice| choice.slug.as_str()).collect();
            format!("`{name}` does not know `{value}`; expected one of {}", known.join(", "))
        })
    };
    Ok((rank, values.split(',').map(find).collect::<Result<_, _>>()?))
}

/// All of these filters together.
pub(super) fn filter_of(asked: &[Only]) -> VenueFilter {
    let mut filter = VenueFilter::default();
    for (rank, choices) in asked {
        choices.iter().for_each(|choice| filter.ask(*rank, *choice));
    }
    filter
}
