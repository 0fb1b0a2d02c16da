//! `xiangma robustness`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::{Consensus, Contender, DrawOptions, Firmness, Hold, Method, Scorecard};

use crate::cli::balance;
use crate::cli::failure::Failure;
use crate::cli::flags::{Judging, Lang, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::sitting::Sitting;

/// Say how firm the ranking is: ranks under unknown facts, other weights and other methods; who the selected are.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma robustness candidates.csv --chain optoelectronics --top 20 --format table")]
pub(in crate::cli) struct Robustness {
    /// The file of candidates.
    file: PathBuf,
    #[command(flatten)]
    judging: Judging,
    /// How many are selected.
    #[arg(long, default_value_t = 20)]
    top: usize,
    /// Draws of random weights.
    #[arg(long, default_value_t = 10_000)]
    draws: u32,
    /// Seed of the draws; the same seed gives the same figures everywhere.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Share of all weight that is drawn, in percent: 100 supposes nothing of the weights, 30 keeps seven tenths of each.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(0..=100))]
    spread: u16,
    #[command(flatten)]
    out: Out,
}

/// How firm the place of an enterprise is; rows as the file counts, criteria by id.
#[derive(Serialize)]
struct Firm<'s> {
    kind: &'static str,
    row: u32,
    name: &'s str,
    credit_code: Option<xiangma::CreditCode>,
    rank: usize,
    best: usize,
    worst: usize,
    first_share: f64,
    selected_share: f64,
    mean_rank: f64,
    rank_05: usize,
    rank_95: usize,
    central_weights: Option<&'s [f64]>,
    votes: usize,
    holds: Vec<Held<'s>>,
}

/// Not among the rows, and selected by some draws.
#[derive(Serialize)]
struct Beyond<'s> {
    kind: &'static str,
    row: u32,
    name: &'s str,
    credit_code: Option<xiangma::CreditCode>,
    rank: usize,
    first_share: f64,
    selected_share: f64,
}

/// A hold whose criterion has a name.
#[derive(Serialize)]
struct Held<'s> {
    criterion: &'s str,
    from: u32,
    to: u32,
    from_share: f64,
    to_share: f64,
}

#[derive(Serialize)]
struct ByMethod<'s> {
    kind: &'static str,
    method: Method,
    agreement: Option<f64>,
    is_relative: bool,
    reversals: usize,
    reversed_pairs: u32,
    example: Option<Reversal<'s>>,
}

#[derive(Serialize)]
struct Reversal<'s> {
    removed: &'s str,
    above: &'s str,
    below: &'s str,
}

impl Robustness {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, judging, top, draws, seed, spread, out } = self;
        out.check(judging.inputs().chain([file.as_path()]))?;
        let sitting = Sitting::new(&file, &judging, &out)?;
        let ranking = sitting.ranking()?;
        let card = ranking.assessment().card();
        let found = ranking.robustness(top.max(1), draws, DrawOptions::new().seed(seed).spread(spread * 100))?;
        let header = ["kind", "name", "rank", "best", "worst", "first", "selected", "ranks 90%", "methods", "stays selected while"];
        let mut sink = Sink::new(&out, &header)?;
        for firm in &found.rows {
            enterprise(&mut sink, &sitting, card, firm, found.consensus.methods.len(), out.lang)?;
        }
        for other in &found.others {
            beyond(&mut sink, &sitting, other)?;
        }
        methods(&mut sink, &sitting, &found.consensus)?;
        balance::rows(&mut sink, &sitting, top, out.lang)?;
        sink.finish()
    }
}

/// Somebody beyond the door whom other weights would let in.
fn beyond(sink: &mut Sink, sitting: &Sitting, other: &Contender) -> Result<(), Failure> {
    let e = sitting.enterprise(other.row as usize)?;
    let (rank, first_share, selected_share) = (other.rank, other.first_share, other.selected_share);
    let record = Beyond { kind: "other", row: e.row, name: &e.name, credit_code: e.credit_code, rank, first_share, selected_share };
    let share = |x: f64| text(format!("{:.0}%", x * 100.0));
    let none = || text("");
    sink.row(&record, || vec![text("other"), text(&e.name), number(rank as f64), none(), none(), share(first_share), share(selected_share)])
}

fn enterprise(sink: &mut Sink, sitting: &Sitting, card: &Scorecard, firm: &Firmness, methods: usize, lang: Lang) -> Result<(), Failure> {
    let e = sitting.enterprise(firm.row as usize)?;
    let criterion = |hold: &Hold| card.criteria.get(hold.criterion);
    let held = |h: &Hold| Held {
        criterion: card.criteria.get(h.criterion).map_or("", |c| &c.id),
        from: h.from,
        to: h.to,
        from_share: h.from_share,
        to_share: h.to_share,
    };
    let record = Firm {
        kind: "enterprise",
        row: e.row,
        name: &e.name,
        credit_code: e.credit_code,
        rank: firm.rank,
        best: firm.best,
        worst: firm.worst,
        first_share: firm.first_share,
        selected_share: firm.selected_share,
        mean_rank: firm.mean_rank,
        rank_05: firm.rank_05,
        rank_95: firm.rank_95,
        central_weights: firm.central_weights.as_deref(),
        votes: firm.votes,
        holds: firm.holds.iter().map(held).collect(),
    };
    sink.row(&record, || {
        let bounded = firm.holds.iter().filter(|h| h.from > 0 || h.to < 10_000).map(|h| {
            let title = criterion(h).map_or("", |c| lang.of(&c.title));
            match (h.from > 0, h.to < 10_000) {
                (true, true) => format!("{title} {:.1}–{:.1}%", h.from_share, h.to_share),
                (true, false) => format!("{title} ≥{:.1}%", h.from_share),
                _ => format!("{title} ≤{:.1}%", h.to_share),
            }
        });
        let share = |x: f64| text(format!("{:.0}%", x * 100.0));
        vec![
            text(record.kind),
            text(record.name),
            number(firm.rank as f64),
            number(firm.best as f64),
            number(firm.worst as f64),
            share(firm.first_share),
            share(firm.selected_share),
            text(format!("{}–{}", firm.rank_05, firm.rank_95)),
            text(format!("{}/{methods}", firm.votes)),
            text(bounded.collect::<Vec<_>>().join("；")),
        ]
    })
}

fn methods(sink: &mut Sink, sitting: &Sitting, consensus: &Consensus) -> Result<(), Failure> {
    let named = |row: u32| sitting.session.candidates().get(row as usize).map_or("", |e| e.name.as_str());
    for ((method, agreement), reversals) in consensus.methods.iter().zip(&consensus.agreement).zip(&consensus.reversals) {
        let pairs: u32 = reversals.iter().map(|r| r.pairs).sum();
        let example = reversals.first();
        let record = ByMethod {
            kind: "method",
            method: *method,
            agreement: *agreement,
            is_relative: method.is_relative(),
            reversals: reversals.len(),
            reversed_pairs: pairs,
            example: example.map(|r| Reversal { removed: named(r.removed), above: named(r.above), below: named(r.below) }),
        };
        sink.row(&record, || {
            let agreement = agreement.map_or_else(String::new, |r| format!("{r:.3}"));
            vec![text(record.kind), text(method.as_str()), text(agreement), text(format!("{pairs} reversed"))]
        })?;
    }
    Ok(())
}
