//! `xiangma rank`.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::monitor::Basis;
use xiangma::{Context, Enterprise, Match, Method, Ranking};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Judging, Out};
use crate::cli::output::{Cell, Sink, number, text};
use crate::cli::ranked::Ranked;
use crate::cli::sitting::{Sitting, bar, check_regions, ready};
use crate::cli::terminal;

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

/// So many are read again where they lie; for more of them the file is held.
const READ_AGAIN: usize = 1_000;

/// A file over this is worth a bar.
const LARGE_FILE: u64 = 16 << 20;

/// Steps of the bar while a file is ranked where it lies.
const STEPS: usize = 1_000;

/// An enterprise, held or read again, and where it stands.
type Told<'t> = (Cow<'t, Enterprise>, Cow<'t, [Match]>);

impl Rank {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, judging, top, out, .. } = &self;
        out.check(judging.inputs().chain([file.as_path()]))?;
        let mut session = ready(judging)?;
        if top.is_some_and(|top| top <= READ_AGAIN)
            && let Some(source) = files::source(file)?
        {
            let bar = bar(STEPS, !out.quiet && source.metadata().is_ok_and(|m| m.len() > LARGE_FILE), "{bar:40} {percent} % {eta}");
            let mut progress = |read: f64| {
                bar.set_position((read * STEPS as f64) as u64);
                true
            };
            let options = judging.reading.options().max_rows(u64::from(u32::MAX));
            let roll = session.stream(source, &options, &mut progress).map_err(files::of(file))?;
            bar.finish_and_clear();
            if let Some(roll) = roll {
                check_regions(judging, |name| roll.regions().iter().any(|known| known == name))?;
                return self.print(&roll.ranking(), roll.context(), |rows| {
                    let read = roll.read(rows).map_err(files::of(file))?;
                    Ok(read.into_iter().map(|(e, matches)| (Cow::Owned(e), Cow::Owned(matches))).collect())
                });
            }
        }
        let sitting = Sitting::open(session, file, files::bytes(file)?, judging, out)?;
        let session = &sitting.session;
        let told =
            |row: &u32| Some((Cow::Borrowed(session.candidates().get(*row as usize)?), Cow::Borrowed(session.matches(*row as usize))));
        self.print(&sitting.ranking()?, session.context(), |rows| Ok(rows.iter().filter_map(told).collect()))
    }

    /// Prints the best of a ranking; `tell` gives what is said of some rows, in their order.
    fn print<'t>(
        &self,
        ranking: &Ranking<'_>,
        context: Context<'_>,
        tell: impl Fn(&[u32]) -> Result<Vec<Told<'t>>, Failure>,
    ) -> Result<(), Failure> {
        let Self { top, method, facts, out, .. } = self;
        let (method, facts) = (*method, *facts);
        let top = top.unwrap_or(ranking.assessment().rows());
        let opinion = if method == Method::WeightedSum { None } else { Some(ranking.opinion(method)?) };
        let order: Vec<u32> = opinion.as_ref().map_or_else(|| ranking.top(top), |o| o.order.iter().copied().take(top).collect());
        let ranks = opinion
            .as_ref()
            .map_or_else(|| ranking.ranks_of(&order), |o| order.iter().map(|row| o.ranks.get(*row as usize).copied()).collect());
        let (signature, card) = (ranking.signature(), ranking.assessment().card());
        let mut basis = Some(Basis::new(ranking).located_on(context.catalogue).ranked_by(method));
        let scorecard = format!("{} {}", card.id, card.revision);
        let header = ["rank", "name", "score", "low", "high", "coverage", "grade", "link", "strategy", "reasons"];
        let extra = context.extra_columns;
        let more = Enterprise::COLUMNS.into_iter().chain(extra.iter().map(String::as_str)).filter(|_| facts);
        let header: Vec<&str> = header.into_iter().chain(more).collect();
        let mut sink = Sink::new(out, &header)?;
        for (ranks, rows) in ranks.chunks(READ_AGAIN).zip(order.chunks(READ_AGAIN)) {
            for ((rank, row), (e, matches)) in ranks.iter().zip(rows).zip(tell(rows)?) {
                let row = *row as usize;
                let ranked = rank.and_then(|rank| Ranked::new(ranking, context, (rank, row), (&e, &matches), out.lang));
                let Some(ranked) = ranked else { continue };
                let opinion = opinion.as_ref().map(|o| Opinion { method, method_score: o.scores.get(row).copied().flatten() });
                let facts = facts.then_some(Facts { e: &e, extra });
                let record = Line { ranked, scorecard: &scorecard, signature: &signature, basis: basis.take(), opinion, facts };
                sink.row(&record, || record.cells())?;
            }
        }
        sink.finish()?;
        Sitting::left_out(ranking.assessment()).for_each(|note| terminal::tell(&note));
        Ok(())
    }
}

impl Line<'_> {
    /// The same as cells.
    fn cells(&self) -> Vec<Cell> {
        let ranked = &self.ranked;
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
        let facts = self.facts.iter().flat_map(Facts::cells).map(|(_, cell)| text(cell));
        judged.into_iter().chain(facts).collect()
    }
}
