//! A list as it was given out, as a file that says what it came from.

use serde::{Deserialize, Serialize};

use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
use crate::monitor::basis::Basis;
use crate::rank::Ranking;

/// A ranking as it was given out: this month's, or one read back from an export.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edition {
    /// [`Ranking::signature`] of the ranking.
    pub signature: String,
    /// What else it came from.
    pub basis: Basis,
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
    /// The credit code, by which the same enterprise is found again.
    pub credit_code: Option<String>,
    /// The province: where there is no code, the name and the province tell who it is.
    pub province: Option<String>,
    /// The rank, from 1.
    pub rank: usize,
    /// The score as shown, 0 to 100.
    pub score: f64,
    /// Points a criterion, 0 to 10 000.
    pub points: Vec<u16>,
    /// How much of them rests on facts, 0 to 10 000.
    pub known: Vec<u16>,
}

const FORMAT: &str = "xiangma-edition";

/// The version that is written. Version 1 had no first line: each line said the signature and its criteria, and nothing of the rest.
const VERSION: u32 = 2;

/// The first line of a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    version: u32,
    signature: String,
    basis: Basis,
    criteria: Vec<String>,
}

/// Any other.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    rank: usize,
    name: String,
    credit_code: Option<String>,
    province: Option<String>,
    /// As text: it is read back as the very number it was.
    score: String,
    points: Vec<u16>,
    known: Vec<u16>,
}

/// A line of version 1, or of the JSON Lines that `xiangma rank` writes.
#[derive(Deserialize)]
struct Record {
    rank: usize,
    name: String,
    #[serde(default)]
    credit_code: Option<String>,
    #[serde(default)]
    province: Option<String>,
    score: f64,
    #[serde(default)]
    signature: Option<String>,
    /// In the first line, of all.
    #[serde(default)]
    basis: Option<Basis>,
    #[serde(default)]
    method: Option<String>,
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
        let order = ranking.top(assessment.rows());
        let ranks = ranking.ranks_of(&order);
        let placed = order.into_iter().zip(ranks).filter_map(|(row, rank)| {
            let rank = rank?;
            let row = row as usize;
            let (e, score) = (enterprises.get(row)?, ranking.score(row)?);
            Some(Placed {
                name: e.name.clone(),
                credit_code: e.credit_code.map(|c| c.as_str().to_owned()),
                province: e.region.province.clone(),
                rank,
                // As every front end shows it: an export and a table ranked anew are the same list.
                score: score.shown().parse().unwrap_or(score.score),
                points: (0..criteria.len()).filter_map(|c| assessment.points(c, row)).collect(),
                known: assessment.unknowns.of(row).iter().map(|g| g.known).collect(),
            })
        });
        Self { signature: ranking.signature(), basis: Basis::new(ranking), placed: placed.collect(), criteria }
    }

    /// The same edition with more said of what it came from.
    pub fn on(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }

    /// The edition as JSON Lines, to be read back by [`from_jsonl`](Self::from_jsonl) when the next is out: first what it came from, then a
    /// line an enterprise.
    pub fn to_jsonl(&self) -> String {
        let head = Head {
            format: FORMAT.to_owned(),
            version: VERSION,
            signature: self.signature.clone(),
            basis: self.basis.clone(),
            criteria: self.criteria.clone(),
        };
        let mut text = written(&head);
        for placed in &self.placed {
            text += &written(&Line {
                rank: placed.rank,
                name: placed.name.clone(),
                credit_code: placed.credit_code.clone(),
                province: placed.province.clone(),
                score: placed.score.to_string(),
                points: placed.points.clone(),
                known: placed.known.clone(),
            });
        }
        text
    }

    /// Reads back an edition: [`to_jsonl`](Self::to_jsonl) of this version or an older one, or the JSON Lines that `xiangma rank` writes. What
    /// an older one does not say is not known.
    ///
    /// # Errors
    ///
    /// `BAD_JSON`, naming the line, for what is no such export, or of a version to come; `OTHER_SCORECARD` when lines have different
    /// signatures, or none; `OTHER_BASIS` when they came from different things; `NO_ROWS` for nothing at all.
    pub fn from_jsonl(text: &str) -> Result<Self, Error> {
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines().zip(1_u32..).filter(|(line, _)| !line.trim().is_empty());
        let Some((first, number)) = lines.next() else { return Err(Kind::NoRows.into()) };
        // A head says what it is; anything else is a line of an enterprise.
        if !serde_json::from_str::<serde_json::Value>(first).is_ok_and(|v| v.get("format").is_some()) {
            return Self::from_records(std::iter::once((first, number)).chain(lines));
        }
        let head: Head = read(first, number)?;
        let bad = |what: String, row: u32| Error::from(Kind::BadJson(what)).at_row(row);
        if head.format != FORMAT || head.version != VERSION {
            let (format, version) = (head.format, head.version);
            return Err(bad(format!("expected `{FORMAT}` of version {VERSION} or older, found `{format}` version {version}"), number));
        }
        let mut placed = Vec::new();
        for (line, number) in lines {
            let line: Line = read(line, number)?;
            let score: f64 = line.score.parse().map_err(|_| bad(format!("`{}` is no score", line.score), number))?;
            if !score.is_finite() || line.points.len() != head.criteria.len() || line.known.len() != head.criteria.len() {
                return Err(bad("a score, and points of every criterion, are needed".to_owned(), number));
            }
            let Line { rank, name, credit_code, province, points, known, .. } = line;
            placed.push(Placed { name, credit_code, province, rank, score, points, known });
        }
        Ok(Self { signature: head.signature, basis: head.basis, criteria: head.criteria, placed })
    }

    fn from_records<'t>(lines: impl Iterator<Item = (&'t str, u32)>) -> Result<Self, Error> {
        let mut edition = Self::default();
        for (line, number) in lines {
            let record: Record = read(line, number)?;
            let signature = record.signature.unwrap_or_default();
            let criteria: Vec<String> = record.contributions.iter().map(|p| p.criterion.clone()).collect();
            // Exports said the method before they said anything else of the kind.
            let basis = match record.basis {
                None if !edition.placed.is_empty() => {
                    let method = record.method.or_else(|| edition.basis.method.clone());
                    Basis { method, ..edition.basis.clone() }
                }
                basis => {
                    let basis = basis.unwrap_or_default();
                    Basis { method: basis.method.or(record.method), ..basis }
                }
            };
            if edition.placed.is_empty() {
                (edition.signature, edition.basis, edition.criteria) = (signature.clone(), basis.clone(), criteria.clone());
            }
            if signature.is_empty() || signature != edition.signature || criteria != edition.criteria {
                return Err(Error::from(Kind::OtherScorecard { before: edition.signature, now: signature }).at_row(number));
            }
            if basis != edition.basis {
                let (mut unlike, told) = basis.unlike(&edition.basis);
                unlike.extend(told);
                return Err(Error::from(Kind::OtherBasis(super::movement::named(&unlike))).at_row(number));
            }
            edition.placed.push(Placed {
                name: record.name,
                credit_code: record.credit_code,
                province: record.province,
                rank: record.rank,
                score: record.score,
                points: record.contributions.iter().map(|p| p.points).collect(),
                known: record.contributions.iter().map(|p| p.known).collect(),
            });
        }
        Ok(edition)
    }
}

fn read<T: serde::de::DeserializeOwned>(line: &str, number: u32) -> Result<T, Error> {
    serde_json::from_str(line).map_err(|e| Error::from(Kind::BadJson(e.to_string())).at_row(number))
}

/// A line.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
