//! Money: an amount and its currency.

use serde::{Deserialize, Serialize};

/// An amount in the currency it was written in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Money {
    /// Units of the currency (not ten thousands).
    pub amount: f64,
    /// The currency.
    pub currency: Currency,
}

/// A currency by its ISO 4217 code. German marks and French francs are among them: old registrations still name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
#[allow(missing_docs, reason = "each variant is the ISO code itself")]
pub enum Currency {
    CNY,
    USD,
    HKD,
    EUR,
    JPY,
    GBP,
    SGD,
    AUD,
    CAD,
    CHF,
    DEM,
    FRF,
    TWD,
    KRW,
    MOP,
}

impl Currency {
    /// Every currency.
    pub const ALL: [Self; 15] = [
        Self::CNY,
        Self::USD,
        Self::HKD,
        Self::EUR,
        Self::JPY,
        Self::GBP,
        Self::SGD,
        Self::AUD,
        Self::CAD,
        Self::CHF,
        Self::DEM,
        Self::FRF,
        Self::TWD,
        Self::KRW,
        Self::MOP,
    ];

    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::CNY => "CNY",
            Self::USD => "USD",
            Self::HKD => "HKD",
            Self::EUR => "EUR",
            Self::JPY => "JPY",
            Self::GBP => "GBP",
            Self::SGD => "SGD",
            Self::AUD => "AUD",
            Self::CAD => "CAD",
            Self::CHF => "CHF",
            Self::DEM => "DEM",
            Self::FRF => "FRF",
            Self::TWD => "TWD",
            Self::KRW => "KRW",
            Self::MOP => "MOP",
        }
    }

    /// Yuan for one unit, to an order of magnitude: only to tell an amount that cannot be.
    pub(crate) fn rough_yuan(self) -> f64 {
        match self {
            Self::KRW => 0.005,
            Self::JPY => 0.05,
            Self::TWD => 0.2,
            Self::HKD | Self::MOP | Self::CNY | Self::FRF => 1.0,
            _ => 7.0,
        }
    }
}
