//! Tables that are in memory already: data frames, results of queries, columns of Arrow.

use std::ops::Range;

use crate::enterprise::{Enterprise, fold_name};
use crate::error::Error;
use crate::intake::merge::{Keeper, Merger};
use crate::intake::sheet::{EachRow, Mark, Sink, check, emptied};
use crate::intake::table::{Finished, Shard, Table};
use crate::intake::{Intake, IntakeOptions, IntakeReport};
use crate::parallel::parts;

/// The rows of a table in memory, as [`CellReader`] takes them.
pub trait Cells: Sync {
    /// How many rows; the header is none of them.
    fn rows(&self) -> usize;

    /// Puts the cells of a row, from the left, into `cells`, which is empty. An empty text is a cell without anything.
    fn row<'t>(&'t self, row: usize, cells: &mut Vec<&'t str>);
}

impl Cells for Vec<Vec<String>> {
    fn rows(&self) -> usize {
        self.len()
    }

    fn row<'t>(&'t self, row: usize, cells: &mut Vec<&'t str>) {
        cells.extend(self[row].iter().map(String::as_str));
    }
}

/// Reads tables that are in memory, by the grammar of headings and cells that [`intake`](crate::intake()) reads files
/// by. Rows are numbered as a spreadsheet counts: the headings are row 1.
///
/// ```
/// use xiangma::{CellReader, IntakeOptions};
///
/// let rows = vec![vec!["示例光电有限公司".to_owned(), "500万美元".to_owned()]];
/// let reader = CellReader::new(["企业名称", "注册资本"], &IntakeOptions::new());
/// let table = reader.read(&rows)?;
/// assert_eq!(table.enterprises[0].registered_capital.map(|m| m.amount), Some(5_000_000.0));
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// What a column is read as depends on the first rows as well as on its heading. Parts of one table that are read
/// apart, on several machines say, are read alike where all are told the [sample](Self::sample) that decides.
#[derive(Debug, Clone)]
pub struct CellReader {
    headings: Vec<String>,
    options: IntakeOptions,
    sample: Option<Vec<Vec<String>>>,
}

/// So many rows are read at a time, by whichever thread is free, and so many such parts are under way at once.
const PART: usize = 1_024;
const PARTS: usize = 64;

impl CellReader {
    /// Of a sample, so many rows decide.
    pub const SAMPLE: usize = 239;

    /// For tables of these headings. Of the options, those on files and sheets do not matter here.
    pub fn new<S: Into<String>>(headings: impl IntoIterator<Item = S>, options: &IntakeOptions) -> Self {
        Self { headings: headings.into_iter().map(Into::into).collect(), options: options.clone(), sample: None }
    }

    /// Decides what each column is by these rows, the first [`SAMPLE`](Self::SAMPLE) of the whole table, and no
    /// longer by those that are read. Then a table without rows is no error.
    pub fn sample(mut self, rows: Vec<Vec<String>>) -> Self {
        self.sample = Some(rows);
        self
    }

    /// Reads a table.
    ///
    /// # Errors
    ///
    /// `EMPTY_FILE`, `NO_HEADER`, `NO_ROWS` and `LIMIT`, as [`intake`](crate::intake()).
    pub fn read(&self, cells: &dyn Cells) -> Result<Intake, Error> {
        let Finished { keeper, report, extra, .. } = self.rows(cells, Merger::default(), false)?;
        Ok(Intake { enterprises: keeper.kept, report, extra_columns: extra })
    }

    /// Reads rows each of which stands alone: none goes on with the one above it, titles are tags of nobody, and rows
    /// of one enterprise are not joined. [`merge`] joins them, once those of one enterprise have come together from
    /// wherever they are.
    ///
    /// ```
    /// use xiangma::{CellReader, IntakeOptions, merge};
    ///
    /// let rows = ["光模块", "光芯片"].map(|product| vec!["示例光电有限公司".to_owned(), product.to_owned()]).to_vec();
    /// let table = CellReader::new(["企业名称", "主营产品"], &IntakeOptions::new()).read_apart(&rows)?;
    /// assert_eq!(table.enterprises.len(), 2);
    /// assert_eq!(merge(table.enterprises).enterprises[0].products.len(), 2);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_apart(&self, cells: &dyn Cells) -> Result<Intake, Error> {
        let Finished { keeper, report, extra, .. } = self.rows(cells, Apart(Vec::new()), true)?;
        Ok(Intake { enterprises: keeper.0, report, extra_columns: extra })
    }

    fn rows<K: Keeper>(&self, cells: &dyn Cells, keeper: K, apart: bool) -> Result<Finished<K>, Error> {
        let Self { headings, options, sample } = self;
        check("the number of columns", headings.len() as u64, options.max_columns)?;
        check("the number of rows", cells.rows() as u64 + 1, options.max_rows)?;
        parts(cells.rows(), PART, |rows| lengths(cells, rows, options.max_cell_bytes)).into_iter().collect::<Result<Vec<()>, Error>>()?;
        let mut nobody = |_: f64, _: &[Enterprise]| true;
        let mut table = Table::new(options, keeper, &mut nobody);
        table.shard = Shard { sampled: sample.is_some(), apart };
        table.row(1, &headings.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut next = match sample {
            Some(sample) => {
                each(sample, 0..sample.len().min(Self::SAMPLE), |number, cells| table.row(number, cells))?;
                table.decide();
                0
            }
            None => cells.rows().min(Self::SAMPLE),
        };
        each(cells, 0..next, |number, cells| table.row(number, cells))?;
        while table.takes_parts() && next < cells.rows() {
            let end = cells.rows().min(next + PART * PARTS);
            let part = |at: usize| (next + at * PART)..end.min(next + (at + 1) * PART);
            let marks: Vec<Mark> = (0..(end - next).div_ceil(PART)).map(|_| Mark::default()).collect();
            let read = |at: usize, row: &mut EachRow<'_>| {
                // Nothing here refuses a row.
                let _ = each(cells, part(at), |number, cells| {
                    row(number, cells);
                    Ok(())
                });
            };
            table.parts(&marks, end as u32 + 1, &read);
            next = end;
        }
        each(cells, next..cells.rows(), |number, cells| table.row(number, cells))?;
        table.finish(IntakeReport { format: "memory".to_owned(), encoding: "UTF-8".to_owned(), ..IntakeReport::default() })
    }
}

/// Takes some rows one after another, each with its number; the headings are row 1.
fn each(cells: &dyn Cells, rows: Range<usize>, mut put: impl FnMut(u32, &[&str]) -> Result<(), Error>) -> Result<(), Error> {
    let mut spare = Vec::new();
    for row in rows {
        let mut line = emptied(spare);
        cells.row(row, &mut line);
        put(row as u32 + 2, &line)?;
        spare = emptied(line);
    }
    Ok(())
}

/// Refuses a cell that is too long.
fn lengths(cells: &dyn Cells, rows: Range<usize>, most: u64) -> Result<(), Error> {
    each(cells, rows, |number, cells| {
        let longest = cells.iter().map(|c| c.len()).max().unwrap_or(0);
        check("the length of a cell in bytes", longest as u64, most).map_err(|e| e.at_row(number))
    })
}

/// Keeps every row as it is.
struct Apart(Vec<Enterprise>);

impl Keeper for Apart {
    type Kept = Vec<(Enterprise, String)>;

    fn keep(&self, some: Self::Kept) -> Self::Kept {
        some
    }

    fn add(&mut self, next: Self::Kept, _: &mut IntakeReport, _: usize) {
        self.0.extend(next.into_iter().map(|(e, _)| e));
    }

    fn count(&self) -> u64 {
        self.0.len() as u64
    }
}

/// Joins the rows of one enterprise, by credit code, else by name and province, as [`intake`](crate::intake()) does:
/// the fullest stays and takes what the others know. It depends on the order of the rows.
pub fn merge(enterprises: Vec<Enterprise>) -> Intake {
    let mut report = IntakeReport { rows: enterprises.len() as u64, ..IntakeReport::default() };
    let mut merger = Merger::default();
    let named = enterprises.into_iter().map(|e| {
        let name = fold_name(&e.name);
        (e, name)
    });
    merger.add(named.collect(), &mut report, IntakeOptions::default().max_listed);
    (report.merged, report.read) = (report.merges.len() as u64, merger.count());
    Intake { enterprises: merger.kept, report, extra_columns: Vec::new() }
}
