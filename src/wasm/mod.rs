//! The border to JavaScript: a handle, shapes, and nothing else.

#[cfg(feature = "batches")]
mod batches;
#[cfg(feature = "conversion")]
mod conversion;
#[cfg(feature = "decisions")]
mod decisions;
mod shape;

use js_sys::{Error as JsError, Function, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{Catalogue, Date, Error, Scorecard, Session};

/// Reads a day. The parser of the calendar library knows every format there is, and weighs as much.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-').map(|part| if part.bytes().all(|b| b.is_ascii_digit()) { part.parse::<i16>().ok() } else { None });
    let mut next = || parts.next().flatten();
    let (year, month, day) = (next()?, next()?, next()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "IntakeReport")]
    pub type JsReport;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Overview")]
    pub type JsOverview;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "RankedRow[]")]
    pub type JsRows;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "({ row: RankedRow } & Omit<Detail, keyof RankedRow>) | undefined")]
    pub type JsDetail;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Facets")]
    pub type JsFacets;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "LinkState[] | undefined")]
    pub type JsDiagnosis;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "ChainInfo[]")]
    pub type JsChains;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Finding[]")]
    pub type JsFindings;
}

/// The one error JavaScript sees: `XiangmaError` with `code`, `message`, and `row` and `column` where known.
fn thrown(error: &Error) -> JsValue {
    let js = JsError::new(&error.to_string());
    js.set_name("XiangmaError");
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&js, &"code".into(), &error.code().into());
    if let Some(row) = error.row() {
        let _ = Reflect::set(&js, &"row".into(), &row.into());
    }
    if let Some(column) = error.column() {
        let _ = Reflect::set(&js, &"column".into(), &column.into());
    }
    js.into()
}

fn out<T: JsCast>(value: &impl Serialize) -> Result<T, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map(JsCast::unchecked_into).map_err(|e| JsError::new(&e.to_string()).into())
}

fn bad_argument(what: String) -> JsValue {
    thrown(&crate::error::Kind::BadArgument(what).into())
}

/// One sitting, from files to ranking. Call `free()` when done with it.
#[wasm_bindgen(js_name = RawSession)]
#[derive(Debug)]
pub struct RawSession(Session);

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    /// An empty sitting, judged on a day written YYYY-MM-DD.
    #[wasm_bindgen(constructor)]
    pub fn new(as_of: &str) -> Result<RawSession, JsValue> {
        let day = day(as_of).ok_or_else(|| bad_argument(format!("`{as_of}` is not a day written YYYY-MM-DD")))?;
        Session::new(day).map(Self).map_err(|e| thrown(&e))
    }

    /// Reads the file of candidates; tells from time to time which share of it is read.
    #[wasm_bindgen(js_name = loadCandidates)]
    pub fn load_candidates(&mut self, bytes: &[u8], progress: Option<Function>) -> Result<JsReport, JsValue> {
        let mut tell = |share: f64| {
            if let Some(progress) = &progress {
                // A listener that fails must not stop the work.
                let _ = progress.call1(&JsValue::UNDEFINED, &share.into());
            }
        };
        out(self.0.load_candidates_with(bytes, &mut tell).map_err(|e| thrown(&e))?)
    }

    /// Reads the file of resident firms.
    #[wasm_bindgen(js_name = loadResidents)]
    pub fn load_residents(&mut self, bytes: &[u8]) -> Result<JsReport, JsValue> {
        out(self.0.load_residents(bytes).map_err(|e| thrown(&e))?)
    }

    /// Forgets the residents.
    #[wasm_bindgen(js_name = clearResidents)]
    pub fn clear_residents(&mut self) {
        self.0.clear_residents();
    }

    /// Adds chains of the team's own, as JSON text.
    #[wasm_bindgen(js_name = addChains)]
    pub fn add_chains(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_chains(json).map_err(|e| thrown(&e))
    }

    /// Sets the target chains (all when empty) and the regions within reach.
    pub fn target(&mut self, chains: Vec<String>, regions: Vec<String>) -> Result<(), JsValue> {
        self.0.target(&chains, &regions).map_err(|e| thrown(&e))
    }

    /// Sets the scorecard, as strict JSON text.
    #[wasm_bindgen(js_name = setScorecard)]
    pub fn set_scorecard(&mut self, json: &str) -> Result<(), JsValue> {
        let card = Scorecard::from_json(json).map_err(|e| thrown(&e))?;
        self.0.set_scorecard(card).map_err(|e| thrown(&e))
    }

    /// The scorecard in force, as JSON text.
    pub fn scorecard(&self) -> String {
        self.0.scorecard().to_json()
    }

    /// Locates up to `count` more enterprises; returns how many are left.
    pub fn locate(&mut self, count: usize) -> usize {
        self.0.locate(count)
    }

    /// Gives points. After it there is a ranking.
    pub fn assess(&mut self) -> Result<JsOverview, JsValue> {
        self.0.assess().map_err(|e| thrown(&e))?;
        out(&shape::overview(&self.0))
    }

    /// Ranks again with new weights, one per criterion, each 0 to 10 000.
    #[wasm_bindgen(js_name = setWeights)]
    pub fn set_weights(&mut self, weights: &[u32]) -> Result<(), JsValue> {
        self.0.set_weights(weights).map_err(|e| thrown(&e))
    }

    /// Changes one weight.
    #[wasm_bindgen(js_name = setWeight)]
    pub fn set_weight(&mut self, criterion: usize, weight: u32) -> Result<(), JsValue> {
        self.0.set_weight(criterion, weight).map_err(|e| thrown(&e))
    }

    /// Row numbers of the best `k`, best first.
    pub fn top(&self, k: usize) -> Vec<u32> {
        self.0.top(k)
    }

    /// Narrows the list, by a filter as strict JSON text.
    #[wasm_bindgen(js_name = setFilter)]
    pub fn set_filter(&mut self, json: &str) -> Result<(), JsValue> {
        let filter = serde_json::from_str(json).map_err(|e| bad_argument(format!("the filter: {e}")))?;
        self.0.set_filter(filter);
        Ok(())
    }

    /// How many candidates the filter lets through, by each property.
    pub fn facets(&self) -> Result<JsFacets, JsValue> {
        out(&self.0.facets())
    }

    /// True when so many bytes more can be had.
    #[wasm_bindgen(js_name = canHold)]
    pub fn can_hold(&self, bytes: usize) -> bool {
        Vec::<u8>::new().try_reserve_exact(bytes).is_ok()
    }

    /// Row numbers of candidates whose name contains a text, best first.
    pub fn find(&self, text: &str, limit: usize) -> Vec<u32> {
        self.0.find(text, limit)
    }

    /// The rank of a row, from 1.
    #[wasm_bindgen(js_name = rankOf)]
    pub fn rank_of(&self, row: usize) -> Option<usize> {
        self.0.ranking().and_then(|r| r.rank_of(row))
    }

    /// What a list shows of some rows, in the order given.
    pub fn rows(&self, rows: &[u32]) -> Result<JsRows, JsValue> {
        let ranks = self.0.ranking().map_or_else(Vec::new, |r| r.ranks_of(rows));
        out(&rows.iter().zip(ranks).filter_map(|(row, rank)| shape::row(&self.0, *row as usize, rank?)).collect::<Vec<_>>())
    }

    /// Everything about one row.
    pub fn detail(&self, row: usize) -> Result<JsDetail, JsValue> {
        out(&shape::detail(&self.0, row))
    }

    /// The state of every link of the target chains, when there are residents.
    pub fn diagnosis(&self) -> Result<JsDiagnosis, JsValue> {
        out(&self.0.park().map(|p| &p.links))
    }

    /// The chains and their links.
    pub fn chains(&self) -> Result<JsChains, JsValue> {
        out(&shape::chains(self.0.catalogue()))
    }

    /// A digest of scores and order: equal on every platform for equal input.
    pub fn digest(&self) -> String {
        self.0.ranking().map_or_else(String::new, |r| format!("{:016x}", r.digest()))
    }
}

/// The scorecards that come with the library, as JSON texts, the default first.
#[wasm_bindgen]
pub fn presets() -> Vec<String> {
    Scorecard::presets().iter().map(Scorecard::to_json).collect()
}

/// The built-in chains and their links.
#[wasm_bindgen(js_name = builtinChains)]
pub fn builtin_chains() -> Result<JsChains, JsValue> {
    out(&shape::chains(&Catalogue::builtin()))
}

/// Everything that is wrong, or will surprise, in a file of chains.
#[wasm_bindgen(js_name = checkChains)]
pub fn check_chains(json: &str) -> Result<JsFindings, JsValue> {
    out(&crate::check_chains(json, &[]).map_err(|e| thrown(&e))?)
}

/// Bytes of memory the engine has taken; it is never given back, and used again.
#[wasm_bindgen(js_name = memoryTaken)]
pub fn memory_taken() -> usize {
    core::arch::wasm32::memory_size(0) * 65_536
}

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
