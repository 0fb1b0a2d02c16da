//! `xiangma push`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use xiangma::monitor::Unlike;
use xiangma::plan::{Change, Push as Pushed};

use crate::cli::editions::edition;
use crate::cli::failure::Failure;
use crate::cli::files::Place;
use crate::cli::flags::{Judging, Out, card};
use crate::cli::output::{Sink, number, text};
use crate::cli::terminal::tell;

/// Say what is new since the last list: who entered, rose, fell and left, each with its cause.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma push october.jsonl november.jsonl --as text --top 50")]
pub(in crate::cli) struct Push {
    /// The earlier list: a table of candidates, or the JSON Lines of `rank`.
    before: PathBuf,
    /// The later one.
    now: PathBuf,
    #[command(flatten)]
    judging: Judging,
    /// How many of each list count, the best first; all when left out.
    #[arg(long)]
    top: Option<usize>,
    /// A message for a group chat, or a line for each enterprise.
    #[arg(long = "as", value_enum, default_value = "jsonl")]
    form: As,
    /// In a message, how many are named of each kind.
    #[arg(long, default_value_t = 10)]
    named: usize,
    #[command(flatten)]
    out: Out,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    Text,
    Jsonl,
}

impl Push {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { before, now, judging, top, form, named, out } = self;
        out.check(judging.inputs().chain([before.as_path(), now.as_path()]))?;
        let card = card(&judging.scorecard)?;
        let (was, _) = edition(&before, &judging, &out)?;
        let (is, _) = edition(&now, &judging, &out)?;
        let push = Pushed::new(&was, &is, &card, top).inspect_err(|error| {
            if error.code() == "OTHER_SCORECARD" {
                tell(out.lang.pick(
                    "提示：评分卡或权重已变。请用现行评分卡重排上期的候选名单，再作比较：xiangma rank 上期名单 --scorecard 评分卡",
                    "hint: the scorecard or its weights changed. Rank the candidates of the last list by the card of now, then compare: xiangma rank FILE --scorecard CARD",
                ));
            }
        })?;
        if form == As::Text {
            let mut place = Place::new(out.out.as_deref())?;
            let message = push.text(named);
            place.text(out.lang.of(&message))?;
            place.done()?;
        } else {
            let mut sink = Sink::new(
                &out,
                out.lang.pick(
                    &["变化", "企业名称", "上期名次", "本期名次", "得分", "原因"],
                    &["change", "name", "from", "to", "score", "causes"],
                ),
            )?;
            out.lang.of(&push.text(named)).lines().for_each(|line| sink.says(line));
            let rank = |rank: Option<usize>| rank.map_or_else(|| text("—"), |r| number(r as f64));
            for row in &push.rows {
                sink.row(row, || {
                    let (zh, en) = row.change.words();
                    let causes: Vec<&str> = row.causes.iter().map(|c| out.lang.pick(c.zh.as_str(), c.en.as_str())).collect();
                    let score = row.score.map_or_else(|| text(""), number);
                    vec![text(out.lang.pick(zh, en)), text(&row.name), rank(row.from), rank(row.to), score, text(causes.join("；"))]
                })?;
            }
            sink.finish()?;
        }
        for Unlike { what, .. } in push.unlike.iter().filter(|u| u.what == "library") {
            tell(&out.lang.pick(format!("注意：两期名单的依据有别：{what}"), format!("note: the two lists differ in {what}")));
        }
        if !push.duplicates.is_empty() {
            let (many, names) = (push.duplicates.len(), push.duplicates.iter().take(5).cloned().collect::<Vec<_>>().join("、"));
            tell(&out.lang.pick(
                format!("注意：名单中有重名且无从区分的企业 {many} 个：{names}"),
                format!("note: {many} names stand several times with nothing to tell them apart: {names}"),
            ));
        }
        let counts: Vec<_> = Change::ALL.iter().zip(push.counts()).map(|(c, n)| (c.words(), n)).collect();
        let zh: Vec<String> = counts.iter().map(|((zh, _), n)| format!("{zh} {n} 家")).collect();
        let en: Vec<String> = counts.iter().map(|((_, en), n)| format!("{en} {n}")).collect();
        tell(&out.lang.pick(format!("注意：{}", zh.join("，")), format!("note: {}", en.join(", "))));
        Ok(())
    }
}
