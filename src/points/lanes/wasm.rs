//! WebAssembly with 128-bit vectors.

use core::arch::wasm32::{
    i16x8, i16x8_extract_lane, i32x4_add, i32x4_bitmask, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_gt, i32x4_max, i32x4_splat, v128,
    v128_any_true,
};

use super::LANES;

pub(super) type Points = [v128; 2];
pub(super) type Weights = v128;
pub(super) type Sums = [v128; 2];

pub(super) fn points(a: [u16; LANES], b: [u16; LANES]) -> Points {
    let half = |at: usize| {
        let (a, b) = (|i: usize| a[at + i] as i16, |i: usize| b[at + i] as i16);
        i16x8(a(0), b(0), a(1), b(1), a(2), b(2), a(3), b(3))
    };
    [half(0), half(4)]
}

pub(super) fn split(points: Points) -> ([u16; LANES], [u16; LANES]) {
    let (mut a, mut b) = ([0; LANES], [0; LANES]);
    for (half, x) in points.into_iter().enumerate() {
        let lanes = [
            i16x8_extract_lane::<0>(x),
            i16x8_extract_lane::<1>(x),
            i16x8_extract_lane::<2>(x),
            i16x8_extract_lane::<3>(x),
            i16x8_extract_lane::<4>(x),
            i16x8_extract_lane::<5>(x),
            i16x8_extract_lane::<6>(x),
            i16x8_extract_lane::<7>(x),
        ];
        for i in 0..4 {
            a[half * 4 + i] = lanes[2 * i] as u16;
            b[half * 4 + i] = lanes[2 * i + 1] as u16;
        }
    }
    (a, b)
}

pub(super) fn weights(a: i16, b: i16) -> Weights {
    i16x8(a, b, a, b, a, b, a, b)
}

pub(super) fn splat(sum: i32) -> Sums {
    [i32x4_splat(sum); 2]
}

#[inline]
pub(super) fn add(sums: Sums, points: &Points, weights: Weights) -> Sums {
    [i32x4_add(sums[0], i32x4_dot_i16x8(points[0], weights)), i32x4_add(sums[1], i32x4_dot_i16x8(points[1], weights))]
}

#[inline]
pub(super) fn any_over(all: impl Iterator<Item = Sums>, bound: Sums) -> bool {
    let most = all.fold(bound[0], |most, sums| i32x4_max(most, i32x4_max(sums[0], sums[1])));
    v128_any_true(i32x4_gt(most, bound[0]))
}

#[inline]
pub(super) fn over(sums: Sums, bound: Sums) -> u8 {
    i32x4_bitmask(i32x4_gt(sums[0], bound[0])) | i32x4_bitmask(i32x4_gt(sums[1], bound[1])) << 4
}

#[inline]
pub(super) fn each(sums: Sums) -> [i32; LANES] {
    let [a, b] = sums;
    [
        i32x4_extract_lane::<0>(a),
        i32x4_extract_lane::<1>(a),
        i32x4_extract_lane::<2>(a),
        i32x4_extract_lane::<3>(a),
        i32x4_extract_lane::<0>(b),
        i32x4_extract_lane::<1>(b),
        i32x4_extract_lane::<2>(b),
        i32x4_extract_lane::<3>(b),
    ]
}
