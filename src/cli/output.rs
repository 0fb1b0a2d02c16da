//! Tables, JSON Lines, CSV and workbooks.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use super::run::Failure;
use super::{Format, Out};

/// A cell of a tabular output.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
}

impl Cell {
    /// Text that a spreadsheet would take for a formula gets a quote before it.
    fn safe(&self) -> String {
        match self {
            Self::Text(t) if t.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{t}"),
            Self::Text(t) => t.clone(),
            Self::Number(n) => n.to_string(),
        }
    }
}

/// Where rows go.
pub(crate) struct Sink {
    format: Format,
    writer: Box<dyn Write>,
    csv: Option<csv::Writer<Vec<u8>>>,
    rows: Vec<Vec<Cell>>,
    path: Option<std::path::PathBuf>,
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Output(error.to_string())
}

impl Sink {
    pub(crate) fn new(out: &Out, header: &[&str]) -> Result<Self, Failure> {
        let by_name = out.out.as_ref().and_then(|p| match p.extension()?.to_str()? {
            "csv" => Some(Format::Csv),
            "xlsx" => Some(Format::Xlsx),
            "jsonl" | "json" => Some(Format::Jsonl),
            _ => None,
        });
        let usual = if out.out.is_none() && io::stdout().is_terminal() { Format::Table } else { Format::Jsonl };
        let format = out.format.or(by_name).unwrap_or(usual);
        if format == Format::Xlsx && out.out.is_none() {
            return Err(Failure::Output("a workbook needs a file to go to: add --out FILE.xlsx".to_owned()));
        }
        let writer: Box<dyn Write> = match &out.out {
            Some(path) if format != Format::Xlsx => Box::new(BufWriter::new(File::create(path).map_err(failed)?)),
            _ => Box::new(BufWriter::new(io::stdout().lock())),
        };
        let mut sink = Self { format, writer, csv: None, rows: Vec::new(), path: out.out.clone() };
        let header: Vec<Cell> = header.iter().map(|h| Cell::Text((*h).to_owned())).collect();
        match format {
            Format::Jsonl => {}
            Format::Csv => {
                // The byte order mark makes Excel read UTF-8.
                sink.csv = Some(csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec()));
                sink.push(header)?;
            }
            Format::Table | Format::Xlsx => sink.push(header)?,
        }
        Ok(sink)
    }

    /// One record, as JSON or as cells.
    pub(crate) fn row(&mut self, record: &Value, cells: Vec<Cell>) -> Result<(), Failure> {
        if self.format == Format::Jsonl {
            return match writeln!(self.writer, "{record}") {
                // A reader that has seen enough, as `head`, is not a failure.
                Err(e) if e.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
                other => other.map_err(failed),
            };
        }
        self.push(cells)
    }

    /// One record that fills several rows when it is not JSON.
    pub(crate) fn one(&mut self, record: &Value, rows: impl Iterator<Item = Vec<Cell>>) -> Result<(), Failure> {
        if self.format == Format::Jsonl {
            return self.row(record, Vec::new());
        }
        rows.into_iter().try_for_each(|cells| self.push(cells))
    }

    fn push(&mut self, cells: Vec<Cell>) -> Result<(), Failure> {
        if let Some(csv) = &mut self.csv {
            let mut cells: Vec<String> = cells.iter().map(Cell::safe).collect();
            // Every row as wide as the header.
            let width = self.rows.first().map_or(cells.len(), Vec::len);
            cells.resize(width.max(cells.len()), String::new());
            if self.rows.is_empty() {
                self.rows.push(cells.iter().cloned().map(Cell::Text).collect());
            }
            csv.write_record(&cells).map_err(failed)
        } else {
            self.rows.push(cells);
            Ok(())
        }
    }

    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        match (self.format, self.csv.take()) {
            (_, Some(csv)) => self.writer.write_all(&csv.into_inner().map_err(failed)?).map_err(failed)?,
            (Format::Table, None) => self.table().map_err(failed)?,
            (Format::Xlsx, None) => self.workbook()?,
            _ => {}
        }
        self.writer.flush().map_err(failed)
    }

    fn table(&mut self) -> io::Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let texts: Vec<Vec<String>> = self.rows.iter().map(|r| r.iter().map(Cell::safe).collect()).collect();
        let widths: Vec<usize> =
            (0..columns).map(|c| texts.iter().filter_map(|r| r.get(c)).map(|t| width(t)).max().unwrap_or(0).min(60)).collect();
        for row in &texts {
            for (c, text) in row.iter().enumerate() {
                let pad = if c + 1 == row.len() { 0 } else { widths[c].saturating_sub(width(text)) + 2 };
                write!(self.writer, "{text}{}", " ".repeat(pad))?;
            }
            writeln!(self.writer)?;
        }
        Ok(())
    }

    fn workbook(&self) -> Result<(), Failure> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (r, row) in self.rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let (r, c) = (r as u32, c as u16);
                match cell {
                    Cell::Number(n) => sheet.write_number(r, c, *n).map_err(failed)?,
                    Cell::Text(_) => sheet.write_string(r, c, cell.safe()).map_err(failed)?,
                };
            }
        }
        let path = self.path.as_deref().unwrap_or(std::path::Path::new("out.xlsx"));
        book.save(path).map_err(failed)
    }
}

/// Columns of a terminal: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum()
}
