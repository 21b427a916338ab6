//! `--only FILTER=VALUE,VALUE`: which venues, on the command line, by the filters of the API.

use super::{Failure, exit};
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
///
/// # Errors
/// The name of a filter that was given twice: its values would be any of them, and whoever writes it twice means both.
pub(super) fn filter_of(asked: &[Only]) -> Result<VenueFilter, Failure> {
    let mut filter = VenueFilter::default();
    for (at, (rank, choices)) in asked.iter().enumerate() {
        if asked[..at].iter().any(|(earlier, _)| earlier == rank) {
            let name = FILTERS[*rank].name;
            let message =
                format!("--only {name}=… was given twice; any of several values is --only {name}=VALUE,VALUE");
            return Err(Failure::new(exit::USAGE, message));
        }
        choices.iter().for_each(|choice| filter.ask(*rank, *choice));
    }
    Ok(filter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_given_once_and_several_are_all_of_them() {
        let read = |texts: &[&str]| filter_of(&texts.iter().map(|text| only(text).unwrap()).collect::<Vec<_>>());
        assert!(read(&["label=france-services,aidants-connect", "fee=gratuit"]).is_ok());
        let twice = read(&["label=france-services", "fee=gratuit", "label=aidants-connect"]).unwrap_err();
        assert!(twice.message.contains("label=… was given twice"), "{}", twice.message);
    }
}
