//! Cases as data: what a file asks of the methods, and what they answer, for whoever wants to check the numbers.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::error::{Error, Kind};
use crate::mcdm::{
    Direction, Judgements, Matrix, Normalization, Preference, ahp, average_ranks, correlate, critic, entropy, merec, promethee_ii,
    standard_deviation, topsis, vikor, weighted_product, weighted_sum,
};

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum File {
    Cases { cases: Vec<Case> },
    List(Vec<Case>),
}

#[derive(Debug, Deserialize)]
struct Case {
    #[serde(default)]
    id: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    params: Option<Map<String, Value>>,
    #[serde(default)]
    matrix: Option<Vec<Vec<Option<f64>>>>,
    #[serde(default)]
    objectives: Option<Vec<f64>>,
    #[serde(default)]
    weights: Option<Vec<f64>>,
}

/// Answers every case of a file: an object a case, with its `id` and what was asked for, or an `error` with code and message.
///
/// A case has `kind` (`normalization`, `score`, `weights`, `ahp`, `rank_correlation`), `method`, `params`, `matrix` (rows of numbers),
/// `objectives` (1 for benefit, −1 for cost) and `weights`.
///
/// # Errors
///
/// `BAD_JSON` when the file is no list of cases; what is wrong with one case is told in its place.
pub fn run_cases(text: &str) -> Result<Vec<Value>, Error> {
    let file: File = serde_json::from_str(text).map_err(|e| Error::from(Kind::BadJson(e.to_string())))?;
    let (File::Cases { cases } | File::List(cases)) = file;
    Ok(cases.iter().map(answer).collect())
}

fn answer(case: &Case) -> Value {
    let mut out = match solve(case) {
        Ok(out) => out,
        Err(e) => json!({ "error": { "code": e.code(), "message": e.to_string(), "row": e.row(), "column": e.column() } }),
    };
    out["id"] = json!(case.id);
    out
}

fn bad(what: impl Into<String>) -> Error {
    Kind::BadArgument(what.into()).into()
}

impl Case {
    fn rows(&self) -> Result<Vec<Vec<f64>>, Error> {
        let rows = self.matrix.as_ref().ok_or_else(|| bad("a case needs a matrix"))?;
        Ok(rows.iter().map(|row| row.iter().map(|x| x.unwrap_or(f64::NAN)).collect()).collect())
    }

    fn table(&self) -> Result<Matrix, Error> {
        let rows = self.rows()?;
        let width = rows.first().map_or(0, Vec::len);
        let objectives = self.objectives.clone().unwrap_or_else(|| vec![1.0; width]);
        let directions: Vec<Direction> = objectives.iter().map(|o| if *o < 0.0 { Direction::Cost } else { Direction::Benefit }).collect();
        Matrix::new(&rows, &directions)
    }

    fn param(&self, name: &str) -> Option<&Value> {
        self.params.as_ref()?.get(name)
    }

    fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        self.param(name)?.as_array().map(|list| list.iter().map(|v| v.as_f64().unwrap_or(f64::NAN)).collect())
    }

    fn preferences(&self, criteria: usize) -> Result<Vec<Preference>, Error> {
        let name = self.param("preference_function").and_then(Value::as_str).unwrap_or("usual");
        let (q, p) = (self.numbers("q").unwrap_or_default(), self.numbers("p").unwrap_or_default());
        let at =
            |list: &[f64], c: usize| list.get(c).copied().ok_or_else(|| bad(format!("`{name}` needs a threshold for criterion {}", c + 1)));
        (0..criteria)
            .map(|c| {
                Ok(match name {
                    "usual" => Preference::Usual,
                    "ushape" => Preference::UShape { q: at(&q, c)? },
                    "vshape" => Preference::VShape { p: at(&p, c)? },
                    "level" => Preference::Level { q: at(&q, c)?, p: at(&p, c)? },
                    "vshape_2" | "linear" => Preference::Linear { q: at(&q, c)?, p: at(&p, c)? },
                    other => {
                        return Err(bad(format!("`{other}` is no preference function; known: usual, ushape, vshape, level, vshape_2")));
                    }
                })
            })
            .collect()
    }
}

fn normalization(name: &str) -> Result<Normalization, Error> {
    Ok(match name {
        "minmax" => Normalization::MinMax,
        "max" => Normalization::Max,
        "sum" => Normalization::Sum,
        "vector" => Normalization::Vector,
        "linear" => Normalization::Linear,
        other => return Err(bad(format!("`{other}` is no normalization; known: minmax, max, sum, vector, linear"))),
    })
}

fn solve(case: &Case) -> Result<Value, Error> {
    match case.kind.as_str() {
        "normalization" => {
            let table = case.table()?;
            let columns = table.normalized(normalization(&case.method)?)?;
            let rows: Vec<Vec<f64>> = (0..table.rows).map(|r| columns.iter().map(|c| c[r]).collect()).collect();
            Ok(json!({ "matrix": rows }))
        }
        "score" => score(case),
        "weights" => {
            let table = case.table()?;
            let directed = case.param("direction").and_then(Value::as_str).is_some_and(|d| d.contains("flipped"));
            let weights = match case.method.as_str() {
                "entropy" => entropy(&table)?,
                "critic" => critic(&table, directed),
                "merec" => merec(&table)?,
                "std" | "standard_deviation" => standard_deviation(&table),
                other => return Err(bad(format!("`{other}` gives no weights; known: entropy, critic, merec, standard_deviation"))),
            };
            Ok(json!({ "weights": weights }))
        }
        "ahp" => {
            let rows = case.matrix.as_ref().ok_or_else(|| bad("a case needs a matrix"))?;
            let found = ahp(&Judgements::new(rows)?);
            Ok(json!({
                "weights": found.weights,
                "geometric_mean_weights": found.geometric,
                "lambda_max": found.lambda_max,
                "CI": found.consistency_index,
                "CR_saaty_RI": found.consistency_ratio,
                "revise": found.revise,
            }))
        }
        "rank_correlation" => {
            let (x, y) = (case.numbers("x").unwrap_or_default(), case.numbers("y").unwrap_or_default());
            let found = correlate(&x, &y).ok_or_else(|| bad("two lists of ranks of equal length, of two or more, are needed"))?;
            Ok(json!({
                "spearman": found.spearman,
                "kendall_tau_a": found.kendall_a,
                "kendall_tau_b": found.kendall_b,
                "weighted_spearman": found.weighted_spearman,
                "ws": found.ws,
            }))
        }
        other => Err(bad(format!("`{other}` is no kind of case; known: normalization, score, weights, ahp, rank_correlation"))),
    }
}

fn score(case: &Case) -> Result<Value, Error> {
    let table = case.table()?;
    let weights = case.weights.clone().unwrap_or_else(|| vec![1.0; table.columns.len()]);
    let by = |usual: &str| normalization(case.param("normalization").and_then(Value::as_str).unwrap_or(usual));
    let higher = |scores: Vec<f64>| json!({ "ranks": average_ranks(&scores, true), "scores": scores });
    Ok(match case.method.as_str() {
        "weighted_sum" => higher(weighted_sum(&table, &weights, by("minmax")?)?),
        "weighted_product" => higher(weighted_product(&table, &weights, by("sum")?)?),
        "topsis" => higher(topsis(&table, &weights, by("vector")?)?),
        "promethee_ii" => {
            let flows = promethee_ii(&table, &weights, &case.preferences(table.columns.len())?)?;
            json!({ "ranks": average_ranks(&flows.net, true), "scores": flows.net, "phi_plus": flows.plus, "phi_minus": flows.minus })
        }
        "vikor" => {
            let found = vikor(&table, &weights, case.param("v").and_then(Value::as_f64).unwrap_or(0.5))?;
            json!({
                "ranks": average_ranks(&found.q, false), "scores": found.q, "S": found.s, "R": found.r,
                "acceptable_advantage": found.acceptable_advantage,
                "acceptable_stability": found.acceptable_stability,
                "compromise_set": found.compromise,
            })
        }
        other => {
            let known = "weighted_sum, weighted_product, topsis, vikor, promethee_ii";
            return Err(bad(format!("`{other}` is no method; known: {known}")));
        }
    })
}
