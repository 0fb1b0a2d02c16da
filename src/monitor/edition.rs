//! One list after another: who came, who went, and whether the pool itself has changed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
use crate::mcdm::{average_ranks, correlate};
use crate::monitor::{Stability, stability};
use crate::rank::Ranking;

/// A ranking as it was given out: this month's, or one read back from an export.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edition {
    /// [`Ranking::signature`] of the ranking.
    pub signature: String,
    /// Ids of the criteria.
    pub criteria: Vec<String>,
    /// Everybody in it, best first.
    pub placed: Vec<Placed>,
}

/// Somebody in an edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placed {
    /// The name.
    pub name: String,
    /// The credit code, by which the same enterprise is found again; the name where there is none.
    pub credit_code: Option<String>,
    /// The rank, from 1.
    pub rank: usize,
    /// The score, 0 to 100.
    pub score: f64,
    /// Points a criterion, 0 to 10 000.
    pub points: Vec<u16>,
    /// How much of them rests on facts, 0 to 10 000.
    pub known: Vec<u16>,
}

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

#[derive(Deserialize)]
struct Record {
    rank: usize,
    name: String,
    #[serde(default)]
    credit_code: Option<String>,
    score: f64,
    #[serde(default)]
    signature: Option<String>,
    contributions: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    criterion: String,
    points: u16,
    known: u16,
}

impl Edition {
    /// The edition of a ranking, its enterprises in the order of its table.
    pub fn new(ranking: &Ranking<'_>, enterprises: &[Enterprise]) -> Self {
        let assessment = ranking.assessment();
        let criteria: Vec<String> = assessment.card().criteria.iter().map(|c| c.id.clone()).collect();
        let placed = ranking.top(assessment.rows()).into_iter().zip(1..).filter_map(|(row, rank)| {
            let row = row as usize;
            let e = enterprises.get(row)?;
            Some(Placed {
                name: e.name.clone(),
                credit_code: e.credit_code.map(|c| c.as_str().to_owned()),
                rank,
                score: ranking.score(row)?.score,
                points: (0..criteria.len()).filter_map(|c| assessment.points(c, row)).collect(),
                known: assessment.unknowns.of(row).iter().map(|g| g.known).collect(),
            })
        });
        Self { signature: ranking.signature(), placed: placed.collect(), criteria }
    }

    /// The edition as JSON Lines, to be read back by [`from_jsonl`](Self::from_jsonl) when the next is out.
    pub fn to_jsonl(&self) -> String {
        let mut text = String::new();
        for placed in &self.placed {
            let parts = self.criteria.iter().zip(placed.points.iter().zip(&placed.known));
            let record = serde_json::json!({
                "rank": placed.rank,
                "name": placed.name,
                "credit_code": placed.credit_code,
                "score": placed.score,
                "signature": self.signature,
                "contributions": parts.map(|(id, (points, known))| serde_json::json!({ "criterion": id, "points": points, "known": known })).collect::<Vec<_>>(),
            });
            text += &record.to_string();
            text.push('\n');
        }
        text
    }

    /// Reads back an edition: [`to_jsonl`](Self::to_jsonl), or the JSON Lines that `xiangma rank` writes.
    ///
    /// # Errors
    ///
    /// `BAD_JSON`, naming the line, for what is no such export; `OTHER_SCORECARD` when lines have different signatures, or none.
    pub fn from_jsonl(text: &str) -> Result<Self, Error> {
        let mut edition = Self::default();
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let record: Record = serde_json::from_str(line).map_err(|e| Error::from(Kind::BadJson(e.to_string())).at_row(number))?;
            let signature = record.signature.unwrap_or_default();
            let criteria: Vec<String> = record.contributions.iter().map(|p| p.criterion.clone()).collect();
            if edition.placed.is_empty() {
                (edition.signature, edition.criteria) = (signature.clone(), criteria.clone());
            }
            if signature.is_empty() || signature != edition.signature || criteria != edition.criteria {
                return Err(Error::from(Kind::OtherScorecard { before: edition.signature, now: signature }).at_row(number));
            }
            edition.placed.push(Placed {
                name: record.name,
                credit_code: record.credit_code,
                rank: record.rank,
                score: record.score,
                points: record.contributions.iter().map(|p| p.points).collect(),
                known: record.contributions.iter().map(|p| p.known).collect(),
            });
        }
        if edition.placed.is_empty() {
            return Err(Kind::NoRows.into());
        }
        Ok(edition)
    }

    fn check(&self, before: &Self) -> Result<(), Error> {
        if self.signature == before.signature {
            return Ok(());
        }
        Err(Kind::OtherScorecard { before: before.signature.clone(), now: self.signature.clone() }.into())
    }

    /// Who came among the best `k`, and who went, since an edition before.
    ///
    /// # Errors
    ///
    /// `OTHER_SCORECARD` when the two were not made with the same card and weights.
    pub fn movement(&self, before: &Self, k: usize) -> Result<Movement, Error> {
        self.check(before)?;
        let key = |p: &Placed| p.credit_code.clone().unwrap_or_else(|| p.name.clone());
        let index = |edition: &Self| -> HashMap<String, usize> { edition.placed.iter().enumerate().map(|(i, p)| (key(p), i)).collect() };
        let (was, is) = (index(before), index(self));
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
        for to in self.placed.iter().filter(|p| p.rank <= k) {
            let from = was.get(&key(to)).map(|i| &before.placed[*i]);
            let list = if from.is_some_and(|p| p.rank <= k) { &mut stayed } else { &mut entered };
            list.extend(moved(from, Some(to)));
        }
        for from in before.placed.iter().filter(|p| p.rank <= k) {
            let to = is.get(&key(from)).map(|i| &self.placed[*i]);
            if to.is_none_or(|p| p.rank > k) {
                left.extend(moved(Some(from), to));
            }
        }
        let both: Vec<(f64, f64)> =
            self.placed.iter().filter_map(|to| Some((before.placed[*was.get(&key(to))?].rank as f64, to.rank as f64))).collect();
        let ranks = |pick: fn(&(f64, f64)) -> f64| average_ranks(&both.iter().map(pick).collect::<Vec<_>>(), false);
        let spearman = correlate(&ranks(|b| b.0), &ranks(|b| b.1)).and_then(|c| c.spearman);
        Ok(Movement { k, common: both.len(), spearman, entered, left, stayed })
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
