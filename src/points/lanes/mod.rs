//! Eight rows at once: points of two criteria multiplied and added, in the vector instructions of the machine where it has them.
//!
//! All versions give the same sums to the bit: points are at most 10 000 and weights 30 000, so products and sums are exact in 32 bits.

/// Points of two criteria for eight rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tile(own::Points);

/// The weights of two criteria.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair(own::Weights);

/// A sum for each of eight rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sums(own::Sums);

/// Rows in a tile.
pub(crate) const LANES: usize = 8;

impl Tile {
    /// Points of a first and a second criterion.
    pub(crate) fn new(first: [u16; LANES], second: [u16; LANES]) -> Self {
        Self(own::points(first, second))
    }

    /// The points of the first and of the second criterion.
    pub(crate) fn split(self) -> ([u16; LANES], [u16; LANES]) {
        own::split(self.0)
    }
}

impl Pair {
    /// Weights, or differences of weights, within ±30 000.
    pub(crate) fn new(first: i16, second: i16) -> Self {
        Self(own::weights(first, second))
    }
}

impl Sums {
    /// The same sum for every row.
    pub(crate) fn splat(sum: i32) -> Self {
        Self(own::splat(sum))
    }

    /// Adds weight times points.
    #[inline]
    pub(crate) fn add(&mut self, tile: &Tile, weights: Pair) {
        self.0 = own::add(self.0, &tile.0, weights.0);
    }

    /// True when a sum of any of these rows is over a bound.
    #[inline]
    pub(crate) fn any_over(all: &[Self], bound: Self) -> bool {
        own::any_over(all.iter().map(|s| s.0), bound.0)
    }

    /// A bit for each row whose sum is over a bound.
    #[inline]
    pub(crate) fn over(self, bound: Self) -> u8 {
        own::over(self.0, bound.0)
    }

    /// The sums, row by row.
    #[inline]
    pub(crate) fn each(self) -> [i32; LANES] {
        own::each(self.0)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[path = "wasm.rs"]
mod own;

#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
#[path = "plain.rs"]
mod own;

#[cfg(not(target_arch = "wasm32"))]
#[path = "native.rs"]
mod own;
