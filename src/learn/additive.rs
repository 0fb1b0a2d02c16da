//! Additive logistic regression: every feature adds to the log-odds by where its cell falls, and numbers by a straight line as well.
//! Newton's method; penalties are chosen by the data.

use crate::error::{Error, Kind};
use crate::learn::calibration::chance;
use crate::learn::cholesky::{factor, inverse, solve};

/// What a model is fitted on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Design {
    /// Of each row, the parameter of its place in every feature.
    pub hot: Vec<Vec<u32>>,
    /// Of each row, its straight lines: parameter and value.
    pub lines: Vec<Vec<(u32, f64)>>,
    /// What is known of each row beforehand, in log-odds.
    pub offset: Vec<f64>,
    pub outcome: Vec<bool>,
    pub weight: Vec<f64>,
    /// Groups of parameters that are held back together.
    pub blocks: Vec<Block>,
    /// The first parameter is the intercept.
    pub parameters: usize,
}

/// Parameters held back together, and how.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub from: usize,
    pub to: usize,
    /// True for bins in order: neighbours are held together.
    pub is_ordered: bool,
    /// Of bins in order: 1 when they may not fall, -1 when they may not rise.
    pub direction: Option<f64>,
    pub family: Family,
}

/// Which blocks learn from each other how much to hold back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Line,
    Bend,
    Bins,
    Category,
    Cells,
    Trend,
}

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct Fitted {
    pub beta: Vec<f64>,
    /// Of each block, how much it is held back.
    penalties: Vec<f64>,
    /// Row by row, the whole of it.
    pub covariance: Vec<f64>,
    pub iterations: usize,
    pub converged: bool,
    /// How many parameters' worth is really fitted, the intercept included.
    pub freedom: f64,
}

/// How much one block is trusted to differ from its family, in parameters.
const TRUST: f64 = 2.0;

/// The penalties to expect before any data, by family: a deviation of a number is worth some third of a unit of log-odds, and so is a
/// category; a hump is rarer, and a shape that is neither line nor hump rarer still. As firmly believed as `WORTH` parameters: without it a
/// handful of outcomes would make all shapes flat, and sure of it.
const USUAL: [f64; 6] = [10.0, 80.0, 50.0, 10.0, 30.0, 30.0];
const WORTH: f64 = 4.0;

/// By how many variances of its logarithm a penalty is lowered before the covariance is told: an interval has to cover what is not known of
/// the penalties as well, and the fewer the data, the less is known.
const DOUBT: f64 = 2.0;

impl Block {
    fn len(&self) -> usize {
        self.to - self.from
    }

    /// The steps between neighbours that go the wrong way, by their first bin.
    fn wrong_steps<'b>(&'b self, beta: &'b [f64]) -> impl Iterator<Item = (usize, f64)> + 'b {
        let ordered = self.direction.into_iter().flat_map(|direction| {
            // The last place is for what is missing: it neighbours nothing.
            (self.from..self.to.saturating_sub(2)).map(move |i| (i, direction))
        });
        ordered
            .map(|(i, direction)| (i, beta[i + 1] - beta[i], direction))
            .filter(|(_, step, direction)| step * direction < 0.0)
            .map(|(i, step, _)| (i, step))
    }

    /// `x' K x`.
    fn roughness(&self, x: &[f64]) -> f64 {
        let x = &x[self.from..self.to];
        let size: f64 = x.iter().map(|v| v * v).sum();
        if !self.is_ordered {
            return size;
        }
        // The last place is for what is missing: it neighbours nothing.
        let steps: f64 = x[..x.len() - 1].windows(2).map(|w| (w[1] - w[0]) * (w[1] - w[0])).sum();
        steps + FLAT * size
    }

    /// Adds `λ K` to a matrix, row by row.
    fn add(&self, lambda: f64, matrix: &mut [f64], p: usize) {
        let mut at = |i: usize, j: usize, x: f64| matrix[i * p + j] += lambda * x;
        for i in self.from..self.to {
            at(i, i, if self.is_ordered { FLAT } else { 1.0 });
        }
        if self.is_ordered {
            for i in self.from..self.to.saturating_sub(2) {
                at(i, i, 1.0);
                at(i + 1, i + 1, 1.0);
                at(i, i + 1, -1.0);
                at(i + 1, i, -1.0);
            }
        }
    }

    /// How many parameters' worth of it is really fitted: all of them, less what the penalty and forbidden steps hold.
    fn freedom(&self, beta: &[f64], v: &[f64], p: usize, lambda: f64) -> f64 {
        let at = |i: usize, j: usize| v[i * p + j];
        let held: f64 = self.wrong_steps(beta).map(|(i, _)| FORBIDDEN * (at(i, i) + at(i + 1, i + 1) - 2.0 * at(i, i + 1))).sum();
        self.len() as f64 - lambda * self.trace(v, p) - held
    }

    /// `tr(V K)`.
    fn trace(&self, v: &[f64], p: usize) -> f64 {
        let at = |i: usize, j: usize| v[i * p + j];
        let size: f64 = (self.from..self.to).map(|i| at(i, i)).sum();
        if !self.is_ordered {
            return size;
        }
        let steps: f64 = (self.from..self.to.saturating_sub(2)).map(|i| at(i, i) + at(i + 1, i + 1) - 2.0 * at(i, i + 1)).sum();
        steps + FLAT * size
    }
}

/// How much the intercept is held: next to nothing, but enough where features tell everything and nothing else holds it.
const HELD: f64 = 1e-4;

/// The least penalty: a feature that tells everything would otherwise have none, and chances would be certain.
const LEAST: f64 = 0.02;

/// How dear a step the wrong way is: enough to leave next to nothing of it.
const FORBIDDEN: f64 = 1e5;

/// How much ordered bins are held to zero beside to each other.
const FLAT: f64 = 0.15;

impl Design {
    pub(crate) fn rows(&self) -> usize {
        self.outcome.len()
    }

    pub(crate) fn eta(&self, row: usize, beta: &[f64]) -> f64 {
        let hot: f64 = self.hot[row].iter().map(|i| beta[*i as usize]).sum();
        let lines: f64 = self.lines[row].iter().map(|(i, x)| beta[*i as usize] * x).sum();
        self.offset[row] + beta[0] + hot + lines
    }

    /// Minus twice the penalised log-likelihood.
    fn loss(&self, beta: &[f64], lambda: &[f64]) -> f64 {
        let fit: f64 = (0..self.rows())
            .map(|r| {
                let eta = self.eta(r, beta);
                // log(1 + e^η) without overflow.
                let soft = eta.max(0.0) + libm::log1p(libm::exp(-eta.abs()));
                self.weight[r] * (soft - if self.outcome[r] { eta } else { 0.0 })
            })
            .sum();
        2.0 * fit
            + HELD * beta[0] * beta[0]
            + self.blocks.iter().zip(lambda).map(|(b, l)| l * b.roughness(beta)).sum::<f64>()
            + FORBIDDEN * self.blocks.iter().flat_map(|b| b.wrong_steps(beta)).map(|(_, step)| step * step).sum::<f64>()
    }

    /// The gradient and the curvature of half the loss.
    fn slopes(&self, beta: &[f64], lambda: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let p = self.parameters;
        let (mut gradient, mut hessian) = (vec![0.0; p], vec![0.0; p * p]);
        let mut row: Vec<(usize, f64)> = Vec::new();
        for r in 0..self.rows() {
            let mu = chance(self.eta(r, beta));
            let off = self.weight[r] * (mu - f64::from(u8::from(self.outcome[r])));
            let curve = self.weight[r] * mu * (1.0 - mu);
            row.clear();
            row.push((0, 1.0));
            row.extend(self.hot[r].iter().map(|i| (*i as usize, 1.0)));
            row.extend(self.lines[r].iter().map(|(i, x)| (*i as usize, *x)));
            // Rising, so that only the lower triangle is written.
            row.sort_unstable_by_key(|e| e.0);
            for (at, (i, x)) in row.iter().enumerate() {
                gradient[*i] += off * x;
                let line = &mut hessian[i * p..(i + 1) * p];
                for (j, y) in &row[..=at] {
                    line[*j] += curve * x * y;
                }
            }
        }
        for i in 0..p {
            for j in 0..i {
                hessian[j * p + i] = hessian[i * p + j];
            }
        }
        gradient[0] += HELD * beta[0];
        hessian[0] += HELD;
        for (block, lambda) in self.blocks.iter().zip(lambda) {
            block.add(*lambda, &mut hessian, p);
            let x = &beta[block.from..block.to];
            for (i, v) in x.iter().enumerate() {
                gradient[block.from + i] += lambda * v * if block.is_ordered { FLAT } else { 1.0 };
            }
            if block.is_ordered {
                for i in 0..x.len().saturating_sub(2) {
                    let step = lambda * (x[i + 1] - x[i]);
                    gradient[block.from + i + 1] += step;
                    gradient[block.from + i] -= step;
                }
            }
        }
        for (i, step) in self.blocks.iter().flat_map(|b| b.wrong_steps(beta)) {
            gradient[i + 1] += FORBIDDEN * step;
            gradient[i] -= FORBIDDEN * step;
            for (a, b, x) in [(i, i, 1.0), (i + 1, i + 1, 1.0), (i, i + 1, -1.0), (i + 1, i, -1.0)] {
                hessian[a * p + b] += FORBIDDEN * x;
            }
        }
        (gradient, hessian)
    }

    /// Fits. Penalties by the generalised Fellner–Schall update (Wood and Fasiolo 2017), each block's drawn to its family's.
    /// A fit of the first parameters and blocks, `from`, saves most of the way.
    pub(crate) fn fit(&self, from: Option<&Fitted>) -> Result<Fitted, Error> {
        let p = self.parameters;
        let mut beta = vec![0.0; p];
        let mut lambda = vec![1.0; self.blocks.len()];
        let total: f64 = self.weight.iter().sum();
        let yes: f64 = (0..self.rows()).filter(|r| self.outcome[*r]).map(|r| self.weight[r]).sum();
        let mean_offset = self.offset.iter().zip(&self.weight).map(|(o, w)| o * w).sum::<f64>() / total;
        beta[0] = libm::log(yes / (total - yes)) - mean_offset;
        if let Some(from) = from {
            lambda = self.blocks.iter().map(|b| USUAL[b.family as usize]).collect();
            lambda[..from.penalties.len()].copy_from_slice(&from.penalties);
            beta[..from.beta.len()].copy_from_slice(&from.beta);
        }
        let mut iterations = 0;
        let mut settled = false;
        for _ in 0..40 {
            let (steps, factor, converged) = self.newton(&mut beta, &lambda)?;
            iterations += steps;
            let covariance = inverse(&factor, p);
            if settled {
                return self.fitted(beta, &covariance, &lambda, iterations, converged);
            }
            let next = self.penalties(&beta, &covariance, &lambda);
            let moved = next.iter().zip(&lambda).map(|(a, b)| libm::log(a / b).abs()).fold(0.0, f64::max);
            lambda = next;
            settled = moved < 0.05;
        }
        let (steps, factor, _) = self.newton(&mut beta, &lambda)?;
        self.fitted(beta, &inverse(&factor, p), &lambda, iterations + steps, false)
    }

    fn fitted(&self, beta: Vec<f64>, covariance: &[f64], lambda: &[f64], iterations: usize, converged: bool) -> Result<Fitted, Error> {
        let p = self.parameters;
        let mut free = [0.0; USUAL.len()];
        self.blocks.iter().zip(lambda).for_each(|(b, l)| free[b.family as usize] += b.freedom(&beta, covariance, p, *l));
        // The logarithm of a precision known by so many parameters has about this variance.
        let variance = |b: &Block| 2.0 / (free[b.family as usize].max(0.0) + WORTH);
        let lower: Vec<f64> = self.blocks.iter().zip(lambda).map(|(b, l)| (l * libm::exp(-DOUBT * variance(b))).max(LEAST)).collect();
        let (_, mut curvature) = self.slopes(&beta, &lower);
        let covariance = factored(&mut curvature, p).map(|()| inverse(&curvature, p))?;
        Ok(Fitted { beta, penalties: lambda.to_vec(), covariance, iterations, converged, freedom: 1.0 + free.iter().sum::<f64>() })
    }

    /// Newton's method with halving; gives the steps taken, the factor of the last curvature, and whether it came to rest.
    fn newton(&self, beta: &mut Vec<f64>, lambda: &[f64]) -> Result<(usize, Vec<f64>, bool), Error> {
        let p = self.parameters;
        let mut loss = self.loss(beta, lambda);
        for step in 1..=50 {
            let (gradient, mut hessian) = self.slopes(beta, lambda);
            factored(&mut hessian, p)?;
            let direction = solve(&hessian, &gradient, p);
            let slope: f64 = gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
            let mut length = 1.0;
            let better = loop {
                // Where no step is better, the fit is as good as numbers can say, or has failed: the slope tells which.
                if length < 1e-6 {
                    return Ok((step, hessian, slope < 1e-6 * (1.0 + loss.abs())));
                }
                let tried: Vec<f64> = beta.iter().zip(&direction).map(|(b, d)| b - length * d).collect();
                let now = self.loss(&tried, lambda);
                if now <= loss {
                    *beta = tried;
                    let gained = loss - now;
                    loss = now;
                    break gained;
                }
                length /= 2.0;
            };
            if slope < 1e-9 * (1.0 + loss.abs()) || better < 1e-10 * (1.0 + loss.abs()) {
                return Ok((step, hessian, true));
            }
        }
        let (_, mut hessian) = self.slopes(beta, lambda);
        factored(&mut hessian, p)?;
        Ok((50, hessian, false))
    }

    fn penalties(&self, beta: &[f64], covariance: &[f64], lambda: &[f64]) -> Vec<f64> {
        let p = self.parameters;
        let parts: Vec<(f64, f64)> =
            self.blocks.iter().zip(lambda).map(|(b, l)| (b.freedom(beta, covariance, p, *l).max(1e-6), b.roughness(beta))).collect();
        let common: Vec<f64> = (0..USUAL.len())
            .map(|family| {
                let its = || self.blocks.iter().zip(&parts).filter(move |(b, _)| b.family as usize == family).map(|(_, part)| part);
                (its().map(|p| p.0).sum::<f64>() + WORTH) / (its().map(|p| p.1).sum::<f64>() + WORTH / USUAL[family])
            })
            .collect();
        let own = |(block, (free, rough)): (&Block, &(f64, f64))| {
            let family = common[block.family as usize];
            ((free + TRUST) / (rough + TRUST / family)).clamp(LEAST, 1e6)
        };
        self.blocks.iter().zip(&parts).map(own).collect()
    }
}

fn factored(curvature: &mut [f64], p: usize) -> Result<(), Error> {
    factor(curvature, p).ok_or_else(|| Kind::BadArgument("the features do not determine a model".to_owned()).into())
}
