//! 台账: the one file of a team. Leads, projects, events, visits and issues, and every change that was ever made to them.
//!
//! The file is text, a line for each change, in the order in which they were made; nothing in it is ever written over. So a file that was cut off
//! at any byte still has every change before that, two copies that people went on writing apart are joined by putting their changes together, and
//! the file always says who wrote what and when.
//!
//! A record is what its changes come to: of each field the newest value. Two people who changed the same field without knowing of each other are in
//! *conflict*: the newer value holds, and both are listed until one of them, or somebody else, writes the field again.
//!
//! ```
//! use serde_json::json;
//! use xiangma::ledger::{Ledger, Moment, RecordId};
//!
//! let at = |text: &str| text.parse::<Moment>();
//! let mut one = Ledger::new();
//! let project: RecordId = "project:2026-001".parse()?;
//! one.change(&project, [("name", json!("光模块产线")), ("land", json!("150亩"))], "李", at("2026-03-02T01:00:00Z")?)?;
//!
//! // Somebody takes a copy away, and both go on.
//! let mut other = Ledger::open(one.text().as_bytes())?.ledger;
//! one.change(&project, [("land", json!("160亩"))], "李", at("2026-03-05T01:00:00Z")?)?;
//! other.change(&project, [("land", json!("120亩")), ("jobs", json!(300))], "王", at("2026-03-04T01:00:00Z")?)?;
//!
//! one.join(&other);
//! let (book, _) = one.book();
//! assert_eq!((book.projects[0].land.map(|l| l.to_string()).as_deref(), book.projects[0].jobs), (Some("160亩"), Some(300)));
//! let conflicts = one.conflicts();
//! assert_eq!((conflicts[0].field.as_str(), conflicts[0].values.len()), ("land", 2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod book;
mod change;
mod check;
mod fields;
mod fold;
mod format;
mod import;
mod kinds;
mod outcomes;
mod read;
mod store;
mod words;

pub use book::Lead;
pub use change::{Change, ChangeId, Moment};
pub use fields::Fields;
pub use import::Imported;
pub use kinds::{LeadStatus, RecordId, RecordKind};
pub use outcomes::{LeadOutcome, Outcome, outcomes};
pub use read::Opened;
pub use store::{Conflict, Held, Joined, Ledger, Undone};
pub use words::read_field;
