//! Enterprises judged by a card, ranked, and explained.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde::Serialize;
use xiangma::monitor::Basis;
use xiangma::{
    AssessOptions, Context, Date, Enterprise, Match, MatchView, Ranking, Reasons, Scorecard, assess as assess_rows, explain as reasons_of,
};

use crate::arguments::{self, day, from_json, is_chinese, work};
use crate::diagnosis::{Diagnosed, Diagnosis};
use crate::error::{bad_argument, raised};
use crate::listed::list;
use crate::locating::{Known, Locator, known};
use crate::reader::{Reader, Taken, Taking};
use crate::table::Table;

/// Enterprises and their points: made by `assess`, given to `rank` and `explain`. It is an Arrow table itself, with a
/// row an enterprise in the order in which they came.
#[pyclass(module = "xiangma")]
#[derive(Debug, Clone)]
pub struct Assessment(pub Judged);

/// What stands behind an assessment.
#[derive(Debug, Clone)]
pub struct Judged {
    pub known: Arc<Known>,
    pub diagnosis: Option<Arc<Diagnosed>>,
    pub assessment: xiangma::Assessment,
    pub matches: Vec<Vec<Match>>,
    pub taken: Arc<Taken>,
}

/// What enterprises are judged by.
pub struct Judgement {
    card: Scorecard,
    options: AssessOptions,
    known: Arc<Known>,
    diagnosis: Option<Arc<Diagnosed>>,
}

impl Judgement {
    pub fn new(
        card: Option<&Bound<'_, PyAny>>,
        diagnosis: Option<&Diagnosis>,
        as_of: Date,
        chains: Option<Vec<String>>,
        regions: Option<Vec<String>>,
        locator: Option<&Locator>,
    ) -> PyResult<Self> {
        let known = known(locator)?;
        let options = AssessOptions::new(as_of).chains(known.chains(chains)?).target_regions(regions.unwrap_or_default());
        Ok(Self { card: arguments::card(card)?, options, known, diagnosis: diagnosis.map(|d| Arc::clone(&d.0)) })
    }

    /// Locates and judges.
    pub fn judge(self, taken: Taken) -> Result<Judged, xiangma::Error> {
        let Self { card, options, known, diagnosis } = self;
        let xiangma::Intake { enterprises, extra_columns, .. } = &taken.intake;
        let matches = known.locate(enterprises);
        let (park, residents) = diagnosis.as_ref().map_or((None, &[][..]), |d| (Some(&d.park), &d.residents));
        let assessment = assess_rows(&card, &options, enterprises, extra_columns, &matches, park, residents)?;
        Ok(Judged { known, diagnosis, assessment, matches, taken: Arc::new(taken) })
    }
}

impl Judged {
    pub fn ranking(&self) -> Ranking<'_> {
        Ranking::new(&self.assessment)
    }

    pub fn enterprises(&self) -> &[Enterprise] {
        &self.taken.intake.enterprises
    }

    /// Why an enterprise stands where it stands.
    pub fn reasons(&self, ranking: &Ranking<'_>, row: usize) -> Option<Reasons> {
        let park = self.diagnosis.as_ref().map(|d| &d.park);
        let context = Context { catalogue: &self.known.catalogue, park, extra_columns: &self.taken.intake.extra_columns };
        reasons_of(ranking, row, self.enterprises().get(row)?, self.matches.get(row)?, context)
    }

    /// The signature of the diagnosis.
    pub fn diagnosis(&self) -> Option<&str> {
        self.diagnosis.as_ref().map(|d| d.signature.as_str())
    }

    /// Words on where the results came from.
    pub fn metadata(&self, ranking: &Ranking<'_>) -> Vec<(String, String)> {
        let basis = serde_json::to_string(&Basis::new(ranking).located_on(&self.known.catalogue)).unwrap_or_default();
        let mut words = vec![
            ("xiangma.card".to_owned(), ranking.signature()),
            ("xiangma.basis".to_owned(), basis),
            ("xiangma.library".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ];
        words.extend(self.diagnosis().map(|signature| ("xiangma.diagnosis".to_owned(), signature.to_owned())));
        words
    }
}

/// Gives every enterprise of a table points on every criterion of a scorecard.
///
/// `card` is a preset (`attraction` and three more, see `presets`), JSON, a dictionary or the path of a file;
/// `diagnosis` is what `diagnose` made of the residents, or None. `as_of` is the day ages are counted to: there is no
/// clock inside. `chains` are the ids of those that count, all without it, and `regions` are within reach. `row`
/// names a column of whole numbers that tell the rows apart; without it they are counted from 0.
///
///     assessment = xiangma.assess(df, as_of="2026-11-01", chains=["optoelectronics"])
///     assessment.to_table().to_polars()
#[pyfunction]
#[pyo3(signature = (
    table, card=None, diagnosis=None, *, as_of, chains=None, regions=None, locator=None, reader=None, row=None, threads=None
))]
#[allow(clippy::too_many_arguments, reason = "named in Python, and all but two have a default")]
pub fn assess(
    table: &Bound<'_, PyAny>,
    card: Option<&Bound<'_, PyAny>>,
    diagnosis: Option<&Diagnosis>,
    as_of: &Bound<'_, PyAny>,
    chains: Option<Vec<String>>,
    regions: Option<Vec<String>>,
    locator: Option<&Locator>,
    reader: Option<&Reader>,
    row: Option<&str>,
    threads: Option<usize>,
) -> PyResult<Assessment> {
    let as_of = day(as_of)?;
    let judgement = Judgement::new(card, diagnosis, as_of, chains, regions, locator)?;
    let taken = Taking { reader, row, threads, as_of: Some(as_of), apart: false }.take(table)?;
    work(table.py(), threads, || judgement.judge(taken)).map(Assessment)
}

/// Ranks the enterprises of a table, or of an assessment, the best first: all of them, or the best `top`.
///
/// Equal scores share a rank and stand in the order of names; who is under a veto comes last. `reasons` says in
/// Chinese (`zh`) or English (`en`) why each stands where it stands, or not for None. The rest is as for `assess`,
/// and is not given with an assessment, which has it already.
///
///     xiangma.rank(df, diagnosis=diagnosis, as_of="2026-11-01", top=50).to_polars()
#[pyfunction]
#[pyo3(signature = (
    table, card=None, diagnosis=None, *, top=None, reasons=Some("zh"), as_of=None, chains=None, regions=None, locator=None, reader=None, row=None,
    threads=None
))]
#[allow(clippy::too_many_arguments, reason = "named in Python, and all but one have a default")]
pub fn rank(
    table: &Bound<'_, PyAny>,
    card: Option<&Bound<'_, PyAny>>,
    diagnosis: Option<&Diagnosis>,
    top: Option<usize>,
    reasons: Option<&str>,
    as_of: Option<&Bound<'_, PyAny>>,
    chains: Option<Vec<String>>,
    regions: Option<Vec<String>>,
    locator: Option<&Locator>,
    reader: Option<&Reader>,
    row: Option<&str>,
    threads: Option<usize>,
) -> PyResult<Table> {
    let py = table.py();
    let is_chinese = reasons.map(is_chinese).transpose()?;
    let top = top.unwrap_or(usize::MAX);
    if let Ok(assessment) = table.cast::<Assessment>() {
        let given = [card.is_some(), diagnosis.is_some(), as_of.is_some(), chains.is_some(), regions.is_some()];
        let given = given.contains(&true) || locator.is_some() || reader.is_some() || row.is_some();
        if given {
            let words = "an assessment has its card, diagnosis, day, chains and regions already: give `rank` no others";
            return Err(bad_argument(words));
        }
        let judged = &assessment.borrow().0;
        return ranked(py, judged, top, is_chinese, threads);
    }
    let as_of = as_of.ok_or_else(|| bad_argument("as_of: the day ages are counted to is wanted; there is no clock inside"))?;
    let Assessment(judged) = assess(table, card, diagnosis, as_of, chains, regions, locator, reader, row, threads)?;
    ranked(py, &judged, top, is_chinese, threads)
}

fn ranked(py: Python<'_>, judged: &Judged, top: usize, reasons: Option<bool>, threads: Option<usize>) -> PyResult<Table> {
    let columns = work(py, threads, || {
        let ranking = judged.ranking();
        let rows = ranking.top(top);
        Ok((list(judged, &ranking, &rows, Some(&ranking.ranks_of(&rows)), reasons, None), judged.metadata(&ranking)))
    })?;
    columns.0.table(columns.1)
}

/// Why an enterprise of an assessment stands where it stands: what each criterion adds, reasons and open questions in
/// words, and its matches with the words they rest on. `who` is its number (column `row`) or its key (column `key`).
///
///     xiangma.explain(assessment, "示例光电有限公司|江苏")["reasons"]
#[pyfunction]
pub fn explain<'py>(assessment: &Bound<'py, Assessment>, who: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let judged = &assessment.borrow().0;
    let at = if let Ok(row) = who.extract::<i64>() {
        judged.taken.rows.iter().position(|r| *r == row)
    } else {
        let Ok(key) = who.str()?.to_string().parse();
        judged.enterprises().iter().position(|e| e.is(&key))
    };
    let at = at.ok_or_else(|| bad_argument(format!("who: no enterprise of this assessment has the number or key `{who}`")))?;
    let ranking = judged.ranking();
    let score = ranking.score(at).map(|s| s.rounded());
    let told = Told {
        row: judged.taken.rows[at],
        key: judged.enterprises()[at].key().to_string(),
        name: &judged.enterprises()[at].name,
        rank: ranking.rank_of(at),
        score: score.map(|s| s.score),
        reasons: judged.reasons(&ranking, at),
        matches: judged.matches[at].iter().map(|m| m.view(&judged.enterprises()[at])).collect(),
    };
    let json = serde_json::to_string(&told).map_err(|e| bad_argument(e.to_string()))?;
    from_json(assessment.py(), &json)
}

#[derive(Serialize)]
struct Told<'a> {
    row: i64,
    key: String,
    name: &'a str,
    rank: Option<usize>,
    score: Option<f64>,
    #[serde(flatten)]
    reasons: Option<Reasons>,
    matches: Vec<MatchView<'a>>,
}

#[pymethods]
impl Assessment {
    /// A row an enterprise: who it is, its score, where it stands, its points on every criterion, and the signatures
    /// of the card and of the diagnosis. Of the best `top`, reasons too.
    #[pyo3(signature = (*, top=0, reasons="zh", threads=None))]
    pub fn to_table(&self, py: Python<'_>, top: usize, reasons: &str, threads: Option<usize>) -> PyResult<Table> {
        let is_chinese = is_chinese(reasons)?;
        let (columns, words) = work(py, threads, || {
            let ranking = self.0.ranking();
            let rows: Vec<u32> = (0..self.0.assessment.rows() as u32).collect();
            let mut best = ranking.top(top);
            best.sort_unstable();
            Ok((list(&self.0, &ranking, &rows, None, Some(is_chinese), Some(&best)), self.0.metadata(&ranking)))
        })?;
        columns.table(words)
    }

    /// Arrow's C stream of `to_table()`.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyAny>> {
        let table = Bound::new(py, self.to_table(py, 0, "zh", None)?)?;
        table.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    /// Adds the enterprises of another assessment by the same card, diagnosis, day, chains and regions: shards become
    /// one table. The list is the same, byte for byte, as that of all rows at once, where no enterprise is in both
    /// and `row` numbered the rows throughout.
    fn append(&mut self, other: &Bound<'_, Self>) -> PyResult<()> {
        let Judged { diagnosis, assessment, matches, taken, .. } = match other.try_borrow() {
            Ok(other) => other.0.clone(),
            Err(_) => return Err(bad_argument("an assessment is not appended to itself: every enterprise would be there twice")),
        };
        let signature = |d: &Option<Arc<Diagnosed>>| d.as_ref().map(|d| d.signature.clone());
        if signature(&self.0.diagnosis) != signature(&diagnosis) {
            return Err(bad_argument("the two were made with different diagnoses, and do not become one"));
        }
        if self.0.taken.intake.extra_columns != taken.intake.extra_columns {
            return Err(bad_argument("the two were read from tables of different columns: read both by one `Reader`"));
        }
        self.0.assessment.append(assessment).map_err(|e| raised(&e))?;
        self.0.matches.extend(matches);
        let all = Arc::make_mut(&mut self.0.taken);
        all.intake.enterprises.extend_from_slice(&taken.intake.enterprises);
        all.rows.extend_from_slice(&taken.rows);
        all.firsts.extend_from_slice(&taken.firsts);
        Ok(())
    }

    /// How many enterprises.
    fn __len__(&self) -> usize {
        self.0.assessment.rows()
    }

    fn __repr__(&self) -> String {
        format!("xiangma.Assessment({} enterprises, card {})", self.0.assessment.rows(), &self.signature()[..12])
    }

    /// The signature of the card with the weights in force. Scores and ranks compare only under one.
    #[getter]
    fn signature(&self) -> String {
        self.0.ranking().signature()
    }

    /// The signature of the diagnosis; None without one.
    #[getter]
    fn diagnosis(&self) -> Option<&str> {
        self.0.diagnosis()
    }

    /// A digest of all scores and of the whole order: equal on every platform and engine for equal input.
    #[getter]
    fn digest(&self) -> String {
        format!("{:016x}", self.0.ranking().digest())
    }

    /// Ids of the criteria that nothing in this run could know; their weight is shared among the others.
    #[getter]
    fn left_out(&self) -> Vec<String> {
        self.0.assessment.left_out().map(str::to_owned).collect()
    }

    /// The weights in force, by criterion; they sum to 10 000.
    #[getter]
    fn weights(&self) -> Vec<(String, u32)> {
        let ids = self.0.assessment.card().criteria.iter().map(|c| c.id.clone());
        ids.zip(self.0.assessment.weights().iter().copied()).collect()
    }

    /// What became of every row and column of the table.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        from_json(py, &serde_json::to_string(&self.0.taken.intake.report).map_err(|e| bad_argument(e.to_string()))?)
    }
}
