//! The border to JavaScript: a handle, shapes, and nothing else. Elsewhere than in WebAssembly it is empty.

#![cfg(target_arch = "wasm32")]

#[cfg(feature = "batches")]
mod batches;
#[cfg(feature = "conversion")]
mod conversion;
#[cfg(feature = "decisions")]
mod decisions;
mod names;
#[cfg(feature = "team")]
mod plan;
mod shape;
#[cfg(feature = "decisions")]
mod streaming;
#[cfg(feature = "team")]
mod team;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use js_sys::{Error as JsError, Function, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use xiangma::{Catalogue, Date, Error, ErrorKind, FileKind, IntakeOptions, Ranking, Scorecard, Session};

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
    #[wasm_bindgen(typescript_type = "List")]
    pub type JsList;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Neighbours | undefined")]
    pub type JsNeighbours;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "unknown[]")]
    pub type JsReported;
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
    #[cfg(feature = "decisions")]
    #[wasm_bindgen(typescript_type = "Finding[]")]
    pub type JsFindings;
    /// A typed value on its way out.
    #[cfg(feature = "decisions")]
    #[wasm_bindgen(typescript_type = "Preview")]
    pub type JsPreview;
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

/// What the library gave, or its error on its way out.
#[cfg(feature = "team")]
fn crossed<T>(work: Result<T, Error>) -> Result<T, JsValue> {
    work.map_err(|e| thrown(&e))
}

fn out<T: JsCast>(value: &impl Serialize) -> Result<T, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    names::Camel(value).serialize(&serializer).map(JsCast::unchecked_into).map_err(|e| JsError::new(&e.to_string()).into())
}

/// The same for much at once: one text, which JavaScript takes apart sooner than it takes field after field.
fn out_as_text<T: JsCast>(value: &impl Serialize) -> Result<T, JsValue> {
    let text = serde_json::to_string(&names::Camel(value)).map_err(|e| JsError::new(&e.to_string()))?;
    js_sys::JSON::parse(&text).map(JsCast::unchecked_into)
}

/// No screen has more dots across.
const MOST_BINS: usize = 10_000;

fn bad_argument(what: String) -> JsValue {
    thrown(&ErrorKind::BadArgument(what).into())
}

/// Reads options of intake; nothing for none.
fn intake_options(json: &str) -> Result<IntakeOptions, JsValue> {
    if json.is_empty() {
        return Ok(IntakeOptions::new());
    }
    let Choices { map, sheets, ignore } = serde_json::from_str(json).map_err(|e| bad_argument(format!("options: {e}")))?;
    let mut options = sheets.into_iter().fold(IntakeOptions::new(), IntakeOptions::sheet);
    for (heading, field) in map {
        options = options.map(&heading, field.parse().map_err(|e| thrown(&e))?);
    }
    Ok(ignore.into_iter().fold(options, IntakeOptions::ignore))
}

/// What crosses of them.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Choices {
    map: BTreeMap<String, String>,
    sheets: Vec<String>,
    ignore: Vec<String>,
}

/// One sitting, from files to ranking. Call `free()` when done with it.
#[wasm_bindgen(js_name = RawSession)]
#[derive(Debug)]
pub struct RawSession {
    session: Session,
    /// Of what the list is drawn from: greater after every change. No two sittings of an engine share a number.
    generation: u32,
}

/// The next generation of any sitting.
fn next_generation() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl RawSession {
    /// Takes a step that changes what is ranked; one that fails changes nothing.
    fn step<T>(&mut self, work: impl FnOnce(&mut Session) -> Result<T, Error>) -> Result<(), JsValue> {
        work(&mut self.session).map_err(|e| thrown(&e))?;
        self.generation = next_generation();
        Ok(())
    }
}

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    /// An empty sitting, judged on a day written YYYY-MM-DD.
    #[wasm_bindgen(constructor)]
    pub fn new(as_of: &str) -> Result<RawSession, JsValue> {
        let day = day(as_of).ok_or_else(|| bad_argument(format!("asOf: `{as_of}` is not a day written YYYY-MM-DD")))?;
        let session = Session::new(day).map_err(|e| thrown(&e))?;
        Ok(Self { session, generation: next_generation() })
    }

    /// Greater after every change of what is ranked or let through.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Reads the file of candidates, by options as JSON text; tells from time to time which share of it is read.
    #[wasm_bindgen(js_name = loadCandidates)]
    pub fn load_candidates(&mut self, bytes: &[u8], options: &str, progress: Option<Function>) -> Result<JsReport, JsValue> {
        let options = intake_options(options)?;
        let mut tell = |share: f64| {
            if let Some(progress) = &progress {
                // The package's own listener: it keeps what a user's throws until the work is done.
                let _ = progress.call1(&JsValue::UNDEFINED, &share.into());
            }
            true
        };
        self.step(|s| s.open_while(FileKind::Candidates, bytes, &options, &mut tell).map(|_| ()))?;
        out(&shape::report(self.session.report()))
    }

    /// Reads the file of resident firms, by options as JSON text.
    #[wasm_bindgen(js_name = loadResidents)]
    pub fn load_residents(&mut self, bytes: &[u8], options: &str) -> Result<JsReport, JsValue> {
        let options = intake_options(options)?;
        self.step(|s| s.open(FileKind::Residents, bytes, &options).map(|_| ()))?;
        out(&self.session.residents_report().map(shape::report))
    }

    /// A list that reports begin, as far as it was kept: of `candidates` or `residents`, and which part of their report.
    pub fn reported(&self, of: &str, part: &str) -> Result<JsReported, JsValue> {
        let report = match of {
            "candidates" => Some(self.session.report()),
            "residents" => self.session.residents_report(),
            _ => return Err(bad_argument(format!("of: `{of}` is neither `candidates` nor `residents`"))),
        };
        match part {
            "merges" => out(&report.map_or(&[][..], |r| &r.merges)),
            "rejected" => out(&report.map_or(&[][..], |r| &r.rejected)),
            "others" => out(&report.map_or(&[][..], |r| &r.others)),
            "doubtful" => out(&report.map_or(&[][..], |r| &r.doubtful)),
            "sameNames" => out(&report.map_or(&[][..], |r| &r.same_names)),
            "ragged" => out(&report.map_or(&[][..], |r| &r.ragged)),
            "repairedQuotes" => out(&report.map_or(&[][..], |r| &r.repaired_quotes)),
            _ => Err(bad_argument(format!(
                "part: `{part}` is none of `merges`, `rejected`, `others`, `doubtful`, `sameNames`, `ragged`, `repairedQuotes`"
            ))),
        }
    }

    /// Forgets the residents.
    #[wasm_bindgen(js_name = clearResidents)]
    pub fn clear_residents(&mut self) {
        self.session.clear_residents();
        self.generation = next_generation();
    }

    /// Adds chains of the team's own, as JSON text.
    #[wasm_bindgen(js_name = addChains)]
    pub fn add_chains(&mut self, json: &str) -> Result<(), JsValue> {
        self.step(|s| s.add_chains(json))
    }

    /// Sets the target chains (all when empty) and the regions within reach.
    pub fn target(&mut self, chains: Vec<String>, regions: Vec<String>) -> Result<(), JsValue> {
        self.step(|s| s.target(&chains, &regions))
    }

    /// Sets the scorecard, as strict JSON text.
    #[wasm_bindgen(js_name = setScorecard)]
    pub fn set_scorecard(&mut self, json: &str) -> Result<(), JsValue> {
        self.step(|s| s.set_scorecard(Scorecard::from_json(json)?))
    }

    /// The scorecard with the weights in force, as JSON text: what is printed and signed.
    pub fn scorecard(&self) -> String {
        self.session.scorecard_in_force().to_json()
    }

    /// Locates up to `count` more enterprises; returns how many are left.
    pub fn locate(&mut self, count: usize) -> usize {
        self.session.locate(count)
    }

    /// Gives points. After it there is a ranking.
    pub fn assess(&mut self) -> Result<JsOverview, JsValue> {
        self.step(Session::assess)?;
        out(&shape::overview(self))
    }

    /// Ranks again with new weights, one per criterion, each 0 to 10 000.
    #[wasm_bindgen(js_name = setWeights)]
    pub fn set_weights(&mut self, weights: &[u32]) -> Result<(), JsValue> {
        self.step(|s| s.set_weights(weights))
    }

    /// Ranks again with new weights of some criteria, by their ids; the others stay.
    #[wasm_bindgen(js_name = setWeightsOf)]
    pub fn set_weights_of(&mut self, ids: Vec<String>, weights: &[u32]) -> Result<(), JsValue> {
        let mut all = self.ranked()?.weights().to_vec();
        let ranking = self.ranked()?;
        let criteria = &ranking.assessment().card().criteria;
        for (id, weight) in ids.iter().zip(weights) {
            let Some(at) = criteria.iter().position(|c| c.id == *id) else {
                let known: Vec<&str> = criteria.iter().map(|c| c.id.as_str()).collect();
                return Err(bad_argument(format!("weights: `{id}` is no criterion of this run; there are {}", known.join(", "))));
            };
            all[at] = *weight;
        }
        self.step(|s| s.set_weights(&all))
    }

    /// Changes one weight.
    #[wasm_bindgen(js_name = setWeight)]
    pub fn set_weight(&mut self, criterion: usize, weight: u32) -> Result<(), JsValue> {
        self.step(|s| s.set_weight(criterion, weight))
    }

    /// Row numbers of the best `k`, best first.
    pub fn top(&self, k: usize) -> Vec<u32> {
        self.session.top(k)
    }

    /// A part of the list as it is narrowed: `count` rows from place `from` on, by score or by a criterion.
    pub fn list(&self, count: usize, from: usize, by: Option<String>) -> Result<JsList, JsValue> {
        let most = from.saturating_add(count);
        let all = match by {
            Some(criterion) => self.session.top_by(&criterion, most).map_err(|e| thrown(&e))?,
            None => self.session.top(most),
        };
        out_as_text(&shape::list(self, all.get(from..).unwrap_or_default()))
    }

    /// The rows just above and just below one in the whole list, whatever the filter.
    pub fn neighbours(&self, row: usize) -> Result<JsNeighbours, JsValue> {
        out(&self.session.ranking().and_then(|ranking| {
            // Ranks are shared by equals: its place among them is looked for from the rank on.
            let mut most = ranking.rank_of(row)? + 1;
            loop {
                let top = ranking.top(most);
                let at = top.iter().position(|other| *other as usize == row);
                match at {
                    Some(at) if at + 1 < top.len() || top.len() < most => {
                        let above = at.checked_sub(1).and_then(|at| top.get(at).copied());
                        break Some(shape::Neighbours { above, below: top.get(at + 1).copied() });
                    }
                    None if top.len() < most => break None,
                    _ => most *= 2,
                }
            }
        }))
    }

    /// Narrows the list, by a filter as strict JSON text.
    #[wasm_bindgen(js_name = setFilter)]
    pub fn set_filter(&mut self, json: &str) -> Result<(), JsValue> {
        let filter = serde_json::from_str(json).map_err(|e| bad_argument(format!("filter: {e}")))?;
        self.step(|s| {
            s.set_filter(filter);
            Ok(())
        })
    }

    /// How many scores of those the filter lets through lie in each of some equal parts of 0 to 100.
    pub fn histogram(&self, bins: usize) -> Result<Vec<u32>, JsValue> {
        if bins > MOST_BINS {
            return Err(bad_argument(format!("bins: at most {MOST_BINS}")));
        }
        Ok(self.session.histogram(bins))
    }

    /// How many candidates the filter lets through, by each property.
    pub fn facets(&self) -> Result<JsFacets, JsValue> {
        out(&shape::facets(self))
    }

    /// True when so many bytes more can be had.
    #[wasm_bindgen(js_name = canHold)]
    pub fn can_hold(&self, bytes: usize) -> bool {
        Vec::<u8>::new().try_reserve_exact(bytes).is_ok()
    }

    /// Row numbers of candidates that a text looks for, best first.
    pub fn find(&self, text: &str, limit: usize) -> Vec<u32> {
        self.session.find(text, limit)
    }

    /// The rank of a row, from 1, as a list shows it: rows of one score share the best of their ranks.
    #[wasm_bindgen(js_name = rankOf)]
    pub fn rank_of(&self, row: u32) -> Option<usize> {
        self.session.ranking().and_then(|r| r.ranks_of(&[row])[0])
    }

    /// What a list shows of some rows, in the order given.
    pub fn rows(&self, rows: &[u32]) -> Result<JsRows, JsValue> {
        out_as_text(&shape::rows(self, rows))
    }

    /// Everything about one row.
    pub fn detail(&self, row: u32) -> Result<JsDetail, JsValue> {
        out_as_text(&shape::detail(self, row))
    }

    /// The state of every link of the target chains, when there are residents.
    pub fn diagnosis(&self) -> Result<JsDiagnosis, JsValue> {
        out(&self.session.park().map(|p| &p.links))
    }

    /// The chains and their links.
    pub fn chains(&self) -> Result<JsChains, JsValue> {
        out(&shape::chains(self.session.catalogue()))
    }

    /// A digest of scores and order: equal on every platform for equal input.
    pub fn digest(&self) -> String {
        self.session.ranking().map_or_else(String::new, |r| format!("{:016x}", r.digest()))
    }
}

impl RawSession {
    fn ranked(&self) -> Result<Ranking<'_>, JsValue> {
        self.session.ranking().ok_or_else(|| bad_argument("there is no ranking yet: assess first".to_owned()))
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

/// What a file would be read as.
#[cfg(feature = "decisions")]
#[wasm_bindgen]
pub fn preview(bytes: &[u8], options: &str) -> Result<JsPreview, JsValue> {
    out(&xiangma::preview(bytes, &intake_options(options)?).map_err(|e| thrown(&e))?)
}

/// Everything that is wrong, or will surprise, in a file of chains.
#[cfg(feature = "decisions")]
#[wasm_bindgen(js_name = checkChains)]
pub fn check_chains(json: &str) -> Result<JsFindings, JsValue> {
    out(&xiangma::check_chains(json, &[]).map_err(|e| thrown(&e))?)
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
