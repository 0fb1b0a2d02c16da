//! What people write in a field, as the value that it keeps.

use serde_json::{Value, json};

use crate::enterprise::EnterpriseKey;
use crate::error::{Error, Kind};
use crate::intake::{MoneyReading, read_money};
use crate::ledger::kinds::{LeadStatus, RecordId, RecordKind, canonical};
use crate::pipeline::amounts::{COAL, read_amount};
use crate::pipeline::{PolicyClass, ProjectKind};

/// Reads what somebody wrote for a field: `12亿元`, `李、王`, `供地类`, `是`. Nothing, or blanks, empties the field.
///
/// ```
/// use serde_json::json;
/// use xiangma::ledger::{RecordKind, read_field};
///
/// assert_eq!(read_field(RecordKind::Project, "investment", "12亿元")?, json!({"amount": 1.2e9, "currency": "CNY"}));
/// assert_eq!(read_field(RecordKind::Project, "officers", "李、王")?, json!(["李", "王"]));
/// assert_eq!(read_field(RecordKind::Project, "kind", "供地类")?, json!("land_supply"));
/// assert_eq!(read_field(RecordKind::Project, "energy", "1.2万吨标准煤")?, json!(12_000.0));
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// `BAD_LEDGER` for an amount that is not one or has no unit, a number that is not one, a word that is none of those known.
pub fn read_field(kind: RecordKind, field: &str, text: &str) -> Result<Value, Error> {
    let text = text.trim();
    let bad = |what: String| Err(Error::from(Kind::BadLedger(what)).at_column(field));
    if text.is_empty() {
        return Ok(Value::Null);
    }
    match field {
        _ if is_money(field) => match read_money(text, None) {
            MoneyReading::Ok(money) => Ok(json!(money)),
            _ => bad(format!("`{text}` is no amount of money; write 12亿元 or 500万美元")),
        },
        "officers" | "tags" => Ok(json!(list(text))),
        "documents" => Ok(json!(list(text).into_iter().map(|name| json!({"name": name})).collect::<Vec<_>>())),
        "jobs" => text.parse::<u32>().map_or_else(|_| bad(format!("`{text}` is no number of jobs")), |n| Ok(json!(n))),
        "energy" => match read_amount(text, COAL) {
            Some(n) => Ok(json!(n)),
            None => bad(format!("`{text}` is no number of tonnes of standard coal; write 3000, 3000吨标准煤 or 0.3万吨标准煤")),
        },
        _ if is_there_or_not(field) && text == "有" => Ok(json!(true)),
        _ if is_there_or_not(field) && text == NONE => Ok(json!(false)),
        _ if is_there_or_not(field) || matches!(field, "contact_verified" | "removed") => match text {
            "是" | "已核实" | "true" | "yes" | "1" => Ok(json!(true)),
            "否" | "未核实" | "false" | "no" | "0" => Ok(json!(false)),
            _ => bad(format!("`{text}` is neither 是 nor 否")),
        },
        "policy_class" => word(PolicyClass::ALL.map(|c| (json!(c), c.words())).as_slice(), text),
        "enterprise" => Ok(json!(canonical(text))),
        "kind" => word(ProjectKind::ALL.map(|k| (json!(k), k.words())).as_slice(), text),
        "status" if kind == RecordKind::Lead => word(LeadStatus::ALL.map(|s| (json!(s), s.words())).as_slice(), text),
        _ => Ok(json!(text)),
    }
}

/// What says that there is none of something; elsewhere it says nothing.
pub(super) const NONE: &str = "无";

/// Fields of which 无 is an answer.
pub(super) fn is_there_or_not(field: &str) -> bool {
    matches!(field, "two_highs" | "heavy_metals" | "nitrogen_phosphorus" | "high_voc")
}

/// Fields that hold an amount of money.
pub(super) fn is_money(field: &str) -> bool {
    matches!(field, "investment" | "fixed_investment" | "tax" | "output" | "revenue" | "added_value" | "research")
}

impl RecordId {
    /// The lead of an enterprise.
    ///
    /// # Errors
    ///
    /// `BAD_LEDGER` when the key is longer than a name may be.
    pub fn lead(enterprise: &EnterpriseKey) -> Result<Self, Error> {
        Self::new(RecordKind::Lead, enterprise.to_string())
    }
}

fn list(text: &str) -> Vec<&str> {
    text.split(['、', '，', ',', ';', '；', '|']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A word of a closed list, in Chinese, in English, or as files have it.
fn word(known: &[(Value, (&str, &str))], text: &str) -> Result<Value, Error> {
    let is_it =
        |(value, (zh, en)): &&(Value, (&str, &str))| *zh == text || zh.strip_suffix('类') == Some(text) || *en == text || value == text;
    known.iter().find(is_it).map(|(value, _)| value.clone()).ok_or_else(|| {
        let words: Vec<&str> = known.iter().map(|(_, (zh, _))| *zh).collect();
        Kind::BadLedger(format!("`{text}` is none of {}", words.join(", "))).into()
    })
}
