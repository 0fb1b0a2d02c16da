//! Enterprises of an assessment as columns.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{BooleanArray, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray};
use xiangma::{Match, Need, Ranking, ShownScore};

use crate::assessment::Judged;
use crate::table::Columns;

/// What is told of one enterprise beside its points.
struct Line {
    key: String,
    score: Option<ShownScore>,
    grade: String,
    sum: i32,
    strategy: Option<&'static str>,
    vetoes: String,
    reasons: Option<String>,
}

/// The columns of some enterprises, in the order of their rows. Ranks are there where they are given. Reasons, in
/// Chinese or in English, are there of all, or of those alone that are told.
pub fn list(
    judged: &Judged,
    ranking: &Ranking<'_>,
    rows: &[u32],
    ranks: Option<&[Option<usize>]>,
    reasons: Option<bool>,
    only: Option<&[u32]>,
) -> Columns {
    use rayon::prelude::*;
    let assessment = &judged.assessment;
    let enterprises = judged.enterprises();
    let criteria = assessment.card().criteria.len();
    let weights = ranking.weights();
    let park = judged.diagnosis.as_ref().map(|d| &d.park);
    let line = |row: &u32| {
        let at = *row as usize;
        let points = (0..criteria).map(|c| u32::from(assessment.points(c, at).unwrap_or(0)) * weights[c]);
        let is_wanted = only.is_none_or(|only| only.binary_search(row).is_ok());
        Line {
            key: enterprises[at].key().to_string(),
            score: ranking.score(at).map(|s| s.rounded()),
            grade: ranking.grade(at).to_owned(),
            sum: points.sum::<u32>() as i32,
            strategy: assessment.strategy(at, &judged.matches[at], park).map(Need::as_str),
            vetoes: assessment.vetoes(at).map(|v| v.id.as_str()).collect::<Vec<_>>().join(","),
            reasons: reasons.filter(|_| is_wanted).and_then(|is_chinese| in_words(judged, ranking, at, is_chinese)),
        }
    };
    let lines: Vec<Line> = rows.par_iter().with_min_len(256).map(line).collect();
    let at = |row: &u32| assessment.place(*row as usize, &judged.matches[*row as usize]);
    let places: Vec<Option<&Match>> = rows.iter().map(at).collect();
    let of_row = |of: &dyn Fn(usize) -> Option<String>| rows.iter().map(|row| of(*row as usize)).collect::<StringArray>();
    let of_line = |of: &dyn Fn(&Line) -> Option<String>| lines.iter().map(of).collect::<StringArray>();
    let of_place = |of: &dyn Fn(&Match) -> Option<String>| places.iter().map(|m| m.and_then(of)).collect::<StringArray>();
    let figure = |of: fn(ShownScore) -> f64| lines.iter().map(|l| l.score.map(of)).collect::<Float64Array>();
    let number = |numbers: &[i64]| Int64Array::from(rows.iter().map(|row| numbers[*row as usize]).collect::<Vec<_>>());
    let mut columns = Columns::default();
    if let Some(ranks) = ranks {
        columns.push("rank", ranks.iter().map(|rank| rank.map(|r| r as i64)).collect::<Int64Array>());
    }
    columns.push("row", number(&judged.taken.rows));
    columns.push("first", number(&judged.taken.firsts));
    columns.push("key", of_line(&|l| Some(l.key.clone())));
    columns.push("name", of_row(&|row| Some(enterprises[row].name.clone())));
    columns.push("code", of_row(&|row| enterprises[row].credit_code.map(|c| c.to_string())));
    columns.push("province", of_row(&|row| enterprises[row].region.province.clone()));
    columns.push("score", figure(|s| s.score));
    columns.push("low", figure(|s| s.low));
    columns.push("high", figure(|s| s.high));
    columns.push("coverage", figure(|s| s.coverage));
    columns.push("grade", of_line(&|l| Some(l.grade.clone())));
    columns.push("chain", of_place(&|m| Some(m.chain.to_string())));
    columns.push("link", of_place(&|m| m.link.as_deref().map(str::to_owned)));
    columns.push("confirmed", BooleanArray::from(places.iter().map(|m| m.is_some_and(Match::is_believed)).collect::<Vec<_>>()));
    columns.push("role", of_place(&|m| m.is_believed().then(|| m.role.as_str().to_owned())));
    columns.push("confidence", places.iter().map(|m| m.map(|m| i32::from(m.confidence))).collect::<Int32Array>());
    columns.push("strategy", of_line(&|l| l.strategy.map(str::to_owned)));
    columns.push("vetoes", of_line(&|l| Some(l.vetoes.clone())));
    columns.push("ruled_out", BooleanArray::from(rows.iter().map(|r| !assessment.eligible().contains(*r as usize)).collect::<Vec<_>>()));
    columns.push("sum", Int32Array::from(lines.iter().map(|l| l.sum).collect::<Vec<_>>()));
    for (c, criterion) in assessment.card().criteria.iter().enumerate() {
        let points = rows.iter().map(|row| assessment.points(c, *row as usize).map(i32::from));
        columns.push(format!("points_{}", criterion.id), points.collect::<Int32Array>());
    }
    if reasons.is_some() {
        columns.push("reasons", of_line(&|l| l.reasons.clone()));
    }
    columns.push("card", repeated(Some(&ranking.signature()), rows.len()));
    columns.push("diagnosis", repeated(judged.diagnosis(), rows.len()));
    columns
}

/// The reasons of one enterprise as a sentence.
fn in_words(judged: &Judged, ranking: &Ranking<'_>, row: usize, is_chinese: bool) -> Option<String> {
    let reasons = judged.reasons(ranking, row)?.reasons;
    let words: Vec<String> = reasons.into_iter().map(|r| if is_chinese { r.zh } else { r.en }).collect();
    Some(words.join(if is_chinese { "；" } else { "; " }))
}

/// One text in every row, which is kept once.
fn repeated(text: Option<&str>, rows: usize) -> DictionaryArray<Int32Type> {
    let values = StringArray::from_iter_values(text);
    let keys: Int32Array = (0..rows).map(|_| text.map(|_| 0)).collect();
    DictionaryArray::new(keys, Arc::new(values))
}
