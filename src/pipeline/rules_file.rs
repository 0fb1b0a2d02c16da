//! What the files of rules that a zone writes have in common: phases, tasks, thresholds, evaluation per mu.

use serde::de::DeserializeOwned;

use crate::chain::Finding;
use crate::error::{Error, Kind};

/// Reads a file of these rules, whatever is wrong with what it says.
pub(super) fn read<T: DeserializeOwned>(rules: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|e| bad(rules, e.to_string()))
}

/// What was read, if nothing was found wrong with it; else the first finding as an error.
pub(super) fn sound<T>(rules: &'static str, read: T, findings: Vec<Finding>) -> Result<T, Error> {
    match findings.into_iter().next() {
        Some(first) => Err(bad(rules, format!("{}: {}", first.place, first.en))),
        None => Ok(read),
    }
}

/// The finding on a file that says it is of another format or version.
pub(super) fn other_format(id: &str, (format, version): (&str, u32), expected: (&str, u32)) -> Option<Finding> {
    let (its, of) = expected;
    ((format, version) != expected).then(|| Finding {
        code: "OTHER_FORMAT",
        is_error: true,
        place: id.to_owned(),
        zh: format!("文件格式为“{format}”第 {version} 版，应为“{its}”第 {of} 版"),
        en: format!("this is `{format}` of version {version}; expected `{its}` of version {of}"),
    })
}

#[cold]
fn bad(rules: &'static str, what: String) -> Error {
    Error::from(Kind::BadRules(what)).at_column(rules)
}
