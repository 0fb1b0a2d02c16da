//! Money of any currency in yuan: the one conversion there is, by the rates of the scorecard in force.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::{Currency, Money};
use crate::error::{Error, Kind};

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

    /// Refuses what is no rate of a currency.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let bad = |what: String| Err(Error::from(Kind::BadScorecard(what)).at_column("rates"));
        for (code, rate) in &self.yuan {
            if !Currency::ALL.iter().any(|c| c.code() == code) {
                return bad(format!("`{code}` is no currency it knows; known: {}", Currency::ALL.map(Currency::code).join(", ")));
            }
            if !(rate.is_finite() && *rate > 0.0) {
                return bad(format!("the rate of {code} is {rate}"));
            }
            if code == Currency::CNY.code() && (*rate - 1.0).abs() > 0.0 {
                return bad(format!("the rate of CNY is 1, not {rate}"));
            }
        }
        Ok(())
    }
}
