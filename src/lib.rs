//! Reads a spreadsheet of enterprises, finds where each stands on an industry chain, scores and ranks them, and says why.
//!
//! ```
//! use xiangma::{Date, Session};
//!
//! let file = "企业名称,主营产品,参保人数\n示例光电有限公司,光模块,120\n示例商贸有限公司,钢材,8\n";
//! let mut session = Session::new(Date::constant(2026, 11, 1))?;
//! session.load_candidates(file.as_bytes())?;
//! session.target(&["optoelectronics".to_owned()], &[])?;
//! session.assess()?;
//! let ranking = session.ranking().ok_or("not assessed")?;
//! for row in ranking.top(10) {
//!     let score = ranking.score(row as usize).ok_or("no such row")?;
//!     println!("{} {}", session.candidates()[row as usize].name, score.shown());
//! }
//! # assert_eq!(ranking.top(2), [0, 1]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Overview
//!
//! [`Session`] walks the whole road and is what most programs need. Each step is also there alone:
//!
//! | step | takes | gives |
//! |---|---|---|
//! | [`preview()`] | bytes | how a file would be read, for a person to correct by [`IntakeOptions`] |
//! | [`intake()`] | bytes | [`Enterprise`]s and an [`IntakeReport`] |
//! | [`Locator`] | an enterprise and a [`Catalogue`] of chains | [`Match`]es with their evidence |
//! | [`Park`] | residents and their matches | what the park has and lacks of each link; [`Passages`], [`anchors()`], [`at_risk()`] |
//! | [`assess()`] | enterprises, matches, park, [`Scorecard`] | an [`Assessment`]: points by column; shards join by [`Assessment::append`] |
//! | [`CompiledCard`] | anything that has [`Facts`] | its [`RowPoints`], without a table |
//! | [`Ranking`] | an assessment and weights | an order by [`Place`]s, scores, intervals |
//! | [`explain()`], [`compare()`], [`lift()`] | rows of a ranking | [`Reasons`], why one stands above another, what would lift one |
//! | [`Ranking::robustness`] | a ranking | how firm it is under unknown facts, other weights, other methods |
//! | [`mcdm`] | tables of numbers, panels | TOPSIS, VIKOR, PROMETHEE II; weights by AHP, swings, entropy, CRITIC |
//! | [`learn`] | a table of outcomes | the chance of an outcome, with its interval and its trial |
//! | [`pipeline`] | projects and what happened to them | working days, phases, clocks, schedules, funnels, figures |
//! | [`ledger`] | the one file of a team | leads, projects, visits, issues; who wrote what and when; two ledgers joined |
//! | [`monitor`] | rankings | whether the selected mirror the pool; what moved since the last list |
//! | [`plan`] | a ranking, a diagnosis, tables | whom to bring, who introduces them, on which trips, which officer; what is new since the last list |
//!
//! A file of any length is ranked where it lies by [`Session::stream`], which gives a [`Roll`].
//!
//! An enterprise holds only what the file said; every judgement lives in the scorecard, which is data. Unknown is not zero: a
//! [`Score`] has the least and the most it could be, and the share of weight backed by facts. Scores are integer sums, so their parts
//! add up exactly, and the order is the same on every platform.
//!
//! # What it does not do
//!
//! It asks no service, keeps no clock, draws no random numbers without a seed, and knows nothing the file does not say. Business scope alone is weak
//! evidence of what an enterprise makes; products and main business are strong.
//!
//! # Untrusted input
//!
//! Any bytes may be given to [`intake()`]; limits on size, rows, columns, cells and the expansion of zipped files are in
//! [`IntakeOptions`]. Every failure is one [`Error`], with its [`ErrorKind`] and a stable code.
//!
//! # Crate features
//!
//! * `definitions` (default): one line on what each link of the chains is that come with the library.
//! * `xlsx` (default): reading workbooks (.xlsx, .xls, .ods), tables of web pages, zips of one table, and text in Big5.
//! * `xlsb`: reading binary workbooks (.xlsb), through `calamine`.
//! * `batches`: sending enterprises to another worker to be located, and taking their matches back.
//! * `parallel`: reading, locating and assessing on all threads of the rayon pool that the call is made in; the result is the same on any number.
//! * `train`: learning from outcomes; a learned model is applied without it.
//! * `learn`: `train`, and learning behind the traits of `linfa`, look-alikes and segments.
//! * `cli`: the command line program, with `xlsb`, `learn` and `parallel`.

#![deny(missing_docs)]

mod chain;
mod enterprise;
mod error;
mod explain;
mod intake;
pub mod learn;
pub mod ledger;
pub mod mcdm;
pub mod monitor;
mod order;
mod parallel;
mod park;
pub mod pipeline;
pub mod plan;
mod points;
mod rank;
mod rates;
mod scorecard;
mod session;
mod text;

/// Longer pages.
#[cfg(doc)]
pub mod _documentation {
    #[doc = include_str!("../docs/chains.md")]
    pub mod chains {}
    #[doc = include_str!("../docs/learning.md")]
    pub mod learning {}
    #[doc = include_str!("../docs/ledger.md")]
    pub mod ledger {}
    #[doc = include_str!("../docs/locating.md")]
    pub mod locating {}
    // The first definition of a link counts: here it is a page beside, there a file.
    #[doc = "[methods]: methods\n"]
    #[doc = include_str!("../docs/decisions.md")]
    pub mod decisions {}
    #[doc = include_str!("../docs/methods.md")]
    pub mod methods {}
    #[doc = include_str!("../docs/planning.md")]
    pub mod planning {}
    #[doc = include_str!("../docs/tables.md")]
    pub mod tables {}
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../docs/en/rust.md")]
#[doc = include_str!("../docs/zh/rust.md")]
struct Readmes;

pub use crate::{
    chain::{
        Catalogue, Chain, Conditional, Core, Definition, Doubt, Evidence, Finding, Link, Locator, Match, MatchView, Reader, Role, Source,
        Span, Stage, check_chains,
    },
    enterprise::{CreditCode, Currency, Date, Enterprise, EnterpriseKey, Money, Product, Qualification, Region, Size, Status},
    error::{Error, ErrorKind},
    explain::{
        Comparison, Context, Contribution, Difference, FactChange, Lift, Question, Reason, ReasonKind, Reasons, compare, explain, lift,
    },
    intake::{
        CellReader, Cells, ColumnPreview, ColumnReport, Example, Field, Intake, IntakeOptions, IntakeReport, Merge, MoneyReading, Preview,
        ReadAt, Rejected, SheetPreview, SheetReport, ValueReport, intake, intake_while, intake_with, merge, preview, read_money,
    },
    park::{
        Advice, Anchor, AtRisk, ChainMap, ChainState, Closing, CoverageRule, Decision, DiagnosisRules, Level, LevelRule, LinkState,
        MapEdge, MapNode, Need, Park, ParkLink, Passage, Passages, Quotient, ReferenceCounts, RiskSign, Sign, SizeRule, SizeStep, Strategy,
        TechnologyRule, UrgencyRule, anchors, at_risk, compare_parks, standing_links,
    },
    points::Selection,
    rank::{
        Acceptability, Consensus, Contender, Count, DrawOptions, Facets, Filter, Firmness, Flip, Hold, Method, Opinion, Place, RankRange,
        Ranking, Robustness, Score, ShownScore, Stand, Standing,
    },
    rates::Rates,
    scorecard::{
        AssessOptions, Assessment, Change, ColumnReading, Combine, CompiledCard, Criterion, CriterionPoints, FactId, Facts, Grade, Input,
        Label, RowPoints, Scorecard, Value, Veto, assess,
    },
    session::{FileKind, ListedRow, Query, Roll, RowShortlist, Session, ShortlistQuery, View},
};
