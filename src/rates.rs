//! Money of any currency in yuan: the one conversion there is, by the rates of the scorecard in force.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::intake::{Currency, Money};

/// Exchange rates of one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// The day they were set, or a word on where they come from.
    pub date: String,
    /// Yuan for one unit, by ISO code. CNY is 1.
    pub yuan: BTreeMap<String, f64>,
}

impl Rates {
    /// The amount in yuan; none where the currency has no rate.
    pub fn yuan(&self, money: Money) -> Option<f64> {
        match money.currency {
            Currency::CNY => Some(money.amount),
            other => self.yuan.get(other.code()).map(|rate| money.amount * rate),
        }
    }
}
