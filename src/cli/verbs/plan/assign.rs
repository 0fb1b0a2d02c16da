//! `xiangma plan assign`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::plan::{AssignCosts, Lead, Officer, assign};
use xiangma::{Catalogue, EnterpriseKey};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, number, text};
use crate::cli::terminal::tell;

/// Give each lead to one officer, at the least cost there is.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma plan assign shortlist.jsonl --officers officers.csv --before october.jsonl --format table")]
pub(super) struct Assign {
    /// The leads: a table, or the JSON Lines of `rank` or `plan shortlist`. Columns 专员 and 锁定专员 say who has a lead, and who keeps it.
    file: PathBuf,
    /// The officers: a table of 专员 and 上限 with 产业链, 区域 and 语种 where they are specialists, or JSON.
    #[arg(long, value_name = "FILE")]
    officers: PathBuf,
    /// An earlier assignment, as this verb writes it: who has a lead keeps it unless that costs more than a change.
    #[arg(long, value_name = "FILE")]
    before: Option<PathBuf>,
    /// What speaks against a pair, in points: JSON of chain, region, language, change and balance.
    #[arg(long, value_name = "FILE")]
    costs: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Line<'s> {
    key: &'s EnterpriseKey,
    name: &'s str,
    officer: Option<&'s str>,
    cost: u32,
    kept: bool,
    locked: bool,
    next: Option<Next<'s>>,
}

/// The next best officer, and how much more the whole would cost.
#[derive(Serialize)]
struct Next<'s> {
    officer: &'s str,
    more: u64,
}

impl Assign {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, officers: people, before, costs, out } = self;
        let more = before.as_deref().into_iter().chain(costs.as_deref());
        out.check([file.as_path(), people.as_path()].into_iter().chain(more))?;
        let catalogue = Catalogue::builtin();
        let officers = Officer::read(&files::bytes(&people)?).map_err(files::of(&people))?;
        let officers: Vec<Officer> = officers.into_iter().map(|officer| officer.by_chain_ids(&catalogue)).collect();
        let costs = match costs {
            Some(path) => {
                let wrong = |e: serde_json::Error| Failure::Argument(format!("{}: {e}", files::named(&path)));
                serde_json::from_str(&files::text(&path)?).map_err(wrong)?
            }
            None => AssignCosts::default(),
        };
        let list = super::listed(&file)?;
        let earlier = before.as_deref().map(super::listed).transpose()?.unwrap_or_default();
        let had: BTreeMap<&EnterpriseKey, &String> = earlier.iter().filter_map(|l| Some((&l.key, l.officer.as_ref()?))).collect();
        let lead = |l: &xiangma::plan::Listed| {
            let lead = l.lead();
            Lead { had_by: lead.had_by.clone().or_else(|| had.get(&l.key).map(|name| (*name).clone())), ..lead }
        };
        let leads: Vec<Lead> = list.iter().map(lead).collect();
        let found = assign(&leads, &officers, costs)?;
        let named = |officer: usize| officers.get(officer).map_or("", |o| o.name.as_str());
        let mut sink = Sink::new(
            &out,
            out.lang.pick(
                &["企业名称", "专员", "代价", "续办", "次优专员", "代价增加"],
                &["name", "officer", "cost", "kept", "next best", "more"],
            ),
        )?;
        for (listed, its) in list.iter().zip(&found.leads) {
            let line = Line {
                key: &listed.key,
                name: &listed.name,
                officer: its.officer.map(named),
                cost: its.cost,
                kept: its.kept,
                locked: its.locked,
                next: its.next.map(|n| Next { officer: named(n.officer), more: n.more }),
            };
            sink.row(&line, || {
                let kept = if line.locked {
                    out.lang.pick("锁定", "locked")
                } else if line.kept {
                    out.lang.pick("续办", "kept")
                } else {
                    ""
                };
                let (next, more) = line.next.as_ref().map_or_else(|| (text(""), text("")), |n| (text(n.officer), number(n.more as f64)));
                vec![text(line.name), text(line.officer.unwrap_or("—")), number(line.cost), text(kept), next, more]
            })?;
        }
        sink.finish()?;
        let loads: Vec<String> = officers.iter().zip(&found.loads).map(|(o, load)| format!("{} {load}/{}", o.name, o.capacity)).collect();
        let left = found.leads.iter().filter(|l| l.officer.is_none()).count();
        tell(&out.lang.pick(format!("专员承担：{}", loads.join("，")), format!("loads: {}", loads.join(", "))));
        if left > 0 {
            tell(&out.lang.pick(
                format!("注意：专员名额不足，{left} 家得分较低的线索未分派"),
                format!("note: there is not room for all; {left} leads of the lowest scores are left over"),
            ));
        }
        Ok(())
    }
}
