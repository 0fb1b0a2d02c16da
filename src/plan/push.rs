//! The push (按月推送): what is different on this month's list from last month's, with the cause of each.

use serde::Serialize;

use crate::enterprise::{CreditCode, Date, EnterpriseKey, day, fold_name};
use crate::error::{Error, Kind};
use crate::monitor::{Edition, Placed, Same, Unlike};
use crate::scorecard::{Combine, Criterion, Label, Scorecard, Value};

/// What became of an enterprise from one list to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// 新进: on the list now and not before.
    Entered,
    /// 上升: on both, and further up.
    Risen,
    /// 下降: on both, and further down.
    Fallen,
    /// 退出: on the list before and not now.
    Left,
    /// 持平: on both, at one rank.
    Unchanged,
}

impl Change {
    /// Every change, in the order of a message.
    pub const ALL: [Self; 5] = [Self::Entered, Self::Risen, Self::Fallen, Self::Left, Self::Unchanged];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Risen => "risen",
            Self::Fallen => "fallen",
            Self::Left => "left",
            Self::Unchanged => "unchanged",
        }
    }

    /// Its name in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Entered => ("新进", "entered"),
            Self::Risen => ("上升", "risen"),
            Self::Fallen => ("下降", "fallen"),
            Self::Left => ("退出", "left"),
            Self::Unchanged => ("持平", "unchanged"),
        }
    }
}

/// Why somebody moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
#[non_exhaustive]
pub struct Cause {
    /// Its kind.
    pub kind: CauseKind,
    /// Id of the criterion whose points changed; none where none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// Points of a hundred before, of that criterion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// And now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// One enterprise of a push.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pushed {
    /// Who it is.
    pub key: EnterpriseKey,
    /// The name.
    pub name: String,
    /// What became of it.
    pub change: Change,
    /// The rank before; none where it was not in the file.
    pub from: Option<usize>,
    /// The rank now; none where it is not in the file.
    pub to: Option<usize>,
    /// The score before, 0 to 100.
    pub score_before: Option<f64>,
    /// And now.
    pub score: Option<f64>,
    /// Why, the criterion of the most weight times change first.
    pub causes: Vec<Cause>,
}

/// Two lists, and what is different.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Push {
    /// The day of the list before, where it says so.
    #[serde(serialize_with = "day::serialize")]
    pub before: Option<Date>,
    /// The day of the list now.
    #[serde(serialize_with = "day::serialize")]
    pub now: Option<Date>,
    /// Everybody on either list: those on it now by rank, then those who left, by their rank before.
    pub rows: Vec<Pushed>,
    /// What else is not the same, though the lists can be compared.
    pub unlike: Vec<Unlike>,
    /// Names that stand several times with nothing to tell them apart.
    pub duplicates: Vec<String>,
}

impl Push {
    /// What is different in the best `top` of `now` (of all when none is given) from those of `before`. Enterprises are found again by their
    /// [`EnterpriseKey`]; where only one of the lists has a credit code, by name and province.
    ///
    /// The causes of a move are found from the points of each criterion, which editions hold: where a criterion looks at the park alone and the
    /// residents are others, it is the park; where it looks at ages and dates and its points changed by no more than the days between the
    /// lists can do, it is time; anything else is a fact of the enterprise. Where with the score of before it would stand where it stands now, that
    /// others moved comes first; where it would stand elsewhere again, last. `card` is the one both lists were made with.
    ///
    /// # Errors
    ///
    /// `OTHER_SCORECARD` when the lists were made with different cards or weights, or `card` has other criteria; `OTHER_BASIS` when they are of other
    /// chains, regions, methods or catalogues; `BAD_ARGUMENT` when the list of now is of an earlier day than the one before.
    ///
    /// ```
    /// use xiangma::{Date, Scorecard, Session, plan::{Change, Push}};
    ///
    /// let edition = |file: &str| {
    ///     let mut session = Session::new(Date::constant(2026, 11, 1))?;
    ///     session.load_candidates(file.as_bytes())?;
    ///     session.assess()?;
    ///     Ok::<_, xiangma::Error>(session.edition().unwrap_or_default())
    /// };
    /// let before = edition("企业名称,主营产品,参保人数\n甲光电公司,光模块,50\n乙光电公司,光模块,60\n")?;
    /// let now = edition("企业名称,主营产品,参保人数\n甲光电公司,光模块,90\n乙光电公司,光模块,60\n")?;
    /// let push = Push::new(&before, &now, &Scorecard::attraction(), None)?;
    /// assert_eq!((push.rows[0].change, push.rows[0].causes[0].criterion.as_deref()), (Change::Risen, Some("scale")));
    /// println!("{}", push.text(10).zh);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn new(before: &Edition, now: &Edition, card: &Scorecard, top: Option<usize>) -> Result<Self, Error> {
        let unlike = now.check(before)?;
        if !card.criteria.iter().map(|c| &c.id).eq(&now.criteria) {
            return Err(Kind::OtherScorecard { before: now.signature.clone(), now: card.signature() }.into());
        }
        let (then, today) = (before.basis.as_of, now.basis.as_of);
        if let Some((then, today)) = then.zip(today).filter(|(then, today)| today < then) {
            let (then, today) = (day::written(then), day::written(today));
            return Err(
                Kind::BadArgument(format!("the list of now is of {today}, before the earlier one, of {then}; exchange the two")).into()
            );
        }
        let Same { was, duplicates } = Same::of(before, now);
        let ways = Ways::new(before, now, card, &was, &unlike);
        let on = |p: &Placed| top.is_none_or(|k| p.rank <= k);
        let mut rows = Vec::new();
        let mut is = vec![None; before.placed.len()];
        for (at, (to, was)) in now.placed.iter().zip(&was).enumerate() {
            if let Some(cell) = was.and_then(|i| is.get_mut(i)) {
                *cell = Some(at);
            }
            if !on(to) {
                continue;
            }
            let from = was.and_then(|i| before.placed.get(i));
            let change = match from {
                Some(from) if on(from) && to.rank < from.rank => Change::Risen,
                Some(from) if on(from) && to.rank > from.rank => Change::Fallen,
                Some(from) if on(from) => Change::Unchanged,
                _ => Change::Entered,
            };
            rows.push(ways.pushed(change, from, Some(to)));
        }
        for (from, is) in before.placed.iter().zip(&is).filter(|(p, _)| on(p)) {
            let to = is.and_then(|i: usize| now.placed.get(i));
            if !to.is_some_and(on) {
                rows.push(ways.pushed(Change::Left, Some(from), to));
            }
        }
        Ok(Self { before: then, now: today, rows, unlike, duplicates })
    }

    /// How many changed in each way, in the order of [`Change::ALL`].
    pub fn counts(&self) -> [usize; 5] {
        Change::ALL.map(|change| self.rows.iter().filter(|r| r.change == change).count())
    }

    /// The message for a group chat: counts, then who entered, rose, fell and left, at most so many of each, with the first cause of each. Plain
    /// text; nothing in it is more than the two lists say.
    pub fn text(&self, most: usize) -> Label {
        Label { zh: self.message(true, most), en: self.message(false, most) }
    }

    fn message(&self, zh: bool, most: usize) -> String {
        let say = |in_zh: String, in_en: String| if zh { in_zh } else { in_en };
        let on = |day: &Option<Date>| day.map_or_else(|| (if zh { "日期不详" } else { "undated" }).to_owned(), day::written);
        let counts = Change::ALL
            .iter()
            .zip(self.counts())
            .map(|(change, count)| say(format!("{} {count} 家", change.words().0), format!("{count} {}", change.words().1)));
        let counts: Vec<String> = counts.collect();
        let mut text = say(
            format!("【招商名单推送】{}，较上期（{}）：{}。\n", on(&self.now), on(&self.before), counts.join("，")),
            format!("[Leads] {}, since {}: {}.\n", on(&self.now), on(&self.before), counts.join(", ")),
        );
        for change in [Change::Entered, Change::Risen, Change::Fallen, Change::Left] {
            let all: Vec<&Pushed> = self.rows.iter().filter(|r| r.change == change).collect();
            if all.is_empty() {
                continue;
            }
            text += &say(format!("\n{}：\n", change.words().0), format!("\n{}:\n", change.words().1));
            for (number, row) in all.iter().take(most).enumerate() {
                let place = |rank: Option<usize>| match (rank, zh) {
                    (Some(rank), true) => format!("第 {rank} 名"),
                    (Some(rank), false) => format!("no. {rank}"),
                    (None, true) => "不在名单".to_owned(),
                    (None, false) => "not listed".to_owned(),
                };
                let why = row.causes.first().map_or("", |c| if zh { &c.zh } else { &c.en });
                text += &say(
                    format!("{}. {}（{} → {}）：{why}\n", number + 1, row.name, place(row.from), place(row.to)),
                    format!("{}. {} ({} → {}): {why}\n", number + 1, row.name, place(row.from), place(row.to)),
                );
            }
            if all.len() > most {
                text += &say(format!("……共 {} 家\n", all.len()), format!("… {} in all\n", all.len()));
            }
        }
        text
    }
}

/// What is needed to tell why.
struct Ways<'a> {
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
    fn new(before: &Edition, now: &Edition, card: &'a Scorecard, was: &[Option<usize>], unlike: &[Unlike]) -> Self {
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
        entered.sort_unstable();
        left.sort_unstable();
        let mut scores: Vec<f64> = now.placed.iter().map(|p| p.score).collect();
        scores.sort_unstable_by(f64::total_cmp);
        Self { criteria: criteria.collect(), entered, left, scores }
    }

    fn pushed(&self, change: Change, from: Option<&Placed>, to: Option<&Placed>) -> Pushed {
        let said = to.or(from);
        let causes = match (from, to) {
            (Some(from), Some(to)) => self.causes(from, to),
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
        };
        Pushed {
            key: said.map_or_else(|| EnterpriseKey::Name(String::new(), String::new()), key),
            name: said.map(|p| p.name.clone()).unwrap_or_default(),
            change,
            from: from.map(|p| p.rank),
            to: to.map(|p| p.rank),
            score_before: from.map(|p| p.score),
            score: to.map(|p| p.score),
            causes,
        }
    }

    fn causes(&self, from: &Placed, to: &Placed) -> Vec<Cause> {
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
        found.sort_by_key(|f| std::cmp::Reverse(f.0));
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

/// Who somebody in an edition is.
fn key(placed: &Placed) -> EnterpriseKey {
    match placed.credit_code.as_deref().and_then(CreditCode::parse) {
        Some(code) => EnterpriseKey::Code(code),
        None => EnterpriseKey::Name(fold_name(&placed.name), placed.province.clone().unwrap_or_default()),
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
