//! Why somebody moved from one list to the next.

use serde::Serialize;

use crate::enterprise::day;
use crate::monitor::{Edition, Placed, Unlike};
use crate::order::{sort, sort_by_key};
use crate::scorecard::{Combine, Criterion, Scorecard, Value};

/// Why somebody moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// Something about the enterprise is different.
    Fact,
    /// More is known of it than before.
    Known,
    /// Less is known of it than before.
    Unknown,
    /// The park is different: other residents.
    Park,
    /// Time went by: it is older, and so is its news.
    Day,
    /// Others moved.
    Others,
    /// It was not in the file before, or was ruled out then.
    NewInFile,
    /// It is not in the file now, or is ruled out now.
    LeftFile,
}

/// One cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Cause {
    /// Its kind.
    pub kind: CauseKind,
    /// Id of the criterion whose points changed; none where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// Points of a hundred before, of that criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// And now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What is needed to tell why.
pub(super) struct Ways<'a> {
    criteria: Vec<Way<'a>>,
    /// Ranks of those who entered the file, and of those who left it, in order.
    entered: Vec<usize>,
    left: Vec<usize>,
    /// All scores of now, rising.
    scores: Vec<f64>,
}

/// How the points of a criterion may change by themselves.
struct Way<'a> {
    criterion: &'a Criterion,
    /// It looks at the park alone, and the residents are others.
    by_park: bool,
    /// The least and the most that days can do, in points; none where it looks at no day, or no day went by.
    by_days: Option<(f64, f64)>,
}

impl<'a> Ways<'a> {
    /// Why one moved from where it stood to where it stands, if it did both.
    pub(super) fn causes(&self, from: Option<&Placed>, to: Option<&Placed>) -> Vec<Cause> {
        match (from, to) {
            (Some(from), Some(to)) => self.moved(from, to),
            (None, _) => vec![whole(
                CauseKind::NewInFile,
                "上期没有（不在文件中，或因一票否决未列入）",
                "not in the list before: not in the file, or ruled out",
            )],
            (_, None) => vec![whole(
                CauseKind::LeftFile,
                "本期没有（不在文件中，或因一票否决未列入）",
                "not in the list now: not in the file, or ruled out",
            )],
        }
    }

    pub(super) fn new(before: &Edition, now: &Edition, card: &'a Scorecard, was: &[Option<usize>], unlike: &[Unlike]) -> Self {
        let other_residents = unlike.iter().any(|u| u.what == "residents" && u.before.is_some() && u.now.is_some());
        let days = before.basis.as_of.zip(now.basis.as_of).map_or(0, |(then, today)| day::number(today) - day::number(then));
        let criteria = card.criteria.iter().map(|criterion| Way {
            criterion,
            by_park: other_residents && criterion.inputs.iter().all(|i| i.from.starts_with("park.")),
            by_days: if days > 0 { by_days(criterion, days as f64) } else { None },
        });
        let mut stays = vec![false; before.placed.len()];
        was.iter().flatten().for_each(|i| stays[*i] = true);
        let mut entered: Vec<usize> = now.placed.iter().zip(was).filter(|(_, was)| was.is_none()).map(|(p, _)| p.rank).collect();
        let mut left: Vec<usize> = before.placed.iter().zip(&stays).filter(|(_, stays)| !**stays).map(|(p, _)| p.rank).collect();
        sort(&mut entered, &Ord::cmp);
        sort(&mut left, &Ord::cmp);
        let mut scores: Vec<f64> = now.placed.iter().map(|p| p.score).collect();
        sort(&mut scores, &f64::total_cmp);
        Self { criteria: criteria.collect(), entered, left, scores }
    }

    fn moved(&self, from: &Placed, to: &Placed) -> Vec<Cause> {
        let mut found: Vec<(u64, Cause)> = Vec::new();
        for (c, way) in self.criteria.iter().enumerate() {
            let cell = |list: &[u16]| list.get(c).copied().unwrap_or(0);
            let (was, is) = (cell(&from.points), cell(&to.points));
            if was == is {
                continue;
            }
            let (knew, knows) = (cell(&from.known), cell(&to.known));
            let moved = f64::from(is) - f64::from(was);
            let kind = match way.by_days {
                _ if way.by_park => CauseKind::Park,
                _ if knows > knew => CauseKind::Known,
                _ if knows < knew => CauseKind::Unknown,
                Some((least, most)) if (least..=most).contains(&moved) => CauseKind::Day,
                _ => CauseKind::Fact,
            };
            let size = u64::from(is.abs_diff(was)) * u64::from(way.criterion.weight);
            found.push((size, cause(kind, way.criterion, was, is)));
        }
        sort_by_key(&mut found, |f| std::cmp::Reverse(f.0));
        let own = found.into_iter().map(|(_, cause)| cause);
        if from.rank == to.rank {
            return own.collect();
        }
        // Where it would stand with the score it had.
        let above = self.scores.len() - self.scores.partition_point(|s| *s <= from.score) - usize::from(to.score > from.score);
        match above + 1 {
            rank if rank == to.rank => [self.others(from.rank, to.rank, own.len() == 0)].into_iter().chain(own).collect(),
            rank if rank == from.rank => own.collect(),
            rank => own.chain([self.others(from.rank, rank, false)]).collect(),
        }
    }

    /// What others did to its rank: who came before it, who went, and the rest of the way.
    fn others(&self, from: usize, to: usize, alone: bool) -> Cause {
        let entered = self.entered.partition_point(|rank| *rank < to);
        let left = self.left.partition_point(|rank| *rank < from);
        let passed = to as i64 - from as i64 - entered as i64 + left as i64;
        let says = [
            (entered, format!("前面新进 {entered} 家"), format!("{entered} entered before it")),
            (left, format!("前面退出 {left} 家"), format!("{left} before it left")),
            (passed.max(0) as usize, format!("被 {passed} 家超过"), format!("{passed} passed it")),
            ((-passed).max(0) as usize, format!("超过 {} 家", -passed), format!("it passed {}", -passed)),
        ];
        let said = says.into_iter().filter(|(count, _, _)| *count > 0);
        let (zh, en): (Vec<String>, Vec<String>) = said.map(|(_, zh, en)| (zh, en)).unzip();
        let (own_zh, own_en) =
            if alone { ("自身情况未变，", "nothing about it changed; ") } else { ("因其他企业变动：", "others moved: ") };
        whole(CauseKind::Others, &format!("{own_zh}{}", zh.join("，")), &format!("{own_en}{}", en.join(", ")))
    }
}

fn whole(kind: CauseKind, zh: &str, en: &str) -> Cause {
    Cause { kind, criterion: None, from: None, to: None, zh: zh.to_owned(), en: en.to_owned() }
}

fn cause(kind: CauseKind, criterion: &Criterion, was: u16, is: u16) -> Cause {
    let (before, now) = (f64::from(was) / 100.0, f64::from(is) / 100.0);
    let (why_zh, why_en) = match kind {
        CauseKind::Park => ("园区企业有变化", "the park changed"),
        CauseKind::Known => ("补充了信息", "more is known"),
        CauseKind::Unknown => ("缺少了信息", "less is known"),
        CauseKind::Day => ("随时间变化", "time went by"),
        _ => ("企业情况有变化", "a fact changed"),
    };
    let title = &criterion.title;
    Cause {
        kind,
        criterion: Some(criterion.id.clone()),
        from: Some(before),
        to: Some(now),
        zh: format!("{}由 {before:.1} 变为 {now:.1} 分，{why_zh}", title.zh),
        en: format!("{} {before:.1} → {now:.1}, {why_en}", title.en),
    }
}

/// What so many days can do to the points of a criterion; none when it looks at no day.
fn by_days(criterion: &Criterion, days: f64) -> Option<(f64, f64)> {
    let bounds: Vec<(f64, (f64, f64))> = criterion
        .inputs
        .iter()
        .filter_map(|input| {
            let bound = match &input.value {
                Value::Freshness { half_life_days, fresh } => {
                    // The first half-life is the steepest.
                    (-(f64::from(*fresh) * (days / (2.0 * f64::from(*half_life_days))).min(1.0)), 0.0)
                }
                Value::Linear { knots } if input.from == "age_years" => {
                    let years = days / 365.0;
                    let slopes = knots.windows(2).map(|two| (f64::from(two[1].1) - f64::from(two[0].1)) / (two[1].0 - two[0].0));
                    slopes.fold((0.0_f64, 0.0_f64), |(least, most), slope| (least.min(slope * years), most.max(slope * years)))
                }
                Value::Range { inside, outside, .. } if input.from == "age_years" => {
                    let step = f64::from(inside.abs_diff(*outside));
                    (-step, step)
                }
                _ => return None,
            };
            Some((f64::from(input.share), bound))
        })
        .collect();
    if bounds.is_empty() {
        return None;
    }
    let total: f64 = criterion.inputs.iter().map(|i| f64::from(i.share)).sum();
    let (least, most) = match criterion.combine {
        Combine::Mean => bounds.iter().fold((0.0, 0.0), |sum, (share, b)| (sum.0 + share * b.0 / total, sum.1 + share * b.1 / total)),
        Combine::First | Combine::Best => bounds.iter().fold((0.0_f64, 0.0_f64), |sum, (_, b)| (sum.0.min(b.0), sum.1.max(b.1))),
    };
    // Each step was rounded.
    Some((least - 2.0, most + 2.0))
}
