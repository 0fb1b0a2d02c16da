//! What to do this month, across the border.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::{RawSession, bad_argument, crossed, intake_options, out, thrown};
use xiangma::monitor::Edition;
use xiangma::plan::{
    AssignCosts, BlindSheet, Introductions, Lead, Listed, Officer, Push, RejectedTie, Review, Ties, TripOptions, Trips, blind_sheets,
    place_named,
};
use xiangma::{
    Catalogue, ChainState, Decision, DiagnosisRules, EnterpriseKey, Error, ErrorKind, ListedRow, Scorecard, ShortlistQuery, at_risk, intake,
};

#[wasm_bindgen(typescript_custom_section)]
const GENERATED: &str = include_str!("generated.d.ts");
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("plan.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "ChainState[] | undefined")]
    pub type JsStates;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Passage[] | undefined")]
    pub type JsPassages;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Anchor[] | undefined")]
    pub type JsAnchors;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "AtRisk[]")]
    pub type JsAtRisk;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Shortlist")]
    pub type JsShortlist;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Pushes")]
    pub type JsPush;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Introduced")]
    pub type JsIntroduced;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Trips")]
    pub type JsTrips;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Assignment")]
    pub type JsAssignment;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Officer[]")]
    pub type JsOfficers;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Listed[]")]
    pub type JsListed;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Review")]
    pub type JsReview;
}

/// A list chosen, and what it does for the chains.
#[derive(Serialize)]
struct Shortlist<'l> {
    places: &'l [ListedRow],
    before: &'l [ChainState],
    after: &'l [ChainState],
    why_not: Vec<Outside>,
}

/// One that is not on the list.
#[derive(Serialize)]
struct Outside {
    row: u32,
    /// Whether it may be chosen at all.
    may_be_chosen: bool,
    /// In hundredths of a point.
    adds: Option<u64>,
    /// The row of the one in its way.
    instead_of: Option<u32>,
    zh: String,
    en: String,
}

/// What is new since a list, counted and as a message.
#[derive(Serialize)]
struct Pushes {
    #[serde(flatten)]
    push: Push,
    counts: BTreeMap<&'static str, usize>,
    zh: String,
    en: String,
}

/// The ways to candidates, and what of the table was not used.
#[derive(Serialize)]
struct Introduced {
    to: Vec<Ways>,
    /// How many of the park are in the table.
    own: usize,
    rejected: Vec<RejectedTie>,
    /// Ties of persons that were held back.
    withheld: usize,
}

#[derive(Serialize)]
struct Ways {
    name: String,
    ways: Vec<xiangma::plan::Introduction>,
}

/// What introductions begin and end with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Introducing {
    to: Vec<String>,
    #[serde(default)]
    from: Vec<String>,
    #[serde(default)]
    personal: bool,
}

/// How trips are made, with the place they begin at by its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Travelling {
    days: u32,
    visits: u32,
    #[serde(default)]
    from: Option<String>,
}

/// An enterprise of a list that a review is of.
#[derive(Deserialize)]
struct Named {
    key: EnterpriseKey,
    name: String,
}

/// Reads arguments that cross as JSON text; names of fields are JavaScript's.
pub(super) fn given<T: serde::de::DeserializeOwned>(json: &str, what: &str) -> Result<T, JsValue> {
    let mut value: Value = serde_json::from_str(json).map_err(|e| bad_argument(format!("{what}: {e}")))?;
    snake(&mut value);
    T::deserialize(value).map_err(|e| bad_argument(format!("{what}: {e}")))
}

/// Names of fields as Rust has them. Names that are data, such as ids of links, have no capitals.
fn snake(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(snake),
        Value::Object(fields) => {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|(name, mut value)| {
                    snake(&mut value);
                    let mut written = String::with_capacity(name.len() + 2);
                    for c in name.chars() {
                        if c.is_ascii_uppercase() {
                            written.push('_');
                        }
                        written.push(c.to_ascii_lowercase());
                    }
                    (written, value)
                })
                .collect();
        }
        _ => {}
    }
}

fn listed(list: &str) -> Result<Vec<(EnterpriseKey, String)>, JsValue> {
    let list: Vec<Named> = given(list, "list")?;
    Ok(list.into_iter().map(|one| (one.key, one.name)).collect())
}

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    /// What to do about each link of the target chains, with what the park decided itself; nothing without residents.
    pub fn advise(&self, decisions: &str) -> Result<JsStates, JsValue> {
        let decisions: Vec<Decision> = given(decisions, "decisions")?;
        out(&crossed(self.session.advise(&decisions))?)
    }

    /// The passages of a chain, those that lack the fewest links first.
    pub fn passages(&self, chain: &str, most: usize) -> Result<JsPassages, JsValue> {
        let state = crossed(self.session.advise(&[]))?.and_then(|all| all.into_iter().find(|state| state.chain == chain));
        out(&state.map(|state| state.passages.list(most)))
    }

    /// The residents on whom a chain hangs.
    pub fn anchors(&self) -> Result<JsAnchors, JsValue> {
        out(&crossed(self.session.anchors())?)
    }

    /// Chooses candidates that together do the most; says of some rows why they are not among them.
    pub fn shortlist(&self, query: &str, why_not: &[u32]) -> Result<JsShortlist, JsValue> {
        let query: ShortlistQuery = given(query, "query")?;
        let list = crossed(self.session.shortlist(&query))?;
        let outside = |row: &u32| {
            let (why, instead_of) = match list.why_not(*row) {
                Some((why, instead_of)) => (Some(why), instead_of),
                None => (None, None),
            };
            let name = instead_of.and_then(|row| self.session.candidates().get(row as usize)).map_or("", |e| e.name.as_str());
            let words = why.as_ref().map(|why| why.words(name));
            let (zh, en) = words.map_or_else(Default::default, |words| (words.zh, words.en));
            Outside { row: *row, may_be_chosen: list.may_be_chosen(*row), adds: why.map(|why| why.adds), instead_of, zh, en }
        };
        out(&Shortlist {
            places: list.places(),
            before: list.before(),
            after: list.after(),
            why_not: why_not.iter().map(outside).collect(),
        })
    }

    /// What is new since an edition, in the best `top` of both (0 for all), with a message that names `named` of each kind.
    pub fn push(&self, before: &str, top: usize, named: usize) -> Result<JsPush, JsValue> {
        self.ranked()?;
        let now = self.session.edition().unwrap_or_default();
        let card = self.session.scorecard_in_force();
        out(&pushes(before, &now, &card, top, named)?)
    }
}

fn pushes(before: &str, now: &Edition, card: &Scorecard, top: usize, named: usize) -> Result<Pushes, JsValue> {
    let before = crossed(Edition::from_jsonl(before))?;
    let push = crossed(Push::new(&before, now, card, (top > 0).then_some(top)))?;
    let counts = xiangma::plan::Change::ALL.iter().map(|change| change.as_str()).zip(push.counts()).collect();
    let message = push.text(named);
    Ok(Pushes { push, counts, zh: message.zh, en: message.en })
}

/// Signs, in two editions of the file of residents, that one may leave.
#[wasm_bindgen(js_name = atRisk)]
pub fn risk(before: &[u8], now: &[u8], options: &str) -> Result<JsAtRisk, JsValue> {
    let options = intake_options(options)?;
    let before = crossed(intake(before, &options))?;
    let now = crossed(intake(now, &options))?;
    out(&at_risk(&before.enterprises, &now.enterprises, &DiagnosisRules::builtin(), &Scorecard::attraction().rates))
}

/// The three most credible ways to each of some names, by a table of ties.
#[wasm_bindgen]
pub fn introduce(ties: &[u8], options: &str) -> Result<JsIntroduced, JsValue> {
    let Introducing { to, from, personal } = given(options, "options")?;
    let table = crossed(Ties::read(ties))?;
    let used = if personal { table.ties.clone() } else { table.without_persons() };
    let withheld = table.ties.len() - used.len();
    let known = Introductions::new(used, from.iter().map(String::as_str).chain([Ties::PARK]));
    let to = to.into_iter().map(|name| Ways { ways: known.to(&name), name }).collect();
    out(&Introduced { to, own: known.own(), rejected: table.rejected, withheld })
}

/// Trips to enterprises by their division codes (none where it is not known).
#[wasm_bindgen(js_name = planTrips)]
pub fn plan_trips(at: &str, options: &str) -> Result<JsTrips, JsValue> {
    let at: Vec<Option<u32>> = given(at, "at")?;
    let Travelling { days, visits, from } = given(options, "options")?;
    let unknown = |name: &String| bad_argument(format!("from: no city named `{name}` is known; write it as 金华市 or 浙江省金华市"));
    let home = from.as_ref().map(|name| place_named(name).ok_or_else(|| unknown(name))).transpose()?;
    let trips: Trips = crossed(xiangma::plan::trips(&at, TripOptions { days, visits, home }))?;
    out(&trips)
}

/// Reads a table of officers; chains are told by their ids, or by their names.
#[wasm_bindgen(js_name = readOfficers)]
pub fn read_officers(bytes: &[u8]) -> Result<JsOfficers, JsValue> {
    let catalogue = Catalogue::builtin();
    out(&crossed(Officer::read(bytes))?.into_iter().map(|officer| officer.by_chain_ids(&catalogue)).collect::<Vec<_>>())
}

/// Reads a list of enterprises: a table, or what an earlier step wrote.
#[wasm_bindgen(js_name = readList)]
pub fn read_list(bytes: &[u8]) -> Result<JsListed, JsValue> {
    out(&crossed(Listed::read(bytes))?)
}

/// Gives each lead to one officer at the least cost there is.
#[wasm_bindgen(js_name = assignOfficers)]
pub fn assign_officers(leads: &str, officers: &str, costs: &str) -> Result<JsAssignment, JsValue> {
    let (leads, officers): (Vec<Lead>, Vec<Officer>) = (given(leads, "leads")?, given(officers, "officers")?);
    let costs: AssignCosts = given(costs, "costs")?;
    out(&crossed(xiangma::plan::assign(&leads, &officers, costs))?)
}

/// Sheets on which experts mark a list without its scores: CSV, one after another.
#[wasm_bindgen(js_name = blindSheets)]
pub fn sheets(list: &str, experts: Vec<String>, seed: u32) -> Result<Vec<String>, JsValue> {
    let names: Vec<&str> = experts.iter().map(String::as_str).collect();
    Ok(blind_sheets(&listed(list)?, &names, seed.into()).iter().map(BlindSheet::to_csv).collect())
}

/// Joins the sheets of experts; each file may hold several.
#[wasm_bindgen(js_name = reviewSheets)]
pub fn review_sheets(list: &str, sheets: Vec<js_sys::Uint8Array>) -> Result<JsReview, JsValue> {
    let mut read_in = Vec::new();
    for (file, bytes) in (1..).zip(sheets) {
        let of_file = |e: Error| thrown(&ErrorKind::BadArgument(format!("sheet {file}: {e}")).into());
        read_in.extend(BlindSheet::read(&bytes.to_vec()).map_err(of_file)?);
    }
    out(&crossed(Review::of(&listed(list)?, &read_in))?)
}
