//! WebAssembly without vectors: two sums to a 64-bit word, which is exact because no sum reaches 32 bits.

use super::LANES;

/// Four rows of the first criterion, four more, and the same of the second; 16 bits a row.
pub(super) type Points = [u64; 4];
pub(super) type Weights = [u64; 2];
/// Rows 0 and 2, 1 and 3, 4 and 6, 5 and 7; 32 bits a row.
pub(super) type Sums = [u64; 4];

const EVEN: u64 = 0x0000_ffff_0000_ffff;

pub(super) fn points(a: [u16; LANES], b: [u16; LANES]) -> Points {
    let four = |x: &[u16]| x.iter().rev().fold(0, |word, x| word << 16 | u64::from(*x));
    [four(&a[..4]), four(&a[4..]), four(&b[..4]), four(&b[4..])]
}

pub(super) fn split(points: Points) -> ([u16; LANES], [u16; LANES]) {
    let of = |at: usize| std::array::from_fn(|i| (points[at + i / 4] >> (16 * (i % 4))) as u16);
    (of(0), of(2))
}

pub(super) fn weights(a: i16, b: i16) -> Weights {
    // A negative difference wraps, and so does the sum; what comes out is no less exact.
    [i64::from(a) as u64, i64::from(b) as u64]
}

pub(super) fn splat(sum: i32) -> Sums {
    let sum = u64::from(sum as u32);
    [sum << 32 | sum; 4]
}

#[inline]
pub(super) fn add(sums: Sums, points: &Points, weights: Weights) -> Sums {
    let even =
        |half: usize| (points[half] & EVEN).wrapping_mul(weights[0]).wrapping_add((points[half + 2] & EVEN).wrapping_mul(weights[1]));
    let odd = |half: usize| {
        (points[half] >> 16 & EVEN).wrapping_mul(weights[0]).wrapping_add((points[half + 2] >> 16 & EVEN).wrapping_mul(weights[1]))
    };
    [sums[0].wrapping_add(even(0)), sums[1].wrapping_add(odd(0)), sums[2].wrapping_add(even(1)), sums[3].wrapping_add(odd(1))]
}

#[inline]
pub(super) fn any_over(all: impl Iterator<Item = Sums>, bound: Sums) -> bool {
    let bound = bound[0] as i32;
    all.fold(false, |any, sums| any | each(sums).iter().fold(false, |any, sum| any | (*sum > bound)))
}

#[inline]
pub(super) fn over(sums: Sums, bound: Sums) -> u8 {
    let bound = bound[0] as i32;
    each(sums).iter().enumerate().fold(0, |bits, (i, sum)| bits | u8::from(*sum > bound) << i)
}

#[inline]
pub(super) fn each(sums: Sums) -> [i32; LANES] {
    let (low, high) = (|i: usize| sums[i] as i32, |i: usize| (sums[i] >> 32) as i32);
    [low(0), low(1), high(0), high(1), low(2), low(3), high(2), high(3)]
}
