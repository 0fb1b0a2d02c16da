//! `xiangma ledger outcomes`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::ledger::{Outcome, outcomes};
use xiangma::{Enterprise, EnterpriseKey, IntakeOptions, Region, intake};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, text};
use crate::cli::team::{Team, open};
use crate::cli::terminal::tell;

/// The column of outcomes.
const COLUMN: &str = "落地结果";

/// Put what became of each enterprise beside it, for `train`: a table of enterprises in, the same with a column 落地结果 out.
///
/// An enterprise is 是 when a project of it came to the phase, 否 when it went back to the pool before, or was given up, and 跟进中 when nobody
/// knows yet. One that the ledger does not know has nothing in the column.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  xiangma ledger outcomes team.ledger candidates.csv --phase signed --out learned.csv\n  xiangma train learned.csv --outcome 落地结果 --positive 是 --negative 否 --open 跟进中 --out leads.model"
)]
pub(in crate::cli) struct Outcomes {
    #[command(flatten)]
    team: Team,
    /// The table of enterprises.
    table: PathBuf,
    /// The phase that counts as the outcome.
    #[arg(long, value_name = "PHASE", default_value = "signed")]
    phase: String,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Row<'r> {
    #[serde(flatten)]
    cells: BTreeMap<&'r str, &'r str>,
}

impl Outcomes {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, table, phase, out } = self;
        out.check(team.inputs().chain([table.as_path()]))?;
        let ledger = open(&team.ledger, out.lang)?;
        let (found, findings) = outcomes(&ledger, &team.rules.phases()?, &phase, team.rules.day())?;
        findings.iter().for_each(|f| tell(&format!("note: {}", out.lang.pick(&f.zh, &f.en))));
        let known: BTreeMap<EnterpriseKey, Outcome> = found.into_iter().map(|o| (o.enterprise, o.outcome)).collect();
        let read = intake(&files::bytes(&table)?, &IntakeOptions::new()).map_err(files::of(&table))?;
        let header: Vec<&str> = Enterprise::COLUMNS.into_iter().chain([COLUMN]).collect();
        let mut sink = Sink::new(&out, &header)?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for enterprise in &read.enterprises {
            let outcome = keys(enterprise).iter().find_map(|key| known.get(key)).map_or("", |o| o.word());
            *counts.entry(outcome).or_default() += 1;
            let cells: Vec<String> = enterprise.cells().into_iter().chain([outcome.to_owned()]).collect();
            let filled = header.iter().copied().zip(cells.iter().map(String::as_str)).filter(|(_, cell)| !cell.is_empty()).collect();
            sink.row(&Row { cells: filled }, || cells.iter().map(text).collect())?;
        }
        sink.finish()?;
        let count = |outcome: Outcome| counts.get(outcome.word()).copied().unwrap_or(0);
        let (yes, no, open) = (count(Outcome::Reached), count(Outcome::Lost), count(Outcome::Open));
        let unknown = counts.get("").copied().unwrap_or(0);
        tell(&out.lang.pick(
            format!("是 {yes} 家，否 {no} 家，跟进中 {open} 家，台账中没有 {unknown} 家"),
            format!("{yes} reached it, {no} lost, {open} open, {unknown} not in the ledger"),
        ));
        Ok(())
    }
}

/// What a ledger may know an enterprise by: its code, its name and province, or its name alone, where nobody wrote down more.
fn keys(enterprise: &Enterprise) -> [EnterpriseKey; 3] {
    let named = Enterprise { name: enterprise.name.clone(), region: enterprise.region.clone(), ..Enterprise::default() };
    let alone = Enterprise { name: enterprise.name.clone(), region: Region::default(), ..Enterprise::default() };
    [enterprise.key(), named.key(), alone.key()]
}
