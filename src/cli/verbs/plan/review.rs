//! `xiangma plan sheets` and `xiangma plan review`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::EnterpriseKey;
use xiangma::plan::{BlindSheet, ExpertReview, Joint, Outlier, Review as Joined, blind_sheets};

use crate::cli::failure::Failure;
use crate::cli::files::{self, Place};
use crate::cli::flags::Out;
use crate::cli::output::{Sink, number, text};

/// Print sheets on which experts mark a list without its scores, each in an order of their own: CSV, to be filled in.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma plan sheets shortlist.jsonl --expert 专家甲 --out 专家甲.csv")]
pub(super) struct Sheets {
    /// The list: a table, or the JSON Lines of `rank` or `plan shortlist`.
    file: PathBuf,
    /// An expert; may be repeated. A sheet's order depends on the name and the seed.
    #[arg(long = "expert", value_name = "NAME", required = true)]
    experts: Vec<String>,
    /// Seed of the orders; the same seed gives the same orders everywhere.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write to this file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Sheets {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, experts, seed, out } = self;
        files::apart(&[file.as_path()], &out.as_deref().into_iter().collect::<Vec<_>>())?;
        let list: Vec<(EnterpriseKey, String)> = super::listed(&file)?.into_iter().map(|l| (l.key, l.name)).collect();
        let names: Vec<&str> = experts.iter().map(String::as_str).collect();
        let mut place = Place::new(out.as_deref())?;
        for (number, sheet) in blind_sheets(&list, &names, seed).iter().enumerate() {
            let text = sheet.to_csv();
            // One header for all.
            let rest = if number == 0 { text.as_str() } else { text.split_once('\n').map_or("", |(_, rest)| rest) };
            place.text(rest)?;
        }
        place.done()
    }
}

/// Join the sheets of experts: how far they agree, who and what stands apart, and the joint list.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma plan review shortlist.jsonl --sheets 专家甲.csv 专家乙.csv 专家丙.csv --format table")]
pub(super) struct Review {
    /// The list that was reviewed, in its order; without it, the enterprises of the first sheet.
    file: Option<PathBuf>,
    /// The sheets, filled in.
    #[arg(long, value_name = "FILE", num_args = 1.., required = true)]
    sheets: Vec<PathBuf>,
    #[command(flatten)]
    out: Out,
}

/// Something of a review, and which kind of thing it is.
#[derive(Serialize)]
struct Kind<'r, T> {
    kind: &'static str,
    #[serde(flatten)]
    of: &'r T,
}

impl Review {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, sheets: paths, out } = self;
        out.check(paths.iter().map(PathBuf::as_path).chain(file.as_deref()))?;
        let mut sheets: Vec<BlindSheet> = Vec::new();
        for path in &paths {
            sheets.extend(BlindSheet::read(&files::bytes(path)?).map_err(files::of(path))?);
        }
        let list: Vec<(EnterpriseKey, String)> = if let Some(file) = &file {
            super::listed(file)?.into_iter().map(|l| (l.key, l.name)).collect()
        } else {
            let mut first: Vec<_> = sheets.first().map_or(&[][..], |s| &s.lines).iter().map(|l| (l.key.clone(), l.name.clone())).collect();
            first.sort();
            first
        };
        let review = Joined::of(&list, &sheets)?;
        let mut sink = Sink::new(&out, out.lang.pick(&["类别", "企业名称", "专家", "", "", ""], &["kind", "name", "expert", "", "", ""]))?;
        let figure = |name: &str, x: Option<f64>| text(x.map_or_else(String::new, |x| format!("{name} {x:.3}")));
        let agreement = &review.agreement;
        sink.row(&Kind { kind: "agreement", of: agreement }, || {
            let figures = [figure("W", agreement.w), figure("ICC(2,1)", agreement.icc_single), figure("ICC(2,k)", agreement.icc_average)];
            [text("agreement"), text(""), text("")].into_iter().chain(figures).collect()
        })?;
        for expert in &review.experts {
            let ExpertReview { expert: name, with_others, milder, is_outlier, .. } = expert;
            sink.row(&Kind { kind: "expert", of: expert }, || {
                let apart = if *is_outlier { out.lang.pick("与他人不一致", "stands apart") } else { "" };
                vec![text("expert"), text(""), text(name), figure("ρ", *with_others), text(format!("{milder:+.1}")), text(apart)]
            })?;
        }
        for outlier in &review.outliers {
            let Outlier { expert, name, mark, expected, deviations, .. } = outlier;
            sink.row(&Kind { kind: "outlier", of: outlier }, || {
                let [mark, expected] = [mark, expected].map(|x| number((x * 10.0).round() / 10.0));
                vec![text("outlier"), text(name), text(expert), mark, expected, text(format!("{deviations:+.1}σ"))]
            })?;
        }
        for joint in &review.joint {
            let Joint { place, name, mean_rank, mean_mark, model_place, .. } = joint;
            sink.row(&Kind { kind: "joint", of: joint }, || {
                let model = file.as_ref().map_or_else(|| text(""), |_| number(*model_place as f64));
                let [rank, mark] = [mean_rank, mean_mark].map(|x| text(format!("{x:.2}")));
                vec![number(*place as f64), text(name), text(""), rank, mark, model]
            })?;
        }
        sink.finish()
    }
}
