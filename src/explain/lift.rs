//! What would lift an enterprise into the best few: what a single fact that is not known would have to be, or several together. That a
//! weight be moved for one enterprise's sake is nobody's to advise.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::chain::Match;
use crate::enterprise::Enterprise;
use crate::explain::{Context, located};
use crate::order::{sort, sort_by_key};
use crate::rank::Ranking;
use crate::scorecard::words::{fact_title, number_shown, word_shown};
use crate::scorecard::{Asked, Fact, FactId, Input, Instead, Label, Located, Value, answer};

/// What those who court a firm can bring about; whatever else is known of it is what it is. Any fact may turn out otherwise while it is
/// unknown.
const CHANGEABLE: [&str; 1] = ["reach.introducer"];

/// What it would take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lift {
    /// How many count as the best.
    pub k: usize,
    /// The rank now.
    pub rank: usize,
    /// How many points of a hundred are missing; zero when it is there already or is ruled out.
    pub missing: f64,
    /// Single facts that would do, the one that asks for the least gain in points first.
    pub facts: Vec<FactChange>,
    /// When no single one does: the fewest facts, each at its best, that do together. Empty when even all together do not.
    pub together: Vec<FactChange>,
}

/// A fact, and what it would have to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactChange {
    /// The fact.
    pub fact: String,
    /// What it is: a number (money in yuan, shares 0 to 1), a word, yes or no, or a day; none when it is not known, and so is to be asked
    /// for, not to be brought about.
    pub from: Option<Json>,
    /// What it would have to be.
    pub to: Json,
    /// What it would add, in points of a hundred.
    pub gain: f64,
    /// In words.
    pub words: Label,
}

/// Looks for the changes. `None` when the row is not in the table.
pub fn lift(ranking: &Ranking<'_>, row: usize, k: usize, enterprise: &Enterprise, matches: &[Match], context: Context<'_>) -> Option<Lift> {
    let rank = ranking.rank_of(row)?;
    let assessment = ranking.assessment();
    let nothing = Lift { k, rank, missing: 0.0, facts: Vec::new(), together: Vec::new() };
    // The one to pass is the k-th of those it stands in a class with.
    if k == 0 || rank <= k || !assessment.eligible().contains(row) {
        return Some(nothing);
    }
    let last = *ranking.top(k).last()? as usize;
    let own = i64::from(ranking.sum(row));
    // Who draws level shares the rank.
    let columns = assessment.compiled.places_of(context.extra_columns);
    let facts = located(ranking, context, &columns, enterprise, assessment.place(row, matches));
    let search = Search { ranking, facts, own, need: i64::from(ranking.sum(last)) };
    let total = ranking.weights().iter().map(|w| f64::from(*w)).sum::<f64>() * 100.0;
    let mut best: Vec<(i64, Option<Found>, Found)> = Vec::new();
    for fact in search.facts() {
        let candidates = search.candidates(&fact);
        let does = candidates.iter().position(|c| search.sum(&[(&fact, c.clone())]) >= search.need);
        let enough = does.map(|i| search.least(&fact, &candidates, i));
        let greatest = candidates.into_iter().map(|c| (search.sum(&[(&fact, c.clone())]), c)).max_by_key(|(sum, _)| *sum);
        if let Some((sum, value)) = greatest.filter(|(sum, _)| *sum > own) {
            best.push((sum - own, enough, Found { fact, value }));
        }
    }
    sort(&mut best, &|a, b| b.0.cmp(&a.0).then_with(|| a.2.fact.cmp(&b.2.fact)));
    let told = |found: &Found| search.told(found, total);
    let mut facts: Vec<FactChange> = best.iter().filter_map(|b| b.1.as_ref()).map(told).collect();
    sort(&mut facts, &|a, b| a.gain.total_cmp(&b.gain).then_with(|| a.fact.cmp(&b.fact)));
    let mut together = Vec::new();
    if facts.is_empty() {
        let all: Vec<(&str, Fact<'_>)> = best.iter().map(|b| (b.2.fact.as_str(), b.2.value.clone())).collect();
        if let Some(count) = (2..=all.len()).find(|count| search.sum(&all[..*count]) >= search.need) {
            together = best[..count].iter().map(|b| told(&b.2)).collect();
        }
    }
    Some(Lift { missing: (search.need - own) as f64 / total, facts, together, ..nothing })
}

/// A fact and a value for it.
struct Found {
    fact: String,
    value: Fact<'static>,
}

struct Search<'a> {
    ranking: &'a Ranking<'a>,
    facts: Located<'a>,
    own: i64,
    need: i64,
}

impl Search<'_> {
    /// The sum with other facts, every criterion judged anew.
    fn sum(&self, instead: &[(&str, Fact<'_>)]) -> i64 {
        let compiled = &self.ranking.assessment().compiled;
        let changes: Vec<(FactId, Fact<'_>)> =
            instead.iter().filter_map(|(name, fact)| Some((compiled.fact(name)?, fact.clone()))).collect();
        let judged = compiled.judge(&Instead { facts: &self.facts, changes: &changes });
        judged.criteria.iter().zip(self.ranking.weights()).map(|(c, weight)| i64::from(*weight) * i64::from(c.points)).sum()
    }

    fn known(&self, fact: &str) -> Fact<'_> {
        let asked = self.inputs().find(|i| i.from == fact).map_or(Asked::Number, |i| i.value.asks());
        self.ranking.assessment().compiled.fact(fact).map_or(Fact::Unknown, |id| answer(&self.facts, id, asked))
    }

    fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.ranking.assessment().card.criteria.iter().flat_map(|c| &c.inputs)
    }

    /// The facts that may change, or turn out otherwise.
    fn facts(&self) -> Vec<String> {
        let compiled = &self.ranking.assessment().compiled;
        let offered = |fact: &str| compiled.fact(fact).is_some_and(|id| compiled.offers(id));
        let may = |fact: &str| CHANGEABLE.contains(&fact) || self.known(fact) == Fact::Unknown;
        let mut facts: Vec<String> =
            self.inputs().map(|i| i.from.as_str()).filter(|f| offered(f) && !f.starts_with("park.") && may(f)).map(str::to_owned).collect();
        sort(&mut facts, &Ord::cmp);
        facts.dedup();
        facts
    }

    /// Values worth trying, from the nearest to what is known; what is unknown from the fewest points up.
    fn candidates(&self, fact: &str) -> Vec<Fact<'static>> {
        let mut numbers: Vec<f64> = Vec::new();
        let mut others: Vec<Fact<'static>> = Vec::new();
        for input in self.inputs().filter(|i| i.from == fact) {
            match &input.value {
                Value::Linear { knots } => numbers.extend(knots.iter().map(|k| k.0)),
                Value::Percentile { quantiles } => numbers.extend(quantiles),
                Value::Range { min, max, .. } => numbers.extend([*min, *max]),
                Value::Category { points, .. } => others.extend(points.keys().map(|word| Fact::Word(word.clone().into()))),
                Value::Flag { .. } => others.extend([Fact::Flag(true), Fact::Flag(false)]),
                Value::Freshness { .. } => others.push(Fact::Day(self.ranking.assessment().options.as_of)),
            }
        }
        if let Fact::Number(now) = self.known(fact) {
            sort(&mut numbers, &|a, b| (a - now).abs().total_cmp(&(b - now).abs()));
            numbers.dedup();
        } else {
            sort_by_key(&mut numbers, |x| self.sum(&[(fact, Fact::Number(*x))]));
        }
        sort_by_key(&mut others, |value| self.sum(&[(fact, value.clone())]));
        numbers.into_iter().map(Fact::Number).chain(others).collect()
    }

    /// The least change that does, between the candidate that does and what stands before it on the same side. Between knots points move
    /// along a line, so halving finds it.
    fn least(&self, fact: &str, candidates: &[Fact<'static>], at: usize) -> Found {
        let found = |value| Found { fact: fact.to_owned(), value };
        let does = |value: Fact<'_>| self.sum(&[(fact, value)]) >= self.need;
        let Fact::Number(enough) = candidates[at] else { return found(candidates[at].clone()) };
        // The nearest number toward the start that does not do.
        let start = match self.known(fact) {
            Fact::Number(now) => Some(now),
            _ => None,
        };
        let numbers = || candidates.iter().filter_map(|c| if let Fact::Number(x) = c { Some(*x) } else { None });
        let between = |x: f64| start.is_none_or(|start| (start.min(enough)..=start.max(enough)).contains(&x));
        let short = numbers().chain(start).filter(|x| between(*x) && !does(Fact::Number(*x)));
        let Some(mut short) = short.min_by(|a, b| (a - enough).abs().total_cmp(&(b - enough).abs())) else {
            return found(candidates[at].clone());
        };
        let mut enough = enough;
        for _ in 0..60 {
            let middle = f64::midpoint(short, enough);
            if does(Fact::Number(middle)) { enough = middle } else { short = middle }
        }
        // As people count: whole numbers, whole 万元, whole percents; away from what falls short.
        let step = match fact {
            "paid_ratio" => 0.01,
            "capital" | "registered_capital" | "paid_in_capital" | "revenue" => 1e4,
            _ => 1.0,
        };
        let even = if enough > short { libm::ceil(enough / step - 1e-9) } else { libm::floor(enough / step + 1e-9) } * step;
        found(Fact::Number(if does(Fact::Number(even)) { even } else { enough }))
    }

    fn told(&self, found: &Found, total: f64) -> FactChange {
        let fact = found.fact.as_str();
        let (title_zh, title_en) = fact_title(fact);
        let now = self.known(fact);
        let shown = |value: &Fact<'_>| match value {
            Fact::Number(x) => number_shown(fact, *x),
            Fact::Word(word) => word_shown(fact, word),
            Fact::Flag(true) => ("是".to_owned(), "yes".to_owned()),
            Fact::Flag(false) => ("否".to_owned(), "no".to_owned()),
            Fact::Day(day) => (day.to_string(), day.to_string()),
            Fact::Unknown => ("未知".to_owned(), "unknown".to_owned()),
        };
        let (now_zh, now_en) = shown(&now);
        let (to_zh, to_en) = shown(&found.value);
        let gain = (self.sum(&[(fact, found.value.clone())]) - self.own) as f64 / total;
        FactChange {
            fact: fact.to_owned(),
            from: json(&now),
            to: json(&found.value).unwrap_or_default(),
            gain,
            words: Label {
                zh: format!("{title_zh}：{now_zh} → {to_zh}（+{gain:.2} 分）"),
                en: format!("{title_en}: {now_en} → {to_en} (+{gain:.2})"),
            },
        }
    }
}

fn json(fact: &Fact<'_>) -> Option<Json> {
    match fact {
        Fact::Unknown => None,
        Fact::Number(x) => Some((*x).into()),
        Fact::Word(word) => Some((**word).into()),
        Fact::Flag(flag) => Some((*flag).into()),
        Fact::Day(day) => Some(day.to_string().into()),
    }
}
