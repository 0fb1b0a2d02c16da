//! Ranking under moving weights: `cargo bench --bench rank [-- --json]`, and the same program in WebAssembly, with and without vectors:
//! `cargo xtask bench`.
//!
//! Every figure stands beside the time to read the same points once, measured in the same run.

use std::hint::black_box;
use std::time::Instant;

use xiangma::{Assessment, Ranking, Scorecard, Selection};

const CRITERIA: usize = 20;

/// A card of twenty criteria.
fn card() -> Scorecard {
    let mut card = Scorecard::attraction();
    let blank = card.criteria[3].clone();
    card.criteria = (0..CRITERIA).map(|i| xiangma::Criterion { id: format!("c{i}"), weight: 500, ..blank.clone() }).collect();
    card.vetoes.clear();
    card
}

/// A small generator of numbers that look random: the same on every platform.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// The fastest of some rounds, in milliseconds.
fn best(rounds: usize, mut work: impl FnMut(usize)) -> f64 {
    let time = |round| {
        let start = Instant::now();
        work(round);
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..rounds).map(time).fold(f64::INFINITY, f64::min)
}

fn weights(numbers: &mut Numbers) -> Vec<u32> {
    (0..CRITERIA).map(|_| numbers.next(1000) as u32 + 1).collect()
}

fn measure(rows: usize, sorted: bool) -> Vec<(&'static str, f64)> {
    let mut numbers = Numbers(7);
    // Sorted: as when a file comes best first, so that bounds may skip what follows.
    let level = |row: usize| if sorted { 10_000 - (row * 9_000 / rows) as u64 } else { 10_001 };
    let Ok(assessment) = Assessment::from_points(card(), rows, |row, _| numbers.next(level(row)) as u16) else { return Vec::new() };
    let mut ranking = Ranking::new(&assessment);
    let rounds = if rows > 1_000_000 { 10 } else { 30 };
    let mut figures = vec![("read all points once", best(rounds, |_| _ = black_box(assessment.read_all())))];
    let mut numbers = Numbers(11);
    let mut fresh = |_| {
        // Two weights and more at once: nothing kept helps.
        if ranking.set_weights(&weights(&mut numbers)).is_ok() {
            black_box(ranking.top(100));
        }
    };
    figures.push(("new weights and top 100", best(rounds, &mut fresh)));
    if sorted {
        return figures;
    }
    let _ = ranking.set_weight(0, 1);
    figures.push((
        "one weight moved and top 100",
        best(rounds, |round| {
            if ranking.set_weight(3, round as u32 + 7).is_ok() {
                black_box(ranking.top(100));
            }
        }),
    ));
    figures.push(("rank of one row", best(rounds, |round| _ = black_box(ranking.rank_of(round * 31 % rows)))));
    let third = Selection::from_fn(rows, |row| row % 3 == 0);
    figures.push(("top 100 of a third", best(rounds, |_| drop(black_box(ranking.top_of(&third, 100))))));
    figures.push(("full order", best(3, |_| drop(black_box(ranking.top(rows))))));
    figures
}

fn main() {
    let json = std::env::args().any(|a| a == "--json");
    let most = std::env::args().find_map(|a| a.strip_prefix("--most=").and_then(|n| n.parse().ok())).unwrap_or(10_000_000);
    let mut all: Vec<(usize, &str, f64, f64)> = Vec::new();
    for rows in [10_000, 100_000, 1_000_000, 10_000_000].into_iter().filter(|n| *n <= most) {
        let figures = measure(rows, false);
        let floor = figures[0].1;
        all.extend(figures.into_iter().map(|(what, time)| (rows, what, time, time / floor)));
        if rows == 1_000_000 {
            let sorted = measure(rows, true);
            all.push((rows, "new weights and top 100, best rows first", sorted[1].1, sorted[1].1 / sorted[0].1));
        }
    }
    if json {
        let rows: Vec<String> = all
            .iter()
            .map(|(n, what, ms, ratio)| format!(r#"{{"rows":{n},"what":"{what}","ms":{ms:.4},"of_reading":{ratio:.2}}}"#))
            .collect();
        println!("[{}]", rows.join(","));
        return;
    }
    println!("| rows × {CRITERIA} | what | ms | of reading once |\n|---|---|---|---|");
    for (rows, what, time, ratio) in all {
        println!("| {rows} | {what} | {time:.3} | {ratio:.2} |");
    }
}
