//! The answer as JSON, and as a table of the communes that change.

use serde_json::{Map, Value, json};

use super::{Changed, Outcome, Question, Side, address, sentence};
use crate::atlas::Atlas;
use crate::domain::Level;
use crate::features::Value as Cell;
use crate::http::State;
use crate::http::links;
use crate::http::problem::Problem;
use crate::tables::choices;
use crate::tables::figures::{asked_about, share};
use crate::tables::report::{Report, edition};
use crate::tables::table::rounded;
use crate::tables::table::{Row, Spot, Table, column, integer, number, text};

impl Question {
    /// The answer in French sentences.
    #[must_use]
    pub fn sentences(&self, outcome: &Outcome<'_>) -> Vec<String> {
        sentence::sentences(self, outcome)
    }

    /// Works out the answer as JSON; `base` is what our addresses begin with.
    ///
    /// # Errors
    /// 400 about the denominator.
    pub fn answer(&self, state: &State, base: &str) -> Result<Value, Problem> {
        let atlas = &state.atlas;
        let outcome = self.outcome(atlas)?;
        let [before, after] = outcome.sides.map(|side| self.side(&outcome, &side));
        let communes: Vec<Value> = outcome.changed.iter().map(|changed| told(atlas, changed)).collect();
        Ok(json!({
            "territory": asked_about(atlas, &self.place),
            "sentence": self.sentences(&outcome).join(" "),
            "closed": self.closed.iter().map(|&i| atlas.venues()[i].id.as_str()).collect::<Vec<_>>(),
            "added": self.added.iter().map(|opening| [opening.position.lon(), opening.position.lat()]).collect::<Vec<_>>(),
            "changes": self.document.without_choices(),
            "posts_stopped": self.stopped.values().sum::<u32>(),
            "difference_persons_within": outcome.gained(self.threshold),
            "before": before,
            "after": after,
            "communes": communes,
            "parameters": self.basis(atlas, &outcome),
            "edition": edition(state),
            "address": address::address(&self.document, base, outcome.preset).map(|address| links::keeping(address, state)),
        }))
    }

    /// The communes that change as a table, for formats that hold one.
    ///
    /// # Errors
    /// 400 about the denominator.
    pub fn report(self, atlas: &Atlas) -> Result<Report, Problem> {
        let outcome = self.outcome(atlas)?;
        let columns = [
            "level",
            "code",
            "name",
            "persons_in_need",
            "minutes_before",
            "minutes_after",
            "within_before",
            "within_after",
            "hours_before",
            "hours_after",
            "post_hours_before",
            "post_hours_after",
        ];
        let rows = outcome.changed.iter().map(|changed| row(atlas, changed)).collect();
        let title = "Communes qui changent";
        let table = Table { name: "rows", title, columns: columns.map(column).to_vec(), rows };
        let basis = self.basis(atlas, &outcome);
        let choices = address::parameters(&self.document, outcome.preset);
        Ok(Report { subject: "what-if", place: self.place, choices, basis, tables: vec![table], shown: 0 })
    }

    fn basis(&self, atlas: &Atlas, outcome: &Outcome<'_>) -> Map<String, Value> {
        let mut basis = choices::need_basis(outcome.preset, outcome.need);
        basis.extend(choices::access_basis(atlas));
        basis.insert("mode".into(), self.mode.name().into());
        basis.insert("threshold_min".into(), self.threshold.minutes().into());
        basis
    }

    fn side(&self, outcome: &Outcome<'_>, side: &Side) -> Value {
        let Side { coverage, hours, post_hours } = side;
        let within = coverage.within(self.threshold);
        let some = |persons: u64| outcome.known(persons);
        json!({
            "persons_located": some(coverage.persons),
            "persons_within": some(within),
            "share_within": share(within, coverage.persons),
            "persons_unreachable": some(coverage.unreachable),
            "persons_unlocated": some(coverage.nowhere),
            "communes_not_counted": coverage.unknown,
            "hours_per_person_year": hours.map(|hours| rounded(hours, 4)),
            "post_hours_per_person_year": post_hours.map(|hours| rounded(hours, 4)),
        })
    }
}

fn told(atlas: &Atlas, changed: &Changed) -> Value {
    let commune = &atlas.communes()[changed.commune];
    let minutes = changed.minutes.map(|minutes| minutes.map(|minutes| rounded(minutes, 2)));
    let [hours, posts] = [changed.hours, changed.post_hours].map(|pair| pair.map(|h| h.map(|h| rounded(h, 4))));
    json!({
        "code": commune.code.as_str(),
        "name": commune.name,
        "persons_in_need": changed.persons,
        "minutes_before": minutes[0],
        "minutes_after": minutes[1],
        "within_before": changed.within[0],
        "within_after": changed.within[1],
        "hours_before": hours[0],
        "hours_after": hours[1],
        "post_hours_before": posts[0],
        "post_hours_after": posts[1],
    })
}

fn row(atlas: &Atlas, changed: &Changed) -> Row {
    let commune = &atlas.communes()[changed.commune];
    let mut values = vec![
        text(Level::Commune.plural()),
        text(commune.code.as_str()),
        text(commune.name.as_str()),
        integer(changed.persons.map(u64::from)),
    ];
    values.extend(changed.minutes.map(|minutes| number(minutes, 2)));
    values.extend(changed.within.map(Cell::Flag));
    values.extend(changed.hours.map(|hours| number(hours, 4)));
    values.extend(changed.post_hours.map(|hours| number(hours, 4)));
    Row { place: Some(Spot::Territory(Level::Commune, commune.code.to_string())), values }
}
