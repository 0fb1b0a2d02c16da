//! Why one enterprise stands above another.

use serde::Serialize;

use crate::rank::{Flip, Ranking};
use crate::scorecard::Label;

/// What sets two enterprises apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The row that stands above.
    pub above: usize,
    /// The row below.
    pub below: usize,
    /// By how much, in points of a hundred: the sum of all differences. Zero for a tie, which the order of names decides.
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    let (above, below) = if ranks[0]? < ranks[1]? { (a, b) } else { (b, a) };
    if a.0 == b.0 {
        return None;
    }
    let assessment = ranking.assessment();
    let total = f64::from(ranking.weights().iter().sum::<u32>().max(1)) * 100.0;
    let mut leads = Vec::new();
    let mut sum = 0;
    for (c, weight) in ranking.weights().iter().enumerate() {
        let (up, down) = (assessment.points(c, above.0)?, assessment.points(c, below.0)?);
        let lead = i64::from(*weight) * (i64::from(up) - i64::from(down));
        sum += lead;
        leads.push((c, up, down, lead));
    }
    leads.sort_by_key(|(c, _, _, lead)| (-lead.abs(), *c));
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
    flips.sort_by(|a, b| (a.share - a.now).abs().total_cmp(&(b.share - b.now).abs()).then(a.criterion.cmp(&b.criterion)));
    let title = |c: usize| &assessment.card().criteria[c].title;
    let listed = |better: bool, zh: bool| {
        let its = leads.iter().filter(|l| if better { l.3 > 0 } else { l.3 < 0 }).take(3);
        let part = |l: &(usize, u16, u16, i64)| format!("{} {:+.2}", if zh { &title(l.0).zh } else { &title(l.0).en }, l.3 as f64 / total);
        its.map(part).collect::<Vec<_>>().join(if zh { "、" } else { ", " })
    };
    let lead = sum as f64 / total;
    let (name, other) = (above.1, below.1);
    let mut clauses = vec![if down_out && !up_out {
        (format!("{other}被一票否决，排在所有其他企业之后"), format!("{other} is ruled out and stands after all others"))
    } else if sum == 0 {
        (format!("{name}与{other}同为 {} 分，按名称排序", up.shown()), format!("{name} and {other} both have {}; names decide", up.shown()))
    } else {
        (format!("{name} {} 分，比{other}高 {lead:.2} 分", up.shown()), format!("{name} has {}, {lead:.2} more than {other}", up.shown()))
    }];
    if leads.iter().any(|l| l.3 > 0) {
        clauses.push((format!("胜在{}", listed(true, true)), format!("ahead in {}", listed(true, false))));
    }
    if leads.iter().any(|l| l.3 < 0) {
        clauses.push((format!("不及{}", listed(false, true)), format!("behind in {}", listed(false, false))));
    }
    let (zh, en) = if is_certain {
        ("无论未知信息如何，先后不变", "whatever is still unknown, this order stays")
    } else {
        ("补齐未知信息后先后可能改变", "what is still unknown could turn it round")
    };
    clauses.push((zh.to_owned(), en.to_owned()));
    if let Some(flip) = flips.first() {
        let (zh, en) = if flip.share >= flip.now { ("升过", "rises past") } else { ("降过", "falls past") };
        let (title, now, share) = (title(flip.criterion), flip.now, flip.share);
        clauses.push((
            format!("{}的权重由 {now:.1}% {zh} {share:.1}% 时换位", title.zh),
            format!("they change places when {}'s weight, now {now:.1}%, {en} {share:.1}%", title.en),
        ));
    }
    let joined = |pick: fn(&(String, String)) -> &str, by: &str| clauses.iter().map(pick).collect::<Vec<_>>().join(by);
    let words = Label { zh: joined(|c| &c.0, "；"), en: joined(|c| &c.1, "; ") };
    Some(Comparison { above: above.0, below: below.0, lead, differences, is_certain, flips, words })
}
