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
