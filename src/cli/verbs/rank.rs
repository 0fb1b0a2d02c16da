//! `xiangma rank`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::monitor::Basis;
use xiangma::{Enterprise, Method};

use crate::cli::failure::Failure;
use crate::cli::flags::{Judging, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::ranked::Ranked;
use crate::cli::sitting::Sitting;
use crate::cli::terminal::tell;

/// Rank the candidates, with reasons.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  xiangma rank candidates.xlsx --residents residents.csv --chain optoelectronics --top 50 --out list.xlsx"
)]
pub(in crate::cli) struct Rank {
    /// The file of candidates.
    file: PathBuf,
    #[command(flatten)]
    judging: Judging,
    /// How many to show, the best first.
    #[arg(long)]
    top: Option<usize>,
    /// Another method over the same points and weights, for a second opinion: weighted_product, topsis, topsis_fixed, vikor,
    /// vikor_fixed, promethee_ii. Scores stay the scorecard's; the order and `method_score` are the method's.
    #[arg(long, value_name = "METHOD", default_value = "weighted_sum", value_parser = Method::named)]
    method: Method,
    /// Add what the file says of each, in columns that are read back: a list so written ranks again as it did.
    #[arg(long)]
    facts: bool,
    #[command(flatten)]
    out: Out,
}

/// What the file says of an enterprise, by heading.
struct Facts<'s> {
    e: &'s Enterprise,
    extra: &'s [String],
}

impl Facts<'_> {
    fn cells(&self) -> impl Iterator<Item = (&str, String)> {
        let known = Enterprise::COLUMNS.into_iter().zip(self.e.cells());
        let extra = self.extra.iter().enumerate();
        known.chain(extra.map(|(at, name)| (name.as_str(), self.e.extra.get(at).cloned().flatten().unwrap_or_default())))
    }
}

impl Serialize for Facts<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.cells().filter(|(_, cell)| !cell.is_empty()))
    }
}

#[derive(Serialize)]
struct Line<'s> {
    #[serde(flatten)]
    ranked: Ranked<'s>,
    scorecard: &'s str,
    signature: &'s str,
    /// What the list came from: said once, in the first line.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    #[serde(flatten)]
    opinion: Option<Opinion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<Facts<'s>>,
}

#[derive(Serialize)]
struct Opinion {
    method: Method,
    method_score: Option<f64>,
}

impl Rank {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, judging, top, method, facts, out } = self;
        out.check(judging.inputs().chain([file.as_path()]))?;
        let sitting = Sitting::new(&file, &judging, &out)?;
        let ranking = sitting.ranking()?;
        let top = top.unwrap_or(sitting.session.candidates().len());
        let opinion = if method == Method::WeightedSum { None } else { Some(ranking.opinion(method)?) };
        let order: Vec<u32> = opinion.as_ref().map_or_else(|| ranking.top(top), |o| o.order.iter().copied().take(top).collect());
        let ranks = opinion
            .as_ref()
            .map_or_else(|| ranking.ranks_of(&order), |o| order.iter().map(|row| o.ranks.get(*row as usize).copied()).collect());
        let (signature, card) = (ranking.signature(), ranking.assessment().card());
        let mut basis = Some(Basis::new(&ranking).located_on(sitting.session.catalogue()).ranked_by(method));
        let scorecard = format!("{} {}", card.id, card.revision);
        let header = ["rank", "name", "score", "low", "high", "coverage", "grade", "link", "strategy", "reasons"];
        let extra = sitting.session.extra_columns();
        let more = Enterprise::COLUMNS.into_iter().chain(extra.iter().map(String::as_str)).filter(|_| facts);
        let header: Vec<&str> = header.into_iter().chain(more).collect();
        let mut sink = Sink::new(&out, &header)?;
        for (rank, row) in ranks.into_iter().zip(order) {
            let row = row as usize;
            let Some(ranked) = rank.and_then(|rank| Ranked::new(&sitting, &ranking, rank, row, out.lang)) else { continue };
            let opinion = opinion.as_ref().map(|o| Opinion { method, method_score: o.scores.get(row).copied().flatten() });
            let facts = sitting.session.candidates().get(row).filter(|_| facts).map(|e| Facts { e, extra });
            let record = Line { ranked, scorecard: &scorecard, signature: &signature, basis: basis.take(), opinion, facts };
            let ranked = &record.ranked;
            sink.row(&record, || {
                let judged = [
                    number(ranked.rank as f64),
                    text(ranked.name),
                    number(ranked.score),
                    number(ranked.low),
                    number(ranked.high),
                    number(ranked.coverage),
                    text(ranked.grade),
                    text(ranked.link_name),
                    text(ranked.strategy.map_or("", |need| need.as_str())),
                    text(ranked.reasons.iter().map(|r| r.text.as_str()).collect::<Vec<_>>().join("；")),
                ];
                let facts = record.facts.iter().flat_map(Facts::cells).map(|(_, cell)| text(cell));
                judged.into_iter().chain(facts).collect()
            })?;
        }
        sink.finish()?;
        Sitting::left_out(ranking.assessment()).for_each(|note| tell(&note));
        Ok(())
    }
}
