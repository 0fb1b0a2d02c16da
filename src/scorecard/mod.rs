//! Scorecards: judgement as data.

mod assess;
mod branch;
mod capital;
mod card;
mod compiled;
mod document;
mod fact;
mod facts;
mod listing;
mod located;
mod names;
mod options;
mod points;
mod reading;
mod residents;
mod rows;
mod shares;
mod standing;
mod unknown;
mod value;
pub(crate) mod words;

pub use assess::{Assessment, assess};
pub use card::{Combine, Criterion, Grade, Input, Label, Scorecard, Veto};
pub use compiled::{CompiledCard, RowPoints};
pub use document::Change;
pub use fact::FactId;
pub use facts::Facts;
pub use options::AssessOptions;
pub use points::CriterionPoints;
pub use reading::ColumnReading;
pub use value::Value;

pub(crate) use capital::is_doubtful;
pub(crate) use card::WEIGHT_SUM;
pub(crate) use fact::{Asked, Fact};
pub(crate) use facts::{Instead, answer};
pub(crate) use located::{Located, Run, place};
pub(crate) use residents::Residents;
pub(crate) use rows::{Judging, Rows};
pub(crate) use shares::whole_shares;
pub(crate) use unknown::{Gap, is_under};
pub(crate) use value::{FULL, interpolate};
