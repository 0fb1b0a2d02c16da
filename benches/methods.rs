//! The methods of decision making, and how firm a ranking is: `cargo bench --bench methods [-- --json]`; beside other libraries and in
//! WebAssembly: `cargo xtask bench methods`.

use std::hint::black_box;
use std::time::Instant;

use xiangma::mcdm::{Direction, Matrix, Normalization, Preference, critic, entropy, promethee_ii, topsis, vikor, weighted_sum};
use xiangma::{Acceptability, Assessment, DrawOptions, Ranking, Scorecard};

const CRITERIA: usize = 20;

/// A small generator of numbers that look random: the same on every platform.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / 16_777_216.0
    }
}

/// The fastest of some rounds, in milliseconds.
fn best(rounds: usize, mut work: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..rounds).map(time).fold(f64::INFINITY, f64::min)
}

fn matrix(rows: usize, criteria: usize) -> Matrix {
    let mut numbers = Numbers(7);
    let columns = (0..criteria).map(|_| (0..rows).map(|_| numbers.next() * 9_999.0 + 1.0).collect()).collect();
    Matrix::from_columns(columns, &vec![Direction::Benefit; criteria]).unwrap_or_else(|e| panic!("{e}"))
}

fn methods(rows: usize) -> Vec<(&'static str, f64)> {
    let table = matrix(rows, CRITERIA);
    let mut numbers = Numbers(11);
    let weights: Vec<f64> = (0..CRITERIA).map(|_| numbers.next() + 0.1).collect();
    let rounds = (3_000_000 / rows).clamp(3, 20);
    vec![
        ("weighted sum", best(rounds, || _ = black_box(weighted_sum(&table, &weights, Normalization::MinMax)))),
        ("TOPSIS", best(rounds, || _ = black_box(topsis(&table, &weights, Normalization::Vector)))),
        ("VIKOR", best(rounds, || _ = black_box(vikor(&table, &weights, 0.5)))),
        ("entropy", best(rounds, || _ = black_box(entropy(&table)))),
        ("CRITIC", best(rounds, || _ = black_box(critic(&table, true)))),
    ]
}

/// PROMETHEE II on five criteria, which is what others can still do at 2 000.
fn promethee(rows: usize) -> Vec<(&'static str, f64)> {
    let table = matrix(rows, 5);
    let usual = [Preference::Usual; 5];
    let linear = [Preference::Linear { q: 500.0, p: 3_000.0 }; 5];
    let rounds = (200_000 / rows).clamp(3, 20);
    vec![
        ("PROMETHEE II, usual, 5 criteria", best(rounds, || _ = black_box(promethee_ii(&table, &[0.2; 5], &usual)))),
        ("PROMETHEE II, linear, 5 criteria", best(rounds, || _ = black_box(promethee_ii(&table, &[0.2; 5], &linear)))),
    ]
}

fn firmness(rows: usize) -> Vec<(&'static str, f64)> {
    let mut card = Scorecard::attraction();
    let blank = card.criteria[3].clone();
    card.criteria = (0..CRITERIA).map(|i| xiangma::Criterion { id: format!("c{i}"), weight: 500, ..blank.clone() }).collect();
    card.vetoes.clear();
    let mut numbers = Numbers(3);
    let Ok(assessment) = Assessment::from_points(card, rows, |_, _| (numbers.next() * 10_000.0) as u16) else { return Vec::new() };
    let ranking = Ranking::new(&assessment);
    let shortlist = ranking.top(1_000);
    let first = shortlist[0] as usize;
    vec![
        (
            "10 000 draws of weights over a shortlist of 1 000",
            best(3, || {
                let mut drawn = Acceptability::new(&ranking, &shortlist, DrawOptions::new());
                drawn.draw(10_000);
                black_box(drawn.share(0, 1));
            }),
        ),
        ("ranks of one at every weight of a criterion", best(3, || _ = black_box(ranking.ranks_along(first, 3)))),
        ("ranges of ranks of 200", best(3, || _ = black_box(ranking.rank_ranges(&shortlist[..200])))),
    ]
}

fn main() {
    let json = std::env::args().any(|a| a == "--json");
    let mut lines = Vec::new();
    let mut show = |rows: usize, figures: Vec<(&'static str, f64)>| {
        for (what, ms) in figures {
            if !json {
                println!("{rows:>9} × {what:<52} {ms:>10.3} ms");
            }
            lines.push(format!(r#"{{"rows":{rows},"what":"{what}","ms":{ms:.4}}}"#));
        }
    };
    for rows in [10_000, 100_000, 1_000_000] {
        show(rows, methods(rows));
    }
    for rows in [2_000, 20_000, 200_000] {
        show(rows, promethee(rows));
    }
    for rows in [100_000, 1_000_000] {
        show(rows, firmness(rows));
    }
    if json {
        println!("[{}]", lines.join(","));
    }
}
