//! Tables, JSON Lines, CSV and workbooks.

use std::io::{self, Write};

use rust_xlsxwriter::{Workbook, XlsxError};
use serde::Serialize;

use super::document;
use super::failure::Failure;
use super::files::Place;
use super::flags::{Format, Out};
use super::terminal::{bounded, shown, shown_json, tell, width};

/// What a sheet of a workbook holds at most, as Excel states it: rows, and UTF-16 units of a cell.
const SHEET_ROWS: usize = 1_048_576;
const CELL_UNITS: usize = 32_767;
/// Stands at the end of a cell that was cut.
const CUT: &str = "…[截断 cut]";
/// Characters of a cell in a table for the eye.
const TABLE_CELL: usize = 400;

/// A cell of a tabular output.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
}

/// A cell of text.
pub(super) fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// A cell of a number.
pub(super) fn number(number: impl Into<f64>) -> Cell {
    Cell::Number(number.into())
}

impl Cell {
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Text(t) => t.clone(),
            Self::Number(n) => n.to_string(),
        }
    }

    /// For CSV: text that a spreadsheet would take for a formula gets a quote before it. What a spreadsheet drops before it looks is dropped
    /// here too, and in Chinese it takes the full-width signs as well.
    fn guarded(&self) -> String {
        let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
        match self {
            Self::Text(t) if t.starts_with(['\t', '\r', '\n']) || shown_start(t).starts_with(formula) => format!("'{t}"),
            other => other.plain(),
        }
    }

    fn seen(&self) -> String {
        bounded(&shown(&self.plain()), TABLE_CELL).into_owned()
    }
}

/// A text from its first character that can be seen.
fn shown_start(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || shown(c.encode_utf8(&mut [0; 4])).len() > c.len_utf8())
}

/// A record as a line of JSON.
pub(super) fn line(record: &impl Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string(record).map_err(unwritable)?;
    Ok(shown_json(json) + "\n")
}

/// A report as JSON for the eye.
pub(super) fn pretty(report: &impl Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(report).map_err(unwritable)?;
    Ok(shown_json(json) + "\n")
}

/// Prints a text on the standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut standard = Place::new(None)?;
    standard.text(text)?;
    standard.done()
}

fn unwritable(error: impl std::fmt::Display) -> Failure {
    Failure::Output { place: "JSON".to_owned(), why: error.to_string() }
}

/// Where rows go.
pub(super) struct Sink {
    form: Form,
    columns: usize,
}

enum Form {
    Jsonl(Place),
    Csv {
        csv: Box<csv::Writer<Place>>,
        on_terminal: bool,
    },
    /// Widths are known when all rows are.
    Table(Place, Vec<Vec<Cell>>),
    Xlsx(Place, Vec<Vec<Cell>>),
    Docx(Document),
}

/// A document in the making.
struct Document {
    place: Place,
    /// The name of its file.
    title: String,
    paragraphs: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Sink {
    pub(super) fn new(out: &Out, header: &[&str]) -> Result<Self, Failure> {
        let mut place = Place::new(out.out.as_deref())?;
        let titles: Vec<Cell> = header.iter().map(|h| text(*h)).collect();
        let form = match out.form(place.is_terminal()) {
            Format::Jsonl => Form::Jsonl(place),
            Format::Csv => {
                // The byte order mark makes Excel read UTF-8.
                place.text("\u{feff}")?;
                let on_terminal = place.is_terminal();
                Form::Csv { csv: Box::new(csv::WriterBuilder::new().flexible(true).from_writer(place)), on_terminal }
            }
            Format::Table => Form::Table(place, Vec::new()),
            Format::Xlsx => Form::Xlsx(place, Vec::new()),
            Format::Docx => {
                let title = out.out.as_deref().and_then(|path| path.file_stem()?.to_str()).unwrap_or_default().to_owned();
                Form::Docx(Document { place, title, paragraphs: Vec::new(), rows: Vec::new() })
            }
        };
        let mut sink = Self { form, columns: header.len() };
        if !matches!(sink.form, Form::Jsonl(_)) {
            sink.push(titles)?;
        }
        Ok(sink)
    }

    /// A paragraph before the table, where it is a document.
    pub(super) fn says(&mut self, paragraph: &str) {
        if let Form::Docx(document) = &mut self.form {
            document.paragraphs.push(paragraph.to_owned());
        }
    }

    /// One record, as JSON or as cells.
    pub(super) fn row(&mut self, record: &impl Serialize, cells: impl FnOnce() -> Vec<Cell>) -> Result<(), Failure> {
        self.rows(record, || [cells()])
    }

    /// One record that fills several rows when it is not JSON.
    pub(super) fn rows<R>(&mut self, record: &impl Serialize, rows: impl FnOnce() -> R) -> Result<(), Failure>
    where
        R: IntoIterator<Item = Vec<Cell>>,
    {
        if let Form::Jsonl(place) = &mut self.form {
            return place.text(&line(record)?);
        }
        rows().into_iter().try_for_each(|cells| self.push(cells))
    }

    fn push(&mut self, mut cells: Vec<Cell>) -> Result<(), Failure> {
        match &mut self.form {
            Form::Csv { csv, on_terminal } => {
                // Every row as wide as the header.
                cells.resize(self.columns.max(cells.len()), text(""));
                let texts = cells.iter().map(|cell| if *on_terminal { shown(&cell.guarded()).into_owned() } else { cell.guarded() });
                let written = csv.write_record(texts);
                written.map_err(|e| csv.get_ref().failed(&e.into()))
            }
            Form::Table(_, rows) | Form::Xlsx(_, rows) | Form::Docx(Document { rows, .. }) => {
                rows.push(cells);
                Ok(())
            }
            Form::Jsonl(_) => Ok(()),
        }
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        match self.form {
            Form::Jsonl(place) => place.done(),
            Form::Csv { mut csv, .. } => {
                csv.flush().map_err(|e| csv.get_ref().failed(&e))?;
                let place = csv.into_inner().map_err(|e| Failure::writing("CSV", e.error()))?;
                place.done()
            }
            Form::Table(mut place, rows) => {
                table(&mut place, &rows).map_err(|e| place.failed(&e))?;
                place.done()
            }
            Form::Xlsx(place, rows) => workbook(place, &rows),
            Form::Docx(document) => document.write(),
        }
    }
}

impl Document {
    fn write(self) -> Result<(), Failure> {
        let Self { place, title, paragraphs, rows } = self;
        let Place::File(mut draft) = place else {
            return Err(Failure::Argument("a document needs a file to go to: add --out FILE.docx".to_owned()));
        };
        let many = rows.len().saturating_sub(1);
        if many > document::ROWS {
            let most = document::ROWS;
            return Err(Failure::Argument(format!(
                "{many} rows are too many for a document, which holds {most}; write a workbook, or add --top"
            )));
        }
        document::write(&mut draft, &title, &paragraphs, &rows).map_err(|error| draft.failed(&error))?;
        draft.done()
    }
}

fn table(place: &mut Place, rows: &[Vec<Cell>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let texts: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(Cell::seen).collect()).collect();
    let widths: Vec<usize> =
        (0..columns).map(|c| texts.iter().filter_map(|r| r.get(c)).map(|t| width(t)).max().unwrap_or(0).min(60)).collect();
    for row in &texts {
        for (c, text) in row.iter().enumerate() {
            let pad = if c + 1 == row.len() { 0 } else { widths[c].saturating_sub(width(text)) + 2 };
            write!(place, "{text}{}", " ".repeat(pad))?;
        }
        writeln!(place)?;
    }
    Ok(())
}

fn workbook(place: Place, rows: &[Vec<Cell>]) -> Result<(), Failure> {
    let Place::File(mut draft) = place else {
        return Err(Failure::Argument("a workbook needs a file to go to: add --out FILE.xlsx".to_owned()));
    };
    let mut book = Workbook::new();
    let (header, rows) = rows.split_first().map_or((&[][..], rows), |(header, rest)| (header.as_slice(), rest));
    let sheets = sheets(rows, SHEET_ROWS - 1);
    let (count, mut cut) = (sheets.len(), 0);
    let filled = sheets.into_iter().try_for_each(|rows| -> Result<(), XlsxError> {
        let sheet = book.add_worksheet();
        for (r, row) in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let (r, c) = (r as u32, c as u16);
                match cell {
                    Cell::Number(n) => sheet.write_number(r, c, *n)?,
                    // As text, whatever it begins with: a workbook says of a cell whether it is a formula.
                    Cell::Text(text) => {
                        let (held, is_cut) = held(text, CELL_UNITS);
                        cut += usize::from(is_cut);
                        sheet.write_string(r, c, held)?
                    }
                };
            }
        }
        Ok(())
    });
    filled.and_then(|()| book.save_to_writer(&mut draft)).map_err(|error| match error {
        XlsxError::IoError(error) => draft.failed(&error),
        other => draft.failed(&io::Error::other(other)),
    })?;
    draft.done()?;
    if cut > 0 {
        tell(&format!(
            "note: {cut} cells are longer than the {CELL_UNITS} characters of a workbook's cell and end in `{CUT}`; CSV and JSON Lines hold them whole"
        ));
    }
    if count > 1 {
        tell(&format!("note: the rows fill {count} sheets, each of {SHEET_ROWS} rows at most"));
    }
    Ok(())
}

/// Rows in sheets of so many at most; one sheet where there is none.
fn sheets<T>(rows: &[T], most: usize) -> Vec<&[T]> {
    if rows.is_empty() { vec![rows] } else { rows.chunks(most).collect() }
}

/// A text of so many UTF-16 units at most, with a mark where it was cut; whether it was.
fn held(text: &str, most: usize) -> (String, bool) {
    // A character has no more units than bytes.
    if text.len() <= most || text.encode_utf16().count() <= most {
        return (text.to_owned(), false);
    }
    let (mut left, mut kept) = (most - CUT.encode_utf16().count(), String::new());
    for c in text.chars() {
        let Some(rest) = left.checked_sub(c.len_utf16()) else { break };
        left = rest;
        kept.push(c);
    }
    (kept + CUT, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_takes_no_text_for_a_formula() {
        for formula in
            ["=1+1", "+1", "-1+1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", "\n=1", " =1", "\u{feff}=1", "\u{200b}＝1", "\n"]
        {
            assert_eq!(text(formula).guarded(), format!("'{formula}"));
        }
        for plain in ["示例公司", "1=1", "'=1", "a-b", "—", "", "（=1）"] {
            assert_eq!(text(plain).guarded(), plain);
        }
        assert_eq!(number(-1.5).guarded(), "-1.5");
    }

    #[test]
    fn a_long_cell_is_cut_with_a_mark() {
        let mark = CUT.encode_utf16().count();
        for (long, is_cut) in [("甲".repeat(40), false), ("甲".repeat(41), true), ("𠀀".repeat(20), false), ("𠀀".repeat(21), true)] {
            let (kept, cut) = held(&long, 40);
            assert_eq!(cut, is_cut);
            assert!(kept.encode_utf16().count() <= 40 && (!cut || kept.encode_utf16().count() + 1 >= 40 && kept.ends_with(CUT)), "{kept}");
            assert!(long.starts_with(kept.trim_end_matches(CUT)) && mark < 40);
        }
    }

    #[test]
    fn more_rows_than_a_sheet_holds_fill_several() {
        let rows: Vec<u32> = (0..25).collect();
        let parts = sheets(&rows, 10);
        assert_eq!(parts.iter().map(|p| p.len()).collect::<Vec<_>>(), [10, 10, 5]);
        assert_eq!(parts.concat(), rows);
        assert_eq!(sheets(&rows[..0], 10).len(), 1);
    }
}
