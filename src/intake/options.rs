//! What is read, and how much at most.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::enterprise::Date;
use crate::intake::Field;
use crate::text::squeeze;

/// Limits and choices of [`intake`](crate::intake()).
///
/// | name | default | purpose |
/// |---|---|---|
/// | `as_of` | none | dates after it are reported as not understood |
/// | `ignore` | none | headings of columns to leave unread, but for the name |
/// | `map` | none | headings the caller knows better, and their fields |
/// | `sheets` | none | sheets to read, hidden ones too; without any all that are visible and have a header |
/// | `max_bytes` | 2 GiB | size of the file |
/// | `max_expanded_bytes` | 4 GiB | size of a workbook once unzipped; it is read part by part and never held whole |
/// | `max_rows` | 5 000 000 | rows, the header included |
/// | `max_columns` | 1 000 | columns |
/// | `max_cells` | 200 000 000 | cells of a workbook's sheet |
/// | `max_cell_bytes` | 500 000 | length of one cell |
/// | `max_listed` | 1 000 | rows named in each list of the report; the counts beside them are whole |
///
/// # Errors
///
/// Passing a limit is an error of code `LIMIT`.
///
/// As JSON, any of the names above: `{"map": {"客商": "name"}, "sheets": ["2026"]}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeOptions {
    pub(crate) as_of: Option<Date>,
    pub(crate) ignore: Vec<String>,
    #[serde(deserialize_with = "folded", serialize_with = "as_map")]
    pub(crate) map: Vec<(String, Field)>,
    pub(crate) sheets: Vec<String>,
    pub(crate) max_bytes: u64,
    pub(crate) max_expanded_bytes: u64,
    pub(crate) max_rows: u64,
    pub(crate) max_columns: u64,
    pub(crate) max_cells: u64,
    pub(crate) max_cell_bytes: u64,
    pub(crate) max_listed: usize,
}

/// Headings as they are compared.
fn folded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Field)>, D::Error> {
    let map = BTreeMap::<String, Field>::deserialize(deserializer)?;
    Ok(map.into_iter().map(|(heading, field)| (squeeze(&heading), field)).collect())
}

fn as_map<S: Serializer>(map: &[(String, Field)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.iter().map(|(heading, field)| (heading, field)))
}

impl Default for IntakeOptions {
    fn default() -> Self {
        Self {
            as_of: None,
            ignore: Vec::new(),
            map: Vec::new(),
            sheets: Vec::new(),
            max_bytes: Self::MAX_BYTES,
            max_expanded_bytes: 4 << 30,
            max_rows: 5_000_000,
            max_columns: 1_000,
            max_cells: 200_000_000,
            max_cell_bytes: 500_000,
            max_listed: 1_000,
        }
    }
}

impl IntakeOptions {
    /// The most bytes a file may have, unless [`max_bytes`](Self::max_bytes) says otherwise: 2 GiB. Whoever reads files for intake need
    /// read no further.
    pub const MAX_BYTES: u64 = 2 << 30;

    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// The day the table is judged on: later dates are not believed.
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    /// Leaves the column under this heading unread; the name is read always.
    pub fn ignore(mut self, heading: impl Into<String>) -> Self {
        self.ignore.push(heading.into());
        self
    }

    /// The most bytes a file may have.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// The most bytes a workbook may unzip to.
    pub fn max_expanded_bytes(mut self, bytes: u64) -> Self {
        self.max_expanded_bytes = bytes;
        self
    }

    /// The most rows.
    pub fn max_rows(mut self, rows: u64) -> Self {
        self.max_rows = rows;
        self
    }

    /// The most columns.
    pub fn max_columns(mut self, columns: u64) -> Self {
        self.max_columns = columns;
        self
    }

    /// The most cells in a sheet of a workbook.
    pub fn max_cells(mut self, cells: u64) -> Self {
        self.max_cells = cells;
        self
    }

    /// The longest cell, in bytes.
    pub fn max_cell_bytes(mut self, bytes: u64) -> Self {
        self.max_cell_bytes = bytes;
        self
    }

    /// Reads the column under this heading as the field, whatever the heading says.
    ///
    /// ```
    /// use xiangma::{Field, IntakeOptions, intake};
    ///
    /// let file = "客商,干什么的\n示例光电有限公司,光学镜头制造\n";
    /// let options = IntakeOptions::new().map("客商", Field::Name).map("干什么的", Field::MainBusiness);
    /// let table = intake(file.as_bytes(), &options)?;
    /// assert_eq!(table.enterprises[0].main_business.as_deref(), Some("光学镜头制造"));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn map(mut self, heading: &str, field: Field) -> Self {
        self.map.push((squeeze(heading), field));
        self
    }

    /// Reads the sheet of this name, hidden or not; said several times, several. Without it every visible sheet with a header is read.
    pub fn sheet(mut self, name: impl Into<String>) -> Self {
        self.sheets.push(name.into());
        self
    }

    /// The most rows named in each list of the report.
    pub fn max_listed(mut self, rows: usize) -> Self {
        self.max_listed = rows;
        self
    }

    /// The field the caller maps a heading to.
    pub(crate) fn mapped(&self, heading: &str) -> Option<Field> {
        if self.map.is_empty() {
            return None;
        }
        let folded = squeeze(heading);
        // Of two that are the same the last one said holds.
        self.map.iter().rev().find(|(known, _)| *known == folded).map(|(_, field)| *field)
    }

    /// True when the caller names the sheet.
    #[cfg(feature = "xlsx")]
    pub(crate) fn wants(&self, sheet: &str) -> bool {
        self.sheets.iter().any(|s| s == sheet)
    }
}
