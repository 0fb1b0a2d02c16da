//! xiangma
#![deny(missing_docs)]

mod chain;
mod enterprise;
mod error;
mod explain;
mod intake;
mod park;
mod rank;
mod scorecard;
mod session;
mod text;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use crate::{
    chain::{Catalogue, Chain, Core, Evidence, Link, Locator, Match, Role, Span, Stage},
    enterprise::{Date, Enterprise, Product, Qualification, Region, Size, Status},
    error::Error,
    explain::{Context, Contribution, Question, Reason, Reasons, explain},
    intake::{
        ColumnReport, CreditCode, Currency, Example, Intake, IntakeOptions, IntakeReport, Merge, Money, MoneyReading, Rejected, ValueReport, intake,
        read_money,
    },
    park::{LinkState, Need, Park},
    rank::{Ranking, Score},
    scorecard::{AssessOptions, Assessment, Combine, Criterion, Grade, Input, Label, Rates, Scorecard, Value, Veto, assess},
    session::Session,
};
