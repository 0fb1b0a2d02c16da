//! What a review meeting asks: weights, how firm a ranking is, what changed, the card to sign.

use std::path::Path;

use serde_json::json;
use xiangma::mcdm::{Blend, DataWeights, Direction, Matrix, Panel, PanelWeights, blend, whole_weights};
use xiangma::monitor::{Edition, Moved, balance};
use xiangma::{Assessment, DrawOptions, Label, Ranking, Scorecard};

use super::output::{Cell, Sink};
use super::run::{Failure, Prepared, prepare, read_bytes, read_text, scorecard as read_card};
use super::{Lang, Out, RankArgs};

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn said(lang: Lang, label: &Label) -> &str {
    lang.pick(&label.zh, &label.en)
}

fn title<'a>(card: &'a Scorecard, id: &'a str, lang: Lang) -> &'a str {
    card.criteria.iter().find(|c| c.id == id).map_or(id, |c| said(lang, &c.title))
}

/// The points of all that are not ruled out, as a table of benefits, for some criteria.
fn points_of(assessment: &Assessment, criteria: &[String]) -> Result<Matrix, Failure> {
    let index = |id: &String| {
        let found = assessment.card().criteria.iter().position(|c| c.id == *id);
        found.ok_or_else(|| {
            Failure::Output(format!("the panel weighs `{id}`, and the scorecard `{}` has no such criterion", assessment.card().id))
        })
    };
    let columns = criteria.iter().map(|id| {
        let c = index(id)?;
        Ok(assessment.eligible().rows().map(|row| f64::from(assessment.points(c, row as usize).unwrap_or(0))).collect())
    });
    let columns: Vec<Vec<f64>> = columns.collect::<Result<_, Failure>>()?;
    Ok(Matrix::from_columns(columns, &vec![Direction::Benefit; criteria.len()])?)
}

pub(super) fn weigh(
    panel: Option<&Path>,
    on: Option<(&Path, DataWeights, u16)>,
    save: Option<&Path>,
    run: &RankArgs,
    out: &Out,
) -> Result<(), Failure> {
    let card = read_card(&run.scorecard)?;
    let panel: Option<PanelWeights> = match panel {
        None => None,
        Some(path) => {
            let named = |error| Failure::Library { file: Some(path.display().to_string()), error };
            Some(Panel::from_json(&read_text(path)?).and_then(|p| p.weigh()).map_err(named)?)
        }
    };
    let criteria = panel.as_ref().map_or_else(|| card.criteria.iter().map(|c| c.id.clone()).collect(), |p| p.criteria.clone());
    let mut data = None;
    if let Some((file, by, share)) = on {
        let p = prepare(file, run, out)?;
        data = Some((by.of(&points_of(&p.assessment, &criteria)?)?, share));
    }
    let joined: Option<Blend> = match (&panel, &data) {
        (Some(panel), Some((data, share))) => Some(blend(&panel.weights, data, f64::from(*share) / 100.0)?),
        _ => None,
    };
    let shares = match (&joined, &panel, &data) {
        (Some(joined), _, _) => &joined.weights,
        (_, Some(panel), _) => &panel.weights,
        (_, _, Some((data, _))) => data,
        _ => return Err(Failure::Output("nothing to weigh: name a panel, or a table with --on".to_owned())),
    };
    let weights = whole_weights(shares)?;
    let mut sink = Sink::new(out, &["criterion", "weight", "experts", "data", "least", "most", "deviation"])?;
    let percent = |x: f64| format!("{:.2}%", x * 100.0);
    let rows = criteria.iter().enumerate().map(|(c, id)| {
        let its = panel.as_ref().map(|p| &p.disagreement[c]);
        vec![
            text(title(&card, id, out.lang)),
            text(percent(f64::from(weights[c]) / 10_000.0)),
            text(panel.as_ref().map_or(String::new(), |p| percent(p.weights[c]))),
            text(data.as_ref().map_or(String::new(), |(d, _)| percent(d[c]))),
            text(its.map_or(String::new(), |d| format!("{} {}", percent(d.least), d.least_by))),
            text(its.map_or(String::new(), |d| format!("{} {}", percent(d.most), d.most_by))),
            text(its.map_or(String::new(), |d| percent(d.deviation))),
        ]
    });
    let record = json!({
        "criteria": criteria, "weights": weights, "panel": panel,
        "data": data.as_ref().map(|d| &d.0), "blend": joined,
    });
    sink.one(&record, rows)?;
    sink.finish()?;
    for expert in panel.iter().flat_map(|p| &p.experts) {
        if let (Some(ratio), Some(revise)) = (expert.consistency_ratio, expert.revise) {
            let (a, b) = (title(&card, &criteria[revise.row], out.lang), title(&card, &criteria[revise.column], out.lang));
            let (from, to, left) = (revise.from, revise.to, revise.ratio);
            eprintln!(
                "{}",
                out.lang.pick(
                    &format!("{}：一致性比率 {ratio:.3}，高于 0.1；请复核“{a}”对“{b}”的判断 {from:.2}，其余判断表明约为 {to:.2}，改后比率 {left:.3}", expert.name),
                    &format!("{}: consistency ratio {ratio:.3}, over 0.1; look again at {a} over {b}, said to be {from:.2}: the other judgements say about {to:.2}, which gives {left:.3}", expert.name),
                )
            );
        }
    }
    if let Some(w) = panel.as_ref().and_then(|p| p.concordance) {
        eprintln!(
            "{}",
            out.lang.pick(
                &format!("专家排序的一致程度（Kendall W）：{w:.2}"),
                &format!("agreement of the experts' orders (Kendall's W): {w:.2}")
            )
        );
    }
    if let Some(joined) = &joined {
        let apart = joined.farthest.iter().take(2).map(|c| title(&card, &criteria[*c], out.lang)).collect::<Vec<_>>();
        let distance = joined.distance * 100.0;
        eprintln!(
            "{}",
            out.lang.pick(
                &format!("专家与数据权重相差 {distance:.0}%，分歧最大：{}", apart.join("、")),
                &format!("experts and data disagree on {distance:.0}% of the weight, most on {}", apart.join(", ")),
            )
        );
    }
    if let Some(path) = save {
        let mut card = card;
        for criterion in &mut card.criteria {
            let Some(c) = criteria.iter().position(|id| *id == criterion.id) else {
                return Err(Failure::Output(format!("`{}` of the scorecard has no weight: the panel did not weigh it", criterion.id)));
            };
            criterion.weight = weights[c];
        }
        if let Some(id) = criteria.iter().find(|id| !card.criteria.iter().any(|c| c.id == **id)) {
            return Err(Failure::Output(format!("the panel weighs `{id}`, and the scorecard `{}` has no such criterion", card.id)));
        }
        card.check()?;
        std::fs::write(path, card.to_json()).map_err(|error| Failure::File { path: path.display().to_string(), error })?;
    }
    Ok(())
}

pub(super) fn robustness(file: &Path, run: &RankArgs, top: usize, draws: u32, options: DrawOptions, out: &Out) -> Result<(), Failure> {
    let p = prepare(file, run, out)?;
    let ranking = Ranking::new(&p.assessment);
    let card = p.assessment.card();
    let found = ranking.robustness(top.max(1), draws, options)?;
    let consensus = &found.consensus;
    let header = ["kind", "name", "rank", "best", "worst", "first", "selected", "ranks 90%", "methods", "stays selected while"];
    let mut sink = Sink::new(out, &header)?;
    for firm in &found.rows {
        let Some(e) = p.table.enterprises.get(firm.row as usize) else { continue };
        let bounded = firm.holds.iter().filter(|h| h.from > 0 || h.to < 10_000).map(|h| {
            let title = said(out.lang, &card.criteria[h.criterion].title);
            match (h.from > 0, h.to < 10_000) {
                (true, true) => format!("{title} {:.1}–{:.1}%", h.from_share, h.to_share),
                (true, false) => format!("{title} ≥{:.1}%", h.from_share),
                _ => format!("{title} ≤{:.1}%", h.to_share),
            }
        });
        let mut record = json!(firm);
        (record["kind"], record["row"], record["name"]) = (json!("enterprise"), json!(e.row), json!(e.name));
        record["credit_code"] = json!(e.credit_code);
        for (hold, firm) in record["holds"].as_array_mut().into_iter().flatten().zip(&firm.holds) {
            hold["criterion"] = json!(card.criteria[firm.criterion].id);
        }
        let share = |x: f64| text(format!("{:.0}%", x * 100.0));
        let cells = vec![
            text("enterprise"),
            text(e.name.clone()),
            Cell::Number(firm.rank as f64),
            Cell::Number(firm.best as f64),
            Cell::Number(firm.worst as f64),
            share(firm.first_share),
            share(firm.selected_share),
            text(format!("{}–{}", firm.rank_05, firm.rank_95)),
            text(format!("{}/{}", firm.votes, consensus.methods.len())),
            text(bounded.collect::<Vec<_>>().join("；")),
        ];
        sink.row(&record, cells)?;
    }
    for (m, method) in consensus.methods.iter().enumerate() {
        let pairs: u32 = consensus.reversals[m].iter().map(|r| r.pairs).sum();
        let named = |row: u32| p.table.enterprises.get(row as usize).map_or("", |e| e.name.as_str());
        let example = consensus.reversals[m]
            .first()
            .map(|r| json!({ "removed": named(r.removed), "above": named(r.above), "below": named(r.below) }));
        let record = json!({
            "kind": "method", "method": method, "agreement": consensus.agreement[m], "is_relative": method.is_relative(),
            "reversals": consensus.reversals[m].len(), "reversed_pairs": pairs, "example": example,
        });
        let agreement = consensus.agreement[m].map_or(String::new(), |r| format!("{r:.3}"));
        sink.row(&record, vec![text("method"), text(method.as_str()), text(agreement), text(format!("{pairs} reversed"))])?;
    }
    let selected = ranking.top_of(p.assessment.eligible(), top);
    balance_rows(&mut sink, &p, &selected, out.lang)?;
    sink.finish()
}

fn balance_rows(sink: &mut Sink, p: &Prepared, selected: &[u32], lang: Lang) -> Result<(), Failure> {
    for found in balance(&p.table.enterprises, selected) {
        for group in &found.groups {
            let mut record = json!(group);
            (record["kind"], record["by"]) = (json!("balance"), json!(found.by));
            let flag = if group.is_unusual { lang.pick("偏离", "unusual") } else { "" };
            let cells = vec![
                text("balance"),
                text(format!("{}: {}", found.by, said(lang, &group.words))),
                text(format!("{}/{}", group.selected, group.pool)),
                text(format!("×{:.2}", group.ratio)),
                text(flag),
            ];
            sink.row(&record, cells)?;
        }
    }
    Ok(())
}

/// An edition from an export of `rank`, or from a table ranked here and now.
fn edition(file: &Path, run: &RankArgs, out: &Out) -> Result<(Edition, Option<Prepared>), Failure> {
    let bytes = read_bytes(file)?;
    let is_export = bytes.trim_ascii_start().starts_with(b"{") && bytes.windows(16).take(4_000).any(|w| w == b"\"contributions\":");
    if is_export {
        let named = |error| Failure::Library { file: Some(file.display().to_string()), error };
        return Ok((Edition::from_jsonl(&String::from_utf8_lossy(&bytes)).map_err(named)?, None));
    }
    let p = prepare(file, run, out)?;
    Ok((Edition::new(&Ranking::new(&p.assessment), &p.table.enterprises), Some(p)))
}

pub(super) fn compare(before: &Path, later: &Path, run: &RankArgs, top: usize, out: &Out) -> Result<(), Failure> {
    let (was, _) = edition(before, run, out)?;
    let (is, p) = edition(later, run, out)?;
    let movement = is.movement(&was, top)?;
    let (then, now) = (was.placed.len(), is.placed.len());
    if then.max(now) > 2 * then.min(now) {
        eprintln!(
            "{}",
            out.lang.pick(
                &format!("注意：上期 {then} 家，本期 {now} 家；一份若只是选出的部分，数据变化一栏没有意义"),
                &format!("note: {then} before and {now} now; if one is only a selection, the drift says nothing"),
            )
        );
    }
    let mut sink = Sink::new(out, &["kind", "name", "before", "now", "change"])?;
    let rank = |rank: Option<usize>| rank.map_or_else(|| text("—"), |r| Cell::Number(r as f64));
    for (kind, list) in [("entered", &movement.entered), ("left", &movement.left), ("stayed", &movement.stayed)] {
        for moved in list {
            let Moved { name, before, now, change, .. } = moved;
            let mut record = json!(moved);
            record["kind"] = json!(kind);
            let change = change.map_or_else(|| text(""), |c| Cell::Number((c * 100.0).round() / 100.0 + 0.0));
            sink.row(&record, vec![text(kind), text(name.clone()), rank(*before), rank(*now), change])?;
        }
    }
    for drift in is.drift(&was)? {
        let mut record = json!(drift);
        record["kind"] = json!("drift");
        let means = [drift.mean_before, drift.mean_now].map(|m| text(format!("{m:.1}")));
        let [before, now] = means;
        let psi = text(format!("PSI {:.3} {}", drift.stability.index, drift.verdict));
        sink.row(&record, vec![text("drift"), text(drift.criterion.clone()), before, now, psi])?;
    }
    let summary = json!({ "kind": "summary", "top": top, "common": movement.common, "spearman": movement.spearman,
        "entered": movement.entered.len(), "left": movement.left.len(), "stayed": movement.stayed.len(), "signature": is.signature });
    let agreement = movement.spearman.map_or(String::new(), |r| format!("{r:.3}"));
    sink.row(&summary, vec![text("summary"), text(format!("{} in both", movement.common)), text(""), text(""), text(agreement)])?;
    if let Some(p) = &p {
        let ranking = Ranking::new(&p.assessment);
        balance_rows(&mut sink, p, &ranking.top_of(p.assessment.eligible(), top), out.lang)?;
    }
    sink.finish()
}

pub(super) fn scorecard(card: &str, against: Option<&str>, out: &Out) -> Result<(), Failure> {
    let card = read_card(card)?;
    let Some(other) = against else {
        let printed = card.printed();
        let printed = said(out.lang, &printed);
        if let Some(path) = &out.out {
            return std::fs::write(path, printed).map_err(|error| Failure::File { path: path.display().to_string(), error });
        }
        print!("{printed}");
        return Ok(());
    };
    let mut sink = Sink::new(out, &["path", "change"])?;
    for change in card.changes(&read_card(other)?) {
        sink.row(&json!(change), vec![text(change.path.clone()), text(said(out.lang, &change.words))])?;
    }
    sink.finish()
}
