//! `xiangma ledger set`.

use std::path::PathBuf;

use clap::Args;
use xiangma::ledger::{RecordId, RecordKind, read_field};

use crate::cli::failure::Failure;
use crate::cli::flags::Lang;
use crate::cli::output::{line, print};
use crate::cli::team::{Who, rewrite};

/// Write fields of a record. The ledger is made when there is none.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  xiangma ledger set team.ledger project:2026-001 name=光模块产线 kind=供地类 investment=12亿元 land=150亩 officers=李、王 --by 李\n  \
                  xiangma ledger set team.ledger event project=2026-001 day=2026-03-02 event=signed --by 李"
)]
pub(in crate::cli) struct Set {
    /// The ledger of the team.
    ledger: PathBuf,
    /// Which record: `lead:KEY`, `project:NUMBER`, `event:ID`, `visit:NUMBER` or `issue:NUMBER`; a kind alone adds one of that kind.
    record: String,
    /// Fields and what to write in them; nothing after the sign empties a field.
    #[arg(required = true, value_name = "FIELD=TEXT")]
    fields: Vec<String>,
    #[command(flatten)]
    who: Who,
}

impl Set {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { ledger: path, record, fields, who } = self;
        let kind = RecordKind::ALL.into_iter().find(|kind| kind.as_str() == record);
        let named: Option<RecordId> = if kind.is_some() { None } else { Some(record.parse()?) };
        let of = kind.or(named.as_ref().map(|id| id.kind)).unwrap_or(RecordKind::Project);
        let mut read = Vec::new();
        for field in &fields {
            let Some((field, text)) = field.split_once('=') else {
                return Err(Failure::Argument(format!("`{field}` writes no field; write FIELD=TEXT")));
            };
            read.push((field, read_field(of, field, text)?));
        }
        let change = rewrite(&path, true, Lang::Zh, |ledger| {
            if let Some(id) = named {
                return Ok(ledger.change(&id, read, &who.by, who.now())?.clone());
            }
            let id = ledger.add(of, read, &who.by, who.now())?;
            let added = ledger.history(Some(&id)).pop().cloned();
            added.ok_or_else(|| Failure::Argument(format!("{id} was not written")))
        })?;
        print(&line(&change)?)
    }
}
