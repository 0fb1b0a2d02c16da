//! `xiangma plan introduce`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::EnterpriseKey;
use xiangma::plan::{Introducer, Introductions, Ties};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Lang, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::terminal::tell;

/// Find who can introduce the park to each candidate: the three most credible ways, with the evidence of every tie.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma plan introduce shortlist.jsonl --ties ties.csv --residents residents.csv --format table")]
pub(super) struct Introduce {
    /// The candidates: a table, or the JSON Lines of `rank` or `plan shortlist`.
    file: PathBuf,
    /// The ties: a table of 甲方, 乙方, 关系, 来源, 可信度 and, for ties of persons, 个人.
    #[arg(long, value_name = "FILE")]
    ties: PathBuf,
    /// The file of resident firms, with whom ways begin.
    #[arg(long, value_name = "FILE")]
    residents: Option<PathBuf>,
    /// A fund or a person of the park, with whom ways begin as well; may be repeated. `本园区` in the table always is.
    #[arg(long, value_name = "NAME")]
    from: Vec<String>,
    /// Only to this one.
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Use and print ties of persons too.
    #[arg(long)]
    personal: bool,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Line<'s> {
    key: &'s EnterpriseKey,
    name: &'s str,
    path: &'s [Introducer],
    credibility: u8,
    personal: bool,
}

impl Introduce {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, ties, residents, from, to, personal, out } = self;
        out.check([file.as_path(), ties.as_path()].into_iter().chain(residents.as_deref()))?;
        let list = super::listed(&file)?;
        let table = Ties::read(&files::bytes(&ties)?).map_err(files::of(&ties))?;
        let own = residents.as_deref().map(super::listed).transpose()?.unwrap_or_default();
        for bad in table.rejected.iter().take(10) {
            let (file, row) = (files::named(&ties), bad.row);
            tell(
                &out.lang.pick(
                    format!("注意：{file} 第 {row} 行未采用：{}", bad.zh),
                    format!("note: row {row} of {file} is left out: {}", bad.en),
                ),
            );
        }
        if table.rejected.len() > 10 {
            let many = table.rejected.len();
            tell(&out.lang.pick(format!("注意：未采用的行共 {many} 行"), format!("note: {many} rows are left out in all")));
        }
        let used = if personal { table.ties } else { withheld(&table, out.lang) };
        let starts = own.iter().map(|l| l.name.as_str()).chain(from.iter().map(String::as_str)).chain([Ties::PARK]);
        let known = Introductions::new(used, starts);
        if known.own() == 0 {
            tell(out.lang.pick(
                "注意：关系表中没有本园区的企业、基金或人员，引荐无从谈起",
                "note: nobody of the park is in the table of ties, so that no way begins",
            ));
        }
        let wanted: Vec<_> = list.iter().filter(|l| to.as_ref().is_none_or(|name| l.name == *name || l.key.to_string() == *name)).collect();
        if let Some(name) = to.filter(|_| wanted.is_empty()) {
            return Err(Failure::Argument(format!("no enterprise named `{name}` in {}", files::named(&file))));
        }
        let mut sink = Sink::new(&out, out.lang.pick(&["企业名称", "引荐路径", "可信度"], &["name", "way", "credibility"]))?;
        let mut without = 0;
        for listed in wanted {
            let ways = known.to(&listed.name);
            without += usize::from(ways.is_empty());
            for way in &ways {
                let line =
                    Line { key: &listed.key, name: &listed.name, path: &way.path, credibility: way.credibility, personal: way.personal };
                sink.row(&line, || vec![text(line.name), text(told(line.path, out.lang)), number(line.credibility)])?;
            }
        }
        sink.finish()?;
        if without > 0 {
            tell(&out.lang.pick(format!("注意：{without} 家尚无引荐渠道"), format!("note: no way leads to {without} of them")));
        }
        Ok(())
    }
}

/// The ties of no person; how many are held back is told.
fn withheld(table: &Ties, lang: Lang) -> Vec<xiangma::plan::Tie> {
    let used = table.without_persons();
    let held = table.ties.len() - used.len();
    if held > 0 {
        tell(&lang.pick(
            format!("注意：涉及个人的关系 {held} 条未使用、未输出；需要时加 --personal"),
            format!("note: {held} ties of persons are neither used nor printed; add --personal where they are wanted"),
        ));
    }
    used
}

/// 甲 —供应（年报，90%）→ 乙.
fn told(path: &[Introducer], lang: Lang) -> String {
    let step = |step: &Introducer| {
        let Some(tie) = step.tie else { return step.who.clone() };
        let (zh, en) = tie.words();
        let (source, credibility) = (step.source.as_deref().unwrap_or(""), step.credibility.unwrap_or(0));
        let how = lang.pick(format!("{zh}（{source}，{credibility}%）"), format!("{en} ({source}, {credibility}%)"));
        format!(" —{how}→ {}", step.who)
    };
    path.iter().map(step).collect()
}
