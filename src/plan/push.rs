//! The push (按月推送): what is different on this month's list from last month's, with the cause of each.

use serde::Serialize;

use crate::enterprise::{CreditCode, Date, EnterpriseKey, day, fold_name};
use crate::error::{Error, Kind};
use crate::monitor::{Edition, Placed, Same, Unlike};
use crate::plan::causes::{Cause, Ways};
use crate::scorecard::{Label, Scorecard};

/// What became of an enterprise from one list to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "PushChange"))]
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

/// One enterprise of a push.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
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
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Push {
    /// The day of the list before, where it says so.
    #[serde(serialize_with = "day::serialize")]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub before: Option<Date>,
    /// The day of the list now.
    #[serde(serialize_with = "day::serialize")]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub now: Option<Date>,
    /// Everybody on either list: those on it now by rank, then those who left, by their rank before.
    pub rows: Vec<Pushed>,
    /// What else differs between the lists, though they can be compared.
    pub unlike: Vec<Unlike>,
    /// Names that stand several times with nothing to distinguish them.
    pub duplicates: Vec<String>,
}

impl Push {
    /// What is different in the best `top` of `now` (of all when none is given) from those of `before`. Enterprises are found again by their
    /// [`EnterpriseKey`]; where only one of the lists has a credit code, by name and province.
    ///
    /// The causes of a move are found from the points of each criterion, which editions hold: where a criterion looks at the park alone and the
    /// residents are others, it is the park; where it looks at ages and dates and its points changed by no more than the days between the
    /// lists can do, it is time; anything else is a fact of the enterprise. That others moved is a cause as well: the first where the enterprise would
    /// stand where it does even with its earlier score, the last where it would stand somewhere else again. `card` is the one both lists were made with.
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
            rows.push(pushed(&ways, change, from, Some(to)));
        }
        for (from, is) in before.placed.iter().zip(&is).filter(|(p, _)| on(p)) {
            let to = is.and_then(|i: usize| now.placed.get(i));
            if !to.is_some_and(on) {
                rows.push(pushed(&ways, Change::Left, Some(from), to));
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

/// Who somebody in an edition is.
fn key(placed: &Placed) -> EnterpriseKey {
    match placed.credit_code.as_deref().and_then(CreditCode::parse) {
        Some(code) => EnterpriseKey::Code(code),
        None => EnterpriseKey::Name(fold_name(&placed.name), placed.province.clone().unwrap_or_default()),
    }
}

fn pushed(ways: &Ways<'_>, change: Change, from: Option<&Placed>, to: Option<&Placed>) -> Pushed {
    let said = to.or(from);
    Pushed {
        key: said.map_or_else(|| EnterpriseKey::Name(String::new(), String::new()), key),
        name: said.map(|p| p.name.clone()).unwrap_or_default(),
        change,
        from: from.map(|p| p.rank),
        to: to.map(|p| p.rank),
        score_before: from.map(|p| p.score),
        score: to.map(|p| p.score),
        causes: ways.causes(from, to),
    }
}
