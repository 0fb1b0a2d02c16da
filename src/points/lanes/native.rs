//! Loops that compilers turn into the vectors of the machine.

use super::LANES;

pub(super) type Points = [i16; 2 * LANES];
/// The two weights by turns, as points stand.
pub(super) type Weights = [i16; 2 * LANES];
pub(super) type Sums = [i32; LANES];

pub(super) fn points(a: [u16; LANES], b: [u16; LANES]) -> Points {
    std::array::from_fn(|i| if i % 2 == 0 { a[i / 2] as i16 } else { b[i / 2] as i16 })
}

pub(super) fn split(points: Points) -> ([u16; LANES], [u16; LANES]) {
    (std::array::from_fn(|i| points[2 * i] as u16), std::array::from_fn(|i| points[2 * i + 1] as u16))
}

pub(super) fn weights(a: i16, b: i16) -> Weights {
    std::array::from_fn(|i| if i % 2 == 0 { a } else { b })
}

pub(super) fn splat(sum: i32) -> Sums {
    [sum; LANES]
}

#[inline]
pub(super) fn add(sums: Sums, points: &Points, weights: Weights) -> Sums {
    let product = |i: usize| i32::from(points[i]) * i32::from(weights[i]);
    std::array::from_fn(|i| sums[i] + (product(2 * i) + product(2 * i + 1)))
}

#[inline]
pub(super) fn any_over(all: impl Iterator<Item = Sums>, bound: Sums) -> bool {
    let most = all.fold(bound, |most, sums| std::array::from_fn(|i| most[i].max(sums[i])));
    most != bound
}

#[inline]
pub(super) fn over(sums: Sums, bound: Sums) -> u8 {
    sums.iter().zip(bound).enumerate().fold(0, |bits, (i, (sum, bound))| bits | u8::from(*sum > bound) << i)
}

#[inline]
pub(super) fn each(sums: Sums) -> [i32; LANES] {
    sums
}
