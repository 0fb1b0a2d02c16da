//! Scorecards: judgement as data.

mod assess;
mod branch;
mod capital;
mod card;
mod document;
mod fact;
mod judge;
mod listing;
mod options;
mod reading;
mod residents;
mod shares;
mod unknown;
mod value;
pub(crate) mod words;

pub use assess::{Assessment, assess};
pub use card::{Combine, Criterion, Grade, Input, Label, Scorecard, Veto};
pub use document::Change;
pub use options::AssessOptions;
pub use reading::ColumnReading;
pub use value::Value;

pub(crate) use capital::is_doubtful;
pub(crate) use card::WEIGHT_SUM;
pub(crate) use fact::{Asked, Fact, Sources, place};
pub(crate) use judge::{judge, swings};
pub(crate) use residents::Residents;
pub(crate) use shares::whole_shares;
pub(crate) use unknown::{Gap, is_under};
pub(crate) use value::FULL;
