//! Can all of some demand points be reached within the means? Tried to the end: the point with the fewest sites left is
//! taken, and one of these sites must be open. What helps to end: a site is left out where another reaches the same points
//! and more for no more money, a point where another is reached by fewer of the same sites (Toregas and `ReVelle` 1973), and
//! points are given weights such that no affordable sites reach all of the weight (Lagrangian relaxation; the weights move
//! by multiplication, Plotkin, Shmoys and Tardos 1995). Weights that nearly prove it settle many sites: one with which too
//! little weight would be reached is closed, one without which it would be is open (fixing by reduced cost).

use std::cmp::Reverse;

use super::bundles::stands;
use super::problem::Problem;
use super::weighted::forced_spending;

/// Words read between two looks at the clock.
pub(super) const WORK_OF_A_LOOK: u64 = 20_000_000;
/// Weights begin here, and stay between 1 and the largest.
const WEIGHT: u64 = 1 << 12;
const LARGEST_WEIGHT: u64 = 1 << 40;
/// Turns of the weights, more where nothing is known of them yet; a turn moves them by this share of 1,024, and less from turn
/// to turn. Where another question left good weights, steps begin as if so many turns were over.
const TURNS: u64 = 24;
const FIRST_TURNS: u64 = 200;
const STEP: u64 = 400;
const TURNS_BEFORE: u64 = 8;
/// Where more than one in so many sites is settled, all is looked at again before a case is made.
const SETTLED: usize = 8;
/// Looks at the clock until it is given up: whoever checks has to try as long.
const MOST_LOOKS: u32 = 5_000;

/// A set of points, or of sites: one bit for each.
type Bits = Vec<u64>;

/// What trying led to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// These sites reach all points within the means.
    Sites(Vec<u32>),
    /// No sites do.
    Impossible,
    /// It was not tried to the end.
    Unknown,
}

/// Tries to reach these demand points within a cost, with what forced posts leave of the means; `more` is asked after so
/// much work each time whether to go on. The sites found are those beside what stands.
pub(super) fn within(problem: &Problem, cost: u32, points: &[u32], more: &mut dyn FnMut() -> bool) -> Cover {
    let count = problem.sites.len();
    let is_open = |site: usize| !stands(problem, site) && problem.room(site) > 0;
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for &point in points {
        let near =
            || problem.pairs.of(point as usize).iter().take_while(|pair| pair.cost <= cost).map(|pair| pair.site);
        if !near().any(|site| stands(problem, site as usize)) {
            rows.push(near().filter(|&site| is_open(site as usize)).collect());
            rows.last_mut().expect("just pushed").sort_unstable();
        }
    }
    rows.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    rows.dedup();
    let mut kept: Vec<Bits> = Vec::new();
    for row in rows.iter().map(|row| bits(count, row.iter().map(|&site| site as usize))) {
        // Whoever reaches a point with fewer sites reaches this one too.
        if !kept.iter().any(|fewer| is_within(fewer, &row)) {
            kept.push(row);
        }
    }
    let sites = (0..count).map(|site| {
        let reached = (0..kept.len()).filter(|&point| has(&kept[point], site));
        Site { id: site as u32, price: problem.price(site), reached: bits(kept.len(), reached) }
    });
    let sites: Vec<Site> = sites.filter(|site| site.reached.iter().any(|word| *word > 0)).collect();
    let left = bits(kept.len(), 0..kept.len());
    let mut trial = Trial { more, work: 0, looks: 0, open: Vec::new(), turns: (0, FIRST_TURNS) };
    let means = problem.means() - forced_spending(problem);
    match trial.from(&sites, &left, means, vec![WEIGHT; kept.len()]) {
        Some(true) => Cover::Sites(trial.open),
        Some(false) => Cover::Impossible,
        None => Cover::Unknown,
    }
}

#[derive(Clone)]
struct Site {
    id: u32,
    price: i64,
    /// Points that it reaches and no open site does.
    reached: Bits,
}

struct Trial<'m> {
    more: &'m mut dyn FnMut() -> bool,
    work: u64,
    looks: u32,
    open: Vec<u32>,
    /// The first turn of the weights and the one after the last.
    turns: (u64, u64),
}

impl Trial<'_> {
    /// Whether some of these sites reach all points that are left; the open sites are then in `open`. Nothing where that
    /// was not tried to the end.
    fn from(&mut self, sites: &[Site], left: &Bits, means: i64, mut weights: Vec<u64>) -> Option<bool> {
        if left.iter().all(|word| *word == 0) {
            return Some(true);
        }
        let mut sites = self.useful(sites, left, means);
        let Some(mut options) = self.narrowest(&sites, left) else { return Some(false) };
        if options.len() > 1 {
            match self.weigh(&sites, left, means, &mut weights) {
                Weighed::Impossible => return Some(false),
                Weighed::All(all) => {
                    self.open.extend(all);
                    return Some(true);
                }
                Weighed::Open { closed, opened } => {
                    let before = sites.len();
                    if !opened.is_empty() || closed.len() * SETTLED > before {
                        return self.settled(sites, left, means, weights, (closed, opened));
                    }
                    if !closed.is_empty() {
                        retain(&mut sites, &closed);
                        let Some(fewer) = self.narrowest(&sites, left) else { return Some(false) };
                        options = fewer;
                    }
                }
            }
        }
        if self.work >= WORK_OF_A_LOOK {
            self.work = 0;
            self.looks += 1;
            if self.looks == MOST_LOOKS || !(self.more)() {
                return None;
            }
        }
        let worth = |site: &Site| each(&site.reached).map(|point| weights[point]).sum::<u64>();
        let mut options: Vec<(Reverse<u64>, usize)> =
            options.into_iter().map(|rank| (Reverse(worth(&sites[rank])), rank)).collect();
        options.sort_unstable();
        for (_, rank) in options {
            let site = sites[rank].clone();
            let rest = left.iter().zip(&site.reached).map(|(left, reached)| left & !reached).collect();
            self.open.push(site.id);
            if self.from(&sites, &rest, means - site.price, weights.clone())? {
                return Some(true);
            }
            self.open.pop();
            // What follows is without this site.
            sites[rank].reached.fill(0);
        }
        Some(false)
    }

    /// The same once some of the sites are closed and others open.
    fn settled(
        &mut self,
        mut sites: Vec<Site>,
        left: &Bits,
        mut means: i64,
        weights: Vec<u64>,
        (closed, opened): (Vec<usize>, Vec<usize>),
    ) -> Option<bool> {
        let mut rest = left.clone();
        let before = self.open.len();
        for &rank in &opened {
            rest.iter_mut().zip(&sites[rank].reached).for_each(|(rest, reached)| *rest &= !reached);
            means -= sites[rank].price;
            self.open.push(sites[rank].id);
        }
        if means < 0 {
            self.open.truncate(before);
            return Some(false);
        }
        let gone: Vec<usize> = closed.into_iter().chain(opened).collect();
        retain(&mut sites, &gone);
        let found = self.from(&sites, &rest, means, weights)?;
        if !found {
            self.open.truncate(before);
        }
        Some(found)
    }

    /// The sites that can be paid and reach points that are left, without those that another makes idle.
    fn useful(&mut self, sites: &[Site], left: &Bits, means: i64) -> Vec<Site> {
        let mut useful: Vec<(u32, Site)> = Vec::with_capacity(sites.len());
        for site in sites.iter().filter(|site| site.price <= means) {
            let reached: Bits = site.reached.iter().zip(left).map(|(reached, left)| reached & left).collect();
            let count = reached.iter().map(|word| word.count_ones()).sum();
            if count > 0 {
                useful.push((count, Site { reached, ..*site }));
            }
        }
        useful.sort_by_key(|(count, site)| (Reverse(*count), site.price, site.id));
        let mut kept: Vec<Site> = Vec::with_capacity(useful.len());
        for (_, site) in useful {
            self.work += (kept.len() * left.len() / 2) as u64;
            if !kept.iter().any(|other| other.price <= site.price && is_within(&site.reached, &other.reached)) {
                kept.push(site);
            }
        }
        kept
    }

    /// The places of the sites that reach the point that is left to the fewest; nothing where some point is left to none.
    fn narrowest(&mut self, sites: &[Site], left: &Bits) -> Option<Vec<usize>> {
        let mut counts = vec![0_u32; left.len() * 64];
        for site in sites {
            each(&site.reached).for_each(|point| counts[point] += 1);
        }
        self.work += (counts.len() + sites.len() * left.len()) as u64;
        let point = each(left).min_by_key(|&point| counts[point])?;
        (counts[point] > 0).then(|| (0..sites.len()).filter(|&rank| has(&sites[rank].reached, point)).collect())
    }

    /// Moves the weights until no affordable sites reach all of the weight, or some reach all points. Else they are the best
    /// that were met, and some sites are settled.
    fn weigh(&mut self, sites: &[Site], left: &Bits, means: i64, weights: &mut Vec<u64>) -> Weighed {
        let mut times = vec![0_u64; weights.len()];
        let even = sites.iter().all(|site| site.price == sites[0].price);
        let (mut is_closed, mut is_opened) = (vec![false; sites.len()], vec![false; sites.len()]);
        let mut best: Option<(f64, Vec<u64>)> = None;
        let (first, end) = std::mem::replace(&mut self.turns, (TURNS_BEFORE, TURNS_BEFORE + TURNS));
        for turn in first..end {
            let mut worths: Vec<(u64, usize)> = Vec::with_capacity(sites.len());
            for (rank, site) in sites.iter().enumerate().filter(|(rank, _)| !is_closed[*rank]) {
                worths.push((each(&site.reached).map(|point| weights[point]).sum(), rank));
                self.work += 4 * left.len() as u64;
            }
            let rate = |&(worth, rank): &(u64, usize)| (u128::from(worth), sites[rank].price as u128);
            worths.sort_unstable_by(|a, b| {
                let ((worth_a, price_a), (worth_b, price_b)) = (rate(a), rate(b));
                (worth_b * price_a).cmp(&(worth_a * price_b)).then(a.1.cmp(&b.1))
            });
            let all: u64 = each(left).map(|point| weights[point]).sum();
            let (mut reach, mut rest) = (0_u128, means);
            let mut chosen = Vec::new();
            for &(worth, rank) in &worths {
                let price = sites[rank].price;
                if price > rest {
                    // The last one counts in part, unless what is left of it would pay for no other either.
                    reach += if even { 0 } else { (u128::from(worth) * rest as u128).div_ceil(price as u128) };
                    break;
                }
                rest -= price;
                reach += u128::from(worth);
                chosen.push(rank);
            }
            let Some(slack) = reach.checked_sub(u128::from(all)) else { return Weighed::Impossible };
            if even {
                settle(&worths, chosen.len(), slack, &mut is_closed, &mut is_opened);
            }
            let ratio = reach as f64 / all as f64;
            if best.as_ref().is_none_or(|(least, _)| ratio < *least) {
                best = Some((ratio, weights.clone()));
            }
            times.fill(0);
            chosen.iter().flat_map(|&rank| each(&sites[rank].reached)).for_each(|point| times[point] += 1);
            if each(left).all(|point| times[point] > 0) {
                return Weighed::All(chosen.into_iter().map(|rank| sites[rank].id).collect());
            }
            let step = STEP / (turn + 2);
            for point in each(left) {
                let now = match times[point] {
                    0 => weights[point] * (1_024 + step),
                    many => weights[point] * (1_024 - step * (many - 1).min(2) / 2),
                };
                weights[point] = (now / 1_024).clamp(1, LARGEST_WEIGHT);
            }
        }
        if let Some((_, met)) = best {
            *weights = met;
        }
        let ranks = |marks: &[bool]| (0..marks.len()).filter(|&rank| marks[rank]).collect();
        Weighed::Open { closed: ranks(&is_closed), opened: ranks(&is_opened) }
    }
}

enum Weighed {
    Impossible,
    All(Vec<u32>),
    /// Not known; these sites are closed and those open wherever all points are reached.
    Open {
        closed: Vec<usize>,
        opened: Vec<usize>,
    },
}

/// Marks the sites that these weights settle, where all cost the same: `worths` are in descending order, the first `count` can be
/// paid, and together they reach so much more than all of the weight.
fn settle(worths: &[(u64, usize)], count: usize, slack: u128, is_closed: &mut [bool], is_opened: &mut [bool]) {
    let (Some(&(least_in, _)), Some(&(most_out, _))) = (worths[..count].last(), worths.get(count)) else { return };
    for &(worth, rank) in &worths[..count] {
        is_opened[rank] |= u128::from(worth - most_out) > slack;
    }
    for &(worth, rank) in &worths[count..] {
        is_closed[rank] |= u128::from(least_in - worth) > slack;
    }
}

/// Keeps the sites that are not at these places.
fn retain(sites: &mut Vec<Site>, gone: &[usize]) {
    let mut is_gone = vec![false; sites.len()];
    gone.iter().for_each(|&rank| is_gone[rank] = true);
    let mut rank = 0..;
    sites.retain(|_| !is_gone[rank.next().unwrap_or_default()]);
}

fn bits(count: usize, set: impl Iterator<Item = usize>) -> Bits {
    let mut bits = vec![0; count.div_ceil(64)];
    set.for_each(|place| bits[place / 64] |= 1 << (place % 64));
    bits
}

fn has(bits: &Bits, place: usize) -> bool {
    bits[place / 64] >> (place % 64) & 1 == 1
}

fn is_within(less: &Bits, more: &Bits) -> bool {
    less.iter().zip(more).all(|(less, more)| less & !more == 0)
}

/// The places that are set, in order.
fn each(bits: &Bits) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(word, &bits)| {
        let next = |bits: &u64| Some(bits & (bits - 1)).filter(|bits| *bits > 0);
        std::iter::successors(Some(bits).filter(|bits| *bits > 0), next)
            .map(move |bits| word * 64 + bits.trailing_zeros() as usize)
    })
}
