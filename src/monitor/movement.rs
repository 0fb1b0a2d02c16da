//! One list after another: who came, who went, and whether the pool itself has changed.

use std::collections::HashMap;

use serde::Serialize;

use crate::enterprise::fold_name;
use crate::error::{Error, Kind};
use crate::mcdm::{average_ranks, correlate};
use crate::monitor::basis::Unlike;
use crate::monitor::{Edition, Placed, Stability, stability};
use crate::order::sort;

/// What happened to the best from one edition to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Movement {
    /// How many count as the best.
    pub k: usize,
    /// In both editions: how many, and Spearman's correlation of their orders; none for fewer than two.
    pub common: usize,
    /// See `common`.
    pub spearman: Option<f64>,
    /// Among the best now and not before, by rank.
    pub entered: Vec<Moved>,
    /// Among the best before and not now, by rank before.
    pub left: Vec<Moved>,
    /// Among the best in both, by rank now.
    pub stayed: Vec<Moved>,
    /// In what the two are not the same though they can be compared: the day, the residents, the version of the library; and what is not
    /// known of one of them.
    pub unlike: Vec<Unlike>,
    /// Names that stand several times in one edition with nothing to tell them apart: they were taken in the order of their ranks.
    pub duplicates: Vec<String>,
}

/// Somebody who moved, or did not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// The name.
    pub name: String,
    /// The credit code.
    pub credit_code: Option<String>,
    /// The rank before; none for who is new in the file.
    pub before: Option<usize>,
    /// The rank now; none for who is no longer in the file.
    pub now: Option<usize>,
    /// How many points of a hundred the score moved by; none where there are not two.
    pub change: Option<f64>,
}

/// How one criterion has moved between two editions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CriterionDrift {
    /// Id of the criterion; `score` for the whole.
    pub criterion: String,
    /// The index over its points.
    #[serde(flatten)]
    pub stability: Stability,
    /// `steady`, `moved` or `shifted`.
    pub verdict: &'static str,
    /// Mean points of a hundred before.
    pub mean_before: f64,
    /// And now.
    pub mean_now: f64,
    /// Share of points backed by facts before, 0 to 100.
    pub known_before: f64,
    /// And now.
    pub known_now: f64,
}

/// Each thing with both sides; long sums by their first digits.
pub(super) fn named(unlike: &[Unlike]) -> String {
    let side = |side: &Option<String>| match side {
        None => "unknown".to_owned(),
        Some(sum) if sum.len() == 64 => sum.chars().take(12).collect(),
        Some(said) => said.clone(),
    };
    unlike.iter().map(|u| format!("{} ({} before, {} now)", u.what, side(&u.before), side(&u.now))).collect::<Vec<_>>().join(", ")
}

impl Edition {
    /// In what two editions are not the same; refused where that makes ranks and scores mean something else.
    pub(crate) fn check(&self, before: &Self) -> Result<Vec<Unlike>, Error> {
        let (apart, told) = self.basis.unlike(&before.basis);
        if self.signature != before.signature {
            return Err(Kind::OtherScorecard { before: before.signature.clone(), now: self.signature.clone() }.into());
        }
        if apart.is_empty() { Ok(told) } else { Err(Kind::OtherBasis(named(&apart)).into()) }
    }

    /// Who came among the best `k`, and who went, since an edition before. Enterprises are found again by their credit code; where one of the
    /// two has none, by name and province.
    ///
    /// # Errors
    ///
    /// `OTHER_SCORECARD` when the two were not made with the same card and weights; `OTHER_BASIS`, naming what differs, when they were not made
    /// for the same chains and regions, by the same method, on the same catalogue, as far as both say.
    pub fn movement(&self, before: &Self, k: usize) -> Result<Movement, Error> {
        let unlike = self.check(before)?;
        let Same { was, duplicates } = Same::of(before, self);
        let mut is: Vec<Option<usize>> = vec![None; before.placed.len()];
        was.iter().enumerate().filter_map(|(now, then)| Some(((*then)?, now))).for_each(|(then, now)| is[then] = Some(now));
        let moved = |from: Option<&Placed>, to: Option<&Placed>| {
            let named = to.or(from)?;
            Some(Moved {
                name: named.name.clone(),
                credit_code: named.credit_code.clone(),
                before: from.map(|p| p.rank),
                now: to.map(|p| p.rank),
                change: from.zip(to).map(|(from, to)| to.score - from.score),
            })
        };
        let (mut entered, mut stayed, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for (to, was) in self.placed.iter().zip(&was).filter(|(p, _)| p.rank <= k) {
            let from = was.and_then(|i| before.placed.get(i));
            let list = if from.is_some_and(|p| p.rank <= k) { &mut stayed } else { &mut entered };
            list.extend(moved(from, Some(to)));
        }
        for (from, is) in before.placed.iter().zip(&is).filter(|(p, _)| p.rank <= k) {
            let to = is.and_then(|i| self.placed.get(i));
            if to.is_none_or(|p| p.rank > k) {
                left.extend(moved(Some(from), to));
            }
        }
        let pair = |(to, was): (&Placed, &Option<usize>)| Some((before.placed.get((*was)?)?.rank as f64, to.rank as f64));
        let both: Vec<(f64, f64)> = self.placed.iter().zip(&was).filter_map(pair).collect();
        let ranks = |pick: fn(&(f64, f64)) -> f64| average_ranks(&both.iter().map(pick).collect::<Vec<_>>(), false);
        let spearman = correlate(&ranks(|b| b.0), &ranks(|b| b.1)).and_then(|c| c.spearman);
        Ok(Movement { k, common: both.len(), spearman, entered, left, stayed, unlike, duplicates })
    }

    /// How far every criterion, and the score, has moved since an edition before.
    ///
    /// # Errors
    ///
    /// As [`movement`](Self::movement).
    pub fn drift(&self, before: &Self) -> Result<Vec<CriterionDrift>, Error> {
        self.check(before)?;
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let drift = |criterion: &str, points: &dyn Fn(&Placed) -> f64, known: &dyn Fn(&Placed) -> f64| {
            let all = |edition: &Self, of: &dyn Fn(&Placed) -> f64| edition.placed.iter().map(of).collect::<Vec<f64>>();
            let (then, now) = (all(before, points), all(self, points));
            let stability = stability(&then, &now);
            CriterionDrift {
                criterion: criterion.to_owned(),
                verdict: stability.verdict(),
                stability,
                mean_before: mean(&then),
                mean_now: mean(&now),
                known_before: mean(&all(before, known)),
                known_now: mean(&all(self, known)),
            }
        };
        let cell = |list: &[u16], c: usize| f64::from(list.get(c).copied().unwrap_or(0)) / 100.0;
        let mut drifts: Vec<CriterionDrift> =
            self.criteria.iter().enumerate().map(|(c, id)| drift(id, &|p| cell(&p.points, c), &|p| cell(&p.known, c))).collect();
        let all_known = |p: &Placed| mean(&p.known.iter().map(|k| f64::from(*k) / 100.0).collect::<Vec<_>>());
        drifts.push(drift("score", &|p| p.score, &all_known));
        Ok(drifts)
    }
}

/// Stands for any province.
const ANYWHERE: &str = "*";

/// Who is who in two editions.
pub(crate) struct Same {
    /// Of everybody now, the place before.
    pub was: Vec<Option<usize>>,
    /// Names that stand several times with nothing to tell them apart.
    pub duplicates: Vec<String>,
}

impl Same {
    pub(crate) fn of(before: &Edition, now: &Edition) -> Self {
        // Folded once: it is what takes the time.
        let [then_names, now_names] = [before, now].map(|e| e.placed.iter().map(|p| fold_name(&p.name)).collect::<Vec<String>>());
        let mut was: Vec<Option<usize>> = vec![None; now.placed.len()];
        let mut taken = vec![false; before.placed.len()];
        let mut duplicates: Vec<String> = [(before, &then_names), (now, &now_names)].into_iter().flat_map(|(e, n)| twice(e, n)).collect();
        sort(&mut duplicates, &Ord::cmp);
        duplicates.dedup();
        // By code; several of one code in the order of their ranks.
        let mut coded: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, placed) in before.placed.iter().enumerate().rev() {
            if let Some(code) = &placed.credit_code {
                coded.entry(code).or_default().push(i);
            }
        }
        for (i, placed) in now.placed.iter().enumerate() {
            let Some(then) = placed.credit_code.as_ref().and_then(|code| coded.get_mut(code.as_str())?.pop()) else { continue };
            (was[i], taken[then]) = (Some(then), true);
        }
        // Then by name, where not both have a code: in the same province first, then where that of one is not known.
        let mut named: HashMap<(&str, &str, bool), Vec<usize>> = HashMap::new();
        for (i, placed) in before.placed.iter().enumerate().rev().filter(|(i, _)| !taken[*i]) {
            for province in [placed.province.as_deref().unwrap_or(""), ANYWHERE] {
                named.entry((&then_names[i], province, placed.credit_code.is_some())).or_default().push(i);
            }
        }
        for exactly in [true, false] {
            for (i, placed) in now.placed.iter().enumerate() {
                let province = match placed.province.as_deref() {
                    Some(province) if exactly => province,
                    None if !exactly => ANYWHERE,
                    _ => "",
                };
                for coded in [false, true] {
                    if was[i].is_some() || coded && placed.credit_code.is_some() {
                        continue;
                    }
                    let Some(those) = named.get_mut(&(now_names[i].as_str(), province, coded)) else { continue };
                    while let Some(then) = those.pop() {
                        if !taken[then] {
                            (was[i], taken[then]) = (Some(then), true);
                            break;
                        }
                    }
                }
            }
        }
        Self { was, duplicates }
    }
}

/// Names that stand several times, by code, or by name and province; the names as they are compared.
fn twice(edition: &Edition, names: &[String]) -> Vec<String> {
    let mut seen: HashMap<(&str, Option<&str>), bool> = HashMap::new();
    let mut found = Vec::new();
    for (placed, name) in edition.placed.iter().zip(names) {
        let key = match &placed.credit_code {
            Some(code) => (code.as_str(), None),
            None => (name.as_str(), placed.province.as_deref()),
        };
        match seen.get_mut(&key) {
            None => _ = seen.insert(key, false),
            Some(told) if !*told => {
                *told = true;
                found.push(placed.name.clone());
            }
            Some(_) => {}
        }
    }
    found
}
