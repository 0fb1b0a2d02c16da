//! The shortlist: so many enterprises that together do the most for the park.

use std::cmp::Reverse;

use serde::Serialize;

use crate::error::{Error, Kind};
use crate::park::{ChainState, Park, Strategy};
use crate::plan::quota::{Full, Quota};
use crate::plan::value::{Gap, Prospect, State, Value, exchange, greedy};
use crate::scorecard::Label;

/// How a shortlist is made.
///
/// | option | default | what |
/// |---|---|---|
/// | `count` | 20 | how many are chosen, 1 to 10 000 |
/// | `gap` | 2 000 | hundredths of a point for the first on a link of urgency 100 |
/// | `passages` | 3 000 | more for the first on the link that is worth the most in passages, in proportion for others |
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShortlistOptions {
    count: usize,
    gap: u32,
    passages: u32,
    quota: Quota,
    must: Vec<usize>,
    never: Vec<usize>,
}

impl Default for ShortlistOptions {
    fn default() -> Self {
        Self { count: 20, gap: 2_000, passages: 3_000, quota: Quota::default(), must: Vec::new(), never: Vec::new() }
    }
}

impl ShortlistOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many are chosen.
    pub fn count(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// What a gap is worth, in hundredths of a point: for a link of urgency 100, and for the link worth the most in passages. At most 10 000 each.
    pub fn worth(mut self, gap: u32, passages: u32) -> Self {
        (self.gap, self.passages) = (gap.min(10_000), passages.min(10_000));
        self
    }

    /// How many of each kind there may be at most.
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = quota;
        self
    }

    /// Prospects that are on the list whatever they are worth; they count toward quotas and may go over them.
    pub fn must(mut self, must: impl IntoIterator<Item = usize>) -> Self {
        self.must = must.into_iter().collect();
        self
    }

    /// Prospects that are not on the list whatever they are worth.
    pub fn never(mut self, never: impl IntoIterator<Item = usize>) -> Self {
        self.never = never.into_iter().collect();
        self
    }

    /// What each link of diagnosed chains is worth: by its urgency, where something is to be done, and by its share in closing passages.
    pub fn gaps(&self, park: &Park, states: &[ChainState]) -> Vec<Gap> {
        let advice = || states.iter().flat_map(|s| &s.advice);
        let most = u128::from(advice().map(|a| a.worth).max().unwrap_or(0)).max(1);
        let gap = |a: &crate::park::Advice| {
            let urgency = park.link(&a.link).map_or(0, |l| u32::from(l.urgency));
            let by_need = if a.strategy == Strategy::Leave { 0 } else { self.gap * urgency / 100 };
            // What the park itself leaves is not filled for the passages' sake either.
            let is_left = a.decision.as_ref().is_some_and(|d| d.strategy == Strategy::Leave);
            let by_passages = if is_left { 0 } else { (u128::from(self.passages) * u128::from(a.worth) / most) as u32 };
            Gap { link: a.link.clone(), value: by_need + by_passages }
        };
        advice().map(gap).filter(|g| g.value > 0).collect()
    }
}

/// The enterprises that together do the most for the park, as many as asked for.
///
/// The value of a list is the sum of its scores and, for every link, what the first there is worth, half of it for the second, a quarter for
/// the third, and so on. This has diminishing returns, so that taking again and again the one that adds the most comes to at least 1 − 1/e, 63 %, of the
/// best list there is where no quota stands in the way; after that, whoever is outside is exchanged for whoever is inside as long as that is
/// worth more. What remains is a list that no single exchange makes better.
#[derive(Debug, Clone)]
pub struct Shortlist {
    state: State,
    chosen: Vec<Chosen>,
    must: Vec<bool>,
    never: Vec<bool>,
}

/// One on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Chosen {
    /// Its place among the prospects, from 0.
    pub prospect: usize,
    /// What it adds to those before it, in hundredths of a point. The values add up to that of the list.
    pub value: u64,
    /// Links that are worth something and that nobody before it on the list stands on.
    pub closes: Vec<String>,
    /// Whether it had to be on the list.
    pub must: bool,
}

/// Why somebody is not on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct WhyNot {
    /// What it would add to the list as one more, in hundredths of a point.
    pub adds: u64,
    /// Whether it was not to be chosen.
    pub never: bool,
    /// A quota that is full, if one is: it could then only take the place of another of that kind.
    pub full: Option<Full>,
    /// The best exchange there is; none when everybody in its way had to be on the list.
    pub exchange: Option<Exchange>,
}

impl WhyNot {
    /// The same in words; `out` is the name of the one in its way.
    pub fn words(&self, out: &str) -> Label {
        let points = |hundredths: u64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let adds = points(self.adds);
        let (mut zh, mut en) = (format!("如增列，名单总贡献增加 {adds} 分"), format!("as one more it would add {adds}"));
        if self.never {
            zh += "；已指定不列入";
            en += "; it was not to be chosen";
        }
        if let Some(Full { of, name, most }) = &self.full {
            let kind = match *of {
                "link" => "环节",
                "region" => "区域",
                _ => "梯队",
            };
            zh += &format!("；{kind}“{name}”名额 {most} 家已满");
            en += &format!("; the quota of {most} for the {of} {name} is full");
        }
        if let Some(Exchange { loses, gains, needs, .. }) = &self.exchange {
            let (loses, gains, needs) = (points(*loses), points(*gains), points(*needs));
            zh += &format!("；若替换“{out}”，总贡献减少 {loses} 分、增加 {gains} 分，得分至少再高 {needs} 分才宜替换");
            en += &format!(
                "; in place of {out} the list loses {loses} and gains {gains}: its score would have to be {needs} higher at the least"
            );
        } else {
            zh += "；没有可以替换的企业";
            en += "; there is nobody whose place it could take";
        }
        Label { zh: zh + "。", en: en + "." }
    }
}

/// One in, one out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Exchange {
    /// The place among the prospects of the one that would go.
    pub out: usize,
    /// What the list loses without that one, in hundredths of a point.
    pub loses: u64,
    /// What it gains by the other.
    pub gains: u64,
    /// By how much more the score of the other would have to be for the exchange to be worth it.
    pub needs: u64,
}

impl Shortlist {
    /// Chooses the shortlist.
    ///
    /// ```
    /// use xiangma::plan::{Gap, Prospect, Shortlist, ShortlistOptions};
    ///
    /// let on = |score, link: &str| Prospect { score, links: vec![link.to_owned()], ..Prospect::default() };
    /// let prospects = [on(9_000, "fab"), on(8_900, "fab"), on(8_000, "package")];
    /// let gaps = [Gap { link: "fab".into(), value: 1_000 }, Gap { link: "package".into(), value: 2_000 }];
    /// let list = Shortlist::choose(&prospects, &gaps, &ShortlistOptions::new().count(2))?;
    /// assert_eq!(list.chosen().iter().map(|c| c.prospect).collect::<Vec<_>>(), [0, 2]);
    /// // The second on `fab` would add 89.00 and half of 10.00; the one on `package` adds 80.00 and 20.00.
    /// let why = list.why_not(1).ok_or("it is on the list")?;
    /// assert_eq!((why.adds, why.exchange.map(|e| (e.out, e.needs))), (9_400, Some((0, 101))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when `count` is out of its range, more must be on the list than it holds, one must and must not, or a place is named that no
    /// prospect has.
    pub fn choose(prospects: &[Prospect], gaps: &[Gap], options: &ShortlistOptions) -> Result<Self, Error> {
        let bad = |what: String| Err(Error::from(Kind::BadArgument(what)));
        if options.count == 0 || options.count > 10_000 {
            return bad(format!("a shortlist is of 1 to 10000, not {}", options.count));
        }
        let mut flags = [vec![false; prospects.len()], vec![false; prospects.len()]];
        for (flags, places) in flags.iter_mut().zip([&options.must, &options.never]) {
            for place in places {
                let Some(flag) = flags.get_mut(*place) else { return bad(format!("there is no prospect {place}")) };
                *flag = true;
            }
        }
        let [must, never] = flags;
        let musts = must.iter().filter(|m| **m).count();
        if musts > options.count {
            return bad(format!("{musts} must be on a list of {}; make it longer, or let some go", options.count));
        }
        if let Some(both) = must.iter().zip(&never).position(|(must, never)| *must && *never) {
            return bad(format!("prospect {both} must be on the list and must not"));
        }
        let mut state = State::new(Value::new(prospects, gaps, &options.quota));
        (0..prospects.len()).filter(|p| must[*p]).for_each(|p| state.put(p, true));
        let open: Vec<usize> = (0..prospects.len()).filter(|p| !must[*p] && !never[*p]).collect();
        greedy(&mut state, &open, options.count - musts);
        exchange(&mut state, &open, &must);
        let chosen = in_order(&state, &must);
        Ok(Self { state, chosen, must, never })
    }

    /// Those on the list, in the order in which each adds the most to those before it.
    pub fn chosen(&self) -> &[Chosen] {
        &self.chosen
    }

    /// The value of the whole, in hundredths of a point.
    pub fn value(&self) -> u64 {
        self.chosen.iter().map(|c| c.value).sum()
    }

    /// Why a prospect is not on the list: what it would add, whose place it could take, and what would have to change. None when it is on the list,
    /// or when there is no such prospect.
    pub fn why_not(&self, prospect: usize) -> Option<WhyNot> {
        let state = &self.state;
        if *state.inside.get(prospect)? {
            return None;
        }
        let members = self.chosen.iter().map(|c| c.prospect).filter(|m| !self.must[*m] && state.full(prospect, Some(*m)).is_none());
        let exchange = members.map(|out| {
            let (loses, gains) = (state.loss(out), state.gain(prospect, Some(out)));
            Exchange { out, loses, gains, needs: (loses + 1).saturating_sub(gains) }
        });
        Some(WhyNot {
            adds: state.gain(prospect, None),
            never: self.never[prospect],
            full: state.full(prospect, None).cloned(),
            exchange: exchange.min_by_key(|e| (e.needs, Reverse(e.out))),
        })
    }
}

/// The list in the order in which each adds the most to those before it.
fn in_order(state: &State, must: &[bool]) -> Vec<Chosen> {
    let mut so_far = State::new(state.value.clone());
    let mut left: Vec<usize> = (0..state.inside.len()).filter(|p| state.inside[*p]).collect();
    let mut chosen = Vec::with_capacity(left.len());
    while let Some(at) = (0..left.len()).max_by_key(|i| (so_far.gain(left[*i], None), Reverse(left[*i]))) {
        let prospect = left.remove(at);
        let value = so_far.gain(prospect, None);
        let new = so_far.value.links[prospect].iter().filter(|l| so_far.on[**l as usize] == 0 && so_far.value.gaps[**l as usize].1 > 0);
        let closes = new.map(|l| so_far.value.gaps[*l as usize].0.clone()).collect();
        so_far.put(prospect, true);
        chosen.push(Chosen { prospect, value, closes, must: must[prospect] });
    }
    chosen
}
