//! Officers, the leads they are given, and what speaks against a pair.

use serde::{Deserialize, Serialize};

use crate::chain::Catalogue;
use crate::error::{Error, Kind};
use crate::plan::cells::{Cells, Heading, lower, parts};

/// An officer. Strict JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// The name, which no other has.
    pub name: String,
    /// How many leads at most.
    pub capacity: u32,
    /// Chains they know; empty for somebody who takes any.
    #[serde(default)]
    pub chains: Vec<String>,
    /// Provinces or cities they know; empty for somebody who goes anywhere.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Languages they speak beside Chinese.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// Columns of a table of officers; the first two are needed.
const HEADINGS: [Heading; 5] = [
    ("name", &["专员", "name", "officer", "姓名"]),
    ("capacity", &["上限", "capacity", "容量", "包干上限"]),
    ("chains", &["产业链", "chains", "chain"]),
    ("regions", &["区域", "regions", "region", "地区"]),
    ("languages", &["语种", "languages", "language", "外语"]),
];

impl Officer {
    /// Reads officers: a JSON array, or a table (CSV or tab-separated, in any usual encoding) with the columns 专员 (`name`) and 上限 (`capacity`), and
    /// where they are there 产业链 (`chains`), 区域 (`regions`) and 语种 (`languages`), several in one cell separated by 、.
    ///
    /// ```
    /// use xiangma::plan::Officer;
    ///
    /// let officers = Officer::read("专员,上限,产业链\n示例甲,12,integrated_circuit、optoelectronics\n示例乙,8,\n".as_bytes())?;
    /// assert_eq!((officers[0].capacity, officers[0].chains.len(), officers[1].chains.len()), (12, 2, 0));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `BAD_JSON`; `EMPTY_FILE`, `NO_HEADER`, `NO_ROWS`; `BAD_ARGUMENT`, with the row, for somebody without a name or whose capacity is no number.
    pub fn read(bytes: &[u8]) -> Result<Vec<Self>, Error> {
        if bytes.trim_ascii_start().starts_with(b"[") {
            return serde_json::from_slice(bytes).map_err(|e| Kind::BadJson(e.to_string()).into());
        }
        let cells = Cells::read(bytes, &HEADINGS, 2, 10_000)?;
        let officer = |(line, row): &(u32, Vec<String>)| {
            let cell = |heading: usize| cells.cell(row, heading);
            let bad = |what: String| Error::from(Kind::BadArgument(what)).at_row(*line);
            let name = cell(0).ok_or_else(|| bad("an officer has a name".to_owned()))?.to_owned();
            let capacity = cell(1)
                .and_then(|c| lower(c).parse().ok())
                .ok_or_else(|| bad(format!("how many leads `{name}` takes at most is no number: fill in 上限")))?;
            Ok(Self { name, capacity, chains: parts(cell(2)), regions: parts(cell(3)), languages: parts(cell(4)) })
        };
        cells.rows.iter().map(officer).collect()
    }

    /// The same with chains by their ids, where they are written by the names a catalogue has: 集成电路 is `integrated_circuit`.
    pub fn by_chain_ids(mut self, catalogue: &Catalogue) -> Self {
        for chain in &mut self.chains {
            if let Some(known) = catalogue.chains().iter().find(|c| c.zh == *chain || c.en == *chain) {
                chain.clone_from(&known.id);
            }
        }
        self
    }
}

/// A lead to be given to an officer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lead {
    /// Id of its chain.
    pub chain: Option<String>,
    /// Places it is in, such as its province and its city.
    pub regions: Vec<String>,
    /// A language that is needed beside Chinese.
    pub language: Option<String>,
    /// What it is worth, 0 to 100; where there is not room for all, those worth the least are left over.
    pub value: u8,
    /// The officer who has it, by name.
    pub had_by: Option<String>,
    /// The officer who keeps it whatever that costs, by name.
    pub locked_to: Option<String>,
}

/// What speaks against giving a lead to an officer, in points; 0 to 10 000 each.
///
/// | cost | default | when |
/// |---|---|---|
/// | `chain` | 40 | the officer knows other chains |
/// | `region` | 20 | the officer knows other places |
/// | `language` | 60 | the officer does not speak a language that is needed |
/// | `change` | 30 | another officer had it: it changes hands only where that saves more |
/// | `balance` | 2 | for each lead the officer has already |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct AssignCosts {
    /// The officer knows other chains.
    pub chain: u32,
    /// The officer knows other places.
    pub region: u32,
    /// The officer does not speak a language that is needed.
    pub language: u32,
    /// Somebody else had it.
    pub change: u32,
    /// For each lead the officer has already.
    pub balance: u32,
}

impl Default for AssignCosts {
    fn default() -> Self {
        Self { chain: 40, region: 20, language: 60, change: 30, balance: 2 }
    }
}
