//! What enterprises in production gave and used in a year, and the table that says it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::Finding;
use crate::learn::Frame;
use crate::pipeline::Land;
use crate::pipeline::amounts::{COAL, PEOPLE, POWER, TONNES, parted, read_amount, read_wan, with_unit};

/// A figure of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "PerMuFigure"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Figure {
    /// 税收, 万元.
    Tax,
    /// 用地面积, 亩.
    Land,
    /// 工业增加值, 万元.
    AddedValue,
    /// 主营业务收入, 万元.
    Revenue,
    /// 研发经费, 万元.
    Research,
    /// 综合能耗, tonnes of standard coal.
    Energy,
    /// 主要污染物排放量, tonnes.
    Emissions,
    /// 年平均职工人数.
    Staff,
    /// 用电量, 万千瓦时.
    Power,
}

impl Figure {
    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Tax => ("税收", "tax"),
            Self::Land => ("用地面积", "land"),
            Self::AddedValue => ("工业增加值", "value added"),
            Self::Revenue => ("主营业务收入", "revenue"),
            Self::Research => ("研发经费", "research expenses"),
            Self::Energy => ("综合能耗", "energy"),
            Self::Emissions => ("主要污染物排放量", "emissions"),
            Self::Staff => ("年平均职工人数", "staff"),
            Self::Power => ("用电量", "electricity"),
        }
    }

    /// What a cell says, in the unit of the figure; none for what is none.
    fn read(self, cell: &str) -> Option<f64> {
        match self {
            Self::Tax | Self::AddedValue | Self::Revenue | Self::Research => read_wan(cell),
            Self::Land => cell.parse::<Land>().ok().map(Land::mu),
            Self::Energy => read_amount(cell, COAL),
            Self::Emissions => read_amount(cell, TONNES),
            Self::Staff => read_amount(cell, PEOPLE),
            Self::Power => read_amount(cell, POWER),
        }
    }
}

/// An enterprise, and the figures of it that are known, each in the unit of its [`Figure`].
///
/// ```
/// use xiangma::learn::Frame;
/// use xiangma::pipeline::{Figure, PerMuFigures};
///
/// let table = "企业名称,税收（万元）,用地面积（亩）,综合能耗（吨标准煤）\n示例光电有限公司,2409.7,100,\n";
/// let (all, findings) = PerMuFigures::read(&Frame::read(table.as_bytes())?);
/// assert_eq!((all[0].get(Figure::Tax), all[0].get(Figure::Energy), findings.len()), (Some(2409.7), None, 0));
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct PerMuFigures {
    /// Its name.
    pub name: String,
    /// Its row in the table, as a spreadsheet counts.
    pub row: u32,
    figures: BTreeMap<Figure, f64>,
}

/// Headings, and what stands under them.
const HEADINGS: [(&str, Figure); 32] = [
    ("评价税收", Figure::Tax),
    ("实缴税收", Figure::Tax),
    ("年税收", Figure::Tax),
    ("税收", Figure::Tax),
    ("用地面积", Figure::Land),
    ("占地面积", Figure::Land),
    ("土地面积", Figure::Land),
    ("用地", Figure::Land),
    ("工业增加值", Figure::AddedValue),
    ("年工业增加值", Figure::AddedValue),
    ("增加值", Figure::AddedValue),
    ("主营业务收入", Figure::Revenue),
    ("营业收入", Figure::Revenue),
    ("销售收入", Figure::Revenue),
    ("R&D经费支出", Figure::Research),
    ("R&D经费", Figure::Research),
    ("研发经费", Figure::Research),
    ("研发费用", Figure::Research),
    ("研发投入", Figure::Research),
    ("综合能耗", Figure::Energy),
    ("年综合能耗", Figure::Energy),
    ("能耗", Figure::Energy),
    ("主要污染物排放量", Figure::Emissions),
    ("污染物排放量", Figure::Emissions),
    ("排放量", Figure::Emissions),
    ("年平均职工人数", Figure::Staff),
    ("平均职工人数", Figure::Staff),
    ("职工人数", Figure::Staff),
    ("从业人数", Figure::Staff),
    ("用工人数", Figure::Staff),
    ("用电量", Figure::Power),
    ("年用电量", Figure::Power),
];

const NAMES: [&str; 4] = ["企业名称", "公司名称", "单位名称", "名称"];

impl PerMuFigures {
    /// An enterprise of which nothing is known yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The same with a figure, in the unit of it; what is no number leaves it unknown.
    pub fn with(mut self, figure: Figure, value: f64) -> Self {
        if value.is_finite() {
            self.figures.insert(figure, value);
        }
        self
    }

    /// A figure; none where it is not known.
    pub fn get(&self, figure: Figure) -> Option<f64> {
        self.figures.get(&figure).copied()
    }

    /// Enterprises from a table, a row each; its columns are told by their headings, and units stand in these or in the cells. An empty cell is not
    /// known. Beside them what was not taken in:
    ///
    /// | code | error | meaning |
    /// |---|---|---|
    /// | `HEADING_UNKNOWN` | no | a column that is no figure; it was not read |
    /// | `NAME_MISSING` | yes | a row without the name of an enterprise; it was not read |
    /// | `CELL_UNREAD` | yes | a cell that is no amount with a unit; the rest of its row was read |
    pub fn read(table: &Frame) -> (Vec<Self>, Vec<Finding>) {
        let (mut all, mut findings) = (Vec::new(), Vec::new());
        let mut say = |code, is_error, place: String, zh: String, en: String| findings.push(Finding { code, is_error, place, zh, en });
        let mut name_at = None;
        let mut columns = Vec::new();
        for (at, heading) in table.headers().iter().enumerate() {
            let (folded, unit) = parted(heading);
            if NAMES.contains(&folded.as_str()) {
                name_at = name_at.or(Some(at));
            } else if let Some((_, figure)) = HEADINGS.iter().find(|(known, _)| *known == folded) {
                columns.push((at, heading, *figure, unit));
            } else {
                let (zh, en) =
                    (format!("“{heading}”列不是评价指标，未读入"), format!("the column `{heading}` is no figure, and was not read"));
                say("HEADING_UNKNOWN", false, heading.clone(), zh, en);
            }
        }
        let cell = |column: usize, row: usize| table.columns().get(column).and_then(|cells| cells.get(row)).map_or("", |cell| cell.trim());
        for (at, row) in table.numbers().iter().copied().enumerate() {
            let name = name_at.map_or("", |column| cell(column, at));
            if name.is_empty() {
                let (zh, en) = (format!("第 {row} 行没有企业名称，未读入"), format!("row {row} names no enterprise; it was not read"));
                say("NAME_MISSING", true, row.to_string(), zh, en);
                continue;
            }
            let mut one = Self { row, ..Self::new(name) };
            for (column, heading, figure, unit) in &columns {
                let text = cell(*column, at);
                if crate::text::is_blank(text) {
                    continue;
                }
                match figure.read(&with_unit(text, unit.as_deref())) {
                    Some(value) => one = one.with(*figure, value),
                    None => say(
                        "CELL_UNREAD",
                        true,
                        row.to_string(),
                        format!("第 {row} 行“{heading}”：“{text}”无法识别，未读入"),
                        format!("row {row}, `{heading}`: `{text}` cannot be read, and was left out"),
                    ),
                }
            }
            all.push(one);
        }
        (all, findings)
    }
}
