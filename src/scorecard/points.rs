//! Points of one criterion, with what is unknown about them, and how inputs join into them.

use crate::scorecard::Combine;
use crate::scorecard::value::FULL;

/// The most inputs a criterion has.
pub(crate) const MOST_INPUTS: usize = 32;

/// The points of a criterion, and what is unknown about them; each figure is 0 to 10 000.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CriterionPoints {
    /// The points, with each unknown fact at the points that the card gives for not knowing it.
    pub points: u16,
    /// The fewest they could be, were everything known.
    pub low: u16,
    /// The most they could be.
    pub high: u16,
    /// The share of the criterion that rests on facts.
    pub known: u16,
}

impl CriterionPoints {
    /// Points that are known.
    pub(crate) fn of(points: u16) -> Self {
        Self { points, low: points, high: points, known: FULL }
    }

    /// Points of something unknown.
    pub(crate) fn unknown(points: u16, (low, high): (u16, u16)) -> Self {
        Self { points, low, high, known: 0 }
    }
}

/// What the inputs of a criterion come to, each with its share. What nothing in this run could know neither helps nor harms; a criterion of
/// nothing else is left out as a whole.
pub(crate) struct Parts {
    pub inputs: [CriterionPoints; MOST_INPUTS],
    shares: [u32; MOST_INPUTS],
    count: usize,
}

impl Parts {
    pub(crate) fn new() -> Self {
        Self { inputs: [CriterionPoints::default(); MOST_INPUTS], shares: [0; MOST_INPUTS], count: 0 }
    }

    /// Adds an input; past the most there are, nothing.
    pub(crate) fn push(&mut self, points: CriterionPoints, share: u32) {
        if let (Some(input), Some(its)) = (self.inputs.get_mut(self.count), self.shares.get_mut(self.count)) {
            (*input, *its) = (points, share);
            self.count += 1;
        }
    }

    pub(crate) fn combined(&self, how: Combine) -> CriterionPoints {
        let parts = &self.inputs[..self.count];
        let Some(first) = parts.first() else { return CriterionPoints::default() };
        match how {
            // A mean of one is the one.
            Combine::Mean if parts.len() == 1 => *first,
            Combine::Mean => self.mean(),
            Combine::First => {
                let at = parts.iter().position(|p| p.known > 0);
                // Whatever stands before the first known one would take its place, were it known.
                let open = &parts[..at.map_or(parts.len(), |at| at + 1)];
                let (points, known) = at.map_or((first.points, 0), |at| (parts[at].points, FULL));
                let low = open.iter().map(|p| p.low).min().unwrap_or(0);
                CriterionPoints { points, low, high: open.iter().map(|p| p.high).max().unwrap_or(0), known }
            }
            Combine::Best => {
                let best = parts.iter().filter(|p| p.known > 0).map(|p| p.points).max();
                // What is known already is had whatever else is learned.
                let low = best.or_else(|| parts.iter().map(|p| p.low).min()).unwrap_or(0);
                let high = parts.iter().map(|p| p.high).max().unwrap_or(0);
                CriterionPoints { points: best.unwrap_or(first.points), low, high, known: if best.is_some() { FULL } else { 0 } }
            }
        }
    }

    fn mean(&self) -> CriterionPoints {
        let total = self.shares[..self.count].iter().map(|s| u64::from(*s)).sum::<u64>().max(1);
        let mean = |of: fn(&CriterionPoints) -> u16| {
            let weighed = self.inputs.iter().zip(self.shares).take(self.count).map(|(p, s)| u64::from(s) * u64::from(of(p)));
            ((weighed.sum::<u64>() + total / 2) / total) as u16
        };
        CriterionPoints { points: mean(|p| p.points), low: mean(|p| p.low), high: mean(|p| p.high), known: mean(|p| p.known) }
    }
}
