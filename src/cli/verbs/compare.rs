//! `xiangma compare`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::monitor::{CriterionDrift, Moved, Unlike};

use crate::cli::balance;
use crate::cli::editions::edition;
use crate::cli::failure::Failure;
use crate::cli::flags::{Judging, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::terminal::tell;

/// Compare two lists made with one scorecard: who came, who went, what has drifted.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma compare october.jsonl november.jsonl --top 20 --format table")]
pub(in crate::cli) struct Compare {
    /// The earlier list: a table of candidates, or the JSON Lines of `rank`.
    before: PathBuf,
    /// The later one.
    now: PathBuf,
    #[command(flatten)]
    judging: Judging,
    /// How many are selected.
    #[arg(long, default_value_t = 20)]
    top: usize,
    #[command(flatten)]
    out: Out,
}

/// Something of a comparison, and which kind of thing it is.
#[derive(Serialize)]
struct Kind<'t, T> {
    kind: &'static str,
    #[serde(flatten)]
    of: &'t T,
}

#[derive(Serialize)]
struct Summary<'s> {
    top: usize,
    common: usize,
    spearman: Option<f64>,
    entered: usize,
    left: usize,
    stayed: usize,
    signature: &'s str,
}

impl Compare {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { before, now, judging, top, out } = self;
        out.check(judging.inputs().chain([before.as_path(), now.as_path()]))?;
        let (was, _) = edition(&before, &judging, &out)?;
        let (is, sitting) = edition(&now, &judging, &out)?;
        let movement = is.movement(&was, top)?;
        let mut sink =
            Sink::new(&out, out.lang.pick(&["类别", "名称", "前期", "本期", "变动"], &["kind", "name", "before", "now", "change"]))?;
        let rank = |rank: Option<usize>| rank.map_or_else(|| text("—"), |r| number(r as f64));
        for (kind, list) in [("entered", &movement.entered), ("left", &movement.left), ("stayed", &movement.stayed)] {
            for moved in list {
                let Moved { name, before, now, change, .. } = moved;
                sink.row(&Kind { kind, of: moved }, || {
                    let change = change.map_or_else(|| text(""), |c| number((c * 100.0).round() / 100.0 + 0.0));
                    vec![text(kind), text(name), rank(*before), rank(*now), change]
                })?;
            }
        }
        for drift in &is.drift(&was)? {
            let CriterionDrift { criterion, stability, verdict, mean_before, mean_now, .. } = drift;
            sink.row(&Kind { kind: "drift", of: drift }, || {
                let means = [mean_before, mean_now].map(|m| text(format!("{m:.1}")));
                let [before, now] = means;
                vec![text("drift"), text(criterion), before, now, text(format!("PSI {:.3} {verdict}", stability.index))]
            })?;
        }
        let (common, spearman) = (movement.common, movement.spearman);
        let (entered, left, stayed) = (movement.entered.len(), movement.left.len(), movement.stayed.len());
        let summary = Summary { top, common, spearman, entered, left, stayed, signature: &is.signature };
        sink.row(&Kind { kind: "summary", of: &summary }, || {
            let agreement = spearman.map_or_else(String::new, |r| format!("{r:.3}"));
            vec![text("summary"), text(format!("{common} in both")), text(""), text(""), text(agreement)]
        })?;
        if let Some(sitting) = &sitting {
            balance::rows(&mut sink, sitting, top, out.lang)?;
        }
        sink.finish()?;
        // That the day is another is what lists are compared for.
        for Unlike { what, before, now } in movement.unlike.iter().filter(|u| u.what != "as_of") {
            let side =
                |side: &Option<String>, unknown: &str| side.as_deref().map_or_else(|| unknown.to_owned(), |s| s.chars().take(40).collect());
            tell(&out.lang.pick(
                format!("注意：两期名单的依据有别：{what}（上期 {}，本期 {}）", side(before, "不详"), side(now, "不详")),
                format!("note: the two lists differ in {what}: {} before, {} now", side(before, "unknown"), side(now, "unknown")),
            ));
        }
        if !movement.duplicates.is_empty() {
            let (many, names) = (movement.duplicates.len(), movement.duplicates.iter().take(5).cloned().collect::<Vec<_>>().join("、"));
            tell(&out.lang.pick(
                format!("注意：名单中有重名且无从区分的企业 {many} 个：{names}"),
                format!("note: {many} names stand several times with nothing to tell them apart: {names}"),
            ));
        }
        let (then, now) = (was.placed.len(), is.placed.len());
        if then.max(now) > 2 * then.min(now) {
            tell(&out.lang.pick(
                format!("注意：上期 {then} 家，本期 {now} 家；一份若只是选出的部分，数据变化一栏没有意义"),
                format!("note: {then} before and {now} now; if one is only a selection, the drift says nothing"),
            ));
        }
        Ok(())
    }
}
