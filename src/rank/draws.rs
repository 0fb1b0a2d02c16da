//! Weights drawn at random: whole numbers from a seeded generator, so that every platform draws the same.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use crate::rank::DrawOptions;

/// What drawn weights sum to: enough steps for any weight, few enough for sums of products to fit 31 bits.
pub(super) const TOTAL: u32 = 30_000;

/// Draws weights, one after another.
#[derive(Debug, Clone)]
pub(super) struct Draws {
    /// Which criteria are drawn, and what each keeps.
    pub kept: Vec<(usize, u32)>,
    /// How much is given out anew.
    pub given: u32,
    /// The weights drawn last.
    pub weights: Vec<u32>,
    generator: Pcg32,
    cuts: Vec<u32>,
}

impl Draws {
    /// Around the weights in force.
    pub(super) fn new(weights: &[u32], options: DrawOptions) -> Self {
        let total: u64 = weights.iter().map(|w| u64::from(*w)).sum::<u64>().max(1);
        let stay = u64::from(TOTAL) * u64::from(10_000 - options.spread) / 10_000;
        let kept: Vec<(usize, u32)> =
            weights.iter().enumerate().filter(|(_, w)| **w > 0).map(|(c, w)| (c, (u64::from(*w) * stay / total) as u32)).collect();
        let given = TOTAL - kept.iter().map(|k| k.1).sum::<u32>();
        let generator = Pcg32::new(options.seed, 0x5851_f42d_4c95_7f2d);
        Self { cuts: Vec::with_capacity(kept.len() + 1), weights: vec![0; weights.len()], kept, given, generator }
    }

    /// The next weights. The gaps between sorted uniform cuts are uniform over all that sum to the whole.
    pub(super) fn next(&mut self) {
        let Self { kept, given, weights, generator, cuts } = self;
        cuts.clear();
        cuts.extend((1..kept.len()).map(|_| ((u64::from(generator.next_u32()) * u64::from(*given + 1)) >> 32) as u32));
        cuts.sort_unstable();
        cuts.push(*given);
        let mut before = 0;
        for ((criterion, stays), cut) in kept.iter().zip(cuts) {
            weights[*criterion] = *stays + *cut - before;
            before = *cut;
        }
    }
}
