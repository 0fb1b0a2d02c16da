//! Sheets on which experts mark a list without its scores, each in an order of their own.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use serde::Serialize;

use crate::enterprise::EnterpriseKey;
use crate::error::{Error, Kind};
use crate::plan::cells::{Cells, Heading, lower};

/// A sheet for one expert.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct BlindSheet {
    /// Whose sheet it is.
    pub expert: String,
    /// The lines, in an order of its own.
    pub lines: Vec<SheetLine>,
}

/// A line of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct SheetLine {
    /// Who is to be marked.
    pub key: EnterpriseKey,
    /// The name.
    pub name: String,
    /// The mark, 0 to 100, the higher the better; none while the expert has not given it.
    pub mark: Option<f64>,
}

/// Marks read at most.
const ROWS: usize = 1_000_000;

/// Columns of a sheet, by the words they are written with first.
const HEADINGS: [Heading; 4] =
    [("expert", &["专家", "expert"]), ("key", &["编号", "key"]), ("name", &["企业名称", "name"]), ("mark", &["评分", "mark"])];

/// Sheets for experts: the same enterprises on each, without scores, ranks or reasons, in an order drawn for each expert, so that nobody's place
/// on the sheet is a hint. The same seed draws the same order for the same name everywhere.
///
/// ```
/// use xiangma::plan::{BlindSheet, blind_sheets};
///
/// let list: Vec<(xiangma::EnterpriseKey, String)> =
///     ["甲公司", "乙公司", "丙公司", "丁公司"].iter().map(|n| (n.parse().unwrap_or_else(|e| match e {}), (*n).to_owned())).collect();
/// let sheets = blind_sheets(&list, &["专家甲", "专家乙"], 7);
/// assert_eq!(sheets.len(), 2);
/// let text = sheets[0].to_csv();
/// assert!(text.starts_with("\u{feff}专家,编号,企业名称,评分\n专家甲,"));
/// assert_eq!(BlindSheet::read(text.as_bytes())?, sheets[..1]);
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn blind_sheets(list: &[(EnterpriseKey, String)], experts: &[&str], seed: u64) -> Vec<BlindSheet> {
    let sheet = |expert: &&str| {
        let mut lines: Vec<SheetLine> =
            list.iter().map(|(key, name)| SheetLine { key: key.clone(), name: name.clone(), mark: None }).collect();
        // A stream of its own for each name (FNV-1a).
        let stream = expert.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        let mut draws = Pcg32::new(seed, stream);
        for left in (1..lines.len()).rev() {
            let to = (u64::from(draws.next_u32()) * (left as u64 + 1)) >> 32;
            lines.swap(left, to as usize);
        }
        BlindSheet { expert: (*expert).to_owned(), lines }
    };
    experts.iter().map(sheet).collect()
}

impl BlindSheet {
    /// The sheet as CSV that a spreadsheet program opens; the expert fills the last column.
    pub fn to_csv(&self) -> String {
        let mut rows = csv::WriterBuilder::new().from_writer(Vec::new());
        // Writing to memory fails of nothing.
        let _ = rows.write_record(HEADINGS.iter().filter_map(|(_, words)| words.first()));
        for line in &self.lines {
            let mark = line.mark.map_or_else(String::new, |m| m.to_string());
            let _ = rows.write_record([&self.expert, &line.key.to_string(), &line.name, &mark]);
        }
        let bytes = rows.into_inner().unwrap_or_default();
        format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
    }

    /// Reads sheets back: CSV or tab-separated text in any usual encoding, of one expert or of several. Experts in the order in which they appear.
    ///
    /// # Errors
    ///
    /// `EMPTY_FILE`; `NO_HEADER` when a column is missing; `NO_ROWS`; `BAD_ARGUMENT`, with the row, for a mark that is no number of 0 to 100, or a line
    /// without an expert.
    pub fn read(bytes: &[u8]) -> Result<Vec<Self>, Error> {
        let cells = Cells::read(bytes, &HEADINGS, 4, ROWS)?;
        let mut sheets: Vec<Self> = Vec::new();
        for (number, row) in &cells.rows {
            let [expert, key, name, mark] = [0, 1, 2, 3].map(|heading| cells.cell(row, heading).unwrap_or(""));
            let bad = |what: String| Error::from(Kind::BadArgument(what)).at_row(*number);
            if expert.is_empty() {
                return Err(bad("a line of no expert".to_owned()));
            }
            let Ok(key) = if key.is_empty() { name } else { key }.parse();
            let mark = match mark {
                "" => None,
                mark => {
                    let number: Option<f64> = lower(mark).parse().ok().filter(|m| (0.0..=100.0).contains(m));
                    Some(number.ok_or_else(|| bad(format!("`{mark}` is no mark of 0 to 100")))?)
                }
            };
            let line = SheetLine { key, name: name.to_owned(), mark };
            match sheets.iter_mut().find(|s| s.expert == expert) {
                Some(sheet) => sheet.lines.push(line),
                None => sheets.push(Self { expert: expert.to_owned(), lines: vec![line] }),
            }
        }
        Ok(sheets)
    }
}
