//! Tables that web systems write as markup and name `.xls`: HTML tables, and XML Spreadsheet 2003. One lenient scan of tags serves both.

use crate::error::{Error, Kind};
use crate::intake::sheet::{STEP, Sheet, Sink, check};
use crate::intake::{IntakeOptions, IntakeReport};

/// True when a text is markup rather than delimited text.
pub(crate) fn is_markup(text: &str) -> bool {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_ascii_lowercase();
    ["<html", "<!doctype", "<table", "<?xml", "<meta", "<head", "<body", "<style", "<div", "<!--", "<workbook"]
        .iter()
        .any(|t| head.starts_with(t))
}

/// Reads the tables of a page, or the worksheets of an XML Spreadsheet.
pub(crate) fn read(text: &str, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let spreadsheet = text.contains("urn:schemas-microsoft-com:office:spreadsheet") && !text.contains("<table") && !text.contains("<TABLE");
    if spreadsheet { "xml" } else { "html" }.clone_into(&mut report.format);
    let mut grid = Grid { options, rows: 0, cells: Vec::new(), held: Vec::new(), number: 0, column: 0, any: false, open: false };
    let mut scan = Scan { text, at: 0 };
    let mut cell: Option<Cell> = None;
    // Tables within cells are text of the cell.
    let mut depth = 0_usize;
    let mut skipped: Option<String> = None;
    while let Some(token) = scan.next() {
        match token {
            Token::Text(piece) => {
                if let Some(cell) = cell.as_mut().filter(|_| skipped.is_none()) {
                    check("the length of a cell in bytes", (cell.text.len() + piece.len()) as u64, options.max_cell_bytes)?;
                    cell.push(piece);
                }
            }
            Token::Open(tag) => {
                if skipped.is_some() {
                    continue;
                }
                match tag.name().as_str() {
                    name @ ("script" | "style" | "head" | "title") => skipped = (!tag.closed).then(|| name.to_owned()),
                    "worksheet" if spreadsheet => {
                        grid.any = true;
                        sink.sheet(Sheet { name: tag.attribute("name").as_deref(), several: false, day_shift: 0 });
                        grid.begin();
                    }
                    "table" if !spreadsheet => {
                        depth += 1;
                        if depth == 1 {
                            grid.any = true;
                            sink.sheet(Sheet { name: None, several: false, day_shift: 0 });
                            grid.begin();
                        }
                    }
                    "tr" | "row" if depth <= 1 => {
                        grid.close(&mut cell);
                        grid.end_row(sink)?;
                        if let Some(index) = tag.number("index").filter(|_| spreadsheet) {
                            grid.number = index.saturating_sub(1);
                        }
                        grid.number += 1;
                        grid.open = true;
                    }
                    "td" | "th" | "cell" if depth <= 1 => {
                        grid.close(&mut cell);
                        let index = tag.number("index").filter(|_| spreadsheet).map(|i| i.saturating_sub(1) as usize);
                        let (across, down) = if spreadsheet {
                            (tag.number("mergeacross").unwrap_or(0), tag.number("mergedown").unwrap_or(0))
                        } else {
                            (tag.number("colspan").unwrap_or(1).saturating_sub(1), tag.number("rowspan").unwrap_or(1).saturating_sub(1))
                        };
                        cell = Some(Cell { text: String::new(), index, across, down, date: false });
                        if tag.closed {
                            grid.close(&mut cell);
                        }
                    }
                    "data" if spreadsheet => {
                        if let Some(cell) = &mut cell {
                            cell.date = tag.attribute("type").is_some_and(|t| t.eq_ignore_ascii_case("datetime"));
                        }
                    }
                    "br" | "p" | "div" | "li" => {
                        if let Some(cell) = cell.as_mut().filter(|c| !c.text.is_empty()) {
                            cell.text.push('\n');
                        }
                    }
                    _ => {}
                }
            }
            Token::Close(name) => {
                if let Some(open) = &skipped {
                    if *open == name {
                        skipped = None;
                    }
                    continue;
                }
                match name.as_str() {
                    "td" | "th" | "cell" if depth <= 1 => grid.close(&mut cell),
                    "tr" | "row" if depth <= 1 => {
                        grid.close(&mut cell);
                        grid.end_row(sink)?;
                    }
                    "table" => {
                        if depth <= 1 {
                            grid.close(&mut cell);
                            grid.end_row(sink)?;
                        }
                        depth = depth.saturating_sub(1);
                    }
                    _ => {}
                }
            }
        }
        if grid.rows.is_multiple_of(STEP) && grid.rows > 0 && !sink.share(scan.at as f64 / text.len() as f64) {
            return Err(Kind::Cancelled.into());
        }
    }
    grid.close(&mut cell);
    grid.end_row(sink)?;
    if grid.any { Ok(()) } else { Err(Kind::UnsupportedFormat("a web page or XML without a table".to_owned()).into()) }
}

struct Cell {
    text: String,
    index: Option<usize>,
    across: u32,
    down: u32,
    date: bool,
}

impl Cell {
    /// Adds text: runs of blanks are one, entities are what they stand for.
    fn push(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some(c) = rest.chars().next() {
            if c == '&'
                && let Some(end) = rest.find(';').filter(|e| *e <= 10)
                && let Some(plain) = entity(&rest[1..end])
            {
                self.text.push(plain);
                rest = &rest[end + 1..];
                continue;
            }
            if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
                    self.text.push(' ');
                }
            } else {
                self.text.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    match (number, name) {
        (Some(n), _) => char::from_u32(n).filter(|c| !c.is_control() || *c == '\n').or(Some(' ')),
        (_, "amp") => Some('&'),
        (_, "lt") => Some('<'),
        (_, "gt") => Some('>'),
        (_, "quot") => Some('"'),
        (_, "apos") => Some('\''),
        (_, "nbsp" | "ensp" | "emsp") => Some(' '),
        (_, "middot") => Some('·'),
        (_, "ldquo") => Some('“'),
        (_, "rdquo") => Some('”'),
        (_, "mdash") => Some('—'),
        (_, "times") => Some('×'),
        _ => None,
    }
}

/// A row being laid out, with the cells that reach down from above.
struct Grid<'o> {
    options: &'o IntakeOptions,
    rows: u64,
    cells: Vec<String>,
    /// Of each column, the text that reaches down and over how many more rows.
    held: Vec<(u32, String)>,
    number: u32,
    column: usize,
    any: bool,
    /// A row has begun.
    open: bool,
}

impl Grid<'_> {
    fn begin(&mut self) {
        (self.number, self.column) = (0, 0);
        self.cells.clear();
        self.held.clear();
    }

    /// Puts a cell that has ended in its place.
    fn close(&mut self, cell: &mut Option<Cell>) {
        let Some(cell) = cell.take() else { return };
        let most = usize::try_from(self.options.max_columns).unwrap_or(usize::MAX);
        let mut column = cell.index.unwrap_or(self.column);
        // Columns that are taken from above are passed over.
        while cell.index.is_none()
            && self.held.get(column).is_some_and(|(left, _)| *left > 0)
            && self.cells.get(column).is_none_or(String::is_empty)
        {
            self.down(column);
            column += 1;
        }
        if column > most {
            self.column = column;
            return;
        }
        let mut text = cell.text.trim().to_owned();
        if cell.date {
            text.truncate(text.trim_end_matches("T00:00:00.000").len());
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if cell.down > 0 {
            if self.held.len() <= column {
                self.held.resize(column + 1, (0, String::new()));
            }
            self.held[column] = (cell.down + 1, text.clone());
        }
        self.cells[column] = text;
        self.column = column + 1 + (cell.across as usize).min(most);
    }

    fn down(&mut self, column: usize) {
        let Some((_, text)) = self.held.get(column) else { return };
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column].clone_from(text);
    }

    fn end_row(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        if !std::mem::take(&mut self.open) {
            return Ok(());
        }
        for column in 0..self.held.len() {
            if self.held[column].0 > 0 && self.cells.get(column).is_none_or(String::is_empty) {
                self.down(column);
            }
            self.held[column].0 = self.held[column].0.saturating_sub(1);
        }
        if self.cells.iter().any(|c| !c.is_empty()) {
            self.rows += 1;
            check("the number of rows", self.rows, self.options.max_rows)?;
            check("the number of columns", self.cells.len() as u64, self.options.max_columns)?;
            sink.row(self.number, &self.cells.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        self.cells.clear();
        self.column = 0;
        Ok(())
    }
}

enum Token<'t> {
    Open(Tag<'t>),
    Close(String),
    Text(&'t str),
}

struct Tag<'t> {
    inside: &'t str,
    closed: bool,
}

impl Tag<'_> {
    /// Its name in lower case, without a prefix.
    fn name(&self) -> String {
        local(self.inside)
    }

    /// The value of an attribute, whatever its prefix.
    fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.inside;
        while let Some(equals) = rest.find('=') {
            let key = rest[..equals].trim_end();
            let key = &key[key.rfind(char::is_whitespace).map_or(0, |i| i + 1)..];
            let after = rest[equals + 1..].trim_start();
            let (value, tail) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            if local(key) == name {
                return Some(value.to_owned());
            }
            rest = tail;
        }
        None
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }
}

fn local(text: &str) -> String {
    let name: String = text.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '/' | '>')).collect();
    name.rsplit(':').next().unwrap_or("").to_ascii_lowercase()
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    fn next(&mut self) -> Option<Token<'t>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        if !rest.starts_with('<') {
            let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.at += end;
            return Some(Token::Text(&rest[..end]));
        }
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            let end = inner.find("]]>").unwrap_or(inner.len());
            self.at += 9 + (end + 3).min(inner.len());
            return Some(Token::Text(&inner[..end]));
        }
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |e| e + 3);
            self.at += end;
            return Some(Token::Text(""));
        }
        // A sign of less that begins no tag is text.
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            self.at += 1;
            return Some(Token::Text("<"));
        }
        let Some(end) = memchr::memchr(b'>', rest.as_bytes()) else {
            self.at = self.text.len();
            return Some(Token::Text(""));
        };
        let inside = &rest[1..end];
        self.at += end + 1;
        Some(match inside.strip_prefix('/') {
            Some(name) => Token::Close(local(name)),
            None => Token::Open(Tag { inside: inside.trim_end_matches('/'), closed: inside.ends_with('/') }),
        })
    }
}
