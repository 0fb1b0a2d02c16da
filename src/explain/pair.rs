//! Why one enterprise stands above another.

use serde::{Deserialize, Serialize};

use crate::order::{sort, sort_by_key};
use crate::rank::{Flip, Ranking};
use crate::scorecard::Label;

/// What sets two enterprises apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The row that stands above.
    pub above: usize,
    /// The row below.
    pub below: usize,
    /// By how much, in points of a hundred: the sum of all differences. Zero for a tie: the two share a rank.
    pub lead: f64,
    /// Criterion by criterion, what decides most first.
    pub differences: Vec<Difference>,
    /// True when no unknown fact of either could turn them round.
    pub is_certain: bool,
    /// The weights at which they change places, the nearest first.
    pub flips: Vec<Flip>,
    /// In words, with the two called by the names given.
    pub words: Label,
}

/// What one criterion does between two enterprises.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Id of the criterion.
    pub criterion: String,
    /// Points of the one above, 0 to 10 000.
    pub above: u16,
    /// Points of the one below.
    pub below: u16,
    /// What it adds to the lead, in points of a hundred; negative where the one below is better.
    pub lead: f64,
}

/// Compares two rows of a ranking, whichever stands above. The differences add up to the lead exactly. `None` for a row that is not in
/// the table, or twice the same.
pub fn compare(ranking: &Ranking<'_>, a: (usize, &str), b: (usize, &str)) -> Option<Comparison> {
    let ranks = ranking.ranks_of(&[u32::try_from(a.0).ok()?, u32::try_from(b.0).ok()?]);
    let assessment = ranking.assessment();
    let place = |rank: usize, row: usize| (rank, assessment.tie[row]);
    let (above, below) = if place(ranks[0]?, a.0) < place(ranks[1]?, b.0) { (a, b) } else { (b, a) };
    if a.0 == b.0 {
        return None;
    }
    let total = f64::from(ranking.weights().iter().sum::<u32>().max(1)) * 100.0;
    let mut leads = Vec::new();
    let mut sum = 0;
    for (c, weight) in ranking.weights().iter().enumerate() {
        let (up, down) = (assessment.points(c, above.0)?, assessment.points(c, below.0)?);
        let lead = i64::from(*weight) * (i64::from(up) - i64::from(down));
        sum += lead;
        leads.push((c, up, down, lead));
    }
    sort_by_key(&mut leads, |(c, _, _, lead)| (-lead.abs(), *c));
    let differences: Vec<Difference> = leads
        .iter()
        .map(|(c, above, below, lead)| Difference {
            criterion: assessment.card().criteria[*c].id.clone(),
            above: *above,
            below: *below,
            lead: *lead as f64 / total,
        })
        .collect();
    let (up, down) = (ranking.score(above.0)?, ranking.score(below.0)?);
    let (up_out, down_out) = (assessment.vetoes(above.0).next().is_some(), assessment.vetoes(below.0).next().is_some());
    let is_certain = up_out != down_out || up.low > down.high;
    // Between classes no weight turns anybody round.
    let mut flips: Vec<Flip> =
        if up_out == down_out { (0..leads.len()).filter_map(|c| ranking.flip(above.0, below.0, c)).collect() } else { Vec::new() };
    sort(&mut flips, &|a, b| (a.share - a.now).abs().total_cmp(&(b.share - b.now).abs()).then(a.criterion.cmp(&b.criterion)));
    let lead = sum as f64 / total;
    let (name, other) = (above.1, below.1);
    let is_shown = up.shown() != down.shown() && lead >= 0.005;
    let mut clauses = vec![if down_out && !up_out {
        (format!("{other}不予推荐，排在所有其他企业之后"), format!("{other} is ruled out and stands after all others"))
    } else if sum == 0 {
        (
            format!("{name}与{other}同为 {} 分，名次并列", up.shown()),
            format!("{name} and {other} both have {} and share a rank", up.shown()),
        )
    } else if !is_shown {
        (format!("{name}与{other}相差不到 0.01 分，不分高下"), format!("{name} and {other} are less than 0.01 apart: too little to tell"))
    } else {
        (format!("{name} {} 分，比{other}高 {lead:.2} 分", up.shown()), format!("{name} has {}, {lead:.2} more than {other}", up.shown()))
    }];
    // What nobody can see in the scores is not argued over.
    if is_shown && up_out == down_out {
        clauses.extend(argued(ranking, &leads, total));
        clauses.push(if is_certain {
            ("无论未知信息如何，先后不变".to_owned(), "whatever is still unknown, this order stays".to_owned())
        } else {
            ("资料补齐后名次可能变化".to_owned(), "what is still unknown could turn it round".to_owned())
        });
        // A weight of nothing, or of everything, is no weight that anybody gives.
        let between = |flip: &&Flip| (0.05..99.95).contains(&flip.share);
        clauses.extend(flips.iter().find(between).map(|flip| {
            let title = &assessment.card().criteria[flip.criterion].title;
            let ((zh, en), share) = (if flip.share >= flip.now { ("高于", "over") } else { ("低于", "under") }, flip.share);
            (
                format!("{}权重{zh} {share:.1}% 时两家名次互换", title.zh),
                format!("with {} weighing {en} {share:.1}% they change places", title.en),
            )
        }));
    }
    let joined = |pick: fn(&(String, String)) -> &str, by: &str| clauses.iter().map(pick).collect::<Vec<_>>().join(by);
    let words = Label { zh: joined(|c| &c.0, "；"), en: joined(|c| &c.1, "; ") };
    Some(Comparison { above: above.0, below: below.0, lead, differences, is_certain, flips, words })
}

/// What speaks for the one above, and what for the one below.
fn argued(ranking: &Ranking<'_>, leads: &[(usize, u16, u16, i64)], total: f64) -> Vec<(String, String)> {
    let title = |c: usize| &ranking.assessment().card().criteria[c].title;
    let listed = |better: bool| -> Option<(String, String)> {
        let its: Vec<_> = leads.iter().filter(|l| if better { l.3 > 0 } else { l.3 < 0 }).take(3).collect();
        let (more_zh, more_en) = if better { ("高", "+") } else { ("低", "-") };
        let zh: Vec<String> = its.iter().map(|l| format!("{}（{more_zh} {:.2} 分）", title(l.0).zh, l.3.abs() as f64 / total)).collect();
        let en: Vec<String> = its.iter().map(|l| format!("{} {more_en}{:.2}", title(l.0).en, l.3.abs() as f64 / total)).collect();
        let (head_zh, head_en) = if better { ("优势", "ahead in") } else { ("不足", "behind in") };
        (!its.is_empty()).then(|| (format!("{head_zh}：{}", zh.join("、")), format!("{head_en} {}", en.join(", "))))
    };
    [listed(true), listed(false)].into_iter().flatten().collect()
}
