//! How the places that are shown can be reached by whoever asks, and what they are told to begin with: nothing is announced that
//! does not follow on the page.

/// What is shown of places, and who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaches {
    /// Whether whoever asks writes rather than telephones, as deaf people do.
    pub writes: bool,
    /// Whether a telephone is shown.
    pub by_phone: bool,
    /// Whether an e-mail address or a site is shown.
    pub in_writing: bool,
}

/// How to reach them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// By telephone.
    Phone,
    /// By e-mail, or through a site.
    Writing,
    /// By telephone, with the voice of somebody else.
    OthersPhone,
}

impl Reached {
    /// The way to reach them; `None` where there is none.
    #[must_use]
    pub fn by(reaches: Reaches) -> Option<Self> {
        match reaches {
            Reaches { writes: false, by_phone: true, .. } => Some(Self::Phone),
            Reaches { in_writing: true, .. } => Some(Self::Writing),
            Reaches { by_phone: true, .. } => Some(Self::OthersPhone),
            _ => None,
        }
    }

    /// What to do before one comes; an id of the catalogue.
    #[must_use]
    pub fn first(self) -> &'static str {
        match self {
            Self::Phone => "call-first",
            Self::Writing => "write-first",
            Self::OthersPhone => "have-call-first",
        }
    }
}

/// What somebody who cannot go out is told to begin with; an id of the catalogue, or nothing where nothing follows.
#[must_use]
pub fn from_home(reaches: Reaches, has_channels: bool, has_places: bool) -> Option<&'static str> {
    match Reached::by(reaches) {
        _ if has_channels && !reaches.writes => Some("answer-remote-first"),
        Some(Reached::Phone) => Some("answer-home-call"),
        Some(Reached::Writing) => Some("answer-home-write"),
        Some(Reached::OthersPhone) => Some("answer-home-have-call"),
        None if has_channels => Some("answer-home-have-call"),
        None => has_places.then_some("answer-home-neither"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_begins_with_is_on_the_page_and_can_be_done() {
        let told = |writes, by_phone, in_writing, has_channels| {
            from_home(Reaches { writes, by_phone, in_writing }, has_channels, by_phone || in_writing)
        };
        assert_eq!(told(false, true, true, true), Some("answer-remote-first"));
        assert_eq!(told(false, true, true, false), Some("answer-home-call"));
        assert_eq!(told(false, false, true, false), Some("answer-home-write"));
        assert_eq!(told(true, true, true, true), Some("answer-home-write"));
        assert_eq!(told(true, true, false, false), Some("answer-home-have-call"));
        assert_eq!(told(true, false, false, true), Some("answer-home-have-call"));
        assert_eq!(told(true, false, false, false), None);
        let mute = Reaches { writes: false, by_phone: false, in_writing: false };
        assert_eq!(from_home(mute, false, true), Some("answer-home-neither"));
        assert_eq!(Reached::by(mute), None);
    }
}
