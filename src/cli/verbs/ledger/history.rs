//! `xiangma ledger history`.

use std::path::PathBuf;

use clap::Args;
use xiangma::ledger::RecordId;

use crate::cli::failure::Failure;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, text};
use crate::cli::team::open;

/// Say who wrote what and when, the oldest first.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma ledger history team.ledger --of project:2026-001 --format table")]
pub(in crate::cli) struct History {
    /// The ledger of the team.
    ledger: PathBuf,
    /// Of one record only: `lead:KEY`, `project:NUMBER`, `event:ID`, `visit:NUMBER` or `issue:NUMBER`.
    #[arg(long, value_name = "RECORD")]
    of: Option<RecordId>,
    #[command(flatten)]
    out: Out,
}

impl History {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { ledger, of, out } = self;
        out.check([ledger.as_path()])?;
        let ledger = open(&ledger, out.lang)?;
        let header = out.lang.pick(
            &["时间", "填写人", "记录", "字段", "内容", "改动编号", "撤销"],
            &["at", "by", "record", "field", "value", "change", "undoes"],
        );
        let mut sink = Sink::new(&out, header)?;
        for change in ledger.history(of.as_ref()) {
            sink.rows(change, || {
                let row = |(field, value): (&str, &serde_json::Value)| {
                    let value =
                        value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned);
                    let undoes = change.undoes.map_or_else(String::new, |id| id.to_string());
                    let (at, by, on, id) = (change.at.to_string(), &*change.by, change.on.to_string(), change.id.to_string());
                    vec![text(at), text(by), text(on), text(field), text(value), text(id), text(undoes)]
                };
                change.set.iter().map(row).collect::<Vec<_>>()
            })?;
        }
        sink.finish()
    }
}
