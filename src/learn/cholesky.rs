//! Positive matrices, row by row: factor, solve, invert.

/// Eight sums beside each other, so that the compiler can take several products at once: the same on every platform.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (a, b) in a.zip(b) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// The lower Cholesky factor, in place; none when the matrix is not positive.
pub(crate) fn factor(a: &mut [f64], n: usize) -> Option<()> {
    for i in 0..n {
        for j in 0..=i {
            let (head, tail) = a.split_at(i * n);
            let row_i = &tail[..n];
            let row_j = if j == i { row_i } else { &head[j * n..(j + 1) * n] };
            let sum = row_i[j] - dot(&row_i[..j], &row_j[..j]);
            let diagonal = row_j[j];
            a[i * n + j] = if i == j {
                if sum <= 0.0 || !sum.is_finite() {
                    return None;
                }
                sum.sqrt()
            } else {
                sum / diagonal
            };
        }
    }
    Some(())
}

/// `A x = b`, from the factor of A.
pub(crate) fn solve(factor: &[f64], b: &[f64], n: usize) -> Vec<f64> {
    let mut x = b.to_vec();
    for i in 0..n {
        let dot: f64 = factor[i * n..i * n + i].iter().zip(&x[..i]).map(|(l, x)| l * x).sum();
        x[i] = (x[i] - dot) / factor[i * n + i];
    }
    for i in (0..n).rev() {
        x[i] /= factor[i * n + i];
        let (head, tail) = x.split_at_mut(i);
        for (x, l) in head.iter_mut().zip(&factor[i * n..i * n + i]) {
            *x -= l * tail[0];
        }
    }
    x
}

/// The inverse of A, from its factor.
pub(crate) fn inverse(factor: &[f64], n: usize) -> Vec<f64> {
    // Row by row of L⁻¹, then V = L⁻ᵀ L⁻¹.
    let mut lower = vec![0.0; n * n];
    for i in 0..n {
        let (head, tail) = lower.split_at_mut(i * n);
        let row = &mut tail[..n];
        for (k, l) in factor[i * n..i * n + i].iter().enumerate() {
            if *l != 0.0 {
                row[..=k].iter_mut().zip(&head[k * n..=k * n + k]).for_each(|(x, y)| *x -= l * y);
            }
        }
        row[i] = 1.0;
        let diagonal = factor[i * n + i];
        row[..=i].iter_mut().for_each(|x| *x /= diagonal);
    }
    let mut inverse = vec![0.0; n * n];
    for k in 0..n {
        let row = &lower[k * n..=k * n + k];
        for (i, x) in row.iter().enumerate() {
            if *x != 0.0 {
                inverse[i * n..=i * n + i].iter_mut().zip(row).for_each(|(v, y)| *v += x * y);
            }
        }
    }
    for i in 0..n {
        for j in 0..i {
            inverse[j * n + i] = inverse[i * n + j];
        }
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::{factor, inverse, solve};

    /// Of several sizes, lanes of eight and less beside: the factor times itself is the matrix, the inverse is one, and a solution solves.
    #[test]
    fn a_matrix_times_its_inverse_is_one() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / 16_777_216.0 - 0.5
        };
        for n in [1_usize, 2, 3, 7, 8, 9, 16, 17, 40] {
            let b: Vec<f64> = (0..n * n).map(|_| next()).collect();
            let entry = |i: usize, j: usize| (0..n).map(|k| b[i * n + k] * b[j * n + k]).sum::<f64>() + if i == j { 0.1 } else { 0.0 };
            let a: Vec<f64> = (0..n * n).map(|at| entry(at / n, at % n)).collect();
            let mut lower = a.clone();
            factor(&mut lower, n).expect("positive");
            let v = inverse(&lower, n);
            let right: Vec<f64> = (0..n).map(|i| i as f64 - 2.0).collect();
            let x = solve(&lower, &right, n);
            for i in 0..n {
                for j in 0..n {
                    let product: f64 = (0..n).map(|k| a[i * n + k] * v[k * n + j]).sum();
                    assert!((product - f64::from(u8::from(i == j))).abs() < 1e-9, "{n}: {i} {j}: {product}");
                    let again: f64 = (0..=j.min(i)).map(|k| lower[i * n + k] * lower[j * n + k]).sum();
                    assert!((again - a[i * n + j]).abs() < 1e-12);
                }
                let product: f64 = (0..n).map(|k| a[i * n + k] * x[k]).sum();
                assert!((product - right[i]).abs() < 1e-9, "{n}: {i}: {product}");
            }
        }
        for other in [vec![0.0], vec![-1.0], vec![f64::NAN], vec![1.0, 2.0, 2.0, 1.0]] {
            let n = if other.len() == 4 { 2 } else { 1 };
            assert!(factor(&mut other.clone(), n).is_none(), "{other:?}");
        }
    }
}
