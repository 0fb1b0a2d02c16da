//! `xiangma ledger join`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::files::{self, Draft};
use crate::cli::flags::Out;
use crate::cli::lock::Lock;
use crate::cli::output::{Sink, text};
use crate::cli::team::open;
use crate::cli::terminal::tell;

/// Join two ledgers that went apart: every change of both, the newest value of each field, and a list of what two wrote differently.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma ledger join ours.ledger theirs.ledger --to team.ledger")]
pub(in crate::cli) struct Join {
    /// A ledger.
    one: PathBuf,
    /// The other.
    other: PathBuf,
    /// The file for both together.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    out: Out,
}

impl Join {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { one, other, to, out } = self;
        out.check_with([one.as_path(), other.as_path()], Some(&to))?;
        files::apart(&[&one, &other], &[&to])?;
        let mut ledger = open(&one, out.lang)?;
        let joined = ledger.join(&open(&other, out.lang)?);
        {
            let _alone = Lock::of(&to)?;
            Draft::of(&to, &ledger.text())?.done()?;
        }
        let lang = out.lang;
        let header = lang.pick(&["记录", "字段", "填写人", "时间", "内容", "是否采用"], &["record", "field", "by", "at", "value", "holds"]);
        let mut sink = Sink::new(&out, header)?;
        for conflict in &joined.conflicts {
            sink.rows(conflict, || {
                let row = |(place, held): (usize, &xiangma::ledger::Held)| {
                    let holds = if place == 0 { lang.pick("是", "yes") } else { "" };
                    let value = held.value.as_str().map_or_else(|| held.value.to_string(), str::to_owned);
                    [
                        text(conflict.on.to_string()),
                        text(&conflict.field),
                        text(&held.by),
                        text(held.at.to_string()),
                        text(value),
                        text(holds),
                    ]
                    .into()
                };
                conflict.values.iter().enumerate().map(row).collect::<Vec<Vec<_>>>()
            })?;
        }
        sink.finish()?;
        let (added, here, conflicts) = (joined.added, joined.not_there, joined.conflicts.len());
        tell(&lang.pick(
            format!("并入 {added} 条改动，对方缺 {here} 条；{conflicts} 处填法不一，按最新的计"),
            format!("{added} changes taken in, {here} that the other had not; {conflicts} fields written differently, the newest holds"),
        ));
        Ok(())
    }
}
