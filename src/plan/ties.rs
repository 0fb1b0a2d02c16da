//! Ties: who is connected with whom, how, and where that is known from.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::fold_name;
use crate::error::{Error, Kind};
use crate::plan::cells::{Cells, Heading, lower};

/// How two are connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// 股东: one holds shares of the other.
    Shareholder,
    /// 对外投资: one has founded or bought into the other.
    Investment,
    /// 供应: one supplies the other.
    Supplier,
    /// 基金: a fund has invested in it.
    Fund,
    /// 任职: a person works there, or directs it.
    Post,
    /// 校友: both went to one school; personal.
    Alumni,
    /// 乡贤、同乡: a person comes from the place; personal.
    NativePlace,
    /// Anything else.
    Other,
}

impl TieKind {
    /// Every kind.
    pub const ALL: [Self; 8] =
        [Self::Shareholder, Self::Investment, Self::Supplier, Self::Fund, Self::Post, Self::Alumni, Self::NativePlace, Self::Other];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shareholder => "shareholder",
            Self::Investment => "investment",
            Self::Supplier => "supplier",
            Self::Fund => "fund",
            Self::Post => "post",
            Self::Alumni => "alumni",
            Self::NativePlace => "native_place",
            Self::Other => "other",
        }
    }

    /// Its name in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Shareholder => ("股东", "shareholder"),
            Self::Investment => ("对外投资", "investment"),
            Self::Supplier => ("供应", "supplier or customer"),
            Self::Fund => ("基金投资", "fund"),
            Self::Post => ("任职", "post"),
            Self::Alumni => ("校友", "alumni"),
            Self::NativePlace => ("同乡", "native place"),
            Self::Other => ("其他", "other"),
        }
    }

    /// True for ties that are always of persons: posts, alumni, native places.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::Post | Self::Alumni | Self::NativePlace)
    }

    /// By a cell of a table: the name used in JSON, or the words teams use.
    fn of(cell: &str) -> Self {
        let cell = lower(cell);
        let says = |words: &[&str]| words.iter().any(|w| cell.contains(w));
        match () {
            () if says(&["shareholder", "股东", "持股", "参股", "控股"]) => Self::Shareholder,
            () if says(&["fund", "基金", "创投", "风投"]) => Self::Fund,
            () if says(&["invest", "投资", "子公司"]) => Self::Investment,
            () if says(&["suppl", "customer", "供应", "供货", "客户", "采购", "配套"]) => Self::Supplier,
            () if says(&["post", "director", "任职", "董事", "高管", "顾问", "监事"]) => Self::Post,
            () if says(&["alumni", "校友", "同学", "师生"]) => Self::Alumni,
            () if says(&["native", "籍贯", "同乡", "乡贤", "老乡", "商会"]) => Self::NativePlace,
            () => Self::Other,
        }
    }
}

impl std::fmt::Display for TieKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for TieKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let known = || Self::ALL.map(Self::as_str).join(", ");
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| Kind::BadArgument(format!("`{text}` is no kind of tie: {}", known())).into())
    }
}

/// A tie between two: a row of a table. It leads both ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// One.
    pub from: String,
    /// The other.
    pub to: String,
    /// How they are connected.
    pub tie: TieKind,
    /// Where that is known from: a register, a report, a colleague.
    pub source: String,
    /// How far it can be relied on to open a door, 1 to 100.
    pub credibility: u8,
    /// Whether it is of a person. Such ties are never written out unless that is asked for.
    #[serde(default)]
    pub personal: bool,
}

/// A table of ties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties {
    /// The rows that are ties.
    pub ties: Vec<Tie>,
    /// The rows that are none, with their numbers as a spreadsheet counts.
    pub rejected: Vec<RejectedTie>,
}

/// A row that is no tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct RejectedTie {
    /// The row, from 1, the header included.
    pub row: u32,
    /// Why, in Chinese.
    pub zh: &'static str,
    /// Why, in English.
    pub en: &'static str,
}

/// Rows of a table of ties at most.
const ROWS: usize = 2_000_000;

/// Columns; all but the last are needed.
const HEADINGS: [Heading; 6] = [
    ("from", &["甲方", "from", "主体", "一方", "起点"]),
    ("to", &["乙方", "to", "对方", "另一方", "终点", "关联方"]),
    ("tie", &["关系", "tie", "关系类型", "联系"]),
    ("source", &["来源", "source", "依据"]),
    ("credibility", &["可信度", "credibility", "可靠度"]),
    ("personal", &["个人", "personal", "涉及个人"]),
];

impl Ties {
    /// The park itself, as a table of ties names it: ways begin with it as well.
    pub const PARK: &str = "本园区";

    /// Reads a table of ties: CSV or tab-separated text in any usual encoding, with a header that names 甲方 (`from`), 乙方 (`to`), 关系 (`tie`), 来源
    /// (`source`) and 可信度 (`credibility`), and may name 个人 (`personal`). Ties of persons by their kind are personal whatever that column says.
    /// A row that is no tie is left out, and listed with the reason.
    ///
    /// ```
    /// use xiangma::plan::Ties;
    ///
    /// let table = "甲方,乙方,关系,来源,可信度\n示例园区光电有限公司,示例基金,股东,工商登记,90%\n甲公司,甲公司,供应,年报,80\n";
    /// let ties = Ties::read(table.as_bytes())?;
    /// assert_eq!((ties.ties.len(), ties.ties[0].credibility), (1, 90));
    /// assert_eq!((ties.rejected[0].row, ties.rejected[0].en), (3, "both sides are the same"));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `EMPTY_FILE`; `NO_HEADER` when a column is missing, naming it; `NO_ROWS` for a header alone; `LIMIT` over 2 000 000 rows.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let cells = Cells::read(bytes, &HEADINGS, 5, ROWS)?;
        let mut table = Self::default();
        for (number, row) in &cells.rows {
            let cell = |heading: usize| cells.cell(row, heading);
            let reject = |zh, en| Err(RejectedTie { row: *number, zh, en });
            let read = match (cell(0), cell(1)) {
                (Some(a), Some(b)) if fold_name(a) == fold_name(b) => reject("两端是同一主体", "both sides are the same"),
                (Some(a), Some(b)) => match (cell(2), cell(3), cell(4).and_then(percent)) {
                    (_, _, None) => reject("可信度不是 1 至 100 的整数", "credibility is no whole number of 1 to 100"),
                    (_, None, _) => reject("没有来源", "it has no source"),
                    (None, _, _) => reject("没有写明关系", "it does not say what binds them"),
                    (Some(kind), Some(source), Some(credibility)) => {
                        let tie = TieKind::of(kind);
                        let marked = cell(5).is_some_and(|c| matches!(lower(c).as_str(), "是" | "y" | "yes" | "true" | "1"));
                        let personal = marked || tie.is_personal();
                        Ok(Tie { from: a.to_owned(), to: b.to_owned(), tie, source: source.to_owned(), credibility, personal })
                    }
                },
                _ => reject("缺少一端的名称", "one side has no name"),
            };
            match read {
                Ok(tie) => table.ties.push(tie),
                Err(rejected) => table.rejected.push(rejected),
            }
        }
        Ok(table)
    }

    /// The ties that are of no person.
    pub fn without_persons(&self) -> Vec<Tie> {
        self.ties.iter().filter(|t| !t.personal).cloned().collect()
    }
}

/// A whole number of 1 to 100, with or without a sign of percent.
fn percent(cell: &str) -> Option<u8> {
    let number: f64 = lower(cell).trim_end_matches('%').parse().ok()?;
    let whole = number.fract() == 0.0 && (1.0..=100.0).contains(&number);
    whole.then_some(number as u8)
}

/// Names as numbers: one for each way of writing a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Looked up only: its order decides nothing.
    numbers: HashMap<String, u32>,
    /// As first written.
    pub written: Vec<String>,
}

impl Names {
    /// The numbers of both sides of ties.
    pub(super) fn of(ties: &[Tie]) -> (Self, Vec<(u32, u32)>) {
        let mut names = Self::default();
        // Most names stand in several ties, written alike.
        let mut seen: HashMap<&str, u32> = HashMap::new();
        let mut number = |name| *seen.entry(name).or_insert_with(|| names.number(name));
        let pairs = ties.iter().map(|tie| (number(tie.from.as_str()), number(tie.to.as_str()))).collect();
        (names, pairs)
    }

    fn number(&mut self, name: &str) -> u32 {
        let next = self.written.len() as u32;
        let number = *self.numbers.entry(fold_name(name)).or_insert(next);
        if number == next {
            self.written.push(name.trim().to_owned());
        }
        number
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(&fold_name(name)).copied()
    }
}
