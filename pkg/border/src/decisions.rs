//! What a review meeting asks, across the border.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{RawSession, out, out_as_text, thrown};
use xiangma::mcdm::{DataWeights, Panel, blend, run_cases, whole_weights};
use xiangma::monitor::{CriterionDrift, Edition, Movement};
use xiangma::{DrawOptions, Enterprise, Error, Method, Scorecard};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("decisions.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Comparison | undefined")]
    pub type JsComparison;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Lift | undefined")]
    pub type JsLift;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Robustness")]
    pub type JsRobustness;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Balance[]")]
    pub type JsBalance;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "RegionCount[]")]
    pub type JsRegions;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Cells")]
    pub type JsCells;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Since")]
    pub type JsSince;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "PanelWeights")]
    pub type JsPanel;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Blend")]
    pub type JsBlend;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "CardChange[]")]
    pub type JsChanges;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "{ zh: string; en: string }")]
    pub type JsLabel;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Record<string, unknown>[]")]
    pub type JsAnswers;
}

#[derive(Serialize)]
struct Since {
    movement: Movement,
    drift: Vec<CriterionDrift>,
}

#[derive(Serialize)]
struct Cells {
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct RegionCount<'a> {
    name: &'a str,
    count: usize,
}

fn card(json: &str) -> Result<Scorecard, JsValue> {
    Scorecard::from_json(json).map_err(|e| thrown(&e))
}

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    fn of_ranking<T>(&self, work: impl FnOnce(&xiangma::Ranking<'_>) -> Result<T, Error>) -> Result<T, JsValue> {
        work(&self.ranked()?).map_err(|e| thrown(&e))
    }

    /// Why one of two rows stands above the other.
    pub fn compare(&self, a: usize, b: usize) -> Result<JsComparison, JsValue> {
        out(&self.session.compare(a, b))
    }

    /// What would lift a row into the best `k`.
    pub fn lift(&self, row: usize, k: usize) -> Result<JsLift, JsValue> {
        out(&self.session.lift(row, k))
    }

    /// The rank of a row at every weight of a criterion, 0 to 10 000.
    #[wasm_bindgen(js_name = ranksAlong)]
    pub fn ranks_along(&self, row: usize, criterion: usize) -> Vec<u32> {
        self.session.ranking().map_or_else(Vec::new, |r| r.ranks_along(row, criterion))
    }

    /// The signature of the scorecard with the weights in force.
    pub fn signature(&self) -> String {
        self.session.scorecard_in_force().signature()
    }

    /// How firm the best `k` are.
    pub fn robustness(&self, k: usize, draws: u32, seed: u32, spread: u16) -> Result<JsRobustness, JsValue> {
        out(&self.of_ranking(|r| r.robustness(k, draws, DrawOptions::new().seed(seed.into()).spread(spread)))?)
    }

    /// The facts of some rows as texts, and their headings.
    pub fn cells(&self, rows: &[u32]) -> Result<JsCells, JsValue> {
        let candidates = self.session.candidates();
        let rows = rows.iter().filter_map(|row| candidates.get(*row as usize)).map(|e| Vec::from(e.cells())).collect();
        out_as_text(&Cells { columns: Enterprise::COLUMNS.to_vec(), rows })
    }

    /// Row numbers of the best `k` by another method.
    pub fn opinion(&self, method: &str, k: usize) -> Result<Vec<u32>, JsValue> {
        let mut order = self.of_ranking(|r| r.opinion(Method::named(method)?))?.order;
        order.truncate(k);
        Ok(order)
    }

    /// Whether the best `k` mirror all candidates.
    pub fn balance(&self, k: usize) -> Result<JsBalance, JsValue> {
        out(&self.session.balance(k))
    }

    /// The provinces and cities of the candidates, those with the most first.
    pub fn regions(&self) -> Result<JsRegions, JsValue> {
        let regions = self.session.regions();
        out(&regions.iter().map(|(name, count)| RegionCount { name, count: *count }).collect::<Vec<_>>())
    }

    /// How many candidates lie in a region, as `target` reads one.
    #[wasm_bindgen(js_name = countIn)]
    pub fn count_in(&self, region: &str) -> usize {
        self.session.count_in(region)
    }

    /// Weights from the points themselves, as shares.
    #[wasm_bindgen(js_name = dataWeights)]
    pub fn data_weights(&self, by: &str) -> Result<Vec<f64>, JsValue> {
        self.of_ranking(|r| DataWeights::named(by)?.of(&r.points_table()?))
    }

    /// The list as it stands, as JSON Lines.
    pub fn edition(&self) -> Result<String, JsValue> {
        self.of_ranking(|_| Ok(()))?;
        Ok(self.session.edition().map_or_else(String::new, |e| e.to_jsonl()))
    }

    /// What moved since an edition.
    pub fn since(&self, before: &str, k: usize) -> Result<JsSince, JsValue> {
        let since = self.of_ranking(|_| {
            let (before, now) = (Edition::from_jsonl(before)?, self.session.edition().unwrap_or_default());
            Ok(Since { movement: now.movement(&before, k)?, drift: now.drift(&before)? })
        })?;
        out(&since)
    }
}

/// The weights of a panel, from strict JSON text.
#[wasm_bindgen(js_name = weighPanel)]
pub fn weigh_panel(json: &str) -> Result<JsPanel, JsValue> {
    out(&Panel::from_json(json).and_then(|p| p.weigh()).map_err(|e| thrown(&e))?)
}

/// Weights of people and of data, joined.
#[wasm_bindgen(js_name = blendWeights)]
pub fn blend_weights(expert: &[f64], data: &[f64], share: f64) -> Result<JsBlend, JsValue> {
    out(&blend(expert, data, share).map_err(|e| thrown(&e))?)
}

/// Shares as whole weights that sum to 10 000.
#[wasm_bindgen(js_name = wholeWeights)]
pub fn whole(shares: &[f64]) -> Result<Vec<u32>, JsValue> {
    whole_weights(shares).map_err(|e| thrown(&e))
}

/// What is different in a second scorecard.
#[wasm_bindgen(js_name = compareScorecards)]
pub fn compare_scorecards(a: &str, b: &str) -> Result<JsChanges, JsValue> {
    out(&card(a)?.changes(&card(b)?))
}

/// A scorecard as a document to sign.
#[wasm_bindgen(js_name = printScorecard)]
pub fn print_scorecard(json: &str) -> Result<JsLabel, JsValue> {
    out(&card(json)?.printed())
}

/// Answers cases of multi-criteria methods.
#[wasm_bindgen]
pub fn mcdm(json: &str) -> Result<JsAnswers, JsValue> {
    out(&run_cases(json).map_err(|e| thrown(&e))?)
}
