//! The points of one criterion for one enterprise.

use crate::chain::Match;
use crate::enterprise::Enterprise;
use crate::scorecard::value::FULL;
use crate::scorecard::{Combine, Criterion, Input, Sources};

/// The most inputs a criterion has.
pub(crate) const MOST_INPUTS: usize = 32;

/// Points, the fewest and the most they could be, and how much of them rests on facts, each 0 to 10 000.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part {
    pub points: u16,
    pub low: u16,
    pub high: u16,
    pub known: u16,
}

impl Part {
    fn of(points: u16) -> Self {
        Self { points, low: points, high: points, known: FULL }
    }
}

/// What the inputs of a criterion come to, each with its share. What nothing in this run could know neither helps nor harms; a criterion of
/// nothing else is left out as a whole.
struct Parts {
    inputs: [Part; MOST_INPUTS],
    shares: [u32; MOST_INPUTS],
    count: usize,
}

impl Parts {
    fn of(criterion: &Criterion, sources: &Sources<'_>, e: &Enterprise, at: Option<&Match>) -> Self {
        let mut all = Self { inputs: [Part::default(); MOST_INPUTS], shares: [0; MOST_INPUTS], count: 0 };
        for input in criterion.inputs.iter().filter(|i| sources.offers(&i.from)).take(MOST_INPUTS) {
            all.inputs[all.count] = part(input, sources, e, at);
            all.shares[all.count] = input.share;
            all.count += 1;
        }
        all
    }

    fn combined(&self, how: Combine) -> Part {
        let parts = &self.inputs[..self.count];
        let Some(first) = parts.first() else { return Part::default() };
        match how {
            Combine::Mean => self.mean(),
            Combine::First => {
                let at = parts.iter().position(|p| p.known > 0);
                // Whatever stands before the first known one would take its place, were it known.
                let open = &parts[..at.map_or(parts.len(), |at| at + 1)];
                let (points, known) = at.map_or((first.points, 0), |at| (parts[at].points, FULL));
                let low = open.iter().map(|p| p.low).min().unwrap_or(0);
                Part { points, low, high: open.iter().map(|p| p.high).max().unwrap_or(0), known }
            }
            Combine::Best => {
                let best = parts.iter().filter(|p| p.known > 0).map(|p| p.points).max();
                // What is known already is had whatever else is learned.
                let low = best.or_else(|| parts.iter().map(|p| p.low).min()).unwrap_or(0);
                let high = parts.iter().map(|p| p.high).max().unwrap_or(0);
                Part { points: best.unwrap_or(first.points), low, high, known: if best.is_some() { FULL } else { 0 } }
            }
        }
    }

    fn mean(&self) -> Part {
        let total = self.shares[..self.count].iter().map(|s| u64::from(*s)).sum::<u64>().max(1);
        let mean = |of: fn(&Part) -> u16| {
            let weighed = self.inputs.iter().zip(self.shares).take(self.count).map(|(p, s)| u64::from(s) * u64::from(of(p)));
            ((weighed.sum::<u64>() + total / 2) / total) as u16
        };
        Part { points: mean(|p| p.points), low: mean(|p| p.low), high: mean(|p| p.high), known: mean(|p| p.known) }
    }
}

/// The points of a criterion.
pub(crate) fn judge(criterion: &Criterion, sources: &Sources<'_>, e: &Enterprise, at: Option<&Match>) -> Part {
    Parts::of(criterion, sources, e, at).combined(criterion.combine)
}

/// What the answer to an open question could do to the points of a criterion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Swing {
    /// How far they lie apart between the worst and the best answer.
    pub whole: u16,
    /// How many more they are with the best one than now.
    pub up: u16,
}

/// The unknown inputs of a criterion, and what knowing each could do.
pub(crate) fn swings<'c>(
    criterion: &'c Criterion,
    sources: &Sources<'_>,
    e: &Enterprise,
    at: Option<&Match>,
) -> impl Iterator<Item = (&'c Input, Swing)> {
    let mut parts = Parts::of(criterion, sources, e, at);
    let offered: Vec<&Input> = criterion.inputs.iter().filter(|i| sources.offers(&i.from)).take(MOST_INPUTS).collect();
    offered.into_iter().enumerate().filter_map(move |(i, input)| {
        let unknown = parts.inputs[i];
        if unknown.known > 0 {
            return None;
        }
        let now = parts.combined(criterion.combine).points;
        let mut with = |points: u16| {
            parts.inputs[i] = Part::of(points);
            parts.combined(criterion.combine).points
        };
        let (best, worst) = (with(unknown.high), with(unknown.low));
        parts.inputs[i] = unknown;
        // Where nothing is known yet, any answer takes the place of what is supposed.
        Some((input, Swing { whole: best.max(now) - worst.min(now), up: best.saturating_sub(now) }))
    })
}

fn part(input: &Input, sources: &Sources<'_>, e: &Enterprise, at: Option<&Match>) -> Part {
    let fact = sources.fact(&input.from, input.value.asks(), e, at);
    input.value.points(&fact, sources.options.as_of).map_or_else(
        || {
            let (low, high) = input.value.bounds();
            Part { points: input.unknown, low, high, known: 0 }
        },
        Part::of,
    )
}
