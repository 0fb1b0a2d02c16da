//! Cases as data: what a file asks of the methods, and what they answer, for whoever wants to check the numbers.

use serde_json::{Map, Value, json};

use crate::error::{Error, Kind};
use crate::mcdm::correlate::is_rank;
use crate::mcdm::{
    Direction, Judgements, Matrix, Normalization, Preference, ahp, average_ranks, correlate, critic, entropy, merec, promethee_ii,
    standard_deviation, topsis, vikor, weighted_product, weighted_sum,
};

/// What a case may hold. What says where it comes from, and what others answered, is not read.
const KEYS: [&str; 12] =
    ["id", "kind", "method", "params", "matrix", "objectives", "weights", "expected", "source", "checks", "higher_is_better", "note"];

/// One case, checked as far as every kind needs it.
#[derive(Debug)]
struct Case<'v> {
    keys: &'v Map<String, Value>,
    kind: &'v str,
    method: &'v str,
}

/// Answers every case of a file: an object a case, with its `id` and what was asked for, or an `error` with code and message.
///
/// A case has `id`, `kind` (`normalization`, `score`, `weights`, `ahp`, `rank_correlation`), `method`, `params`, `matrix` (rows of
/// numbers), `objectives` (1 for benefit, −1 for cost; all benefit when left out) and `weights` (all alike when left out); `expected`,
/// `source`, `checks`, `higher_is_better` and `note` are not read. [The page on methods](crate::_documentation::methods) has methods and
/// parameters.
///
/// # Errors
///
/// `BAD_JSON` when the file is no list of cases, nor an object with one under `cases`; what is wrong with one case, and a key or a
/// parameter that no such case has, is told in its place.
pub fn run_cases(text: &str) -> Result<Vec<Value>, Error> {
    let file: Value = serde_json::from_str(text).map_err(|e| Error::from(Kind::BadJson(e.to_string())))?;
    let cases = file.as_array().or_else(|| file.get("cases")?.as_array());
    let no_list = || Kind::BadJson("expected a list of cases, or an object with a list of them under `cases`".to_owned());
    Ok(cases.ok_or_else(no_list)?.iter().map(answer).collect())
}

fn answer(case: &Value) -> Value {
    let mut out = match Case::read(case).and_then(|case| solve(&case)) {
        Ok(out) => out,
        Err(e) => json!({ "error": { "code": e.code(), "message": e.to_string(), "row": e.row(), "column": e.column() } }),
    };
    out["id"] = case.get("id").cloned().unwrap_or_default();
    out
}

fn bad(what: impl Into<String>) -> Error {
    Kind::BadArgument(what.into()).into()
}

/// Refuses, by name, a key that is not among those known.
fn only(known: &[&str], keys: &Map<String, Value>, what: &str) -> Result<(), Error> {
    match keys.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(bad(format!("`{key}` is no {what}; known: {}", known.join(", ")))),
        None => Ok(()),
    }
}

impl<'v> Case<'v> {
    fn read(case: &'v Value) -> Result<Self, Error> {
        let keys = case.as_object().ok_or_else(|| bad("a case is an object"))?;
        only(&KEYS, keys, "key of a case")?;
        let word = |key: &str| match keys.get(key) {
            None | Some(Value::Null) => Ok(""),
            Some(value) => value.as_str().ok_or_else(|| bad(format!("`{key}` is a word, not {value}"))),
        };
        let case = Self { keys, kind: word("kind")?, method: word("method")? };
        let params = match case.given("params") {
            None => return Ok(case),
            Some(params) => params.as_object().ok_or_else(|| bad(format!("`params` is an object, not {params}")))?,
        };
        // The last ones are notes that the reference cases have: not read.
        let known: &[&str] = match (case.kind, case.method) {
            ("score", "weighted_sum" | "weighted_product" | "topsis") => &["normalization"],
            ("score", "vikor") => &["v"],
            ("score", "promethee_ii") => &["preference_function", "q", "p"],
            ("weights", "critic") => &["direction"],
            ("ahp", _) => &["RI_saaty", "RI_pymcdm_TummalaLing1998"],
            ("rank_correlation", _) => &["x", "y", "has_ties"],
            _ => &[],
        };
        only(known, params, "parameter here")?;
        Ok(case)
    }

    /// What stands under a key, if anything.
    fn given(&self, key: &str) -> Option<&'v Value> {
        self.keys.get(key).filter(|value| !value.is_null())
    }

    /// The matrix; what is open or missing is none.
    fn cells(&self) -> Result<Vec<Vec<Option<f64>>>, Error> {
        let rows = self.given("matrix").and_then(Value::as_array).ok_or_else(|| bad("a case needs a `matrix`: a list of rows"))?;
        let cell = |r: usize, c: usize, x: &Value| match x {
            Value::Null => Ok(None),
            x => x.as_f64().map(Some).ok_or_else(|| bad(format!("{x} is no number")).at_row(r as u32 + 1).at_column((c + 1).to_string())),
        };
        let row = |(r, row): (usize, &Value)| {
            let row = row.as_array().ok_or_else(|| bad(format!("a row is a list, not {row}")).at_row(r as u32 + 1))?;
            row.iter().enumerate().map(|(c, x)| cell(r, c, x)).collect()
        };
        rows.iter().enumerate().map(row).collect()
    }

    fn table(&self) -> Result<Matrix, Error> {
        let rows: Vec<Vec<f64>> = self.cells()?.into_iter().map(|row| row.into_iter().map(|x| x.unwrap_or(f64::NAN)).collect()).collect();
        let direction = |(c, objective): (usize, f64)| match objective {
            1.0 => Ok(Direction::Benefit),
            -1.0 => Ok(Direction::Cost),
            other => Err(bad(format!("an objective is 1 for benefit or -1 for cost, not {other}")).at_column((c + 1).to_string())),
        };
        let objectives = numbers("objectives", self.given("objectives"))?.unwrap_or_else(|| vec![1.0; rows.first().map_or(0, Vec::len)]);
        let directions: Vec<Direction> = objectives.into_iter().enumerate().map(direction).collect::<Result<_, Error>>()?;
        Matrix::new(&rows, &directions)
    }

    fn param(&self, name: &str) -> Option<&'v Value> {
        self.given("params")?.get(name).filter(|value| !value.is_null())
    }

    /// A word among the parameters.
    fn word(&self, name: &str, usual: &'v str) -> Result<&'v str, Error> {
        self.param(name).map_or(Ok(usual), |value| value.as_str().ok_or_else(|| bad(format!("`{name}` is a word, not {value}"))))
    }

    fn normalization(&self, usual: &'v str) -> Result<Normalization, Error> {
        normalization(self.word("normalization", usual)?)
    }

    fn preferences(&self, criteria: usize) -> Result<Vec<Preference>, Error> {
        let name = self.word("preference_function", "usual")?;
        let list = |name: &str| Ok::<_, Error>(numbers(name, self.param(name))?.unwrap_or_default());
        let (q, p) = (list("q")?, list("p")?);
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

/// A list of numbers.
fn numbers(name: &str, list: Option<&Value>) -> Result<Option<Vec<f64>>, Error> {
    let Some(list) = list else { return Ok(None) };
    let all = list.as_array().ok_or_else(|| bad(format!("`{name}` is a list of numbers, not {list}")))?;
    let number = |x: &Value| x.as_f64().ok_or_else(|| bad(format!("`{name}` holds {x}, which is no number")));
    all.iter().map(number).collect::<Result<_, _>>().map(Some)
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

fn solve(case: &Case<'_>) -> Result<Value, Error> {
    match case.kind {
        "normalization" => {
            let table = case.table()?;
            let columns = table.normalized(normalization(case.method)?)?;
            let rows: Vec<Vec<f64>> = (0..table.rows).map(|r| columns.iter().map(|c| c[r]).collect()).collect();
            Ok(json!({ "matrix": rows }))
        }
        "score" => score(case),
        "weights" => {
            let table = case.table()?;
            let weights = match case.method {
                "entropy" => entropy(&table)?,
                "critic" => critic(&table, is_directed(case)?),
                "merec" => merec(&table)?,
                "std" | "standard_deviation" => standard_deviation(&table),
                other => return Err(bad(format!("`{other}` gives no weights; known: entropy, critic, merec, standard_deviation"))),
            };
            Ok(json!({ "weights": weights }))
        }
        "ahp" => {
            let found = ahp(&Judgements::new(&case.cells()?)?);
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
            let ranks = |name| {
                let ranks = numbers(name, case.param(name))?.ok_or_else(|| bad(format!("a list of ranks `{name}` is needed")))?;
                match ranks.iter().find(|x| !is_rank(**x)) {
                    Some(other) => Err(bad(format!("`{name}` holds {other}, which is no rank: from 0 to 10⁹"))),
                    None => Ok(ranks),
                }
            };
            let (x, y) = (ranks("x")?, ranks("y")?);
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

/// Whether costs are turned round before columns are correlated.
fn is_directed(case: &Case<'_>) -> Result<bool, Error> {
    const FLIPPED: &str = "cost criteria flipped before correlation";
    const NOT: &str = "all criteria treated as benefit (pymcdm and scikit-criteria)";
    match case.word("direction", NOT)? {
        FLIPPED => Ok(true),
        NOT => Ok(false),
        other => Err(bad(format!("`{other}` is no direction; known: {FLIPPED}, {NOT}"))),
    }
}

fn score(case: &Case<'_>) -> Result<Value, Error> {
    let table = case.table()?;
    let weights = numbers("weights", case.given("weights"))?.unwrap_or_else(|| vec![1.0; table.columns.len()]);
    let higher = |scores: Vec<f64>| json!({ "ranks": average_ranks(&scores, true), "scores": scores });
    Ok(match case.method {
        "weighted_sum" => higher(weighted_sum(&table, &weights, case.normalization("minmax")?)?),
        "weighted_product" => higher(weighted_product(&table, &weights, case.normalization("sum")?)?),
        "topsis" => higher(topsis(&table, &weights, case.normalization("vector")?)?),
        "promethee_ii" => {
            let flows = promethee_ii(&table, &weights, &case.preferences(table.columns.len())?)?;
            json!({ "ranks": average_ranks(&flows.net, true), "scores": flows.net, "phi_plus": flows.plus, "phi_minus": flows.minus })
        }
        "vikor" => {
            let v = case.param("v").map_or(Ok(0.5), |v| v.as_f64().ok_or_else(|| bad(format!("`v` is a number, not {v}"))))?;
            let found = vikor(&table, &weights, v)?;
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
