//! Lines on paper: what the next post is worth, and how value and bound close on each other.

use std::fmt::Write;

use crate::planning::{Answer, Limit, Measure, Request};
use crate::searches::job::Moment;

use crate::searches::sentence::{is_capped, said};
use crate::tables::french;

/// Size of a drawing, in its own units.
pub const WIDTH: f64 = 400.0;
/// Its height.
pub const HEIGHT: f64 = 160.0;
/// Most points of a line.
const MOST_POINTS: usize = 160;

/// What the next post is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPost {
    /// The `d` of the line.
    pub line: String,
    /// The `d` of the upright line at the means of the plan.
    pub plan: String,
    /// What the line says, in a sentence or two.
    pub words: String,
    /// Left end, right end, lowest and highest value, in words.
    pub ends: [String; 4],
}

/// Value and bound over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The `d` of the plan's value.
    pub value: String,
    /// The `d` of the bound.
    pub bound: String,
}

/// The curve of an answer; `None` when it has no two points.
#[must_use]
pub fn next_post(answer: &Answer, request: &Request) -> Option<NextPost> {
    // A plan of no post, because none brings everybody within reach, is on no curve of what posts bring.
    if is_capped(&answer.summary) {
        return None;
    }
    let points: Vec<(f64, f64)> = answer.curve.iter().map(|step| (step.means as f64, step.value)).collect();
    let (first, last) = (points.first()?, points.last().filter(|_| points.len() > 1)?);
    let frame = Frame::around(points.iter().copied())?;
    let measure = answer.measure_of_benefits;
    let means = |means: f64| match request.limit {
        Limit::Posts(_) | Limit::AsItTakes => french::count(means as u64, "poste", "postes"),
        Limit::BudgetEur(_) => format!("{}\u{a0}€", french::integer(means as u64)),
    };
    // The steps of the plan, and the first one beyond.
    let limit = match request.limit {
        // Where posts or euros are what is saved, the plan stands at what it takes, not at its ceiling.
        _ if matches!(answer.summary.measure, Measure::Posts | Measure::Euros) => answer.summary.value,
        Limit::Posts(limit) | Limit::BudgetEur(limit) => limit as f64,
        Limit::AsItTakes => answer.summary.posts as f64,
    };
    let within = points.iter().take_while(|point| point.0 <= limit).count().max(2);
    let (before, at) = (points[within - 2], points[within - 1]);
    let difference = |a: (f64, f64), b: (f64, f64)| said(measure, (b.1 - a.1).abs(), request);
    // What the curve counts is not always what the plan does.
    let counts = match (answer.summary.measure, measure) {
        (own, of_curve) if own == of_curve => "",
        (_, Measure::MeanWay | Measure::LongestWay) => " de trajet moyen",
        _ => " à portée",
    };
    let verb = match measure {
        Measure::MeanWay | Measure::LongestWay => "retire",
        _ => "ajoute",
    };
    let beyond = points.get(within).map_or_else(String::new, |next| {
        let would = if verb == "retire" { "retirerait" } else { "ajouterait" };
        format!("\u{a0}; un de plus en {would} {}", difference(at, *next))
    });
    let words = format!(
        "Le premier pas {verb} {}\u{a0}; le dernier du plan, {}{beyond}. Chaque pas garde les précédents\u{a0}: le plan, cherché \
         d'un coup, fait parfois mieux.",
        difference(*first, points[1]),
        difference(before, at)
    );
    let low = points.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|point| point.1).fold(f64::NEG_INFINITY, f64::max);
    let ends = [
        means(first.0),
        means(last.0),
        format!("{}{counts}", said(measure, low, request)),
        format!("{}{counts}", said(measure, high, request)),
    ];
    let plan = frame.line(&[(at.0, low), (at.0, high)]);
    Some(NextPost { line: frame.line(&thinned(&points)), plan, words, ends })
}

/// The two curves of a search; `None` before there are two moments.
#[must_use]
pub fn closing(moments: &[Moment]) -> Option<Closing> {
    let of = |pick: fn(&Moment) -> f64| -> Vec<(f64, f64)> { moments.iter().map(|m| (m.seconds, pick(m))).collect() };
    let (value, bound) = (of(|m| m.value), of(|m| m.bound));
    let frame = Frame::around(value.iter().chain(&bound).copied()).filter(|_| moments.len() > 1)?;
    Some(Closing { value: frame.line(&thinned(&value)), bound: frame.line(&thinned(&bound)) })
}

/// At most so many points, the first and the last among them.
fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let step = points.len().div_ceil(MOST_POINTS).max(1);
    let last = points.len().saturating_sub(1);
    points.iter().enumerate().filter(|(i, _)| i % step == 0 || *i == last).map(|(_, point)| *point).collect()
}

/// The rectangle that holds some points.
struct Frame {
    from: (f64, f64),
    size: (f64, f64),
}

impl Frame {
    fn around(points: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let start = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        let (low, high) = points
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .fold(start, |(low, high), (x, y)| ((low.0.min(x), low.1.min(y)), (high.0.max(x), high.1.max(y))));
        let side = |from: f64, to: f64| if to > from { to - from } else { 1.0 };
        low.0.is_finite().then(|| Self { from: low, size: (side(low.0, high.0), side(low.1, high.1)) })
    }

    fn line(&self, points: &[(f64, f64)]) -> String {
        let mut d = String::new();
        for (x, y) in points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
            let x = WIDTH * (x - self.from.0) / self.size.0;
            let y = HEIGHT - HEIGHT * (y - self.from.1) / self.size.1;
            let _ = write!(d, "{}{x:.1} {y:.1}", if d.is_empty() { 'M' } else { 'L' });
        }
        d
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_curves_share_one_frame_and_meet_where_the_gap_is_gone() {
        let moment = |seconds, value, bound| Moment { seconds, value, bound, gap_percent: None, rounds: 1 };
        let drawn = closing(&[moment(0.0, 0.0, 100.0), moment(1.0, 60.0, 60.0)]).unwrap();
        assert_eq!(drawn.value, "M0.0 160.0L400.0 64.0");
        assert_eq!(drawn.bound, "M0.0 0.0L400.0 64.0");
        assert_eq!(closing(&[moment(0.0, 0.0, 1.0)]), None);
    }

    #[test]
    fn a_long_line_keeps_its_ends() {
        let points: Vec<(f64, f64)> = (0..2_401).map(|i| (f64::from(i), f64::from(i))).collect();
        let thin = thinned(&points);
        assert!(thin.len() <= MOST_POINTS + 1);
        assert_eq!((thin[0], thin[thin.len() - 1]), (points[0], points[2_400]));
    }

    #[test]
    fn a_flat_line_is_drawn_and_an_endless_value_is_left_out() {
        let flat = Frame::around([(0.0, 5.0), (1.0, 5.0), (2.0, f64::INFINITY)].into_iter()).unwrap();
        assert_eq!(flat.line(&[(0.0, 5.0), (1.0, 5.0), (2.0, f64::INFINITY)]), "M0.0 160.0L400.0 160.0");
    }
}
