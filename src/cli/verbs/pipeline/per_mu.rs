//! `xiangma pipeline per-mu`.

use std::path::{Path, PathBuf};

use clap::Args;
use xiangma::learn::Frame;
use xiangma::pipeline::{PerMuFigures, PerMuRules, per_mu};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::Out;
use crate::cli::output::{Cell, Sink, number, text};
use crate::cli::terminal::tell;

/// Evaluate enterprises in production by what they give on their land (亩均论英雄): points by item, the score, the grade.
///
/// The table has a row an enterprise, and columns as 税收（万元）, 用地面积（亩）, 工业增加值（万元）, 综合能耗（吨标准煤）. Units stand in the
/// headings or the cells. What is not known leaves an enterprise without a score; it is said what to ask for.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma pipeline per-mu enterprises.xlsx --format table")]
pub(in crate::cli) struct PerMu {
    /// The table of enterprises.
    table: PathBuf,
    /// A file of items, bases and grades of your own, or those that come with the program: `huangyan_2022`, `huangyan_2022_small`,
    /// `huangyan_2021`.
    #[arg(long, value_name = "FILE|PRESET", default_value = "huangyan_2022")]
    rules: String,
    #[command(flatten)]
    out: Out,
}

impl PerMu {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { table, rules: name, out } = self;
        let preset = PerMuRules::presets().into_iter().find(|rules| rules.id == name);
        let file = Path::new(&name);
        out.check(std::iter::once(table.as_path()).chain(preset.is_none().then_some(file)))?;
        let rules = match preset {
            Some(preset) => preset,
            None => PerMuRules::from_json(&files::text(file)?).map_err(files::of(file))?,
        };
        let lang = out.lang;
        let frame = Frame::read(&files::bytes(&table)?).map_err(files::of(&table))?;
        let (enterprises, findings) = PerMuFigures::read(&frame);
        for finding in &findings {
            tell(&format!("note: {}", lang.pick(&finding.zh, &finding.en)));
        }
        let all = per_mu(&enterprises, &rules);
        let mut header = lang.pick(vec!["企业名称", "等级", "名次", "综合得分"], vec!["name", "grade", "rank", "score"]);
        header.extend(rules.items.iter().map(|item| lang.pick(item.zh.as_str(), item.en.as_str())));
        header.push(lang.pick("尚缺", "missing"));
        let mut sink = Sink::new(&out, &header)?;
        for one in &all {
            sink.row(one, || {
                let figure = |n: Option<f64>| n.map_or_else(|| text(""), |n| Cell::Number((n * 100.0).round() / 100.0));
                let missing: Vec<&str> = one.missing.iter().map(|f| lang.pick(f.words().0, f.words().1)).collect();
                let mut cells = vec![text(&one.name), text(one.grade.as_deref().unwrap_or_default())];
                cells.push(one.rank.map_or_else(|| text(""), number));
                cells.push(figure(one.score));
                cells.extend(one.items.iter().map(|item| figure(item.points)));
                cells.push(text(missing.join(lang.pick("；", "; "))));
                cells
            })?;
        }
        sink.finish()?;
        let scored = all.iter().filter(|one| one.score.is_some()).count();
        let rest = all.len() - scored;
        tell(&lang.pick(
            format!("{} 家企业，已评价 {scored} 家，资料不足 {rest} 家", all.len()),
            format!("{} enterprises, {scored} evaluated, {rest} with too little known", all.len()),
        ));
        Ok(())
    }
}
