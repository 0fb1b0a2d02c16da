//! One error for the whole crate: what went wrong as an enum with its arguments and a stable code, where it happened, and what to do.

use std::fmt;

/// What went wrong, where, and what to do about it.
///
/// Programs match on [`Error::kind`], or look at [`Error::code`] (stable, part of the crate's semantic version); people read the `Display`
/// text.
///
/// | code | meaning | what to do |
/// |---|---|---|
/// | `EMPTY_FILE` | no bytes, or nothing but blank cells | export the file again |
/// | `NO_HEADER` | no row names a column for the enterprise's name | check that the header row is in the file |
/// | `NO_ROWS` | a header, and nothing below it | export the file with its rows |
/// | `NOTHING_LOADED` | there are no candidates to assess | load a file of candidates first |
/// | `BAD_WORKBOOK` | not a workbook, or a damaged one | save it again from the spreadsheet program |
/// | `PROTECTED` | a workbook with a password | open it, take the password off, save it |
/// | `CANCELLED` | stopped by the caller | nothing; what was there before still is |
/// | `BAD_JSON` | JSON that does not parse | correct the place named |
/// | `UNSUPPORTED_FORMAT` | a format this build does not read | save as CSV, or as XLSX where the build has `xlsx` |
/// | `UNREADABLE` | a file could not be read, or is another than it was | see that it is there and stays as it is |
/// | `LIMIT` | larger than a stated limit | split the file, or raise the limit in the options |
/// | `BAD_SCORECARD` | the scorecard breaks a rule | correct the field named |
/// | `BAD_CHAIN` | the chain file breaks a rule | correct the link named |
/// | `OTHER_SCORECARD` | two rankings, or parts of one, judged by different cards or weights | judge both with one card |
/// | `OTHER_BASIS` | two lists for other chains or regions, by another method, or on another catalogue | make both the same way |
/// | `UNKNOWN_CHAIN` | no such chain or link | use one of the ids named |
/// | `AMBIGUOUS_OUTCOME` | it cannot be told which values of a column count as the outcome, which do not, and which are open | name them |
/// | `TOO_FEW_OUTCOMES` | too few outcomes to learn from | gather more |
/// | `BAD_MODEL` | a file that is no model, is of another version, or was changed | learn it anew |
/// | `FAILED_MODEL` | a model that failed its trial, or looks at a column that seems to know the outcome | learn from more, or leave out what knows the outcome |
/// | `BAD_RULES` | phases, clocks, tasks or holidays that break a rule | correct the place named |
/// | `BAD_LEDGER` | a file that is no ledger or is of a later version, or a change that its kind of record does not take | correct the place named |
/// | `BAD_ARGUMENT` | an argument outside its range | use a value in the range named |
///
/// ```
/// let error = xiangma::intake(b"", &xiangma::IntakeOptions::new()).unwrap_err();
/// assert_eq!(error.code(), "EMPTY_FILE");
/// assert!(matches!(error.kind(), xiangma::ErrorKind::EmptyFile));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: Kind,
    place: Place,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Place {
    row: Option<u32>,
    column: Option<String>,
}

/// What this build reads that every spreadsheet program writes.
const TABLES: &str = if cfg!(feature = "xlsx") { "CSV or XLSX" } else { "CSV" };

/// What went wrong, with its arguments.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No bytes, or nothing but blank cells.
    #[error("the file is empty; export it again")]
    EmptyFile,
    /// No row names a column for the enterprise's name.
    #[error(
        "no header row found in the first {searched} rows: none names a column for the enterprise's name, and none is mapped to `name`; first cells seen: {seen}"
    )]
    NoHeader {
        /// How many rows were looked at.
        searched: usize,
        /// The first cells of them.
        seen: String,
    },
    /// The header of a small table lacks a column; the place of the error says which.
    #[error("the table has no such column; its columns are: {seen}")]
    NoColumn {
        /// The columns there are.
        seen: String,
    },
    /// A header, and nothing below it.
    #[error("the header stands alone: there is no row below it")]
    NoRows,
    /// There are no candidates to assess.
    #[error("there are no candidates to assess: load a file of them first")]
    NothingLoaded,
    /// Not a workbook, or a damaged one; why.
    #[error("this is not a readable workbook ({0}); open it in a spreadsheet program and save it again")]
    BadWorkbook(String),
    /// A workbook with a password.
    #[error("the workbook is protected by a password (encrypted); open it in a spreadsheet program and save it without one")]
    Protected,
    /// Stopped by the caller.
    #[error("stopped by the caller")]
    Cancelled,
    /// JSON that does not parse; where and why.
    #[error("the JSON does not parse: {0}")]
    BadJson(String),
    /// A format this build does not read; its name.
    #[error("{0} is not a format this build reads; save the table as {tables}", tables = TABLES)]
    UnsupportedFormat(String),
    /// A file could not be read, or is another than it was; why.
    #[error("the file cannot be read: {0}; see that it is there and stays as it is")]
    Unreadable(String),
    /// Larger than a stated limit.
    #[error("{what} is {found}, over the limit of {limit}; split the file or raise the limit")]
    Limit {
        /// What is too large.
        what: &'static str,
        /// How large it is.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// The scorecard breaks a rule; which.
    #[error("scorecard: {0}")]
    BadScorecard(String),
    /// Two rankings, or parts of one, judged by different cards or weights.
    #[error(
        "made with different scorecards or weights (signatures {} and {}); scores and ranks compare only under one",
        short(before),
        short(now)
    )]
    OtherScorecard {
        /// The signature of one.
        before: String,
        /// The signature of the other.
        now: String,
    },
    /// Two lists that differ in what they came from; in what.
    #[error("the lists are not comparable, they differ in: {0}; make both the same way")]
    OtherBasis(String),
    /// The chain file breaks a rule; which.
    #[error("chain file: {0}")]
    BadChain(String),
    /// No such chain or link.
    #[error("`{name}` is not a known chain or link; known chains: {known}")]
    UnknownChain {
        /// The id asked for.
        name: String,
        /// The ids there are.
        known: String,
    },
    /// It cannot be told which values of a column count as the outcome, which do not, and which are open; the values.
    #[error("which of these values count as the outcome, which as none, and which are open yet? {0}; name each (positive, negative, open)")]
    AmbiguousOutcome(String),
    /// Too few outcomes to learn from.
    #[error("{rows} rows with {yes} outcomes and {no} without: too few to learn from; {needed} of each are needed")]
    TooFewOutcomes {
        /// Rows there are.
        rows: usize,
        /// Rows with the outcome.
        yes: usize,
        /// Rows without.
        no: usize,
        /// How many of each are needed.
        needed: usize,
    },
    /// A file that is no model, is of another version, or was changed; which.
    #[error("model: {0}")]
    BadModel(String),
    /// A model that failed its trial, or looks at a column that seems to know the outcome; its verdict.
    #[error("the model gives no chances: {}", failure(.0))]
    FailedModel(String),
    /// Phases, clocks, tasks or holidays that break a rule; which.
    #[error("rules: {0}")]
    BadRules(String),
    /// A file that is no ledger or is of a later version, or a change that its kind of record does not take; which.
    #[error("ledger: {0}")]
    BadLedger(String),
    /// An argument outside its range; which, and what it may be.
    #[error("{0}")]
    BadArgument(String),
}

pub(crate) use ErrorKind as Kind;

/// The first digits of a signature, which tell two apart.
fn short(signature: &str) -> &str {
    signature.get(..12).unwrap_or("none")
}

/// Why a model of this verdict is not to be used.
fn failure(verdict: &str) -> &'static str {
    match verdict {
        "check_leaks" => {
            "a column that it looks at seems to know the outcome; leave the column out, or say that it was known beforehand, and learn anew"
        }
        _ => "on rows it had not seen it did not beat what is known without it; learn from more or better outcomes",
    }
}

impl Error {
    /// The stable code, one of the table above.
    pub fn code(&self) -> &'static str {
        match &self.0.kind {
            Kind::EmptyFile => "EMPTY_FILE",
            Kind::NoHeader { .. } | Kind::NoColumn { .. } => "NO_HEADER",
            Kind::NoRows => "NO_ROWS",
            Kind::NothingLoaded => "NOTHING_LOADED",
            Kind::BadWorkbook(_) => "BAD_WORKBOOK",
            Kind::Protected => "PROTECTED",
            Kind::Cancelled => "CANCELLED",
            Kind::BadJson(_) => "BAD_JSON",
            Kind::UnsupportedFormat(_) => "UNSUPPORTED_FORMAT",
            Kind::Unreadable(_) => "UNREADABLE",
            Kind::Limit { .. } => "LIMIT",
            Kind::BadScorecard(_) => "BAD_SCORECARD",
            Kind::OtherScorecard { .. } => "OTHER_SCORECARD",
            Kind::OtherBasis(_) => "OTHER_BASIS",
            Kind::BadChain(_) => "BAD_CHAIN",
            Kind::UnknownChain { .. } => "UNKNOWN_CHAIN",
            Kind::AmbiguousOutcome(_) => "AMBIGUOUS_OUTCOME",
            Kind::TooFewOutcomes { .. } => "TOO_FEW_OUTCOMES",
            Kind::BadModel(_) => "BAD_MODEL",
            Kind::FailedModel(_) => "FAILED_MODEL",
            Kind::BadRules(_) => "BAD_RULES",
            Kind::BadLedger(_) => "BAD_LEDGER",
            Kind::BadArgument(_) => "BAD_ARGUMENT",
        }
    }

    /// What went wrong, with its arguments.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The row of the file it concerns, as a spreadsheet counts (from 1).
    pub fn row(&self) -> Option<u32> {
        self.0.place.row
    }

    /// The column it concerns.
    pub fn column(&self) -> Option<&str> {
        self.0.place.column.as_deref()
    }

    /// True when the file given is at fault.
    pub fn is_input(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::EmptyFile
                | Kind::NoHeader { .. }
                | Kind::NoColumn { .. }
                | Kind::NoRows
                | Kind::BadWorkbook(_)
                | Kind::Protected
                | Kind::BadJson(_)
                | Kind::BadLedger(_)
                | Kind::UnsupportedFormat(_)
                | Kind::Unreadable(_)
        )
    }

    /// True when a scorecard, a chain file, a model, rules, the choice of two lists to compare, or an argument is at fault.
    pub fn is_model(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::BadScorecard(_)
                | Kind::OtherScorecard { .. }
                | Kind::OtherBasis(_)
                | Kind::BadChain(_)
                | Kind::UnknownChain { .. }
                | Kind::AmbiguousOutcome(_)
                | Kind::BadModel(_)
                | Kind::FailedModel(_)
                | Kind::BadRules(_)
                | Kind::BadArgument(_)
        )
    }

    /// True when a limit was passed.
    pub fn is_limit(&self) -> bool {
        matches!(self.0.kind, Kind::Limit { .. })
    }

    /// The same error, of something that has a name.
    #[cold]
    pub(crate) fn told_of(mut self, name: &str) -> Self {
        self.0.place.column = Some(match self.0.place.column.take() {
            Some(column) => format!("{name} {column}"),
            None => name.to_owned(),
        });
        self
    }

    #[cold]
    pub(crate) fn at_row(mut self, row: u32) -> Self {
        self.0.place.row = Some(row);
        self
    }

    #[cold]
    pub(crate) fn at_column(mut self, column: impl Into<String>) -> Self {
        self.0.place.column = Some(column.into());
        self
    }
}

impl From<Kind> for Error {
    #[cold]
    fn from(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, place: Place::default() }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.place.row, &self.0.place.column) {
            (Some(row), Some(column)) => write!(f, "row {row}, column `{column}`: ")?,
            (Some(row), None) => write!(f, "row {row}: ")?,
            (None, Some(column)) => write!(f, "`{column}`: ")?,
            (None, None) => {}
        }
        write!(f, "{}", self.0.kind)
    }
}

impl std::error::Error for Error {}
