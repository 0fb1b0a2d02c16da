//! Scorecards: judgement as data.

mod assess;
mod card;
mod document;
mod fact;
mod unknown;
mod value;
pub(crate) mod words;

pub use assess::{AssessOptions, Assessment, assess};
pub use card::{Combine, Criterion, Grade, Input, Label, Scorecard, Veto};
pub use document::Change;
pub use value::Value;

pub(crate) use assess::judge;
pub(crate) use fact::{Fact, Sources, place};
pub(crate) use unknown::{Gap, is_under};
pub(crate) use value::FULL;
