//! Inputs that nothing may break, a function a kind. Fuzzing runs them for as long as it is told (`cargo xtask fuzz`); the tests run them on every
//! input in `tests/data/hostile`, which are seeds and whatever once broke one.

mod cursor;
mod document;
mod files;
mod judgement;
mod month;
mod rules;
mod values;
mod workbook;

/// Every target by its name, which is that of its folder of inputs and of its program in `fuzz/fuzz_targets`.
pub const TARGETS: [(&str, fn(&[u8])); 13] = [
    ("batches", files::batches),
    ("chains", judgement::chains),
    ("editions", month::editions),
    ("intake", files::intake),
    ("ledger", month::ledger),
    ("locate", judgement::locate),
    ("model", judgement::model),
    ("rules", rules::rules),
    ("scorecard", judgement::scorecard),
    ("tables", month::tables),
    ("values", values::values),
    ("workbook", files::workbook),
    ("written", values::written),
];

/// What a target does with an input; panics when a promise is broken, and when there is no such target.
pub fn run(target: &str, data: &[u8]) {
    let (_, work) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target");
    work(data);
}

/// The day of every sitting here.
const DAY: xiangma::Date = xiangma::Date::constant(2026, 11, 1);
