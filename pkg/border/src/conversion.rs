//! Chances learned from outcomes, across the border.

use wasm_bindgen::prelude::*;

use super::{RawSession, out, thrown};
use xiangma::learn::{Conversion, Drift, FeatureContribution, Frame, Prediction, explore};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("conversion.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Drift")]
    pub type JsDrift;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "FeatureContribution[] | undefined")]
    pub type JsContributions;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "TableColumn[]")]
    pub type JsColumns;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "{ model: string; report: TrainReport }")]
    pub type JsTrained;
}

/// A learned model, and the chances it gave last. Call `free()` when done with it.
#[wasm_bindgen(js_name = RawConversion)]
#[derive(Debug)]
pub struct RawConversion {
    model: Conversion,
    told: Vec<Prediction>,
    drift: Option<Drift>,
}

#[wasm_bindgen(js_class = RawConversion)]
impl RawConversion {
    /// Reads a model from JSON text.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str) -> Result<RawConversion, JsValue> {
        let model = Conversion::from_json(json).map_err(|e| thrown(&e))?;
        Ok(Self { model, told: Vec::new(), drift: None })
    }

    /// Gives every row of a table its chance, and of a model that is not to be used none; how many chances there are.
    pub fn predict(&mut self, bytes: &[u8]) -> Result<usize, JsValue> {
        let frame = Frame::read_with_enterprises(bytes, self.model.is_of_enterprises, &self.model.apart()).map_err(|e| thrown(&e))?.0;
        self.told = if self.model.is_usable() { self.model.predict_anyway(&frame) } else { Vec::new() };
        self.drift = Some(self.model.drift(&frame, &self.told));
        Ok(self.told.len())
    }

    /// `use`, `check_leaks` or `do_not_use`: only a model to use gives chances.
    pub fn verdict(&self) -> String {
        self.model.verdict.clone()
    }

    /// The numbers of the rows in their file.
    pub fn rows(&self) -> Vec<u32> {
        self.told.iter().map(|p| p.row).collect()
    }

    /// Chance, low and high of every row, one after the other.
    pub fn chances(&self) -> Vec<f64> {
        self.told.iter().flat_map(|p| [p.probability, p.low, p.high]).collect()
    }

    /// What makes the chance of one row, by its place.
    pub fn contributions(&self, place: usize) -> Result<JsContributions, JsValue> {
        out(&self.told.get(place).map(|p| &p.contributions as &Vec<FeatureContribution>))
    }

    /// How the table differs from what was learned from.
    pub fn drift(&self) -> Result<JsDrift, JsValue> {
        out(&self.drift)
    }

    /// Places of rows worth a visit for what they would teach.
    pub fn explore(&self, most: usize) -> Vec<u32> {
        explore(&self.told, most).into_iter().map(|place| place as u32).collect()
    }
}

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    /// Which candidates were read from these rows of the file; the largest number there is for none.
    #[wasm_bindgen(js_name = rowsAt)]
    pub fn rows_at(&self, numbers: &[u32]) -> Vec<u32> {
        numbers.iter().map(|n| self.session.row_at(*n).map_or(u32::MAX, |row| row as u32)).collect()
    }
}

/// One column of a table.
#[cfg(feature = "train")]
#[derive(serde::Serialize)]
struct Column {
    name: String,
    /// Its values with how many rows have each, the most frequent first; none where there are more than a dozen.
    values: Vec<(String, usize)>,
}

/// The columns of any table.
#[cfg(feature = "train")]
#[wasm_bindgen(js_name = tableColumns)]
pub fn table_columns(bytes: &[u8]) -> Result<JsColumns, JsValue> {
    const SHOWN: usize = 12;
    let frame = Frame::read(bytes).map_err(|e| thrown(&e))?;
    let column = |(name, cells): (&String, &Vec<String>)| {
        let mut counts = std::collections::BTreeMap::<&str, usize>::new();
        for cell in cells.iter().filter(|c| !c.is_empty()) {
            *counts.entry(cell).or_default() += 1;
            if counts.len() > SHOWN {
                counts.clear();
                break;
            }
        }
        let mut values: Vec<(String, usize)> = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
        // Equals stay in their order.
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Column { name: name.clone(), values }
    };
    out(&frame.headers().iter().zip(frame.columns()).map(column).collect::<Vec<_>>())
}

/// Learns a model from a table; the options as JSON text.
#[cfg(feature = "train")]
#[wasm_bindgen(js_name = trainConversion)]
pub fn train_conversion(bytes: &[u8], options: &str) -> Result<JsTrained, JsValue> {
    use xiangma::learn::{TrainOptions, TrainReport, train};

    #[derive(serde::Serialize)]
    struct Trained {
        model: String,
        report: TrainReport,
    }
    let options: TrainOptions = serde_json::from_str(options).map_err(|e| super::bad_argument(format!("the options: {e}")))?;
    let learned = || {
        let (frame, is_of_enterprises) = Frame::read_with_enterprises(bytes, true, &options.apart())?;
        let (model, report) = train(&frame, &options)?;
        Ok(Trained { model: model.of_enterprises(is_of_enterprises).to_json(), report })
    };
    out(&learned().map_err(|e: xiangma::Error| thrown(&e))?)
}
