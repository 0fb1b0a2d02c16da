//! `xiangma explain`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::{Comparison, Enterprise, Lift, MatchView};

use crate::cli::failure::Failure;
use crate::cli::flags::{Judging, Lang, Out};
use crate::cli::output::{Cell, Sink, number, text};
use crate::cli::ranked::Ranked;
use crate::cli::sitting::Sitting;

/// Explain one enterprise of the ranking in full.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  xiangma explain candidates.csv --name 示例光电有限公司 --chain optoelectronics --into 10 --format table"
)]
pub(in crate::cli) struct Explain {
    /// The file of candidates.
    file: PathBuf,
    /// Its name or credit code, or a part of the name that no other has.
    #[arg(long)]
    name: String,
    /// Say what sets it apart from this one, by name or credit code.
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    /// Say what would lift it into the best so many.
    #[arg(long, value_name = "K")]
    into: Option<usize>,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Explained<'s> {
    #[serde(flatten)]
    ranked: Ranked<'s>,
    matches: Vec<MatchView<'s>>,
    enterprise: &'s Enterprise,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Comparison>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lift: Option<Lift>,
}

impl Explain {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, name, against, into, judging, out } = self;
        out.check(judging.inputs().chain([file.as_path()]))?;
        let sitting = Sitting::new(&file, &judging, &out)?;
        let (session, ranking) = (&sitting.session, sitting.ranking()?);
        let row = sitting.find(&name)?;
        let other = against.map(|name| sitting.find(&name)).transpose()?;
        let enterprise = sitting.enterprise(row)?;
        let rank = ranking.rank_of(row).unwrap_or(0);
        let no_row = || Failure::Argument(format!("row {} is not ranked", enterprise.row));
        let record = Explained {
            ranked: Ranked::new(&ranking, session.context(), (rank, row), (enterprise, session.matches(row)), out.lang)
                .ok_or_else(no_row)?,
            matches: session.matches(row).iter().map(|m| m.view(enterprise)).collect(),
            enterprise,
            against: other.and_then(|other| session.compare(row, other)),
            lift: into.and_then(|k| session.lift(row, k)),
        };
        let mut sink = Sink::new(&out, &["", ""])?;
        sink.rows(&record, || rows(&record, out.lang))?;
        sink.finish()
    }
}

/// The same for the eye.
fn rows(record: &Explained<'_>, lang: Lang) -> Vec<Vec<Cell>> {
    let Explained { ranked, against, lift, .. } = record;
    let mut rows = vec![
        vec![text("name"), text(ranked.name)],
        vec![text("rank"), number(ranked.rank as f64)],
        vec![text("score"), number(ranked.score)],
        vec![text("low"), number(ranked.low)],
        vec![text("high"), number(ranked.high)],
        vec![text("coverage"), number(ranked.coverage)],
        vec![text("grade"), text(ranked.grade)],
        vec![text("link"), text(ranked.link_name)],
        vec![text("strategy"), text(ranked.strategy.map_or("", |need| need.as_str()))],
    ];
    for part in &ranked.contributions {
        rows.push(vec![text(&part.criterion), text(format!("{} × {} = {:.2}", part.weight, part.points, part.contribution))]);
    }
    rows.extend(ranked.reasons.iter().map(|reason| vec![text(reason.key), text(&reason.text)]));
    if let Some(comparison) = against {
        rows.push(vec![text("against"), text(lang.of(&comparison.words))]);
    }
    if let Some(lift) = lift {
        rows.extend(lift.facts.iter().map(|fact| vec![text("lift"), text(lang.of(&fact.words))]));
        rows.extend(lift.together.iter().map(|fact| vec![text("lift_together"), text(lang.of(&fact.words))]));
    }
    rows
}
