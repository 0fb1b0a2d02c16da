//! `xiangma weigh`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::mcdm::{Blend, DataWeights, Direction, Matrix, Panel, PanelWeights, blend, whole_weights};
use xiangma::{Assessment, Scorecard};

use crate::cli::failure::Failure;
use crate::cli::files::{self, Draft};
use crate::cli::flags::{Judging, Lang, Out, card};
use crate::cli::output::{Sink, text};
use crate::cli::sitting::Sitting;
use crate::cli::terminal::tell;

/// Turn what a panel said, or what the data hold, or both, into weights.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  xiangma weigh panel.json --save card.json\n  xiangma weigh panel.json --on candidates.csv --by critic --share 30"
)]
pub(in crate::cli) struct Weigh {
    /// The panel: JSON, `xiangma-panel`.
    panel: Option<PathBuf>,
    /// A table of candidates whose points give weights.
    #[arg(long, value_name = "FILE")]
    on: Option<PathBuf>,
    /// How data give weights: entropy, critic, `standard_deviation`, merec.
    #[arg(long, value_name = "WAY", default_value = "entropy", value_parser = DataWeights::named)]
    by: DataWeights,
    /// Share of the data's weights where both are given, in percent.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(0..=100))]
    share: u16,
    /// Write the scorecard with these weights to this file.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    out: Out,
}

/// Weights, and all they come from.
#[derive(Serialize)]
struct Weighed {
    criteria: Vec<String>,
    weights: Vec<u32>,
    panel: Option<PanelWeights>,
    data: Option<Vec<f64>>,
    blend: Option<Blend>,
}

impl Weigh {
    pub(super) fn run(self) -> Result<(), Failure> {
        let inputs = self.judging.inputs().chain(self.panel.as_deref()).chain(self.on.as_deref());
        self.out.check_with(inputs, self.save.as_deref())?;
        let card = card(&self.judging.scorecard)?;
        let found = self.weigh(&card)?;
        let lang = self.out.lang;
        let save = self.save.as_deref().map(|path| Draft::of(path, &weighed(&card, &found)?.to_json())).transpose()?;
        let mut sink = Sink::new(
            &self.out,
            self.out.lang.pick(
                &["指标", "权重", "专家", "数据", "最低", "最高", "离散度"],
                &["criterion", "weight", "experts", "data", "least", "most", "deviation"],
            ),
        )?;
        sink.rows(&found, || {
            let percent = |x: f64| text(format!("{:.2}%", x * 100.0));
            let none = || text("");
            let row = |(c, id): (usize, &String)| {
                let its = found.panel.as_ref().and_then(|p| p.disagreement.get(c));
                let bound = |share: f64, by: &str| text(format!("{:.2}% {by}", share * 100.0));
                vec![
                    text(title(&card, id, lang)),
                    found.weights.get(c).map_or_else(none, |w| percent(f64::from(*w) / 10_000.0)),
                    found.panel.as_ref().and_then(|p| p.weights.get(c)).map_or_else(none, |w| percent(*w)),
                    found.data.as_ref().and_then(|d| d.get(c)).map_or_else(none, |w| percent(*w)),
                    its.map_or_else(none, |d| bound(d.least, &d.least_by)),
                    its.map_or_else(none, |d| bound(d.most, &d.most_by)),
                    its.map_or_else(none, |d| percent(d.deviation)),
                ]
            };
            found.criteria.iter().enumerate().map(row).collect::<Vec<_>>()
        })?;
        sink.finish()?;
        save.map_or(Ok(()), Draft::done)?;
        notes(&card, &found, lang);
        Ok(())
    }

    fn weigh(&self, card: &Scorecard) -> Result<Weighed, Failure> {
        let read = |path: &PathBuf| Panel::from_json(&files::text(path)?).and_then(|p| p.weigh()).map_err(files::of(path));
        let panel: Option<PanelWeights> = self.panel.as_ref().map(read).transpose()?;
        let criteria = panel.as_ref().map_or_else(|| card.criteria.iter().map(|c| c.id.clone()).collect(), |p| p.criteria.clone());
        let data = match &self.on {
            None => None,
            Some(file) => {
                let sitting = Sitting::new(file, &self.judging, &self.out)?;
                Some(self.by.of(&points_of(sitting.ranking()?.assessment(), &criteria)?)?)
            }
        };
        let blend: Option<Blend> = match (&panel, &data) {
            (Some(panel), Some(data)) => Some(blend(&panel.weights, data, f64::from(self.share) / 100.0)?),
            _ => None,
        };
        let shares = blend.as_ref().map(|b| &b.weights).or(panel.as_ref().map(|p| &p.weights)).or(data.as_ref());
        let shares = shares.ok_or_else(|| Failure::Argument("nothing to weigh: name a panel, or a table with --on".to_owned()))?;
        Ok(Weighed { weights: whole_weights(shares)?, criteria, panel, data, blend })
    }
}

/// The points of all that are not ruled out, as a table of benefits, for some criteria.
fn points_of(assessment: &Assessment, criteria: &[String]) -> Result<Matrix, Failure> {
    let card = assessment.card();
    let columns = criteria.iter().map(|id| {
        let c = card.criteria.iter().position(|c| c.id == *id).ok_or_else(|| no_criterion(id, card))?;
        Ok(assessment.eligible().rows().map(|row| f64::from(assessment.points(c, row as usize).unwrap_or(0))).collect())
    });
    let columns: Vec<Vec<f64>> = columns.collect::<Result<_, Failure>>()?;
    Ok(Matrix::from_columns(columns, &vec![Direction::Benefit; criteria.len()])?)
}

fn no_criterion(id: &str, card: &Scorecard) -> Failure {
    Failure::Argument(format!("the panel weighs `{id}`, and the scorecard `{}` has no such criterion", card.id))
}

/// The scorecard with the weights found.
fn weighed(card: &Scorecard, found: &Weighed) -> Result<Scorecard, Failure> {
    if let Some(id) = found.criteria.iter().find(|id| !card.criteria.iter().any(|c| c.id == **id)) {
        return Err(no_criterion(id, card));
    }
    let mut card = card.clone();
    for criterion in &mut card.criteria {
        let weight = found.criteria.iter().position(|id| *id == criterion.id).and_then(|c| found.weights.get(c));
        let unweighed = || Failure::Argument(format!("`{}` of the scorecard has no weight: the panel did not weigh it", criterion.id));
        criterion.weight = *weight.ok_or_else(unweighed)?;
    }
    card.check()?;
    Ok(card)
}

fn title<'a>(card: &'a Scorecard, id: &'a str, lang: Lang) -> &'a str {
    card.criteria.iter().find(|c| c.id == id).map_or(id, |c| lang.of(&c.title))
}

/// What the panel should look at again, and how far it agrees.
fn notes(card: &Scorecard, found: &Weighed, lang: Lang) {
    let of = |c: usize| found.criteria.get(c).map_or("", |id| title(card, id, lang));
    for expert in found.panel.iter().flat_map(|p| &p.experts) {
        if let (Some(ratio), Some(revise)) = (expert.consistency_ratio, expert.revise) {
            let (a, b, name) = (of(revise.row), of(revise.column), &expert.name);
            let (from, to, left) = (revise.from, revise.to, revise.ratio);
            tell(&lang.pick(
                format!("{name}：一致性比率 {ratio:.3}，高于 0.1；请复核“{a}”对“{b}”的判断 {from:.2}，其余判断表明约为 {to:.2}，改后比率 {left:.3}"),
                format!("{name}: consistency ratio {ratio:.3}, over 0.1; look again at {a} over {b}, said to be {from:.2}: the other judgements say about {to:.2}, which gives {left:.3}"),
            ));
        }
    }
    if let Some(w) = found.panel.as_ref().and_then(|p| p.concordance) {
        tell(
            &lang.pick(
                format!("专家排序的一致程度（Kendall W）：{w:.2}"),
                format!("agreement of the experts' orders (Kendall's W): {w:.2}"),
            ),
        );
    }
    if let Some(joined) = &found.blend {
        let apart = joined.farthest.iter().take(2).map(|c| of(*c)).collect::<Vec<_>>();
        let distance = joined.distance * 100.0;
        tell(&lang.pick(
            format!("专家与数据权重相差 {distance:.0}%，分歧最大：{}", apart.join("、")),
            format!("experts and data disagree on {distance:.0}% of the weight, most on {}", apart.join(", ")),
        ));
    }
}
